"""Rows of the Index made ready for its charts and its table: in their order, with what stands beside them in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from icc_data.analysis import index
from icc_data.cells import rows_of
from icc_data.i18n import NOT_STATED, number, signed, translate_plural
from icc_data.i18n import translate as _

Label = Callable[[str], str]


def city_count(count: int) -> str:
    """A number of cities in words."""
    return translate_plural("{count} city", "{count} cities", count).format(count=number(count))


def edition_label(year: Any) -> str:
    """An edition in words."""
    return _("Edition not stated") if pd.isna(year) else str(int(year))


def _place(place: Any, count: Any) -> str:
    """A rank among so many; empty where there is none."""
    if pd.isna(place):
        return ""
    return number(place) if pd.isna(count) else _("{place} of {count}").format(place=number(place), count=number(count))


def area_rows(areas: pd.DataFrame, own: pd.DataFrame, label: Label) -> pd.DataFrame:
    """The policy areas as ``index_charts.score_bands`` draws them.

    Args:
        areas: the answer of ``index.of_areas``.
        own: the answer of ``index.standing`` for a city; where it is empty the dots are the averages.
        label: what a policy area is called.
    """
    frame = areas.assign(label=[label(area) for area in areas["policy_area"]])
    if own.empty:
        return frame.assign(own=frame["average"], text=[number(count) for count in frame["cities"]])
    frame = frame.merge(own, on="policy_area", how="left")
    return frame.assign(text=[_place(row.place, row.n) for row in rows_of(frame)])


def spoke_rows(areas: pd.DataFrame, order: tuple[str, ...], *, of_city: bool) -> pd.DataFrame:
    """The policy areas in the order of the list, as ``city_charts.radar`` draws them.

    Args:
        areas: the answer of ``area_rows``.
        order: the codes of the policy areas.
        of_city: whether the outlines are a city's and the median's; else those of the third and the first quartile.
    """
    places = {code: place for place, code in enumerate(order)}
    frame = areas.sort_values("policy_area", key=lambda codes: codes.map(places))
    return frame.dropna(subset=["own"]) if of_city else frame.assign(own=frame["q3"], median=frame["q1"])


def cells(distribution: pd.DataFrame, by: str, label: Label) -> pd.DataFrame:
    """The cells of a grid of policy areas by edition or class, also those over too few cities, in their order.

    Args:
        distribution: the answer of ``queries.index_distribution``; of one edition where ``by`` is a class.
        by: ``all`` (a column an edition), ``size``, ``share`` or ``class``.
        label: what a policy area is called.

    Returns:
        The rows with ``label``, ``column`` (missing where cities are in no class) and ``count``, columns in the order
        of editions or classes.
    """
    keys = ["year"] if by == "all" else ["size_class", "of_nationals", "share_class"]
    return distribution.assign(
        label=[label(area) for area in distribution["policy_area"]],
        column=pd.Series([_column(row, by) for row in rows_of(distribution)], distribution.index, dtype=object),
        count=[city_count(count) for count in distribution["cities"]],
        place=distribution.groupby(keys, dropna=False).ngroup(),
    )


def _column(row: Any, by: str) -> str | None:
    if by == "all":
        return str(row.year)
    size = None if pd.isna(row.size_class) else index.size_label(int(row.size_class))
    share = None if pd.isna(row.share_class) else index.share_label(int(row.share_class), bool(row.of_nationals))
    named = {"size": [size], "share": [share], "class": [size, share]}[by]
    return None if None in named else " · ".join(str(word) for word in named)


def drawn(grid: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The cells of ``cells`` over enough cities, and the columns that have any, in their order."""
    frame = grid.dropna(subset=["column", "median"])
    return frame, list(dict.fromkeys(frame.sort_values("place")["column"]))


def too_few(grid: pd.DataFrame) -> list[str]:
    """The columns of ``cells`` with a cell over too few cities."""
    few = grid[grid["column"].notna() & grid["median"].isna()]
    return list(dict.fromkeys(few.sort_values("place")["column"]))


def unclassed(grid: pd.DataFrame) -> int:
    """How many cities with a score are in no class of ``cells``."""
    counts = grid[grid["column"].isna()].groupby("policy_area")["cities"].sum()
    return int(counts.max()) if len(counts) else 0


def correlation_rows(pairs: pd.DataFrame, edition: int, label: Label) -> pd.DataFrame:
    """The correlations of ``index.publishing`` as ``index_charts.correlation_intervals`` draws them.

    Args:
        pairs: the answer of ``queries.index_publishing``.
        edition: the year.
        label: what a policy area is called.
    """
    frame = index.publishing(pairs, edition)
    return frame.assign(
        label=[label(area) for area in frame["policy_area"]], text=[number(count) for count in frame["n"]]
    )


def _compared(row: Any) -> str:
    """How many cities an edition compared, as “75–81” where its pages differ."""
    least, most = number(row.compared_least), number(row.compared)
    return most if least == most else f"{least}–{most}"


