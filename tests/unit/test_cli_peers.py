"""The commands ``peers`` and ``borrow``: who is alike, what to borrow, and why."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from click.testing import Result
from typer.testing import CliRunner

from icc_data import city_questions, queries
from icc_data.borrow import WEIGHTS, recommendations
from icc_data.build import build
from icc_data.cli import app
from icc_data.peer_sets import MOST_K, PeerSet, members
from icc_data.peers import FEATURES, features

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

Connection = duckdb.DuckDBPyConnection
OK, UNUSABLE = 0, 2
ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rows_of(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == OK, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def terminal(*arguments: str | Path) -> str:
    """What a command says where a person reads it."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "icc_data", *map(str, arguments)]
    done = subprocess.run(command, stdout=follower, stderr=subprocess.PIPE, cwd=ROOT, timeout=60, check=True)
    os.close(follower)
    said = b""
    with contextlib.suppress(OSError):
        while part := os.read(leader, 65536):
            said += part
    os.close(leader)
    assert done.stderr == b""
    return said.decode().replace("\r\n", "\n")


def test_peers_are_those_of_the_dashboard_with_distance_features_and_reason(atlas: Connection, atlas_file: Path):
    rows = rows_of(run("peers", "bilbao", "--json", "--database", atlas_file))
    expected = members(PeerSet(), features(city_questions.city_features(atlas)), "bilbao")
    assert [row["city_id"] for row in rows] == list(expected.index)
    assert [row["distance"] for row in rows] == pytest.approx(expected["distance"].tolist())
    assert [row["compared"] for row in rows] == expected["compared"].tolist()
    assert len(rows) == 10
    options = queries.options(atlas)
    for row in rows:
        assert list(row) == ["city_id", "name", "distance", "compared", "features", "reason"]
        assert row["name"] == options.label("city", row["city_id"])
        assert row["features"] == len(FEATURES)
        assert len(row["reason"].split("; ")) >= row["compared"]


@pytest.mark.parametrize("k", [1, 3, MOST_K])
def test_as_many_peers_are_told_as_asked_for(k: int, atlas_file: Path):
    assert len(rows_of(run("peers", "bilbao", "--k", str(k), "--database", atlas_file))) == k


@pytest.mark.parametrize("name", ["lisbon", "Lisbon", "LISBOA", "lisboa "])
def test_a_city_may_be_named_in_any_of_its_spellings(name: str, atlas_file: Path):
    first = rows_of(run("peers", name, "--k", "3", "--database", atlas_file))
    assert first == rows_of(run("peers", "lisbon", "--k", "3", "--database", atlas_file))


@pytest.mark.parametrize("command", ["peers", "borrow"])
def test_a_city_that_there_is_not_ends_with_2_and_names_those_alike(command: str, atlas_file: Path):
    result = run(command, "Lisbn", "--database", atlas_file)
    assert (result.exit_code, result.stdout) == (UNUSABLE, "")
    assert "There is no city “Lisbn”. Did you mean: Lisbon" in result.stderr
    nothing = run(command, "qqqqqqqq", "--database", atlas_file)
    assert (nothing.exit_code, nothing.stdout) == (UNUSABLE, "")


@pytest.mark.parametrize("arguments", [["--k", "0"], ["--k", str(MOST_K + 1)], ["--k", "some"]])
def test_a_number_of_peers_that_cannot_be_ends_with_2(arguments: list[str], atlas_file: Path):
    assert run("peers", "bilbao", *arguments, "--database", atlas_file).exit_code == UNUSABLE


@pytest.mark.parametrize("command", ["peers", "borrow"])
def test_a_city_of_which_too_little_is_known_is_told_so(command: str, data_folder: DataFolder, tmp_path: Path):
    data_folder.append("cities", city_id="faro", name="Faro", country="Malta", country_code="MT")
    database = build(data_folder.path, tmp_path / "small.duckdb").database
    result = run(command, "Faro", "--database", database)
    assert (result.exit_code, result.stdout) == (UNUSABLE, "")
    assert "Too little is known of Faro to compare it." in result.stderr


@pytest.mark.parametrize("command", ["peers", "borrow"])
def test_a_database_that_there_is_not_ends_with_2(command: str, tmp_path: Path):
    result = run(command, "bilbao", "--database", tmp_path / "none.duckdb")
    assert (result.exit_code, result.stdout) == (UNUSABLE, "")
    assert "There is no database" in result.stderr


