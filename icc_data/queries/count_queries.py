"""How many practices a selection holds, of how many of them what is known, and what the whole network has."""

from __future__ import annotations

from icc_data.queries.asking import Connection, as_of_year, ask_cells, counts_of, whenever
from icc_data.queries.by_year import year_params
from icc_data.queries.selection import Selection


def overview(connection: Connection, selection: Selection) -> dict[str, int]:
    """Counts of the selection; years are missing where nothing is dated.

    ``undated`` (``undated_without_text`` and ``undated_unread``) and ``of_any_year`` are those of the selection
    without its year filter, which by itself leaves out what is undated; ``bare`` and ``recent_bare`` have a year alone
    as published.
    """
    return counts_of(
        ask_cells(connection, "overview", selection, parts=whenever(selection), as_of=as_of_year(connection))
    )


def known_counts(connection: Connection, selection: Selection) -> dict[str, int]:
    """What ``overview`` counts of practices, without their cities and policy areas, which take it twice as long."""
    return counts_of(
        ask_cells(connection, "known_counts", selection, parts=whenever(selection), as_of=as_of_year(connection))
    )


def network(connection: Connection) -> dict[str, int]:
    """Counts of the whole network: practices, dated practices, first year, cities, countries, policy areas."""
    return counts_of(ask_cells(connection, "network"))


def practice_count(connection: Connection, selection: Selection) -> int:
    """How many practices a selection holds."""
    return counts_of(ask_cells(connection, "practice_count", selection))["practices"]


def active_outside(connection: Connection, selection: Selection) -> int:
    """How many practices of a selection ran in a year outside of its span, too; none where no year is chosen."""
    span = year_params(connection, selection, active=True)
    return counts_of(ask_cells(connection, "active_outside", selection, **span))["practices"]
