"""What views say in sentences: worked out by hand, in singular and plural, and silent where numbers are small."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from icc_data.analysis.comparison import Benchmark
from icc_data.analysis.pack_findings import (
    area_findings,
    benchmark_findings,
    city_findings,
    newest_start,
    selection_findings,
)
from icc_data.analysis.policy_area_facts import GAP_FACETS

AS_OF = 2026


def label(_facet: str, code: str) -> str:
    return code.capitalize()


# A city


def profile(*rows: tuple[str, int, int, int], practices: int) -> pd.DataFrame:
    """Terms of a city with so many practices, of a network of 100: code, practices, those of the network, cities."""
    return pd.DataFrame(
        [
            {
                "code": code,
                "practices": count,
                "share": count / practices if practices else 0.0,
                "network_practices": network,
                "network_share": network / 100,
                "city_practices": practices,
                "all_practices": 100,
                "cities": cities,
                "group": "one commitment" if code == "education" else "another",
            }
            for code, count, network, cities in rows
        ]
    )


def of_city(*rows: tuple[str, int, int, int], practices: int, newest: int | None = 2019, dated: int = 1) -> list[str]:
    terms = profile(*rows, practices=practices)
    return city_findings(
        "Oslo",
        {"practices": practices, "uncoded": 0},
        {"practices": practices, "areas": int((terms["practices"] > 0).sum()), "newest": newest, "dated": dated},
        {"practices": 100, "areas": len(rows), "cities": 40},
        {"policy_area": terms},
        label,
    )


def test_of_a_city_without_a_practice_nothing_else_is_said():
    told = of_city(("education", 0, 8, 3), practices=0)
    assert told == ["No practice of this city has been published in the sources of this atlas."]


def test_a_city_with_one_practice_is_told_in_the_singular_and_without_shares():
    assert of_city(("education", 1, 30, 20), ("media", 0, 10, 9), practices=1) == [
        "Oslo has 1 practice, of 100 in the network, in 1 of 2 policy areas.",
        "It began in 2019, as far as known.",
        "No practice in 1 of 2 policy areas: Media.",
        "Commitments without a practice: Another.",
    ]


@pytest.mark.parametrize(("practices", "told"), [(4, False), (5, True)])
def test_the_policy_area_of_most_practices_is_said_from_five_on_and_as_no_majority(practices: int, told: bool):
    sentences = of_city(("education", 3, 30, 20), ("media", 1, 10, 9), practices=practices)
    # 3 of 5.
    most = "No policy area has more of its practices than Education: 3 of 5 (60%; in the network 30%)."
    assert (most in sentences) == told
    assert any(sentence.startswith("No policy area has more") for sentence in sentences) == told


def test_what_few_others_do_is_said_where_it_is_more_than_chance():
    # 4 of 6 where 8 × 6 ∕ 100 = 0.48 are expected, which is 8.3 times as many.
    told = of_city(("education", 4, 8, 3), ("media", 2, 30, 20), practices=6)
    assert "Education: 4 practices, 8.3 times as common here as in the network; 3 cities have one." in told


def test_what_could_be_chance_is_no_finding():
    # 2 of 6 where 20 × 6 ∕ 100 = 1.2 are expected.
    told = of_city(("education", 2, 20, 3), ("media", 4, 60, 30), practices=6)
    assert not any("times as common" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("newest", "dated", "count", "words"),
    [
        (None, 0, 1, "Its 1 practice carries no start year."),
        (None, 0, 3, "None of its 3 practices carries a start year."),
        (2019, 2, 3, "The newest of them with a known start began in 2019; 2 of 3 carry a start year."),
    ],
)
def test_the_newest_start_is_said_with_how_many_carry_one(newest: int | None, dated: int, count: int, words: str):
    assert newest_start({"newest": newest, "dated": dated, "practices": count}) == words


# A selection


def of_selection(*areas: int, everything: bool = False, **changed: int) -> list[str]:
    chosen = bool(changed.pop("area_chosen", 0))
    counts = {"practices": 12, "cities": 5, "cities_with_practices": 4, "countries": 2, "recent": 3, "recent_bare": 0}
    counts["of_any_year"] = changed.get("practices", 12)
    counts |= {"undated": 4, "undated_unread": 0, **changed}
    terms = pd.DataFrame(
        {
            "code": ["education", "media", "housing", "sport"][: len(areas)],
            "practices": areas,
            "of": counts["practices"],
        }
    )
    return selection_findings(counts, terms, label, AS_OF, everything=everything, area_chosen=chosen)


def test_a_selection_without_a_practice_says_so_and_nothing_else():
    assert of_selection(practices=0) == ["No practice fits what is chosen."]


def test_a_selection_says_its_size_its_areas_its_gaps_and_what_is_new():
    assert of_selection(8, 4, 2, 1) == [
        "12 practices fit what is chosen. 4 of its 5 cities have one; the cities are in 2 countries.",
        "The policy areas with most practices are Education (8), Media (4) and Housing (2), of 12; one practice may "
        "have several.",
        "4 of 12 practices carry no start year and are on no timeline.",
        "3 practices that started in 2024–2026 are published so far; more will follow.",
    ]


def test_everything_is_told_as_the_atlas():
    assert of_selection(8, everything=True)[0].startswith("12 practices are in the atlas. 4 of its 5 cities have one;")


def test_practices_without_any_city_are_told_as_such():
    assert of_selection(8, cities=0)[0] == "12 practices fit what is chosen. They name no city."


def test_areas_are_compared_as_if_none_were_chosen_and_that_is_said():
    assert of_selection(8, area_chosen=1)[1].startswith("With no policy area chosen, most would be in Education (8)")


def test_what_is_counted_whatever_the_years_is_said_to_be():
    told = of_selection(8, of_any_year=20)
    assert told[2] == "Whatever years are chosen, 4 of 20 practices carry no start year and are on no timeline."


def test_one_practice_is_told_in_the_singular_and_without_an_order_of_areas():
    one = {"practices": 1, "cities": 1, "cities_with_practices": 1, "countries": 1, "of_any_year": 1}
    assert of_selection(1, **one, undated=0, recent=1) == [
        "1 practice fits what is chosen. 1 of its 1 city has one, in 1 country.",
        "0 of 1 practice carries no start year and is on no timeline.",
        "1 practice that started in 2024–2026 is published so far; more will follow.",
    ]


@pytest.mark.parametrize(("practices", "told"), [(4, False), (5, True)])
def test_the_order_of_areas_is_said_from_five_practices_on(practices: int, told: bool):
    sentences = of_selection(3, 1, practices=practices)
    assert any("with most practices" in sentence for sentence in sentences) == told


def test_areas_without_a_practice_are_not_named():
    assert not any("with most practices" in sentence for sentence in of_selection(0, 0))


def test_where_nothing_new_is_published_that_is_no_decline():
    assert of_selection(8, recent=0)[-1] == (
        "No practice that started in 2024–2026 is published so far; more will follow."
    )


# A policy area

AREA = {
    **{"practices": 20, "all_practices": 80, "cities": 9, "countries": 3, "last_start": 2021, "all_last_start": 2025},
    **{"undated": 5, "of_any_year": 20, "all_undated": 16, "all_of_any_year": 80},
}


def of_area(missing: list[tuple[str, int, int]] | None = None, **changed: Any) -> list[str]:
    """The findings of an area, with places by name: practices in all, and of the area."""
    rows = missing or [("spain", 30, 10), ("italy", 50, 10)]
    held = pd.DataFrame(rows, columns=["value", "of", "practices"])
    values = dict.fromkeys(GAP_FACETS, held)
    counts = {name: value for name, value in {**AREA, **changed}.items() if value is not None}
    return area_findings("Education", counts, values, label, AS_OF)


def test_an_area_says_its_size_its_newest_start_and_how_many_carry_none():
    assert of_area() == [
        "20 of 80 practices (25.0%) are in Education, of 9 cities in 3 countries.",
        "The last start known here is 2021, 5 years before the data; of all practices compared with, 2025.",
        "5 of 20 practices (25%) carry no start year; of all practices compared with, 16 of 80 (20%).",
    ]


def test_an_area_with_one_practice_is_told_in_the_singular():
    told = of_area(practices=1, all_practices=50, cities=1, countries=1, last_start=2025, undated=1, of_any_year=1)
    assert told == [
        "1 of 50 practices (2.0%) is in Education, of 1 city in 1 country.",
        "The last start known here is 2025, 1 year before the data; of all practices compared with, 2025.",
        "1 of 1 practice (100%) carries no start year; of all practices compared with, 16 of 80 (20%).",
    ]


def test_an_area_of_undated_practices_claims_no_last_start():
    assert of_area(last_start=None)[1] == (
        "No practice here carries a start year, so nobody can tell when the last one began."
    )


def test_what_is_missing_is_named_from_five_practices_elsewhere_on():
    # Four practices are too few for one in the area to be expected.
    told = of_area([("spain", 30, 10), ("italy", 5, 0), ("malta", 4, 0)])
    [missing] = [sentence for sentence in told if "Italy" in sentence]
    assert missing == (
        "Countries without a practice here (in brackets: all their practices): Italy (5) – 1 of the 2 that have "
        "at least 5 practices."
    )


# A place beside its peers


def benchmark(practices: int = 10, peers: tuple[int, ...] = (10,) * 6, **frames: pd.DataFrame) -> Benchmark:
    """A place with so many practices and the peers' numbers."""
    names = {f"peer{place}": f"Peer {place}" for place in range(len(peers))}
    portfolio = pd.DataFrame(columns=["label", "practices", "share", "percentile", "peers_with", "peers"])
    index = pd.DataFrame(columns=["policy_area", "year", "score", "rank", "of"])
    empty = pd.DataFrame()
    return Benchmark(
        "city",
        "oslo",
        tuple(names),
        "",
        {"oslo": "Oslo", **names},
        practices,
        sum(count > 0 for count in peers),
        frames.get("portfolio", portfolio),
        empty,
        frames.get("index", index),
        empty,
        pd.DataFrame({"unit": [*names], "practices": peers}),
    )


