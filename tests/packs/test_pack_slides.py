"""Packs as slides, read back: charts and tables to edit that hold the answers, and nothing beyond its slide or box."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from icc_data import queries
from icc_data.files.pack import Memory, city_pack, measure, write
from icc_data.files.pack.deck import BOTTOM, SMALL, TOP, Deck
from icc_data.files.pack.slides import spread
from icc_data.queries.selection import Selection
from tests.helpers.packs import EVERY, FACTS, NONE, RICHEST, SPAIN, Packs
from tests.helpers.printed import ASIAN, HOSTILE, LETTERS, hostile_database


@cache
def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def show(packs: Packs, name: str) -> Any:
    return opened(packs.file(name, "pptx"))


def graphics(deck: Any) -> list[Any]:
    """The charts and tables of all slides."""
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart or shape.has_table]


def charts(deck: Any) -> list[Any]:
    return [shape.chart for shape in graphics(deck) if shape.has_chart]


def texts(deck: Any) -> str:
    """Everything that stands on the slides."""
    parts = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                parts.append(shape.text_frame.text)
            elif shape.has_table:
                parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts)


def tall(shape: Any) -> float:
    """How high the words of a box are, points, by the widths of their letters."""
    room, total = shape.width.pt, 0.0
    for paragraph in shape.text_frame.paragraphs:
        runs = paragraph.runs
        size = runs[0].font.size.pt if runs and runs[0].font.size else 9.0
        bold = bool(runs and runs[0].font.bold)
        total += measure.height("".join(run.text for run in runs), room, size, bold=bold)
    return total


def boxes_overlap(one: Any, other: Any) -> bool:
    """Whether two shapes share more than a point of the slide."""
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return bool(across > Pt(1) and down > Pt(1))


def faults(deck: Any) -> list[str]:
    """What does not stand on its slide, over something else, or outgrows its box."""
    found = []
    for number, slide in enumerate(deck.slides, start=1):
        for shape in slide.shapes:
            ends = (shape.left + shape.width, shape.top + shape.height)
            if shape.left < 0 or shape.top < 0 or ends[0] > deck.slide_width or ends[1] > deck.slide_height:
                found.append(f"{number}: {shape.name} beyond the slide")
            if shape.has_text_frame and tall(shape) > shape.height.pt + 8:
                found.append(f"{number}: {shape.text_frame.text[:40]} outgrows its box")
            if shape.has_table and ends[1] > Pt(BOTTOM + 1):
                found.append(f"{number}: a table into the foot")
        found += [
            f"{number}: {one.name} over {other.name}"
            for one, other in combinations(slide.shapes, 2)
            if boxes_overlap(one, other)
        ]
    return found


@pytest.mark.parametrize("name", EVERY)
def test_nothing_stands_beyond_its_slide_over_another_or_outgrows_its_box(packs: Packs, name: str):
    deck = show(packs, name)
    assert deck.slide_width * 9 == deck.slide_height * 16
    assert faults(deck) == []


@pytest.mark.parametrize("name", EVERY)
def test_slides_say_what_the_pack_says(packs: Packs, name: str):
    pack, told = packs.pack(name), " ".join(texts(show(packs, name)).split())
    said = [pack.title, *pack.scope, *pack.findings, *pack.method, *pack.sources]
    said += [section.heading for section in pack.sections]
    assert [words for words in said if " ".join(words.split()) not in told] == []


@pytest.mark.parametrize("name", EVERY)
def test_the_charts_can_be_edited_and_hold_the_rows_of_the_pack(packs: Packs, name: str):
    drawn, meant = charts(show(packs, name)), list(packs.pack(name).charts())
    assert len(drawn) == len(meant)
    for chart, pack_chart in zip(drawn, meant, strict=True):
        (plot,) = chart.plots
        assert [str(label) for label in plot.categories] == pack_chart.categories()
        assert [list(series.values) for series in plot.series] == [
            [None if value is None else pytest.approx(value) for value in pack_chart.values(series)]
            for series in pack_chart.series
        ]
        assert [series.name for series in plot.series] == [series.label for series in pack_chart.series]


def test_the_chart_of_the_areas_holds_the_answer_of_the_question(packs: Packs, atlas: duckdb.DuckDBPyConnection):
    (plot,) = charts(show(packs, f"city {RICHEST}"))[0].plots
    rows = queries.term_profile(atlas, RICHEST, "policy_area")
    own, network = plot.series
    assert list(own.values) == pytest.approx(rows["share"].tolist())
    assert list(network.values) == pytest.approx(rows["network_share"].tolist())


def test_the_chart_of_the_years_holds_the_answer_of_the_question(packs: Packs, atlas: duckdb.DuckDBPyConnection):
    (plot,) = charts(show(packs, "reci"))[0].plots
    rows = queries.practices_by_year(atlas, SPAIN)
    held = {
        int(year): sum(values)
        for year, *values in zip(plot.categories, *(series.values for series in plot.series), strict=True)
    }
    assert {year: count for year, count in held.items() if count} == dict(
        zip(rows["year"].astype(int), rows["practices"], strict=True)
    )


@pytest.mark.parametrize("name", EVERY)
def test_no_slide_has_only_what_is_said_of_those_that_are_left_out(packs: Packs, name: str):
    for slide in show(packs, name).slides:
        told = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and not shape.is_placeholder]
        alone = not any(shape.has_table or shape.has_chart for shape in slide.shapes)
        assert not (alone and len(told) == 1 and told[0].startswith("and ")), slide.shapes.title.text


def test_a_slide_that_goes_on_is_called_by_what_stands_on_it(tmp_path: Path):
    deck = Deck("Oslo", "foot", "#000000")
    deck.new("Gaps")
    deck.goes_on_as("Similar cities")
    deck.go_on()
    deck.go_on()
    deck.save(tmp_path.joinpath("deck.pptx").open("wb"), "Oslo", datetime(2026, 11, 22, tzinfo=UTC))
    slides = Presentation(str(tmp_path / "deck.pptx")).slides
    assert [slide.shapes.title.text for slide in slides] == ["Gaps", "Similar cities (2)", "Similar cities (3)"]


@pytest.mark.parametrize("name", ["review", "review rpci 2016-2018"])
def test_findings_leave_no_sentence_alone_on_a_slide(packs: Packs, name: str):
    titles = [slide.shapes.title.text for slide in show(packs, name).slides]
    assert "Findings" in titles
    assert "Findings (2)" not in titles


@pytest.mark.parametrize("name", EVERY)
def test_no_slide_has_less_than_a_third_of_its_room_filled(packs: Packs, name: str):
    for slide in show(packs, name).slides:
        ends = [shape.top.pt + shape.height.pt for shape in slide.shapes if not shape.is_placeholder]
        filled = (max(end for end in ends if end <= BOTTOM + 3) - TOP) / (BOTTOM - TOP)
        assert filled > 1 / 3, slide.shapes.title.text


@pytest.mark.parametrize(
    ("heights", "first", "below", "counts"),
    [
        ([40] * 4, 100, 0, [2, 2]),
        ([30] * 4, 100, 0, [2, 2]),
        ([30] * 3, 100, 0, [3]),
        ([30] * 3, 20, 0, [0, 3]),
        ([30] * 3, 100, 20, [2, 1]),
        ([150, 10], 100, 0, [1, 1]),
    ],
)
def test_things_are_spread_evenly_over_as_few_slides_as_can_be(
    heights: list[float], first: float, below: float, counts: list[int]
):
    assert spread(heights, first, 100, below) == counts


def test_slides_have_the_largest_letters_in_which_they_need_no_more_of_them():
    deck = Deck("Oslo", "foot", "#000000")
    sizes = []

    def sentences(count: int, on: Deck) -> None:
        on.new("Gaps")
        sizes.append(on.small)
        for _sentence in range(count):
            on.text([[("A sentence.", False, "")]], on.small)

    # A line of 12 points with the gap below is 22.4 high, one of 18 points 29.6: 18 and 14 of them fill 416.
    deck.fitted(lambda on: sentences(14, on))
    assert (sizes[-1], deck.count, deck.small) == (18, 1, SMALL)
    deck.fitted(lambda on: sentences(18, on))
    assert (sizes[-1], deck.count) == (12, 2)
    assert deck.needed(lambda on: sentences(18, on), 18) == 2
    assert deck.count == 2


def test_a_long_table_goes_on_under_its_head(packs: Packs):
    tables = [shape.table for shape in graphics(show(packs, "benchmark")) if shape.has_table]
    heads = [[cell.text for cell in table.rows[0].cells] for table in tables]
    everything = [table for table, head in zip(tables, heads, strict=True) if head[:2] == ["What", "In words"]]
    assert len(everything) > 1
    rows = [row.cells[0].text for table in everything for row in list(table.rows)[1:]]
    assert rows == list(packs.pack("benchmark").sections[-1].parts[0].frame["label"])  # type: ignore[union-attr]


@pytest.mark.parametrize("name", [f"city {RICHEST}", "area"])
def test_charts_and_tables_say_what_they_show_to_people_who_do_not_see_them(packs: Packs, name: str):
    for shape in graphics(show(packs, name)):
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


@pytest.mark.parametrize("name", [f"city {NONE}", "reci"])
def test_every_slide_has_a_title_and_a_number_and_the_notes_say_the_method(packs: Packs, name: str):
    deck = show(packs, name)
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        fields = slide._element.findall(f".//{qn('a:fld')}")
        assert [field.get("type") for field in fields] == ["slidenum"]
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    assert all(any(sentence in words for words in notes) for sentence in packs.pack(name).method)


def test_the_language_stands_with_the_words(packs: Packs):
    deck = show(packs, f"city {NONE}")
    assert deck.core_properties.language == "en"
    runs = [run for slide in deck.slides for run in slide._element.iter(qn("a:r"), qn("a:fld"))]
    assert {run.rPr.get("lang") if run.rPr is not None else None for run in runs} == {"en-GB"}


def test_texts_of_any_length_and_script_stay_on_their_slides(tmp_path_factory: pytest.TempPathFactory):
    with hostile_database(tmp_path_factory.mktemp("hostile")) as connection:
        deck = opened(write(city_pack(Memory(connection), Selection(), "lisbon", FACTS), "pptx"))
    assert [words for words in (HOSTILE, LETTERS, ASIAN) if words not in texts(deck)] == []
    assert faults(deck) == []


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [("", 100, 1), ("word", 100, 1), ("one two", 28, 2), ("W" * 20, 100, 2), ("浜" * 20, 100, 2), ("a\nb", 100, 2)],
)
def test_words_take_as_many_lines_as_their_letters_need(text: str, room: float, lines: int):
    # At ten points: a W is 9.44 wide, 浜 10, “one” 16.68 and “two” 15.56.
    assert measure.lines(text, room, 10) == lines


def test_a_line_does_not_end_at_a_no_break_space():
    room = measure.width("100", 10)
    assert measure.words("100\u202f% de 20\u00a0villes") == ["100\u202f%", "de", "20\u00a0villes"]
    assert measure.lines("de 100", room, 10) == 2
    assert measure.width("100\u202f%", 10) > room


def test_an_accent_takes_no_room():
    assert measure.width("Łódź"[1:], 10) == measure.width("odz", 10)


def test_numbers_that_stand_for_policy_areas_are_explained_on_every_slide_that_has_them(packs: Packs):
    explained = 0
    for slide in show(packs, "review").slides:
        told = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        heads = [shape.table.cell(0, 1).text for shape in slide.shapes if shape.has_table]
        if "1" in heads:
            assert "On paper the policy areas have numbers" in told
            explained += 1
        else:
            assert "On paper the policy areas have numbers" not in told
    assert explained >= 3


def test_a_table_of_many_numbers_gives_each_head_the_room_of_its_longest_word():
    heads = ["Lieu", *map(str, range(1, 18)), "Ensemble", "Dernière"]
    longest = ["Intercultural", *["00"] * 17, "000", "0000"]
    weights = [2.0, *[None] * 19]
    shares = measure.shares(heads, weights, longest, 880, 12, 15)
    assert sum(shares) == pytest.approx(1)
    for head, share in zip(heads, shares, strict=True):
        assert measure.width(head, 12, bold=True) + 10 < 880 * share


def test_texts_share_what_is_left_but_no_word_is_broken_for_it():
    # By weight alone the first would get a tenth of 400 points, which is less.
    broad = measure.width("unbreakable", 10, bold=True) + 10
    first, second = measure.shares(["a", "b"], [1.0, 9.0], ["unbreakable", "b"], 400, 10, 10)
    assert first == pytest.approx(broad / 400)
    assert first + second == pytest.approx(1)
