"""Runs the tool, the pipeline and the floor in turn, and prints what each cost. `tests/bench/run` starts it."""

import argparse
import collections
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile

import openpyxl

import estate
import shapes

HERE = pathlib.Path(__file__).parent
DAY = "2014-06-10"

Cost = collections.namedtuple("Cost", "cpu wall peak")


def run(*command, codes=(0, 1)):
    """Runs a command; what it and its children cost: seconds of processor and clock, megabytes at most."""
    before = os.times()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    after = os.times()
    if process.returncode not in codes:
        sys.exit(f"{' '.join(map(str, command))}: {process.returncode}\n{said}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(cpu, after.elapsed - before.elapsed, usage.ru_maxrss / 1024)


def change(worksheets, name, sheet, row, column, value):
    """Writes one cell."""
    book = openpyxl.load_workbook(worksheets / name)
    book[sheet].cell(row, column, value)
    book.save(worksheets / name)


def new_cycle(worksheets):
    """A backup later: another share, another day."""
    book = openpyxl.load_workbook(worksheets / "deployment.xlsx")
    for row in book["Deployment"].iter_rows(min_row=2):
        if isinstance(row[1].value, str) and "2014-06-07" in row[1].value:
            row[1].value = row[1].value.replace("2014-06-07", "2014-06-08")
    book.save(worksheets / "deployment.xlsx")


def estate_of(tool, folder, servers):
    """Runs everything on an estate of so many servers; what each cost, and how many packets there are."""
    sample, sheets, output = folder / "sample", folder / "worksheets", folder / "output"
    if not sample.exists():
        run(tool, "new", "--sample", sample)
    estate.estate(sample, sheets, servers)
    build = [tool, "build", "-q", "--as-of", DAY, "--worksheets", sheets, "--output", output]
    costs = {"check": run(tool, "check", "-q", "--as-of", DAY, "--worksheets", sheets)}
    costs["first build"] = run(*build)
    packets = len(list(output.glob("servers/*.json"))) + len(list(output.glob("pools/*.json")))
    costs["pipeline"] = run(sys.executable, "-B", HERE / "pipeline.py", sheets, output, folder / "peer")
    costs["floor"] = run(sys.executable, "-B", HERE / "floor.py", output, folder / "floor")
    size = sum(it.stat().st_size for it in output.rglob("*") if it.is_file())
    costs["nothing changed"] = run(*build)
    costs["binder"] = run(tool, "binder", "-q", "--output", output, folder / "binder.html")
    bundle = [tool, "bundle", "-q", "--output", output, "--change", "CHG0001"]
    costs["bundle"] = run(*bundle, folder / "bundle.zip")
    costs["--only one"] = run(*build, "--only", "server:fe02.contoso.com")
    change(sheets, "servers.xlsx", "Servers", 2, 25, "another rack")
    costs["one row changed"] = run(*build)
    new_cycle(sheets)
    costs["new backup cycle"] = run(*build)
    for made in ("worksheets", "output", "peer", "floor"):
        shutil.rmtree(folder / made)
    return costs, packets, size


def table(costs, packets, size, servers):
    """Prints what an estate cost."""
    print(f"\n{servers} servers, {packets} packets, {size / 1e6:.0f} MB\n")
    print("| what | CPU s | ms a packet | clock s | peak MB |")
    print("|---|---:|---:|---:|---:|")
    for what, cost in costs.items():
        each = 1000 * cost.cpu / packets
        print(f"| {what} | {cost.cpu:.2f} | {each:.2f} | {cost.wall:.1f} | {cost.peak:.0f} |")
    first = costs["first build"].cpu
    print(f"\nfirst build: {first / costs['pipeline'].cpu:.2f} of the pipeline, {first / costs['floor'].cpu:.1f} of the floor")


def doublings(tool, folder):
    """Prints how `check` grows when one thing is doubled."""
    print("\n| what | size | CPU s | of the half |\n|---|---:|---:|---:|")
    for what, sizes, write in shapes.ALL:
        before = None
        for size in sizes:
            sheets = folder / "shape"
            shutil.rmtree(sheets, ignore_errors=True)
            sheets.mkdir()
            write(sheets, size)
            cost = run(tool, "check", "-q", "--as-of", DAY, "--worksheets", sheets, codes=(0, 1, 3)).cpu
            of = f"{cost / before:.1f}" if before else ""
            print(f"| {what} | {size} | {cost:.2f} | {of} |", flush=True)
            before = cost


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool", type=pathlib.Path)
    parser.add_argument("--servers", type=int, action="append")
    parser.add_argument("--shapes", action="store_true")
    arguments = parser.parse_args()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if arguments.shapes:
            doublings(arguments.tool, folder)
            return
        for servers in arguments.servers or [100, 1000, 2000, 10000]:
            table(*estate_of(arguments.tool, folder, servers), servers)


if __name__ == "__main__":
    main()
