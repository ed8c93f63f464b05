"""The programme's page of a single practice becomes a practice whose summary a person writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from icc_data.errors import AtlasError
from icc_data.incoming.readers import read
from icc_data.incoming.readers.page import read_page
from icc_data.incoming.readers.result import ReadResult
from icc_data.model.records import Practice
from tests.helpers.tables import DATA, GAZETTEER

FACTS = "Country: Switzerland\nCity: Zurich\nYear: Since 2018\nTopic: Education; Governance"
TEXTS = "Purpose:\nTo answer.\n\nStimulus/Rationale: Many letters.\nProcess\nPeople write.\n\nThey wait.\nImpact: Good."


def read_text(tmp_path: Path, content: str, name: str = "page.txt") -> ReadResult:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return read(path, GAZETTEER, DATA.vocabulary)


def test_facts_become_a_practice_and_texts_are_kept(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Intercultural Cities\n\nA desk that answers\n\n{FACTS}\n\n{TEXTS}\n")
    assert (result.kind, result.problems) == ("page", ())
    (item,) = result.accepted
    assert item.record == Practice(
        practice_id="a-desk-that-answers",
        title="A desk that answers",
        city_ids=("zurich",),
        countries=("Switzerland",),
        when_text="Since 2018",
        when_source="year field",
        published_topics=("Education", "Governance"),
        source_kind="programme",
    )
    assert [item.fields[name] for name in ("purpose", "stimulus", "process", "impact")] == [
        "To answer.",
        "Many letters.",
        "People write.\nThey wait.",
        "Good.",
    ]
    assert (item.fields["start_year"], item.fields["ongoing"]) == (2018, True)
    assert "the summary is left to a person: write it from the page’s texts" in item.notes


def test_a_saved_page_is_read_with_its_heading_its_line_of_places_and_its_own_address(tmp_path: Path) -> None:
    html = (
        '<html><head><link rel="canonical" href="https://www.coe.int/en/web/interculturalcities/-/a-desk"></head>'
        "<body><h1>A desk that answers</h1><p>Switzerland</p><p>Zurich</p><p>2018</p>"
        "<p><b>Purpose:</b> To answer. <b>Stimulus/Rationale:</b> Letters. <b>Process:</b> People write.</p>"
        "<p><b>Impact:</b> Good.</p><h2>Others</h2><a href='/x'>Read more</a><p>Norway Oslo 2020</p></body></html>"
    )
    (item,) = read_text(tmp_path, html, "page.html").accepted
    assert isinstance(item.record, Practice)
    assert (item.record.title, item.record.city_ids, item.record.when_text) == (
        "A desk that answers",
        ("zurich",),
        "2018",
    )
    assert item.record.url == "https://www.coe.int/en/web/interculturalcities/-/a-desk"
    assert (item.fields["purpose"], item.fields["process"]) == ("To answer.", "People write.")


@pytest.mark.parametrize(
    ("facts", "column"),
    [("City: Kleinstadt", "city_ids"), ("", "countries"), ("Country: Norway\nCity: Zurich", "city_ids")],
)
def test_a_page_whose_place_is_not_read_is_refused(tmp_path: Path, facts: str, column: str) -> None:
    result = read_text(tmp_path, f"A desk that answers\n\n{facts}\n\n{TEXTS}\n")
    assert result.accepted == ()
    assert [(problem.file, problem.column) for problem in result.problems] == [("page.txt", column)]


def test_a_page_without_a_title_is_refused(tmp_path: Path) -> None:
    assert [problem.column for problem in read_text(tmp_path, f"{FACTS}\n\n{TEXTS}\n").problems] == ["title"]


def test_a_text_that_is_no_such_page_says_what_one_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("A letter.\n", encoding="utf-8")
    with pytest.raises(AtlasError, match="Stimulus/Rationale"):
        read_page(path, GAZETTEER)
