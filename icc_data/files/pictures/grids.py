"""Grids of cells on a sheet that may be narrower than any screen: how wide they have to be to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from icc_data.drawing.charts import text_pixels
from icc_data.drawing.heatmaps import CELL_ROOM, LEVEL_MARGIN, NARROWEST, WORDS
from icc_data.drawing.row_labels import LONGEST_LABEL, NARROW_LABEL, PHONE

# Between the labels of rows and the cells, pixels.
LABEL_ROOM = 14


def views(view: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A chart and all the charts within it."""
    yield view
    inner = [part for kind in ("layer", "hconcat", "vconcat", "concat") for part in view.get(kind, ())]
    for part in [*inner, *([view["spec"]] if isinstance(view.get("spec"), dict) else [])]:
        yield from views(part)


def narrowest(still: Mapping[str, Any], *, printed: bool) -> int:
    """How wide a grid of cells has to be for its heads and the words in its cells; 0 for other charts.

    Args:
        still: the chart.
        printed: whether it is as narrow as it can be: with the labels of its rows in two lines.
    """
    rows = {name: pd.DataFrame(values) for name, values in still.get("datasets", {}).items()}
    columns = widest = labels = 0
    for view in views(dict(still)):
        mark, encoding = view.get("mark"), view.get("encoding", {})
        frame = rows.get((view.get("data") or still.get("data") or {}).get("name", ""))
        across = encoding.get("x", {})
        if not isinstance(mark, dict) or across.get("type") != "ordinal" or frame is None or frame.empty:
            continue
        if mark["type"] == "rect":
            columns = len(across.get("scale", {}).get("domain", ())) or frame[across["field"]].nunique()
            labels = text_pixels(frame[encoding["y"]["field"]], 12)
        elif mark["type"] == "text":
            widest = text_pixels(frame[encoding["text"]["field"]], WORDS) + CELL_ROOM
    if not columns:
        return 0
    # Slanted heads reach beyond the last column, before the margin that screens have for them.
    cells = columns * max(widest, NARROWEST) + LABEL_ROOM + 2 * still["config"]["padding"]["right"]
    narrow = cells + min(labels, NARROW_LABEL)
    # From there on labels stand in one line, as on a screen of that width.
    wide: int = max(cells + min(labels, LONGEST_LABEL), PHONE)
    return int(narrow) if printed or narrow < PHONE else wide


def stand_heads_up(still: dict[str, Any]) -> None:
    """Turn the slanted heads of a grid upright: in print, what they take to the right makes all letters smaller."""
    for view in views(still):
        axis = view.get("encoding", {}).get("x", {}).get("axis")
        if axis and axis.get("orient") == "top" and axis.get("labelAngle"):
            axis["labelAngle"] = -90
            still["config"]["padding"]["right"] = LEVEL_MARGIN
