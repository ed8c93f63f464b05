"""What a picture shows in one sentence, made from the numbers behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.comparison import Benchmark
from icc_data.cells import rows_of
from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _

# So many equals are named; of more it is said how many they are.
MOST_NAMED = 3


def of_years(by_year: pd.DataFrame, *, active: bool) -> str:
    """The years in which the most practices started, or were active; empty where none is dated.

    Args:
        by_year: ``year, practices``, a year a row, or a year and a code.
        active: whether active practices are counted.
    """
    # Added up in Python: of the few years there are, pandas takes longer to group them than all else here.
    totals: dict[int, int] = {}
    for year, practices in zip(by_year["year"].tolist(), by_year["practices"].tolist(), strict=True):
        totals[year] = totals.get(year, 0) + practices
    top = max(totals.values(), default=0)
    if not top:
        return ""
    years = enumeration(first_named([str(year) for year in sorted(totals) if totals[year] == top]))
    words = (
        _("The most practices were active in {years}: {count}.")
        if active
        else _("The most practices started in {years}: {count}.")
    )
    return words.format(years=years, count=number(top))


def of_terms(terms: pd.DataFrame, label: Callable[[str], str]) -> str:
    """The policy areas that the most and the fewest practices have; empty where there is no practice.

    Args:
        terms: the answer of ``queries.terms``.
        label: what a policy area is called.
    """
    counts = dict(zip(terms["code"].tolist(), terms["practices"].tolist(), strict=True))
    most, fewest = max(counts.values(), default=0), min(counts.values(), default=0)
    if not most:
        return ""
    first, last = (
        enumeration(first_named([label(code) for code, practices in counts.items() if practices == end]))
        for end in (most, fewest)
    )
    share = percent(most / int(terms["of"].iloc[0]))
    words = _("Most work is on {area}: {practices} ({share} of all).").format(
        area=first, practices=practice_count(most), share=share
    )
    if most == fewest:
        return words
    return words + " " + _("Least is on {area}: {practices}.").format(area=last, practices=practice_count(fewest))


def of_ranking(ranked: Sequence[tuple[str, str]]) -> str:
    """The city that comes first, and the one in the middle; empty where there is none.

    Args:
        ranked: what each city is called and its amount in words, the first first.
    """
    if not ranked:
        return ""
    name, amount = ranked[0]
    if len(ranked) == 1:
        return _("{city} is the only one: {amount}.").format(city=name, amount=amount)
    middle, of_middle = ranked[(len(ranked) - 1) // 2]
    words = _("{city} comes first: {amount}; in the middle of {count} cities stands {middle}: {of_middle}.")
    return words.format(city=name, amount=amount, count=number(len(ranked)), middle=middle, of_middle=of_middle)


def of_policy_area(counts: Mapping[str, int]) -> str:
    """How much of all work an area is, and how many cities share in it.

    Args:
        counts: the answer of ``queries.policy_area``.
    """
    words = translate_plural(
        "{share} of the practices here work on it, in {cities} of the {all} city with any.",
        "{share} of the practices here work on it, in {cities} of the {all} cities with any.",
        counts["all_cities"],
    )
    share = percent(counts["practices"] / counts["all_practices"])
    return words.format(share=share, cities=number(counts["cities"]), all=number(counts["all_cities"]))


def of_benchmark(compared: Benchmark) -> str:
    """How many policy areas a place covers beside its peers, and where its share is furthest from theirs.

    Args:
        compared: the place beside its peers.
    """
    areas = compared.breadth[compared.breadth["measure"] == "areas"].iloc[0]
    words = _("{name} has practices in {own} of {all} policy areas; the middle one of its peers in {median}.")
    if pd.isna(areas["median"]):
        words = _("{name} has practices in {own} of {all} policy areas.")
    own, median = number(areas["own"]), number(areas["median"], 1 if areas["median"] % 1 else 0)
    sentence = words.format(name=compared.name, own=own, all=number(len(compared.portfolio)), median=median)
    frame = compared.portfolio.assign(beyond=compared.portfolio["share"] - compared.portfolio["median"])
    frame = frame.dropna(subset=["beyond"]).sort_values("beyond", kind="stable")
    if compared.counts_only or frame.empty or frame["beyond"].iloc[-1] <= 0 or frame["beyond"].iloc[0] >= 0:
        return sentence
    words = _("Its share is furthest above theirs in {above} and furthest below in {below}.")
    return sentence + " " + words.format(above=frame["label"].iloc[-1], below=frame["label"].iloc[0])


def of_index(areas: pd.DataFrame, edition: int, label: Callable[[str], str]) -> str:
    """The policy areas in which the middle city of an edition scores highest and lowest; empty with fewer than two.

    Args:
        areas: the answer of ``index.of_areas``.
        edition: the year.
        label: what a policy area is called.
    """
    if len(areas) < 2:
        return ""
    high, low = rows_of(areas.iloc[[0, -1]])
    words = _("In {year} the middle city scores highest in {high} ({high_score}) and lowest in {low} ({low_score}).")
    return words.format(
        year=edition,
        high=label(high.policy_area),
        high_score=number(high.median),
        low=label(low.policy_area),
        low_score=number(low.median),
    )


def of_partners(measures: pd.DataFrame, cities: int, label: Callable[[str], str]) -> str:
    """How many cities share practices, and which has the most partners; empty where none does.

    Args:
        measures: the answer of ``partners.measures``.
        cities: how many cities there are.
        label: what a city is called.
    """
    if measures.empty:
        return ""
    most = int(measures["partners"].max())
    names = enumeration(first_named([label(city) for city in measures[measures["partners"] == most]["city_id"]]))
    words = translate_plural(
        "{joined} of {all} cities share a practice with another; the most partners, {count}, has {names}.",
        "{joined} of {all} cities share a practice with another; the most partners, {count}, have {names}.",
        int((measures["partners"] == most).sum()),
    )
    return words.format(joined=number(len(measures)), all=number(cities), count=number(most), names=names)


def first_named(names: list[str]) -> list[str]:
    """Names of equals: the first of many, and how many more there are.

    Args:
        names: in their order.
    """
    if len(names) <= MOST_NAMED:
        return names
    return [*names[: MOST_NAMED - 1], _("{count} more").format(count=number(len(names) - MOST_NAMED + 1))]
