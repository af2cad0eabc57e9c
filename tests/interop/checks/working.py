"""The working mode of a packet on screen, by keyboard alone, in a real browser."""

import json
import time

from . import refusals
from .accessibility import LOOKS, violations
from .browser import Browser
from .checklists import steps_of
from .keeping import CLEAR, Desk
from .measure import parts
from .office import pages as texts_of
from .records import exported

# A packet with lanes and a step that cannot be taken back, and one with a withheld command.
FINAL = "servers/sql01.contoso.com"
GAPS = "servers/sql05.contoso.com"
# Another packet.
CHAT = "servers/chat01.contoso.com"

NO_STORAGE = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('denied'); } });"
NO_CLIPBOARD = """
window.real = navigator.clipboard;
Object.defineProperty(navigator, 'clipboard', { value: undefined });
"""
SHOWN = "[...document.querySelectorAll('.step')].filter(it => it.checkVisibility()).map(it => it.id)"
# What a window of 1280 by 1024 shows at 400 %, and one of which the bar takes nearly half.
NEAR = {"at 400 %": {"width": 320, "height": 256}, "low": {"width": 1000, "height": 400}}
# Controls that something covers, or that stand outside the window, when they have the focus.
COVERED = """[...document.querySelectorAll('.work-bar :is(button, input:not([type=file]), select), .work-controls :is(button, input, select)')]
    .filter(it => it.checkVisibility()).flatMap(it => {
        it.focus();
        const { left, right, top, bottom } = it.getBoundingClientRect();
        const at = [[left + 2, top + 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]];
        const isSeen = at.every(([x, y]) => it === document.elementFromPoint(x, y) || it.contains(document.elementFromPoint(x, y)));
        return isSeen ? [] : [`${it.ariaLabel ?? it.textContent}${it.labels?.[0]?.textContent ?? ''} at ${Math.round(top)}`];
    })"""


def check(report, sample):
    report.part("A packet is worked through on screen")
    with Browser() as browser:
        # What the clipboard holds is read back; a person would paste it.
        browser.call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        browser.screen(1200, 900)
        Work(report, sample, browser).all()


