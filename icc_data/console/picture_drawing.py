"""Any rows as a chart: the drawing of what ``picture`` chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
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
_LETTERS, _DOT = 11, 4
# On a telephone the points stand alone.
_NARROWEST_NAMED = 480
# The stroke at each end of an interval, pixels.
_CAP = 8
_TYPES: dict[Role, str] = {"number": "Q", "year": "Q", "time": "T", "text": "N", "other": "N"}
# An axis of dates that lie so close has its ticks at days, no more than so many.
MOST_DAYS, DAY_TICKS = 60, 10
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
        layers = alt.layer(layers, *_names(drawn.frame, look, x=x, y=y))
    return themed(layers.properties(height=_HEIGHT), look)


def _with_interval(chart: Any, drawn: Marks, look: Look, *, upright: bool = True, **along: Any) -> Any:
    """A chart with a line from the low to the high end of each mark's interval, where the rows have them.

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
    channel = "y" if upright else "x"
    base = alt.Chart(ends)
    reach = base.encode(**along, **{channel: "low:Q", f"{channel}2": "high:Q"})
    # Half of it lies on the bar, where the ground behind it sets it off.
    layers = [reach.mark_rule(color=look.background, strokeWidth=5, aria=False)]
    layers.append(reach.mark_rule(color=look.text, strokeWidth=1.4, aria=False))
    for end in ENDS:
        tick = base.mark_tick(color=look.text, size=_CAP, thickness=1.4, aria=False)
        layers.append(tick.encode(**along, **{channel: f"{end}:Q"}))
    return alt.layer(chart, *layers)


def _names(frame: pd.DataFrame, look: Look, **at: Any) -> list[Any]:
    """The names of points beside them, to the left of those that stand far right; none where they would collide."""
    placed = _with_room(frame)
    hidden = {"expr": f"width < {_NARROWEST_NAMED} ? 0 : 1"}
    mark: dict[str, Any] = {"fontSize": _LETTERS, "color": look.text, "aria": False, "opacity": hidden}
    sides: tuple[tuple[bool, dict[str, Any]], ...] = (
        (False, {"align": "left", "dx": 7}),
        (True, {"align": "right", "dx": -7}),
    )
    return [
        alt.Chart(placed[placed["to_left"] == to_left]).mark_text(**mark, **side).encode(**at, text="more0:N")
        for to_left, side in sides
        if (placed["to_left"] == to_left).any()
    ]


def _with_room(frame: pd.DataFrame) -> pd.DataFrame:
    """The points whose names have room beside them, the first rows first, and to which side.

    A name has room where it covers neither another name nor another point.
    """
    across, down = _between(frame["x"]) * _WIDTH, (1 - _between(frame["y"])) * _HEIGHT
    taken: list[tuple[float, float, float]] = []
    kept, sides = [], []
    for row, (x, y) in enumerate(zip(across.tolist(), down.tolist(), strict=True)):
        wide = text_pixels(frame["more0"].iloc[[row]], _LETTERS) + 12
        for left in (x, x - wide):
            right = left + wide
            on_name = any(left <= end and right >= start and abs(y - top) <= _LETTERS + 1 for start, end, top in taken)
            beside = (np.abs(across - x) > _DOT) | (np.abs(down - y) > _DOT)
            below = (across >= left) & (across <= right) & (np.abs(down - y) <= _LETTERS / 2 + _DOT / 2) & beside
            if on_name or below.any() or right > _WIDTH or left < 0:
                continue
            taken.append((left, right, y))
            kept.append(row)
            sides.append(left < x)
            break
    return frame.iloc[kept].assign(to_left=sides)


def _between(values: pd.Series[Any]) -> Any:
    """Where values stand between the least (0) and the most (1) of them."""
    numbers = pd.to_numeric(values).to_numpy(dtype=float)
    least, most = numbers.min(), numbers.max()
    return np.full(len(numbers), 0.5) if most == least else (numbers - least) / (most - least)


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


def _whole_days(values: pd.Series[Any]) -> dict[str, Any]:
    """Of a few dates, ticks at days: between days of which nothing more is known, Vega would write hours."""
    span = (values.max() - values.min()).days
    if span > MOST_DAYS or bool((values != values.dt.normalize()).any()):
        return {}
    return {"tickCount": {"interval": "day", "step": span // DAY_TICKS + 1}}


def _top_title(title: str) -> dict[str, Any]:
    return {"title": title, "titleAngle": 0, "titleAlign": "left", "titleY": -8, "titleX": 0}


def _axis(place: str, drawn: Marks, column_roles: Mapping[str, Role]) -> Any:
    role = column_roles[drawn.titles[place]]
    style: dict[str, Any] = {"grid": True, "tickMinStep": _step(drawn.frame[place])}
    if role in ("year", "number"):
        style["format"] = "d" if role == "year" else _form(drawn.titles[place], drawn.frame[place])
    if role == "time":
        style |= _whole_days(drawn.frame[place])
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
