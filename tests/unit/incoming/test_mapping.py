"""Tables of other databases: their headings are explained once; wide tables of scores and lists of cities are read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from icc_data.errors import AtlasError
from icc_data.incoming.check import load_data
from icc_data.incoming.readers import mapping
from icc_data.incoming.refresh.applying import apply_review
from icc_data.incoming.refresh.review import Block, decided, write_review
from icc_data.incoming.refresh.taking import take
from tests.helpers.commands import OK, SOME_REFUSED, UNUSABLE, run

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

SAID = {"Project name": "title", "Ort": "city_ids", "Start": "start_year", "End": "end_year", "Budget": ""}


def taken(folder: DataFolder, text: str, columns: dict[str, str] | None = None) -> tuple[Block, ...]:
    file = folder.path.parent / "sent.csv"
    file.write_text(text, encoding="utf-8")
    return take([file], folder.path, seen=date(2026, 11, 20), sender="network", columns=columns)


def new(block: Block) -> dict[str, str]:
    return {cell.column: cell.new for cell in block.cells}


def test_headings_mean_what_was_said_and_two_years_make_one_text(data_folder: DataFolder) -> None:
    (block,) = taken(data_folder, "Project name;Ort;Start;End;Budget\nA garden;Cork;2015;2018;5000\n", SAID)
    told = new(block)
    assert (told["title"], told["city_ids"], told["when_text"]) == ("A garden", "cork", "Start: 2015 End: 2018")
    assert "“Project name” read as title" in block.head.note
    assert "Budget" not in str(block)


@pytest.mark.parametrize(
    ("start", "end", "text"), [("2015", "", "Start: 2015"), ("", "2018", "End: 2018"), ("", "", None)]
)
def test_a_year_that_is_not_given_is_not_made_up(
    data_folder: DataFolder, start: str, end: str, text: str | None
) -> None:
    (block,) = taken(data_folder, f"Project name;Ort;Start;End;Budget\nA garden;Cork;{start};{end};1\n", SAID)
    assert new(block).get("when_text") == text


def test_a_heading_that_nobody_explained_is_named_with_what_to_do(data_folder: DataFolder) -> None:
    header, block = taken(data_folder, "Title,City,Budget\nA garden,Cork,1\n")[::-1]
    assert header.head.standing == "refused"
    assert "Budget" in header.head.note
    assert "--map “heading=column”" in header.head.note
    assert block.head.standing == "new"


def test_a_table_of_which_no_heading_is_known_is_named_with_what_to_do(data_folder: DataFolder) -> None:
    (block,) = taken(data_folder, "Project name;Ort\nA garden;Cork\n")
    assert block.head.standing == "unreadable"
    assert "--map “heading=column”" in block.head.note


def test_two_headings_of_one_column_are_refused(data_folder: DataFolder) -> None:
    (block,) = taken(data_folder, "A,B\nx,y\n", {"A": "title", "B": "title"})
    assert "“A” and “B” mean the same: title" in block.head.note


def test_lists_from_several_columns_are_joined(data_folder: DataFolder) -> None:
    columns = {"A": "title", "T1": "themes", "T2": "themes", "Ort": "city_ids"}
    (block,) = taken(data_folder, "A,Ort,T1,T2\nA garden,Cork,Sport,Arts and culture\n", columns)
    assert new(block)["themes"] == "sport; arts_culture"


@pytest.mark.parametrize("option", ["Start", "=title", "Start=moon"])
def test_what_maps_nothing_is_refused(option: str) -> None:
    with pytest.raises(AtlasError):
        mapping.said([option])


def test_what_is_said_anew_counts() -> None:
    assert mapping.merged({"Ort": "title", "Zeit": "when_text"}, {"ORT": "city_ids"}) == {
        "ORT": "city_ids",
        "Zeit": "when_text",
    }


def test_the_command_remembers_what_was_said(data_folder: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "sent.csv").write_text("Project name;Ort\nA garden;Cork\n")
    asked = "take", tmp_path / "sent.csv", "--seen", "2026-11-20", "--from", "city"
    where = "--data", data_folder.path, "--output", tmp_path / "review.csv"
    assert run(*asked, *where).exit_code == SOME_REFUSED
    assert run(*asked, *where, "--map", "Project name=Title", "--map", "Ort=City").exit_code == OK
    assert (data_folder.path / mapping.FILE).read_text() == "heading,column\nOrt,city_ids\nProject name,title\n"
    assert run(*asked, *where).exit_code == OK
    assert load_data(data_folder.path)[1] == []
    assert run(*asked, *where, "--map", "Ort=moon").exit_code == UNUSABLE


def test_what_another_command_was_told_meanwhile_stays(data_folder: DataFolder) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: mapping.remember(data_folder.path, {f"Ort {number}": "city_ids"}), range(20)))
    assert mapping.remembered(data_folder.path) == {f"Ort {number}": "city_ids" for number in range(20)}


def test_a_wide_table_is_a_row_for_each_score(data_folder: DataFolder) -> None:
    text = "City,Year,Overall,Education,Public space\nBilbao,2019,71.5,80,\nCork,2019,,70,\n"
    rows = [new(block) for block in taken(data_folder, f"Index 2019,,,,\n{text}")]
    assert [(row["city_id"], row["year"], row["policy_area"], row["score"]) for row in rows] == [
        ("bilbao", "2019", "overall", "71.5"),
        ("bilbao", "2019", "education", "80"),
        ("cork", "2019", "education", "70"),
    ]


def test_a_wide_table_with_a_cell_that_is_no_score_refuses_that_cell(data_folder: DataFolder) -> None:
    good, bad = taken(data_folder, "City,Year,Overall,Education\nBilbao,2019,71.5,high\n")
    assert (good.head.standing, bad.head.standing) == ("new", "refused")
    assert new(bad)["score"] == "high"


def test_a_simple_list_of_cities_is_read(data_folder: DataFolder) -> None:
    known, fresh = taken(
        data_folder, "Municipality;Country;Residents\nLisboa;Portugal;545 796\nNewtown;Irlande;12,345\n"
    )
    assert (known.head.standing, known.head.key, new(known)) == ("changed", "lisbon", {"population": "545796"})
    told = new(fresh)
    assert (told["city_id"], told["name"], told["country_code"], told["population"]) == (
        *("newtown", "Newtown", "IE"),
        "12345",
    )


def test_a_city_of_a_list_is_not_taken_for_one_with_a_similar_name(data_folder: DataFolder) -> None:
    (block,) = taken(data_folder, "City,Country\nLisbona Nuova,Portugal\nLisbom,Portugal\n")[1:]
    assert (block.head.standing, new(block)["name"]) == ("near-double", "Lisbom")


def test_a_city_of_a_name_that_another_country_has_is_a_city_of_its_own(data_folder: DataFolder) -> None:
    (block,) = taken(data_folder, "City,Country,Residents\nCork,United States,300\n")
    told = new(block)
    assert (block.head.standing, told["city_id"], told["country_code"]) == ("new", "cork-us", "US")


def test_a_city_by_its_name_in_another_language_is_shown_beside_the_one_that_there_is(data_folder: DataFolder) -> None:
    taken_first = "City,Country\nGhent,Belgium\n"
    review = data_folder.path / "review.csv"
    write_review(decided(taken(data_folder, taken_first), ["new"]), review)
    apply_review(review, data_folder.path)
    (block,) = taken(data_folder, "City,Country\nGent,Belgium\n")
    assert (block.head.standing, block.head.note) == (
        "near-double",
        "a similar name in the same country: “Ghent” (ghent)",
    )


def test_a_table_of_practices_may_head_its_columns_plainly(data_folder: DataFolder) -> None:
    (block,) = taken(data_folder, "Title,Cities,Year\nA garden,Lisbon; Cork,2019\n")
    assert (block.head.standing, new(block)["city_ids"], new(block)["when_text"]) == ("new", "lisbon; cork", "2019")
    assert "“Year” read as when_text" in block.head.note


def test_a_plain_heading_is_left_alone_beside_the_column_itself(data_folder: DataFolder) -> None:
    block, header = taken(data_folder, "title,city_ids,when_text,Year\nA garden,Cork,since 2018,2020\n")
    assert (header.head.standing, new(block)["when_text"]) == ("refused", "since 2018")


def test_a_country_beside_a_score_tells_which_city_is_meant(data_folder: DataFolder) -> None:
    (block,) = taken(data_folder, "City,Country,Year,Policy area,Score\nBilbao,Spain,2019,Education,71\n")
    assert (block.head.standing, block.head.note, new(block)["city_id"]) == ("new", "", "bilbao")


def test_a_city_of_a_list_without_a_country_that_there_is_is_refused(data_folder: DataFolder) -> None:
    (block,) = taken(data_folder, "City,Country\nCork,Atlantis\n")
    assert block.head.standing == "refused"


def test_a_refused_row_is_taken_as_soon_as_it_is_mended_in_the_review(data_folder: DataFolder, tmp_path: Path) -> None:
    listing = tmp_path / "listing.txt"
    listing.write_text("A well of ideas\nPortugal Atlantis 2019\nPupils say what comes next to us\nRead More\n")
    blocks = take([listing], data_folder.path, seen=date(2026, 11, 20), sender="programme", kind="listing")
    assert [block.head.standing for block in blocks] == ["refused"]
    write_review(decided(blocks, ["refused"]), tmp_path / "review.csv")
    text = (tmp_path / "review.csv").read_text(encoding="utf-8-sig")
    assert "Portugal Atlantis 2019" in text
    mended = text.replace(",city_ids,,Portugal Atlantis 2019", ",city_ids,,Lisbon")
    (tmp_path / "review.csv").write_text(mended, encoding="utf-8")
    apply_review(tmp_path / "review.csv", data_folder.path)
    row = data_folder.rows("practices")[-1]
    assert (row["title"], row["city_ids"], row["accessed"], row["source_kind"]) == (
        *("A well of ideas", "lisbon"),
        *("2026-11-20", "programme"),
    )
