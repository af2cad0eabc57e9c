"""Checklists that LibreOffice saved are recorded as they were filled in, and what is no checklist is refused."""

import json
import re
import shutil
import subprocess
import zipfile

from . import validity
from .checklists import is_step, steps_of
from .office import convert
from .runs import Run
from .xlsx import Book

FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods"}
# A front end server, whose edition is made to rise.
OLD = "servers/fe01.contoso.com"
RUNS = [
    Run("in time", "servers/sql05.contoso.com", verdict="met", minutes=6),
    Run("late", "servers/sql01.contoso.com", verdict="missed", minutes=9, recovered=1440 + 390)
    .enter(3, result="skipped", deviation="=1+1 <of> these & “those”")
    .enter(7, result="failed", deviation="the share was gone")
    .enter(9, initials="")
    .enter(11, result="")
    .enter(12, initials="ab/cd"),
    Run("out of order", "pools/pool01.contoso.com", verdict="no-objective", minutes=20).swap(1, 2).leave_out_part(9),
]


def check(report, sample):
    report.part("Checklists that come back are recorded")
    desk = Desk(report, sample)
    for format in FORMATS:
        for file in desk.saved(format):
            desk.recorded(RUNS[int(file.stem)], file)
    desk.recorded_twice()
    desk.refuses_all()
    desk.afterwards()


class Desk:
    """An output folder of its own, in which one packet has a second edition."""

    def __init__(self, report, sample):
        self.report, self.sample = report, sample
        self.work = sample.work / "records"
        self.work.mkdir()
        self.old = self.work / "old.xlsx"
        self.output = sample.build(sample.of_another_edition("worksheets-of-old"), self.work / "output", "--format", "xlsx,json")
        self.old.write_bytes(self.filled(OLD).read_bytes())
        sample.build(sample.worksheets, self.output, "--format", "xlsx,json,html")
        self.profile = sample.work / "office-of-records"
        self.taken = []

    def path(self, stem, ending):
        return self.output / f"{stem}.{ending}"

    def filled(self, stem):
        """The checklist of a packet with one entry."""
        book = Book(self.path(stem, "xlsx"))
        row = next(row for row, cells in book.rows("Checklist") if is_step(cells))
        entries = {"G2": 41800, f"E{row}": 0.125, f"G{row}": "done", f"H{row}": "ab"}
        return book.fill("Checklist", entries, self.work / "filled" / f"{stem.replace('/', '--')}.xlsx")

    def saved(self, format):
        """The runs, filled in and saved by LibreOffice; the files are named by number."""
        files = {}
        for number, run in enumerate(RUNS):
            files[f"{number}.xlsx"] = run.fill(self.path(run.stem, "xlsx"), self.work / "filled" / f"{number}.xlsx")
        return convert(files, FORMATS[format], self.work / format, self.profile)

    def record(self, *arguments, folder=None):
        command = [self.sample.program, "record", *arguments, "--output", folder or self.output]
        # A file that unpacks without end would take longer than this.
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def recorded(self, run, file):
        what = f"{run.name}, as {file.suffix}"
        code, said, aside = self.record(file)
        self.report.check(f"{what}: is recorded", [] if code == 0 else [f"exit code {code}: {said}{aside}"])
        entry = json.loads((self.output / "ledger.jsonl").read_text().splitlines()[-1])
        path = next(path for path in paths_of(entry) if path.endswith(".json"))
        found = json.loads((self.output / path).read_text())
        packet = json.loads(self.path(run.stem, "json").read_text())
        self.report.check(f"{what}: the record holds what was filled in", run.differences(found, packet))
        self.report.check(f"{what}: what is missing is named", run.unnamed(found))
        self.taken.append((file, path.removesuffix(".json")))

    def recorded_twice(self):
        before = self.files()
        problems = []
        for file, path in self.taken:
            code, said, _ = self.record(file)
            if code != 0 or f"recorded already, in {path}.md" not in said:
                problems.append(f"{file}: exit code {code}: {said}")
        self.report.check("a file is recorded once", problems)
        self.report.check("and the second time nothing is written", before ^ self.files())

    def refuses_all(self):
        stem = RUNS[0].stem
        sheets = self.sample.worksheets
        command = next(step["command"] for step in steps_of(self.packet(stem)) if step["command"])
        line = command.splitlines()[0]
        self.refuses("a superseded edition", self.old, "superseded-checklist")
        other = self.altered(stem, self.packet(stem)["identity"]["fingerprint"], self.packet(OLD)["identity"]["fingerprint"])
        self.refuses("the checklist of another packet", other, "foreign-checklist")
        self.refuses("an altered command", self.altered(stem, line, f"{line} -Force"), "altered-checklist")
        self.refuses("a blank checklist", self.path(stem, "xlsx"), "foreign-checklist")
        self.refuses("a worksheet", sheets / "servers.xlsx", "foreign-checklist")
        self.refuses("a bomb", self.bomb(stem), "error[")

    def packet(self, stem):
        return json.loads(self.path(stem, "json").read_text())

    def refuses(self, what, file, words):
        before = self.files()
        code, said, aside = self.record(file)
        told = said + aside
        problems = [] if code == 1 else [f"exit code {code}: {told}"]
        problems += [f"{word!r} is not said: {told}" for word in (words, "nothing was written") if word not in told]
        problems += sorted(str(path) for path, _ in before ^ self.files())
        self.report.check(f"{what} is refused, and nothing is written", problems)

    def altered(self, stem, text, other):
        """A filled-in checklist in which one text is another."""
        book = Book(self.filled(stem))
        book.replace(text, other)
        return book.save(self.work / f"altered-{len(list(self.work.glob('altered-*')))}.xlsx")

    def bomb(self, stem):
        """A checklist whose sheet unpacks to a gigabyte of blanks."""
        path, book = self.work / "bomb.xlsx", Book(self.path(stem, "xlsx"))
        blanks = b" " * (1 << 20)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for part, data in book.parts.items():
                with archive.open(part, "w") as out:
                    if part == book.names["Checklist"]:
                        for _ in range(1024):
                            out.write(blanks)
                    out.write(data)
        return path

    def files(self):
        """Every file of the output folder with its content; but the lock's, which names who held it last."""
        files = (path for path in self.output.rglob("*") if path.is_file() and path.name != "publish.lock")
        return {(path, path.read_bytes()) for path in files}

    def afterwards(self):
        said = self.sample.run("verify", "--output", self.output)
        self.report.check("the output folder is as issued", [] if "none missing or altered" in said else [said])
        for run in RUNS:
            history = self.sample.run("history", run.stem.split("/")[1], "--output", self.output)
            paths = [f"{path}.md" for file, path in self.taken if RUNS[int(file.stem)] is run]
            self.report.check(f"history shows the runs of {run.stem}", [path for path in paths if path not in history])
        pages = {path: self.output / f"{path}.html" for _, path in self.taken}
        validity.check(self.report, pages)


