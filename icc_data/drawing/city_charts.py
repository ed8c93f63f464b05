"""Charts of one city beside others, in the look of ``charts.py``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Literal

import pandas as pd

from icc_data.drawing.charts import look_config
from icc_data.drawing.palette import Look, mix
from icc_data.drawing.plain import PlainChart, Spec, View, computed, name, quantity, rank
from icc_data.drawing.row_labels import ROW_HEIGHT, plain_row_axis, row_height
from icc_data.i18n import translate as _

# Pixels: the width of a column of texts beside a chart, and its heading above, beside the labels of the axis.
RANK_COLUMN, HEADING = 66, -6
# Characters of a line of a name at a spoke, and how far from the middle a name stands to one side.
LABEL_WIDTH, MIDDLE = 22, 0.1
RINGS = (0.25, 0.5, 0.75, 1.0)
# A radar: pixels of its height, what lies above and below its middle where its rim is 1, and pixels of a line of text.
RADAR_HEIGHT, RADAR_REACH, LINE = 470, 1.38, 14
# A table of counts: characters of a line of a heading, and pixels of its height.
HEADING_WIDTH, HEADING_LINE = 12, 13
# Characters of a line of a name beside a row, and pixels of the height of such rows, of bands and of cells.
WRAPPED, TALL_ROW, CELL = 24, 36, 24


def _rows(frame: pd.DataFrame, height: int = ROW_HEIGHT) -> int:
    return height * (max(len(frame), 1) + 1)


def _wrapped(words: str, width: int) -> str:
    return "\n".join(wrap(words, width, break_long_words=False, break_on_hyphens=False))


def _labels(look: Look, column: str = "label") -> Spec:
    axis = {"labelColor": look.text, "labelPadding": 8, "labelExpr": "split(datum.label, '\\n')"}
    return name(column, sort=None, title=None, axis=axis)


def share_bars(frame: pd.DataFrame, look: Look, *, own: str, network: str) -> Any:
    """A city's shares as bars, the network's as a tick on each.

    Args:
        frame: ``code, label, share, network_share, practices, text`` in the order of the rows; shares between 0 and 1,
            or missing.
        look: the user's theme.
        own, network: what the two are called.
    """
    most = max(0.01, float(frame[["share", "network_share"]].fillna(0).max().max()))
    place = {
        "y": name("label", sort=None, title=None, axis=plain_row_axis(frame["label"], look)),
        "tooltip": [
            name("label", title=_("Policy area")),
            quantity("practices", title=_("Practices"), format=",d"),
            quantity("share", title=own, format=".0%"),
            quantity("network_share", title=network, format=".0%"),
        ],
    }
    bars = View(
        frame,
        {"type": "bar", "color": look.amount, "height": 13, "cornerRadiusEnd": 2, "cursor": "pointer"},
        place | {"x": quantity("share", axis=None, scale={"domain": [0, most * 1.3]})},
        ({"name": "pick", "select": {"type": "point", "fields": ["code"], "on": "click"}},),
    )
    tick = {"type": "tick", "color": look.less, "thickness": 3, "size": 17}
    ticks = View(frame, tick, place | {"x": quantity("network_share")})
    words = View(
        frame,
        {"type": "text", "align": "left", "dx": 6, "color": look.muted},
        {"y": place["y"], "x": quantity("end"), "text": name("text")},
        transform=computed(end="max(datum.share, datum.network_share)"),
    )
    height = _rows(frame, row_height(frame["label"]))
    return PlainChart([bars, ticks, words], height, look_config(look))


def dot_bands(
    frame: pd.DataFrame,
    look: Look,
    *,
    form: str,
    own: str,
    heading: str,
    ticks: float = 0,
    tips: Mapping[str, str] | None = None,
) -> Any:
    """A city's value as a dot on the band of its peers, from their first to their third quartile.

    Args:
        frame: ``label, own, q1, median, q3, text`` in the order of the rows; missing numbers are not drawn.
        look: the user's theme.
        form: their d3 format.
        own: what the city is called.
        heading: what the texts are; they stand in a column of their own at the right.
        ticks: the least step of the axis; 0 for any.
        tips: where each row has a scale of its own, the columns of texts that say its values, with their names; then
            there is no axis, and long labels wrap.
    """
    values = frame[["own", "q1", "median", "q3"]]
    most = float(values.max().max()) if values.notna().any().any() else 1.0
    axis: Spec | None = {
        "title": None,
        "format": form,
        "grid": True,
        "orient": "top",
        "tickCount": 5,
        "tickMinStep": ticks,
    }
    scale = {"domain": [0, most * 1.06 or 1.0], "nice": False}
    tooltip = [
        name("label", title=_("Policy area")),
        quantity("own", title=own, format=form),
        quantity("median", title=_("Peers’ median"), format=form),
        quantity("q1", title=_("First quartile"), format=form),
        quantity("q3", title=_("Third quartile"), format=form),
        name("text", title=heading),
    ]
    height = row_height(frame["label"])
    y = name("label", sort=None, title=None, axis=plain_row_axis(frame["label"], look))
    if tips is not None:
        tooltip = [name(column, title=title) for column, title in tips.items()]
        frame = frame.assign(label=[_wrapped(words, WRAPPED) for words in frame["label"]])
        y, axis, height = _labels(look), None, TALL_ROW
    place = {"y": y, "tooltip": tooltip}

    def drawn(mark: Spec, column: str, **more: Any) -> View:
        return View(frame, mark, place | {"x": quantity(column, scale=scale, axis=axis), **more})

    band = {"type": "bar", "height": 12, "color": mix(look.background, look.amount, 0.3), "cornerRadius": 3}
    views = [
        drawn({**band, "stroke": look.ramp[3], "strokeWidth": 1}, "q1", x2={"field": "q3"}),
        drawn({"type": "tick", "color": look.less, "thickness": 3, "size": 17}, "median"),
        drawn({"type": "circle", "size": 110, "color": look.amount, "opacity": 1}, "own"),
        *_beside(frame, look, heading, place),
    ]
    return PlainChart(views, _rows(frame, height), look_config(look, right=RANK_COLUMN))


def _beside(frame: pd.DataFrame, look: Look, heading: str, place: Spec) -> tuple[View, View]:
    """The texts of the rows in a column at the right, and its heading."""
    mark = {"type": "text", "align": "right", "dx": RANK_COLUMN - 4}
    at_right = {"x": {"value": "width"}}
    words = View(frame, {**mark, "color": look.text}, place | at_right | {"text": name("text")})
    # Over a column of nothing a heading would promise something.
    head = pd.DataFrame({"heading": [heading if frame["text"].astype(bool).any() else ""]})
    above = at_right | {"y": {"value": HEADING}, "text": name("heading")}
    return words, View(head, {**mark, "color": look.muted, "baseline": "bottom"}, above)


def count_table(frame: pd.DataFrame, look: Look, *, own: str, what: str, wrapped: bool = False) -> Any:
    """What a city and its few peers have, a column each; the darker the cell, the more of its row.

    Args:
        frame: ``label, place, value, text``, a row a cell, in the order of rows and columns; missing values are not
            shaded.
        look: the user's theme.
        own: which of the places is the city, whose column stands out.
        what: what the rows are, as “Policy area”.
        wrapped: whether long names of rows wrap, where they have little room.
    """
    most = frame.groupby("label")["value"].transform("max")
    cells = frame.assign(
        label=[_wrapped(words, WRAPPED) if wrapped else words for words in frame["label"]],
        shade=(frame["value"] / most.where(most > 0)).fillna(0.0),
        place=[_wrapped(one, HEADING_WIDTH) for one in frame["place"]],
    )
    lines = max((one.count("\n") for one in cells["place"]), default=0)
    axis = {
        "orient": "top",
        "title": None,
        "labelAngle": 0,
        "labelColor": look.text,
        "labelExpr": "split(datum.label, '\\n')",
        "labelLineHeight": HEADING_LINE,
        # Further lines hang below the first.
        "labelPadding": 4 + HEADING_LINE * lines,
    }
    place = {
        "x": name("place", sort=None, axis=axis, scale={"paddingInner": 0.06}),
        "y": _labels(look),
        "tooltip": [name("label", title=what), name("place", title=_("Place")), name("text", title=_("Value"))],
    }
    is_own = {"test": f"datum.place === {json.dumps(_wrapped(own, HEADING_WIDTH))}", "value": look.amount}
    shade = {
        "color": {"condition": is_own, "value": look.less},
        "opacity": quantity("shade", scale={"domain": [0, 1], "range": [0.04, 0.4]}, legend=None),
    }
    shaded = View(cells, {"type": "rect", "cornerRadius": 3}, place | shade)
    words = View(cells, {"type": "text", "color": look.text, "fontSize": 13}, place | {"text": name("text")})
    height = _rows(cells.drop_duplicates("label"), TALL_ROW if wrapped else CELL)
    return PlainChart([shaded, words], height, look_config(look))


def edition_lines(frame: pd.DataFrame, look: Look) -> Any:
    """Scores from edition to edition: a dot each, joined where a city has two of the same area.

    Args:
        frame: ``label, year, score, compared`` with known years and scores (0-100).
        look: the user's theme.
    """
    years = sorted(frame["year"].unique())
    scores = {"scale": {"domain": [0, 105]}, "axis": {"values": [0, 25, 50, 75, 100]}}
    place = {
        "x": rank("year", title=_("Edition"), axis={"labelAngle": 0}, scale={"domain": [int(y) for y in years]}),
        "y": quantity("score", title=None, **scores),
        "detail": name("label"),
        "tooltip": [
            name("label", title=_("Policy area")),
            rank("year", title=_("Edition")),
            quantity("score", title=_("Score")),
            name("compared", title=_("Cities compared")),
        ],
    }
    lines = View(frame, {"type": "line", "color": look.amount, "strokeWidth": 2}, place)
    dots = View(frame, {"type": "circle", "size": 90, "color": look.amount, "opacity": 1}, place)
    text = place | {"text": quantity("score", format=".0f")}
    words = View(frame, {"type": "text", "dy": -12, "color": look.text}, text)
    return PlainChart([lines, dots, words], 220, look_config(look))


def _spoke_names(labels: Sequence[str], angles: Sequence[float]) -> list[dict[str, Any]]:
    """Where the names of spokes stand around a radar: ``label, x, y``, those on one side never one over the other."""
    line = LINE * 2 * RADAR_REACH / RADAR_HEIGHT
    names: list[dict[str, Any]] = []
    for label, angle in zip(labels, angles, strict=True):
        words = _wrapped(label, LABEL_WIDTH)
        tall = line * (words.count("\n") + 1)
        names.append({"label": words, "x": 1.1 * math.sin(angle), "middle": 1.1 * math.cos(angle), "tall": tall})
    for side in (-1, 1):
        beside = [one for one in names if one["x"] * side > MIDDLE]
        for half in (-1, 1):
            # From the middle outwards, each is moved on as far as the one before it is tall.
            edge = None
            for moved in sorted((one for one in beside if (one["middle"] >= 0) == (half > 0)), key=_from_middle):
                near = abs(moved["middle"]) - moved["tall"] / 2
                moved["middle"] += half * max(0.0, edge - near) if edge is not None else 0.0
                edge = abs(moved["middle"]) + moved["tall"] / 2
    # A text of several lines hangs from the middle of its first.
    return [{"label": one["label"], "x": one["x"], "y": one["middle"] + (one["tall"] - line) / 2} for one in names]


def _from_middle(label: Mapping[str, Any]) -> float:
    return abs(float(label["middle"]))


def radar(frame: pd.DataFrame, look: Look, *, own: str, peers: str, form: str = ".2~f") -> Any:
    """A city and its peers' median on spokes, for those who expect it; the dot plot is the easier one to read.

    Args:
        frame: ``label, own, median`` in the order of the spokes, at least three; missing counts as 0, and one of the
            two that is missing throughout is not drawn.
        look: the user's theme.
        own, peers: what the two are called.
        form: the d3 format of the values; the largest of them stands on the outermost ring.
    """
    values = frame[["own", "median"]].fillna(0)
    most = float(values.max().max()) or 1.0
    angles = [2 * math.pi * place / len(frame) for place in range(len(frame))]
    # As wide and high as the places of the names need, so that the rings are round on a common screen.
    place = {
        "x": quantity("x", axis=None, scale={"domain": [-2.05, 2.05]}),
        "y": quantity("y", axis=None, scale={"domain": [-RADAR_REACH, RADAR_REACH]}),
    }
    rings = [
        {"ring": ring, "order": order, **_at(ring, angle)}
        for ring in RINGS
        for order, angle in enumerate([*angles, angles[0]])
    ]
    grid = View(
        pd.DataFrame(rings),
        {"type": "line", "color": look.grid, "strokeWidth": 1},
        place | {"detail": name("ring"), "order": rank("order")},
    )
    hues = {"domain": [own, peers], "range": [look.amount, look.less]}
    lines = View(
        _outlines(frame, {peers: "median", own: "own"}, angles, most),
        {"type": "line", "strokeWidth": 2.5, "point": True},
        {
            **place,
            "order": rank("order"),
            "color": name("shape", scale=hues, legend={"title": None, "orient": "bottom"}),
            "tooltip": [name("label", title=_("Policy area")), quantity("value", title=_("Value"), format=form)],
        },
    )
    beside = {"type": "text", "fontSize": 11, "color": look.text, "baseline": "middle", "lineBreak": "\n"}
    words = [
        View(pd.DataFrame(names), {**beside, "align": align}, place | {"text": name("label")})
        for align, names in _by_side(_spoke_names(frame["label"].tolist(), angles))
    ]
    rim = {"type": "text", "fontSize": 11, "color": look.muted, "align": "right", "dx": -6, "dy": 9}
    at_rim = pd.DataFrame([{"rim": most, "x": 0.0, "y": 1.0}])
    outermost = View(at_rim, rim, place | {"text": quantity("rim", format=form)})
    views = [grid, lines, *words, *([outermost] if values.to_numpy().any() else [])]
    return PlainChart(views, RADAR_HEIGHT, look_config(look))


def _at(radius: float, angle: float) -> dict[str, float]:
    return {"x": radius * math.sin(angle), "y": radius * math.cos(angle)}


def _outlines(frame: pd.DataFrame, shapes: Mapping[str, str], angles: Sequence[float], most: float) -> pd.DataFrame:
    """The corners of each shape in order, the first again at the end: ``shape, order, x, y, label, value``."""
    corners: list[dict[str, Any]] = []
    for shape, column in shapes.items():
        if frame[column].isna().all():
            continue
        values = frame[column].fillna(0).tolist()
        corners += [
            {
                "shape": shape,
                "order": order,
                **_at(values[place] / most, angles[place]),
                "label": frame["label"].iloc[place],
                "value": values[place],
            }
            for order, place in enumerate([*range(len(values)), 0])
        ]
    return pd.DataFrame(corners)


def _by_side(
    names: Sequence[dict[str, Any]],
) -> list[tuple[Literal["left", "right", "center"], list[dict[str, Any]]]]:
    """How the names of spokes are aligned, on each side on which there are any."""
    sides: list[tuple[Literal["left", "right", "center"], list[dict[str, Any]]]] = [
        ("left", [one for one in names if one["x"] > MIDDLE]),
        ("right", [one for one in names if one["x"] < -MIDDLE]),
        ("center", [one for one in names if abs(one["x"]) <= MIDDLE]),
    ]
    return [(align, beside) for align, beside in sides if beside]
