"""The graph of cities joined by shared practices, and the likeliest new partners.

Measures are the degree (partner cities), the weighted degree (shared practices counted once a partner) and the
betweenness (Freeman 1977, “A set of measures of centrality based on betweenness”, Sociometry 40, 35-41): the share of
shortest ways between other cities that lead through one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from icc_data.analysis import peers
from icc_data.cells import dicts_of, list_of
from icc_data.i18n import number, percent, translate_plural
from icc_data.i18n import translate as _

CityGraph: TypeAlias = "nx.Graph[str]"

# Letters of the titles that a cell of the matrix tells.
TITLES_LENGTH = 300
AREA_PART, SIMILARITY_PART = 0.5, 0.5


def graph(pairs: pd.DataFrame) -> CityGraph:
    """The graph of an answer of ``queries.shared_work``: cities joined with the number of shared practices."""
    cities: CityGraph = nx.Graph()
    for one, other, practices in zip(
        *(pairs[column].tolist() for column in ("one", "other", "practices")), strict=True
    ):
        cities.add_edge(one, other, practices=practices)
    return cities


def measures(cities: CityGraph) -> pd.DataFrame:
    """How connected each city is, the most connected first.

    Returns:
        ``city_id, partners`` (cities joined to it), ``shared`` (practices with each of them, added up),
        ``betweenness`` (0-1) and ``component`` (0 is the largest).
    """
    between = dict(zip(cities, _betweenness(cities), strict=True))
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


def _betweenness(cities: CityGraph) -> list[float]:
    """The betweenness of each city, 0-1, in the graph's order.

    After Brandes 2001, “A faster algorithm for betweenness centrality”, Journal of Mathematical Sociology 25, 163-177:
    ways are counted outwards from a city, and what depends on each city inwards again; here from all cities at once, a
    row each, which takes a tenth of the time that NetworkX takes, city by city.
    """
    count = len(cities)
    if count < 3:
        return [0.0] * count
    joined: npt.NDArray[np.float64] = nx.to_numpy_array(cities)
    # Of every distance, how many shortest ways lead from the row's city to the column's.
    rings = [np.eye(count)]
    reached = rings[0] > 0
    while (ring := (rings[-1] @ joined) * ~reached).any():
        rings.append(ring)
        reached |= ring > 0
    through = np.zeros((count, count))
    for nearer, ring in zip(rings[-2::-1], rings[:0:-1], strict=True):
        each = np.divide(1 + through, ring, out=np.zeros_like(ring), where=ring > 0)
        through += (each @ joined) * nearer
    np.fill_diagonal(through, 0)
    shares: list[float] = (through.sum(axis=0) / ((count - 1) * (count - 2))).tolist()
    return shares


def components(cities: CityGraph) -> list[list[str]]:
    """Groups of cities that shared practices join, directly or through others; the largest first."""
    groups = [sorted(members) for members in nx.connected_components(cities)]
    return sorted(groups, key=lambda members: (-len(members), members))


def groups(connected: pd.DataFrame) -> list[list[str]]:
    """The groups of ``components``, read off the answer of ``measures``."""
    members: dict[int, list[str]] = {}
    for city, component in zip(connected["city_id"], connected["component"], strict=True):
        members.setdefault(component, []).append(city)
    return [sorted(members[component]) for component in sorted(members)]


def partners_of(pairs: pd.DataFrame, city_id: str | None) -> list[str]:
    """The cities that one shares practices with, in an answer of ``queries.shared_work``."""
    ends = zip(pairs["one"], pairs["other"], strict=True)
    return [other if one == city_id else one for one, other in ends if city_id in (one, other)]


def ranking_bars(connected: pd.DataFrame, most: int, chosen: str | None, label: Callable[[str], str]) -> pd.DataFrame:
    """The most connected cities as bars, and a chosen one below them where it is not among them.

    Args:
        connected: the answer of ``measures``.
        most: how many of the most connected.
        chosen: a city; left out where it is not in the graph.
        label: what a city is called.

    Returns:
        The columns of ``measures`` with ``code`` for ``city_id``; ``place`` (1 has most partners; cities with as many
        share one), and in words ``label``, ``text`` (at the end of the bar) and ``through`` (the betweenness).
    """
    codes, counts = connected["city_id"].tolist(), connected["partners"].tolist()
    rows = [row for row, code in enumerate(codes) if row < most or code == chosen]
    bars = connected.iloc[rows].rename(columns={"city_id": "code"})
    # The most connected come first: how many have more is where the first with as many stands.
    places = [counts.index(counts[row]) + 1 for row in rows]
    return bars.assign(
        place=places,
        label=[label(codes[row]) for row in rows],
        text=[_bar_words(counts[row], place, below=row >= most) for row, place in zip(rows, places, strict=True)],
        through=[percent(share, 1) for share in bars["betweenness"]],
    )


def _bar_words(partners: int, place: int, *, below: bool) -> str:
    words = translate_plural("{count} city", "{count} cities", partners).format(count=number(partners))
    return _("{count}, place {place}").format(count=words, place=number(place)) if below else words


def matrix_cells(pairs: pd.DataFrame, cities: Sequence[str], label: Callable[[str], str]) -> pd.DataFrame:
    """The pairs among some cities, each in both directions, in words.

    Args:
        pairs: an answer of ``queries.shared_work``: ``one, other, practices, titles``, a row a pair.
        cities: the cities of the matrix.
        label: what a city is called.

    Returns:
        ``from, to, practices, text`` and ``titles``, the first ``TITLES_LENGTH`` letters of them.
    """
    among = pairs[pairs["one"].isin(cities) & pairs["other"].isin(cities)]
    both = pd.concat([among, among.rename(columns={"one": "other", "other": "one"})], ignore_index=True)
    return pd.DataFrame(
        {
            "from": [label(city) for city in both["one"]],
            "to": [label(city) for city in both["other"]],
            "practices": both["practices"],
            "text": [number(practices) for practices in both["practices"]],
            "titles": ["; ".join(titles)[:TITLES_LENGTH] for titles in both["titles"]],
        }
    )


def positions(cities: pd.DataFrame, city_ids: Iterable[str]) -> list[tuple[float, float]]:
    """Longitude and latitude, in degrees, of those of some cities that have a place.

    Args:
        cities: an answer of ``queries.city_practices``.
        city_ids: the cities, in their order.
    """
    placed = cities.dropna(subset=["longitude", "latitude"]).set_index("city_id")
    return [(placed["longitude"][city], placed["latitude"][city]) for city in city_ids if city in placed.index]


def proposals(cities: CityGraph, city_id: str, features: pd.DataFrame) -> pd.DataFrame:
    """The likeliest new partners of a city.

    Args:
        cities: the answer of ``graph``: who is joined already.
        city_id: the one.
        features: the answer of ``peers.features``.

    Returns:
        The columns of ``likely_partners``, and ``compared``: in how many features it is compared with each.
    """
    parts = peers.parts(features, city_id)
    comparable = peers.distances(parts, peers.average_distances(features))
    distances = {str(city): float(value) for city, value in comparable["distance"].items()}
    areas = {row["city_id"]: frozenset(row["profile"]) for row in dicts_of(features)}
    frame = likely_partners(cities, city_id, distances, areas)
    return frame.assign(compared=[int(comparable["compared"][city]) for city in frame["city_id"]])


def likely_partners(
    cities: CityGraph, city_id: str, distances: Mapping[str, float], areas: Mapping[str, frozenset[str]]
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
    others = [_others(ids, city_id) for ids in once["city_ids"]]
    together = pd.Series(map(bool, others), index=once.index, dtype=bool)
    frame = once.assign(others=pd.Series(others, index=once.index, dtype=object))[together]
    newest = frame.sort_values(["start_year", "title"], ascending=[False, True], na_position="last")
    return newest.reset_index(drop=True)


def _others(city_ids: Any, city_id: str) -> list[str]:
    cities = list_of(city_ids)
    return [other for other in cities if other != city_id] if city_id in cities else []


def shown_in_matrix(
    connected: pd.DataFrame, most: int, chosen: str | None = None, own: Collection[str] = ()
) -> list[str]:
    """The cities of a matrix: a chosen one with its partners, then the most connected.

    Args:
        connected: the answer of ``measures``.
        most: how many at most.
        chosen: the city that comes first; left out where it is joined to none.
        own: its partners: see ``partners_of``.
    """
    ranked: list[str] = connected["city_id"].tolist()
    return sorted(ranked, key=lambda city: (city != chosen, city not in own))[:most]
