"""Warnings: what of valid data is worth a second look, each with its place and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from icc_data.incoming.check import valid_data
from icc_data.incoming.quality import KINDS, kind_in_words, notes, warnings
from tests.helpers.commands import OK, PROBLEMS, lines_of, run

if TYPE_CHECKING:
    from tests.unit.conftest import Cells, DataFolder

Place = tuple[str, int, str, str]
FIFTEEN = "Once a week neighbours of all ages meet and teach each other many old songs."


def places(folder: DataFolder, kind: str) -> list[Place]:
    ones = warnings(valid_data(folder.path)).get(kind, ())
    return [(one.file, one.line, one.column, one.value) for one in ones]


def practice(**cells: str) -> Cells:
    return {"practice_id": "new", "title": "New", "city_ids": "cork", "countries": "Ireland", **cells}


@pytest.mark.parametrize(
    ("kind", "table", "row", "cells", "place"),
    [
        (
            "contradiction",
            *("practices", 0, {"when_text": "2016", "described_when": "since 1995"}),
            ("practices.csv", 2, "when_text", "2016"),
        ),
        (
            "impossible_span",
            *("practices", 0, {"when_text": "2021-2019"}),
            ("practices.csv", 2, "when_text", "2021-2019"),
        ),
        (
            "impossible_span",
            *("practices", 0, {"when_text": "2017-2019 (ongoing)"}),
            ("practices.csv", 2, "when_text", "2017-2019 (ongoing)"),
        ),
        ("unread_year", "practices", 0, {"when_text": "July 1"}, ("practices.csv", 2, "when_text", "July 1")),
        # The newest of these practices was seen in February 2025.
        ("future_start", "practices", 0, {"when_text": "2026"}, ("practices.csv", 2, "when_text", "2026")),
        ("former_in_network", "cities", 0, {"status": "former"}, ("cities.csv", 2, "networks", "international; rpci")),
        ("near_double", "practices", 1, {"title": "The kitchen of languages"}, ("practices.csv", 3, "title", "")),
        ("uncoded", "practices", 2, {"policy_areas": ""}, ("practices.csv", 4, "policy_areas", "")),
        (
            "shared_page",
            *("practices", 2, {"url": "http://www.example.org/practices/kitchen/"}),
            ("practices.csv", 4, "url", "http://www.example.org/practices/kitchen/"),
        ),
    ],
)
def test_each_kind_of_warning_names_its_cell(
    data_folder: DataFolder, kind: str, table: str, row: int, cells: Cells, place: Place
) -> None:
    data_folder.append("terms", vocabulary="membership_status", code="former", position="2", label_en="Former")
    before = places(data_folder, kind)
    data_folder.edit(table, row, **cells)
    (new,) = [one for one in places(data_folder, kind) if one not in before]
    assert new[:3] == place[:3]
    assert new[3] == place[3] or kind == "near_double"


def test_a_city_without_coordinates_is_named(data_folder: DataFolder) -> None:
    assert places(data_folder, "no_coordinates") == [("cities.csv", 5, "latitude", "Turin")]


def test_an_edition_with_results_and_no_report_is_named_once(data_folder: DataFolder) -> None:
    # Of Lisbon's two editions only that of 2020 has a report; Bilbao has none.
    assert places(data_folder, "score_without_report") == [
        ("index_scores.csv", 3, "city_id", "lisbon"),
        ("index_scores.csv", 4, "city_id", "bilbao"),
    ]
    data_folder.append("index_scores", city_id="bilbao", year="2020", policy_area="overall", score="71")
    assert len(places(data_folder, "score_without_report")) == 2


def test_a_summary_of_fifteen_words_is_long_enough_and_one_of_fourteen_is_not(data_folder: DataFolder) -> None:
    assert len(FIFTEEN.split()) == 15
    for row in range(4):
        data_folder.edit("practices", row, summary=FIFTEEN)
    assert places(data_folder, "short_summary") == []
    fourteen = FIFTEEN.replace("many ", "")
    data_folder.edit("practices", 3, summary=fourteen)
    assert places(data_folder, "short_summary") == [("practices.csv", 5, "summary", fourteen)]


def test_practices_without_a_page_of_their_own_are_named(data_folder: DataFolder) -> None:
    assert [line for _, line, _, _ in places(data_folder, "no_own_page")] == [3, 4, 5]


def test_a_start_in_the_year_of_the_data_is_none_after_it(data_folder: DataFolder) -> None:
    data_folder.append("practices", **practice(when_text="2025", when_source="year field"))
    assert places(data_folder, "future_start") == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_called_by_one_and_by_many(kind: str) -> None:
    assert kind_in_words(kind, 1).startswith("1 ")
    assert kind_in_words(kind, 2).startswith("2 ")
    assert kind_in_words(kind, 1)[2:] != kind_in_words(kind, 2)[2:]


def test_a_shared_page_is_a_note_that_check_tells_unasked(data_folder: DataFolder) -> None:
    data_folder.edit("practices", 2, url="https://example.org/practices/kitchen")
    (note,) = notes(valid_data(data_folder.path))
    assert "“A kitchen of languages” on line 2" in note.reason
    assert run("check", "--data", data_folder.path).stdout.startswith(f"note: {note}")


def test_check_counts_warnings_by_kind_and_ends_well(data_folder: DataFolder) -> None:
    result = run("check", "--warn", "--data", data_folder.path)
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (OK, "")
    assert [line for line in lines if not line.startswith("  ")] == [
        "1 city without coordinates",
        "2 editions with results and no report",
        "4 short summaries",
        "3 practices without a page of their own",
        "1 practice nobody coded yet",
        "No problems: 12 terms, 4 cities, 4 practices, 3 index scores, 2 index reports. 11 warnings.",
    ]
    assert lines[1].startswith("  cities.csv:5 latitude “Turin”: ")


def test_check_gives_warnings_as_json_lines_with_their_kind(data_folder: DataFolder) -> None:
    result = run("check", "--warn", "--json", "--data", data_folder.path)
    first = lines_of(result.stdout)[0]
    assert list(first) == ["kind", "file", "line", "column", "value", "reason"]
    assert (first["kind"], first["file"], first["line"]) == ("no_coordinates", "cities.csv", 5)


def test_warnings_hide_no_problem(data_folder: DataFolder) -> None:
    data_folder.edit("practices", 2, url="nowhere")
    result = run("check", "--warn", "--data", data_folder.path)
    assert (result.exit_code, result.stderr) == (PROBLEMS, "1 problem.\n")
