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
        assert list(row) == [
            *("city_id", "name", "distance", "compared", "features", "former", "reason", "warning", "components")
        ]
        assert row["name"] == options.label("city", row["city_id"])
        assert row["features"] == len(FEATURES)
        assert len(row["components"]) == row["compared"]
        assert row["reason"]


@pytest.mark.parametrize("k", [1, 3, MOST_K])
def test_as_many_peers_are_told_as_asked_for(k: int, atlas_file: Path):
    assert len(rows_of(run("peers", "bilbao", "--k", str(k), "--database", atlas_file))) == k


def test_how_many_nearer_cities_have_no_practices_is_said(atlas: Connection, atlas_file: Path):
    result = run("peers", "lutsk", "--database", atlas_file)
    others = left_out(PeerSet(), features(queries.city_features(atlas)), "lutsk")
    assert others
    assert len(rows_of(result)) == 10
    assert result.stderr == f"Left out: {len(others)} nearer cities without a published practice.\n"


def test_cities_without_practices_are_peers_where_all_are_asked_for(atlas: Connection, atlas_file: Path):
    result = run("peers", "lutsk", "--all-cities", "--database", atlas_file)
    table = features(queries.city_features(atlas))
    expected = members(PeerSet(with_practices=False), table, "lutsk")
    assert [row["city_id"] for row in rows_of(result)] == list(expected.index)
    assert [row["former"] for row in rows_of(result)] == expected["former"].tolist()
    assert expected["former"].any()
    assert result.stderr == ""


def test_former_members_can_be_left_out(atlas_file: Path):
    rows = rows_of(run("peers", "lutsk", "--all-cities", "--without-former", "--database", atlas_file))
    assert len(rows) == 10
    assert not any(row["former"] for row in rows)


def test_a_peer_of_which_little_is_known_carries_a_warning(atlas_file: Path):
    first, *_others = rows_of(run("peers", "mechelen", "--all-cities", "--database", atlas_file))
    assert first["city_id"] == "turnhout"
    assert first["warning"] == (
        "Less than half of what counts is known of both: Residents, Country and Part of the world."
    )


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


def test_a_city_of_which_next_to_nothing_is_known_is_compared_with_a_warning(data_folder: DataFolder, tmp_path: Path):
    data_folder.append("cities", city_id="faro", name="Faro", country="Malta", country_code="MT")
    database = build(data_folder.path, tmp_path / "small.duckdb").database
    rows = rows_of(run("peers", "Faro", "--database", database))
    assert {row["city_id"] for row in rows} == {"lisbon", "bilbao", "cork"}
    assert all("Less than half of what counts is known of both" in row["warning"] for row in rows)


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


def test_a_published_score_is_what_the_gap_rests_on(atlas_file: Path):
    rows = rows_of(run("borrow", "guro", "--policy-area", "interaction", "--database", atlas_file))
    assert {(row["gap"], row["own_score"]) for row in rows} <= {(0.0, 100.0)}


def test_of_all_cities_like_it_those_that_have_something_to_lend_are_asked_unless_told_otherwise(
    atlas: Connection, atlas_file: Path
):
    result = run("borrow", "ravenna", "--database", atlas_file)
    expected = by_practice(borrowed(atlas, "ravenna")).head(10)
    assert [row["practice_id"] for row in rows_of(result)] == expected["practice_id"].tolist()
    assert "nearer cities without a published practice" in result.stderr
    everyone = run("borrow", "ravenna", "--all-cities", "--limit", "500", "--database", atlas_file)
    fewer = by_practice(borrowed(atlas, "ravenna", PeerSet(with_practices=False)))
    assert [row["practice_id"] for row in rows_of(everyone)] == fewer["practice_id"].tolist()


def test_the_city_to_ask_for_a_shared_practice_is_named_first(atlas: Connection, atlas_file: Path):
    rows = rows_of(run("borrow", "bilbao", "--limit", "500", "--k", str(MOST_K), "--database", atlas_file))
    shared = [row for row in rows if ";" in row["city_names"]]
    assert shared
    label = queries.options(atlas).label
    for row in shared:
        assert row["city_names"].split("; ")[0] == label("city", row["peer"])


def test_where_no_city_like_it_has_practices_that_is_said(data_folder: DataFolder, tmp_path: Path):
    only_here = {"city_ids": "lisbon", "countries": "Portugal"}
    data_folder.write("practices", [{**row, **only_here} for row in data_folder.rows("practices")])
    data_folder.edit("cities", 1, networks="rpci", joined_year="2012", population="345000")
    database = build(data_folder.path, tmp_path / "small.duckdb").database
    for command in ("peers", "borrow"):
        result = run(command, "Lisbon", "--database", database)
        assert (result.exit_code, result.stdout) == (UNUSABLE, "")
        assert "No city like Lisbon has published practices." in result.stderr


def test_where_nobody_has_anything_to_lend_that_is_said(data_folder: DataFolder, tmp_path: Path):
    data_folder.write("practices", [row for row in data_folder.rows("practices") if "lisbon" in row["city_ids"]])
    data_folder.edit("cities", 1, networks="rpci", joined_year="2012", population="345000")
    database = build(data_folder.path, tmp_path / "small.duckdb").database
    result = run("borrow", "Lisbon", "--all-cities", "--database", database)
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
