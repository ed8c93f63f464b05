"""A screen reader reads the words of a mark's tooltip, in the numbers of its language, and no helper column."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import vl_convert

from icc_data.drawing.aloud import read_aloud
from icc_data.drawing.charts import look_config, ranked_bars, year_bars
from icc_data.drawing.palette import LIGHT
from icc_data.i18n import set_language


def heard(chart: object) -> list[str]:
    drawn = vl_convert.vegalite_to_svg(read_aloud(chart.to_dict(validate=False)))  # type: ignore[attr-defined]
    visible = re.sub(r"<[^>]*aria-hidden=\"true\"[^>]*>", "", drawn)
    return re.findall(r'aria-label="([^"]*)"[^>]*aria-roledescription="(?:bar|text mark|rect mark)"', visible)


def test_a_bar_of_a_year_is_its_year_and_its_number():
    frame = pd.DataFrame({"year": [2015, 2016], "practices": [1200, 1]})
    assert heard(year_bars(frame, LIGHT)) == ["2015: 1,200 practices; ", "2016: 1 practice; "]


def test_in_french_nought_is_singular_too():
    set_language("fr")
    frame = pd.DataFrame({"year": [2015, 2016, 2017], "practices": [0, 1, 2]})
    assert [words.split(": ")[1] for words in heard(year_bars(frame, LIGHT))] == [
        "0 pratique; ",
        "1 pratique; ",
        "2 pratiques; ",
    ]


def test_a_bar_with_a_number_at_its_end_is_heard_once():
    frame = pd.DataFrame({"code": ["a"], "label": ["Education"], "practices": [3], "text": ["3 (50 %)"]})
    assert heard(ranked_bars(frame, LIGHT)) == ["Name: Education; 3 practices; "]


def test_what_is_not_known_of_a_mark_is_not_heard():
    frame = pd.DataFrame({"code": ["a"], "label": ["Education"], "practices": [3], "text": ["3"], "note": [None]})
    assert heard(ranked_bars(frame, LIGHT, details={"note": "Note"})) == ["Name: Education; 3 practices; "]


@pytest.mark.parametrize(("language", "axes"), [("en", 2), ("fr", 0)])
def test_axes_are_heard_in_english_alone_as_vega_has_no_other_words_for_them(language: str, axes: int):
    set_language(language)
    frame = pd.DataFrame({"year": [2015, 2016], "practices": [3, 1]})
    spec = {**year_bars(frame, LIGHT).to_dict(validate=False), "config": look_config(LIGHT)}
    drawn = vl_convert.vegalite_to_svg(spec)
    assert len(re.findall(r'aria-roledescription="axis"', drawn)) == axes
