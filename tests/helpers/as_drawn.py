"""A chart read as somebody reads the picture: where its marks lie beside the numbers and names on its axes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import vl_convert

WIDTH = 800
NUMBER = re.compile(r"^[−-]?[\d,.]+ ?%?$")


def number_read(words: str) -> float | None:
    """The number that stands on an axis; None for other words."""
    if not NUMBER.match(words):
        return None
    value = float(words.replace("−", "-").replace(",", "").rstrip("% "))
    return value / 100 if words.endswith("%") else value


@dataclass(frozen=True)
class Axis:
    """The words on an axis and where they stand, pixels."""

    words: tuple[str, ...]
    places: tuple[float, ...]

    @property
    def is_of_numbers(self) -> bool:
        return len(self.words) > 1 and all(number_read(words) is not None for words in self.words)

    def _line(self) -> tuple[float, float]:
        numbers = np.array([number_read(words) for words in self.words], dtype=float)
        slope, start = np.polyfit(self.places, numbers, 1)
        return float(slope), float(start)

    def place(self, value: float) -> float:
        """Where a number stands, pixels."""
        slope, start = self._line()
        return (value - start) / slope

    def value(self, place: float) -> Any:
        """What stands at a place: a number between those written there, or the nearest name."""
        if self.is_of_numbers:
            slope, start = self._line()
            return start + slope * place
        return self.words[int(np.argmin([abs(place - other) for other in self.places]))]


@dataclass
class Drawn:
    """A picture.

    Attributes:
        across, up: its axes; None where a side has none.
        layers: the marks of each kind of mark, in the order in which they are painted; every edge in what the axes
            say, in pixels where there is no axis.
        swatches: the colours of its own legend, by their words.
    """

    across: Axis | None = None
    up: Axis | None = None
    layers: list[tuple[str, pd.DataFrame]] = field(default_factory=list)
    swatches: dict[str, str] = field(default_factory=dict)

    def marks(self, kind: str, place: int = 0) -> pd.DataFrame:
        """The marks of the layers of a kind.

        Args:
            kind: rect, line, area, rule, symbol or text.
            place: which of the layers of this kind.
        """
        return [frame for one, frame in self.layers if one == kind][place]


def read_chart(spec: Mapping[str, Any]) -> Drawn:
    """Draw a chart in Vega-Lite, and read what it shows."""
    sized = {} if spec.keys() & {"hconcat", "vconcat", "facet", "spec"} else {"width": WIDTH}
    vega = vl_convert.vegalite_to_vega({**spec, **sized})
    _place_by_middle(vega)
    scene = vl_convert.vega_to_scenegraph(vega)
    drawn = Drawn()
    layers: dict[Any, list[dict[str, Any]]] = {}
    _read(scene["scenegraph"], drawn, layers)
    for (_name, kind), marks in layers.items():
        drawn.layers.append((kind, pd.DataFrame([_in_words(mark, drawn) for mark in marks])))
    return drawn


def _place_by_middle(part: Any) -> None:
    """Let bars across and ticks stand at their middles, as what is drawn does not tell of these otherwise."""
    if isinstance(part, list):
        for one in part:
            _place_by_middle(one)
    elif isinstance(part, dict):
        for middle, edge, size in (("xc", "x", "width"), ("yc", "y", "height")):
            if middle in part and size in part:
                part[edge], part[size] = part.pop(middle), {"value": 0}
        for one in part.values():
            _place_by_middle(one)


def _read(
    mark: dict[str, Any], drawn: Drawn, layers: dict[Any, list[dict[str, Any]]], dx: float = 0.0, dy: float = 0.0
) -> None:
    role, kind, items = mark.get("role"), mark.get("marktype"), mark.get("items", [])
    if kind == "group":
        for item in items:
            if role == "axis":
                _read_axis(item, drawn)
            elif role == "legend":
                drawn.swatches |= dict(_legend(item))
            else:
                # Bars with round ends stand in groups of their own; panels have axes of their own.
                nested = role == "scope" and not mark.get("name")
                at = (dx + item.get("x", 0.0), dy + item.get("y", 0.0)) if nested else (dx, dy)
                for part in item.get("items", []):
                    _read(part, drawn, layers, *at)
    elif role == "mark" and items and not str(mark.get("name", "")).startswith("years_brush"):
        key = re.sub(r"^view_\w+?_(?=\d|marks|layer)", "layer_", str(mark.get("name"))), kind
        line = len({one["line"] for one in layers.get(key, [])})
        layers.setdefault(key, []).extend({**_moved(item, dx, dy), "line": line} for item in items)


def _moved(item: dict[str, Any], dx: float, dy: float) -> dict[str, Any]:
    ends = {name: item[name] + by for name, by in (("x2", dx), ("y2", dy)) if name in item}
    return {**item, "x": item.get("x", 0.0) + dx, "y": item.get("y", 0.0) + dy, **ends}


def _words(item: Mapping[str, Any]) -> str:
    text = item.get("text", "")
    return " ".join(map(str, text)) if isinstance(text, list) else str(text)


def _texts(item: Mapping[str, Any], role: str) -> Iterator[dict[str, Any]]:
    for part in item.get("items", []):
        if part.get("role") == role:
            yield from part.get("items", [])


def _read_axis(item: dict[str, Any], drawn: Drawn) -> None:
    labels = [label for label in _texts(item, "axis-label") if label.get("opacity", 1) and _words(label)]
    if not labels:
        return
    # Labels of an axis across stand on one height.
    flat = len({round(label["y"], 1) for label in labels}) == 1
    is_across = flat and (len(labels) > 1 or labels[0].get("align") == "center")
    side = "x" if is_across else "y"
    axis = Axis(tuple(map(_words, labels)), tuple(label[side] for label in labels))
    name = "across" if is_across else "up"
    if getattr(drawn, name) is None:
        setattr(drawn, name, axis)


def _legend(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    symbols, labels = [], []

    def walk(part: dict[str, Any]) -> None:
        if part.get("role") == "legend-symbol":
            symbols.extend(part["items"])
        elif part.get("role") == "legend-label":
            labels.extend(part["items"])
        for inner in part.get("items", []):
            walk(inner)

    walk(item)
    for symbol, label in zip(symbols, labels, strict=False):
        yield _words(label), symbol.get("fill") or symbol.get("stroke", "")


def _in_words(mark: dict[str, Any], drawn: Drawn) -> dict[str, Any]:
    """A mark with its edges in what the axes say, and its middle by name where they say names."""
    left, top = mark.get("x", 0.0), mark.get("y", 0.0)
    right = mark["x2"] if "x2" in mark else left + mark.get("width", 0.0)
    bottom = mark["y2"] if "y2" in mark else top + mark.get("height", 0.0)
    edges = {"left": min(left, right), "right": max(left, right), "top": min(top, bottom), "bottom": max(top, bottom)}
    across = {side: drawn.across.value(edges[side]) if drawn.across else edges[side] for side in ("left", "right")}
    up = {side: drawn.up.value(edges[side]) if drawn.up else edges[side] for side in ("top", "bottom")}
    return {
        "x": _at(drawn.across, (left + right) / 2),
        "y": _at(drawn.up, (top + bottom) / 2),
        **(across | up),
        "wide": edges["right"] - edges["left"],
        "high": edges["bottom"] - edges["top"],
        "fill": mark.get("fill"),
        "stroke": mark.get("stroke"),
        "opacity": mark.get("opacity", 1) * mark.get("fillOpacity", 1),
        "dash": tuple(mark.get("strokeDash") or ()),
        "shape": mark.get("shape", ""),
        "size": mark.get("size"),
        "text": _words(mark),
        "said": mark.get("description", ""),
        "line": mark["line"],
    }


def _at(axis: Axis | None, place: float) -> Any:
    return place if axis is None else axis.value(place)
