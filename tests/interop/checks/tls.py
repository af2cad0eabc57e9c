"""`attach` over TLS and through a proxy: whom it trusts, and where credentials travel."""

import os
import re
import select
import socket
import socketserver
import ssl
import subprocess
import threading

from .desk import TOKEN, Desk

NAME = "tickets.contoso.com"


def authority(folder):
    """An authority of our own, and a certificate it gave to `NAME` and to this machine."""

    def openssl(*words):
        command = ["openssl", *words]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, stdin=subprocess.DEVNULL)

    folder.mkdir()
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    basic = ("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
    openssl("req", "-x509", *key, "-days", "2", "-subj", "/CN=Check", *basic, "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", *key, "-subj", f"/CN={NAME}", "-keyout", "desk.key", "-out", "desk.csr")
    (folder / "names").write_text(f"subjectAltName=DNS:{NAME},DNS:localhost\n")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names")
    openssl("x509", "-req", "-in", "desk.csr", *signed, "-out", "desk.pem")
    return folder / "ca.pem"


def secured(folder):
    desk = Desk()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "desk.pem", folder / "desk.key")
    desk.server.socket = context.wrap_socket(desk.server.socket, server_side=True)
    return desk


class Proxy(socketserver.ThreadingTCPServer):
    """Tunnels every CONNECT to one port of this machine, and remembers heads and first bytes."""

    daemon_threads = True

    def __init__(self, port):
        super().__init__(("127.0.0.1", 0), Tunnel)
        self.port, self.heads, self.first = port, [], []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Tunnel(socketserver.BaseRequestHandler):
    def handle(self):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            if not (byte := self.request.recv(1)):
                return
            head += byte
        self.server.heads.append(head.decode())
        with socket.create_connection(("127.0.0.1", self.server.port)) as desk:
            self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            ends = {self.request: desk, desk: self.request}
            while True:
                for end in select.select(list(ends), [], [], 30)[0]:
                    if not (data := end.recv(65536)):
                        return
                    if end is self.request:
                        self.server.first.append(data)
                    ends[end].sendall(data)


def check(report, attacher, expect):
    folder = attacher.folder / "tls"
    ca = authority(folder)
    desk = secured(folder)
    port = desk.server.server_address[1]
    files = ("--only", "fe01.contoso.com", "--format", "html")
    run = attacher.run
    attacher.aim("jira", f"https://localhost:{port}", "OPS-7", RESTORE_PACKETS_TOKEN=TOKEN)
    says = "is not trusted: no authority that is trusted here issued it\n  help: name the authority's certificate with --ca"
    expect(report, "TLS: an unknown authority", run(*files), code=3, says=says)
    report.check("TLS: it was told nothing", desk.requests)
    trusting = (*files, "--ca", ca)
    found = run(*trusting)
    expect(report, "TLS: the authority named by --ca", found, code=0, attached=["fe01.contoso.com.html"])
    attacher.aim("jira", f"https://127.0.0.1:{port}", "OPS-7", RESTORE_PACKETS_TOKEN=TOKEN)
    says = f"is not trusted: it is for another name: {NAME}, localhost"
    expect(report, "TLS: a certificate of another name", run(*trusting), code=3, says=says)
    expect(report, "TLS: a file without certificates", run(*files, "--ca", folder / "names"), code=2, says="holds no certificate")
    proxied(report, attacher, expect, trusting, port)
    desk.close()
    self_signed(report, attacher, expect, folder, files)
    without_types(report, attacher)
    files_of_credentials(report, attacher, expect)


