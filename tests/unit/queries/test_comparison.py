"""Two selections in the address and in the database: read, named, counted and kept apart."""

from __future__ import annotations

from collections import Counter

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis.two_selections import cities_of_side
from icc_data.queries.comparison import Comparison, Rest, compared_with, in_words, names, read_comparison
from icc_data.queries.selection import Options, Selection
from icc_data.queries.statements import statement
from tests.helpers.by_hand import AS_OF, PRACTICES, selected, selections
from tests.helpers.examples import examples

Connection = duckdb.DuckDBPyConnection
SPAIN, ITALY = Selection(country=("spain",)), Selection(country=("italy",))


def ids(rows: list[dict[str, object]]) -> set[object]:
    return {row["practice_id"] for row in rows}


@examples(40)
@given(other=selections())
def test_the_other_selection_survives_the_address(atlas_options: Options, other: Selection):
    comparison, ignored = read_comparison({"compare": [Comparison(SPAIN, other).param]}, SPAIN, atlas_options)
    assert comparison == Comparison(SPAIN, other)
    assert not ignored


def test_the_address_of_the_other_selection_is_canonical():
    other = Selection(theme=("anti_rumours",), country=("spain", "italy"), q="a b", year_from=2015)
    assert Comparison(SPAIN, other).param == "country=spain&country=italy&theme=anti_rumours&q=a+b&from=2015"


@pytest.mark.parametrize(
    ("comparison", "param"),
    [(Comparison(SPAIN, Rest(SPAIN)), "rest"), (Comparison(Rest(SPAIN), SPAIN), "rest_first")],
)
def test_the_address_says_whether_the_rest_stands_first(atlas_options: Options, comparison: Comparison, param: str):
    assert comparison.param == param
    assert read_comparison({"compare": [param]}, SPAIN, atlas_options) == (comparison, [])


@pytest.mark.parametrize("other", [ITALY, Rest(SPAIN)], ids=str)
def test_two_that_are_swapped_twice_stand_as_at_first(other: Selection | Rest):
    comparison = Comparison(SPAIN, other)
    assert comparison.swapped == Comparison(other, SPAIN)
    assert comparison.swapped.swapped == comparison


def test_the_filters_choose_the_selection_wherever_its_rest_stands():
    assert [Comparison(SPAIN, Rest(SPAIN)).selection, Comparison(Rest(SPAIN), SPAIN).selection] == [SPAIN, SPAIN]


def test_an_address_without_a_comparison_has_none(atlas_options: Options):
    assert read_comparison({"country": ["spain"]}, SPAIN, atlas_options) == (None, [])


def test_names_and_other_spellings_are_understood_as_on_a_page(atlas_options: Options):
    comparison, ignored = read_comparison({"compare": ["?country=Italie"]}, SPAIN, atlas_options)
    assert comparison == Comparison(SPAIN, ITALY)
    assert not ignored


def test_what_a_comparison_does_not_know_is_noted(atlas_options: Options):
    comparison, ignored = read_comparison({"compare": ["country=atlantis&colour=red"]}, SPAIN, atlas_options)
    assert comparison is not None
    assert comparison.lack == "other"
    assert [(item.name, item.value) for item in ignored] == [("country", "atlantis"), ("colour", "")]


@pytest.mark.parametrize("text", ["nonsense", "&&&", "=", "compare=rest", "%00%FF", "country", "a" * 5000, "x&" * 300])
def test_any_text_is_read_without_an_error(atlas_options: Options, text: str):
    comparison, _ignored = read_comparison({"compare": [text]}, SPAIN, atlas_options)
    assert comparison is not None
    assert comparison.lack == "other"


@pytest.mark.parametrize(
    ("one", "other", "lack"),
    [
        (SPAIN, ITALY, ""),
        (SPAIN, Rest(SPAIN), ""),
        (SPAIN, SPAIN, "same"),
        (Selection(country=("spain", "italy")), Selection(country=("italy", "spain")), "same"),
        # Without years, what they mean tells nothing.
        (SPAIN, Selection(country=("spain",), years="started"), "same"),
        (SPAIN, Selection(), "other"),
        (Selection(), ITALY, "one"),
        (Selection(), Rest(Selection()), "one"),
        (Rest(SPAIN), SPAIN, ""),
        (Rest(Selection()), Selection(), "one"),
    ],
)
def test_what_lacks_for_a_comparison(one: Selection | Rest, other: Selection | Rest, lack: str):
    assert Comparison(one, other).lack == lack


