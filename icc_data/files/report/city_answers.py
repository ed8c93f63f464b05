"""What the data says of one city, before there are words for it on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb
import pandas as pd

from icc_data import queries
from icc_data.analysis import city_facts, peers
from icc_data.analysis.peer_sets import PeerSet, members
from icc_data.analysis.time_words import part_words, still_published
from icc_data.analysis.years import in_parts
from icc_data.cells import dicts_of
from icc_data.drawing import charts, city_charts
from icc_data.drawing.palette import LIGHT
from icc_data.drawing.row_labels import ROW_HEIGHT
from icc_data.errors import AtlasError
from icc_data.files.report.document import drawing, short
from icc_data.i18n import translate as _
from icc_data.queries.selection import Options, Selection

# Pixels of a chart, at which its letters are as large as small print.
AREAS_WIDTH, YEARS_WIDTH, EDITIONS_WIDTH = 470, 270, 360
YEARS_HEIGHT, EDITIONS_HEIGHT = 110, 80
LONGEST_NAME = 60


@dataclass(frozen=True)
class CityAnswers:
    """What the data says of a city, before there are words for it."""

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
    def count(self) -> int:
        """Its practices."""
        return self.counts["practices"]

    @cached_property
    def areas_drawing(self) -> str:
        """Its shares of policy areas beside the network's, as SVG."""
        rows = city_facts.share_rows(self.areas, self.label)
        chart = city_charts.share_bars(rows, LIGHT, own=_("City"), network=_("Network"))
        # On paper no label takes two lines.
        return drawing(chart, AREAS_WIDTH, ROW_HEIGHT * (len(rows) + 1), fit=True)

    @cached_property
    def years_drawing(self) -> str:
        """Its practices active in each year, as SVG; empty where no year is known."""
        if not self.counts["dated"]:
            return ""
        return drawing(
            charts.year_bars(
                in_parts(self.years, active=True),
                LIGHT,
                parts=part_words(active=True),
                unfinished=still_published(self.as_of),
                brush=False,
            ),
            YEARS_WIDTH,
            YEARS_HEIGHT,
            fit=True,
        )

    @cached_property
    def editions_drawing(self) -> str:
        """Its Index scores through the editions, as SVG; empty where there are fewer than two."""
        rows = city_facts.edition_rows(self.index, self.label)
        if rows["year"].nunique() < 2:
            return ""
        return drawing(city_charts.edition_lines(rows, LIGHT), EDITIONS_WIDTH, EDITIONS_HEIGHT, fit=True)


def ask_city(
    connection: duckdb.DuckDBPyConnection, selection: Selection, city_id: str, *, similar: int, practices: int
) -> CityAnswers:
    """Everything that a profile says of a city.

    Args:
        connection: where to ask.
        selection: the practices that are listed.
        city_id: the city.
        similar, practices: how many of each at most.

    Raises:
        AtlasError: there is no such city.
    """
    city = queries.city(connection, city_id)
    if city is None:
        raise AtlasError(_("There is no city “{city}”.").format(city=city_id[:60]), _("Choose one of the list."))
    only, within = Selection(city=(city_id,)), selection.with_values("city", (city_id,))
    measures = queries.unit_measures(connection, Selection(), "city")
    features = peers.features(queries.city_features(connection))
    return CityAnswers(
        as_of=queries.as_of_year(connection),
        city=city,
        within=within.with_values("city", ()),
        options=queries.options(connection),
        counts=queries.overview(connection, only),
        network=queries.network(connection),
        measures=dicts_of(measures[measures["unit"] == city_id])[0],
        areas=queries.term_profile(connection, city_id, "policy_area"),
        themes=queries.term_profile(connection, city_id, "theme"),
        years=queries.practices_by_year(connection, only, active=True),
        commitments=queries.commitments(connection, only),
        index=queries.index_history(connection, city_id),
        features=features,
        similar=members(PeerSet(k=similar, with_practices=False), features, city_id),
        partners=queries.partners(connection, city_id),
        fitting=queries.practice_count(connection, within),
        practices=queries.practices(connection, within, limit=practices),
    )
