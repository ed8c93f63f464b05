"""The benchmarks of the questions in their smallest form, so that they cannot rot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from benchmarks.asked_questions import ELSEWHERE, QUESTIONS, functions
from benchmarks.grown_data import grow, lay_beside, made_up_words, moved
from benchmarks.other_engines import compare
from benchmarks.questions import SELECTIONS, measure, open_for_timing
from icc_data import queries
from icc_data.paths import ROOT
from icc_data.queries.selection import Selection
from icc_data.store.build import build

DATA = ROOT / "data"
PRACTICES = 600
MORE = 10


@pytest.fixture(scope="module")
def grown_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grown")
    grow(DATA, folder / "data", PRACTICES)
    build(folder / "data", folder / "grown.duckdb", kept=())
    return folder / "grown.duckdb"


@pytest.fixture(scope="module")
def grown(grown_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_for_timing(grown_file) as connection:
        yield connection


def test_every_function_of_the_questions_is_timed_here_or_elsewhere():
    assert functions() == QUESTIONS.keys() | ELSEWHERE


def test_every_question_is_answered_beside_its_floor(grown: duckdb.DuckDBPyConnection):
    measured = list(measure(grown, QUESTIONS, 1, {"facets": SELECTIONS["facets"]}))
    assert {one.question for one in measured} == QUESTIONS.keys()
    assert {one.practices for one in measured} == {PRACTICES}
    assert all(one.time.wall > 0 for one in measured)


def test_a_question_is_answered_with_every_selection(grown: duckdb.DuckDBPyConnection):
    measured = list(measure(grown, ("practices", "search"), repetitions=1))
    assert {one.selection for one in measured if one.question == "search"} == {
        "none", "narrow", "broad", "text", "facets"
    }  # fmt: skip
    assert [one.rows for one in measured if (one.question, one.selection) == ("practices", "none")] == [20]


def test_the_other_engines_give_the_same_answers(grown: duckdb.DuckDBPyConnection):
    compared = compare(grown, repetitions=1)
    assert len(compared) == 6
    assert [
        (name, engine) for name, times in compared.items() for engine, (_, _, agrees) in times.items() if not agrees
    ] == []


def test_the_same_seed_grows_the_same_data_and_another_one_other_data(tmp_path: Path):
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        grow(DATA, tmp_path / name, 50, seed)
    one, same, other = ((tmp_path / name / "practices.csv").read_bytes() for name in ("one", "same", "other"))
    assert one == same
    assert one != other


def test_a_database_laid_beside_itself_answers_with_so_many_times_the_practices(grown_file: Path, tmp_path: Path):
    lay_beside(grown_file, tmp_path / "more.duckdb", MORE)
    with open_for_timing(grown_file) as before, open_for_timing(tmp_path / "more.duckdb") as after:
        for selection in (Selection(), Selection(country=("spain",), year_from=2010), Selection(q="young people")):
            assert queries.practice_count(after, selection) == MORE * queries.practice_count(before, selection)
        one, many = (queries.terms(connection, Selection(), "policy_area") for connection in (before, after))
        assert (many["practices"] == MORE * one["practices"]).all()
        assert (many["cities"] == one["cities"]).all()
        spain = Selection(country=("spain",))
        one, many = (queries.typical_words(c, spain, fewest=1).set_index("term") for c in (before, after))
        counts = ["practices", "rest_practices", "times", "rest_times", "of", "rest_of"]
        assert (many[counts] == MORE * one[counts]).all(axis=None)


def test_made_up_words_are_each_another_one():
    words = made_up_words(5000)
    assert len(set(words)) == 5000


def test_years_are_moved_only_where_none_comes_after_the_last():
    assert moved("2014-2016", 2, 2026) == "2016-2018"
    assert moved("since 2025", 2, 2026) == "since 2025"
    assert moved("every spring", 2, 2026) == "every spring"