def test_two_selections_are_called_by_what_they_do_not_have_in_common(atlas_options: Options):
    def called(one: Selection | Rest, other: Selection | Rest) -> tuple[str, str]:
        return names(Comparison(one, other), atlas_options)

    assert called(SPAIN, ITALY) == ("Spain", "Italy")
    assert called(SPAIN.with_values("theme", ["sport"]), ITALY.with_values("theme", ["sport"])) == ("Spain", "Italy")
    assert called(SPAIN, SPAIN.with_values("theme", ["sport"])) == ("Spain", "Spain · Sport")
    assert called(SPAIN, Rest(SPAIN)) == ("Spain", "The rest of the network")
    assert called(Rest(SPAIN), SPAIN) == ("The rest of the network", "Spain")
    assert in_words(ITALY, atlas_options) == "Country: Italy"


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        (Comparison(SPAIN, ITALY), "Country: Italy"),
        (Comparison(SPAIN, Rest(SPAIN)), "The rest of the network"),
        (Comparison(Rest(SPAIN), SPAIN), "The rest of the network, which stands first"),
    ],
)
def test_a_rest_that_stands_first_is_said_to(atlas_options: Options, comparison: Comparison, words: str):
    assert compared_with(comparison, atlas_options) == words


def test_a_long_name_is_cut(atlas_options: Options):
    many = Selection(policy_area=atlas_options.values("policy_area"))
    assert all(len(name) <= 44 for name in names(Comparison(many, SPAIN), atlas_options))


@examples(25)
@given(one=selections(), other=selections())
def test_the_overlap_is_counted(atlas: Connection, one: Selection, other: Selection):
    first, second = ids(selected(one)), ids(selected(other))
    counts = queries.compared_counts(atlas, one, other)
    assert (counts["practices"], counts["other_practices"], counts["both_practices"]) == (
        len(first),
        len(second),
        len(first & second),
    )


@examples(25)
@given(one=selections())
def test_the_rest_has_nothing_in_common_and_leaves_nothing_out(atlas: Connection, one: Selection):
    counts = queries.compared_counts(atlas, one, Rest(one))
    assert counts["both_practices"] == 0
    assert counts["practices"] == len(selected(one))
    assert counts["practices"] + counts["other_practices"] == len(PRACTICES)


def test_the_rest_holds_what_is_not_known_to_fit(atlas: Connection):
    # “Goes on” is unknown of many practices: they do not say that they go on, and are in the rest.
    ongoing = Selection(ongoing_only=True)
    counts = queries.compared_counts(atlas, ongoing, Rest(ongoing))
    assert counts["other_practices"] == len(PRACTICES) - len(selected(ongoing))


@examples(10)
@given(one=selections(), other=selections(), rest=st.booleans())
def test_the_terms_are_counted_in_both_selections_as_they_stand(
    atlas: Connection, one: Selection, other: Selection, rest: bool
):
    first = selected(one)
    second = [row for row in PRACTICES if row not in first] if rest else selected(other)
    frame = queries.compared_terms(atlas, one, Rest(one) if rest else other, "policy_area").set_index("code")
    for column, rows in (("", first), ("other_", second), ("both_", [row for row in first if row in second])):
        counted = Counter(area for row in rows for area in row["policy_areas"])
        assert {code: count for code, count in frame[f"{column}practices"].items() if count} == dict(counted)
        assert set(frame[f"{column}of"]) == {len(rows)}


@examples(10)
@given(one=selections(), other=selections(), rest=st.booleans())
def test_the_cities_of_either_selection_are_counted_in_both(
    atlas: Connection, one: Selection, other: Selection, rest: bool
):
    first = selected(one)
    second = [row for row in PRACTICES if row not in first] if rest else selected(other)
    beside = Rest(one) if rest else other
    cities = queries.compared_cities(atlas, one, beside)
    for side, of in (("one", one), ("other", beside)):
        # A frame without a row has other types.
        pd.testing.assert_frame_equal(
            cities_of_side(cities, side), queries.city_practices(atlas, of), check_dtype=False
        )
    frame = cities.set_index("city_id")
    for column, rows in (("", first), ("other_", second), ("both_", [row for row in first if row in second])):
        counted = Counter(city for row in rows for city in row["city_ids"] if city in frame.index)
        assert {code: count for code, count in frame[f"{column}practices"].items() if count} == dict(counted)
        assert set(frame[f"{column}of"]) <= {len(rows)}


