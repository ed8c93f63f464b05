"""A practice card becomes a practice with the options that are certainly ticked, and no others."""

from __future__ import annotations

import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.errors import AtlasError
from icc_data.incoming.readers.card import looks_like_card, read_card
from icc_data.incoming.readers.result import Accepted, ReadResult
from icc_data.model.records import Practice, read_record, row_of
from tests.helpers.tables import DATA, GAZETTEER

ROOT = Path(__file__).parents[3]
CARD = ROOT / "tests" / "fixtures" / "card_page.txt"
GROUPS = DATA.vocabulary.codes("target_group")
TYPES = DATA.vocabulary.codes("practice_type")
AREAS = DATA.vocabulary.codes("practice_area")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def card(
    groups: str = "",
    types: str = "",
    areas: str = "",
    *,
    title: str = "A kitchen table",
    info: str = "COUNTRY OF ORIGIN: Spain",
    description: str = "People cook together on a square.",
) -> str:
    options = f"TARGET GROUP(s): {groups}\nTYPE(s) OF BEST PRACTICE: {types}\nAREA(s): {areas}"
    return f"EXAMPLE OF GOOD PRACTICE\n\n{title}\n\n{info}\n{options}\n\nDESCRIPTION:\n\n{description}\n"


def read(path: Path) -> ReadResult:
    return read_card(path, GAZETTEER, DATA.vocabulary)


def read_text(tmp_path: Path, content: str | bytes, name: str = "card.txt") -> ReadResult:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read(path)


def only(result: ReadResult) -> Accepted:
    assert result.problems == ()
    assert len(result.accepted) == 1
    return result.accepted[0]


def practice(item: Accepted) -> Practice:
    assert isinstance(item.record, Practice)
    return item.record


def codes(item: Accepted, name: str) -> list[str]:
    found = item.fields[name]
    assert isinstance(found, list)
    return found


def groups_of(item: Accepted) -> tuple[list[str], ...]:
    return tuple(codes(item, f"target_groups{rest}") for rest in ("", "_not_ticked", "_unknown"))


# The card as its text is extracted: three columns interleaved, some boxes lost


def test_a_card_is_one_practice() -> None:
    result = read(CARD)
    assert (result.kind, len(result.accepted), result.rejected) == ("card", 1, ())
    assert practice(result.accepted[0]) == Practice(
        practice_id="the-travelling-kitchen-table",
        title="THE TRAVELLING KITCHEN TABLE",
        countries=("Portugal", "Spain"),
        summary="A table on wheels visits the squares of both towns, and whoever sits down cooks. The recipes are "
        "printed at the end of the year. Every guest commits to: - bring one thing that others have never tasted. "
        "- write down who taught the dish to them.",
        target_groups=("interested_citizens",),
        practice_areas=("political", "socio_cultural"),
        source_kind="programme",
        evidence_urls=("https://www.example.org/en/web/kitchentable",),
    )


def test_what_is_ticked_what_is_not_and_what_cannot_be_told_are_kept_apart() -> None:
    fields = only(read(CARD)).fields
    assert fields["target_groups"] == ["interested_citizens"]
    assert fields["target_groups_not_ticked"] == ["counsellors", "social_workers", "teachers_trainers"]
    assert fields["target_groups_unknown"] == ["young_people", "youth_workers", "other"]
    assert (fields["practice_types"], fields["practice_types_not_ticked"]) == ([], [])
    assert fields["practice_types_unknown"] == list(TYPES)
    assert fields["practice_areas"] == ["political", "socio_cultural"]
    assert fields["practice_areas_not_ticked"] == ["educational", "religious", "other"]
    assert fields["practice_areas_unknown"] == []


def test_options_whose_tick_cannot_be_told_are_named_in_the_notes() -> None:
    assert "target group: no readable tick beside Young people, Youth workers, Other" in only(read(CARD)).notes


def test_what_the_card_adds_to_an_option_is_noted() -> None:
    assert "the card adds “Municipalities” to “Other”" in only(read(CARD)).notes


def test_languages_source_and_date_of_access_are_read() -> None:
    fields = only(read(CARD)).fields
    assert fields["languages"] == ["English", "Portuguese"]
    assert fields["source"] == "https://www.example.org/en/web/kitchentable"
    assert fields["accessed_text"] == "October 2020"


def test_the_description_keeps_its_paragraphs_and_loses_page_breaks_and_imprint() -> None:
    assert only(read(CARD)).fields["description"] == (
        "A table on wheels visits the squares of both towns, and whoever sits down cooks. The recipes are printed at "
        "the end of the year. Every guest commits to:\n"
        "- bring one thing that others have never tasted.\n"
        "- write down who taught the dish to them."
    )


