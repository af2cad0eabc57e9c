"""What a page refuses to import: the cases of `tests/data/records.json`, through which `record` goes as well."""

import copy
import json
from pathlib import Path

CASES = Path(__file__).parents[2] / "data/records.json"


def check(work, record):
    """`record` is what the page exported, with every step recorded."""
    work.fresh("servers/sql05.contoso.com")
    for number, case in enumerate(json.loads(CASES.read_text())):
        file = work.sample.work / f"record-{number}.json"
        file.write_bytes(altered(record, case))
        if work.asked():
            work.person.press("Escape")
        work.choose(file)
        if case["words"] is None:
            work.wait(case["what"], lambda: work.asked() or f"{file.name} imported" in work.person.said())
            continue
        work.says(f"a record {case['what']} is refused", f"{file.name} was not imported: {case['words']}.")
    hostile(work, record)


def altered(record, case):
    """The bytes of a record with what a case changes of it."""
    record = copy.deepcopy(record)
    for pointer, value in case.get("set", {}).items():
        parent, name = at(record, pointer)
        parent[name] = value
    if "remove" in case:
        parent, name = at(record, case["remove"])
        del parent[name]
    if "repeat" in case:
        record["steps"].append(record["steps"][case["repeat"]])
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    if "replace" in case:
        assert case["replace"][0] in text, case
        text = text.replace(*case["replace"])
    text = case.get("text", text)
    mark = "\ufeff" if case.get("encoding", "").startswith("utf-16") else ""
    encoded = (mark + text).encode(case.get("encoding", "utf-8"), errors="replace")
    return encoded.ljust(case.get("length", 0))


def at(record, pointer):
    """What holds the value at a pointer, and its name there."""
    *names, last = pointer.split("/")[1:]
    for name in names:
        record = record[int(name)] if isinstance(record, list) else record[name]
    return record, int(last) if isinstance(record, list) else last


def hostile(work, record):
    """Entries that are markup, or that turn the text round, are shown as what they are."""
    odd = "<img src=x onerror=alert(1)>\u202egnp\u2069\u0007"
    file = work.sample.work / "hostile.json"
    steps = [{**step, "deviation": odd, "initials": odd} for step in record["steps"]]
    file.write_text(json.dumps({**record, "steps": steps}))
    work.choose(file)
    if work.wait("an answer", lambda: work.asked() or "hostile.json imported" in work.person.said()) != True:
        work.person.press("Tab")
        work.person.press("Enter")
    work.says("a hostile record is imported as text", "hostile.json imported")
    work.equal("nothing of it is markup", work.browser.evaluate("document.querySelectorAll('img').length"), 0)
    printed = " ".join(work.person.texts(".sign i, .work-printed"))
    work.report.check("and its marks are shown", [it for it in ("<U+202E>gnp<U+2069>␇",) if it not in printed])
