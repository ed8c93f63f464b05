"""Shares by year as lines: few stand out, the rest is grey, and how many practices a year has stands below it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from icc_data.drawing.charts import YEARS, still_published_words, text_pixels, themed
from icc_data.drawing.palette import Look
from icc_data.i18n import translate as _

Value = Literal["share", "practices"]

# Two of them side by side, with their axis, are no wider than a page on a screen of 1280 pixels.
PANEL_WIDTH, PANEL_HEIGHT = 425, 150
PANELS_A_ROW = 2
# The strip below zero in which the years' practices stand, as a part of the height above it.
STRIP = 0.11
# Where a year has less, its number stands upright.
COUNT_PIXELS = 21
# Between the names of two lines at their ends, and the narrowest picture that has room for them, in pixels.
NAME_PIXELS, NARROWEST_NAMED = 15, 430
# What the height of a picture has below its years, in pixels.
BELOW = 90
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
        frame: what ``analysis.shares.lines`` gives, of one place.
        look: the user's theme.
        colours: colour by label, of the groups that stand out.
        value: what the height of a line is.
        bands: draw the 95 % interval of the groups that stand out.
        unfinished: the first and last year of which more is still to be published.
        height: pixels.
    """
    layers = _layers(frame, look, colours, value=value, bands=bands, unfinished=unfinished, height=height)
    return themed(layers.properties(height=height), look)


def share_panels(
    frame: pd.DataFrame,
    look: Look,
    colours: Mapping[str, str],
    *,
    value: Value,
    bands: bool,
    places: Sequence[str],
    unfinished: tuple[int, int] | None = None,
) -> Any:
    """The lines of ``share_lines``, one panel a place, all on the same scales.

    Args:
        frame: what ``analysis.shares.lines`` gives, of several places.
        look: the user's theme.
        colours: colour by label, of the groups that stand out.
        value: what the height of a line is.
        bands: draw the 95 % interval of the groups that stand out.
        places: labels of the places in their order.
        unfinished: the first and last year of which more is still to be published.
    """
    layers = _layers(
        frame, look, colours, value=value, bands=bands, unfinished=unfinished, wide=PANEL_WIDTH, height=PANEL_HEIGHT
    )
    header = alt.Header(title=None, labelColor=look.text, labelFontSize=13, labelAnchor="start", labelFontWeight="bold")
    panels = layers.properties(width=PANEL_WIDTH, height=PANEL_HEIGHT).facet(
        facet=alt.Facet("place_label:N", sort=list(places), header=header), columns=PANELS_A_ROW
    )
    return themed(panels.resolve_axis(x="independent"), look)


def _with_names(frame: pd.DataFrame, value: Value, top: float, height: int) -> pd.DataFrame:
    """The rows with ``name_at``: how high the name of a line stands beside its end, none over another; else missing."""
    ends = frame[frame["chosen"] & ~frame["broken"]].sort_values("year").groupby("code").tail(1).sort_values(value)
    # The height of the picture is also that of what stands below the years.
    least = NAME_PIXELS * (1 + STRIP) * top / (height - BELOW)
    at: dict[Any, float] = {}
    for place, end in ends[value].items():
        at[place] = max(float(end), max(at.values()) + least if at else 0.0)
    return frame.assign(name_at=pd.Series(at, dtype=float).reindex(frame.index))


def _names(base: Any, frame: pd.DataFrame, x: alt.X, colour: alt.Color) -> Any:
    """The name of each line that stands out, at the end of the years; a narrow picture has the legend alone."""
    end = float(frame["year"].max()) + 0.6
    narrow = f"width < {NARROWEST_NAMED}"
    return (
        base.transform_filter("isValid(datum.name_at)")
        .transform_calculate(end=f"{end}")
        .mark_text(
            align="left",
            dx=6,
            fontWeight="bold",
            opacity=alt.ExprRef(f"{narrow} ? 0 : 1"),
            # Unseen words would take room too.
            limit=alt.ExprRef(f"{narrow} ? 1 : 0"),
        )
        .encode(
            x=alt.X("end:Q", **{name: x[name] for name in ("title", "scale", "axis")}),
            y=alt.Y("name_at:Q"),
            text="label:N",
            color=colour,
        )
    )


