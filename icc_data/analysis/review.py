"""A whole review, worked out once from its answers: what the page shows part by part, and a pack holds as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from icc_data.analysis.review_area_gaps import area_gaps, areas_beside_network
from icc_data.analysis.review_findings import Facts, Finding, findings, is_late
from icc_data.analysis.review_gaps import (
    GapList,
    Practices,
    old_evidence,
    profile_gaps,
    record_gaps,
    silent_cities,
)
from icc_data.analysis.review_momentum import movements, with_difference
from icc_data.analysis.review_state import (
    Standing,
    StateFigure,
    member_rows,
    standing,
    standing_then,
    state_figures,
)
from icc_data.analysis.silence import with_silence
from icc_data.queries.review_queries import ReviewAnswers, ReviewPeriod


@dataclass(frozen=True)
class Review:
    """A review of a scope.

    Attributes:
        period: the years under review.
        as_of: the year of the data.
        silence: years without anything known, from which on a city is silent.
        findings: the sentences, in their order.
        figures: the numbers of the state.
        standings: how the cities stand, and stood a period's length earlier.
        members: cities by status and network; see ``review_state.member_rows``.
        cities: the cities with ``silence.with_silence``.
        gaps: the lists of what is missing, by the keys of ``review_gaps.GAPS``.
        area_momentum, theme_momentum: see ``review_momentum.movements``.
    """

    period: ReviewPeriod
    as_of: int
    silence: int
    findings: list[Finding]
    figures: list[StateFigure]
    standings: tuple[Standing, Standing]
    members: pd.DataFrame
    cities: pd.DataFrame
    gaps: Mapping[str, GapList]
    area_momentum: pd.DataFrame
    theme_momentum: pd.DataFrame


def review(
    answers: ReviewAnswers,
    period: ReviewPeriod,
    label: Callable[[str, str], str],
    practices: Practices,
    *,
    silence: int,
    is_network: bool,
) -> Review:
    """A review of a scope.

    Args:
        answers: of ``queries.review_answers``.
        period: the years under review, with which they were asked.
        label: what a value of a facet is called, as ``Options.label`` does.
        practices: asks ``queries.review_practices`` of the scope, which only a list of them needs.
        silence: from so many years without anything known on, a city is silent.
        is_network: the scope is the whole network, so that nothing is compared with it.
    """
    as_of = answers.as_of
    gaps = gap_lists(answers, label, practices, silence=silence, is_network=is_network)
    momentum = with_difference(answers.momentum)
    facts = Facts(
        answers.state,
        answers.cities,
        period,
        as_of,
        silence,
        gaps,
        areas_beside_network(answers.areas, answers.network_areas),
        momentum,
        is_network,
        label,
    )
    cities = with_silence(answers.cities, as_of, silence)
    standings = (
        standing(answers.cities, as_of, silence),
        standing_then(answers.cities, as_of - period.length, silence),
    )
    return Review(
        period,
        as_of,
        silence,
        findings(facts),
        state_figures(answers.state, *standings, late=is_late(period, as_of)),
        standings,
        member_rows(answers.members, label),
        cities,
        gaps,
        movements(momentum, lambda code: label("policy_area", code)),
        movements(with_difference(answers.themes), lambda code: label("theme", code)),
    )


def gap_lists(
    answers: ReviewAnswers,
    label: Callable[[str, str], str],
    practices: Practices,
    *,
    silence: int,
    is_network: bool,
) -> dict[str, GapList]:
    """The lists of what is missing in a scope, by name; the arguments of ``review``."""
    lists = (
        area_gaps(answers.areas, answers.network_areas, label, is_network=is_network),
        silent_cities(answers.cities, answers.as_of, silence, label),
        old_evidence(answers.evidence, practices, answers.as_of, silence),
        profile_gaps(answers.cities),
        record_gaps(answers.evidence, practices),
    )
    return {gap.name: gap for gap in lists}
