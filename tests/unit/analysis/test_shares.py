"""Shares beside chance, and lines by year: worked out by hand, and by pandas and scipy in another way."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from scipy.stats import binomtest, hypergeom

from icc_data import queries
from icc_data.analysis import shares
from icc_data.queries.selection import Selection
from tests.helpers.by_hand import selected, selections
from tests.helpers.examples import examples

some = examples(8)


def by_year(*rows: tuple[str, int, str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["place", "year", "code", "practices", "of"])
    return frame.assign(share=frame["practices"] / frame["of"])


def test_a_share_has_wilsons_interval_behind_it():
    frame = shares.with_interval(by_year(("all", 2018, "a", 11, 32)))
    assert frame.columns.tolist() == ["place", "year", "code", "practices", "of", "share", "low", "high"]
    ends = binomtest(11, 32).proportion_ci(method="wilson")
    assert frame[["low", "high"]].iloc[0].tolist() == pytest.approx([ends.low, ends.high])


@some
@given(selection=selections())
def test_expected_lift_and_p_are_those_of_a_two_by_two_table(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    practices = selected(selection.with_values("policy_area", ()).with_values("theme", ()))
    table = shares.with_chance(queries.crossed(atlas, selection, "theme"))
    for row in table.head(40).itertuples():
        has_area = pd.Series([row.policy_area in p["policy_areas"] for p in practices])
        has_theme = pd.Series([row.value in p["facets"]["theme"] for p in practices])
        assert row.practices == (has_area & has_theme).sum()
        assert row.expected == pytest.approx(has_area.mean() * has_theme.mean() * len(practices))
        assert row.lift == pytest.approx(has_area[has_theme].mean() / has_area.mean())
        drawn = hypergeom(len(practices), int(has_area.sum()), int(has_theme.sum()))
        seen = row.practices
        tails = (drawn.cdf(seen) - drawn.pmf(seen) / 2, drawn.sf(seen) + drawn.pmf(seen) / 2)
        assert row.p == pytest.approx(min(1, 2 * min(tails)), abs=1e-9)


@some
@given(selection=selections())
def test_answers_judged_together_are_judged_as_each_by_itself(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    crossed = queries.crossed_facets(atlas, selection, ("country", "city", "theme"))
    together = shares.with_chances(crossed)
    assert set(together) == {"country", "city", "theme"}
    for facet, rows in crossed.items():
        # Of no rows the kind of a text is unknown.
        pd.testing.assert_frame_equal(together[facet], shares.with_chance(rows), check_exact=True, check_dtype=False)


def test_a_value_of_fewer_than_five_practices_is_marked_in_the_rows_as_by_a_star_in_the_picture(
    atlas: duckdb.DuckDBPyConnection,
):
    table = shares.with_chance(queries.crossed(atlas, Selection(), "country"))
    assert table["few"].tolist() == [of < 5 for of in table["of"]]
    assert set(table["few"]) == {True, False}


def test_two_areas_meet_alike_whichever_is_asked_first(atlas: duckdb.DuckDBPyConnection):
    table = shares.with_chance(queries.crossed(atlas, Selection(), "policy_area")).set_index(["policy_area", "value"])
    for one, other in table.index[:60]:
        there, back = table.loc[(one, other)], table.loc[(other, one)]
        assert there["practices"] == back["practices"]
        assert there["lift"] == pytest.approx(back["lift"])
        assert there["chance"] == back["chance"]


def test_a_chosen_area_is_not_many_times_as_common_everywhere(atlas: duckdb.DuckDBPyConnection):
    chosen = shares.with_chance(queries.crossed(atlas, Selection(policy_area=("anti_discrimination",)), "country"))
    lifts = chosen[(chosen["policy_area"] == "anti_discrimination") & (chosen["of"] >= 10)]["lift"]
    assert lifts.min() < 1 < lifts.max() < 3


def test_the_rows_of_an_area_are_judged_over_the_table_of_all(atlas: duckdb.DuckDBPyConnection):
    whole = shares.with_chance(queries.crossed(atlas, Selection(), "theme"))
    held = shares.of_area(whole, "education")
    assert set(held["policy_area"]) == {"education"}
    assert held["practices"].is_monotonic_decreasing
    merged = held.merge(whole, on=["policy_area", "value"], suffixes=("", "_whole"))
    assert merged["chance"].equals(merged["chance_whole"])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"chance": True, "practices": 9, "expected": 3.0}, "as often as chance would have it"),
        ({"chance": False, "practices": 9, "expected": 3.0}, "more often than by chance"),
        ({"chance": False, "practices": 0, "expected": 8.0}, "less often than by chance"),
    ],
)
def test_how_often_two_meet_is_said_in_words(row: dict[str, Any], words: str):
    assert shares.chance_words(pd.DataFrame([row])) == [words]


# In 2010 four practices began, in 2011 six, in 2012 eight, in 2014 five.
ONE_PLACE = by_year(
    ("all", 2010, "a", 4, 4), ("all", 2011, "a", 3, 6), ("all", 2012, "a", 2, 8), ("all", 2014, "a", 0, 5),
    ("all", 2010, "b", 1, 4), ("all", 2011, "b", 6, 6), ("all", 2012, "b", 0, 8), ("all", 2014, "b", 5, 5),
    ("all", 2010, "unknown", 0, 4), ("all", 2011, "unknown", 0, 6),
)  # fmt: skip


def lines(frame: pd.DataFrame = ONE_PLACE) -> pd.DataFrame:
    return shares.lines(frame, ["b"], str.upper, str.title)


def test_a_line_says_its_share_its_numbers_and_its_range_in_words():
    (row,) = lines().query("year == 2011 and code == 'a'").to_dict("records")
    assert (row["label"], row["place_label"], row["share_words"]) == ("A", "All", "50.0% (3 of 6)")
    ends = binomtest(3, 6).proportion_ci(method="wilson")
    assert row["range_words"] == f"{ends.low:.0%} – {ends.high:.0%}"


def test_only_what_is_chosen_stands_out():
    assert set(lines().query("chosen")["code"]) == {"b"}


def test_a_line_breaks_at_a_year_of_few_and_where_a_year_is_missing():
    own = lines().query("code == 'a'")
    assert own["few"].tolist() == [True, False, False, False]
    first, second, third, fourth = own["solid_run"]
    assert second == third
    assert len({first, second, fourth}) == 3
    # A line of counts breaks at the missing year alone.
    assert own["run"].nunique() == 2


def test_lines_of_two_groups_are_never_joined():
    assert not set(lines().query("code == 'a'")["run"]) & set(lines().query("code == 'b'")["run"])


def test_the_largest_groups_are_those_of_most_practices_and_never_the_unknown():
    assert shares.largest_codes(ONE_PLACE, 1) == ["b"]
    assert shares.largest_codes(ONE_PLACE, 9) == ["b", "a"]


def test_the_years_that_are_asked_for_are_kept_and_all_where_there_is_none_of_them():
    assert sorted(set(shares.within(ONE_PLACE, 2011, 2012)["year"])) == [2011, 2012]
    assert shares.within(ONE_PLACE, 1990, 1991).equals(ONE_PLACE)


def test_the_practices_before_a_year_count_once_whatever_their_groups():
    assert shares.practices_before(ONE_PLACE, 2012) == 10
    assert shares.practices_before(ONE_PLACE, 2010) == 0


PLACES = by_year(
    ("italy", 2010, "a", 1, 9), ("italy", 2010, "b", 3, 9), ("malta", 2010, "a", 1, 2),
    ("spain", 2010, "a", 2, 6), ("spain", 2011, "a", 2, 7),
)  # fmt: skip


def test_the_places_with_most_practices_come_first():
    assert list(dict.fromkeys(shares.largest_places(PLACES, 2)["place"])) == ["spain", "italy"]


def test_places_that_are_chosen_stand_alone():
    assert set(shares.largest_places(PLACES, 6, ("malta",))["place"]) == {"malta"}


def test_a_period_is_drawn_in_its_middle_under_its_first_and_last_year():
    rows = pd.DataFrame(
        [("all", 2012, 2016, "a", 3, 6, 0.5), ("all", 2017, 2021, "a", 1, 2, 0.5), ("all", 2022, 2026, "a", 6, 6, 1.0)],
        columns=["place", "first_year", "year", "code", "practices", "of", "share"],
    )
    frame = shares.lines(rows, ["a"], str, str, together=5)
    assert frame["year"].tolist() == [2014, 2019, 2024]
    assert frame["period"].tolist() == ["2012–2016", "2017–2021", "2022–2026"]
    # Periods after each other have no gap between them; one of few practices parts those beside it.
    assert frame["run"].nunique() == 1
    assert frame["solid_run"].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("together", "whole"), [(1, (2013, 2020)), (3, (2012, 2020)), (5, (2012, 2021)), (100, (1927, 2026))]
)
def test_the_periods_that_hold_years_are_whole_and_end_with_the_year_of_the_data(together: int, whole: tuple[int, int]):
    assert shares.periods_of(2013, 2020, 2026, together) == whole
