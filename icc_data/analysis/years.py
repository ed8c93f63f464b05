"""Practices and cities by year, made ready to be drawn: parts of a stack, the last years, years of joining."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from icc_data.analysis.time_words import part_words

# The code of practices that have no value in what they are split by.
UNKNOWN = "unknown"
# Splits with so few parts, or so few large ones, that a pile of them can be read.
_STACKED = ("commitment", "country")

_COUNTS = ["practices", "known", "said", "bare"]


def in_lines(split: str, scale: str, panels: str = "one") -> bool:
    """Whether groups through the years are lines: seventeen colours in a pile tell nobody anything.

    Args:
        split: what the practices are split by, or “none”.
        scale: “counts” or “shares”; a share is no part of a pile.
        panels: “one” picture, or one a group, country or network, of which piles could not be compared.
    """
    return split != "none" and (scale == "shares" or split not in _STACKED or panels != "one")


def starts(growth: pd.DataFrame) -> pd.DataFrame:
    """The answer of ``queries.practices_by_year`` of start years, read off how the same selection grew.

    Args:
        growth: the answer of ``queries.growth``.
    """
    begun = growth[growth["started"] > 0]
    # A practice is known to run in the year in which it starts.
    counts = {"practices": begun["started"], "known": begun["started"], "said": 0, "bare": begun["started_bare"]}
    return pd.DataFrame({"year": begun["year"], "code": "all", **counts}).reset_index(drop=True)


def in_parts(by_year: pd.DataFrame, *, active: bool) -> pd.DataFrame:
    """The sure part of each row and the other one as rows of their own; an empty part is none.

    Args:
        by_year: ``year, practices, known, said, bare``, and what else the rows carry.
        active: known and said activity instead of starts that are sure and bare years.

    Returns:
        The same columns with ``sure`` and ``unsure``, the number of both parts; ``part`` (one of ``part_words``) and
        its ``count``; and ``rank``, the place in the stack: that of the row, the sure part first.
    """
    # Each column once: pandas takes as long to put one more into a frame as all else here.
    unsure = by_year["said" if active else "bare"].to_numpy()
    sure = by_year["practices"].to_numpy() - unsure
    rows = [(step, place) for step, counts in enumerate((sure, unsure)) for place in np.flatnonzero(counts > 0)]
    steps, places = np.array(rows, dtype=int).reshape(-1, 2).T
    ranks = by_year["rank"].to_numpy() if "rank" in by_year else np.zeros(len(by_year), dtype=int)
    words = part_words(active=active)
    columns = {str(name): by_year[name].array.take(places) for name in by_year.columns}
    return pd.DataFrame(
        columns
        | {
            "sure": sure[places],
            "unsure": unsure[places],
            "part": pd.array([words[step] for step in steps], dtype="str"),
            "count": np.stack((sure, unsure))[steps, places],
            "rank": 2 * ranks[places] + steps,
        }
    )


@dataclass(frozen=True)
class Stack:
    """Practices by year and part, the parts in the order in which they are stacked.

    Attributes:
        frame: the given columns, among them ``year, code, practices, label``, and ``rank``: the place of the part in
            the stack, from 0.
        labels: what each part is called, by code, in the order of the stack.
    """

    frame: pd.DataFrame
    labels: dict[str, str]


def with_others(by_year: pd.DataFrame, most: int, others: str) -> pd.DataFrame:
    """The parts with most practices, the rest added up as one part.

    Args:
        by_year: an answer of ``queries.practices_by_year``.
        most: how many parts stand alone; beside them are the others together, and those unknown.
        others: the code of the others together.

    Returns:
        The same columns: the largest part first, then the others, then those unknown.
    """
    largest = [code for code in largest_first(by_year, "code") if code != UNKNOWN][:most]
    rank = {code: place for place, code in enumerate([*largest, others, UNKNOWN])}
    kept = by_year.assign(code=by_year["code"].where(by_year["code"].isin(rank), others))
    added: pd.DataFrame = kept.groupby(["year", "code"])[_COUNTS].sum().reset_index()
    return added.sort_values("code", key=lambda codes: codes.map(rank), kind="stable")


def stack(by_year: pd.DataFrame, order: Sequence[str]) -> Stack:
    """The parts of each year in the order of a stack; those unknown come last.

    Args:
        by_year: ``year, code, practices, label``.
        order: the codes in their order, those that no practice has too.
    """
    names = dict(zip(by_year["code"], by_year["label"], strict=True))
    labels = {code: names[code] for code in dict.fromkeys([*order, UNKNOWN]) if code in names}
    rank = {code: place for place, code in enumerate(labels)}
    return Stack(by_year.assign(rank=by_year["code"].map(rank)), labels)


def as_far_as(spans: pd.DataFrame, *, said: bool) -> pd.DataFrame:
    """The spans as far as they are said to go, or as far as they are known.

    Args:
        spans: the answer of ``queries.spans``.
        said: whether what is said counts.
    """
    return spans if said else spans.assign(last_active_year=spans["known_until"])


def largest_first(by_year: pd.DataFrame, column: str) -> list[str]:
    """The values of a column by their practices of all years, most first; equal ones in the order of the alphabet."""
    totals = by_year.groupby(column)["practices"].sum().sort_values(ascending=False, kind="stable")
    return [str(value) for value in totals.index]


def known_since(by_year: pd.DataFrame, first: int) -> pd.DataFrame:
    """The rows from a year on, without those of an unknown part."""
    return by_year[(by_year["code"] != UNKNOWN) & (by_year["year"] >= first)]


def practices_before(by_year: pd.DataFrame, first: int) -> int:
    """How many practices lie before a year; each part of ``by_year`` counts."""
    return int(by_year[by_year["year"] < first]["practices"].sum())


def mostly_bare(by_year: pd.DataFrame, first: int, last: int) -> list[int]:
    """The years of which more than half of the starts are years as published, which may not be the start.

    Args:
        by_year: an answer of ``queries.practices_by_year`` of start years, not split.
        first, last: the years looked at, both included.
    """
    within = by_year[by_year["year"].between(first, last)]
    return [int(year) for year in within[2 * within["bare"] > within["practices"]]["year"]]


def known_joining(joining: pd.DataFrame, words: Callable[[int], str]) -> pd.DataFrame:
    """The years in which cities joined, without the cities whose year is not known.

    Args:
        joining: the answer of ``queries.joining``: ``year, cities, cumulated, names``.
        words: says how many cities there are so far.

    Returns:
        The same columns with whole ``year``, and ``words`` for ``cumulated``.
    """
    dated = joining[joining["year"].notna()]
    return dated.assign(year=dated["year"].astype(int), words=[words(cities) for cities in dated["cumulated"].tolist()])
