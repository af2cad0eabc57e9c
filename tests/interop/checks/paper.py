"""Assertions on printed sheets. Each yields its problems."""

import re
from bisect import bisect_right
from collections import Counter
from itertools import accumulate

from .layout import SIGNED, first_part, headings, split_tables, squeezed, steps

FOOT = re.compile(r"Page \d+ of \d+$")


class Sheets:
    """The sheets of one document: as they look, and as one run of text in the order of the document."""

    def __init__(self, looks, flows):
        self.looks = [lines_of(look) for look in looks]
        self.flows = [squeezed(flow) for flow in flows]
        self.flow = "".join(self.flows)
        self.starts = [0, *accumulate(map(len, self.flows))]
        self.at = 0
        self.head = head_of(self.looks)

    def find(self, text):
        """The sheet, from zero, on which the text stands next; `None` where it does not."""
        found = self.flow.find(text, self.at)
        if found < 0:
            return None
        self.at = found + len(text)
        return bisect_right(self.starts, found) - 1

    def cut(self, lines):
        """Running head, body and running foot of a sheet."""
        feet = [at for at, line in enumerate(lines) if FOOT.search(line)]
        foot = feet[-1] if feet else len(lines)
        return lines[: self.head], lines[self.head : foot], lines[foot:]

    def bodies(self):
        return [self.cut(lines)[1] for lines in self.looks]


def lines_of(look):
    lines = [" ".join(line.split()) for line in look.splitlines()]
    return [line for line in lines if line]


def head_of(looks):
    """How many lines the running head has: those with which every sheet begins."""
    if len(looks) < 2:
        return 1
    return next((at for at, lines in enumerate(zip(*looks)) if len(set(lines)) > 1), 1)


def lacking(sheets, head, foot):
    """Sheets whose running head or foot does not say what it must."""
    if not sheets.looks:
        yield "no page"
    for number, lines in enumerate(sheets.looks, 1):
        top, _, bottom = (" ".join(part).lower() for part in sheets.cut(lines))
        yield from (f"the head of page {number} lacks {words!r}" for words in head if words.lower() not in top)
        counted = [*foot, f"Page {number} of {len(sheets.looks)}"]
        yield from (f"the foot of page {number} lacks {words!r}" for words in counted if words.lower() not in bottom)


def torn(sheets, page):
    """Sheets that are blank, or that end with what belongs to the next."""
    of_step = headings(page)
    bodies = list(sheets.bodies())
    for number, body in enumerate(bodies, 1):
        if not body:
            yield f"page {number} is blank"
        elif number < len(sheets.looks):
            of_last = [title for title, is_step in of_step.items() if is_step and body[-1].startswith(title)]
            if body[-1] in of_step or of_last:
                yield f"page {number} ends with the heading {body[-1]!r}"
            # A line that is all there is below its heading is followed by the next one.
            elif len(body) > 1 and of_step.get(body[-2]) is False and bodies[number][:1] not in ([it] for it in of_step):
                yield f"page {number} ends with the heading {body[-2]!r} and one line"


def discontinued(sheets, page):
    """Tables whose further sheets do not say so and repeat the heads, and those that say so without cause."""
    bodies, begun = sheets.bodies(), set()
    sheets.at = 0
    for again, heads, rows in split_tables(page):
        places = [sheets.find(row) for row in rows]
        yield from (f"{row!r} is not printed" for row, place in zip(rows, places) if place is None)
        for before, place in zip(places, places[1:]):
            if None in (before, place) or before == place:
                continue
            begun.add((place, again))
            line, *_ = bodies[place]
            if not is_title(line, again) or bodies[place][1:2] != [heads]:
                yield f"page {place + 1} begins with {bodies[place][:2]}, not with {[again, heads]}"
    titles = {again for again, _, _ in split_tables(page)}
    for place, body in enumerate(bodies):
        yield from (
            f"page {place + 1} says {line!r} of what begins there"
            for line in body
            if line in titles and (place, line) not in begun
        )


def is_title(line, title):
    """Whether the line is the title, perhaps cut short before its last word."""
    start, cut, end = line.partition("…")
    return line == title or bool(cut and title.startswith(start) and end.strip() == ", continued")


def divided(sheets, page):
    """Steps that do not stand on one sheet with their command and their line to sign, each row of it marked."""
    sheets.at = 0
    # Page one names the first steps, and the first part, too.
    sheets.find(squeezed("before any command that says it."))
    sheets.find(first_part(page))
    signatures = Counter()
    for number, title, command, signed in steps(page):
        # A number is a float, and those of a sheet are set before its text: it is looked for by its line.
        place = sheets.find(squeezed(title))
        if place is None or not any(line.startswith(f"{number} ") for line in sheets.looks[place]):
            yield f"{number} {title!r} is not printed"
            continue
        printed = commands(sheets.looks[place])
        yield from (f"{number}: {line!r} is elsewhere, or goes on without a mark" for line in command if line not in printed)
        signatures[place] += signed
    # A line to sign is a float, too, and all of a sheet are set before its text: they are counted.
    for place, wanted in sorted(signatures.items()):
        if sheets.flows[place].count(SIGNED) < wanted:
            yield f"page {place + 1} has {wanted} steps and fewer lines to sign"


def commands(lines):
    """The lines of commands on a sheet, put together again from their rows."""
    found = []
    for line in lines:
        if line.startswith("›"):
            found.append(squeezed(line))
        elif line.startswith("↪") and found:
            found[-1] += squeezed(line)
    return found
