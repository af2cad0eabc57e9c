"""LibreOffice without a window."""

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


def pages(pdf):
    """The text of each page of a PDF."""
    command = ["pdftotext", "-layout", pdf, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]
