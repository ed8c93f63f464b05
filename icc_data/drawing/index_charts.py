"""Charts of the Intercultural Cities Index, in the look of ``charts.py``; scores stand on a scale from 0 to 100."""

from __future__ import annotations

import json
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from icc_data.drawing.charts import PICK, themed
from icc_data.drawing.palette import Look, mix
from icc_data.drawing.row_labels import row_axis, row_height
from icc_data.i18n import number
from icc_data.i18n import translate as _

# Pixels: of the column of texts beside a chart, of its heading above, of a cell with two lines, of a dot of many.
BESIDE, HEADING, CELL, DOT = 74, -6, 34, 14
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
SCALE = alt.Scale(domain=[0, 100], nice=False)
# Characters of a line of a column's name, and pixels of its height.
COLUMN_WIDTH, COLUMN_LINE = 12, 13


def _labels(look: Look, frame: pd.DataFrame) -> alt.Y:
    # Layers that draw some of the rows only would put theirs first, so the order is said.
    order = list(dict.fromkeys(frame["label"]))
    return alt.Y("label:N", sort=order, title=None, axis=row_axis(order, look))


def _height(labels: pd.Series[Any]) -> int:
    return row_height(labels) * (max(labels.nunique(), 1) + 1)


def _score_axis(*, orient: Any = "top") -> alt.Axis:
    return alt.Axis(title=None, grid=True, orient=orient, values=[0, 25, 50, 75, 100], format="d")


def _beside(base: alt.Chart, look: Look, heading: str) -> Any:
    words: dict[str, Any] = {"align": "right", "dx": BESIDE - 4, "color": look.text}
    texts = base.mark_text(**words).encode(x=alt.value("width"), text="text:N")
    head = alt.Chart(pd.DataFrame({"heading": [heading]}))
    head = head.mark_text(**{**words, "color": look.muted, "baseline": "bottom"})
    return texts + head.encode(x=alt.value("width"), y=alt.value(HEADING), text="heading:N")


def score_bands(frame: pd.DataFrame, look: Look, *, own: str, heading: str) -> Any:
    """Where the cities' scores lie in each policy area, and a dot on it: the average, or one city's score.

    Args:
        frame: ``label, own, average, q1, median, q3, cities, text`` in the order of the rows; a missing ``own`` is not
            drawn.
        look: the user's theme.
        own: what the dot is.
        heading: what the texts are; they stand in a column of their own at the right.
    """
    tooltip = [
        alt.Tooltip("label:N", title=_("Policy area")),
        alt.Tooltip("own:Q", title=own, format=".1~f"),
        alt.Tooltip("median:Q", title=_("Median"), format=".1~f"),
        alt.Tooltip("average:Q", title=_("Average"), format=".1~f"),
        alt.Tooltip("q1:Q", title=_("First quartile"), format=".1~f"),
        alt.Tooltip("q3:Q", title=_("Third quartile"), format=".1~f"),
        alt.Tooltip("cities:Q", title=_("Cities"), format=",d"),
    ]
    base = alt.Chart(frame, height=_height(frame["label"])).encode(y=_labels(look, frame), tooltip=tooltip)

    def at(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=SCALE, axis=_score_axis())

    band = mix(look.background, look.amount, 0.3)
    bands = base.mark_bar(height=12, color=band, stroke=look.ramp[3], strokeWidth=1, cornerRadius=3)
    bands = bands.encode(x=at("q1"), x2="q3:Q")
    medians = base.mark_tick(color=look.less, thickness=3, size=17).encode(x=at("median"))
    dots = base.mark_circle(size=100, color=look.amount, opacity=1).encode(x=at("own"))
    return themed(bands + medians + dots + _beside(base, look, heading), look, right=BESIDE)


