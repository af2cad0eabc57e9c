"""Publishing onto real disks: full, protected, and one folder of the output on another. Needs root, to mount them."""

import contextlib
import json
import os
import shutil
import subprocess

from .office import convert, pages

KIBI = 1024
# What is left free on a disk of 64 MiB; the new edition in every format needs more than the last but one.
FREE = [0, 16, 200, 1000, 30_000]
RETIRED = "wac01.contoso.com"


def check(report, sample, profile):
    report.part("Full, protected and other disks")
    if os.geteuid() != 0:
        report.skip("disks", "only root can mount them")
        return
    before = worksheets(sample, "disk-before")
    after = worksheets(sample, "disk-after", servers=changed)
    with disk(sample.work / "small", 64 * KIBI) as root:
        full(report, sample, root, before, after)
        protected(report, sample, root, after)
    with disk(sample.work / "elsewhere", 64 * KIBI) as root:
        elsewhere(report, sample, root, before, after, profile)


def worksheets(sample, name, servers=lambda text: text):
    """The sample's worksheets as text, the servers changed."""
    folder = sample.folder_like(name)
    for file in (sample.work / "worksheets-csv").glob("*.csv"):
        text = file.read_text()
        (folder / file.name).write_text(servers(text) if text.startswith("Server FQDN") else text)
    return folder


def changed(text):
    """A server in another place, and one that is gone."""
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(RETIRED)]
    return "".join(lines).replace("perimeter, rack P1", "perimeter, rack P9")


@contextlib.contextmanager
def disk(place, kibi):
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kibi}k", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def full(report, sample, root, before, after):
    """Whatever is left free, a run ends whole or leaves everything as it was."""
    output, filler = root / "output", root / "filler"
    stopped = 0
    for free in FREE:
        shutil.rmtree(output, ignore_errors=True)
        build(sample, before, output, "--format", "json")
        issued = manifest(output)
        fill(filler, root, free * KIBI)
        done = build(sample, after, output)
        what = f"with {free} KiB free"
        if done.returncode == 3:
            stopped += 1
            said = done.stderr
            report.check(f"{what} the run says why it stops", lacks(said, "No space left on device", str(output)))
            report.check(f"{what} what was issued stands", [] if manifest(output) == issued else ["it changed"])
        report.check(f"{what} every file is whole", verified(sample, output))
        filler.unlink()
        done = build(sample, after, output)
        report.check(f"{what} the next run is done", failures(done, 0))
        report.check(f"{what} every file is whole afterwards", verified(sample, output))
        moved = list((output / "retired/servers").glob(f"{RETIRED}*"))
        report.check(f"{what} nothing of the edition before is lost", [] if moved else ["nothing was moved aside"])
    report.check("a full disk stopped some run and not every", [] if 0 < stopped < len(FREE) else [str(stopped)])


def fill(filler, root, free):
    """Takes all space but so many bytes."""
    with filler.open("wb") as file:
        room = os.statvfs(root)
        os.posix_fallocate(file.fileno(), 0, max(room.f_bavail * room.f_frsize - free, 1))


def protected(report, sample, root, worksheets):
    """A disk that can only be read: nothing is issued, and everything can be verified."""
    subprocess.run(["mount", "-o", "remount,ro", root], check=True)
    done = build(sample, worksheets, root / "output", "--format", "md")
    report.check("on a protected disk nothing is issued", failures(done, 3))
    report.check("on a protected disk the run says why", lacks(done.stderr, "Read-only file system"))
    report.check("on a protected disk files are verified", verified(sample, root / "output"))
    subprocess.run(["mount", "-o", "remount,rw", root], check=True)


def elsewhere(report, sample, root, before, after, profile):
    """The output on another disk than the temporary folder, and its servers on one of their own."""
    output = root / "output"
    (output / "servers").mkdir(parents=True)
    with disk(root / "temporary", KIBI) as temporary, mounted(output / "servers", 32 * KIBI):
        environment = {**os.environ, "TMPDIR": str(temporary)}
        report.check("another disk is written to", failures(build(sample, before, output, env=environment), 0))
        done = build(sample, after, output, env=environment)
        report.check("what is retired moves to another disk", failures(done, 0))
        report.check("every file on two disks is whole", verified(sample, output))
        retired = output / f"retired/servers/{RETIRED}"
        gone = [f"{it} is missing" for it in ("html", "md", "xlsx", "json") if not name(retired, it).is_file()]
        report.check("every format of the retired packet is kept", gone)
        report.check("nothing is left beside it", [str(it) for it in output.rglob(".restore-packets-staged*")])
        made = convert({"retired.xlsx": name(retired, "xlsx")}, "pdf", sample.work / "retired", profile)
        unmarked = [f"page {at}" for at, text in enumerate(pages(made[0]), 1) if "RETIRED 20" not in text]
        report.check("the retired workbook says so on every page", unmarked)


@contextlib.contextmanager
def mounted(place, kibi):
    place.rmdir()
    with disk(place, kibi) as mounted_at:
        yield mounted_at


def name(stem, ending):
    return stem.with_name(f"{stem.name}.{ending}")


def build(sample, worksheets, output, *options, env=None):
    command = [sample.program, "build", "--worksheets", worksheets, "--output", output, *options]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=env)


def failures(done, code):
    if done.returncode != code:
        yield f"exit code {done.returncode}: {done.stderr[-600:]}"


def lacks(text, *words):
    return (f"{it!r} is not in {text[-600:]!r}" for it in words if it not in text)


def manifest(output):
    return json.loads((output / "manifest.json").read_text())


def verified(sample, output):
    command = [sample.program, "verify", output, "--on", "2014-06-10"]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0 or "extra-file" in done.stderr:
        yield done.stderr[-600:]
