"""Charts of the Intercultural Cities Index, in the look of ``charts.py``; scores stand on a scale from 0 to 100."""

from __future__ import annotations

import json
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import pandas as pd

from icc_data.drawing.charts import PICK, look_config
from icc_data.drawing.palette import Look, mix
from icc_data.drawing.plain import PlainChart, Spec, View, name, quantity, where
from icc_data.drawing.row_labels import plain_row_axis, row_height
from icc_data.i18n import number
from icc_data.i18n import translate as _

# Pixels: of the column of texts beside a chart, of its heading above, of a cell with two lines, of a dot of many.
BESIDE, HEADING, CELL, DOT = 74, -6, 34, 14
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
SCALE = {"domain": [0, 100], "nice": False}
PICKED = {"name": PICK, "select": {"type": "point", "fields": ["code"], "on": "click"}}
# Characters of a line of a column's name, and pixels of its height.
COLUMN_WIDTH, COLUMN_LINE = 12, 13


def _labels(look: Look, frame: pd.DataFrame) -> Spec:
    # Layers that draw some of the rows only would put theirs first, so the order is said.
    order = list(dict.fromkeys(frame["label"]))
    return name("label", sort=order, title=None, axis=plain_row_axis(order, look))


def _height(labels: pd.Series[Any]) -> int:
    return row_height(labels) * (max(labels.nunique(), 1) + 1)


def _at_score(column: str, *, orient: str = "top") -> Spec:
    axis = {"title": None, "grid": True, "orient": orient, "values": [0, 25, 50, 75, 100], "format": "d"}
    return quantity(column, scale=SCALE, axis=axis)


def _spread() -> list[Spec]:
    """What a tooltip says of the scores of an area."""
    return [
        quantity("median", title=_("Median"), format=".1~f"),
        quantity("average", title=_("Average"), format=".1~f"),
        quantity("q1", title=_("First quartile"), format=".1~f"),
        quantity("q3", title=_("Third quartile"), format=".1~f"),
        quantity("cities", title=_("Cities"), format=",d"),
    ]


def _beside(
    frame: pd.DataFrame, look: Look, heading: str, place: Spec, transform: tuple[Spec, ...] = ()
) -> tuple[View, View]:
    """The column of texts at the right, and its heading.

    Args:
        frame: the rows, with their ``text``.
        look: the user's theme.
        heading: what the texts are.
        place: the encoding that puts a row where it stands.
        transform: which rows have a text; see ``View``.
    """
    words = {"type": "text", "align": "right", "dx": BESIDE - 4}
    head = pd.DataFrame({"heading": [heading]})
    at = {"x": {"value": "width"}}
    above = at | {"y": {"value": HEADING}, "text": name("heading")}
    return (
        View(frame, {**words, "color": look.text}, place | at | {"text": name("text")}, transform=transform),
        View(head, {**words, "color": look.muted, "baseline": "bottom"}, above),
    )


def score_bands(frame: pd.DataFrame, look: Look, *, own: str, heading: str) -> Any:
    """Where the cities' scores lie in each policy area, and a dot on it: the average, or one city's score.

    Args:
        frame: ``label, own, average, q1, median, q3, cities, text`` in the order of the rows; a missing ``own`` is not
            drawn.
        look: the user's theme.
        own: what the dot is.
        heading: what the texts are; they stand in a column of their own at the right.
    """
    tooltip = [name("label", title=_("Policy area")), quantity("own", title=own, format=".1~f"), *_spread()]
    place = {"y": _labels(look, frame), "tooltip": tooltip}
    band = mix(look.background, look.amount, 0.3)
    bar = {"type": "bar", "height": 12, "color": band, "stroke": look.ramp[3], "strokeWidth": 1, "cornerRadius": 3}
    tick = {"type": "tick", "color": look.less, "thickness": 3, "size": 17}
    dot = {"type": "circle", "size": 100, "color": look.amount, "opacity": 1}
    views = [
        View(frame, bar, place | {"x": _at_score("q1"), "x2": {"field": "q3"}}),
        View(frame, tick, place | {"x": _at_score("median")}),
        View(frame, dot, place | {"x": _at_score("own")}),
        *_beside(frame, look, heading, place),
    ]
    return PlainChart(views, _height(frame["label"]), look_config(look, right=BESIDE))


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
    above = {
        "orient": "top",
        "labelAngle": 0,
        "labelColor": look.text,
        "labelExpr": "split(datum.label, '\\n')",
        "labelLineHeight": COLUMN_LINE,
        # Further lines hang below the first.
        "labelPadding": 4 + COLUMN_LINE * lines,
        "labelOverlap": False,
        "domain": False,
        "ticks": False,
    }
    place = {
        "x": name("column", sort=list(wrapped.values()), title=None, axis=above),
        "y": _labels(look, frame),
        "tooltip": [name("label", title=_("Policy area")), name("column", title=column_title), *_spread()],
    }
    shade = quantity("median", scale={"range": list(look.ramp[:5]), "domain": [low, high]}, legend=None)
    # Where black and white have the same contrast to the shade the words turn.
    plain, turned, share = ("#000000", "#ffffff", 0.55) if look.name == "light" else ("#ffffff", "#000000", 0.8)
    much = {"test": f"datum.median > {low + share * (high - low)}", "value": turned}
    ink = {"value": plain, "condition": much}
    cell = {"type": "rect", "stroke": look.background, "strokeWidth": 1.5, "cornerRadius": 2}
    numbers = place | {"text": quantity("median", format=".0f"), "color": ink}
    views = [
        View(frame, cell, place | {"color": shade}),
        View(frame, {"type": "text", "fontSize": 13, "dy": -6}, numbers),
        View(frame, {"type": "text", "fontSize": 10.5, "dy": 8}, place | {"text": name("count"), "color": ink}),
    ]
    return PlainChart(views, CELL * max(len(rows), 1), look_config(look))


