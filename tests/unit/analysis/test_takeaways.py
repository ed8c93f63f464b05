"""Pictures in one sentence each; every number is counted by hand from the few rows."""

from __future__ import annotations

import pandas as pd
import pytest

from icc_data.analysis import takeaways
from icc_data.analysis.comparison import Benchmark, beside_peers, done_by_peers

NAMES = {"education": "Education", "sport": "Sport", "media": "Media", "bergen": "Bergen", "oslo": "Oslo"}


def label(code: str) -> str:
    return NAMES.get(code, code)


def years(*counts: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(counts, columns=["year", "practices"])


def test_the_year_with_the_most_practices_adds_up_what_a_split_takes_apart():
    split = years((2015, 3), (2015, 4), (2016, 6), (2017, 1))
    assert takeaways.of_years(split, active=False) == "The most practices started in 2015: 7."


def test_years_with_equally_many_are_named_together_and_of_many_the_rest_is_counted():
    assert takeaways.of_years(years((1, 2), (2, 2)), active=True) == "The most practices were active in 1 and 2: 2."
    four = years((1, 2), (2, 2), (3, 2), (4, 2))
    assert takeaways.of_years(four, active=True) == "The most practices were active in 1, 2 and 2 more: 2."


@pytest.mark.parametrize("none", [years(), years((2015, 0))])
def test_without_a_dated_practice_there_is_nothing_to_say_of_years(none: pd.DataFrame):
    assert takeaways.of_years(none, active=False) == ""


def terms(*counts: tuple[str, int]) -> pd.DataFrame:
    return pd.DataFrame(counts, columns=["code", "practices"]).assign(of=20)


def test_areas_with_most_and_least_work():
    said = takeaways.of_terms(terms(("sport", 1), ("education", 5), ("media", 0)), label)
    assert said == "Most work is on Education: 5 practices (25% of all). Least is on Media: 0 practices."


def test_where_all_areas_are_equal_none_is_least():
    assert takeaways.of_terms(terms(("sport", 1)), label) == "Most work is on Sport: 1 practice (5% of all)."
    assert takeaways.of_terms(terms(("sport", 0)), label) == ""


def test_the_first_city_and_the_one_in_the_middle():
    four = [("A", "9"), ("B", "5"), ("C", "4"), ("D", "1")]
    assert takeaways.of_ranking(four) == "A comes first: 9; in the middle of 4 cities stands B: 5."
    assert takeaways.of_ranking(four[:3]) == "A comes first: 9; in the middle of 3 cities stands B: 5."
    assert takeaways.of_ranking(four[:1]) == "A is the only one: 9."
    assert takeaways.of_ranking([]) == ""


def test_how_much_of_all_work_an_area_is():
    counts = {"practices": 6, "all_practices": 24, "cities": 3, "all_cities": 10}
    assert takeaways.of_policy_area(counts) == "25% of the practices here work on it, in 3 of the 10 cities with any."


def comparison(practices: int) -> Benchmark:
    """Bergen with half of its practices on education and half on sport, beside five that do media alone."""
    places = ["bergen", *"abcde"]
    areas = [("bergen", "education", practices // 2), ("bergen", "sport", practices // 2)]
    areas += [(place, "media", practices) for place in "abcde"]
    measures = pd.DataFrame({"unit": places, "practices": practices, "areas": [2, 1, 1, 1, 1, 1]})
    measures = measures.assign(themes=0, target_groups=0, newest=2020, active=0, shared=0, uncoded=0, dated=practices)
    columns = ["unit", "policy_area", "year", "score", "rank", "cities_compared"]
    return beside_peers(
        "city",
        "bergen",
        tuple("abcde"),
        "alike",
        areas=pd.DataFrame(areas, columns=["unit", "code", "practices"]),
        measures=measures,
        results=pd.DataFrame(columns=["city_id", "name", *columns[1:]]),
        codes=["education", "sport", "media"],
        label=lambda _facet, code: label(code),
    )


def test_a_place_beside_its_peers_in_breadth_and_in_what_it_does_more_and_less():
    first = "Bergen has practices in 2 of 3 policy areas; the middle one of its peers in 1."
    assert takeaways.of_benchmark(comparison(10)) == (
        f"{first} Its share is furthest above theirs in Sport and furthest below in Media."
    )


def test_what_the_peers_do_comes_by_how_many_of_them_do_it():
    assert done_by_peers(comparison(10), 3) == ["Media: 5 of 5 peers"]


def test_of_small_numbers_no_share_is_said():
    assert "share" not in takeaways.of_benchmark(comparison(2))


def test_where_the_middle_city_scores_highest_and_lowest():
    rows = pd.DataFrame({"policy_area": ["education", "sport", "media"], "median": [81.0, 60.0, 42.0]})
    said = "In 2023 the middle city scores highest in Education (81) and lowest in Media (42)."
    assert takeaways.of_index(rows, 2023, label) == said
    assert takeaways.of_index(rows.head(1), 2023, label) == ""


def test_how_many_cities_work_together_and_who_with_most():
    one = pd.DataFrame({"city_id": ["oslo", "bergen"], "partners": [3, 2]})
    said = "2 of 9 cities share a practice with another; the most partners, 3, has Oslo."
    assert takeaways.of_partners(one, 9, label) == said
    both = one.assign(partners=2)
    said = "2 of 9 cities share a practice with another; the most partners, 2, have Oslo and Bergen."
    assert takeaways.of_partners(both, 9, label) == said
    assert takeaways.of_partners(one.head(0), 9, label) == ""
