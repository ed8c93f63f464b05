"""What the benchmark compares: a city, country or network and its peers."""

from __future__ import annotations

import pandas as pd

from icc_data import queries
from icc_data.analysis.comparison import Benchmark, beside_peers
from icc_data.analysis.parameters import MY_CITY_PARAM
from icc_data.queries.selection import Selection
from pages.parts.benchmark_unit_peers import unit_peer_params, unit_rule
from pages.shared.downloads import AsData
from pages.shared.own_results import ask_own, published_only, remember_own
from pages.shared.peer_choice import chosen_by, peer_params
from pages.shared.peer_facts import label
from pages.shared.session import current


def within() -> Selection:
    """The selection without its places, which say who is compared and not what counts."""
    return current().selection.with_values("city", ()).with_values("country", ()).with_values("network", ())


def as_data(view: str, compared: Benchmark) -> AsData | None:
    """Where a program gets a table of a benchmark; None where results of this visit are in it, which have no address.

    Args:
        view: the name of the table.
        compared: the place and its peers.
    """
    address = address_of(view, compared)
    return published_only(compared.value, address) if compared.unit == "city" else address


def address_of(view: str, compared: Benchmark) -> AsData:
    """Where a program gets a table of a benchmark that is of practices alone.

    Args:
        view, compared: as in ``as_data``.
    """
    unit, value = compared.unit, compared.value
    if unit == "city":
        return AsData(view, within(), {MY_CITY_PARAM: value, **peer_params()})
    return AsData(view, within().with_values(unit, (value,)), {"unit": unit, **unit_peer_params(unit)})


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
