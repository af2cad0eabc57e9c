"""Runs all checks: `python3 -m checks PROGRAM FOLDER`."""

import sys
from pathlib import Path

from . import attach, formats, pages, workbooks
from .report import Report
from .sample import Sample


def main(program, work):
    report, sample = Report(), Sample(program, Path(work))
    profile = sample.work / "office"
    workbooks.check(report, sample, profile)
    formats.check(report, sample, profile)
    pages.check(report, sample)
    attach.check(report, sample)
    return report.end()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
