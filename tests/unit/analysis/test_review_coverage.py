"""Who covers what: the rows of the grid, their orders and their groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.analysis import review_coverage
from icc_data.analysis.review_coverage import Matrix

AREAS = ("education", "housing", "sport")
# Practices in each area, practices in all, newest known year.
PLACES = {
    "oslo": ((2, 1, 0), 3, 2024),
    "lund": ((0, 0, 0), 0, None),
    "ärhus": ((1, 1, 0), 2, 2010),
    "bern": ((0, 0, 3), 3, None),
}
# Practices without a policy area yet: of Bern some beside three that have one, of Lund nothing else.
UNCODED = {"bern": 2, "lund": 1}


@pytest.fixture
def places() -> Matrix:
    coverage = pd.DataFrame(
        [
            (unit, area, count, UNCODED.get(unit, 0))
            for unit, (counts, *_rest) in PLACES.items()
            for area, count in zip(AREAS, counts, strict=True)
        ],
        columns=["unit", "policy_area", "practices", "uncoded"],
    )
    units = pd.DataFrame(
        {
            "unit": list(PLACES),
            "cities": 1,
            "practices": [practices for _counts, practices, _year in PLACES.values()],
            "newest_known": pd.array([year for *_rest, year in PLACES.values()], dtype="Int64"),
        }
    )
    return review_coverage.matrix(coverage, units, str.title, as_of=2026, silence=5)


def test_a_row_counts_the_areas_that_it_covers_and_its_gaps(places: Matrix):
    rows = places.rows.set_index("unit")
    assert places.areas == AREAS
    assert list(rows.loc["oslo", [*AREAS, "practices", "areas", "gaps"]]) == [2, 1, 0, 3, 2, 1]
    assert list(rows["voice"]) == ["heard", "none", "silent", "undated"]
    assert rows.loc["ärhus", "silent_since"] == 2011


def test_places_coded_in_part_are_told_from_those_coded_whole_in_words(places: Matrix):
    assert review_coverage.uncoded_words(places) == (
        "2 of 4 places have practices that nobody has coded by policy area yet: their empty fields need be no gaps. "
        "1 of them has none that is coded."
    )
    bern = Matrix(places.rows[places.rows["unit"] == "bern"], AREAS)
    assert review_coverage.uncoded_words(bern) == (
        "1 of 1 places has practices that nobody has coded by policy area yet: its empty fields need be no gaps."
    )
    whole = Matrix(places.rows.assign(uncoded=0), AREAS)
    assert review_coverage.uncoded_words(whole) == ""
    assert [review_coverage.uncoded_practices(count) for count in (0, 1, 2)] == [
        "",
        "1 practice not coded yet",
        "2 practices not coded yet",
    ]


def test_an_empty_field_has_a_mark_where_what_is_not_coded_may_be_of_its_area(places: Matrix):
    cells = review_coverage.cells(places.rows, AREAS, str.title)
    marks = {(cell.unit, cell.policy_area): cell.text for cell in cells.itertuples()}
    assert [marks[place, "education"] for place in ("oslo", "lund", "ärhus", "bern")] == ["2", "?", "1", "?"]
    assert [marks[place, "sport"] for place in ("oslo", "lund", "ärhus", "bern")] == ["", "?", "", "3"]
    assert review_coverage.table_columns(AREAS, "Place", str.title)["uncoded"] == "Not coded yet"


def test_totals_say_how_many_places_cover_an_area(places: Matrix):
    assert places.totals() == {"education": 2, "housing": 2, "sport": 1}


@pytest.mark.parametrize(
    ("order", "units"),
    [
        ("name", ["ärhus", "bern", "lund", "oslo"]),
        ("practices", ["bern", "oslo", "ärhus", "lund"]),
        ("gaps", ["lund", "bern", "ärhus", "oslo"]),
        ("silence", ["ärhus", "oslo", "bern", "lund"]),
        ("similar", ["oslo", "ärhus", "bern", "lund"]),
    ],
)
def test_rows_stand_in_the_order_that_is_asked_for(places: Matrix, order: str, units: list[str]):
    found = list(review_coverage.ordered(places, order).rows["unit"])
    if order == "similar":
        # Oslo and Århus hold the same: they are neighbours, whichever of them comes first; nobody's row comes last.
        assert found[-1] == "lund"
        assert abs(found.index("oslo") - found.index("ärhus")) == 1
    else:
        assert found == units


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), max_size=12))
def test_seriation_gives_every_row_once_and_the_empty_ones_last(rows: list[list[bool]]):
    held = np.array(rows, dtype=bool).reshape(len(rows), 4)
    order = review_coverage.seriation(held)
    assert sorted(order) == list(range(len(rows)))
    some = [bool(held[row].any()) for row in order]
    assert some == sorted(some, reverse=True)


def test_names_are_found_whatever_case_and_accents(places: Matrix):
    assert list(review_coverage.named(places, "ARH").rows["unit"]) == ["ärhus"]
    assert len(review_coverage.named(places, " ").rows) == 4


def test_cities_stand_below_each_of_their_networks_and_those_in_none_at_the_end(places: Matrix):
    coverage = pd.DataFrame({"unit": ["nordic"] * 3, "policy_area": list(AREAS), "practices": [3, 2, 0], "uncoded": 0})
    units = pd.DataFrame(
        {"unit": ["nordic"], "cities": [2], "practices": [5], "newest_known": pd.array([2024], "Int64")}
    )
    nordic = review_coverage.matrix(coverage, units, str.title, as_of=2026, silence=5)
    rows = review_coverage.grouped(
        review_coverage.ordered(places, "name"), nordic, {"oslo": ["nordic"], "ärhus": ["nordic"]}
    )
    assert list(rows["unit"]) == ["nordic", "ärhus", "oslo", "bern", "lund"]
    assert list(rows["head"]) == [True, False, False, False, False]
    assert len(set(review_coverage.row_keys(rows))) == 5


def test_a_cell_without_a_practice_has_no_number(places: Matrix):
    cells = review_coverage.cells(places.rows, AREAS, str.upper)
    assert len(cells) == 12
    first = cells[cells["unit"] == "oslo"].set_index("policy_area")
    assert list(first["text"]) == ["2", "1", ""]
    assert first.loc["sport", "area"] == "SPORT"


def test_only_a_silent_place_is_an_alarm(places: Matrix):
    beside = review_coverage.margins(places.rows)
    assert list(beside[beside["alarm"]]["unit"]) == ["ärhus"]


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("oslo", "nothing in: Sport"),
        ("bern", "only in: Sport"),
        ("lund", "no practice in any policy area"),
    ],
)
def test_a_row_in_words_says_where_there_is_nothing(places: Matrix, unit: str, words: str):
    [row] = places.rows[places.rows["unit"] == unit].to_dict("records")
    assert review_coverage.line({str(name): value for name, value in row.items()}, AREAS, str.title) == words


def test_the_whole_scope_stands_above_the_rows(places: Matrix):
    areas = pd.DataFrame({"code": AREAS, "practices": [3, 2, 3]})
    rows = review_coverage.with_total(places.rows, review_coverage.Totals(areas, 8, 3), "All")
    assert list(rows["label"]) == ["All", "Oslo", "Lund", "Ärhus", "Bern"]
    assert list(rows.iloc[0][[*AREAS, "practices", "uncoded"]]) == [3, 2, 3, 8, 3]
    assert review_coverage.margins(rows.head(1))["text"].tolist() == ["8", "3", "", ""]
