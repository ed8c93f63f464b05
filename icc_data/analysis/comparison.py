"""A place beside its peers: every figure worked out once, and the rows of its panels."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from icc_data.analysis import benchmark, benchmark_table, coding_words
from icc_data.analysis.benchmark import FEWEST_PEERS, MEASURES
from icc_data.analysis.benchmark_table import edition, measure_words
from icc_data.analysis.city_facts import index_label
from icc_data.cells import rows_of
from icc_data.i18n import labelled, number, translate_plural
from icc_data.i18n import translate as _

# Peers that are named; the others are counted.
NAMED = 10


@dataclass(frozen=True)
class Benchmark:
    """A place beside its peers.

    Attributes:
        unit: ``city``, ``country`` or ``network``.
        value: the place.
        peers: those it is beside, never none.
        rule: how they were chosen, in words.
        names: what the place and its peers are called.
        practices: how many practices it has.
        with_practices: how many peers have one.
        portfolio, breadth, index: the answers of ``benchmark.portfolio``, ``breadth`` and ``index_comparison``, each
            with ``label``.
        table: all three; see ``benchmark_table.table``.
        behind: the answer of ``benchmark_table.rows_behind`` of the place and its peers.
        uncoded: how many of its practices nobody has coded yet.
        peers_uncoded: how many peers have such practices.
    """

    unit: str
    value: str
    peers: tuple[str, ...]
    rule: str
    names: Mapping[str, str]
    practices: int
    with_practices: int
    portfolio: pd.DataFrame
    breadth: pd.DataFrame
    index: pd.DataFrame
    table: pd.DataFrame
    behind: pd.DataFrame
    uncoded: int = 0
    peers_uncoded: int = 0

    @property
    def name(self) -> str:
        """What the place is called."""
        return self.names[self.value]

    @property
    def counts_only(self) -> bool:
        """Whether shares and ranks are not said."""
        return benchmark.small(self.with_practices, self.practices, self.median_practices)

    @cached_property
    def median_practices(self) -> float:
        """How many practices the median of the peers with practices has."""
        return benchmark.median_practices(self.behind, self.peers)

    @property
    def few_peers(self) -> bool:
        """Whether the peers are so few that each is shown instead of their quartiles."""
        return len(self.peers) < FEWEST_PEERS

    def peers_named(self) -> list[str]:
        """What the peers are called, the first ten of many, and how many more there are."""
        listed = [self.names[peer] for peer in self.peers[:NAMED]]
        more = len(self.peers) - NAMED
        return [*listed, _("{count} more").format(count=number(more))] if more > 0 else listed

    def title(self, words: str) -> str:
        """The title of a picture, with how the peers were chosen."""
        return _("{title} (peers: {rule})").format(title=words, rule=self.rule)

    def file_title(self, words: str) -> str:
        """The title of a file, with how the peers were chosen and who they are."""
        return _("{title}: {names}").format(title=self.title(words), names=", ".join(self.peers_named()))


def not_coded(compared: Benchmark) -> str:
    """Whose practices nobody has coded yet; empty where all are coded."""
    own = coding_words.uncoded({"uncoded": compared.uncoded, "practices": compared.practices})
    words = translate_plural(
        "{count} of the peers has practices without a policy area, as nobody has coded them yet.",
        "{count} of the peers have practices without a policy area, as nobody has coded them yet.",
        compared.peers_uncoded,
    )
    theirs = words.format(count=number(compared.peers_uncoded)) if compared.peers_uncoded else ""
    return " ".join(filter(None, (labelled(compared.name, own) if own else "", theirs)))


def done_by_peers(compared: Benchmark, most: int) -> list[str]:
    """The policy areas that most peers have a practice in, with how many do, the most first; those of none left out.

    Args:
        compared: the place beside its peers.
        most: how many areas at most.
    """
    areas = compared.portfolio[compared.portfolio["peers_with"] > 0]
    areas = areas.sort_values(["peers_with", "label"], ascending=[False, True]).head(most)
    words = _("{area}: {count} of {all} peers")
    return [words.format(area=row.label, count=number(row.peers_with), all=number(row.peers)) for row in rows_of(areas)]


def beside_peers(
    unit: str,
    value: str,
    peers: tuple[str, ...],
    rule: str,
    *,
    areas: pd.DataFrame,
    measures: pd.DataFrame,
    results: pd.DataFrame,
    codes: Sequence[str],
    label: Callable[[str, str], str],
) -> Benchmark:
    """A place beside its peers.

    Args:
        unit: ``city``, ``country`` or ``network``.
        value: the place.
        peers: those it is beside, never none.
        rule: how they were chosen, in words.
        areas, measures, results: the answers of ``queries.unit_areas``, ``unit_measures`` and ``index_results``.
        codes: the policy areas, in their order.
        label: what a value of a facet is called.

    Raises:
        KeyError: the place or a peer is not among the measures.
    """
    practices, uncoded = (
        dict(zip(measures["unit"].tolist(), measures[name].tolist(), strict=True)) for name in ("practices", "uncoded")
    )
    portfolio = benchmark.portfolio(areas, measures, value, peers, codes)
    breadth = benchmark.breadth(measures, value, peers)
    index = benchmark.index_comparison(results if unit == "city" else results.head(0), value, peers)
    words = _("Index {edition}: {area}")
    index_labels = [
        words.format(edition=edition(row.year), area=index_label(row.policy_area, label)) for row in rows_of(index)
    ]
    portfolio = portfolio.assign(label=[label("policy_area", code) for code in portfolio["code"]])
    breadth = breadth.assign(label=[_(MEASURES[measure]) for measure in breadth["measure"]])
    index = index.assign(label=index_labels)
    return Benchmark(
        unit,
        value,
        peers,
        rule,
        names={place: label(unit, place) for place in (value, *peers)},
        practices=int(practices[value]),
        with_practices=benchmark.how_many_active(measures, peers),
        uncoded=int(uncoded[value]),
        peers_uncoded=sum(uncoded[peer] > 0 for peer in peers),
        portfolio=portfolio,
        breadth=breadth,
        index=index,
        table=benchmark_table.table(portfolio, breadth, index),
        behind=benchmark_table.rows_behind(areas, measures, (value, *peers)),
    )


def portfolio_dots(compared: Benchmark) -> pd.DataFrame:
    """The portfolio as dots on the peers' bands.

    Returns:
        Its rows with ``own, q1, median, q3`` (shares, or counts where ``counts_only``) and ``text``: the percentile
        rank, or how many of the peers have one where there is none.
    """
    frame = compared.portfolio
    if not compared.counts_only:
        ranks = zip(frame["percentile"], frame["peers_with"], strict=True)
        return frame.assign(own=frame["share"], text=[_rank(rank) or _have_any(peers) for rank, peers in ranks])
    words, everyone = _("{count} of {all}"), number(len(compared.peers))
    return frame.assign(
        own=frame["practices"],
        q1=frame["count_q1"],
        median=frame["count_median"],
        q3=frame["count_q3"],
        text=[words.format(count=number(peers), all=everyone) for peers in frame["peers_with"]],
    )


def portfolio_spokes(compared: Benchmark) -> pd.DataFrame:
    """The portfolio on spokes: its rows with ``own`` and ``median``, shares or counts as in ``portfolio_dots``."""
    frame = compared.portfolio
    if compared.counts_only:
        return frame.assign(own=frame["practices"], median=frame["count_median"])
    return frame.assign(own=frame["share"])


def measure_dots(compared: Benchmark) -> pd.DataFrame:
    """Breadth, recency and collaboration as dots on the peers' bands, each measure on its own scale.

    Returns:
        The answer of ``benchmark.placed``, with ``label`` (the measure and its value) and, in words, ``measure,
        own_text, median_text, band, known`` (peers whose value is) and ``text`` (the percentile rank, or
        how many of the peers have any where fewer than ``FEWEST_PEERS`` do).
    """
    frame, words = compared.breadth, _("{measure}: {value}")
    listed = list(rows_of(frame))
    return benchmark.placed(frame).assign(
        measure=frame["label"],
        label=[words.format(measure=row.label, value=measure_words(row.measure, row.own)) for row in listed],
        own_text=[measure_words(row.measure, row.own) for row in listed],
        median_text=[measure_words(row.measure, row.median) for row in listed],
        band=[f"{measure_words(row.measure, row.q1)}–{measure_words(row.measure, row.q3)}" for row in listed],
        known=[number(row.n) for row in listed],
        text=[
            _rank(row.percentile) or (_have_any(row.peers_with) if row.peers_with < FEWEST_PEERS else "")
            for row in listed
        ],
    )


def portfolio_cells(compared: Benchmark) -> pd.DataFrame:
    """The place's and each of its few peers' practices in each policy area, a column each.

    Returns:
        The answer of ``benchmark_table.area_cells``, with ``label`` and ``place`` in words.
    """
    frame = benchmark_table.area_cells(compared.behind, compared.portfolio["code"])
    return _named(frame, compared, compared.portfolio.set_index("code")["label"])


def measure_cells(compared: Benchmark) -> pd.DataFrame:
    """The place's and each of its few peers' measures; see ``portfolio_cells``."""
    frame = benchmark_table.measure_cells(compared.behind)
    return _named(frame, compared, compared.breadth.set_index("measure")["label"])


def _named(cells: pd.DataFrame, compared: Benchmark, labels: pd.Series[str]) -> pd.DataFrame:
    return cells.assign(label=cells["item"].map(labels), place=cells["unit"].map(compared.names))


def _rank(percentile: float) -> str:
    return "" if percentile != percentile else number(percentile)


def _have_any(peers: int) -> str:
    """How many peers have any, in a column of ranks, where “4 of 10” would read as one."""
    return translate_plural("{count} has any", "{count} have any", peers).format(count=number(peers))


def listed_scores(index: pd.DataFrame, most_alone: int) -> tuple[pd.DataFrame, int]:
    """The Index scores to list, one by one.

    Args:
        index: the answer of ``benchmark.index_comparison``.
        most_alone: how many scores of policy areas that no peer has are listed; more are only counted.

    Returns:
        The rows to list, and how many are only counted.
    """
    alone = (index["n"] == 0) & (index["policy_area"] != "overall")
    count = int(alone.sum())
    return (index[~alone], count) if count > most_alone else (index, 0)


def without_median(index: pd.DataFrame) -> bool:
    """Whether some Index score has so few peers that their scores are shown, and no median or rank."""
    return bool(((index["n"] > 0) & index["median"].isna()).any())


def scores_of(results: pd.DataFrame, cities: Collection[str]) -> pd.DataFrame:
    """The rows of ``queries.index_results`` of some cities."""
    return results[results["city_id"].isin(list(cities))]


def scores_in_order(results: pd.DataFrame, cities: Collection[str]) -> pd.DataFrame:
    """The rows of ``queries.index_results`` of some cities, by name, edition and policy area."""
    return scores_of(results, cities).sort_values(["name", "year", "policy_area"])
