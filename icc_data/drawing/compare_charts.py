"""Two selections on one scale: lines by year and dots by term, told apart by lightness, by dash and by shape."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from icc_data.drawing.charts import look_config, plain_count_axis, text_pixels, with_band
from icc_data.drawing.palette import Look
from icc_data.drawing.plain import PlainChart, Spec, View, coloured, name, quantity, where
from icc_data.drawing.row_labels import ON_PHONE, plain_row_axis
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


def _colour(look: Look, names: Names) -> Spec:
    return coloured("name", colours(look, names))


def _told_by(names: Names, shown: Sequence[Any]) -> Spec:
    """The encoding of a dash or shape for each selection."""
    return name("name", legend=None, scale={"domain": list(names), "range": list(shown)})


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
    colour = _colour(look, names)
    place = _axes(frame, value, unfinished) | {"color": colour}
    tooltip = [
        name("name", title=_("Selection")),
        quantity("year", title=_("Year"), format="d"),
        name("words", title=_("Share of its dated practices")),
        *_difference(),
    ]
    reach = place | {"y": quantity("low"), "y2": {"field": "high"}}
    dashed = place | {"strokeDash": _told_by(names, [[1, 0], DASH])}
    marked = place | {"shape": _told_by(names, SHAPES), "tooltip": tooltip}
    views = [
        *([View(frame, {"type": "area", "opacity": 0.13}, reach)] if value == "share" else []),
        View(frame, {"type": "line", "strokeWidth": 2.5}, dashed),
        View(frame, {"type": "point", "filled": True, "size": 34, "opacity": 1}, marked),
        *_line_names(frame, value, place, names),
    ]
    return PlainChart(with_band(views, unfinished, look), height, look_config(look))


def _axes(frame: pd.DataFrame, value: Value, unfinished: tuple[int, int] | None) -> Spec:
    low, high = int(frame["year"].min()), max(int(frame["year"].max()), unfinished[1] if unfinished else 0)
    room = max(0.6, (12 - (high - low)) / 2)
    x = quantity(
        "year",
        title=None,
        scale={"domain": [low - room, high + room], "nice": False},
        axis={"format": "d", "tickMinStep": 1, "labelOverlap": "greedy", "labelSeparation": 6, "grid": False},
    )
    if value == "share":
        title = _("Share of the dated practices of each")
        heights = {"title": title, "format": ".0%", "titleAngle": 0, "titleAlign": "left", "titleY": -8, "titleX": 0}
    else:
        heights = plain_count_axis(_("Practices"))
    y = quantity(value, axis=heights, scale={"domainMin": 0, "domainMax": _top(frame, value), "clamp": True})
    return {"x": x, "y": y}


def _difference() -> list[Spec]:
    return [name("points", title=_("Difference")), name("judged", title=_("Judged"))]


def _top(frame: pd.DataFrame, value: Value) -> float:
    """The end of the axis: above the lines, and above the bands as far as they do not make the lines small."""
    highest = float(frame[value].max())
    if value == "practices":
        return max(highest * 1.12, 2.0)
    return min(1.0, max(highest * 1.12, min(float(frame["high"].max()), highest * 1.6)))


def _line_names(frame: pd.DataFrame, value: Value, place: Spec, names: Names) -> list[View]:
    """The name of each line at its highest point, to its outer side, or to that on which there is room."""
    peaks = frame[frame["peak"]].set_index("name")
    years = peaks["year"]
    first, last = frame["year"].min(), frame["year"].max()
    earlier = names[0] if years[names[0]] <= years[names[1]] else names[1]
    sides = {each: "right" if each == earlier else "left" for each in names}
    # As a part of the years: letters are about seven pixels wide, and a chart on a small screen about eight hundred.
    room = {each: (last - first) * (7 * len(each) + 20) / 800 for each in names}
    sides |= {each: "left" for each in names if years[each] < first + room[each]}
    sides |= {each: "right" for each in names if years[each] > last - room[each]}
    lower = names[0] if peaks[value][names[0]] < peaks[value][names[1]] else names[1]
    views = []
    for each in names:
        below = each == lower and len(set(sides.values())) == 1
        mark = {
            "type": "text",
            "align": sides[each],
            "baseline": "top" if below else "bottom",
            "dx": -8 if sides[each] == "right" else 8,
            "dy": 8 if below else -4,
            "fontWeight": "bold",
            "limit": {"expr": "width * 0.45"},
            # A telephone has the legend alone.
            "opacity": {"expr": f"{ON_PHONE} ? 0 : 1"},
        }
        at_peak = where(f"datum.peak && {_is(each)}")
        views.append(View(frame, mark, place | {"text": name("name")}, transform=(at_peak,)))
    return views


def _is(selection: str) -> str:
    return f"datum.name === {json.dumps(selection)}"


def two_dots(frame: pd.DataFrame, look: Look, names: Names) -> Any:
    """Two dots with their intervals in each row, on one scale, and the difference at the end of the row.

    Args:
        frame: what ``analysis.two_selections.dots`` gives, the rows in their order.
        look: the user's theme.
        names: what the selections are called.
    """
    labels = list(dict.fromkeys(frame["label"]))
    height = ROW * (len(labels) + 1)
    y = name("label", sort=labels, title=None, axis=plain_row_axis(labels, look))
    pixels = text_pixels(frame["short_points"], 12) + 14
    most = min(1.0, float(frame["high"].max()) * 1.02)
    scale = {"domain": [0, most], "nice": False, "range": [0, {"expr": f"max(24, width - {pixels})"}]}
    axis = {"format": ".0%", "grid": True, "tickCount": 6, "orient": "top", "title": None}
    tooltip = [
        name("label", title=_("Name")),
        name("share_words", title=names[0]),
        name("other_words", title=names[1]),
        *_difference(),
    ]
    faint = {"condition": {"test": "datum.clear", "value": 1.0}, "value": 0.55}
    place = {"y": y, "color": _colour(look, names), "tooltip": tooltip, "opacity": faint}
    reach = place | {"x": quantity("low", scale=scale, axis=axis), "x2": {"field": "high"}}
    dot = place | {"x": quantity("share", scale=scale), "shape": _told_by(names, SHAPES)}
    views = []
    for each, offset in zip(names, (-_OFFSET, _OFFSET), strict=True):
        # Of these rows alone; what is pointed at says both.
        own = (where(_is(each)),)
        views += [
            View(frame, {"type": "rule", "strokeWidth": 2, "yOffset": offset}, reach, transform=own),
            View(frame, {"type": "point", "filled": True, "size": 80, "yOffset": offset}, dot, transform=own),
        ]
    difference = {
        "y": y,
        "x": {"value": "width"},
        "text": name("short_points"),
        "tooltip": tooltip,
        "color": {"value": look.muted, "condition": {"test": "datum.clear", "value": look.text}},
    }
    mark = {"type": "text", "align": "right", "fontSize": 12}
    views.append(View(frame, mark, difference, transform=(where(_is(names[0])),)))
    return PlainChart(views, height, look_config(look))
