"""What the pictures of one place beside others show in one sentence each, made from the numbers behind them."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.comparison import Benchmark
from icc_data.analysis.takeaways import first_named
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import rows_of
from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _


def of_portfolio(compared: Benchmark) -> str:
    """In which policy areas a place has most practices, and where its share is furthest from its peers' median.

    Args:
        compared: the place beside its peers.
    """
    frame = compared.portfolio
    words = _most(compared.name, frame)
    beyond = frame.assign(beyond=frame["share"] - frame["median"]).dropna(subset=["beyond"])
    if compared.counts_only or compared.few_peers or beyond.empty:
        return words
    above = _("Furthest above the peers’ median: {area}, {own} beside {other}.")
    below = _("Furthest below the peers’ median: {area}, {own} beside {other}.")
    return " ".join(filter(None, [words, *_ends(beyond, "median", above, below)]))


def of_profile(name: str, profile: pd.DataFrame) -> str:
    """In which policy areas a city has most practices, and where its share is furthest from the network's.

    Args:
        name: of the city.
        profile: the answer of ``city_facts.share_rows``.
    """
    words = _most(name, profile)
    beyond = profile.assign(beyond=profile["share"] - profile["network_share"]).dropna(subset=["beyond"])
    if beyond.empty or int(profile["practices"].sum()) < FEW:
        return words
    above = _("Furthest above the network’s share: {area}, {own} beside {other}.")
    below = _("Furthest below the network’s share: {area}, {own} beside {other}.")
    return " ".join(filter(None, [words, *_ends(beyond, "network_share", above, below)]))


def of_breadth(compared: Benchmark) -> str:
    """In which measures a place has more than the middle one of its peers, and in which less; empty without a median.

    Args:
        compared: the place beside its peers.
    """
    frame = compared.breadth.dropna(subset=["own", "median"])
    if compared.few_peers or frame.empty:
        return ""
    more = list(frame[frame["own"] > frame["median"]]["label"])
    less = list(frame[frame["own"] < frame["median"]]["label"])
    told = []
    if more:
        told.append(_("Above the peers’ median: {names}.").format(names=enumeration(more)))
    if less:
        told.append(_("Below it: {names}.") if more else _("Below the peers’ median: {names}."))
        told[-1] = told[-1].format(names=enumeration(less))
    return " ".join(told) or _("Every measure is that of the middle one of the peers.")


def of_editions(scores: pd.DataFrame) -> str:
    """A city's first and its newest overall score, each with its edition; empty where it has fewer than two.

    Args:
        scores: the answer of ``city_facts.edition_rows``.
    """
    overall = scores[scores["policy_area"] == "overall"].sort_values("year", kind="stable")
    if len(overall) < 2:
        return ""
    first, last = rows_of(overall.iloc[[0, -1]])
    words = _("Overall: {first} in {start}, {last} in {end}; editions ask different questions.")
    return words.format(first=number(first.score), start=first.year, last=number(last.score), end=last.year)


def _most(name: str, areas: pd.DataFrame) -> str:
    most = int(areas["practices"].max()) if len(areas) else 0
    if not most:
        return ""
    top = list(areas[areas["practices"] == most]["label"])
    words = translate_plural(
        "{name} has most practices in {areas}: {practices}.",
        "{name} has most practices in {areas}: {practices} each.",
        len(top),
    )
    return words.format(name=name, areas=enumeration(first_named(top)), practices=practice_count(most))


def _ends(areas: pd.DataFrame, other: str, above: str, below: str) -> list[str]:
    """What lies furthest above and furthest below something else; nothing where none lies there."""
    areas = areas.sort_values("beyond", kind="stable")
    ends = [(above, areas.iloc[-1])] if areas["beyond"].iloc[-1] > 0 else []
    ends += [(below, areas.iloc[0])] if areas["beyond"].iloc[0] < 0 else []
    return [
        words.format(area=row["label"], own=percent(row["share"]), other=percent(row[other])) for words, row in ends
    ]
