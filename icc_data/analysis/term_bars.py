"""The terms of a list by their practices, with the words at the end of each bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from icc_data.analysis.shares import between, of_all, with_interval
from icc_data.cells import words_of
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
    enough = int((terms["practices"].to_numpy() >= fewest).sum())
    met = with_interval(terms.iloc[: enough if most is None else min(enough, most)])
    return met.assign(
        label=[label(code) for code in met["code"]],
        text=words_of(
            met, _with_cities if with_cities else _words, "practices", "share", *(["cities"] if with_cities else [])
        ),
        share_words=of_all(met),
        range_words=between(met),
    )


def counted(practices: Mapping[str, int], codes: Sequence[str], of: int, coded: int) -> pd.DataFrame:
    """The terms of a list as ``queries.terms`` gives them, of counts that a page has, without places.

    Args:
        practices: by the term that any has, under all choices but those of the list itself: what
            ``queries.facet_counts`` gives.
        codes: all terms in the order of the list.
        of: how many practices the selection holds without what it chooses of the list itself.
        coded: how many of them carry a term.
    """
    counts = [practices.get(code, 0) for code in codes]
    rows = pd.DataFrame({"code": list(codes), "practices": counts, "of": of, "coded_practices": coded})
    rows.insert(3, "share", rows["practices"] / rows["of"])
    return rows.sort_values("practices", ascending=False, kind="stable", ignore_index=True)


def coverage(terms: pd.DataFrame) -> tuple[int, int]:
    """How many practices carry a term of a list, and how many are selected.

    Args:
        terms: an answer of ``queries.terms``.
    """
    return int(terms["coded_practices"].to_numpy().max()), int(terms["of"].to_numpy().max())


def _words(row: Any) -> str:
    return f"{number(row.practices)} · {percent(row.share)}"


def _with_cities(row: Any) -> str:
    cities = translate_plural("{count} city", "{count} cities", row.cities).format(count=number(row.cities))
    return f"{_words(row)} · {cities}"
