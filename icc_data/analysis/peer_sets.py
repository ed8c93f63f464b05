"""Which cities one is set beside: its nearest, those that a rule names, or those picked by hand.

The size and diversity classes are those by which the programme itself compares cities: below or above 200 000
inhabitants, and below 10, 10 to 15, 15 to 20, above 20 percent foreign-born (Intercultural Cities Index reports).
Where only the share of foreign nationals is known, a city is set beside others of which only that is known: the two
shares are different things.

Whatever the rule, only cities with published practices are peers unless all are asked for: with the others there is
little to compare and nothing to borrow. Cities that have left the programme are marked, and may be left out. Cities
picked by hand are taken as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from icc_data.analysis.peers import DEFAULT_WEIGHTS, FEATURES, average_distances, distances, nearest, parts
from icc_data.cells import dicts_of
from icc_data.i18n import mark
from icc_data.i18n import translate as _
from icc_data.queries.ignored import Ignored

Rule = Literal["nearest", "network", "country", "size", "diversity", "class", "picked"]
RULES: dict[Rule, str] = {
    "nearest": mark("Most similar cities"),
    "network": mark("Same national or regional network"),
    "country": mark("Same country"),
    "size": mark("Same size class (200 000 residents)"),
    "diversity": mark("Same class of share born abroad, or of foreign nationals"),
    "class": mark("Same size and diversity class"),
    "picked": mark("Picked by hand"),
}

LARGE = 200_000
DIVERSITY_BOUNDS = (10.0, 15.0, 20.0)
DEFAULT_K, MOST_K = 10, 40
HEAVIEST = 5.0


@dataclass(frozen=True)
class PeerSet:
    """How peers are chosen.

    Attributes:
        rule: a key of ``RULES``.
        k: how many, for ``nearest``.
        picked: identifiers, for ``picked``.
        weights: of the features of the distance, 0 to 5; those left out weigh what they do by default.
        with_practices: whether only cities with published practices are peers.
        without_former: whether cities that have left the programme are no peers.
    """

    rule: Rule = "nearest"
    k: int = DEFAULT_K
    picked: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    with_practices: bool = True
    without_former: bool = False

    def all_weights(self) -> dict[str, float]:
        """The weight of every feature."""
        return {**DEFAULT_WEIGHTS, **self.weights}

    def to_params(self) -> dict[str, list[str]]:
        """As address parameters, only what is not the default; ``read_peer_set`` reads them back."""
        params: dict[str, list[str]] = {}
        if self.rule != "nearest":
            params["peers"] = [self.rule]
        if self.k != DEFAULT_K:
            params["k"] = [str(self.k)]
        if self.picked:
            params["peer"] = list(self.picked)
        if not self.with_practices:
            params["having"] = ["any"]
        if self.without_former:
            params["former"] = ["no"]
        changed = {name: weight for name, weight in self.weights.items() if weight != DEFAULT_WEIGHTS[name]}
        if changed:
            params["weight"] = [f"{name}:{written(weight)}" for name, weight in sorted(changed.items())]
        return params

    def in_words(self) -> str:
        """How the peers are chosen."""
        words = _(RULES[self.rule])
        if self.rule == "picked":
            return words
        if self.with_practices:
            words = _("{rule}, of those with published practices").format(rule=words)
        return _("{rule}, without former members").format(rule=words) if self.without_former else words


PEER_PARAMS = frozenset({"peers", "k", "peer", "having", "former", "weight"})
# What each switch can be; the first is what it is by default.
_SWITCHES = {"having": ("practices", "any"), "former": ("yes", "no")}


def read_peer_set(params: Mapping[str, list[str]], cities: Iterable[str]) -> tuple[PeerSet, list[Ignored]]:
    """Read a peer set from address parameters.

    Args:
        params: every parameter with all its values.
        cities: the identifiers that there are.

    Returns:
        The peer set, and what could not be used. Never raises.
    """
    city_ids = set(cities)
    ignored: list[Ignored] = []
    rule: Rule = "nearest"
    for text in params.get("peers", [])[-1:]:
        if text in RULES:
            rule = text
        else:
            ignored.append(Ignored("peers", text))
    k = DEFAULT_K
    for text in params.get("k", [])[-1:]:
        if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_K)) and 1 <= int(text) <= MOST_K:
            k = int(text)
        else:
            ignored.append(Ignored("k", text))
    picked = tuple(dict.fromkeys(text for text in params.get("peer", []) if text in city_ids))
    ignored += [Ignored("peer", text) for text in params.get("peer", []) if text not in city_ids]
    switches = {}
    for name, options in _SWITCHES.items():
        asked = params.get(name, [])[-1:]
        ignored += [Ignored(name, text) for text in asked if text not in options]
        switches[name] = next((text for text in asked if text in options), options[0])
    weights: dict[str, float] = {}
    for text in params.get("weight", []):
        name, _, value = text.partition(":")
        weight = _weight(value)
        if name in FEATURES and weight is not None:
            weights[name] = weight
        else:
            ignored.append(Ignored("weight", text))
    if weights and not any({**DEFAULT_WEIGHTS, **weights}.values()):
        ignored += [Ignored("weight", f"{name}:{written(weight)}") for name, weight in weights.items()]
        weights = {}
    return PeerSet(rule, k, picked, weights, switches["having"] != "any", switches["former"] == "no"), ignored


def written(value: float) -> str:
    """A number as an address has it: read back, it is the same number."""
    return str(value).removesuffix(".0")


def _weight(text: str) -> float | None:
    try:
        weight = float(text)
    except ValueError:
        return None
    return weight if 0 <= weight <= HEAVIEST else None


def size_class(population: float | None) -> str | None:
    """``large`` from 200 000 residents on, else ``small``; None where residents are not known."""
    return None if population is None else "large" if population >= LARGE else "small"


def diversity_class(foreign_born: float | None) -> int | None:
    """The class of a share born abroad (percent): 0 below 10, 1 from 10, 2 from 15, 3 from 20; None if not known."""
    return None if foreign_born is None else sum(foreign_born >= bound for bound in DIVERSITY_BOUNDS)


def members(
    peer_set: PeerSet, table: pd.DataFrame, city_id: str, averages: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """The peers of a city.

    Args:
        peer_set: how they are chosen.
        table: the answer of ``peers.features``.
        city_id: the city, which is never its own peer.
        averages: the answer of ``peers.average_distances`` for the table; computed where it is not given.

    Returns:
        ``distance`` (missing where nothing can be compared), ``compared`` (number of features) and ``former`` (whether
        it has left the programme), indexed by ``city_id``, the nearest first. Empty where the city lacks what the rule
        asks for.

    Raises:
        KeyError: there is no such city.
    """
    dissimilarities = parts(table, city_id)
    frame = distances(
        dissimilarities, average_distances(table) if averages is None else averages, peer_set.all_weights()
    )
    frame["former"] = table["former"].to_numpy(dtype=bool)
    asked = _eligible(peer_set, table)
    if peer_set.rule == "nearest":
        return nearest(frame[frame.index.isin({city_id, *asked})], city_id, peer_set.k)
    chosen = [other for other in _named(peer_set, table, city_id) if other != city_id and other in asked]
    order = frame.loc[chosen].assign(name=chosen).sort_values(["distance", "name"], na_position="last")
    return order[list(frame.columns)]


def left_out(
    peer_set: PeerSet, table: pd.DataFrame, city_id: str, averages: Mapping[str, float] | None = None
) -> list[str]:
    """The cities that would be peers if they had published practices, the nearest first.

    Args:
        peer_set, table, city_id, averages: as in ``members``.

    Returns:
        Those that the rule names; of ``nearest`` those that are nearer than the last peer. None where cities without
        practices count as well.

    Raises:
        KeyError: there is no such city.
    """
    if not peer_set.with_practices:
        return []
    kept = members(peer_set, table, city_id, averages).index
    everyone = list(members(replace(peer_set, with_practices=False, k=len(table)), table, city_id, averages).index)
    if peer_set.rule == "nearest" and len(kept) == peer_set.k:
        everyone = everyone[: everyone.index(kept[-1])]
    return [other for other in everyone if other not in kept]


def _eligible(peer_set: PeerSet, table: pd.DataFrame) -> set[str]:
    """The cities that may be peers: what nobody has coded yet shows in no profile, and compares with nothing."""
    if peer_set.rule == "picked":
        return set(table["city_id"])
    eligible = table["profile"].map(bool) if peer_set.with_practices else pd.Series(True, table.index)
    if peer_set.without_former:
        eligible &= ~table["former"].astype(bool)
    return set(table.loc[eligible, "city_id"])


def _named(peer_set: PeerSet, table: pd.DataFrame, city_id: str) -> list[str]:
    if peer_set.rule == "picked":
        return list(peer_set.picked)
    rows = {row["city_id"]: row for row in dicts_of(table)}
    own = _classes(rows[city_id], peer_set.rule)
    if None in own:
        return []
    if peer_set.rule == "network":
        return [other for other, row in rows.items() if row["network"] and row["network"] & rows[city_id]["network"]]
    return [other for other, row in rows.items() if _classes(row, peer_set.rule) == own]


def _classes(row: Mapping[str, Any], rule: Rule) -> tuple[object, ...]:
    population = row["population"]
    size = size_class(None if population is None else round(10**population))
    diversity = None if row["foreign"] is None else (row["of_nationals"], diversity_class(row["foreign"]))
    classes: dict[str, tuple[object, ...]] = {
        "country": (row["country"],),
        "network": (row["network"] or None,),
        "size": (size,),
        "diversity": (diversity,),
        "class": (size, diversity),
    }
    return classes[rule]
