"""How much is known: shares by field and place, readings of year texts, sources, and the data dictionary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import pytest

from icc_data import queries
from icc_data.analysis import completeness
from icc_data.analysis.completeness import CITY_FIELDS, PRACTICE_FIELDS, READINGS, dictionary, period_in_words
from icc_data.incoming.check import Data, valid_data
from icc_data.model.columns import columns_of
from icc_data.model.period import read_period
from icc_data.model.records import TABLES, City, Practice
from icc_data.model.vocabulary import VOCABULARIES
from icc_data.queries import practice_queries
from icc_data.queries.selection import Selection
from icc_data.queries.statements import statement
from icc_data.store.making import build_in_memory
from tests.unit.conftest import DataFolder

Connection = duckdb.DuckDBPyConnection
EVERYTHING = Selection()

# When a field is known, told from the records alone.
OF_PRACTICE: dict[str, Callable[[Practice], object]] = {
    "year_text": lambda p: p.when_text,
    "start_year": lambda p: read_period(p.when_text or "").start_year,
    "city": lambda p: p.city_ids,
    "country": lambda p: p.countries,
    "summary": lambda p: p.summary,
    "policy_area": lambda p: p.policy_areas,
    "agreed": lambda p: p.policy_area_coding == "agreed",
    "theme": lambda p: p.themes,
    "target_group": lambda p: p.target_groups,
    "practice_type": lambda p: p.practice_types,
    "practice_area": lambda p: p.practice_areas,
    "published_topics": lambda p: p.published_topics,
    "url": lambda p: p.url,
    "evidence": lambda p: p.evidence_urls,
    "accessed": lambda p: p.accessed,
    "confidence": lambda p: p.confidence == "high",
}


def of_city(city: City, data: Data) -> dict[str, object]:
    return {
        "coordinates": city.latitude is not None,
        "status": city.status and city.status != "unknown",
        "joined_year": city.joined_year,
        "network": city.networks,
        "practice": any(city.city_id in practice.city_ids for practice in data.practices),
        "population": city.population,
        "settlement_population": city.settlement_population,
        "foreign_born": city.foreign_born_pct is not None,
        "diversity": {city.foreign_born_pct, city.foreign_nationals_pct, city.foreign_background_pct} != {None},
        "strategy_year": city.strategy_year,
        "index_score": any(
            score.policy_area == "overall" and score.score is not None
            for score in data.index_scores
            if score.city_id == city.city_id
        ),
        "index_report": any(report.city_id == city.city_id for report in data.index_reports),
        "profile": city.profile_url,
        "evidence": city.evidence_urls,
    }


def cell(frame: pd.DataFrame, place: str, field: str) -> tuple[int, int]:
    """What is known of how many."""
    row = frame[(frame["place"] == place) & (frame["field"] == field)].iloc[0]
    return int(row["known"]), int(row["total"])


def places(frame: pd.DataFrame) -> dict[str, int]:
    """The places in their order with their totals."""
    return dict(frame.drop_duplicates("place")[["place", "total"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("field", OF_PRACTICE)
def test_a_field_of_practices_is_counted_as_the_records_say(atlas: Connection, real_data: Data, field: str) -> None:
    frame = queries.completeness(atlas, EVERYTHING, "country", places=5)
    known = [bool(OF_PRACTICE[field](practice)) for practice in real_data.practices]
    assert cell(frame, "all", field) == (sum(known), len(known))
    spanish = [ok for ok, practice in zip(known, real_data.practices, strict=True) if "Spain" in practice.countries]
    assert cell(frame, "spain", field) == (sum(spanish), len(spanish))


def test_every_field_of_cities_is_counted_as_the_records_say(atlas: Connection, real_data: Data) -> None:
    frame = queries.city_completeness(atlas, EVERYTHING, "country", places=5)
    facts = {city.city_id: of_city(city, real_data) for city in real_data.cities}
    for country, slug in ((None, "all"), ("Spain", "spain")):
        cities = [city for city in real_data.cities if country in (None, city.country)]
        for field in CITY_FIELDS:
            known = sum(bool(facts[city.city_id][field]) for city in cities)
            assert (field, *cell(frame, slug, field)) == (field, known, len(cities))


@pytest.mark.parametrize(
    ("question", "fields"), [(queries.completeness, PRACTICE_FIELDS), (queries.city_completeness, CITY_FIELDS)]
)
def test_every_counted_field_has_a_name_and_a_meaning(atlas: Connection, question: Any, fields: Any) -> None:
    assert {*question(atlas, EVERYTHING, "country", places=1)["field"]} == {*fields}
    assert all(field.label and field.meaning for field in fields.values())


def test_a_practice_of_two_countries_counts_in_both(small_atlas: Connection) -> None:
    frame = queries.completeness(small_atlas, EVERYTHING, "country", places=9)
    assert places(frame) == {"all": 7, "portugal": 2, "ireland": 1, "spain": 1, "unknown": 4}
    assert cell(frame, "spain", "start_year") == (1, 1)
    assert cell(frame, "portugal", "start_year") == (2, 2)
    assert cell(frame, "ireland", "start_year") == (0, 1)


def test_places_beyond_the_largest_stand_together_each_practice_once(small_atlas: Connection) -> None:
    frame = queries.completeness(small_atlas, EVERYTHING, "country", places=1)
    assert places(frame) == {"all": 7, "portugal": 2, "others": 2, "unknown": 4}
    assert places(queries.completeness(small_atlas, EVERYTHING, "country", places=0))["others"] == 3


def test_no_practice_is_left_out_of_the_columns(atlas: Connection, real_data: Data) -> None:
    totals = places(queries.completeness(atlas, EVERYTHING, "documented_by", places=9))
    assert totals.pop("all") == len(real_data.practices) == sum(totals.values())


def test_the_matrix_of_practices_follows_the_selection(atlas: Connection, real_data: Data) -> None:
    chosen = Selection(country=("norway",), policy_area=("education",))
    count = queries.practice_count(atlas, chosen)
    assert 0 < count < len(real_data.practices)
    assert places(queries.completeness(atlas, chosen, "country", places=3)) == {"all": count, "norway": count}


def test_the_matrix_of_cities_follows_the_selection(small_atlas: Connection) -> None:
    frame = queries.city_completeness(small_atlas, Selection(theme=("sport",)), "network", places=9)
    assert places(frame) == {"all": 2, "international": 2, "rpci": 1}
    frame = queries.city_completeness(small_atlas, EVERYTHING, "network", places=1)
    assert places(frame) == {"all": 4, "international": 2, "others": 1, "unknown": 2}


@pytest.mark.parametrize("question", [queries.completeness, queries.city_completeness])
def test_nothing_selected_gives_no_cells(small_atlas: Connection, question: Any) -> None:
    assert question(small_atlas, Selection(q="zzzzzz"), "country", places=3).empty


@pytest.mark.parametrize("question", [queries.completeness, queries.city_completeness])
def test_the_sql_that_is_shown_gives_the_same_cells(small_atlas: Connection, question: Any) -> None:
    sql, frame = statement(question, small_atlas, Selection(country=("portugal",)), "country", places=2)
    assert "$" not in sql
    pd.testing.assert_frame_equal(small_atlas.execute(sql).df(), frame)


def test_a_field_is_always_known_only_where_no_column_has_a_gap() -> None:
    counted = pd.DataFrame(
        [("all", "city", 9, 9), ("spain", "city", 4, 4), ("all", "summary", 8, 9), ("spain", "summary", 4, 4)],
        columns=["place", "field", "known", "total"],
    )
    assert completeness.always_known(counted) == ["city"]
    assert completeness.always_known(counted.iloc[1:]) == ["city"]
    assert completeness.always_known(counted[counted["place"] == "spain"]) == ["city", "summary"]
    assert completeness.always_known(counted.iloc[:0]) == []


@pytest.mark.parametrize(
    ("start", "end", "ongoing", "words"),
    [
        (2015, None, None, "2015"),
        (2015, 2015, False, "2015"),
        (2014, 2016, False, "2014–2016"),
        (2017, None, True, "since 2017"),
        (2014, 2015, True, "2014–2015, goes on"),
        (None, 2023, False, "until 2023"),
        (None, None, True, "goes on"),
        (None, None, None, "–"),
    ],
)
def test_a_reading_in_words(start: int | None, end: int | None, ongoing: bool | None, words: str) -> None:
    assert period_in_words(start, end, ongoing) == words


def test_the_readings_of_year_texts_add_up_to_all_practices(atlas: Connection, real_data: Data) -> None:
    counts = queries.year_readings(atlas)
    assert counts.pop("practices") == len(real_data.practices) == sum(counts.values())
    assert {*counts} == {*READINGS, "without_text"}


def test_the_listed_year_texts_are_as_many_as_their_count_says(atlas: Connection) -> None:
    counts = queries.year_readings(atlas)
    listed = queries.year_texts(atlas, everything=True).groupby("reading")["practices"].sum().to_dict()
    assert listed == {name: counts[name] for name in READINGS if counts[name]}


def test_only_texts_that_gave_no_certain_start_are_listed_unread_ones_first(atlas: Connection) -> None:
    readings = queries.year_texts(atlas)["reading"].tolist()
    assert "certain" not in readings
    assert readings == sorted(readings, key=list(READINGS).index)


def test_year_texts_stand_as_published_beside_what_was_read(atlas: Connection) -> None:
    frame = completeness.readings_in_words(queries.year_texts(atlas)).set_index("text")
    assert frame.loc["N/A", ["read", "how"]].tolist() == ["–", "Nothing could be read"]
    assert frame.loc["until 2023", ["read", "how"]].tolist() == ["until 2023", "Read, but names no start"]
    assert frame.loc["2006/7", ["read", "how"]].tolist() == ["2006–2007", "A reading was chosen, or a part read"]
    assert frame.loc["ongoing", "read"] == "goes on"
    assert frame.loc["ongoing", "practices"] == 8


@pytest.mark.parametrize(
    ("titles", "shown"),
    [("One; Two; Three", "One; …"), ("One; Two", "One; Two"), ("A title of its own", "A title ; …")],
)
def test_of_the_titles_of_many_practices_the_first_are_shown(
    atlas: Connection, monkeypatch: pytest.MonkeyPatch, titles: str, shown: str
) -> None:
    monkeypatch.setattr(completeness, "MOST_LETTERS", 8)
    text = queries.year_texts(atlas).head(1).assign(titles=titles)
    assert completeness.readings_in_words(text)["titles"].tolist() == [shown]


def test_a_site_is_one_whatever_stands_before_and_after_its_name(data_folder: DataFolder) -> None:
    addresses = "https://www.example.org/a; http://EXAMPLE.org./b; https://example.org:8080/a"
    data_folder.edit("practices", 0, evidence_urls=addresses)
    data_folder.edit("practices", 1, evidence_urls="https://rm.coe.int/x; https://notcoe.int/x")
    with build_in_memory(valid_data(data_folder.path)) as connection:
        frame = queries.sources(connection).set_index("site")
    assert frame.loc["example.org", ["practices", "pages"]].tolist() == [3, 7]
    assert frame["council"].to_dict() == {"example.org": False, "rm.coe.int": True, "notcoe.int": False}
    assert frame.loc["example.org", "index_rows"] == 2


def test_every_practice_is_counted_on_the_sites_on_which_it_was_seen(atlas: Connection, real_data: Data) -> None:
    frame = queries.sources(atlas).set_index("site")
    seen = [p for p in real_data.practices if any("//docslib.org/" in url for url in p.evidence_urls)]
    assert frame.loc["docslib.org", "practices"] == len(seen) > 0
    assert not any(site.startswith("www.") or site.endswith(".") for site in frame.index)
    assert frame["practices"].is_monotonic_decreasing


def test_every_term_is_listed_in_the_order_of_the_lists(atlas: Connection, real_data: Data) -> None:
    frame = queries.term_definitions(atlas)
    assert len(frame) == len(real_data.terms)
    assert list(dict.fromkeys(frame["vocabulary"])) == list(VOCABULARIES)
    education = frame[(frame["vocabulary"] == "policy_area") & (frame["code"] == "education")].iloc[0]
    assert education["commitment"] == "Open and mixed institutions and places"
    assert education["practices"] == sum("education" in p.policy_areas for p in real_data.practices)


def test_terms_that_practices_do_not_carry_have_no_count(small_atlas: Connection) -> None:
    counts = queries.term_definitions(small_atlas).set_index(["vocabulary", "code"])["practices"]
    assert counts["theme", "sport"] == 1
    assert counts["policy_area", "education"] == 3
    assert pd.isna(counts["network", "rpci"])


def test_terms_are_named_in_the_language_in_use(small_atlas: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice_queries, "language", lambda: "fr")
    frame = queries.term_definitions(small_atlas).set_index("code")
    assert frame.loc["education", ["label", "commitment"]].tolist() == ["Éducation", "Égalité d'accès"]
    # What has no French definition keeps the English one.
    assert frame.loc["education", "definition"] == "What education means."


def test_the_tables_have_as_many_rows_as_the_files(atlas: Connection, real_data: Data) -> None:
    assert queries.table_rows(atlas) == {name: len(items) for name, items in real_data.accepted.items()}


def test_the_dictionary_says_of_each_column_what_it_is_and_how_full(data_folder: DataFolder) -> None:
    frame = dictionary("practices", data_folder.path).set_index("column")
    assert frame.index.tolist() == [column.name for column in columns_of(Practice)]
    assert frame.loc["when_text", ["filled", "rows", "share"]].tolist() == [2, 4, 0.5]
    assert frame.loc["city_ids", ["filled", "kind"]].tolist() == [3, "list: reference"]
    assert frame.loc["title", "required"]
    assert not frame.loc["summary", "required"]
    assert frame.loc["accessed", "valid"] == "a date as YYYY-MM-DD"


def test_a_number_zero_counts_as_filled(data_folder: DataFolder) -> None:
    data_folder.edit("index_scores", 0, score="0")
    assert dictionary("index_scores", data_folder.path).set_index("column").loc["score", "filled"] == 3


@pytest.mark.parametrize("table", TABLES)
def test_no_column_has_more_filled_cells_than_rows(data_folder: DataFolder, table: str) -> None:
    frame = dictionary(table, data_folder.path)
    assert (frame["filled"] <= frame["rows"]).all()
    assert (frame[frame["required"]]["filled"] == frame[frame["required"]]["rows"]).all()


def test_the_dictionary_of_an_empty_table_has_no_shares(data_folder: DataFolder) -> None:
    data_folder.write("index_reports", [])
    frame = dictionary("index_reports", data_folder.path)
    assert frame["rows"].tolist() == [0] * 4
    assert frame["share"].isna().all()
