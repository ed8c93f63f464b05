"""Who covers which policy area: a matrix of cities, countries or networks, in an order in which its gaps are seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from icc_data import queries
from icc_data.analysis.silence import with_silence
from icc_data.cells import list_of, rows_of
from icc_data.i18n import mark, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from icc_data.text import fold

ORDERS = {
    "practices": mark("Most practices"),
    "gaps": mark("Most gaps"),
    "silence": mark("Silent longest"),
    "similar": mark("Alike beside each other"),
    "name": mark("Name"),
}
"""The orders of the rows of a matrix, by code."""
UNSURE = "?"
"""Stands in an empty field that need be no gap."""
MARGINS = ("practices", "areas", "newest_known", "silent_since")
"""The columns beside the policy areas."""


@dataclass(frozen=True)
class Matrix:
    """Who covers what.

    Attributes:
        rows: one a unit: ``unit, label, cities, practices, areas`` (how many have a practice), ``gaps, newest_known,
            silent_for, silent_since, voice, uncoded`` (practices without a policy area yet), and a column of practices
            for each policy area, under its code.
        areas: the codes of the policy areas in their order.
    """

    rows: pd.DataFrame
    areas: tuple[str, ...]

    def totals(self) -> dict[str, int]:
        """How many rows have a practice in each policy area."""
        return {area: int((self.rows[area] > 0).sum()) for area in self.areas}


def matrix(
    coverage: pd.DataFrame, units: pd.DataFrame, label: Callable[[str], str], *, as_of: int, silence: int
) -> Matrix:
    """Units against policy areas.

    Args:
        coverage, units: answers of ``queries.review_coverage`` and ``review_units``, of the same units.
        label: what a unit is called.
        as_of: the year of the data.
        silence: from so many years without anything known on, a unit is silent.
    """
    areas = tuple(dict.fromkeys(coverage["policy_area"]))
    counts = coverage.pivot_table(index="unit", columns="policy_area", values="practices", aggfunc="sum", fill_value=0)
    counts = counts.reindex(columns=list(areas)).astype(int)
    counts["uncoded"] = coverage.groupby("unit")["uncoded"].max()
    held = dict.fromkeys((*areas, "uncoded"), 0)
    rows = units.merge(counts.reset_index(), on="unit", how="left").fillna(held)
    reached = (rows[list(areas)] > 0).sum(axis=1)
    rows = with_silence(rows, as_of, silence).assign(
        label=[label(unit) for unit in rows["unit"]], areas=reached, gaps=len(areas) - reached
    )
    return Matrix(rows.astype(dict.fromkeys(held, int)), areas)


def uncoded_words(covered: Matrix) -> str:
    """How many rows are coded in part or not at all, whose empty fields need be no gaps; empty where none is."""
    waiting = covered.rows[covered.rows["uncoded"] > 0]
    if waiting.empty:
        return ""
    words = translate_plural(
        "{count} of {all} places has practices that nobody has coded by policy area yet: its empty fields need be no "
        "gaps.",
        "{count} of {all} places have practices that nobody has coded by policy area yet: their empty fields need be "
        "no gaps.",
        len(waiting),
    ).format(count=number(len(waiting)), all=number(len(covered.rows)))
    bare = int((waiting["areas"] == 0).sum())
    of_none = translate_plural(
        "{count} of them has none that is coded.", "{count} of them have none that is coded.", bare
    ).format(count=number(bare))
    return f"{words} {of_none}" if bare else words


def uncoded_practices(count: int) -> str:
    """How many practices of a place nobody has coded yet, in words; empty where all are."""
    words = translate_plural("{count} practice not coded yet", "{count} practices not coded yet", count)
    return words.format(count=number(count)) if count else ""


def ordered(covered: Matrix, order: str) -> Matrix:
    """The rows of a matrix in one of ``ORDERS``; equals by name.

    Beside each other stand those alike (``similar``) by the policy areas that they have a practice in; those without
    any come last.
    """
    by_name = covered.rows.sort_values("label", key=lambda labels: labels.map(fold), kind="stable", ignore_index=True)
    if order == "similar":
        return Matrix(by_name.loc[seriation(by_name[list(covered.areas)].to_numpy() > 0)], covered.areas)
    columns = {
        "gaps": (["gaps", "practices"], [False, True]),
        "practices": (["practices"], [False]),
        "silence": (["silent_for"], [False]),
    }
    if order not in columns:
        return Matrix(by_name, covered.areas)
    names, ascending = columns[order]
    rows = by_name.sort_values(names[0], ascending=ascending[0], kind="stable", na_position="last")
    if len(names) > 1:
        rows = by_name.sort_values(names, ascending=ascending, na_position="last")
        rows = rows.sort_values([*names, "label"], ascending=[*ascending, True], kind="stable")
    return Matrix(rows.reset_index(drop=True), covered.areas)


def seriation(held: np.ndarray) -> list[int]:
    """An order of rows in which those that hold the same stand beside each other.

    Hierarchical clustering by average linkage of Jaccard's distance, its leaves ordered so that neighbours are as alike
    as they can be. Source: Z. Bar-Joseph, D. K. Gifford and T. S. Jaakkola 2001, “Fast optimal leaf ordering for
    hierarchical clustering”, Bioinformatics 17 (supplement 1), S22-S29.

    Args:
        held: truth values, a row of each thing; those that hold nothing come last, in their order.

    Returns:
        Every row's number once.
    """
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
    from scipy.spatial.distance import pdist

    some, nothing = np.flatnonzero(held.any(axis=1)), np.flatnonzero(~held.any(axis=1))
    if len(some) < 3:
        return [int(row) for row in (*some, *nothing)]
    distances = pdist(held[some], "jaccard")
    leaves = leaves_list(optimal_leaf_ordering(linkage(distances, "average"), distances))
    # Either end may come first: the one that holds more does.
    sizes = held[some][leaves].sum(axis=1)
    if sizes[: len(sizes) // 2].sum() < sizes[-(len(sizes) // 2) :].sum():
        leaves = leaves[::-1]
    return [int(row) for row in (*some[leaves], *nothing)]


def named(covered: Matrix, words: str) -> Matrix:
    """The rows of which a name holds the words, whatever case and accents; all where there are none."""
    typed = fold(words)
    if not typed:
        return covered
    return Matrix(covered.rows[[typed in fold(label) for label in covered.rows["label"]]], covered.areas)


def grouped(
    cities: Matrix, groups: Matrix, groups_of: Mapping[str, Sequence[str]], *, without: str = ""
) -> pd.DataFrame:
    """The rows of cities under those of their country or network.

    Args:
        cities: the cities in their order.
        groups: the countries or networks.
        groups_of: those of each city.
        without: the heading of the cities in none; none is needed where it is empty.

    Returns:
        The columns of ``Matrix.rows`` with ``group`` (its code, empty for none) and ``head``: whether the row is
        that of the group, before those of its cities. A city of two networks stands below both.
    """
    parts = []
    for group in groups.rows.sort_values("label", key=lambda labels: labels.map(fold))["unit"]:
        own = cities.rows[[group in groups_of.get(unit, ()) for unit in cities.rows["unit"]]]
        if own.empty:
            continue
        head = groups.rows[groups.rows["unit"] == group].assign(head=True)
        parts.append(pd.concat([head, own.assign(head=False)]).assign(group=group))
    alone = cities.rows[[not groups_of.get(unit) for unit in cities.rows["unit"]]]
    if len(alone):
        parts.append(alone.assign(head=False, group=without))
    if not parts:
        return cities.rows.assign(head=False, group="")
    under: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return under


@dataclass(frozen=True)
class Totals:
    """The practices of a whole scope, each once.

    Attributes:
        areas: the answer of ``queries.terms`` for its policy areas.
        practices: how many practices it has.
        uncoded: how many of them have no policy area yet.
    """

    areas: pd.DataFrame
    practices: int
    uncoded: int

    def by_area(self) -> dict[str, int]:
        """The practices by policy area."""
        return dict(zip(self.areas["code"], self.areas["practices"], strict=True))


def totals_of(ask: Callable[..., Any], scope: Selection) -> Totals:
    """The practices of a whole scope, each once.

    Args:
        ask: asks a question of ``queries`` about a selection: (question, selection, …).
        scope: what is reviewed.
    """
    counts = ask(queries.overview, scope.with_values("policy_area", ()))
    return Totals(ask(queries.terms, scope, "policy_area"), counts["practices"], counts["uncoded"])


def with_margins(coverage: pd.DataFrame, covered: Matrix, totals: Totals) -> pd.DataFrame:
    """The cells of a grid as rows, with what stands beside and above them.

    Args:
        coverage: the answer of ``queries.review_coverage``.
        covered: what ``matrix`` gives of it.
        totals: of its scope.

    Returns:
        ``coverage`` with ``all_practices, areas, newest_known, silent_since`` of the place, and
        ``scope_practices, scope_all_practices``: those of the whole scope in the area and in all.
    """
    beside = covered.rows[["unit", *MARGINS]].rename(columns={"practices": "all_practices"})
    in_area = coverage["policy_area"].map(totals.by_area())
    whole = coverage.assign(scope_practices=in_area, scope_all_practices=totals.practices)
    return whole.merge(beside, on="unit", how="left")


def arranged(
    covered: Matrix,
    order: str,
    words: str,
    groups: Matrix | None = None,
    groups_of: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """The rows that are asked for in their order, under the heads of their groups where there are any.

    Args:
        covered: the answer of ``matrix``.
        order: one of ``ORDERS``.
        words: what a name has to hold; empty for anything.
        groups, groups_of: the countries or networks that the cities stand below; see ``grouped``.
    """
    asked = named(ordered(covered, order), words)
    return asked.rows if groups is None else grouped(asked, groups, groups_of or {})


def with_total(rows: pd.DataFrame, totals: Totals, label: str) -> pd.DataFrame:
    """The rows of a page below the practices of the whole scope.

    Args:
        rows: rows of a matrix.
        totals: of the scope.
        label: what the first row is called.
    """
    counts = totals.by_area()
    reached = sum(count > 0 for count in counts.values())
    total = {"unit": "", "label": label, "practices": totals.practices, "areas": reached, "voice": "heard"}
    total |= {"head": True, "uncoded": totals.uncoded}
    first = pd.DataFrame([total | counts]).assign(group="")
    below = rows.assign(head=rows.get("head", False), group=rows.get("group", ""))
    # What stands beside the areas is of one place; it has no meaning of all.
    return pd.concat([first.reindex(columns=below.columns).astype(object), below.astype(object)], ignore_index=True)


def groups_of(cities: pd.DataFrame, kind: str) -> dict[str, list[str]]:
    """The country or the networks of each city.

    Args:
        cities: the answer of ``queries.review_cities``.
        kind: ``country`` or ``network``.
    """
    if kind == "country":
        return {row.city_id: [row.country] for row in rows_of(cities)}
    return {row.city_id: [str(code) for code in list_of(row.networks)] for row in rows_of(cities)}


def cells(rows: pd.DataFrame, areas: Sequence[str], label: Callable[[str], str]) -> pd.DataFrame:
    """The cells of the rows that are shown, made ready to be drawn.

    Args:
        rows: rows of a matrix; ``group`` and ``head`` where they stand in groups.
        areas: the codes of the policy areas in their order.
        label: what a policy area is called.

    Returns:
        One row a cell: ``row`` (a key of its own, the label first), ``unit, label, head, uncoded, policy_area, area,
        practices`` and ``text``: the number, ``UNSURE`` where what nobody has coded yet may be of the area, or nothing.
    """
    keyed = rows.assign(row=row_keys(rows), head=rows.get("head", False)).astype({"head": bool})
    ids = ["row", "unit", "label", "head", "uncoded"]
    long = keyed[[*ids, *areas]].melt(
        id_vars=ids, value_vars=list(areas), var_name="policy_area", value_name="practices"
    )
    return long.assign(
        area=[label(code) for code in long["policy_area"]],
        practices=long["practices"].astype(int),
        uncoded=long["uncoded"].astype(int),
        text=[_mark(*counts) for counts in zip(long["practices"], long["uncoded"], strict=True)],
    )


def _mark(practices: int, uncoded: int) -> str:
    return str(practices) if practices else UNSURE * bool(uncoded)


def margins(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns beside the policy areas, made ready to be drawn: ``row, unit, label, margin, text, alarm``."""
    keyed = rows.assign(row=row_keys(rows), head=rows.get("head", False))
    long = keyed.astype(dict.fromkeys(MARGINS, object)).melt(
        id_vars=["row", "unit", "label", "head", "voice"], value_vars=list(MARGINS), var_name="code", value_name="value"
    )
    return long.assign(
        margin=[margin_labels()[code] for code in long["code"]],
        text=["" if pd.isna(value) else str(int(value)) for value in long["value"]],
        alarm=(long["code"] == "silent_since") & (long["voice"] == "silent"),
    ).drop(columns="value")


