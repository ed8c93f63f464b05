"""Labels of rows fit a telephone: long ones take two lines, and their rows are higher."""

from __future__ import annotations

import pandas as pd
import pytest

from icc_data.drawing import charts, row_labels
from icc_data.drawing.palette import LIGHT

RANKED = pd.DataFrame({"code": ["a", "b"], "label": ["A", "B"], "practices": [9, 4], "text": ["9", "4"]})


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Neighbourhood", ["Neighbourhood"]),
        # 22 letters stand in one line.
        ("Cultural & social life", ["Cultural & social life"]),
        ("Intercultural intelligence and competence", ["Intercultural intelligence", "and competence"]),
        ("Response to the war in Ukraine", ["Response to the", "war in Ukraine"]),
        ("Donaudampfschifffahrtsgesellschaft", ["Donaudampfschifffahrtsgesellschaft"]),
    ],
)
def test_a_label_too_long_for_a_telephone_is_broken_in_the_middle(words: str, lines: list[str]):
    assert row_labels.two_lines(words) == lines


def test_rows_with_a_label_of_two_lines_are_higher_and_name_it_to_the_axis_alone():
    frame = RANKED.assign(label=["Response to the war in Ukraine", *RANKED["label"][1:]])
    spec = charts.ranked_bars(frame, LIGHT).to_dict(validate=False)
    base = spec["layer"][0]
    assert spec["height"] == row_labels.TALL_ROW * (len(frame) + 1)
    assert (
        '{"Response to the war in Ukraine": ["Response to the", "war in Ukraine"]}'
        in base["encoding"]["y"]["axis"]["labelExpr"]
    )
    assert "Response to the war in Ukraine" in [row["label"] for rows in spec["datasets"].values() for row in rows]
    plain = charts.ranked_bars(RANKED, LIGHT).to_dict(validate=False)
    assert "labelExpr" not in plain["layer"][0]["encoding"]["y"]["axis"]
    assert plain["height"] == row_labels.ROW_HEIGHT * (len(RANKED) + 1)