def score_cells(frame: pd.DataFrame, look: Look, *, columns: Sequence[str], column_title: str) -> Any:
    """Medians in a grid, each with its number of cities below it; the darker, the higher.

    Args:
        frame: ``label, column, median, average, q1, q3, cities, count`` (the number of cities in words), a row a cell,
            rows in their order.
        look: the user's theme.
        columns: the columns in their order.
        column_title: what a column is, for the tooltip.
    """
    wrapped = {name: "\n".join(wrap(name, COLUMN_WIDTH, break_long_words=False)) for name in columns}
    frame = frame.assign(column=frame["column"].map(wrapped))
    lines = max((name.count("\n") for name in wrapped.values()), default=0)
    low, high = float(frame["median"].min()), float(frame["median"].max())
    high = max(high, low + 1)
    rows = list(dict.fromkeys(frame["label"]))
    base = alt.Chart(frame, height=CELL * max(len(rows), 1)).encode(
        x=alt.X(
            "column:N",
            sort=list(wrapped.values()),
            title=None,
            axis=alt.Axis(
                orient="top",
                labelAngle=0,
                labelColor=look.text,
                labelExpr="split(datum.label, '\\n')",
                labelLineHeight=COLUMN_LINE,
                # Further lines hang below the first.
                labelPadding=4 + COLUMN_LINE * lines,
                labelOverlap=False,
                domain=False,
                ticks=False,
            ),
        ),
        y=alt.Y("label:N", sort=rows, title=None, axis=row_axis(rows, look)),
        tooltip=[
            alt.Tooltip("label:N", title=_("Policy area")),
            alt.Tooltip("column:N", title=column_title),
            alt.Tooltip("median:Q", title=_("Median"), format=".1~f"),
            alt.Tooltip("average:Q", title=_("Average"), format=".1~f"),
            alt.Tooltip("q1:Q", title=_("First quartile"), format=".1~f"),
            alt.Tooltip("q3:Q", title=_("Third quartile"), format=".1~f"),
            alt.Tooltip("cities:Q", title=_("Cities"), format=",d"),
        ],
    )
    shade = alt.Color("median:Q", scale=alt.Scale(range=list(look.ramp[:5]), domain=[low, high]), legend=None)
    cells = base.mark_rect(stroke=look.background, strokeWidth=1.5, cornerRadius=2).encode(color=shade)
    # Where black and white have the same contrast to the shade the words turn.
    plain, turned, share = ("#000000", "#ffffff", 0.55) if look.name == "light" else ("#ffffff", "#000000", 0.8)
    much = f"datum.median > {low + share * (high - low)}"
    ink = alt.ColorValue(plain, condition={"test": much, "value": turned})
    numbers = base.mark_text(fontSize=13, dy=-6).encode(text=alt.Text("median:Q", format=".0f"), color=ink)
    counts = base.mark_text(fontSize=10.5, dy=8).encode(text="count:N", color=ink)
    return themed(cells + numbers + counts, look)