def areas(*rows: tuple[str, int, float | None, int]) -> pd.DataFrame:
    """Areas of a place with ten practices: label, practices, percentile rank, peers that have some of six."""
    return pd.DataFrame(
        [(name, count, count / 10, rank, peers, 6) for name, count, rank, peers in rows],
        columns=["label", "practices", "share", "percentile", "peers_with", "peers"],
    )


def test_a_place_is_told_beside_the_median_of_the_peers_that_have_practices():
    # Of 2, 4, 6, 8 and 10.
    told = benchmark_findings(benchmark(10, (2, 4, 6, 8, 10, 0)))
    assert told[0] == "Oslo has 10 practices; the median of the 5 peers with practices has 6."


def test_beside_few_peers_with_practices_no_median_and_no_rank_is_said():
    told = benchmark_findings(benchmark(1, (9, 9, 9, 9, 0), portfolio=areas(("Media", 1, 100.0, 4))))
    assert told == [
        "Oslo has 1 practice; 4 of its 5 peers have any.",
        "The numbers are small: counts are given, no shares, quartiles and ranks.",
    ]


def test_high_and_low_ranks_are_named_at_most_three_the_furthest_first():
    rows = areas(
        ("Media", 6, 80.0, 6), ("Sport", 8, 95.0, 6), ("Housing", 5, 79.9, 6), ("Schools", 7, 90.0, 6),
        ("Police", 9, 99.0, 6), ("Parks", 1, 20.0, 6),
    )  # fmt: skip
    assert benchmark_findings(benchmark(portfolio=rows))[1:] == [
        "Its share is higher than that of most peers in Police (90%, percentile rank 99), Sport (80%, "
        "percentile rank 95) and Schools (70%, percentile rank 90).",
        "Its share is lower than that of most peers in Parks (10%, percentile rank 20).",
    ]


