"""Charts in Vega-Lite's own words: drawn in a tenth of the time of Altair's objects.

They give what an Altair chart gives, ``to_dict``, and are held against the same schema by the same tests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from icc_data.cells import python_value
from icc_data.drawing.palette import PALE

Spec = dict[str, Any]

# What Vega-Lite's schema is of.
_ANY_CHART = {"$ref": "#/definitions/TopLevelSpec"}


@dataclass(frozen=True)
class View:
    """One kind of mark with its rows.

    Attributes:
        rows: what is drawn; several views may share a frame.
        mark: Vega-Lite's definition of the mark.
        encoding: what of the rows gives what of the mark.
        params: what can be chosen on it by pointing.
        transform: what is done with the rows before: see ``where`` and ``computed``.
    """

    rows: pd.DataFrame
    mark: Spec
    encoding: Spec
    params: tuple[Spec, ...] = ()
    transform: tuple[Spec, ...] = ()


@dataclass(frozen=True)
class Panels:
    """Small pictures beside and below each other.

    Attributes:
        facet: what of the rows tells the pictures apart, their order and their headings.
        columns: how many stand beside each other.
        width: of each, pixels.
    """

    facet: Spec
    columns: int
    width: int


@dataclass(frozen=True)
class PlainChart:
    """Views on top of each other, the first at the bottom.

    Attributes:
        views: at least one.
        height: pixels.
        config: the look: see ``charts.look_config``.
        panels: what of the rows has a small picture each, all of one frame; None for one picture.
    """

    views: Sequence[View]
    height: int
    config: Spec
    panels: Panels | None = None
    frames: dict[str, pd.DataFrame] = field(init=False)
    """The rows by the name that the chart has for them."""

    def __post_init__(self) -> None:
        distinct = list({id(view.rows): view.rows for view in self.views}.values())
        object.__setattr__(self, "frames", {f"rows-{place}": frame for place, frame in enumerate(distinct)})

    def spec(self) -> Spec:
        """The chart without its rows."""
        names = {id(frame): name for name, frame in self.frames.items()}
        views: list[Spec] = []
        params: list[Spec] = []
        for place, view in enumerate(self.views):
            views.append({"data": {"name": names[id(view.rows)]}, "mark": view.mark, "encoding": view.encoding})
            if view.transform:
                views[-1]["transform"] = list(view.transform)
            # On one of several views, what is chosen says on which.
            if view.params and len(self.views) > 1:
                views[-1]["name"] = f"view-{place}"
                params += [{**param, "views": [f"view-{place}"]} for param in view.params]
            else:
                params += view.params
        drawn = {**(views[0] if len(views) == 1 else {"layer": views}), "height": self.height}
        if self.panels:
            # Panels are made of rows that all views share.
            shared = [view.pop("data") for view in views]
            drawn = {
                "data": shared[0],
                "facet": self.panels.facet,
                "columns": self.panels.columns,
                "spec": {**drawn, "width": self.panels.width},
                "resolve": {"axis": {"x": "independent"}},
            }
        chosen = {"params": params} if params else {}
        return {"$schema": alt.SCHEMA_URL, "config": self.config, **drawn, **chosen}

    def to_dict(self, validate: bool = True) -> Spec:
        """The chart with its rows.

        Args:
            validate: hold it against Vega-Lite's schema.

        Raises:
            jsonschema.ValidationError: it does not fit.
        """
        spec = self.spec()
        spec["datasets"] = {
            name: [
                dict(zip(map(str, frame.columns), map(python_value, row), strict=True))
                for row in frame.itertuples(index=False, name=None)
            ]
            for name, frame in self.frames.items()
        }
        if validate:
            # Held against the schema only: to make Altair's objects of it would validate each part again.
            alt.Root.validate(spec, _ANY_CHART)
        return spec


def said_once(spec: Spec) -> Spec:
    """A chart that says once what is the same in all views on top of each other: places and tooltips, mostly.

    Args:
        spec: the chart; it stays as it is.
    """
    views = [view.get("encoding", {}) for view in spec.get("layer", ())]
    if len(views) < 2 or "encoding" in spec:
        return spec
    first, *others = views
    same = {channel: what for channel, what in first.items() if all(view.get(channel) == what for view in others)}
    if not same:
        return spec
    layer = [
        {**view, "encoding": {channel: what for channel, what in own.items() if channel not in same}}
        for view, own in zip(spec["layer"], views, strict=True)
    ]
    return {**spec, "layer": layer, "encoding": same}


def quantity(column: str, **options: Any) -> Spec:
    """A number of the rows."""
    return {"field": column, "type": "quantitative", **options}


def name(column: str, **options: Any) -> Spec:
    """A text of the rows."""
    return {"field": column, "type": "nominal", **options}


def rank(column: str, **options: Any) -> Spec:
    """A number or a text of the rows that stands for a place in an order."""
    return {"field": column, "type": "ordinal", **options}


def either(rows: pd.DataFrame, column: str, **options: Any) -> Spec:
    """A number or a text, as the column holds."""
    values = rows[column]
    is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    return (quantity if is_number else name)(column, **options)


def where(test: str) -> Spec:
    """That only rows are drawn of which an expression of Vega holds."""
    return {"filter": test}


def computed(**columns: str) -> tuple[Spec, ...]:
    """More columns, each of an expression of Vega."""
    return tuple({"calculate": expression, "as": column} for column, expression in columns.items())


def coloured(column: str, colours: Mapping[str, str]) -> Spec:
    """The colour of a mark, by what a column holds."""
    return name(column, legend=None, scale={"domain": list(colours), "range": list(colours.values())})


def tints(parts: tuple[str, str]) -> Spec:
    """The encoding of bars of ``part`` and ``count``, the second part paler and on top of the first.

    Args:
        parts: the words in the column ``part``: the sure part, and the other.
    """
    # The paler one alone would not stand out from the background: an outline in full colour does.
    paler = f"datum.part === {json.dumps(parts[1])} && datum.count > 0"
    return {
        "fillOpacity": name("part", legend=None, scale={"domain": list(parts), "range": [1.0, PALE]}),
        "strokeWidth": {"value": 0, "condition": {"test": paler, "value": 1}},
        "order": quantity("rank"),
    }


def part_lines(parts: tuple[str, str] | None) -> list[Spec]:
    """How many practices are in each of two parts, for a tooltip; none where there are no parts."""
    columns = zip(("sure", "unsure"), parts or (), strict=False)
    return [quantity(column, title=words, format=",d") for column, words in columns]


def brushing(param: str, colour: str) -> Spec:
    """That years can be chosen by dragging.

    Args:
        param: what the choice is called.
        colour: of what is dragged over.
    """
    mark = {"fill": colour, "fillOpacity": 0.12, "stroke": colour}
    return {"name": param, "select": {"type": "interval", "encodings": ["x"], "mark": mark}}


def band(years: tuple[int, int], words: str, colour: str, *, beside: int = 0) -> tuple[View, View]:
    """A band over some years, to stand behind the bars, and its words, to stand in front of them.

    Args:
        years: the first and last of them.
        words: what the band says.
        colour: of both.
        beside: the pixels that words and what stands in their line take; with less room, they stand a line higher.
    """
    edges = pd.DataFrame({"first": [years[0] - 0.5], "end": [years[1] + 0.5], "words": [words]})
    # Of its own a rectangle would stretch the axis to the year 0.
    scale = {"zero": False, "nice": False}
    higher = {"expr": f"width < {beside} ? -22 : -5"} if beside else -5
    text = {"type": "text", "align": "right", "baseline": "bottom", "dy": higher, "fontSize": 11, "color": colour}
    return (
        View(
            edges,
            {"type": "rect", "color": colour, "opacity": 0.13},
            {"x": quantity("first", title=None, scale=scale), "x2": {"field": "end"}},
        ),
        View(
            edges,
            text,
            {"x": quantity("end", title=None, scale=scale), "y": {"value": 0}, "text": name("words")},
        ),
    )
