"""What a review finds, in sentences made from its numbers; none claims what its number of cases cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from icc_data.analysis import coding_words
from icc_data.analysis.review_momentum import comparable
from icc_data.analysis.review_state import former_words, share_after
from icc_data.analysis.silence import silence_words
from icc_data.analysis.time_words import STILL_PUBLISHED
from icc_data.analysis.uncertainty import FEW, counts_differ
from icc_data.cells import rows_of
from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _

if TYPE_CHECKING:
    from icc_data.analysis.review_gaps import GapList
    from icc_data.queries.review_queries import ReviewPeriod

NAMED = 5


@dataclass(frozen=True)
class Target:
    """Where a finding can be looked at.

    Attributes:
        page: the page's path, such as ``timeline``; ``review`` for another part of the review.
        params: address parameters beside those of the scope.
    """

    page: str
    params: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One sentence of a review.

    Attributes:
        name: identifies it.
        sentence: what was found, with its numbers.
        target: where it can be looked at.
        alarm: whether it is something to act on.
        note: what has to be known to read it; empty where nothing has.
    """

    name: str
    sentence: str
    target: Target
    alarm: bool = False
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """The numbers that findings are made from.

    Attributes:
        state: the answer of ``queries.review_state``.
        cities: the answer of ``queries.review_cities``.
        period: the years under review.
        as_of: the year of the data.
        silence: years without anything known, from which on a city is silent.
        gaps: the lists of ``review_gaps``, by name.
        areas: what ``review_area_gaps.areas_beside_network`` gives.
        momentum: what ``review_momentum.with_difference`` gives of the policy areas.
        is_network: the scope is the whole network.
        label: what a value of a facet is called.
    """

    state: Mapping[str, int]
    cities: pd.DataFrame
    period: ReviewPeriod
    as_of: int
    silence: int
    gaps: Mapping[str, GapList]
    areas: pd.DataFrame
    momentum: pd.DataFrame
    is_network: bool
    label: Callable[[str, str], str]


def findings(facts: Facts) -> list[Finding]:
    """What is found, in the order of a meeting: what grew, who joined, who is silent, what is missing."""
    state = facts.state
    if not state["practices"] and not state["cities"]:
        return [Finding("empty", _("No city and no practice is in this scope."), Target("overview"))]
    told = [started(facts), moved(facts), joined(facts), reports(facts), silent(facts), without(facts)]
    told += [under_served(facts), undated(facts), uncoded(facts), old_evidence(facts)]
    return [finding for finding in told if finding is not None]


def started(facts: Facts) -> Finding:
    """What started in the period, beside the one before."""
    state, period = facts.state, facts.period
    now, before = state["started"], state["started_before"]
    target = Target("timeline", _years(period))
    if not now and not before:
        words = _("No practice that started in {first}–{last} is published so far.")
        return Finding("started", words.format(first=period.before.first, last=period.last), target, note=_late(facts))
    words = translate_plural(
        "{count} practice that started in {period} is published so far, after {before} of {period_before}",
        "{count} practices that started in {period} are published so far, after {before} of {period_before}",
        now,
    ).format(count=number(now), period=period.words, before=number(before), period_before=period.before.words)
    if not is_late(facts.period, facts.as_of) and counts_differ(now, before) is False and now != before:
        words = _("{sentence}; the difference could be chance").format(sentence=words)
    return Finding("started", words + ".", target, note=_late(facts))


def is_late(period: ReviewPeriod, as_of: int) -> bool:
    """Whether more of what started in a period is still to be published.

    Args:
        period: the years.
        as_of: the year of the data.
    """
    return period.last > as_of - STILL_PUBLISHED


def _late(facts: Facts) -> str:
    if not is_late(facts.period, facts.as_of):
        return ""
    return _("Practices are published years after they begin: fewer in the newest years is no decline yet.")


def moved(facts: Facts) -> Finding | None:
    """Which policy areas grew or shrank, by more than chance."""
    momentum, period = facts.momentum, facts.period
    target = Target("review", {"step": ["momentum"]})
    state = facts.state
    if not state["started"] and not state["started_before"]:
        return None
    if not comparable(momentum):
        words = _(
            "Too few practices started to say which policy areas grow ({count} in {period}, {before} in "
            "{period_before}): a longer period may tell."
        )
        return Finding(
            "moved",
            words.format(
                count=number(state["started"]),
                period=period.words,
                before=number(state["started_before"]),
                period_before=period.before.words,
            ),
            target,
        )
    sure = momentum[~momentum["chance"]].sort_values("difference", ascending=False)
    if sure.empty:
        words = _(
            "No policy area’s share grew or shrank by more than chance could have it ({of} and {before} practices)."
        )
        counts = {"of": number(state["started"]), "before": number(state["started_before"])}
        return Finding("moved", words.format(**counts), target)
    told = [_moved(row, facts) for row in rows_of(sure.head(NAMED))]
    return Finding("moved", _("{movements}, by more than chance.").format(movements="; ".join(told)), target)


