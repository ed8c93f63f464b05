"""The charts of a review: what is a gap looks like one, and a projector's letters are large."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from icc_data.drawing.palette import DARK, LIGHT, Look
from icc_data.drawing.review_charts import (
    PROJECTED,
    Grid,
    coverage_grid,
    gap_colour,
    head_lines,
    movement_dots,
    unsure_colour,
)


def grid(look: Look, size: int = 12) -> dict[str, Any]:
    rows = ["Oslo\u001foslo\u001f", "Lund\u001flund\u001f"]
    cells = pd.DataFrame(
        {
            "row": rows,
            "unit": ["oslo", "lund"],
            "label": ["Oslo", "Lund"],
            "head": [True, False],
            "policy_area": "sport",
            "area": "Sport",
            "practices": [3, 0],
            "uncoded": [0, 2],
            "text": ["3", "?"],
        }
    )
    beside = pd.DataFrame({"row": rows, "label": ["Oslo", "Lund"], "margin": "Since", "text": "2021", "alarm": True})
    order = Grid(rows, rows[:1], ["Sport"], ["Since"])
    spec: dict[str, Any] = coverage_grid(cells, beside, look, order, most=3, type_size=size).to_dict()
    return spec


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_a_field_without_a_practice_has_a_colour_that_no_number_of_practices_has(look: Look):
    empty = grid(look)["layer"][0]
    assert empty["transform"] == [{"filter": "datum.practices == 0"}]
    assert empty["encoding"]["color"]["value"] == gap_colour(look)
    assert gap_colour(look) not in look.ramp


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_an_empty_field_of_a_place_coded_in_part_has_a_colour_and_a_mark_of_its_own(look: Look):
    empty, _held, words, _beside = grid(look)["layer"]
    condition = empty["encoding"]["color"]["condition"]
    assert (condition["test"], condition["value"]) == ("datum.uncoded > 0", unsure_colour(look))
    assert unsure_colour(look) not in (gap_colour(look), *look.ramp)
    assert words["transform"] == [{"filter": "datum.text != ''"}]


def test_rows_are_named_by_their_label_and_heads_are_bold():
    axis = grid(LIGHT)["layer"][0]["encoding"]["y"]["axis"]
    assert axis["labelExpr"] == "split(datum.value, '\u001f')[0]"
    assert axis["labelFontWeight"]["condition"]["test"] == "indexof(['Oslo\\x1foslo\\x1f'], datum.value) >= 0"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Sport", ["Sport"]),
        ("International outlook", ["International outlook"]),
        ("Intercultural intelligence and competence", ["Intercultural intelligence", "and competence"]),
        ("Mediation and conflict resolution", ["Mediation and", "conflict resolution"]),
        ("Antidiscriminationpolicies", ["Antidiscriminationpolicies"]),
    ],
)
def test_the_head_of_a_column_is_whole_in_one_line_or_two(name: str, lines: list[str]):
    assert head_lines(name) == lines


def test_no_head_of_a_column_is_cut():
    axis = grid(LIGHT)["layer"][0]["encoding"]["x"]["axis"]
    assert axis["labelLimit"] == 0
    assert axis["labelExpr"] == '{"Sport": ["Sport"]}[datum.value] || datum.value'


def test_a_click_gives_back_place_and_policy_area():
    [picked] = grid(LIGHT)["params"]
    assert picked["select"]["fields"] == ["unit", "head", "policy_area"]


def movement(**changed: Any) -> pd.DataFrame:
    row = {"label": "Sport", "difference": 0.5, "difference_low": 0.3, "difference_high": 0.6, "chance": False}
    words = ("before_words", "now_words", "shares_words", "difference_words", "chance_words")
    return pd.DataFrame([row | dict.fromkeys(words, "12%") | changed])


def test_a_movement_is_a_dot_on_its_interval_beside_no_change():
    zero, reach, dots = movement_dots(movement(), LIGHT).to_dict()["layer"]
    assert zero["encoding"]["x"] == {"datum": 0}
    assert (reach["encoding"]["x"]["field"], reach["encoding"]["x2"]["field"]) == ("difference_low", "difference_high")
    assert dots["encoding"]["x"]["field"] == "difference"


def test_on_a_projector_the_numbers_stand_beside_the_dots():
    *_marks, words = movement_dots(movement(), LIGHT, type_size=PROJECTED).to_dict()["layer"]
    assert words["encoding"]["text"]["field"] == "shares_words"
    assert words["mark"]["fontSize"] == PROJECTED


def test_the_title_of_the_axis_ends_where_the_axis_does_and_may_begin_below_the_names():
    _zero, reach, dots = movement_dots(movement(), LIGHT).to_dict()["layer"]
    assert {layer["encoding"]["x"]["axis"]["titleAnchor"] for layer in (reach, dots)} == {"end"}
