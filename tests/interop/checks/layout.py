"""What a page of HTML promises of its paper: headings, tables that may be split, steps that stay whole."""

import html
import re

# Elements that introduce what follows, and so may not be the last thing on a sheet; nor may the line be that
# follows those of the upper levels, which only leads over.
HEADINGS = re.compile(r"<(h[1-4]|caption)\b([^>]*)>(.*?)</\1>", re.DOTALL)
STEP_TITLE = "step-title"
# A form's rows are blank, so that its heading may well be the last text on a sheet.
FORM = re.compile(r'<table class="form\b.*?</table>', re.DOTALL)
SPLIT = re.compile(r'<div class="split">(.*?)</table></div>', re.DOTALL)
STEP = re.compile(r'<li class="step" id="[^"]*">(.*?)\n</li>', re.DOTALL)
COMMAND = re.compile(r'<pre class="command">(.*?)</pre>', re.DOTALL)
SIGNED = "StartEndInitialsIfskippedorfailed:why"


def headings(page):
    """Each heading of a page: whether it is a step's."""
    found = HEADINGS.findall(FORM.sub("", page))
    return {text_of(text): STEP_TITLE in attributes for _, attributes, text in found}


def split_tables(page):
    """Of each table that may be split: its title when it goes on, its column heads, and what its rows say."""
    for table in SPLIT.findall(page):
        head, body = table.split("<tbody>")
        again, *columns = re.findall(r"<th\b[^>]*>(.*?)</th>", head, re.DOTALL)
        rows = [squeezed(text_of(row)) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
        yield text_of(again), " ".join(text_of(column) for column in columns), rows


def steps(page):
    """Of each step that is kept whole: its number, its title, the lines of its command, and whether it is signed."""
    for step in STEP.findall(page):
        title = re.search(rf'<h\d class="{STEP_TITLE}">(.*?)</h\d>', step, re.DOTALL)[1]
        command = COMMAND.search(step)
        lines = re.split(r'<span class="line">', command[1])[1:] if command else []
        number, words = text_of(title).split(maxsplit=1)
        yield number, words, [squeezed(text_of(line)) for line in lines], 'class="sign"' in step


def text_of(markup):
    text = html.unescape(re.sub(r"<[^>]+>", "", markup.replace("<br>", " ")))
    return " ".join(text.split())


def squeezed(text):
    """Without blanks, the signs in a command's gutter and between names: where a line is broken does not matter."""
    return re.sub(r"[\s›↪·]+", "", text)


def first_part(page):
    """The heading with which a packet's steps begin; empty on other pages."""
    found = re.search(r'<section class="procedure".*?<h2>(.*?)</h2>', page, re.DOTALL)
    return squeezed(text_of(found[1])) if found else ""
