"""New records are appended, known ones skipped, invalid ones kept aside, and nothing is half done."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from icc_data.errors import AtlasError
from icc_data.incoming import add as adding
from icc_data.incoming.add import Addition, add
from icc_data.incoming.check import load_data
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.model.identifiers import identities
from icc_data.model.records import City, IndexScore, Practice

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

HEADER = "title,city_ids,countries"
GARDEN = "A garden for all,Cork,Ireland"


@pytest.fixture
def new_file(tmp_path: Path) -> Path:
    return tmp_path / "new.csv"


def add_text(folder: DataFolder, file: Path, *lines: str, header: str = HEADER, dry_run: bool = False) -> Addition:
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return add([file], folder.path, dry_run=dry_run)


def titles(addition: Addition) -> list[str]:
    return [record.title for record in addition.added.get("practices", []) if isinstance(record, Practice)]


def rejects_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.rejected.csv")


def test_a_new_practice_is_appended(data_folder: DataFolder, new_file: Path):
    assert titles(add_text(data_folder, new_file, GARDEN)) == ["A garden for all"]
    last = data_folder.rows("practices")[-1]
    assert (last["practice_id"], last["title"], last["city_ids"]) == ("a-garden-for-all", "A garden for all", "cork")


def test_the_rows_that_were_there_stay_as_they_were_byte_for_byte(data_folder: DataFolder, new_file: Path):
    odd = data_folder.text("practices").replace("Homework club", '"Homework club"')
    data_folder.put("practices", odd)
    add_text(data_folder, new_file, GARDEN)
    assert data_folder.text("practices").startswith(odd)
    assert data_folder.text("practices").count("\n") == odd.count("\n") + 1


def test_only_the_files_that_get_records_change(data_folder: DataFolder, new_file: Path):
    before = data_folder.snapshot()
    add_text(data_folder, new_file, GARDEN)
    after = data_folder.snapshot()
    assert {name for name in after if after[name] != before.get(name)} == {"data/practices.csv"}


def test_the_data_is_valid_afterwards(data_folder: DataFolder, new_file: Path):
    add_text(data_folder, new_file, GARDEN, "A parade,Lisbon; Turin,Portugal; Italy")
    assert load_data(data_folder.path)[1] == []


@pytest.mark.parametrize(
    "title", ["Homework club", "HOMEWORK CLUB", "Homework  club!", "Hómework-club", "“Homework club”"]
)
def test_a_known_title_of_the_same_city_is_skipped_and_said(data_folder: DataFolder, new_file: Path, title: str):
    addition = add_text(data_folder, new_file, f"{title},Cork,Ireland")
    (skipped,) = addition.skipped
    assert (skipped.file, skipped.line, skipped.title) == ("new.csv", 2, title)
    assert "practices.csv line 4" in skipped.reason
    assert addition.added == {}


def test_a_title_known_as_the_original_one_is_skipped(data_folder: DataFolder, new_file: Path):
    addition = add_text(data_folder, new_file, "uma cozinha de linguas,Lisboa,Portugal")
    assert (len(addition.skipped), addition.added) == (1, {})


def test_an_original_title_known_as_the_title_is_skipped(data_folder: DataFolder, new_file: Path):
    line = "Club for homework,Homework club,Cork,Ireland"
    addition = add_text(data_folder, new_file, line, header="title,title_original,city_ids,countries")
    assert (len(addition.skipped), addition.added) == (1, {})


def test_one_city_in_common_is_enough_to_be_known(data_folder: DataFolder, new_file: Path):
    addition = add_text(data_folder, new_file, "Drums on the square,Lisbon; Cork,Portugal; Ireland")
    assert (len(addition.skipped), addition.added) == (1, {})


def test_what_is_there_and_says_something_else_is_not_thrown_away_without_a_word(
    data_folder: DataFolder, new_file: Path
) -> None:
    header = "practice_id,title,city_ids,when_text"
    addition = add_text(data_folder, new_file, "homework-club,Club for homework,Cork,2019-2025", header=header)
    (skipped,) = addition.skipped
    assert (skipped.differs, addition.added) == (True, {})
    assert "it says something else in title, when_text" in skipped.reason


def test_what_looks_like_a_practice_of_the_same_city_is_added_and_said(data_folder: DataFolder, new_file: Path) -> None:
    addition = add_text(data_folder, new_file, "The homework clubs,Cork,Ireland")
    assert titles(addition) == ["The homework clubs"]
    assert ("new.csv:2", "a similar title in the same city: “Homework club” (homework-club)") in addition.notes


def test_a_known_title_of_another_city_is_new(data_folder: DataFolder, new_file: Path):
    assert titles(add_text(data_folder, new_file, "Homework club,Turin,Italy")) == ["Homework club"]


def test_a_practice_that_stands_twice_in_the_file_is_added_once(data_folder: DataFolder, new_file: Path):
    addition = add_text(data_folder, new_file, GARDEN, GARDEN.upper())
    assert len(titles(addition)) == 1
    assert [(item.line, item.reason) for item in addition.skipped] == [(3, "is there already: new.csv line 2")]


def test_identifiers_stay_unique(data_folder: DataFolder, new_file: Path):
    add_text(data_folder, new_file, "Homework club,Turin,Italy", "Homework club,Bilbao,Spain")
    ids = [row["practice_id"] for row in data_folder.rows("practices")]
    assert len(ids) == 6
    assert len(set(ids)) == len(ids)


def test_adding_the_same_file_twice_adds_nothing_the_second_time(data_folder: DataFolder, new_file: Path):
    lines = (GARDEN, "A parade,Lisbon; Turin,Portugal; Italy", "A guide without a city,,")
    first = add_text(data_folder, new_file, *lines)
    before = data_folder.snapshot()
    second = add_text(data_folder, new_file, *lines)
    assert (len(titles(first)), len(first.skipped)) == (3, 0)
    assert (len(titles(second)), len(second.skipped)) == (0, 3)
    assert data_folder.snapshot() == before


def test_several_files_are_added_together(data_folder: DataFolder, tmp_path: Path):
    (tmp_path / "a.csv").write_text(f"{HEADER}\n{GARDEN}\n", encoding="utf-8")
    entries = [{"title": "A parade", "city_ids": ["Turin"], "countries": ["Italy"]}, {"title": "A garden for all"}]
    (tmp_path / "b.json").write_text(json.dumps(entries), encoding="utf-8")
    assert len(titles(add([tmp_path / "a.csv", tmp_path / "b.json"], data_folder.path))) == 3


def test_the_other_tables_are_added_to_by_their_keys(data_folder: DataFolder, new_file: Path):
    header = "city_id,year,policy_area,score"
    addition = add_text(data_folder, new_file, "Cork,2021,overall,66", "lisbon,2020,overall,70", header=header)
    assert [len(addition.added["index_scores"]), len(addition.skipped)] == [1, 1]
    assert data_folder.rows("index_scores")[-1]["city_id"] == "cork"


def test_a_refused_row_is_said_and_kept_with_its_reason(data_folder: DataFolder, new_file: Path):
    addition = add_text(data_folder, new_file, GARDEN, "A wreck,Atlantis,", "Another,Cork,Ireland")
    assert [(p.file, p.line, p.column, p.value) for p in addition.refused] == [("new.csv", 3, "city_ids", "Atlantis")]
    assert len(titles(addition)) == 2
    with rejects_of(new_file).open(encoding="utf-8", newline="") as file:
        (kept,) = csv.DictReader(file)
    assert (kept["file"], kept["line"], kept["column"], kept["value"]) == ("new.csv", "3", "city_ids", "Atlantis")
    assert kept["reason"] == addition.refused[0].reason
    assert json.loads(kept["row"]) == {"title": "A wreck", "city_ids": "Atlantis", "countries": ""}


def test_without_refusals_no_file_of_rejects_is_written(data_folder: DataFolder, new_file: Path):
    add_text(data_folder, new_file, GARDEN)
    assert not rejects_of(new_file).exists()


def test_a_dry_run_says_the_same_and_changes_nothing(data_folder: DataFolder, new_file: Path):
    lines = (GARDEN, "Homework club,Cork,Ireland", "A wreck,Atlantis,")
    before = data_folder.snapshot()
    planned = add_text(data_folder, new_file, *lines, dry_run=True)
    assert data_folder.snapshot() == before
    assert not rejects_of(new_file).exists()
    assert add_text(data_folder, new_file, *lines) == planned


def test_a_folder_with_problems_is_not_added_to(data_folder: DataFolder, new_file: Path):
    data_folder.edit("practices", 2, url="nowhere")
    before = data_folder.snapshot()
    with pytest.raises(InvalidDataError):
        add_text(data_folder, new_file, GARDEN)
    assert data_folder.snapshot() == before


def test_a_record_that_would_make_the_data_invalid_changes_nothing(data_folder: DataFolder, new_file: Path):
    before = data_folder.snapshot()
    with pytest.raises(InvalidDataError) as caught:
        add_text(data_folder, new_file, GARDEN, "A parade,Turin,Spain; Italy; Ruritania")
    assert [(p.column, p.value) for p in caught.value.problems] == [("countries", "Ruritania")]
    assert data_folder.snapshot() == before


def test_a_file_that_cannot_be_used_keeps_the_others_from_being_added(data_folder: DataFolder, new_file: Path):
    new_file.write_text(f"{HEADER}\n{GARDEN}\n", encoding="utf-8")
    before = data_folder.snapshot()
    with pytest.raises(AtlasError, match=r"gone\.csv"):
        add([new_file, new_file.with_name("gone.csv")], data_folder.path)
    assert data_folder.snapshot() == before


@pytest.mark.parametrize("moment", ["_appended", "load_data"])
def test_a_crash_while_writing_leaves_every_file_as_it_was(
    data_folder: DataFolder, new_file: Path, monkeypatch: pytest.MonkeyPatch, moment: str
):
    def crash(*_: object) -> None:
        raise RuntimeError("the power went off")

    before = data_folder.snapshot()
    monkeypatch.setattr(adding, moment, crash)
    with pytest.raises(RuntimeError):
        add_text(data_folder, new_file, GARDEN)
    assert data_folder.snapshot() == before


def test_a_folder_that_cannot_be_written_is_an_error_in_words(
    data_folder: DataFolder, new_file: Path, monkeypatch: pytest.MonkeyPatch
):
    def crash(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(AtlasError, match="Read-only file system"):
        add_text(data_folder, new_file, GARDEN)


def test_refusals_that_cannot_be_kept_keep_the_data_as_it_was(data_folder: DataFolder, new_file: Path):
    rejects_of(new_file).mkdir()
    before = data_folder.snapshot()
    with pytest.raises(AtlasError, match=r"new\.csv\.rejected\.csv"):
        add_text(data_folder, new_file, GARDEN, "A wreck,Atlantis,")
    assert data_folder.snapshot() == before


def test_no_scratch_folder_is_left_behind(data_folder: DataFolder, new_file: Path):
    add_text(data_folder, new_file, GARDEN)
    assert [entry.name for entry in data_folder.path.parent.iterdir()] == ["data"]


@pytest.mark.parametrize(
    "manner", ["reordered", "without a last line feed", "byte order mark", "windows line ends", "semicolons"]
)
def test_records_are_added_to_a_valid_file_however_it_was_saved(data_folder: DataFolder, new_file: Path, manner: str):
    text = data_folder.text("index_reports")
    saved = {
        "reordered": "\n".join(",".join(reversed(line.split(","))) for line in text.splitlines()) + "\n",
        "without a last line feed": text.rstrip("\n"),
        "byte order mark": "\ufeff" + text,
        "windows line ends": text.replace("\n", "\r\n"),
        "semicolons": text.replace(",", ";"),
    }[manner]
    data_folder.put("index_reports", saved)
    assert load_data(data_folder.path)[1] == []
    add_text(data_folder, new_file, "turin,2022", header="city_id,year")
    data, problems = load_data(data_folder.path)
    assert problems == []
    assert [report.city_id for report in data.index_reports] == ["lisbon", "cork", "turin"]
    assert data_folder.text("index_reports").startswith(saved)


def are_the_same(one: Practice, other: Practice) -> bool:
    return bool(set(identities(one)) & set(identities(other)))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Practice(practice_id="b", title="a GARDEN", city_ids=("cork",)), True),
        (Practice(practice_id="b", title="Un jardin", title_original="A garden", city_ids=("cork",)), True),
        (Practice(practice_id="b", title="A garden", city_ids=("oslo", "cork")), True),
        (Practice(practice_id="b", title="A garden", city_ids=("oslo",)), False),
        (Practice(practice_id="b", title="A garden"), False),
        (Practice(practice_id="a", title="A park", city_ids=("cork",)), False),
    ],
    ids=["case", "original title", "one city of two", "another city", "no city", "only the identifier"],
)
def test_practices_are_the_same_by_a_title_and_a_city(other: Practice, same: bool):
    assert are_the_same(Practice(practice_id="a", title="A garden", city_ids=("cork",)), other) == same


def test_practices_of_no_city_are_the_same_by_their_title():
    assert are_the_same(Practice(practice_id="a", title="A guide"), Practice(practice_id="b", title="A guide"))


def test_other_records_are_the_same_by_their_key():
    score = IndexScore(city_id="cork", year=2019, policy_area="overall", score=50.0)
    again = IndexScore(city_id="cork", year=2019, policy_area="overall", score=60.0)
    assert identities(score) == identities(again)
    assert identities(score) != identities(IndexScore(city_id="cork", year=2020, policy_area="overall", score=50.0))
    city = City(city_id="cork", name="Cork", country_code="IE", country="Ireland")
    assert identities(city) == [("cities", "cork")]
