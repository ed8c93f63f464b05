"""The examples of docs/method.md on rates: they are what the data say, counted and worked out another way."""

from __future__ import annotations

import re

import pytest
from scipy.stats import binomtest, chi2

from icc_data.paths import ROOT
from tests.helpers.by_hand import AS_OF, CITIES, PRACTICES

METHOD = " ".join((ROOT / "docs" / "method.md").read_text(encoding="utf-8").split())
MEMBERS = {name: city for name, city in CITIES.items() if city["status"] in ("member", "national_network_only")}


def numbers(pattern: str) -> list[float]:
    told = re.search(pattern.replace("#", r"([\d.,]*\d)"), METHOD)
    assert told is not None, pattern
    return [float(number.replace(",", "")) for number in told.groups()]


def exact(count: float) -> tuple[float, float]:
    return chi2.ppf(0.025, 2 * count) / 2, chi2.ppf(0.975, 2 * count + 2) / 2


def test_the_rate_of_a_year_per_100_member_cities():
    words = r"In # # practices started in the # member cities that are known to have joined by then: # per 100, "
    year, count, cities, rate, low, high = numbers(words + r"from # to #\.")
    joined = {name for name, city in MEMBERS.items() if city["joined_year"] and int(city["joined_year"]) <= year}
    started = [row for row in PRACTICES if row["start"] == year and joined & set(row["city_ids"])]
    assert (len(started), len(joined)) == (count, cities)
    assert [rate, low, high] == pytest.approx([100 * n / cities for n in (count, *exact(count))], abs=0.05)


def test_how_many_joining_years_are_known():
    everything, known = numbers(r"Of # member cities, the joining year is known for #\.")
    assert (len(MEMBERS), sum(bool(city["joined_year"]) for city in MEMBERS.values())) == (everything, known)


def test_the_rate_of_a_year_per_million_residents():
    words = r"In # # practices were active in the cities of known population, with # residents: # per million, "
    year, count, residents, rate, low, high = numbers(words + r"from # to #\.")
    peopled = {name for name, city in CITIES.items() if city["population"]}
    active = [row for row in PRACTICES if peopled & set(row["city_ids"]) and year in row["years"] and year <= AS_OF]
    assert (len(active), sum(int(CITIES[name]["population"]) for name in peopled)) == (count, residents)
    assert [rate, low, high] == pytest.approx([1e6 * n / residents for n in (count, *exact(count))], abs=0.005)


def test_practices_per_member_city_of_a_size():
    words = r"The # member cities of # to # residents carry # practices, # each\."
    cities, low, high, count, each = numbers(words)
    sizes = {name: int(city["population"] or city["settlement_population"] or 0) for name, city in MEMBERS.items()}
    here = {name for name, size in sizes.items() if low <= size < high}
    assert (len(here), sum(bool(here & set(row["city_ids"])) for row in PRACTICES)) == (cities, count)
    assert each == pytest.approx(count / cities, abs=0.05)


def test_the_index_of_a_year():
    base, of, year, count, index, low, high = numbers(r"In # # practices started and in # #: index #, from # to #\.")
    assert [sum(row["start"] == when for row in PRACTICES) for when in (base, year)] == [of, count]
    ends = binomtest(int(count), int(count + of)).proportion_ci(method="exact")
    ratios = [count / of, *(end / (1 - end) for end in (ends.low, ends.high))]
    assert [index, low, high] == pytest.approx([100 * ratio for ratio in ratios], abs=0.5)
