"""A checklist filled in and saved by LibreOffice holds what `record` reads, and its summary counts."""

import json
import re
import subprocess

from .office import convert, pages
from .xlsx import Book

HEADINGS = "Step|What to do|Where and as whom|Expected result|Start|End|Result|Initials|Deviation".split("|")
COLUMNS = "ABCDEFGHI"
RESULTS = ["done", "done", "skipped", "failed", "done"]
PACKETS = ["servers/sql05.contoso.com", "servers/sql01.contoso.com", "pools/pool01.contoso.com"]
PAPERS = {"A4": {595, 842}, "Letter": {612, 792}}

# LibreOffice believes the counts of a file that it did not write, unless it is told to count again.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def check(report, sample):
    report.part("LibreOffice fills in and keeps a checklist")
    profile = sample.work / "office-that-counts"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE)
    blank = {stem: Book(sample.output / f"{stem}.xlsx") for stem in PACKETS}
    entries = {stem: entries_for(book) for stem, book in blank.items()}
    inbox = sample.work / "filled"
    files = {}
    for stem, book in blank.items():
        name = f"{stem.replace('/', '--')}.xlsx"
        files[name] = book.fill("Checklist", entries[stem], inbox / name)
    saved = convert(files, "xlsx:Calc MS Excel 2007 XML", sample.work / "saved-checklists", profile)
    by_name = {path.name: Book(path) for path in saved}
    for stem in PACKETS:
        book = by_name[f"{stem.replace('/', '--')}.xlsx"]
        packet = json.loads((sample.output / f"{stem}.json").read_text())
        report.check(f"{stem}: the steps are those of the packet", steps_differ(book, packet))
        report.check(f"{stem}: the commands are those of the packet", commands_differ(book, packet))
        report.check(f"{stem}: what was filled in is kept", lost(book, entries[stem]))
        report.check(f"{stem}: the summary counts it", miscounted(book, entries[stem], packet))
        report.check(f"{stem}: entries are still restricted", unrestricted(book))
        report.check(f"{stem}: it still says what it is", anonymous(book, sample, stem))
    both_papers(report, sample, profile)


def entries_for(book):
    """Results and times for some steps, and a deviation that no program may take for a formula."""
    rows = [row for row, cells in book.rows("Checklist") if is_step(cells)]
    values = {"G2": 41800}
    for count, row in enumerate(rows[: len(RESULTS) * 2]):
        values |= {f"E{row}": 0.99 + count / 100 - int(0.99 + count / 100), f"F{row}": 41800.5, f"H{row}": "ab"}
        values[f"G{row}"] = RESULTS[count % len(RESULTS)]
    values[f"I{rows[0]}"] = "=1+1"
    return values


def is_step(cells):
    return re.fullmatch(r"\d+\.\d+", cells.get("A", "")) is not None


def steps_of(packet):
    """The steps as they are numbered; what gives users their service back stands before what is gathered."""
    parts = [packet["gather"], packet["prepare"], *packet["procedures"], packet["checks"]]
    return [step for part in sorted(parts, key=lambda part: part["number"]) for step in part["steps"]]


def steps_differ(book, packet):
    rows = [cells for _, cells in book.rows("Checklist")]
    if HEADINGS not in [[cells.get(column) for column in COLUMNS] for cells in rows]:
        yield "the heading row is not there"
    ours = [(cells["A"], cells["B"].split("\n")[0].removeprefix("POINT OF NO RETURN. ")) for cells in rows if is_step(cells)]
    theirs = [(step["number"], step["text"]) for step in steps_of(packet)]
    if ours != theirs:
        yield f"{ours} are not {theirs}"


def commands_differ(book, packet):
    commands, number = {}, None
    for _, cells in book.rows("Checklist"):
        mark, text = cells.get("A"), cells.get("B", "")
        if is_step(cells):
            number = mark
        elif mark in ("PS>", "SQL"):
            commands.setdefault(number, []).append(text)
        elif mark == ">>":
            commands[number][-1] = commands[number][-1].removesuffix("`") + text
    for step in steps_of(packet):
        ours, theirs = "\n".join(commands.get(step["number"], [])), (step["command"] or "").rstrip()
        if ours != theirs:
            yield f"step {step['number']}: {ours!r} is not {theirs!r}"


def lost(book, entries):
    cells = {f"{column}{row}": value for row, cells in book.rows("Checklist") for column, value in cells.items()}
    for at, value in entries.items():
        kept = cells.get(at, "")
        same = kept == value if isinstance(value, str) else kept and abs(float(kept) - value) < 1e-6
        if not same:
            yield f"{at} is {kept!r}, not {value!r}"


def miscounted(book, entries, packet):
    results = [value for at, value in entries.items() if at[0] == "G" and isinstance(value, str)]
    of = len(steps_of(packet))
    counts = [of, *(results.count(result) for result in ("done", "skipped", "failed")), of - len(results)]
    all_rows = [cells for _, cells in book.rows("Summary") if cells.get("A") == "All"]
    if [[int(cells[column]) for column in "BCDEF"] for cells in all_rows] != [counts]:
        yield f"{all_rows} does not say {counts}"
    elif all_rows[0]["G"] != "failed":
        yield f"the state is {all_rows[0]['G']}"


def unrestricted(book):
    yield from {"list", "custom", "date"} - book.validations("Checklist")
    if b"<sheetProtection" not in book.parts[book.names["Checklist"]]:
        yield "nothing is locked"


def anonymous(book, sample, stem):
    packet = next(packet for packet, name in sample.packets(sample.output) if name == stem)
    properties = book.properties()
    for name in ("fingerprint", "edition", "kind", "fqdn"):
        if properties.get(f"restore-packets {name}") != str(packet[name]):
            yield f"{name}: {properties}"


def both_papers(report, sample, profile):
    """The same workbooks on the other paper: `pages` has made the worksheets that ask for it."""
    for paper, sizes in PAPERS.items():
        folder = sample.work / f"worksheets-{paper}"
        output = sample.output
        if folder.exists():
            output = sample.build(folder, sample.work / f"workbooks-{paper}", "--format", "xlsx")
        files = {f"{stem.replace('/', '--')}.xlsx": output / f"{stem}.xlsx" for stem in PACKETS}
        for pdf in convert(files, "pdf", sample.work / f"printed-{paper}", profile):
            report.check(f"{pdf.stem} is printed on {paper}", other_sizes(pdf, sizes))
            report.check(f"{pdf.stem} on {paper} repeats its heads", headless(pages(pdf)))


def other_sizes(pdf, sizes):
    told = subprocess.run(["pdfinfo", "-l", "-1", pdf], capture_output=True, text=True, check=True).stdout
    for number, size in enumerate(re.findall(r"size:\s+([\d.]+) x ([\d.]+)", told), 1):
        if {round(float(side)) for side in size} != sizes:
            yield f"page {number} is {size}"


def headless(texts):
    """Pages of the checklist that do not begin with its heads, or end with the heading of a part."""
    for number, text in enumerate(texts, 1):
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and lines[1].startswith("Checklist") and not any(is_head(line) for line in lines[2:7]):
            yield f"page {number} begins with {lines[2]!r}"


def is_head(line):
    return line.startswith("Step What to do") and line.endswith("Start End Result Initials Deviation")
