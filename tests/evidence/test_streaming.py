"""Of a raw dump no more is fetched than its beginning, however large it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_sdk import WebClient

from bot.errors import BadInput, RawDump
from bot.outbox import files

WHOLE = 64 * 2**20
"""Bytes that the host would give; sockets hold a few of them back, never half."""


class Host(ThreadingHTTPServer):
    """A file host that counts what it got rid of."""

    daemon_threads = True
    begins = b""
    given = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Giving)
        self.ended = threading.Event()


class Giving(BaseHTTPRequestHandler):
    """One file, as long as somebody takes it."""

    server: Host

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(WHOLE))
        self.end_headers()
        try:
            self.wfile.write(self.server.begins)
            while self.server.given < WHOLE:
                self.wfile.write(b" " * 2**16)
                self.server.given += 2**16
        except OSError:
            pass
        finally:
            self.server.ended.set()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("begins", "size", "raised"),
    [
        (b'{"apiVersion": "v1", "items": [', WHOLE, RawDump),
        (b'{"apiVersion": "v1", "items": [', 100, RawDump),
        (b"a result that is too large", WHOLE, BadInput),
    ],
)
def test_the_rest_is_not_fetched(host: Host, begins: bytes, size: int, raised: type[BadInput]):
    host.begins = begins
    root = f"http://127.0.0.1:{host.server_port}"
    client = WebClient(token="xoxb-1", base_url=f"{root}/api/")
    file = {"id": "F1", "name": "a", "size": size, "url_private_download": f"{root}/a"}
    with pytest.raises(raised):
        files.fetch(client, [file])
    assert host.ended.wait(30)
    assert host.given < WHOLE // 2