def edition_bars(frame: pd.DataFrame, look: Look) -> Any:
    """Of the cities that each edition compares, those with a report known and those with a score here.

    Args:
        frame: ``label`` (the edition), ``compared`` (missing where not said), ``reported, scored, text``, in the order
            of the rows.
        look: the user's theme.
    """
    tooltip = [
        name("label", title=_("Edition")),
        quantity("scored", title=_("Cities with a score here"), format=",d"),
        quantity("reported", title=_("Cities with a report known"), format=",d"),
        quantity("compared", title=_("Cities compared by the programme"), format=",d"),
    ]
    most = float(frame[["compared", "reported", "scored"]].max().max())
    place = {"y": _labels(look, frame), "tooltip": tooltip}

    def bars(column: str, height: int, colour: str) -> View:
        x = quantity(column, scale={"domain": [0, most], "nice": False}, axis=None)
        return View(frame, {"type": "bar", "height": height, "color": colour, "cornerRadiusEnd": 2}, place | {"x": x})

    views = [
        bars("compared", 16, look.unknown),
        bars("reported", 10, look.less),
        bars("scored", 10, look.amount),
        *_beside(frame, look, _("Scores"), place),
    ]
    return PlainChart(views, _height(frame["label"]), look_config(look, right=BESIDE))


def named_scores(frame: pd.DataFrame, look: Look, *, chosen: str | None = None) -> Any:
    """The overall scores of few cities, each by name under the heading of its edition.

    Args:
        frame: in the order of the rows ``key`` (its own), ``label`` (the city), ``heading`` (of an edition's first
            row, which has nothing else), ``code, score, text``.
        look: the user's theme.
        chosen: the code of a city that stands out.
    """
    names = dict(zip(frame["key"], frame["label"], strict=True))
    axis = {"labelColor": look.text, "labelPadding": 8, "labelExpr": _lookup(names)}
    y = name("key", sort=list(names), title=None, axis=axis)
    tooltip = [
        name("label", title=_("City")),
        name("edition", title=_("Edition")),
        quantity("score", title=_("Score"), format=".1~f"),
        name("text", title=_("Rank")),
    ]
    place = {"y": y, "tooltip": tooltip}
    at, scored = place | {"x": _at_score("score")}, (where("isValid(datum.score)"),)
    rule = {"type": "rule", "color": look.grid, "strokeWidth": 2}
    dot = {"type": "circle", "size": 110, "opacity": 1, "cursor": "pointer"}
    head = {"type": "text", "align": "left", "fontWeight": "bold", "color": look.muted}
    score = quantity("score", format=".1~f")
    views = [
        View(frame, rule, at | {"x2": {"datum": 0}}, transform=scored),
        View(frame, dot, at | {"color": _stands_out(chosen, look)}, (PICKED,), scored),
        View(frame, {"type": "text", "align": "left", "dx": 9}, at | {"text": score}, transform=scored),
        View(frame, head, {"y": y, "x": {"value": 2}, "text": name("heading")}),
        *_beside(frame, look, _("Rank"), place, scored),
    ]
    return PlainChart(views, _height(frame["label"]), look_config(look, right=BESIDE))


