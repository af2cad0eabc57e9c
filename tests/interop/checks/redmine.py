"""Redmine from Debian's packages, with a copy of its database.

Debian's Redmine does not name a web server among its libraries, so WEBrick is loaded before it; it runs as root.
"""

import json
import os
import secrets
import shutil
import subprocess

from .server import Server

HOME = "/usr/share/redmine"
DATABASE = "/var/lib/dbconfig-common/sqlite3/redmine/instances/default/redmine_default"

SETUP = """
Setting.rest_api_enabled = '1'
Setting.attachment_max_size = '{kilobytes}'
Setting.attachment_extensions_denied = 'exe'
Redmine::DefaultData::Loader.load('en') if Redmine::DefaultData::Loader.no_data?
admin = User.find_by_login('admin')
admin.must_change_passwd = false
admin.password = admin.password_confirmation = '{password}'
admin.save!
stranger = User.new(:firstname => 'No', :lastname => 'Body', :mail => 'nobody@contoso.com')
stranger.login = 'stranger'
stranger.save!
Project.create!(:name => 'Changes', :identifier => 'changes', :is_public => false, :trackers => Tracker.all)
puts admin.api_key, stranger.api_key
"""


class Redmine(Server):
    def start(self):
        self.limit, password = 2 << 20, secrets.token_urlsafe(12)
        self.pair = ("admin", password)
        self.credentials = {"RESTORE_PACKETS_USER": "admin", "RESTORE_PACKETS_PASSWORD": password}
        shutil.copy(DATABASE, self.work / "database")
        environment = os.environ | {
            "X_DEBIAN_SITEID": "default",
            "RAILS_ENV": "production",
            "DATABASE_URL": f"sqlite3:{self.work / 'database'}",
        }
        setup = SETUP.format(kilobytes=self.limit >> 10, password=password)
        command = ["ruby", "bin/rails", "runner", setup]
        done = subprocess.run(command, cwd=HOME, env=environment, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise SystemExit(f"Redmine could not be set up:\n{done.stdout}{done.stderr}")
        self.key, self.strangers_key = done.stdout.split()[-2:]
        command = ["ruby", "-rwebrick", "bin/rails", "server", "-u", "webrick", "-e", "production"]
        command += ["-b", "127.0.0.1", "-p", self.port, "-P", self.work / "pid"]
        self.launch(command, env=environment, cwd=HOME)

    def issue(self):
        issue = {"project_id": "changes", "subject": "CHG0012345: restore packets"}
        return str(self.asked("/issues.json", {"issue": issue})["issue"]["id"])

    def stranger(self):
        return self.strangers_key

    def by_hand(self, issue, name, data):
        """A file as somebody else attaches it."""
        token = json.loads(self.ask(f"/uploads.json?filename={name}", data=data))["upload"]["token"]
        self.ask(f"/issues/{issue}.json", {"issue": {"notes": "Mine.", "uploads": [{"token": token, "filename": name}]}}, method="PUT")

    def files(self, issue):
        found = self.asked(f"/issues/{issue}.json?include=attachments")["issue"]["attachments"]
        return {file["filename"]: self.ask(f"/attachments/download/{file['id']}") for file in found}

    def notes(self, issue):
        journals = self.asked(f"/issues/{issue}.json?include=journals")["issue"]["journals"]
        return [journal["notes"] for journal in journals if journal.get("notes")]
