"""A line of places is taken apart with the gazetteer, never by counting words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.incoming.readers.place_line import place_line_if_any, read_place_line
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.geonames import geonames
from icc_data.model.records import City, Practice
from icc_data.text import fold
from tests.helpers.tables import DATA, GAZETTEER

FIXTURES = Path(__file__).parents[2] / "fixtures"
NAMES = {city.city_id: city.name for city in DATA.cities}
PLACED = [practice for practice in DATA.practices if practice.countries]


Parts = tuple[tuple[str, ...], tuple[str, ...], str, tuple[str, ...]]


def read_back(item: Practice) -> Parts:
    """The countries, cities and year text of the place line of a practice, and what of it is not read."""
    line = " ".join([*item.countries, *(NAMES[city_id] for city_id in item.city_ids), item.when_text or ""]).strip()
    read = read_place_line(line, GAZETTEER)
    return (
        tuple(country.name for country in read.countries),
        tuple(match.city.city_id for match in read.cities),
        read.when_text,
        tuple(unread.text for unread in read.unread),
    )


def test_every_place_line_of_the_data_reads_back() -> None:
    written: dict[str, Parts] = {
        item.practice_id: (item.countries, item.city_ids, item.when_text or "", ()) for item in PLACED
    }
    assert len(written) > 400
    assert {item.practice_id: read_back(item) for item in PLACED} == written


def cities_of_one_country() -> st.SearchStrategy[list[City]]:
    # Names that two neighbours could form together ("London Camden") have two readings: they stay out.
    parts = ("london", "amsterdam", "berlin", "bursa")
    countries: dict[str, list[City]] = {}
    for city in DATA.cities:
        if not city.city_id.startswith(parts) and city.city_id not in ("camden", "neumarkt-in-der-oberpfalz"):
            countries.setdefault(city.country_code, []).append(city)
    return st.sampled_from(sorted(countries)).flatmap(
        lambda code: st.lists(st.sampled_from(countries[code]), min_size=1, max_size=6, unique=True)
    )


@given(cities_of_one_country(), st.sampled_from(sorted({p.when_text for p in DATA.practices if p.when_text})))
def test_any_cities_of_a_country_and_any_year_text_read_back(cities: list[City], when: str) -> None:
    line = " ".join([cities[0].country, *(city.name for city in cities), when])
    found = read_place_line(line, GAZETTEER)
    assert found.unread == ()
    assert [match.city for match in found.cities] == cities
    assert found.when_text == when


def test_lines_as_people_write_them_are_read_and_what_is_not_known_is_refused() -> None:
    with (FIXTURES / "place_lines.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    read = {row["line"]: read_place_line(row["line"], GAZETTEER) for row in rows}
    answers = {
        line: (
            "; ".join(country.code for country in one.countries),
            "; ".join(match.city.city_id for match in one.cities),
            one.when_text,
            "; ".join(unread.text for unread in one.unread),
        )
        for line, one in read.items()
    }
    assert len(rows) >= 150
    assert answers == {
        row["line"]: (row["countries"], row["city_ids"], row["when_text"], row["unread"]) for row in rows
    }


def names_of(city: City) -> set[str]:
    """Everything a city is called, folded."""
    own = (city.name, *(city.local_name or "").split(" / "), *city.aliases)
    return {fold(name) for name in (*own, *geonames().other_names(city.geoname_id or 0))} - {""}


PIECES = ("City of", "Comune di", "kommune", "-gu", ",", "(", ")", "/", "and", "2018", "since", "Québec", "MN", "Year:")
NAMED = [*PIECES, *(name for city in DATA.cities for name in (city.name, city.country, *city.aliases))]


@given(st.lists(st.sampled_from(NAMED), max_size=9))
def test_no_city_is_read_whose_name_does_not_stand_in_the_line(pieces: list[str]) -> None:
    line = " ".join(pieces)
    squeezed = fold(line).replace(" ", "")
    for match in read_place_line(line, GAZETTEER).cities:
        if not match.read_as:
            assert any(name.replace(" ", "") in squeezed for name in names_of(match.city)), (line, match.city.city_id)


@given(st.text(max_size=60))
def test_any_line_is_taken_apart_without_an_error(line: str) -> None:
    read_place_line(line, GAZETTEER)


@pytest.mark.parametrize(
    ("line", "cities", "when"),
    [
        ("Spain", (), ""),
        ("Spain 2018", (), "2018"),
        ("Switzerland canton of Neuchâtel 2018", ("neuchatel",), "2018"),
        ("United Kingdom London-Camden", ("camden",), ""),
        ("Germany Berlin-Neukölln 2016", ("berlin-neukolln",), "2016"),
        ("Mexico Mexico City 2018", ("mexico-city",), "2018"),
        ("Portugal Lisboa Setubal 2019", ("lisbon", "setubal"), "2019"),
        ("Portugal Lisboa, Setúbal and Cascais (2019)", ("lisbon", "setubal", "cascais"), "(2019)"),
        ("Deutschland Erlangen seit 2019", ("erlangen",), "seit 2019"),
        ("Italy Reggio nell'Emilia 2016", ("reggio-emilia",), "2016"),
        ("Italy United Kingdom Milan Leeds 2019", ("milan", "leeds"), "2019"),
        ("Italy Milan United Kingdom Leeds 2019", ("milan", "leeds"), "2019"),
        ("Greece Ιωάννινα 2019", ("ioannina",), "2019"),
        ("Norway Oslo Running for several decades", ("oslo",), "Running for several decades"),
        ("Erlangen 2020", ("erlangen",), "2020"),
    ],
)
def test_places_are_found_by_name_and_never_by_counting_words(line: str, cities: tuple[str, ...], when: str) -> None:
    found = read_place_line(line, GAZETTEER)
    assert found.unread == ()
    assert (tuple(match.city.city_id for match in found.cities), found.when_text) == (cities, when)


def test_a_city_that_bears_its_countrys_name_is_the_second_of_the_two() -> None:
    luxembourg = City(city_id="luxembourg", name="Luxembourg", country_code="LU", country="Luxembourg")
    with_city = Gazetteer([*DATA.cities, luxembourg])
    assert read_place_line("Luxembourg 2019", with_city).cities == ()
    assert read_place_line("Luxembourg Luxembourg 2019", with_city).cities[0].city == luxembourg
    assert read_place_line("Luxembourg Luxembourg 2019", GAZETTEER).unread[0].text == "Luxembourg"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Germany Kleinstadt 2020", "Kleinstadt"),
        ("Germany kleinstadt 2020", "kleinstadt"),
        ("Germany Kleinstadt", "Kleinstadt"),
        ("Germany Kleinstadt since 2020", "Kleinstadt"),
        ("Germany Erlangen Kleinstadt Hamburg 2020", "Kleinstadt"),
        ("Germany Erlangen and Kleinstadt 2020", "Kleinstadt"),
        ("Germany Neumarkt an der Saale 2020", "Neumarkt an der Saale"),
        ("France La Rochelle depuis 2015", "La Rochelle"),
        ("United Kingdom Salisbury 2018", "Salisbury"),
        ("Spain Lisbon 2018", "Lisbon"),
    ],
)
def test_an_unknown_city_before_the_year_is_never_taken_for_part_of_it(line: str, place: str) -> None:
    found = read_place_line(line, GAZETTEER)
    assert [unread.text for unread in found.unread] == [place]
    assert place not in found.when_text


@pytest.mark.parametrize(
    "line",
    ["Norway", "norway has long asked", "Lisboa 2019", "  Oslo", "United Kingdom London", "Santa Maria da Feira"],
)
def test_a_line_may_begin_with_a_country_or_a_city(line: str) -> None:
    assert place_line_if_any(line, GAZETTEER) == read_place_line(line, GAZETTEER)


@pytest.mark.parametrize("line", ["", " - ", "In Norway", "2019 Oslo", "A garden", "Norwegians in Oslo"])
def test_a_line_that_holds_a_place_further_on_does_not_begin_with_it(line: str) -> None:
    assert place_line_if_any(line, GAZETTEER) is None
