"""What differs between two versions: small ones made by hand, and what has to hold for any."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.cells import is_known
from icc_data.store.comparison import open_comparison
from icc_data.store.versions import Cells, Texts
from tests.helpers.examples import examples

PRACTICE = ("practice_id", "title", "city_ids", "summary", "accessed")
CITY = ("city_id", "name", "country", "status", "population")
SCORE = ("city_id", "year", "policy_area", "score", "rank", "evidence_url")
REPORT = ("city_id", "year", "cities_compared", "evidence_url")


def texts(columns: tuple[str, ...], *rows: tuple[str, ...]) -> Texts:
    return Texts(columns, tuple(dict(zip(columns, row, strict=True)) for row in rows))


def asked(question: Any, before: dict[str, Texts], after: dict[str, Texts], *args: Any) -> list[tuple[Any, ...]]:
    frame: pd.DataFrame = question(open_comparison(before, after), *args)
    values = frame.astype(object).where(frame.map(is_known), None)
    return list(values.itertuples(index=False, name=None))


def practice_changes(before: Texts, after: Texts) -> list[tuple[Any, ...]]:
    return asked(queries.changes, {"practices": before}, {"practices": after}, "practices")


def kinds_of_cities(before: Texts, after: Texts) -> dict[tuple[str, str], str]:
    rows = asked(queries.city_changes, {"cities": before}, {"cities": after})
    return {(city_id, field): kind for kind, city_id, _name, _country, field, _before, _after in rows}


CHOIR = ("choir", "A choir", "cork", "People sing.", "2026-01-01")
GARDEN = ("garden", "A garden", "cork; turin", "", "2026-01-01")


def test_an_added_practice_is_told_with_every_field_that_it_fills():
    assert practice_changes(texts(PRACTICE, CHOIR), texts(PRACTICE, CHOIR, GARDEN)) == [
        ("added", "garden", "A garden", "cork; turin", "practice_id", None, "garden"),
        ("added", "garden", "A garden", "cork; turin", "title", None, "A garden"),
        ("added", "garden", "A garden", "cork; turin", "city_ids", None, "cork; turin"),
        ("added", "garden", "A garden", "cork; turin", "accessed", None, "2026-01-01"),
    ]


def test_a_removed_practice_is_told_as_it_was():
    rows = practice_changes(texts(PRACTICE, CHOIR, GARDEN), texts(PRACTICE, CHOIR))
    assert [(kind, key, field, before, after) for kind, key, _label, _place, field, before, after in rows] == [
        ("removed", "garden", "practice_id", "garden", None),
        ("removed", "garden", "title", "A garden", None),
        ("removed", "garden", "city_ids", "cork; turin", None),
        ("removed", "garden", "accessed", "2026-01-01", None),
    ]


def test_a_changed_practice_is_told_with_the_fields_that_differ_and_the_title_of_now():
    now = ("choir", "The big choir", "cork", "", "2026-02-02")
    assert practice_changes(texts(PRACTICE, CHOIR, GARDEN), texts(PRACTICE, GARDEN, now)) == [
        ("changed", "choir", "The big choir", "cork", "title", "A choir", "The big choir"),
        ("changed", "choir", "The big choir", "cork", "summary", "People sing.", None),
        ("changed", "choir", "The big choir", "cork", "accessed", "2026-01-01", "2026-02-02"),
    ]


def test_a_practice_that_was_only_looked_at_again_is_no_changed_one():
    (row,) = practice_changes(texts(PRACTICE, CHOIR), texts(PRACTICE, (*CHOIR[:-1], "2026-02-02")))
    assert row == ("seen", "choir", "A choir", "cork", "accessed", "2026-01-01", "2026-02-02")


def test_a_column_that_was_not_recorded_then_is_no_change():
    before = texts(("practice_id", "title"), CHOIR[:2])
    assert practice_changes(before, texts(PRACTICE, CHOIR)) == []


def test_a_column_that_was_not_recorded_is_named_with_the_version_that_lacks_it():
    before = {"practices": texts(("practice_id", "title"), CHOIR[:2]), "terms": texts(("vocabulary", "code"))}
    after = {"practices": texts(("practice_id", "summary"), ("choir", "Sing.")), "cities": texts(CITY)}
    assert asked(queries.not_recorded, before, after) == [
        ("cities", None, "before"),
        ("practices", "title", "after"),
        ("practices", "summary", "before"),
        ("terms", None, "after"),
    ]


BEFORE = texts(
    CITY,
    ("bilbao", "Bilbao", "Spain", "member", "340000"),
    ("cork", "Cork", "Ireland", "unknown", "200000"),
    ("turin", "Turin", "Italy", "member", "870000"),
    ("lublin", "Lublin", "Poland", "national_network_only", ""),
    ("oslo", "Oslo", "Norway", "former", ""),
)


def test_a_city_joins_where_its_standing_becomes_one_of_the_network():
    after = texts(CITY, *[tuple(row.values()) for row in BEFORE.rows if row["city_id"] != "cork"])
    joined = texts(CITY, *map(tuple, (row.values() for row in after.rows)), ("cork", "Cork", "Ireland", "member", ""))
    assert kinds_of_cities(BEFORE, joined) == {("cork", "status"): "joined", ("cork", "population"): "fact"}


def test_a_new_city_of_the_network_has_joined_and_another_is_only_added():
    after = texts(
        CITY,
        *[tuple(row.values()) for row in BEFORE.rows],
        ("gimpo", "Gimpo", "South Korea", "national_network_only", ""),
        ("paris", "Paris", "France", "unknown", ""),
    )
    kinds = kinds_of_cities(BEFORE, after)
    assert {kind for (city_id, _field), kind in kinds.items() if city_id == "gimpo"} == {"joined"}
    assert {kind for (city_id, _field), kind in kinds.items() if city_id == "paris"} == {"added"}


def test_a_city_leaves_where_it_becomes_a_former_member_or_is_gone_and_else_changes_its_standing():
    after = texts(
        CITY,
        ("bilbao", "Bilbao", "Spain", "former", "340000"),
        ("cork", "Cork", "Ireland", "candidate", "200000"),
        ("lublin", "Lublin", "Poland", "member", ""),
    )
    kinds = kinds_of_cities(BEFORE, after)
    assert (kinds["bilbao", "status"], kinds["turin", "status"]) == ("left", "left")
    assert (kinds["cork", "status"], kinds["lublin", "status"]) == ("status", "status")
    assert kinds["oslo", "status"] == "removed"


def test_results_and_reports_are_told_a_row_each_with_old_beside_new():
    before = {
        "cities": texts(CITY, *[tuple(row.values()) for row in BEFORE.rows]),
        "index_scores": texts(
            SCORE, ("oslo", "2020", "overall", "85", "", "http://a"), ("turin", "", "media", "1", "", "")
        ),
        "index_reports": texts(REPORT, ("oslo", "2020", ">90", "http://r")),
    }
    after = {
        "cities": before["cities"],
        "index_scores": texts(SCORE, ("oslo", "2020", "overall", "86", "2", "http://b")),
        "index_reports": texts(REPORT, ("oslo", "2020", ">90", "http://r"), ("cork", "2024", "", "")),
    }
    assert asked(queries.index_changes, before, after) == [
        ("changed", "result", "oslo", "Oslo", 2020, "overall", 85.0, 86.0, None, 2, None, None, "http://b"),
        ("removed", "result", "turin", "Turin", None, "media", 1.0, None, None, None, None, None, None),
        ("added", "report", "cork", "Cork", 2024, None, None, None, None, None, None, None, None),
    ]


VALUES = st.sampled_from(["", "a", "b", "c; d", "é"])
ROWS = st.dictionaries(st.sampled_from("pqrst"), st.tuples(VALUES, VALUES, VALUES), max_size=5)
COLUMNS = ("practice_id", "title", "summary", "accessed")


def version(rows: dict[str, tuple[str, str, str]]) -> Texts:
    return texts(COLUMNS, *((key, *values) for key, values in rows.items()))


def applied(rows: list[tuple[Any, ...]], before: Texts) -> dict[str, Cells]:
    """The newer version: what the older one becomes by its changes."""
    records = {row["practice_id"]: dict(row) for row in before.rows}
    for kind, key, _label, _place, field, _old, new in rows:
        if kind == "removed":
            records.pop(key, None)
        else:
            records.setdefault(key, dict.fromkeys(COLUMNS, ""))[field] = new or ""
    return records


@examples(20)
@given(ROWS)
def test_a_version_does_not_differ_from_itself(rows: dict[str, tuple[str, str, str]]):
    assert practice_changes(version(rows), version(dict(reversed(rows.items())))) == []


@examples(20)
@given(ROWS, ROWS)
def test_the_changes_make_the_older_version_the_newer_one(
    older: dict[str, tuple[str, str, str]], newer: dict[str, tuple[str, str, str]]
):
    before, after = version(older), version(newer)
    assert applied(practice_changes(before, after), before) == {row["practice_id"]: row for row in after.rows}
