"""Questions about two versions of the data: (comparison) to a small frame. The SQL stands in ``sql/``.

The connection is one of ``store.comparison``, never the database itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from icc_data.paths import sql_beside
from icc_data.queries.asking import Connection, ask

MEMBERS = ("member", "national_network_only")
"""The standings of a city that is in the network, directly or through a national one."""

# What a record of each table is called, and where it is.
_LABELS = {"practices": ("title", "city_ids"), "cities": ("name", "country"), "terms": ("label_en", "vocabulary")}


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


def changes(connection: Connection, table: Literal["practices", "cities", "terms"]) -> pd.DataFrame:
    """What differs between two versions of a table: a row for each record and field.

    Args:
        connection: the comparison.
        table: which of the tables.

    Returns:
        ``kind`` (added, changed, removed, or seen where nothing but the day of looking
        differs), ``key`` (its identifier), ``label`` and ``place`` (its title and the
        identifiers of its cities; its name and country), ``field``, and the texts ``before`` and ``after``, missing
        where there was or is nothing. A record that was added or removed has a row for each field that it fills; one
        that changed for each that differs and that both versions record. Applied to the older version they give the
        newer one, but for what one of the versions did not record.
    """
    label, place = _LABELS[table]
    return ask(connection, "changes", tbl=table, label=label, place=place)


def city_changes(connection: Connection) -> pd.DataFrame:
    """What differs in the cities, and what it means for the network.

    Returns:
        ``city_id, name, country, field, before, after``, and ``kind``: *joined* and *left* the network (``MEMBERS``;
        left where it became a former member or is no longer there), *status* (another change of its standing),
        *added* and *removed* (of cities that are not in the network), *fact* (any other field).
    """
    label, place = _LABELS["cities"]
    changed = sql_beside(__file__, "changes").rstrip().removesuffix(";")
    return ask(
        connection,
        "city_changes",
        parts={"{changes}": changed},
        members=list(MEMBERS),
        tbl="cities",
        label=label,
        place=place,
    )


def index_changes(connection: Connection) -> pd.DataFrame:
    """Index results and reports that were added, changed or removed: a row each.

    Returns:
        ``kind, what`` (result or report), ``city_id, name, year, policy_area``, score (0-100), rank and number of
        cities compared (as texts, for “>60”) ``_before`` and ``_after``, and ``evidence_url``.
    """
    return ask(connection, "index_changes")


def not_recorded(connection: Connection) -> pd.DataFrame:
    """What one of the versions does not record: ``tbl, field, missing_from`` (before or after).

    A table that it does not have at all stands there once, without a field.
    """
    return ask(connection, "not_recorded")
