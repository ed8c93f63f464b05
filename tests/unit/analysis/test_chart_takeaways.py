"""What bars, grids and bands show in one sentence each; every number is counted by hand from the few rows."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from icc_data.analysis import city_takeaways, grid_takeaways, index_takeaways
from icc_data.analysis.review_coverage import Matrix
from tests.unit.analysis.test_takeaways import comparison, label, terms


def test_the_terms_with_the_most_and_the_fewest_practices():
    said = grid_takeaways.of_list(terms(("sport", 1), ("education", 5), ("media", 1)), label)
    assert said == "The most: Education, 5 practices. That is 25% of all. The fewest: Sport and Media, 1 practice each."


def test_of_few_practices_no_share_is_said_and_of_none_nothing():
    few = terms(("sport", 1), ("education", 1)).assign(of=4)
    assert grid_takeaways.of_list(few, label) == "The most: Sport and Education, 1 practice each."
    assert grid_takeaways.of_list(terms(("sport", 0)), label) == ""
    assert grid_takeaways.of_list(few.head(0), label) == ""


def test_the_longest_bars():
    assert (
        grid_takeaways.of_bars(["Oslo", "Bergen"], [4, 3])
        == "The most: Oslo, 4 practices. The fewest: Bergen, 3 practices."
    )
    assert grid_takeaways.of_bars([], []) == ""


def crossed(*rows: tuple[str, str, int, int, float, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["policy_area", "value", "practices", "of", "lift", "chance"])
    return frame.assign(share=frame["practices"] / frame["of"])


CROSSED = crossed(
    ("education", "oslo", 6, 10, 1.5, False),
    ("sport", "oslo", 2, 10, 2.5, True),
    ("sport", "bergen", 3, 4, 3.0, False),
)
NAMED = grid_takeaways.in_place(lambda _facet, code: label(code), "city")


def test_the_cell_with_the_most_practices():
    said = "The most: Education in Oslo, 6 practices."
    assert grid_takeaways.of_cells(CROSSED, "counts", NAMED) == said


def test_shares_and_lifts_of_columns_with_few_practices_do_not_count():
    # Bergen has fewer than five practices; sport in Oslo is 2.5 times the usual, but that could be chance.
    assert (
        grid_takeaways.of_cells(CROSSED, "shares", NAMED)
        == "The largest share: Education in Oslo, 60% of 10 practices."
    )
    assert grid_takeaways.of_cells(CROSSED, "lift", NAMED) == (
        "Furthest above the usual, by more than chance: Education in Oslo, 1.5 times (6 practices)."
    )


def test_where_every_column_has_few_practices_no_share_is_said():
    assert grid_takeaways.of_cells(CROSSED.tail(1), "shares", NAMED) == (
        "Every column has fewer than 5 practices, so their shares say little."
    )


def test_where_all_could_be_chance_that_is_said_and_of_nothing_nothing():
    assert grid_takeaways.of_cells(CROSSED.assign(chance=True), "lift", NAMED) == (
        "Nothing is above the usual by more than chance could have it."
    )
    assert grid_takeaways.of_cells(CROSSED.head(0), "counts", NAMED) == ""


def test_a_pair_that_comes_both_ways_counts_once_and_one_with_itself_not():
    rows = [("a", "a", 9, 9, 1.0, True), ("a", "b", 2, 9, 1.0, True), ("b", "a", 2, 9, 1.0, True)]
    once = grid_takeaways.each_pair_once(crossed(*rows))
    assert list(zip(once["policy_area"], once["value"], strict=True)) == [("a", "b")]
    assert grid_takeaways.each_pair_once(crossed()).empty


BY_YEAR = pd.DataFrame(
    [("sport", 2015, 3, 6), ("media", 2015, 2, 6), ("sport", 2016, 1, 2), ("media", 2016, 1, 2)],
    columns=["code", "year", "practices", "of"],
)


def test_the_area_and_year_with_the_most_practices():
    assert grid_takeaways.of_area_years(BY_YEAR, label) == "The most: Sport in 2015, 3 practices."
    assert grid_takeaways.of_area_years(BY_YEAR.head(0), label) == ""


def test_the_largest_share_of_the_last_year_that_has_enough():
    assert grid_takeaways.of_lines(BY_YEAR, label, shares=True) == (
        "In 2015, the last year with 5 practices or more, the largest share is 50% of 6 practices: Sport."
    )
    assert grid_takeaways.of_lines(BY_YEAR.tail(2), label, shares=True) == (
        "Every year has fewer than 5 practices, so their shares say little."
    )
    assert grid_takeaways.of_lines(BY_YEAR, label, shares=False) == "The most: Sport in 2015, 3 practices."


def test_practices_in_no_group_are_no_largest_group():
    unknown = BY_YEAR.assign(code="unknown")
    for shares in (True, False):
        told = grid_takeaways.of_lines(pd.concat([BY_YEAR, unknown.assign(practices=50)]), label, shares=shares)
        assert told == grid_takeaways.of_lines(BY_YEAR, label, shares=shares)
        assert grid_takeaways.of_lines(unknown, label, shares=shares) == ""


def test_when_the_most_cities_joined():
    joining = pd.DataFrame({"year": [2008, 2009, 2012], "cities": [4, 1, 4], "cumulated": [4, 5, 9]})
    assert grid_takeaways.of_joining(joining) == "The most cities joined in 2008 and 2012: 4 in each; 9 in all."
    assert grid_takeaways.of_joining(joining.head(2)) == "The most cities joined in 2008: 4; 5 in all."
    assert grid_takeaways.of_joining(joining.head(0)) == ""


def test_from_when_to_when_practices_began():
    spans = pd.DataFrame({"start_year": [1990, 2001], "last_active_year": [1990, 2026], "ongoing": [False, True]})
    assert grid_takeaways.of_spans(spans) == "2 practices, which began from 1990 to 2001; 1 is said to go on."
    assert grid_takeaways.of_spans(spans.head(0)) == ""


def test_the_field_that_is_known_least():
    counted = pd.DataFrame(
        [("all", "start", 3, 4), ("all", "title", 4, 4), ("no", "start", 0, 1)],
        columns=["place", "field", "known", "total"],
    )
    assert grid_takeaways.of_known(counted, str) == "Known least: start, 75% (3 of 4)."
    assert grid_takeaways.of_known(counted[counted["field"] == "title"], str) == ""


def test_the_pair_of_cities_with_the_most_practices():
    pairs = pd.DataFrame({"one": ["bergen", "bergen"], "other": ["oslo", "x"], "practices": [3, 1]})
    assert grid_takeaways.of_pairs(pairs, label) == "The most: Bergen – Oslo, 3 practices."
    assert grid_takeaways.of_pairs(pairs.tail(1), label) == "1 pair of cities shares a practice, none more than one."
    assert grid_takeaways.of_pairs(pairs.head(0), label) == ""


def test_a_portfolio_beside_the_peers():
    # Half of Bergen's ten practices are on education and half on sport, all of its peers' on media.
    assert city_takeaways.of_portfolio(comparison(10)) == (
        "Bergen has most practices in Education and Sport: 5 practices each. "
        "Furthest above the peers’ median: Sport, 50% beside 0%. "
        "Furthest below the peers’ median: Media, 0% beside 100%."
    )


def test_of_small_numbers_a_portfolio_says_counts_alone():
    assert city_takeaways.of_portfolio(comparison(2)) == (
        "Bergen has most practices in Education and Sport: 1 practice each."
    )


def test_the_measures_in_which_a_place_has_more_than_its_peers():
    compared = comparison(10)
    measures = pd.DataFrame({"label": ["A", "B", "C"], "own": [2, 1, 1], "median": [1.0, 1.0, 2.0]})
    assert city_takeaways.of_breadth(replace(compared, breadth=measures)) == "Above the peers’ median: A. Below it: C."
    last = replace(compared, breadth=measures.tail(1))
    assert city_takeaways.of_breadth(last) == "Below the peers’ median: C."
    same = replace(compared, breadth=measures.iloc[1:2])
    assert city_takeaways.of_breadth(same) == "Every measure is that of the middle one of the peers."
    assert city_takeaways.of_breadth(replace(compared, breadth=measures.head(0))) == ""


def test_a_profile_beside_the_network_says_shares_only_of_enough_practices():
    profile = pd.DataFrame({"label": ["A", "B"], "practices": [4, 1], "share": [0.8, 0.2], "network_share": [0.5, 0.4]})
    assert city_takeaways.of_profile("Oslo", profile) == (
        "Oslo has most practices in A: 4 practices. Furthest above the network’s share: A, 80% beside 50%. "
        "Furthest below the network’s share: B, 20% beside 40%."
    )
    assert city_takeaways.of_profile("Oslo", profile.head(1)) == "Oslo has most practices in A: 4 practices."
    assert city_takeaways.of_profile("Oslo", profile.head(0)) == ""


def test_a_city_s_first_and_newest_overall_score():
    rows = [("overall", 2018, 71.0), ("overall", 2012, 60.0), ("education", 2018, 90.0)]
    scores = pd.DataFrame(rows, columns=["policy_area", "year", "score"])
    assert city_takeaways.of_editions(scores) == "Overall: 60 in 2012, 71 in 2018; editions ask different questions."
    assert city_takeaways.of_editions(scores.head(1)) == ""


def test_the_highest_and_lowest_median_of_a_grid():
    rows = [("A", "2018", 70.0), ("B", "2020", 40.0), ("C", "2020", None)]
    cells = pd.DataFrame(rows, columns=["label", "column", "median"])
    assert index_takeaways.of_score_cells(cells) == "Highest median: A (2018, 70); lowest: B (2020, 40)."
    assert index_takeaways.of_score_cells(cells.head(1)) == ""


def test_where_a_city_scores_above_and_below_the_others():
    areas = pd.DataFrame({"label": ["A", "B", "C"], "own": [80.0, 50.0, None], "median": [70.0, 65.0, 60.0]})
    assert index_takeaways.of_standing("Oslo", areas) == (
        "Oslo scores above the median of the cities in 1 of 2 policy areas. "
        "Furthest above: A, 80 beside 70. Furthest below: B, 50 beside 65."
    )
    assert index_takeaways.of_standing("Oslo", areas.head(1)) == (
        "Oslo scores above the median of the cities in 1 of 1 policy area. Furthest above: A, 80 beside 70."
    )
    assert index_takeaways.of_standing("Oslo", areas.tail(1)) == ""


def test_the_edition_of_which_most_is_known():
    editions = pd.DataFrame({"label": ["2018", "2020"], "compared": [80.0, None], "scored": [7, 3]})
    said = "The most scores are known of the edition 2018: 7, of 80 cities compared."
    assert index_takeaways.of_editions_known(editions) == said
    assert index_takeaways.of_editions_known(editions.tail(1)) == "The most scores are known of the edition 2020: 3."
    assert index_takeaways.of_editions_known(editions.assign(scored=0)) == ""


def test_the_scores_of_the_newest_edition_that_has_two():
    rows = [("Oslo", 2018, 80.0), ("Bergen", 2018, 60.0), ("X", 2020, 99.0)]
    scores = pd.DataFrame(rows, columns=["name", "year", "score"])
    assert index_takeaways.of_scores(scores) == (
        "In 2018 the 2 cities with a known overall score have from 60 (Bergen) to 80 (Oslo)."
    )
    assert index_takeaways.of_scores(scores.tail(1)) == ""


def test_in_how_many_areas_a_link_is_clear():
    pairs = pd.DataFrame({"rho": [0.5, -0.4, 0.1], "low": [0.1, -0.7, -0.2], "high": [0.8, -0.1, 0.4]})
    assert index_takeaways.of_links(pairs) == (
        "In 1 of 3 policy areas they clearly do, in 1 they clearly publish less."
    )
    assert index_takeaways.of_links(pairs.head(0)) == ""


def test_the_areas_that_most_and_fewest_places_cover():
    covered = Matrix(pd.DataFrame({"a": [1, 2, 0], "b": [0, 5, 0]}), ("a", "b"))
    names = {"a": "Sport", "b": "Media"}
    assert (
        index_takeaways.of_coverage(covered, names) == "Most widespread: Sport, in 2 of 3 places. Least: Media, in 1."
    )
    nobody = Matrix(covered.rows * 0, covered.areas)
    assert index_takeaways.of_coverage(nobody, names) == "None of these places has a practice in any policy area."
    assert index_takeaways.of_coverage(Matrix(covered.rows.head(0), covered.areas), names) == ""


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        ([False, False, True], "Grew by more than chance: A. Shrank by more than chance: B. 1 other could be chance."),
        ([True, True, True], "All 3 differences that are compared could be chance."),
        ([False, True, True], "Grew by more than chance: A. 2 others could be chance."),
    ],
)
def test_what_grew_and_shrank_by_more_than_chance(chance: list[bool], said: str):
    rows = pd.DataFrame({"label": ["A", "B", "C"], "difference": [0.2, -0.1, 0.01], "chance": chance})
    assert index_takeaways.of_movements(rows) == said
    assert index_takeaways.of_movements(rows.head(0)) == ""


def test_of_periods_the_last_with_enough_practices_is_named_by_its_years():
    rows = pd.DataFrame(
        [(2017, 2021, "sport", 3, 8), (2017, 2021, "youth", 2, 8), (2022, 2026, "youth", 2, 4)],
        columns=["first_year", "year", "code", "practices", "of"],
    )
    assert grid_takeaways.of_lines(rows, str.title, shares=True) == (
        "In 2017–2021, the last period with 5 practices or more, the largest share is 38% of 8 practices: Sport."
    )
    assert grid_takeaways.of_lines(rows, str.title, shares=False) == "The most: Sport in 2017–2021, 3 practices."
    assert grid_takeaways.of_lines(rows.tail(1), str.title, shares=True) == (
        "Every period has fewer than 5 practices, so their shares say little."
    )
