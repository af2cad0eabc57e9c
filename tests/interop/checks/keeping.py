"""What a page says it has kept is kept: through a killed browser, beside another change, in two tabs, on a full disk."""

import json
import shutil
import tempfile
import time
import zipfile

from .browser import Browser
from .keyboard import Person

STEM = "servers/sql05.contoso.com"
# Seconds after the last tick.
MOMENTS = (0, 0.02, 0.1, 0.5, 1, 3, 10)
KEPT = "Kept in this browser, "

# Empties what earlier checks kept.
CLEAR = """new Promise(resolve => {
    try {
        localStorage.clear();
        const request = indexedDB.deleteDatabase('restore-packets');
        request.onsuccess = request.onerror = request.onblocked = resolve;
    } catch {
        resolve();
    }
})"""
# A database in which there is no room while the page's `full` is true.
FULL = """
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...values) {
        if (window.full) throw new DOMException('no room', 'QuotaExceededError');
        return put.apply(this, values);
    };
"""
# Every key and value; or, with `write`, one value under its key.
DATABASE = """new Promise((resolve, reject) => {
    const opening = indexedDB.open('restore-packets', 1);
    opening.onerror = reject;
    opening.onsuccess = () => {
        const found = [], transaction = opening.result.transaction('records', 'readwrite');
        const records = transaction.objectStore('records');
        const write = WRITE;
        if (write) records.put(write.value, write.key);
        records.openCursor().onsuccess = ({ target: { result } }) => {
            if (!result) return;
            found.push({ key: result.key, value: result.value });
            result.continue();
        };
        transaction.oncomplete = () => { opening.result.close(); resolve(found) };
    };
})"""


def check(report, sample):
    report.part("A page keeps what it says it has kept")
    for moment in MOMENTS:
        killed(report, sample, moment)
    with Browser() as browser:
        browser.screen(1200, 900)
        Keeping(report, sample, browser).all()


class Desk:
    """A person at a packet's page, and what the page keeps."""

    def __init__(self, browser, downloads):
        self.browser, self.person = browser, Person(browser, downloads)

    def wait(self, what, is_so, seconds=10):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = is_so()
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError(f"{what}: not within {seconds} s; the page says {self.person.said()!r}")

    def clear(self):
        self.browser.evaluate(CLEAR)

    def work(self, page, kind="Work on screen"):
        """Opens a page of which nothing is kept, in working mode."""
        self.browser.open(page)
        self.person.tab_to(kind)
        self.person.press("Enter")
        self.wait("working mode", lambda: "Working mode" in self.person.said())

    def asked(self):
        """The question that stands open, or None."""
        texts = self.person.texts("dialog[open]")
        return texts[0] if texts else None

    def found(self, page, answer=""):
        """Opens a page of which something is kept; what it asks, answered with the button of that name."""
        self.browser.open(page)
        question = self.wait("a question", self.asked)
        if answer:
            while self.person.focused() != answer:
                self.person.press("Tab")
            self.person.press("Enter")
            # The page reads its record and begins after the dialog has closed: until then it takes no key.
            self.wait("working mode", lambda: "Working mode" in self.person.said())
        return question

    def gone_on(self, page, seconds):
        """The record with which a page goes on, if it asks about one within that time; otherwise one without steps."""
        self.browser.open(page)
        deadline = time.monotonic() + seconds
        while not self.asked():
            if time.monotonic() > deadline:
                return {"steps": []}
            time.sleep(0.02)
        self.person.press("Enter")
        self.wait("working mode", lambda: "Working mode" in self.person.said())
        return self.export()

    def kept_words(self):
        return self.person.texts(".work-kept")[0]

    def wait_kept(self):
        self.wait("kept", lambda: self.kept_words().startswith(KEPT))

    def tick(self, count):
        for _ in range(count):
            self.person.press("x")
            self.person.press("j")

    def export(self):
        self.person.press("Escape")
        self.person.press("b")
        self.person.tab_to("Export record")
        self.person.press("Enter")
        return self.person.downloaded()[1]

    def database(self, write=None):
        return self.browser.evaluate(DATABASE.replace("WRITE", json.dumps(write)))


def results(record):
    return {step["number"]: step["result"] for step in record["steps"] if step["result"]}


def killed(report, sample, moment):
    """Five ticks, and then the browser is killed: all that it said was kept is there, and after a while that is all."""
    page, profile = sample.output / f"{STEM}.html", tempfile.mkdtemp()
    with Browser(profile) as browser:
        desk = Desk(browser, sample.work / "killed")
        desk.work(page)
        ticked = []
        for _ in range(5):
            ticked.append(desk.person.focused().split()[0])
            desk.tick(1)
        time.sleep(moment)
        words = desk.kept_words()
        browser.kill()
    with Browser(profile) as browser:
        desk = Desk(browser, sample.work / "killed")
        found = results(desk.gone_on(page, 10 if words.startswith(KEPT) else 1))
    shutil.rmtree(profile, ignore_errors=True)
    lost = [number for number in ticked if found.get(number) != "done"]
    problems = [f"the page said {words!r}, and lost {lost}"] if lost and words != "Keeping…" else []
    problems += [f"after {moment} s it says {words!r}"] if moment >= 0.5 and not words.startswith(KEPT) else []
    report.check(f"a browser killed {moment} s after a tick loses nothing that was kept", problems)


