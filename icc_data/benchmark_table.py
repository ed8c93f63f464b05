"""A benchmark as one table, for screen and file, and the rows that it can be computed from again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

import pandas as pd

from icc_data.benchmark import MEASURES
from icc_data.i18n import NOT_STATED, number, percent, translate_plural
from icc_data.i18n import translate as _

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

VALUES = ("own", "q1", "median", "q3")
COUNTS = ("practices", "count_q1", "count_median", "count_q3", "peers_with")
COLUMNS = ("kind", "item", "label", "year", *VALUES, "percentile", "n", "rank", *COUNTS)


def table(portfolio: pd.DataFrame, breadth: pd.DataFrame, index: pd.DataFrame) -> pd.DataFrame:
    """All of a benchmark, a row a policy area, measure or Index score.

    Args:
        portfolio: the answer of ``benchmark.portfolio`` with ``label``.
        breadth: the answer of ``benchmark.breadth`` with ``label``.
        index: the answer of ``benchmark.index_comparison`` with ``label``; no rows where there is nothing to compare.

    Returns:
        ``COLUMNS``: ``kind`` is ``policy_area``, ``measure`` or ``index``; ``own`` and the quartiles are shares of
        practices (0-1) of a policy area, the values of a measure, and scores (0-100) of the Index, with ``year``: its
        edition; ``practices`` and the other counts stand with policy areas only.
    """
    parts = [
        portfolio.assign(kind="policy_area", item=portfolio["code"], own=portfolio["share"]),
        breadth.assign(kind="measure", item=breadth["measure"]),
        index.assign(kind="index", item=index["policy_area"], own=index["score"]),
    ]
    return pd.concat([part for part in parts if len(part)], ignore_index=True).reindex(columns=list(COLUMNS))


def rows_behind(areas: pd.DataFrame, measures: pd.DataFrame, units: Collection[str]) -> pd.DataFrame:
    """What a benchmark was computed from: a row a place, with its measures and its practices in each policy area.

    Args:
        areas: the answer of ``city_questions.unit_areas``.
        measures: the answer of ``city_questions.unit_measures``.
        units: whose rows, in their order.

    Returns:
        ``unit``, the measures, and ``policy_area_<code>``: practices there; a share is that over ``practices``.
    """
    order = list(units)
    counts = areas.pivot_table(index="unit", columns="code", values="practices", fill_value=0)
    counts = counts.reindex(order, fill_value=0).astype(int).add_prefix("policy_area_")
    found = measures.set_index("unit").loc[order].join(counts)
    return found.rename_axis(index="unit", columns=None).reset_index()


def kinds() -> dict[str, str]:
    """What each kind of row is called."""
    return {"policy_area": _("Policy area"), "measure": _("Measure"), "index": _("Index")}


def styled(frame: pd.DataFrame) -> Styler:
    """The table as a person reads it: shares as percentages, years as years, ranks as whole numbers.

    Args:
        frame: rows of ``table``.
    """
    shown = frame.assign(kind=frame["kind"].map(kinds()))
    style = shown.style.format(_whole, subset=["percentile", "n", "rank", "practices", "peers_with"])
    style = style.format(_decimal, subset=["count_q1", "count_median", "count_q3"]).format(_year, subset=["year"])
    for kind, item, index in zip(frame["kind"], frame["item"], frame.index, strict=True):
        form: Callable[[Any], str] = _share if kind == "policy_area" else _year if item == "newest" else _decimal
        style = style.format(form, subset=pd.IndexSlice[[index], list(VALUES)])
    return style


def _whole(value: Any) -> str:
    return number(value)


def _share(value: Any) -> str:
    return percent(value)


def _decimal(value: Any) -> str:
    return NOT_STATED if value != value else number(value, 0 if value == int(value) else 1)


def _year(value: Any) -> str:
    return NOT_STATED if value != value else str(int(value))


def measure_words(measure: str, value: float) -> str:
    """The value of one of ``benchmark.MEASURES`` in words: a year as a year."""
    assert measure in MEASURES
    return _year(value) if measure == "newest" else _decimal(value)


def edition(year: float | None) -> str:
    """An edition of the Index by its year, or that it is not stated."""
    return str(int(year)) if pd.notna(year) else _("edition not stated")


def score_words(score: float) -> str:
    """An Index score as it was published."""
    return _decimal(score)


def index_words(row: Any) -> str:
    """A row of ``benchmark.index_comparison`` beside the peers: rank and median, or each score where few have one."""
    if row.median == row.median:
        return _("rank {rank} of {of} with the peers of this edition, whose median is {median}").format(
            rank=number(row.rank), of=number(row.of), median=score_words(row.median)
        )
    if not row.n:
        return _("no peer has a published score in this edition and area")
    return translate_plural("{count} peer: {scores} ({year})", "{count} peers: {scores} ({year})", row.n).format(
        count=number(row.n), scores=", ".join(map(score_words, row.peer_scores)), year=edition(row.year)
    )
