"""Practices that a city could borrow from its peers, in the order of a score whose parts are all shown.

The score of a practice in a policy area is the weighted mean of four parts, each between 0 and 1 (``WEIGHTS``):

- *gap*: how much the city has to gain in the area. With a score (its own, or the published Index) the points that
  are missing to 100, over 100; without one, 1 / (1 + its practices in the area). Without a practice too, nothing is
  known of it: then it counts as half, so that what is not known is neither the largest gap nor none.
- *similarity*: 1 − the Gower distance (``peers.py``) of the nearest of the practice's cities.
- *recency*: 1 for a practice that is known or said to be active in the year of the data, falling evenly to 0 after
  15 years without activity; 0 where no year is known.
- *completeness*: the share that is there of summary, start year, page of its own, high confidence, agreed areas.

The weights and the 15 years are this project's judgement, not a measured optimum.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from icc_data.cells import dicts_of, is_known, list_of
from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _

WEIGHTS = {"gap": 0.35, "similarity": 0.35, "recency": 0.15, "completeness": 0.15}
FADES_OVER = 15
UNKNOWN_GAP = 0.5
COLUMNS = ("practice_id", "policy_area", "peer", "distance", "score", *WEIGHTS, "own_practices", "own_score")


def gap(practices: int, score: float | None) -> float | None:
    """How much a city has to gain in a policy area, between 0 and 1; nothing where it cannot be known.

    Args:
        practices: how many it has there; having published none says nothing of what it does.
        score: its score there, 0-100, where one is known.
    """
    if score is not None:
        return (100 - score) / 100
    return 1 / (1 + practices) if practices else None


def recency(last_active_year: float | None, as_of: int) -> float:
    """How recently a practice was active, between 0 and 1."""
    if is_known(last_active_year):
        return max(0.0, min(1.0, 1 - (as_of - last_active_year) / FADES_OVER))
    return 0.0


def recommendations(
    practices: pd.DataFrame,
    city_id: str,
    peers: pd.DataFrame,
    *,
    as_of: int,
    areas: Collection[str] = (),
    scores: Mapping[str, float] | None = None,
    owned: Collection[str] = (),
) -> pd.DataFrame:
    """Practices of peers that a city could borrow, the best first.

    Args:
        practices: the answer of ``queries.borrowable``: one row a practice and policy area.
        city_id: the city; what it carries already is never recommended.
        peers: indexed by ``city_id``, with ``distance``; a peer whose distance is not known lends nothing.
        as_of: the year up to which the data speaks.
        areas: the policy areas wanted; none means all.
        scores: the city's scores by policy area (0-100), where known.
        owned: identifiers of further practices that it has.

    Returns:
        The columns of ``practices`` with ``peer`` (the nearest of the practice's cities, named first in
        ``city_names``: it is the one to ask, whoever leads a shared practice), its ``distance``, the ``score`` and its
        parts, and what the gap rests on: the city's ``own_practices`` in the area and its
        ``own_score`` there. A practice stands in each of its wanted areas. Ties go by title, then by area.
    """
    distance = peers["distance"].dropna().to_dict()
    distance.pop(city_id, None)
    mine = {row["practice_id"] for row in dicts_of(practices) if city_id in list_of(row["city_ids"])} | set(owned)
    carried = practices[practices["practice_id"].isin(mine)].groupby("policy_area")["practice_id"].nunique().to_dict()
    rows = []
    for row in dicts_of(practices):
        lenders = [city for city in list_of(row["city_ids"]) if city in distance]
        if row["practice_id"] in mine or not lenders or (areas and row["policy_area"] not in areas):
            continue
        peer = min(lenders, key=lambda city: (distance[city], city))
        count, points = carried.get(row["policy_area"], 0), (scores or {}).get(row["policy_area"])
        missing = gap(count, points)
        parts = {
            "gap": UNKNOWN_GAP if missing is None else missing,
            "similarity": 1 - distance[peer],
            "recency": recency(row["last_active_year"], as_of),
            "completeness": float(row["completeness"]),
        }
        score = sum(WEIGHTS[name] * part for name, part in parts.items())
        own = {"own_practices": count, "own_score": points}
        named = {**row, "city_names": _lender_first(row, peer)}
        rows.append({**named, "peer": peer, "distance": distance[peer], "score": score, **parts, **own})
    frame = pd.DataFrame(rows, columns=list(dict.fromkeys([*practices.columns, *COLUMNS])))
    return frame.sort_values(
        ["score", "title", "practice_id", "policy_area"], ascending=[False, True, True, True]
    ).reset_index(drop=True)


def _lender_first(row: Mapping[str, Any], peer: str) -> str:
    """The names of a practice's cities, that of the one to ask first; the others as they were published."""
    name = dict(zip(row["city_ids"], row["names_of_cities"], strict=True))[peer]
    others = row["city_names"].split("; ")
    others.remove(name)
    return "; ".join([name, *others])


def by_practice(recommended: pd.DataFrame) -> pd.DataFrame:
    """One row a practice, for a list that is not about one policy area.

    Args:
        recommended: the answer of ``recommendations``.

    Returns:
        The row of each practice with its highest score, in the same order, with ``policy_areas``: all areas that it
        was recommended in, that of the row first.
    """
    areas = recommended.groupby("practice_id", sort=False)["policy_area"].agg(list)
    best = recommended.drop_duplicates("practice_id").reset_index(drop=True)
    return best.assign(policy_areas=[areas[practice] for practice in best["practice_id"]])


def reason(row: Mapping[str, Any], area: str, peer: str, also: Sequence[str] = ()) -> str:
    """Why a practice is recommended, in words.

    Args:
        row: one row of ``recommendations``.
        area, peer: what its policy area and its peer are called.
        also: what the further policy areas are called in which it is recommended with a lower score.
    """
    if also:
        area = _("{area} (also {others})").format(area=area, others=enumeration(also))
    if not is_known(row["last_active_year"]):
        active = _("no year is known")
    elif is_known(row["ongoing"]) and row["ongoing"]:
        active = _("it is said to go on")
    else:
        active = _("last known active in {year}").format(year=int(row["last_active_year"]))
    points = row["own_score"]
    if not is_known(points) and not row["own_practices"]:
        own = _("how much you have to gain there is not known")
    elif not is_known(points):
        own = translate_plural(
            "you have {count} practice there and no known score",
            "you have {count} practices there and no known score",
            row["own_practices"],
        ).format(count=number(row["own_practices"]))
    else:
        own = _("{points} points of 100 to gain").format(points=number(100 - points))
    return _(
        "{area}: {own}; {peer} is {similarity} like you; {active}; {completeness} of its description known. "
        "Score {score} of 100."
    ).format(
        area=area,
        own=own,
        peer=peer,
        similarity=percent(row["similarity"]),
        active=active,
        completeness=percent(row["completeness"]),
        score=number(row["score"] * 100),
    )
