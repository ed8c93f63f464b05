"""The examples of docs/method.md on silence and movement are what the frozen data gives."""

from __future__ import annotations

import re

import duckdb
import pytest
from scipy.stats import binomtest

from icc_data import queries
from icc_data.analysis.review_state import standing_then
from icc_data.analysis.silence import with_silence
from icc_data.paths import ROOT
from icc_data.queries.selection import Selection
from tests.helpers.by_hand import AS_OF, CITIES, PRACTICES

METHOD = " ".join((ROOT / "docs" / "method.md").read_text(encoding="utf-8").split())


def numbers(pattern: str) -> list[float]:
    said = re.search(pattern.replace("#", r"(−?[\d.]+?)"), METHOD)
    assert said is not None, pattern
    return [float(number.replace("−", "-")) for number in said.groups()]


def test_the_cities_that_are_silent_undated_without_a_practice_and_heard_of():
    words = (
        r"of the # cities # are silent for # years or more, that is after #; # have only undated practices, # none, "
    )
    cities, silent, years, year, undated, none, heard = numbers(words + "and of # something newer is known")
    newest: dict[str, list[int]] = {city: [] for city in CITIES}
    for row in PRACTICES:
        known_years = row["known_years"] or {row["end"]} - {None}
        for city in row["city_ids"]:
            newest[city].append(max((min(known, AS_OF) for known in known_years), default=0))
    assert year == AS_OF - years
    left = {city for city, row in CITIES.items() if row["status"] == "former"}
    assert numbers("The # former members are in none of these") == [len(left)]
    newest = {city: known for city, known in newest.items() if city not in left}
    assert cities == len(newest)
    assert none == sum(not known for known in newest.values())
    assert undated == sum(bool(known) and max(known) == 0 for known in newest.values())
    assert silent == sum(bool(known) and 0 < max(known) <= year for known in newest.values())
    assert heard == cities - silent - undated - none


def test_the_cities_that_were_silent_years_earlier(atlas: duckdb.DuckDBPyConnection):
    (year, silent) = numbers("Two years earlier, at the end of #, # were silent")
    assert year == AS_OF - 2
    counted = 0
    for city, facts in CITIES.items():
        there = facts["status"] != "former" and not (facts["joined_year"] and int(facts["joined_year"]) > year)
        own = [row["known_years"] or {row["end"]} - {None} for row in PRACTICES if city in row["city_ids"]]
        known = [min(max(years), year) for years in own if years and min(years) <= year]
        counted += there and max(known, default=year) <= year - 5
    assert silent == counted
    assert standing_then(queries.review_cities(atlas, Selection(), 2), AS_OF - 2, 5).silent == counted


def test_a_city_that_is_silent_although_a_practice_was_said_to_go_on(atlas: duckdb.DuckDBPyConnection):
    newest, since, going = numbers(r"newest known year is #, so it is silent since #, although # of its practices")
    told = with_silence(queries.review_cities(atlas, Selection()), AS_OF, 5).set_index("city_id").loc["copenhagen"]
    assert [told["newest_known"], told["silent_since"], told["said_to_go_on"]] == [newest, since, going]


def test_a_share_that_moved_as_chance_could_have_it():
    words = r"# of the # practices that started in #–# are about welcoming newcomers, # of the # of #–#: "
    words += "from # % to # %, # points more, from # to #"
    found = numbers(words + r"\. It could")
    now, of, first, last, before, of_before, first_before, last_before, low_share, share, points, low, high = found

    def started(start: float, end: float) -> list[list[str]]:
        return [row["policy_areas"] for row in PRACTICES if row["start"] and start <= row["start"] <= end]

    newer, older = started(first, last), started(first_before, last_before)
    assert [len(newer), len(older)] == [of, of_before]
    assert [sum("welcoming" in areas for areas in part) for part in (newer, older)] == [now, before]
    assert [low_share, share, points] == pytest.approx(
        [100 * before / of_before, 100 * now / of, 100 * (now / of - before / of_before)], abs=0.05
    )
    one = binomtest(int(now), int(of)).proportion_ci(method="wilson")
    other = binomtest(int(before), int(of_before)).proportion_ci(method="wilson")
    p, q = now / of, before / of_before
    below = ((p - one.low) ** 2 + (other.high - q) ** 2) ** 0.5
    above = ((one.high - p) ** 2 + (q - other.low) ** 2) ** 0.5
    assert [low, high] == pytest.approx([100 * (p - q - below), 100 * (p - q + above)], abs=0.05)


def test_two_selections_of_which_one_practice_is_in_both():
    words = r"# of the # practices of Spain and # of the # of Italy are about anti-discrimination; # is in both, "
    words += "and is not about it: # % and # %, # points more, from # to #"
    spain, of_spain, italy, of_italy, both, share, other, points, low, high = numbers(words + r"\. That")
    ours = [[row for row in PRACTICES if place in row["facets"]["country"]] for place in ("spain", "italy")]
    shared = [row for row in ours[0] if row in ours[1]]
    assert [len(ours[0]), len(ours[1]), len(shared)] == [of_spain, of_italy, both]
    counted = [sum("anti_discrimination" in row["policy_areas"] for row in rows) for rows in (*ours, shared)]
    assert counted == [spain, italy, 0]
    difference = spain / of_spain - italy / of_italy
    assert [share, other, points] == pytest.approx(
        [100 * spain / of_spain, 100 * italy / of_italy, 100 * difference], abs=0.05
    )
    below = above = 0.0
    alone, other_alone = of_spain - both, of_italy - both
    weights = (alone / of_spain, -other_alone / of_italy, both / of_spain - both / of_italy)
    for k, n, weight in zip((spain, italy, 0), (alone, other_alone, both), weights, strict=True):
        ends = binomtest(int(k), int(n)).proportion_ci(method="wilson")
        least, most = sorted((weight * ends.low, weight * ends.high))
        below += (weight * k / n - least) ** 2
        above += (most - weight * k / n) ** 2
    assert [low, high] == pytest.approx([100 * (difference - below**0.5), 100 * (difference + above**0.5)], abs=0.05)
