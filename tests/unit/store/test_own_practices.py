"""A city's own practices laid over a database: as if they had been in the data when it was built."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from benchmarks.asked_questions import QUESTIONS
from icc_data.errors import AtlasError
from icc_data.incoming.check import Data
from icc_data.incoming.readers.result import Accepted
from icc_data.model.records import Practice
from icc_data.paths import DATA_DIRECTORY
from icc_data.queries.selection import Selection
from icc_data.store.build import build, stored_fingerprint
from icc_data.store.database import open_database
from icc_data.store.making import build_in_memory
from icc_data.store.own_practices import lay_own_practices
from tests.helpers.made_once import made_once

Connection = duckdb.DuckDBPyConnection
Both = tuple[Connection, Connection]

# With words that no practice has and words that many have; with sets of terms and a country that are new.
OWN = (
    Practice(
        practice_id="a-parade-of-neighbours",
        title="A parade of neighbours",
        summary="Young people and volunteers cook a zwiebelkuchen together; schools learn the language.",
        city_ids=("bergen", "oslo"),
        countries=("Norway",),
        policy_areas=("education", "public_space"),
        themes=("sport",),
        published_topics=("Zwiebeln",),
        when_text="Since 2020",
        when_source="year field",
        source_kind="city",
    ),
    Practice(
        practice_id="an-evening-of-zithers",
        title="An evening of zithers",
        title_original="En kveld med sitere",
        city_ids=("bergen",),
        countries=("Norway",),
        policy_areas=("education", "public_space", "media_communication", "neighbourhood", "business_labour"),
    ),
    Practice(
        practice_id="a-twin-town",
        title="A twin town",
        city_ids=("bergen",),
        countries=("Norway", "Japan"),
        themes=("sport",),
    ),
)


@pytest.fixture(scope="module")
def atlas_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the real data, without its earlier versions, so that it was not told when a practice came."""
    folder = made_once(
        tmp_path_factory, "alone", lambda folder: build(DATA_DIRECTORY, folder / "alone.duckdb", kept=())
    )
    return folder / "alone.duckdb"


def built_with(data: Data, practices: Sequence[Practice]) -> Connection:
    """A whole database of the data with some practices more."""
    every = (*data.accepted["practices"], *(Accepted(practice, 0, {}) for practice in practices))
    return build_in_memory(Data({**data.accepted, "practices": every}, data.vocabulary))


@pytest.fixture(scope="module")
def laid_and_built(real_data: Data, atlas_alone: Path) -> Both:
    return lay_own_practices(atlas_alone, OWN), built_with(real_data, OWN)


# Terms are compared by themselves, as their numbers mean nothing.
_INDEX = "fts_main_practice_text"
TABLES = (
    *("practice", "facet_set", "practice_city", "practice_country", "practice_term", "practice_text", "practice_facet"),
    *("country", "city", "city_alias", "city_network", "city_facet", "term", "coding", "amendment", "thesaurus"),
    *("index_score", "index_report", "search_word"),
    *(f"{_INDEX}.{table}" for table in ("docs", "stats", "fields", "dict", "terms", "posting", "summary")),
)


