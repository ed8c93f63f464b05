"""Shares by year as lines: few stand out, the rest is grey, and how many practices a year has stands below it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from icc_data.drawing.charts import YEARS, look_config, still_published_words, text_pixels
from icc_data.drawing.palette import Look
from icc_data.drawing.plain import (
    Panels,
    PlainChart,
    Spec,
    View,
    brushing,
    coloured,
    computed,
    name,
    quantity,
    where,
)
from icc_data.i18n import translate as _

Value = Literal["share", "practices"]

# Two of them side by side, with their axis, are no wider than a page on a screen of 1280 pixels.
PANEL_WIDTH, PANEL_HEIGHT = 425, 150
PANELS_A_ROW = 2
# One, with its axis, on a telephone of 360 pixels.
NARROW_PANEL_WIDTH = 290
# The strip below zero in which the years' practices stand, as a part of the height above it.
STRIP = 0.11
# Where a year has less, its number stands upright.
COUNT_PIXELS = 21
# Between the names of two lines at their ends, and the narrowest picture that has room for them, in pixels.
NAME_PIXELS, NARROWEST_NAMED = 15, 430
# What the height of a picture has below its years, in pixels.
BELOW = 105
# In a panel, where a place has tens of practices a year, not hundreds.
PANEL_COUNT_PIXELS = 16


def share_lines(
    frame: pd.DataFrame,
    look: Look,
    colours: Mapping[str, str],
    *,
    value: Value,
    bands: bool,
    unfinished: tuple[int, int] | None = None,
    height: int = 340,
) -> Any:
    """One line a group through the years; those of ``colours`` stand out, the rest is grey.

    Args:
        frame: what ``analysis.shares.lines`` gives, of one place; of periods if it names them.
        look: the user's theme.
        colours: colour by label, of the groups that stand out.
        value: what the height of a line is.
        bands: draw the 95% interval of the groups that stand out.
        unfinished: the first and last year of which more is still to be published.
        height: pixels.
    """
    views = _views(frame, look, colours, value=value, bands=bands, unfinished=unfinished, height=height)
    return PlainChart(views, height, look_config(look))


def share_panels(
    frame: pd.DataFrame,
    look: Look,
    colours: Mapping[str, str],
    *,
    value: Value,
    bands: bool,
    places: Sequence[str],
    unfinished: tuple[int, int] | None = None,
    narrow: bool = False,
) -> Any:
    """The lines of ``share_lines``, one panel a place, all on the same scales.

    Args:
        frame: what ``analysis.shares.lines`` gives, of several places; of periods if it names them.
        look: the user's theme.
        colours: colour by label, of the groups that stand out.
        value: what the height of a line is.
        bands: draw the 95% interval of the groups that stand out.
        places: labels of the places in their order.
        unfinished: the first and last year of which more is still to be published.
        narrow: below each other, for a telephone.
    """
    wide, a_row = (NARROW_PANEL_WIDTH, 1) if narrow else (PANEL_WIDTH, PANELS_A_ROW)
    views = _views(
        frame, look, colours, value=value, bands=bands, unfinished=unfinished, wide=wide, height=PANEL_HEIGHT
    )
    labels = {"labelColor": look.text, "labelFontSize": 13, "labelAnchor": "start", "labelFontWeight": "bold"}
    facet = name("place_label", sort=list(places), header={"title": None, **labels})
    return PlainChart(views, PANEL_HEIGHT, look_config(look), Panels(facet, a_row, wide))


def _with_names(frame: pd.DataFrame, value: Value, top: float, height: int) -> pd.DataFrame:
    """The rows with ``name_at``: how high the name of a line stands beside its end, none over another; else missing."""
    ends = frame[frame["chosen"] & ~frame["broken"]].sort_values("year").groupby("code").tail(1).sort_values(value)
    # The height of the picture is also that of what stands below the years.
    least = NAME_PIXELS * (1 + STRIP) * top / (height - BELOW)
    at: dict[Any, float] = {}
    for place, end in ends[value].items():
        at[place] = max(float(end), max(at.values()) + least if at else 0.0)
    return frame.assign(name_at=pd.Series(at, dtype=float).reindex(frame.index))


def _names(frame: pd.DataFrame, place: Spec, colour: Spec) -> View:
    """The name of each line that stands out, at the end of the years; a narrow picture has the legend alone."""
    narrow = f"width < {NARROWEST_NAMED}"
    mark = {
        "type": "text",
        "align": "left",
        "dx": 6,
        "fontWeight": "bold",
        "opacity": {"expr": f"{narrow} ? 0 : 1"},
        # Unseen words would take room too.
        "limit": {"expr": f"{narrow} ? 1 : 0"},
    }
    at_end = {"x": place["x"] | {"field": "end"}, "y": quantity("name_at"), "text": name("label"), "color": colour}
    end = computed(end=f"{float(frame['year'].max()) + _half(frame) + 0.6}")
    return View(frame, mark, at_end, transform=(where("isValid(datum.name_at)"), *end))


def _axes(frame: pd.DataFrame, value: Value, top: float, wide: int | None) -> Spec:
    half = _half(frame)
    years = sorted({int(year) for year in frame["year"]}) if half else []
    low, high = int(frame["year"].min()) - half, int(frame["year"].max()) + half
    x = quantity(
        YEARS,
        # A panel has no room for it.
        title=None if wide else _below(frame, value),
        scale={"domain": [low - 0.6, high + 0.6], "nice": False, **_reach(frame, wide)},
        axis={
            "format": "d",
            "values": years or list(range(low, high + 1)),
            **({"labelExpr": f"(datum.value - {half}) + '–' + (datum.value + {half})"} if half else {}),
            "labelOverlap": "greedy",
            "labelSeparation": 6,
            "titlePadding": 10,
            "grid": False,
        },
    )
    y = quantity(
        value,
        scale={"domain": [-STRIP * top, top], "nice": False},
        axis={
            # Above each panel stands its place.
            "title": None if wide else _share_of(frame) if value == "share" else _("Practices"),
            "format": ".0%" if value == "share" else ",d",
            "values": _ticks(top, value),
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "start",
            "titleY": -8,
            "titleX": 0,
        },
    )
    return {"x": x, "y": y}


def _half(frame: pd.DataFrame) -> int:
    """How many years a period has before its middle and after it; none of a year."""
    return int((frame["year"] - frame["first_year"]).iloc[0]) if "period" in frame else 0


def _share_of(frame: pd.DataFrame) -> str:
    return _("Share of all practices of the period") if _half(frame) else _("Share of all practices of the year")


def _all_of(frame: pd.DataFrame) -> str:
    return _("All practices of the period") if _half(frame) else _("All practices of the year")


def _when(frame: pd.DataFrame) -> Spec:
    """The year or period of a mark that is pointed at."""
    if _half(frame):
        return name("period", title=_("Period"))
    return quantity("year", title=_("Year"), format="d")


def _reach(frame: pd.DataFrame, wide: int | None) -> Spec:
    """From where to where the years reach, with room for the names of the lines beside them."""
    if wide is not None:
        return {}
    pixels = text_pixels(frame[frame["name_at"].notna()]["label"], 13) + 10
    return {"range": [0, {"expr": f"width < {NARROWEST_NAMED} ? width : width - {pixels}"}]}


def _views(
    frame: pd.DataFrame,
    look: Look,
    colours: Mapping[str, str],
    *,
    value: Value,
    bands: bool,
    unfinished: tuple[int, int] | None,
    height: int,
    wide: int | None = None,
) -> list[View]:
    # A share of few practices is no point of a line; of counts none is too few.
    frame = frame.assign(
        **{YEARS: frame["year"]},
        broken=frame["few"] if value == "share" else False,
        once=~frame.duplicated(["place", "year"]),
        first_of_place=~frame.duplicated("place"),
    )
    bands = bands and value == "share"
    run = name("solid_run" if value == "share" else "run")
    top = _top(frame, "high" if bands else value)
    if wide is None:
        frame = _with_names(frame, value, top, height)
    place, colour = _axes(frame, value, top, wide), coloured("label", colours)
    # One frame for all: layers tell their rows apart themselves.
    enough, few = "!datum.broken", f"datum.broken && datum.chosen && datum.{value} <= {top}"
    chosen = (where(f"{enough} && datum.chosen"),)
    apart = {"detail": [name("code"), run]}
    grey = {"type": "line", "color": look.unknown, "strokeWidth": 1}
    views = [
        *_still_published(frame, unfinished, place, look, wide),
        View(frame, grey, place | apart, transform=(where(f"{enough} && !datum.chosen"),)),
    ]
    if bands:
        reach = {"y": quantity("low"), "y2": {"field": "high"}, "color": colour}
        views.append(View(frame, {"type": "area", "opacity": 0.14, "clip": True}, place | apart | reach, (), chosen))
    bold = place | {"color": colour, "detail": [run]}
    pointed_at = place | {"color": colour, "tooltip": _tooltip(frame)}
    hollow = {"type": "point", "size": 26, "strokeWidth": 1, "opacity": 0.55}
    # Every year of a line can be pointed at; only those that stand out have a dot.
    seen = {"opacity": {"value": 0.0, "condition": {"test": "datum.chosen", "value": 1.0}}}
    dot = {"type": "point", "filled": True, "size": 34}
    views += [
        View(frame, {"type": "line", "strokeWidth": 2.5}, bold, (), chosen),
        View(frame, hollow, pointed_at, (), (where(few),)),
        View(frame, dot, pointed_at | seen, (brushing(YEARS, look.amount),), (where(enough),)),
        _counts(frame, look, place, top, wide),
    ]
    return [*views, *([_names(frame, place, colour)] if wide is None else [])]


def _still_published(
    frame: pd.DataFrame, unfinished: tuple[int, int] | None, place: Spec, look: Look, wide: int | None
) -> list[View]:
    """A band over the drawn years of which more is still to be published; its words where there is room for them."""
    last = int(frame["year"].max()) + _half(frame)
    if unfinished is None or unfinished[0] > last:
        return []
    edges = computed(begin=f"{unfinished[0] - 0.5}", end=f"{min(unfinished[1], last) + 0.5}")
    # A layer with rows of its own could not stand in a panel.
    once = (where("datum.first_of_place"), *edges)
    begin, end = ({"x": place["x"] | {"field": field}} for field in ("begin", "end"))
    down = {"x2": {"field": "end"}, "y": {"value": 0}, "y2": {"value": "height"}}
    band = View(frame, {"type": "rect", "color": look.muted, "opacity": 0.13}, begin | down, (), once)
    if wide is not None:
        return [band]
    mark = {"type": "text", "align": "right", "baseline": "bottom", "dy": -5, "fontSize": 11, "color": look.muted}
    # There they would run into what the height is.
    mark |= {"opacity": {"expr": f"width < {NARROWEST_NAMED} ? 0 : 1"}}
    words = {"y": {"value": 0}, "text": {"datum": still_published_words()}}
    return [band, View(frame, mark, end | words, (), once)]


def _below(frame: pd.DataFrame, value: Value) -> list[str]:
    """What stands below the lines, and what the grey ones are."""
    few = [_("Grey numbers: fewer than 5")] if value == "share" and frame["few"].any() else []
    others = [] if frame["chosen"].all() else [_("Grey lines: the other groups")]
    each = _("Numbers: all practices of each period") if _half(frame) else _("Numbers: all practices of each year")
    return [each, *few, *others]


def _tooltip(frame: pd.DataFrame) -> list[Spec]:
    has_places = bool((frame["place_label"] != frame["label"]).any())
    return [
        name("label", title=_("Group")),
        *([name("place_label", title=_("Place"))] if has_places else []),
        _when(frame),
        name("share_words", title=_share_of(frame)),
        name("range_words", title=_("Could as well be, by chance")),
    ]


def _counts(frame: pd.DataFrame, look: Look, place: Spec, top: float, wide: int | None) -> View:
    """How many practices each year has, below zero; grey where they are few."""
    years = int(frame["year"].max() - frame["year"].min()) // (2 * _half(frame) + 1) + 1
    pixels, each = ("width", COUNT_PIXELS) if wide is None else (str(wide), PANEL_COUNT_PIXELS)
    upright = {"expr": f"{pixels} < {years * each} ? 270 : 0"}
    encoding = place | {
        "y": {"datum": -STRIP * top / 2},
        "text": quantity("of", format=",d"),
        "color": {"value": look.text, "condition": {"test": "datum.few", "value": look.muted}},
        "tooltip": [
            name("place_label", title=_("Place")),
            _when(frame),
            quantity("of", title=_all_of(frame), format=",d"),
        ],
    }
    mark = {"type": "text", "fontSize": 10, "baseline": "middle", "angle": upright}
    return View(frame, mark, encoding, (), (where("datum.once"),))


def _top(frame: pd.DataFrame, column: str) -> float:
    """The end of the axis: the next round number above all that a line or a band reaches."""
    solid = frame[~frame["broken"]]
    lines = solid if len(solid) else frame
    # Grey lines have no band.
    most = float((lines[lines["chosen"]] if column == "high" and lines["chosen"].any() else lines)[column].max())
    if column == "high":
        most = max(most, float(lines["share"].max()))
    if column != "practices":
        return min(1.0, max(0.1, math.ceil(most * 10 + 0.2) / 10))
    step: float = 10 ** max(0, math.floor(math.log10(max(most, 1)))) / 2
    return max(2.0, math.ceil(most / max(step, 1.0)) * max(step, 1.0))


def _ticks(top: float, value: Value) -> list[float]:
    if value == "share":
        step = 0.1 if top <= 0.5 else 0.2
        return [round(step * place, 2) for place in range(int(top / step + 0.001) + 1)]
    step = max(1, math.ceil(top / 5))
    return [float(count) for count in range(0, int(top) + 1, step)]
