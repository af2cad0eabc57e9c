"""The README's pictures of the sample, as small grey PNGs: `python3 -m checks.picture PROGRAM FOLDER PICTURES`.

Two printed pages of a packet, the checklist of its workbook as LibreOffice prints it, and a page of the index.
"""

import struct
import subprocess
import sys
import zlib
from pathlib import Path

from .browser import Browser
from .office import convert, pages
from .sample import Sample

PACKET = "servers/sql05.contoso.com"
STEP = "Stop the services"
DOTS_PER_INCH = 72
GUTTER = 12


def main(program, work, pictures):
    sample, pictures = Sample(program, Path(work)), Path(pictures)
    with Browser() as browser:
        packet = printed(browser, sample, PACKET)
        index = printed(browser, sample, "index")
    files = {"packet.xlsx": sample.output / f"{PACKET}.xlsx"}
    (workbook,) = convert(files, "pdf", sample.work / "sheet", sample.work / "office")
    pictures.mkdir(parents=True, exist_ok=True)
    save(pictures / "packet.png", grey(packet, 1), grey(packet, page_with(packet)))
    save(pictures / "workbook.png", grey(workbook, page_with(workbook)))
    save(pictures / "index.png", grey(index, 1))


def printed(browser, sample, stem):
    browser.open(sample.output / f"{stem}.html")
    browser.print(pdf := sample.work / f"{stem}.pdf")
    return pdf


def page_with(pdf):
    return next(number for number, text in enumerate(pages(pdf), 1) if STEP in text)


def save(path, *sides):
    path.write_bytes(png(beside(*sides)))


def grey(pdf, number):
    """The rows of one page, a byte for each pixel."""
    command = ["pdftoppm", "-gray", "-r", str(DOTS_PER_INCH), "-f", str(number), "-l", str(number), pdf]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    _, width, height, _ = raw.split(maxsplit=4)[:4]
    width, height = int(width), int(height)
    pixels = raw[-width * height :]
    return [pixels[row * width : (row + 1) * width] for row in range(height)]


def beside(*pages):
    """Pages on a grey ground."""
    gap = b"\xbb" * GUTTER
    rows = [gap + gap.join(parts) + gap for parts in zip(*pages)]
    border = [b"\xbb" * len(rows[0])] * GUTTER
    return border + rows + border


def png(rows):
    """Sixteen greys are enough for print."""
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 4, 0, 0, 0, 0)
    packed = b"".join(b"\0" + halved(row) for row in rows)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def halved(row):
    row += b"\xff" * (len(row) % 2)
    return bytes((row[at] & 0xF0) | (row[at + 1] >> 4) for at in range(0, len(row), 2))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    main(*sys.argv[1:])