def _stands_out(chosen: str | None, look: Look) -> Spec:
    """The colour of dots of which that of a chosen city stands out."""
    if chosen is None:
        return {"value": look.amount}
    return {"condition": {"test": f"datum.code === {json.dumps(chosen)}", "value": look.amount}, "value": look.ramp[3]}


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
    place = {
        "x": _at_score("bin", orient="bottom"),
        "y": quantity("place", axis=None, scale={"domain": [0.3, max(most, 6) + 1.4], "nice": False}),
        "tooltip": [
            name("label", title=_("City")),
            quantity("score", title=_("Score"), format=".1~f"),
            name("rank", title=_("Rank")),
        ],
    }
    dot = {"type": "circle", "opacity": 1}
    many = {**dot, "size": 80, "color": look.ramp[3], "cursor": "pointer"}
    views = [View(frame, many, place, (PICKED,))]
    if chosen is not None:
        own, named = (where(f"datum.code === {json.dumps(chosen)}"),), place | {"text": name("label")}
        words = {"type": "text", "dy": -13, "fontWeight": "bold"}
        halo = {**words, "stroke": look.background, "strokeWidth": 3, "strokeOpacity": 0.9}
        views += [
            View(frame, {**dot, "size": 170, "color": look.less}, place, transform=own),
            View(frame, halo, named, transform=own),
            View(frame, {**words, "color": look.text}, named, transform=own),
        ]
    middle = pd.DataFrame({"median": [median], "words": [_("Median {value}").format(value=number(median))]})
    at = {"x": quantity("median", scale=SCALE)}
    rule = View(middle, {"type": "rule", "color": look.muted, "strokeDash": [4, 3]}, at)
    beside = {"type": "text", "align": "left", "dx": 5, "color": look.muted}
    told = View(middle, beside, at | {"y": {"value": 8}, "text": name("words")})
    return PlainChart([rule, *views, told], max(most, 6) * DOT + 34, look_config(look))


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
    place = {
        "y": _labels(look, frame),
        "tooltip": [
            name("label", title=_("Policy area")),
            name("edition", title=_("Edition")),
            quantity("score", title=_("Score"), format=".1~f"),
            name("text", title=heading),
        ],
    }
    newest = (where(f"datum.edition === {json.dumps(editions[-1])}"),)
    # Of many editions neighbouring shades are close: each has a shape too, the newest the circle.
    shapes = [SHAPES[place % len(SHAPES)] for place in range(len(editions))][::-1]
    legend = {"title": None, "orient": "top", "symbolSize": 100}

    def told_by(marks: Sequence[str]) -> Spec:
        return name("edition", scale={"domain": list(editions), "range": list(marks)}, legend=legend)

    rule = {"type": "rule", "color": look.grid, "strokeWidth": 4}
    dot = {"type": "point", "size": 100, "filled": True, "opacity": 1}
    by_edition = {"color": told_by(edition_colours(look, len(editions))), "shape": told_by(shapes)}
    views = [
        View(frame, rule, place | {"x": _at_score("low"), "x2": {"field": "high"}}, transform=newest),
        View(frame, dot, place | {"x": _at_score("score")} | by_edition),
        *_beside(frame, look, heading, place, newest),
    ]
    return PlainChart(views, _height(frame["label"]), look_config(look, right=BESIDE))


def correlation_intervals(frame: pd.DataFrame, look: Look) -> Any:
    """Rank correlations with their intervals, those that could be none at all in grey.

    Args:
        frame: ``label, rho, low, high, n, text`` in the order of the rows.
        look: the user's theme.
    """
    scale = {"domain": [-1, 1], "nice": False}
    axis = {"title": None, "grid": True, "orient": "top", "values": [-1, -0.5, 0, 0.5, 1], "format": ".1~f"}
    clear = {"test": "datum.low > 0 || datum.high < 0", "value": look.amount}
    row = {"y": _labels(look, frame)}
    place = row | {
        "color": {"value": look.unknown, "condition": clear},
        "tooltip": [
            name("label", title=_("Policy area")),
            quantity("rho", title=_("Rank correlation"), format="+.2f"),
            quantity("low", title=_("Interval from"), format="+.2f"),
            quantity("high", title=_("Interval to"), format="+.2f"),
            quantity("n", title=_("Cities"), format=",d"),
        ],
    }
    middle = pd.DataFrame({"zero": [0]})
    span = place | {"x": quantity("low", scale=scale, axis=axis), "x2": {"field": "high"}}
    dot = {"type": "circle", "size": 90, "opacity": 1}
    views = [
        View(middle, {"type": "rule", "color": look.muted}, {"x": quantity("zero", scale=scale)}),
        View(frame, {"type": "rule", "strokeWidth": 3}, span),
        View(frame, dot, place | {"x": quantity("rho", scale=scale, axis=axis)}),
        *_beside(frame, look, _("Cities"), row),
    ]
    return PlainChart(views, _height(frame["label"]), look_config(look, right=BESIDE))
