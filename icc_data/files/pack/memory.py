"""Answers that many packs need, asked once: with every city's pack in one run the network is the same for all."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import duckdb
import pandas as pd

from icc_data import queries
from icc_data.analysis import peers
from icc_data.queries.selection import Options, Selection

Answer = TypeVar("Answer")


class Memory:
    """A connection, and what it has answered.

    Args:
        connection: where to ask.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._answers: dict[Hashable, Any] = {}

    def ask(self, question: Callable[..., Answer], *args: Any) -> Answer:
        """The answer of one of ``queries`` about the whole network; it is kept, and not to be changed."""
        return self._kept((question.__name__, args), lambda: question(self.connection, *args))

    def _kept(self, key: Hashable, work: Callable[[], Answer]) -> Answer:
        if key not in self._answers:
            self._answers[key] = work()
        answer: Answer = self._answers[key]
        return answer

    @property
    def options(self) -> Options:
        """The values of the facets, labelled."""
        return self.ask(queries.options)

    @property
    def as_of_year(self) -> int:
        """The data's as-of year."""
        return self.ask(queries.as_of_year)

    @property
    def features(self) -> pd.DataFrame:
        """What all cities are compared in; see ``peers.features``."""
        return self._kept("features", lambda: peers.features(queries.city_features(self.connection)))

    @property
    def average_distances(self) -> dict[str, float]:
        """What a feature counts with where it is not known; see ``peers.average_distances``."""
        return self._kept("average distances", lambda: dict(peers.average_distances(self.features)))

    def measures(self, unit: queries.Unit) -> pd.DataFrame:
        """How much each city, country or network works; see ``queries.unit_measures``."""
        return self.ask(queries.unit_measures, Selection(), unit)
