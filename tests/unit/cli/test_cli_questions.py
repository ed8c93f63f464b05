"""The commands ``search`` and ``export``: what they say, where they say it, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from icc_data import queries
from icc_data.queries.selection import Selection
from tests.helpers.commands import OK, UNUSABLE, in_a_terminal, lines_of, run

Connection = duckdb.DuckDBPyConnection


def test_search_gives_the_ranking_of_the_page_one_json_object_a_line(atlas_file: Path, atlas: Connection):
    result = run("search", "school", "--database", atlas_file)
    answers = lines_of(result.stdout)
    expected = queries.search(atlas, Selection(q="school"), limit=10)
    assert (result.exit_code, result.stderr) == (OK, "")
    assert [answer["practice_id"] for answer in answers] == expected["practice_id"].tolist()
    assert [answer["title"] for answer in answers] == expected["title"].tolist()
    assert [answer["score"] for answer in answers] == pytest.approx(expected["score"].tolist())


def test_search_gives_as_many_as_it_is_told(atlas_file: Path):
    arguments = ("search", "school", "--database", atlas_file)
    assert len(lines_of(run(*arguments).stdout)) == 10
    assert len(lines_of(run(*arguments, "--limit", "3").stdout)) == 3
    assert run(*arguments, "--limit", "0").exit_code == UNUSABLE


@pytest.mark.parametrize(
    ("options", "choice"),
    [
        (["--country", "Spain"], {"country": ("spain",)}),
        (["--country", "Spain", "--country", "IT"], {"country": ("spain", "italy")}),
        (["--policy-area", "education", "--from", "2015"], {"policy_area": ("education",), "year_from": 2015}),
        (["--to", "2012", "--dated-only"], {"year_to": 2012, "include_undated": False}),
        (["--ongoing", "--network", "international"], {"ongoing_only": True, "network": ("international",)}),
        (["--city", "Lisboa", "--theme", "youth"], {"city": ("lisbon",), "theme": ("youth",)}),
        (["--documented-by", "programme"], {"documented_by": ("programme",)}),
    ],
)
def test_search_takes_the_facets_of_the_filter_bar(
    atlas_file: Path, atlas: Connection, options: list[str], choice: dict[str, Any]
):
    result = run("search", "young people", "--limit", "500", "--database", atlas_file, *options)
    found = [answer["practice_id"] for answer in lines_of(result.stdout)]
    assert found == queries.result_ids(atlas, Selection(q="young people", **choice))
    assert found


@pytest.mark.parametrize("command", [("search", "school"), ("export", "--output", "never.csv")])
def test_options_that_name_nothing_end_with_2_and_are_told(atlas_file: Path, tmp_path: Path, command: tuple[str, ...]):
    command = tuple(str(tmp_path / part) if part == "never.csv" else part for part in command)
    result = run(*command, "--database", atlas_file, "--country", "Atlantis", "--from", "99999")
    assert (result.exit_code, result.stdout) == (UNUSABLE, "")
    assert "“Atlantis” is not something that “Country” can be" in result.stderr
    assert "99999" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_search_that_finds_nothing_says_so_on_standard_error(atlas_file: Path):
    result = run("search", "zzzzqqq", "--database", atlas_file)
    assert (result.exit_code, result.stdout, result.stderr) == (
        OK,
        "",
        "No practice has the word “zzzzqqq”.\nNo practice fits.\n",
    )


def test_a_correction_is_said_with_the_option_that_takes_it_back(atlas_file: Path):
    corrected = run("search", "housng", "--database", atlas_file)
    assert "it was read as “housing”" in corrected.stderr
    assert "Add --exact" in corrected.stderr
    assert corrected.stdout
    exact = run("search", "housng", "--exact", "--database", atlas_file)
    assert (exact.exit_code, exact.stdout) == (OK, "")
    assert "read as “" not in exact.stderr


def test_search_says_what_it_does_not_understand(atlas_file: Path):
    result = run("search", "youth OR theme:sport", "--database", atlas_file)
    assert "it does not understand “OR” or “theme:”" in result.stderr


def test_search_takes_a_query_that_begins_with_a_minus(atlas_file: Path, atlas: Connection):
    result = run("search", "--limit", "500", "--database", atlas_file, "--", "-rumour")
    assert [a["practice_id"] for a in lines_of(result.stdout)] == queries.result_ids(atlas, Selection(q="-rumour"))
    assert {answer["score"] for answer in lines_of(result.stdout)} == {None}


@pytest.mark.parametrize("command", ["search", "export"])
def test_a_database_that_is_not_there_ends_with_2(tmp_path: Path, command: str):
    rest = ("school",) if command == "search" else ("--output", tmp_path / "out.csv")
    result = run(command, *rest, "--database", tmp_path / "none.duckdb")
    assert (result.exit_code, result.stdout) == (UNUSABLE, "")
    assert "There is no database" in result.stderr


READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "csv": lambda file: pd.read_csv(file, encoding="utf-8-sig", keep_default_na=False),
    "xlsx": lambda file: pd.read_excel(file, keep_default_na=False),
    "json": lambda file: pd.DataFrame(json.loads(file.read_text(encoding="utf-8"))["rows"]),
    "parquet": lambda file: pd.DataFrame(pq.read_table(file).to_pylist()),
}


@pytest.mark.parametrize("form", READERS)
def test_export_writes_the_practices_of_a_selection_in_every_format(
    atlas_file: Path, atlas: Connection, tmp_path: Path, form: str
):
    file = tmp_path / f"out.{form}"
    result = run("export", "--format", form, "--output", file, "--database", atlas_file, "--country", "Norway")
    records = queries.practice_records(atlas, Selection(country=("norway",)))
    frame = READERS[form](file)
    assert (result.exit_code, result.stderr) == (OK, "")
    assert f"{len(records)} practices written to {file}." in result.stdout
    assert list(frame.columns) == list(records.columns)
    assert frame["practice_id"].tolist() == records["practice_id"].tolist()
    assert frame["title"].tolist() == records["title"].tolist()
    assert [entry.name for entry in tmp_path.iterdir()] == [file.name]


def test_export_in_csv_begins_with_the_mark_by_which_excel_knows_utf_8(atlas_file: Path, tmp_path: Path):
    run("export", "--output", tmp_path / "out.csv", "--database", atlas_file, "--city", "bilbao")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfpractice_id,")


def test_export_says_in_the_file_what_was_chosen(atlas_file: Path, tmp_path: Path):
    run("export", "--output", tmp_path / "o.json", "--database", atlas_file, "--q", "school", "--theme", "youth")
    about = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["about"]
    assert about["selection"] == ["“school”", "Theme: Youth"]
    assert about["rows"] > 0


def test_export_takes_the_format_from_the_name_of_the_file(atlas_file: Path, tmp_path: Path):
    run("export", "--output", tmp_path / "out.JSON", "--database", atlas_file, "--city", "bilbao")
    assert json.loads((tmp_path / "out.JSON").read_text(encoding="utf-8"))["rows"]


@pytest.mark.parametrize(("name", "options"), [("out", []), ("out.doc", []), ("out.csv", ["--format", "pdf"])])
def test_export_in_an_unknown_format_ends_with_2_and_leaves_the_file_that_is_there(
    atlas_file: Path, tmp_path: Path, name: str, options: list[str]
):
    (tmp_path / name).write_text("mine", encoding="utf-8")
    result = run("export", "--output", tmp_path / name, "--database", atlas_file, *options)
    assert (result.exit_code, result.stdout) == (UNUSABLE, "")
    assert "csv, xlsx, json, parquet" in result.stderr
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_export_to_a_place_that_cannot_be_written_ends_with_2(atlas_file: Path, tmp_path: Path):
    (tmp_path / "folder.csv").mkdir()
    for output, words in (
        (tmp_path / "nowhere" / "out.csv", "cannot be written"),
        (tmp_path / "folder.csv", "is no file"),
    ):
        result = run("export", "--output", output, "--database", atlas_file)
        assert (result.exit_code, result.stdout) == (UNUSABLE, "")
        assert words in result.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.csv"]


def test_export_of_nothing_writes_the_names_of_the_columns(atlas_file: Path, tmp_path: Path):
    result = run("export", "--output", tmp_path / "out.csv", "--database", atlas_file, "--q", "zzzzqqq")
    assert result.exit_code == OK
    assert "0 practices written" in result.stdout
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()) == 1


def test_search_tells_a_person_title_place_and_year(atlas_file: Path, atlas: Connection):
    arguments = ("search", "rumour", "--limit", "40", "--database", atlas_file)
    rows = queries.search(atlas, Selection(q="rumour"), limit=40).astype(object)
    rows = rows.where(rows.notna(), "")
    assert in_a_terminal(*arguments) == [
        f"{row.title} · {row.city_names or row.country_names or 'no city'} · {row.when_text or 'no year published'}"
        for row in rows.itertuples()
    ]
    assert [json.loads(line)["practice_id"] for line in in_a_terminal(*arguments, "--json")] == list(
        rows["practice_id"]
    )