def coverage_rows(editions: pd.DataFrame) -> pd.DataFrame:
    """The answer of ``queries.index_editions`` as ``index_charts.edition_bars`` draws it."""
    words = _("{scored} of {compared}")
    texts = [
        number(row.scored)
        if pd.isna(row.compared)
        else words.format(scored=number(row.scored), compared=_compared(row))
        for row in rows_of(editions)
    ]
    return editions.assign(label=[edition_label(year) for year in editions["year"]], text=texts)


def overall(scores: pd.DataFrame) -> pd.DataFrame:
    """The overall scores among the answer of ``queries.index_scores``, the newest edition first."""
    return scores[(scores["policy_area"] == index.OVERALL) & scores["score"].notna()]


def _heading(row: Any) -> str:
    edition = edition_label(row.year)
    if pd.isna(row.compared):
        return edition
    cities = translate_plural("{count} city compared", "{count} cities compared", int(row.compared))
    return f"{edition} · " + cities.format(count=_compared(row))


def named_rows(scores: pd.DataFrame, editions: pd.DataFrame) -> pd.DataFrame:
    """Overall scores under the heading of their edition, as ``index_charts.named_scores`` draws them.

    Args:
        scores: the answer of ``overall``.
        editions: the answer of ``queries.index_editions``, which says how many cities an edition compared.
    """
    labelled = scores.assign(edition=[edition_label(year) for year in scores["year"]])
    headings = {edition_label(row.year): _heading(row) for row in rows_of(editions)}
    lines: list[dict[str, Any]] = []
    for edition in dict.fromkeys(labelled["edition"]):
        lines.append({"key": edition, "label": "", "heading": headings.get(edition, edition)})
        group = labelled[labelled["edition"] == edition]
        lines += [
            {
                "key": f"{edition} {row.city_id}",
                "label": row.name,
                "heading": "",
                "code": row.city_id,
                "edition": edition,
                "score": row.score,
                "text": _place(row.rank, row.cities_compared),
            }
            for row in rows_of(group.sort_values(["score", "city_id"], ascending=[False, True]))
        ]
    return pd.DataFrame(lines)


def dot_rows(scores: pd.DataFrame, edition: int) -> pd.DataFrame:
    """The overall scores of an edition as ``index_charts.score_dots`` draws them.

    Args:
        scores: the answer of ``overall``.
        edition: the year.
    """
    same = scores[scores["year"] == edition]
    piles = index.piles(same["score"])
    places = same["score"].rank(method="min", ascending=False).astype(int)
    return pd.DataFrame(
        {
            "code": same["city_id"],
            "label": same["name"],
            "score": same["score"],
            "bin": piles["bin"],
            "place": piles["place"],
            "rank": [_place(place, len(same)) for place in places],
        }
    )


def path_rows(way: index.Path, label: Label) -> pd.DataFrame:
    """A city's way as ``index_charts.path_dots`` draws it, the area that gained most first.

    Args:
        way: the answer of ``index.path``.
        label: what a policy area is called.
    """
    table = way.scores.pivot(index="policy_area", columns="year", values="score")
    change = (table[way.editions[-1]] - table[way.editions[0]]).sort_values(ascending=False, kind="stable")
    order = {area: place for place, area in enumerate(change.index)}
    areas = way.scores["policy_area"]
    frame = way.scores.assign(
        label=[label(area) for area in areas],
        edition=way.scores["year"].astype(str),
        low=areas.map(table.min(axis=1)),
        high=areas.map(table.max(axis=1)),
        text=[signed(change[area]) for area in areas],
        order=areas.map(order),
    )
    return frame.sort_values(["order", "year"], ignore_index=True).drop(columns="order")


def register_rows(register: pd.DataFrame) -> pd.DataFrame:
    """The answer of ``queries.index_register`` with what its table says.

    Returns:
        ``edition``, ``known`` (what of it, in words) and ``link`` (to the source) beside the other columns.
    """
    return register.assign(
        edition=[NOT_STATED if pd.isna(year) else str(int(year)) for year in register["year"]],
        known=[_known(row) for row in rows_of(register)],
        link=register["evidence_url"].fillna(register["report_url"]),
    )


def _known(row: Any) -> str:
    if pd.notna(row.score) or row.areas or pd.notna(row.rank):
        return _("result, quoted in another city’s report") if row.quoted else _("result")
    return _("report, score not found") if row.reports else _("compared, score not found")


def fullest(distribution: pd.DataFrame) -> dict[int, int]:
    """The largest number of cities with a score in the same policy area or overall, by edition.

    Args:
        distribution: the answer of ``queries.index_distribution`` over all cities.
    """
    counts = distribution.groupby("year")["cities"].max()
    return dict(zip(counts.index.astype(int).tolist(), counts.astype(int).tolist(), strict=True))
