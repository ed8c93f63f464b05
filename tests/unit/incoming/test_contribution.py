"""What people send is checked, compared and put into one file; nothing of it is trusted, and nothing kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from icc_data.errors import AtlasError
from icc_data.incoming.add import add
from icc_data.incoming.check import load_data
from icc_data.incoming.contributions.checking import (
    Contribution,
    Network,
    Proposal,
    check_cells,
    check_upload,
    checked_file,
    known_network,
    new_ones,
    repeated,
)
from icc_data.incoming.contributions.corrections import corrections
from icc_data.incoming.contributions.upload import TOLD_EVERY
from icc_data.incoming.refresh.taking import take
from icc_data.model.records import Practice, row_of
from icc_data.paths import DATA_DIRECTORY
from tests.helpers.examples import in_one_folder
from tests.helpers.tables import DATA, GAZETTEER
from tests.unit.conftest import ROOT

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

KNOWN = Network(GAZETTEER, DATA.vocabulary, DATA.practices)
FIXTURES = ROOT / "tests" / "fixtures"


@pytest.fixture
def small(data_folder: DataFolder) -> Network:
    return known_network(data_folder.path)


def send(known: Network, *lines: str, header: str = "title,city_ids,countries", name: str = "new.csv") -> Contribution:
    return check_upload(name, "\n".join([header, *lines]).encode(), known)


def told(contribution: Contribution) -> list[tuple[int, str, str]]:
    """Row, column and value of each problem."""
    return [(problem.line, problem.column, problem.value) for problem in contribution.problems]


def the_reason(contribution: Contribution) -> str:
    (problem,) = contribution.problems
    return problem.reason


def test_how_far_a_check_is_is_told_in_rows_read_and_rows_checked(small: Network) -> None:
    lines = ["title,city_ids", *["A,Lisbon", "B,Atlantis"] * TOLD_EVERY]
    said: list[tuple[str, int, int]] = []
    check_upload("new.csv", "\n".join(lines).encode(), small, lambda *how: said.append(how))
    count = 2 * TOLD_EVERY
    assert said == [(doing, done, count) for doing in ("Reading", "Checking") for done in (0, TOLD_EVERY)]


def test_in_the_workbook_of_what_to_mend_only_bad_cells_are_marked(small: Network) -> None:
    sent = send(small, "A,Atlantis,Spain", ",Lisbon,Portugal")
    sheet = load_workbook(io.BytesIO(corrections([sent]))).worksheets[1]
    marked = {cell.coordinate for row in sheet.iter_rows(min_row=2) for cell in row if cell.fill.fill_type}
    assert marked == {cell.coordinate for row in sheet.iter_rows(min_row=2) for cell in row if cell.comment}
    assert len(marked) == 2
    assert all(cell.font.b and cell.fill.fill_type for cell in sheet[1])
    assert all(cell.alignment.wrap_text for cell in sheet[2] if cell.value)


# What is accepted, what is refused, and why.


def test_valid_rows_are_accepted_and_others_refused_with_row_and_column(small: Network) -> None:
    checked = send(small, "A garden,Cork,Ireland", "A wreck,Atlantis,", ",Lisbon,")
    assert [item.practice.title for item in checked.proposals] == ["A garden"]
    assert told(checked) == [(3, "city_ids", "Atlantis"), (4, "title", "")]


def test_columns_are_named_as_the_file_names_them(small: Network) -> None:
    checked = send(small, "A wreck,Lisbon,Atlantis,Sporty", header="Title *,City 1,City 2,Theme 2")
    assert told(checked) == [(2, "City 2", "Atlantis"), (2, "Theme 2", "Sporty")]
    assert checked.refused[0].cells == {
        "Title *": "A wreck",
        "City 1": "Lisbon",
        "City 2": "Atlantis",
        "Theme 2": "Sporty",
    }


def test_everything_wrong_with_a_row_is_said_at_once(small: Network) -> None:
    header = "title,city_ids,countries,themes,url"
    checked = send(small, ",Atlantis,Ruritania,Sporty,nowhere", header=header)
    assert {column for _, column, _ in told(checked)} == set(header.split(","))


def test_a_term_that_is_nearly_one_of_the_list_is_offered(small: Network) -> None:
    checked = send(small, "A,Educashun", header="title,policy_areas")
    assert the_reason(checked) == "is not in the list “Policy area”. Did you mean “Education”?"


def test_a_term_like_none_of_the_list_gets_the_whole_list(small: Network) -> None:
    assert the_reason(send(small, "A,xyz", header="title,policy_areas")).endswith("It has: Education, Public space.")


def test_a_place_outside_the_network_is_offered_from_geonames(small: Network) -> None:
    reason = the_reason(send(small, "A,Reykjavik,"))
    assert "is not a city of the network" in reason
    assert "GeoNames knows Reykjavík in Iceland" in reason


def test_a_city_of_another_country_is_said_to_be_there(small: Network) -> None:
    assert "the network has Lisbon, Portugal" in the_reason(send(small, "A,Lisbon,Spain"))


def test_an_ambiguous_city_names_those_it_may_be(data_folder: DataFolder) -> None:
    data_folder.append("cities", city_id="lisbon-us", name="Lisbon", country_code="US", country="United States")
    reason = the_reason(send(known_network(data_folder.path), "A,Lisbon,"))
    assert "“Lisbon, Portugal”; “Lisbon, United States”" in reason
    assert len(send(known_network(data_folder.path), 'A,"Lisbon, Portugal",').proposals) == 1


def test_a_corrected_spelling_and_an_unread_year_are_noted(small: Network) -> None:
    (item,) = send(small, "A,Lisbonn,soon", header="title,city_ids,when_text").proposals
    assert item.notes == (
        "“Lisbonn” read as Lisbon",
        "“soon”: no year can be read from it: write it like 2019, 2019-2021, since 2019 or until 2023",
    )


def test_a_country_that_is_none_is_refused_with_what_may_be_meant(small: Network) -> None:
    checked = send(small, "A,,Spane", "B,Lisbon,Ruritania")
    assert told(checked) == [(2, "countries", "Spane"), (3, "countries", "Ruritania")]
    assert checked.problems[0].reason == "is not a country. Did you mean “Spain”?"


def test_countries_that_lack_the_country_of_a_city_are_refused(small: Network) -> None:
    checked = send(small, "A,Lisbon,Spain; Ireland")
    assert told(checked) == [(2, "countries", "Spain; Ireland")]
    assert "Portugal" in the_reason(checked)


def test_a_column_that_nobody_knows_is_a_remark_and_the_rows_are_taken(small: Network) -> None:
    checked = send(small, "A,somebody", header="Title,Contact person")
    assert (len(checked.proposals), len(checked.refused)) == (1, 0)
    assert [(remark.line, remark.column) for remark in checked.remarks] == [(1, "Contact person")]


@pytest.mark.parametrize(("column", "most"), [("title", 250), ("summary", 3000)])
def test_a_text_too_long_to_be_meant_is_refused(small: Network, column: str, most: int) -> None:
    cells = {"title": "A", "summary": "B"}
    assert check_cells({**cells, column: "x" * most}, small).proposals
    (problem,) = check_cells({**cells, column: "x" * (most + 1)}, small).problems
    assert problem.column == column


def test_a_listing_and_a_card_are_taken_too() -> None:
    for name in ("listing_page.txt", "listing_page.html", "card_page.txt"):
        checked = check_upload(name, (FIXTURES / name).read_bytes(), KNOWN)
        assert checked.proposals, name


def test_a_table_of_something_else_is_an_error_that_says_so(small: Network) -> None:
    with pytest.raises(AtlasError, match=r"new\.csv holds no practices"):
        send(small, "lisbon,2021,overall,66", header="city_id,year,policy_area,score")


def test_a_practice_written_on_the_page_is_checked_in_the_same_way(small: Network) -> None:
    checked = check_cells({"title": "", "city_ids": "Lisbonn; Atlantis", "url": "nowhere"}, small)
    assert [column for _, column, _ in told(checked)] == ["city_ids", "title", "url"]
    (item,) = check_cells({"title": "A", "city_ids": "Lisbonn", "when_text": "since 2019"}, small).proposals
    assert (item.practice.city_ids, item.practice.countries) == (("lisbon",), ("Portugal",))
    assert (item.period.start_year, item.period.ongoing, item.file) == (2019, True, "")


cells = st.sampled_from(
    [
        "",
        "Lisbon",
        "Lisbonn",
        "Atlantis",
        "Spain",
        "Spane",
        "Education",
        "Sport",
        "2019",
        "soon",
        "https://a.org",
        "a; b",
    ]
)


@in_one_folder(60)
@given(rows=st.lists(st.lists(cells, min_size=6, max_size=6), max_size=6))
def test_every_row_is_either_accepted_or_refused_with_a_reason(rows: list[list[str]]) -> None:
    columns = ("title", "city_ids", "countries", "when_text", "policy_areas", "url")
    out = io.StringIO(newline="")
    csv.writer(out).writerows([columns, *rows])
    checked = check_upload("rows.csv", out.getvalue().encode(), KNOWN)
    filled = [place for place, row in enumerate(rows, start=2) if any(row)]
    assert sorted([item.line for item in checked.proposals] + [row.line for row in checked.refused]) == filled
    for row in checked.refused:
        assert row.problems
        assert all(problem.reason and problem.column in columns for problem in row.problems)
        assert all(not problem.value or problem.value in row.cells[problem.column] for problem in row.problems)


# What is there already.


@pytest.mark.parametrize("title", ["Homework club", "HOMEWORK  club!", "Hómework-club"])
def test_the_same_title_in_the_same_city_is_pointed_out(small: Network, title: str) -> None:
    (item,) = send(small, f"{title},Cork,Ireland").proposals
    assert [(twin.practice.practice_id, twin.same) for twin in item.twins] == [("homework-club", True)]
    assert item.is_there


@pytest.mark.parametrize("title", ["The homework club", "Homework clubs", "Club: homework for all"])
def test_a_similar_title_in_the_same_city_is_pointed_out_and_kept(small: Network, title: str) -> None:
    sent = send(small, f"{title},Cork,Ireland").proposals
    assert [(twin.practice.practice_id, twin.same) for twin in sent[0].twins] == [("homework-club", False)]
    assert new_ones(sent) == sent


def test_another_title_or_another_city_is_no_twin(small: Network) -> None:
    checked = send(small, "Bicycle kitchen,Cork,Ireland", "Homework club,Turin,Italy")
    assert [item.twins for item in checked.proposals] == [(), ()]


def test_few_practices_of_one_city_are_taken_for_similar_ones() -> None:
    marked = sum(len(item.twins) - 1 for item in _resent())
    assert marked <= 12


def _resent() -> Iterator[Proposal]:
    for practice in KNOWN.practices:
        (item,) = check_cells({"title": practice.title, "city_ids": "; ".join(practice.city_ids)}, KNOWN).proposals
        yield item


def test_every_practice_that_is_there_is_recognised() -> None:
    assert all(item.is_there for item in _resent())


def test_what_stands_twice_in_what_was_sent_counts_once(small: Network) -> None:
    sent = send(small, "A garden,Cork,", "B,Cork,", "A GARDEN,Cork; Lisbon,Ireland; Portugal").proposals
    assert repeated(sent) == {2: 0}
    assert [item.line for item in new_ones(sent)] == [2, 3]


# The checked file.


def test_the_checked_file_is_taken_by_add_as_it_is(data_folder: DataFolder, tmp_path: Path) -> None:
    header = "Title *,City 1,City 2,Year or period,Summary,Policy area 1,Policy area 2,Theme 1"
    checked = send(
        known_network(data_folder.path),
        'A garden,Lisbonn,Bilbao,2011-14,"Neighbours dig, and talk.",Education,Espace public,Sport',
        "=HYPERLINK(1),Cork,,since 2019,-5,,,",
        "Homework club,Cork,,,,,,",
        "A guide without a city,,,,,,,",
        header=header,
    )
    assert (len(checked.proposals), checked.problems) == (4, ())
    (tmp_path / "checked.csv").write_bytes(checked_file(checked.proposals))
    addition = add([tmp_path / "checked.csv"], data_folder.path)
    assert (addition.refused, addition.skipped) == ([], [])
    assert addition.added["practices"] == [item.practice for item in new_ones(checked.proposals)]
    assert load_data(data_folder.path)[1] == []
    assert add([tmp_path / "checked.csv"], data_folder.path).added == {}


def test_the_checked_file_of_the_listing_and_the_card_is_taken_too(tmp_path: Path) -> None:
    names = ("listing_page.txt", "card_page.txt")
    sent = [item for name in names for item in check_upload(name, (FIXTURES / name).read_bytes(), KNOWN).proposals]
    fresh = new_ones(sent)
    (tmp_path / "checked.csv").write_bytes(checked_file(sent))
    addition = add([tmp_path / "checked.csv"], DATA_DIRECTORY, dry_run=True)
    assert (addition.refused, addition.skipped) == ([], [])
    titles = [record.title for record in addition.added.get("practices", []) if isinstance(record, Practice)]
    assert titles == [item.practice.title for item in fresh]


@in_one_folder(25)
@given(rows=st.lists(st.lists(cells, min_size=5, max_size=5), max_size=5))
def test_whatever_was_accepted_is_valid_beside_the_data(data_folder: DataFolder, rows: list[list[str]]) -> None:
    known = known_network(data_folder.path)
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("title", "city_ids", "countries", "when_text", "evidence_urls"), *rows])
    sent = check_upload("rows.csv", out.getvalue().encode(), known).proposals
    before = data_folder.text("practices")
    file = data_folder.path.parent / "checked.csv"
    file.write_bytes(checked_file(sent))
    try:
        addition = add([file], data_folder.path)
        assert (addition.refused, addition.skipped) == ([], [])
        assert addition.added.get("practices", []) == [item.practice for item in new_ones(sent)]
        assert load_data(data_folder.path)[1] == []
    finally:
        data_folder.put("practices", before)


def test_no_cell_of_the_checked_file_runs_as_a_formula(small: Network) -> None:
    header = "title,title_original,summary,when_text"
    checked = send(small, '=1+1,+1,"@SUM(A1)",-2019', header=header)
    (row,) = list(csv.reader(io.StringIO(checked_file(checked.proposals).decode("utf-8-sig"))))[1:]
    assert all(cell[0] not in "=+-@" for cell in row if cell)


def test_take_reads_a_checked_file_as_it_was_checked(data_folder: DataFolder, tmp_path: Path) -> None:
    network = known_network(data_folder.path)
    cells = {
        "title": "=A garden, for “all”",
        "title_original": "Um jardim",
        "city_ids": "Lisboa; Cork",
        "when_text": "since 2016",
        "summary": "Neighbours plant; and\nharvest together.",
        "policy_areas": "Education; Public space",
        "themes": "Sport",
        "url": "https://example.org/garden",
        "evidence_urls": "https://example.org/a; https://example.org/b",
    }
    checked = check_cells(cells, network)
    assert checked.problems == ()
    file = tmp_path / "checked.csv"
    file.write_bytes(checked_file(checked.proposals))
    (block,) = take([file], data_folder.path, seen=date(2026, 11, 20), sender="city")
    read = {cell.column: cell.new for cell in block.cells}
    made_on_the_way = {"practice_id", "when_source", "accessed", "source_kind"}
    sent = {name: text for name, text in row_of(checked.proposals[0].practice).items() if text}
    assert block.head.standing == "new"
    assert {name: text for name, text in read.items() if name not in made_on_the_way} == {
        name: text for name, text in sent.items() if name not in made_on_the_way
    }
    assert (read["accessed"], read["source_kind"]) == ("2026-11-20", "city")
