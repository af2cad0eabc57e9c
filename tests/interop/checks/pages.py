"""Chromium shows and prints every page: nothing fetched, nothing cut, every sheet of paper named."""

import re

from . import paper
from .browser import Browser
from .office import coloured, size_of
from .office import pages as texts_of

UNCONTROLLED = "Printed copies are uncontrolled"
CLASSIFICATION = "Confidential"
# In points.
SIZES = {"A4": (595, 842), "Letter": (612, 792)}


def check(report, sample):
    report.part("Chromium shows and prints every page")
    with Browser() as browser:
        show(report, sample, browser)
        size = paper_of(sample)
        other = "A4" if size == "Letter" else "Letter"
        print_all(report, sample, browser, size, sample.worksheets, sample.output)
        print_all(report, sample, browser, other, *on(other, sample))


def show(report, sample, browser):
    """On a screen and on a phone; the browser's own complaints."""
    for page in sorted(sample.output.rglob("*.html")):
        name = page.relative_to(sample.output)
        browser.screen(1200, 900)
        report.check(f"{name} loads without a request or a complaint", browser.open(page))
        for width in (1200, 390):
            browser.screen(width, 900, mobile=width < 600)
            wide = browser.evaluate("document.documentElement.scrollWidth")
            problems = [f"it is {wide} wide"] if wide > width else []
            report.check(f"{name} fits {width} pixels", problems)


def print_all(report, sample, browser, size, worksheets, output):
    printed = sample.work / f"paper-{size}"
    packets = {stem: packet for packet, stem in sample.packets(output)}
    pages = {page.relative_to(output).with_suffix("").as_posix(): page for page in output.rglob("*.html")}
    # A job of hundreds of sheets, which has a check of its own.
    del pages["binder"]
    pages["plan"] = sample.plan(worksheets, sample.work / f"plan-{size}")
    for stem, page in sorted(pages.items()):
        browser.open(page)
        browser.print(pdf := printed / f"{stem}.pdf")
        print_check(report, f"{stem}.html on {size}", page.read_text(), pdf, size, packets.get(stem))


def print_check(report, what, page, pdf, size, packet):
    """One printed document; `packet` is its entry in the manifest, where it is a packet."""
    sheets = paper.Sheets(texts_of(pdf), texts_of(pdf, "-raw"))
    if what.startswith("cycle.html"):
        count = len(texts_of(pdf))
        report.check(f"{what}: it is one page, as the list of what to print says", [] if count == 1 else [f"{count} pages"])
    is_size = [] if size_of(pdf) == SIZES[size] else [f"it is {size_of(pdf)}"]
    report.check(f"{what}: it is of that size, in black and greys", [*is_size, *coloured(pdf)])
    head, foot = [CLASSIFICATION], [UNCONTROLLED]
    if packet:
        head += [packet["title"], packet["fqdn"]]
        foot += [packet["fingerprint"], f"Edition {packet['edition']}", f"issued {packet['issued']}", "check the fingerprint"]
    report.check(f"{what}: every sheet says what it is", paper.lacking(sheets, head, foot))
    report.check(f"{what}: no sheet is blank or ends with a heading", paper.torn(sheets, page))
    report.check(f"{what}: tables say that they go on", paper.discontinued(sheets, page))
    report.check(f"{what}: steps stand whole, commands marked", paper.divided(sheets, page))


def paper_of(sample):
    page = (sample.output / "index.html").read_text()
    return "A4" if re.search(r"size: A4\b", page) else "Letter"


def on(size, sample, name="worksheets"):
    """The same worksheets and packets on the other paper: the deployment worksheet says which."""
    saved = sample.work / "worksheets-csv"
    folder = sample.folder_like(f"{name}-{size}")
    for file in saved.glob("*.csv"):
        text = file.read_text()
        (folder / file.name).write_text(re.sub(r"(Paper size,)\w+", rf"\g<1>{size}", text))
    return folder, sample.build(folder, sample.work / f"output-{name}-{size}", "--format", "html")