def test_a_card_without_tabs_says_the_same(tmp_path: Path) -> None:
    flat = read_text(tmp_path, CARD.read_text(encoding="utf-8").replace("\t", " "))
    assert only(flat).fields == only(read(CARD)).fields


def test_what_is_read_can_be_written_as_json_and_as_a_row() -> None:
    item = only(read(CARD))
    assert json.loads(json.dumps(item.fields)) == item.fields
    assert read_record(Practice, row_of(item.record), DATA.vocabulary) == (item.record, [])


# Ticks


@pytest.mark.parametrize(("yes", "no"), [("☒", "☐"), ("⊠", "□"), ("☑", "☐"), ("✓", "☐"), ("✔", "☐"), ("x", "☐")])
@pytest.mark.parametrize("after", [False, True])
def test_every_form_of_tick_is_read_before_and_after_its_option(tmp_path: Path, yes: str, no: str, after: bool) -> None:
    pairs = [(no, "Counsellors"), (yes, "Interested Citizens"), (no, "Social Workers")]
    text = " ".join(f"{label} {mark}" if after else f"{mark} {label}" for mark, label in pairs)
    found = only(read_text(tmp_path, card(text)))
    assert groups_of(found)[:2] == (["interested_citizens"], ["counsellors", "social_workers"])


@pytest.mark.parametrize(("yes", "no"), [("[x]", "[ ]"), ("[X]", "[]"), ("(x)", "( )"), ("\uf0fe", "\uf0a8")])
def test_typed_boxes_and_symbol_fonts_are_read(tmp_path: Path, yes: str, no: str) -> None:
    found = only(read_text(tmp_path, card(f"{no} Counsellors {yes} Young People {no} Other")))
    assert groups_of(found)[:2] == (["young_people"], ["counsellors", "other"])


@given(st.lists(st.sampled_from(["☒", "☐", ""]), min_size=len(GROUPS), max_size=len(GROUPS)))
def test_an_option_is_taken_exactly_where_a_tick_stands_before_it(
    tmp_path_factory: pytest.TempPathFactory, marks: list[str]
) -> None:
    lines = [f"{mark} {DATA.vocabulary.label('target_group', c)}" for mark, c in zip(marks, GROUPS, strict=True)]
    found = only(read_text(tmp_path_factory.getbasetemp(), card("\n".join(lines), areas="☐ Political")))
    assert groups_of(found) == tuple(
        [code for mark, code in zip(marks, GROUPS, strict=True) if mark == wanted] for wanted in ("☒", "☐", "")
    )


@given(st.text(alphabet="☐☒⊠□✓x[] \n\t()/", max_size=30), st.text(alphabet="☐☒⊠□✓x[] \n\t", max_size=30))
def test_any_signs_give_each_option_one_of_three_answers(
    tmp_path_factory: pytest.TempPathFactory, first: str, second: str
) -> None:
    content = card(f"{first} Counsellors {second} Other", "Network", second)
    found = only(read_text(tmp_path_factory.getbasetemp(), content))
    for name, all_codes in (("target_groups", GROUPS), ("practice_types", TYPES), ("practice_areas", AREAS)):
        answers = [code for rest in ("", "_not_ticked", "_unknown") for code in codes(found, name + rest)]
        assert sorted(answers) == sorted(all_codes)


def test_ticks_that_stand_neither_before_nor_after_consistently_are_not_taken(tmp_path: Path) -> None:
    found = only(read_text(tmp_path, card("Counsellors ☒ Young People", "Network ☒ Project")))
    assert groups_of(found) == ([], [], list(GROUPS))
    assert any("before or after" in note for note in found.notes)


def test_empty_squares_alone_may_be_lost_ticks_and_say_nothing(tmp_path: Path) -> None:
    found = only(read_text(tmp_path, card("□ Counsellors □ Young People", areas="□ Political")))
    assert groups_of(found) == ([], [], list(GROUPS))


def test_an_option_ticked_here_and_not_there_is_unknown(tmp_path: Path) -> None:
    found = only(read_text(tmp_path, card("☒ Counsellors ☐ Young People ☐ Counsellors ☐ Other")))
    assert groups_of(found)[0] == []
    assert "counsellors" in codes(found, "target_groups_unknown")


def test_labels_of_the_vocabulary_count_as_well_as_those_of_the_card(tmp_path: Path) -> None:
    found = only(
        read_text(tmp_path, card("☒ Teachers and trainers", "☒ Website / App ☒ Training or learning material"))
    )
    assert practice(found).target_groups == ("teachers_trainers",)
    assert practice(found).practice_types == ("training_material", "website_app")


