"""Tables of two properties: policy areas by place, what goes together; the words of each cell worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from icc_data.analysis.completeness import Known
from icc_data.analysis.crosstabs import (
    columns_by_size,
    known_cells,
    known_of_all,
    largest_places,
    place_cells,
    place_totals,
    together_cells,
)
from icc_data.i18n import NOT_STATED

Row = tuple[str, str, int, int, float, float]


def label(facet: str, code: str) -> str:
    return f"{facet}:{code}"


def by_place(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["policy_area", "place", "practices", "place_practices", "share", "lift"])


# Of Spain's 20 practices 12 are about education, of Italy's 8 two, of Malta's 2 none.
PLACES = by_place(
    ("education", "spain", 12, 20, 0.6, 1.2),
    ("mediation", "spain", 5, 20, 0.25, 2.5),
    ("education", "italy", 2, 8, 0.25, 0.5),
    ("mediation", "italy", 4, 8, 0.5, 5.0),
    ("education", "malta", 0, 2, 0.0, 0.0),
    ("mediation", "malta", 1, 2, 0.5, 5.0),
)


def test_the_places_with_most_practices_are_kept_with_all_their_rows():
    assert largest_places(PLACES, 2)["place"].tolist() == ["spain", "spain", "italy", "italy"]


def test_fewer_places_than_asked_for_are_all_kept():
    assert largest_places(PLACES, 9)["place"].nunique() == 3


def test_a_place_is_named_with_its_practices_in_brackets():
    assert columns_by_size(place_cells(PLACES, "country", "counts", label)) == [
        "country:spain (20)",
        "country:italy (8)",
        "country:malta (2)",
    ]


def test_columns_come_by_their_practices_whatever_the_order_of_the_rows():
    upside_down = place_cells(PLACES[::-1], "country", "counts", label)
    assert columns_by_size(upside_down) == ["country:spain (20)", "country:italy (8)", "country:malta (2)"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("counts", ["12", "5", "2", "4", "", "1"]),
        # A star where a share or lift rests on fewer than 5 practices; 5 are enough.
        ("shares", ["60%", "25%", "25%*", "50%*", "", "50%*"]),
        # A lift of no practices is not said: its cell is left out.
        ("lift", ["1.2", "2.5", "0.5*", "5.0*", "5.0*"]),
    ],
)
def test_a_cell_says_what_was_asked_for(cells, words: list[str]):
    assert place_cells(PLACES, "country", cells, label)["text"].tolist() == words


def test_counts_are_never_pale_as_they_rest_on_nothing_else():
    assert not place_cells(PLACES, "country", "counts", label)["few"].any()
    assert place_cells(PLACES, "country", "shares", label)["few"].tolist() == [False, False, True, True, True, True]


def test_share_and_lift_stand_beside_every_cell_in_words():
    first = place_cells(PLACES, "country", "counts", label).iloc[0]
    assert (first["area"], first["share_words"], first["lift_words"]) == ("policy_area:education", "60.0%", "1.20")


def test_codes_stay_beside_their_words_for_a_click_to_give_back():
    cells = place_cells(PLACES, "country", "counts", label)
    assert cells[["policy_area", "place"]].equals(PLACES[["policy_area", "place"]])


def test_a_lift_of_what_goes_together_is_said_from_five_practices_on():
    together = pd.DataFrame(
        {"policy_area": ["education", "education"], "other": ["youth", "arts"], "practices": [5, 4], "lift": [1.5, 9.0]}
    )
    cells = together_cells(together, "theme", label)
    assert cells["lift_words"].tolist() == ["1.50", NOT_STATED]
    assert cells["text"].tolist() == ["5", "4"]
    assert cells["area"].tolist() == ["policy_area:education"] * 2
    assert cells["other_label"].tolist() == ["theme:youth", "theme:arts"]


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
