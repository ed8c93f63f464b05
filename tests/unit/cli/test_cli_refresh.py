"""``take`` and ``apply``: from files as they arrive to data, in two commands with a person between them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.helpers.commands import OK, SOME_REFUSED, UNUSABLE, run

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

GARDEN = "title,city_ids\nA garden for all,Cork\n"


def test_take_writes_a_review_and_leaves_the_data_alone(data_folder: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "garden.csv").write_text(GARDEN)
    before = data_folder.snapshot()
    review = tmp_path / "review.csv"
    result = run(
        *("take", tmp_path / "garden.csv", "--seen", "2026-11-20", "--from", "city"),
        *("--data", data_folder.path, "--output", review),
    )
    assert (result.exit_code, result.stdout) == (OK, f"1 file read into {review}:\n  1 new\n")
    assert data_folder.snapshot() == before


def test_take_says_what_could_not_be_read_and_goes_on(data_folder: DataFolder, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.eml").write_text("Dear all")
    (inbox / "b.csv").write_text("title,city_ids\nA garden,Atlantis\n")
    result = run(
        *("take", inbox, "--seen", "2026-11-20", "--from", "programme"),
        *("--data", data_folder.path, "--output", tmp_path / "review.xlsx"),
    )
    assert result.exit_code == SOME_REFUSED
    assert "unreadable a.eml: It is a mail." in result.stderr
    assert "refused b.csv:2: city_ids “Atlantis”" in result.stderr


def test_apply_writes_what_was_decided_and_says_so(data_folder: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "garden.csv").write_text(GARDEN)
    place = "--data", data_folder.path
    review = tmp_path / "review.csv"
    taken = "take", tmp_path / "garden.csv", "--seen", "2026-11-20", "--from", "city", "--accept-new"
    run(*taken, *place, "--output", review)
    tried = run("apply", review, "--dry-run", *place)
    assert tried.stdout == (
        "would add to practices.csv: A garden for all\n1 would be added, 0 changed; 0 not decided on.\n"
    )
    assert "A garden for all" not in data_folder.text("practices")
    done = run("apply", review, *place)
    assert done.stdout == "added to practices.csv: A garden for all\n1 added, 0 changed; 0 not decided on.\n"
    assert data_folder.rows("practices")[-1]["source_kind"] == "city"


def test_apply_a_second_time_changes_nothing_and_says_why(data_folder: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "garden.csv").write_text(GARDEN)
    place = "--data", data_folder.path
    review = tmp_path / "review.csv"
    taken = "take", tmp_path / "garden.csv", "--seen", "2026-11-20", "--from", "city", "--accept-new"
    run(*taken, *place, "--output", review)
    run("apply", review, *place)
    before = data_folder.snapshot()
    again = run("apply", review, *place)
    assert again.exit_code == UNUSABLE
    assert "stands in the data, or above in the review, already" in again.stderr
    assert data_folder.snapshot() == before
