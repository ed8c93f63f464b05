"""How long practices last: steps that fall where some end, their interval, and below how many are still watched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from icc_data.drawing.charts import look_config
from icc_data.drawing.palette import Look
from icc_data.drawing.plain import PlainChart, Spec, View, coloured, computed, name, quantity, where
from icc_data.i18n import translate as _

# The height of a row of numbers below the curves, as a part of the whole.
STRIP = 0.09
MOST_NUMBERS = 9
MOST_BANDS = 3


def survival_curves(frame: pd.DataFrame, look: Look, colours: Mapping[str, str], *, height: int = 340) -> Any:
    """The share of practices still running by years after their start year, a curve a group.

    Args:
        frame: what ``analysis.survival.curves`` gives.
        look: the user's theme.
        colours: colour by label, in the order of the groups.
        height: pixels, without the rows of numbers.
    """
    last = int(frame["years"].max())
    step = next(step for step in (1, 2, 5, 10, 20) if last / step < MOST_NUMBERS)
    numbers = list(range(0, last + 1, step))
    colour = coloured("label", colours)
    place = _axes(last, numbers, len(colours)) | {"color": colour}
    tooltip = [
        name("label", title=_("Group")),
        quantity("years", title=_("Years after the start year"), format="d"),
        name("share_words", title=_("Still running")),
        name("range_words", title=_("95% interval")),
        quantity("watched", title=_("Known so far"), format=",d"),
        quantity("ended", title=_("Ended before"), format=",d"),
    ]
    steps = {"interpolate": "step-after"}
    known = (where("isValid(datum.low)"),)
    reach = place | {"y": quantity("low"), "y2": {"field": "high"}}
    band = View(frame, {"type": "area", "opacity": 0.14, **steps}, reach, transform=known)
    below = (
        where(f"indexof({numbers}, datum.years) >= 0"),
        *computed(below=f"-{STRIP} * (datum.place + 0.55)"),
    )
    watched = place | {"y": quantity("below"), "text": quantity("watched", format=",d")}
    views = [
        *([band] if len(colours) <= MOST_BANDS else []),
        View(frame, {"type": "line", "strokeWidth": 2.5, **steps}, place),
        View(frame, {"type": "point", "filled": True, "size": 30, "opacity": 1}, place | {"tooltip": tooltip}),
        View(frame, {"type": "text", "fontSize": 10, "baseline": "middle"}, watched, transform=below),
    ]
    return PlainChart(views, height + 22 * len(colours), look_config(look))


def _axes(last: int, numbers: list[int], groups: int) -> Spec:
    room = 0.4 * max(1, last / 20)
    x = quantity(
        "years",
        title=[_("Years after the year of the start"), _("Numbers: practices known to have run so far")],
        scale={"domain": [-room, last + room], "nice": False},
        axis={"format": "d", "values": numbers, "grid": False, "titlePadding": 10},
    )
    axis = {
        "title": _("Share still running"),
        "format": ".0%",
        "values": [0, 0.2, 0.4, 0.6, 0.8, 1],
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "start",
        "titleY": -8,
        "titleX": 0,
    }
    y = quantity("share", axis=axis, scale={"domain": [-STRIP * groups, 1], "nice": False})
    return {"x": x, "y": y}
