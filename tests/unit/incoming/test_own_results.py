"""What a city brings along: read as ``add`` reads it, in every answer of this visit, and nowhere on the disk."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from icc_data.errors import Problem
from icc_data.incoming.check import Data
from icc_data.incoming.contributions.own_results import OwnResults, grouped, read_own_results, row_words
from icc_data.incoming.contributions.results_template import results_template
from icc_data.incoming.contributions.upload import TOLD_EVERY
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.records import IndexScore, Practice

AREAS = {"overall": "Overall", "education": "Education", "public_space": "Public space"}
SCORES = "city_id,year,policy_area,score\n"


def brought(data: Data, *files: tuple[str, str], city: str = "bilbao") -> OwnResults:
    contents = [(name, text.encode("utf-8")) for name, text in files]
    return read_own_results(contents, city, Gazetteer(data.cities), data.vocabulary)


def of_scores(data: Data, *lines: str, city: str = "bilbao") -> OwnResults:
    return brought(data, ("own.csv", SCORES + "".join(f"{line}\n" for line in lines)), city=city)


def of_practices(data: Data, *lines: str, header: str = "title", city: str = "bilbao") -> OwnResults:
    return brought(data, ("own.csv", "\n".join([header, *lines]) + "\n"), city=city)


def scores_in(own: OwnResults) -> dict[tuple[Any, str], float | None]:
    records = [item.record for item in own.scores]
    return {(r.year, r.policy_area): r.score for r in records if isinstance(r, IndexScore)}


def practices_in(own: OwnResults) -> list[Practice]:
    return [item.record for item in own.practices if isinstance(item.record, Practice)]


def told(own: OwnResults) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.value) for problem in own.problems]


def filled(template: str, values: dict[str, str]) -> str:
    """The template with its year and with scores by policy area."""
    rows = list(csv.DictReader(io.StringIO(template.removeprefix("\ufeff"))))
    rows[0]["Year of the edition"] = "2026"
    codes = {label: code for code, label in AREAS.items()}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(row | {"Score": values.get(codes[row["Policy area"]], "")} for row in rows)
    return "\ufeff" + out.getvalue()


def test_the_template_has_a_row_for_each_area_and_the_whole_by_name_and_no_year():
    template = results_template("Bilbao", AREAS)
    rows = list(csv.reader(io.StringIO(template.removeprefix("\ufeff"))))
    assert rows[0] == ["City", "Year of the edition", "Policy area", "Score"]
    assert rows[1:] == [["Bilbao", "", label, ""] for label in AREAS.values()]
    assert template.startswith("\ufeffCity,")


def test_a_filled_template_gives_its_scores(small_data: Data):
    text = filled(results_template("Bilbao", AREAS), {"overall": "61.5", "education": "70", "public_space": "0"})
    own = brought(small_data, ("Our results.csv", text))
    assert own.problems == ()
    assert scores_in(own) == {(2026, "overall"): 61.5, (2026, "education"): 70.0, (2026, "public_space"): 0.0}


def test_rows_of_the_template_that_were_not_filled_say_nothing(small_data: Data):
    own = brought(small_data, ("own.csv", filled(results_template("Bilbao", AREAS), {"education": "70"})))
    assert scores_in(own) == {(2026, "education"): 70.0}
    assert own.problems == ()


def test_a_template_that_was_not_filled_at_all_gives_nothing(small_data: Data):
    own = brought(small_data, ("own.csv", results_template("Bilbao", AREAS)))
    assert own.is_empty
    assert own.problems == ()


def test_a_template_filled_in_a_spreadsheet_with_semicolons_or_saved_as_workbook_is_read(small_data: Data):
    text = filled(results_template("Bilbao", AREAS), {"education": "70"})
    assert scores_in(brought(small_data, ("own.csv", text.replace(",", ";")))) == {(2026, "education"): 70.0}
    book = Workbook()
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    gazetteer = Gazetteer(small_data.cities)
    own = read_own_results([("own.xlsx", out.getvalue())], "bilbao", gazetteer, small_data.vocabulary)
    assert scores_in(own) == {(2026, "education"): 70.0}


def test_problems_that_are_the_same_but_for_their_row_stand_together():
    wrong = [Problem("own.csv", line, "score", value, "is no number") for line, value in ((3, "a"), (4, "b"), (9, "c"))]
    other = Problem("own.csv", 4, "year", "soon", "is no year")
    assert grouped([wrong[0], other, *wrong[1:]]) == [wrong, [other]]


@pytest.mark.parametrize(("lines", "words"), [([3], "3"), ([3, 4, 5, 9], "3–5, 9"), ([9, 3, 4, 4], "3–4, 9"), ([], "")])
def test_rows_that_follow_each_other_are_said_as_a_span(lines: list[int], words: str):
    assert row_words(lines) == words


def test_the_city_may_be_written_as_people_write_it(small_data: Data):
    assert scores_in(of_scores(small_data, "Bilbo,2026,overall,61")) == {(2026, "overall"): 61.0}


def test_scores_of_another_city_are_refused_with_the_reason_and_the_others_kept(small_data: Data):
    own = of_scores(small_data, "lisbon,2026,overall,80", "bilbao,2026,overall,61")
    assert scores_in(own) == {(2026, "overall"): 61.0}
    assert told(own) == [(2, "city_id", "lisbon")]
    assert "another city" in own.problems[0].reason


@pytest.mark.parametrize("score", ["101", "-1", "a lot", "70,5,1", "1e2", "nan"])
def test_a_score_that_is_none_is_refused_with_its_row_and_column(small_data: Data, score: str):
    own = of_scores(small_data, "bilbao,2026,overall,61", f'bilbao,2026,education,"{score}"')
    assert scores_in(own) == {(2026, "overall"): 61.0}
    assert told(own) == [(3, "score", score)]
    assert "from 0 to 100" in own.problems[0].reason


@pytest.mark.parametrize("area", ["housng", "sport", "overal"])
def test_a_score_of_an_area_that_there_is_not_is_refused(small_data: Data, area: str):
    own = of_scores(small_data, f"bilbao,2026,{area},50")
    assert own.is_empty
    assert told(own) == [(2, "policy_area", area)]


@pytest.mark.parametrize(
    "line", ["bilbao,soon,overall,50", "bilbao,2026,,50", ",2026,overall,50", "Atlantis,2026,overall,50"]
)
def test_rows_that_cannot_be_read_are_refused(small_data: Data, line: str):
    own = of_scores(small_data, line)
    assert own.is_empty
    assert [problem.line for problem in own.problems] == [2]


def test_of_two_rows_of_one_edition_and_area_the_later_counts(small_data: Data):
    lines = ("bilbao,2026,overall,50", "bilbao,2020,overall,40", "bilbao,2026,overall,60")
    assert scores_in(of_scores(small_data, *lines)) == {(2026, "overall"): 60.0, (2020, "overall"): 40.0}


def test_a_practice_without_a_city_is_the_citys_own(small_data: Data):
    (practice,) = practices_in(of_practices(small_data, "A parade"))
    assert practice.city_ids == ("bilbao",)
    assert practice.countries == ("Spain",)


def test_a_practice_of_another_city_is_refused_with_the_reason(small_data: Data):
    own = of_practices(small_data, "A parade,Cork", "A garden,Bilbo", header="title,city_ids")
    assert [practice.title for practice in practices_in(own)] == ["A garden"]
    assert told(own) == [(2, "city_ids", "cork")]


def test_a_practice_shared_with_other_cities_keeps_them_and_gets_the_countries_of_all(small_data: Data):
    (practice,) = practices_in(
        of_practices(small_data, "A garden,Cork; Bilbao,Ireland; Italy", header="title,city_ids,countries")
    )
    assert practice.city_ids == ("cork", "bilbao")
    assert practice.countries == ("Ireland", "Italy", "Spain")


def test_a_practice_without_a_city_but_in_another_country_is_not_the_citys(small_data: Data):
    own = of_practices(small_data, "A parade,Ireland", header="title,countries")
    assert own.is_empty
    assert told(own) == [(2, "countries", "Ireland")]


def test_a_country_that_there_is_not_is_refused(small_data: Data):
    own = of_practices(small_data, "A parade,Atlantis", header="title,countries")
    assert own.is_empty
    assert told(own) == [(2, "countries", "Atlantis")]


def test_a_country_written_twice_counts_once(small_data: Data):
    (practice,) = practices_in(of_practices(small_data, "A parade,Spain; Spain", header="title,countries"))
    assert practice.countries == ("Spain",)


def test_what_is_neither_a_result_nor_a_practice_is_refused(small_data: Data):
    own = brought(small_data, ("cities.csv", "city_id,name,country_code,country\natlantis,Atlantis,GR,Greece\n"))
    assert own.is_empty
    assert [problem.line for problem in own.problems] == [2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("own.exe", "x"),
        ("own.csv", ""),
        ("own.csv", "a,b\n1,2\n"),
        ("own.json", "{"),
        ("../../etc/own.xlsx", "no workbook"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_and_the_others_are_read(small_data: Data, name: str, text: str):
    own = brought(small_data, (name, text), ("good.csv", SCORES + "bilbao,2026,overall,61\n"))
    assert scores_in(own) == {(2026, "overall"): 61.0}
    (problem,) = own.problems
    assert problem.file == name.split("/")[-1]
    assert problem.reason


def test_half_a_character_is_told_about_in_words_that_can_be_sent(small_data: Data):
    own = brought(
        small_data, ("own.json", r'[{"title": "A parade \ud800", "when_text": "2019"}, {"title": "A garden"}]')
    )
    assert [practice.title for practice in practices_in(own)] == ["A garden"]
    (problem,) = own.problems
    assert problem.value == "A parade \ufffd"
    assert str(problem).encode()


@given(st.lists(st.tuples(st.sampled_from(["own.csv", "own.json", "own.txt"]), st.binary(max_size=60)), max_size=3))
def test_no_file_is_too_strange_to_be_told_about(real_data: Data, files: list[tuple[str, bytes]]):
    own = read_own_results(files, "bilbao", Gazetteer(real_data.cities), real_data.vocabulary)
    assert isinstance(own, OwnResults)


def test_a_place_that_stands_in_many_rows_is_looked_up_once(small_data: Data, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    look_up = Gazetteer.resolve
    monkeypatch.setattr(
        Gazetteer, "resolve", lambda known, text, code: asked.append(text) or look_up(known, text, code)
    )
    own = of_practices(small_data, *["A parade,Atlantis", "A garden,Bilbo"] * 50, header="title,city_ids")
    assert (len(own.practices), len(own.problems)) == (50, 50)
    assert asked == ["Atlantis", "Bilbo"]


def test_how_many_rows_are_read_is_told_now_and_then(small_data: Data):
    count, said = 2 * TOLD_EVERY + 1, []
    files = [("own.csv", b"title\n" + b"A parade\n" * count)]
    known = Gazetteer(small_data.cities)
    read_own_results(files, "bilbao", known, small_data.vocabulary, lambda *how: said.append(how))
    assert said == [("Reading", done, count) for done in (0, TOLD_EVERY, 2 * TOLD_EVERY)]


# Beside everybody else's.
