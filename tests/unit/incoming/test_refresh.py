"""Files as they arrive become one review; what is decided there becomes data, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from icc_data.errors import AtlasError
from icc_data.incoming.check import load_data
from icc_data.incoming.refresh.applying import Applied, apply_review, table_text
from icc_data.incoming.refresh.review import Block, counts, decided, read_review, write_review
from icc_data.incoming.refresh.taking import Sender, files_in, take
from icc_data.model.records import Practice
from icc_data.paths import DATA_DIRECTORY

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

SEEN = date(2026, 11, 20)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def arrive(inbox: Path, name: str, *lines: str) -> Path:
    file = inbox / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def taken(inbox: Path, folder: DataFolder, sender: Sender = "programme") -> tuple[Block, ...]:
    return take(files_in([inbox]), folder.path, seen=SEEN, sender=sender)


def cells(block: Block) -> dict[str, tuple[str, str]]:
    return {cell.column: (cell.old, cell.new) for cell in block.cells}


def applied(blocks: tuple[Block, ...], folder: DataFolder, review: Path) -> Applied:
    write_review(blocks, review)
    return apply_review(review, folder.path)


def test_every_file_of_a_folder_is_read_in_the_order_of_names_and_hidden_ones_are_not(inbox: Path) -> None:
    for name in ("b.csv", "a.csv", ".hidden.csv"):
        arrive(inbox, name, "title")
    assert [file.name for file in files_in([inbox])] == ["a.csv", "b.csv"]


def test_what_the_data_does_not_have_is_new_with_the_day_and_the_sender(inbox: Path, data_folder: DataFolder) -> None:
    arrive(inbox, "new.csv", "title,city_ids", "A garden for all,Cork")
    (block,) = taken(inbox, data_folder, "city")
    assert (block.head.standing, block.head.title, block.head.line) == ("new", "A garden for all", "2")
    assert cells(block) == {
        "title": ("", "A garden for all"),
        "city_ids": ("", "cork"),
        "countries": ("", "Ireland"),
        "source_kind": ("", "city"),
        "accessed": ("", "2026-11-20"),
    }


def test_a_known_practice_with_a_newer_year_text_is_a_change_cell_by_cell(inbox: Path, data_folder: DataFolder) -> None:
    arrive(inbox, "new.csv", "title,city_ids,when_text", "A kitchen of languages,Lisbon,2019-2025")
    (block,) = taken(inbox, data_folder)
    assert (block.head.standing, block.head.key) == ("changed", "kitchen-of-languages")
    assert cells(block) == {"when_text": ("Since 2019", "2019-2025")}


def test_a_corrected_title_with_the_same_page_is_the_same_practice(inbox: Path, data_folder: DataFolder) -> None:
    url = data_folder.rows("practices")[0]["url"].replace("https://", "http://www.") + "/"
    arrive(inbox, "new.csv", "title,city_ids,url", f"A kitchen of many languages,Lisbon,{url}")
    (block,) = taken(inbox, data_folder)
    assert block.head.key == "kitchen-of-languages"
    assert cells(block)["title"] == ("A kitchen of languages", "A kitchen of many languages")


def test_a_stated_identifier_is_the_same_practice_whatever_its_title(inbox: Path, data_folder: DataFolder) -> None:
    arrive(inbox, "new.csv", "practice_id,title,city_ids", "kitchen-of-languages,Languages over soup,Lisbon")
    (block,) = taken(inbox, data_folder)
    assert (block.head.standing, block.head.key) == ("changed", "kitchen-of-languages")


def test_a_similar_title_in_the_same_city_is_left_to_a_person(inbox: Path, data_folder: DataFolder) -> None:
    arrive(inbox, "new.csv", "title,city_ids", "Kitchen of the languages,Lisbon")
    (block,) = taken(inbox, data_folder)
    assert block.head.standing == "near-double"
    assert "“A kitchen of languages” (kitchen-of-languages)" in block.head.note


def test_what_stands_in_two_files_is_said_of_the_second(inbox: Path, data_folder: DataFolder) -> None:
    for name in ("a.csv", "b.csv"):
        arrive(inbox, name, "title,city_ids", "A garden for all,Cork")
    first, second = taken(inbox, data_folder)
    assert (first.head.standing, second.head.standing) == ("new", "near-double")
    assert "the same stands in a.csv line 2" in second.head.note


def test_nothing_new_is_the_same(inbox: Path, data_folder: DataFolder) -> None:
    arrive(inbox, "new.csv", "title,city_ids", "Uma cozinha de línguas,Lisbon")
    (block,) = taken(inbox, data_folder)
    # The data carries the title translated; another one in its own language is no change.
    assert (block.head.standing, block.cells) == ("same", ())


def test_places_where_it_was_seen_are_added_to_those_known(inbox: Path, data_folder: DataFolder) -> None:
    old = data_folder.rows("practices")[0]["evidence_urls"]
    arrive(inbox, "new.csv", "title,city_ids,evidence_urls", "A kitchen of languages,Lisbon,https://example.org/more")
    (block,) = taken(inbox, data_folder)
    assert cells(block) == {"evidence_urls": (old, f"{old}; https://example.org/more")}


def test_a_city_with_a_newer_population_is_a_change(inbox: Path, data_folder: DataFolder) -> None:
    arrive(inbox, "c.csv", "city_id,name,country_code,country,population", "lisboa,Lisboa,PT,Portugal,600000")
    (block,) = taken(inbox, data_folder)
    assert (block.head.standing, block.head.key) == ("changed", "lisbon")
    assert cells(block)["population"] == ("545000", "600000")


def test_mails_and_files_that_cannot_be_read_are_named_and_stop_nothing(inbox: Path, data_folder: DataFolder) -> None:
    arrive(inbox, "a.eml", "Dear all")
    arrive(inbox, "b.txt", "nothing that anybody knows")
    arrive(inbox, "c.csv", "title,city_ids", "A garden for all,Cork")
    blocks = taken(inbox, data_folder)
    assert counts(blocks) == {"new": 1, "unreadable": 2}
    assert "It is a mail" in blocks[0].head.note


def test_a_refused_row_keeps_its_cells_with_the_reason_beside_them(inbox: Path, data_folder: DataFolder) -> None:
    arrive(inbox, "new.csv", "title,city_ids", "A garden for all,Atlantis")
    (block,) = taken(inbox, data_folder)
    assert block.head.standing == "refused"
    noted = {cell.column: bool(cell.note) for cell in block.cells}
    # What a practice needs besides is there to be filled, with the day and the sender.
    added = {"when_text": False, "accessed": False, "source_kind": False}
    assert noted == {"title": False, "city_ids": True, **added}


def test_a_day_to_come_is_refused(inbox: Path, data_folder: DataFolder) -> None:
    file = arrive(inbox, "new.csv", "title", "A garden for all")
    with pytest.raises(AtlasError, match="has not come yet"):
        take([file], data_folder.path, seen=date.today() + timedelta(days=1), sender="city")


def test_only_what_was_decided_is_written(inbox: Path, data_folder: DataFolder, tmp_path: Path) -> None:
    arrive(inbox, "a.csv", "title,city_ids", "A garden for all,Cork", "A bench for two,Cork")
    arrive(inbox, "b.csv", "title,city_ids,when_text", "A kitchen of languages,Lisbon,2019-2025")
    first, *others = taken(inbox, data_folder)
    (decided_first,) = decided([first], ["new"])
    outcome = applied((decided_first, *others), data_folder, tmp_path / "review.csv")
    assert [record.title for record in outcome.added["practices"] if isinstance(record, Practice)] == [
        "A garden for all"
    ]
    assert (outcome.changed, outcome.undecided) == ({}, 2)
    assert data_folder.rows("practices")[0]["when_text"] == "Since 2019"


def test_a_change_keeps_every_other_cell_and_row_byte_for_byte(
    inbox: Path, data_folder: DataFolder, tmp_path: Path
) -> None:
    before = data_folder.text("practices").replace("\r\n", "\n").replace("\n", "\r\n")
    arrive(inbox, "b.csv", "title,city_ids,when_text", "A kitchen of languages,Lisbon,2019-2025")
    applied(decided(taken(inbox, data_folder), ["changed"]), data_folder, tmp_path / "review.csv")
    assert data_folder.text("practices") == before.replace("Since 2019", "2019-2025")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_review_reads_back_as_it_was_written(
    inbox: Path, data_folder: DataFolder, tmp_path: Path, ending: str
) -> None:
    arrive(inbox, "a.csv", "title,city_ids,summary", '=1+1 gardens,Cork,"Two lines,\nand a “quote”."')
    blocks = taken(inbox, data_folder)
    write_review(blocks, tmp_path / f"review.{ending}")
    assert read_review(tmp_path / f"review.{ending}") == blocks


def test_a_cell_mended_in_the_review_is_what_is_written(inbox: Path, data_folder: DataFolder, tmp_path: Path) -> None:
    arrive(inbox, "a.csv", "title,city_ids", "A garden for all,Atlantis")
    (block,) = taken(inbox, data_folder)
    mended = tuple(replace(cell, new="Cork") if cell.column == "city_ids" else cell for cell in block.cells)
    applied((Block(replace(block.head, decision="yes"), mended),), data_folder, tmp_path / "review.csv")
    assert data_folder.rows("practices")[-1]["city_ids"] == "cork"


def test_a_cell_that_somebody_said_no_to_is_left_out(inbox: Path, data_folder: DataFolder, tmp_path: Path) -> None:
    arrive(inbox, "a.csv", "title,city_ids,when_text,summary", "A kitchen of languages,Lisbon,2019-2025,They cook.")
    (block,) = decided(taken(inbox, data_folder), ["changed"])
    refused = tuple(replace(cell, decision="no") if cell.column == "summary" else cell for cell in block.cells)
    applied((replace(block, cells=refused),), data_folder, tmp_path / "review.csv")
    row = data_folder.rows("practices")[0]
    assert (row["when_text"], row["summary"]) == (
        "2019-2025",
        "Neighbours teach each other their languages while cooking.",
    )


def test_what_has_changed_meanwhile_is_not_written_over(inbox: Path, data_folder: DataFolder, tmp_path: Path) -> None:
    arrive(inbox, "a.csv", "title,city_ids,when_text", "A kitchen of languages,Lisbon,2019-2025")
    blocks = decided(taken(inbox, data_folder), ["changed"])
    data_folder.put("practices", data_folder.text("practices").replace("Since 2019", "Since 2018"))
    before = data_folder.snapshot()
    with pytest.raises(AtlasError, match="the data holds “Since 2018” now, and held “Since 2019”"):
        applied(blocks, data_folder, tmp_path / "review.csv")
    assert data_folder.snapshot() == before


def test_one_fault_and_nothing_is_written(inbox: Path, data_folder: DataFolder, tmp_path: Path) -> None:
    arrive(inbox, "a.csv", "title,city_ids", "A garden for all,Cork", "A bench for two,Atlantis")
    before = data_folder.snapshot()
    with pytest.raises(AtlasError, match=r"review\.csv:\d+ city_ids “Atlantis”"):
        applied(decided(taken(inbox, data_folder), ["new", "refused"]), data_folder, tmp_path / "review.csv")
    assert data_folder.snapshot() == before


def test_the_same_twice_in_a_review_is_refused(inbox: Path, data_folder: DataFolder, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        arrive(inbox, name, "title,city_ids", "A garden for all,Cork")
    with pytest.raises(AtlasError, match="or above in the review, already"):
        applied(decided(taken(inbox, data_folder), ["new", "near-double"]), data_folder, tmp_path / "review.csv")


def test_a_decision_that_says_neither_is_named_with_its_line(
    tmp_path: Path, data_folder: DataFolder, inbox: Path
) -> None:
    arrive(inbox, "a.csv", "title,city_ids", "A garden for all,Cork")
    review = tmp_path / "review.csv"
    write_review(taken(inbox, data_folder), review)
    review.write_text(review.read_text("utf-8-sig").replace("1,,new", "1,perhaps,new"), "utf-8")
    with pytest.raises(AtlasError, match=r"review\.csv:2 decision “perhaps”: expected yes, no or nothing"):
        apply_review(review, data_folder.path)


def test_a_file_that_is_no_review_is_refused(inbox: Path, data_folder: DataFolder) -> None:
    with pytest.raises(AtlasError, match="is no review: it has no column “record”"):
        apply_review(arrive(inbox, "a.csv", "title", "A garden"), data_folder.path)


def test_a_table_in_which_nothing_has_changed_is_written_as_it_was() -> None:
    filled = {name: items for name, items in load_data(DATA_DIRECTORY)[0].accepted.items() if items}
    assert "practices" in filled
    for name, items in filled.items():
        text = (DATA_DIRECTORY / f"{name}.csv").read_bytes().decode("utf-8")
        records = [item.record for item in items]
        assert table_text(text, name, records, records) == text.replace("\r\n", "\n").replace("\n", "\r\n")


def test_a_start_after_the_day_of_the_data_is_said(inbox: Path, data_folder: DataFolder) -> None:
    arrive(inbox, "new.csv", "title,city_ids,when_text", "A garden for all,Cork,since 2030", "A shed,Cork,since 2026")
    ahead, now = taken(inbox, data_folder)
    assert ahead.head.note == "begins in 2030, after the data’s date (2026-11-20): check the year"
    assert now.head.note == ""
