"""What the circles of a map of cities mean."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from icc_data.charts import themed
from icc_data.i18n import translate as _
from icc_data.maps import Measure, radius, scale_of, share_of
from icc_data.palette import Look, ramp_colour

STEP = 110


def map_legend(frame: pd.DataFrame, look: Look, measure: Measure) -> Any:
    """Circles from little to much, and the one for what is not known.

    Args:
        frame: the cities of the map.
        look: the user's theme.
        measure: what size and colour show.
    """
    scale = scale_of(frame, measure)
    low, high = scale
    values = sorted({round(low + (high - low) * share) for share in (0.04, 0.25, 0.6, 1.0)})
    rows = []
    for value in values:
        if value <= 0:
            continue
        share = share_of(value, scale)
        red, green, blue = ramp_colour(look, 0.25 + 0.75 * share)
        words = measure.words(value)
        rows.append({"size": math.pi * radius(share) ** 2, "colour": f"rgb({red},{green},{blue})", "words": words})
    nothing = _("none, or not known") if measure.from_zero else _("not known")
    rows.append({"size": math.pi * radius(0) ** 2, "colour": look.unknown, "words": nothing})
    places = pd.DataFrame(
        [{"x": 24 + STEP * place, "text_x": 50 + STEP * place, **row} for place, row in enumerate(rows)]
    )
    scale_x = alt.Scale(domain=[0, STEP * 7], nice=False)
    base = alt.Chart(places, height=48).encode(y=alt.value(24))
    circles = base.mark_point(filled=True, opacity=0.9).encode(
        x=alt.X("x:Q", axis=None, scale=scale_x),
        size=alt.Size("size:Q", scale=None),
        color=alt.Color("colour:N", scale=None),
    )
    words = base.mark_text(align="left", color=look.muted).encode(
        x=alt.X("text_x:Q", axis=None, scale=scale_x), text="words:N"
    )
    return themed(circles + words, look)
