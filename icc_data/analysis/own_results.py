"""Rows in which a city's own Index results stand beside published ones: which is which is said in every row."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from icc_data.i18n import mark
from icc_data.i18n import translate as _

Edition = tuple[int, str]
"""The year of an edition and a policy area."""
OWN = mark("the city’s own result, not published")
PUBLISHED = mark("published")


def own_areas(editions: dict[str, int], own: Collection[Edition]) -> frozenset[str]:
    """The policy areas whose newest score is a city's own.

    Args:
        editions: the answer of ``audit.editions``.
        own: the editions of the scores that it brought along.
    """
    return frozenset(area for area, year in editions.items() if (year, area) in own)


def own_marked(scores: pd.DataFrame, city_id: str, own: Collection[Edition]) -> pd.DataFrame:
    """Scores with where each is from, where a city brought any along; else as they are.

    Args:
        scores: rows of ``queries.index_results``.
        city_id: the city.
        own: the editions of the scores that it brought along.

    Returns:
        The rows, with ``result``: whether it is published or the city's own.
    """
    if not own:
        return scores
    mine = (scores["city_id"] == city_id) & _among(scores, "policy_area", own)
    return scores.assign(result=mine.map({True: _(OWN), False: _(PUBLISHED)}))


def own_labelled(table: pd.DataFrame, own: Collection[Edition]) -> pd.DataFrame:
    """A benchmark's table whose labels say which Index results are the city's own.

    Args:
        table: the answer of ``benchmark_table.table``.
        own: the editions of the scores that it brought along.
    """
    mine = (table["kind"] == "index") & _among(table, "item", own)
    return table.assign(label=table["label"].where(~mine, table["label"].astype(str) + f" ({_(OWN)})"))


def _among(frame: pd.DataFrame, area: str, own: Collection[Edition]) -> pd.Series[bool]:
    there = [(year, code) in own for year, code in zip(frame["year"], frame[area], strict=True)]
    return pd.Series(there, index=frame.index, dtype=bool)
