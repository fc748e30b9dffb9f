"""What npm brings, installed once from the lock; without npm, or out of its reach: skipped."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
INSTALLS_S = 240


@pytest.fixture(scope="session")
def modules() -> Path:
    """The folder in which `node_modules` lies as the lock says."""
    for tool in ("npm", "node"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    with (HERE / ".installing").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # tests run in several processes
        locked = (HERE / "package-lock.json").read_text("utf-8")
        mark = HERE / "node_modules" / ".locked"
        if not mark.is_file() or mark.read_text("utf-8") != locked:
            _install()
            mark.write_text(locked, "utf-8")
    return HERE


def _install() -> None:
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(
            command, cwd=HERE, capture_output=True, text=True, timeout=INSTALLS_S, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm did not install the lock within {INSTALLS_S} s")
    if done.returncode:
        pytest.skip(f"npm could not install the lock: {done.stderr.strip()[-200:]}")
