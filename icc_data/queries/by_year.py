"""Pieces of SQL that questions by year are put together of: what is not asked for is not in them.

The database plans a question anew each time, which takes longer than to answer it of hundreds of practices: a branch
that gives nothing costs as much as one that does.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from icc_data.queries.asking import Connection, as_of_year
from icc_data.queries.facets import FACETS
from icc_data.queries.selection import Selection

Split = Literal[
    "none",
    "policy_area",
    "commitment",
    "country",
    "network",
    "theme",
    "target_group",
    "practice_type",
    "practice_area",
]
SPLITS: tuple[Split, ...] = get_args(Split)

_VALUES = 'SELECT "set", value AS code FROM facet_set WHERE facet = '
# Of a split that is no facet the set of values that a practice has, and the codes of these sets.
_SPLITS: dict[Split, tuple[str, str]] = {
    "none": ("0", "SELECT 0 AS \"set\", 'all' AS code"),
    "commitment": (
        "policy_area_set",
        'SELECT DISTINCT "set", "group" AS code FROM facet_set JOIN term ON vocabulary = facet AND code = value '
        "WHERE facet = 'policy_area'",
    ),
}
_STARTED = "start_year"
_ACTIVE = """unnest(generate_series(
            greatest(start_year, $since),
            least(CASE WHEN $said THEN last_active_year ELSE known_until END, $until, $as_of)
        ))::SMALLINT"""


def split_parts(split: Split) -> dict[str, str]:
    """For ``parts`` of ``ask``: ``{split_set}`` of a practice, and ``{split}``, the codes of these sets."""
    values, codes = _SPLITS.get(split) or (FACETS[split].sets, f"{_VALUES}'{split}'")
    return {"{split_set}": values, "{split}": codes}


def year_parts(*, active: bool) -> dict[str, str]:
    """For ``parts`` of ``ask``: ``{year}``, the start year of a practice, or a row for each year of its activity."""
    return {"{year}": _ACTIVE if active else _STARTED}


def year_params(connection: Connection, selection: Selection, *, active: bool) -> dict[str, Any]:
    """The parameters of ``year_parts``."""
    if not active:
        return {}
    return {"said": selection.include_said, "as_of": as_of_year(connection), **selection.span}
