"""What there is to ask of one policy area beside the network: the questions of its page and its brief.

In each, the selection is what the area is compared with, so that it chooses no policy areas itself.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from icc_data.queries.asking import Connection, as_of_year, ask, ask_cells, counts_of, one, whenever
from icc_data.queries.selection import Selection
from icc_data.queries.share_queries import meant


def policy_area(connection: Connection, selection: Selection, area: str) -> dict[str, int]:
    """One policy area in numbers (practices, dated, recent, cities …), and the same of ``all_`` practices.

    ``undated`` and ``of_any_year`` are those of the selection without its year filter, as in ``overview``.
    """
    parts = {"{countries}": meant(selection, "country"), **whenever(selection)}
    return counts_of(
        ask_cells(connection, "policy_area", selection, parts=parts, area=area, as_of=as_of_year(connection))
    )


def policy_area_by_year(
    connection: Connection, selection: Selection, area: str, *, active: bool = False
) -> pd.DataFrame:
    """Every year with the practices that started (or were active) in it: ``year, practices, all_practices, expected``.

    ``expected`` is how many of the area there would be if its share of these practices were the same every year.
    Beside them ``known, said, bare`` of the area's practices, as in ``practices_by_year``, and ``all_known`` of all.
    Active years are those of the chosen span.
    """
    options: dict[str, Any] = {
        "area": area,
        "active": active,
        "said": selection.include_said,
        "as_of": as_of_year(connection),
    }
    return ask(connection, "policy_area_by_year", selection, **options, **selection.span)


def policy_area_examples(connection: Connection, selection: Selection, area: str, *, limit: int | None) -> pd.DataFrame:
    """Practices of an area to read first, with what speaks for each; the rule stands in the SQL.

    Beside the columns of ``practices``: ``has_page, sure_year, well_described, agreed, known`` (how many of these
    four), ``shared_by`` (cities), ``last_active_year`` and ``years`` (how many it ran).
    """
    return ask(connection, "policy_area_examples", selection, area=area, limit=limit)


def coding_agreement(connection: Connection) -> pd.DataFrame:
    """How often both readers, one or neither gave an area: ``policy_area, both, first_only, second_only, neither``.

    One row an area in the order of the list; the four counts of a row add up to the practices that both have coded.
    """
    return ask(connection, "coding_agreement")


def coding_overlap(connection: Connection) -> dict[str, Any]:
    """How much the readers' codes overlap: ``practices``, ``in_common`` (practices), mean ``jaccard`` or None."""
    return one(ask(connection, "coding_overlap")) or {}
