"""Charts of one city beside others, in the look of ``charts.py``."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Literal

import altair as alt
import pandas as pd

from icc_data.drawing.charts import themed
from icc_data.drawing.palette import Look, mix
from icc_data.drawing.row_labels import ROW_HEIGHT, row_axis, row_height
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


def _labels(look: Look, column: str = "label") -> alt.Y:
    axis = alt.Axis(labelColor=look.text, labelPadding=8, labelExpr="split(datum.label, '\\n')")
    return alt.Y(f"{column}:N", sort=None, title=None, axis=axis)


def share_bars(frame: pd.DataFrame, look: Look, *, own: str, network: str) -> Any:
    """A city's shares as bars, the network's as a tick on each.

    Args:
        frame: ``code, label, share, network_share, practices, text`` in the order of the rows; shares between 0 and 1,
            or missing.
        look: the user's theme.
        own, network: what the two are called.
    """
    y = alt.Y("label:N", sort=None, title=None, axis=row_axis(frame["label"], look))
    base = alt.Chart(frame, height=_rows(frame, row_height(frame["label"]))).encode(y=y)
    most = max(0.01, float(frame[["share", "network_share"]].fillna(0).max().max()))
    x = alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.3]))
    tooltip = [
        alt.Tooltip("label:N", title=_("Policy area")),
        alt.Tooltip("practices:Q", title=_("Practices"), format=",d"),
        alt.Tooltip("share:Q", title=own, format=".0%"),
        alt.Tooltip("network_share:Q", title=network, format=".0%"),
    ]
    bars = base.mark_bar(color=look.amount, height=13, cornerRadiusEnd=2, cursor="pointer").encode(x=x, tooltip=tooltip)
    bars = bars.add_params(alt.selection_point(name="pick", fields=["code"], on="click"))
    ticks = base.mark_tick(color=look.less, thickness=3, size=17).encode(x="network_share:Q", tooltip=tooltip)
    words = base.transform_calculate(end="max(datum.share, datum.network_share)").mark_text(
        align="left", dx=6, color=look.muted
    )
    return themed(bars + ticks + words.encode(x="end:Q", text="text:N"), look)


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
    axis: alt.Axis | None = alt.Axis(title=None, format=form, grid=True, orient="top", tickCount=5, tickMinStep=ticks)
    scale = alt.Scale(domain=[0, most * 1.06 or 1.0], nice=False)
    tooltip = [
        alt.Tooltip("label:N", title=_("Policy area")),
        alt.Tooltip("own:Q", title=own, format=form),
        alt.Tooltip("median:Q", title=_("Peers’ median"), format=form),
        alt.Tooltip("q1:Q", title=_("First quartile"), format=form),
        alt.Tooltip("q3:Q", title=_("Third quartile"), format=form),
        alt.Tooltip("text:N", title=heading),
    ]
    height = row_height(frame["label"])
    y = alt.Y("label:N", sort=None, title=None, axis=row_axis(frame["label"], look))
    if tips is not None:
        tooltip = [alt.Tooltip(f"{column}:N", title=title) for column, title in tips.items()]
        frame = frame.assign(label=[_wrapped(words, WRAPPED) for words in frame["label"]])
        y, axis, height = _labels(look), None, TALL_ROW
    base = alt.Chart(frame, height=_rows(frame, height)).encode(y=y, tooltip=tooltip)

    def at(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=scale, axis=axis)

    band = mix(look.background, look.amount, 0.3)
    bands = base.mark_bar(height=12, color=band, stroke=look.ramp[3], strokeWidth=1, cornerRadius=3)
    bands = bands.encode(x=at("q1"), x2="q3:Q")
    medians = base.mark_tick(color=look.less, thickness=3, size=17).encode(x=at("median"))
    dots = base.mark_circle(size=110, color=look.amount, opacity=1).encode(x=at("own"))
    beside: dict[str, Any] = {"align": "right", "dx": RANK_COLUMN - 4, "color": look.text}
    words = base.mark_text(**beside).encode(x=alt.value("width"), text="text:N")
    # Over a column of nothing a heading would promise something.
    head = pd.DataFrame({"heading": [heading if frame["text"].astype(bool).any() else ""]})
    title_mark = alt.Chart(head).mark_text(**{**beside, "color": look.muted, "baseline": "bottom"})
    headings = title_mark.encode(x=alt.value("width"), y=alt.value(HEADING), text="heading:N")
    return themed(bands + medians + dots + words + headings, look, right=RANK_COLUMN)


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
        place=[_wrapped(name, HEADING_WIDTH) for name in frame["place"]],
    )
    lines = max((name.count("\n") for name in cells["place"]), default=0)
    is_own_place = alt.datum.place == _wrapped(own, HEADING_WIDTH)
    axis = alt.Axis(
        orient="top",
        title=None,
        labelAngle=0,
        labelColor=look.text,
        labelExpr="split(datum.label, '\\n')",
        labelLineHeight=HEADING_LINE,
        # Further lines hang below the first.
        labelPadding=4 + HEADING_LINE * lines,
    )
    base = alt.Chart(cells, height=_rows(cells.drop_duplicates("label"), TALL_ROW if wrapped else CELL)).encode(
        x=alt.X("place:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.06)),
        y=_labels(look),
        tooltip=[
            alt.Tooltip("label:N", title=what),
            alt.Tooltip("place:N", title=_("Place")),
            alt.Tooltip("text:N", title=_("Value")),
        ],
    )
    shaded = base.mark_rect(cornerRadius=3).encode(
        color=alt.condition(is_own_place, alt.value(look.amount), alt.value(look.less)),
        opacity=alt.Opacity("shade:Q", scale=alt.Scale(domain=[0, 1], range=[0.04, 0.4]), legend=None),
    )
    words = base.mark_text(color=look.text, fontSize=13).encode(text="text:N")
    return themed(shaded + words, look)


def edition_lines(frame: pd.DataFrame, look: Look) -> Any:
    """Scores from edition to edition: a dot each, joined where a city has two of the same area.

    Args:
        frame: ``label, year, score, compared`` with known years and scores (0-100).
        look: the user's theme.
    """
    years = sorted(frame["year"].unique())
    base = alt.Chart(frame, height=220).encode(
        x=alt.X(
            "year:O", title=_("Edition"), axis=alt.Axis(labelAngle=0), scale=alt.Scale(domain=[int(y) for y in years])
        ),
        y=alt.Y("score:Q", title=None, scale=alt.Scale(domain=[0, 105]), axis=alt.Axis(values=[0, 25, 50, 75, 100])),
        detail="label:N",
        tooltip=[
            alt.Tooltip("label:N", title=_("Policy area")),
            alt.Tooltip("year:O", title=_("Edition")),
            alt.Tooltip("score:Q", title=_("Score")),
            alt.Tooltip("compared:N", title=_("Cities compared")),
        ],
    )
    lines = base.mark_line(color=look.amount, strokeWidth=2)
    dots = base.mark_circle(size=90, color=look.amount, opacity=1)
    words = base.mark_text(dy=-12, color=look.text).encode(text=alt.Text("score:Q", format=".0f"))
    return themed(lines + dots + words, look)


def _spoke_names(labels: Sequence[str], angles: Sequence[float]) -> list[dict[str, Any]]:
    """Where the names of spokes stand around a radar: ``label, x, y``, those on one side never one over the other."""
    line = LINE * 2 * RADAR_REACH / RADAR_HEIGHT
    names: list[dict[str, Any]] = []
    for label, angle in zip(labels, angles, strict=True):
        words = _wrapped(label, LABEL_WIDTH)
        tall = line * (words.count("\n") + 1)
        names.append({"label": words, "x": 1.1 * math.sin(angle), "middle": 1.1 * math.cos(angle), "tall": tall})
    for side in (-1, 1):
        beside = [name for name in names if name["x"] * side > MIDDLE]
        for half in (-1, 1):
            # From the middle outwards, each is moved on as far as the one before it is tall.
            edge = None
            for name in sorted((one for one in beside if (one["middle"] >= 0) == (half > 0)), key=_from_middle):
                near = abs(name["middle"]) - name["tall"] / 2
                name["middle"] += half * max(0.0, edge - near) if edge is not None else 0.0
                edge = abs(name["middle"]) + name["tall"] / 2
    # A text of several lines hangs from the middle of its first.
    return [{"label": one["label"], "x": one["x"], "y": one["middle"] + (one["tall"] - line) / 2} for one in names]


def _from_middle(name: Mapping[str, Any]) -> float:
    return abs(float(name["middle"]))


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
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-2.05, 2.05]))
    up = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-RADAR_REACH, RADAR_REACH]))
    rings = [
        {"ring": ring, "order": order, **_at(ring, angle)}
        for ring in RINGS
        for order, angle in enumerate([*angles, angles[0]])
    ]
    grid = (
        alt.Chart(pd.DataFrame(rings), height=RADAR_HEIGHT)
        .mark_line(color=look.grid, strokeWidth=1)
        .encode(x=across, y=up, detail="ring:N", order="order:O")
    )
    lines = (
        alt.Chart(_outlines(frame, {peers: "median", own: "own"}, angles, most))
        .mark_line(strokeWidth=2.5, point=True)
        .encode(
            x=across,
            y=up,
            order="order:O",
            color=alt.Color(
                "shape:N",
                scale=alt.Scale(domain=[own, peers], range=[look.amount, look.less]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip("label:N", title=_("Policy area")),
                alt.Tooltip("value:Q", title=_("Value"), format=form),
            ],
        )
    )
    words = [
        alt.Chart(pd.DataFrame(names))
        .mark_text(fontSize=11, color=look.text, align=align, baseline="middle", lineBreak="\n")
        .encode(x=across, y=up, text="label:N")
        for align, names in _by_side(_spoke_names(frame["label"].tolist(), angles))
    ]
    rim = pd.DataFrame([{"rim": most, "x": 0.0, "y": 1.0}])
    outermost = alt.Chart(rim).mark_text(fontSize=11, color=look.muted, align="right", dx=-6, dy=9)
    outermost = outermost.encode(x=across, y=up, text=alt.Text("rim:Q", format=form))
    return themed(alt.layer(grid, lines, *words, *([outermost] if values.to_numpy().any() else [])), look)


def _at(radius: float, angle: float) -> dict[str, float]:
    return {"x": radius * math.sin(angle), "y": radius * math.cos(angle)}


def _outlines(frame: pd.DataFrame, shapes: Mapping[str, str], angles: Sequence[float], most: float) -> pd.DataFrame:
    """The corners of each shape in order, the first again at the end: ``shape, order, x, y, label, value``."""
    corners: list[dict[str, Any]] = []
    for name, column in shapes.items():
        if frame[column].isna().all():
            continue
        values = frame[column].fillna(0).tolist()
        corners += [
            {
                "shape": name,
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
        ("left", [name for name in names if name["x"] > MIDDLE]),
        ("right", [name for name in names if name["x"] < -MIDDLE]),
        ("center", [name for name in names if abs(name["x"]) <= MIDDLE]),
    ]
    return [(align, beside) for align, beside in sides if beside]
