"""What part of the practices has something: one definition of a share for every page.

A share is the practices with a value, of all practices of the same year, place or group, in the selection without the
facet that is compared: choosing a policy area to look at does not make its share of what was chosen 100%.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from icc_data.queries.asking import Connection, as_of_year, ask, by_facet
from icc_data.queries.by_year import Split, split_parts, year_params, year_parts
from icc_data.queries.facets import one_pass
from icc_data.queries.selection import FACETS, Selection

Crossed = Literal["country", "city", "network", "policy_area", "theme", "target_group"]

Per = Literal["all", "country", "network"]
# What is no facet itself; a commitment is chosen by its policy areas.
_COMPARED: dict[Split, tuple[str, ...]] = {"none": (), "commitment": ("policy_area",)}


# Of each kind of place the set of values that a practice has, and the rows of these places.
_PLACED_BY = 'SELECT years."set", year, practices, value AS place FROM years JOIN facet_set ON facet_set."set" = places'
_PLACED: dict[Per, dict[str, str]] = {
    "all": {"{places}": "0", "{placed}": "SELECT \"set\", year, practices, 'all' AS place FROM years"},
    "country": {"{places}": "country_set", "{placed}": _PLACED_BY + " AND facet = 'country'"},
    "network": {"{places}": "network_set", "{placed}": _PLACED_BY + " AND facet = 'network'"},
}

# The same spans of years in a period are the same practices: they count once in it.
_PERIODS = {
    "{years}": """SELECT DISTINCT start_year, known_until, last_active_year, "set", places, practices,
        ($as_of - floor(($as_of - year) / $together) * $together)::SMALLINT AS year
    FROM (
        SELECT *,
        {year} AS year
        FROM selected
    )""",
    "{first_year}": "(year - $together + 1)::SMALLINT AS first_year, ",
}
_YEARS = {
    "{years}": """SELECT "set", places, practices,
        {year} AS year
    FROM selected""",
    "{first_year}": "",
}


def without_compared(selection: Selection, split: Split) -> Selection:
    """The selection that the shares of a split are shares of: without what is chosen in the facet that is compared."""
    for facet in _COMPARED.get(split, (split,)):
        selection = selection.with_values(facet, ())
    return selection


def shares_by_year(
    connection: Connection,
    selection: Selection,
    split: Split,
    *,
    active: bool = False,
    per: Per = "all",
    together: int = 1,
) -> pd.DataFrame:
    """Practices with each value of a split, of all that started in (or were active during) the same year.

    Args:
        connection: where to ask.
        selection: the practices meant; what it chooses of the compared facet does not count.
        split: what is compared; not “none”.
        active: years of activity instead of start years, as in ``practices_by_year``.
        per: “country” or “network”: of the same year and place; “all”: of the same year.
        together: how many years are one period, as in ``words_by_period``; a practice counts once in a period.

    Returns:
        ``place`` (“all”, or a country or network), ``year, code, practices, of, share``: a row for each code in each
        year in which the place has a practice, where none has the code too; ``unknown`` stands for practices without a
        code. Of periods ``year`` is the last one, and ``first_year`` stands before it.
    """
    params = year_params(connection, selection, active=active)
    if together > 1:
        params |= {"together": together, "as_of": as_of_year(connection)}
    return ask(
        connection,
        "shares_by_year",
        without_compared(selection, split),
        parts=(_PERIODS if together > 1 else _YEARS) | split_parts(split) | year_parts(active=active) | _PLACED[per],
        **params,
    )


def crossed(connection: Connection, selection: Selection, facet: Crossed, *, area: str | None = None) -> pd.DataFrame:
    """Policy areas against the values of a facet, those that never meet too.

    Neither what the selection chooses of policy areas nor of the facet counts. Of countries, cities and networks only
    those that it means are given.

    Args:
        connection: where to ask.
        selection: the practices meant.
        facet: of the values.
        area: only the rows of this policy area; None for those of all.

    Returns:
        ``policy_area, value, practices`` (that have both), ``of`` (the value's practices), ``share, area_practices,
        all_practices``, and ``crossed_practices``: how many have an area and a value that is another.
    """
    return crossed_facets(connection, selection, (facet,), area=area)[facet]


def crossed_facets(
    connection: Connection, selection: Selection, facets: Sequence[Crossed], *, area: str | None = None
) -> dict[Crossed, pd.DataFrame]:
    """What ``crossed`` gives of several facets, by the facet: in one question where they compare the same practices.

    Args:
        connection: where to ask.
        selection: the practices meant.
        facets: of the values.
        area: only the rows of this policy area; None for those of all.
    """
    base = selection.with_values("policy_area", ())
    alike: dict[Selection, list[Crossed]] = {}
    for facet in facets:
        alike.setdefault(base.with_values(facet, ()), []).append(facet)
    crossed: dict[Crossed, pd.DataFrame] = {}
    for compared, of_one in alike.items():
        chosen = {
            name: list(selection.chosen(name)) for name in of_one if name in CITY_FACETS and selection.chosen(name)
        }
        values = (f"facet = '{facet}' AND {meant(selection, facet)}" for facet in of_one)
        parts = one_pass(of_one, "policy_area_set") | {"{values}": " OR ".join(values)}
        crossed |= by_facet(ask(connection, "crossed", compared, parts=parts, area=area, **chosen), of_one)
    return crossed


CITY_FACETS = tuple(name for name, facet in FACETS.items() if facet.of_cities)
# A practice shared with a city elsewhere has that city's country and networks too.
_OF_CITIES = {
    "city": "SELECT city_id FROM city WHERE {cities}",
    "country": "SELECT slug FROM country JOIN city USING (country) WHERE {cities}",
    "network": "SELECT code FROM city_network WHERE city IN (SELECT city FROM city WHERE {cities})",
}


def meant(selection: Selection, facet: str) -> str:
    """SQL on ``value``: the values of a facet that a selection means; asks the parameter ``$facet`` where chosen."""
    places = [name for name in CITY_FACETS if selection.chosen(name)]
    if facet not in _OF_CITIES or not places:
        return "true"
    return f"value = ANY(${facet})" if facet in places else f"value IN ({_OF_CITIES[facet]})"
