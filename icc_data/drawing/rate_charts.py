"""Rates by year as a line with its interval, and rates of classes as dots on theirs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icc_data.drawing.charts import YEARS, look_config, text_pixels, with_band
from icc_data.drawing.palette import Look
from icc_data.drawing.plain import PlainChart, Spec, View, brushing, name, quantity
from icc_data.drawing.row_labels import plain_row_axis
from icc_data.i18n import translate as _

ROW = 30
# An interval of few practices may reach so many times as high as the line; beyond it is cut.
_REACH = 1.8


def rate_line(
    frame: pd.DataFrame,
    look: Look,
    *,
    axis_title: str,
    rule: float | None = None,
    unfinished: tuple[int, int] | None = None,
    height: int = 320,
) -> Any:
    """A rate through the years with its 95% interval; years of few practices have a hollow dot.

    Args:
        frame: ``year, value, low, high, few``, and ``value_words, range_words, of_words``.
        look: the user's theme.
        axis_title: what the height of the line is.
        rule: a height at which a dashed line stands; None for none.
        unfinished: the first and last year of which more is still to be published.
        height: pixels.
    """
    place = _axes(frame, axis_title, unfinished)
    frame = frame.assign(**{YEARS: frame["year"]})
    pointed_at = [quantity("year", title=_("Year"), format="d"), *_tooltip(axis_title)]
    stroke = {"color": look.amount, "strokeWidth": 2.5}
    reach = place | {"y": quantity("low"), "y2": {"field": "high"}}
    views = [
        View(frame, {"type": "area", "color": look.amount, "opacity": 0.16}, reach),
        *_rule(frame, rule, look),
        View(frame, {"type": "line", **stroke}, place),
        View(
            frame, _dot(40, look), place | {"fill": _fill(look), "tooltip": pointed_at}, (brushing(YEARS, look.amount),)
        ),
    ]
    return PlainChart(with_band(views, unfinished, look), height, look_config(look))


def _axes(frame: pd.DataFrame, axis_title: str, unfinished: tuple[int, int] | None) -> Spec:
    low, high = int(frame["year"].min()), max(int(frame["year"].max()), unfinished[1] if unfinished else 0)
    room = max(0.6, (12 - (high - low)) / 2)
    x = quantity(
        YEARS,
        title=None,
        scale={"domain": [low - room, high + room], "nice": False},
        axis={"format": "d", "tickMinStep": 1, "labelOverlap": "greedy", "labelSeparation": 6, "grid": False},
    )
    top = max(float(frame["value"].max()) * 1.1, min(float(frame["high"].max()), float(frame["value"].max()) * _REACH))
    y = quantity(
        "value",
        axis={
            "title": axis_title,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "start",
            "titleY": -8,
            "titleX": 0,
        },
        scale={"domain": [0, top or 1.0], "nice": True, "clamp": True},
    )
    return {"x": x, "y": y}


def _tooltip(value_title: str) -> list[Spec]:
    return [
        name("value_words", title=value_title),
        name("of_words", title=_("Made of")),
        name("range_words", title=_("95% interval")),
    ]


def _dot(size: int, look: Look) -> Spec:
    return {"type": "point", "size": size, "opacity": 1, "filled": True, "stroke": look.amount, "strokeWidth": 1.5}


def _fill(look: Look) -> Spec:
    return {"value": look.amount, "condition": {"test": "datum.few", "value": look.background}}


def _rule(frame: pd.DataFrame, height: float | None, look: Look) -> list[View]:
    if height is None:
        return []
    across = {"x": {"value": 0}, "x2": {"value": "width"}, "y": {"datum": height}}
    return [View(frame, {"type": "rule", "color": look.muted, "strokeDash": [4, 4]}, across)]


def rate_dots(frame: pd.DataFrame, look: Look, *, axis_title: str) -> Any:
    """The rate of each class as a dot on its 95% interval, in the order of the frame, with what it is made of.

    Args:
        frame: ``label, value, low, high, few``, and ``value_words, range_words, of_words``.
        look: the user's theme.
        axis_title: what the rates are.
    """
    labels = list(frame["label"])
    pixels = text_pixels(frame["value_words"], 12) + 14
    largest = float(frame["value"].max())
    most = max(largest * 1.1, min(float(frame["high"].max()) * 1.02, largest * 3))
    scale = {
        "domain": [0, most or 1.0],
        "nice": False,
        "range": [0, {"expr": f"max(24, width - {pixels})"}],
        "clamp": True,
    }
    above = {"orient": "top", "grid": True, "tickCount": 6, "titleAnchor": "start", "titleAlign": "left"}
    place = {
        "y": name("label", sort=labels, title=None, axis=plain_row_axis(labels, look)),
        "tooltip": [name("label", title=_("Name")), *_tooltip(axis_title)],
    }
    low = quantity("low", scale=scale, axis={"title": axis_title, **above})
    views = [
        View(
            frame, {"type": "rule", "strokeWidth": 2, "color": look.amount}, place | {"x": low, "x2": {"field": "high"}}
        ),
        View(frame, _dot(80, look), place | {"x": quantity("value", scale=scale), "fill": _fill(look)}),
        View(
            frame,
            {"type": "text", "align": "right", "color": look.muted},
            place | {"x": {"value": "width"}, "text": name("value_words")},
        ),
    ]
    return PlainChart(views, ROW * (len(labels) + 1), look_config(look))
