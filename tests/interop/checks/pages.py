"""Chromium shows and prints every page: nothing fetched, nothing cut, every sheet of paper named."""

import html
import re

from .browser import Browser
from .office import pages as texts_of

# Elements that introduce what follows, and so may not be the last thing on a sheet; nor may the line be that
# follows those of the upper levels, which only leads over.
HEADINGS = re.compile(r"<(h[1-4]|caption)\b[^>]*>(.*?)</\1>", re.DOTALL)
STEP = "h4"
# A form's rows are blank, so that its heading may well be the last text on a sheet.
FORM = re.compile(r'<table class="form\b.*?</table>', re.DOTALL)
UNCONTROLLED = "Printed copies are uncontrolled"


def check(report, sample):
    report.part("Chromium shows and prints every page")
    with Browser() as browser:
        show(report, sample, browser)
        paper = paper_of(sample)
        other = "A4" if paper == "Letter" else "Letter"
        print_all(report, sample, browser, paper, sample.output)
        print_all(report, sample, browser, other, on(other, sample))


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


def print_all(report, sample, browser, paper, output):
    printed = sample.work / f"paper-{paper}"
    named = dict((stem, packet) for packet, stem in sample.packets(output))
    for page in sorted(output.rglob("*.html")):
        stem = page.relative_to(output).with_suffix("").as_posix()
        browser.open(page)
        browser.print(pdf := printed / f"{stem}.pdf")
        texts = texts_of(pdf)
        headings = headings_of(page.read_text())
        what = f"{stem}.html on {paper}"
        report.check(f"{what}: no sheet is blank or ends with a heading", torn(texts, headings))
        if stem in named:
            wanted = on_every_page(named[stem], sample.manifest(output))
        else:
            wanted = [UNCONTROLLED] if stem == "index" else []
        report.check(f"{what}: every sheet says what it is", lacking(texts, wanted))


def headings_of(page):
    """Each heading of a page, with its level."""
    return {text_of(text): level for level, text in HEADINGS.findall(FORM.sub("", page))}


def on_every_page(packet, manifest):
    fixed = [packet["title"], packet["fqdn"], packet["fingerprint"], f"Edition {packet['edition']}"]
    return [*fixed, "Confidential", UNCONTROLLED]


def lacking(texts, wanted):
    if not texts:
        yield "no page"
    for number, text in enumerate(texts, 1):
        flat = " ".join(text.split()).lower()
        for words in [*wanted, f"Page {number} of {len(texts)}"]:
            if words.lower() not in flat:
                yield f"page {number} lacks {words!r}"


def torn(texts, headings):
    """Sheets that are blank, or that end with what belongs to the next."""
    for number, text in enumerate(texts, 1):
        body = body_of(text)
        if not body:
            yield f"page {number} is blank"
        elif number < len(texts):
            if body[-1] in headings:
                yield f"page {number} ends with the heading {body[-1]!r}"
            elif len(body) > 1 and headings.get(body[-2], STEP) != STEP:
                yield f"page {number} ends with the heading {body[-2]!r} and one line"


def body_of(text):
    """The lines between the running head and the running foot."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    feet = [at for at, line in enumerate(lines) if re.search(r"Page \d+ of \d+$", line)]
    return lines[1 : feet[-1]] if feet else lines


def text_of(markup):
    text = html.unescape(re.sub(r"<[^>]+>", "", markup))
    return " ".join(text.split())


def paper_of(sample):
    page = (sample.output / "index.html").read_text()
    return "A4" if re.search(r"size: A4\b", page) else "Letter"


def on(paper, sample):
    """The same packets on the other paper: the deployment worksheet says which."""
    saved = sample.work / "worksheets-csv"
    folder = sample.folder_like(f"worksheets-{paper}")
    for file in saved.glob("*.csv"):
        text = file.read_text()
        (folder / file.name).write_text(re.sub(r"(Paper size,)\w+", rf"\g<1>{paper}", text))
    return sample.build(folder, sample.work / f"output-{paper}", "--format", "html")
