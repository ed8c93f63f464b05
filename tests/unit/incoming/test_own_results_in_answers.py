"""What a city brings along counts in the answers about it, and in nobody else’s."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from icc_data import queries
from icc_data.analysis.benchmark import breadth, index_comparison, portfolio
from icc_data.analysis.borrow import recommendations
from icc_data.analysis.peer_sets import PeerSet, members
from icc_data.analysis.peers import features
from icc_data.incoming.check import Data
from icc_data.incoming.contributions.own_results import OwnResults, not_there
from icc_data.incoming.contributions.results_template import results_template
from icc_data.model.records import IndexScore
from icc_data.queries.selection import Selection
from icc_data.store.making import build_in_memory
from icc_data.store.own_practices import lay_own_practices
from icc_data.store.own_scores import lay_own_scores
from tests.unit.incoming.test_own_results import (
    AREAS,
    brought,
    filled,
    of_practices,
    of_scores,
)

Beside = Callable[[OwnResults], duckdb.DuckDBPyConnection]


def laid_over(data: Data, own: OwnResults, database: Path) -> duckdb.DuckDBPyConnection:
    """A connection that answers with what a city brought along, beside a database of the data."""
    connection = lay_own_practices(database, not_there(own, data.practices))
    return lay_own_scores(connection, scores_of(own))


def scores_of(own: OwnResults) -> list[IndexScore]:
    return [item.record for item in own.scores if isinstance(item.record, IndexScore)]


@pytest.fixture
def beside(small_data: Data, small_file: Path) -> Beside:
    return lambda own: laid_over(small_data, own, small_file)


def test_own_scores_are_in_the_place_of_published_ones_of_the_same_edition(small_data: Data, beside: Beside):
    own = of_scores(small_data, "lisbon,2020,overall,75", "lisbon,2026,education,50", city="lisbon")
    found = queries.index_results(beside(own))
    mine = found[found["city_id"] == "lisbon"]
    assert {(int(year), area): score for year, area, score in mine[["year", "policy_area", "score"]].values} == {
        (2017, "overall"): 64.5,
        (2020, "overall"): 75.0,
        (2026, "education"): 50.0,
    }
    assert len(found[found["city_id"] == "bilbao"]) == 1


def test_own_scores_are_compared_with_peers_of_the_same_edition_alone(small_data: Data, beside: Beside):
    own = of_scores(small_data, "cork,2020,education,60", "cork,2026,education,70", city="cork")
    connection = beside(own)
    found = index_comparison(queries.index_results(connection), "cork", ["bilbao", "lisbon"])
    assert found[["year", "n"]].values.tolist() == [[2026, 0], [2020, 1]]
    assert queries.area_scores(connection, "cork") == {"education": 70.0}
    assert queries.index_history(connection, "cork")["score"].dropna().tolist() == [60.0, 70.0]
    table = features(queries.city_features(beside(of_scores(small_data, "cork,2026,overall,33", city="cork"))))
    assert table.set_index("city_id").loc["cork", "index"] == 33.0


def test_scores_laid_over_a_database_are_seen_by_one_connection_alone(
    real_data: Data, atlas: duckdb.DuckDBPyConnection
):
    before = queries.index_results(atlas)
    own = of_scores(real_data, "bilbao,2020,overall,1", city="bilbao")
    lay_own_scores(atlas.cursor(), scores_of(own))
    pd.testing.assert_frame_equal(queries.index_results(atlas.cursor()), before)


def test_scores_of_a_city_that_an_older_database_does_not_know_are_left_out(small_data: Data):
    connection = build_in_memory(small_data)
    before = queries.index_results(connection)
    with_score = lay_own_scores(
        connection.cursor(), [IndexScore(city_id="new", year=2020, policy_area="overall", score=1)]
    )
    pd.testing.assert_frame_equal(queries.index_results(with_score), before)


OWN = ("A parade,public_space,Since 2020,sport", "A school kitchen,education; public_space,2015,sport")
HEADER = "title,policy_areas,when_text,themes"


@pytest.fixture
def turin(small_data: Data, beside: Beside) -> duckdb.DuckDBPyConnection:
    """A city without a practice that brings two."""
    return beside(of_practices(small_data, *OWN, header=HEADER, city="turin"))


def test_own_practices_count_in_every_measure(turin: duckdb.DuckDBPyConnection):
    for unit, value in (("city", "turin"), ("country", "italy")):
        found = queries.unit_measures(turin, Selection(), unit).set_index("unit").loc[value]
        assert found[["practices", "areas", "themes", "newest", "active", "shared"]].tolist() == [2, 2, 1, 2020, 1, 0]
    assert breadth(queries.unit_measures(turin, Selection(), "city"), "turin", [])["own"].iloc[0] == 2


def test_own_practices_are_in_the_portfolio_and_the_profile(turin: duckdb.DuckDBPyConnection):
    areas, measures = (ask(turin, Selection(), "city") for ask in (queries.unit_areas, queries.unit_measures))
    found = portfolio(areas, measures, "turin", ["lisbon"], list(AREAS)[1:])
    assert found["practices"].tolist() == [1, 2]
    profile = queries.term_profile(turin, "turin", "policy_area")
    assert profile["practices"].tolist() == [1, 2]
    assert features(queries.city_features(turin)).set_index("city_id").loc["turin", "profile"] == {
        "education": 1,
        "public_space": 2,
    }


def test_own_practices_are_found_by_the_search_and_in_the_lists(turin: duckdb.DuckDBPyConnection):
    assert queries.practices(turin, Selection(city=("turin",)), limit=5)["title"].tolist() == [
        "A parade",
        "A school kitchen",
    ]
    assert queries.search(turin, Selection(q="parade"), limit=5)["title"].tolist() == ["A parade"]
    assert queries.practice_count(turin, Selection(country=("italy",))) == 2


def test_own_practices_are_never_recommended_to_their_city_and_lessen_its_gap(turin: duckdb.DuckDBPyConnection):
    practices, table = queries.borrowable(turin), features(queries.city_features(turin))
    peers = members(PeerSet("picked", picked=("lisbon", "bilbao", "cork")), table, "turin")
    found = recommendations(practices, "turin", peers, as_of=2025)
    assert set(found["title"]) == {"A kitchen of languages", "Drums on the square", "Homework club"}
    assert found.set_index("policy_area")["gap"].to_dict() == pytest.approx({"education": 1 / 2, "public_space": 1 / 3})


def test_a_practice_shared_with_another_city_makes_them_partners(small_data: Data, beside: Beside):
    own = of_practices(small_data, "A garden,Turin; Cork", header="title,city_ids", city="turin")
    connection = beside(own)
    assert queries.partners(connection, "turin")["city_id"].tolist() == ["cork"]
    found = queries.shared_work(connection, Selection())
    assert ("cork", "turin") in set(zip(found["one"], found["other"], strict=True))


@pytest.mark.parametrize(
    ("line", "city"),
    [
        ("Homework  CLUB!,Cork", "cork"),
        ("Drums on the square,Bilbao", "bilbao"),
        ("Drums on the square,Lisbon; Bilbao", "bilbao"),
        ("Uma cozinha de linguas,", "lisbon"),
    ],
)
def test_a_practice_that_is_there_already_is_not_counted_twice(small_data: Data, line: str, city: str):
    own = of_practices(small_data, line, header="title,city_ids", city=city)
    assert len(own.practices) == 1
    assert not_there(own, small_data.practices) == ()


def test_of_two_own_practices_that_are_the_same_the_first_counts(small_data: Data):
    own = of_practices(small_data, "Homework club", "Homework club", city="turin")
    assert [practice.title for practice in not_there(own, small_data.practices)] == ["Homework club"]


def test_the_same_title_in_another_city_is_another_practice(small_data: Data, beside: Beside):
    own = of_practices(small_data, "Homework club", city="turin")
    rows = beside(own).execute("SELECT practice_id FROM practice").fetchall()
    assert len(set(rows)) == len(rows) == len(small_data.practices) + 1


def test_titles_without_latin_letters_are_told_apart(small_data: Data):
    own = of_practices(small_data, "Вечір пісень", "Ранок танців", "夕べ", city="turin")
    assert len(not_there(own, small_data.practices)) == 3


def test_an_own_practice_in_a_country_without_a_city_is_found_there(small_data: Data, beside: Beside):
    own = of_practices(small_data, "A twin town,Italy; Japan", header="title,countries", city="turin")
    found = queries.practices(beside(own), Selection(country=("japan",)), limit=5)
    assert found[["title", "country_names"]].values.tolist() == [["A twin town", "Italy; Japan"]]


def test_the_day_on_which_own_practices_were_seen_does_not_move_the_year_of_the_data(small_data: Data, beside: Beside):
    own = of_practices(small_data, "A parade,2099-01-01", header="title,accessed")
    facts = queries.meta(beside(own))
    assert facts["as_of_date"] == max(p.accessed for p in small_data.practices if p.accessed).isoformat()
    assert date.fromisoformat(facts["as_of_date"]).year == int(facts["as_of_year"]) == 2025


def test_the_database_beside_which_own_practices_are_laid_stays_as_it_was(real_data: Data, atlas_file: Path):
    before = atlas_file.read_bytes()
    laid_over(real_data, of_practices(real_data, "A parade of our own"), atlas_file)
    assert atlas_file.read_bytes() == before


def test_whoever_asks_beside_own_practices_reaches_no_file(turin: duckdb.DuckDBPyConnection, atlas_file: Path):
    with pytest.raises(duckdb.PermissionException):
        turin.execute(f"ATTACH '{atlas_file}' AS another (READ_ONLY)")


def test_nothing_that_a_city_brings_stays_on_the_disk(
    small_data: Data, small_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    database = Path(shutil.copy(small_file, tmp_path / "small.duckdb"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    before = sorted(tmp_path.rglob("*"))
    own = of_practices(small_data, *OWN, header=HEADER, city="turin")
    laid_over(small_data, own, database)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_city_with_scores_in_every_area_has_its_own_gap_in_every_area(small_data: Data, beside: Beside):
    text = filled(results_template("Cork", AREAS), {"overall": "50", "education": "40", "public_space": "90"})
    connection = beside(brought(small_data, ("own.csv", text), city="cork"))
    assert queries.area_scores(connection, "cork") == {"education": 40.0, "public_space": 90.0}


def test_everybody_else_has_the_same_numbers_as_before(
    real_data: Data, atlas: duckdb.DuckDBPyConnection, atlas_file: Path
):
    own = of_practices(real_data, "A parade of our own,Education", header="title,policy_areas", city="bilbao")
    connection = laid_over(real_data, own, atlas_file)
    mine, theirs = (queries.unit_measures(one, Selection(), "city") for one in (connection, atlas))
    elsewhere = mine["unit"] != "bilbao"
    pd.testing.assert_frame_equal(mine[elsewhere], theirs[elsewhere])
    assert mine.loc[~elsewhere, "practices"].item() == theirs.loc[~elsewhere, "practices"].item() + 1
