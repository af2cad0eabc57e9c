"""Chromium prints the binder: every sheet bears its own packet's head and foot, in the order of the tabs. No browser
begins to count again behind each tab, so sheets of packets bear no number, and the last says that it is the last."""

import re

from .browser import Browser
from .office import pages as texts_of


def check(report, sample):
    report.part("Chromium prints the binder as one job")
    with Browser() as browser:
        browser.open(sample.output / "binder.html")
        tabs = browser.evaluate(TABS)
        browser.print(pdf := sample.work / "binder.pdf")
    sheets = [" ".join(text.split()) for text in texts_of(pdf)]
    manifest = sample.manifest(sample.output)
    report.check("binder: the sheets of the front are counted, those behind them are not", counted(sheets))
    report.check("binder: the last sheet of each packet says so, and no other", ended(sheets, tabs))
    report.check("binder: each packet's sheets bear its title, edition, fingerprint and tab, in order", in_order(sheets, manifest, tabs))
    report.check("binder: the cycle sheet is one sheet, and nothing else names the cycle", cycle(sheets, manifest))


# The fingerprints of the contents by tab: [["1", "YAK4-…"], …]
TABS = """[...document.querySelectorAll('#contents tr')].filter(row => row.querySelector('td.number'))
    .map(row => [row.querySelector('.number').textContent, row.querySelector('code').textContent])"""


FOOT = re.compile(r"Front, page (\d+)|Tab (\d+)(?= Printed copies)")


def counted(sheets):
    feet = [FOOT.findall(text)[-1:] for text in sheets]
    front = [int(found[0][0]) for found in feet if found and found[0][0]]
    numbers = [number for number, found in enumerate(feet, 1) if found and found[0][0]]
    # The cycle sheet is exchanged after every backup: it has no number of its own.
    if front != numbers or not front or front[-1] > len(front) + 1:
        yield f"the front is counted {front}"
    yield from (f"sheet {number} is counted" for number, text in enumerate(sheets, 1) if re.search(r"Page \d+ of", text))


def ended(sheets, tabs):
    """Of each packet the last sheet, by the tab at its foot."""
    last = {}
    for number, text in enumerate(sheets, 1):
        found = [tab for _, tab in FOOT.findall(text) if tab]
        if found:
            last[found[-1]] = number
    said = {tab: number for number, text in enumerate(sheets, 1) for tab in re.findall(r"End of tab (\d+)", text)}
    if said != last or len(last) != len(tabs):
        yield f"{sorted(set(said.items()) ^ set(last.items()))[:6]}"


def in_order(sheets, manifest, tabs):
    """Behind the front every sheet is one packet's; the packets follow each other as the contents list them."""
    packets = {packet["fingerprint"]: packet for packet in manifest["packets"]}
    if len(tabs) != len(packets):
        yield f"the contents list {len(tabs)} of {len(packets)} packets"
    seen = []
    for number, text in enumerate(sheets, 1):
        foot = text.rsplit(" Edition ", 1)[-1] if " Edition " in text else ""
        own = [tab for tab in tabs if f"fingerprint {tab[1]}" in foot]
        if not own:
            continue
        tab, fingerprint = own[0]
        packet = packets[fingerprint]
        wanted = [packet["title"], f"Edition {packet['edition']}, issued {packet['issued']}", f" {tab} "]
        yield from (f"sheet {number} lacks {words!r}" for words in wanted if words not in f"{text} ")
        if not seen or seen[-1] != tab:
            seen.append(tab)
    if seen != [tab for tab, _ in tabs]:
        yield f"the packets follow each other as {seen}"


def cycle(sheets, manifest):
    own = [number for number, text in enumerate(sheets, 1) if text.startswith("Cycle sheet")]
    if own != [2]:
        yield f"the cycle sheet is on {own}"
    for words in (manifest["cycle"]["backup_location"], manifest["cycle"]["name"]):
        named = [number for number, text in enumerate(sheets, 1) if words in text]
        if named != own:
            yield f"{words!r} stands on {named}"
