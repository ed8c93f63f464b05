"""The terms of a list by their practices, with the words at the end of each bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from icc_data.analysis.shares import between, of_all, with_interval
from icc_data.cells import rows_of
from icc_data.i18n import number, percent, translate_plural


def term_bars(
    terms: pd.DataFrame,
    label: Callable[[str], str],
    *,
    most: int | None = None,
    fewest: int = 1,
    with_cities: bool = False,
) -> pd.DataFrame:
    """The first terms of a list as bars.

    Args:
        terms: an answer of ``queries.terms``, most practices first.
        label: what a term is called.
        most: how many terms at most; None for all.
        fewest: how many practices a term has to have.
        with_cities: say at the end of the bar in how many cities the practices are.

    Returns:
        The same columns, ``label``, ``text`` (practices, their share of all that are selected, and cities),
        ``share_words`` (with what it is a share of) and ``range_words``: Wilson's 95% interval.
    """
    met = with_interval(terms[terms["practices"] >= fewest].head(len(terms) if most is None else most))
    rows = list(rows_of(met))
    return met.assign(
        label=[label(code) for code in met["code"]],
        text=[_words(row, with_cities=with_cities) for row in rows],
        share_words=[of_all(row) for row in rows],
        range_words=[between(row) for row in rows],
    )


def coverage(terms: pd.DataFrame) -> tuple[int, int]:
    """How many practices carry a term of a list, and how many are selected.

    Args:
        terms: an answer of ``queries.terms``.
    """
    return int(terms["coded_practices"].max()), int(terms["of"].max())


def _words(row: Any, *, with_cities: bool) -> str:
    words = f"{number(row.practices)} · {percent(row.share)}"
    if not with_cities:
        return words
    cities = translate_plural("{count} city", "{count} cities", row.cities).format(count=number(row.cities))
    return f"{words} · {cities}"
