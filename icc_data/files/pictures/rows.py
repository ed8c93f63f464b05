"""The rows of a chart on a sheet of a given size: as close as they can be read, and no more than can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from icc_data.files.pictures.grids import views

# Between one row and the next, pixels: in letters of the usual size, and of each further line of a label.
CLOSE, USUAL_LETTERS, FURTHER_LINE = 18, 12, 13
# A picture of fewer rows tells nothing, however small its letters are.
FEWEST = 5


@dataclass(frozen=True)
class Rows:
    """The rows of a chart.

    Attributes:
        field: of the frames, that says in which row a mark stands.
        labels: what it holds, from the first row to the last.
        height: pixels from one row to the next.
    """

    field: str
    labels: list[Any]
    height: float


def rows_of(still: dict[str, Any]) -> Rows | None:
    """The rows of a chart; None where it has none, or more than one set of them.

    Args:
        still: the chart in Vega-Lite, with a height in pixels and its rows in ``datasets``.
    """
    placed = list(_placed(still))
    fields, high = {view["encoding"]["y"]["field"] for view in placed}, still.get("height")
    if len(fields) != 1 or not isinstance(high, int | float) or {"facet", "hconcat", "vconcat"} & still.keys():
        return None
    (field,) = fields
    down = placed[0]["encoding"]["y"]
    labels = _in_order(down, [row for view in placed for row in _data(still, view)])
    # In an order of Vega's own nobody knows here which are the first.
    is_known = down.get("sort", "") is None or isinstance(down.get("sort"), list)
    return Rows(field, labels, high / len(labels)) if labels and is_known else None


def draw_close(still: dict[str, Any], rows: Rows) -> Rows:
    """Put the rows of a chart as close together as they can be read, and tell how close that is.

    Args:
        still: the chart, which is changed.
        rows: its rows.
    """
    close = float(CLOSE + FURTHER_LINE * max(str(label).count("\n") for label in rows.labels))
    for view in _placed(still):
        mark = view["mark"] if isinstance(view["mark"], dict) else {}
        beside = max((abs(mark[way]) for way in ("dy", "yOffset") if isinstance(mark.get(way), int | float)), default=0)
        letters = (view["encoding"]["y"].get("axis") or {}).get("labelFontSize", USUAL_LETTERS)
        # What stands above and below the middle of a row has the half of it for itself.
        close = max(close, CLOSE * letters / USUAL_LETTERS, 2 * beside + CLOSE - 4 if beside else 0)
    height = min(close, rows.height)
    still["height"] = height * len(rows.labels)
    return Rows(rows.field, rows.labels, height)


def draw_first(still: dict[str, Any], rows: Rows, count: int) -> None:
    """Leave the first rows of a chart alone; its columns stay.

    Args:
        still: the chart, which is changed.
        rows: its rows.
        count: how many are left.
    """
    kept, placed = set(rows.labels[:count]), list(_placed(still))
    for view in placed:
        across = view["encoding"].get("x", {})
        if across.get("type") in {"ordinal", "nominal"} and "domain" not in (across.get("scale") or {}):
            across["scale"] = {**(across.get("scale") or {}), "domain": _in_order(across, _data(still, view))}
    for view in placed:
        rows_there = _data(still, view)
        rows_there[:] = [row for row in rows_there if row.get(rows.field) in kept]
        order = view["encoding"]["y"].get("sort")
        if isinstance(order, list):
            order[:] = [label for label in order if label in kept]
    still["height"] = rows.height * count


def _placed(still: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The views that place their marks in rows."""
    for view in views(still):
        down = view.get("encoding", {}).get("y", {})
        if "mark" in view and down.get("type") in {"nominal", "ordinal"} and "field" in down:
            yield view


def _in_order(channel: dict[str, Any], rows: list[dict[str, Any]]) -> list[Any]:
    """What rows hold for a channel: in the order that is said, then in their own."""
    held = dict.fromkeys(row[channel["field"]] for row in rows if channel.get("field") in row)
    order = channel.get("sort")
    said = [value for value in order if value in held] if isinstance(order, list) else []
    return list(dict.fromkeys([*said, *held]))


def _data(still: dict[str, Any], view: dict[str, Any]) -> list[dict[str, Any]]:
    named = (view.get("data") or still.get("data") or {}).get("name", "")
    rows: list[dict[str, Any]] = still.get("datasets", {}).get(named, [])
    return rows
