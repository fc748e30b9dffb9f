"""A PostgreSQL server of this test run's own, on loopback, and a new database for each test."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.store.health import opened
from tests.served import free_port

LACKING = "PostgreSQL's server is not installed here (Debian: postgresql)"
_numbers = count(1)


def binaries() -> Path | None:
    """Where the server's programs are, if it is installed; the newest where there are several."""
    on_path = shutil.which("initdb")
    packaged = [each for each in _packaged() if (each / "initdb").is_file()]
    return Path(on_path).parent if on_path else next(iter(packaged), None)


def program(name: str) -> str:
    """One of PostgreSQL's programs, of the server's own version; skips where there is none."""
    needs_postgres()
    beside = [each for each in [binaries(), *_packaged()] if each and (each / name).is_file()]
    return str(beside[0] / name)


def _packaged() -> list[Path]:
    """Where Debian puts them, the newest first."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(folders, key=lambda at: int(at.parts[-2]), reverse=True)


def needs_postgres() -> None:
    """Skip where there is no server; in CI there has to be one."""
    if binaries() is None:
        if os.environ.get("CI"):
            pytest.fail(LACKING)
        pytest.skip(LACKING)


def a_database() -> SecretStr:
    """The address of a new and empty database."""
    needs_postgres()
    port, name = _server(), f"meshfit_{next(_numbers)}"
    _ask(port, f"CREATE DATABASE {name}")
    return SecretStr(f"postgresql://meshfit@127.0.0.1:{port}/{name}")


def a_ready_database() -> SecretStr:
    """The same with today's schema in it, a copy of one that was brought up to date once."""
    needs_postgres()
    port, name = _server(), f"meshfit_{next(_numbers)}"
    _ask(port, f"CREATE DATABASE {name} TEMPLATE {_up_to_date()}")
    return SecretStr(f"postgresql://meshfit@127.0.0.1:{port}/{name}")


@cache
def _up_to_date() -> str:
    address = a_database()
    opened(address).close()
    return address.get_secret_value().rpartition("/")[2]


@cache
def _server() -> int:
    """Start the server, once a process; answers its port. It ends with the process."""
    programs = binaries()
    assert programs
    home = Path(tempfile.mkdtemp(prefix="meshfit-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    port, data = free_port(), home / "data"
    _run(programs / "initdb", "-D", data, "-A", "trust", "-U", "meshfit", "--no-sync", "-E", "UTF8")
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off "
        "-c max_connections=200"
    )
    _run(programs / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
    atexit.register(_end, programs, home)
    return port


def _end(programs: Path, home: Path) -> None:
    _run(programs / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop")
    shutil.rmtree(home, ignore_errors=True)


def _run(*command: str | Path) -> None:
    """Run one of the server's programs, which refuse to be root."""
    as_its_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*as_its_user, *map(str, command)],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C"},
    )


def _ask(port: int, statement: str) -> None:
    import psycopg  # noqa: PLC0415 - only where a server is

    with psycopg.connect(f"postgresql://meshfit@127.0.0.1:{port}/postgres", autocommit=True) as db:
        db.execute(statement.encode())