def _moved(row: Any, facts: Facts) -> str:
    words = (
        _("{area} grew from {before} to {now} of what started")
        if row.difference > 0
        else _("{area} shrank from {before} to {now} of what started")
    )
    return words.format(
        area=facts.label("policy_area", row.code),
        before=_share(row.practices_before, row.of_before),
        now=_share(row.practices, row.of),
    )


def _share(count: int, total: int) -> str:
    return _("{share} ({count} of {all})").format(share=percent(count / total), count=number(count), all=number(total))


def joined(facts: Facts) -> Finding | None:
    """Who joined in the period, beside the one before."""
    state, period, cities = facts.state, facts.period, facts.cities
    if not state["cities"]:
        return None
    unknown = state["cities"] - state["joined_known"]
    note = ""
    if unknown:
        note = translate_plural(
            "Of {count} city the joining year is not known.",
            "Of {count} cities the joining year is not known.",
            unknown,
        ).format(count=number(unknown))
    target = Target("timeline")
    if not state["joined"] and not state["joined_before"]:
        words = _("No city is known to have joined in {first}–{last}.")
        return Finding("joined", words.format(first=period.before.first, last=period.last), target, note=note)
    if not state["joined"]:
        words = _("No city is known to have joined in {period}; {before} joined in {period_before}.")
        sentence = words.format(
            period=period.words, before=number(state["joined_before"]), period_before=period.before.words
        )
        return Finding("joined", sentence, target, note=note)
    names = list(cities[cities["joined_year"].between(period.first, period.last).fillna(False)]["name"])
    words = translate_plural(
        "{count} city joined in {period} ({names}), after {before} in {period_before}.",
        "{count} cities joined in {period} ({names}), after {before} in {period_before}.",
        state["joined"],
    ).format(
        count=number(state["joined"]),
        period=period.words,
        names=_named(names),
        before=number(state["joined_before"]),
        period_before=period.before.words,
    )
    return Finding("joined", words, target, note=note)


def _named(names: list[str]) -> str:
    more = len(names) - NAMED
    return enumeration([*names[:NAMED], _("{count} more").format(count=number(more))] if more > 0 else names)


def reports(facts: Facts) -> Finding | None:
    """Reports on the Index of editions in the period, beside the one before."""
    state, period = facts.state, facts.period
    if not state["reports"]:
        return None
    if not state["reports_now"] and not state["reports_before"]:
        words = translate_plural(
            "No Index report of {first}–{last} is known; {count} of other editions is.",
            "No Index report of {first}–{last} is known; {count} of other editions are.",
            state["reports"],
        )
        sentence = words.format(first=period.before.first, last=period.last, count=number(state["reports"]))
        return Finding("reports", sentence, Target("index"))
    if not state["reports_now"]:
        words = translate_plural(
            "No Index report of {period} is known; {before} of {period_before} is.",
            "No Index report of {period} is known; {before} of {period_before} are.",
            state["reports_before"],
        )
        sentence = words.format(
            period=period.words, before=number(state["reports_before"]), period_before=period.before.words
        )
        return Finding("reports", sentence, Target("index"))
    words = translate_plural(
        "{count} Index report of {period} is known, after {before} of {period_before}.",
        "{count} Index reports of {period} are known, after {before} of {period_before}.",
        state["reports_now"],
    ).format(
        count=number(state["reports_now"]),
        period=period.words,
        before=number(state["reports_before"]),
        period_before=period.before.words,
    )
    return Finding("reports", words, Target("index"))


def silent(facts: Facts) -> Finding | None:
    """Of how many cities nothing is known in the last years."""
    if not facts.state["with_practices"]:
        return None
    count, everyone, year = facts.gaps["silent"].count, facts.state["cities"], facts.as_of - facts.silence
    target = Target("review", {"step": ["gaps"], "gap": ["silent"], "silent": [str(facts.silence)]})
    if not count:
        words = _("No city has been silent for {years}: of each with dated practices something is known after {year}.")
        return Finding("silent", words.format(years=silence_words(facts.silence), year=year), target)
    words = translate_plural(
        "{count} of {all} cities{share} has been silent for {years}: nothing of it is known after {year}.",
        "{count} of {all} cities{share} have been silent for {years}: nothing of them is known after {year}.",
        count,
    ).format(
        count=number(count),
        all=number(everyone),
        share=share_after(count, everyone),
        years=silence_words(facts.silence),
        year=year,
    )
    return Finding("silent", words, target, alarm=True)


