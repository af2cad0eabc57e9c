"""The sample organization, and what is built from it."""

import json
import shutil
import subprocess


class Sample:
    def __init__(self, program, work):
        self.program, self.work = program, work
        self.worksheets = work / "worksheets"
        self.run("new", self.worksheets, "--sample")
        self.output = self.build(self.worksheets, work / "output")

    def run(self, *arguments):
        command = [self.program, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            words = " ".join(str(word) for word in command)
            raise SystemExit(f"{words}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def build(self, worksheets, output, *options):
        self.run("build", "--worksheets", worksheets, "--output", output, *options)
        return output

    def plan(self, worksheets, folder):
        """The restore plan for everything."""
        self.run("plan", "--all", "--format", "html", "--worksheets", worksheets, "--output", folder)
        return folder / "plan.html"

    def looked_at(self):
        """Pages worth a closer look: one of each kind, and the smallest, a middling and the largest packet."""
        pages = {stem: self.output / f"{stem}.html" for _, stem in self.packets(self.output)}
        by_size = sorted(pages, key=lambda stem: pages[stem].stat().st_size)
        chosen = {stem: pages[stem] for stem in (by_size[0], by_size[len(by_size) // 2], by_size[-1])}
        chosen |= {name: self.output / f"{name}.html" for name in ("index", "cycle", "changes")}
        return chosen | {"plan": self.plan(self.worksheets, self.work / "plan")}

    def folder_like(self, name):
        """An empty folder for other worksheets of the same project."""
        folder = self.work / name
        folder.mkdir()
        shutil.copy(self.worksheets / "restore-packets.toml", folder)
        return folder

    def of_another_edition(self, name):
        """The same worksheets, of whose facts others are routine: packets made of them are of another edition."""
        folder = self.folder_like(name)
        for file in self.worksheets.glob("*.xlsx"):
            shutil.copy(file, folder)
        project = folder / "restore-packets.toml"
        project.write_text(project.read_text() + '\nroutine = ["Location"]\n')
        return folder

    def manifest(self, output):
        return json.loads((output / "manifest.json").read_text())

    def packets(self, output):
        """Each packet of the manifest, with its path below the output folder."""
        for packet in self.manifest(output)["packets"]:
            stem = packet["files"][0]["path"].rsplit(".", 1)[0]
            yield packet, stem
