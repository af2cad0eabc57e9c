"""Chromium without a window, spoken to over its debugging pipe: one browser for all pages."""

import base64
import json
import os
import signal
import subprocess
import tempfile

SWITCHES = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars
--disable-background-networking --disable-component-update --disable-sync --remote-debugging-pipe""".split()


class Browser:
    """A browser with one open page. Every event it sends is kept until it is asked for."""

    def __init__(self, profile=None):
        """`profile` is a folder that outlives the browser."""
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        down, self.writer = os.pipe()
        self.reader, up = os.pipe()
        command = [os.environ.get("CHROMIUM", "chromium"), *SWITCHES]
        command += [f"--user-data-dir={profile or self.profile.name}", "about:blank"]

        def wire():
            # The browser reads from descriptor 3 and writes to 4; move both out of the way first.
            reading, writing = os.dup(down), os.dup(up)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, preexec_fn=wire, pass_fds=(3, 4), stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        os.close(down)
        os.close(up)
        self.buffer, self.events, self.last, self.session = b"", [], 0, None
        self.tab()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.session = None
            self.call("Browser.close")
        self.process.wait(timeout=30)
        self.profile.cleanup()

    def tab(self):
        """Opens another page, to which everything that follows is said; its session, by which to go back to it."""
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")
        return self.session

    def kill(self):
        """Ends the browser and all its processes at once, as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)

    def call(self, method, **parameters):
        """Sends a command and waits for its answer."""
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.writer, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def receive(self):
        while b"\0" not in self.buffer:
            part = os.read(self.reader, 1 << 20)
            if not part:
                raise RuntimeError("the browser went away")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def open(self, path):
        """Loads a file; the problems the browser saw while it did."""
        self.events.clear()
        address = path.as_uri()
        self.call("Page.navigate", url=address)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())
        return list(filter(None, (problem(event, address) for event in self.events)))

    def evaluate(self, expression):
        """The value of an expression, waited for if it is a promise."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:400])
        return answer["result"].get("value")

    def screen(self, width, height, dark=False, mobile=False):
        """Sets the size of the window and the colour scheme."""
        scale = 2 if mobile else 1
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=scale, mobile=mobile,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def photograph(self, path):
        answer = self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(answer["data"]))

    def print(self, path):
        """Prints the open page on the paper its style sheet asks for."""
        answer = self.call("Page.printToPDF", preferCSSPageSize=True, displayHeaderFooter=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(answer["data"]))


def problem(event, address):
    """What an event says against the page, if anything."""
    kind, told = event["method"], event.get("params", {})
    if kind == "Runtime.exceptionThrown":
        return f"an exception: {told['exceptionDetails']['text']}"
    if kind == "Runtime.consoleAPICalled":
        return f"the console says something: {told['type']}"
    if kind == "Log.entryAdded":
        return f"the browser's log says: {told['entry']['text']}"
    if kind == "Network.requestWillBeSent" and told["request"]["url"] != address:
        return f"a request for {told['request']['url'][:80]}"
    return None
