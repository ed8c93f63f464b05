"""The tables of the page Benchmark, and the peers of a city."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from icc_data import queries
from icc_data.analysis import benchmark_table, peers
from icc_data.analysis.comparison import scores_of
from icc_data.analysis.parameters import MY_CITY_PARAM
from icc_data.analysis.peer_rows import identified, peer_rows
from icc_data.files.views.model import MY_CITY, Choice, Parameter, Question, UnusableError, View, Wrong, called
from icc_data.files.views.peering import PEERS, benchmarked, feature_rows, label_in, members_of, memory_of, peer_set
from icc_data.i18n import mark
from icc_data.i18n import translate as _

_UNIT = Choice("unit", ("city", "country", "network"), "What is compared.")
_CITY = Parameter(
    MY_CITY_PARAM,
    "The city that is compared, where unit=city; else country= or network= names what is.",
    needed=True,
    unless=_UNIT.name,
)


def _table(question: Question) -> pd.DataFrame:
    return benchmarked(question).table


def _behind(question: Question) -> pd.DataFrame:
    return benchmarked(question).behind


def _scores(question: Question) -> pd.DataFrame:
    if question.chosen["unit"] != "city":
        words = _("Only cities have Index scores.")
        raise UnusableError(Wrong("unit", question.chosen["unit"], ("city",), words))
    compared = benchmarked(question)
    return scores_of(question.ask(queries.index_results), (compared.value, *compared.peers))


def _by_place(what: Callable[..., Any], question: Question) -> pd.DataFrame:
    from icc_data.files.pack.benchmark import without_places

    unit, within = question.chosen["unit"], without_places(question.selection)
    rows = question.rows_of(what, within, unit)
    if question.text(MY_CITY_PARAM) if unit == "city" else question.selection.chosen(unit):
        compared = benchmarked(question)
        rows = benchmark_table.with_roles(rows, compared.value, compared.peers)
    if what is queries.unit_areas:
        return benchmark_table.with_shares(rows, question.ask(queries.unit_measures, within, unit))
    return rows


def _peers(question: Question) -> pd.DataFrame:
    city, asked, memory = question.needed_city(), peer_set(question), memory_of(question)
    frame, rows = members_of(memory, asked, city), feature_rows(memory)
    others = [rows[other] for other in frame.index]
    distances = zip(others, frame["distance"], strict=True)
    warnings = [peers.warning(rows[city], other, distance, asked.all_weights()) for other, distance in distances]
    return identified(peer_rows(frame, rows[city], others, partial(label_in, memory), warnings), frame)


BENCHMARK_VIEWS = (
    View(
        "benchmark",
        "benchmark",
        mark("A row a policy area, measure or Index score of a place, beside its peers."),
        called(mark("Benchmark")),
        _table,
        (_UNIT,),
        (_CITY, *PEERS),
    ),
    View(
        "benchmark_rows",
        "benchmark",
        mark("A row a place: itself and each peer, from which every figure of a benchmark can be computed."),
        called(mark("Rows behind the benchmark")),
        _behind,
        (_UNIT,),
        (_CITY, *PEERS),
        permalinks=True,
    ),
    View(
        "benchmark_scores",
        "benchmark",
        mark("A row an Index score of a city or one of its peers."),
        called(mark("Index scores beside the peers")),
        _scores,
        (_UNIT,),
        (MY_CITY, *PEERS),
    ),
    View(
        "peers",
        "benchmark",
        mark("A row a peer of a city, with its distance and why."),
        called(mark("Peers")),
        _peers,
        parameters=(MY_CITY, *PEERS),
        filters=frozenset({"city"}),
        permalinks=True,
    ),
    View(
        "place_areas",
        "benchmark",
        mark("A row a city, country or network and policy area, with its practices."),
        called(mark("Practices of each place by policy area")),
        partial(_by_place, queries.unit_areas),
        (_UNIT,),
        (_CITY, *PEERS),
    ),
    View(
        "place_measures",
        "benchmark",
        mark("A row a city, country or network: how much and how broadly it works."),
        called(mark("How much each place works")),
        partial(_by_place, queries.unit_measures),
        (_UNIT,),
        (_CITY, *PEERS),
        permalinks=True,
    ),
)
