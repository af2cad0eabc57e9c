"""A person at a page of the browser: keys only, and what is on the page for eyes and for assistive technology."""

import json
import time
from contextlib import contextmanager

# Keys that are no characters: what the browser calls them, and their number.
NAMED = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40}


class Person:
    def __init__(self, browser, downloads):
        self.browser, self.downloads = browser, downloads
        downloads.mkdir(parents=True, exist_ok=True)
        settings = {"behavior": "allow", "downloadPath": str(downloads), "eventsEnabled": True}
        browser.call("Browser.setDownloadBehavior", **settings)
        # Without a window no page has the focus by itself.
        browser.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def press(self, key, shift=False):
        """One key, as a keyboard sends it."""
        text = {"Enter": "\r"}.get(key, "" if key in NAMED else key)
        # The numbers of signs are those of other keys, such as & and the arrow up: left out.
        number = NAMED.get(key, ord(key.upper()[0]) if key.isalnum() or key == " " else 0)
        about = {"key": key, "windowsVirtualKeyCode": number, "modifiers": 8 * shift}
        if key in NAMED:
            about["code"] = key
        self.browser.call("Input.dispatchKeyEvent", type="keyDown", text=text, **about)
        self.browser.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def type(self, text):
        for character in text:
            self.press(character)

    def tab_to(self, words, back=False, most=200):
        """Presses Tab, or Shift and Tab, until what has the focus is called so."""
        for _ in range(most):
            self.press("Tab", shift=back)
            if self.focused() == words:
                return
        raise AssertionError(f"no number of tabs leads to {words!r}")

    def focused(self):
        """The name of what has the focus: its label, or its text."""
        return self.browser.evaluate(
            "(at => at.ariaLabel || (at.labels?.length ? at.labels[0] : at).textContent.trim())(document.activeElement)"
        )

    def said(self):
        """What the live region says."""
        return self.browser.evaluate("document.querySelector('[role=status]').textContent.trim()")

    def texts(self, selector):
        return self.browser.evaluate(f"[...document.querySelectorAll({json.dumps(selector)})].map(it => it.textContent.trim())")

    def count(self, selector):
        """How many such elements are to be seen."""
        found = f"[...document.querySelectorAll({json.dumps(selector)})]"
        return self.browser.evaluate(f"{found}.filter(it => it.checkVisibility()).length")

    def downloaded(self):
        """The file that the page has just let the browser save, as its name and what it says."""
        name, text = self.saved()
        return name, json.loads(text)

    def saved(self):
        """The same, as its name and its text."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            # An empty file of that name keeps the place until the saved one is moved there.
            files = [path for path in self.downloads.iterdir() if path.suffix != ".crdownload"]
            done = [path for path in files if path.stat().st_size]
            if done:
                text = done[0].read_text()
                name = done[0].name
                done[0].unlink()
                return name, text
            self.browser.evaluate("0")
            time.sleep(0.02)
        raise AssertionError("nothing was saved")

    @contextmanager
    def beforehand(self, script):
        """A script that runs before those of every page opened meanwhile."""
        added = self.browser.call("Page.addScriptToEvaluateOnNewDocument", source=script)
        try:
            yield
        finally:
            self.browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])

    def tree(self):
        """The accessibility tree as (role, name, properties), what is ignored left out."""
        nodes = self.browser.call("Accessibility.getFullAXTree")["nodes"]
        for node in nodes:
            if not node["ignored"]:
                told = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
                yield node["role"]["value"], node.get("name", {}).get("value", ""), told