def borrowed(atlas: Connection, city: str, **options: Any) -> Any:
    return recommendations(
        city_questions.borrowable(atlas),
        city,
        members(PeerSet(), features(city_questions.city_features(atlas)), city),
        as_of=queries.as_of_year(atlas),
        scores=city_questions.area_scores(atlas, city),
        **options,
    )


def test_practices_to_borrow_come_with_score_parts_and_reason(atlas: Connection, atlas_file: Path):
    rows = rows_of(run("borrow", "bilbao", "--json", "--database", atlas_file))
    expected = borrowed(atlas, "bilbao").head(10)
    assert [row["practice_id"] for row in rows] == expected["practice_id"].tolist()
    assert [row["score"] for row in rows] == pytest.approx(expected["score"].tolist())
    for row in rows:
        assert row["score"] == pytest.approx(sum(weight * row[name] for name, weight in WEIGHTS.items()))
        assert row["similarity"] == pytest.approx(1 - row["distance"])
        assert row["reason"].endswith(f"Score {row['score'] * 100:.0f} of 100.")
        assert row["city_names"]


def test_as_many_practices_are_told_as_asked_for(atlas_file: Path):
    assert len(rows_of(run("borrow", "bilbao", "--limit", "3", "--database", atlas_file))) == 3
    assert run("borrow", "bilbao", "--limit", "0", "--database", atlas_file).exit_code == UNUSABLE


@pytest.mark.parametrize("area", ["education", "Education"])
def test_a_policy_area_may_be_named_by_code_or_label(area: str, atlas: Connection, atlas_file: Path):
    rows = rows_of(run("borrow", "bilbao", "--policy-area", area, "--limit", "500", "--database", atlas_file))
    assert {row["policy_area"] for row in rows} == {"education"}
    assert len(rows) == len(borrowed(atlas, "bilbao", areas=["education"]))


def test_several_policy_areas_are_any_of_them(atlas: Connection, atlas_file: Path):
    one, two = sorted(set(borrowed(atlas, "bilbao")["policy_area"]))[:2]
    areas = ("--policy-area", one, "--policy-area", two)
    rows = rows_of(run("borrow", "bilbao", *areas, "--limit", "500", "--database", atlas_file))
    assert {row["policy_area"] for row in rows} == {one, two}


def test_a_policy_area_that_there_is_not_ends_with_2(atlas_file: Path):
    result = run("borrow", "bilbao", "--policy-area", "weather", "--database", atlas_file)
    assert (result.exit_code, result.stdout) == (UNUSABLE, "")
    assert "weather" in result.stderr


def test_a_published_score_is_what_the_need_rests_on(atlas_file: Path):
    rows = rows_of(run("borrow", "guro", "--policy-area", "interaction", "--database", atlas_file))
    assert {(row["need"], row["own_score"]) for row in rows} <= {(0.0, 100.0)}


def test_where_nobody_has_anything_to_lend_that_is_said(data_folder: DataFolder, tmp_path: Path):
    data_folder.write("practices", [row for row in data_folder.rows("practices") if "lisbon" in row["city_ids"]])
    data_folder.edit("cities", 1, networks="rpci", joined_year="2012")
    database = build(data_folder.path, tmp_path / "small.duckdb").database
    result = run("borrow", "Lisbon", "--database", database)
    assert (result.exit_code, result.stdout) == (OK, "")
    assert "No peer has a practice there that the city does not share." in result.stderr


def test_in_a_terminal_a_line_a_peer_is_written_for_people(atlas_file: Path):
    lines = terminal("peers", "bilbao", "--k", "2", "--database", atlas_file).splitlines()
    assert len(lines) == 2
    assert all("the same country" in line and " features · " in line for line in lines)
    assert len(json.loads(terminal("peers", "bilbao", "--k", "1", "--json", "--database", atlas_file))) == 6


def test_in_a_terminal_a_line_a_practice_is_written_for_people(atlas_file: Path):
    (line,) = terminal("borrow", "bilbao", "--limit", "1", "--database", atlas_file).splitlines()
    assert line.count(" · ") == 2
    assert line.endswith(" of 100.")
