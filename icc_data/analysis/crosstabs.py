"""Tables of two properties, made ready to be drawn: policy areas by place, what goes together, what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import pandas as pd

from icc_data.analysis.completeness import Known, always_known
from icc_data.cells import rows_of
from icc_data.i18n import NOT_STATED, number, percent
from icc_data.i18n import translate as _

# Below this many practices or cities, a share or a lift rests on too little.
FEWEST = 5

Label = Callable[[str, str], str]
Cells = Literal["counts", "shares", "lift"]
# The column whose amount gives a cell its shade.
SHADES: dict[Cells, str] = {"counts": "practices", "shares": "share", "lift": "lift"}


def largest_places(area_by_place: pd.DataFrame, most: int) -> pd.DataFrame:
    """The rows of the places with most practices.

    Args:
        area_by_place: an answer of ``queries.area_by_place``: a row a policy area and place.
        most: how many places at most.
    """
    largest = area_by_place.drop_duplicates("place").nlargest(most, "place_practices")["place"]
    return area_by_place[area_by_place["place"].isin(largest)]


def place_cells(area_by_place: pd.DataFrame, facet: str, cells: Cells, label: Label) -> pd.DataFrame:
    """Policy areas against places, with the words of each cell.

    Args:
        area_by_place: an answer of ``queries.area_by_place``, or of ``largest_places``.
        facet: what the places are.
        cells: what the cells say; a lift of none is not said, so that its rows are left out.
        label: what a value of a facet is called.

    Returns:
        The same columns and, in words, ``area``, ``column`` (the place with its practices), ``text`` (of the cell; a
        star where it rests on fewer than ``FEWEST``), ``share_words`` and ``lift_words``; ``few`` marks those cells.
    """
    frame = area_by_place[area_by_place["practices"] > 0] if cells == "lift" else area_by_place
    say: dict[Cells, Callable[[Any], str]] = {
        "counts": lambda row: number(row.practices),
        "shares": lambda row: percent(row.share),
        "lift": lambda row: number(row.lift, 1),
    }
    few = (frame["practices"] < FEWEST) & (cells != "counts")
    return frame.assign(
        area=[label("policy_area", code) for code in frame["policy_area"]],
        column=[f"{label(facet, row.place)} ({number(row.place_practices)})" for row in rows_of(frame)],
        text=[
            say[cells](row) + ("*" if is_few else "") if row.practices else ""
            for row, is_few in zip(rows_of(frame), few, strict=True)
        ],
        few=few,
        lift_words=[number(lift, 2) for lift in frame["lift"]],
        share_words=[percent(share, 1) for share in frame["share"]],
    )


def columns_by_size(cells: pd.DataFrame) -> list[str]:
    """The columns of ``place_cells`` by their practices, most first."""
    return list(dict.fromkeys(cells.sort_values("place_practices", ascending=False)["column"]))


def together_cells(together: pd.DataFrame, vocabulary: str, label: Label) -> pd.DataFrame:
    """Policy areas against what they go with, with the words of each cell.

    Args:
        together: an answer of ``queries.together``: a row a policy area and other term.
        vocabulary: the list of the other terms.
        label: what a term of a list is called.

    Returns:
        The same columns and, in words, ``area``, ``other_label``, ``text`` (of the cell) and ``lift_words``: a dash
        where fewer than ``FEWEST`` practices have both.
    """
    return together.assign(
        area=[label("policy_area", code) for code in together["policy_area"]],
        other_label=[label(vocabulary, code) for code in together["other"]],
        text=[number(practices) for practices in together["practices"]],
        lift_words=[number(row.lift, 2) if row.practices >= FEWEST else NOT_STATED for row in rows_of(together)],
    )


def known_cells(counted: pd.DataFrame, fields: Mapping[str, Known], place_label: Callable[[str], str]) -> pd.DataFrame:
    """Fields that are not always known against places, with the words of each cell.

    Args:
        counted: an answer of ``queries.completeness`` or ``queries.city_completeness``.
        fields: what each field is called and when it is known.
        place_label: what a place is called.

    Returns:
        The same columns and, in words, ``row`` (the field), ``column`` (the place with its total), ``text`` (of the
        cell), ``count`` (known of all) and ``meaning``; ``few`` marks the places with a total below ``FEWEST``.
    """
    frame = counted[~counted["field"].isin(always_known(counted))]
    return frame.assign(
        row=[_(fields[code].label) for code in frame["field"]],
        column=[f"{place_label(row.place)} ({number(row.total)})" for row in rows_of(frame)],
        text=[percent(row.known / row.total) for row in rows_of(frame)],
        count=[_("{count} of {all}").format(count=number(row.known), all=number(row.total)) for row in rows_of(frame)],
        meaning=[_(fields[code].meaning) for code in frame["field"]],
        few=frame["total"] < FEWEST,
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
