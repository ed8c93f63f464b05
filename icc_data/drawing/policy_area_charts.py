"""Charts of one thing beside the network it belongs to, in the look of ``charts``."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icc_data.drawing.charts import (
    YEARS,
    look_config,
    on_band,
    plain_count_axis,
    plain_year_axis,
    with_edges,
)
from icc_data.drawing.palette import Look
from icc_data.drawing.plain import PlainChart, View, brushing, part_lines, quantity, tints
from icc_data.i18n import translate as _


def expected_years(
    frame: pd.DataFrame,
    parted: pd.DataFrame,
    look: Look,
    *,
    colour: str,
    parts: tuple[str, str],
    unfinished: tuple[int, int] | None = None,
    brush: bool = True,
    height: int = 250,
) -> Any:
    """Bars by year, and a dashed line of how high they would be if their share were the same every year.

    Args:
        frame: ``year, practices, all_practices, expected``, every year of a span once.
        parted: the same rows as ``analysis.years.in_parts`` gives them.
        look: the user's theme.
        colour: of the bars.
        parts: the words of the sure part of a bar and of the paler one.
        unfinished: the first and last year of which more is still to be published.
        brush: let the user drag over years (selection ``years``).
        height: pixels.
    """
    tooltip = [
        quantity("year", title=_("Year"), format="d"),
        quantity("practices", title=_("Practices"), format=",d"),
        quantity("expected", title=_("With the same share every year"), format=",.1f"),
        quantity("all_practices", title=_("All practices compared with"), format=",d"),
    ]
    encoding = {
        "x": plain_year_axis(frame, unfinished[1] if unfinished else None),
        "x2": {"field": "next"},
        "y": quantity("count", axis=plain_count_axis(_("Practices"))),
        "tooltip": [*tooltip, *part_lines(parts)],
        **tints(parts),
    }
    mark = {"type": "bar", "color": colour, "stroke": colour, "binSpacing": 2}
    bars = View(with_edges(parted), mark, encoding, (brushing(YEARS, look.amount),) if brush else ())
    line = {"x": quantity("year", title=None), "y": quantity("expected"), "tooltip": tooltip}
    dashes = View(frame, {"type": "line", "color": look.text, "strokeWidth": 1.5, "strokeDash": [5, 3]}, line)
    # A year without a bar can be pointed at too.
    points = View(frame, {"type": "circle", "color": look.text, "size": 14, "opacity": 0.9}, dict(line))
    return PlainChart([*on_band(bars, unfinished, look), dashes, points], height, look_config(look))


def years_of_one(frame: pd.DataFrame, look: Look, first: int, known_until: int, last: int, *, height: int = 170) -> Any:
    """Bars by year, those of one thing's years in colour, the years in which it is only said to go on paler.

    Args:
        frame: ``year, practices``, one row a year.
        look: the user's theme.
        first, known_until: the years in which the one is known to have run, both included.
        last: the last year in which it is said to.
        height: pixels.
    """
    tooltip = [quantity("year", title=_("Year"), format="d"), quantity("practices", title=_("Practices"), format=",d")]
    within = [
        {"test": f"datum.year >= {first} && datum.year <= {known_until}", "value": look.amount},
        {"test": f"datum.year > {known_until} && datum.year <= {last}", "value": look.pale(look.amount)},
    ]
    encoding = {
        "x": plain_year_axis(frame),
        "x2": {"field": "next"},
        "y": quantity("practices", axis=plain_count_axis(_("Practices"))),
        "color": {"value": look.unknown, "condition": within},
        "tooltip": tooltip,
    }
    bars = View(with_edges(frame), {"type": "bar", "binSpacing": 2}, encoding)
    return PlainChart([bars], height, look_config(look))
