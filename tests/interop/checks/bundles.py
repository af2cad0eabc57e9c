"""Bundles, in the hands of people without the program: unzip, sha256sum and ssh-keygen."""

import subprocess
import zipfile

PASSPHRASE = "correct horse"


def check(report, sample):
    report.part("bundles")
    work = sample.work / "bundles"
    work.mkdir()
    for protected in (False, True):
        signed(report, sample, work, protected)
    split(report, sample, work)


def bundle(sample, work, name, *options, **environment):
    command = [sample.program, "bundle", work / name, "--change", "CHG0012345", "--output", sample.output, *options]
    return run(command, **environment)


def run(command, **options):
    environment = options.pop("environment", None)
    done = subprocess.run(command, capture_output=True, text=True, env=environment, **options)
    return done.returncode, done.stdout + done.stderr


def unpacked(report, work, name):
    """Unpacks a zip and checks it as its README says."""
    folder = work / f"{name}-unpacked"
    code, said = run(["unzip", "-q", work / name, "-d", folder])
    report.check(f"unzip unpacks {name}", [said] if code or said else [])
    code, said = run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder)
    report.check(f"sha256sum finds every file of {name} as it was", [said] if code else [])
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    report.check(f"SHA256SUMS of {name} lists every file", sorted(there ^ listed ^ {"SHA256SUMS", "manifest.json"}))
    readme = (folder / "README.txt").read_bytes()
    problems = [word for word in ("CHG0012345", "Get-FileHash", "sha256sum") if word.encode() not in readme]
    report.check(f"the README of {name} says how to check it", problems)
    (folder / "index.html").write_text("changed")
    code, _ = run(["sha256sum", "--check", "--status", "SHA256SUMS"], cwd=folder)
    report.check(f"sha256sum finds a changed file of {name}", [] if code else ["it does not"])


def signed(report, sample, work, protected):
    name = "protected.zip" if protected else "plain.zip"
    key = work / f"{name}.key"
    passphrase = PASSPHRASE if protected else ""
    run(["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "ops@example.com", "-f", key])
    environment = {"RESTORE_PACKETS_PASSPHRASE": PASSPHRASE} if protected else {}
    code, said = bundle(sample, work, name, "--only", "fe01.contoso.com", "--sign", key, environment=environment)
    report.check(f"{name} is written and signed", [said] if code else [])
    unpacked(report, work, name)
    signers = work / f"{name}.signers"
    signers.write_text("ops@example.com " + key.with_name(key.name + ".pub").read_text())
    signature = work / f"{name}.sig"

    def verify(content):
        command = ["ssh-keygen", "-Y", "verify", "-f", signers, "-I", "ops@example.com"]
        command += ["-n", "restore-packets", "-s", signature]
        done = subprocess.run(command, input=content, capture_output=True)
        return done.returncode, (done.stdout + done.stderr).decode()

    content = (work / name).read_bytes()
    code, said = verify(content)
    report.check(f"ssh-keygen verifies {name}", [said] if code else [])
    code, _ = verify(content + b"x")
    report.check(f"ssh-keygen refuses a changed {name}", [] if code else ["it does not"])
    code, said = run([sample.program, "verify", work / name, "--signers", signers])
    report.check(f"the program says who signed {name}", [said] if code or "ops@example.com" not in said else [])
    theirs(report, sample, work, name, key, signers, environment)


def theirs(report, sample, work, name, key, signers, environment):
    """A signature that ssh-keygen makes is one the program takes, and one for another purpose is not."""
    if environment:
        return
    for namespace, good in (("restore-packets", True), ("file", False)):
        (work / f"{name}.sig").unlink()
        run(["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", namespace, work / name])
        code, said = run([sample.program, "verify", work / name, "--signers", signers])
        report.check(f"the program judges ssh-keygen's signature for {namespace}", [] if good == (code == 0) else [said])


def split(report, sample, work):
    code, said = bundle(sample, work, "split.zip", "--max-file-size", "600kB")
    report.check("a bundle is split", [said] if code else [])
    parts = sorted(work.glob("split-*.zip"))
    problems = [f"{len(parts)} parts"] if len(parts) < 3 else []
    problems += [f"{part.name}: {part.stat().st_size}" for part in parts if part.stat().st_size > 600_000]
    report.check("each part is small enough", problems)
    for part in parts:
        with zipfile.ZipFile(part) as archive:
            problems = [info.filename for info in archive.infolist() if info.date_time != (1980, 1, 1, 0, 0, 0)]
        report.check(f"{part.name} holds no times", problems)
    unpacked(report, work, parts[-1].name)
