"""The floor: what any program has to do that makes these files, and nothing else. Their bytes are written, and what
stands in workbooks is deflated. One process per core.

    python3 floor.py OUTPUT TARGET
"""

import io
import multiprocessing
import pathlib
import sys
import zipfile


def place(job):
    """Writes one file; a workbook is packed anew."""
    source, target = job
    bytes_ = source.read_bytes()
    if source.suffix == ".xlsx":
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(bytes_)) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
            for name in parts.namelist():
                out.writestr(name, parts.read(name))
        bytes_ = packed.getvalue()
    target.write_bytes(bytes_)


def main(output, target):
    files = [it for it in output.rglob("*") if it.is_file() and "retired" not in it.parts]
    jobs = [(it, target / it.relative_to(output)) for it in files]
    for folder in {job[1].parent for job in jobs}:
        folder.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool() as pool:
        pool.map(place, jobs, chunksize=32)


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
