"""Rates and indices: worked out by hand, with what is said of them."""

from __future__ import annotations

import pandas as pd
import pytest

from icc_data.analysis import rate_words, rates
from icc_data.analysis.rates import FIRST

ROWS = pd.DataFrame({"year": [2010, 2011, 2012], "numerator": [0, 4, 10], "denominator": [0, 20, 25]})


def by_year(**practices: int) -> pd.DataFrame:
    years = [int(year[1:]) for year in practices]
    return pd.DataFrame({"year": years, "practices": list(practices.values())})


# Years with 2, 5, no, 10 practices.
COUNTS = by_year(y2010=2, y2011=5, y2013=10)


def test_a_rate_is_the_count_over_the_cities_times_the_scale():
    rows = rates.with_rate(ROWS, 100)
    # 4 / 20 and 10 / 25; the exact limits of 4 are 1.0899 and 10.2416.
    assert rows[["year", "value"]].values.tolist() == [[2011, 20.0], [2012, 40.0]]
    assert (rows["low"][0], rows["high"][0]) == pytest.approx((5.4493, 51.2079), abs=1e-3)


def test_a_year_without_a_city_has_no_rate():
    assert 2010 not in set(rates.with_rate(ROWS, 100)["year"])


def test_an_index_counts_every_year_against_its_base_and_a_year_without_a_practice_is_zero():
    rows = rates.to_base(COUNTS, 2011, 2014)
    assert rows[["year", "numerator", "denominator", "value"]].values.tolist() == [
        [2010, 2, 5, 40.0],
        [2011, 5, 5, 100.0],
        [2012, 0, 5, 0.0],
        [2013, 10, 5, 200.0],
        [2014, 0, 5, 0.0],
    ]


def test_the_base_year_is_100_by_definition():
    base = rates.to_base(COUNTS, 2011, 2014).iloc[1]
    assert (base["low"], base["high"]) == (100, 100)


def test_another_year_has_the_interval_of_the_ratio():
    # 10 against 5: Clopper and Pearson's interval of 10 of 15 is 0.38380 to 0.88176.
    year = rates.to_base(COUNTS, 2011, 2013).iloc[3]
    assert (year["low"], year["high"]) == pytest.approx((62.29, 745.7), abs=0.5)


@pytest.mark.parametrize("base", [2010, 2012, 1999, None])
def test_an_index_to_fewer_than_five_practices_says_nothing(base: int | None):
    assert rates.to_base(COUNTS, base, 2014).empty


def test_the_base_year_is_the_one_asked_for_or_the_first_with_enough():
    assert rates.base_years(COUNTS) == [2011, 2013]
    assert (rates.base_year(COUNTS, FIRST), rates.base_year(COUNTS, "2010")) == (2011, 2010)
    assert rates.base_year(by_year(y2010=4), FIRST) is None


# In words


def words_of(numerator: int, denominator: int, measure: rates.Measure = "cities", scale: int = 100) -> pd.DataFrame:
    rows = pd.DataFrame({"year": [2016], "numerator": [numerator], "denominator": [denominator]})
    return rate_words.in_words(rates.with_rate(rows, scale), measure)


def test_the_highest_rate_is_said_with_what_it_is_made_of():
    both = pd.concat([words_of(10, 25), words_of(4, 4).assign(year=2008)], ignore_index=True)
    # 2008 has the higher rate, of four practices.
    assert rate_words.of_rates(both, "cities", active=False) == (
        "The highest rate is that of 2016: 40.0 per 100 member cities (10 practices of 25 cities; 95% interval "
        "19.2 – 73.6)."
    )


def test_of_few_practices_no_year_is_said_to_be_the_highest():
    assert rate_words.of_rates(words_of(4, 25), "cities", active=False) == (
        "Every year has fewer than 5 practices, so their rates say little."
    )


@pytest.mark.parametrize(("value", "words"), [(0.092, "0.09"), (41.33, "41.3"), (294.4, "294")])
def test_the_smaller_a_rate_the_more_decimals_it_has(value: float, words: str):
    row = pd.DataFrame({"numerator": [1], "denominator": [1], "value": [value], "low": [value], "high": [value]})
    assert rate_words.in_words(row, "cities")["value_words"][0] == words


def test_the_denominator_and_how_many_cities_it_rests_on_are_said():
    rows = rates.with_rate(ROWS, 100)
    counts = {"known": 25, "cities": 30}
    assert rate_words.denominators(rows, counts, "cities") == (
        "Member cities: 20 in 2011, 25 in 2012; joining year known for 25 of 30."
    )
    residents = rates.with_rate(ROWS.assign(denominator=1_500_000), 1_000_000)
    assert rate_words.denominators(residents, counts, "residents") == (
        "1,500,000 residents in every year; population known for 25 of 30 cities."
    )


def test_what_is_in_no_rate_is_said_with_why():
    counts = {"dated": 9, "counted": 4, "elsewhere": 3, "early": 2}
    assert rate_words.left_out(counts, "cities") == (
        "4 of the 9 practices with a start year are counted. Of no member city whose joining year is known: 3. "
        "Of a city that had not joined yet: 2."
    )
    assert rate_words.why_not({"elsewhere": 0, "early": 0}, "residents") == ""


def test_the_years_of_the_populations_are_said_where_there_are_any():
    counts = {"first_year": 2008, "last_year": 2021, "without_year": 3}
    assert rate_words.populations(counts).startswith("The populations are of 2008 to 2021, as published; of 3 no year")
    assert rate_words.populations({"without_year": 3}) == "No year is published of these populations."


SIZED = pd.DataFrame({"class": ["0", "2", None], "numerator": [6, 30, 1], "denominator": [12, 10, 4]})


def test_classes_of_size_are_named_by_their_bounds_and_those_of_no_size_are_said():
    rows = rate_words.size_rows(SIZED)
    assert rows[["label", "value"]].values.tolist() == [["below 50,000 (12)", 0.5], ["200,000 to 500,000 (10)", 3.0]]
    assert rate_words.cities_left_out(SIZED, by_country=False) == (
        "Of 4 member cities no number of residents is known."
    )
    assert rate_words.of_classes(rows) == (
        "The most per city: 200,000 to 500,000 (10), 3.0; the fewest: below 50,000 (12), 0.50."
    )


def test_countries_of_few_cities_are_not_drawn_and_this_is_said():
    places = pd.DataFrame({"class": ["italy", "malta", "spain"], "numerator": [4, 9, 20], "denominator": [8, 1, 5]})
    assert rate_words.country_rows(places, str.title)["label"].tolist() == ["Spain (5)", "Italy (8)"]
    assert rate_words.cities_left_out(places, by_country=True) == (
        "1 country with fewer than 5 member cities is not drawn."
    )
