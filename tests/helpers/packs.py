"""Packs of very different richness, each made once and each of its files written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import duckdb

from icc_data.analysis.peer_sets import PeerSet
from icc_data.files.export import Provenance
from icc_data.files.pack import (
    Asked,
    Memory,
    Pack,
    benchmark_pack,
    city_benchmark,
    city_pack,
    policy_area_pack,
    review_pack,
    selection_pack,
    write,
)
from icc_data.queries.change_queries import Compared
from icc_data.queries.review_queries import ReviewPeriod
from icc_data.queries.selection import Selection
from tests.helpers import naive

FACTS = Provenance(
    "Good practices", [], "https://atlas.example/city?city=oslo", date(naive.as_of(), 11, 22), "ec343959de8e",
    date(2026, 12, 1),
)  # fmt: skip
# Without a practice; the one with most; one whose name is written in other letters.
NONE, RICHEST, OTHER_LETTERS = "amman", naive.busy_cities(1)[0], "hamamatsu"
SPAIN = Selection(network=("reci",))
EVERY = (
    f"city {NONE}",
    f"city {RICHEST}",
    f"city {OTHER_LETTERS}",
    "everything",
    "reci",
    "area",
    "benchmark",
    "few peers",
    "review",
    "review rpci",
    "review rpci 2016-2018",
)
# Of the whole network, the last two years with data; of Portugal's, years in which enough started.
REVIEWS: dict[str, tuple[Selection, ReviewPeriod]] = {
    "review": (Selection(), ReviewPeriod(naive.as_of() - 1, naive.as_of())),
    "review rpci": (Selection(network=("rpci",)), ReviewPeriod(naive.as_of() - 1, naive.as_of())),
    "review rpci 2016-2018": (Selection(network=("rpci",)), ReviewPeriod(2016, 2018)),
}


class Packs:
    """Packs by name.

    Args:
        connection: where to ask.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.memory = Memory(connection)
        self.pack = cache(self._pack)
        self.file = cache(self._file)

    def _pack(self, name: str) -> Pack:
        if name.startswith("city "):
            return city_pack(self.memory, Selection(), name.removeprefix("city "), FACTS)
        if name in REVIEWS:
            return self.review(*REVIEWS[name])
        makes: dict[str, Callable[[], Pack]] = {
            "everything": lambda: selection_pack(self.memory, Selection(), FACTS),
            "reci": lambda: selection_pack(self.memory, SPAIN, FACTS),
            "area": lambda: policy_area_pack(self.memory, Selection(), "education", FACTS),
            "benchmark": lambda: self._benchmark("oslo", 10),
            "few peers": lambda: self._benchmark(NONE, 3),
        }
        return makes[name]()

    def _benchmark(self, city: str, k: int) -> Pack:
        compared = city_benchmark(self.memory, Selection(), city, PeerSet(k=k))
        return benchmark_pack(compared, Selection(), self.memory.options, FACTS)

    def review(self, scope: Selection, period: ReviewPeriod, compared: Compared | None = None) -> Pack:
        """A review of which a city is silent after five years."""
        return review_pack(self.memory, Asked(scope, period, 5), compared, FACTS)

    def _file(self, name: str, form: str, paper: str = "a4") -> bytes:
        return write(self.pack(name), form, paper)