def proxied(report, attacher, expect, trusting, port):
    """A name that nobody else knows is reached by the proxy, which sees neither token nor file."""
    proxy = Proxy(port)
    attacher.aim("jira", f"https://{NAME}", "OPS-7", RESTORE_PACKETS_TOKEN=TOKEN)
    found = attacher.run(*trusting, HTTPS_PROXY=proxy.url)
    expect(report, "proxy: reached", found, code=0, present=["fe01.contoso.com.html"])
    heads = [head.splitlines()[0] for head in proxy.heads]
    wanted = f"CONNECT {NAME}:443 HTTP/1.1"
    report.check("proxy: asked for a tunnel to the name", [head for head in heads if head != wanted] or ([] if heads else ["none"]))
    seen = "".join(proxy.heads).encode() + b"".join(proxy.first)
    report.check("proxy: it does not see the token", ["it does"] if TOKEN.encode() in seen else [])
    found = attacher.run(*trusting, HTTPS_PROXY=proxy.url, NO_PROXY=NAME)
    expect(report, "proxy: not for names in NO_PROXY", found, code=3, says="cannot be reached")
    count = len(proxy.heads)
    attacher.aim("jira", f"https://localhost:{port}", "OPS-7", RESTORE_PACKETS_TOKEN=TOKEN)
    found = attacher.run(*trusting, HTTPS_PROXY=proxy.url)
    expect(report, "proxy: not for this machine", found, code=0, present=["fe01.contoso.com.html"])
    report.check("proxy: it was not asked", proxy.heads[count:])
    proxy.shutdown()
    proxy.server_close()
    attacher.aim("jira", f"https://{NAME}", "OPS-7", RESTORE_PACKETS_TOKEN=TOKEN)
    says = "the proxy that the environment names does not lead to"
    expect(report, "proxy: down", attacher.run(*trusting, HTTPS_PROXY=proxy.url), code=3, says=says)
    found = attacher.run(*trusting, HTTPS_PROXY="socks5://op:proxy-password-4711@127.0.0.1:1")
    expect(report, "proxy: of another kind", found, code=2, says="the proxy that HTTPS_PROXY names cannot be used")
    attacher.secrets.append("proxy-password-4711")
    desk = Desk()
    refusing = f"http://127.0.0.1:{desk.server.server_address[1]}"
    found = attacher.run(*trusting, HTTPS_PROXY=refusing)
    expect(report, "proxy: that refuses", found, code=3, says="does not lead to")
    desk.close()


def self_signed(report, attacher, expect, folder, files):
    """The server's own certificate, byte for byte in the file, is trusted whatever it says of itself."""
    kinds = {
        "as openssl makes it": ("-subj", "/CN=localhost"),
        "no authority": ("-subj", "/CN=localhost", "-addext", "basicConstraints=critical,CA:FALSE", "-addext", "subjectAltName=DNS:localhost"),
        "of another name": ("-subj", "/CN=other", "-addext", "subjectAltName=DNS:other.contoso.com"),
    }
    for kind, words in kinds.items():
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "desk.key", "-out", "desk.pem")
        command = ["openssl", "req", "-x509", *key, "-days", "2", *words]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        desk = secured(folder)
        attacher.aim("jira", f"https://localhost:{desk.server.server_address[1]}", "OPS-7", RESTORE_PACKETS_TOKEN=TOKEN)
        found = attacher.run(*files, "--ca", folder / "desk.pem")
        expect(report, f"TLS: self-signed, {kind}", found, code=0, attached=["fe01.contoso.com.html"])
        found = attacher.run(*files, "--ca", folder / "ca.pem")
        expect(report, f"TLS: self-signed, {kind}, not in the file", found, code=3, says="is not trusted: ")
        desk.close()
    desk = Desk()
    attacher.aim("jira", f"https://localhost:{desk.server.server_address[1]}", "OPS-7", RESTORE_PACKETS_TOKEN=TOKEN)
    expect(report, "TLS: none there", attacher.run(*files), code=3, says="no encrypted connection to")
    desk.close()


def without_types(report, attacher):
    """No message holds the name of a type of the program's or its libraries', and each says what to do."""
    said = "".join(attacher.said)
    report.check("TLS: no message names a type", re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", re.sub(r"Request Tracker|https?://\S+", "", said)))
    failed = [text for text in attacher.said if text.startswith("error: ") and "\n  help: " not in text]
    report.check("TLS: each message says what to do", failed)


def files_of_credentials(report, attacher, expect):
    desk = Desk()
    attacher.aim("jira", desk.url, "OPS-7", RESTORE_PACKETS_TOKEN=TOKEN)
    path = attacher.folder / "credentials"
    path.write_text(f'token = "{TOKEN}"\n')
    files = ("--only", "fe01.contoso.com", "--format", "html", "--credentials", path)
    unset = {"RESTORE_PACKETS_UNRELATED": "1"}
    os.chmod(path, 0o640)
    found = attacher.run(*files, secret=unset)
    expect(report, "credentials: a file others can read", found, code=2, says="mode 640")
    report.check("credentials: nothing was asked", desk.requests)
    os.chmod(path, 0o600)
    found = attacher.run(*files, secret=unset)
    expect(report, "credentials: a file of one's own", found, code=0, attached=["fe01.contoso.com.html"])
    expect(report, "credentials: none at all", attacher.run(*files[:4], secret=unset), code=2, says="there are no credentials")
    desk.close()