def test_an_option_broken_over_two_lines_is_one_option(tmp_path: Path) -> None:
    found = only(read_text(tmp_path, card("☐ Counsellors ☒ Interested\nCitizens ☐ Social Workers")))
    assert practice(found).target_groups == ("interested_citizens",)


def test_an_option_that_no_list_has_is_noted_and_not_taken(tmp_path: Path) -> None:
    found = only(read_text(tmp_path, card("☒ Journalists ☐ Counsellors ☒ Young People")))
    assert practice(found).target_groups == ("young_people",)
    assert "“Journalists” is no option that the card’s lists have and is ticked: not taken" in found.notes


def test_each_other_belongs_to_its_own_list(tmp_path: Path) -> None:
    found = practice(only(read_text(tmp_path, card("☐ Counsellors ☒ Other", "☐ Network ☐ Other", "☒ Other"))))
    assert (found.target_groups, found.practice_types, found.practice_areas) == (("other",), (), ("other",))


# Country, city and source


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Bosnia and Herzegovina", ("Bosnia and Herzegovina",)),
        ("Italy, United Kingdom", ("Italy", "United Kingdom")),
        ("Allemagne / Pologne", ("Germany", "Poland")),
        ("Republic of Korea", ("South Korea",)),
        ("Spain, Portugal and Norway", ("Spain", "Portugal", "Norway")),
    ],
)
def test_countries_are_read_by_their_names(tmp_path: Path, text: str, countries: tuple[str, ...]) -> None:
    assert practice(only(read_text(tmp_path, card(info=f"COUNTRY OF ORIGIN: {text}")))).countries == countries


@pytest.mark.parametrize("text", ["Atlantis", "Europe", ""])
def test_what_is_no_country_is_noted_and_not_taken(tmp_path: Path, text: str) -> None:
    found = only(read_text(tmp_path, card(info=f"COUNTRY OF ORIGIN: {text}")))
    assert practice(found).countries == ()
    assert any("no country could be read" in note and text in note for note in found.notes)


def test_a_city_is_resolved_in_its_country(tmp_path: Path) -> None:
    found = practice(only(read_text(tmp_path, card(info="COUNTRY: Spain\nCITY: Valencia; Bilbao"))))
    assert found.city_ids == ("valencia", "bilbao")


def test_an_unknown_city_refuses_the_card(tmp_path: Path) -> None:
    (problem,) = read_text(tmp_path, card(info="COUNTRY: Germany\nCITY: Kleinstadt")).problems
    assert (problem.column, problem.value) == ("city_ids", "Kleinstadt")


@pytest.mark.parametrize(
    ("text", "url", "accessed"),
    [
        ("https://x.org/a (May 2019)", "https://x.org/a", "May 2019"),
        ("https://x.org/ a/ b- c (May 2019)", "https://x.org/a/b-c", "May 2019"),
        ("https://x.org/a accessed on 3 May 2019", "https://x.org/a", "3 May 2019"),
        ("www.x.org/a", "https://www.x.org/a", None),
    ],
)
def test_the_source_is_an_address_and_a_date(tmp_path: Path, text: str, url: str, accessed: str | None) -> None:
    found = only(read_text(tmp_path, card(info=f"COUNTRY: Spain\nSOURCE (ACCESS DATE): {text}")))
    assert (found.fields["source"], found.fields["accessed_text"]) == (url, accessed)
    assert practice(found).evidence_urls == (url,)


def test_an_address_broken_inside_a_word_is_not_guessed(tmp_path: Path) -> None:
    found = only(read_text(tmp_path, card(info="COUNTRY: Spain\nSOURCE: https://x.org/kitch entable (May 2019)")))
    assert practice(found).evidence_urls == ()
    assert any("cannot be told apart" in note for note in found.notes)


# What is refused


@pytest.mark.parametrize(
    ("title", "description", "column"), [("", "People cook.", "title"), ("A table", "", "summary")]
)
def test_a_card_without_title_or_description_is_refused(
    tmp_path: Path, title: str, description: str, column: str
) -> None:
    result = read_text(tmp_path, card("☒ Counsellors", title=title, description=description))
    assert result.accepted == ()
    assert [problem.column for problem in result.problems] == [column]


def test_a_card_without_a_city_says_so(tmp_path: Path) -> None:
    said = "the card names no city: the practice has none"
    assert said in only(read_text(tmp_path, card())).notes
    assert said not in only(read_text(tmp_path, card(info="COUNTRY: Spain\nCITY: Bilbao"))).notes


