"""A policy audit from its answers: what is published of a city, and what its peers could lend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from icc_data import queries
from icc_data.analysis import audit, benchmark, borrow
from icc_data.cells import dicts_of
from icc_data.queries.selection import Selection

Published = tuple[pd.DataFrame, Mapping[str, int], Mapping[str, float]]
"""The answers of ``benchmark.portfolio``, ``audit.lenders`` and ``queries.area_scores``."""


def published(ask: Callable[..., Any], city: str, peers: Sequence[str], areas: Sequence[str]) -> Published:
    """What ``audit.standing`` is worked out from, but for what the team says.

    Args:
        ask: asks a question of ``queries``: (question, selection or None, …).
        city: whose audit.
        peers: those it is set beside.
        areas: the policy areas, in their order.
    """
    of_areas, measures = (
        ask(question, Selection(), "city") for question in (queries.unit_areas, queries.unit_measures)
    )
    portfolio = benchmark.portfolio(of_areas, measures, city, peers, areas)
    return portfolio, audit.lenders(ask(queries.lendable, None, city), peers), ask(queries.area_scores, None, city)


def proposals(
    practices: pd.DataFrame, city: str, peers: pd.DataFrame, standing: pd.DataFrame, as_of: int
) -> pd.DataFrame:
    """Practices to borrow in every area; see ``borrow.recommendations``.

    Args:
        practices: the answer of ``queries.borrowable``, of the city and those peers.
        city: whose audit.
        peers: the answer of ``peer_sets.members``.
        standing: the answer of ``audit.standing``.
        as_of: the year of the data.
    """
    return borrow.recommendations(practices, city, peers, as_of=as_of, scores=audit.told_scores(standing))


def with_reasons(proposed: pd.DataFrame, label: Callable[[str, str], str]) -> pd.DataFrame:
    """Proposals with ``why``, the reason of each in words.

    Args:
        proposed: rows of ``proposals``.
        label: what a value of a facet is called.
    """
    return proposed.assign(why=[why(row, label) for row in dicts_of(proposed)])


def why(row: dict[str, Any], label: Callable[[str, str], str]) -> str:
    """The reason of a proposal, in words; the arguments of ``with_reasons``."""
    return borrow.reason(row, label("policy_area", row["policy_area"]), label("city", row["peer"]))
