"""`attach` against ticket systems: Request Tracker and Redmine themselves, and `desk` for ServiceNow and Jira."""

import concurrent.futures
import hashlib
import json
import os
import shutil
import subprocess
import zipfile

from . import tls
from .desk import PASSWORD, TOKEN, USER, Desk
from .redmine import Redmine
from .rt import RequestTracker

PACKET = "sql01.contoso.com"


class Attacher:
    """Runs `attach` on copies of the sample's output, and keeps everything it ever said."""

    def __init__(self, sample, name):
        self.sample, self.program = sample, sample.program
        self.folder = sample.work / f"attach-{name}"
        shutil.copytree(sample.output, self.folder / "output")
        self.output = self.folder / "output"
        self.said = []
        self.secrets = []

    def run(self, *arguments, secret=None, **variables):
        """The exit code, what was said, and the answer as JSON if there is one."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("RESTORE_PACKETS_")}
        environment |= secret or self.credentials
        environment |= variables
        command = [self.program, "attach", *self.target, "--output", self.output, "--message-format", "json", *arguments]
        done = subprocess.run(
            [str(word) for word in command],
            capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL, timeout=180, cwd=self.folder,
        )  # fmt: skip
        self.said.append(done.stdout + done.stderr)
        answer = json.loads(done.stdout) if done.stdout.startswith("{") else None
        return done.returncode, done.stderr, answer

    def aim(self, system, url, record, **credentials):
        self.target = ["--system", system, "--url", url, "--record", record]
        self.credentials = credentials
        self.secrets += [value for name, value in credentials.items() if not name.endswith("USER")]

    def change(self):
        """What packets are about changes, so they get a second edition."""
        later = self.sample.work / "worksheets-later"
        worksheets = later if later.exists() else self.sample.of_another_edition(later.name)
        self.sample.build(worksheets, self.output)

    def edition(self, fqdn):
        packets = self.sample.manifest(self.output)["packets"]
        return next(packet["edition"] for packet in packets if packet["fqdn"] == fqdn)

    def silent(self, report, name):
        """Nothing that was ever said or written holds a secret."""
        written = [path.read_bytes() for path in self.output.rglob("*") if path.is_file()]
        everything = "\n".join(self.said).encode() + b"\n".join(written)
        told = [secret for secret in self.secrets if secret.encode() in everything]
        report.check(f"{name}: no secret is said or written", [f"{len(told)} are"] if told else [])


def alter(path):
    path.write_bytes(path.read_bytes() + b"\n<!-- altered -->\n")


def names(answer, outcome):
    return [file["name"] for file in (answer or {"files": []})["files"] if file["outcome"] == outcome]


def expect(report, what, found, **expected):
    """One run: its exit code, its outcomes by name, and words of its message."""
    code, said, answer = found
    problems = []
    if code != expected.pop("code"):
        problems.append(f"exit code {code}: {said}{answer}")
    if (words := expected.pop("says", "")) not in said:
        problems.append(f"`{words}` is not in: {said}")
    for outcome, wanted in expected.items():
        if names(answer, outcome) != wanted:
            problems.append(f"{outcome}: {answer}")
    report.check(what, problems)


def ordinary(report, name, attacher, held, notes, by_hand):
    """What every system must do. `held` gives the bytes on the record by name, `notes` the texts of its notes; `by_hand`
    attaches a file as somebody else would."""
    run, html, xlsx = attacher.run, f"{PACKET}.html", f"{PACKET}.xlsx"
    files = ("--only", PACKET)
    expect(report, f"{name}: a dry run sends nothing", run(*files, "--dry-run"), code=0, planned=[html, xlsx])
    report.check(f"{name}: the record is empty", held())
    found = run(*files, "--comment", "Approved by the board.")
    expect(report, f"{name}: files are attached", found, code=0, attached=[html, xlsx])
    issued = {html: (attacher.output / f"servers/{html}").read_bytes()}
    issued[xlsx] = (attacher.output / f"servers/{xlsx}").read_bytes()
    on_record = held()
    report.check(f"{name}: the record holds the very bytes", [it for it in issued if on_record.get(it) != issued[it]])
    last = notes()[-1]
    wanted = ["Approved by the board.", hashlib.sha256(issued[html]).hexdigest(), "edition 1", "fingerprint "]
    report.check(f"{name}: the note says what is attached", [it for it in wanted if it not in last])
    expect(report, f"{name}: a second run sends nothing", run(*files), code=0, present=[html, xlsx])
    report.check(f"{name}: there is one note", [] if len(notes()) == 1 else notes())
    alter(attacher.output / f"servers/{html}")
    expect(report, f"{name}: an altered packet is refused", run(*files), code=3, says="is not what was issued")
    attacher.change()
    found = run(*files)
    newer = [f"{PACKET}-e2.html", f"{PACKET}-e2.xlsx"]
    expect(report, f"{name}: changed content carries its edition", found, code=0, attached=newer)
    superseded = [file["supersedes"] for file in found[2]["files"]]
    report.check(f"{name}: the older are named", [] if superseded == [html, xlsx] else [superseded])
    report.check(f"{name}: also in the note", [] if f"supersedes {html}" in notes()[-1] else notes()[-1:])
    on_record = held()
    report.check(f"{name}: the older are still there", [it for it in issued if on_record.get(it) != issued[it]])
    awkward(report, name, attacher, held)
    letters(report, name, attacher, held)
    foreign(report, name, attacher, notes, by_hand)
    at_once(report, name, attacher, held)


def letters(report, name, attacher, held):
    """Names keep their letters, with the marks that some are written with."""
    texts = {"日本語.md": b"1", "Zu\u0308rich.md": b"22", "हिन्दी.txt": b"333", "Größe.html": b"4444"}
    for file, data in texts.items():
        (attacher.folder / file).write_bytes(data)
    paths = [attacher.folder / file for file in texts]
    found = attacher.run(*paths, "--comment", "Für Zürich, \u202ehsilgnE\u0007")
    expect(report, f"{name}: letters of every script", found, code=0, attached=list(texts))
    on_record = held()
    report.check(f"{name}: arrive", [file for file in texts if on_record.get(file) != texts[file]])
    found = attacher.run(*paths)
    expect(report, f"{name}: and are known again", found, code=0, present=list(texts))


def foreign(report, name, attacher, notes, by_hand):
    """A file that somebody else put there is never named as superseded."""
    path = attacher.folder / "foreign.md"
    by_hand("foreign.md", b"somebody's own")
    path.write_bytes(b"ours")
    found = attacher.run(path)
    expect(report, f"{name}: a file of somebody else's", found, code=0, attached=["foreign-v2.md"])
    named = [file["supersedes"] for file in found[2]["files"]]
    report.check(f"{name}: is not superseded", [] if named == [None] and "supersedes" not in notes()[-1] else [named])
    path.write_bytes(b"ours, later")
    found = attacher.run(path)
    expect(report, f"{name}: a file of our own", found, code=0, attached=["foreign-v3.md"])
    named = [file["supersedes"] for file in found[2]["files"]]
    report.check(f"{name}: is", [] if named == ["foreign-v2.md"] else [named])


def at_once(report, name, attacher, held):
    """Three runs at once on one machine attach once."""
    path = attacher.folder / "at-once.bin"
    path.write_bytes(bytes(range(256)) * 2000)
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: attacher.run(path), range(3)))
    report.check(f"{name}: three at once are well", [said for code, said, _ in runs if code != 0])
    outcomes = sorted(file["outcome"] for _, _, answer in runs for file in (answer or {"files": []})["files"])
    report.check(f"{name}: and attach once", [] if outcomes == ["attached", "present", "present"] else outcomes)
    copies = [file for file in held() if file.startswith("at-once")]
    report.check(f"{name}: one file", [] if copies == ["at-once.bin"] else copies)


def awkward(report, name, attacher, held):
    """Bytes that a careless system would alter."""
    texts = {
        "latin1.html": "<p>Zürich</p>\r\n".encode("latin-1"),
        "nul.md": b"a\0b\r\rc\n\xff\xfe",
        "bom.json": b"\xef\xbb\xbf{}\n\n\n",
        "large.zip.bin": bytes(range(256)) * 4000,
    }
    paths = []
    for file, data in texts.items():
        paths.append(attacher.folder / file)
        paths[-1].write_bytes(data)
    found = attacher.run(*paths)
    expect(report, f"{name}: awkward bytes arrive", found, code=0, attached=list(texts))
    on_record = held()
    report.check(f"{name}: and are held", [file for file in texts if on_record.get(file) != texts[file]])


def wrong(report, name, attacher, unknown):
    """What every system refuses."""
    run, files = attacher.run, ("--only", PACKET)
    bad = {"RESTORE_PACKETS_TOKEN": "not-the-token-4711"}
    attacher.secrets.append(bad["RESTORE_PACKETS_TOKEN"])
    found = run(*files, secret=bad)
    expect(report, f"{name}: wrong credentials", found, code=3, says="does not accept the credentials")
    system, url, record = attacher.target[1::2]
    attacher.target[5] = unknown
    expect(report, f"{name}: an unknown record", run(*files), code=3, says=f"has no record `{unknown}`")
    attacher.target[5] = record


def bundles(report, name, attacher):
    """A zip with a manifest must be as it was made. Another zip is any other file."""
    path, sample = attacher.folder / "chg0012345.zip", attacher.sample
    sample.run("bundle", path, "--change", "CHG0012345", "--only", PACKET, "--output", sample.output)
    with zipfile.ZipFile(path) as bundle:
        issued = {name: bundle.read(name) for name in bundle.namelist()}
    expect(report, f"{name}: a bundle", attacher.run(path), code=0, attached=["chg0012345.zip"])
    pack(path, issued | {f"servers/{PACKET}.html": b"altered"})
    expect(report, f"{name}: an altered bundle", attacher.run(path), code=3, says="cannot be trusted")
    path.write_bytes(path.read_bytes()[:-100])
    expect(report, f"{name}: half a bundle", attacher.run(path), code=3, says="cannot be trusted")
    pack(path, {"plan.txt": b"any other zip"})
    found = attacher.run(path)
    expect(report, f"{name}: another zip of that name", found, code=0, attached=["chg0012345-v2.zip"])


def pack(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def check(report, sample):
    for system, record, unknown in (("servicenow", "CHG0012345", "CHG0099999"), ("jira", "OPS-7", "OPS-8")):
        report.part(f"attach to {system}, by its documents")
        documented(report, sample, system, record, unknown)
    report.part("attach over TLS and through a proxy")
    attacher = Attacher(sample, "tls")
    tls.check(report, attacher, expect)
    attacher.silent(report, "TLS")
    report.part("attach to Request Tracker")
    with RequestTracker(sample.work / "rt") as server:
        request_tracker(report, sample, server)
    report.part("attach to Redmine")
    with Redmine(sample.work / "redmine") as server:
        redmine(report, sample, server)


def documented(report, sample, system, record, unknown):
    attacher, desk = Attacher(sample, system), Desk()
    attacher.aim(system, desk.url, record, RESTORE_PACKETS_TOKEN=TOKEN)

    def held():
        return {file["name"]: file["data"] for file in desk.files}

    ordinary(report, system, attacher, held, lambda: desk.notes, lambda name, data: desk.keep(name, "text/plain", data))
    bundles(report, system, attacher)
    wrong(report, system, attacher, unknown)
    run, files = attacher.run, ("--only", "fe01.contoso.com", "--format", "html")
    attacher.secrets.append(PASSWORD)
    pair = {"RESTORE_PACKETS_USER": USER, "RESTORE_PACKETS_PASSWORD": PASSWORD}
    found = run(*files, "--dry-run", secret=pair)
    expect(report, f"{system}: a user and a password", found, code=0, planned=["fe01.contoso.com.html"])
    for fault, says in (
        ("403", "does not permit"),
        ("POST 413", "is too large"),
        ("POST 415", "refuses files of the type of"),
        ("POST 400", "refuses this (status 400)"),
        ("POST 500", "is failing (status 500)"),
        ("POST 503", "is failing (status 503)"),
        ("elsewhere", "sends elsewhere: http://127.0.0.1:9/stolen"),
        ("POST elsewhere", "sends elsewhere"),
        ("POST break", "the connection to"),
    ):
        desk.faults, before = [fault], len(desk.files)
        expect(report, f"{system}: {fault}", run(*files), code=3, says=says)
        report.check(f"{system}: {fault} leaves nothing", [len(desk.files)] if len(desk.files) != before else [])
    faults(report, system, attacher, desk)
    desk.close()
    expect(report, f"{system}: the server is down", run(*files), code=3, says="cannot be reached")
    attacher.silent(report, system)


def faults(report, system, attacher, desk):
    """Faults that pass, or that leave something behind."""
    run = attacher.run
    desk.faults, desk.requests = ["503", "break"], []
    found = run("--only", "fe01.contoso.com", "--format", "html", "--dry-run")
    expect(report, f"{system}: a passing fault is waited for", found, code=0, planned=["fe01.contoso.com.html"])
    desk.faults, desk.requests = ["POST 503", "POST 503"], []
    run("--only", "fe01.contoso.com", "--format", "html")
    posts = [method for method, *_ in desk.requests if method == "POST"]
    report.check(f"{system}: what adds is sent once", [] if len(posts) == 1 else posts)
    desk.faults = ["hang"] * 4
    found = run("--only", "fe01.contoso.com", "--timeout", "1")
    expect(report, f"{system}: a silent server", found, code=3, says="did not answer in time")
    desk.faults = ["cut"]
    found = run("--only", "fe01.contoso.com", "--format", "html")
    expect(report, f"{system}: a server that cuts", found, code=1, says="otherwise than sent", damaged=["fe01.contoso.com.html"])
    report.check(f"{system}: the record is warned", [] if "Do not use" in desk.notes[-1] else desk.notes[-1:])
    found = run("--only", "fe01.contoso.com", "--format", "html")
    expect(report, f"{system}: and the whole file after it", found, code=0, attached=[f"fe01.contoso.com-e{attacher.edition('fe01.contoso.com')}.html"])
    desk.limit = 100
    found = run("--only", "pool:pool01.contoso.com", "--format", "html")
    expect(report, f"{system}: a file over the limit", found, code=3, says="is too large for")
    desk.limit, desk.refused_types = 3_000_000, (".xlsx",)
    found = run("--only", "pool:pool01.contoso.com", "--format", "html,xlsx")
    half = {"attached": ["pool-pool01.contoso.com.html"], "missing": ["pool-pool01.contoso.com.xlsx"]}
    expect(report, f"{system}: half of the files", found, code=1, says="refuses files of the type of", **half)
    desk.refused_types = ()
    found = run("--only", "pool:pool01.contoso.com", "--format", "html,xlsx")
    half = {"present": ["pool-pool01.contoso.com.html"], "attached": ["pool-pool01.contoso.com.xlsx"]}
    expect(report, f"{system}: and the other half after it", found, code=0, **half)


def request_tracker(report, sample, server):
    name, attacher = "Request Tracker", Attacher(sample, "rt")
    ticket = server.ticket("CHG0012345: restore packets")
    attacher.aim("rt", server.url, ticket, **server.credentials)
    by_hand = lambda file, data: server.by_hand(ticket, file, data)  # noqa: E731
    ordinary(report, name, attacher, lambda: server.files(ticket), lambda: server.notes(ticket), by_hand)
    wrong(report, name, attacher, "4711")
    attacher.aim("rt", server.url, server.ticket("by token"), RESTORE_PACKETS_TOKEN=server.token)
    found = attacher.run("--only", PACKET)
    files = [f"{PACKET}.html", f"{PACKET}.xlsx"]
    expect(report, f"{name}: by token", found, code=0, attached=files)
    attacher.aim("rt", server.url, ticket, **server.stranger())
    found = attacher.run("--only", PACKET)
    expect(report, f"{name}: an account that may not", found, code=3, says="does not permit")
    server.restart(cuts_at=200_000)
    attacher.aim("rt", server.url, server.ticket("cut"), **server.credentials)
    large = attacher.folder / "large.zip.bin"
    found = attacher.run(large)
    expect(report, f"{name}: it cuts what is large", found, code=1, says="otherwise than sent", damaged=["large.zip.bin"])
    warned = server.notes(attacher.target[5])[-1]
    report.check(f"{name}: the ticket is warned", [] if "Do not use" in warned else [warned])
    attacher.silent(report, name)


def redmine(report, sample, server):
    name, attacher = "Redmine", Attacher(sample, "redmine")
    issue = server.issue()
    attacher.aim("redmine", server.url, issue, RESTORE_PACKETS_TOKEN=server.key)
    by_hand = lambda file, data: server.by_hand(issue, file, data)  # noqa: E731
    ordinary(report, name, attacher, lambda: server.files(issue), lambda: server.notes(issue), by_hand)
    wrong(report, name, attacher, "4711")
    attacher.aim("redmine", server.url, server.issue(), **server.credentials)
    found = attacher.run("--only", PACKET)
    expect(report, f"{name}: by password", found, code=0, attached=[f"{PACKET}.html", f"{PACKET}.xlsx"])
    large = attacher.folder / "huge.bin"
    large.write_bytes(b"x" * (server.limit + 1))
    expect(report, f"{name}: a file over the limit", attacher.run(large), code=3, says="is too large for")
    exe = attacher.folder / "refused.exe"
    exe.write_bytes(b"MZ")
    expect(report, f"{name}: a refused type", attacher.run(exe), code=3, says="refuses files of the type of")
    attacher.aim("redmine", server.url, issue, RESTORE_PACKETS_TOKEN=server.stranger())
    found = attacher.run("--only", PACKET)
    expect(report, f"{name}: an account that may not", found, code=3, says="does not permit")
    attacher.silent(report, name)
