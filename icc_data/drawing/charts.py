"""From a DataFrame to a chart, all in one look.

Every function takes small, labelled frames and the ``Look`` of the user's theme, and gives back a chart without data
wrangling of its own. A chart that can be clicked has a selection named ``pick``, one that can be brushed ``years``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from icc_data.drawing.palette import PALE, Look
from icc_data.drawing.plain import (
    PlainChart,
    View,
    band,
    brushing,
    coloured,
    computed,
    either,
    name,
    part_lines,
    quantity,
    tints,
    where,
)
from icc_data.drawing.row_labels import LABEL_LIMIT, plain_row_axis, row_height
from icc_data.i18n import language, number_locale
from icc_data.i18n import translate as _

PICK = "pick"
YEARS = "years"
FONT = '"Source Sans", "Source Sans Pro", sans-serif'
FEWEST_YEARS = 12
# Between the labels of an axis, pixels.
LABEL_SEPARATION = 6


def themed(chart: Any, look: Look, *, right: int = 8) -> Any:
    """The chart in the project's one look: plain axes, light grid, no frame, the page's own background."""
    return chart.configure(**_look(look, right))


def look_config(look: Look, *, right: int = 8) -> dict[str, Any]:
    """The same look as Vega-Lite's configuration."""
    config = _look(look, right)
    return {**config, "view": {"continuousWidth": 300, "continuousHeight": 300, **config["view"]}}


def _look(look: Look, right: int) -> dict[str, Any]:
    quiet: dict[str, Any] = {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleColor": look.muted,
    }
    if language() != "en":
        # Vega has English words alone for what axes and keys are; marks are read in the words of their tooltips.
        quiet["aria"] = False
    lines = {"gridColor": look.grid, "domainColor": look.grid, "tickColor": look.grid}
    return {
        "background": "transparent",
        "font": FONT,
        "padding": {"left": 2, "right": right, "top": 4, "bottom": 2},
        "view": {"stroke": None},
        # Numbers of an axis that would touch each other are too many.
        "axis": {
            **quiet,
            **lines,
            "labelColor": look.muted,
            "labelLimit": {"expr": LABEL_LIMIT},
            "labelSeparation": LABEL_SEPARATION,
        },
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False},
        "legend": {**quiet, "labelColor": look.text},
        "text": {"color": look.text, "fontSize": 12, "font": FONT},
        "title": {"color": look.text, "fontSize": 13, "anchor": "start"},
        "locale": {"number": number_locale()},
    }


