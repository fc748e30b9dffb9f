"""A Web API that says yes to everything, light enough that its own cost hides nobody else's.

`python -m bench.web_api PORT`. `GET /opened` says how many modals were opened so far, and how many
messages posted.
"""

from __future__ import annotations

import asyncio
import json
import sys

YES = {
    "ok": True,
    "url": "https://bench.slack.com/",
    "team_id": "T0BENCH",
    "user_id": "U0BOT",
    "bot_id": "B0BOT",
    "view": {"id": "V0BENCH"},
    "channel": "C0BENCH",
    "permalink": "https://bench.slack.com/archives/C0BENCH/p1",
}


class WebApi:
    """One answer for every method; only modals and messages are counted."""

    def __init__(self) -> None:
        self.opened = self.posted = 0

    async def serve(self, port: int) -> None:
        """Listen on loopback until the process is ended."""
        server = await asyncio.start_server(self.answer, "127.0.0.1", port)
        await server.serve_forever()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection, as slack_sdk makes them."""
        head = await reader.readuntil(b"\r\n\r\n")
        request, _, headers = head.decode("latin-1").partition("\r\n")
        await reader.readexactly(_length(headers))
        path = request.split()[1]
        self.opened += path.endswith("/views.open")
        self.posted += path.endswith("/chat.postMessage")
        counted = {"opened": self.opened, "posted": self.posted}
        yes = {**YES, "ts": f"{self.posted}.000001"}
        body = json.dumps(counted if path == "/opened" else yes).encode()
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
        )
        await writer.drain()
        writer.close()


def _length(headers: str) -> int:
    named = (line.partition(":") for line in headers.lower().splitlines())
    return next((int(value) for name, _, value in named if name == "content-length"), 0)


if __name__ == "__main__":
    asyncio.run(WebApi().serve(int(sys.argv[1])))
