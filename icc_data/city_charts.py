"""Charts of one city beside others, in the look of ``charts.py``."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import Any, Literal

import altair as alt
import pandas as pd

from icc_data.charts import ROW_HEIGHT, themed
from icc_data.i18n import translate as _
from icc_data.palette import Look, mix

# Pixels: the width of a column of texts beside a chart, and its heading above, beside the labels of the axis.
RANK_COLUMN, HEADING = 58, -6
# Characters of a line of a name at a spoke, and how far from the middle a name stands to one side.
LABEL_WIDTH, MIDDLE = 22, 0.1
RINGS = (0.25, 0.5, 0.75, 1.0)


def _rows(frame: pd.DataFrame) -> int:
    return ROW_HEIGHT * (max(len(frame), 1) + 1)


def _labels(look: Look, column: str = "label") -> alt.Y:
    axis = alt.Axis(labelColor=look.text, labelPadding=8)
    return alt.Y(f"{column}:N", sort=None, title=None, axis=axis)


def share_bars(frame: pd.DataFrame, look: Look, *, own: str, network: str) -> Any:
    """A city's shares as bars, the network's as a tick on each.

    Args:
        frame: ``code, label, share, network_share, practices, text`` in the order of the rows; shares between 0 and 1,
            or missing.
        look: the user's theme.
        own, network: what the two are called.
    """
    base = alt.Chart(frame, height=_rows(frame)).encode(y=_labels(look))
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


def dot_bands(frame: pd.DataFrame, look: Look, *, form: str, own: str, heading: str, ticks: float = 0) -> Any:
    """A city's value as a dot on the band of its peers, from their first to their third quartile.

    Args:
        frame: ``label, own, q1, median, q3, text`` in the order of the rows; missing numbers are not drawn.
        look: the user's theme.
        form: their d3 format.
        own: what the city is called.
        heading: what the texts are; they stand in a column of their own at the right.
        ticks: the least step of the axis; 0 for any.
    """
    values = frame[["own", "q1", "median", "q3"]]
    most = float(values.max().max()) if values.notna().any().any() else 1.0
    axis = alt.Axis(title=None, format=form, grid=True, orient="top", tickCount=5, tickMinStep=ticks)
    scale = alt.Scale(domain=[0, most * 1.06 or 1.0], nice=False)
    base = alt.Chart(frame, height=_rows(frame)).encode(
        y=_labels(look),
        tooltip=[
            alt.Tooltip("label:N", title=_("Policy area")),
            alt.Tooltip("own:Q", title=own, format=form),
            alt.Tooltip("median:Q", title=_("Peers’ median"), format=form),
            alt.Tooltip("q1:Q", title=_("First quartile"), format=form),
            alt.Tooltip("q3:Q", title=_("Third quartile"), format=form),
            alt.Tooltip("text:N", title=heading),
        ],
    )

    def at(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=scale, axis=axis)

    band = mix(look.background, look.amount, 0.3)
    bands = base.mark_bar(height=12, color=band, cornerRadius=3).encode(x=at("q1"), x2="q3:Q")
    medians = base.mark_tick(color=look.less, thickness=3, size=17).encode(x=at("median"))
    dots = base.mark_circle(size=110, color=look.amount, opacity=1).encode(x=at("own"))
    beside: dict[str, Any] = {"align": "right", "dx": RANK_COLUMN - 4, "color": look.text}
    words = base.mark_text(**beside).encode(x=alt.value("width"), text="text:N")
    head = pd.DataFrame({"heading": [heading]})
    title_mark = alt.Chart(head).mark_text(**{**beside, "color": look.muted, "baseline": "bottom"})
    headings = title_mark.encode(x=alt.value("width"), y=alt.value(HEADING), text="heading:N")
    return themed(bands + medians + dots + words + headings, look, right=RANK_COLUMN)


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


def radar(frame: pd.DataFrame, look: Look, *, own: str, peers: str) -> Any:
    """A city and its peers' median on spokes, for those who expect it; the dot plot is the easier one to read.

    Args:
        frame: ``label, own, median`` in the order of the spokes, at least three; missing counts as 0, and one of the
            two that is missing throughout is not drawn.
        look: the user's theme.
        own, peers: what the two are called.
    """
    most = float(frame[["own", "median"]].fillna(0).max().max()) or 1.0
    angles = [2 * math.pi * place / len(frame) for place in range(len(frame))]

    def at(radius: float, angle: float) -> tuple[float, float]:
        return radius * math.sin(angle), radius * math.cos(angle)

    shapes = []
    for name, column in ((peers, "median"), (own, "own")):
        if frame[column].isna().all():
            continue
        values = frame[column].fillna(0).tolist()
        for order, place in enumerate([*range(len(values)), 0]):
            x, y = at(values[place] / most, angles[place])
            shapes.append(
                {
                    "shape": name,
                    "order": order,
                    "x": x,
                    "y": y,
                    "label": frame["label"].iloc[place],
                    "value": values[place],
                }
            )
    rings = [
        {"ring": ring, "order": order, "x": at(ring, angle)[0], "y": at(ring, angle)[1]}
        for ring in RINGS
        for order, angle in enumerate([*angles, angles[0]])
    ]
    names: list[dict[str, Any]] = [
        {
            "label": "\n".join(wrap(label, LABEL_WIDTH, break_long_words=False, break_on_hyphens=False)),
            "x": at(1.1, angle)[0],
            "y": at(1.1, angle)[1],
        }
        for label, angle in zip(frame["label"], angles, strict=True)
    ]
    # As wide and high as the places of the names need, so that the rings are round on a common screen.
    scale = alt.Scale(domain=[-2.1, 2.1])
    across = alt.X("x:Q", axis=None, scale=scale)
    up = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.3, 1.3]))
    grid = (
        alt.Chart(pd.DataFrame(rings), height=420)
        .mark_line(color=look.grid, strokeWidth=1)
        .encode(x=across, y=up, detail="ring:N", order="order:O")
    )
    lines = (
        alt.Chart(pd.DataFrame(shapes))
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
                alt.Tooltip("value:Q", title=_("Value"), format=".2~f"),
            ],
        )
    )
    sides: list[tuple[Literal["left", "right", "center"], list[dict[str, Any]]]] = [
        ("left", [name for name in names if name["x"] > MIDDLE]),
        ("right", [name for name in names if name["x"] < -MIDDLE]),
        ("center", [name for name in names if abs(name["x"]) <= MIDDLE]),
    ]
    words = [
        alt.Chart(pd.DataFrame(side))
        .mark_text(fontSize=11, color=look.text, align=align, baseline="middle", lineBreak="\n")
        .encode(x=across, y=up, text="label:N")
        for align, side in sides
        if side
    ]
    return themed(alt.layer(grid, lines, *words), look)
