"""Lines of periods: under what their points stand."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.shares import lines
from icc_data.drawing import share_charts
from icc_data.drawing.palette import LIGHT

PERIODS = lines(
    pd.DataFrame(
        [("all", 2012, 2016, "trust", 4, 8, 0.5), ("all", 2017, 2021, "trust", 2, 6, 1 / 3)],
        columns=["place", "first_year", "year", "code", "practices", "of", "share"],
    ),
    ["trust"],
    str.title,
    str.title,
    together=5,
)


def test_periods_have_their_years_below_them_and_room_for_all_of_them():
    spec = share_charts.share_lines(PERIODS, LIGHT, {"Trust": "#d98a00"}, value="share", bands=True).to_dict()
    line = next(layer["encoding"]["x"] for layer in spec["layer"] if layer["mark"]["type"] == "line")
    axis, scale = line["axis"], line["scale"]
    assert axis["values"] == [2014, 2019]
    assert axis["labelExpr"] == "(datum.value - 2) + '–' + (datum.value + 2)"
    assert scale["domain"] == [2011.4, 2021.6]
