"""The pack of a review: what its questions answer, whose gaps it lists, what moved and what changed."""

from __future__ import annotations

import io
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import openpyxl
import pytest

from icc_data import queries
from icc_data.analysis.review import Review, review
from icc_data.errors import AtlasError
from icc_data.files.pack import write
from icc_data.files.pack.model import Chart, Column, Lines, Pack, Section, Table
from icc_data.files.pack.parts import title_of
from icc_data.queries.change_queries import Compared
from icc_data.queries.review_queries import ReviewPeriod
from icc_data.queries.selection import Option, Options, Selection
from icc_data.store.comparison import open_comparison
from icc_data.store.versions import Texts, read_folder
from tests.helpers import naive
from tests.helpers.packs import REVIEWS, Packs
from tests.helpers.printed import read

RPCI = "review rpci 2016-2018"


def worked_out(connection: duckdb.DuckDBPyConnection, name: str) -> Review:
    scope, period = REVIEWS[name]
    answers = queries.review_answers(connection, scope, period)
    label = queries.options(connection).label
    practices = partial(queries.review_practices, connection, scope)
    return review(answers, period, label, practices, silence=5, is_network=scope.is_empty)


def section(pack: Pack, heading: str) -> Section:
    (one,) = [section for section in pack.sections if section.heading == heading]
    return one


def table(pack: Pack, title: str) -> Table:
    (one,) = [part for s in pack.sections for part in s.parts if isinstance(part, Table) and part.title == title]
    return one


@pytest.mark.parametrize("name", REVIEWS)
def test_it_says_the_findings_of_the_page_in_their_order(packs: Packs, atlas: duckdb.DuckDBPyConnection, name: str):
    told = worked_out(atlas, name).findings
    assert list(packs.pack(name).findings) == [f"{one.sentence} {one.note}".strip() for one in told]


def test_its_scope_says_place_years_and_silence(packs: Packs):
    assert packs.pack(RPCI).scope == (
        "Within: Network: RPCI (Portugal).",
        "Under review: 2016–2018, beside 2013–2015. A city is silent after 5 years or more without anything known.",
    )
    assert packs.pack("review").scope[0] == "The whole network."


@pytest.mark.parametrize("name", REVIEWS)
def test_its_figures_are_the_answers_of_the_questions(packs: Packs, atlas: duckdb.DuckDBPyConnection, name: str):
    scope, period = REVIEWS[name]
    state = queries.review_state(atlas, scope, period)
    rows = table(packs.pack(name), "State").frame.set_index("figure")
    assert rows.loc["Practices started", ["now", "before"]].tolist() == [state["started"], state["started_before"]]
    assert rows.loc["Cities joined", "now"] == state["joined"]
    without = rows.loc["Cities without a practice"]
    assert (without["now"], without["of"]) == (state["cities"] - state["with_practices"], state["cities"])


def test_cities_stand_by_status_and_by_network(packs: Packs, atlas: duckdb.DuckDBPyConnection):
    members = queries.review_members(atlas, *REVIEWS["review"])
    for kind, title in (("membership_status", "Cities by status"), ("network", "Cities by network")):
        counted = members[members["kind"] == kind]["cities"].tolist()
        assert table(packs.pack("review"), title).frame["cities"].tolist() == counted


@pytest.mark.parametrize(
    ("name", "unit", "title"),
    [
        ("review", "country", "Countries and policy areas"),
        ("review", "network", "Networks and policy areas"),
        ("review rpci", "city", "Cities and policy areas"),
    ],
)
def test_the_grid_holds_every_number_below_those_of_the_scope(
    packs: Packs, atlas: duckdb.DuckDBPyConnection, name: str, unit: queries.Unit, title: str
):
    scope, _period = REVIEWS[name]
    grid = table(packs.pack(name), title).frame
    answer = queries.review_coverage(atlas, scope, unit)
    rows = grid.set_index("unit")
    assert [rows.loc[one.unit, one.policy_area] for one in answer.itertuples()] == answer["practices"].tolist()
    areas = queries.terms(atlas, scope, "policy_area")
    assert grid["label"][0] == "All in scope"
    assert [grid[code][0] for code in areas["code"]] == areas["practices"].tolist()