def without(facts: Facts) -> Finding | None:
    """How many cities published nothing, and how many only what carries no year."""
    state = facts.state
    if not state["cities"]:
        return None
    none = state["cities"] - state["with_practices"]
    only_undated = int((facts.gaps["silent"].frame["voice"] == "undated").sum())
    target = Target("review", {"step": ["coverage"], "order": ["gaps"]})
    if not none:
        sentence = _("Every city in scope has a published practice.")
    else:
        sentence = translate_plural(
            "{count} of {all} cities{share} has no published practice.",
            "{count} of {all} cities{share} have no published practice.",
            none,
        ).format(count=number(none), all=number(state["cities"]), share=share_after(none, state["cities"]))
    if only_undated:
        words = translate_plural(
            "{count} city has only undated ones, which is no silence.",
            "{count} cities have only undated ones, which is no silence.",
            only_undated,
        )
        sentence += " " + words.format(count=number(only_undated))
    return Finding("without", sentence, target, note=former_words(state["former"]))


def under_served(facts: Facts) -> Finding | None:
    """Which policy areas are rarer than in the network, by more than chance; of the network itself, the rarest."""
    state, areas = facts.state, facts.areas
    if not state["practices"]:
        return None
    target = Target("review", {"step": ["gaps"], "gap": ["areas"]})
    if facts.is_network:
        rarest = areas.sort_values(["practices", "position"]).head(3)
        names = [f"{facts.label('policy_area', row.code)} ({number(row.practices)})" for row in rows_of(rarest)]
        return Finding(
            "areas", _("The policy areas with fewest practices: {areas}.").format(areas=enumeration(names)), target
        )
    if state["practices"] < FEW:
        missing = int((areas["practices"] == 0).sum())
        words = translate_plural(
            "{count} practice is too few to compare with the network; {missing} of {all} policy areas have none.",
            "{count} practices are too few to compare with the network; {missing} of {all} policy areas have none.",
            state["practices"],
        )
        sentence = words.format(count=number(state["practices"]), missing=number(missing), all=number(len(areas)))
        return Finding("areas", sentence, target)
    rare = areas[areas["under"] & ~areas["chance"]]
    if rare.empty:
        return Finding(
            "areas", _("No policy area is rarer here than in the network by more than chance could have it."), target
        )
    names = [
        _("{area} ({share}; network {network})").format(
            area=facts.label("policy_area", row.code),
            share=_share(row.practices, row.of),
            network=percent(row.network_share),
        )
        for row in rows_of(rare.head(NAMED))
    ]
    words = _("Rarer than in the network, by more than chance: {areas}.")
    return Finding("areas", words.format(areas=enumeration(names)), target, alarm=True)


def undated(facts: Facts) -> Finding | None:
    """How many practices carry no start year."""
    practices = facts.state["practices"]
    if not practices:
        return Finding("undated", _("No practice of this scope is published."), Target("practices"))
    missing = practices - facts.state["dated"]
    target = Target("review", {"step": ["gaps"], "gap": ["records"]})
    if not missing:
        return Finding("undated", _("Every practice carries a start year."), target)
    words = translate_plural(
        "{count} of {all} practices{share} carries no start year and stands in no period.",
        "{count} of {all} practices{share} carry no start year and stand in no period.",
        missing,
    ).format(count=number(missing), all=number(practices), share=share_after(missing, practices))
    return Finding("undated", words, target)


def uncoded(facts: Facts) -> Finding | None:
    """How many practices nobody has coded yet."""
    words = coding_words.uncoded(facts.state)
    return Finding("uncoded", words, Target("review", {"step": ["gaps"], "gap": ["records"]})) if words else None


def old_evidence(facts: Facts) -> Finding | None:
    """How many practices are said to go on, though the newest evidence is old."""
    gap = facts.gaps["evidence"]
    if not gap.count:
        return None
    everyone = facts.state["practices"]
    words = translate_plural(
        "{count} of {all} practices{share} is said to go on, though nothing of it is known after {year}.",
        "{count} of {all} practices{share} are said to go on, though nothing of them is known after {year}.",
        gap.count,
    )
    target = Target("review", {"step": ["gaps"], "gap": ["evidence"], "silent": [str(facts.silence)]})
    sentence = words.format(
        count=number(gap.count),
        all=number(everyone),
        share=share_after(gap.count, everyone),
        year=facts.as_of - facts.silence,
    )
    return Finding("evidence", sentence, target)


def _years(period: ReviewPeriod) -> dict[str, list[str]]:
    return {
        "from": [str(period.before.first)],
        "to": [str(period.last)],
        "years": ["started"],
        "undated": ["no"],
    }
