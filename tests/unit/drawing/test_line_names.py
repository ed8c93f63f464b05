"""The names of lines at their ends: each is there, in its colour, and none lies over another."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from icc_data.analysis import shares
from icc_data.drawing.palette import LIGHT
from icc_data.drawing.share_charts import NAME_PIXELS, share_lines
from tests.helpers.as_drawn import Drawn, read_chart

CODES = ("north", "south", "east", "west")
COLOURS = dict(zip(map(str.title, CODES), LIGHT.categories, strict=False))


def drawn(ends: tuple[int, ...], chosen: tuple[str, ...] = CODES) -> Drawn:
    """Four lines of three years that end as given."""
    rows = pd.DataFrame(
        {"place": "all", "year": year, "code": code, "practices": end if year == 2020 else 6, "of": 40}
        for code, end in zip(CODES, ends, strict=True)
        for year in (2018, 2019, 2020)
    )
    frame = shares.lines(rows.assign(share=rows["practices"] / rows["of"]), chosen, str.title, str)
    return read_chart(share_lines(frame, LIGHT, COLOURS, value="practices", bands=False).to_dict(validate=False))


@pytest.mark.parametrize("ends", [(1, 4, 7, 10), (5, 5, 5, 5), (0, 0, 10, 10)])
def test_every_line_has_its_name_in_its_colour_and_none_lies_over_another(ends: tuple[int, ...]):
    names = drawn(ends).marks("text", 1)
    assert dict(zip(names["text"], names["fill"], strict=True)) == COLOURS
    picture = drawn(ends)
    assert picture.up is not None
    pixels = [picture.up.place(height) for height in sorted(names["top"])]
    assert all(one - other >= NAME_PIXELS - 1.5 for one, other in pairwise(pixels))


def test_only_lines_that_stand_out_have_a_name():
    assert set(drawn((1, 4, 7, 10), ("south",)).marks("text", 1)["text"]) == {"South"}
