"""``set``: one change to many rows, all of it or nothing, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from icc_data.errors import AtlasError
from icc_data.incoming.check import valid_data
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.incoming.refresh.setting import Change, set_cells
from icc_data.model.gazetteer import Gazetteer
from tests.helpers.commands import OK, PROBLEMS, UNUSABLE, run

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder


def test_every_row_of_which_it_is_so_changes_and_no_other_cell(data_folder: DataFolder) -> None:
    before = data_folder.rows("practices")
    changes = set_cells("practices", ["policy_areas=education"], ["confidence=low"], data_folder.path)
    # That of the third says so already.
    assert changes == (
        Change(2, "kitchen-of-languages", "confidence", "", "low"),
        Change(3, "drums-on-the-square", "confidence", "", "low"),
    )
    before[0]["confidence"] = before[1]["confidence"] = "low"
    assert data_folder.rows("practices") == before


def test_all_conditions_have_to_be_so(data_folder: DataFolder) -> None:
    where = ["policy_areas=education", "city_ids=lisbon", "themes=sport"]
    (change,) = set_cells("practices", where, ["summary=Drums."], data_folder.path)
    assert change.key == "drums-on-the-square"


def test_a_list_is_added_to_and_taken_from(data_folder: DataFolder) -> None:
    changes = set_cells("practices", ["themes=sport"], ["themes+=Arts and culture", "themes-=sport"], data_folder.path)
    assert changes == (Change(3, "drums-on-the-square", "themes", "sport", "arts_culture"),)


def test_an_empty_value_finds_and_makes_empty_cells(data_folder: DataFolder) -> None:
    changes = set_cells("cities", ["local_name="], ["networks="], data_folder.path)
    assert changes == (Change(3, "bilbao", "networks", "international", ""),)


def test_on_trial_nothing_is_written(data_folder: DataFolder) -> None:
    before = data_folder.snapshot()
    assert set_cells("cities", ["city_id=cork"], ["joined_year=2016"], data_folder.path, dry_run=True)
    assert data_folder.snapshot() == before


def test_a_city_that_is_renamed_is_still_found_by_its_old_name(data_folder: DataFolder) -> None:
    changes = set_cells("cities", ["name=Bilbao"], ["name=Bilbao-Bizkaia"], data_folder.path)
    assert [(one.column, one.new) for one in changes] == [("name", "Bilbao-Bizkaia"), ("aliases", "Bilbo; Bilbao")]
    assert Gazetteer(valid_data(data_folder.path).cities).resolve("Bilbao", None).city.city_id == "bilbao"


@pytest.mark.parametrize(
    ("where", "cell", "reason"),
    [
        ("mood=glad", "name=A", "“mood” is no column of cities.csv"),
        ("city_id=cork", "mood=glad", "“mood” is no column of cities.csv"),
        ("city_id=cork", "joined_year=soon", "“soon” cannot stand in joined_year"),
        ("city_id=cork", "status=asleep", "Expected one of: member"),
        ("city_id=cork", "name+=A", "holds one value"),
        ("city_id=cork", "city_id=korkaigh", "identifier, which never changes"),
        ("city_id=cork", "name=", "is required"),
        ("city_id=atlantis", "name=A", "No row of cities.csv is so: city_id=atlantis"),
        ("Cork", "name=A", "says no column and value"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(
    data_folder: DataFolder, where: str, cell: str, reason: str
) -> None:
    before = data_folder.snapshot()
    with pytest.raises(AtlasError, match=re.escape(reason)):
        set_cells("cities", [where], [cell], data_folder.path)
    assert data_folder.snapshot() == before


def test_what_would_leave_problems_is_not_written(data_folder: DataFolder) -> None:
    before = data_folder.snapshot()
    # Drums on the square would lack the country of Cork.
    with pytest.raises(InvalidDataError, match="lacks Ireland"):
        set_cells("practices", ["themes=sport"], ["city_ids+=cork"], data_folder.path)
    assert data_folder.snapshot() == before


def test_the_command_says_each_cell_old_and_new_and_how_many_rows(data_folder: DataFolder) -> None:
    place = "--data", data_folder.path
    tried = run("set", "cities", "--where", "city_id=cork", "joined_year=2016", "--dry-run", *place)
    line = "cities.csv:4 cork joined_year: “2015” → “2016”\n"
    assert (tried.exit_code, tried.stdout) == (OK, f"{line}1 row would change.\n")
    done = run("set", "cities", "--where", "city_id=cork", "joined_year=2016", *place)
    assert (done.exit_code, done.stdout) == (OK, f"{line}1 row changed.\n")
    again = run("set", "cities", "--where", "city_id=cork", "joined_year=2016", *place)
    assert (again.exit_code, again.stdout) == (OK, "0 rows changed.\n")


@pytest.mark.parametrize(("cell", "code"), [("mood=glad", UNUSABLE), ("country=Eire", PROBLEMS)])
def test_the_command_ends_as_what_stood_in_its_way(data_folder: DataFolder, cell: str, code: int) -> None:
    result = run("set", "cities", "--where", "city_id=cork", cell, "--data", data_folder.path)
    assert (result.exit_code, result.stdout) == (code, "")
