"""The Nu validator finds every page to be valid HTML."""

import json
import subprocess

from .modules import folder

VALIDATOR = "vnu-jar/build/dist/vnu.jar"


def check(report, pages):
    """`pages` maps the name to report to the file."""
    report.part("The Nu validator reads every page")
    command = ["java", "-jar", folder() / VALIDATOR, "--format", "json", "--exit-zero-always", "--stdout"]
    done = subprocess.run([*command, *pages.values()], capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        raise SystemExit(f"vnu: exit code {done.returncode}\n{done.stderr}")
    told = {}
    for message in json.loads(done.stdout)["messages"]:
        if message["type"] != "info" or message.get("subType") == "warning":
            told.setdefault(message["url"], []).append(f"line {message['lastLine']}: {message['message']}")
    for name, page in pages.items():
        report.check(f"{name} is valid HTML", told.get(page.as_uri(), []))