def _axes(frame: pd.DataFrame, value: Value, top: float, wide: int | None) -> tuple[alt.X, alt.Y]:
    low, high = int(frame["year"].min()), int(frame["year"].max())
    x = alt.X(
        f"{YEARS}:Q",
        # A panel has no room for it.
        title=None if wide else _below(frame, value),
        scale=alt.Scale(domain=[low - 0.6, high + 0.6], nice=False, range=_reach(frame, wide)),
        axis=alt.Axis(
            format="d",
            values=list(range(low, high + 1)),
            labelOverlap="greedy",
            labelSeparation=6,
            titlePadding=10,
            grid=False,
        ),
    )
    y = alt.Y(
        f"{value}:Q",
        scale=alt.Scale(domain=[-STRIP * top, top], nice=False),
        axis=alt.Axis(
            # Above each panel stands its place.
            title=None if wide else _("Share of all practices of the year") if value == "share" else _("Practices"),
            format=".0%" if value == "share" else ",d",
            values=_ticks(top, value),
            titleAngle=0,
            titleAlign="left",
            titleAnchor="start",
            titleY=-8,
            titleX=0,
        ),
    )
    return x, y


def _reach(frame: pd.DataFrame, wide: int | None) -> Any:
    """From where to where the years reach, with room for the names of the lines beside them."""
    if wide is not None:
        return alt.Undefined
    pixels = text_pixels(frame[frame["name_at"].notna()]["label"], 13) + 10
    return [0, alt.ExprRef(f"width < {NARROWEST_NAMED} ? width : width - {pixels}")]


def _layers(
    frame: pd.DataFrame,
    look: Look,
    colours: Mapping[str, str],
    *,
    value: Value,
    bands: bool,
    unfinished: tuple[int, int] | None,
    height: int,
    wide: int | None = None,
) -> Any:
    # A share of few practices is no point of a line; of counts none is too few.
    frame = frame.assign(
        **{YEARS: frame["year"]},
        broken=frame["few"] if value == "share" else False,
        once=~frame.duplicated(["place", "year"]),
        first_of_place=~frame.duplicated("place"),
    )
    bands = bands and value == "share"
    run = "solid_run:N" if value == "share" else "run:N"
    top = _top(frame, "high" if bands else value)
    has_places = bool((frame["place_label"] != frame["label"]).any())
    if wide is None:
        frame = _with_names(frame, value, top, height)
    x, y = _axes(frame, value, top, wide)
    colour = alt.Color("label:N", legend=None, scale=alt.Scale(domain=list(colours), range=list(colours.values())))
    # One frame for all: layers tell their rows apart themselves.
    base = alt.Chart(frame).encode(x=x, y=y)
    enough, few = "!datum.broken", f"datum.broken && datum.chosen && datum.{value} <= {top}"
    grey = base.transform_filter(f"{enough} && !datum.chosen").mark_line(color=look.unknown, strokeWidth=1)
    bold = base.transform_filter(f"{enough} && datum.chosen").mark_line(strokeWidth=2.5)
    layers = [*_still_published(base, frame, unfinished, x, look, wide), grey.encode(detail=["code:N", run])]
    if bands:
        band = base.transform_filter(f"{enough} && datum.chosen").mark_area(opacity=0.14, clip=True)
        layers.append(band.encode(y=alt.Y("low:Q"), y2="high:Q", color=colour, detail=["code:N", run]))
    layers += [
        bold.encode(color=colour, detail=[run]),
        base.transform_filter(few)
        .mark_point(size=26, strokeWidth=1, opacity=0.55)
        .encode(color=colour, tooltip=_tooltip(has_places=has_places)),
        _pointed_at(base.transform_filter(enough), look, colour, has_places=has_places),
        _counts(base, look, top, int(frame["year"].max() - frame["year"].min()) + 1, wide),
    ]
    if wide is None:
        layers.append(_names(base, frame, x, colour))
    return alt.layer(*layers)


