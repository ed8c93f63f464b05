"""Charts: each is a valid Vega-Lite chart, says when it can be clicked, and needs nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import duckdb
import pandas as pd
import pytest
from jsonschema import ValidationError

from icc_data import queries
from icc_data.analysis import shares, word_shares
from icc_data.analysis.rate_words import in_words
from icc_data.analysis.rates import with_rate
from icc_data.analysis.shares import lines
from icc_data.analysis.survival import curves
from icc_data.drawing import charts, rate_charts, share_charts, survival_charts, word_charts
from icc_data.drawing.heatmaps import Shade, Side, heatmap
from icc_data.drawing.palette import DARK, LIGHT, PALE, Look
from icc_data.drawing.palette import look as look_of
from icc_data.drawing.plain import PlainChart, View
from icc_data.queries.selection import Selection
from tests.helpers.drawn import CELLS, YEAR_CELLS, params_of, values_of

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
TWO = {"Trust": "#d98a00", "Equal access": "#0068a8"}

BY_YEAR = pd.DataFrame({"year": [2017, 2019], "practices": [3, 5]})
BY_YEAR_AND_GROUP = pd.DataFrame(
    {"year": [2017, 2017, 2019], "practices": [3, 1, 5], "label": ["Trust", "Equal access", "Trust"], "rank": [0, 1, 0]}
)
PARTS = ("sure", "less sure")
BY_YEAR_AND_PART = pd.DataFrame(
    {
        "year": [2017, 2017],
        "practices": [5, 5],
        "sure": [3, 3],
        "unsure": [2, 2],
        "part": PARTS,
        "count": [3, 2],
        "rank": [0, 1],
    }
)
RANKED = pd.DataFrame({"code": ["a", "b"], "label": ["A", "B"], "practices": [9, 4], "text": ["9", "4"]})
SHARES = lines(
    pd.DataFrame(
        [
            ("spain", 2017, "trust", 4, 8, 0.5),
            ("spain", 2018, "trust", 1, 2, 0.5),
            ("spain", 2017, "access", 2, 8, 0.25),
        ],
        columns=["place", "year", "code", "practices", "of", "share"],
    ),
    ["trust"],
    {"trust": "Trust", "access": "Equal access"}.__getitem__,
    str.title,
)
SPANS = pd.DataFrame(
    {
        "practice_id": ["p", "q"],
        "title": ["A kitchen", "Drums"],
        "start_year": [2017, 2019],
        "known_until": [2018, 2019],
        "last_active_year": [2018, 2025],
        "ongoing": [False, True],
        "when_text": ["2017-2018", "Since 2019"],
        "described_when": [None, None],
        "city_names": ["Lisbon", ""],
        "label": ["Trust", "Equal access"],
    }
)
JOINING = pd.DataFrame(
    {"year": [2008, 2010], "cities": [2, 1], "cumulated": [2, 3], "names": ["A, B", "C"], "words": ["2", "3"]}
)

RATES = in_words(
    with_rate(pd.DataFrame({"year": [2017, 2018], "numerator": [9, 2], "denominator": [20, 40]}), 100), "cities"
).assign(label=["Small (20)", "Large (40)"])

SURVIVAL = curves(
    pd.DataFrame(
        {"code": "trust", "years": [0, 1, 2], "at_risk": [20, 12, 9], "ended": [0, 3, 2], "left": [8, 0, 7]}
    ).assign(dated=20, known_ends=5, silent=8),
    ["trust"],
    str.title,
)

WORDS = word_shares.lines(
    pd.DataFrame(
        [(2012, 2016, "choir", 3, 10, 0.3), (2017, 2021, "choir", 1, 2, 0.5)],
        columns=["first_year", "last_year", "code", "practices", "of", "share"],
    )
)

PERIODS = ["2012–2016", "2017–2021"]

Draw = Callable[[pd.DataFrame, Look], Any]
CHARTS: dict[str, tuple[pd.DataFrame, Draw]] = {
    "year bars": (BY_YEAR, charts.year_bars),
    "stacked year bars": (BY_YEAR_AND_GROUP, lambda f, look: charts.year_bars(f, look, colours=TWO)),
    "year bars of two parts": (
        BY_YEAR_AND_PART,
        lambda f, look: charts.year_bars(f, look, parts=PARTS, unfinished=(2018, 2020)),
    ),
    "share lines": (
        SHARES,
        lambda f, look: share_charts.share_lines(f, look, {"Trust": "#d98a00"}, value="share", bands=True),
    ),
    "count lines": (
        SHARES,
        lambda f, look: share_charts.share_lines(f, look, {"Trust": "#d98a00"}, value="practices", bands=False),
    ),
    "share panels": (
        SHARES,
        lambda f, look: share_charts.share_panels(
            f, look, {"Trust": "#d98a00"}, value="share", bands=True, places=["Spain"]
        ),
    ),
    "share panels of a telephone": (
        SHARES,
        lambda f, look: share_charts.share_panels(
            f, look, {"Trust": "#d98a00"}, value="share", bands=True, places=["Spain"], narrow=True
        ),
    ),
    "unfinished share lines": (
        SHARES,
        lambda f, look: share_charts.share_lines(
            f, look, {"Trust": "#d98a00"}, value="share", bands=True, unfinished=(2018, 2020)
        ),
    ),
    "unfinished share panels": (
        SHARES,
        lambda f, look: share_charts.share_panels(
            f, look, {"Trust": "#d98a00"}, value="share", bands=True, places=["Spain"], unfinished=(2018, 2020)
        ),
    ),
    "share lines before the last years": (
        SHARES,
        lambda f, look: share_charts.share_lines(
            f, look, {"Trust": "#d98a00"}, value="share", bands=True, unfinished=(2019, 2021)
        ),
    ),
    "ranked bars": (RANKED, charts.ranked_bars),
    "coloured ranked bars": (
        RANKED,
        lambda f, look: charts.ranked_bars(f, look, colours={"a": "#111111", "b": "#222222"}),
    ),
    "ranked bars with details": (RANKED, lambda f, look: charts.ranked_bars(f, look, details={"text": "Words"})),
    "heatmap": (CELLS, lambda f, look: heatmap(f, look, Side("x"), Side("y"), Shade("n"), pick=["x", "y"])),
    "heatmap of years": (YEAR_CELLS, lambda f, look: heatmap(f, look, Side("x"), Side("y"), Shade("n"))),
    "heatmap with words": (CELLS, lambda f, look: heatmap(f, look, Side("x"), Side("y"), Shade("n"), text="said")),
    "heatmap of lifts": (
        CELLS,
        lambda f, look: heatmap(
            f,
            look,
            Side("x"),
            Side("y"),
            Shade("lift", diverging=True, faint="few"),
            text="said",
            tooltip={"n": "Practices"},
        ),
    ),
    "span lines": (SPANS, lambda f, look: charts.span_lines(f, look, TWO, as_of=2025)),
    "joining bars": (JOINING, charts.joining_bars),
    "rates": (RATES, lambda f, look: rate_charts.rate_line(f, look, axis_title="Per 100", unfinished=(2018, 2020))),
    "index": (RATES, lambda f, look: rate_charts.rate_line(f, look, axis_title="Index", rule=100)),
    "survival": (SURVIVAL, lambda f, look: survival_charts.survival_curves(f, look, {"Trust": "#d98a00"})),
    "words": (WORDS, lambda f, look: word_charts.word_lines(f, look, {"choir": "#d98a00"}, periods=PERIODS)),
    "rates of classes": (RATES, lambda f, look: rate_charts.rate_dots(f, look, axis_title="Per city")),
}
EVERY = pytest.mark.parametrize("name", CHARTS)


@cache
def _spec(name: str, look_name: str, rows: int) -> str:
    frame, draw = CHARTS[name]
    return json.dumps(draw(frame.head(rows), look_of(look_name)).to_dict())


def spec_of(name: str, look: Look = LIGHT, rows: int = 2) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(_spec(name, look.name, rows))
    return spec


@EVERY
@LOOKS
@pytest.mark.parametrize("rows", [1, 2])
def test_a_chart_is_valid_vega_lite_of_few_rows_too(name: str, look: Look, rows: int):
    spec = spec_of(name, look, rows)
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert values_of(spec)


def test_a_chart_that_is_no_vega_lite_is_refused():
    with pytest.raises(ValidationError, match="'width of a hand'"):
        PlainChart([View(CELLS, {"type": "bar", "size": "width of a hand"}, {})], 100, {}).to_dict()


@EVERY
def test_a_chart_needs_nothing_from_another_server(name: str):
    spec = spec_of(name)
    del spec["$schema"]
    assert re.findall(r"https?:|//", json.dumps(spec)) == []


@EVERY
def test_a_chart_lies_on_the_page_without_a_ground_of_its_own(name: str):
    assert spec_of(name)["config"]["background"] == "transparent"


@EVERY
@LOOKS
def test_the_words_of_a_chart_have_the_colours_of_the_look(name: str, look: Look):
    config = spec_of(name, look)["config"]
    assert config["axis"]["labelColor"] == look.muted
    assert config["text"]["color"] == look.text


@EVERY
def test_every_chart_has_a_tooltip(name: str):
    text = json.dumps(spec_of(name))
    assert '"tooltip"' in text


@pytest.mark.parametrize(
    ("low", "high", "years"),
    [
        (2010.0, 2012.0, (2010, 2012)),  # the first and the last bar are half covered
        (2010.01, 2011.99, (2011, 2011)),  # a little less than half of them
        (2009.6, 2012.4, (2010, 2012)),
        (2012.4, 2009.6, (2010, 2012)),
        (2010.1, 2010.3, (2010, 2010)),  # half of no bar: the one in which it lies
        (2010.6, 2010.9, (2011, 2011)),
        (2010.4, 2010.8, (2011, 2011)),
    ],
)
def test_a_brush_means_the_bars_that_it_covers_by_half(low: float, high: float, years: tuple[int, int]):
    assert charts.brushed_years(low, high) == years


def test_the_less_sure_part_is_paler_and_lies_on_the_sure_one():
    encoding = charts.year_bars(BY_YEAR_AND_PART, LIGHT, parts=PARTS).to_dict()["encoding"]
    assert encoding["fillOpacity"]["scale"] == {"domain": list(PARTS), "range": [1.0, PALE]}
    assert encoding["order"]["field"] == "rank"
    assert encoding["y"]["field"] == "count"


def test_a_bar_that_is_pointed_at_tells_both_parts():
    encoding = charts.year_bars(BY_YEAR_AND_PART, LIGHT, parts=PARTS).to_dict()["encoding"]
    assert [(tip["field"], tip["title"]) for tip in encoding["tooltip"]] == [
        ("year", "Year"),
        ("practices", "Practices"),
        ("sure", "sure"),
        ("unsure", "less sure"),
    ]


def test_a_band_says_of_which_years_more_is_still_to_be_published():
    band, bars, said = spec_of("year bars of two parts")["layer"]
    spec = spec_of("year bars of two parts")
    assert {"first": 2017.5, "end": 2020.5, "words": "still being published"} in values_of(spec)
    assert (band["mark"]["type"], band["encoding"]["x"]["field"], band["encoding"]["x2"]["field"]) == (
        "rect",
        "first",
        "end",
    )
    assert said["encoding"]["text"]["field"] == "words"
    # Vega-Lite stretches the axis of a rectangle to 0 unless it is told not to.
    assert band["encoding"]["x"]["scale"]["zero"] is False
    assert said["encoding"]["x"]["scale"]["zero"] is False
    # The axis reaches as far as the band, where no practice is published too.
    assert bars["encoding"]["x"]["scale"]["domain"][1] >= 2020.5


def test_year_bars_with_a_band_can_be_brushed_too():
    assert charts.YEARS in params_of(charts.year_bars(BY_YEAR, LIGHT, unfinished=(2018, 2020)))


def test_a_line_is_full_as_far_as_known_and_paler_as_far_as_said():
    known, said, _arrows, _titles = spec_of("span lines")["layer"]
    assert "datum.known_until + 0.4" in json.dumps(known["transform"])
    assert said["mark"]["fillOpacity"] == PALE
    assert said["transform"][0] == {"filter": "datum.last_active_year > datum.known_until"}
    assert "fillOpacity" not in known["mark"]


def test_year_bars_can_be_brushed_unless_told_otherwise():
    assert charts.YEARS in params_of(charts.year_bars(BY_YEAR, LIGHT))
    assert params_of(charts.year_bars(BY_YEAR, LIGHT, brush=False)) == set()


def test_ranked_bars_can_be_clicked_unless_told_otherwise():
    assert charts.PICK in params_of(charts.ranked_bars(RANKED, LIGHT))
    assert params_of(charts.ranked_bars(RANKED, LIGHT, pick=False)) == set()


def test_a_bar_of_a_year_reaches_half_a_year_to_both_sides():
    rows = values_of(spec_of("year bars"))
    assert [(row["years"], row["year"], row["next"]) for row in rows] == [
        (2016.5, 2017, 2017.5),
        (2018.5, 2019, 2019.5),
    ]


def test_stacked_bars_keep_the_given_order_and_colours():
    scale = spec_of("stacked year bars")["encoding"]["color"]["scale"]
    assert (scale["domain"], scale["range"]) == (list(TWO), list(TWO.values()))


def test_the_amounts_of_a_stack_start_at_zero():
    assert spec_of("stacked year bars")["encoding"]["y"]["stack"] == "zero"


def test_ranked_bars_keep_the_order_of_the_frame_and_start_at_zero():
    (bars, _) = spec_of("ranked bars")["layer"]
    assert bars["encoding"]["y"]["sort"] is None
    assert bars["encoding"]["x"]["scale"]["domain"] == [0, 9]


def test_ranked_bars_keep_more_pixels_for_longer_words():
    def pixels_kept(text: str) -> int:
        (bars, _) = charts.ranked_bars(RANKED.assign(text=text), LIGHT).to_dict()["layer"]
        return int(re.search(r"width - (\d+)", bars["encoding"]["x"]["scale"]["range"][1]["expr"])[1])

    assert pixels_kept("a hundred practices") > pixels_kept("1") > 0


def test_ranked_bars_of_nothing_but_zeros_have_a_width():
    frame = RANKED.assign(practices=0)
    (bars, _) = charts.ranked_bars(frame, LIGHT).to_dict()["layer"]
    assert bars["encoding"]["x"]["scale"]["domain"][1] > 0


def test_the_panels_of_a_row_fit_beside_each_other_on_a_common_screen():
    # Of 1280 pixels the filters and margins take 370; the axis of the first panel and the gaps take 50.
    assert share_charts.PANELS_A_ROW * share_charts.PANEL_WIDTH <= 1280 - 370 - 50


def test_the_numbers_of_25_years_stand_upright_in_a_panel():
    assert 25 * share_charts.PANEL_COUNT_PIXELS <= share_charts.PANEL_WIDTH


def test_open_lines_alone_end_in_a_triangle():
    shapes = [layer for layer in spec_of("span lines")["layer"] if layer["mark"].get("shape") == "triangle-right"]
    assert len(shapes) == 1
    assert {"filter": "datum.ongoing"} in shapes[0]["transform"]


def test_each_span_has_its_title_once():
    titles = [layer for layer in spec_of("span lines")["layer"] if layer["mark"]["type"] == "text"]
    assert [layer["encoding"]["x"] for layer in titles] == [{"value": 0}]
    assert "transform" not in titles[0]


@pytest.mark.parametrize(("low", "high"), [(2019, 2019), (2019, 2021), (1990, 2026), (1850, 2100)])
def test_year_axes_have_few_whole_years(low: int, high: int):
    frame = pd.DataFrame({"year": [low, high], "practices": [1, 1]}).drop_duplicates()
    ticks = charts.year_bars(frame, LIGHT).to_dict()["encoding"]["x"]["axis"]["values"]
    assert 1 <= len(ticks) <= 13
    assert all(low <= tick <= high for tick in ticks)


def test_charts_are_drawn_from_the_frames_of_the_queries(atlas: duckdb.DuckDBPyConnection):
    selection = Selection()
    by_year = queries.practices_by_year(atlas, selection)
    spans = queries.spans(atlas, selection, limit=20)
    spans["label"] = "Trust"
    joining = queries.joining(atlas, selection).dropna(subset=["year"]).assign(words="x")
    area = shares.with_chance(queries.crossed(atlas, selection, "network"))
    drawn = [
        charts.year_bars(by_year, LIGHT),
        charts.span_lines(spans, LIGHT, TWO, as_of=2026),
        charts.joining_bars(joining, LIGHT),
        heatmap(area, LIGHT, Side("value"), Side("policy_area"), Shade("lift", diverging=True)),
    ]
    counts = [len(by_year), len(spans), len(joining), len(area)]
    assert [max(map(len, chart.to_dict()["datasets"].values())) for chart in drawn] == counts


def test_bars_that_are_not_chosen_are_pale_where_some_are():
    (bars, _) = charts.ranked_bars(RANKED, LIGHT, chosen=["b"]).to_dict()["layer"]
    assert bars["encoding"]["opacity"]["condition"]["test"] == 'indexof(["b"], datum.code) >= 0'
    (bars, _) = charts.ranked_bars(RANKED, LIGHT, chosen=["elsewhere"]).to_dict()["layer"]
    assert "opacity" not in bars["encoding"]
