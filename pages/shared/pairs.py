"""Policy areas against the values of a facet, with what could be chance: the same on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icc_data import queries
from icc_data.analysis import shares
from icc_data.queries.selection import Selection
from pages.shared.answers import ask, remember

if TYPE_CHECKING:
    import pandas as pd


# What a page shows of them: one question answers for all.
OF_TOPICS: tuple[queries.Crossed, ...] = ("country", "network", "theme")
OF_AN_AREA: tuple[queries.Crossed, ...] = ("country", "city", "network", "theme", "target_group")


def crossed(
    selection: Selection, facet: queries.Crossed, together: tuple[queries.Crossed, ...] = OF_TOPICS
) -> pd.DataFrame:
    """An answer of ``queries.crossed``.

    Args:
        selection: the practices meant.
        facet: of the values.
        together: the facets of which the page asks this in one question.
    """
    rows: pd.DataFrame = ask(queries.crossed_facets, selection, _asked(facet, together))[facet]
    return rows


def _asked(facet: queries.Crossed, together: tuple[queries.Crossed, ...]) -> tuple[queries.Crossed, ...]:
    return together if facet in together else (facet,)


def pairs(
    selection: Selection, facet: queries.Crossed, together: tuple[queries.Crossed, ...] = OF_TOPICS
) -> pd.DataFrame:
    """What ``analysis.shares.with_chance`` says of ``crossed``, worked out once for all that the page asks for."""
    asked = _asked(facet, together)
    return remember(
        lambda: shares.with_chances(ask(queries.crossed_facets, selection, asked)), "pairs", selection, asked
    )[facet]
