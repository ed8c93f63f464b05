"""Tables of two properties, made ready to be drawn: policy areas by place, what goes together, what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import pandas as pd

from icc_data.analysis.completeness import Known, always_known
from icc_data.analysis.shares import chance_words, of_all
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import rows_of
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
    largest = pairs.drop_duplicates("value").nlargest(most, "of")["value"]
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
    say: dict[Cells, Callable[[Any], str]] = {
        "counts": lambda row: number(row.practices),
        "shares": lambda row: percent(row.share),
        "lift": lambda row: number(row.lift, 1),
    }
    few = frame["of"] < FEW
    rows = list(rows_of(frame))
    return frame.assign(
        area=[label("policy_area", code) for code in frame["policy_area"]],
        column=[f"{label(facet, row.value)} ({number(row.of)})" for row in rows],
        text=[
            say[show](row) + ("*" if row.of < FEW and show != "counts" else "")
            if row.practices or show == "lift"
            else ""
            for row in rows
        ],
        few=few,
        pale={"counts": few & False, "shares": few, "lift": few | frame["chance"]}[show],
        share_words=[of_all(row) for row in rows],
        lift_words=[_("{lift} times").format(lift=number(lift, 2)) for lift in frame["lift"]],
        expected_words=[number(expected, 1) for expected in frame["expected"]],
        chance_words=[chance_words(row) for row in rows],
    )


def columns_by_size(frame: pd.DataFrame) -> list[str]:
    """The columns of ``cells`` by their practices, most first; equal ones by their words, however the rows come."""
    return list(dict.fromkeys(frame.sort_values(["of", "column"], ascending=[False, True])["column"]))


def small_columns(frame: pd.DataFrame) -> list[str]:
    """The columns of ``cells`` that rest on few practices."""
    return list(dict.fromkeys(frame["column"][frame["few"]]))


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
