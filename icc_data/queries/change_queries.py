"""Questions about two versions of the data: (comparison) to a small frame. The SQL stands in ``sql/``.

The connection is one of ``store.comparison``, never the database itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from icc_data.paths import sql_beside
from icc_data.queries.asking import Connection, ask
from icc_data.queries.change_scope import comparable, keys_in_scope
from icc_data.queries.selection import Selection

MEMBERS = ("member", "national_network_only")
"""The standings of a city that is in the network, directly or through a national one."""

# By which field a record of each table is found, what it is called, and where it is.
_FIELDS = {
    "practices": {"identifier": "practice_id", "label": "title", "place": "city_ids"},
    "cities": {"identifier": "city_id", "label": "name", "place": "country"},
}


@dataclass(frozen=True)
class Compared:
    """Two versions of the whole data.

    Attributes:
        connection: the comparison, to ask these questions.
        before, after: the day of each.
    """

    connection: Connection
    before: date
    after: date


_EVERYTHING = Selection()


def _within(connection: Connection, scope: Selection, table: str, column: str = "key") -> dict[str, Any]:
    """What keeps a question to a scope: its part of the text, and the parameter of that."""
    if comparable(scope).is_empty:
        return {"parts": {"{scope}": "true"}}
    return {"parts": {"{scope}": f"{column} = ANY($keys)"}, "keys": keys_in_scope(connection, scope)[table]}


def changes(
    connection: Connection, table: Literal["practices", "cities"], scope: Selection = _EVERYTHING
) -> pd.DataFrame:
    """What differs between two versions of a table: a row for each record and field.

    Args:
        connection: the comparison.
        table: which of the tables.
        scope: records that are in it in either version; see ``change_scope.comparable``.

    Returns:
        ``kind`` (added, changed, removed, or seen where nothing but the day of looking
        differs), ``key`` (its identifier), ``label`` and ``place`` (its title and the
        identifiers of its cities; its name and country), ``field``, and the texts ``before`` and ``after``, missing
        where there was or is nothing. A record that was added or removed has a row for each field that it fills; one
        that changed for each that differs and that both versions record. Applied to the older version they give the
        newer one, but for what one of the versions did not record.
    """
    given: dict[str, Any] = {**_FIELDS[table], **_within(connection, scope, table)}
    return ask(connection, "changes", tbl=table, **given)


def city_changes(connection: Connection, scope: Selection = _EVERYTHING) -> pd.DataFrame:
    """What differs in the cities, and what it means for the network; the arguments of ``changes``.

    Returns:
        ``city_id, name, country, field, before, after``, and ``kind``: *joined* and *left* the network (``MEMBERS``;
        left where it became a former member or is no longer there), *status* (another change of its standing),
        *added* and *removed* (of cities that are not in the network), *fact* (any other field).
    """
    changed = sql_beside(__file__, "changes").rstrip().removesuffix(";")
    given: dict[str, Any] = {**_FIELDS["cities"], **_within(connection, scope, "cities")}
    given["parts"] = {"{changes}": changed.replace("{scope}", given["parts"]["{scope}"])}
    return ask(connection, "city_changes", members=list(MEMBERS), tbl="cities", **given)


def index_changes(connection: Connection, scope: Selection = _EVERYTHING) -> pd.DataFrame:
    """Index results and reports of cities that were added, changed or removed: a row each; arguments of ``changes``.

    Returns:
        ``kind, what`` (result or report), ``city_id, name, year, policy_area``, score (0-100), rank and number of
        cities compared (as texts, for “>60”) ``_before`` and ``_after``, and ``evidence_url``.
    """
    return ask(connection, "index_changes", **_within(connection, scope, "cities", "city_id"))


def not_recorded(connection: Connection) -> pd.DataFrame:
    """What one of the versions does not record: ``tbl, field, missing_from`` (before or after).

    A table that it does not have at all stands there once, without a field.
    """
    return ask(connection, "not_recorded")
