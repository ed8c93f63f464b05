"""The database holds what the CSV files hold, is built only when something changed, and all or nothing."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.errors import AtlasError
from icc_data.incoming.check import Data, valid_data
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.incoming.readers import Accepted
from icc_data.model.period import Period, read_period
from icc_data.model.records import Practice
from icc_data.store import build as building
from icc_data.store.build import Build, build, fingerprint, stored_fingerprint
from icc_data.store.rows import TERM_LISTS, THESAURUS, as_of_year, tables_of
from icc_data.store.snapshot_tables import take
from icc_data.text import fold
from tests.unit.conftest import DataFolder, write_small_folder

ROOT = Path(__file__).parents[3]


@pytest.fixture
def copied_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, whose files the fingerprint takes and a test may change."""
    package = tmp_path / "icc_data"
    shutil.copytree(ROOT / "icc_data", package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(building, "PACKAGE", package)
    return package


def ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def everything(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    names = ask(database, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY ALL")
    return {name: ask(database, f'FROM "{name}"') for (name,) in names}


def row_of_a_practice(when_text: str, as_of: int) -> dict[str, Any]:
    practice = Practice(practice_id="p", title="P", when_text=when_text, accessed=date(as_of, 1, 1))
    return tables_of(Data({"practices": (Accepted(practice, 2, {}),)}))["practice"][0]


def test_every_table_has_the_rows_of_its_csv_file(atlas: duckdb.DuckDBPyConnection, real_data: Data):
    expected = {
        "term": len(real_data.terms),
        "city": len(real_data.cities),
        "practice": len(real_data.practices),
        "index_score": len(real_data.index_scores),
        "index_report": len(real_data.index_reports),
        "practice_city": sum(len(p.city_ids) for p in real_data.practices),
        "practice_country": sum(len(p.countries) for p in real_data.practices),
        "practice_term": sum(len(getattr(p, column)) for p in real_data.practices for column in TERM_LISTS),
        "city_alias": sum(len(c.aliases) for c in real_data.cities),
        "city_network": sum(len(c.networks) for c in real_data.cities),
        "country": len({c.country for c in real_data.cities} | {n for p in real_data.practices for n in p.countries}),
    }
    counted = {name: atlas.execute(f"SELECT count(*) FROM {name}").fetchone() for name in expected}  # noqa: S608
    assert counted == {name: (rows,) for name, rows in expected.items()}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder of which no test changes anything."""
    return write_small_folder(tmp_path_factory.mktemp("untouched"))


@pytest.fixture(scope="module")
def built(untouched: DataFolder) -> Build:
    """Its database, which no test builds again."""
    return build(untouched.path, untouched.path.parent / "atlas.duckdb")


def test_the_build_says_how_many_rows_each_table_has(built: Build):
    rows = built.rows
    assert rows["practice"] == 4
    assert rows["practice_city"] == 4
    assert rows["city"] == 4


def test_published_texts_are_kept_beside_what_was_read_from_them(built: Build):
    sql = "SELECT when_text, start_year, end_year, ongoing, last_active_year FROM practice ORDER BY practice"
    assert ask(built.database, sql) == [
        ("Since 2019", 2019, None, True, 2025),
        ("2017-2018", 2017, 2018, False, 2018),
        (None, None, None, None, None),
        (None, None, None, None, None),
    ]


def test_every_published_year_text_of_the_real_data_is_kept(atlas: duckdb.DuckDBPyConnection, real_data: Data):
    stored = dict(atlas.execute("SELECT practice_id, when_text FROM practice").fetchall())
    assert stored == {practice.practice_id: practice.when_text for practice in real_data.practices}


def test_what_no_source_says_is_null(built: Build):
    sql = "SELECT joined_year, latitude, population, foreign_born_pct, local_name FROM city WHERE city_id = 'turin'"
    assert ask(built.database, sql) == [(None, None, None, None, "Torino")]


def test_whole_numbers_stay_whole_beside_gaps(built: Build):
    assert ask(built.database, "SELECT joined_year FROM city ORDER BY city") == [(2010,), (None,), (2015,), (None,)]


def test_the_as_of_year_is_the_newest_year_in_which_a_practice_was_seen(built: Build):
    meta = dict(ask(built.database, "FROM meta"))
    assert (meta["as_of_year"], meta["as_of_date"]) == ("2025", "2025-02-03")


def test_data_in_which_nothing_was_seen_has_no_as_of_year(data_folder: DataFolder):
    for row in range(4):
        data_folder.edit("practices", row, accessed="")
    with pytest.raises(AtlasError, match="when it was seen"):
        as_of_year(valid_data(data_folder.path))


def test_a_practice_is_active_in_the_stored_years_and_in_no_others(atlas: duckdb.DuckDBPyConnection, real_data: Data):
    as_of = as_of_year(real_data)
    columns = "when_text, start_year, end_year, ongoing, certainty, form, last_active_year"
    for text, start, end, ongoing, certainty, form, last in atlas.execute(f"SELECT {columns} FROM practice").fetchall():  # noqa: S608
        period = Period(text or "", start, end, ongoing, certainty, form)
        active = [year for year in range(1850, 2101) if period.active_in(year, as_of)]
        assert (active[0], active[-1]) == (start, last) if active else last is None, text


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2016", 2016),
        ("2016-2018", 2018),
        ("Since 2016", 2025),
        ("2016-2018 (ongoing)", 2025),
        ("2016-2030", 2030),
        ("2016-2030 (ongoing)", 2030),
        ("Started in 2016", 2016),
        ("until 2018", None),
        ("ongoing", None),
        ("a while ago", None),
    ],
)
def test_the_last_active_year_follows_from_the_year_text(text: str, last: int | None):
    assert row_of_a_practice(text, as_of=2025)["last_active_year"] == last


@given(
    start=st.integers(1990, 2040),
    length=st.none() | st.integers(1, 30),
    tail=st.sampled_from(["", " (ongoing)"]),
    as_of=st.integers(2015, 2030),
)
def test_the_last_active_year_is_the_last_year_in_which_the_period_is_active(
    start: int, length: int | None, tail: str, as_of: int
):
    text = f"{start}{f'-{start + length}' if length else ''}{tail}"
    row = row_of_a_practice(text, as_of)
    period = read_period(text)
    active = [year for year in range(1980, 2100) if period.active_in(year, as_of)]
    assert row["last_active_year"] == active[-1]


def test_building_again_is_skipped_when_nothing_has_changed(data_folder: DataFolder, database: Path):
    first = build(data_folder.path, database)
    before = database.read_bytes()
    second = build(data_folder.path, database)
    assert (first.skipped, second.skipped) == (False, True)
    assert database.read_bytes() == before


def test_a_change_in_any_csv_file_builds_again(data_folder: DataFolder, old_database: Path):
    changes = {
        "terms": {"label_en": "Confidence"},
        "cities": {"population": "1"},
        "practices": {"summary": "Something else."},
        "index_scores": {"score": "71"},
        "index_reports": {"cities_compared": "91"},
    }
    passed_over = []
    for table, cells in changes.items():
        before = fingerprint(data_folder.path)
        data_folder.edit(table, 0, **cells)
        if fingerprint(data_folder.path) == before:
            passed_over.append(table)
    assert passed_over == []
    assert not build(data_folder.path, old_database).skipped


def test_force_builds_although_nothing_has_changed(data_folder: DataFolder, old_database: Path):
    assert not build(data_folder.path, old_database, force=True).skipped


def test_a_file_that_is_no_database_is_replaced(data_folder: DataFolder, database: Path):
    database.parent.mkdir()
    database.write_text("This is no database.")
    assert not build(data_folder.path, database).skipped
    assert ask(database, "SELECT count(*) FROM practice") == [(4,)]


def test_a_database_keeps_the_fingerprint_of_its_data(untouched: DataFolder, built: Build):
    assert stored_fingerprint(built.database) == fingerprint(untouched.path)


def test_where_there_is_no_database_there_is_no_fingerprint(database: Path):
    assert stored_fingerprint(database) is None


@pytest.mark.parametrize("content", [b"", b"This is no database."])
def test_a_file_that_is_no_database_has_no_fingerprint(tmp_path: Path, content: bytes):
    (tmp_path / "atlas.duckdb").write_bytes(content)
    assert stored_fingerprint(tmp_path / "atlas.duckdb") is None


@pytest.mark.parametrize("sql", ["CREATE TABLE other (x INTEGER)", "CREATE TABLE meta (key VARCHAR, value VARCHAR)"])
def test_another_database_has_no_fingerprint(database: Path, sql: str):
    database.parent.mkdir()
    with duckdb.connect(str(database)) as connection:
        connection.execute(sql)
    assert stored_fingerprint(database) is None


@pytest.mark.parametrize(
    "rule",
    [
        "model/period.py",
        "model/period_lexicon.py",
        "model/lexicons/pl.csv",
        "model/columns.py",
        "incoming/check.py",
        "incoming/readers/table.py",
        "incoming/readers/place_line.py",
        "store/sql/schema.sql",
        "store/sql/facets.sql",
        "store/sql/search_index.sql",
        "store/thesaurus.csv",
        "text.py",
    ],
)
def test_a_changed_rule_changes_the_fingerprint(data_folder: DataFolder, copied_code: Path, rule: str):
    before = fingerprint(data_folder.path)
    with (copied_code / rule).open("ab") as file:
        file.write(b"\n")
    assert fingerprint(data_folder.path) != before


def test_a_renamed_rule_changes_the_fingerprint(data_folder: DataFolder, copied_code: Path):
    before = fingerprint(data_folder.path)
    (copied_code / "model" / "period.py").rename(copied_code / "model" / "periods.py")
    assert fingerprint(data_folder.path) != before


@pytest.mark.parametrize("part", ["model", "incoming", "store", "text.py"])
def test_code_that_is_not_where_it_was_is_not_passed_over(data_folder: DataFolder, copied_code: Path, part: str):
    (copied_code / part).rename(copied_code / f"moved-{part}")
    with pytest.raises(FileNotFoundError, match=part):
        fingerprint(data_folder.path)


def test_a_database_is_built_anew_after_a_rule_has_changed(
    data_folder: DataFolder, old_database: Path, copied_code: Path
):
    assert build(data_folder.path, old_database).skipped
    (copied_code / "model" / "period.py").write_text("# Another rule.\n", encoding="utf-8")
    assert not build(data_folder.path, old_database).skipped


def test_invalid_data_leaves_the_old_database_as_it_was(data_folder: DataFolder, old_database: Path):
    data_folder.edit("practices", 2, url="nowhere")
    before = data_folder.snapshot()
    with pytest.raises(InvalidDataError):
        build(data_folder.path, old_database)
    assert data_folder.snapshot() == before


def test_the_same_data_gives_the_same_rows_in_the_same_order(data_folder: DataFolder, tmp_path: Path):
    build(data_folder.path, tmp_path / "a.duckdb")
    build(data_folder.path, tmp_path / "b.duckdb")
    assert everything(tmp_path / "a.duckdb") == everything(tmp_path / "b.duckdb")


def test_records_are_numbered_from_one_in_file_order(small_data: Data):
    tables = tables_of(small_data)
    assert [row["practice"] for row in tables["practice"]] == [1, 2, 3, 4]
    assert [(row["city"], row["city_id"]) for row in tables["city"]][:2] == [(1, "lisbon"), (2, "bilbao")]


def test_a_country_named_by_a_practice_alone_is_a_country_too(data_folder: DataFolder, database: Path):
    data_folder.edit("practices", 3, countries="Norway")
    build(data_folder.path, database)
    assert ask(database, "SELECT code, slug FROM country WHERE name = 'Norway'") == [("NO", "norway")]


def test_the_searched_text_holds_titles_summary_places_and_labels_in_both_languages(small_data: Data):
    text = tables_of(small_data)["practice_text"][0]
    assert text == {
        "practice": 1,
        "title": "a kitchen of languages / uma cozinha de linguas",
        "summary": "neighbours teach each other their languages while cooking",
        "place": "lisbon / lisboa / portugal",
        "labels": "education / arts and culture / arts et culture / young people / jeunes",
    }


def test_the_searched_text_holds_nothing_of_other_practices(small_data: Data):
    text = " ".join(str(part) for part in tables_of(small_data)["practice_text"][0].values())
    assert [word for word in ("drums", "bilbao", "espace public", "sport") if word in text] == []


def test_the_searched_text_names_countries_in_french_too(small_data: Data):
    places = [row["place"] for row in tables_of(small_data)["practice_text"]]
    assert places == [
        "lisbon / lisboa / portugal",
        "bilbao / bilbo / lisbon / lisboa / spain / portugal / espagne",
        "cork / ireland / irlande",
        "",
    ]


def test_the_searched_text_is_folded(atlas: duckdb.DuckDBPyConnection):
    for texts in atlas.execute("SELECT title, summary, place, labels FROM practice_text").fetchall():
        for text in texts:
            assert [part for part in text.split(" / ") if part != fold(part)] == []


def test_every_entry_of_the_thesaurus_stands_in_the_database(atlas: duckdb.DuckDBPyConnection):
    with THESAURUS.open(encoding="utf-8", newline="") as file:
        entries = {tuple(row.values()) for row in csv.DictReader(file)}
    assert set(atlas.execute("SELECT stemmer, term, equivalent FROM thesaurus").fetchall()) == entries
    assert {stemmer for stemmer, _, _ in entries} == {"english", "french"}


def test_every_table_and_column_of_the_database_is_described(atlas: duckdb.DuckDBPyConnection):
    columns = (
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
    )
    tables = "SELECT table_name, NULL, comment FROM duckdb_tables() WHERE schema_name = 'main' AND NOT internal"
    undescribed = [row[:2] for row in atlas.execute(f"{tables} UNION ALL {columns}").fetchall() if not row[2]]
    assert undescribed == []


def test_a_new_snapshot_makes_the_database_stale_and_says_when_a_practice_came(
    data_folder: DataFolder, old_database: Path
):
    take(data_folder.path, data_folder.path / "snapshots")
    data_folder.append("practices", practice_id="garden", title="A garden", accessed="2025-03-01")
    data_folder.append("practices", practice_id="yard", title="A yard", accessed="2025-02-28")
    build(data_folder.path, old_database)
    take(data_folder.path, data_folder.path / "snapshots")
    assert not build(data_folder.path, old_database).skipped
    rows = ask(
        old_database, "SELECT added_on, list(practice_id ORDER BY practice_id) FROM practice GROUP BY 1 ORDER BY 1"
    )
    assert rows[0] == (date(2025, 3, 1), ["garden", "yard"])
    assert (rows[1][0], len(rows[1][1])) == (None, 4)
    assert dict(ask(old_database, "FROM meta"))["oldest_date"] == "2025-02-03"
