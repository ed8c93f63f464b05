"""What GeoNames knows of places: by their own names, by those in other languages, and which of these are names."""

from __future__ import annotations

from typing import Any

import pytest

from icc_data.model.geonames import GeoNames

COUNTRIES = {"IT": {"name": "Italy"}, "US": {"name": "United States"}}


def place(geoname_id: int, name: str, country: str, population: int, *others: str, region: str = "") -> dict[str, Any]:
    return {
        "geonameid": geoname_id,
        "name": name,
        "countrycode": country,
        "population": population,
        "latitude": 40.851799999,
        "longitude": 14.268120001,
        "alternatenames": list(others),
        "admin1code": region,
    }


@pytest.fixture(scope="module")
def known() -> GeoNames:
    places = [
        place(1, "Naples", "US", 21_000, "APF"),
        place(2, "Naples", "IT", 988_000, "Napoli", "Neapel", "NAP", "napoli", "Νάπολη"),
        place(3, "Casoria", "IT", 70_000, "Casoria di Napoli"),
        place(4, "Nowhere", "ZZ", 5_000),
    ]
    return GeoNames(places, COUNTRIES)


def test_places_of_one_name_come_the_largest_first(known: GeoNames) -> None:
    assert [(offer.country, offer.population) for offer in known.named("naples")] == [
        ("Italy", 988_000),
        ("United States", 21_000),
    ]


def test_a_country_narrows_the_places(known: GeoNames) -> None:
    assert [offer.country_code for offer in known.named("Naples", "US")] == ["US"]


def test_coordinates_are_rounded_to_about_ten_metres(known: GeoNames) -> None:
    (offer,) = known.named("Casoria")
    assert (offer.latitude, offer.longitude) == (40.8518, 14.2681)


def test_a_country_that_geonames_does_not_name_goes_by_its_code(known: GeoNames) -> None:
    assert known.named("Nowhere")[0].country == "ZZ"


def test_a_place_is_found_by_its_name_in_another_language(known: GeoNames) -> None:
    assert [offer.name for offer in known.also_named("Neapel")] == ["Naples"]


@pytest.mark.parametrize("text", ["neapel", "Neape", "apel", "", "|"])
def test_a_name_in_another_language_counts_only_as_it_is_written(known: GeoNames, text: str) -> None:
    assert known.also_named(text) == ()


def test_a_name_that_holds_another_is_not_that_other(known: GeoNames) -> None:
    assert [offer.name for offer in known.also_named("Napoli")] == ["Naples"]


def test_airport_codes_and_machine_transcriptions_are_no_names(known: GeoNames) -> None:
    assert set(known.other_names(2)) == {"Naples", "Napoli", "Neapel", "Νάπολη"}


def test_a_place_that_geonames_does_not_have_has_no_names(known: GeoNames) -> None:
    assert known.other_names(99) == ()
