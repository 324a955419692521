"""Plain HTTP at a room's port: the page for browsers, and a short answer to everything else.

`websockets` parses the request and sends the answer; each answer ends its connection.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files
from urllib.parse import urlsplit

from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.exceptions import InvalidMessage
from websockets.http11 import Request, Response

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]+")


@dataclass(frozen=True)
class PageFile:
    """A file of the page as it is sent. `tag` is its ETag (RFC 9110, section 8.8.3)."""

    kind: str
    body: bytes
    zipped: bytes
    tag: str


@cache
def page_files() -> Mapping[str, PageFile]:
    """Return the page's files by their paths; "/" is the page itself."""
    found = {}
    for file in files("orbitquiz.classroom").joinpath("page").iterdir():
        kind = _TYPES.get(file.name.rpartition(".")[2])
        if kind and file.is_file() and not file.name.endswith(".d.ts"):
            body = file.read_bytes()
            made = PageFile(kind, body, gzip.compress(body, mtime=0), f'"{sha256(body).hexdigest()[:16]}"')
            found["/" if file.name == "index.html" else f"/{file.name}"] = made
    return found


class HttpConnection(ServerConnection):
    """A connection that answers what is no valid request, too, instead of hanging up without a word."""

    _is_refused = False

    def send_data(self) -> None:
        """Write what is to be sent; before hanging up on a broken request, say so."""
        if isinstance(self.protocol.handshake_exc, InvalidMessage) and not self._is_refused:
            self._is_refused = True
            refusal = answer(HTTPStatus.BAD_REQUEST, "This is not a request that a room answers.")
            self.transport.write(refusal.serialize())
        super().send_data()


def is_websocket(request: Request) -> bool:
    """True if the request asks for a WebSocket and not for a page."""
    return request.headers.get("Upgrade", "").lower() == "websocket"


def comes_from_here(request: Request) -> bool:
    """True if the request comes from no web page, or from one of this server (RFC 6455, section 10.2)."""
    origins = request.headers.get_all("Origin")
    hosts = request.headers.get_all("Host")
    return not origins or (len(origins) == len(hosts) == 1 and urlsplit(origins[0]).netloc == hosts[0])


def answer_other_site(request: Request) -> Response | None:
    """Refuse a WebSocket that a page of another site wants; None for all others."""
    return None if comes_from_here(request) else answer(HTTPStatus.FORBIDDEN, "This page may not join the room.")


def answer_nothing() -> Response:
    """Answer that nothing is at this address."""
    return answer(HTTPStatus.NOT_FOUND, "There is nothing here. The game is at /")


def answer_page(request: Request) -> Response:
    """Answer a plain request: a file of the page, or a short text that says why not."""
    if request.method not in ("GET", "HEAD"):
        return answer(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD.", [("Allow", "GET, HEAD")])
    file = page_files().get(request.path.partition("?")[0])
    if file is None:
        return answer_nothing()
    headers = [
        ("ETag", file.tag),
        ("Cache-Control", "no-cache"),  # kept by the browser, and asked for by its ETag each time
        ("Vary", "Accept-Encoding"),
        ("Content-Security-Policy", _policy(request)),
    ]
    if file.tag in request.headers.get("If-None-Match", ""):
        return _response(HTTPStatus.NOT_MODIFIED, headers, b"")
    body = file.body
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers.append(("Content-Encoding", "gzip"))
        body = file.zipped
    headers += [("Content-Type", file.kind), ("Content-Length", str(len(body)))]
    return _response(HTTPStatus.OK, headers, b"" if request.method == "HEAD" else body)


def answer(status: HTTPStatus, text: str, headers: Iterable[tuple[str, str]] = ()) -> Response:
    """Answer with one line of text."""
    return answer_bytes(status, "text/plain; charset=utf-8", f"{text}\n".encode(), headers)


def answer_bytes(status: HTTPStatus, kind: str, body: bytes, headers: Iterable[tuple[str, str]] = ()) -> Response:
    """Answer with `body`, whose media type is `kind`."""
    return _response(status, [*headers, ("Content-Type", kind), ("Content-Length", str(len(body)))], body)


def _response(status: HTTPStatus, headers: Iterable[tuple[str, str]], body: bytes) -> Response:
    always = [("Connection", "close"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")]
    return Response(status.value, status.phrase, Headers([*headers, *always]), body)


def _policy(request: Request) -> str:
    """Return the Content-Security-Policy. Old Safaris do not count a WebSocket to the same host as 'self'."""
    host = request.headers.get("Host", "")
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'{sockets}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
