"""LibreOffice opens every workbook, and what it prints is whole."""

from .office import convert, pages

MARKS = {"#": "###", "Err:": "Err:", "#NAME?": "#NAME?", "#REF!": "#REF!", "#VALUE!": "#VALUE!"}


def check(report, sample, profile):
    report.part("LibreOffice prints every workbook")
    files = {f"worksheets--{path.name}": path for path in sample.worksheets.glob("*.xlsx")}
    outputs = sample.output.rglob("*.xlsx")
    files |= {"--".join(path.relative_to(sample.output).parts): path for path in outputs}
    made = {pdf.stem: pages(pdf) for pdf in convert(files, "pdf", sample.work / "printed", profile)}
    report.check("every workbook is printed", (n for n in files if n.removesuffix(".xlsx") not in made))
    for name, texts in sorted(made.items()):
        report.check(f"{name}.xlsx is whole", marks(texts))
    for packet, stem in sample.packets(sample.output):
        name = stem.replace("/", "--")
        if name in made:
            report.check(f"{stem}.xlsx names itself on every page", unnamed(packet, made[name]))


def marks(texts):
    """What a spreadsheet program prints where something does not fit or is wrong."""
    if not texts:
        yield "no page"
    for number, text in enumerate(texts, 1):
        if not text.strip():
            yield f"page {number} is blank"
        for mark in MARKS.values():
            if mark in text:
                yield f"page {number} shows {mark}"


def unnamed(packet, texts):
    for number, text in enumerate(texts, 1):
        wanted = [packet["title"], packet["fqdn"], f"Fingerprint {packet['fingerprint']}", "Confidential"]
        wanted += [f"Page {number} of {len(texts)}", f"Edition {packet['edition']}, issued "]
        wanted += ["Printed copies are uncontrolled:", "check the fingerprint"]
        flat = " ".join(text.split())
        for words in wanted:
            if words.lower() not in flat.lower():
                yield f"page {number} lacks {words!r}"
