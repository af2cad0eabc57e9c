"""Runs all checks: `python3 -m checks PROGRAM FOLDER`."""

import sys
from pathlib import Path

from . import accessibility, attach, binder, bundles, checklists, disks, formats, markdown, measure, pages, records
from . import keeping, validity, workbooks, working
from .report import Report
from .sample import Sample


def main(program, work):
    report, sample = Report(), Sample(program, Path(work))
    profile = sample.work / "office"
    workbooks.check(report, sample, profile)
    formats.check(report, sample, profile)
    disks.check(report, sample, profile)
    pages.check(report, sample)
    binder.check(report, sample)
    measure.check(report, sample)
    checklists.check(report, sample)
    records.check(report, sample)
    markdown.check(report, sample)
    attach.check(report, sample)
    bundles.check(report, sample)
    looked_at = sample.looked_at()
    every = {page.relative_to(sample.output).as_posix(): page for page in sorted(sample.output.rglob("*.html"))}
    validity.check(report, every | {"plan.html": looked_at["plan"]})
    accessibility.check(report, looked_at)
    working.check(report, sample)
    keeping.check(report, sample)
    return report.end()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