def test_the_bars_of_coverage_count_the_places_with_a_practice(packs: Packs, atlas: duckdb.DuckDBPyConnection):
    (chart,) = [part for part in section(packs.pack("review"), "Who covers what").parts if isinstance(part, Chart)]
    answer = queries.review_coverage(atlas, Selection(), "country")
    reached = answer[answer["practices"] > 0].groupby("policy_area").size()
    assert dict(zip(chart.frame["code"], chart.frame["places"], strict=True)) == reached.to_dict()
    assert chart.frame["places"].is_monotonic_decreasing


def test_on_paper_the_areas_have_numbers_with_a_key_and_a_gap_is_empty(packs: Packs):
    grid = table(packs.pack("review rpci"), "Cities and policy areas")
    heads = [column.label for column in grid.on_paper().columns]
    assert heads == ["Place", *map(str, range(1, 18)), "All", "Last"]
    assert "1 Commitment, 2 Education," in grid.notes[0]
    assert grid.columns[1].label == "Commitment"
    printed = list(grid.printed())
    held = [int(value) for value in grid.frame["education"]]
    assert [row[2] for row in printed] == ["" if value == 0 else str(value) for value in held]


@pytest.mark.parametrize("name", REVIEWS)
def test_each_list_of_gaps_has_its_sentence_all_its_rows_and_the_first_on_paper(
    packs: Packs, atlas: duckdb.DuckDBPyConnection, name: str
):
    pack, gaps = packs.pack(name), worked_out(atlas, name).gaps
    assert list(gaps) == ["areas", "silent", "evidence", "profiles", "records"]
    for gap in gaps.values():
        listed = table(pack, gap.title)
        assert section(pack, gap.title).rule == gap.sentence
        assert len(listed.frame) == len(gap.frame)
        left = len(gap.frame) - 8
        assert listed.remainder() == (f"and {left} more" if left > 0 else "")
        assert [column.label for column in listed.columns] == list(gap.columns.values())


def test_a_list_without_a_row_says_so(packs: Packs):
    # Amman has no practice.
    (told,) = section(packs.review(Selection(city=("amman",)), ReviewPeriod(2011, 2018)), "Old evidence").parts
    assert isinstance(told, Lines)
    assert told.sentences[0].startswith("Of 0 practices said to go on, 0 have no evidence newer than")


def test_what_moved_are_bars_on_either_side_with_n_and_interval_in_the_table(
    packs: Packs, atlas: duckdb.DuckDBPyConnection
):
    moved = worked_out(atlas, RPCI).area_momentum
    part = section(packs.pack(RPCI), "Policy areas that grow or shrink").parts
    (chart,) = [one for one in part if isinstance(one, Chart)]
    drawn = chart.frame[[series.column for series in chart.series]].sum(axis=1)
    assert drawn.tolist() == pytest.approx((100 * moved["difference"]).tolist())
    assert chart.frame[[series.column for series in chart.series]].notna().sum(axis=1).eq(1).all()
    rows = table(packs.pack(RPCI), "Policy areas that grow or shrink: the shares")
    assert rows.frame["points_low"].tolist() == pytest.approx((100 * moved["difference_low"]).tolist())
    assert {"practices", "of", "practices_before", "of_before"} <= {column.name for column in rows.columns}


def test_of_too_few_practices_no_movement_is_claimed(packs: Packs):
    (told,) = section(packs.pack("review rpci"), "What grows or shrinks").parts
    assert isinstance(told, Lines)
    assert "Fewer than 5 in one of them, so that shares would say nothing." in told.sentences[0]
    assert [part.kind for part in packs.pack("review rpci").charts()] == ["bars"]


def changed_tables(folder: Path) -> tuple[dict[str, Texts], dict[str, Texts]]:
    """The data, and an older version: without the first practice, with another title of the second."""
    _data, tables = read_folder(folder)
    practices = tables["practices"]
    _first, second, *others = practices.rows
    older = Texts(practices.columns, ({**second, "title": "Another title"}, *others))
    return {**tables, "practices": older}, tables


