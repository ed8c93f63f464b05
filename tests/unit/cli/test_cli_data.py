"""The commands for the data files: what they say, where they say it, and how they end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.helpers.commands import OK, PROBLEMS, SOME_REFUSED, UNUSABLE, lines_of, run

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder


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
    assert [list(item) for item in found] == [["text", "start_year", "end_year", "ongoing", "certainty", "form"]] * 3
    assert [tuple(item.values())[:4] for item in found] == [
        ("Since 2019", 2019, None, True),
        ("juin 2017", 2017, None, None),
        ("a while ago", None, None, None),
    ]
    assert [item["form"] for item in found] == ["since", "date", "unread"]


def test_texts_with_brackets_are_told_as_they_stand(data_folder: DataFolder):
    data_folder.edit("practices", 2, url="[bold]nowhere[/bold]")
    assert "[bold]nowhere[/bold]" in run("check", "--data", data_folder.path).stdout
