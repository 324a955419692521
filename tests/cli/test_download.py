"""`orbitquiz banks add https://…`, from a server on this machine."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from orbitquiz.bank.load import read_bank
from orbitquiz.cli import main
from orbitquiz.library import add
from tests.cli.test_banks import zipped

Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of this machine that nobody has signed but itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(["openssl", *words, *names], check=True, capture_output=True)
    return cert, key


@pytest.fixture
def served(certificate: tuple[Path, Path]) -> Iterator[Callable[[Answer], str]]:
    """Starts a server that gives an answer, and returns its address."""
    running: list[ThreadingHTTPServer] = []

    def serve(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, *_: object) -> None:
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"https://127.0.0.1:{server.server_address[1]}/bank.zip"

    yield serve
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def trusted(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))


def gives(raw: bytes) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        request.wfile.write(raw)

    return answer


def sends_on(to: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", to)
        request.end_headers()

    return answer


@pytest.mark.usefixtures("trusted")
def test_a_bank_is_fetched_shown_and_added(
    bank_folder: Path, tmp_path: Path, served: Callable[[Answer], str], capsys: pytest.CaptureFixture[str]
) -> None:
    address = served(gives(zipped(bank_folder, tmp_path / "bank.zip").read_bytes()))
    assert main(["banks", "add", address, "--yes", "--data", str(tmp_path / "data")]) == 0
    told = capsys.readouterr().out
    assert "comet-bank: The comet, version the version" in told
    assert "Added. To play it: orbitquiz play --bank comet-bank" in told
    assert read_bank(tmp_path / "data/banks/comet-bank").problems == ()


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (sends_on("http://127.0.0.1/bank.zip"), "banks are fetched by https only"),
        (sends_on("file:///etc/passwd"), "is not allowed"),
        (lambda request: request.send_error(404), "the server answers 404"),
        (gives(b"no archive"), "it is no zip archive"),
        (gives(b"x" * 100_001), "it is larger than 0 MB"),
    ],
)
def test_a_fetched_bank_that_will_not_do_is_told_and_leaves_nothing(
    tmp_path: Path, served: Callable[[Answer], str], answer: Answer, reason: str,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(add, "_LARGEST_ARCHIVE", 100_000)
    assert main(["banks", "add", served(answer), "--yes", "--data", str(tmp_path / "data")]) == 2
    told = capsys.readouterr().err
    assert reason in told
    assert len(told.splitlines()) == 1
    assert list((tmp_path / "data/banks").iterdir()) == []


def test_a_server_that_nobody_vouches_for_gives_nothing(
    bank_folder: Path, tmp_path: Path, served: Callable[[Answer], str], capsys: pytest.CaptureFixture[str]
) -> None:
    address = served(gives(zipped(bank_folder, tmp_path / "bank.zip").read_bytes()))
    assert main(["banks", "add", address, "--yes", "--data", str(tmp_path / "data")]) == 2
    assert "certificate verify failed" in capsys.readouterr().err
