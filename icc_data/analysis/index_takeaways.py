"""What the pictures of the Index and of a review show in one sentence each, made from the numbers behind them."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.index_rows import city_count
from icc_data.analysis.review_coverage import Matrix
from icc_data.analysis.takeaways import first_named
from icc_data.cells import rows_of
from icc_data.i18n import enumeration, number, translate_plural
from icc_data.i18n import translate as _


def of_score_cells(cells: pd.DataFrame) -> str:
    """Where the highest and the lowest median of a grid stand; empty with fewer than two.

    Args:
        cells: the cells drawn: ``label, column, median, cities``.
    """
    compared = cells.dropna(subset=["median"]).sort_values("median", kind="stable")
    if len(compared) < 2:
        return ""
    low, high = rows_of(compared.iloc[[0, -1]])
    words = _("Highest median: {high} ({high_where}, {high_score}); lowest: {low} ({low_where}, {low_score}).")
    return words.format(
        high=high.label,
        high_where=high.column,
        high_score=number(high.median),
        low=low.label,
        low_where=low.column,
        low_score=number(low.median),
    )


def of_standing(name: str, areas: pd.DataFrame) -> str:
    """In how many policy areas a city scores above the median of the cities, and where it is furthest from it.

    Args:
        name: of the city.
        areas: the answer of ``index_rows.area_rows``: ``label, own, median``; ``own`` missing where it has no score.
    """
    compared = areas.dropna(subset=["own", "median"])
    if compared.empty:
        return ""
    beyond = compared.assign(beyond=compared["own"] - compared["median"]).sort_values("beyond", kind="stable")
    words = translate_plural(
        "{name} scores above the median of the cities in {above} of {all} policy area.",
        "{name} scores above the median of the cities in {above} of {all} policy areas.",
        len(compared),
    )
    told = [words.format(name=name, above=number(int((beyond["beyond"] > 0).sum())), all=number(len(compared)))]
    low, high = rows_of(beyond.iloc[[0, -1]])
    scores = _("Furthest above: {area}, {own} beside {median}.")
    if high.beyond > 0:
        told.append(scores.format(area=high.label, own=number(high.own), median=number(high.median)))
    scores = _("Furthest below: {area}, {own} beside {median}.")
    if low.beyond < 0:
        told.append(scores.format(area=low.label, own=number(low.own), median=number(low.median)))
    return " ".join(told)


def of_editions_known(editions: pd.DataFrame) -> str:
    """Of which edition the most scores are known; empty where none is.

    Args:
        editions: the answer of ``index_rows.coverage_rows``: ``label, compared, scored``.
    """
    if editions.empty or not editions["scored"].max():
        return ""
    top = editions.sort_values("scored", kind="stable").iloc[-1]
    if pd.isna(top["compared"]):
        words = _("The most scores are known of the edition {edition}: {scored}.")
        return words.format(edition=top["label"], scored=number(top["scored"]))
    words = _("The most scores are known of the edition {edition}: {scored}, of {cities} compared.")
    return words.format(edition=top["label"], scored=number(top["scored"]), cities=city_count(int(top["compared"])))


def of_scores(scores: pd.DataFrame) -> str:
    """The highest and the lowest overall score of the newest edition that has two; empty where none has.

    Args:
        scores: the answer of ``index_rows.overall``.
    """
    dated = scores.dropna(subset=["year"])
    sizes = dated.groupby("year").size()
    several = sizes[sizes > 1]
    if several.empty:
        return ""
    same = dated[dated["year"] == several.index.max()].sort_values("score", kind="stable")
    low, high = rows_of(same.iloc[[0, -1]])
    words = _("In {year} the {cities} with a known overall score have from {low} ({low_city}) to {high} ({high_city}).")
    return words.format(
        year=int(high.year),
        cities=city_count(len(same)),
        low=number(low.score),
        low_city=low.name,
        high=number(high.score),
        high_city=high.name,
    )


def of_links(pairs: pd.DataFrame) -> str:
    """In how many policy areas cities that score high publish more, and in how many less; empty where nothing is said.

    Args:
        pairs: the answer of ``index_rows.correlation_rows`` without the overall score.
    """
    areas = pairs.dropna(subset=["rho"])
    if areas.empty:
        return ""
    words = _("In {more} of {all} policy areas they clearly do, in {less} they clearly publish less.")
    more, less = int((areas["low"] > 0).sum()), int((areas["high"] < 0).sum())
    return words.format(more=number(more), less=number(less), all=number(len(areas)))


def of_coverage(covered: Matrix, labels: dict[str, str]) -> str:
    """Which policy area the most places have a practice in, and which the fewest; empty where there is no place.

    Args:
        covered: who covers what.
        labels: what each policy area is called.
    """
    totals = covered.totals()
    if covered.rows.empty or not totals:
        return ""
    most, fewest = max(totals.values()), min(totals.values())
    if not most:
        return _("None of these places has a practice in any policy area.")
    of = number(len(covered.rows))

    def named(count: int) -> str:
        return enumeration(first_named([labels[area] for area, places in totals.items() if places == count]))

    words = _("Most widespread: {areas}, in {count} of {all} places.").format(
        areas=named(most), count=number(most), all=of
    )
    if most == fewest:
        return words
    return words + " " + _("Least: {areas}, in {count}.").format(areas=named(fewest), count=number(fewest))


def of_movements(rows: pd.DataFrame) -> str:
    """What grew and what shrank by more than chance could have it; empty where nothing is compared.

    Args:
        rows: the answer of ``review_momentum.movements``: ``label, difference, chance``.
    """
    if rows.empty:
        return ""
    clear = rows[~rows["chance"]]
    grew, shrank = (list(clear[side]["label"]) for side in (clear["difference"] > 0, clear["difference"] < 0))
    told = [_("Grew by more than chance: {names}.").format(names=enumeration(first_named(grew)))] if grew else []
    if shrank:
        told.append(_("Shrank by more than chance: {names}.").format(names=enumeration(first_named(shrank))))
    rest = len(rows) - len(clear)
    if not told:
        words = translate_plural(
            "The one difference that is compared could be chance.",
            "All {count} differences that are compared could be chance.",
            rest,
        )
        return words.format(count=number(rest))
    if rest:
        words = translate_plural("{count} other could be chance.", "{count} others could be chance.", rest)
        told.append(words.format(count=number(rest)))
    return " ".join(told)
