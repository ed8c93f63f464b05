"""The chart of a policy audit, in the look of ``charts.py``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from icc_data.drawing.charts import room_for, themed
from icc_data.drawing.palette import Look
from icc_data.drawing.row_labels import row_axis, row_height
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
    legend = alt.Legend(title=_("The gap is taken from"), orient="top", columns=1, symbolType="square", labelLimit=0)
    base = alt.Chart(frame, height=row_height(frame["label"]) * (max(len(frame), 1) + 1)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=row_axis(frame["label"], look)),
        x=alt.X("need:Q", axis=None, scale=alt.Scale(domain=[0, HIGHEST], range=room_for(frame["text"]))),
        tooltip=[
            alt.Tooltip("label:N", title=_("Policy area")),
            alt.Tooltip("text:N", title=_("Need of 100")),
            alt.Tooltip("gap_basis:N", title=_("The gap is taken from")),
            alt.Tooltip("lend:N", title=_("Peers with a practice to lend")),
        ],
    )
    bars = base.transform_filter(alt.FieldOneOfPredicate(field="basis", oneOf=list(bases)))
    bars = bars.mark_bar(cornerRadiusEnd=2, height=14, strokeWidth=1.2).encode(
        color=alt.Color("basis:N", scale=alt.Scale(domain=list(bases), range=fills), legend=legend),
        stroke=alt.Stroke("basis:N", scale=alt.Scale(domain=list(bases), range=edges), legend=legend),
        strokeDash=alt.StrokeDash(
            "basis:N", scale=alt.Scale(domain=list(bases), range=[[1, 0], [1, 0], [3, 2]]), legend=legend
        ),
    )
    words = base.mark_text(align="left", dx=5, color=look.muted).encode(text="text:N")
    return themed(bars + words, look)
