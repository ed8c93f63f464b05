"""Policy areas against the values of a facet, with what could be chance: the same on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icc_data import queries
from icc_data.analysis import shares
from icc_data.queries.selection import Selection
from pages.shared.answers import ask, ask_part, remember_part

if TYPE_CHECKING:
    import pandas as pd


# What a page shows of them: one question answers for all.
OF_TOPICS: tuple[queries.Crossed, ...] = ("country", "network", "theme")
OF_AN_AREA: tuple[queries.Crossed, ...] = ("country", "city", "network", "theme", "target_group")


def crossed(selection: Selection, facet: queries.Crossed) -> pd.DataFrame:
    """An answer of ``queries.crossed``.

    Args:
        selection: the practices meant.
        facet: of the values.
    """
    rows: pd.DataFrame = ask_part(facet, queries.crossed_facets, selection, _asked(facet))
    return rows


def _asked(facet: queries.Crossed) -> tuple[queries.Crossed, ...]:
    return OF_TOPICS if facet in OF_TOPICS else (facet,)


def pairs(selection: Selection, facet: queries.Crossed) -> pd.DataFrame:
    """What ``analysis.shares.with_chance`` says of ``crossed``, worked out once for all that the page asks for."""
    asked = _asked(facet)

    def work() -> dict[queries.Crossed, pd.DataFrame]:
        return shares.with_chances(ask(queries.crossed_facets, selection, asked))

    return remember_part(facet, work, "pairs", selection, asked)


def pairs_of_area(selection: Selection, area: str, facet: queries.Crossed) -> pd.DataFrame:
    """The rows of one policy area, as ``analysis.shares.of_area`` gives them of those of all.

    Args:
        selection: the practices meant.
        area: the code of the area.
        facet: of the values, one of ``OF_AN_AREA``.
    """

    def work() -> dict[queries.Crossed, pd.DataFrame]:
        # Those of all areas, seventeen times as many, are not remembered: nothing else on the page reads them.
        judged = shares.with_chances(ask(queries.crossed_facets, selection, OF_AN_AREA))
        return {of: shares.of_area(rows, area) for of, rows in judged.items()}

    return remember_part(facet, work, "pairs of area", selection, area)
