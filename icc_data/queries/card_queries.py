"""Practices as cards show them: few, row by row, what is unknown as None. A frame between takes a third more time."""

from __future__ import annotations

from typing import Any

from icc_data.queries.asking import Connection, ask_cells
from icc_data.queries.practice_queries import ORDERS, Sort, unranked
from icc_data.queries.ranking import ranked
from icc_data.queries.selection import Selection


def practice_cards(connection: Connection, selection: Selection, *, limit: int) -> list[dict[str, Any]]:
    """The newest practices of the selection, with the columns of ``practices``."""
    parts = {"{order}": ORDERS["newest"]}
    return ask_cells(connection, "practices", selection, parts=parts, limit=limit, offset=0)


def result_cards(
    connection: Connection, selection: Selection, *, limit: int, offset: int = 0, sort: Sort = "relevance"
) -> list[dict[str, Any]]:
    """A page of the results in their order, with the columns of ``search``; without typed words, of ``practices``."""
    if not selection.search.words:
        parts = {"{order}": ORDERS[unranked(sort)]}
        return ask_cells(connection, "practices", selection, parts=parts, limit=limit, offset=offset)
    parts, bound = ranked(selection)
    parts["{order}"] = ORDERS[sort]
    best = sort == "relevance"
    return ask_cells(connection, "search", parts=parts, limit=limit, offset=offset, best=best, **bound)


def example_cards(connection: Connection, selection: Selection, area: str, *, limit: int) -> list[dict[str, Any]]:
    """Practices of a policy area to read first, with the columns of ``policy_area_examples``."""
    return ask_cells(connection, "policy_area_examples", selection, area=area, limit=limit)
