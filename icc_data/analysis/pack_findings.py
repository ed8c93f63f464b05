"""What the numbers of a view say, in sentences: what a pack begins with. None claims what its numbers cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from icc_data.analysis import city_facts, coding_words, policy_area_facts
from icc_data.analysis.benchmark import FEWEST_PEERS
from icc_data.analysis.benchmark_table import score_words
from icc_data.analysis.comparison import Benchmark, not_coded
from icc_data.analysis.time_words import recent, undated
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import dicts_of, python_value, rows_of
from icc_data.i18n import enumeration, labelled, number, percent, translate_plural
from icc_data.i18n import translate as _

Label = Callable[[str, str], str]

# So high or low a percentile rank is worth a sentence; so many of them are named.
HIGH_RANK, LOW_RANK = 80, 20
NAMED = 3


def city_findings(
    name: str,
    counts: Mapping[str, int],
    measures: Mapping[str, Any],
    network: Mapping[str, int],
    profiles: Mapping[str, pd.DataFrame],
    label: Label,
) -> list[str]:
    """What a city's numbers say.

    Args:
        name: what the city is called.
        counts: the answer of ``queries.overview`` of its practices.
        measures: its row of ``queries.unit_measures``.
        network: the answer of ``queries.network``.
        profiles: the answer of ``queries.term_profile`` by vocabulary.
        label: what a value of a facet is called.
    """
    count = counts["practices"]
    if not count:
        return [_("No practice of this city has been published in the sources of this atlas.")]
    first = _("{name} has {practices}, of {all} in the network, in {areas} of {of} policy areas.")
    told = [
        first.format(
            name=name,
            practices=city_facts.practice_count(count),
            all=number(network["practices"]),
            areas=number(measures["areas"]),
            of=number(network["areas"]),
        ),
        *filter(None, (coding_words.uncoded(counts),)),
        newest_start(measures),
    ]
    areas = profiles["policy_area"]
    if count >= FEW:
        most = areas.sort_values("practices", ascending=False, kind="stable").head(1)
        words = _(
            "No policy area has more of its practices than {area}: "
            "{count} of {all} ({share}; in the network {network})."
        )
        told += [
            words.format(
                area=label("policy_area", row.code),
                count=number(row.practices),
                all=number(count),
                share=percent(row.share),
                network=percent(row.network_share),
            )
            for row in rows_of(most)
        ]
        several, _single = city_facts.specialities(profiles, network["cities"], label)
        told += [f"{city_facts.rare_words(row, row['label'])}." for row in several if not row["chance"]][:2]
    return [*told, *city_facts.missing_areas(areas, label)]


def newest_start(measures: Mapping[str, Any]) -> str:
    """When the newest practice of a place began that is known to have a start, and of how many that is known.

    Args:
        measures: a row of ``queries.unit_measures``.
    """
    newest, dated, count = python_value(measures["newest"]), int(measures["dated"]), int(measures["practices"])
    if newest is None:
        words = translate_plural(
            "Its {count} practice carries no start year.", "None of its {count} practices carries a start year.", count
        )
        return words.format(count=number(count))
    if count == 1:
        return _("It began in {year}, as far as known.").format(year=int(newest))
    words = translate_plural(
        "The newest of them with a known start began in {year}; {dated} of {count} carries a start year.",
        "The newest of them with a known start began in {year}; {dated} of {count} carry a start year.",
        dated,
    )
    return words.format(year=int(newest), dated=number(dated), count=number(count))


def selection_findings(
    counts: Mapping[str, int],
    terms: pd.DataFrame,
    label: Label,
    as_of: int,
    *,
    everything: bool,
    area_chosen: bool = False,
) -> list[str]:
    """What the numbers of a selection say.

    Args:
        counts: the answer of ``queries.overview``.
        terms: the answer of ``queries.terms`` for policy areas.
        label: what a value of a facet is called.
        as_of: the year of the data.
        everything: whether nothing is chosen.
        area_chosen: whether a policy area is, which does not count where areas are compared.
    """
    count = counts["practices"]
    if not count:
        return [_("No practice fits what is chosen.")]
    if everything:
        where = _("{practices} are in the atlas.")
    else:
        where = translate_plural("{practices} fits what is chosen.", "{practices} fit what is chosen.", count)
    told = [f"{where.format(practices=city_facts.practice_count(count))} {_working(counts)}"]
    first = terms[terms["practices"] > 0].head(NAMED)
    if count >= FEW and len(first):
        named = [f"{label('policy_area', row.code)} ({number(row.practices)})" for row in rows_of(first)]
        words = _("The policy areas with most practices are {areas}, of {all}; one practice may have several.")
        if area_chosen:
            words = _("With no policy area chosen, most would be in {areas}, of {all}; one practice may have several.")
        told.append(words.format(areas=enumeration(named), all=number(int(first["of"].max()))))
    return [*told, undated(counts), recent(counts, as_of)]


def _working(counts: Mapping[str, int]) -> str:
    """How many of the cities have one of the practices: a selection of places has cities without any, too."""
    if not counts["cities"]:
        return _("They name no city.") if counts["practices"] > 1 else _("It names no city.")
    words = translate_plural(
        "{working} of its {count} city has one, in {countries}.",
        "{working} of its {count} cities have one; the cities are in {countries}.",
        counts["cities"],
    )
    countries = translate_plural("{count} country", "{count} countries", counts["countries"])
    return words.format(
        working=number(counts["cities_with_practices"]),
        count=number(counts["cities"]),
        countries=countries.format(count=number(counts["countries"])),
    )


def area_findings(
    name: str, counts: Mapping[str, int], values: Mapping[str, pd.DataFrame], label: Label, as_of: int
) -> list[str]:
    """What the numbers of a policy area say.

    Args:
        name: what the area is called.
        counts: the answer of ``queries.policy_area``.
        values: what ``shares.of_area`` gives, by facet.
        label: what a value of a facet is called.
        as_of: the year of the data.
    """
    words = translate_plural(
        "{count} of {all} practices ({share}) is in {area}, of {cities} in {countries}.",
        "{count} of {all} practices ({share}) are in {area}, of {cities} in {countries}.",
        counts["practices"],
    )
    cities = translate_plural("{count} city", "{count} cities", counts["cities"])
    countries = translate_plural("{count} country", "{count} countries", counts["countries"])
    told = [
        words.format(
            count=number(counts["practices"]),
            all=number(counts["all_practices"]),
            share=percent(counts["practices"] / counts["all_practices"], 1),
            area=name,
            cities=cities.format(count=number(counts["cities"])),
            countries=countries.format(count=number(counts["countries"])),
        ),
        policy_area_facts.last_start(counts, as_of),
    ]
    missing = policy_area_facts.gaps(values, label)[0]
    if missing.values:
        title = _("{title} (in brackets: all their practices)").format(title=missing.title)
        told.append(labelled(title, f"{missing.listed(NAMED)} – {missing.note}."))
    return [*told, policy_area_facts.undated(counts)]


def benchmark_findings(compared: Benchmark) -> list[str]:
    """What a place's numbers say beside those of its peers."""
    told = [_size(compared), *filter(None, (not_coded(compared),))]
    if compared.counts_only:
        told.append(_("The numbers are small: counts are given, no shares, quartiles and ranks."))
    else:
        ranked = compared.portfolio.dropna(subset=["percentile"]).sort_values("percentile", kind="stable")
        high, low = ranked[ranked["percentile"] >= HIGH_RANK][::-1], ranked[ranked["percentile"] <= LOW_RANK]
        told += _ranked(_("Its share is higher than that of most peers in {areas}."), high)
        told += _ranked(_("Its share is lower than that of most peers in {areas}."), low)
    without = compared.portfolio[(compared.portfolio["practices"] == 0) & (compared.portfolio["peers_with"] > 0)]
    widely = without.sort_values("peers_with", ascending=False, kind="stable").head(NAMED)
    if compared.practices and len(widely):
        named = [
            translate_plural(
                "{area} ({count} of {all} peers has one)", "{area} ({count} of {all} peers have one)", row.peers_with
            ).format(area=row.label, count=number(row.peers_with), all=number(row.peers))
            for row in rows_of(widely)
        ]
        told.append(_("It has no practice in {areas}.").format(areas=enumeration(named)))
    overall = compared.index[compared.index["policy_area"] == "overall"].dropna(subset=["rank"]).head(1)
    told += [
        _("Its Index score of {year} is {score}, rank {rank} of {of} with the peers of that edition.").format(
            year=int(row["year"]), score=score_words(row["score"]), rank=number(row["rank"]), of=number(row["of"])
        )
        for row in dicts_of(overall)
    ]
    return told


def _size(compared: Benchmark) -> str:
    if compared.with_practices < FEWEST_PEERS:
        words = _("{name} has {practices}; {working} of its {count} peers have any.")
        return words.format(
            name=compared.name,
            practices=city_facts.practice_count(compared.practices),
            working=number(compared.with_practices),
            count=number(len(compared.peers)),
        )
    words = _("{name} has {practices}; the median of the {working} peers with practices has {median}.")
    return words.format(
        name=compared.name,
        practices=city_facts.practice_count(compared.practices),
        working=number(compared.with_practices),
        median=score_words(compared.median_practices),
    )


def _ranked(words: str, rows: pd.DataFrame) -> list[str]:
    named = [
        _("{area} ({share}, percentile rank {rank})").format(
            area=row.label, share=percent(row.share), rank=number(row.percentile)
        )
        for row in rows_of(rows.head(NAMED))
    ]
    return [words.format(areas=enumeration(named))] if named else []