def test_a_description_too_long_for_a_summary_is_kept_whole_and_said(tmp_path: Path) -> None:
    found = only(read_text(tmp_path, card(description="People cook together on a square. " * 30)))
    assert practice(found).summary == ("People cook together on a square. " * 30).strip()
    assert "the summary is the whole description, 1019 characters: shorten it" in found.notes


@pytest.mark.parametrize("content", ["", "A letter.\n", "Target group: everybody\n", "PK\x03\x04 not a document"])
def test_a_file_that_is_no_card_says_what_a_card_looks_like(tmp_path: Path, content: str) -> None:
    with pytest.raises(AtlasError) as error:
        read_text(tmp_path, content)
    assert error.value.advice


def test_a_listing_is_not_taken_for_a_card() -> None:
    assert looks_like_card(CARD.read_text(encoding="utf-8"))
    assert not looks_like_card((ROOT / "tests/fixtures/listing_page.txt").read_text(encoding="utf-8"))


# Other kinds of file


def test_windows_line_endings_and_encodings_do_not_count(tmp_path: Path) -> None:
    content = card("[x] Counsellors [ ] Other", title="Fête d’été").replace("\n", "\r\n").encode("cp1252")
    found = only(read_text(tmp_path, content))
    assert practice(found).title == "Fête d’été"
    assert practice(found).target_groups == ("counsellors",)


def test_a_saved_page_is_read_with_its_checkboxes(tmp_path: Path) -> None:
    html = """<html><body><h1>EXAMPLE OF GOOD PRACTICE</h1><h2>A kitchen table</h2><table>
    <tr><td>COUNTRY OF ORIGIN:</td><td>SOURCE (ACCESS DATE):</td></tr>
    <tr><td>Spain</td><td><a href="https://x.org/a">https://x.org/a</a><br>(May 2019)</td></tr>
    <tr><td><p>TARGET GROUP(s):</p><p><input type="checkbox"> Counsellors</p>
      <p><input type="checkbox" checked> Young People</p></td>
      <td><p>AREA(s):</p><p>&#9746; Political</p></td></tr></table>
    <h3>DESCRIPTION:</h3><p>People cook.</p><p>They eat.</p></body></html>"""
    found = only(read_text(tmp_path, html, "card.html"))
    assert (practice(found).title, practice(found).countries) == ("A kitchen table", ("Spain",))
    assert practice(found).evidence_urls == ("https://x.org/a",)
    assert groups_of(found)[:2] == (["young_people"], ["counsellors"])
    assert practice(found).practice_areas == ("political",)
    assert found.fields["description"] == "People cook.\n\nThey eat."


def test_a_word_document_is_read_with_its_checkboxes(tmp_path: Path) -> None:
    def paragraph(*runs: str) -> str:
        return "<w:p>" + "".join(run if run[0] == "<" else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"

    def box(checked: int) -> str:
        state = f'<w:checkBox><w:default w:val="{checked}"/></w:checkBox>'
        return f"<w:r><w:fldChar><w:ffData>{state}</w:ffData></w:fldChar></w:r>"

    groups = paragraph("TARGET GROUP(s):") + paragraph(box(0), "Counsellors") + paragraph(box(1), "Young People")
    areas = paragraph("AREA(s):") + paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "Political")
    body = (
        paragraph("EXAMPLE OF GOOD PRACTICE")
        + paragraph("A kitchen", " table")
        + f"<w:tbl><w:tr><w:tc>{paragraph('COUNTRY OF ORIGIN:')}</w:tc><w:tc>{paragraph('CITY:')}</w:tc></w:tr>"
        + f"<w:tr><w:tc>{paragraph('Spain')}</w:tc><w:tc>{paragraph('Bilbao')}</w:tc></w:tr>"
        + f"<w:tr><w:tc>{groups}</w:tc><w:tc>{areas}</w:tc></w:tr></w:tbl>"
        + paragraph("DESCRIPTION:")
        + paragraph("People cook.")
    )
    raw = io.BytesIO()
    with ZipFile(raw, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    found = only(read_text(tmp_path, raw.getvalue(), "card.docx"))
    assert (practice(found).title, practice(found).city_ids) == ("A kitchen table", ("bilbao",))
    assert groups_of(found)[:2] == (["young_people"], ["counsellors"])
    assert practice(found).practice_areas == ("political",)


def test_a_word_document_in_an_encoding_that_nobody_knows_is_refused_in_words(tmp_path: Path):
    damaged = io.BytesIO()
    with ZipFile(damaged, "w") as archive:
        archive.writestr("word/document.xml", '<?xml version="1.0" encoding="TF-8"?><document/>')
    with pytest.raises(AtlasError, match="is not a Word document"):
        read_text(tmp_path, damaged.getvalue(), "card.docx")
