"""The chart of a policy audit, in the look of ``charts.py``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from icc_data.drawing.charts import look_config, room_for
from icc_data.drawing.palette import Look
from icc_data.drawing.plain import PlainChart, Spec, View, name, quantity
from icc_data.drawing.row_labels import plain_row_axis, row_height
from icc_data.i18n import translate as _

HIGHEST = 100


def need_bars(frame: pd.DataFrame, look: Look, bases: Sequence[str]) -> Any:
    """The need of each policy area as a bar that tells what its gap is taken from.

    Args:
        frame: ``label, need`` (0-100), ``text`` (beside the bar), ``basis, gap_basis, lend`` in the order of the rows.
        look: the user's theme.
        bases: the three that a bar can have, as ``basis`` names them: a rating, a score, a count of practices, which is
            pale with a broken outline. Any other has no length.
    """
    rated, scored = look.amount, look.categories[1]
    fills, edges = [rated, scored, look.pale(rated)], [rated, scored, rated]
    legend = {
        "title": _("The gap is taken from"), "orient": "top", "columns": 1, "symbolType": "square", "labelLimit": 0
    }  # fmt: skip

    def by_basis(marks: Sequence[Any]) -> Spec:
        return name("basis", scale={"domain": list(bases), "range": list(marks)}, legend=legend)

    scale = {"domain": [0, HIGHEST], "range": room_for(frame["text"])}
    place = {
        "y": name("label", sort=None, title=None, axis=plain_row_axis(frame["label"], look)),
        "x": quantity("need", axis=None, scale=scale),
        "tooltip": [
            name("label", title=_("Policy area")),
            name("text", title=_("Need of 100")),
            name("gap_basis", title=_("The gap is taken from")),
            name("lend", title=_("Peers with a practice to lend")),
        ],
    }
    dashes = by_basis([[1, 0], [1, 0], [3, 2]])
    bars = View(
        frame,
        {"type": "bar", "cornerRadiusEnd": 2, "height": 14, "strokeWidth": 1.2},
        place | {"color": by_basis(fills), "stroke": by_basis(edges), "strokeDash": dashes},
        transform=({"filter": {"field": "basis", "oneOf": list(bases)}},),
    )
    beside = {"type": "text", "align": "left", "dx": 5, "color": look.muted}
    words = View(frame, beside, place | {"text": name("text")})
    height = row_height(frame["label"]) * (max(len(frame), 1) + 1)
    return PlainChart([bars, words], height, look_config(look))
