"""What a scope means where two versions are compared: small ones made by hand."""

from __future__ import annotations

import pytest

from icc_data import queries
from icc_data.queries.change_scope import comparable, keys_in_scope, scope_sentences
from icc_data.queries.selection import Option, Options, Selection
from icc_data.store.comparison import open_comparison
from icc_data.store.versions import Tables
from tests.unit.queries.test_change_queries import texts

CITY = ("city_id", "name", "country", "networks", "status")
PRACTICE = ("practice_id", "title", "city_ids", "countries", "policy_areas", "source_kind")
SCORE = ("city_id", "year", "policy_area", "score")
BERGEN = ("bergen", "Bergen", "Norway", "norway; international", "member")
OSLO = ("oslo", "Oslo", "Norway", "international", "member")
TURIN = ("turin", "Turin", "Italy", "", "member")
CHOIR = ("choir", "A choir", "bergen", "Norway", "education", "city")
CLUB = ("club", "A club", "turin; oslo", "Italy; Norway", "sport; education", "programme")
FAIR = ("fair", "A fair", "", "Italy", "sport", "city")
BEFORE: Tables = {
    "cities": texts(CITY, BERGEN, OSLO, TURIN),
    "practices": texts(PRACTICE, CHOIR, CLUB),
    "index_scores": texts(SCORE, ("bergen", "2020", "overall", "70")),
}
# The choir went, the fair came, Turin joined RECI with its club, and both Turin and Bergen have a result more.
AFTER: Tables = {
    "cities": texts(CITY, BERGEN, OSLO, (*TURIN[:3], "reci", "member")),
    "practices": texts(PRACTICE, (*CLUB[:1], "The club", *CLUB[2:]), FAIR),
    "index_scores": texts(
        SCORE,
        *(("bergen", "2020", "overall", "70"), ("bergen", "2024", "overall", "75"), ("turin", "2024", "overall", "60")),
    ),
}
OPTIONS = Options({"network": (Option("reci", "RECI (Spain)"),), "country": (Option("norway", "Norway"),)})


@pytest.mark.parametrize(
    ("scope", "practices", "cities"),
    [
        (Selection(country=("norway",)), ["choir", "club"], ["bergen", "oslo"]),
        (Selection(country=("italy",)), ["club", "fair"], ["turin"]),
        (Selection(city=("turin", "bergen")), ["choir", "club"], ["bergen", "turin"]),
        # Turin was in no network before: what either version says counts.
        (Selection(network=("reci",)), ["club"], ["turin"]),
        (Selection(network=("norway",)), ["choir"], ["bergen"]),
        # Of other choices than places, a city is in scope with its practices.
        (Selection(policy_area=("sport",)), ["club", "fair"], ["oslo", "turin"]),
        (Selection(policy_area=("education",), documented_by=("city",)), ["choir"], ["bergen"]),
        (Selection(policy_area=("education",), country=("italy",)), ["club"], ["turin"]),
        (Selection(theme=("media",)), [], []),
    ],
)
def test_a_scope_has_the_practices_and_cities_that_either_version_puts_there(
    scope: Selection, practices: list[str], cities: list[str]
):
    keys = keys_in_scope(open_comparison(BEFORE, AFTER), scope)
    assert {table: sorted(found) for table, found in keys.items()} == {"practices": practices, "cities": cities}


def test_a_practice_is_in_scope_only_where_one_version_has_all_of_it_there():
    # A sport club before, one of education in Norway after: never one of sport in Norway.
    before = {"practices": texts(PRACTICE, (*CLUB[:3], "Italy", "sport", "city"))}
    after = {"practices": texts(PRACTICE, (*CLUB[:3], "Norway", "education", "city"))}
    opened = open_comparison(before, after)
    assert keys_in_scope(opened, Selection(country=("norway",), policy_area=("sport",)))["practices"] == []
    assert keys_in_scope(opened, Selection(country=("norway",), policy_area=("education",)))["practices"] == ["club"]


def test_all_questions_keep_to_the_scope():
    opened, norway = open_comparison(BEFORE, AFTER), Selection(country=("norway",))
    practices = queries.changes(opened, "practices", norway)
    assert set(zip(practices["kind"], practices["key"], strict=True)) == {("removed", "choir"), ("changed", "club")}
    assert queries.city_changes(opened, norway).empty
    assert queries.index_changes(opened, norway)[["city_id", "year"]].to_numpy().tolist() == [["bergen", 2024]]
    assert set(queries.city_changes(opened, Selection(network=("reci",)))["city_id"]) == {"turin"}


def test_without_a_scope_everything_that_differs_is_told():
    opened = open_comparison(BEFORE, AFTER)
    assert set(queries.changes(opened, "practices")["key"]) == {"choir", "club", "fair"}
    assert set(queries.index_changes(opened)["city_id"]) == {"bergen", "turin"}


def test_words_and_years_of_a_scope_cannot_be_asked_of_two_versions():
    scope = Selection(q="choir", network=("reci",), ongoing_only=True, include_bare=False)
    assert comparable(scope) == Selection(network=("reci",))


def test_what_of_a_scope_counts_is_said_and_what_does_not():
    assert scope_sentences(Selection(), OPTIONS) == []
    assert scope_sentences(Selection(network=("reci",)), OPTIONS) == [
        "Practices and cities of Network: RECI (Spain), as either version has them."
    ]
    assert scope_sentences(Selection(q="choir", country=("norway",), ongoing_only=True), OPTIONS) == [
        "Practices and cities of Country: Norway, as either version has them.",
        "“choir” and Ongoing only cannot be asked of two versions, so they do not count here.",
    ]
    assert scope_sentences(Selection(q="choir"), OPTIONS) == [
        "“choir” cannot be asked of two versions, so it does not count here."
    ]
