"""Charts of the Index: valid, in the order that they are given, and with a name for what stands out."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from icc_data.drawing import index_charts
from icc_data.drawing.palette import DARK, LIGHT, Look
from icc_data.drawing.palette import look as look_of

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
BANDS = pd.DataFrame(
    {
        "label": ["Education", "Mediation", "Interaction"],
        "own": [70.0, np.nan, 30.0],
        "average": [60.0, 50.0, 40.0],
        "q1": [50.0, 40.0, 30.0],
        "median": [61.0, 51.0, 41.0],
        "q3": [70.0, 60.0, 50.0],
        "cities": [40, 41, 42],
        "text": ["3 of 40", "", "40 of 42"],
    }
)
CELLS = pd.DataFrame(
    {
        "label": ["Overall", "Overall", "Education"],
        "column": ["below 10% born abroad", "20% and more born abroad", "20% and more born abroad"],
        "median": [50.0, 61.0, 70.0],
        "average": [50.0, 60.0, 71.0],
        "q1": [40.0, 50.0, 60.0],
        "q3": [60.0, 70.0, 80.0],
        "cities": [12, 13, 14],
        "count": ["12 cities", "13 cities", "14 cities"],
    }
)
EDITIONS = pd.DataFrame(
    {"label": ["2031", "2034", "Not stated"], "compared": [40, np.nan, np.nan], "reported": [3, 1, 1]}
).assign(scored=[0, 2, 1], text=["0 of 40", "2", "1"])
NAMED = pd.DataFrame(
    {
        "key": ["2031", "2031 oslo", "2031 cork"],
        "label": ["", "Oslo", "Cork"],
        "heading": ["2031 · 40 cities compared", "", ""],
        "code": [None, "oslo", "cork"],
        "edition": [None, "2031", "2031"],
        "score": [np.nan, 85.0, 64.5],
        "text": [None, "", "9 of 40"],
    }
)
DOTS = pd.DataFrame(
    {
        "code": ["oslo", "cork", "lisbon"],
        "label": ["Oslo", "Cork", "Lisbon"],
        "score": [70.0, 70.2, 51.0],
        "bin": [70, 70, 51],
        "place": [1, 2, 1],
        "rank": ["2 of 3", "1 of 3", "3 of 3"],
    }
)
PATH = pd.DataFrame(
    {
        "label": ["Education", "Education", "Mediation", "Mediation"],
        "edition": ["2031", "2034"] * 2,
        "score": [60.0, 70.0, 50.0, 40.0],
        "low": [60.0, 60.0, 40.0, 40.0],
        "high": [70.0, 70.0, 50.0, 50.0],
        "text": ["+10", "+10", "-10", "-10"],
    }
)
LINKS = pd.DataFrame(
    {
        "label": ["Education", "Mediation"],
        "rho": [0.5, 0.1],
        "low": [0.2, -0.2],
        "high": [0.7, 0.4],
        "n": [40, 40],
        "text": ["40", "40"],
    }
)
COLUMNS = ["below 10% born abroad", "20% and more born abroad"]
Draw = Callable[[Look], Any]
CHARTS: dict[str, Draw] = {
    "bands": lambda look: index_charts.score_bands(BANDS, look, own="Oslo", heading="Rank"),
    "cells": lambda look: index_charts.score_cells(CELLS, look, columns=COLUMNS, column_title="Class"),
    "editions": lambda look: index_charts.edition_bars(EDITIONS, look),
    "named": lambda look: index_charts.named_scores(NAMED, look),
    "named, one chosen": lambda look: index_charts.named_scores(NAMED, look, chosen="cork"),
    "dots": lambda look: index_charts.score_dots(DOTS, look, median=70.0),
    "dots, one chosen": lambda look: index_charts.score_dots(DOTS, look, median=70.0, chosen="oslo"),
    "path": lambda look: index_charts.path_dots(PATH, look, editions=["2031", "2034"], heading="Change"),
    "links": lambda look: index_charts.correlation_intervals(LINKS, look),
}


@cache
def _spec(name: str, look_name: str) -> dict[str, Any]:
    spec: dict[str, Any] = CHARTS[name](look_of(look_name)).to_dict()
    return spec


def spec_of(name: str, look: Look = LIGHT) -> dict[str, Any]:
    return deepcopy(_spec(name, look.name))


def layers(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(node: dict[str, Any]) -> None:
        for layer in node.get("layer", []):
            found.append(layer)
            walk(layer)

    walk(spec_of(name))
    return found


def marks(name: str, kind: str) -> list[dict[str, Any]]:
    return [layer for layer in layers(name) if layer.get("mark", {}).get("type") == kind]


def channels(name: str, channel: str) -> list[Any]:
    """What every layer that has a channel says of it."""
    said = [layer["encoding"].get(channel) for layer in layers(name) if "encoding" in layer]
    return [one for one in said if one is not None]


@LOOKS
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_valid_and_needs_nothing_from_elsewhere(name: str, look: Look):
    spec = spec_of(name, look)
    text = json.dumps({key: value for key, value in spec.items() if key != "$schema"})
    assert "http" not in text
    assert look.text in text or look.muted in text


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("bands", ["Education", "Mediation", "Interaction"]),
        ("editions", ["2031", "2034", "Not stated"]),
        ("named", ["2031", "2031 oslo", "2031 cork"]),
        ("path", ["Education", "Mediation"]),
        ("links", ["Education", "Mediation"]),
        ("cells", ["Overall", "Education"]),
    ],
)
def test_rows_keep_their_order_though_a_layer_draws_some_of_them_only(name: str, order: list[str]):
    said = [channel["sort"] for channel in channels(name, "y") if "sort" in channel]
    assert said
    assert all(one == order for one in said)


@pytest.mark.parametrize("name", ["bands", "named", "dots", "path"])
def test_scores_stand_on_the_whole_scale(name: str):
    domains = [channel["scale"]["domain"] for channel in channels(name, "x") if "scale" in channel]
    assert domains
    assert all(domain == [0, 100] for domain in domains)


def test_a_dot_or_a_cell_can_be_looked_at_for_all_its_numbers():
    for name in ("bands", "cells"):
        (tooltip,) = {json.dumps(one) for one in channels(name, "tooltip")}
        fields = {field["field"] for field in json.loads(tooltip)}
        assert {"median", "average", "q1", "q3", "cities"} <= fields


def test_an_interval_that_holds_nought_is_grey():
    (rule,) = [layer for layer in marks("links", "rule") if "x2" in layer["encoding"]]
    assert rule["encoding"]["color"]["value"] == LIGHT.unknown
    condition = rule["encoding"]["color"]["condition"]
    assert condition == {"test": "datum.low > 0 || datum.high < 0", "value": LIGHT.amount}


@pytest.mark.parametrize("name", ["named", "dots"])
def test_a_click_on_a_dot_gives_the_city(name: str):
    (param,) = spec_of(name)["params"]
    assert (param["name"], param["select"]["fields"]) == ("pick", ["code"])


def test_a_chosen_city_is_named_among_the_dots():
    assert not [layer for layer in marks("dots", "text") if layer["encoding"]["text"]["field"] == "label"]
    named = [layer for layer in marks("dots, one chosen", "text") if layer["encoding"]["text"]["field"] == "label"]
    assert all(layer["transform"] == [{"filter": 'datum.code === "oslo"'}] for layer in named)
    assert named


def test_long_names_of_columns_wrap():
    columns = {channel["axis"]["labelExpr"] for channel in channels("cells", "x")}
    assert columns == {"split(datum.label, '\\n')"}
    rows = next(iter(spec_of("cells")["datasets"].values()))
    assert {row["column"] for row in rows} == {"below 10%\nborn abroad", "20% and more\nborn abroad"}


def test_the_newest_edition_has_the_end_of_the_ramp_and_the_oldest_its_middle():
    assert index_charts.edition_colours(LIGHT, 3)[::2] == [LIGHT.ramp[3], LIGHT.ramp[-1]]
    assert index_charts.edition_colours(DARK, 1) == [DARK.ramp[3]]
