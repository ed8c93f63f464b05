"""What is known of a city's peers: what all cities are compared in, who its peers are, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import peer_reasons, peer_sets, peers
from icc_data.analysis.peer_sets import PeerSet
from icc_data.cells import dicts_of
from icc_data.queries import Connection
from pages.shared.answers import ask, remember
from pages.shared.session import current


def _features(connection: Connection) -> pd.DataFrame:
    return peers.features(queries.city_features(connection))


@st.cache_resource(max_entries=4, show_spinner=False)
def _compared(
    key: str, _table: Callable[[], pd.DataFrame]
) -> tuple[pd.DataFrame, dict[str, dict[str, Any]], dict[str, float]]:
    table = _table()
    return table, {row["city_id"]: row for row in dicts_of(table)}, peers.average_distances(table)


def _cities() -> tuple[pd.DataFrame, dict[str, dict[str, Any]], dict[str, float]]:
    return _compared(current().key("features"), lambda: ask(_features))


def features() -> pd.DataFrame:
    """What all cities are compared in; see ``peers.features``. The same frame for everybody: not to be changed."""
    return _cities()[0]


def feature_row(city_id: str) -> dict[str, Any]:
    """A city's row of ``features``."""
    return _cities()[1][city_id]


def average_distances() -> dict[str, float]:
    """What a feature counts with where it is not known; see ``peers.average_distances``."""
    return _cities()[2]


def members(asked: PeerSet, city_id: str) -> pd.DataFrame:
    """The peers of a city; see ``peer_sets.members``."""
    work = partial(peer_sets.members, asked, features(), city_id, average_distances())
    return remember(work, "members", asked, city_id)


def left_out(asked: PeerSet, city_id: str) -> list[str]:
    """The cities that would be peers if they had published practices; see ``peer_sets.left_out``."""
    work = partial(peer_sets.left_out, asked, features(), city_id, average_distances())
    return remember(work, "left out", asked, city_id)


def label(facet: str, value: str) -> str:
    """What a value of a facet is called; a city that has left the programme is marked."""
    name = current().options.label(facet, value)
    return peers.marked(name, former=feature_row(value)["former"]) if facet == "city" else name


def warnings(asked: PeerSet, city_id: str, members: pd.DataFrame) -> list[str]:
    """What to bear in mind of each peer, empty where there is nothing; see ``peers.warning``."""

    def work() -> list[str]:
        own, weights = feature_row(city_id), asked.all_weights()
        return [peers.warning(own, feature_row(other), distance, weights) for other, distance in pairs]

    pairs = tuple(zip(members.index, members["distance"], strict=True))
    return remember(work, "warnings", asked, city_id, pairs)


def editions_note(city_id: str, others: list[str]) -> str:
    """Which editions the Index scores are of that a city and its peers are compared by, where they differ."""

    def work() -> str:
        return peer_reasons.editions_note(feature_row(city_id), [feature_row(other) for other in others])

    return remember(work, "editions note", city_id, others)


def reason(city_id: str, other: str) -> str:
    """What two cities have in common and what sets them apart, in one sentence."""
    words = peers.reason(feature_row(city_id), feature_row(other), current().options.label)
    return words[:1].upper() + words[1:]