def paths_of(entry):
    """The files that a line of the ledger names, wherever it names them."""
    if isinstance(entry, dict):
        yield from [entry["path"]] if isinstance(entry.get("path"), str) else []
        entry = list(entry.values())
    for each in entry if isinstance(entry, list) else []:
        yield from paths_of(each)


def exported(report, sample, record):
    """What the working mode of a page exported is recorded, and holds the same."""
    folder = sample.work / "exported"
    shutil.copytree(sample.output, folder / "output")
    file = folder / "packet.record.json"
    file.write_text(json.dumps(record))
    sample.run("record", file, "--output", folder / "output")
    found = json.loads(next((folder / "output/records").glob("*.json")).read_text())
    fields = ("number", "result", "initials", "deviation", "start", "end")
    ours = [[moment(step[field]) for field in fields] for step in record["steps"]]
    theirs = [[step[field] or "" for field in fields] for step in found["steps"]]
    differences = [f"{one} instead of {other}" for one, other in zip(theirs, ours) if one != other]
    report.check("what a page exported is recorded", differences + ["other steps"] * (len(ours) != len(theirs)))
    report.check("and so is when the service was back", [] if found["recovered"] == moment(record["recovered"]) else [found])
    said = sample.run("verify", "--output", folder / "output")
    report.check("the record is as issued", [] if "none missing or altered" in said else [said])


def moment(text):
    """A time of the working mode as records show it; any other text as it is."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?([+-]\d\d:\d\d)", text)
    if not found:
        return text
    day, clock, seconds, offset = found.groups()
    seconds = "" if seconds in (None, ":00") else seconds
    return f"{day} {clock}{seconds} {'UTC' if offset == '+00:00' else offset}"
