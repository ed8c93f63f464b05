"""How long practices last, in words: what is seen on the curves, what they rest on, and what they leave out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from icc_data.analysis.survival import FEWEST_ENDS, SPOKEN_YEARS, drawn_codes, groups, share_after
from icc_data.analysis.uncertainty import FEW
from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _

Label = Callable[[str], str]


def of_curves(rows: pd.DataFrame) -> str:
    """How many were still running some years after their start year; of several groups, the longest and the shortest.

    Args:
        rows: what ``survival.curves`` gives.
    """
    there = rows[rows["years"] == SPOKEN_YEARS]
    if there.empty:
        return _("Too few practices are known to have run {years} years or more.").format(years=SPOKEN_YEARS)
    ordered = there.sort_values("share", ascending=False, kind="stable")
    most, least = ordered.iloc[0], ordered.iloc[-1]
    if len(ordered) == 1:
        words = _("{years} years after the year of their start, {share} were still running ({interval}).")
        return words.format(years=SPOKEN_YEARS, share=most["share_words"], interval=_interval(most))
    words = _("{years} years after the year of their start, most were still running in {most}, fewest in {least}.")
    return words.format(years=SPOKEN_YEARS, most=_with_interval(most), least=_with_interval(least))


def _interval(row: Any) -> str:
    return _("95% interval: {range}").format(range=row["range_words"] or _("none"))


def _with_interval(row: Any) -> str:
    words = _("{group} ({share}; {interval})")
    return words.format(group=row["label"], share=row["share_words"], interval=_interval(row))


def known_ends(counts: Mapping[str, int]) -> str:
    """How few ends are known, in words.

    Args:
        counts: ``dated, known_ends, silent`` of all practices meant.
    """
    words = translate_plural(
        "Of {dated} practice with a start year an end is known of {ends}; {open} go on, or end in the year of the data "
        "or later; of {silent} nothing is known after the start year, so that they are not in the curve.",
        "Of {dated} practices with a start year an end is known of {ends}; {open} go on, or end in the year of the "
        "data or later; of {silent} nothing is known after the start year, so that they are not in the curve.",
        counts["dated"],
    )
    going_on = counts["dated"] - counts["known_ends"] - counts["silent"]
    return words.format(
        dated=number(counts["dated"]),
        ends=number(counts["known_ends"]),
        open=number(going_on),
        silent=number(counts["silent"]),
    )


def without_said(known_only: pd.DataFrame) -> str:
    """What would be left were no practice taken to go on because it says so, in words.

    Args:
        known_only: an answer of ``queries.survival``, not split, where what is only said does not count.
    """
    share = share_after(known_only, SPOKEN_YEARS)
    if share is None:
        return _("What goes on has been said once and looked at by nobody since: the curve is the most that can be.")
    words = _(
        "What goes on has been said once and looked at by nobody since: the curve is the most that can be. Counting "
        "only practices whose last year is known, {share} ran {years} years on."
    )
    return words.format(share=percent(share), years=SPOKEN_YEARS)


def too_few(counts: Mapping[str, int], split: str) -> str:
    """Why nothing is drawn, in words.

    Args:
        counts: ``dated, known_ends, silent`` of all practices meant.
        split: what they are told apart by, or “none”.
    """
    if split == "none":
        words = _("Nothing is drawn with fewer than {fewest} known ends: each would move the curve by a tenth or more.")
    else:
        words = _("No group has {fewest} known ends, and fewer would let each of them move a curve by a tenth or more.")
    return f"{known_ends(counts)} {words.format(fewest=FEWEST_ENDS)}"


def groups_left_out(table: pd.DataFrame, label: Label) -> str:
    """Which groups have too few known ends to be drawn, in words; empty where none has.

    Args:
        table: an answer of ``queries.survival``.
        label: what a group is called.
    """
    drawn = drawn_codes(table)
    others = [row for row in groups(table).to_dict("records") if row["code"] not in drawn]
    if not others:
        return ""
    one = _("{name} ({count})")
    named = [one.format(name=label(row["code"]), count=number(row["known_ends"])) for row in others[:5]]
    if len(others) > len(named):
        named.append(_("{count} more").format(count=number(len(others) - len(named))))
    words = _("Not drawn, with fewer than {fewest} known ends: {groups}.")
    return words.format(fewest=FEWEST_ENDS, groups=enumeration(named))


def ends_where_few() -> str:
    """Where curves end, in words."""
    return _("A curve ends where fewer than {few} practices are known to have run so long.").format(few=FEW)


def table_rows(rows: pd.DataFrame, *, grouped: bool) -> tuple[pd.DataFrame, dict[str, str]]:
    """The curves as a table: its rows, and what its columns are called.

    Args:
        rows: what ``survival.curves`` gives.
        grouped: whether there are several groups to name.
    """
    columns = {
        "label": _("Group"),
        "years": _("Years after the start year"),
        "watched": _("Known so far"),
        "ended": _("Ended before"),
        "share_words": _("Still running"),
        "range_words": _("95% interval"),
    }
    if not grouped:
        del columns["label"]
    return rows[list(columns)], columns
