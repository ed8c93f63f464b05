"""Listings in the languages of the site, and lists that only look like one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from icc_data.errors import AtlasError
from icc_data.incoming.readers import Kind, read
from icc_data.incoming.readers.result import ReadResult
from icc_data.model.records import Practice
from tests.helpers.tables import DATA, GAZETTEER

TEXT = "Something that people of the town do together, told at a length that no line of places would ever have..."
LIST = "Practices\n\n  • Turin / Italy\n\n One\n\n  • Lisbon / Portugal\n\n Two\n\n  • Ghent / Belgium\n\n Three\n"


def read_text(tmp_path: Path, content: str, kind: Kind = "auto") -> ReadResult:
    path = tmp_path / "listing.txt"
    path.write_text(content, encoding="utf-8")
    return read(path, GAZETTEER, DATA.vocabulary, kind)


def listing(more: str, *places: str) -> str:
    return "".join(f"Idea {n}\n\n{place}\n\n{TEXT}\n\n{more}\n\n" for n, place in enumerate(places))


@pytest.mark.parametrize(
    ("more", "language"),
    [
        ("Leer más", "Spanish"),
        ("Weiterlesen", "German"),
        ("Διαβάστε περισσότερα", "Greek"),
        ("Irakurri gehiago", "Basque"),
        ("Lue lisää", "Finnish"),
        ("Leggi di più »", "Italian"),
        ("Ler mais", "Portuguese"),
        ("Lexo më shumë", "Albanian"),
        ("Прочитај више", "Serbian"),
        ("Читати далі", "Ukrainian"),
        ("Чытаць далей", "Belarusian"),
        ("続きを読む", "Japanese"),
    ],
)
def test_read_more_is_known_in_the_languages_of_the_site(tmp_path: Path, more: str, language: str) -> None:
    result = read_text(tmp_path, listing(more, "Norway Oslo 2020", "Germany Erlangen 2019"))
    assert (result.kind, result.problems) == ("listing", ())
    assert [item.record.city_ids for item in result.accepted if isinstance(item.record, Practice)] == [
        ("oslo",),
        ("erlangen",),
    ]
    assert f"the page is in {language}: the title needs an English translation" in result.accepted[0].notes


def test_a_line_that_comes_again_below_what_is_cut_ends_an_entry_in_any_language(tmp_path: Path) -> None:
    result = read_text(tmp_path, listing("Klik hier", "Norway Oslo 2020", "Germany Erlangen 2019"), "listing")
    assert (len(result.accepted), result.problems) == (2, ())


@pytest.mark.parametrize("place", ["Suisse Genève 2018 à ...", "Switzerland Geneva 2018 – …"])
def test_a_line_of_places_may_end_in_dots(tmp_path: Path, place: str) -> None:
    (item,) = read_text(tmp_path, f"Good practices\n\n{listing('Read More', place)}").accepted
    assert (item.fields["city_ids"], item.fields["start_year"], item.fields["ongoing"]) == (["geneva"], 2018, True)


def test_a_line_of_places_may_have_its_labels(tmp_path: Path) -> None:
    result = read_text(tmp_path, listing("Read More", "Country: Spain City: Bilbao Year: 2018", "Norway Oslo 2020"))
    assert result.problems == ()
    assert [item.fields["when_text"] for item in result.accepted] == ["2018", "2020"]
    assert [item.fields["cities"] for item in result.accepted] == [["Bilbao"], ["Oslo"]]


def test_a_list_of_places_without_read_more_gives_no_title_to_any_place(tmp_path: Path) -> None:
    result = read_text(tmp_path, LIST, "listing")
    assert result.accepted == ()
    assert {text for row in result.rejected for text in re.findall("One|Two|Three", str(row.row))} == {
        "One",
        "Two",
        "Three",
    }
    assert all("which title belongs to which place" in problem.reason for problem in result.problems)


def test_two_places_without_a_description_between_them_are_not_lost(tmp_path: Path) -> None:
    content = f"Good practices\n\nOne\n\nNorway Oslo 2020\n\nTwo\n\nGermany Erlangen 2019\n\n{TEXT}\n\nRead More\n"
    result = read_text(tmp_path, content, "listing")
    assert [problem.value for problem in result.problems] == ["One"]
    assert "the next line of places follows" in result.problems[0].reason


def test_a_file_of_no_kind_with_a_line_of_places_is_told_of_kind_listing(tmp_path: Path) -> None:
    with pytest.raises(AtlasError) as error:
        read_text(tmp_path, LIST)
    assert "Line 3 reads as a line of places (“Turin / Italy”)" in error.value.advice
    assert "--kind listing" in error.value.advice


NAMES = [city.name for city in DATA.cities[:60]]
WORDS = st.sampled_from([*NAMES, "Norway", "Germany", "Kleinstadt", "2018", "Since", "à", "...", "•", "/", "\n"])
MORE = st.sampled_from(["Read More", "Mehr", "Ler mais"])


@given(
    st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=3), st.sampled_from(["Read More", "Mehr", "Ler mais"])
)
def test_no_city_and_no_year_comes_from_a_listing_that_does_not_stand_in_it(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]], more: str
) -> None:
    content = listing(more, *(" ".join(words) for words in lines))
    try:
        result = read_text(tmp_path_factory.getbasetemp(), content, "listing")
    except AtlasError:
        return
    for item in result.accepted:
        cities = item.fields["cities"]
        assert isinstance(cities, list)
        assert all(name in content for name in cities)
        years = (item.fields["start_year"], item.fields["end_year"])
        assert all(year is None or str(year) in content for year in years)


def word_listing(file: Path, *entries: tuple[str, str, str, str]) -> Path:
    """A Word document with title, places, description and address of each entry; the address behind “Read More”."""
    document = Document()
    for title, places, description, address in entries:
        document.add_heading(title, level=2)
        document.add_paragraph(places)
        document.add_paragraph(description)
        more = OxmlElement("w:hyperlink")
        more.set(qn("r:id"), document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        more.append(document.add_paragraph().add_run("Read More")._r)
        document.add_paragraph()._p.append(more)
    document.save(str(file))
    return file


LAMPS = "Tenants hang lamps that they made from bottles in the dark yard, and meet there on Fridays to talk..."


def test_a_listing_in_a_word_document_is_read_with_its_addresses(tmp_path: Path) -> None:
    file = word_listing(
        tmp_path / "listing.docx",
        ("Lights for the yard", "Norway Oslo 2021", LAMPS, "https://www.coe.int/en/web/interculturalcities/-/lights"),
        ("A garden on wheels", "Germany Erlangen since 2019", LAMPS, "/en/web/interculturalcities/-/garden"),
    )
    result = read(file, GAZETTEER, DATA.vocabulary)
    assert (result.kind, result.problems) == ("listing", ())
    assert [
        (item.fields["title"], item.fields["city_ids"], item.fields["when_text"], item.fields["url"])
        for item in result.accepted
    ] == [
        ("Lights for the yard", ["oslo"], "2021", "https://www.coe.int/en/web/interculturalcities/-/lights"),
        ("A garden on wheels", ["erlangen"], "since 2019", "https://www.coe.int/en/web/interculturalcities/-/garden"),
    ]


def test_a_word_document_of_places_without_read_more_is_told_of_kind_listing(tmp_path: Path) -> None:
    document = Document()
    for text in ("Lights for the yard", "Norway Oslo 2021", LAMPS):
        document.add_paragraph(text)
    document.save(str(tmp_path / "notes.docx"))
    with pytest.raises(AtlasError, match="say --kind listing; its entries end in “Read More”"):
        read(tmp_path / "notes.docx", GAZETTEER, DATA.vocabulary)
    refused = read(tmp_path / "notes.docx", GAZETTEER, DATA.vocabulary, "listing")
    assert (refused.accepted, len(refused.rejected)) == ((), 1)
    assert "write “Read More” below each entry" in refused.problems[0].reason


def test_a_practices_own_page_in_a_word_document_is_read(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Tram of tongues", level=1)
    for text in ("Norway Oslo 2021", "Purpose", "To be heard.", "Impact", "2000 listeners."):
        document.add_paragraph(text)
    document.save(str(tmp_path / "page.docx"))
    result = read(tmp_path / "page.docx", GAZETTEER, DATA.vocabulary)
    assert (result.kind, [item.fields["title"] for item in result.accepted]) == ("page", ["Tram of tongues"])
