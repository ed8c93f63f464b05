"""What the benchmark compares: a city, country or network and its peers."""

from __future__ import annotations

import pandas as pd

from icc_data import queries
from icc_data.analysis.comparison import Benchmark, beside_peers
from icc_data.queries.selection import Selection
from pages.parts.benchmark_unit_peers import unit_rule
from pages.shared.own_results import ask_own, remember_own
from pages.shared.peer_choice import chosen_by
from pages.shared.peer_facts import label
from pages.shared.session import current


def within() -> Selection:
    """The selection without its places, which say who is compared and not what counts."""
    return current().selection.with_values("city", ()).with_values("country", ()).with_values("network", ())


def results(city_id: str) -> pd.DataFrame:
    """Published Index results, with the city's own of this visit."""
    answer: pd.DataFrame = ask_own(city_id, queries.index_results)
    return answer


def benchmarked(unit: str, value: str, peers: tuple[str, ...]) -> Benchmark:
    """A place beside its peers, its own results of this visit among what is known of it."""
    options = current().options
    rule = chosen_by() if unit == "city" else unit_rule(unit, value)

    def work() -> Benchmark:
        compared = beside_peers(
            unit,
            value,
            peers,
            rule,
            areas=ask_own(value, queries.unit_areas, within(), unit),
            measures=ask_own(value, queries.unit_measures, within(), unit),
            results=results(value),
            codes=options.values("policy_area"),
            label=label,
        )
        # Worked out now, it is kept with the rest.
        _median = compared.median_practices
        return compared

    return remember_own(value, work, "benchmark", within(), unit, value, peers, rule)
