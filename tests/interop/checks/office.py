"""LibreOffice without a window, and what poppler says of a PDF."""

import re
import shutil
import subprocess

# One file for each sheet: semicolons would do as well; UTF-8, everything as it is shown.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def convert(files, to, folder, profile):
    """Converts all files in one run. `files` maps the name to give to the file to read."""
    inbox = folder / "from"
    inbox.mkdir(parents=True)
    for name, file in files.items():
        shutil.copy(file, inbox / name)
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", to, "--outdir", folder, *sorted(inbox.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, stdin=subprocess.DEVNULL)
    shutil.rmtree(inbox)
    made = sorted(path for path in folder.iterdir() if path.is_file())
    if done.returncode != 0 or not made:
        raise SystemExit(f"soffice: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return made


def pages(pdf, order="-layout"):
    """The text of each page of a PDF: as it looks, or with `-raw` in the order in which it was set."""
    command = ["pdftotext", order, pdf, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def size_of(pdf):
    """The size of the first page of a PDF, in points."""
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    width, height = re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", told).groups()
    return round(float(width)), round(float(height))


def coloured(pdf):
    """The pages of a PDF that are more than black, white and grey."""
    command = ["pdftoppm", "-r", "20", pdf]
    rest = subprocess.run(command, capture_output=True, check=True).stdout
    number = 0
    while rest:
        number += 1
        _, width, height, _ = rest.split(maxsplit=4)[:4]
        start = len(b"P6\n%s %s\n255\n" % (width, height))
        end = start + 3 * int(width) * int(height)
        pixels, rest = rest[start:end], rest[end:]
        if not pixels[0::3] == pixels[1::3] == pixels[2::3]:
            yield f"page {number} has a colour"
