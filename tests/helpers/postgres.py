"""A PostgreSQL in a folder of a test's own and for no longer than it, with the users of a lake."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import free_port
from tools.find_postgres import ADVICE, find_postgres

PATIENCE = 60
# Who may do all, by what docs/scale.md says of the other.
OWNER, READER = "atlas", "atlas_reader"
_SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "shared_buffers=16MB")


class Postgres:
    """A server that can be ended and started again.

    Args:
        program: ``postgres``, with its other programs beside it.
        folder: an empty folder that belongs to whom it runs as.
    """

    def __init__(self, program: Path, folder: Path) -> None:
        self._program, self._folder, self._port = program, folder, free_port()
        # It refuses to run as root; Debian's package brings a user for it.
        self._who: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._who = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")
        self._process: subprocess.Popen[bytes] | None = None
        new = ["-D", "data", "-U", OWNER, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]
        self._run("initdb", *new)

    def _run(self, name: str, *arguments: str) -> str:
        command = [str(self._program.with_name(name)), *arguments]
        done = subprocess.run(
            command, cwd=self._folder, capture_output=True, encoding="utf-8", check=False, **self._who
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        command = [str(self._program), "-D", "data", "-p", str(self._port), *settings]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._who
            )
        ready = [str(self._program.with_name("pg_isready")), "-h", "127.0.0.1", "-p", str(self._port), "-t", "1"]
        for _ in range(PATIENCE * 10):
            if subprocess.run(ready, capture_output=True, check=False).returncode == 0:
                return
            try:
                self._process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        pytest.fail((self._folder / "log").read_text(encoding="utf-8"), pytrace=False)

    def stop(self) -> None:
        """End it, whoever is connected."""
        if self._process is not None:
            # SIGQUIT leaves no time to anybody.
            self._process.send_signal(3)
            self._process.wait(PATIENCE)
            self._process = None

    def sql(self, sql: str, database: str = "postgres") -> str:
        """What it answers."""
        where = ["-h", "127.0.0.1", "-p", str(self._port), "-U", OWNER, "-d", database]
        return self._run("psql", *where, "-v", "ON_ERROR_STOP=1", "-qAtc", sql).strip()

    def lake(self, user: str = OWNER) -> str:
        """The address of a lake whose catalogue is its database ``atlas``."""
        return f"ducklake:postgres:host=127.0.0.1 port={self._port} dbname=atlas user={user}"


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server with an empty database ``atlas``."""
    program = find_postgres()
    if program is None:
        pytest.fail(ADVICE, pytrace=False)
    # Not among pytest's folders, which are root's alone where root runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="atlas-postgres-"))
    try:
        server = Postgres(program, folder)
        server.start()
        try:
            server.sql(f"CREATE DATABASE {OWNER}")
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
