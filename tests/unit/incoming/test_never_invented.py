"""No reader, of whatever kind, returns a city or a year that does not stand in what it read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.errors import AtlasError
from icc_data.incoming.readers import Kind, read
from icc_data.model.geonames import geonames
from icc_data.model.period import read_period
from icc_data.model.records import City, Practice
from icc_data.text import fold
from tests.helpers.examples import in_one_folder
from tests.helpers.tables import DATA, GAZETTEER

# What the files of each kind are made of, put together at random: words of the forms, places, years, signs, rubbish.
PLACES = (
    *(
        "Norway Bergen 2018",
        "Spain Getxo since 2015",
        "Italie Reggio Emilia",
        "Portugal Lisboa, 2019",
        "Germany Neukölln",
    ),
    *(
        "Ville de Paris / France",
        "Łódź",
        "Berlin-Neukölln",
        "London Borough of Lewisham",
        "Kraków",
        "Ukraine Odesa до 2023",
    ),
    *(
        "Switzerland Zurich 2012 - 2014",
        "Erlangen Strasbourg",
        "Bergen",
        "Norvège",
        "The Netherlands",
        "Lodi 2020 Cork",
    ),
)
WHEN = (
    *(
        "since 2016",
        "2010-2014",
        "from May 2018 on",
        "not active since 2017",
        "2018 (3 years)",
        "every year",
        "until 2023",
    ),
    *("Início: 2015 Fim: 2018", "pilot 2008, since 2010", "> 2015", "last updated 2021", "1990s", "44197", "Jan-21"),
)
WORDS = (
    *("TITLE", "COUNTRY OF ORIGIN:", "CITY", "Country", "City", "Year", "PURPOSE", "Impact", "Process", "Stimulus"),
    *(
        "Read More",
        "Read more",
        "En savoir plus",
        "SOURCE",
        "DESCRIPTION",
        "TARGET GROUPS",
        "☒ Young people",
        "☐ Other",
    ),
    *("TYPE OF PRACTICE", "LANGUAGES", "Topics", "A garden for all", "Neighbours plant together.", "", "-", "•", "…"),
    *("title", "city_ids", "countries", "when_text", "Title", "summary", "https://example.org/-/a", "x", "|"),
)
LINES = st.lists(st.sampled_from((*PLACES, *WHEN, *WORDS)) | st.text(max_size=12), max_size=14)


def names_of(city: City) -> set[str]:
    """Everything a city is called, folded and without spaces."""
    own = (city.name, *(city.local_name or "").split(" / "), *city.aliases, city.city_id.replace("-", " "))
    every = (*own, *geonames().other_names(city.geoname_id or 0))
    return {fold(name).replace(" ", "") for name in every} - {""}


def held(practice: Practice, fields: dict[str, object], notes: tuple[str, ...], text: str) -> None:
    """Hold a practice to its text: each city by one of its names, each year by its digits."""
    squeezed = fold(text).replace(" ", "")
    for city_id in practice.city_ids:
        city = GAZETTEER.by_id(city_id)
        assert city is not None
        is_said = any("read as" in note and city.name in note for note in notes)
        assert is_said or any(name in squeezed for name in names_of(city)), (city_id, text)
    for name in ("start_year", "end_year"):
        year = fields.get(name)
        assert year is None or str(year) in text, (name, year, text)


def read_back(file: Path, kind: Kind, text: str) -> None:
    file.write_text(text, encoding="utf-8", errors="replace", newline="")
    try:
        result = read(file, GAZETTEER, DATA.vocabulary, kind)
    except AtlasError:
        return
    for item in result.accepted:
        if isinstance(item.record, Practice):
            held(item.record, dict(item.fields), (*item.notes, *result.notes), text)


@pytest.mark.parametrize("kind", ["listing", "card", "page", "auto"])
@given(lines=LINES)
@in_one_folder(25)
def test_lines_as_a_text(kind: Kind, lines: list[str], tmp_path: Path) -> None:
    read_back(tmp_path / "sent.txt", kind, "\n".join(lines))


@given(
    titles=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    places=st.lists(st.sampled_from(PLACES), min_size=4, max_size=4),
    whens=st.lists(st.sampled_from(("", *WHEN)), min_size=4, max_size=4),
)
@in_one_folder(25)
def test_entries_of_a_listing(titles: list[str], places: list[str], whens: list[str], tmp_path: Path) -> None:
    entries = [
        f"A practice called {title or 'so'}\n{place} {when}\nWhat the city did there.\nRead More"
        for title, place, when in zip(titles, places, whens, strict=False)
    ]
    read_back(tmp_path / "sent.txt", "listing", "\n".join(entries))


@given(pieces=LINES)
@in_one_folder(25)
def test_lines_as_html(pieces: list[str], tmp_path: Path) -> None:
    body = "".join(f"<p>{piece}</p>" for piece in pieces if "<" not in piece and "&" not in piece)
    read_back(tmp_path / "sent.html", "auto", f"<html><body>{body}</body></html>")


CELLS = st.sampled_from((*PLACES, *WHEN, *WORDS)).map(lambda cell: cell.replace(",", " "))


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=4))
@in_one_folder(25)
def test_cells_of_a_table(rows: list[tuple[str, str, str, str]], tmp_path: Path) -> None:
    lines = ["title,city_ids,countries,when_text", *(",".join(cells) for cells in rows)]
    read_back(tmp_path / "sent.csv", "table", "\n".join(lines))


@given(
    pieces=st.lists(
        st.sampled_from((*WHEN, *PLACES)) | st.text(max_size=8) | st.integers(1900, 2099).map(str), max_size=4
    )
)
@in_one_folder(25)
def test_a_year_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    period = read_period(text, 2026)
    # Digits of other scripts are digits; a span may leave out the hundreds of its end, an era counts its years.
    digits = re.sub(r"\D+", " ", "".join(str(int(c)) if c.isdecimal() else c for c in text))
    for year in (period.start_year, period.end_year):
        assert year is None or str(year) in digits or str(year)[2:] in digits.split(), (text, period)
