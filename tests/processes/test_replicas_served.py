"""Two machines show one lake behind nginx: a version comes, the catalogue goes, a machine dies, and people go on.

The catalogue is a PostgreSQL, which the machines may only read. Whatever happens, each page that somebody sees is of
one version, and nobody's connection is dropped but those to the machine that dies, which the other takes over.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import websocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.tabs import Session
from icc_data.store.lake_connection import UNREACHABLE
from icc_data.store.versions import data_version, read_folder
from tests.browser.dashboards import free_port, running_dashboard
from tests.browser.test_nginx import UNCHECKED, fetch, wait_until_ready
from tests.helpers.documents import ROOT
from tests.helpers.nginx import Nginx, kept_at, running_nginx
from tests.helpers.postgres import Postgres, fenced, running_postgres, setting_up

FROZEN = ROOT / "tests" / "fixtures" / "data_2026_11_22"
# Seconds to wait for what comes by itself, however busy this is.
PATIENCE = 120.0
# A page of this practice shows its title, from the database, and its city.
PRACTICE, CITY = "2nd-amadora-employment-and-training-expo", "amadora"
MARK = re.compile(r"marked(\d)")


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


class Tab(Session):
    """A tab whose pages are read, over whichever machine nginx chose for its visitor."""

    def __init__(self, nginx: Nginx, cookie: str) -> None:
        self.text = ""
        told = {"cookie": f"atlas_server={cookie}", "origin": nginx.site, "sslopt": UNCHECKED}
        super().__init__(nginx.site, "practices", **told)

    def read(self) -> set[str]:
        """The versions of which the page of the practice shows signs."""
        # Everything is sent again, to be read.
        self._cached, self.text = {}, ""
        self.run(f"practice={PRACTICE}")
        return set(MARK.findall(self.text))

    def _take(self, answer: ForwardMsg) -> None:
        super()._take(answer)
        self.text += str(answer)


@dataclass
class Visitor:
    """Somebody who looks at a practice again and again, and fetches a table between.

    Attributes:
        cookie: by which nginx keeps them at one machine.
        seen: the versions of which each page or table showed signs.
        dropped: what each connection that was dropped said; another tab is opened after it.
    """

    nginx: Nginx
    cookie: str = "new"
    seen: list[set[str]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._visit)
        self.thread.start()

    def _visit(self) -> None:
        try:
            while not self.done.is_set():
                self._look()
        except Exception as error:  # noqa: BLE001
            self.wrong.append(repr(error))

    def _look(self) -> None:
        """Look until the connection is dropped; whatever else is in the way is wrong."""
        tab = Tab(self.nginx, self.cookie)
        self.cookie = kept_at(tab) or self.cookie
        try:
            while not self.done.is_set():
                self.seen.append(tab.read())
                self.seen.append(self._fetch())
                self.done.wait(2.0)
        except (websocket.WebSocketConnectionClosedException, OSError) as error:
            self.dropped.append(f"{time.monotonic():.1f} s: {error!r}")
            return
        tab.close()

    def _fetch(self) -> set[str]:
        address = f"{self.nginx.site}/data/practices.csv?city={CITY}"
        status, _, content = fetch(address, Cookie=f"atlas_server={self.cookie}")
        if status != 200:
            self.wrong.append(f"{address}: {status}")
        return set(MARK.findall(content.decode()))


class Machines:
    """A lake, two machines that show it, and nginx before them."""

    def __init__(self, postgres: Postgres, folder: Path, stack: ExitStack) -> None:
        self.postgres, self.data, self._storage = postgres, folder / "data", folder / "parquet"
        shutil.copytree(FROZEN, self.data)
        postgres.passwords(folder / "passwords")
        self._passwords = {"PGPASSFILE": str(folder / "passwords")}
        self.versions: list[str] = []
        postgres.administer(setting_up())
        self.publish("1")
        (setting,) = [line.strip('"') for line in fenced("ini")[0].splitlines() if line.startswith("ATLAS_DATABASE")]
        lake = postgres.here(setting.partition('="')[2])
        self.logs: dict[str, Path] = {}
        for name in ("one", "two"):
            told = {"ATLAS_DATA": "", "ATLAS_DATABASE": lake, "ATLAS_COPIES": str(folder / name), **self._passwords}
            port = free_port()
            stack.enter_context(running_dashboard(folder / f"{name}.log", port, **told))
            self.logs[f"127.0.0.1:{port}"] = folder / f"{name}.log"
        # A machine that says that it is not ready would be passed over for a while, and nobody would come to it.
        for server in self.logs:
            wait_until_ready(f"http://{server}")
        (folder / "nginx").mkdir()
        urls = [f"http://{server}" for server in self.logs]
        self.nginx = stack.enter_context(running_nginx(folder / "nginx", urls))
        wait_until_ready(self.nginx.site)

    def publish(self, mark: str) -> None:
        """Publish a version of which the title of the practice and the name of its city show signs."""
        for table, key, name, column in (
            ("practices", "practice_id", PRACTICE, "title"),
            ("cities", "city_id", CITY, "name"),
        ):
            file = self.data / f"{table}.csv"
            rows = rows_of(file)
            for row in rows:
                if row[key] == name:
                    row[column] = f"Amadora marked{mark}"
            with file.open("w", encoding="utf-8", newline="") as out:
                writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        commands = self.postgres.here(fenced("sh")[0]).replace("/srv/atlas/lake", str(self._storage))
        commands = commands.replace(".venv/bin/python", sys.executable)
        environment = {**os.environ, **self._passwords, "ATLAS_DATA": str(self.data)}
        done = subprocess.run(
            ["sh", "-ec", commands], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert len(done.stdout.splitlines()) == 1 + int(mark), "the version, and the list of all"
        self.versions.append(data_version(read_folder(self.data)[0])[:12])

    def visitors(self) -> list[Visitor]:
        """People who come at once, whom nginx shares out among the machines."""
        return [Visitor(self.nginx) for _ in range(6)]

    def kill(self, server: str) -> None:
        """Let a machine die."""
        (pid,) = [
            int(process.name)
            for process in Path("/proc").iterdir()
            if process.name.isdigit() and f"--server.port={server.rpartition(':')[2]}".encode() in _command(process)
        ]
        os.kill(pid, signal.SIGKILL)

    def shown(self, server: str, version: str) -> set[str]:
        """The versions of which a machine shows signs that is asked for one of them."""
        status, _, content = fetch(f"http://{server}/data/practices.csv?city={CITY}&version={version}")
        return set(MARK.findall(content.decode())) if status == 200 else {str(status)}

    def practices_at_first(self) -> int:
        """How many the first version held, as docs/scale.md asks for it."""
        asked = "import sys; from icc_data.store.lake_connection import _engine; cursor = _engine().cursor()\n"
        asked += "for sql in sys.stdin: print(cursor.execute(sql).fetchall())"
        told = subprocess.run(
            [sys.executable, "-c", asked],
            cwd=ROOT,
            env={**os.environ, **self._passwords},
            input=self.postgres.here(fenced("sql")[1]),
            capture_output=True,
            text=True,
            check=True,
        )
        _, snapshot, counted = told.stdout.splitlines()
        assert snapshot.startswith("[(1, 'version 1: data ")
        return int(counted.strip("[(,)]"))

    def health(self, server: str) -> tuple[int, int, list[str]]:
        """The status of /health and of /ready of a machine, and the reasons."""
        status, _, told = fetch(f"http://{server}/health")
        return status, fetch(f"http://{server}/ready")[0], json.loads(told)["reasons"]


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def _until(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < until:
        time.sleep(0.2)
    return holds()


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres())
        yield Machines(postgres, tmp_path_factory.mktemp("machines"), stack)


def test_everybody_goes_on_while_a_version_comes_the_catalogue_goes_and_a_machine_dies(machines: Machines):
    one, two = machines.logs
    visitors = machines.visitors()
    try:
        assert _until(lambda: all(len(visitor.seen) >= 2 for visitor in visitors))
        assert sorted(visitor.cookie for visitor in visitors) == ["s1"] * 3 + ["s2"] * 3
        machines.publish("2")
        published = time.monotonic()
        assert _until(lambda: all(visitor.seen[-1] == {"2"} for visitor in visitors))
        print(f"A version was everywhere {time.monotonic() - published:.1f} s after it was published.")
        assert [visitor.dropped for visitor in visitors if visitor.dropped] == []

        machines.postgres.stop()
        assert _until(lambda: machines.health(one)[2] == machines.health(two)[2] == [UNREACHABLE])
        assert [machines.health(server)[:2] for server in machines.logs] == [(503, 200), (503, 200)]
        seen = [len(visitor.seen) for visitor in visitors]
        assert _until(lambda: all(len(v.seen) > before + 2 for v, before in zip(visitors, seen, strict=True)))
        assert [visitor.dropped for visitor in visitors if visitor.dropped] == []
        machines.postgres.start()

        machines.kill(one)
        assert _until(lambda: any(visitor.dropped or visitor.wrong for visitor in visitors))
        machines.publish("3")
        assert _until(lambda: all(visitor.seen[-1] == {"3"} for visitor in visitors))
        assert _until(lambda: machines.health(two) == (200, 200, []))
        assert machines.practices_at_first() == len(rows_of(FROZEN / "practices.csv"))
        assert [machines.shown(two, version) for version in machines.versions] == [{"1"}, {"2"}, {"3"}]
    finally:
        for visitor in visitors:
            visitor.done.set()
        for visitor in visitors:
            visitor.thread.join()
    assert [visitor.wrong for visitor in visitors if visitor.wrong] == []
    # Those of the machine that died, and of no other, who stay where they came to.
    drops = [visitor.dropped for visitor in visitors]
    assert sorted(len(dropped) for dropped in drops) == [0] * 3 + [1] * 3, drops
    assert {visitor.cookie for visitor in visitors} == {"s2"}
    for visitor in visitors:
        versions = ["".join(sorted(seen)) for seen in visitor.seen]
        assert set(versions) == {"1", "2", "3"}, "no page is of two versions, or of none"
        assert versions == sorted(versions), "nobody goes back"
    for log in machines.logs.values():
        written = log.read_text(encoding="utf-8")
        assert "Traceback" not in written
        assert written.count("The last version goes on being shown.") == 1
