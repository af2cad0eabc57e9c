"""Worksheets in which one thing is large: what must not cost more than twice as much when it is doubled."""

import csv

SERVERS = ["Server FQDN", "Role", "Pool FQDN", "Site"]
POOLS = ["Pool FQDN", "Pool type", "Site"]


def write(path, headings, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)


def members(folder, size):
    """One pool of so many servers."""
    rows = ([f"fe{n}.contoso.com", "Front End Server", "pool.contoso.com", "Here"] for n in range(size))
    write(folder / "servers.csv", SERVERS, rows)
    write(folder / "pools.csv", POOLS, [["pool.contoso.com", "Front End pool", "Here"]])


def rows(folder, size):
    """Certificates of one server."""
    write(folder / "servers.csv", SERVERS, [["fs1.contoso.com", "File Server", "", "Here"]])
    certificates = ([f"host{n}.contoso.com", "Default", "2015-01-01"] for n in range(size))
    write(folder / "certificates.csv", ["FQDN", "Certificate use", "Expires"], certificates)


def columns(folder, size):
    """Columns that the program does not know."""
    headings = SERVERS + [f"Column {n}" for n in range(size)]
    row = [f"fs{0}.contoso.com", "File Server", "", "Here"] + [f"value {n}" for n in range(size)]
    write(folder / "servers.csv", headings, [row])


def findings(folder, size):
    """Servers whose pools nobody knows."""
    rows = ([f"fe{n}.contoso.com", "Front End Server", f"pool{n}x.contoso.com", "Here"] for n in range(size))
    write(folder / "servers.csv", SERVERS, rows)


ALL = [
    ("members of a pool", [100, 200, 400], members),
    ("rows", [25_000, 50_000, 100_000], rows),
    ("columns", [500, 1000, 2000], columns),
    ("findings", [1250, 2500, 5000, 10_000], findings),
]
