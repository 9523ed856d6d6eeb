"""A browser without a window: one kept-alive connection, cookies, forms and nothing else."""

import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
VERSION = re.compile(rb'name="version" value="(\d+)"')
BOUNDARY = "juxian-bench-boundary"
PART = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=%s%s\r\n\r\n%s\r\n"

Fields = Sequence[tuple[str, str]]


class Unexpected(Exception):
    """The site answered otherwise than the visit expects."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def token(self) -> str:
        found = TOKEN.search(self.body)
        if found is None:
            raise Unexpected("the page has no form")
        return found[1].decode()

    @property
    def version(self) -> str:
        found = VERSION.search(self.body)
        if found is None:
            raise Unexpected("the page does not say its version")
        return found[1].decode()


class Browser:
    """Speaks as a proxy that ends TLS would; `session` may change from visit to visit."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.session = ""
        self._tokens: dict[str, str] = {}
        self._connection: socket.socket | None = None
        self._unread = b""

    def enter(self, session: str) -> None:
        """Go on as the person of this session."""
        self.session = session

    def get(self, path: str, *, expects: int = 200) -> Answer:
        return self._expecting(expects, "GET", path)

    def post(
        self, path: str, fields: Fields, token: str, file: bytes = b"", *, expects: int = 302
    ) -> Answer:
        """Send a form of several parts, with a PDF when one is given."""
        said = [("csrfmiddlewaretoken", token), *fields]
        parts = [PART % (f'"{name}"', "", value) for name, value in said]
        whole = "".join(parts).encode()
        if file:
            kind = "\r\nContent-Type: application/pdf"
            whole += (
                (PART % ('"files"; filename="scan.pdf"', kind, "")).encode()[:-2] + file + b"\r\n"
            )
        whole += f"--{BOUNDARY}--\r\n".encode()
        return self._expecting(expects, "POST", path, whole)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._unread = None, b""

    def _expecting(self, expects: int, method: str, path: str, body: bytes = b"") -> Answer:
        answer = self._ask(method, path, body)
        if answer.status != expects or "/accounts/" in answer.headers.get("location", ""):
            where = answer.headers.get("location", "")
            raise Unexpected(f"{method} {path}: {answer.status} {where}")
        return answer

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
        whole = self._head(method, path, len(body)) + body
        for attempt in (1, 2):
            fresh = self._connection is None
            try:
                self._connected().sendall(whole)
                return self._answer()
            except ConnectionError:
                self.close()
                if fresh or attempt == 2:
                    raise
        raise ConnectionError

    def _head(self, method: str, path: str, length: int) -> bytes:
        here = f"127.0.0.1:{self.port}"
        cookies = f"__Host-session={self.session}" if self.session else ""
        if self.session in self._tokens:
            cookies += f"; __Host-csrf={self._tokens[self.session]}"
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {here}",
            "X-Forwarded-Proto: https",
            "X-Forwarded-For: 127.0.0.1",
            "Accept: text/html",
            f"Referer: https://{here}/",
        ]
        lines += [f"Cookie: {cookies}"] if cookies else []
        if method == "POST":
            lines.append(f"Content-Type: multipart/form-data; boundary={BOUNDARY}")
            lines.append(f"Content-Length: {length}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _connected(self) -> socket.socket:
        if self._connection is None:
            self._connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._connection

    def _answer(self) -> Answer:
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in head[1:]:
            name, _colon, value = line.partition(":")
            headers[name.lower()] = value.strip()
            if name.lower() == "set-cookie" and "csrf=" in value:
                self._tokens[self.session] = value.partition("csrf=")[2].partition(";")[0]
        body = self._body(headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(head[0].split()[1]), headers, body)

    def _body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return self._exactly(int(headers.get("content-length", "0")))
        parts = []
        while size := int(self._until(b"\r\n"), 16):
            parts.append(self._exactly(size + 2)[:-2])
        self._until(b"\r\n")
        return b"".join(parts)

    def _until(self, end: bytes) -> bytes:
        while end not in self._unread:
            self._unread += self._received()
        head, _end, self._unread = self._unread.partition(end)
        return head

    def _exactly(self, size: int) -> bytes:
        parts, have = [self._unread], len(self._unread)
        while have < size:
            parts.append(self._received())
            have += len(parts[-1])
        whole = b"".join(parts)
        self._unread = whole[size:]
        return whole[:size]

    def _received(self) -> bytes:
        got = self._connected().recv(262144)
        if not got:
            raise ConnectionResetError
        return got
