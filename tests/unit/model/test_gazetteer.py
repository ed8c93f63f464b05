"""Places as people write them resolve to the cities of the network, or say why not and what to do."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.model.gazetteer import AmbiguousPlaceError, Gazetteer, UnknownPlaceError
from icc_data.model.records import City
from tests.helpers.tables import DATA

CITIES = DATA.cities
GAZETTEER = Gazetteer(CITIES)
SPELLINGS = [
    (name, city)
    for city in CITIES
    for name in (city.name, *(city.local_name or "").split(" / "), *city.aliases)
    if name
]


def city(name: str, code: str, country: str, aliases: tuple[str, ...] = ()) -> City:
    city_id = f"{name}-{code}".lower().replace(" ", "-")
    return City(city_id=city_id, name=name, country_code=code, country=country, aliases=aliases)


VALENCIAS = Gazetteer([city("Valencia", "ES", "Spain"), city("Valencia", "VE", "Venezuela")])


def resolved(text: str, country_code: str | None = None) -> str:
    return GAZETTEER.resolve(text, country_code).city.city_id


def test_every_name_and_alias_of_a_city_resolves_to_it_as_written() -> None:
    matches = {(name, item.city_id): GAZETTEER.resolve(name, item.country_code) for name, item in SPELLINGS}
    read = {spelling: (match.city.city_id, match.read_as) for spelling, match in matches.items()}
    assert read == {spelling: (spelling[1], None) for spelling in matches}


@given(st.sampled_from(SPELLINGS), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_does_not_count(item: tuple[str, City], change: Callable[[str], str]) -> None:
    spelling, wanted = item
    assert GAZETTEER.resolve(change(spelling), wanted.country_code).city == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gdansk", "gdansk"),
        ("WROCLAW", "wroclaw"),
        ("Logrono", "logrono"),
        ("Donostia/San Sebastian", "donostia-san-sebastian"),
        ("Neuchâtel", "neuchatel"),
        ("  Leeds ", "leeds"),
        ("Ιωαννινα", "ioannina"),
        ("عمان", "amman"),
    ],
)
def test_accents_and_punctuation_do_not_count(text: str, wanted: str) -> None:
    assert resolved(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lisbonne", "lisbon"),
        ("Lissabon", "lisbon"),
        ("Αθήνα", "athens"),
        ("Kopenhagen", "copenhagen"),
        ("リーズ", "leeds"),
    ],
)
def test_names_in_other_languages_resolve_through_geonames(text: str, wanted: str) -> None:
    match = GAZETTEER.resolve(text)
    assert (match.city.city_id, match.read_as) == (wanted, None)


@pytest.mark.parametrize("text", ["Philadelphia", "Santa Cruz", "Lod", "Mirano"])
def test_another_places_own_name_is_never_a_name_in_another_language(text: str) -> None:
    # GeoNames lists these as other names of Amman, Agadir, Lodi and Milan.
    with pytest.raises(UnknownPlaceError):
        GAZETTEER.resolve(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Erlngen", "Erlangen"), ("Leedss", "Leeds"), ("Camdne", "Camden"), ("Reykjavjk", "Reykjavik")],
)
def test_a_typing_error_is_corrected_and_reported(text: str, name: str) -> None:
    match = GAZETTEER.resolve(text)
    assert (match.city.name, match.read_as) == (name, name)


def test_short_names_are_not_corrected() -> None:
    with pytest.raises(UnknownPlaceError) as error:
        GAZETTEER.resolve("Leds")
    assert "Leeds" in error.value.suggestions


def test_a_name_of_four_letters_is_offered_and_not_taken() -> None:
    with pytest.raises(UnknownPlaceError) as error:
        GAZETTEER.resolve("Osloo")
    assert error.value.suggestions == ("Oslo",)


def test_another_place_that_geonames_knows_is_not_a_typing_error() -> None:
    with pytest.raises(UnknownPlaceError) as error:
        GAZETTEER.resolve("Winchester")
    assert error.value.suggestions[0] == "Manchester"
    assert error.value.offers[0].name == "Winchester"


def test_the_same_name_in_two_countries_is_ambiguous_and_names_both() -> None:
    with pytest.raises(AmbiguousPlaceError) as error:
        VALENCIAS.resolve("valencia")
    assert [candidate.country for candidate in error.value.candidates] == ["Spain", "Venezuela"]
    assert "Valencia in Spain (valencia-es)" in str(error.value)


def test_the_country_narrows_the_candidates() -> None:
    assert VALENCIAS.resolve("Valencia", "VE").city.city_id == "valencia-ve"


@pytest.mark.parametrize("text", ["Valencia, Spain", "Valencia (España)", "VALENCIA, Espagne"])
def test_a_country_written_after_the_city_narrows_as_well(text: str) -> None:
    assert VALENCIAS.resolve(text).city.city_id == "valencia-es"


def test_a_country_that_contradicts_the_one_known_is_refused() -> None:
    with pytest.raises(UnknownPlaceError):
        VALENCIAS.resolve("Valencia, Spain", "VE")


def test_a_name_counts_before_another_citys_alias() -> None:
    both = Gazetteer([city("Berlin", "DE", "Germany"), city("Neukoelln", "DE", "Germany", ("Berlin",))])
    assert both.resolve("Berlin").city.name == "Berlin"


@pytest.mark.parametrize("text", ["City of Leeds", "Ville de Strasbourg", "Ciudad de Bilbao", "Stadt Erlangen"])
def test_the_rank_before_a_name_does_not_count(text: str) -> None:
    assert resolved(text) == text.split()[-1].lower()


def test_a_city_outside_the_network_is_offered_with_what_geonames_knows() -> None:
    with pytest.raises(UnknownPlaceError) as error:
        GAZETTEER.resolve("Napoli", "IT")
    offer = error.value.offers[0]
    assert (offer.name, offer.country, offer.geoname_id) == ("Naples", "Italy", 3172394)
    assert offer.population > 800_000
    assert (round(offer.latitude), round(offer.longitude)) == (41, 14)
    assert "Naples" in error.value.advice
    assert "cities.csv" in error.value.advice


def test_a_city_outside_the_network_is_never_added() -> None:
    with pytest.raises(UnknownPlaceError):
        GAZETTEER.resolve("Naples")
    assert GAZETTEER.named("Naples") == ()


def test_a_homonym_in_another_country_is_named_in_the_error() -> None:
    with pytest.raises(UnknownPlaceError, match="The network has Salisbury in Australia"):
        GAZETTEER.resolve("Salisbury", "GB")


@given(st.text(max_size=40), st.sampled_from([None, "ES", "GB", "XX", ""]))
def test_any_text_gives_a_city_or_one_of_two_errors(text: str, country_code: str | None) -> None:
    try:
        match = GAZETTEER.resolve(text, country_code)
    except (UnknownPlaceError, AmbiguousPlaceError):
        return
    assert country_code in (None, match.city.country_code)


def test_errors_say_what_to_do() -> None:
    with pytest.raises(UnknownPlaceError) as error:
        GAZETTEER.resolve("Kleinstadt", "DE")
    assert error.value.title == "“Kleinstadt” is not a city of the network in Germany."
    assert "add the city to cities.csv" in error.value.advice


def test_a_city_is_found_by_its_identifier() -> None:
    found = GAZETTEER.by_id("lisbon")
    assert found is not None
    assert found.name == "Lisbon"
    assert GAZETTEER.by_id("nowhere") is None


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("South Korea", "KR", "South Korea"),
        ("Republic of Korea", "KR", "South Korea"),
        ("대한민국", "KR", "South Korea"),
        ("Türkiye", "TR", "Turkey"),
        ("TURKEY", "TR", "Turkey"),
        ("UK", "GB", "United Kingdom"),
        ("Royaume-Uni", "GB", "United Kingdom"),
        ("Russian Federation", "RU", "Russia"),
        ("the Netherlands", "NL", "Netherlands"),
        ("Pays-Bas", "NL", "Netherlands"),
        ("Czechia", "CZ", "Czechia"),
        ("Czech Republic", "CZ", "Czechia"),
        ("Espanya", "ES", "Spain"),
        ("Espanha", "ES", "Spain"),
        ("Deutschland", "DE", "Germany"),
        ("Ελλάδα", "GR", "Greece"),
        ("Україна", "UA", "Ukraine"),
        ("Bosnia & Herzegovina", "BA", "Bosnia and Herzegovina"),
        ("u.s.a.", "US", "United States"),
    ],
)
def test_a_country_is_read_in_many_languages_and_given_back_in_the_projects_english(
    text: str, code: str, name: str
) -> None:
    country = GAZETTEER.country(text)
    assert country is not None
    assert (country.code, country.name) == (code, name)


@pytest.mark.parametrize("text", ["", "Europe", "European Union", "Atlantis", "Lisbon", "2020"])
def test_what_is_no_country_is_none(text: str) -> None:
    assert GAZETTEER.country(text) is None


def test_every_country_of_the_network_is_read_as_itself() -> None:
    for item in CITIES:
        country = GAZETTEER.country(item.country)
        assert country is not None
        assert (country.code, country.name) == (item.country_code, item.country)


def test_making_a_gazetteer_takes_less_than_50_ms() -> None:
    fastest = 1.0
    for _ in range(3):
        start = time.thread_time()
        Gazetteer(CITIES)
        fastest = min(fastest, time.thread_time() - start)
    assert fastest < 0.05


def test_names_and_aliases_are_answered_without_reading_geonames() -> None:
    script = (
        "from pathlib import Path; from icc_data.incoming.check import load_data;"
        "from icc_data.model.gazetteer import Gazetteer; from icc_data.model.geonames import geonames;"
        "g = Gazetteer(load_data(Path('data'))[0].cities); g.resolve('wien'); g.resolve('Valencia, Spain');"
        "assert geonames.cache_info().misses == 0"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[3], timeout=60)


@pytest.mark.parametrize("text", ["Norway", "the Netherlands", "UK", "Myanmar", "Bosnia & Herzegovina"])
def test_a_country_is_found_by_what_it_is_called_in_english(text: str) -> None:
    assert GAZETTEER.country_in_english(text) == GAZETTEER.country(text) is not None


@pytest.mark.parametrize("text", ["Norvège", "Norge", "Deutschland", "Oslo", ""])
def test_names_in_other_languages_are_no_english_ones(text: str) -> None:
    assert GAZETTEER.country_in_english(text) is None


def test_offers_of_one_name_and_country_differ_by_their_region() -> None:
    with pytest.raises(UnknownPlaceError) as error:
        GAZETTEER.resolve("Springfield")
    places = [offer.where for offer in error.value.offers]
    assert places[:3] == ["Missouri, United States", "Massachusetts, United States", "Illinois, United States"]
    assert len(set(places)) == len(places)
    assert "Springfield (Missouri, United States, " in str(error.value)


def test_an_offer_that_stands_alone_in_its_country_needs_no_region() -> None:
    with pytest.raises(UnknownPlaceError) as error:
        GAZETTEER.resolve("Naples", "IT")
    assert [offer.where for offer in error.value.offers] == ["Italy"]


def test_a_region_outside_the_united_states_goes_by_its_largest_place() -> None:
    with pytest.raises(UnknownPlaceError) as error:
        GAZETTEER.resolve("San Juan", "PH")
    assert [offer.where for offer in error.value.offers] == [
        "region of Quezon City, Philippines",
        "region of Angeles City, Philippines",
    ]
