"""A city in words: what its page and its printed profile both say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data.analysis import peers
from icc_data.analysis.uncertainty import beside_chance
from icc_data.cells import dicts_of, is_known, python_value
from icc_data.i18n import NOT_STATED, enumeration, labelled, number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.text import fold

# What few others do: in at most this share of all cities, and so many times as common here as in the network.
FEW_CITIES = 0.2
HIGH_LIFT = 1.5
MOST_TITLES = 2

Label = Callable[[str, str], str]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """One thing known of a city: what it is called, its value in words, and its year or source (may be empty)."""

    label: str
    value: str
    note: str = ""


def facts(city: Row, label: Label) -> tuple[list[Fact], list[str]]:
    """What is known of a city, and what is not.

    Args:
        city: the answer of ``queries.city``.
        label: what a value of a facet is called.

    Returns:
        The facts, each with its year where it has one, and what is not known, in small letters.
    """
    stated: list[Fact] = []
    missing: list[str] = []

    def year(name: str) -> str:
        return str(int(city[name])) if city[name] else ""

    def fact(name: str, value: str | None, note: str = "") -> None:
        if value is None:
            missing.append(name.lower())
        else:
            stated.append(Fact(name, value, note))

    undated = _("year not stated")
    status, networks = city["status"], city["networks"]
    fact(_("Membership"), label("membership_status", status) if status else None)
    fact(_("Joined"), year("joined_year") or None)
    fact(_("Networks"), None if networks is None else ", ".join(label("network", code) for code in networks))
    if city["population"]:
        fact(_("Residents"), number(city["population"]), year("population_year") or undated)
    elif city["settlement_population"]:
        fact(_("Residents"), number(city["settlement_population"]), "GeoNames")
    else:
        fact(_("Residents"), None)
    shares = {
        "foreign_born_pct": _("Born abroad"),
        "foreign_nationals_pct": _("Foreign nationals"),
        "foreign_background_pct": _("Foreign background"),
    }
    for column, name in shares.items():
        if city[column] is not None:
            fact(name, percent(city[column] / 100, 1), year("diversity_year") or undated)
    if all(city[column] is None for column in shares):
        fact(_("Share born abroad"), None)
    if city["index_score"] is not None:
        fact(_("Index, overall"), _("{score} of 100").format(score=number(city["index_score"])), year("index_year"))
    elif city["reports"]:
        fact(_("Index"), _("report of {year}, score not found").format(year=year("report_year") or NOT_STATED))
    else:
        fact(_("Index score"), None)
    return stated, missing


def practice_count(count: int) -> str:
    """A number of practices in words."""
    return translate_plural("{count} practice", "{count} practices", count).format(count=number(count))


LITTLE_KNOWN = 2
"""With at most so many practices a city is told of in a few sentences: shares and gaps would be made of nothing."""


def little_words(name: str, count: int) -> str:
    """That little is known of a city, and that this is not what it does.

    Args:
        name: what it is called.
        count: its published practices, at most ``LITTLE_KNOWN``.
    """
    if not count:
        words = _(
            "No practice of {city} has been published in the sources of this atlas. It may do more than it publishes."
        )
        return words.format(city=name)
    words = _("{city} has {practices} in the sources of this atlas. It may do more than it publishes.")
    return words.format(city=name, practices=practice_count(count))


def recent_joiners(cities: pd.DataFrame, most: int) -> pd.DataFrame:
    """The cities that joined last, the newest first and by name within a year; those that left again are none.

    Args:
        cities: the answer of ``queries.cities``.
        most: how many at most.

    Returns:
        Rows of ``cities`` whose joining year is known.
    """
    years, names, statuses = (cities[column].tolist() for column in ("joined_year", "name", "status"))
    joined = [place for place, year in enumerate(years) if is_known(year) and statuses[place] != "former"]
    joined.sort(key=lambda place: (-years[place], names[place]))
    return cities.iloc[joined[:most]]


def undated(practices: int, dated: int) -> str:
    """How many practices stand in no year; empty where all stand in one."""
    if practices == dated:
        return ""
    words = translate_plural(
        "{count} of {all} practice carries no start year, so it stands in no year.",
        "{count} of {all} practices carry no start year, so they stand in no year.",
        practices,
    )
    return words.format(count=number(practices - dated), all=number(practices))


def share_rows(profile: pd.DataFrame, label: Label) -> pd.DataFrame:
    """The policy areas of a city with what stands at each bar: ``label`` and ``text`` beside the given columns.

    Args:
        profile: the answer of ``queries.term_profile`` for policy areas.
        label: what a value of a facet is called.
    """
    words = [
        f"{number(count)} · {percent(share)}" if count else ""
        for count, share in zip(profile["practices"], profile["share"], strict=True)
    ]
    return profile.assign(label=[label("policy_area", code) for code in profile["code"]], text=words)


def rare(profile: pd.DataFrame, cities: int) -> pd.DataFrame:
    """The terms that are far more common in a city than in the network, and that few cities work on.

    Args:
        profile: the answer of ``queries.term_profile``.
        cities: how many cities there are.

    Returns:
        Rows of the profile, those with most practices first, with ``chance``: whether the difference could be chance,
        among all terms of the list.
    """
    tested = beside_chance(
        profile, both="practices", ones="network_practices", others="city_practices", total="all_practices"
    )
    most = FEW_CITIES * cities
    few = (tested["practices"] > 0) & (tested["lift"] >= HIGH_LIFT) & (tested["cities"] <= most)
    return tested[few].sort_values(["practices", "lift"], ascending=False)


def specialities(
    profiles: Mapping[str, pd.DataFrame], cities: int, label: Label
) -> tuple[list[dict[str, Any]], list[str]]:
    """What a city does that few others do.

    Args:
        profiles: the answer of ``queries.term_profile`` by vocabulary.
        cities: how many cities there are.
        label: what a value of a facet is called.

    Returns:
        Rows of ``rare`` with ``label`` that rest on more than one practice, vocabulary by vocabulary, and the labels
        of those that rest on a single one, of which not much is made.
    """
    listed = [
        {**row, "label": label(vocabulary, row["code"])}
        for vocabulary, profile in profiles.items()
        for row in dicts_of(rare(profile, cities))
    ]
    several = [row for row in listed if row["practices"] > 1]
    return several, [row["label"] for row in listed if row["practices"] == 1]


def rare_rule() -> str:
    """What counts as done by few others."""
    words = _("At least {times} times as common as in the network, and found in at most {share} of all cities")
    return words.format(times=number(HIGH_LIFT, 1), share=percent(FEW_CITIES))


def rare_words(row: Row, name: str) -> str:
    """What a city does that few others do, with how rare it is.

    Args:
        row: one row of ``rare``.
        name: what the term is called, as the page or the document marks it.
    """
    cities = translate_plural("{count} city has one", "{count} cities have one", row["cities"])
    words = _("{label}: {practices}, {times} times as common here as in the network; {cities}").format(
        label=name,
        practices=practice_count(row["practices"]),
        times=number(row["lift"], 1),
        cities=cities.format(count=number(row["cities"])),
    )
    return _("{sentence} (could be chance)").format(sentence=words) if row["chance"] else words


def missing_areas(profile: pd.DataFrame, label: Label) -> list[str]:
    """In which policy areas and for which commitments a city has no practice, a sentence each.

    Args:
        profile: the answer of ``queries.term_profile`` for policy areas.
        label: what a value of a facet is called.

    Returns:
        None where it has a practice in every policy area.
    """
    missing = profile[profile["practices"] == 0].sort_values("network_practices", ascending=False, kind="stable")
    if missing.empty:
        return []
    words = _("No practice in {count} of {all} policy areas: {areas}.")
    sentences = [
        words.format(
            count=number(len(missing)),
            all=number(len(profile)),
            areas=enumeration(label("policy_area", code) for code in missing["code"]),
        )
    ]
    unserved = set(profile["group"]) - set(profile[profile["practices"] > 0]["group"])
    if unserved:
        labels = enumeration(sorted((label("commitment", code) for code in unserved), key=fold))
        sentences.append(_("Commitments without a practice: {labels}.").format(labels=labels))
    return sentences


def index_label(area: str, label: Label) -> str:
    """What an Index score is about."""
    return _("Overall") if area == "overall" else label("policy_area", area)


def edition_rows(history: pd.DataFrame, label: Label) -> pd.DataFrame:
    """The published scores whose edition is known, as ``city_charts.edition_lines`` draws them.

    Args:
        history: the answer of ``queries.index_history``.
        label: what a value of a facet is called.
    """
    frame = history.dropna(subset=["year", "score"]).astype({"year": int})
    labels = [index_label(area, label) for area in frame["policy_area"]]
    return frame.assign(label=labels, compared=frame["cities_compared"].fillna(NOT_STATED))


def index_words(row: Row, label: Label, strong: Callable[[str], str] = str) -> str:
    """One Index result or report in a sentence.

    Args:
        row: one row of ``queries.index_history``.
        label: what a value of a facet is called.
        strong: marks the score.
    """
    result = {name: python_value(value) for name, value in row.items()}
    year = _("edition not stated") if result["year"] is None else str(int(result["year"]))
    if result["report_only"]:
        return _("{year}: a report exists, its score was not found.").format(year=year)
    score, compared = result["score"], result["cities_compared"]
    parts = [
        _("score not found") if score is None else _("{score} of 100").format(score=strong(number(score))),
    ]
    if result["rank"] is not None:
        parts.append(_("rank {rank} of {count}").format(rank=number(result["rank"]), count=compared or NOT_STATED))
    elif compared is not None:
        words = translate_plural("among {count} city", "among {count} cities", 1 if compared == "1" else 2)
        parts.append(words.format(count=compared))
    if result["quoted"]:
        parts.append(_("quoted in another city’s report"))
    return labelled(f"{year}, {index_label(result['policy_area'], label)}", ", ".join(parts))


def some_titles(titles: Sequence[str]) -> str:
    """The first titles, and how many more."""
    more = len(titles) - MOST_TITLES
    first = "; ".join(titles[:MOST_TITLES])
    return _("{titles}; {count} more").format(titles=first, count=number(more)) if more > 0 else first


def distance_words(distance: float, compared: int) -> str:
    """How alike two cities at a distance are, with the number of features that it rests on."""
    return _("{share} alike, from {compared} of {all} facts").format(
        share=percent(1 - distance), compared=number(compared), all=number(len(peers.FEATURES))
    )


def feature_row(table: pd.DataFrame, city_id: str) -> dict[str, Any]:
    """A city's row of ``peers.features``."""
    return dicts_of(table[table["city_id"] == city_id])[0]
