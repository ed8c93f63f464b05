"""Policy areas against the values of a facet, with what could be chance: the same on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icc_data import queries
from icc_data.analysis import shares
from icc_data.queries.selection import Selection
from pages.shared.answers import ask, remember

if TYPE_CHECKING:
    import pandas as pd


def pairs(selection: Selection, facet: queries.Crossed) -> pd.DataFrame:
    """What ``analysis.shares.with_chance`` says of an answer of ``queries.crossed``, worked out once."""
    return remember(lambda: shares.with_chance(ask(queries.crossed, selection, facet)), "pairs", selection, facet)