def rows(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    found = connection.sql(f"FROM {table}")
    if "terms" in found.columns:
        found = found.project("* EXCLUDE (terms, times), unnest(terms) AS termid, unnest(times) AS times")
    if "termid" not in found.columns:
        return found.order("ALL").fetchall()
    if "term" not in found.columns:
        found = found.join(connection.sql(f"FROM {_INDEX}.dict").project("termid, term"), "termid")
    return found.project("* EXCLUDE (termid)").order("ALL").fetchall()


@pytest.mark.parametrize("table", TABLES)
def test_each_table_holds_the_rows_of_a_whole_build(laid_and_built: Both, table: str):
    laid, built = (rows(one, table) for one in laid_and_built)
    assert laid == built


def test_all_tables_are_there(laid_and_built: Both):
    names = (
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_catalog = 'memory' AND table_schema = 'main' ORDER BY ALL"
    )
    laid, built = (one.execute(names).fetchall() for one in laid_and_built)
    assert laid == built


def plain(answer: Any) -> Any:
    """An answer as values that can be compared."""
    if isinstance(answer, pd.DataFrame):
        return {name: plain(column.tolist()) for name, column in answer.items()}
    if is_dataclass(answer) and not isinstance(answer, type):
        return plain(asdict(answer))
    if isinstance(answer, Mapping):
        return {key: plain(value) for key, value in answer.items()}
    if isinstance(answer, list | tuple | np.ndarray):
        return [plain(one) for one in answer]
    if isinstance(answer, float):
        # What is added up in another order differs in the last of its sixteen digits.
        return "unknown" if np.isnan(answer) else float(f"{answer:.13g}")
    return answer


@pytest.mark.parametrize(
    "selection",
    [Selection(), Selection(q="zwiebelkuchn language -rumours"), Selection(country=("japan",), theme=("sport",))],
    ids=["all", "words", "abroad"],
)
def test_every_question_is_answered_as_a_whole_build_answers_it(laid_and_built: Both, selection: Selection):
    laid, built = laid_and_built
    # Facts about the database itself are those of the one that is open.
    for name, ask in QUESTIONS.items():
        if name != "meta":
            assert plain(ask(laid, selection)) == plain(ask(built, selection)), name


def test_an_own_practice_with_the_identifier_of_a_published_one_gets_another(real_data: Data, atlas_alone: Path):
    there = real_data.practices[0].practice_id
    own = Practice(practice_id=there, title="Something else", city_ids=("bergen",), countries=("Norway",))
    laid = lay_own_practices(atlas_alone, (own,))
    found = laid.execute("SELECT practice_id FROM practice WHERE title = 'Something else'").fetchall()
    assert found == [(f"{there}-own",)]


def test_own_practices_of_one_identifier_get_names_that_nobody_has(real_data: Data, atlas_alone: Path):
    published = real_data.practices[0].practice_id
    names = ("own", "own", f"{published}-own", published, "own")
    own = tuple(
        Practice(practice_id=name, title=f"Garden {number}", city_ids=("bergen",), countries=("Norway",))
        for number, name in enumerate(names)
    )
    found = lay_own_practices(atlas_alone, own).execute(
        "SELECT practice_id FROM practice WHERE starts_with(title, 'Garden ') ORDER BY practice DESC LIMIT 5"
    )
    assert [name for (name,) in reversed(found.fetchall())] == [
        "own",
        "own-own",
        f"{published}-own",
        f"{published}-own-2",
        "own-own-2",
    ]


def test_two_visits_have_their_own_practices_each(atlas_alone: Path):
    first, second = (lay_own_practices(atlas_alone, (practice,)) for practice in OWN[:2])
    assert first.execute("SELECT title FROM practice ORDER BY practice DESC LIMIT 1").fetchall() == [(OWN[0].title,)]
    assert second.execute("SELECT title FROM practice ORDER BY practice DESC LIMIT 1").fetchall() == [(OWN[1].title,)]


def test_nothing_is_laid_over_what_is_no_database(tmp_path: Path):
    (tmp_path / "none.duckdb").write_text("no database")
    with pytest.raises(AtlasError, match="cannot be read"):
        lay_own_practices(tmp_path / "none.duckdb", OWN)


def test_of_an_older_version_own_practices_have_the_cities_and_terms_that_it_knows(atlas_alone: Path):
    own = Practice(
        practice_id="own",
        title="A bridge of songs",
        city_ids=("bergen", "a-new-city"),
        countries=("Norway", "Japan"),
        themes=("sport", "a-new-theme"),
    )
    laid = lay_own_practices(atlas_alone, (own,))
    asked = "SELECT facet, value FROM practice_facet JOIN practice USING (practice) WHERE practice_id = 'own'"
    assert sorted(laid.execute(f"{asked} AND facet IN ('city', 'country', 'theme')").fetchall()) == [
        ("city", "bergen"),
        ("country", "japan"),
        ("country", "norway"),
        ("theme", "sport"),
    ]


def test_of_an_older_version_without_its_city_an_own_practice_is_left_out(atlas_alone: Path):
    own = Practice(practice_id="own", title="A bridge of songs", city_ids=("a-new-city",), countries=("Japan",))
    laid = lay_own_practices(atlas_alone, (own,))
    assert laid.execute("SELECT count(*) FROM practice WHERE practice_id = 'own'").fetchall() == [(0,)]
    assert laid.execute("FROM practice_text").fetchall() == laid.execute("FROM published.practice_text").fetchall()


def test_no_visit_takes_a_copy_of_the_database(atlas_alone: Path, monkeypatch: pytest.MonkeyPatch):
    """Nor where the server may not write beside the database, and none can have another name there."""

    def refuse(*_names: object) -> None:
        raise PermissionError

    def copy(*_names: object) -> None:
        raise AssertionError("the database is copied")

    monkeypatch.setattr("icc_data.store.database.os.link", refuse)
    monkeypatch.setattr("icc_data.store.database._copy_for_me", copy)
    visits = [lay_own_practices(atlas_alone, (practice,)) for practice in OWN]
    titles = [visit.execute("SELECT title FROM practice ORDER BY practice DESC LIMIT 1").fetchall() for visit in visits]
    assert titles == [[(practice.title,)] for practice in OWN]


def test_a_visit_after_the_database_was_built_anew_is_laid_over_the_new_one(atlas_alone: Path, tmp_path: Path):
    place = tmp_path / "atlas.duckdb"
    shutil.copy(atlas_alone, place)
    before = lay_own_practices(place, OWN)
    newer = tmp_path / "newer.duckdb"
    shutil.copy(atlas_alone, newer)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("UPDATE meta SET value = 'newer' WHERE key = 'version'")
    newer.replace(place)
    after = lay_own_practices(place, OWN)
    version = "SELECT value = 'newer' FROM meta WHERE key = 'version'"
    assert [one.execute(version).fetchall() for one in (before, after)] == [[(False,)], [(True,)]]
    assert (
        before.execute("SELECT count(*) FROM practice").fetchall()
        == after.execute("SELECT count(*) FROM practice").fetchall()
    )


def test_a_database_below_a_visit_can_be_opened_by_others(atlas_alone: Path):
    laid = lay_own_practices(atlas_alone, OWN)
    with open_database(atlas_alone) as connection:
        (published,) = connection.execute("SELECT count(*) FROM practice").fetchall()
    assert stored_fingerprint(atlas_alone) is not None
    assert laid.execute("SELECT count(*) - 3 FROM practice").fetchall() == [published]


@pytest.mark.parametrize(
    "sql",
    ["COPY practice TO '{}'", "ATTACH '{}' AS other", "FROM read_csv('{}')", "EXPORT DATABASE '{}'"],
    ids=["copy", "attach", "read", "export"],
)
def test_what_is_laid_over_a_database_reaches_no_file(atlas_alone: Path, tmp_path: Path, sql: str):
    laid = lay_own_practices(atlas_alone, OWN)
    with pytest.raises(duckdb.PermissionException):
        laid.execute(sql.format(tmp_path / "file"))


def test_the_database_below_is_not_written_to(atlas_alone: Path):
    laid = lay_own_practices(atlas_alone, OWN)
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        laid.execute("DELETE FROM published.practice")
