"""Shares beside what could be chance: what every page and file says of a part of the practices, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np
import pandas as pd

from icc_data.analysis.uncertainty import CONFIDENCE, FEW, beside_chance, wilson
from icc_data.cells import words_of
from icc_data.i18n import number, percent
from icc_data.i18n import translate as _

Name = TypeVar("Name", bound=str)

PERIODS = ("1", "3", "5")
"""How many years one period of lines may have."""
MOST_BANDS = 3
"""Of more lines than these, the bands would cover each other."""


def with_interval(shares: pd.DataFrame) -> pd.DataFrame:
    """Shares with the ends of Wilson's 95% interval.

    Args:
        shares: ``practices`` and ``of``, whole numbers, and any other columns.

    Returns:
        The same columns with ``low`` and ``high``, between 0 and 1, after the share.
    """
    low, high = wilson(shares["practices"], shares["of"], CONFIDENCE)
    place = list(shares.columns).index("share") + 1
    whole = shares.copy(deep=False)
    whole.insert(place, "low", low)
    whole.insert(place + 1, "high", high)
    return whole


def with_chance(crossed: pd.DataFrame) -> pd.DataFrame:
    """Two properties of practices, with what chance would give: the one definition of lift.

    Args:
        crossed: an answer of ``queries.crossed``, all of its rows, for the false discoveries are held over all.

    Returns:
        The same columns with ``low, high`` (of the share), ``expected`` (practices, if the two had nothing to do
        with each other), ``lift`` (practices over expected: the share over the area's share of all practices), ``p``
        (two-sided mid-p), ``chance``: whether the difference could be chance, and ``few``: the value has fewer than
        ``FEW`` practices, which a picture marks with a star.
    """
    return with_chances({"": crossed})[""]


def with_chances(crossed: Mapping[Name, pd.DataFrame]) -> dict[Name, pd.DataFrame]:
    """What ``with_chance`` gives of each of several answers, all of them tested at once.

    Args:
        crossed: answers of ``queries.crossed`` by name, such as one of ``queries.crossed_facets``.
    """
    sizes = [len(rows) for rows in crossed.values()]
    beside = beside_chance(
        with_interval(pd.concat(list(crossed.values()), ignore_index=True)),
        **{"both": "practices", "ones": "area_practices", "others": "of", "total": "all_practices"},
        sizes=sizes,
    )
    beside = beside.assign(few=beside["of"] < FEW)
    ends = accumulate(sizes)
    parts = (beside.iloc[end - size : end].reset_index(drop=True) for end, size in zip(ends, sizes, strict=True))
    return dict(zip(crossed, parts, strict=True))


def of_area(pairs: pd.DataFrame, area: str) -> pd.DataFrame:
    """The rows of one policy area, most practices first, then the larger values.

    Args:
        pairs: what ``with_chance`` gives of an answer of ``queries.crossed``, the larger values first.
        area: the code of the area.
    """
    held = np.flatnonzero(pairs["policy_area"].to_numpy() == area)
    order = np.argsort(-pairs["practices"].to_numpy()[held], kind="stable")
    return pairs.take(held[order]).reset_index(drop=True)


def of_all(shares: pd.DataFrame) -> list[str]:
    """Shares in words, each with what it is a share of.

    Args:
        shares: ``practices, of, share``.
    """
    words = _("{share} ({count} of {all})")
    return words_of(
        shares,
        lambda row: words.format(share=percent(row.share, 1), count=number(row.practices), all=number(row.of)),
        *("share", "practices", "of"),
    )


def between(shares: pd.DataFrame) -> list[str]:
    """The ends of the interval of each share in words.

    Args:
        shares: ``low, high``.
    """
    return words_of(shares, lambda row: f"{percent(row.low)} – {percent(row.high)}", "low", "high")


def chance_words(pairs: pd.DataFrame) -> list[str]:
    """How often each pair meets beside chance, in words.

    Args:
        pairs: rows of ``with_chance``.
    """
    words = [_("as often as chance would have it"), _("less often than by chance"), _("more often than by chance")]
    is_more = (pairs["practices"] > pairs["expected"]).tolist()
    return [words[0 if chance else 1 + more] for chance, more in zip(pairs["chance"].tolist(), is_more, strict=True)]


def within(shares: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """The shares of the years from one to another; where none is in them, all.

    Args:
        shares: an answer of ``queries.shares_by_year``.
        first, last: years, both included.
    """
    kept = shares[shares["year"].between(first, last)]
    return shares if kept.empty else kept


def practices_before(shares: pd.DataFrame, first: int) -> int:
    """How many practices the years before one hold, each counted in every year.

    Args:
        shares: an answer of ``queries.shares_by_year`` of one place.
        first: the year.
    """
    return int(shares[shares["year"] < first].drop_duplicates("year")["of"].sum())


def largest_places(shares: pd.DataFrame, most: int, chosen: Collection[str] = ()) -> pd.DataFrame:
    """The rows of the places chosen; where none is, of those with most practices, the largest first.

    Args:
        shares: an answer of ``queries.shares_by_year`` with ``by_country``.
        most: how many places at most.
        chosen: places that are wanted.
    """
    sizes = (
        shares.drop_duplicates(["place", "year"])
        .groupby("place")["of"]
        .sum()
        .sort_values(ascending=False, kind="stable")
    )
    wanted = [place for place in sizes.index if not chosen or place in chosen][:most]
    kept = shares[shares["place"].isin(wanted)]
    return kept.sort_values("place", key=lambda places: places.map(wanted.index), kind="stable", ignore_index=True)


def largest_codes(shares: pd.DataFrame, most: int) -> list[str]:
    """The values with most practices in all years together, without those that are not stated.

    Args:
        shares: an answer of ``queries.shares_by_year``.
        most: how many values.
    """
    sums = shares[shares["code"] != "unknown"].groupby("code")["practices"].sum()
    sums = sums.sort_values(ascending=False, kind="stable")
    return [str(code) for code in sums.index[:most]]


def periods_of(first: int, last: int, as_of: int, together: int) -> tuple[int, int]:
    """The years of the periods that hold the years from one to another.

    Args:
        first, last: years, both included.
        as_of: the year of the data, which ends a period.
        together: how many years are one period.
    """
    ends = [as_of - (as_of - year) // together * together for year in (first, last)]
    return ends[0] - together + 1, ends[1]


def lines(
    shares: pd.DataFrame,
    chosen: Sequence[str],
    label: Callable[[str], str],
    place_label: Callable[[str], str],
    *,
    together: int = 1,
) -> pd.DataFrame:
    """Shares by year or period, made ready to be drawn as lines.

    Args:
        shares: rows of ``queries.shares_by_year``.
        chosen: the codes that stand out.
        label: what a code is called.
        place_label: what a place is called.
        together: how many years are one period.

    Returns:
        The same columns with ``low, high``; ``label`` and ``place_label``; ``chosen``; ``few``: the year has fewer
        than ``FEW`` practices; ``run``: years without a gap between them have the same; ``solid_run``: nor
        a year of few; and, in words, ``share_words`` and ``range_words``. Of a period ``year`` is the middle one, and
        ``period`` names it.
    """
    rows = list(zip(*(shares[column].tolist() for column in ("place", "code", "year")), strict=True))
    # They come in this order but where places were picked, and Python sees at a glance what is in order.
    frame = with_interval(shares).take(sorted(range(len(rows)), key=rows.__getitem__)).reset_index(drop=True)
    few = frame["of"] < FEW
    gap = frame["year"].diff() != together
    if together > 1:
        frame = frame.assign(
            period=words_of(frame, lambda row: f"{row.first_year}–{row.year}", "first_year", "year"),
            year=frame["year"] - together // 2,
        )
    return frame.assign(
        label=words_of(frame, lambda row: label(row.code), "code"),
        place_label=words_of(frame, lambda row: place_label(row.place), "place"),
        chosen=frame["code"].isin(chosen),
        few=few,
        run=gap.cumsum(),
        solid_run=(gap | few | few.shift(fill_value=True)).cumsum(),
        share_words=of_all(frame),
        range_words=between(frame),
    )
