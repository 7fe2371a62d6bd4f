"""A small S3-compatible store on this machine: objects in memory, over HTTP, with conditional writes, ranges, lists and parts."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

KEY, SECRET, BUCKET = "khoa-thu", "bi mat/thu", "phatngon"
AT = "2026-11-23T01:15:00.000Z"


@dataclass
class Objects:
    """What the store holds, and how it behaves. `away` makes it refuse everything."""

    port: int = 0
    held: dict[str, bytes] = field(default_factory=dict)
    begun: dict[str, dict[int, bytes]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    away: bool = False

    @property
    def url(self) -> str:
        """Its address, as the platform is told it."""
        return f"s3+http://{KEY}:{SECRET.replace(' ', '%20').replace('/', '%2F')}@127.0.0.1:{self.port}/{BUCKET}/tep"


class _Answer(BaseHTTPRequestHandler):
    """One request, as S3 answers it."""

    objects: Objects
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that the library gives it
        """Say nothing."""

    def _asked(self) -> tuple[str, dict[str, list[str]], bytes]:
        place = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key = unquote(place.path).removeprefix(f"/{BUCKET}").lstrip("/")
        return key, parse_qs(place.query, keep_blank_values=True), body

    def _say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _is_refused(self) -> bool:
        known = f"Credential={KEY}/" in self.headers.get("Authorization", "")
        if self.objects.away or not known:
            self._say(503 if self.objects.away else 403)
        return self.objects.away or not known

    def do_PUT(self) -> None:
        key, asked, body = self._asked()
        if self._is_refused():
            return
        with self.objects.lock:
            if "uploadId" in asked:
                self.objects.begun[asked["uploadId"][0]][int(asked["partNumber"][0])] = body
            elif self.headers.get("If-None-Match") == "*" and key in self.objects.held:
                self._say(412)
                return
            else:
                self.objects.held[key] = body
        self._say(200, ETag=f'"{sha256(body).hexdigest()}"')

    def do_POST(self) -> None:
        key, asked, body = self._asked()
        if self._is_refused():
            return
        with self.objects.lock:
            if "uploads" in asked:
                name = f"u{len(self.objects.begun)}"
                self.objects.begun[name] = {}
                said = f"<InitiateMultipartUploadResult><UploadId>{name}</UploadId></InitiateMultipartUploadResult>"
            elif "delete" in asked:
                gone = [unquote(found) for found in re.findall(r"<Key>(.*?)</Key>", body.decode())]
                for one in gone:
                    self.objects.held.pop(one, None)
                deleted = "".join(f"<Deleted><Key>{escape(one)}</Key></Deleted>" for one in gone)
                said = f"<DeleteResult>{deleted}</DeleteResult>"
            else:
                parts = self.objects.begun.pop(asked["uploadId"][0])
                self.objects.held[key] = b"".join(parts[number] for number in sorted(parts))
                said = '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>'
        self._say(200, said.encode(), Content_Type="application/xml")

    def do_GET(self) -> None:
        key, asked, _ = self._asked()
        if self._is_refused():
            return
        with self.objects.lock:
            if "list-type" in asked:
                self._say(200, self._listed(asked["prefix"][0]).encode(), Content_Type="application/xml")
                return
            data = self.objects.held.get(key)
        if data is None:
            self._say(404)
            return
        headers = {"ETag": '"one"', "Last_Modified": "Mon, 23 Nov 2026 01:15:00 GMT"}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if wanted:
            start, end = int(wanted[1]), min(int(wanted[2]), len(data) - 1)
            headers["Content_Range"] = f"bytes {start}-{end}/{len(data)}"
            self._say(206, data[start : end + 1], **headers)
            return
        self._say(200, data, **headers)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        key, _, _ = self._asked()
        if self._is_refused():
            return
        with self.objects.lock:
            self.objects.held.pop(key, None)
        self._say(204)

    def _listed(self, prefix: str) -> str:
        rows = "".join(
            f'<Contents><Key>{escape(key)}</Key><LastModified>{AT}</LastModified><ETag>"one"</ETag><Size>{len(data)}</Size></Contents>'
            for key, data in sorted(self.objects.held.items())
            if key.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>"


@contextmanager
def small_store(host: str = "127.0.0.1") -> Iterator[Objects]:
    """Run a store until the block ends."""
    objects = Objects()
    server = ThreadingHTTPServer((host, 0), type("Answer", (_Answer,), {"objects": objects}))
    server.daemon_threads = True
    objects.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield objects
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
