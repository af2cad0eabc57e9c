"""A small server that demands what the documents of ServiceNow and Jira demand, and fails when told to.

It stands in for two systems that cannot be installed here; a real one may be stricter. What is enforced: method,
path, authentication, `Content-Type`, `X-Atlassian-Token`, the field of the form, mandatory parameters, the size
limit. `faults` holds what the next requests are to suffer: a status, or `cut`, `break`, `hang`, `elsewhere`.
"""

import base64
import email.parser
import email.policy
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD, TOKEN = "operator", "correct horse", "desk-token-0123456789"
SYS_ID = "5054b6f8c0a800060056addcf551ecf8"


class Desk:
    """One record, in either system, and a log of what was asked."""

    def __init__(self, limit=3_000_000):
        self.limit, self.faults, self.requests = limit, [], []
        self.files, self.notes = [], []
        self.refused_types = ()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def handler(self):
        desk = self

        class Handler(Requests):
            pass

        Handler.desk = desk
        return Handler

    def keep(self, name, kind, data):
        if self.faults and self.faults[0] == "cut":
            self.faults.pop(0)
            data = data[: len(data) // 2]
        number = 10_000 + len(self.files)
        self.files.append({"id": str(number), "name": name, "type": kind, "data": data})
        return self.files[-1]

    def find(self, number):
        return next((file for file in self.files if file["id"] == number), None)


class Refusal(Exception):
    def __init__(self, status, message=""):
        self.status, self.message = status, message


class Requests(BaseHTTPRequestHandler):
    """Requests of both systems, told apart by their paths."""

    desk = None

    def do_GET(self):
        self.serve("GET")

    def do_POST(self):
        self.serve("POST")

    def do_PUT(self):
        self.serve("PUT")

    def do_PATCH(self):
        self.serve("PATCH")

    def log_message(self, *_):
        pass

    def serve(self, method):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urlsplit(self.path)
        self.desk.requests.append((method, self.path, dict(self.headers)))
        is_jira = parts.path.startswith("/rest/")
        try:
            self.suffer(method)
            self.authenticate()
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            answer = (jira if is_jira else servicenow)(self, method, parts.path, query, body)
            status, kind, data = answer
        except Refusal as refusal:
            status, kind = refusal.status, "application/json"
            error = {"errorMessages": [refusal.message]} if is_jira else {"error": {"message": refusal.message}}
            data = json.dumps(error).encode()
        except ConnectionError:
            return
        self.answer(status, kind, data)

    def answer(self, status, kind, data, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def suffer(self, method):
        """Faults named `POST …` wait for a request that adds."""
        if not self.desk.faults or self.desk.faults[0] == "cut":
            return
        fault = str(self.desk.faults[0])
        if fault.startswith("POST "):
            if method != "POST":
                return
            fault = fault.removeprefix("POST ")
        self.desk.faults.pop(0)
        if fault == "break":
            self.connection.close()
            raise ConnectionError
        if fault == "hang":
            time.sleep(4)
            raise ConnectionError
        if fault == "elsewhere":
            self.answer(302, "text/plain", b"", Location="http://127.0.0.1:9/stolen")
            raise ConnectionError
        # A careless server repeats what it was given.
        raise Refusal(int(fault), f"not with {self.headers.get('Authorization')} of {TOKEN}")

    def authenticate(self):
        pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") not in (f"Bearer {TOKEN}", f"Basic {pair}"):
            raise Refusal(401, "User is not authenticated")

    def needs(self, header, expected):
        value = self.headers.get(header, "")
        if not re.fullmatch(expected, value):
            raise Refusal(415 if header == "Content-Type" else 403, f"{header}: {value}")


def as_json(status, value):
    return status, "application/json", json.dumps(value).encode()


def fits(desk, data, name):
    if len(data) > desk.limit:
        raise Refusal(413, "The file is too large")
    if name.endswith(desk.refused_types or ("no such ending",)):
        raise Refusal(415, "Files of this type are not allowed")


def jira(request, method, path, query, body):
    desk = request.desk
    if method == "GET" and path == "/rest/api/3/attachment/meta":
        return as_json(200, {"enabled": True, "uploadLimit": desk.limit})
    if found := re.fullmatch(r"/rest/api/3/attachment/content/(\d+)", path):
        file = desk.find(found[1])
        if method != "GET" or file is None:
            raise Refusal(404, "No attachment of that number")
        if query.get("redirect") != "false":
            raise ValueError("would redirect to the media host")
        return 200, file["type"], file["data"]
    found = re.fullmatch(r"/rest/api/3/issue/([A-Z]+-\d+)(/attachments|/comment)?", path)
    if not found or found[1] != "OPS-7":
        raise Refusal(404, "Issue does not exist or you do not have permission to see it.")
    if method == "GET" and not found[2]:
        files = [{"id": file["id"], "filename": file["name"], "size": len(file["data"])} for file in desk.files]
        return as_json(200, {"key": "OPS-7", "fields": {"attachment": files}})
    if method == "GET" and found[2] == "/comment":
        bodies = [{"type": "doc", "version": 1, "content": [paragraph(line) for line in note.splitlines()]} for note in desk.notes]
        return as_json(200, {"comments": [{"body": body} for body in reversed(bodies)]})
    if method == "POST" and found[2] == "/attachments":
        request.needs("X-Atlassian-Token", "no-check")
        request.needs("Content-Type", r"multipart/form-data; boundary=\S+")
        kept = []
        for part in form(request.headers["Content-Type"], body):
            if part.get_param("name", header="Content-Disposition") != "file":
                raise Refusal(400, "The field must be called file")
            data = part.get_payload(decode=True)
            fits(desk, data, part.get_filename())
            kept.append(desk.keep(part.get_filename(), part.get_content_type(), data))
        return as_json(200, [{"id": file["id"], "filename": file["name"], "size": len(file["data"])} for file in kept])
    if method == "POST" and found[2] == "/comment":
        request.needs("Content-Type", "application/json")
        document = json.loads(body)["body"]
        if document["type"] != "doc" or document["version"] != 1:
            raise Refusal(400, "Comment body is not valid!")
        texts = [paragraph["content"][0]["text"] for paragraph in document["content"]]
        if not all(texts):
            raise Refusal(400, "Comment body is not valid!")
        desk.notes.append("\n".join(texts))
        return as_json(201, {})
    raise Refusal(405, "Method Not Allowed")


def paragraph(line):
    return {"type": "paragraph", "content": [{"type": "text", "text": line}]}


def form(content_type, body):
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    return parser.parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body).iter_parts()


def servicenow(request, method, path, query, body):
    desk = request.desk
    if path == "/api/now/table/change_request" and method == "GET":
        is_it = query.get("sysparm_query") == "number=CHG0012345"
        return as_json(200, {"result": [{"sys_id": SYS_ID, "number": "CHG0012345"}] if is_it else []})
    if path == f"/api/now/table/change_request/{SYS_ID}" and method == "PATCH":
        request.needs("Content-Type", "application/json")
        desk.notes.append(json.loads(body)["work_notes"])
        return as_json(200, {"result": {"sys_id": SYS_ID}})
    if path == "/api/now/table/sys_journal_field" and method == "GET":
        wanted = f"element_id={SYS_ID}^element=work_notes^ORDERBYDESCsys_created_on"
        if query.get("sysparm_query") != wanted:
            raise Refusal(400, "Invalid query")
        return as_json(200, {"result": [{"value": note} for note in reversed(desk.notes)]})
    if path == "/api/now/attachment" and method == "GET":
        wanted = f"table_name=change_request^table_sys_id={SYS_ID}^ORDERBYsys_created_on"
        if query.get("sysparm_query") != wanted:
            raise Refusal(400, "Invalid query")
        start = int(query.get("sysparm_offset", 0))
        files = desk.files[start : start + int(query.get("sysparm_limit", 1000))]
        return as_json(200, {"result": [described(file) for file in files]})
    if found := re.fullmatch(r"/api/now/attachment/(\d+)/file", path):
        file = desk.find(found[1])
        if method != "GET" or file is None:
            raise Refusal(404, "No Record found")
        return 200, file["type"], file["data"]
    if path == "/api/now/attachment/file" and method == "POST":
        request.needs("Content-Type", r"[a-z]+/[\w.+-]+")
        if not {"table_name", "table_sys_id", "file_name"} <= query.keys():
            raise Refusal(400, "Missing parameter")
        if (query["table_name"], query["table_sys_id"]) != ("change_request", SYS_ID):
            raise Refusal(404, "No Record found")
        fits(desk, body, query["file_name"])
        file = desk.keep(query["file_name"], request.headers["Content-Type"], body)
        return as_json(201, {"result": described(file)})
    raise Refusal(404, "Requested URI does not represent any resource")


def described(file):
    return {
        "sys_id": file["id"],
        "file_name": file["name"],
        "size_bytes": str(len(file["data"])),
        "content_type": file["type"],
        "table_name": "change_request",
        "table_sys_id": SYS_ID,
    }