class Work(Desk):
    def __init__(self, report, sample, browser):
        super().__init__(browser, sample.work / "saved-records")
        self.report, self.sample = report, sample

    def all(self):
        self.without_script()
        self.every_packet_exports_its_own_steps()
        record = self.whole_procedure()
        exported(self.report, self.sample, record)
        self.printed(record)
        self.another_desk(record)
        refusals.check(self, record)
        self.point_of_no_return()
        self.gap()
        self.lane_chosen()
        self.times()
        self.keys_off()
        self.other_edition()
        self.no_clipboard()
        self.no_storage()
        self.tree()
        self.looks()

    # --- helpers

    def page(self, stem):
        return self.sample.output / f"{stem}.html"

    def packet(self, stem):
        return json.loads((self.sample.output / f"{stem}.json").read_text())

    def equal(self, what, found, expected):
        self.report.check(what, [] if found == expected else [f"{found!r} instead of {expected!r}"])

    def says(self, what, *words):
        """Waits for what the live region says; asynchronous answers take their time."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            said = self.person.said()
            if all(word in said for word in words):
                break
            time.sleep(0.02)
        self.report.check(what, [f"it says {said!r}, without {word!r}" for word in words if word not in said])

    def fresh(self, stem):
        """The page in working mode with an empty record, opened with the keyboard."""
        self.browser.open(self.page(stem))
        self.clear()
        problems = self.browser.open(self.page(stem))
        self.person.tab_to("Work on screen")
        self.person.press("Enter")
        self.wait("working mode", lambda: "Working mode" in self.person.said())
        return problems

    def go_to(self, number):
        """Presses j until the step has the focus, from where Escape leads back to."""
        self.person.press("Escape")
        for _ in range(200):
            if self.person.focused().startswith(f"{number} "):
                return
            self.person.press("j")
        raise AssertionError(f"no way to step {number}")

    def export(self):
        self.person.press("Escape")
        self.person.press("b")
        self.person.tab_to("Export record")
        self.person.press("Enter")
        return self.person.downloaded()

    def choose(self, path):
        field = self.browser.call("Runtime.evaluate", expression="document.querySelector('input[type=file]')")
        identifier = field["result"]["objectId"]
        self.browser.call("DOM.setFileInputFiles", files=[str(path)], objectId=identifier)

    def clipboard(self):
        return self.browser.evaluate("(window.real ?? navigator.clipboard).readText()")

    def complaints(self):
        """What the browser has against the page since it was opened: exceptions, breaches of its policy."""
        kinds = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
        return [str(event["params"])[:200] for event in self.browser.events if event["method"] in kinds]

    # --- checks

    def without_script(self):
        page = self.page(GAPS)
        self.browser.call("Emulation.setScriptExecutionDisabled", value=True)
        self.browser.open(page)
        self.browser.print(plain := self.sample.work / "plain.pdf")
        self.browser.call("Emulation.setScriptExecutionDisabled", value=False)
        self.equal("without script there is no trace of the mode", page.read_text().count("<button"), 0)
        problems = self.browser.open(page)
        self.report.check("the page's policy lets its script run and nothing else", problems)
        self.equal("the mode offers itself", self.person.texts(".work-offer button"), ["Work on screen", "Exercise on screen"])
        self.equal("and shows no control before it is asked for", self.person.count(".work-controls, .work-bar"), 0)
        self.browser.print(offered := self.sample.work / "offered.pdf")
        self.equal("a page that is not worked on prints as without script", texts_of(offered), texts_of(plain))

    def every_packet_exports_its_own_steps(self):
        for entry, stem in self.sample.packets(self.sample.output):
            packet = self.packet(stem)
            problems = self.fresh(stem)
            name, record = self.export()
            wanted = {field: entry[field] for field in ("kind", "fqdn", "title", "edition", "fingerprint")}
            wanted |= {"schema": "restore-packets/record/1", "change": None, "exported": record["exported"], "exercise": False}
            wanted |= {"begun": "", "recovered": "", "lane": ""}
            blank = {"result": "", "start": "", "end": "", "initials": "", "deviation": ""}
            steps = [
                {"number": step["number"], "title": step["text"], "command": step["command"], **blank}
                for step in steps_of(packet)
            ]
            problems += [f"saved as {name}"] if name != f"{stem.split('/')[1]}.record.json" else []
            problems += differences(record, {**wanted, "steps": steps})
            self.report.check(f"{stem} exports what its JSON says", problems)

    def whole_procedure(self):
        """Every step stamped, copied, ticked; one skipped, one failed, with the reasons."""
        person, packet = self.person, self.packet(GAPS)
        self.fresh(GAPS)
        self.says("the start is announced", "Working mode", "Press ?")
        person.press("b")
        self.equal("b leads to the bar", person.focused(), "Your initials")
        person.type("AB")
        person.press("Escape")
        steps, copied = steps_of(packet), []
        odd = {steps[1]["number"]: "skipped", steps[2]["number"]: "failed"}
        for step in steps:
            number = step["number"]
            self.go_to(number)
            person.press("s")
            if step["command"]:
                person.press("c")
                lines = step["command"].count("\n") + 1
                self.says(f"{number} is copied", f"command of {number} copied, {lines} line")
                copied += [] if self.clipboard() == step["command"] else [f"{number}: {self.clipboard()!r}"]
            if number in odd:
                person.press("r")
                person.type(odd[number][0])
                person.press("Escape")
                person.press("d")
                person.type(f"why <b>{number}</b> & s x")
                person.press("Escape")
            else:
                self.done(step)
        person.press("b")
        person.tab_to("Now: service back")
        person.press("Enter")
        self.says("the service is back", "Service back: ")
        person.press("Escape")
        self.report.check("each command is copied byte for byte", copied)
        self.report.check("nothing went wrong behind the page", self.complaints())
        left = f"1 of {len(steps)} left"
        self.equal("the bar counts", person.texts(".work-counts"), [f"{len(steps) - 2} done, 1 skipped, 1 failed; {left}"])
        before = self.export()[1]
        self.wait_kept()
        self.found(self.page(GAPS), "Go on")
        record = self.export()[1]
        self.report.check("a reload keeps the record", differences(without_time(record), without_time(before)))
        self.equal("it says when the service was back", record["recovered"][:10], record["steps"][-1]["end"][:10])
        self.results(record, steps, odd)
        self.filtered(record)
        return record

    def done(self, step):
        """Ticks a step; what cannot be taken back asks first."""
        self.person.press("x")
        if step["point_of_no_return"]:
            self.question()
            self.person.press("Tab")
            self.person.press("Enter")

    def results(self, record, steps, odd):
        problems = []
        for step in record["steps"]:
            number = step["number"]
            result = odd.get(number, "done")
            note = f"why <b>{number}</b> & s x" if number in odd else ""
            told = (step["result"], step["initials"], step["deviation"], bool(step["start"]), bool(step["end"]))
            wanted = (result, "AB", note, True, result != "skipped")
            problems += [] if told == wanted else [f"{number}: {told}"]
        self.report.check("the record holds what the keys said", problems)

    def filtered(self, record):
        failed = [step["number"] for step in record["steps"] if step["result"] == "failed"]
        self.person.press("f")
        self.says("the filter says what it shows", f"1 of {len(record['steps'])} steps shown")
        wanted = [f"step-{number.replace('.', '-')}" for number in failed]
        self.equal("only what is left is shown", self.browser.evaluate(SHOWN), wanted)
        pressed = self.browser.evaluate("document.querySelector('[aria-pressed]').getAttribute('aria-pressed')")
        self.equal("the filter is told to assistive technology", pressed, "true")

    def printed(self, record):
        """A worked copy on paper, all of it although the filter is on."""
        self.browser.print(pdf := self.sample.work / "worked.pdf")
        text = " ".join(" ".join(texts_of(pdf)).split())
        packet = self.packet(GAPS)
        gathering = packet["gather"]["part_of"]
        signed = [step for part in parts(packet) if part["part_of"] != gathering for step in part["steps"]]
        problems = []
        for step in record["steps"]:
            if step["title"].replace("`", "")[:20] not in text:
                problems.append(f"{step['number']} is missing")
            if step["deviation"] and step["deviation"].split()[1] not in text:
                problems.append(f"{step['deviation']!r} is missing")
        hours = text.count(record["steps"][-1]["start"][:10])
        problems += [f"{hours} times"] if hours < 2 * len(signed) else []
        problems += [f"{word!r} is missing" for word in ("✓", "–", "✕", "skipped", "failed") if word not in text]
        problems += [f"{word!r} is printed" for word in ("Copy command", "Only what is left", "Single keys") if word in text]
        self.report.check("a worked copy prints its ticks, times and notes", problems)

    def another_desk(self, record):
        """The exported file goes on in a browser that knows nothing."""
        file = self.sample.work / "desk.record.json"
        file.write_text(json.dumps(record))
        self.fresh(GAPS)
        self.choose(file)
        self.says("an import is announced", "desk.record.json imported", f"{len(record['steps'])} recorded steps")
        again = self.export()[1]
        self.report.check("an imported record is exported the same", differences(without_time(again), without_time(record)))
        self.choose(file)
        self.equal("a record is replaced only after a question", self.question(), "Replace the record?")
        self.person.press("Escape")
        self.person.press("b")
        self.person.tab_to("Reset record…")
        self.person.press("Enter")
        self.equal("a reset asks", self.question(), "Reset the record?")
        self.equal("and no is the answer at hand", self.person.focused(), "Cancel")
        self.person.press("Tab")
        self.person.press("Enter")
        self.says("a reset is announced", "The record is empty")
        self.wait("nothing is kept after a reset", lambda: self.database() == [])

    def question(self):
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            title = self.person.texts("dialog[open] h2")
            if title:
                return title[0]
            time.sleep(0.02)
        return None

    def point_of_no_return(self):
        number = next(step["number"] for step in steps_of(self.packet(FINAL)) if step["point_of_no_return"])
        self.fresh(FINAL)
        self.go_to(number)
        self.person.press("x")
        self.equal("the point of no return asks again", self.question(), "Point of no return")
        self.equal("and no is the answer at hand", self.person.focused(), "No, not yet")
        self.person.press("Enter")
        self.equal("a no leaves it unticked", entry(self.export()[1], number)["result"], "")
        self.go_to(number)
        self.person.press("x")
        self.question()
        self.person.press("Tab")
        self.person.press("Enter")
        self.says("a yes ticks it", f"{number} done")
        self.equal("and is recorded", entry(self.export()[1], number)["result"], "done")

    def gap(self):
        steps = steps_of(self.packet(GAPS))
        number = next(step["number"] for step in steps if step["gap"])
        self.fresh(GAPS)
        self.go_to(number)
        self.person.press("c")
        self.says("a withheld command is not copied and says so", f"{number} has a gap, its command is withheld")
        without = next(step["number"] for step in steps if not step["gap"] and not step["command"])
        self.fresh(GAPS)
        self.go_to(without)
        self.person.press("c")
        self.says("a step without a command says so", f"{without} has no command")

    def lane_chosen(self):
        """The parts of the other lanes are hidden, and the record says which lane it was."""
        lane = self.packet(FINAL)["lanes"][0]
        self.fresh(FINAL)
        self.browser.evaluate("document.querySelector('.work-buttons select').focus()")
        self.person.press("ArrowDown")
        self.says("the lane is announced", f"Lane {lane['id']}.")
        wanted = [f"step-{number.replace('.', '-')}" for number in lane["steps"]]
        self.equal("the steps of the lane are shown", self.browser.evaluate(SHOWN), wanted)
        self.equal("and the record says which it is", self.export()[1]["lane"], lane["id"])

    def times(self):
        """A stamp is not overwritten by accident; a typed time is understood or refused."""
        steps = steps_of(self.packet(GAPS))
        number = steps[0]["number"]
        self.fresh(GAPS)
        self.person.press("s")
        first = entry(self.export()[1], number)["start"]
        self.go_to(number)
        self.person.press("s")
        self.says("a stamp stays", f"start of {number} is", "already")
        for typed, kept in (
            ("nonsense", first),
            ("2014-02-31 03:12", first),
            ("2014-06-10 03:12 +02:00", "2014-06-10T03:12:00+02:00"),
            ("", ""),
        ):
            self.browser.evaluate(f"document.querySelectorAll('#step-{number.replace('.', '-')} .work-time input')[0].select()")
            self.browser.evaluate(f"document.querySelectorAll('#step-{number.replace('.', '-')} .work-time input')[0].focus()")
            self.browser.call("Input.insertText", text=typed) if typed else self.browser.evaluate("document.execCommand('delete')")
            self.person.press("Tab")
            if kept == first:
                self.says(f"{typed!r} is no time", f"“{typed}” is no time")
            self.equal(f"{typed!r} typed is recorded as {kept!r}", entry(self.kept(), number)["start"], kept)

    def kept(self):
        """The record as the browser keeps it."""
        self.wait("kept", lambda: "Keeping" not in self.kept_words())
        kept = self.database()
        blank = {"steps": [{"number": step["number"], "start": ""} for step in steps_of(self.packet(GAPS))]}
        return json.loads(kept[0]["value"]["text"]) if kept else blank

    def keys_off(self):
        person = self.person
        self.fresh(GAPS)
        person.press("?")
        self.equal("? lists the keys", self.question(), "Keys")
        listed = person.texts("dialog dt")
        person.press("Escape")
        self.equal("every key is listed", listed, [*"jknxseucridfb?", "Esc"])
        person.press("b")
        person.tab_to("Single keys", back=True)
        person.press(" ")
        self.says("turning the keys off is announced", "Single keys are off")
        person.press("x")
        person.press("j")
        self.browser.open(self.page(GAPS))
        person.tab_to("Work on screen")
        person.press("Enter")
        person.press("x")
        person.tab_to("Export record", back=True)
        person.press("Enter")
        record = person.downloaded()[1]
        self.equal("keys that are off do nothing, after a reload too", record["steps"][0]["result"], "")
        self.clear()

    def other_edition(self):
        self.fresh(GAPS)
        self.person.press("x")
        self.wait_kept()
        kept = self.database()[0]
        record = {**json.loads(kept["value"]["text"]), "edition": 41, "fingerprint": "OTHER"}
        self.browser.open(self.page(CHAT))
        self.clear()
        self.browser.open(self.page(CHAT))
        self.wait("the offer", lambda: self.person.count(".work-offer button"))
        time.sleep(0.3)
        self.database({"key": ["OTHER", "", "restore", ""], "value": {**kept["value"], "text": json.dumps(record)}})
        self.browser.open(self.page(GAPS))
        self.wait("the other record", lambda: self.person.texts(".work-other"))
        words = " ".join(self.person.texts(".work-other"))
        self.report.check("a record of another edition is named", [] if "edition 41 (a restore, no change named, fingerprint OTHER)" in words else [words])
        self.equal("and its ticks are not shown", self.person.count(".work-controls"), 0)
        self.person.tab_to("Export the record of edition 41")
        self.person.press("Enter")
        name, record = self.person.downloaded()
        self.equal("it can be exported", (name, record["fingerprint"]), ("sql05.contoso.com.edition-41.record.json", "OTHER"))
        self.clear()

    def no_clipboard(self):
        step = next(step for step in steps_of(self.packet(GAPS)) if step["command"] and "\n" in step["command"])
        with self.person.beforehand(NO_CLIPBOARD):
            self.fresh(GAPS)
            self.go_to(step["number"])
            self.person.press("c")
            self.says("without a clipboard of its own the page still copies", f"command of {step['number']} copied")
            self.equal("byte for byte", self.clipboard(), step["command"])
            self.equal("and the focus stays where it was", self.person.focused().split()[0], step["number"])

    def no_storage(self):
        with self.person.beforehand(NO_STORAGE):
            self.fresh(GAPS)
            warnings = " ".join(self.person.texts(".work-warning:not([hidden])"))
            self.report.check("without storage the page says so", [] if "keeps nothing" in warnings else [warnings])
            self.person.press("x")
            self.equal("and goes on in memory", self.export()[1]["steps"][0]["result"], "done")
            self.equal("after an export nobody is held back", self.is_held(), False)
            self.person.press("k")
            self.person.press("n")
            self.person.press("x")
            self.equal("unsaved work holds the page back", self.is_held(), True)
            self.export()

    def is_held(self):
        """Whether leaving the page would ask."""
        event = "new Event('beforeunload', { cancelable: true })"
        return self.browser.evaluate(f"!dispatchEvent({event})")

    def tree(self):
        """What assistive technology is told."""
        steps = steps_of(self.packet(GAPS))
        number = steps[0]["number"]
        self.fresh(GAPS)
        self.person.press("x")
        nodes = list(self.person.tree())
        named = {(role, name) for role, name, _ in nodes}
        wanted = [
            ("region", "Working mode"), ("group", f"Record of step {number}"), ("checkbox", "Done"),
            ("combobox", "Result"), ("textbox", "Start"), ("textbox", "End"), ("textbox", "Initials"),
            ("textbox", "Deviation"), ("button", f"Now: start of {number}"), ("button", "Only what is left"),
            ("button", "Export record"), ("button", "Import record…"), ("button", "Reset record…"), ("button", "Keys"),
        ]
        self.report.check("every control has its role and name", [f"no {pair}" for pair in wanted if pair not in named])
        roles = {"button", "checkbox", "combobox", "textbox", "group", "region", "status"}
        nameless = [role for role, name, _ in nodes if role in roles - {"status"} and not name]
        self.report.check("no control is without a name", nameless)
        boxes = [told["checked"] for role, name, told in nodes if (role, name) == ("checkbox", "Done")]
        self.equal("its tick is told", boxes[:2], ["true", "false"])
        live = [told.get("live") for role, _, told in nodes if role == "status"]
        self.equal("there is one live region, and it is polite", live, ["polite"])
        outline = self.browser.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        self.equal("the focus can be seen", outline, "solid")

    def looks(self):
        """Light, dark and on a phone, with a step done and its command copied."""
        small = """[...document.querySelectorAll('.working button, .working input:not([type=file]), .working select')]
            .filter(it => it.checkVisibility()).map(it => it.getBoundingClientRect())
            .filter(it => it.width < 24 || it.height < 24).length"""
        for look, screen in {**LOOKS, **NEAR}.items():
            self.browser.screen(**screen)
            self.fresh(GAPS)
            self.person.press("x")
            self.person.press("c")
            self.says(f"{look}: the page answers", "no command")
            self.report.check(f"working mode, {look}: WCAG 2.2 AA", violations(self.browser))
            width = self.browser.evaluate("document.documentElement.scrollWidth")
            self.equal(f"working mode, {look}: it fits", width, screen["width"])
            self.report.check(f"working mode, {look}: what has the focus is not covered", self.browser.evaluate(COVERED))
            self.equal(f"working mode, {look}: no control is too small to hit", self.browser.evaluate(small), 0)
            self.person.press("?")
            self.question()
            self.report.check(f"list of keys, {look}: WCAG 2.2 AA", violations(self.browser))
            self.person.press("Escape")
        self.browser.screen(1200, 900)
        self.clear()


def entry(record, number):
    return next(step for step in record["steps"] if step["number"] == number)


def without_time(record):
    return {**record, "exported": ""}


def differences(found, wanted):
    for key in found.keys() | wanted.keys():
        one, other = found.get(key), wanted.get(key)
        if key != "steps" and one != other:
            yield f"{key}: {one!r} instead of {other!r}"
    for one, other in zip(found["steps"], wanted["steps"]):
        if one != other:
            yield f"{one} instead of {other}"
    if len(found["steps"]) != len(wanted["steps"]):
        yield f"{len(found['steps'])} steps instead of {len(wanted['steps'])}"
