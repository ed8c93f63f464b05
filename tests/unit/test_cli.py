"""The commands: what they say, where they say it, and how they end."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from typer.testing import CliRunner

from icc_data import queries
from icc_data.cli import app
from icc_data.selection import Selection

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

Connection = duckdb.DuckDBPyConnection
ROOT = Path(__file__).parents[2]
OK, PROBLEMS, UNUSABLE, SOME_REFUSED = 0, 1, 2, 3


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def new_file(tmp_path: Path) -> Path:
    file = tmp_path / "new.csv"
    file.write_text(
        "title,city_ids,countries,when_text\nA garden,Cork,Ireland,Since 2019\nA parade,Turin,Italy,\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def half_bad_file(tmp_path: Path) -> Path:
    file = tmp_path / "half.csv"
    file.write_text("title,city_ids,countries\nA garden,Lisboa,Portugal\nA wreck,Atlantis,\n", encoding="utf-8")
    return file


def test_check_ends_with_0_and_counts_the_records_of_clean_data(data_folder: DataFolder):
    result = run("check", "--data", data_folder.path)
    assert result.exit_code == OK
    assert result.stdout == ("No problems: 12 terms, 4 cities, 4 practices, 3 index scores, 2 index reports.\n")


def test_check_ends_with_1_and_tells_each_problem_on_a_line(data_folder: DataFolder):
    data_folder.edit("practices", 2, url="nowhere", accessed="today")
    result = run("check", "--data", data_folder.path)
    assert result.exit_code == PROBLEMS
    assert [line.split(":")[:2] for line in result.stdout.splitlines()] == [
        ["practices.csv", "4 accessed “today”"],
        ["practices.csv", "4 url “nowhere”"],
    ]
    assert result.stderr == "2 problems.\n"


def test_check_tells_problems_as_json_lines(data_folder: DataFolder):
    data_folder.edit("practices", 2, url="nowhere")
    result = run("check", "--json", "--data", data_folder.path)
    (problem,) = lines_of(result.stdout)
    assert list(problem) == ["file", "line", "column", "value", "reason"]
    assert (problem["file"], problem["line"], problem["column"]) == ("practices.csv", 4, "url")
    assert result.stderr == "1 problem.\n"


def test_check_says_nothing_as_json_where_nothing_is_wrong(data_folder: DataFolder):
    result = run("check", "--json", "--data", data_folder.path)
    assert (result.exit_code, result.stdout) == (OK, "")


def test_check_ends_with_2_where_there_is_no_folder(tmp_path: Path):
    result = run("check", "--data", tmp_path / "nowhere")
    assert (result.exit_code, result.stdout) == (UNUSABLE, "")
    assert "There is no data folder" in result.stderr


def test_build_writes_the_database_and_counts_its_rows(data_folder: DataFolder, tmp_path: Path):
    result = run("build", "--data", data_folder.path, "--database", tmp_path / "a.duckdb")
    assert result.exit_code == OK
    assert ["practice", "4"] in [line.split() for line in result.stdout.splitlines()]
    with duckdb.connect(str(tmp_path / "a.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM practice").fetchone() == (4,)


def test_build_says_that_nothing_has_changed_unless_forced(data_folder: DataFolder, tmp_path: Path):
    arguments = ("build", "--data", data_folder.path, "--database", tmp_path / "a.duckdb")
    run(*arguments)
    again, forced = run(*arguments), run(*arguments, "--force")
    assert (again.exit_code, forced.exit_code) == (OK, OK)
    assert "nothing has changed" in again.stdout
    assert "Wrote" in forced.stdout


def test_build_ends_with_1_and_tells_every_problem_of_invalid_data(data_folder: DataFolder, tmp_path: Path):
    for row in range(4):
        data_folder.edit("practices", row, url="nowhere", accessed="today", confidence="middling")
    result = run("build", "--data", data_folder.path, "--database", tmp_path / "a.duckdb")
    assert (result.exit_code, result.stdout) == (PROBLEMS, "")
    assert result.stderr.count("practices.csv:") == 12
    assert not (tmp_path / "a.duckdb").exists()


def test_build_ends_with_2_where_there_is_no_folder(tmp_path: Path):
    assert run("build", "--data", tmp_path / "x", "--database", tmp_path / "a.duckdb").exit_code == UNUSABLE


def test_read_gives_one_json_object_a_record(data_folder: DataFolder, new_file: Path):
    result = run("read", "--data", data_folder.path, new_file)
    first, second = lines_of(result.stdout)
    assert (result.exit_code, result.stderr) == (OK, "")
    assert (first["title"], first["city_ids"], first["cities"], first["line"]) == ("A garden", ["cork"], ["Cork"], 2)
    assert (first["when_text"], first["start_year"], first["ongoing"]) == ("Since 2019", 2019, True)
    assert second["title"] == "A parade"


def test_read_ends_with_3_and_tells_refusals_on_standard_error(data_folder: DataFolder, half_bad_file: Path):
    result = run("read", "--data", data_folder.path, half_bad_file)
    assert result.exit_code == SOME_REFUSED
    assert [item["title"] for item in lines_of(result.stdout)] == ["A garden"]
    assert "half.csv:3 city_ids “Atlantis”" in result.stderr


def test_read_ends_with_2_where_a_file_cannot_be_used_and_reads_the_others(
    data_folder: DataFolder, new_file: Path, half_bad_file: Path
):
    result = run("read", "--data", data_folder.path, new_file.with_name("gone.csv"), half_bad_file, new_file)
    assert result.exit_code == UNUSABLE
    assert len(lines_of(result.stdout)) == 3
    assert "gone.csv cannot be opened" in result.stderr


def test_read_obeys_the_kind_that_it_is_told(data_folder: DataFolder, tmp_path: Path):
    file = tmp_path / "table.txt"
    file.write_text("title\nA garden\n", encoding="utf-8")
    assert run("read", "--data", data_folder.path, file).exit_code == UNUSABLE
    told = run("read", "--data", data_folder.path, "--kind", "table", file)
    assert [item["title"] for item in lines_of(told.stdout)] == ["A garden"]


def test_read_changes_nothing(data_folder: DataFolder, half_bad_file: Path):
    before = data_folder.snapshot()
    run("read", "--data", data_folder.path, half_bad_file)
    assert data_folder.snapshot() == before
    assert [entry.name for entry in half_bad_file.parent.glob("*.csv")] == ["half.csv"]


def test_read_ends_with_1_where_the_data_has_problems(data_folder: DataFolder, new_file: Path):
    data_folder.edit("practices", 2, url="nowhere")
    result = run("read", "--data", data_folder.path, new_file)
    assert (result.exit_code, result.stdout) == (PROBLEMS, "")
    assert "practices.csv:4 url" in result.stderr


def test_add_says_what_it_added_and_what_it_skipped(data_folder: DataFolder, new_file: Path):
    first = run("add", "--data", data_folder.path, new_file)
    assert (first.exit_code, first.stdout.splitlines()) == (
        OK,
        ["added to practices.csv: A garden", "added to practices.csv: A parade", "2 added, 0 skipped."],
    )
    second = run("add", "--data", data_folder.path, new_file)
    assert second.exit_code == OK
    assert second.stdout.splitlines()[0] == "skipped new.csv:2 “A garden”: is there already: practices.csv line 6"
    assert second.stdout.splitlines()[-1] == "0 added, 2 skipped."


def test_add_ends_with_3_and_tells_refusals_on_standard_error(data_folder: DataFolder, half_bad_file: Path):
    result = run("add", "--data", data_folder.path, half_bad_file)
    assert result.exit_code == SOME_REFUSED
    assert "1 added, 0 skipped." in result.stdout
    assert "refused half.csv:3 city_ids “Atlantis”" in result.stderr
    assert half_bad_file.with_name("half.csv.rejected.csv").exists()


def test_add_on_trial_says_what_it_would_do_and_does_nothing(data_folder: DataFolder, new_file: Path):
    before = data_folder.snapshot()
    result = run("add", "--dry-run", "--data", data_folder.path, new_file)
    assert result.exit_code == OK
    assert "would add to practices.csv: A garden" in result.stdout
    assert "2 would be added, 0 skipped." in result.stdout
    assert data_folder.snapshot() == before


def test_add_ends_with_2_where_a_file_cannot_be_used(data_folder: DataFolder, tmp_path: Path):
    result = run("add", "--data", data_folder.path, tmp_path / "gone.csv")
    assert result.exit_code == UNUSABLE
    assert "gone.csv cannot be opened" in result.stderr


def test_add_ends_with_1_where_the_data_has_problems(data_folder: DataFolder, new_file: Path):
    data_folder.edit("practices", 2, url="nowhere")
    assert run("add", "--data", data_folder.path, new_file).exit_code == PROBLEMS


def test_period_tells_what_is_read_from_each_text_with_its_keys_in_order():
    result = run("period", "Since 2019", "juin 2017", "a while ago")
    found = lines_of(result.stdout)
    assert [list(item) for item in found] == [["text", "start_year", "end_year", "ongoing", "certainty"]] * 3
    assert [tuple(item.values())[:4] for item in found] == [
        ("Since 2019", 2019, None, True),
        ("juin 2017", 2017, 2017, False),
        ("a while ago", None, None, None),
    ]


def test_texts_with_brackets_are_told_as_they_stand(data_folder: DataFolder):
    data_folder.edit("practices", 2, url="[bold]nowhere[/bold]")
    assert "[bold]nowhere[/bold]" in run("check", "--data", data_folder.path).stdout


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
    assert (result.exit_code, result.stdout, result.stderr) == (OK, "", "No practice fits.\n")


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
    for output in (tmp_path / "nowhere" / "out.csv", tmp_path / "folder.csv"):
        result = run("export", "--output", output, "--database", atlas_file)
        assert (result.exit_code, result.stdout) == (UNUSABLE, "")
        assert "cannot be written" in result.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.csv"]


def test_export_of_nothing_writes_the_names_of_the_columns(atlas_file: Path, tmp_path: Path):
    result = run("export", "--output", tmp_path / "out.csv", "--database", atlas_file, "--q", "zzzzqqq")
    assert result.exit_code == OK
    assert "0 practices written" in result.stdout
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()) == 1


def in_a_terminal(*arguments: str | Path) -> list[str]:
    """The lines that a command shows to a person."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "icc_data", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=its, stderr=subprocess.DEVNULL) as running:
        os.close(its)
        shown = b""
        # A terminal whose other end was closed gives an error where a file would give its end.
        with contextlib.suppress(OSError):
            while part := os.read(ours, 65536):
                shown += part
    os.close(ours)
    assert running.returncode == OK
    return shown.decode("utf-8").splitlines()


def test_search_tells_a_person_title_place_and_year(atlas_file: Path, atlas: Connection):
    arguments = ("search", "rumour", "--limit", "40", "--database", atlas_file)
    rows = queries.search(atlas, Selection(q="rumour"), limit=40).astype(object)
    rows = rows.where(rows.notna(), "")
    assert in_a_terminal(*arguments) == [
        f"{row.title} · {row.city_names or row.country_names or 'no city'} · {row.when_text or 'no year'}"
        for row in rows.itertuples()
    ]
    assert [json.loads(line)["practice_id"] for line in in_a_terminal(*arguments, "--json")] == list(
        rows["practice_id"]
    )


def process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "icc_data", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_a_real_process_ends_with_the_code_of_refusals_and_keeps_the_streams_apart(half_bad_file: Path):
    done = process("read", half_bad_file)
    assert done.returncode == SOME_REFUSED
    assert [item["title"] for item in lines_of(done.stdout)] == ["A garden"]
    assert "Atlantis" in done.stderr


def test_a_real_process_tells_an_error_without_a_traceback(tmp_path: Path):
    done = process("check", "--data", tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (UNUSABLE, "")
    assert "Traceback" not in done.stderr
