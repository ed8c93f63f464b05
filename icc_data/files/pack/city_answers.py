"""What the data says of one city, before there are words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data import queries
from icc_data.analysis.benchmark import measures_of
from icc_data.analysis.peer_sets import PeerSet, members
from icc_data.errors import AtlasError
from icc_data.files.pack.memory import Memory
from icc_data.files.report.document import short
from icc_data.i18n import translate as _
from icc_data.queries.selection import Options, Selection

LONGEST_NAME = 60


@dataclass(frozen=True)
class CityAnswers:
    """What the data says of a city.

    Attributes:
        as_of: the data's as-of year.
        city: the answer of ``queries.city``.
        within: the selection without its cities.
        fitting: how many of its practices that selection holds.
        practices: those, the newest first.
        The others are the answers of the questions of their names.
    """

    as_of: int
    city: Mapping[str, Any]
    within: Selection
    options: Options
    counts: Mapping[str, int]
    network: Mapping[str, int]
    measures: Mapping[str, Any]
    areas: pd.DataFrame
    themes: pd.DataFrame
    years: pd.DataFrame
    commitments: pd.DataFrame
    index: pd.DataFrame
    features: pd.DataFrame
    similar: pd.DataFrame
    partners: pd.DataFrame
    fitting: int
    practices: pd.DataFrame

    def label(self, facet: str, code: str) -> str:
        """What a value of a facet is called, in short."""
        return short(self.options.label(facet, code), LONGEST_NAME)

    @property
    def name(self) -> str:
        """What the city is called, in short."""
        return short(self.city["name"], LONGEST_NAME)

    @property
    def count(self) -> int:
        """Its practices."""
        return self.counts["practices"]


def ask_city(memory: Memory, selection: Selection, city_id: str, *, similar: int) -> CityAnswers:
    """Everything that is told of a city.

    Args:
        memory: where to ask.
        selection: the practices that are listed.
        city_id: the city.
        similar: how many cities like it.

    Raises:
        AtlasError: there is no such city.
    """
    connection = memory.connection
    city = queries.city(connection, city_id)
    if city is None:
        raise AtlasError(_("There is no city “{city}”.").format(city=city_id[:60]), _("Choose one of the list."))
    only, within = Selection(city=(city_id,)), selection.with_values("city", (city_id,))
    practices = queries.practices(connection, within, limit=None)
    asked = PeerSet(k=similar, with_practices=False)
    return CityAnswers(
        as_of=memory.as_of_year,
        city=city,
        within=within.with_values("city", ()),
        options=memory.options,
        counts=queries.overview(connection, only),
        network=memory.ask(queries.network),
        measures=measures_of(memory.measures("city"), city_id),
        areas=queries.term_profile(connection, city_id, "policy_area"),
        themes=queries.term_profile(connection, city_id, "theme"),
        years=queries.practices_by_year(connection, only, active=True),
        commitments=queries.commitments(connection, only),
        index=queries.index_history(connection, city_id),
        features=memory.features,
        similar=members(asked, memory.features, city_id, memory.average_distances),
        partners=queries.partners(connection, city_id),
        fitting=len(practices),
        practices=practices,
    )