def _still_published(
    base: Any, frame: pd.DataFrame, unfinished: tuple[int, int] | None, x: alt.X, look: Look, wide: int | None
) -> list[Any]:
    """A band over the drawn years of which more is still to be published; its words where there is room for them."""
    last = int(frame["year"].max())
    if unfinished is None or unfinished[0] > last:
        return []
    edges = {"begin": f"{unfinished[0] - 0.5}", "end": f"{min(unfinished[1], last) + 0.5}"}
    # A layer with rows of its own could not stand in a panel.
    once = base.transform_filter("datum.first_of_place").transform_calculate(**edges)
    at = {name: x[name] for name in ("title", "scale", "axis")}
    band = once.mark_rect(color=look.muted, opacity=0.13).encode(
        x=alt.X("begin:Q", **at), x2="end:Q", y=alt.value(0), y2=alt.value("height")
    )
    if wide is not None:
        return [band]
    words = once.mark_text(align="right", baseline="bottom", dy=-5, fontSize=11, color=look.muted)
    words_of_band = words.encode(x=alt.X("end:Q", **at), y=alt.value(0), text=alt.datum(still_published_words()))
    return [band, words_of_band]


def _below(frame: pd.DataFrame, value: Value) -> list[str]:
    """What stands below the lines, and what the grey ones are."""
    grey = _("Numbers: all practices of each year; grey: fewer than 5")
    numbers = grey if value == "share" and frame["few"].any() else _("Numbers: all practices of each year")
    return [numbers, *([] if frame["chosen"].all() else [_("Grey lines: the other groups")])]


def _pointed_at(base: Any, look: Look, colour: alt.Color, *, has_places: bool) -> Any:
    # Every year of a line can be pointed at; only those that stand out have a dot.
    dots = base.mark_point(filled=True, size=34).encode(
        color=colour,
        opacity=alt.OpacityValue(0.0, condition={"test": "datum.chosen", "value": 1.0}),
        tooltip=_tooltip(has_places=has_places),
    )
    return dots.add_params(
        alt.selection_interval(
            name=YEARS,
            encodings=["x"],
            mark=alt.BrushConfig(fill=look.amount, fillOpacity=0.12, stroke=look.amount),
        )
    )


def _tooltip(*, has_places: bool) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title=_("Group")),
        *([alt.Tooltip("place_label:N", title=_("Place"))] if has_places else []),
        alt.Tooltip("year:Q", title=_("Year"), format="d"),
        alt.Tooltip("share_words:N", title=_("Share of all practices of the year")),
        alt.Tooltip("range_words:N", title=_("Could as well be, by chance")),
    ]


def _counts(base: Any, look: Look, top: float, years: int, wide: int | None) -> Any:
    """How many practices each year has, below zero; grey where they are few."""
    pixels, each = ("width", COUNT_PIXELS) if wide is None else (str(wide), PANEL_COUNT_PIXELS)
    return (
        base.transform_filter("datum.once")
        .mark_text(fontSize=10, baseline="middle", angle=alt.ExprRef(f"{pixels} < {years * each} ? 270 : 0"))
        .encode(
            y=alt.datum(-STRIP * top / 2),
            text=alt.Text("of:Q", format=",d"),
            color=alt.ColorValue(look.text, condition={"test": "datum.few", "value": look.muted}),
            tooltip=[
                alt.Tooltip("place_label:N", title=_("Place")),
                alt.Tooltip("year:Q", title=_("Year"), format="d"),
                alt.Tooltip("of:Q", title=_("All practices of the year"), format=",d"),
            ],
        )
    )


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
