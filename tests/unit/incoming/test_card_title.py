"""A practice card's title is the practice's own: not the heading of the form, and not the programme's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.incoming.test_card import card, only, practice, read_text


@pytest.mark.parametrize("heading", ["", "EXAMPLE OF GOOD PRACTICE\n", "INTERCULTURAL CITIES\n"])
def test_a_card_with_only_the_headings_of_the_form_is_refused_with_what_to_do(tmp_path: Path, heading: str) -> None:
    content = card("☒ Counsellors", title="").replace("EXAMPLE OF GOOD PRACTICE\n", heading)
    (problem,) = read_text(tmp_path, content).problems
    assert problem.column == "title"
    assert "write the practice’s own title above" in problem.reason


@pytest.mark.parametrize(
    "name",
    ["INTERCULTURAL CITIES PROGRAMME (ICC)", "Intercultural Cities", "Council of Europe", "Cités interculturelles"],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_the_name_of_the_programme_is_no_title_of_a_citys_practice(tmp_path: Path, name: str, gap: str) -> None:
    content = card("☒ Counsellors", title=name).replace("PRACTICE\n\n", f"PRACTICE{gap}")
    (problem,) = read_text(tmp_path, content).problems
    assert (problem.column, problem.value) == ("title", name)
    assert "names the programme" in problem.reason


@pytest.mark.parametrize(
    "title",
    ["INTERCULTURAL CITIES PROGRAMME (ICC)\n\nA kitchen table", "A kitchen table\n\nIntercultural Cities programme"],
)
def test_the_name_of_the_programme_above_or_below_a_title_is_no_part_of_it(tmp_path: Path, title: str) -> None:
    found = only(read_text(tmp_path, card("☒ Counsellors", title=title)))
    assert practice(found).title == "A kitchen table"
    assert not any("programme’s own name" in note for note in found.notes)


@pytest.mark.parametrize("title", ["Intercultural cities\nand their kitchens", "A kitchen for intercultural cities"])
def test_a_title_that_holds_the_name_of_the_programme_stays_whole(tmp_path: Path, title: str) -> None:
    assert practice(only(read_text(tmp_path, card(title=title)))).title == title.replace("\n", " ")


def test_a_card_about_the_programme_itself_has_its_name_for_a_title_and_says_so(tmp_path: Path) -> None:
    name = "INTERCULTURAL CITIES PROGRAMME (ICC)"
    description = "The Intercultural cities programme (ICC) brings cities together."
    found = only(read_text(tmp_path, card(title=name, description=description)))
    assert practice(found).title == name
    assert any("describes the programme itself" in note for note in found.notes)
