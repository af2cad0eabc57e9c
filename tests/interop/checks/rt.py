"""Request Tracker 5 from Debian's packages, with a configuration and a database of its own."""

import base64
import os
import secrets
import shutil
import subprocess

from .server import Server

HOME = "/usr/share/request-tracker5"
DATABASE = "/var/lib/dbconfig-common/sqlite3/request-tracker5/rtdb"

CONFIGURATION = """
Set($rtname, 'check');
Set($Organization, 'check.contoso.com');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
Set($WebPath, '');
Set($WebBaseURL, '{url}');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{database}');
Set($MailCommand, 'testfile');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'warning');
{more}
1;
"""

SETUP = """
use RT; RT::LoadConfig(); RT::Init();
my $root = RT::CurrentUser->new(RT->SystemUser); $root->Load('root');
my ($set, $why) = $root->UserObj->SetPassword($ARGV[0]);
die $why unless $set;
my ($ok, $message, $string) = RT::AuthToken->new($root)->Create(Owner => $root->id, Description => 'check');
die $message unless $ok;
print $string;
"""


class RequestTracker(Server):
    def start(self):
        self.contents = {}
        shutil.copy(DATABASE, self.work / "rtdb")
        (self.work / "config.d").mkdir()
        self.configure()
        password = secrets.token_urlsafe(12)
        command = ["perl", f"-I{HOME}/lib", "-e", SETUP, password]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"Request Tracker could not be set up:\n{done.stdout}{done.stderr}")
        self.token, self.pair = done.stdout.strip(), ("root", password)
        self.credentials = {"RESTORE_PACKETS_USER": "root", "RESTORE_PACKETS_PASSWORD": password}
        self.serve()

    def configure(self, more=""):
        settings = {"port": self.port, "url": self.url, "database": self.work / "rtdb", "more": more}
        (self.work / "config.pm").write_text(CONFIGURATION.format(**settings))
        self.environment = os.environ | {
            "RT_SITE_CONFIG": str(self.work / "config.pm"),
            "RT_SITE_CONFIG_DIR": str(self.work / "config.d"),
        }

    def serve(self):
        command = [f"{HOME}/libexec/rt-server", "--port", self.port, "--host", "127.0.0.1"]
        self.launch(command, env=self.environment, cwd=self.work)

    def restart(self, cuts_at):
        """The same server, cutting what is larger: an option of Request Tracker."""
        self.stop()
        self.configure(f"Set($MaxAttachmentSize, {cuts_at}); Set($TruncateLongAttachments, 1);")
        self.serve()

    def ticket(self, subject):
        return str(self.asked("/REST/2.0/ticket", {"Queue": "General", "Subject": subject})["id"])

    def stranger(self):
        """A user without any right."""
        user = {"Name": "stranger", "Password": "stranger-4711", "Privileged": 1}
        self.asked("/REST/2.0/user", user)
        return {"RESTORE_PACKETS_USER": "stranger", "RESTORE_PACKETS_PASSWORD": "stranger-4711"}

    def parts(self, ticket):
        """Every attachment and text of a ticket: its name, type and bytes."""
        path = f"/REST/2.0/ticket/{ticket}/attachments?per_page=100&fields=Filename,ContentType"
        for item in sorted(self.asked(path)["items"], key=lambda it: int(it["id"])):
            if not item["ContentType"].startswith("multipart/"):
                yield item["Filename"], item["ContentType"], self.content(item["id"])

    def content(self, number):
        """An attachment never changes, so each is read once."""
        if number not in self.contents:
            answer = self.asked(f"/REST/2.0/attachment/{number}")
            self.contents[number] = base64.b64decode(answer["Content"])
        return self.contents[number]

    def by_hand(self, ticket, name, data):
        """A file as somebody else attaches it."""
        file = {"FileName": name, "FileType": "text/plain", "FileContent": base64.b64encode(data).decode()}
        comment = {"Content": "Mine.", "ContentType": "text/plain", "Attachments": [file]}
        self.asked(f"/REST/2.0/ticket/{ticket}/comment", comment)

    def files(self, ticket):
        return {name: data for name, _, data in self.parts(ticket) if name}

    def notes(self, ticket):
        return [data.decode() for name, kind, data in self.parts(ticket) if not name and kind == "text/plain"]