def edition_bars(frame: pd.DataFrame, look: Look) -> Any:
    """Of the cities that each edition compares, those with a report known and those with a score here.

    Args:
        frame: ``label`` (the edition), ``compared`` (missing where not said), ``reported, scored, text``, in the order
            of the rows.
        look: the user's theme.
    """
    tooltip = [
        alt.Tooltip("label:N", title=_("Edition")),
        alt.Tooltip("scored:Q", title=_("Cities with a score here"), format=",d"),
        alt.Tooltip("reported:Q", title=_("Cities with a report known"), format=",d"),
        alt.Tooltip("compared:Q", title=_("Cities compared by the programme"), format=",d"),
    ]
    most = float(frame[["compared", "reported", "scored"]].max().max())
    base = alt.Chart(frame, height=_height(frame["label"])).encode(y=_labels(look, frame), tooltip=tooltip)

    def bars(column: str, height: int, colour: str) -> Any:
        x = alt.X(f"{column}:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=None)
        return base.mark_bar(height=height, color=colour, cornerRadiusEnd=2).encode(x=x)

    compared, reported = bars("compared", 16, look.unknown), bars("reported", 10, look.less)
    scored = bars("scored", 10, look.amount)
    return themed(compared + reported + scored + _beside(base, look, _("Scores")), look, right=BESIDE)


def named_scores(frame: pd.DataFrame, look: Look, *, chosen: str | None = None) -> Any:
    """The overall scores of few cities, each by name under the heading of its edition.

    Args:
        frame: in the order of the rows ``key`` (its own), ``label`` (the city), ``heading`` (of an edition's first
            row, which has nothing else), ``code, score, text``.
        look: the user's theme.
        chosen: the code of a city that stands out.
    """
    names = dict(zip(frame["key"], frame["label"], strict=True))
    axis = alt.Axis(labelColor=look.text, labelPadding=8, labelExpr=_lookup(names))
    base = alt.Chart(frame, height=_height(frame["label"])).encode(
        y=alt.Y("key:N", sort=list(names), title=None, axis=axis)
    )
    scored = base.transform_filter("isValid(datum.score)").encode(
        tooltip=[
            alt.Tooltip("label:N", title=_("City")),
            alt.Tooltip("edition:N", title=_("Edition")),
            alt.Tooltip("score:Q", title=_("Score"), format=".1~f"),
            alt.Tooltip("text:N", title=_("Rank")),
        ]
    )
    x = alt.X("score:Q", scale=SCALE, axis=_score_axis())
    colour: Any = alt.value(look.amount)
    if chosen is not None:
        colour = alt.condition(alt.datum.code == chosen, alt.value(look.amount), alt.value(look.ramp[3]))
    lines = scored.mark_rule(color=look.grid, strokeWidth=2).encode(x=x, x2=alt.datum(0))
    dots = scored.mark_circle(size=110, opacity=1, cursor="pointer").encode(x=x, color=colour)
    dots = dots.add_params(alt.selection_point(name=PICK, fields=["code"], on="click"))
    values = scored.mark_text(align="left", dx=9).encode(x=x, text=alt.Text("score:Q", format=".1~f"))
    heads = base.mark_text(align="left", fontWeight="bold", color=look.muted).encode(x=alt.value(2), text="heading:N")
    return themed(lines + dots + values + heads + _beside(scored, look, _("Rank")), look, right=BESIDE)


def _lookup(names: dict[str, str]) -> str:
    """A Vega expression that gives each key its name."""
    return f"{json.dumps(names)}[datum.value]"


def score_dots(frame: pd.DataFrame, look: Look, *, median: float, chosen: str | None = None) -> Any:
    """A dot a city, those with about the same score on top of each other (Wilkinson 1999).

    Args:
        frame: ``code, label, score, bin`` (where the dot stands), ``place`` (from 1, in its pile), ``rank`` in words.
        look: the user's theme.
        median: of all.
        chosen: the code of a city that stands out.
    """
    most = int(frame["place"].max()) if len(frame) else 1
    y = alt.Y("place:Q", axis=None, scale=alt.Scale(domain=[0.3, max(most, 6) + 1.4], nice=False))
    at_score = alt.X("bin:Q", scale=SCALE, axis=_score_axis(orient="bottom"))
    base = alt.Chart(frame, height=max(most, 6) * DOT + 34).encode(
        x=at_score,
        y=y,
        tooltip=[
            alt.Tooltip("label:N", title=_("City")),
            alt.Tooltip("score:Q", title=_("Score"), format=".1~f"),
            alt.Tooltip("rank:N", title=_("Rank")),
        ],
    )
    dots = base.mark_circle(size=80, opacity=1, color=look.ramp[3], cursor="pointer")
    dots = dots.add_params(alt.selection_point(name=PICK, fields=["code"], on="click"))
    if chosen is not None:
        own = base.transform_filter(alt.datum.code == chosen)
        name = own.mark_text(dy=-13, fontWeight="bold", stroke=look.background, strokeWidth=3, strokeOpacity=0.9)
        over = own.mark_text(dy=-13, fontWeight="bold", color=look.text)
        dots = dots + own.mark_circle(size=170, opacity=1, color=look.less) + name.encode(text="label:N")
        dots = dots + over.encode(text="label:N")
    middle = alt.Chart(pd.DataFrame({"median": [median], "words": [_("Median {value}").format(value=number(median))]}))
    at = alt.X("median:Q", scale=SCALE)
    rule = middle.mark_rule(color=look.muted, strokeDash=[4, 3]).encode(x=at)
    words = middle.mark_text(align="left", dx=5, color=look.muted).encode(x=at, y=alt.value(8), text="words:N")
    return themed(rule + dots + words, look)


def edition_colours(look: Look, count: int) -> list[str]:
    """The shades of so many editions, from the oldest to the newest ever further from the background."""
    steps = look.ramp[3:]
    return [_between(steps, place / max(count - 1, 1)) for place in range(count)]


def _between(steps: Sequence[str], share: float) -> str:
    position = share * (len(steps) - 1)
    low = min(int(position), len(steps) - 2)
    return mix(steps[low], steps[low + 1], position - low)


def path_dots(frame: pd.DataFrame, look: Look, *, editions: Sequence[str], heading: str) -> Any:
    """A city's score in each policy area from edition to edition, the newest darkest, joined by a line.

    Args:
        frame: ``label, edition, score, low, high`` (of all editions) and ``text`` (the change in words), a row an area
            and edition, in the order of the rows.
        look: the user's theme.
        editions: those drawn, the oldest first.
        heading: what the texts are.
    """
    shades = edition_colours(look, len(editions))
    base = alt.Chart(frame, height=_height(frame["label"])).encode(
        y=_labels(look, frame),
        tooltip=[
            alt.Tooltip("label:N", title=_("Policy area")),
            alt.Tooltip("edition:N", title=_("Edition")),
            alt.Tooltip("score:Q", title=_("Score"), format=".1~f"),
            alt.Tooltip("text:N", title=heading),
        ],
    )

    def at(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=SCALE, axis=_score_axis())

    newest = base.transform_filter(alt.datum.edition == editions[-1])
    lines = newest.mark_rule(color=look.grid, strokeWidth=4).encode(x=at("low"), x2="high:Q")
    # Of many editions neighbouring shades are close: each has a shape too, the newest the circle.
    shapes = [SHAPES[place % len(SHAPES)] for place in range(len(editions))][::-1]
    legend = alt.Legend(title=None, orient="top", symbolSize=100)
    dots = base.mark_point(size=100, filled=True, opacity=1).encode(
        x=at("score"),
        color=alt.Color("edition:N", scale=alt.Scale(domain=list(editions), range=shades), legend=legend),
        shape=alt.Shape("edition:N", scale=alt.Scale(domain=list(editions), range=shapes), legend=legend),
    )
    return themed(lines + dots + _beside(newest, look, heading), look, right=BESIDE)


def correlation_intervals(frame: pd.DataFrame, look: Look) -> Any:
    """Rank correlations with their intervals, those that could be none at all in grey.

    Args:
        frame: ``label, rho, low, high, n, text`` in the order of the rows.
        look: the user's theme.
    """
    scale = alt.Scale(domain=[-1, 1], nice=False)
    axis = alt.Axis(title=None, grid=True, orient="top", values=[-1, -0.5, 0, 0.5, 1], format=".1~f")
    clear = "datum.low > 0 || datum.high < 0"
    base = alt.Chart(frame, height=_height(frame["label"])).encode(
        y=_labels(look, frame),
        color=alt.ColorValue(look.unknown, condition={"test": clear, "value": look.amount}),
        tooltip=[
            alt.Tooltip("label:N", title=_("Policy area")),
            alt.Tooltip("rho:Q", title=_("Rank correlation"), format="+.2f"),
            alt.Tooltip("low:Q", title=_("Interval from"), format="+.2f"),
            alt.Tooltip("high:Q", title=_("Interval to"), format="+.2f"),
            alt.Tooltip("n:Q", title=_("Cities"), format=",d"),
        ],
    )
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=look.muted).encode(x=alt.X("zero:Q", scale=scale))
    spans = base.mark_rule(strokeWidth=3).encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q")
    dots = base.mark_circle(size=90, opacity=1).encode(x=alt.X("rho:Q", scale=scale, axis=axis))
    beside = alt.Chart(frame).encode(y=_labels(look, frame))
    return themed(zero + spans + dots + _beside(beside, look, _("Cities")), look, right=BESIDE)
