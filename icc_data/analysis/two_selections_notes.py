"""What there is to know of two selections beside each other: their sizes, what is in both, what is left out and why."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.two_selections import Names
from icc_data.analysis.uncertainty import FEW
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.comparison import AnySelection, selection_of
from icc_data.queries.selection import FACETS, Selection


def sizes(counts: Mapping[str, int], names: Names) -> str:
    """How many practices two selections hold, and how many of them both.

    Args:
        counts: an answer of ``queries.compared_counts``.
        names: what the selections are called.
    """
    words = _("{name}: {practices}. {other}: {other_practices}.").format(
        name=names[0],
        other=names[1],
        practices=practice_count(counts["practices"]),
        other_practices=practice_count(counts["other_practices"]),
    )
    return f"{words} {overlap(counts)}"


def overlap(counts: Mapping[str, int]) -> str:
    """How many practices two selections have in common.

    Args:
        counts: an answer of ``queries.compared_counts``.
    """
    both = counts["both_practices"]
    if not both:
        return _("No practice is in both.")
    return translate_plural(
        "{count} practice is in both and counts in both.", "{count} practices are in both and count in both.", both
    ).format(count=number(both))


def sides(counts: Mapping[str, int]) -> dict[str, int]:
    """How many practices are in the first selection alone, in both, and in the other alone.

    Args:
        counts: an answer of ``queries.compared_counts``.
    """
    both = counts["both_practices"]
    return {"one": counts["practices"] - both, "both": both, "other": counts["other_practices"] - both}


def side_words(names: Names) -> dict[str, str]:
    """In which of two selections a practice is, in words; of both it is said so.

    Args:
        names: what the selections are called.
    """
    return {"one": names[0], "both": _("Both"), "other": names[1]}


def of_sides(counts: Mapping[str, int], names: Names) -> str:
    """How many practices are in either selection alone and in both.

    Args:
        counts: an answer of ``queries.compared_counts``.
        names: what the selections are called.
    """
    parts = sides(counts)
    words = _("Only in “{name}”: {one}; in both: {both}; only in “{other}”: {rest}.")
    return words.format(
        name=names[0],
        other=names[1],
        one=practice_count(parts["one"]),
        both=number(parts["both"]),
        rest=practice_count(parts["other"]),
    )


def sides_in_files(names: Names) -> str:
    """What the column ``side`` of a file says."""
    return _("Column side: one: {one}; other: {other}; both: in both").format(one=names[0], other=names[1])


def undated(counts: Mapping[str, int], names: Names) -> str:
    """How many practices of two selections no year is known of.

    Args:
        counts: an answer of ``queries.compared_counts``.
        names: what the selections are called.
    """
    words = _("Without a start year, not drawn: {one} of {all} (“{name}”) and {other_one} of {other_all} (“{other}”).")
    return words.format(
        one=number(counts["practices"] - counts["dated"]),
        all=number(counts["practices"]),
        name=names[0],
        other_one=number(counts["other_practices"] - counts["other_dated"]),
        other_all=number(counts["other_practices"]),
        other=names[1],
    )


def uncoded(compared: pd.DataFrame, names: Names) -> str:
    """How many practices of two selections carry a term of a list at all.

    Args:
        compared: an answer of ``queries.compared_terms``.
        names: what the selections are called.
    """
    row = compared.iloc[0]
    words = _("With any of these: {one} of {all} (“{name}”) and {other_one} of {other_all} (“{other}”).")
    return words.format(
        one=number(row["coded"]),
        all=number(row["of"]),
        name=names[0],
        other_one=number(row["other_coded"]),
        other_all=number(row["other_of"]),
        other=names[1],
    )


def intervals(counts: Mapping[str, int]) -> str:
    """What the intervals of the differences do about the practices that are in both; empty where none is.

    Args:
        counts: an answer of ``queries.compared_counts``.
    """
    if not counts["both_practices"]:
        return ""
    return _("The intervals of the differences allow for the practices that are in both.")


def many_compared(rows: pd.DataFrame) -> str:
    """That of many differences some are clear by chance alone; empty where none is.

    Args:
        rows: what ``term_rows`` gives.
    """
    told = int((~rows["few"]).sum())
    if not rows["clear"].any() or told < FEW:
        return ""
    words = _("Were there no differences at all, about one in twenty of these {count} would be called clear by chance.")
    return words.format(count=number(told))


def chosen_terms(one: AnySelection, other: AnySelection, vocabulary: str) -> str:
    """That a selection chooses terms of the list that is compared, and so has more of them; empty where none does.

    Args:
        one, other: the two selections.
        vocabulary: the list.
    """
    asked = [side for side in (one, other) if isinstance(side, Selection)]
    if not any(selection.chosen(vocabulary) for selection in asked):
        return ""
    return _("Terms that a selection chooses are in all of its practices: there the difference says what was chosen.")


def chosen_years(one: AnySelection, other: AnySelection) -> str:
    """That a selection which chooses years has nothing outside of them; empty where none does.

    Args:
        one, other: the two selections.
    """
    # The rest of a selection of years is one, too.
    if not any(selection_of(side).has_years for side in (one, other)):
        return ""
    return _(
        "A selection has little or nothing of years that it leaves out: there the difference says what was chosen."
    )


def chosen_places(one: AnySelection, other: AnySelection) -> str:
    """That a selection which chooses places has little elsewhere; empty where none does.

    Args:
        one, other: the two selections.
    """
    asked = [selection_of(side) for side in (one, other)]
    if not any(selection.chosen(name) for selection in asked for name, facet in FACETS.items() if facet.of_cities):
        return ""
    return _("A selection of places has little or nothing elsewhere: there the difference says what was chosen.")


def columns_in_words() -> str:
    """What the columns are that are worked out of two selections."""
    return _(
        "Columns with other_ are those of the second selection, with both_ what is in both. low, high: Wilson’s 95% "
        "interval of a share (1927). difference: the first share less the second; difference_low, difference_high: its "
        "95% interval (Newcombe 1998, method 10; of what is in both, Zou, Huang and Zhang 2009). few: fewer than 5 "
        "practices in both together, or in all of one: nothing is said. clear: the interval leaves out 0."
    )
