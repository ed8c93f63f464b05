"""The commands ``peers`` and ``borrow``: who is alike, what to borrow, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from typer.testing import Result

from icc_data import queries
from icc_data.analysis.borrow import WEIGHTS, by_practice, recommendations
from icc_data.analysis.peer_sets import MOST_K, PeerSet, left_out, members
from icc_data.analysis.peers import FEATURES, features
from icc_data.store.build import build
from tests.helpers.commands import OK, UNUSABLE, in_a_terminal, lines_of, run

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

Connection = duckdb.DuckDBPyConnection
DEFAULT = PeerSet()


def rows_of(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == OK, result.output
    return lines_of(result.stdout)


def test_peers_are_those_of_the_dashboard_with_distance_features_and_reason(atlas: Connection, atlas_file: Path):
    rows = rows_of(run("peers", "bilbao", "--json", "--database", atlas_file))
    expected = members(PeerSet(), features(queries.city_features(atlas)), "bilbao")
    assert [row["city_id"] for row in rows] == list(expected.index)
    assert [row["distance"] for row in rows] == pytest.approx(expected["distance"].tolist())
    assert [row["compared"] for row in rows] == expected["compared"].tolist()
    assert len(rows) == 10
    options = queries.options(atlas)
    for row in rows:
        assert list(row) == ["city_id", "name", "distance", "compared", "features", "reason", "components"]
        assert row["name"] == options.label("city", row["city_id"])
        assert row["features"] == len(FEATURES)
        assert len(row["components"]) >= row["compared"]
        assert row["reason"]


@pytest.mark.parametrize("k", [1, 3, MOST_K])
def test_as_many_peers_are_told_as_asked_for(k: int, atlas_file: Path):
    assert len(rows_of(run("peers", "bilbao", "--k", str(k), "--database", atlas_file))) == k


def test_peers_can_be_limited_to_those_with_practices_and_how_many_are_left_out_is_said(
    atlas: Connection, atlas_file: Path
):
    result = run("peers", "turin", "--with-practices", "--database", atlas_file)
    asked, table = PeerSet(with_practices=True), features(queries.city_features(atlas))
    assert [row["city_id"] for row in rows_of(result)] == list(members(asked, table, "turin").index)
    others = left_out(asked, table, "turin")
    assert others
    assert result.stderr == f"Left out: {len(others)} nearer cities without a published practice.\n"


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
    assert "Faro cannot be compared. Too little is known of this city" in " ".join(result.stderr.split())


@pytest.mark.parametrize("command", ["peers", "borrow"])
def test_a_database_that_there_is_not_ends_with_2(command: str, tmp_path: Path):
    result = run(command, "bilbao", "--database", tmp_path / "none.duckdb")
    assert (result.exit_code, result.stdout) == (UNUSABLE, "")
    assert "There is no database" in result.stderr


def borrowed(atlas: Connection, city: str, asked: PeerSet = DEFAULT, **options: Any) -> Any:
    return recommendations(
        queries.borrowable(atlas),
        city,
        members(asked, features(queries.city_features(atlas)), city),
        as_of=queries.as_of_year(atlas),
        scores=queries.area_scores(atlas, city),
        **options,
    )


def test_practices_to_borrow_come_with_score_parts_and_reason(atlas: Connection, atlas_file: Path):
    rows = rows_of(run("borrow", "bilbao", "--json", "--database", atlas_file))
    expected = by_practice(borrowed(atlas, "bilbao")).head(10)
    assert [row["practice_id"] for row in rows] == expected["practice_id"].tolist()
    assert [row["score"] for row in rows] == pytest.approx(expected["score"].tolist())
    for row in rows:
        assert row["score"] == pytest.approx(sum(weight * row[name] for name, weight in WEIGHTS.items()))
        assert row["similarity"] == pytest.approx(1 - row["distance"])
        assert row["reason"].endswith(f"Score {row['score'] * 100:.0f} of 100.")
        assert row["city_names"]


def test_a_practice_is_told_once_with_all_its_areas(atlas_file: Path):
    rows = rows_of(run("borrow", "canterbury-bankstown", "--limit", "100", "--database", atlas_file))
    told = [row["practice_id"] for row in rows]
    assert len(told) == len(set(told))
    assert any(len(row["policy_areas"]) > 1 for row in rows)


def test_as_many_practices_are_told_as_asked_for(atlas_file: Path):
    assert len(rows_of(run("borrow", "bilbao", "--limit", "3", "--database", atlas_file))) == 3
    assert run("borrow", "bilbao", "--limit", "0", "--database", atlas_file).exit_code == UNUSABLE


@pytest.mark.parametrize("area", ["education", "Education"])
def test_a_policy_area_may_be_named_by_code_or_label(area: str, atlas: Connection, atlas_file: Path):
    rows = rows_of(run("borrow", "bilbao", "--policy-area", area, "--limit", "500", "--database", atlas_file))
    assert {row["policy_area"] for row in rows} == {"education"}
    assert len(rows) == len(by_practice(borrowed(atlas, "bilbao", areas=["education"])))


def test_several_policy_areas_are_any_of_them(atlas: Connection, atlas_file: Path):
    one, two = sorted(set(borrowed(atlas, "bilbao")["policy_area"]))[:2]
    areas = ("--policy-area", one, "--policy-area", two)
    rows = rows_of(run("borrow", "bilbao", *areas, "--limit", "500", "--database", atlas_file))
    assert {area for row in rows for area in row["policy_areas"]} == {one, two}


def test_a_policy_area_that_there_is_not_ends_with_2(atlas_file: Path):
    result = run("borrow", "bilbao", "--policy-area", "weather", "--database", atlas_file)
    assert (result.exit_code, result.stdout) == (UNUSABLE, "")
    assert "weather" in result.stderr


def test_a_published_score_is_what_the_need_rests_on(atlas_file: Path):
    rows = rows_of(run("borrow", "guro", "--policy-area", "interaction", "--database", atlas_file))
    assert {(row["need"], row["own_score"]) for row in rows} <= {(0.0, 100.0)}


def test_a_city_whose_nearest_have_nothing_to_lend_borrows_of_the_nearest_that_have_some(
    atlas: Connection, atlas_file: Path
):
    nothing = run("borrow", "ravenna", "--database", atlas_file)
    assert (nothing.exit_code, nothing.stdout) == (OK, "")
    result = run("borrow", "ravenna", "--with-practices", "--database", atlas_file)
    expected = by_practice(borrowed(atlas, "ravenna", PeerSet(with_practices=True))).head(10)
    assert [row["practice_id"] for row in rows_of(result)] == expected["practice_id"].tolist()
    assert "nearer cities without a published practice" in result.stderr


def test_where_no_city_like_it_has_practices_that_is_said(data_folder: DataFolder, tmp_path: Path):
    only_here = {"city_ids": "lisbon", "countries": "Portugal"}
    data_folder.write("practices", [{**row, **only_here} for row in data_folder.rows("practices")])
    data_folder.edit("cities", 1, networks="rpci", joined_year="2012", population="345000")
    database = build(data_folder.path, tmp_path / "small.duckdb").database
    for command in ("peers", "borrow"):
        result = run(command, "Lisbon", "--with-practices", "--database", database)
        assert (result.exit_code, result.stdout) == (UNUSABLE, "")
        assert "No city like Lisbon has published practices." in result.stderr


def test_where_nobody_has_anything_to_lend_that_is_said(data_folder: DataFolder, tmp_path: Path):
    data_folder.write("practices", [row for row in data_folder.rows("practices") if "lisbon" in row["city_ids"]])
    data_folder.edit("cities", 1, networks="rpci", joined_year="2012", population="345000")
    database = build(data_folder.path, tmp_path / "small.duckdb").database
    result = run("borrow", "Lisbon", "--database", database)
    assert (result.exit_code, result.stdout) == (OK, "")
    assert "No peer has a practice there that the city does not share." in result.stderr


def test_in_a_terminal_a_line_a_peer_is_written_for_people(atlas_file: Path):
    lines = in_a_terminal("peers", "bilbao", "--k", "2", "--database", atlas_file)
    assert len(lines) == 2
    assert all("the same country" in line and " features · " in line for line in lines)
    (line,) = in_a_terminal("peers", "bilbao", "--k", "1", "--json", "--database", atlas_file)
    assert "components" in json.loads(line)


def test_in_a_terminal_a_line_a_practice_is_written_for_people(atlas_file: Path):
    (line,) = in_a_terminal("borrow", "bilbao", "--limit", "1", "--database", atlas_file)
    assert line.count(" · ") == 2
    assert line.endswith(" of 100.")
