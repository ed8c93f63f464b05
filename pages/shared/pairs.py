"""Policy areas against the values of a facet, with what could be chance: the same on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icc_data import queries
from icc_data.analysis import shares
from icc_data.queries.selection import Selection
from pages.shared.answers import ask, remember

if TYPE_CHECKING:
    import pandas as pd


# A page asks this of most of them: one question answers for all.
TOGETHER: tuple[queries.Crossed, ...] = ("country", "city", "network", "theme", "target_group")


def crossed(selection: Selection, facet: queries.Crossed) -> pd.DataFrame:
    """An answer of ``queries.crossed``."""
    rows: pd.DataFrame
    if facet in TOGETHER:
        rows = remember(lambda: ask(queries.crossed_facets, selection, TOGETHER)[facet], "crossed", selection, facet)
    else:
        rows = ask(queries.crossed, selection, facet)
    return rows


def pairs(selection: Selection, facet: queries.Crossed) -> pd.DataFrame:
    """What ``analysis.shares.with_chance`` says of an answer of ``queries.crossed``, worked out once."""
    return remember(lambda: shares.with_chance(crossed(selection, facet)), "pairs", selection, facet)
