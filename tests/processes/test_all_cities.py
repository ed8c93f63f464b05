"""``report city --all-cities``: the packs of all cities are written by processes of their own, past what fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from icc_data.cli import packs
from icc_data.queries.selection import Options
from icc_data.store.build import build
from tests.helpers.commands import OK, ROOT, SOME_REFUSED, run
from tests.helpers.rounds import Noting
from tests.unit.conftest import DataFolder


@pytest.fixture
def few_cities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cities in place of all."""
    values = Options.values
    few: Any = lambda self, facet: ("amman", "bergen") if facet == "city" else values(self, facet)  # noqa: E731
    monkeypatch.setattr(Options, "values", few)


@pytest.mark.usefixtures("few_cities")
def test_all_cities_are_written_into_a_folder(atlas_file: Path, tmp_path: Path):
    folder = tmp_path / "cities"
    result = run("report", "city", "--all-cities", "--output", folder, "--format", "xlsx", "--database", atlas_file)
    assert (result.exit_code, result.stdout) == (OK, f"2 cities written to {folder}.\n")
    assert sorted(file.name for file in folder.iterdir()) == ["amman.xlsx", "bergen.xlsx"]


@pytest.mark.usefixtures("few_cities")
def test_a_city_that_fails_is_gone_past_and_said_at_the_end(atlas_file: Path, tmp_path: Path):
    (tmp_path / "amman.xlsx").mkdir()
    result = run("report", "city", "--all-cities", "--output", tmp_path, "--format", "xlsx", "--database", atlas_file)
    assert result.exit_code == SOME_REFUSED
    assert (tmp_path / "bergen.xlsx").stat().st_size > 10_000
    assert "amman: “" in result.stderr
    assert "is no file" in result.stderr
    assert "1 city could not be written." in result.stderr


def test_what_a_city_of_all_fails_for_may_be_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert packs.write_all(["refused", "faulty", "one"], Noting(tmp_path / "notes"), tmp_path) == ["refused", "faulty"]
    said = capsys.readouterr()
    assert said.out == f"1 city written to {tmp_path}.\n"
    assert said.err.endswith(
        "refused: The paper is out. Buy some.\nfaulty: The ink is out.\n2 cities could not be written.\n"
    )


def _child_of(process: int) -> int | None:
    """The process in which a command writes packs, where there is one by now."""
    for number in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split():
        with suppress(FileNotFoundError):
            if b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes():
                return int(number)
    return None


def test_a_killed_process_costs_one_city_of_all(data_folder: DataFolder, tmp_path: Path):
    database = build(data_folder.path, tmp_path / "small.duckdb").database
    folder = tmp_path / "cities"
    options = ["--output", folder, "--format", "xlsx", "--database", database]
    with subprocess.Popen(
        [sys.executable, "-m", "icc_data", "report", "city", "--all-cities", *map(str, options)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as command:
        while (child := _child_of(command.pid)) is None and command.poll() is None:
            time.sleep(0.005)
        assert child
        os.kill(child, signal.SIGKILL)
        said, complaints = command.communicate(timeout=120)
    assert command.returncode == SOME_REFUSED
    assert said == f"3 cities written to {folder}.\n"
    assert "bilbao: The process that worked on it was ended (SIGKILL)" in complaints
    assert sorted(file.name for file in folder.iterdir()) == ["cork.xlsx", "lisbon.xlsx", "turin.xlsx"]
