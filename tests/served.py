"""`meshfit serve` as a process group of its own, beside a fake Slack: begun, ended, killed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from playground.slack import Slack

ROOT = Path(__file__).parents[1]
STARTS_S = 90.0
"""Two starts at once took 17 s on a machine with much else to do."""


class Served:
    """One `meshfit serve`; `mode` is "http" or "socket", `more` goes into its environment."""

    def __init__(
        self,
        slack: Slack,
        db: Path,
        mode: str = "http",
        more: dict[str, str] | None = None,
        options: tuple[str, ...] = (),
    ) -> None:
        self.slack, self.db, self.mode, self.more = slack, db, mode, more or {}
        self.options, self.program = options, ("-m", "bot")
        self.process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def log(self) -> str:
        """What it wrote so far, over all its lives."""
        return self.db.with_suffix(".log").read_text()

    def begin(self) -> None:
        """Start it, wait until it is healthy, and let Slack know where it is."""
        self.port = free_port()
        with self.db.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.program, "serve", *self.options],
                env=self.environment(self.port),
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        assert self.slack.until(self.healthy, STARTS_S), self.log
        if self.mode == "http":
            self.slack.connect(f"http://127.0.0.1:{self.port}/slack/events")
        else:
            assert self.slack.until(self.connected, STARTS_S), self.log

    def environment(self, port: int) -> dict[str, str]:
        """What `meshfit serve` is told."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "MESHFIT_"))}
        return {
            **clean,
            "SLACK_BOT_TOKEN": self.slack.token,
            "SLACK_SIGNING_SECRET": self.slack.signing_secret,
            "SLACK_API_URL": self.slack.api_url,
            "MESHFIT_DB": str(self.db),
            "MESHFIT_PORT": str(port),
            **({"SLACK_APP_TOKEN": self.slack.app_token} if self.mode == "socket" else {}),
            **self.more,
        }

    def healthy(self) -> bool:
        """Whether /healthz answers 200."""
        return self.get("/healthz")[0] == 200

    def connected(self) -> bool:
        """Whether it has opened its connection in Socket Mode."""
        try:
            return self.slack.delivery.wait_connected()
        except RuntimeError:
            return False

    def get(self, path: str, port: int | None = None) -> tuple[int, Any]:
        """(status, JSON or text) of one address; status 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            text = answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()
        return answer.status, json.loads(text) if text.startswith("{") else text

    def runs(self) -> bool:
        """Whether its process is there."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """Kill the whole process group, as a crash of the machine would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self, within: float = 30.0) -> int:
        """Ask it to stop; its exit code."""
        self.ask_to_stop()
        return self.ended(within)

    def ask_to_stop(self) -> None:
        """SIGTERM, as a container's engine sends it."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)

    def ended(self, within: float) -> int:
        """Its exit code, once it has stopped."""
        assert self.process is not None
        return self.process.wait(within)

    def clean_up(self) -> None:
        """Leave nothing running."""
        if self.runs():
            self.kill()


def refused(served: Served, *more: str, port: int | None = None, within: float = 30.0) -> str:
    """What a start that ends with code 2 says."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "serve", *more],
        env=served.environment(port or free_port()),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def free_port() -> int:
    """A port that nobody holds at this moment."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
