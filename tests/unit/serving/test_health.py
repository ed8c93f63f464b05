"""The atlas says how it is: by an address, by a command, and no more often than it can look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from starlette.requests import Request

from icc_data.serving import health
from icc_data.serving.health import UPDATED, Health
from icc_data.store.datapackage import publish
from icc_data.store.status import DAMAGED, MISSING, STALE, TABLES
from tests.helpers.commands import lines_of, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.conftest import DataFolder

ASKED = Request({"type": "http", "headers": []})


class Places:
    """A data folder with its database and its published tables."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.database = folder.path.parent / "build" / "atlas.duckdb"
        self.target = folder.path.parent / "served" / "data"

    def health(self, *, updated: bool = False) -> Health:
        return Health(self.folder.path, self.database, self.target, lambda: updated)

    def command(self) -> tuple[int, list[str]]:
        places = ["--data", self.folder.path, "--database", self.database, "--published", self.target]
        told = run("status", *places, "--json")
        return told.exit_code, lines_of(told.stdout)[0]["reasons"]


@pytest.fixture
def places(kept_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setattr(health, "HOLDS", 0.0)
    return Places(kept_folder)


def asked(state: Health) -> tuple[int, int, list[str]]:
    """The status of /health, that of /ready, and the reasons."""
    answer = state.health(ASKED)
    return answer.status_code, state.ready(ASKED).status_code, json.loads(bytes(answer.body))["reasons"]


def test_all_is_well(places: Places):
    assert asked(places.health()) == (200, 200, [])
    assert places.command() == (0, [])


def test_new_data_is_built_when_somebody_asks(places: Places):
    places.folder.edit("cities", 0, name="Lisboa")
    assert places.command() == (1, [STALE])
    assert asked(places.health()) == (200, 200, [])
    assert places.command() == (0, [])


def test_an_edit_with_an_error_is_told_while_pages_go_on(places: Places):
    places.folder.edit("cities", 1, latitude="north")
    well, ready, (stale, reason) = asked(places.health())
    assert (well, ready, stale) == (503, 200, STALE)
    assert "latitude “north”" in reason
    assert str(places.folder.path.parent) not in reason


def test_a_rebuild_that_fails_is_not_tried_again_at_once(places: Places, caplog: pytest.LogCaptureFixture):
    state = places.health()
    places.folder.edit("cities", 1, latitude="north")
    for _ in range(3):
        asked(state)
    assert caplog.text.count("Refused the data") == 1


def test_without_a_database_and_with_data_that_makes_none_it_fails(places: Places):
    places.folder.edit("cities", 1, latitude="north")
    places.database.unlink()
    assert asked(places.health()) == (503, 503, [MISSING])
    assert places.command() == (1, [MISSING])


def test_a_damaged_database_is_told_by_the_command_and_mended_by_the_server(places: Places):
    places.database.write_bytes(b"harm" * 1000)
    assert places.command() == (1, [DAMAGED])
    assert asked(places.health()) == (200, 200, [])


def test_published_tables_of_other_data_are_told(places: Places, tmp_path: Path):
    places.folder.edit("cities", 0, name="Lisboa")
    publish(places.folder.path, places.target, force=True)
    assert places.command() == (1, [STALE, TABLES])


def test_an_update_of_the_code_is_told(places: Places):
    assert asked(places.health(updated=True)) == (503, 503, [UPDATED])
