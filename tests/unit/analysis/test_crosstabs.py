"""Tables of two properties: policy areas by place, what goes together; the words of each cell worked out by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from icc_data.analysis.completeness import Known
from icc_data.analysis.crosstabs import (
    cells,
    columns_by_size,
    known_cells,
    known_of_all,
    largest_places,
    place_totals,
    small_columns,
)

Row = tuple[str, str, int, int, float, bool]


def label(facet: str, code: str) -> str:
    return f"{facet}:{code}"


def by_place(*rows: Row) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["policy_area", "value", "practices", "of", "lift", "chance"])
    return frame.assign(share=frame["practices"] / frame["of"], expected=2.0)


# Of Spain's 20 practices 12 are about education, of Italy's 8 two, of Malta's 2 none.
PLACES = by_place(
    ("education", "spain", 12, 20, 1.2, False),
    ("mediation", "spain", 5, 20, 2.5, False),
    ("education", "italy", 2, 8, 0.5, True),
    ("mediation", "italy", 0, 8, 0.0, False),
    ("education", "malta", 0, 2, 0.0, True),
    ("mediation", "malta", 1, 2, 5.0, True),
)


def test_the_places_with_most_practices_are_kept_with_all_their_rows():
    assert largest_places(PLACES, 2)["value"].tolist() == ["spain", "spain", "italy", "italy"]


def test_fewer_places_than_asked_for_are_all_kept():
    assert largest_places(PLACES, 9)["value"].nunique() == 3


def test_a_place_is_named_with_its_practices_in_brackets():
    assert columns_by_size(cells(PLACES, "country", "counts", label)) == [
        "country:spain (20)",
        "country:italy (8)",
        "country:malta (2)",
    ]


def test_columns_come_by_their_practices_whatever_the_order_of_the_rows():
    upside_down = cells(PLACES[::-1], "country", "counts", label)
    assert columns_by_size(upside_down) == ["country:spain (20)", "country:italy (8)", "country:malta (2)"]


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ("counts", ["12", "5", "2", "", "", "1"]),
        # A star where the place has fewer than 5 practices in all.
        ("shares", ["60%", "25%", "25%", "", "", "50%*"]),
        # A pair that nobody has is said where chance would give some; else its cell is left out.
        ("lift", ["1.2", "2.5", "0.5", "0.0", "5.0*"]),
    ],
)
def test_a_cell_says_what_was_asked_for(show: Any, words: list[str]):
    assert cells(PLACES, "country", show, label)["text"].tolist() == words


@pytest.mark.parametrize(
    ("show", "pale"),
    [
        # A count rests on nothing else.
        ("counts", [False] * 6),
        ("shares", [False, False, False, False, True, True]),
        # A lift that could be chance is pale, and one of a small place.
        ("lift", [False, False, True, False, True]),
    ],
)
def test_a_cell_that_says_little_is_pale(show: Any, pale: list[bool]):
    assert cells(PLACES, "country", show, label)["pale"].tolist() == pale


def test_the_heads_of_places_with_few_practices_are_known():
    assert small_columns(cells(PLACES, "country", "shares", label)) == ["country:malta (2)"]


def test_share_and_chance_stand_beside_every_cell_in_words():
    first = cells(PLACES, "country", "counts", label).iloc[0]
    assert first["area"] == "policy_area:education"
    assert first["share_words"] == "60.0% (12 of 20)"
    assert (first["expected_words"], first["lift_words"]) == ("2.0", "1.20 times")
    assert first["chance_words"] == "more often than by chance"


def test_codes_stay_beside_their_words_for_a_click_to_give_back():
    frame = cells(PLACES, "country", "counts", label)
    assert frame[["policy_area", "value"]].equals(PLACES[["policy_area", "value"]])


# Of 8 practices 2 have a summary and all a source; Spain has 5 of them, Malta 3.
COUNTED = pd.DataFrame(
    [
        ("all", "source", 8, 8),
        ("all", "summary", 2, 8),
        ("spain", "source", 5, 5),
        ("spain", "summary", 1, 5),
        ("malta", "source", 3, 3),
        ("malta", "summary", 1, 3),
    ],
    columns=["place", "field", "known", "total"],
)
FIELDS = {"source": Known("Source", "an address is kept"), "summary": Known("Summary", "what was done is said")}


def test_a_field_that_is_always_known_has_no_row():
    assert known_cells(COUNTED, FIELDS, str.upper)["row"].tolist() == ["Summary"] * 3


def test_a_cell_of_what_is_known_says_its_share_its_counts_and_what_known_means():
    first = known_cells(COUNTED, FIELDS, str.upper).iloc[0]
    assert first[["column", "text", "count", "meaning"]].tolist() == [
        "ALL (8)",
        "25%",
        "2 of 8",
        "what was done is said",
    ]


def test_a_place_with_fewer_than_five_is_marked_and_one_with_five_is_not():
    assert known_cells(COUNTED, FIELDS, str.upper)["few"].tolist() == [False, False, True]


def test_a_place_has_one_total_whatever_the_field():
    assert list(place_totals(COUNTED).items()) == [("all", 8), ("spain", 5), ("malta", 3)]


def test_what_is_known_of_all_is_not_added_up_from_the_places():
    assert known_of_all(COUNTED, "summary") == (2, 8)


def test_columns_with_as_many_practices_stand_in_the_order_of_the_alphabet_whatever_the_order_of_the_rows():
    columns = [f"Country {place:02} (3)" for place in range(40)]
    frame = pd.DataFrame({"column": columns, "of": [3] * 40})
    assert columns_by_size(frame) == columns
    assert columns_by_size(frame.sample(frac=1, random_state=1)) == columns
