"""The peers of a city as the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from icc_data.analysis.peer_reasons import Names, reasons
from icc_data.analysis.peers import FEATURES
from icc_data.i18n import translate as _


def peer_rows(
    members: pd.DataFrame,
    own: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]],
    label: Names,
    warnings: Sequence[str],
) -> pd.DataFrame:
    """The peers of a city, with what each feature says in words.

    Args:
        members: the answer of ``peer_sets.members``.
        own: the city's row of ``peers.features``.
        others: those of the peers, in the order of the members.
        label: what a value of a facet is called.
        warnings: what to bear in mind of each peer, empty where there is nothing; see ``peers.warning``.

    Returns:
        City, distance, features compared, what to bear in mind (where there is any), and a column for each feature
        that is known of the city and any peer, as ``peer_columns`` names them; missing where a feature is not known
        of both.
    """
    told = [reasons(own, other, label) for other in others]
    compared = [name for name in FEATURES if any(name in words for words in told)]
    return pd.DataFrame(
        {
            "city": [label("city", other) for other in members.index],
            "distance": members["distance"].tolist(),
            "compared": members["compared"].tolist(),
            **({"warning": list(warnings)} if any(warnings) else {}),
            **{name: [words.get(name) for words in told] for name in compared},
        }
    )


def peer_columns() -> dict[str, str]:
    """What each column of ``peer_rows`` is called."""
    return {
        "city": _("City"),
        "distance": _("Distance"),
        "compared": _("Features compared"),
        "warning": _("Bear in mind"),
        **{name: _(feature.label) for name, feature in FEATURES.items()},
    }


def identified(rows: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """The rows for a file, with the identifier of each peer as ``city_id``.

    Args:
        rows: the answer of ``peer_rows``.
        members: the answer of ``peer_sets.members`` that they are of.
    """
    return rows.assign(city_id=list(members.index))
