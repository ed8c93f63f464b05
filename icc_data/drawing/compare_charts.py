"""Two selections on one scale: lines by year and dots by term, told apart by lightness, by dash and by shape."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import pandas as pd

from icc_data.drawing.charts import count_axis, text_pixels, themed, with_band
from icc_data.drawing.palette import Look
from icc_data.drawing.row_labels import ON_PHONE, row_axis
from icc_data.i18n import translate as _

Names = tuple[str, str]
Value = Literal["share", "practices"]

DASH = [6, 4]
SHAPES = ("circle", "diamond")
ROW = 34
# Between the two dots of a row and its middle, in pixels.
_OFFSET = 6


def colours(look: Look, names: Names) -> dict[str, str]:
    """The colours of two selections by their names."""
    return dict(zip(names, look.categories[:2], strict=True))


def swatches(look: Look, names: Names) -> dict[str, str]:
    """How their lines look in a legend, as CSS backgrounds by name: the other one is dashed."""
    one, other = colours(look, names).values()
    dashed = f"repeating-linear-gradient(90deg,{other} 0 5px,transparent 5px 8px);width:1.6rem"
    return {names[0]: f"{one};width:1.6rem", names[1]: dashed}


def dot_swatches(look: Look, names: Names) -> dict[str, str]:
    """How their dots look in a legend, as CSS backgrounds by name: a circle, and a square on its corner."""
    one, other = colours(look, names).values()
    return {names[0]: f"{one};border-radius:50%", names[1]: f"{other};transform:rotate(45deg) scale(0.85)"}


def _colour(look: Look, names: Names) -> alt.Color:
    scale = alt.Scale(domain=list(names), range=list(colours(look, names).values()))
    return alt.Color("name:N", legend=None, scale=scale)


def two_lines(
    frame: pd.DataFrame,
    look: Look,
    names: Names,
    *,
    value: Value,
    unfinished: tuple[int, int] | None = None,
    height: int = 340,
) -> Any:
    """One line a selection through the years, each with its name at its highest point, and of shares their intervals.

    Args:
        frame: what ``analysis.two_selections.lines`` gives.
        look: the user's theme.
        names: what the selections are called.
        value: what the height of a line is.
        unfinished: the first and last year of which more is still to be published.
        height: pixels.
    """
    low, high = int(frame["year"].min()), max(int(frame["year"].max()), unfinished[1] if unfinished else 0)
    room = max(0.6, (12 - (high - low)) / 2)
    axis = alt.Axis(format="d", tickMinStep=1, labelOverlap="greedy", labelSeparation=6, grid=False)
    x = alt.X("year:Q", title=None, scale=alt.Scale(domain=[low - room, high + room], nice=False), axis=axis)
    if value == "share":
        title = _("Share of the dated practices of each")
        heights = alt.Axis(title=title, format=".0%", titleAngle=0, titleAlign="left", titleY=-8, titleX=0)
    else:
        heights = count_axis(_("Practices"))
    y = alt.Y(f"{value}:Q", axis=heights, scale=alt.Scale(domainMin=0, domainMax=_top(frame, value), clamp=True))
    colour = _colour(look, names)
    dash = alt.StrokeDash("name:N", legend=None, scale=alt.Scale(domain=list(names), range=[[1, 0], DASH]))
    base = alt.Chart(frame, height=height).encode(x=x, y=y)
    tooltip = [
        alt.Tooltip("name:N", title=_("Selection")),
        alt.Tooltip("year:Q", title=_("Year"), format="d"),
        alt.Tooltip("words:N", title=_("Share of its dated practices")),
        alt.Tooltip("points:N", title=_("Difference")),
        alt.Tooltip("judged:N", title=_("Judged")),
    ]
    bands = base.mark_area(opacity=0.13).encode(y=alt.Y("low:Q"), y2="high:Q", color=colour)
    lines = base.mark_line(strokeWidth=2.5).encode(color=colour, strokeDash=dash)
    shape = alt.Shape("name:N", legend=None, scale=alt.Scale(domain=list(names), range=list(SHAPES)))
    marks = base.mark_point(filled=True, size=34, opacity=1).encode(color=colour, shape=shape, tooltip=tooltip)
    layers = [*([bands] if value == "share" else []), lines, marks, *_line_names(base, frame, value, colour, names)]
    return themed(with_band(alt.layer(*layers), unfinished, look), look)


def _top(frame: pd.DataFrame, value: Value) -> float:
    """The end of the axis: above the lines, and above the bands as far as they do not make the lines small."""
    highest = float(frame[value].max())
    if value == "practices":
        return max(highest * 1.12, 2.0)
    return min(1.0, max(highest * 1.12, min(float(frame["high"].max()), highest * 1.6)))


def _line_names(base: Any, frame: pd.DataFrame, value: Value, colour: alt.Color, names: Names) -> list[Any]:
    """The name of each line at its highest point, to its outer side, or to that on which there is room."""
    peaks = frame[frame["peak"]].set_index("name")
    years = peaks["year"]
    first, last = frame["year"].min(), frame["year"].max()
    earlier = names[0] if years[names[0]] <= years[names[1]] else names[1]
    sides = {name: "right" if name == earlier else "left" for name in names}
    # As a part of the years: letters are about seven pixels wide, and a chart on a small screen about eight hundred.
    room = {name: (last - first) * (7 * len(name) + 20) / 800 for name in names}
    sides |= {name: "left" for name in names if years[name] < first + room[name]}
    sides |= {name: "right" for name in names if years[name] > last - room[name]}
    lower = names[0] if peaks[value][names[0]] < peaks[value][names[1]] else names[1]
    layers = []
    for name in names:
        below = name == lower and len(set(sides.values())) == 1
        words = base.transform_filter(alt.datum.peak & (alt.datum.name == name)).mark_text(
            align=sides[name],
            baseline="top" if below else "bottom",
            dx=-8 if sides[name] == "right" else 8,
            dy=8 if below else -4,
            fontWeight="bold",
            limit=alt.ExprRef("width * 0.45"),
            # A telephone has the legend alone.
            opacity=alt.ExprRef(f"{ON_PHONE} ? 0 : 1"),
        )
        layers.append(words.encode(text="name:N", color=colour))
    return layers


def two_dots(frame: pd.DataFrame, look: Look, names: Names) -> Any:
    """Two dots with their intervals in each row, on one scale, and the difference at the end of the row.

    Args:
        frame: what ``analysis.two_selections.dots`` gives, the rows in their order.
        look: the user's theme.
        names: what the selections are called.
    """
    labels = list(dict.fromkeys(frame["label"]))
    height = ROW * (len(labels) + 1)
    y = alt.Y("label:N", sort=labels, title=None, axis=row_axis(labels, look))
    pixels = text_pixels(frame["short_points"], 12) + 14
    most = min(1.0, float(frame["high"].max()) * 1.02)
    scale = alt.Scale(domain=[0, most], nice=False, range=[0, alt.ExprRef(f"max(24, width - {pixels})")])
    axis = alt.Axis(format=".0%", grid=True, tickCount=6, orient="top", title=None)
    colour = _colour(look, names)
    shape = alt.Shape("name:N", legend=None, scale=alt.Scale(domain=list(names), range=list(SHAPES)))
    tooltip = [
        alt.Tooltip("label:N", title=_("Name")),
        alt.Tooltip("share_words:N", title=names[0]),
        alt.Tooltip("other_words:N", title=names[1]),
        alt.Tooltip("points:N", title=_("Difference")),
        alt.Tooltip("judged:N", title=_("Judged")),
    ]
    faint: Any = {"condition": {"test": "datum.clear", "value": 1.0}, "value": 0.55}
    layers = []
    for name, offset in zip(names, (-_OFFSET, _OFFSET), strict=True):
        # Of these rows alone; what is pointed at says both.
        base = (
            alt.Chart(frame, height=height)
            .transform_filter(alt.datum.name == name)
            .encode(y=y, color=colour, tooltip=tooltip, opacity=faint)
        )
        reach = base.mark_rule(strokeWidth=2, yOffset=offset).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
        )
        dots = base.mark_point(filled=True, size=80, yOffset=offset).encode(
            x=alt.X("share:Q", scale=scale), shape=shape
        )
        layers += [reach, dots]
    words = (
        alt.Chart(frame, height=height)
        .transform_filter(alt.datum.name == names[0])
        .mark_text(align="right", fontSize=12)
        .encode(
            y=y,
            x=alt.value("width"),
            text="short_points:N",
            tooltip=tooltip,
            color=alt.ColorValue(look.muted, condition={"test": "datum.clear", "value": look.text}),
        )
    )
    return themed(alt.layer(*layers, words), look)
