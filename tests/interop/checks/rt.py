"""Request Tracker 5 from Debian's packages, with a configuration and a database of its own."""

import base64
import os
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

TOKEN = """
use RT; RT::LoadConfig(); RT::Init();
my $root = RT::CurrentUser->new(RT->SystemUser); $root->Load('root');
my ($ok, $message, $string) = RT::AuthToken->new($root)->Create(Owner => $root->id, Description => 'check');
die $message unless $ok;
print $string;
"""


class RequestTracker(Server):
    # What the package sets up; no secret outside this check.
    pair = ("root", "password")
    credentials = {"RESTORE_PACKETS_USER": "root", "RESTORE_PACKETS_PASSWORD": "password"}

    def start(self):
        shutil.copy(DATABASE, self.work / "rtdb")
        (self.work / "config.d").mkdir()
        self.serve()

    def serve(self, more=""):
        settings = {"port": self.port, "url": self.url, "database": self.work / "rtdb", "more": more}
        (self.work / "config.pm").write_text(CONFIGURATION.format(**settings))
        self.environment = os.environ | {
            "RT_SITE_CONFIG": str(self.work / "config.pm"),
            "RT_SITE_CONFIG_DIR": str(self.work / "config.d"),
        }
        command = [f"{HOME}/libexec/rt-server", "--port", self.port, "--host", "127.0.0.1"]
        self.launch(command, env=self.environment, cwd=self.work)

    def restart(self, cuts_at):
        """The same server, cutting what is larger: an option of Request Tracker."""
        self.stop()
        self.serve(f"Set($MaxAttachmentSize, {cuts_at}); Set($TruncateLongAttachments, 1);")

    def ticket(self, subject):
        return str(self.asked("/REST/2.0/ticket", {"Queue": "General", "Subject": subject})["id"])

    def token(self):
        command = ["perl", f"-I{HOME}/lib", "-e", TOKEN]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

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
                content = self.asked(f"/REST/2.0/attachment/{item['id']}")["Content"]
                yield item["Filename"], item["ContentType"], base64.b64decode(content)

    def files(self, ticket):
        return {name: data for name, _, data in self.parts(ticket) if name}

    def notes(self, ticket):
        return [data.decode() for name, kind, data in self.parts(ticket) if not name and kind == "text/plain"]
