"""A release: one name for a quarter's data, what differs in it, numbers in texts; all of it or nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from icc_data.errors import AtlasError
from icc_data.files.release import releasing
from icc_data.files.release.changelog import with_section
from icc_data.files.release.numbers import filled, marks, numbers, without_marked
from icc_data.incoming.check import valid_data
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.store.build import build
from icc_data.store.database import open_database
from icc_data.store.datapackage import package_files
from icc_data.store.snapshots import named, snapshot_folders, snapshots
from tests.unit.conftest import DataFolder

# The data of the folder is of 3 February 2025.
TODAY = date(2025, 5, 1)
COUNT = "<!-- data:practices -->?<!-- /data -->"


def release(folder: DataFolder, name: str = "2025-Q1", *, dry_run: bool = False) -> releasing.Release:
    return releasing.release(name, folder.path, dry_run=dry_run, today=TODAY)


@pytest.fixture
def readme(data_folder: DataFolder) -> Path:
    file = data_folder.path.parent / "README.md"
    file.write_text(f"There are {COUNT} practices, 7 of them mine.\n", encoding="utf-8")
    return file


def test_a_number_between_marks_is_counted_and_all_else_stays(data_folder: DataFolder, readme: Path) -> None:
    release(data_folder)
    assert readme.read_text() == "There are <!-- data:practices -->4<!-- /data --> practices, 7 of them mine.\n"


def test_the_citation_file_gets_the_name_of_the_release_and_its_day(data_folder: DataFolder) -> None:
    citation = data_folder.path.parent / "CITATION.cff"
    citation.write_text('version: 0.1.0\ndata:\n  version: "" # data:release\n  date-released: "old" # data:date\n')
    release(data_folder)
    expected = 'version: 0.1.0\ndata:\n  version: "2025-Q1" # data:release\n  date-released: "2025-02-03" # data:date\n'
    assert citation.read_text() == expected


def test_a_copy_of_the_tables_bears_the_name(data_folder: DataFolder) -> None:
    made = release(data_folder)
    (kept,) = snapshots(snapshot_folders(data_folder.path))
    assert (kept.path, kept.release, kept.name) == (made.snapshot, "2025-Q1", "2025-Q1")
    assert named("2025-Q1", [kept]) == kept


def test_database_package_and_address_call_the_data_by_the_same_name(data_folder: DataFolder, tmp_path: Path) -> None:
    release(data_folder)
    with open_database(build(data_folder.path, tmp_path / "atlas.duckdb").database) as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone() == ("2025-Q1",)
    assert json.loads(package_files(data_folder.path)["datapackage.json"])["version"] == "2025-Q1"


def test_data_that_changed_since_is_called_by_its_own_version(data_folder: DataFolder) -> None:
    release(data_folder)
    data_folder.edit("practices", 1, title="Another title")
    version = json.loads(package_files(data_folder.path)["datapackage.json"])["version"]
    assert (len(version), version.startswith("2025")) == (12, False)


def test_a_database_from_before_the_release_is_built_anew(data_folder: DataFolder, tmp_path: Path) -> None:
    build(data_folder.path, tmp_path / "atlas.duckdb")
    release(data_folder)
    assert not build(data_folder.path, tmp_path / "atlas.duckdb").skipped


def test_the_changelog_says_what_differs_from_the_last_release(data_folder: DataFolder) -> None:
    release(data_folder)
    title = data_folder.rows("practices")[0]["title"]
    data_folder.edit("practices", 0, summary="A summary that nobody has written before.")
    new = {"practice_id": "a-new-one", "title": "A *new* one", "city_ids": "lisbon", "countries": "Portugal"}
    data_folder.append("practices", **new, accessed="2025-04-02", when_text="2024", when_source="year field")
    made = release(data_folder, "2025-Q2")
    assert made.before is not None
    assert made.before.release == "2025-Q1"
    text = (data_folder.path / "CHANGELOG.md").read_text()
    newest = text[text.index("## 2025-Q2 (2 April 2025)") : text.index("## 2025-Q1 (3 February 2025)")]
    assert "1 practice added, 1 changed, 0 removed" in newest
    assert "### New practices (1)\n\n- A \\*new\\* one (Lisbon, 2024)\n" in newest
    assert f"- Practice changed: {title}" in newest


def test_words_that_somebody_added_to_an_older_section_stay() -> None:
    text = "# Changes\n\nA line.\n\n## 2025-Q1 (day)\n\nold\n\nBy hand.\n"
    assert with_section(text, "2025-Q2", "## 2025-Q2 (day)\n\nnew\n\n") == (
        "# Changes\n\nA line.\n\n## 2025-Q2 (day)\n\nnew\n\n## 2025-Q1 (day)\n\nold\n\nBy hand.\n"
    )


def test_a_section_of_the_same_release_that_was_stopped_is_written_anew() -> None:
    text = "# Changes\n\n## 2025-Q2 (day)\n\nhalf\n"
    assert with_section(text, "2025-Q2", "## 2025-Q2 (day)\n\nwhole\n\n") == "# Changes\n\n## 2025-Q2 (day)\n\nwhole\n"


def test_on_trial_nothing_is_written(data_folder: DataFolder, readme: Path) -> None:
    before = data_folder.snapshot()
    made = release(data_folder, dry_run=True)
    assert readme in made.texts
    assert data_folder.snapshot() == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("spring", "“spring” is no quarter"),
        ("2025-Q5", "“2025-Q5” is no quarter"),
        ("2025-Q3", "has not begun yet"),
        ("2024-Q4", "which is after 2024-Q4"),
    ],
)
def test_a_quarter_that_cannot_be_released_is_refused(
    data_folder: DataFolder, readme: Path, name: str, words: str
) -> None:
    before = data_folder.snapshot()
    with pytest.raises(AtlasError, match=words):
        release(data_folder, name)
    assert data_folder.snapshot() == before


def test_a_release_is_made_once(data_folder: DataFolder) -> None:
    release(data_folder)
    data_folder.edit("practices", 1, title="Another title")
    with pytest.raises(AtlasError, match="2025-Q1 is there already"):
        release(data_folder)


def test_the_same_data_is_not_released_twice(data_folder: DataFolder) -> None:
    release(data_folder)
    with pytest.raises(AtlasError, match="Nothing has changed since the release 2025-Q1"):
        release(data_folder, "2025-Q2")


def test_an_earlier_quarter_is_not_released_after_a_later_one(data_folder: DataFolder) -> None:
    release(data_folder, "2025-Q2")
    data_folder.edit("practices", 1, title="Another title")
    with pytest.raises(AtlasError, match="2025-Q2 has been released after 2025-Q1"):
        release(data_folder, "2025-Q1")


def test_data_with_problems_is_not_released(data_folder: DataFolder, readme: Path) -> None:
    data_folder.edit("practices", 1, city_ids="atlantis")
    before = data_folder.snapshot()
    with pytest.raises(InvalidDataError):
        release(data_folder)
    assert data_folder.snapshot() == before


def test_a_number_that_there_is_not_refuses_the_release(data_folder: DataFolder, readme: Path) -> None:
    readme.write_text("<!-- data:moons -->2<!-- /data -->")
    before = data_folder.snapshot()
    with pytest.raises(AtlasError, match="asks for “moons”"):
        release(data_folder)
    assert data_folder.snapshot() == before


def test_where_the_copy_cannot_be_kept_every_text_is_as_it_was(data_folder: DataFolder, readme: Path) -> None:
    (data_folder.path / "snapshots").write_text("in the way")
    before = data_folder.snapshot()
    with pytest.raises(AtlasError):
        release(data_folder)
    assert data_folder.snapshot() == before


def test_numbers_are_counted_from_the_records(data_folder: DataFolder) -> None:
    data_folder.edit("practices", 0, when_text="", when_source="", url="", summary="Three short words")
    told = numbers(valid_data(data_folder.path), "2025-Q1", "0" * 12)
    practices = data_folder.rows("practices")
    by_hand = {
        "practices": len(practices),
        "cities": len(data_folder.rows("cities")),
        "without_year_text": sum(not row.get("when_text") for row in practices),
        "without_own_page": sum(not row.get("url") for row in practices),
        "without_city": sum(not row["city_ids"] for row in practices),
        "uncoded": sum(not row.get("policy_areas") for row in practices),
        "rows_of_index_scores": len(data_folder.rows("index_scores")),
    }
    assert {name: told[name] for name in by_hand} == {name: str(count) for name, count in by_hand.items()}
    assert told["day"] == "3 February 2025"


def test_marks_are_found_filled_and_taken_out() -> None:
    text = f"a {COUNT} b"
    assert marks(text) == ["practices"]
    assert filled(text, {"practices": "9"}, "x.md") == "a <!-- data:practices -->9<!-- /data --> b"
    assert without_marked(text) == "a  b"
