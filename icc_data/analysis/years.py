"""Practices and cities by year, made ready to be drawn: parts of a stack, the last years, years of joining."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

# The code of practices that have no value in what they are split by.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Stack:
    """Practices by year and part, the parts in the order in which they are stacked.

    Attributes:
        frame: ``year, code, practices, label`` and ``rank``: the place of the part in the stack, from 0.
        labels: what each part is called, by code, in the order of the stack.
    """

    frame: pd.DataFrame
    labels: dict[str, str]


def with_others(by_year: pd.DataFrame, most: int, others: str) -> pd.DataFrame:
    """The parts with most practices, the rest added up as one part.

    Args:
        by_year: an answer of ``queries.practices_by_year``: ``year, code, practices``.
        most: how many parts stand alone; beside them are the others together, and those unknown.
        others: the code of the others together.

    Returns:
        ``year, code, practices``: the largest part first, then the others, then those unknown.
    """
    largest = [code for code in largest_first(by_year, "code") if code != UNKNOWN][:most]
    rank = {code: place for place, code in enumerate([*largest, others, UNKNOWN])}
    kept = by_year.assign(code=by_year["code"].where(by_year["code"].isin(rank), others))
    added: pd.DataFrame = kept.groupby(["year", "code"])["practices"].sum().reset_index()
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


def largest_first(by_year: pd.DataFrame, column: str) -> list[str]:
    """The values of a column by their practices of all years, most first."""
    totals = by_year.groupby(column)["practices"].sum().sort_values(ascending=False)
    return [str(value) for value in totals.index]


def known_since(by_year: pd.DataFrame, first: int) -> pd.DataFrame:
    """The rows from a year on, without those of an unknown part."""
    return by_year[(by_year["code"] != UNKNOWN) & (by_year["year"] >= first)]


def practices_before(by_year: pd.DataFrame, first: int) -> int:
    """How many practices lie before a year; each part of ``by_year`` counts."""
    return int(by_year[by_year["year"] < first]["practices"].sum())


def known_joining(joining: pd.DataFrame, words: Callable[[int], str]) -> pd.DataFrame:
    """The years in which cities joined, without the cities whose year is not known.

    Args:
        joining: the answer of ``queries.joining``: ``year, cities, cumulated, names``.
        words: says how many cities there are so far.

    Returns:
        The same columns with whole ``year``, and ``words`` for ``cumulated``.
    """
    dated = joining.dropna(subset=["year"]).astype({"year": int})
    return dated.assign(words=[words(int(cities)) for cities in dated["cumulated"]])
