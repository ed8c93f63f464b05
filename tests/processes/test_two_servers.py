"""Two servers on one folder look after the same database and tables at once, and show the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from icc_data.store.upkeep import keep_current

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

# Looks how the atlas is, which builds what has to be, each time that it is told to.
SERVER = """
import json, sys
from pathlib import Path
from icc_data.serving import health
health.HOLDS = health.TRY_AGAIN = 0.0
server = health.Health(*map(Path, sys.argv[1:]), lambda: False)
for line in sys.stdin:
    print(json.dumps(server.look().as_dict()), flush=True)
"""


class Servers:
    """Two processes that keep one database current."""

    def __init__(self, folder: DataFolder, stack: ExitStack) -> None:
        self.places = [folder.path, folder.path.parent / "atlas.duckdb", folder.path.parent / "served" / "data"]
        keep_current(*self.places)
        folder.edit("cities", 0, name="Lisboa")
        command = [sys.executable, "-c", SERVER, *map(str, self.places)]
        self._both = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
            )
            for _ in range(2)
        ]

    def look(self) -> list[dict[str, Any]]:
        """What both say, who look at the same moment."""
        for server in self._both:
            print("look", file=server.stdin, flush=True)
        answers = [next(line for line in server.stdout or () if line.startswith("{")) for server in self._both]
        return [json.loads(answer) for answer in answers]

    def end(self) -> None:
        for server in self._both:
            server.kill()


@pytest.fixture
def servers(data_folder: DataFolder) -> Iterator[Servers]:
    with ExitStack() as stack:
        both = Servers(data_folder, stack)
        stack.callback(both.end)
        yield both


def test_both_show_new_data_from_a_stale_start_on_through_edits_right_and_wrong(
    servers: Servers, data_folder: DataFolder
):
    started = servers.look()
    assert [state["status"] for state in started] == ["ok", "ok"]
    assert started[0]["version"] == started[1]["version"]

    data_folder.edit("cities", 0, name="Lisbon")
    edited = servers.look()
    assert [state["status"] for state in edited] == ["ok", "ok"]
    assert {state["version"] for state in edited}.isdisjoint(state["version"] for state in started)

    data_folder.edit("cities", 0, latitude="north")
    assert [(state["status"], state["version"]) for state in servers.look()] == [("outdated", edited[0]["version"])] * 2

    data_folder.edit("cities", 0, latitude="38.7")
    assert [state["status"] for state in servers.look()] == ["ok", "ok"]
    assert {path.name for path in servers.places[1].parent.glob(".build-*")} == set()
