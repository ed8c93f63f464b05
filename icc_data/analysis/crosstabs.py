"""Tables of two properties, made ready to be drawn: policy areas by place, what goes together, what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import pandas as pd

from icc_data.analysis.completeness import Known, always_known
from icc_data.analysis.shares import chance_words, of_all
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import rows_of, words_of
from icc_data.i18n import number, percent
from icc_data.i18n import translate as _

Label = Callable[[str, str], str]
Cells = Literal["counts", "shares", "lift"]
# The column whose amount gives a cell its shade.
SHADES: dict[Cells, str] = {"counts": "practices", "shares": "share", "lift": "lift"}


def largest_places(pairs: pd.DataFrame, most: int) -> pd.DataFrame:
    """The rows of the places with most practices.

    Args:
        pairs: what ``shares.with_chance`` gives for places.
        most: how many places at most.
    """
    sizes = dict(zip(pairs["value"].tolist(), pairs["of"].tolist(), strict=True))
    largest = set(sorted(sizes, key=sizes.__getitem__, reverse=True)[:most])
    return pairs[pairs["value"].isin(largest)]


def cells(pairs: pd.DataFrame, facet: str, show: Cells, label: Label) -> pd.DataFrame:
    """Policy areas against the values of a facet, with the words of each cell.

    Args:
        pairs: what ``shares.with_chance`` gives, or some of its rows.
        facet: what the values are.
        show: what the cells say. Of a lift, the cells of pairs that nobody has and chance would not give either are
            left out.
        label: what a value of a facet is called.

    Returns:
        The same columns and, in words, ``area``, ``column`` (the value with its practices), ``text`` (of the cell; a
        star where its column has fewer than ``FEW`` practices), ``share_words``, ``lift_words``, ``expected_words``
        and ``chance_words``; ``few`` marks those columns, ``pale`` the cells that say little: of few practices, or,
        of a lift, of what could be chance.
    """
    frame = pairs[(pairs["practices"] > 0) | ~pairs["chance"]] if show == "lift" else pairs
    few = frame["of"] < FEW
    times = _("{lift} times")
    return frame.assign(
        area=words_of(frame, lambda row: label("policy_area", row.policy_area), "policy_area"),
        column=words_of(frame, lambda row: f"{label(facet, row.value)} ({number(row.of)})", "value", "of"),
        text=words_of(frame, partial(_text, show), SHADES[show], "practices", "of"),
        few=few,
        pale={"counts": few & False, "shares": few, "lift": few | frame["chance"]}[show],
        share_words=of_all(frame),
        lift_words=words_of(frame, lambda row: times.format(lift=number(row.lift, 2)), "lift"),
        expected_words=words_of(frame, lambda row: number(row.expected, 1), "expected"),
        chance_words=chance_words(frame),
    )


def _text(show: Cells, row: Any) -> str:
    """What a cell says."""
    if show == "counts":
        return number(row.practices) if row.practices else ""
    star = "*" if row.of < FEW else ""
    if show == "shares":
        return percent(row.share) + star if row.practices else ""
    return number(row.lift, 1) + star


def columns_by_size(frame: pd.DataFrame) -> list[str]:
    """The columns of ``cells`` by their practices, most first; equal ones by their words, however the rows come."""
    columns = set(zip(frame["of"].tolist(), frame["column"].tolist(), strict=True))
    return list(dict.fromkeys(column for _of, column in sorted(columns, key=lambda one: (-one[0], one[1]))))


def small_columns(frame: pd.DataFrame) -> list[str]:
    """The columns of ``cells`` that rest on few practices."""
    return [
        column for column, few in dict(zip(frame["column"].tolist(), frame["few"].tolist(), strict=True)).items() if few
    ]


def known_cells(counted: pd.DataFrame, fields: Mapping[str, Known], place_label: Callable[[str], str]) -> pd.DataFrame:
    """Fields that are not always known against places, with the words of each cell.

    Args:
        counted: an answer of ``queries.completeness`` or ``queries.city_completeness``.
        fields: what each field is called and when it is known.
        place_label: what a place is called.

    Returns:
        The same columns and, in words, ``row`` (the field), ``column`` (the place with its total), ``text`` (of the
        cell), ``count`` (known of all) and ``meaning``; ``few`` marks the places with a total below ``FEW``.
    """
    frame = counted[~counted["field"].isin(always_known(counted))]
    return frame.assign(
        row=[_(fields[code].label) for code in frame["field"]],
        column=[f"{place_label(row.place)} ({number(row.total)})" for row in rows_of(frame)],
        text=[percent(row.known / row.total) for row in rows_of(frame)],
        count=[_("{count} of {all}").format(count=number(row.known), all=number(row.total)) for row in rows_of(frame)],
        meaning=[_(fields[code].meaning) for code in frame["field"]],
        few=frame["total"] < FEW,
    )


def place_totals(counted: pd.DataFrame) -> dict[str, int]:
    """How many things each place has, by the place, in the order of the frame.

    Args:
        counted: an answer of ``queries.completeness`` or ``queries.city_completeness``.
    """
    once = counted.drop_duplicates("place")
    return {place: int(total) for place, total in zip(once["place"], once["total"], strict=True)}


def known_of_all(counted: pd.DataFrame, field: str) -> tuple[int, int]:
    """Of how many things a field is known, and how many there are, whatever their place.

    Args:
        counted: an answer of ``queries.completeness`` or ``queries.city_completeness``.
        field: one of its fields.
    """
    row = counted[(counted["place"] == "all") & (counted["field"] == field)].iloc[0]
    return int(row["known"]), int(row["total"])
