"""A ticket server of the machine's packages, run on loopback while a check needs it."""

import base64
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Started as a process group of its own, and ended with it."""

    def __init__(self, work):
        work.mkdir(parents=True)
        self.work, self.process = work, None
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def launch(self, command, **options):
        log = open(self.work / "server.log", "ab")
        quiet = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "start_new_session": True}
        self.process = subprocess.Popen([str(word) for word in command], **quiet, **options)
        log.close()
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.url, timeout=30).close()
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.5)
        raise SystemExit(f"{command[0]} did not start:\n{(self.work / 'server.log').read_text()[-2000:]}")

    def stop(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(timeout=15)

    def ask(self, path, value=None, pair=None, data=None, method=None):
        """What the check itself asks the server, by basic authentication; it sends JSON, or bytes."""
        request = urllib.request.Request(self.url + path, data=data, method=method)
        if data is not None:
            request.add_header("Content-Type", "application/octet-stream")
        encoded = base64.b64encode(":".join(pair or self.pair).encode()).decode()
        request.add_header("Authorization", f"Basic {encoded}")
        if value is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(value).encode()
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def asked(self, path, value=None):
        return json.loads(self.ask(path, value))
