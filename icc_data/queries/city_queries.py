"""Questions about one city, and about cities beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from icc_data.queries.asking import Connection, as_of_year, ask
from icc_data.queries.selection import Selection

Unit = Literal["city", "country", "network"]


def city_features(connection: Connection) -> pd.DataFrame:
    """What makes cities alike or different: one row a city, in the order of their identifiers.

    ``of_settlement`` marks residents of the settlement instead of the municipality, ``of_nationals`` a share of
    foreign nationals where the share born abroad is not known; ``networks`` are national and regional ones: an empty
    list where only the international network lists the city, missing where none does. ``index_score`` is the newest
    published overall score, of the edition ``index_year``.
    """
    return ask(connection, "city_features")


def borrowable(connection: Connection, cities: Sequence[str] | None = None) -> pd.DataFrame:
    """Every practice in each of its policy areas, with its cities and what its description says.

    Args:
        connection: where to ask.
        cities: only practices that one of these has a part in; None for all.

    Returns:
        ``names_of_cities`` are in the order of ``city_ids``, ``city_names`` as published, joined by semicolons.
        ``completeness`` is the share that is there of: summary, start year, page of its own, high confidence, agreed
        policy areas.
    """
    return ask(connection, "borrowable", cities=None if cities is None else list(cities))


def area_scores(connection: Connection, city_id: str) -> dict[str, float]:
    """A city's newest published Index score in each policy area where one is known."""
    frame = ask(connection, "area_scores", city_id=city_id)
    return {str(area): float(score) for area, score in frame[["policy_area", "score"]].itertuples(index=False)}


def term_profile(connection: Connection, city_id: str, vocabulary: Literal["policy_area", "theme"]) -> pd.DataFrame:
    """The terms of a list among a city's practices beside the network's, in the order of the list.

    ``coded_practices`` of the city have any; ``share`` and ``network_share`` are of all practices of the city and the
    network; ``cities`` have a practice with the term; ``lift`` is the one share over the other (1: as in the network),
    missing for a city without practices.
    """
    return ask(connection, "term_profile", city_id=city_id, vocabulary=vocabulary)


def index_history(connection: Connection, city_id: str) -> pd.DataFrame:
    """Published Index results of a city and reports known to exist without a score, by edition.

    ``report_only`` marks an edition of which only the report is known; ``policy_area`` is ``overall`` or a code.
    """
    return ask(connection, "index_history", city_id=city_id)


def partners(connection: Connection, city_id: str) -> pd.DataFrame:
    """Cities that carry a practice together with one: ``city_id, name, country, practices, titles``."""
    return ask(connection, "partners", city_id=city_id)


def unit_measures(connection: Connection, selection: Selection, unit: Unit) -> pd.DataFrame:
    """How much and how broadly each city, country or network works within a selection, a row a unit.

    ``practices, dated, areas, themes, target_groups, newest`` (start year, missing where none is known), ``active``
    (in the year of the data), ``shared`` (practices that several cities carry together) and ``uncoded`` (without a
    policy area, as nobody has coded them).
    """
    return ask(connection, "unit_measures", selection, unit=unit, as_of=as_of_year(connection))


def unit_areas(connection: Connection, selection: Selection, unit: Unit) -> pd.DataFrame:
    """Practices of each city, country or network by policy area, where there are any: ``unit, code, practices``."""
    return ask(connection, "unit_areas", selection, unit=unit)


def unit_commitments(connection: Connection, selection: Selection, unit: Unit) -> pd.DataFrame:
    """Practices of each city, country or network by commitment, where there are any: ``unit, commitment, practices``.

    A practice counts once in each commitment that at least one of its policy areas serves.
    """
    return ask(connection, "unit_commitments", selection, unit=unit)


def lendable(connection: Connection, city_id: str) -> pd.DataFrame:
    """Practices that a city has no part in, by the city that has and policy area: ``unit, code, practices``."""
    return ask(connection, "lendable", city=city_id)


def index_results(connection: Connection) -> pd.DataFrame:
    """Every published Index score: ``city_id, name, year, policy_area, score, rank, cities_compared, quoted``."""
    return ask(connection, "index_results")


def shared_work(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Pairs of cities that carry practices together: ``one, other, one_name, other_name, practices, titles``."""
    return ask(connection, "shared_work", selection)
