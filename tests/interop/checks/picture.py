"""Two printed pages of the sample side by side, as a small grey PNG: `python3 -m checks.picture PROGRAM FOLDER PNG`."""

import struct
import subprocess
import sys
import zlib
from pathlib import Path

from .browser import Browser
from .office import pages
from .sample import Sample

PACKET = "servers/sql05.contoso.com.html"
STEP = "Stop the services"
DOTS_PER_INCH = 72
GUTTER = 12


def main(program, work, picture):
    sample = Sample(program, Path(work))
    with Browser() as browser:
        browser.open(sample.output / PACKET)
        browser.print(pdf := sample.work / "packet.pdf")
    with_step = next(number for number, text in enumerate(pages(pdf), 1) if STEP in text)
    left, right = (grey(pdf, number) for number in (1, with_step))
    Path(picture).parent.mkdir(parents=True, exist_ok=True)
    Path(picture).write_bytes(png(beside(left, right)))


def grey(pdf, number):
    """The rows of one page, a byte for each pixel."""
    command = ["pdftoppm", "-gray", "-r", str(DOTS_PER_INCH), "-f", str(number), "-l", str(number), pdf]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    _, width, height, _ = raw.split(maxsplit=4)[:4]
    width, height = int(width), int(height)
    pixels = raw[-width * height :]
    return [pixels[row * width : (row + 1) * width] for row in range(height)]


def beside(left, right):
    """Both pages on a grey ground."""
    gap = b"\xbb" * GUTTER
    rows = [gap + one + gap + other + gap for one, other in zip(left, right)]
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