def test_what_peers_have_and_the_place_has_not_is_named_by_how_many_have_it():
    rows = areas(("Media", 0, None, 1), ("Sport", 0, None, 5), ("Parks", 0, None, 0))
    assert benchmark_findings(benchmark(portfolio=rows))[1:] == [
        "It has no practice in Sport (5 of 6 peers have one) and Media (1 of 6 peers has one)."
    ]


def test_a_place_without_a_practice_is_not_told_area_by_area_what_it_lacks():
    told = benchmark_findings(benchmark(0, portfolio=areas(("Media", 0, None, 5))))
    assert not any("It has no practice in" in sentence for sentence in told)


def test_the_index_is_said_with_its_rank_and_not_without_one():
    index = pd.DataFrame(
        {"policy_area": ["overall", "media"], "year": [2019, 2019], "score": [71.5, 60.0], "rank": [2, 1], "of": [7, 7]}
    )
    told = benchmark_findings(benchmark(index=index))
    assert told[-1] == "Its Index score of 2019 is 71.5, rank 2 of 7 with the peers of that edition."
    unranked = index.assign(rank=[float("nan"), 1])
    assert len(benchmark_findings(benchmark(index=unranked))) == len(told) - 1


def test_how_many_practices_carry_a_start_year_is_told_in_the_singular_where_one_does():
    assert newest_start({"newest": 2019, "dated": 1, "practices": 3}) == (
        "The newest of them with a known start began in 2019; 1 of 3 carries a start year."
    )
    assert newest_start({"newest": 2019, "dated": 2, "practices": 3}) == (
        "The newest of them with a known start began in 2019; 2 of 3 carry a start year."
    )