def with_edges(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with where the bar of their ``year`` begins (the column ``YEARS``) and ends (``next``)."""
    return frame.assign(**{YEARS: frame["year"] - 0.5, "next": frame["year"] + 0.5})


def brushed_years(low: float, high: float) -> tuple[int, int]:
    """The first and last year that a brush over the bars of ``with_edges`` means.

    A bar belongs to it when at least half of the bar lies in it; where it covers half of none, the bar below its
    middle does.

    Args:
        low, high: where the brush ends on the axis, in years, in either order.
    """
    low, high = min(low, high), max(low, high)
    first, last = math.ceil(low), math.floor(high)
    if first > last:
        first = last = round((low + high) / 2)
    return first, last


def plain_year_axis(frame: pd.DataFrame, until: int | None = None) -> dict[str, Any]:
    """The axis on which the bars of ``with_edges`` stand, from the first ``year`` to the last, with round years.

    Args:
        frame: the rows.
        until: a year to which the axis reaches at least.
    """
    low, high = int(frame["year"].min()), max(int(frame["year"].max()), until or 0)
    # A year or two alone would be bars as wide as the page.
    room = max(0.6, (FEWEST_YEARS - (high - low)) / 2)
    return quantity(
        YEARS,
        bin="binned",
        title=None,
        scale={"domain": [low - room, high + room], "nice": False},
        axis={"format": "d", "values": _ticks(low, high), "grid": False, "labelOverlap": True, "labelSeparation": 5},
    )


def _ticks(low: int, high: int) -> list[int]:
    step = next(step for step in (1, 2, 5, 10, 20, 50) if (high - low) / step <= 12)
    return [year for year in range(low, high + 1) if year % step == 0] or [low]


def plain_count_axis(title: str) -> dict[str, Any]:
    """An axis of whole numbers with its title above it."""
    above = {"titleAngle": 0, "titleAlign": "left", "titleY": -8, "titleX": 0}
    return {"title": title, "tickMinStep": 1, "format": ",d", **above}


def still_published_words() -> str:
    """What stands at the band over the last years."""
    return _("still being published")


def with_band(views: list[View], years: tuple[int, int] | None, look: Look) -> list[View]:
    """Views by year, with a band over the years of which more is still to be published.

    Args:
        views: what stands in front of the band and behind its words.
        years: the first and last of these years; None for no band.
        look: the user's theme.
    """
    if years is None:
        return views
    behind, words = band(years, still_published_words(), look.muted)
    return [behind, *views, words]


def year_bars(
    frame: pd.DataFrame,
    look: Look,
    *,
    colours: Mapping[str, str] | None = None,
    parts: tuple[str, str] | None = None,
    unfinished: tuple[int, int] | None = None,
    count_title: str = "",
    brush: bool = True,
    height: int = 300,
) -> Any:
    """Bars by year, stacked where ``colours`` gives each label its colour.

    Args:
        frame: ``year, practices`` and, with ``colours``, ``label``; one row a year and label. With ``parts`` what
            ``analysis.years.in_parts`` gives.
        look: the user's theme.
        colours: colour by label, in the order of the stack.
        parts: the words of the sure part and of the paler one.
        unfinished: the first and last year of which more is still to be published.
        count_title: what the bars count, where not practices.
        brush: let the user drag over years (selection ``years``).
        height: pixels.
    """
    tooltip = [quantity("year", title=_("Year"), format="d")]
    if colours:
        tooltip.append(name("label", title=_("Group")))
    tooltip += [quantity("practices", title=_("Practices"), format=",d"), *part_lines(parts)]
    column = "count" if parts else "practices"
    axis = plain_count_axis(count_title or _("Practices"))
    # Where no year has two, the axis would say 0, 1 and 1.
    if not frame.groupby("year")[column].sum().max() > 1:
        axis["values"] = [0, 1]
    encoding = {
        "x": plain_year_axis(frame, unfinished[1] if unfinished else None),
        "x2": {"field": "next"},
        "y": quantity(column, stack="zero", axis=axis),
        "tooltip": tooltip,
    }
    if colours:
        encoding |= {"color": coloured("label", colours), "order": quantity("rank")}
        if parts:
            encoding["stroke"] = coloured("label", colours)
    if parts:
        encoding |= tints(parts)
    mark = {"type": "bar", "color": look.amount, "stroke": look.amount if parts else None, "binSpacing": 2}
    bars = View(with_edges(frame), mark, encoding, (brushing(YEARS, look.amount),) if brush else ())
    return PlainChart(on_band(bars, unfinished, look), height, look_config(look))


def on_band(bars: View, years: tuple[int, int] | None, look: Look) -> list[View]:
    """Bars by year, with a band over the years of which more is still to be published: see ``with_band``."""
    if years is None:
        return [bars]
    said, title = still_published_words(), str(bars.encoding["y"].get("axis", {}).get("title") or "")
    beside = text_pixels(pd.Series([f"{title} {said}"]), 12)
    behind, words = band(years, said, look.muted, beside=beside)
    return [behind, bars, words]


def ranked_bars(
    frame: pd.DataFrame,
    look: Look,
    *,
    colours: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    value: str = "practices",
    value_title: str = "",
    pick: bool = True,
    chosen: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
) -> Any:
    """Horizontal bars in the order of the frame, each with its number at the end.

    Args:
        frame: ``code, label``, the value, and ``text``: the words at the end of a bar.
        look: the user's theme.
        colours: colour by code; else the colour of amounts.
        groups: what has the colour of each code, in words, where codes share colours; a picture's legend names them.
        value: the column that gives the length.
        value_title: what the value is, for the tooltip.
        pick: let the user click a bar (selection ``pick`` on ``code``).
        chosen: codes whose bars stand out; where none is there, all are alike.
        details: more columns for the tooltip, with their titles.
    """
    if groups:
        frame = frame.assign(group=frame["code"].map(groups))
    tooltip = [
        name("label", title=_("Name")),
        quantity(value, title=value_title or _("Practices"), format=",d"),
        *(either(frame, column, title=title) for column, title in (details or {}).items()),
    ]
    most = float(max(frame[value].max(), 1)) if len(frame) else 1.0
    place = {
        "y": name("label", sort=None, title=None, axis=plain_row_axis(frame["label"], look)),
        "x": quantity(value, axis=None, scale={"domain": [0, most], "range": room_for(frame["text"])}),
        "tooltip": tooltip,
    }
    encoding = dict(place)
    if colours:
        by = {groups[code]: colours[code] for code in colours} if groups else colours
        encoding["color"] = coloured("group" if groups else "code", by)
    if set(chosen) & set(frame["code"]):
        stands_out = {"test": f"indexof({json.dumps(list(chosen))}, datum.code) >= 0", "value": 1.0}
        encoding["opacity"] = {"value": 0.3, "condition": stands_out}
    mark = {"type": "bar", "color": look.amount, "cornerRadiusEnd": 2, "height": 14}
    picking = {"name": PICK, "select": {"type": "point", "fields": ["code"], "on": "click"}}
    cursor = {"cursor": "pointer" if pick else "default"}
    bars = View(frame, {**mark, **cursor}, encoding, (picking,) if pick else ())
    words = View(
        frame, {"type": "text", "align": "left", "dx": 5, "color": look.muted}, {**place, "text": name("text")}
    )
    height = row_height(frame["label"]) * (max(len(frame), 1) + 1)
    return PlainChart([bars, words], height, look_config(look))


def room_for(words: pd.Series[Any]) -> list[Any]:
    """From where to where bars reach, so that the words at the end of the longest keep their pixels on every screen."""
    pixels = text_pixels(words, 12) + 10
    return [0, {"expr": f"max(24, width - {pixels})"}]


def text_pixels(words: Iterable[Any], size: int) -> int:
    """About how many pixels the longest of some texts is wide in letters of a size."""
    return int(max((len(str(word)) for word in words), default=0) * size * 0.56)


def span_lines(frame: pd.DataFrame, look: Look, colours: Mapping[str, str], *, as_of: int) -> Any:
    """One line a practice, its title above it: full as far as known, paler as far as said; a triangle where it goes on.

    Args:
        frame: ``practice_id, title, start_year, known_until, last_active_year, ongoing, when_text, described_when,
            city_names, label`` in the order of the lines; ``label`` is the commitment that gives the colour.
        look: the user's theme.
        colours: colour by label.
        as_of: the data's year, where open lines end.
    """
    low, high = int(frame["start_year"].min()), max(int(frame["last_active_year"].max()), as_of)
    scale = {"domain": [low - 0.7, high + 1.2], "nice": False}
    along = {
        "title": None,
        "scale": scale,
        "axis": {"format": "d", "values": _ticks(low, high), "orient": "top", "grid": True},
    }
    encoding = {
        "y": name("practice_id", sort=None, axis=None),
        "color": coloured("label", colours),
        "tooltip": [
            name("title", title=_("Practice")),
            name("city_names", title=_("Cities")),
            name("when_text", title=_("Year as published")),
            name("described_when", title=_("The description says")),
            name("label", title=_("Commitment")),
        ],
    }
    reach = encoding | {"x": quantity("first", **along), "x2": {"field": "last"}}
    bar = {"type": "bar", "height": 8, "cornerRadius": 3, "yOffset": 9}
    lines = View(frame, bar, reach, transform=computed(first="datum.start_year - 0.4", last="datum.known_until + 0.4"))
    stated = View(
        frame,
        {**bar, "fillOpacity": PALE, "opacity": 1, "strokeWidth": 1},
        reach | {"stroke": coloured("label", colours)},
        transform=(
            where("datum.last_active_year > datum.known_until"),
            *computed(first="datum.known_until + 0.4", last="datum.last_active_year + 0.4"),
        ),
    )
    arrows = View(
        frame,
        {"type": "point", "shape": "triangle-right", "filled": True, "size": 150, "opacity": 1, "yOffset": 9},
        encoding | {"x": quantity("last", **along)},
        transform=(where("datum.ongoing"), *computed(last="datum.last_active_year + 0.6")),
    )
    # All titles begin at the left, as in a list: none can leave the picture, however narrow it is.
    titles = View(
        frame,
        {"type": "text", "align": "left", "baseline": "middle", "dy": -5, "limit": {"expr": "width"}},
        encoding | {"x": {"value": 0}, "text": name("title"), "color": {"value": look.text}},
    )
    return PlainChart([lines, stated, arrows, titles], 34 * max(len(frame), 1), look_config(look))


def joining_bars(frame: pd.DataFrame, look: Look, *, height: int = 240) -> Any:
    """Cities joining by year as bars, and all cities so far as a line with its last value.

    Args:
        frame: ``year, cities, cumulated, names``, years known.
        look: the user's theme.
        height: pixels.
    """
    x, frame = plain_year_axis(frame), with_edges(frame)
    bars = View(
        frame,
        {"type": "bar", "color": look.amount, "binSpacing": 2},
        {
            "x": x,
            "x2": {"field": "next"},
            "y": quantity("cities", axis=plain_count_axis(_("Cities"))),
            "tooltip": [
                quantity("year", title=_("Year"), format="d"),
                quantity("cities", title=_("Joined"), format=",d"),
                quantity("cumulated", title=_("So far"), format=",d"),
                name("names", title=_("Cities")),
            ],
        },
    )
    at = {"x": quantity("year", title=None), "y": quantity("cumulated")}
    line = View(frame, {"type": "line", "color": look.text, "strokeWidth": 2, "interpolate": "step-after"}, at)
    words = {"type": "text", "align": "right", "dy": -9, "color": look.muted}
    end = View(frame.tail(1), words, at | {"text": name("words")})
    return PlainChart([bars, line, end], height, look_config(look))
