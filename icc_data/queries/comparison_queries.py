"""Questions about two selections at once; one table with both, each as it stands.

In a comparison a selection means the practices that its choices say, those in a facet that is counted too: who compares
two lists of practices wants to know what is in them. ``practices``, ``of`` and ``share`` are those of the first
selection, with ``other_`` before them those of the other, with ``both_`` those that stand in both.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd

from icc_data.queries.asking import Connection, as_of_year, ask, ask_cells, counts_of
from icc_data.queries.comparison import AnySelection, other_conditions, selection_of, under_other_names
from icc_data.queries.practice_queries import ORDERS, Sort
from icc_data.queries.selection import AT_WORK, FACETS

Side = Literal["one", "other", "both"]
ComparedList = Literal["policy_area", "theme", "target_group", "practice_type", "practice_area"]


def compared_counts(connection: Connection, one: AnySelection, other: AnySelection) -> dict[str, int]:
    """How many practices two selections hold, and how many are dated: ``practices, dated, other_practices`` …"""
    others, bound = other_conditions(other)
    return counts_of(ask_cells(connection, "compared_counts", one, parts={"{others}": others}, **bound))


def compared_terms(
    connection: Connection, one: AnySelection, other: AnySelection, vocabulary: ComparedList
) -> pd.DataFrame:
    """The terms of a list in two selections, in the order of the list.

    Returns:
        ``code, position, practices, of, share, other_practices, other_of, other_share, both_practices, both_of, coded,
        other_coded``; the last two are the practices with any term of the list.
    """
    others, bound = other_conditions(other)
    parts = {"{terms}": FACETS[vocabulary].sets, "{others}": others}
    return ask(connection, "compared_terms", one, parts=parts, vocabulary=vocabulary, **bound)


def compared_cities(connection: Connection, one: AnySelection, other: AnySelection) -> pd.DataFrame:
    """The cities of either of two selections, by name, in one question for both.

    Returns:
        ``city_id, name, country``; ``latitude, longitude`` (degrees); ``in_one, in_other``: whether ``city_practices``
        of that selection gives it; ``practices, of, share, other_practices, other_of, other_share, both_practices,
        both_of`` as in ``compared_terms``.
    """
    others, bound = other_conditions(other)
    (in_one, cities), (in_other, other_cities) = one.city_conditions(), other.city_conditions()
    of_other, other_cities = under_other_names(in_other, other_cities)
    parts = {
        "{others}": others,
        # Who has a practice is known when the conditions are looked at.
        "{in_one}": in_one.replace(AT_WORK, "practices > 0"),
        "{in_other}": of_other.replace(AT_WORK, "other_practices > 0"),
    }
    return ask(connection, "compared_cities", one, parts=parts, **{**bound, **cities, **other_cities})


def compared_years(
    connection: Connection, one: AnySelection, other: AnySelection, *, active: bool = False
) -> pd.DataFrame:
    """Practices of two selections by year, from the first year that any of them has to the last.

    Args:
        connection: where to ask.
        one, other: the selections; whether what is said to go on counts as active is what the first says.
        active: years of activity instead of start years.

    Returns:
        ``year, practices, of, share, other_practices, other_of, other_share, both_practices, both_of``; ``of`` are the
        practices with a start year.
    """
    others, bound = other_conditions(other)
    year, parts, said = as_of_year(connection), {"{others}": others}, selection_of(one).include_said
    return ask(connection, "compared_years", one, parts=parts, active=active, said=said, as_of=year, **bound)


def compared_practices(
    connection: Connection,
    one: AnySelection,
    other: AnySelection,
    *,
    limit: int | None,
    offset: int = 0,
    sort: Sort = "newest",
    side: Side | None = None,
) -> pd.DataFrame:
    """The practices of two selections in an order, each once.

    Args:
        connection: where to ask.
        one, other: the selections.
        limit: how many; None for all.
        offset: how many to pass over.
        sort: the order; not “relevance”, as the two may look for other words.
        side: only those of one selection alone, the other alone, or both; None for all.

    Returns:
        ``side`` (“one”, “other” or “both”), and the columns of ``practices``.
    """
    others, bound = other_conditions(other)
    parts = {"{order}": ORDERS[sort], "{others}": others}
    return ask(connection, "compared_practices", one, parts=parts, limit=limit, offset=offset, side=side, **bound)


def compared_records(connection: Connection, one: AnySelection, other: AnySelection) -> pd.DataFrame:
    """Everything known of the practices of two selections: ``side``, and the columns of ``practice_records``."""
    others, bound = other_conditions(other)
    return ask(connection, "compared_records", one, parts={"{others}": others}, **bound)
