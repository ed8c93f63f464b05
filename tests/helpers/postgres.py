"""A PostgreSQL in a folder of a test's own and for no longer than it, with the users of a lake."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.dashboards import free_port
from tests.helpers.documents import ROOT
from tools.find_postgres import ADVICE, find_postgres

PATIENCE = 60
# As docs/scale.md calls them and their passwords.
PUBLISHER, READER, PASSWORD = "atlas_publisher", "atlas_reader", "change-me"
_ADMINISTRATOR = "administrator"
_SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "shared_buffers=16MB")


def fenced(language: str) -> list[str]:
    """The scripts of docs/scale.md in a language."""
    text = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def setting_up() -> str:
    """What an administrator does for a lake."""
    return fenced("sql")[0]


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
        (folder / "password").write_text(PASSWORD, encoding="ascii")
        (folder / "password").chmod(0o644)
        new = ["-D", "data", "-U", _ADMINISTRATOR, "--auth=scram-sha-256", "--pwfile=password"]
        self._run("initdb", *new, "--no-sync", "--encoding=UTF8", "--locale=C")

    def _run(self, name: str, *arguments: str, said: str = "") -> str:
        command = [str(self._program.with_name(name)), *arguments]
        done = subprocess.run(
            command, cwd=self._folder, input=said, capture_output=True, text=True, check=False, **self._who
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

    def administer(self, sql: str) -> None:
        """Do what an administrator would with psql."""
        where = f"postgresql://{_ADMINISTRATOR}:{PASSWORD}@127.0.0.1:{self._port}/postgres"
        self._run("psql", where, "--set=ON_ERROR_STOP=1", "--quiet", said=sql)

    def here(self, text: str) -> str:
        """What docs/scale.md says, for this server."""
        text = text.replace("host=db.example.org", f"host=127.0.0.1 port={self._port}")
        return text.replace("@db.example.org", f"@127.0.0.1:{self._port}")

    def passwords(self, file: Path) -> None:
        """Write the file of passwords that everybody reads (PGPASSFILE)."""
        file.write_text("".join(f"*:*:*:{user}:{PASSWORD}\n" for user in (PUBLISHER, READER)), encoding="ascii")
        file.chmod(0o600)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server without anything."""
    program = find_postgres()
    if program is None:
        pytest.fail(ADVICE, pytrace=False)
    # Not among pytest's folders, which are root's alone where root runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="atlas-postgres-"))
    try:
        server = Postgres(program, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
