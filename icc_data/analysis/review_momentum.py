"""Which policy areas and themes grow or shrink: shares of what started in two periods, and what could be chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from icc_data.analysis.uncertainty import FEW, discoveries, mid_p, newcombe, wilson
from icc_data.cells import rows_of
from icc_data.i18n import number, percent, signed, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.review_queries import ReviewPeriod


def comparable(momentum: pd.DataFrame) -> bool:
    """Whether enough practices started in both periods for their shares to be compared.

    Args:
        momentum: an answer of ``queries.review_momentum``.
    """
    return bool(len(momentum)) and min(momentum["of"].iloc[0], momentum["of_before"].iloc[0]) >= FEW


def with_difference(momentum: pd.DataFrame) -> pd.DataFrame:
    """The terms with their shares in both periods and the difference, those that cannot carry one left silent.

    Args:
        momentum: an answer of ``queries.review_momentum``, all of its rows.

    Returns:
        The same columns with ``share, low, high`` and ``share_before, low_before, high_before`` (Wilson's interval);
        ``difference`` with ``difference_low`` and ``difference_high`` (Newcombe's interval); ``p`` (two-sided mid-p of
        Fisher's test) and ``chance``: whether the difference could be chance, false discoveries held at 5% over all
        terms that are compared. All from ``difference`` on is missing, and ``few`` true, where fewer than ``FEW``
        practices of both periods have the term, or a period has fewer than ``FEW`` in all; there ``chance`` is true.
    """
    now, of = momentum["practices"].to_numpy(), momentum["of"].to_numpy()
    before, of_before = momentum["practices_before"].to_numpy(), momentum["of_before"].to_numpy()
    few = (now + before < FEW) | (np.minimum(of, of_before) < FEW)
    low, high = wilson(now, of)
    low_before, high_before = wilson(before, of_before)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, share_before = now / of, before / of_before
    difference_low, difference_high = newcombe(now, of, before, of_before)
    p = np.where(few, np.nan, mid_p(now, now + before, of, of + of_before))
    return momentum.assign(
        **{"share": share, "low": low, "high": high},
        **{"share_before": share_before, "low_before": low_before, "high_before": high_before},
        difference=np.where(few, np.nan, share - share_before),
        difference_low=np.where(few, np.nan, difference_low),
        difference_high=np.where(few, np.nan, difference_high),
        p=p,
        chance=~discoveries(p),
        few=few,
    )


def movements(differences: pd.DataFrame, label: Callable[[str], str]) -> pd.DataFrame:
    """The terms whose shares are compared, those that grew most first, with what is said of them in words.

    Args:
        differences: what ``with_difference`` gives.
        label: what a code is called.

    Returns:
        The same columns with ``label``, ``now_words, before_words, shares_words`` (both), ``difference_words`` and
        ``chance_words``.
    """
    rows = differences[~differences["few"]].sort_values(["difference", "code"], ascending=[False, True])
    return rows.assign(
        label=[label(code) for code in rows["code"]],
        now_words=[_part(row.practices, row.of) for row in rows_of(rows)],
        before_words=[_part(row.practices_before, row.of_before) for row in rows_of(rows)],
        shares_words=[_both(row) for row in rows_of(rows)],
        difference_words=[points(row) for row in rows_of(rows)],
        chance_words=[movement(row) for row in rows_of(rows)],
    ).reset_index(drop=True)


def too_few_words(momentum: pd.DataFrame, period: ReviewPeriod) -> str:
    """That too little started for shares to be compared.

    Args:
        momentum: an answer of ``queries.review_momentum``.
        period: the years under review.
    """
    counts = momentum.iloc[0]
    words = translate_plural(
        "Started in {period}: {of} practice, in {period_before}: {before}. Fewer than {few} in one of them, so that "
        "shares would say nothing.",
        "Started in {period}: {of} practices, in {period_before}: {before}. Fewer than {few} in one of them, so that "
        "shares would say nothing.",
        int(counts["of"]),
    )
    sentence = words.format(
        of=number(counts["of"]),
        period=period.words,
        before=number(counts["of_before"]),
        period_before=period.before.words,
        few=FEW,
    )
    return f"{sentence} {uncoded_words(counts)}".rstrip()


def uncoded_words(counts: pd.Series) -> str:
    """How many practices that started in either period nobody has coded yet; empty where all are coded.

    Args:
        counts: a row of the answer of ``queries.review_momentum``.
    """
    uncoded = int(counts["uncoded"])
    words = translate_plural(
        "{count} more has no policy area yet, as nobody has coded it: it is left out of both.",
        "{count} more have no policy area yet, as nobody has coded them: they are left out of both.",
        uncoded,
    )
    return words.format(count=number(uncoded)) if uncoded else ""


def left_out_words(differences: pd.DataFrame, period: ReviewPeriod, shown: int) -> str:
    """How much started, and how many terms are not shown and why.

    Args:
        differences: what ``with_difference`` gives.
        period: the years under review.
        shown: how many terms are.
    """
    few, compared = int(differences["few"].sum()), int((~differences["few"]).sum())
    counts = differences.iloc[0]
    words = _("{of} practices started in {period}, {before} in {period_before}.").format(
        of=number(counts["of"]),
        period=period.words,
        before=number(counts["of_before"]),
        period_before=period.before.words,
    )
    if left_out := uncoded_words(counts):
        words += f" {left_out}"
    if few:
        left = _("Nothing is said of {few} with fewer than {least} practices in both together.")
        words += " " + left.format(few=number(few), least=FEW)
    # An interval beside 0 may still be chance: of many that are compared, some lie there by chance alone.
    outside = (
        ~differences["few"]
        & differences["chance"]
        & ((differences["difference_low"] > 0) | (differences["difference_high"] < 0))
    )
    if outside.any():
        words += " " + _("Grey lines that leave out 0 could still be chance, as many are compared at once.")
    if compared > shown:
        most = _("The {shown} that moved most of {all} are shown.")
        words += " " + most.format(shown=number(shown), all=number(compared))
    return words


def movement(row: Any) -> str:
    """Whether a share grew or shrank, or neither by more than chance could have it.

    Args:
        row: a row of ``with_difference``, with its columns as attributes.
    """
    if row.chance:
        return _("could be chance")
    return _("grew") if row.difference > 0 else _("shrank")


def points(row: Any) -> str:
    """A difference in percentage points with its interval: “+12 points (from +3 to +20)”."""
    values = [signed(100 * getattr(row, name)) for name in ("difference", "difference_low", "difference_high")]
    return _("{difference} points (from {low} to {high})").format(difference=values[0], low=values[1], high=values[2])


def _both(row: Any) -> str:
    counts = f"{number(row.practices_before)} → {number(row.practices)}"
    return f"{percent(row.share_before)} → {percent(row.share)} ({counts})"


def _part(count: int, total: int) -> str:
    return _("{share} ({count} of {all})").format(share=percent(count / total), count=number(count), all=number(total))
