"""The sample's worksheets, saved by LibreOffice in other formats, give the same packets."""

import json
import re

from .office import CSV, convert

FORMATS = {"ods": "ods", "xls": "xls", "csv": CSV}

# What only says where something stands. A fingerprint is derived from everything else.
PLACES = {"source", "sources", "path", "sheet", "cell"}
PLACE = re.compile(r"[\w -]+\.(?:xlsx|ods|xls|csv)(?:, sheet [^,)]+)?(?:, cell [A-Z]+[0-9]+)?")


def check(report, sample, profile):
    for name, to in FORMATS.items():
        report.part(f"LibreOffice saves the worksheets as .{name}")
        folder = sample.folder_like(f"worksheets-{name}")
        files = {path.name: path for path in sample.worksheets.glob("*.xlsx")}
        for made in convert(files, to, sample.work / f"saved-{name}", profile):
            made.rename(folder / made.name)
        output = sample.build(folder, sample.work / f"output-{name}", "--format", "json,md")
        compare(report, sample, name, output)


def compare(report, sample, name, output):
    ours, theirs = dict_of(sample, sample.output), dict_of(sample, output)
    report.check(f".{name}: the same packets", sorted(ours.keys() ^ theirs.keys()))
    for stem in sorted(ours.keys() & theirs.keys()):
        report.check(f".{name}: {stem} holds the same", differences("", ours[stem], theirs[stem]))
        ours_md, theirs_md = ((root / f"{stem}.md").read_text() for root in (sample.output, output))
        same = commands(ours_md) == commands(theirs_md)
        report.check(f".{name}: {stem} prints the same commands", [] if same else ["they differ"])


def dict_of(sample, output):
    stems = (stem for _, stem in sample.packets(output))
    return {stem: json.loads((output / f"{stem}.json").read_text()) for stem in stems}


def commands(markdown):
    return re.findall(r"^(```+)(?:powershell|sql)\n(.*?)^\1$", markdown, re.DOTALL | re.MULTILINE)


def differences(where, ours, theirs):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted((ours.keys() | theirs.keys()) - PLACES):
            yield from differences(f"{where}/{key}", ours.get(key), theirs.get(key))
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs)):
            yield from differences(f"{where}/{index}", one, other)
    elif without_places(ours) != without_places(theirs):
        yield f"{where}: {ours!r} became {theirs!r}"


def without_places(value):
    return PLACE.sub("HERE", value) if isinstance(value, str) else value
