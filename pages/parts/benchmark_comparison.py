"""What the benchmark compares: a city, country or network and its peers, with every figure worked out once."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from icc_data import queries
from icc_data.analysis import benchmark, benchmark_table
from icc_data.analysis.benchmark import FEWEST_PEERS, MEASURES
from icc_data.analysis.benchmark_table import edition
from icc_data.frames import rows
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.parts.benchmark_unit_peers import unit_rule
from pages.shared.labels import index_label
from pages.shared.own_results import ask_own, remember_own
from pages.shared.peer_choice import chosen_by
from pages.shared.session import current


def within() -> Selection:
    """The selection without its places, which say who is compared and not what counts."""
    return current().selection.with_values("city", ()).with_values("country", ()).with_values("network", ())


def rule_in_words(unit: str, value: str) -> str:
    """How the peers are chosen."""
    return chosen_by() if unit == "city" else unit_rule(unit, value)


@dataclass(frozen=True)
class Benchmark:
    """A place beside its peers.

    Attributes:
        unit: ``city``, ``country`` or ``network``.
        value: the place.
        peers: those it is beside, never none.
        practices: how many practices it has.
        with_practices: how many peers have one.
        portfolio, breadth, index: the answers of ``benchmark.portfolio``, ``breadth`` and ``index_comparison``, each
            with ``label``.
        table: all three; see ``benchmark_table.table``.
        behind: the answer of ``benchmark_table.rows_behind`` of the place and its peers.
    """

    unit: str
    value: str
    peers: tuple[str, ...]
    practices: int
    with_practices: int
    portfolio: pd.DataFrame
    breadth: pd.DataFrame
    index: pd.DataFrame
    table: pd.DataFrame
    behind: pd.DataFrame

    @property
    def name(self) -> str:
        """What the place is called."""
        return self.label(self.value)

    @property
    def counts_only(self) -> bool:
        """Whether shares and ranks are not said."""
        return benchmark.small(self.with_practices, self.practices)

    @property
    def few_peers(self) -> bool:
        """Whether the peers are so few that each is shown instead of their quartiles."""
        return len(self.peers) < FEWEST_PEERS

    def label(self, place: str) -> str:
        """What a place of the same kind is called."""
        return current().options.label(self.unit, place)


def results(city_id: str) -> pd.DataFrame:
    """Published Index results, with the city's own of this visit."""
    found: pd.DataFrame = ask_own(city_id, queries.index_results)
    return found


def benchmarked(unit: str, value: str, peers: tuple[str, ...]) -> Benchmark:
    """A place beside its peers, its own results of this visit among what is known of it."""
    return remember_own(value, lambda: _benchmarked(unit, value, peers), "benchmark", within(), unit, value, peers)


def _benchmarked(unit: str, value: str, peers: tuple[str, ...]) -> Benchmark:
    label = current().options.label
    questions = (queries.unit_areas, queries.unit_measures)
    areas, measures = (ask_own(value, question, within(), unit) for question in questions)
    portfolio = benchmark.portfolio(areas, measures, value, peers, current().options.values("policy_area"))
    breadth = benchmark.breadth(measures, value, peers)
    index = benchmark.index_comparison(results(value), value, peers if unit == "city" else ())
    if unit != "city":
        index = index.head(0)
    words = _("Index {edition}: {area}")
    portfolio = portfolio.assign(label=[label("policy_area", code) for code in portfolio["code"]])
    breadth = breadth.assign(label=[_(MEASURES[measure]) for measure in breadth["measure"]])
    index = index.assign(
        label=[words.format(edition=edition(row.year), area=index_label(row.policy_area)) for row in rows(index)]
    )
    counts = measures.set_index("unit")["practices"]
    return Benchmark(
        unit,
        value,
        peers,
        practices=int(counts[value]),
        with_practices=int((counts.loc[list(peers)] > 0).sum()),
        portfolio=portfolio,
        breadth=breadth,
        index=index,
        table=benchmark_table.table(portfolio, breadth, index),
        behind=benchmark_table.rows_behind(areas, measures, (value, *peers)),
    )
