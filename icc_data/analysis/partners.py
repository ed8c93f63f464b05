"""The graph of cities joined by shared practices, and the likeliest new partners.

Measures are NetworkX's: degree (partner cities), weighted degree (shared practices counted once a partner) and
betweenness (Freeman 1977, “A set of measures of centrality based on betweenness”, Sociometry 40, 35-41): the share of
shortest ways between other cities that lead through one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import pandas as pd

from icc_data.frames import records

AREA_PART, SIMILARITY_PART = 0.5, 0.5


def graph(pairs: pd.DataFrame) -> nx.Graph[str]:
    """The graph of an answer of ``queries.shared_work``: cities joined with the number of shared practices."""
    cities: nx.Graph[str] = nx.Graph()
    for row in records(pairs):
        cities.add_edge(row["one"], row["other"], practices=int(row["practices"]))
    return cities


def measures(cities: nx.Graph[str]) -> pd.DataFrame:
    """How connected each city is, the most connected first.

    Returns:
        ``city_id, partners`` (cities joined to it), ``shared`` (practices with each of them, added up),
        ``betweenness`` (0-1) and ``component`` (0 is the largest).
    """
    between = nx.betweenness_centrality(cities)
    component = {city: place for place, members in enumerate(components(cities)) for city in members}
    rows = [
        {
            "city_id": city,
            "partners": cities.degree(city),
            "shared": cities.degree(city, weight="practices"),
            "betweenness": between[city],
            "component": component[city],
        }
        for city in cities
    ]
    frame = pd.DataFrame(rows, columns=["city_id", "partners", "shared", "betweenness", "component"])
    return frame.sort_values(["partners", "shared", "city_id"], ascending=[False, False, True]).reset_index(drop=True)


def components(cities: nx.Graph[str]) -> list[list[str]]:
    """Groups of cities that shared practices join, directly or through others; the largest first."""
    found = [sorted(members) for members in nx.connected_components(cities)]
    return sorted(found, key=lambda members: (-len(members), members))


def likely_partners(
    cities: nx.Graph[str], city_id: str, distances: Mapping[str, float], areas: Mapping[str, frozenset[str]]
) -> pd.DataFrame:
    """Cities that one shares no practice with yet, those most like it with the same policy areas first.

    The score is half the similarity (1 − Gower distance) and half the Jaccard similarity of the policy areas with a
    practice; both parts and the weights are this project's choice. Of a city without practices no areas are known:
    then the score is the similarity alone.

    Args:
        cities: the answer of ``graph``.
        city_id: the one.
        distances: of the other cities from it, where known.
        areas: policy areas with a practice, by city; a city without practices is no partner to propose.

    Returns:
        ``city_id, score, similarity, area_overlap`` (missing where the city has no practice) and ``common`` (areas of
        both), the highest score first.
    """
    own = areas.get(city_id, frozenset())
    joined = set(cities[city_id]) if city_id in cities else set()
    rows: list[dict[str, Any]] = []
    for other, theirs in areas.items():
        if (
            other == city_id
            or other in joined
            or not theirs
            or other not in distances
            or distances[other] != distances[other]
        ):
            continue
        similarity = 1 - distances[other]
        overlap = len(own & theirs) / len(own | theirs) if own else float("nan")
        rows.append(
            {
                "city_id": other,
                "score": SIMILARITY_PART * similarity + AREA_PART * overlap if own else similarity,
                "similarity": similarity,
                "area_overlap": overlap,
                "common": sorted(own & theirs),
            }
        )
    frame = pd.DataFrame(rows, columns=["city_id", "score", "similarity", "area_overlap", "common"])
    return frame.sort_values(["score", "city_id"], ascending=[False, True]).reset_index(drop=True)


def shared_practices(practices: pd.DataFrame, city_id: str) -> pd.DataFrame:
    """The practices that a city carries together with others, the newest first.

    Args:
        practices: the answer of ``queries.borrowable``: one row a practice and policy area.
        city_id: the city.

    Returns:
        The columns of ``practices`` but the policy area, one row a practice, with ``others``: the other cities. Those
        without a start year come last, equals by title.
    """
    once = practices.drop(columns="policy_area").drop_duplicates("practice_id")
    mine = [_others(ids, city_id) for ids in once["city_ids"]]
    frame = once.assign(others=pd.Series(mine, index=once.index, dtype=object))[list(map(bool, mine))]
    newest = frame.sort_values(["start_year", "title"], ascending=[False, True], na_position="last")
    return newest.reset_index(drop=True)


def _others(city_ids: Any, city_id: str) -> list[str]:
    carried = hasattr(city_ids, "__len__") and city_id in city_ids
    return [other for other in city_ids if other != city_id] if carried else []


def shown_in_matrix(cities: nx.Graph[str], most: int, chosen: str | None = None) -> list[str]:
    """The cities of a matrix: a chosen one with its partners, then the most connected.

    Args:
        cities: the answer of ``graph``.
        most: how many at most.
        chosen: the city that comes first; left out where it is not in the graph.
    """
    ranked: list[str] = measures(cities)["city_id"].tolist()
    own = set(cities[chosen]) if chosen is not None and chosen in cities else set()
    return sorted(ranked, key=lambda city: (city != chosen, city not in own))[:most]
