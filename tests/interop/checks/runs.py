"""A run of a restore: what people write into a checklist, and what the record of it must say."""

from .checklists import is_step, steps_of
from .xlsx import Book

# 9 June 2014 as workbooks count days; the work begins that evening.
DAY = 41799
EVENING = 22 * 60 + 50
FIELDS = "number title worked result start end seconds initials deviation present".split()


class Run:
    """One after the other each step takes so many minutes; times are minutes since the midnight before the work."""

    def __init__(self, name, stem, verdict, minutes, recovered=None):
        self.name, self.stem, self.verdict, self.minutes, self.recovered = name, stem, verdict, minutes, recovered
        self.special, self.swapped, self.left_out = {}, {}, None

    def enter(self, index, **entries):
        """What is written beside one step instead."""
        self.special[index] = entries
        return self

    def swap(self, one, other):
        """Two steps are done at each other's time."""
        self.swapped |= {one: other, other: one}
        return self

    def leave_out_part(self, number):
        """Nobody works through this procedure."""
        self.left_out = number
        return self

    def is_worked(self, number):
        return number.split(".")[0] != str(self.left_out)

    def entries(self, index, number):
        """What is written beside a step."""
        if not self.is_worked(number):
            return {"result": "", "start": None, "end": None, "initials": "", "deviation": ""}
        start = EVENING + self.swapped.get(index, index) * self.minutes
        usual = {"result": "done", "start": start, "end": start + self.minutes, "initials": "ab", "deviation": ""}
        return usual | self.special.get(index, {})

    def fill(self, blank, path):
        """The packet's workbook with everything written into it."""
        book = Book(blank)
        rows = [(row, cells["A"]) for row, cells in book.rows("Checklist") if is_step(cells)]
        cells = {"G2": DAY}
        for index, (row, number) in enumerate(rows):
            entries = self.entries(index, number)
            written = {"E": clock(entries["start"], index), "F": clock(entries["end"], index + 1)}
            written |= {"G": entries["result"], "H": entries["initials"], "I": entries["deviation"]}
            cells |= {f"{column}{row}": value for column, value in written.items() if value not in ("", None)}
        book.fill("Checklist", cells, path)
        if self.recovered is not None:
            row = next(row for row, cells in book.rows("Packet") if cells.get("A") == "Service back")
            Book(path).fill("Packet", {f"D{row}": clock(self.recovered, 1)}, path)
        return path

    # --- what the record must say

    def steps(self, packet):
        for index, step in enumerate(steps_of(packet)):
            number, entries = step["number"], self.entries(index, step["number"])
            start, end = entries["start"], entries["end"]
            yield {
                **entries,
                "number": number,
                "title": step["text"],
                "worked": self.is_worked(number),
                "result": entries["result"] or None,
                "start": shown(start),
                "end": shown(end),
                "seconds": None if start is None else (end - start) * 60,
                "present": True,
            }

    def expected(self, packet):
        steps = list(self.steps(packet))
        worked = [step for step in steps if step["worked"]]
        first, last = min(step["start"] for step in worked), max(step["end"] for step in worked)
        end = EVENING + len(steps) * self.minutes if self.recovered is None else self.recovered
        people = {}
        for step in worked:
            for initials in filter(None, step["initials"].split("/")):
                people.setdefault(initials, []).append(step["number"])
        identity = packet["identity"]
        return {
            **{name: identity[name] for name in ("kind", "fqdn", "title", "edition", "fingerprint", "change")},
            "drill": False,
            "started": first,
            "ended": last,
            "recovered": shown(self.recovered),
            "finished": all(step["result"] for step in worked),
            "order": [step["number"] for step in sorted(worked, key=lambda step: step["start"])],
            "out_of_order": [worked[index]["number"] for index in sorted(self.swapped)[1:]],
            "people": [{"initials": name, "steps": numbers} for name, numbers in people.items()],
            "added": [],
            "rto": {**RTO[self.stem], "seconds": (end - EVENING) * 60, "verdict": self.verdict},
            "steps": steps,
        }

    def differences(self, found, packet):
        expected = self.expected(packet)
        for name, value in expected.items():
            if name != "steps" and found.get(name) != value:
                yield f"{name}: {found.get(name)!r}, not {value!r}"
        if len(found["steps"]) != len(expected["steps"]):
            yield f"{len(found['steps'])} steps, not {len(expected['steps'])}"
        for ours, theirs in zip(expected["steps"], found["steps"]):
            for name in FIELDS:
                if theirs[name] != ours[name]:
                    yield f"{ours['number']}, {name}: {theirs[name]!r}, not {ours[name]!r}"

    def unnamed(self, found):
        """Remarks that are missing, and remarks about nothing."""
        wanted = [f"step {self.number(found, index)} {LACKS[name]}" for index, name in self.lacking()]
        remarks = found["remarks"]
        yield from (f"not remarked: {words}" for words in wanted if not any(words in remark for remark in remarks))
        yield from (f"remarked: {remark}" for remark in remarks if not any(words in remark for words in wanted))

    def lacking(self):
        for index, entries in self.special.items():
            yield from ((index, name) for name in LACKS if entries.get(name) == "")

    @staticmethod
    def number(found, index):
        return found["steps"][index]["number"]


LACKS = {"initials": "has no initials", "result": "was begun and has no result"}
# As the sample's worksheets have them.
RTO = {
    "servers/sql05.contoso.com": {"hours": 8},
    "servers/sql01.contoso.com": {"hours": 6},
    "pools/pool01.contoso.com": {"hours": None},
}


def clock(minutes, turn):
    """A time as people write it, each in turn: a clock, day and clock, and texts of 12 and of 24 hours."""
    if minutes is None:
        return None
    day, minute = divmod(minutes, 1440)
    hour, minute = divmod(minute, 60)
    half = "PM" if hour >= 12 else "AM"
    ways = [
        (hour * 60 + minute) / 1440,
        DAY + minutes / 1440,
        f"{(hour + 11) % 12 + 1}:{minute:02} {half}",
        f"{hour:02}:{minute:02}",
    ]
    return ways[turn % len(ways)]


def shown(minutes):
    """A moment as records show it."""
    if minutes is None:
        return None
    day, minute = divmod(minutes, 1440)
    return f"2014-06-{9 + day:02} {minute // 60:02}:{minute % 60:02}"