@examples(10)
@given(one=selections(), other=selections(), active=st.booleans())
def test_the_years_are_counted_in_both_selections_on_one_axis(
    atlas: Connection, one: Selection, other: Selection, active: bool
):
    def counted(rows: list[dict[str, object]]) -> dict[int, int]:
        kind = "years" if one.include_said else "known_years"
        years = [row[kind] if active else {row["start"]} for row in rows if row["start"]]
        return dict(Counter(year for each in years for year in each if year <= AS_OF))  # type: ignore[attr-defined]

    frame = queries.compared_years(atlas, one, other, active=active).set_index("year")
    first, second = selected(one), selected(other)
    for column, rows in (("", first), ("other_", second), ("both_", [row for row in first if row in second])):
        assert {year: count for year, count in frame[f"{column}practices"].items() if count} == counted(rows)
    assert list(frame.index) == list(range(frame.index.min(), frame.index.max() + 1)) if len(frame) else True


def turned_round(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of the first selection as those of the other one, and back."""

    def turned(name: str) -> str:
        mirrored = name.startswith("other_") or f"other_{name}" in frame
        return name if not mirrored else name.removeprefix("other_") if name.startswith("other_") else f"other_{name}"

    return frame.rename(columns=turned)[list(frame.columns)]


@examples(10)
@given(one=selections(), active=st.booleans())
def test_a_rest_that_stands_first_has_the_numbers_that_it_had_as_the_other(
    atlas: Connection, one: Selection, active: bool
):
    first, then = (one, Rest(one)), (Rest(one), one)
    assert queries.compared_counts(atlas, *then) == {
        ("" if name.startswith("other_") else "both_" if name.startswith("both_") else "other_")
        + name.removeprefix("other_").removeprefix("both_"): count
        for name, count in queries.compared_counts(atlas, *first).items()
    }
    terms = (queries.compared_terms(atlas, *pair, "theme") for pair in (first, then))
    years = (queries.compared_years(atlas, *pair, active=active) for pair in (first, then))
    for as_other, as_first in (terms, years):
        pd.testing.assert_frame_equal(as_first, turned_round(as_other))


def test_practices_of_a_rest_that_stands_first_are_on_its_side(atlas: Connection):
    frame = queries.compared_practices(atlas, Rest(SPAIN), SPAIN, limit=None)
    inside = ids(selected(SPAIN))
    assert set(frame[frame["side"] == "other"]["practice_id"]) == inside
    assert set(frame[frame["side"] == "one"]["practice_id"]) == ids(list(PRACTICES)) - inside


def test_each_practice_is_listed_once_with_the_selection_it_is_in(atlas: Connection):
    one, other = SPAIN, Selection(theme=("anti_rumours",))
    first, second = ids(selected(one)), ids(selected(other))
    frame = queries.compared_practices(atlas, one, other, limit=None)
    assert len(frame) == len(first | second)
    for side, expected in (("both", first & second), ("one", first - second), ("other", second - first)):
        assert set(frame[frame["side"] == side]["practice_id"]) == expected
        only = queries.compared_practices(atlas, one, other, limit=None, side=side)
        assert set(only["practice_id"]) == expected
    records = queries.compared_records(atlas, one, other)
    assert dict(zip(records["practice_id"], records["side"], strict=True)) == dict(
        zip(frame["practice_id"], frame["side"], strict=True)
    )


def test_both_may_look_for_words_of_their_own(atlas: Connection):
    one, other = Selection(q="school -sport"), Selection(q='music "young people"')
    counts = queries.compared_counts(atlas, one, other)
    assert counts["practices"] == queries.practice_count(atlas, one) > 0
    assert counts["other_practices"] == queries.practice_count(atlas, other) > 0


SCHOOLS = Selection(q="it's a school", year_from=2015)


@pytest.mark.parametrize(
    ("one", "other"),
    [(SPAIN, ITALY), (SPAIN, Rest(SPAIN)), (SPAIN, SCHOOLS), (Rest(SCHOOLS), SCHOOLS)],
    ids=str,
)
def test_the_sql_of_a_comparison_gives_its_rows(atlas: Connection, one: Selection | Rest, other: Selection | Rest):
    asked = [
        statement(queries.compared_terms, atlas, one, other, "theme"),
        statement(queries.compared_years, atlas, one, other, active=True),
        statement(queries.compared_practices, atlas, one, other, limit=20),
        statement(queries.compared_records, atlas, one, other),
        statement(queries.cities, atlas, other),
    ]
    for sql, frame in asked:
        assert len(atlas.execute(sql).df()) == len(frame) > 0
        assert "$" not in sql
