"""How much paper it takes, and that nothing is lost on it: sheets are counted and looked at, texts held against the JSON."""

import json
import re
import subprocess

from .browser import Browser
from .layout import squeezed
from .office import pages as texts_of
from .pages import on, paper_of

# The most sheets of each kind of packet, on either paper. They may only go down.
CEILINGS = {"Front End Server": 7, "Edge Server": 6, "Back End Server": 24, "pool": 16}
BINDER = 250
# So much of a sheet is filled at least, unless it is a packet's last.
FILLED = 2 / 3
# In points: what is read, and what is typed.
READ, TYPED = 9.5, 8.5


def check(report, sample):
    report.part("What it takes of paper, and that all of it is there")
    with Browser() as browser:
        size = paper_of(sample)
        other = "A4" if size == "Letter" else "Letter"
        measure(report, sample, browser, size, sample.output)
        measure(report, sample, browser, other, on(other, sample, "measured")[1])


def measure(report, sample, browser, size, output):
    folder = sample.work / f"measured-{size}"
    counts, lost, low, small = {}, [], [], []
    for packet, stem in sample.packets(output):
        browser.open(output / f"{stem}.html")
        small += faces(browser, stem)
        browser.print(pdf := folder / f"{stem}.pdf")
        counts[stem] = (packet["title"], len(texts_of(pdf)))
        low += [f"{stem}, page {number}" for number in unfilled(pdf)]
        file = sample.output / f"{stem}.json"
        data = json.loads(file.read_text())
        # On the other paper it is made of other worksheets, of the same content.
        data["sources"] = data["sources"] if output == sample.output else []
        lost += [f"{stem}: {what}" for what in missing(data, printed(pdf), alone=True)]
    for kind, most in CEILINGS.items():
        over = [f"{stem} has {count}" for stem, (title, count) in counts.items() if kind in title and count > most]
        report.check(f"{size}: no packet of a {kind} takes more than {most} sheets", over)
    report.check(f"{size}: no sheet is less than two thirds full but a packet's last", low)
    report.check(f"{size}: what is read is {READ} pt at least, what is typed {TYPED} pt", small)
    report.check(f"{size}: each packet prints every fact, step, expectation, signature and source of its JSON", lost)
    browser.open(output / "binder.html")
    browser.print(pdf := folder / "binder.pdf")
    sheets = len(texts_of(pdf))
    report.check(f"{size}: the binder takes {BINDER} sheets at most", [] if sheets <= BINDER else [f"it takes {sheets}"])
    report.check(f"{size}: the binder prints the same of every packet", bound(sample, pdf))


def printed(pdf):
    """The text in the order in which it was set, without running heads and feet."""
    lines = "\n".join(texts_of(pdf, "-raw")).splitlines()
    return plain("\n".join(line for line in lines if not RUNNING.match(line)))


RUNNING = re.compile(r"Restore packet for |Confidential$|Edition \d+, issued .* fingerprint|Printed copies are|Page \d+ of|Tab \d+$|\S+\.contoso\.com$")


# The word of an alert is set in other letters.
ALERT = re.compile(r"^(NOTE|TIP|IMPORTANT|WARNING|CAUTION): ")


# A blank in a text, which is a line on paper.
BLANK = re.compile(r"\[([^\]]*): _+\]")


def holds(text, part):
    """Whether the text has the part: whole, or its two ends where a sheet ends between them, whose commands are set last."""
    whole = plain(BLANK.sub(r"\1", part.replace("`", "")))
    return whole in text or any(whole[:at] in text and whole[at:] in text for at in range(1, len(whole)))


def plain(text):
    """Without blanks, quotes, bullets: what paper sets as type."""
    return re.sub(r"[“”•⁠]", "", squeezed(text))


def missing(packet, text, alone):
    """What of the JSON the text lacks."""
    for fact in packet["facts"]:
        cell = (fact["source"] or {}).get("cell")
        if not fact["routine"]:
            wanted = [fact["name"], fact["value"] or "", f"{cell} of" if cell else "no worksheet row"]
            yield from (f"{fact['name']}: {part!r}" for part in wanted if not holds(text, part))
    for step in steps(packet):
        wanted = [f"{step['number']} {step['text']}", step["expect"], step["run_on"], step["account"]]
        wanted += (step["command"] or "").splitlines()
        wanted += [ALERT.sub("", line) for line in step["detail"].splitlines()]
        yield from (f"{step['number']}: {part!r}" for part in wanted if not holds(text, part))
    gathering = packet["gather"]["part_of"]
    signed = sum(len(part["steps"]) for part in parts(packet) if part["part_of"] != gathering)
    if text.count("Ifskippedorfailed:why") != signed:
        yield f"{text.count('Ifskippedorfailed:why')} of {signed} lines to sign"
    if alone:
        yield from (source["path"] for source in packet["sources"] if plain(source["sha256"]) not in text)
        yield from (str(person["name"]) for person in packet["people"] if person["name"] and plain(person["name"]) not in text)


def parts(packet):
    return [packet["gather"], packet["prepare"], *packet["procedures"], packet["checks"]]


def steps(packet):
    return [step for part in parts(packet) for step in part["steps"]]


def bound(sample, pdf):
    """The same of each packet behind its tab; what all share stands in front or behind."""
    sheets = texts_of(pdf, "-raw")
    for packet, stem in sample.packets(sample.output):
        own = [text for text in sheets if f"fingerprint {packet['fingerprint']}" in text]
        lines = "\n".join(own).splitlines()
        text = plain("\n".join(line for line in lines if not RUNNING.match(line)))
        data = json.loads((sample.output / f"{stem}.json").read_text())
        yield from (f"{stem}: {what}" for what in missing(data, text, alone=False))


def faces(browser, stem):
    """Texts that are set smaller than they may be."""
    browser.call("Emulation.setEmulatedMedia", media="print")
    sizes = browser.evaluate(SIZES)
    browser.call("Emulation.setEmulatedMedia", media="")
    for least, found in zip((READ, TYPED), sizes):
        yield from (f"{stem}: {what} is set in {size} pt" for what, size in found if size < least - 0.01)


SIZES = """['.step > p:not(.sign), .step > ul > li, .step-title, .expect, .opening > p:not(.common, .because, .for-lanes), .triage', '.step > .command code']
    .map(which => [...new Map([...document.querySelectorAll(which)].map(one =>
        [one.className || one.tagName, parseFloat(getComputedStyle(one).fontSize) * 0.75]))])"""


def unfilled(pdf):
    """The sheets, but for the last, whose text ends in the upper two thirds."""
    told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    sheets = told.split("<page ")[1:]
    for number, sheet in enumerate(sheets[:-1], 1):
        height = float(re.search(r'height="([\d.]+)"', sheet)[1])
        ends = [float(end) for end in re.findall(r'yMax="([\d.]+)"', sheet)]
        # Above the running foot, which begins within these points of the edge.
        top, bottom = 28, height - 34
        filled = (max((end for end in ends if end < bottom + 2), default=top) - top) / (bottom - top)
        if filled < FILLED:
            yield number