class Keeping(Desk):
    def __init__(self, report, sample, browser):
        super().__init__(browser, sample.work / "kept-records")
        self.report, self.sample = report, sample
        self.page = sample.output / f"{STEM}.html"

    def all(self):
        self.two_changes()
        self.exercise()
        self.start_anew()
        self.two_tabs()
        self.full()
        self.damaged()
        self.slips()

    def equal(self, what, found, expected):
        self.report.check(what, [] if found == expected else [f"{found!r} instead of {expected!r}"])

    def fresh(self, page=None):
        self.browser.open(page or self.page)
        self.clear()
        self.work(page or self.page)

    def of_change(self, change):
        """The page of a packet as it is bundled for a change."""
        folder = self.sample.work / f"change-{change}"
        if not folder.exists():
            bundle = self.sample.work / f"{change}.zip"
            self.sample.run("bundle", bundle, "--change", change, "--only", STEM.split("/")[1], "--output", self.sample.output)
            zipfile.ZipFile(bundle).extractall(folder)
        return next(folder.rglob(f"{STEM.split('/')[1]}.html"))

    def two_changes(self):
        """One edition, two changes: neither shows what was ticked for the other."""
        one, other = self.of_change("CHG1"), self.of_change("CHG2")
        self.fresh(one)
        self.tick(5)
        self.wait_kept()
        self.browser.open(other)
        self.wait("the other change is named", lambda: "change CHG1" in " ".join(self.person.texts(".work-other")))
        self.equal("the page of another change asks nothing", self.asked(), None)
        self.work(other)
        self.equal("and shows no tick", self.person.texts(".work-counts")[0].split(";")[0], "0 done, 0 skipped, 0 failed")
        self.tick(1)
        self.wait_kept()
        record = self.export()
        self.equal("its record names its change", (record["change"], len(results(record))), ("CHG2", 1))
        question = self.found(one, "Go on")
        self.report.check("the first is asked about", [] if "change CHG1" in question and "5 of" in question else [question])
        record = self.export()
        self.equal("and still has its ticks", (record["change"], len(results(record))), ("CHG1", 5))
        file = self.sample.work / "of-another-change.json"
        file.write_text(json.dumps({**record, "change": "CHG2"}))
        self.choose(file)
        wanted = "it is the record of a restore, change CHG2, and this is the record of a restore, change CHG1"
        self.wait("the record of another change is refused", lambda: wanted in self.person.said())

    def choose(self, path):
        field = self.browser.call("Runtime.evaluate", expression="document.querySelector('input[type=file]')")
        self.browser.call("DOM.setFileInputFiles", files=[str(path)], objectId=field["result"]["objectId"])

    def exercise(self):
        """A drill is another record than a restore."""
        self.browser.open(self.page)
        self.clear()
        self.work(self.page, "Exercise on screen")
        self.tick(3)
        self.wait_kept()
        self.report.check("the bar says that it is an exercise", [] if "an exercise" in self.person.texts(".work-from")[0] else ["it does not"])
        self.equal("and so does the export", self.export()["exercise"], True)
        self.found(self.page)
        self.person.press("Escape")
        self.wait("the question is gone", lambda: not self.asked())
        self.equal("who does not decide sees the page as it was issued", self.person.count(".work-bar, .work-controls"), 0)
        self.person.tab_to("Work on screen")
        self.person.press("Enter")
        self.wait("working mode", lambda: "Working mode" in self.person.said())
        self.equal("a restore begins blank", self.export()["exercise"], False)
        self.equal("with no tick", self.person.texts(".work-counts")[0][:6], "0 done")

    def start_anew(self):
        """What is found is gone on with, or exported and put aside."""
        self.fresh()
        self.tick(2)
        self.wait_kept()
        question = self.found(self.page, "Export it and start anew")
        wanted = ["Go on with it, or export it and start anew?", "begun ", "2 of "]
        self.report.check("a found record says from when it is", [word for word in wanted if word not in question])
        self.equal("it is exported", len(results(self.person.downloaded()[1])), 2)
        self.wait("a blank one is begun", lambda: "put aside" in self.person.said())
        self.equal("which has no tick", self.person.texts(".work-counts")[0][:6], "0 done")
        others = " ".join(self.person.texts(".work-other"))
        self.report.check("and the old one is named", [] if "put aside" in others else [others])
        self.tick(1)
        self.wait_kept()
        self.equal("both are kept", len(self.database()), 2)

    def two_tabs(self):
        """Two tabs of one packet: every tick of both, and what is being typed in one of them."""
        self.fresh()
        first = self.browser.session
        second = self.browser.tab()
        self.browser.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.work(self.page)
        for count in range(3):
            self.browser.session = first
            self.person.press("x")
            self.person.press("j")
            self.browser.session = second
            if count == 0:
                for _ in range(8):
                    self.person.press("j")
            self.person.press("x")
            self.person.press("j")
        for session in (first, second):
            self.browser.session = session
            self.wait("every tick of both", lambda: self.person.texts(".work-counts")[0].startswith("6 done"))
        self.type_into("start", "2014-06-10 03:1")
        self.browser.session = first
        self.tick(1)
        self.wait_kept()
        self.browser.session = second
        self.wait("the tick arrives", lambda: self.person.texts(".work-counts")[0].startswith("7 done"))
        self.person.type("2 +02:00")
        self.person.press("Tab")
        self.wait_kept()
        typed = [step["start"] for step in self.export()["steps"] if step["start"]]
        self.equal("what was being typed is whole", typed, ["2014-06-10T03:12:00+02:00"])
        self.browser.session = first
        self.wait("and arrives", lambda: "2014-06-10 03:12 +02:00" in self.times())
        self.browser.session = second
        self.browser.call("Page.navigate", url="about:blank")
        self.browser.session = first

    def type_into(self, field, text):
        """Types into a field of the current step, as a person who gets there with Tab."""
        self.person.press("Escape")
        for _ in range(40):
            self.person.press("Tab")
            if self.person.focused().lower() == field:
                break
        self.person.type(text)

    def times(self):
        return self.browser.evaluate("[...document.querySelectorAll('.work-time input')].map(it => it.value)")

    def full(self):
        """No room, and then room again."""
        with self.person.beforehand(FULL):
            self.fresh()
            self.browser.evaluate("window.full = true")
            self.tick(2)
            warning = self.wait("a warning", lambda: self.person.texts(".work-warning:not([hidden])"))
            self.report.check("a full storage is said", [] if "storage is full" in warning[0] else warning)
            self.equal("and nothing is called kept", self.kept_words(), "Not kept.")
            self.equal("leaving is held back", self.browser.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))"), True)
            self.browser.evaluate("window.full = false")
            self.wait("it is kept once there is room", lambda: self.kept_words().startswith(KEPT))
            self.equal("and the warning goes", self.person.count(".work-warning"), 0)
        self.found(self.page, "Go on")
        self.equal("all of it", len(results(self.export())), 2)

    def damaged(self):
        """A record that cannot be read is saved as it is before anything takes its place."""
        self.fresh()
        self.tick(2)
        self.wait_kept()
        kept = self.database()[0]
        broken = kept["value"]["text"][:900]
        for value in ({**kept["value"], "text": broken}, broken, {"nothing": 1}):
            text = value["text"] if isinstance(value, dict) and "text" in value else json.dumps(value, separators=(",", ":"))
            self.browser.open(self.page)
            self.clear()
            self.browser.open(self.page)
            time.sleep(0.3)
            self.database({"key": kept["key"], "value": value})
            question = self.found(self.page, "Save it and start anew")
            self.report.check("a damaged record is said", [] if question.startswith("A damaged record") else [question])
            self.equal("it is saved as it is", self.person.saved(), ("sql05.contoso.com.damaged-record.json", text))
            self.wait("a blank one is begun", lambda: "put aside" in self.person.said())
            self.tick(1)
            self.wait_kept()
            self.equal("and it stays", len(self.database()), 2)
            self.equal("and is offered", self.person.count(".work-other button"), 1)
        self.browser.evaluate("document.querySelector('.work-other button').click()")
        self.person.saved()

    def slips(self):
        """What was typed stays when a tick is taken back, and what went with it comes again."""
        self.fresh()
        typed = "2014-06-10 03:12 +02:00"
        self.type_into("end", typed)
        self.type_into("deviation", "why")
        for key in "Escape", "x", "x":
            self.person.press(key)
        self.equal("a typed end stays when the tick goes", self.entry(0)["end"], "2014-06-10T03:12:00+02:00")
        self.equal("and so does what was written", self.entry(0)["deviation"], "why")
        self.person.press("Escape")
        self.person.press("j")
        self.person.press("x")
        ticked = self.entry(1)
        for key in "Escape", "x":
            self.person.press(key)
        self.equal("the time of a tick goes with it", self.entry(1)["end"], "")
        for key in "Escape", "u":
            self.person.press(key)
        self.equal("and u brings both back", self.entry(1), ticked)
        self.type_into("start", "3.12 or so")
        self.person.press("Escape")
        self.person.press("s")
        self.wait("what is no time is not written over", lambda: "which is no time" in self.person.said())
        field = "[...document.querySelectorAll('.work-current .work-time input')][0].value"
        self.equal("and stands there", self.browser.evaluate(field), "3.12 or so")

    def entry(self, place):
        return self.export()["steps"][place]