def margin_labels() -> dict[str, str]:
    """What the columns beside the policy areas are called, by code."""
    return {
        "practices": _("Practices"),
        "areas": _("Areas covered"),
        "newest_known": _("Newest known year"),
        "silent_since": _("Silent since"),
    }


def table_columns(areas: Sequence[str], place: str, label: Callable[[str], str]) -> dict[str, str]:
    """What the columns of the rows are called in a table, by name, in the order of the grid.

    Args:
        areas: the codes of the policy areas in their order.
        place: what the first column is called.
        label: what a policy area is called.
    """
    named = {area: label(area) for area in areas}
    return {"label": place} | named | {"uncoded": _("Not coded yet")} | margin_labels()


def row_keys(rows: pd.DataFrame) -> list[str]:
    """A key for each row that begins with its label: a city can stand below two networks."""
    groups = rows["group"] if "group" in rows else [""] * len(rows)
    return [
        f"{label}\u001f{unit}\u001f{group}"
        for label, unit, group in zip(rows["label"], rows["unit"], groups, strict=True)
    ]


def line(row: Mapping[str, object], areas: Sequence[str], label: Callable[[str], str]) -> str:
    """A row of a matrix in words, for a narrow screen: what there is, and where there is nothing."""
    empty = [label(area) for area in areas if not row[area]]
    if len(empty) == len(areas):
        return _("no practice in any policy area")
    if not empty:
        return _("every policy area")
    if len(empty) > len(areas) / 2:
        return _("only in: {areas}").format(areas=", ".join(label(area) for area in areas if row[area]))
    return _("nothing in: {areas}").format(areas=", ".join(empty))
