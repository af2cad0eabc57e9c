"""A pipeline as one would write it in Python: it makes the same documents as the tool, from the same worksheets.

    python3 pipeline.py WORKSHEETS OUTPUT TARGET

What differs: it decides nothing. It reads the worksheets, but which steps a packet has, and every sentence, it takes from
the JSON that the tool made (OUTPUT). It checks nothing, draws no pictures, makes no binder, compares no editions and
syncs nothing to the disk. Its pages carry the tool's style and script. One process per core, templates compiled once,
markup cached, workbooks in XlsxWriter's faster mode.
"""

import json
import multiprocessing
import pathlib
import sys

import jinja2
import markdown_it
import openpyxl
import xlsxwriter

HERE = pathlib.Path(__file__).parent
LAYOUT = HERE.parent.parent / "templates" / "layout"
PARTS = ("gather", "prepare", "procedures", "checks")


def embedded(*patterns):
    """The texts of some files of the tool's layout, as one."""
    files = [file for pattern in patterns for file in sorted(LAYOUT.glob(pattern))]
    return "\n".join(file.read_text() for file in files)


STYLE = embedded("style/*", "work-style.html")
SCRIPT = embedded("work/*.js", "work.js")
MARKDOWN = markdown_it.MarkdownIt("commonmark")
ENGINE = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "templates"), trim_blocks=True, lstrip_blocks=True)
ENGINE.filters["markup"] = lambda text: MARKDOWN.render(text or "")
ENGINE.globals.update(style=STYLE, script=SCRIPT)
PAGE = ENGINE.get_template("packet.html")
TEXT = ENGINE.get_template("packet.md")


def parts(packet):
    """The parts of a packet in their order."""
    made = [part for name in PARTS for part in (packet[name] if name == "procedures" else [packet[name]])]
    return sorted((part for part in made if part), key=lambda part: part["number"])


def formats(book):
    """The looks of a workbook."""
    base = {"font_name": "Arial", "font_size": 10, "text_wrap": True, "valign": "top"}
    box = {**base, "border": 1}
    return {
        "title": book.add_format({**base, "font_size": 16, "bold": True}),
        "head": book.add_format({**box, "bold": True, "bg_color": "#E6EAEE"}),
        "cell": book.add_format(box),
        "code": book.add_format({**box, "font_name": "Consolas"}),
        "fill": book.add_format({**box, "bg_color": "#FFFBE6", "locked": False}),
    }


def cover(book, look, packet):
    """What the packet is, why, and whom to call."""
    sheet = book.add_worksheet("Packet")
    sheet.set_column(0, 3, 30)
    identity = packet["identity"]
    lines = [(key, str(value)) for key, value in identity.items() if isinstance(value, (str, int))]
    lines += [("effect", text) for text in packet["effect"]]
    lines += [(choice["situation"], choice["procedure"]) for choice in packet["chooser"]]
    lines += [(person["responsibility"], f"{person['name']}, {person['phone']}") for person in packet["people"]]
    lines += [(finding["code"], finding["message"]) for finding in packet["findings"]]
    sheet.write_string(0, 0, identity["title"], look["title"])
    for row, (name, text) in enumerate(lines, 1):
        sheet.write_string(row, 0, name, look["head"])
        sheet.write_string(row, 1, text, look["cell"])


def facts(book, look, packet):
    """The facts, each with its cell."""
    sheet = book.add_worksheet("Facts")
    sheet.set_column(0, 5, 24)
    for column, heading in enumerate(("Group", "Name", "Value", "Path", "Sheet", "Cell")):
        sheet.write_string(0, column, heading, look["head"])
    for row, fact in enumerate(packet["facts"], 1):
        source = fact["source"] or {}
        texts = (fact["group"], fact["name"], fact["value"], source.get("path"), source.get("sheet"), source.get("cell"))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text or "", look["cell"])
    sheet.autofilter(0, 0, len(packet["facts"]), 5)


def checklist(book, look, packet):
    """Every step with room for who did it and when."""
    sheet = book.add_worksheet("Checklist")
    sheet.set_column(0, 8, 18)
    headings = ("Step", "What", "Where and as whom", "Expect", "Start", "End", "Result", "By", "Notes")
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, look["head"])
    row = 1
    for part in parts(packet):
        sheet.write_string(row, 0, f"{part['number']}  {part['title']}", look["head"])
        row += 1
        for step in part["steps"]:
            texts = (step["number"], f"{step['text']}\n{step['detail']}", f"{step['run_on']}\n{step['account']}", step["expect"])
            lines = max(len(line) // 17 + line.count("\n") + 1 for line in texts)
            sheet.set_row(row, min(13 * lines + 4, 400))
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, look["cell"])
            for column in range(4, 9):
                sheet.write_blank(row, column, None, look["fill"])
            row += 1
            for line in (step["command"] or "").splitlines():
                sheet.write_string(row, 0, "PS>", look["code"])
                sheet.write_string(row, 1, line, look["code"])
                row += 1
    sheet.data_validation(1, 6, row, 6, {"validate": "list", "source": ["done", "skipped", "failed"]})
    sheet.freeze_panes(1, 2)
    sheet.protect()


def closing(book, look, packet):
    """How many steps each part has, and where the facts come from."""
    summary = book.add_worksheet("Summary")
    for row, part in enumerate(parts(packet)):
        summary.write_string(row, 0, part["title"], look["head"])
        summary.write_number(row, 1, len(part["steps"]), look["cell"])
        summary.write_formula(row, 2, f'=COUNTIF(Checklist!$A:$A,"{part["number"]}.*")', look["cell"], 0)
    sources = book.add_worksheet("Sources")
    for row, source in enumerate(packet["sources"]):
        sources.write_string(row, 0, source["path"], look["cell"])
        sources.write_string(row, 1, source["sha256"], look["cell"])


def make(job):
    """One packet in every format."""
    source, stem = job
    packet = json.loads(source.read_bytes())
    values = {"packet": packet, "parts": parts(packet)}
    stem.with_name(stem.name + ".html").write_text(PAGE.render(values))
    stem.with_name(stem.name + ".md").write_text(TEXT.render(values))
    stem.with_name(stem.name + ".json").write_text(json.dumps(packet, indent=2, ensure_ascii=False))
    book = xlsxwriter.Workbook(stem.with_name(stem.name + ".xlsx"), {"constant_memory": True})
    look = formats(book)
    for sheet in (cover, facts, checklist, closing):
        sheet(book, look, packet)
    book.close()


def main(worksheets, output, target):
    read = 0
    for file in sorted(worksheets.glob("*.xlsx")):
        for sheet in openpyxl.load_workbook(file, read_only=True):
            read += sum(1 for row in sheet.iter_rows(values_only=True) if any(row))
    jobs = []
    for folder in ("servers", "pools"):
        (target / folder).mkdir(parents=True, exist_ok=True)
        jobs += [(file, target / folder / file.stem) for file in sorted((output / folder).glob("*.json"))]
    with multiprocessing.Pool() as pool:
        pool.map(make, jobs, chunksize=8)
    print(f"{read} rows, {len(jobs)} packets")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
