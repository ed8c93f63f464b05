"""Any rows as a chart: the drawing of what ``picture`` chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd
from pandas.api import types

from icc_data.console.picture import ENDS, Marks, Picture, Role
from icc_data.drawing.charts import text_pixels, themed
from icc_data.drawing.heatmaps import Shade, Side, heatmap
from icc_data.drawing.palette import Look
from icc_data.drawing.row_labels import ROW_HEIGHT

MOST_WRITTEN_CELLS = 600
_HEIGHT = 340
# What a chart of points is wide on a tablet: names that do not collide there do not collide on a wider screen.
_WIDTH = 640
_LETTERS = 11
_TYPES: dict[Role, str] = {"number": "Q", "year": "Q", "time": "T", "text": "N", "other": "N"}
# From here on numbers are shortened: 20k.
_MANY = 10_000


def draw(
    drawn: Marks,
    column_roles: Mapping[str, Role],
    picture: Picture,
    look: Look,
    hues: Mapping[str, str] | None,
    *,
    legend: bool = False,
) -> Any:
    """The picture as an Altair chart.

    Args:
        drawn: what to draw.
        column_roles: what each column of the result can be.
        picture: the kind and the columns.
        look: the user's theme.
        hues: colour by value of the colour column; None for a single colour.
        legend: whether the chart itself names the colours.
    """
    if picture.kind == "heatmap":
        return _heatmap(drawn, picture, look)
    base = alt.Chart(drawn.frame).encode(tooltip=_tooltip(drawn, column_roles))
    if hues and picture.colour:
        scale = alt.Scale(domain=list(hues), range=list(hues.values()))
        names = alt.Legend(orient="bottom", title=None, columns=4, labelLimit=0) if legend else None
        base = base.encode(color=alt.Color("colour:N", scale=scale, legend=names))
    if picture.kind == "bars":
        return themed(_bars(base, drawn, column_roles, picture, look), look)
    x, y = (_axis(place, drawn, column_roles) for place in ("x", "y"))
    if picture.kind == "lines":
        line = base.mark_line(color=look.amount, point=True, invalid="break-paths-filter-domains").encode(x=x, y=y)
        return themed(_with_interval(line, drawn, look, x=x).properties(height=_HEIGHT), look)
    points = base.mark_point(color=look.amount, filled=True, size=60, opacity=0.75).encode(x=x, y=y)
    layers = _with_interval(points, drawn, look, x=x)
    if "more0" in drawn.frame and not picture.colour:
        named = alt.Chart(_with_room(drawn.frame)).mark_text(
            align="left", dx=7, fontSize=_LETTERS, color=look.text, aria=False
        )
        layers = alt.layer(layers, named.encode(x=x, y=y, text="more0:N"))
    return themed(layers.properties(height=_HEIGHT), look)


def _with_interval(chart: Any, drawn: Marks, look: Look, *, upright: bool = True, **along: Any) -> Any:
    """A chart with a thin line from the low to the high end of each mark's interval, where the rows have them.

    Args:
        chart: the marks.
        drawn: what is drawn.
        look: the user's theme.
        upright: whether values go up rather than along.
        along: the encoding across the values.
    """
    if ENDS[0] not in drawn.frame:
        return chart
    ends = drawn.frame.dropna(subset=list(ENDS))
    low, high = (alt.Y("low:Q"), alt.Y2("high:Q")) if upright else (alt.X("low:Q"), alt.X2("high:Q"))
    rule = alt.Chart(ends).mark_rule(color=look.text, strokeWidth=1.2, aria=False)
    return alt.layer(chart, rule.encode(**along, **({"y": low, "y2": high} if upright else {"x": low, "x2": high})))


def _with_room(frame: pd.DataFrame) -> pd.DataFrame:
    """The points whose names have room beside them, the first rows first."""
    spread = frame[["x", "y"]].astype("datetime64[ns]" if frame["x"].dtype.kind == "M" else float, errors="ignore")
    places = [
        [0.5] * len(frame) if (values := pd.to_numeric(spread[name])).max() == values.min()
        else list((values - values.min()) / (values.max() - values.min()))
        for name in ("x", "y")
    ]  # fmt: skip
    taken: list[tuple[float, float, float]] = []
    kept = []
    for row, (x, y) in enumerate(zip(*places, strict=True)):
        left, top = x * _WIDTH, (1 - y) * _HEIGHT
        right = left + text_pixels(frame["more0"].iloc[[row]], _LETTERS) + 12
        if all(right < other_left or left > other_right or abs(top - other) > _LETTERS + 1
               for other_left, other_right, other in taken):  # fmt: skip
            taken.append((left, right, top))
            kept.append(row)
    return frame.iloc[kept]


def _bars(base: alt.Chart, drawn: Marks, column_roles: Mapping[str, Role], picture: Picture, look: Look) -> Any:
    amount, step = drawn.titles["y"], _step(drawn.frame["y"])
    if column_roles[picture.x] == "text":
        names = alt.Y("x:N", sort=None, title=None, axis=alt.Axis(labelColor=look.text, labelPadding=8))
        axis = alt.Axis(orient="top", grid=True, format=_form(amount, drawn.frame["y"]), tickMinStep=step)
        length = alt.X("y:Q", title=amount, axis=axis)
        height = ROW_HEIGHT * drawn.frame["x"].nunique() + 64
        bars = base.mark_bar(color=look.amount, height=14).encode(y=names, x=length)
        return _with_interval(bars, drawn, look, upright=False, y=names).properties(height=height)
    axis = alt.Axis(**_top_title(amount), format=_form(amount, drawn.frame["y"]), tickMinStep=step)
    height_of = alt.Y("y:Q", title=None, axis=axis)
    bars = base.mark_bar(color=look.amount, binSpacing=2)
    if column_roles[picture.x] == "year":
        bars = bars.transform_calculate(since="datum.x - 0.5", until="datum.x + 0.5")
        along = alt.X("since:Q", bin="binned", title=None, axis=alt.Axis(format="d", tickMinStep=1, grid=False))
        bars = bars.encode(x=along, x2="until:Q", y=height_of)
        middle = alt.X("x:Q", bin="binned")
        return _with_interval(bars, drawn, look, x=middle).properties(height=_HEIGHT)
    across = _axis("x", drawn, column_roles)
    return _with_interval(bars.encode(x=across, y=height_of), drawn, look, x=across).properties(height=_HEIGHT)


def _form(name: str, values: pd.Series[Any]) -> str:
    """How the numbers of a column are written on an axis: shares as percentages, many thousands shortened."""
    present = values.dropna()
    if types.is_float_dtype(values.dtype) and "share" in name.lower() and present.between(0, 1).all():
        return ".3~%"
    return "~s" if len(present) and present.abs().max() >= _MANY else ",.4~f"


def _step(values: pd.Series[Any]) -> Any:
    return 1 if types.is_integer_dtype(values.dtype) else alt.Undefined


def _top_title(title: str) -> dict[str, Any]:
    return {"title": title, "titleAngle": 0, "titleAlign": "left", "titleY": -8, "titleX": 0}


def _axis(place: str, drawn: Marks, column_roles: Mapping[str, Role]) -> Any:
    role = column_roles[drawn.titles[place]]
    style: dict[str, Any] = {"grid": True, "tickMinStep": _step(drawn.frame[place])}
    if role in ("year", "number"):
        style["format"] = "d" if role == "year" else _form(drawn.titles[place], drawn.frame[place])
    title = drawn.titles[place]
    # Room at the edges, and no negative numbers of people for the sake of round ones.
    scale = alt.Scale(zero=False, nice=False, padding=12)
    if place == "x":
        return alt.X(f"x:{_TYPES[role]}", scale=scale, title=title, axis=alt.Axis(**style))
    return alt.Y(f"y:{_TYPES[role]}", scale=scale, title=None, axis=alt.Axis(**style, **_top_title(title)))


def _tooltip(drawn: Marks, column_roles: Mapping[str, Role]) -> list[Any]:
    def form(place: str, name: str) -> Any:
        role = column_roles[name]
        if role == "number":
            written = _form(name, drawn.frame[place])
            return ",.4~f" if written == "~s" else written
        return "d" if role == "year" else alt.Undefined

    return [
        alt.Tooltip(f"{place}:{_TYPES[column_roles[name]]}", title=name, format=form(place, name))
        for place, name in drawn.titles.items()
    ]


def _heatmap(drawn: Marks, picture: Picture, look: Look) -> Any:
    whole = types.is_integer_dtype(drawn.frame["colour"].dtype)
    form = "{:,}" if whole else "{:,.4g}"
    return heatmap(
        drawn.frame.assign(words=drawn.frame["colour"].map(form.format)),
        look,
        Side("x"),
        Side("y"),
        Shade("colour", title=picture.colour, form=",d" if whole else ",.2~f", diverging=picture.colour == "lift"),
        text="words" if len(drawn.frame) <= MOST_WRITTEN_CELLS else None,
    )
