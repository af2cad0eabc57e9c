"""Estates of any size: the sample organization again and again, each copy in a domain of its own.

    python3 estate.py SAMPLE OUTPUT --servers 1000

SAMPLE is a folder that `restore-packets new --sample` wrote. A copy has 30 servers and 10 pools. The organization's own
sheets (deployment, contacts, media) stand once, and so does the Central Management store.
"""

import argparse
import hashlib
import pathlib
import re
import shutil

import openpyxl
import xlsxwriter

# Servers of a copy.
SERVERS = 30
# The sheets that an organization has once.
ONCE = {"Deployment", "Contacts", "Media"}
# Databases of the whole organization.
WHOLE = {"Xds", "Lis"}

ADDRESS = re.compile(r"\b(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\b")
SHORT = re.compile(r"\\\\(\w+)\\")
NUMBER = re.compile(r"(?i)\b[0-9a-f]{20,40}\b")


def address(found, copy):
    """An address of a copy: private ones stay private."""
    a, b, c, d = map(int, found.groups())
    if a == 10:
        return f"10.{(b + 2 * copy) % 250}.{c + 40 * (copy // 124)}.{d}"
    return f"{20 + (a + copy) % 180}.{(b + copy // 180) % 250}.{c}.{d}"


def number(found, copy):
    """A serial number or thumbprint of a copy."""
    old = found.group()
    new = hashlib.sha256(f"{old} {copy}".encode()).hexdigest()[: len(old)]
    return new.upper() if old.isupper() else new


def cell(value, heading, copy):
    """What a cell says in a copy."""
    if not isinstance(value, str) or copy == 0:
        return value
    if heading == "Central Management store":
        return "no"
    if heading == "Site":
        return f"{value} {copy}"
    value = SHORT.sub(r"\\\\\1.contoso.com\\", value)
    value = value.replace("contoso.com", f"s{copy:03}.contoso.com")
    value = NUMBER.sub(lambda found: number(found, copy), value)
    return ADDRESS.sub(lambda found: address(found, copy), value) if "IP" in heading else value


def rows(sheet, copies):
    """The rows of a sheet, headings first."""
    headings, *own = sheet.iter_rows(values_only=True)
    yield headings
    for copy in range(1 if sheet.title in ONCE else copies):
        for row in own:
            if copy and row[0] in WHOLE:
                continue
            yield [cell(value, heading or "", copy) for value, heading in zip(row, headings)]


def write(source, target, copies, limit):
    """One workbook; `limit` is how many servers there are."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    for sheet in openpyxl.load_workbook(source):
        out = book.add_worksheet(sheet.title)
        for at, row in enumerate(rows(sheet, copies)):
            if sheet.title == "Servers" and at > limit:
                break
            for column, value in enumerate(row):
                if isinstance(value, str):
                    out.write_string(at, column, value)
                elif value is not None:
                    out.write(at, column, value)
    book.close()


def estate(sample, output, servers):
    """The worksheets of an estate."""
    output.mkdir(parents=True, exist_ok=True)
    copies = -(-servers // SERVERS)
    for source in sorted(sample.glob("*.xlsx")):
        write(source, output / source.name, copies, servers)
    shutil.copy(sample / "restore-packets.toml", output)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sample", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--servers", type=int, default=100)
    arguments = parser.parse_args()
    estate(arguments.sample, arguments.output, arguments.servers)
