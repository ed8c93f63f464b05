"""What bars and grids of cells show in one sentence each, made from the numbers behind them.

Where the numbers are small, counts are said and no shares; where there is nothing to say, the sentence is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.crosstabs import Cells
from icc_data.analysis.takeaways import first_named
from icc_data.analysis.uncertainty import FEW
from icc_data.analysis.years import UNKNOWN
from icc_data.cells import rows_of
from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _

Label = Callable[[str], str]
Named = Callable[[Any], str]


def of_list(terms: pd.DataFrame, label: Label) -> str:
    """Which terms the most practices have, and the fewest; empty where no practice has any.

    Args:
        terms: ``code, practices, of``, a term a row.
        label: what a term is called.
    """
    of = 0 if terms.empty else int(terms["of"].iloc[0])
    return _of_lengths([label(code) for code in terms["code"]], terms["practices"].tolist(), of)


def _of_lengths(labels: Sequence[str], practices: Sequence[int], of: int) -> str:
    if not any(practices):
        return ""
    most, fewest = max(practices), min(practices)
    words = _often(_equal(labels, practices, most), most)
    if of >= FEW:
        words += " " + _("That is {share} of all.").format(share=percent(most / of))
    if most == fewest:
        return words
    last = _equal(labels, practices, fewest)
    fewer = translate_plural("The fewest: {names}, {practices}.", "The fewest: {names}, {practices} each.", len(last))
    return words + " " + fewer.format(names=enumeration(first_named(last)), practices=practice_count(fewest))


def of_bars(labels: Sequence[str], practices: Sequence[int]) -> str:
    """Which bars are the longest; empty where none has a length.

    Args:
        labels: what each bar is called.
        practices: how long it is.
    """
    return _of_lengths(labels, practices, of=0)


def of_cells(pairs: pd.DataFrame, show: Cells, named: Named) -> str:
    """Which cell of a grid stands out: by its count, its share, or how far it is beyond what chance would give.

    Args:
        pairs: what ``shares.with_chance`` gives, or some of its rows, each pair once.
        show: what the cells say.
        named: what a row is called.
    """
    if pairs.empty or not pairs["practices"].max():
        return ""
    if show == "counts":
        most = int(pairs["practices"].max())
        return _often([named(row) for row in rows_of(pairs[pairs["practices"] == most])], most)
    enough = pairs[pairs["of"] >= FEW]
    if enough.empty:
        return _("Every column has fewer than {few} practices, so their shares say little.").format(few=FEW)
    if show == "shares":
        top = enough.sort_values(["share", "of"], ascending=False, kind="stable").iloc[0]
        words = _("The largest share: {cell}, {share} of {practices}.")
        return words.format(cell=named(top), share=percent(top["share"]), practices=practice_count(int(top["of"])))
    clear = enough[~enough["chance"] & (enough["lift"] > 1)]
    if clear.empty:
        return _("Nothing is above the usual by more than chance could have it.")
    top = clear.sort_values(["lift", "practices"], ascending=False, kind="stable").iloc[0]
    words = _("Furthest above the usual, by more than chance: {cell}, {lift} times ({practices}).")
    return words.format(cell=named(top), lift=number(top["lift"], 1), practices=practice_count(int(top["practices"])))


def in_place(label: Callable[[str, str], str], facet: str) -> Named:
    """What a cell of a policy area and a place, or another value of a facet, is called."""
    words = _("{area} in {place}")
    return lambda row: words.format(area=label("policy_area", row.policy_area), place=label(facet, row.value))


def with_other(label: Callable[[str, str], str], facet: str) -> Named:
    """What a cell of a policy area and something it goes with is called."""
    words = _("{area} with {other}")
    return lambda row: words.format(area=label("policy_area", row.policy_area), other=label(facet, row.value))


def each_pair_once(pairs: pd.DataFrame) -> pd.DataFrame:
    """The rows of two different terms, those that come both ways once.

    Args:
        pairs: ``policy_area, value`` and other columns.
    """
    held, met = [], set()
    for area, value in zip(pairs["policy_area"].tolist(), pairs["value"].tolist(), strict=True):
        held.append(area != value and (value, area) not in met)
        met.add((area, value))
    return pairs[np.array(held, dtype=bool)]


def _when(row: Any) -> str:
    """The year of a row, or its period where it has a first year."""
    return f"{row.first_year}–{row.year}" if hasattr(row, "first_year") else str(row.year)


def of_area_years(by_year: pd.DataFrame, label: Label) -> str:
    """Which policy area has the most practices in one year; empty where none is dated.

    Args:
        by_year: ``code, year, practices``; of periods ``first_year``.
        label: what a policy area is called.
    """
    if by_year.empty or not by_year["practices"].max():
        return ""
    most = int(by_year["practices"].max())
    words = _("{area} in {place}")
    rows = rows_of(by_year[by_year["practices"] == most])
    return _often([words.format(area=label(row.code), place=_when(row)) for row in rows], most)


def of_lines(rows: pd.DataFrame, label: Label, *, shares: bool) -> str:
    """Which group is the largest in the last year with enough practices, or has the most practices in one year.

    Args:
        rows: ``code, year, practices, of``, of one place; of periods ``first_year``; those in no group are passed
            over.
        label: what a group is called.
        shares: whether the lines are shares.
    """
    rows = rows[(rows["code"] != UNKNOWN) & (rows["practices"] > 0)]
    if rows.empty:
        return ""
    if not shares:
        return of_area_years(rows, label)
    enough, periods = rows[rows["of"] >= FEW], "first_year" in rows
    if enough.empty:
        words = _("Every year has fewer than {few} practices, so their shares say little.")
        if periods:
            words = _("Every period has fewer than {few} practices, so their shares say little.")
        return words.format(few=FEW)
    last = enough[enough["year"] == enough["year"].max()]
    most, of = int(last["practices"].max()), int(last["of"].iloc[0])
    names = enumeration(first_named([label(code) for code in last[last["practices"] == most]["code"]]))
    words = _("In {year}, the last year with {few} practices or more, the largest share is {share} of {all}: {names}.")
    if periods:
        words = _(
            "In {year}, the last period with {few} practices or more, the largest share is {share} of {all}: {names}."
        )
    return words.format(
        year=_when(next(iter(rows_of(last)))), few=FEW, share=percent(most / of), all=practice_count(of), names=names
    )


def of_joining(joining: pd.DataFrame) -> str:
    """In which year the most cities joined, and how many have; empty where no year is known.

    Args:
        joining: ``year, cities, cumulated``.
    """
    if joining.empty:
        return ""
    most = int(joining["cities"].max())
    years = enumeration(first_named([str(year) for year in joining[joining["cities"] == most]["year"]]))
    words = translate_plural(
        "The most cities joined in {years}: {count}; {all} in all.",
        "The most cities joined in {years}: {count} in each; {all} in all.",
        int((joining["cities"] == most).sum()),
    )
    return words.format(years=years, count=number(most), all=number(joining["cumulated"].iloc[-1]))


def of_spans(spans: pd.DataFrame) -> str:
    """From when to when the practices of a picture run, and how many are said to go on; empty where there are none.

    Args:
        spans: ``start_year, last_active_year, ongoing``, a practice a row.
    """
    if spans.empty:
        return ""
    going_on = int(spans["ongoing"].sum())
    words = translate_plural(
        "{practices}, which began from {first} to {last}; {count} is said to go on.",
        "{practices}, which began from {first} to {last}; {count} are said to go on.",
        going_on,
    )
    first, last = int(spans["start_year"].min()), int(spans["start_year"].max())
    return words.format(practices=practice_count(len(spans)), first=first, last=last, count=number(going_on))


def of_known(counted: pd.DataFrame, label: Label) -> str:
    """Which field is known of the fewest; empty where every field is always known.

    Args:
        counted: ``place, field, known, total``; the place ``all`` holds everything.
        label: what a field is called.
    """
    everything = counted[(counted["place"] == "all") & (counted["known"] < counted["total"])]
    if everything.empty:
        return ""
    least = int(everything["known"].min())
    names = first_named([label(field) for field in everything[everything["known"] == least]["field"]])
    words = _("Known least: {names}, {share} ({count} of {all}).")
    of = int(everything["total"].iloc[0])
    return words.format(names=enumeration(names), share=percent(least / of), count=number(least), all=number(of))


def of_pairs(pairs: pd.DataFrame, label: Label) -> str:
    """Which two cities carry the most practices together; empty where none do.

    Args:
        pairs: the answer of ``queries.shared_work``, each pair once.
        label: what a city is called.
    """
    if pairs.empty:
        return ""
    most = int(pairs["practices"].max())
    top = pairs[pairs["practices"] == most]
    if most == 1:
        words = translate_plural(
            "{count} pair of cities shares a practice, none more than one.",
            "{count} pairs of cities share a practice, none more than one.",
            len(pairs),
        )
        return words.format(count=number(len(pairs)))
    return _often([f"{label(row.one)} – {label(row.other)}" for row in rows_of(top)], most)


def _equal(labels: Sequence[str], practices: Sequence[int], count: int) -> list[str]:
    return [label for label, held in zip(labels, practices, strict=True) if held == count]


def _often(names: list[str], count: int) -> str:
    words = translate_plural("The most: {names}, {practices}.", "The most: {names}, {practices} each.", len(names))
    return words.format(names=enumeration(first_named(names)), practices=practice_count(count))
