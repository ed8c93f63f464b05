"""The life table of practices, counted by hand in the CSV files, year by year."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from hypothesis import given

from icc_data import queries
from icc_data.incoming.check import valid_data
from icc_data.queries.selection import Selection
from icc_data.store.making import build_in_memory
from tests.helpers.by_hand import AREA_GROUP, AS_OF, records, selected, selections
from tests.helpers.examples import examples
from tests.unit.conftest import DataFolder

some = examples(8)
CODES: dict[str, Any] = {
    "none": lambda row: {"all"},
    "policy_area": lambda row: set(row["policy_areas"]) or {"unknown"},
    "commitment": lambda row: {AREA_GROUP[area] for area in row["policy_areas"]} or {"unknown"},
    "country": lambda row: row["facets"]["country"] or {"unknown"},
}


def fate(row: dict[str, Any], years: int, selection: Selection) -> bool | None:
    """Whether a practice ran so many years after its start year; None where that is not known."""
    year, ran = row["start"] + years, row["years"] if selection.include_said else row["known_years"]
    if year <= AS_OF and year in ran:
        return True
    ended = row["end"] is not None and not row["ongoing"] and row["end"] < AS_OF
    return False if ended and year > row["end"] else None


@pytest.mark.parametrize("split", CODES)
@some
@given(selection=selections())
def test_each_step_counts_those_that_ran_before_and_of_which_the_year_is_known(
    atlas: duckdb.DuckDBPyConnection, split: Any, selection: Selection
):
    rows = [row for row in selected(selection) if row["start"]]
    frame = queries.survival(atlas, selection, split)
    assert set(frame["code"]) == {code for row in rows for code in CODES[split](row)}
    for code, years, at_risk, ended in records(frame, "code", "years", "at_risk", "ended"):
        mine = [row for row in rows if code in CODES[split](row)]
        before = [row for row in mine if years == 0 or years == 1 or fate(row, years - 1, selection)]
        known = [fate(row, years, selection) for row in before] if years else [True] * len(mine)
        assert (at_risk, ended) == (sum(ran is not None for ran in known), known.count(False))


@some
@given(selection=selections())
def test_every_dated_practice_ends_leaves_or_says_nothing(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    frame = queries.survival(atlas, selection)
    rows = [row for row in selected(selection) if row["start"]]
    if not rows:
        assert frame.empty
        return
    assert frame["ended"].sum() + frame["left"].sum() == len(rows) == frame["dated"].iloc[0]
    assert frame["known_ends"].iloc[0] == frame["ended"].sum()
    assert frame["silent"].iloc[0] == frame["left"].iloc[0]


@pytest.mark.parametrize(("when", "ended", "left"), [("2014-2015", 1, 0), ("2014-2016", 0, 1), ("2014-2017", 0, 1)])
def test_only_an_end_before_the_year_of_the_data_is_past(data_folder: DataFolder, when: str, ended: int, left: int):
    for row in range(len(data_folder.rows("practices"))):
        data_folder.edit("practices", row, when_text="", when_source="", accessed="2016-05-01")
    data_folder.edit("practices", 0, when_text=when, when_source="year field")
    with build_in_memory(valid_data(data_folder.path)) as connection:
        (end,) = records(queries.survival(connection, Selection()).tail(1), "years", "ended", "left")
    assert end == (2, ended, left)
