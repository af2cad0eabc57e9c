"""WCAG 2.2 AA on screen, light, dark and on a phone, by axe-core; and glyphs of commands that nobody mistakes."""

import json

from .browser import Browser
from .modules import folder

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = {
    "light": {"width": 1280, "height": 900},
    "dark": {"width": 1280, "height": 900, "dark": True},
    "on a phone": {"width": 390, "height": 844, "mobile": True},
    "on a phone, dark": {"width": 390, "height": 844, "mobile": True, "dark": True},
}
# Pairs that are mixed up when typed from paper, and the share of their ink that must differ.
ALIKE = ["0O", "1l", "1I", "lI", "5S", "8B", "2Z"]
DIFFERENT = 0.08

GLYPHS = """(() => {
  const style = getComputedStyle(document.querySelector(".command code"));
  const ink = (glyph) => {
    const pen = Object.assign(document.createElement("canvas"), { width: 60, height: 80 }).getContext("2d");
    pen.font = `48px ${style.fontFamily}`;
    pen.fillText(glyph, 10, 60);
    return [...pen.getImageData(0, 0, 60, 80).data].filter((_, at) => at % 4 === 3);
  };
  const apart = (one, other) => {
    const [left, right] = [ink(one), ink(other)];
    const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
    return sum(left.map((dot, at) => Math.abs(dot - right[at]))) / (sum(left) + sum(right));
  };
  return PAIRS.map((pair) => [pair, apart(...pair)]);
})()"""


def check(report, pages):
    """`pages` maps the name to report to the file."""
    report.part("axe-core examines pages on screen")
    with Browser() as browser:
        for name, page in pages.items():
            for look, screen in LOOKS.items():
                browser.screen(**screen)
                browser.open(page)
                report.check(f"{name}, {look}: WCAG 2.2 AA", violations(browser))
        name, page = next(item for item in pages.items() if 'class="command"' in item[1].read_text())
        browser.open(page)
        pairs = browser.evaluate(GLYPHS.replace("PAIRS", json.dumps(ALIKE)))
        alike = (f"{pair[0]} and {pair[1]} differ by {by:.0%}" for pair, by in pairs if by < DIFFERENT)
        report.check(f"{name}: the face of commands tells glyphs apart", alike)


def violations(browser):
    """What axe-core has against the open page as it stands."""
    axe = (folder() / "axe-core/axe.min.js").read_text()
    browser.evaluate(f"{axe}; undefined")
    options = json.dumps({"runOnly": TAGS, "resultTypes": ["violations"]})
    return list(told(browser.evaluate(f"axe.run(document, {options}).then((told) => told.violations)")))


def told(violations):
    for violation in violations:
        for node in violation["nodes"]:
            why = " ".join(node["failureSummary"].split())
            yield f"{violation['id']}: {node['target']}: {why[:200]}"
