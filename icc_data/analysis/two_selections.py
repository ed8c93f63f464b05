"""Two selections beside each other: shares, their difference and what of it could be chance, in numbers and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pandas as pd

from icc_data.analysis.shares import of_all
from icc_data.analysis.uncertainty import FEW, difference_interval, wilson
from icc_data.cells import is_known, rows_of, words_of
from icc_data.i18n import enumeration, number, percent, signed, translate_plural
from icc_data.i18n import translate as _

Names = tuple[str, str]
"""What the first selection and the other are called."""
# Counts of selections of which one is so many times the other tell of their sizes, and of little else.
UNLIKE_SIZES = 2
# So many clear differences are named in a sentence.
MOST_NAMED = 2


def with_difference(compared: pd.DataFrame) -> pd.DataFrame:
    """Shares of two selections with their intervals, and the difference with its own.

    Args:
        compared: an answer of ``queries.compared_terms`` or ``queries.compared_years``.

    Returns:
        The same columns with ``low, high`` and ``other_low, other_high`` (Wilson's interval); ``difference`` (the share
        less the other's), ``difference_low`` and ``difference_high`` (``uncertainty.difference_interval``); ``few``:
        fewer than ``FEW`` practices of both selections together have it, or one of them has fewer in all, so that the
        difference and all about it is missing; ``clear``: the interval leaves out 0.
    """
    one, other, both = (compared[f"{prefix}practices"] for prefix in ("", "other_", "both_"))
    of, other_of, both_of = (compared[f"{prefix}of"] for prefix in ("", "other_", "both_"))
    few = (one + other - both < FEW) | (np.minimum(of, other_of) < FEW)
    low, high = wilson(one, of)
    other_low, other_high = wilson(other, other_of)
    least, most = difference_interval((one, other, both), (of, other_of, both_of))
    ends: dict[str, Any] = {
        "difference": compared["share"] - compared["other_share"],
        "difference_low": least,
        "difference_high": most,
    }
    return compared.assign(
        low=low,
        high=high,
        other_low=other_low,
        other_high=other_high,
        **{name: np.where(few, np.nan, np.asarray(values, dtype=float)) for name, values in ends.items()},
        few=few,
        clear=~few & ((least > 0) | (most < 0)),
    )


def term_rows(compared: pd.DataFrame, label: Callable[[str], str], names: Names) -> pd.DataFrame:
    """The terms that either selection has, the largest difference to the first first, with everything in words.

    Args:
        compared: an answer of ``queries.compared_terms``.
        label: what a term is called.
        names: what the selections are called.

    Returns:
        The columns of ``with_difference`` with ``label`` and those of ``_in_words``; terms of which nothing is said
        come last.
    """
    rows = with_difference(compared)
    rows = rows[rows["practices"] + rows["other_practices"] > 0]
    rows = rows.sort_values(["few", "difference", "position"], ascending=[True, False, True], kind="stable")
    return _in_words(rows.assign(label=[label(code) for code in rows["code"]]), names).reset_index(drop=True)


def cities_of_side(cities: pd.DataFrame, side: Literal["one", "other"]) -> pd.DataFrame:
    """The cities of one of two selections, those with most practices first, as ``queries.city_practices`` gives them.

    Args:
        cities: an answer of ``queries.compared_cities``.
        side: which selection.
    """
    counted = "practices" if side == "one" else "other_practices"
    own = cities[cities[f"in_{side}"]].sort_values(counted, ascending=False, kind="stable")
    columns = own[["city_id", "name", "country", "latitude", "longitude", counted]]
    return columns.rename(columns={counted: "practices"}).reset_index(drop=True)


def city_shares(cities: pd.DataFrame) -> pd.DataFrame:
    """The cities of two selections with their shares and the difference, those with most practices in either first.

    Args:
        cities: an answer of ``queries.compared_cities``.

    Returns:
        ``city_id, name, country``; ``one, other``: the practices of each selection, missing where the city is not of
        it; and the columns of ``with_difference``.
    """
    one, other = (
        cities[counted].where(cities[f"in_{side}"])
        for side, counted in (("one", "practices"), ("other", "other_practices"))
    )
    rows = cities.assign(one=one, other=other, most=np.fmax(one, other))
    rows = rows.sort_values(["most", "name", "city_id"], ascending=[False, True, True], ignore_index=True)
    key = rows[["city_id", "name", "country", "one", "other"]]
    shares = rows.drop(columns=[*key.columns, "latitude", "longitude", "in_one", "in_other", "most"])
    return pd.concat([key, with_difference(shares)], axis=1)


def city_rows(cities: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The cities with everything in words; the columns of ``city_shares`` with those of ``_in_words``.

    Args:
        cities: what ``city_shares`` gives.
        names: what the selections are called.
    """
    return _in_words(cities, names)


def year_rows(compared: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The years with everything in words; the columns of ``with_difference`` with those of ``_in_words``.

    Args:
        compared: an answer of ``queries.compared_years``.
        names: what the selections are called.
    """
    return _in_words(with_difference(compared), names)


def _in_words(rows: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The rows with ``share_words`` and ``other_words`` (with what they are shares of), ``points`` (the difference with
    its interval, in points), ``short_points`` (the difference alone) and ``judged``."""
    others = rows[["other_share", "other_practices", "other_of"]].set_axis(["share", "practices", "of"], axis=1)
    return rows.assign(
        share_words=of_all(rows),
        other_words=of_all(others),
        points=words_of(rows, points, "difference", "difference_low", "difference_high"),
        short_points=words_of(rows, _short_points, "difference"),
        judged=words_of(rows, lambda row: judged(row, names), "few", "clear", "difference"),
    )


def lines(rows: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The years as points of two lines.

    Args:
        rows: what ``year_rows`` gives.
        names: what the selections are called.

    Returns:
        ``year, name, practices, of, share, low, high``; ``words``: the share with its whole; ``points`` and ``judged``
        of the year; ``peak``: the first year in which a line is at its highest.
    """
    columns = ["practices", "of", "share", "low", "high"]
    sides = []
    for name, prefix, words in zip(names, ("", "other_"), ("share_words", "other_words"), strict=True):
        values = rows[[f"{prefix}{column}" for column in columns]].set_axis(columns, axis=1)
        values = values.assign(peak=np.arange(len(values)) == int(np.argmax(values["practices"])))
        told = {"words": rows[words], "points": rows["points"], "judged": rows["judged"]}
        sides.append(values.assign(year=rows["year"], name=name, **told))
    return pd.concat(sides, ignore_index=True)


def dots(rows: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The terms as two dots each: the columns of ``term_rows`` with ``name``, whose are ``share, low, high``.

    Args:
        rows: what ``term_rows`` gives.
        names: what the selections are called.
    """
    other = rows.assign(share=rows["other_share"], low=rows["other_low"], high=rows["other_high"], name=names[1])
    return pd.concat([rows.assign(name=names[0]), other], ignore_index=True)


def points(row: Any) -> str:
    """A difference in percentage points with its interval, or that nothing is said of it.

    Args:
        row: a row of ``with_difference``.
    """
    if not is_known(row.difference):
        return _("too few")
    # Whole points would call an interval clear of 0 that seems to begin there.
    values = [signed(100 * value, 1) for value in (row.difference, row.difference_low, row.difference_high)]
    return _("{difference} points (from {low} to {high})").format(difference=values[0], low=values[1], high=values[2])


def _short_points(row: Any) -> str:
    return signed(100 * row.difference) if is_known(row.difference) else ""


def judged(row: Any, names: Names) -> str:
    """Which of two selections has the larger share, or that this is not clear.

    Args:
        row: a row of ``with_difference``.
        names: what the selections are called.
    """
    if row.few:
        return _("Fewer than {few} practices: nothing is said").format(few=FEW)
    if not row.clear:
        return _("No clear difference")
    return _("More in: {name}").format(name=names[0] if row.difference > 0 else names[1])


def of_differences(rows: pd.DataFrame, names: Names) -> str:
    """The clear differences of two selections, the largest in either direction, and how many are none.

    Args:
        rows: what ``term_rows`` gives.
        names: what the selections are called.
    """
    told = rows[~rows["few"]]
    if told.empty:
        return _("One of the two has too few practices for shares to be compared.")
    clear = told[told["clear"]]
    if clear.empty:
        return translate_plural(
            "No clear difference in the only one that can be compared.",
            "No clear difference in any of the {count} that can be compared.",
            len(told),
        ).format(count=number(len(told)))
    sentences = []
    sides = clear[clear["difference"] > 0], clear[clear["difference"] < 0].iloc[::-1]
    for name, side in zip(names, sides, strict=True):
        if side.empty:
            continue
        named = [_one_difference(row) for row in rows_of(side.head(MOST_NAMED))]
        more = len(side) - len(named)
        named += [_("{count} more").format(count=number(more))] if more else []
        sentences.append(_("Clearly more in “{name}”: {terms}.").format(name=name, terms=enumeration(named)))
    rest = len(told) - len(clear)
    if rest:
        words = _("No clear difference in {count} of {all}.")
        sentences.append(words.format(count=number(rest), all=number(len(told))))
    return " ".join(sentences)


def _one_difference(row: Any) -> str:
    return _("{term} ({share} against {other})").format(
        term=row.label,
        share=percent(max(row.share, row.other_share)),
        other=percent(min(row.share, row.other_share)),
    )


def of_years(rows: pd.DataFrame, names: Names, *, active: bool) -> str:
    """When half of the dated practices of each selection had started, or in which year most were active.

    Args:
        rows: what ``year_rows`` gives.
        names: what the selections are called.
        active: active practices are counted.
    """
    if rows.empty or not min(rows["of"].iloc[0], rows["other_of"].iloc[0]):
        return ""
    if min(rows["of"].iloc[0], rows["other_of"].iloc[0]) < FEW:
        words = _("One of the two has fewer than {few} practices with a start year, so its years say little.")
        return words.format(few=FEW)
    if active:
        tops = [_top_year(rows, column) for column in ("practices", "other_practices")]
        words = _("Most active at once: “{name}” in {year} ({count}), “{other}” in {other_year} ({other_count}).")
        (year, count), (other_year, other_count) = tops
        return words.format(
            year=year,
            count=number(count),
            name=names[0],
            other=names[1],
            other_year=other_year,
            other_count=number(other_count),
        )
    middles = [_median_year(rows, column) for column in ("practices", "other_practices")]
    words = _("Half of the dated practices had started by {year} (“{name}”) and by {other_year} (“{other}”).")
    return words.format(year=middles[0], other_year=middles[1], name=names[0], other=names[1])


def _median_year(rows: pd.DataFrame, column: str) -> int:
    return int(rows["year"][2 * rows[column].cumsum() >= rows[column].sum()].iloc[0])


def _top_year(rows: pd.DataFrame, column: str) -> tuple[int, int]:
    return int(rows["year"].iloc[int(np.argmax(rows[column]))]), int(rows[column].max())


def unlike(one: int, other: int) -> bool:
    """Whether two selections are so unlike in size that their counts tell little beside each other."""
    return max(one, other) > UNLIKE_SIZES * min(one, other)
