"""What the network's cities say against a practice: which countries are none, called otherwise, or missing."""

from __future__ import annotations

import pytest

from icc_data.model.gazetteer import Gazetteer
from icc_data.model.practice_faults import country_faults, practice_faults
from icc_data.model.records import City, Practice

GAZETTEER = Gazetteer(
    (
        City(city_id="lisbon", name="Lisbon", country_code="PT", country="Portugal"),
        City(city_id="cork", name="Cork", country_code="IE", country="Ireland"),
    )
)


def found_in(cities: tuple[str, ...], countries: tuple[str, ...]) -> list[tuple[str, str]]:
    practice = Practice(practice_id="a", title="A garden", city_ids=cities, countries=countries)
    return [(fault.code, fault.value) for fault in practice_faults(practice, GAZETTEER)]


@pytest.mark.parametrize(
    ("cities", "countries"),
    [((), ()), (("lisbon",), ("Portugal",)), (("lisbon", "cork"), ("Ireland", "Portugal")), ((), ("Spain",))],
)
def test_countries_that_are_known_and_hold_the_cities_are_right(cities: tuple[str, ...], countries: tuple[str, ...]):
    assert found_in(cities, countries) == []


def test_a_word_that_is_no_country_is_a_fault():
    assert found_in((), ("Atlantis",)) == [("no_country", "Atlantis")]


def test_another_name_of_a_country_is_a_fault_that_names_the_country():
    (fault,) = country_faults(["Irlande"], GAZETTEER)
    assert (fault.code, fault.country and fault.country.name) == ("other_name", "Ireland")


def test_the_country_of_each_city_must_be_there():
    assert found_in(("lisbon", "cork"), ("Spain", "Malta")) == [
        ("country_missing", "Spain; Malta"),
        ("country_missing", "Spain; Malta"),
    ]


def test_a_missing_country_is_told_with_its_city():
    practice = Practice(practice_id="a", title="A garden", city_ids=("cork",), countries=())
    (fault,) = practice_faults(practice, GAZETTEER)
    assert (fault.city and fault.city.city_id, fault.column) == ("cork", "countries")


def test_a_city_that_nobody_knows_says_nothing():
    assert found_in(("atlantis",), ("Spain",)) == []
