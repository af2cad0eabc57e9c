"""A usual host's renderer shows every Markdown page as it was meant."""

import html
import json
import re
import subprocess

from .checklists import steps_of

EXTENSIONS = ["table", "tasklist", "strikethrough", "autolink"]

# Everything a page may be made of. Text from a worksheet can add nothing to it.
TAGS = set("h1 h2 h3 h4 p ul ol li table thead tbody tr th td code pre strong em blockquote a input hr".split())

HOSTILE = """Server FQDN,Role,Location,Owner
fe01.contoso.com,Front End Server,"| x | y |
# Heading",<img src=x onerror=alert(1)> [l](javascript:alert(1))
"""


def check(report, sample):
    report.part("cmark-gfm renders every Markdown page")
    for page in sorted(sample.output.rglob("*.md")):
        name = page.relative_to(sample.output)
        text = page.read_text()
        shown = render(page)
        report.check(f"{name}: nothing but known elements", foreign(shown))
        report.check(f"{name}: tables, boxes, commands and alerts come out", lacking(text, shown))
    for _, stem in sample.packets(sample.output):
        packet = json.loads((sample.output / f"{stem}.json").read_text())
        shown = commands(render(sample.output / f"{stem}.md"))
        wanted = [step["command"].rstrip() for step in steps_of(packet) if step["command"]]
        # Page one has the first commands of the lanes, and, where a step reads the share, what sets `$Backup`.
        first, steps = shown[: len(shown) - len(wanted)], shown[len(shown) - len(wanted) :]
        repeated = [it for it in first if not it.startswith("$Backup = ")]
        is_whole = steps == wanted and len(first) <= len(repeated) + 1 and all(it in wanted for it in repeated)
        report.check(f"{stem}.md shows its commands whole", [] if is_whole else ["they differ"])
    hostile(report, sample)


def render(page):
    """HTML, raw HTML let through: whatever got past the escape shows."""
    command = ["cmark-gfm", "--unsafe", *(word for name in EXTENSIONS for word in ("-e", name)), page]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def foreign(shown):
    yield from sorted(set(re.findall(r"<\s*/?([^\s>/]+)", shown)) - TAGS)
    yield from re.findall(r'(?:href|src)="(?:javascript|data|vbscript):[^"]*"', shown)


def lacking(text, shown):
    outside = re.sub(r"^(```+).*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    pairs = {
        "tables": (r"^\|(?: -+ \|)+$", "<table>"),
        "boxes": (r"^- \[ \] ", '<input type="checkbox"'),
        "alerts": (r"^> \[!\w+\]$", r"<blockquote>\s*<p>\[!"),
        "headings": (r"^#+ ", "<h[1-6]>"),
    }
    for what, (raw, made) in pairs.items():
        wanted, found = len(re.findall(raw, outside, re.MULTILINE)), len(re.findall(made, shown))
        if wanted != found:
            yield f"{found} of {wanted} {what}"
    if re.search(r"<p>\|", shown):
        yield "a table is shown as text"


def commands(shown):
    blocks = re.findall(r'<pre[^>]*><code class="language-(?:powershell|sql)">(.*?)</code></pre>', shown, re.DOTALL)
    blocks = blocks or re.findall(r'<pre lang="(?:powershell|sql)"><code>(.*?)</code></pre>', shown, re.DOTALL)
    return [html.unescape(block).rstrip() for block in blocks]


def hostile(report, sample):
    folder = sample.folder_like("worksheets-hostile")
    (folder / "servers.csv").write_text(HOSTILE)
    output = sample.work / "output-hostile"
    # The worksheets have gaps, so the exit code says that there are errors; the packets are written all the same.
    command = [sample.program, "build", "--worksheets", folder, "--output", output, "--format", "md", "-q"]
    subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    page = output / "servers" / "fe01.contoso.com.md"
    text, shown = page.read_text(), render(page)
    report.check("hostile text stays text", foreign(shown))
    report.check("hostile text breaks no table", lacking(text, shown))
    wanted = "&lt;img src=x onerror=alert(1)&gt;"
    report.check("hostile text is shown", [] if wanted in shown else [f"no {wanted}"])
