"""A page of the listing becomes practices; whatever cannot be read is refused with the place and the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.errors import AtlasError
from icc_data.incoming.readers.listing import looks_like_listing, read_listing
from icc_data.incoming.readers.place_line import read_place_line
from icc_data.incoming.readers.result import Accepted, ReadResult
from icc_data.model.period import read_period
from icc_data.model.records import Practice, read_record, row_of
from tests.helpers.tables import DATA, GAZETTEER

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"
NAMES = {city.city_id: city.name for city in DATA.cities}
PLACED = [practice for practice in DATA.practices if practice.countries]
TEXT = "Something that people of the town do together, told at a length that no line of places would ever have..."


def page(*entries: str, end: str = "\n\nTopic\nYear\n") -> str:
    return "Intercultural cities: good practice examples\n\n" + "\n\nRead More\n\n".join([*entries, end])


def entry(places: str, title: str = "A good idea", text: str = TEXT) -> str:
    return f"{title}\n\n{places}\n\n{text}"


def read(path: Path) -> ReadResult:
    return read_listing(path, GAZETTEER, DATA.vocabulary)


def read_text(tmp_path: Path, content: str | bytes, name: str = "listing.txt") -> ReadResult:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read(path)


def practice(item: Accepted) -> Practice:
    assert isinstance(item.record, Practice)
    return item.record


def only(result: ReadResult) -> Accepted:
    assert result.problems == ()
    assert len(result.accepted) == 1
    return result.accepted[0]


# The page as text


def test_every_entry_of_a_page_is_read_and_nothing_else() -> None:
    result = read(FIXTURES / "listing_page.txt")
    assert result.kind == "listing"
    assert result.rejected == ()
    assert [(item.line, practice(item).title) for item in result.accepted] == [
        (12, "A garden for two quarters"),
        (20, "Stories on the wall"),
        (28, "The open classroom"),
        (36, "A welcoming app"),
        (44, "Voices from next door"),
        (52, "Young voters' evening"),
        (60, "A council of associations"),
        (68, "Plans that are read aloud"),
    ]


def test_an_entry_of_nine_cities_has_them_all_in_order_and_its_years() -> None:
    found = read(FIXTURES / "listing_page.txt").accepted[3]
    assert found.fields == {
        "title": "A welcoming app",
        "cities": [
            "Amadora",
            "Lisbon",
            "Loures",
            "Santa Maria da Feira",
            "Setúbal",
            "Cascais",
            "Portimão",
            "Braga",
            "Oeiras",
        ],
        "city_ids": [
            "amadora",
            "lisbon",
            "loures",
            "santa-maria-da-feira",
            "setubal",
            "cascais",
            "portimao",
            "braga",
            "oeiras",
        ],
        "countries": ["Portugal"],
        "when_text": "2019-2021",
        "start_year": 2019,
        "end_year": 2021,
        "ongoing": False,
        "certainty": "certain",
        "form": "span",
        "description": "One telephone program answers what a newcomer asks in the first weeks, in as many languages "
        "as the towns could gather...",
        "url": None,
    }


def test_an_entry_without_a_year_has_no_period_and_no_source_of_one() -> None:
    found = practice(read(FIXTURES / "listing_page.txt").accepted[0])
    assert (found.when_text, found.when_source) == (None, None)


def test_not_available_is_kept_as_published_and_read_as_unknown() -> None:
    found = read(FIXTURES / "listing_page.txt").accepted[-1]
    assert practice(found).when_text == "N/A"
    assert (found.fields["start_year"], found.fields["certainty"]) == (None, "unknown")


def test_a_practice_says_where_it_comes_from_and_invents_nothing() -> None:
    found = practice(read(FIXTURES / "listing_page.txt").accepted[2])
    assert found == Practice(
        practice_id="the-open-classroom",
        title="The open classroom",
        city_ids=("leeds",),
        countries=("United Kingdom",),
        when_text="Since 2019",
        when_source="year field",
        summary="Schools open their doors on Saturdays, and parents teach each other what they know best, from "
        "cooking to bookkeeping…",
        source_kind="programme",
    )


def test_what_is_read_can_be_written_as_json_and_as_a_row() -> None:
    for item in read(FIXTURES / "listing_page.txt").accepted:
        assert json.loads(json.dumps(item.fields)) == item.fields
        assert read_record(Practice, row_of(item.record), DATA.vocabulary) == (item.record, [])


# The page as saved HTML


def test_a_saved_page_is_read_without_its_menus() -> None:
    result = read(FIXTURES / "listing_page.html")
    assert result.rejected == ()
    assert [practice(item).title for item in result.accepted] == ["Gardens & neighbours", "Night bus talks"]


def test_places_in_elements_of_their_own_are_one_place_line() -> None:
    beside, below = map(practice, read(FIXTURES / "listing_page.html").accepted)
    assert (beside.city_ids, beside.when_text) == (("lisbon", "cascais"), "2019–2021")
    assert (below.city_ids, below.when_text) == (("oslo",), "2017 onwards")


def test_the_link_behind_read_more_is_the_practices_address() -> None:
    assert [practice(item).url for item in read(FIXTURES / "listing_page.html").accepted] == [
        "https://www.coe.int/en/web/interculturalcities/-/a-garden",
        "https://www.coe.int/en/web/interculturalcities/-/night%20bus",
    ]


def test_lines_of_a_saved_page_are_those_of_the_file() -> None:
    assert [item.line for item in read(FIXTURES / "listing_page.html").accepted] == [9, 15]


def test_a_link_that_is_no_web_address_is_left_out_with_a_note(tmp_path: Path) -> None:
    html = f"<div><h3>An idea</h3><p>Norway Oslo 2020</p><p>{TEXT}</p><a href='ftp://x/y'>Read More</a></div>"
    found = only(read_text(tmp_path, html, "page.html"))
    assert practice(found).url is None
    assert any("ftp://x/y" in note for note in found.notes)


@pytest.mark.parametrize("head", ['<base href="http://[">', '<base href="javascript:x">', ""])
def test_a_page_whose_own_address_is_unusable_has_links_of_the_programmes_site(tmp_path: Path, head: str) -> None:
    html = f"<html>{head}<h3>An idea</h3><p>Norway Oslo 2020</p><p>{TEXT}</p><a href='/en/-/x'>Read More</a></html>"
    assert practice(only(read_text(tmp_path, html, "page.html"))).url == "https://www.coe.int/en/-/x"


@pytest.mark.parametrize("more", ["Lire la suite", "En savoir plus", "LIRE LA SUITE »"])
def test_a_french_page_is_read_and_its_title_marked_as_not_english(tmp_path: Path, more: str) -> None:
    html = f"<h3>Une idée</h3><p>Royaume-Uni Londres&nbsp;Depuis 2015</p><p>{TEXT}</p><a href='/fr/-/idee'>{more}</a>"
    found = only(read_text(tmp_path, html, "page.html"))
    assert practice(found).title_original == "Une idée"
    assert (practice(found).city_ids, found.fields["start_year"]) == (("london",), 2015)
    assert practice(found).url == "https://www.coe.int/fr/-/idee"
    assert any("French" in note for note in found.notes)


def test_a_corrected_spelling_is_noted(tmp_path: Path) -> None:
    found = only(read_text(tmp_path, page(entry("Germany Erlngen 2020"))))
    assert practice(found).city_ids == ("erlangen",)
    assert found.notes == ("“Erlngen” read as Erlangen",)


def test_a_place_line_without_a_country_takes_it_from_the_city_and_says_so(tmp_path: Path) -> None:
    found = only(read_text(tmp_path, page(entry("Erlangen 2020"))))
    assert practice(found).countries == ("Germany",)
    assert found.notes == ("no country is named: taken from the cities",)


def test_words_of_the_year_text_that_are_not_understood_are_noted() -> None:
    assert read_place_line("Spain Bilbao Social network - ongoing", GAZETTEER).notes == (
        "not understood in the year text “Social network - ongoing”: Social, network",
    )


# What is refused


def test_an_entry_with_an_unknown_city_is_refused_with_place_and_reason(tmp_path: Path) -> None:
    result = read_text(tmp_path, page(entry("Germany Kleinstadt 2020"), entry("Germany Erlangen 2020", "Other")))
    assert [practice(item).title for item in result.accepted] == ["Other"]
    (problem,) = result.problems
    assert (problem.file, problem.line, problem.column, problem.value) == (
        "listing.txt",
        5,
        "city_ids",
        "Kleinstadt",
    )
    assert "cities.csv" in problem.reason
    assert result.rejected[0].row == {
        "title": "A good idea",
        "place": "Germany Kleinstadt 2020",
        "description": TEXT,
    }


def test_what_geonames_knows_of_an_unknown_city_is_offered(tmp_path: Path) -> None:
    (problem,) = read_text(tmp_path, page(entry("Italy Napoli 2020"))).problems
    assert "GeoNames knows Naples (Italy" in problem.reason


def test_an_entry_without_a_place_line_is_refused(tmp_path: Path) -> None:
    result = read_text(tmp_path, page(entry("Germany Erlangen 2020"), f"Lost\n\n{TEXT}"))
    (problem,) = result.problems
    assert (problem.line, problem.column) == (11, "countries")
    assert "Germany Erlangen 2020" in problem.reason


def test_an_entry_without_a_title_is_refused(tmp_path: Path) -> None:
    result = read_text(tmp_path, page(entry("Germany Erlangen 2020"), f"Norway Oslo 2019\n\n{TEXT}"))
    (problem,) = result.problems
    assert (problem.line, problem.column) == (11, "title")


def test_an_entry_that_stands_there_twice_is_read_once(tmp_path: Path) -> None:
    result = read_text(tmp_path, page(entry("Germany Erlangen 2020"), entry("Germany Erlangen 2020")))
    assert len(result.accepted) == 1
    assert "the same entry as on line 3" in result.problems[0].reason


@pytest.mark.parametrize("content", ["", "\n\n", "A letter.\n\nDear reader, this is a letter.\n", "<p>Nothing</p>"])
def test_a_file_without_an_entry_says_what_a_listing_looks_like(tmp_path: Path, content: str) -> None:
    with pytest.raises(AtlasError) as error:
        read_text(tmp_path, content)
    assert "holds no entry" in error.value.title
    assert "Read More" in error.value.advice


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="is not a text"):
        read_text(tmp_path, b"\x89PNG\r\n\0\0\0")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match=r"gone\.txt cannot be opened"):
        read(tmp_path / "gone.txt")


# Pages that are damaged, cut or written otherwise


def test_different_entries_of_one_title_have_identifiers_of_their_own(tmp_path: Path) -> None:
    places = ("Germany Erlangen 2020", "Norway Oslo 2020", "Norway Oslo 2021")
    result = read_text(tmp_path, page(*(entry(place) for place in places)))
    ids = [practice(item).practice_id for item in result.accepted]
    assert ids == ["a-good-idea", "a-good-idea-oslo", "a-good-idea-oslo-2"]


def test_a_title_without_latin_letters_has_a_valid_identifier(tmp_path: Path) -> None:
    found = practice(only(read_text(tmp_path, page(entry("Japan Hamamatsu 2020", "多文化共生")))))
    assert found.title == "多文化共生"
    assert found.practice_id.startswith("hamamatsu-")


def test_the_last_entry_of_a_cut_page_is_read_with_a_note(tmp_path: Path) -> None:
    result = read_text(tmp_path, page(entry("Germany Erlangen 2020"), end=entry("Norway Oslo 2019", "Cut", "Half")))
    assert practice(result.accepted[1]).city_ids == ("oslo",)
    assert "does not end in “Read More”" in result.accepted[1].notes[0]


@pytest.mark.parametrize("end", ["A title alone", "A title\n\nGerm"])
def test_an_entry_cut_before_its_places_is_refused(tmp_path: Path, end: str) -> None:
    result = read_text(tmp_path, page(entry("Germany Erlangen 2020"), end=end))
    assert len(result.accepted) == 1
    assert [problem.line for problem in result.problems] == [11]


def test_a_read_more_that_is_missing_between_two_entries_loses_neither(tmp_path: Path) -> None:
    both = f"{entry('Germany Erlangen 2020', 'One')}\n\n{entry('Norway Oslo 2019', 'Two')}"
    result = read_text(tmp_path, page(both))
    assert [(practice(item).title, practice(item).summary) for item in result.accepted] == [
        ("One", TEXT.replace("...", "…")),
        ("Two", TEXT.replace("...", "…")),
    ]
    assert "does not end in “Read More”" in result.accepted[0].notes[0]


def test_read_more_at_the_end_of_the_description_counts(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Good practice\n\n{entry('Germany Erlangen 2020')} Read More\n")
    assert practice(only(result)).summary == TEXT.replace("...", "…")


def test_a_page_without_empty_lines_is_read(tmp_path: Path) -> None:
    content = page(entry("Germany Erlangen 2020", "One"), entry("Norway Oslo 2019", "Two")).replace("\n\n", "\n")
    assert [practice(item).title for item in read_text(tmp_path, content).accepted] == ["One", "Two"]


def test_a_title_on_two_lines_is_one_title(tmp_path: Path) -> None:
    first, second = entry("Germany Erlangen 2020", "A long\ntitle"), entry("Norway Oslo 2019", "Another\nlong title")
    titles = [practice(item).title for item in read_text(tmp_path, page(first, second)).accepted]
    assert titles == ["A long title", "Another long title"]


def test_a_description_on_several_lines_is_one_description(tmp_path: Path) -> None:
    found = practice(only(read_text(tmp_path, page(entry("Germany Erlangen 2020", text="One half\nand another...")))))
    assert found.summary == "One half and another…"


def test_a_description_that_begins_with_a_place_is_no_place_line(tmp_path: Path) -> None:
    text = "Norway has long asked its towns to do this, and Oslo was the first to try it out."
    found = practice(only(read_text(tmp_path, page(entry("Norway Oslo Running for several decades", text=text)))))
    assert found.when_text == "Running for several decades"
    assert found.summary == text


def test_a_title_that_begins_with_a_country_is_a_title(tmp_path: Path) -> None:
    entries = entry("Portugal Lisbon 2019", "Portugal Incoming"), entry("Spain Bilbao 2020", "Spain")
    assert [practice(item).title for item in read_text(tmp_path, page(*entries)).accepted] == [
        "Portugal Incoming",
        "Spain",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_endings_do_not_count(tmp_path: Path, encoding: str, newline: str) -> None:
    content = page(entry("Switzerland Neuchâtel 2018", "Fêtes à l’école"))
    found = only(read_text(tmp_path, content.replace("\n", newline).encode(encoding)))
    assert practice(found).title == "Fêtes à l’école"
    assert practice(found).city_ids == ("neuchatel",)
    assert found.line == 3


@given(st.sampled_from(PLACED), st.integers(0, 2000))
def test_a_page_cut_anywhere_gives_right_entries_or_reasons(
    tmp_path_factory: pytest.TempPathFactory, item: Practice, at: int
) -> None:
    line = " ".join([*item.countries, *(NAMES[c] for c in item.city_ids), item.when_text or ""]).strip()
    content = page(entry("Germany Erlangen 2020", "First"), entry(line, "Second"))[:at]
    try:
        result = read_text(tmp_path_factory.getbasetemp(), content)
    except AtlasError:
        return
    for found in result.accepted:
        record = practice(found)
        assert record.title in ("First", "Second")
        assert read_period(record.when_text or "").text == (record.when_text or "")


# Recognising a listing


def test_a_listing_is_recognised() -> None:
    assert looks_like_listing((FIXTURES / "listing_page.txt").read_text(encoding="utf-8"))
    assert looks_like_listing((FIXTURES / "listing_page.html").read_text(encoding="utf-8"))


def test_a_card_and_other_texts_are_not_taken_for_a_listing() -> None:
    assert not looks_like_listing((FIXTURES / "card_page.txt").read_text(encoding="utf-8"))
    assert not looks_like_listing("A letter about good practice.")
    assert not looks_like_listing("")
