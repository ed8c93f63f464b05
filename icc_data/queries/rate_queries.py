"""What practices are counted against: the cities that were members in each year, residents, the size of cities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd

from icc_data.queries.asking import Connection, as_of_year, ask, ask_cells, counts_of
from icc_data.queries.by_year import year_params, year_parts
from icc_data.queries.selection import Selection

Per = Literal["cities", "residents"]
By = Literal["size", "country"]

PERS: tuple[Per, ...] = ("cities", "residents")
# Of what counts, the first year that rates begin with at the latest, and how much of it there is in a year.
_AGAINST: dict[Per, tuple[str, str]] = {
    "cities": ("greatest((SELECT min(since_year) FROM place), $since)", "count(*)"),
    "residents": ("NULL", "sum(population)"),
}


def rates_by_year(connection: Connection, selection: Selection, per: Per, *, active: bool = False) -> pd.DataFrame:
    """Practices of each year of the cities that count in it, and how many cities or residents these are.

    Both numbers are of the same cities of the chosen places, whatever else is chosen. Per *cities* these are the
    members, international or national, that had joined by the year; who has left or joined in a year unknown is in
    neither. Per *residents* they are the cities of which a population is published, the same in all years.

    Args:
        connection: where to ask.
        selection: the practices meant.
        per: what they are counted against.
        active: years of activity instead of start years, as in ``practices_by_year``.

    Returns:
        ``year, numerator, denominator``: practices, and cities or residents; a row for every year between the ends,
        those without a practice too. A practice that several of the cities carry counts once.
    """
    first, denominator = _AGAINST[per]
    params = year_params(connection, selection, active=active) | {"per": per, "as_of": as_of_year(connection)}
    return ask(
        connection,
        "rates_by_year",
        selection,
        parts={"{places}": _places(selection), "{first}": first, "{denominator}": denominator}
        | year_parts(active=active),
        **params | (selection.span if per == "cities" else {"until": selection.year_to}),
    )


def rate_coverage(connection: Connection, selection: Selection, per: Per, *, active: bool = False) -> dict[str, int]:
    """What of a selection is in the rates of ``rates_by_year``, and why the rest is not.

    Returns:
        Of the ``dated`` practices: ``counted`` (in a year at least), ``early`` (before their city had joined) and
        ``elsewhere`` (of no city that counts), which add up to all. ``known`` of the ``cities`` meant count. Of their
        populations ``first_year`` and ``last_year`` (missing where none is known) and ``without_year``.
    """
    rows = ask_cells(
        connection,
        "rate_coverage",
        selection,
        parts={"{places}": _places(selection)},
        per=per,
        active=active,
        said=selection.include_said,
        as_of=as_of_year(connection),
        until=selection.year_to,
    )
    return counts_of(rows)


def practices_per_city(connection: Connection, selection: Selection, by: By, *, sizes: Sequence[int]) -> pd.DataFrame:
    """The member cities of the chosen places by class, and the practices of the selection that they carry.

    Args:
        connection: where to ask.
        selection: the practices meant, dated or not.
        by: whether the cities are told apart by their residents or by their country.
        sizes: residents from which on a city belongs to the next class.

    Returns:
        ``class, numerator, denominator``: practices and cities; the class is the number of bounds reached or a
        country, and missing for cities whose residents nobody tells. A practice counts once in each class.
    """
    parts = {"{places}": _places(selection)}
    return ask(connection, "practices_per_city", selection, parts=parts, by=by, sizes=list(sizes))


def _places(selection: Selection) -> str:
    """SQL on the table ``city``: those of the chosen places, whatever practices are chosen."""
    places = replace(Selection(), country=selection.country, city=selection.city, network=selection.network)
    return places.city_conditions()[0]