def test_what_changed_is_counted_and_listed(packs: Packs):
    before, after = changed_tables(naive.DATA_DIRECTORY)
    compared = Compared(open_comparison(before, after), date(2026, 5, 1), date(2026, 11, 22))
    pack = packs.review(*REVIEWS["review"], compared)
    added, second = after["practices"].rows[:2]
    (told,) = [part for part in section(pack, "Changed since 1 May 2026").parts if isinstance(part, Lines)]
    assert told.sentences[0] == "Since 1 May 2026: 1 practice added, 1 changed, 0 removed; 0 cities joined."
    assert table(pack, "Practices added").frame["name"].tolist() == [added["title"]]
    other = table(pack, "Other changes").frame
    assert other[["kind", "name", "fields"]].to_numpy().tolist() == [["Practice changed", second["title"], "Title"]]


def test_what_changed_keeps_to_the_scope_of_the_pack(packs: Packs):
    before, after = changed_tables(naive.DATA_DIRECTORY)
    compared = Compared(open_comparison(before, after), date(2026, 5, 1), date(2026, 11, 22))
    scope, period = REVIEWS["review rpci"]
    changed = section(packs.review(scope, period, compared), "Changed since 1 May 2026")
    assert changed.rule == "Practices and cities of Network: RPCI (Portugal), as either version has them."
    (told,) = [part for part in changed.parts if isinstance(part, Lines)]
    rpci = {city for city, networks in naive.networks().items() if "rpci" in networks}
    first, second = after["practices"].rows[:2]
    added, renamed = (bool(rpci & set(row["city_ids"].split("; "))) for row in (first, second))
    assert told.sentences[0] == (
        f"Since 1 May 2026 (Network: RPCI (Portugal)): {int(added)} practice{'' if added else 's'} added, "
        f"{int(renamed)} changed, 0 removed; 0 cities joined."
    )


def test_without_another_version_nothing_is_said_to_have_changed(packs: Packs):
    (told,) = section(packs.pack("review"), "Changed since").parts
    assert told == Lines(("There is no other version of this data to compare with.",))


def test_a_scope_with_nothing_in_it_is_refused_with_advice(packs: Packs):
    with pytest.raises(AtlasError, match="No city and no practice is in this scope"):
        packs.review(Selection(q="zzzzqqq"), ReviewPeriod(2020, 2024))


def test_the_document_is_of_the_size_of_a_meeting(packs: Packs):
    for name in REVIEWS:
        assert read(packs.file(name, "pdf"))[0] <= 7
        assert 8 <= read(packs.file(name, "pdf", "16:9"))[0] <= 20


def test_a_workbook_has_zeros_where_paper_has_gaps(packs: Packs):
    sheet = openpyxl.load_workbook(io.BytesIO(write(packs.pack("review rpci"), "xlsx")))["Cities and policy areas"]
    cells = [cell for row in sheet.iter_rows(min_row=2, min_col=2, max_col=18, values_only=True) for cell in row]
    assert 0 in cells
    assert all(isinstance(cell, int) for cell in cells)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [("points", 12.4, "+12"), ("points", -3.6, "−4"), ("points", 0.2, "0"), ("held", 0, ""), ("held", 7, "7")],
)
def test_a_difference_has_its_sign_and_a_gap_is_empty(kind: str, value: float, words: str):
    assert Column("x", "X", kind).words(value) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("everything", "Good practices: the whole network"),
        ("reci", "Good practices: RECI (Spain)"),
        ("review rpci 2016-2018", "Review of 2016–2018: RPCI (Portugal)"),
    ],
)
def test_a_title_says_of_what_the_pack_is(packs: Packs, name: str, title: str):
    assert packs.pack(name).title == title


def test_a_title_names_words_places_and_years():
    options = Options({"country": (Option("spain", "Spain"),)})
    chosen = Selection(q="sport", country=("spain",), year_from=2015)
    assert (
        title_of("Good practices", chosen, options) == "Good practices: Spain · “sport” · Active since 2015 or undated"
    )
