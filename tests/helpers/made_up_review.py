"""Numbers of a review that are made up, each of them to be changed by a test."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icc_data.analysis.review import Review, review
from icc_data.queries.review_queries import ReviewAnswers, ReviewPeriod

AS_OF = 2026
PERIOD = ReviewPeriod(2018, 2019)
AREAS = ("education", "housing", "sport")
STATE = {
    **{"practices": 40, "dated": 30, "without_city": 0, "uncoded": 0},
    **{"started": 12, "started_bare": 0, "active": 12},
    **{"started_before": 10, "started_bare_before": 0, "active_before": 10},
    **{"cities": 20, "countries": 3, "members": 8, "former": 0, "with_practices": 16},
    **{"cities_active": 6, "cities_active_before": 5},
    **{"joined": 0, "joined_before": 0, "joined_known": 20},
    **{"reports": 9, "reports_undated": 0, "reports_now": 4, "reports_before": 5},
}


def cities(*rows: tuple[str, int, int | None]) -> pd.DataFrame:
    """Cities by name, their practices and their newest known year."""
    frame = pd.DataFrame(rows, columns=["name", "practices", "newest_known"]).astype({"newest_known": "Int64"})
    return frame.assign(
        city_id=frame["name"].str.lower(),
        country="norway",
        country_name="Norway",
        networks=[["norway"]] * len(frame),
        status="member",
        joined_year=pd.array([2010] * len(frame), dtype="Int64"),
        dated=frame["practices"].where(frame["newest_known"].notna(), 0),
        said_to_go_on=0,
        practices_then=frame["practices"],
        newest_known_then=frame["newest_known"],
        last_practice=[f"last-of-{name}" for name in frame["name"]],
        last_title=[f"Last of {name}" for name in frame["name"]],
        missing=[[] for _ in range(len(frame))],
    )


def practices(*rows: tuple[str, str, int | None, bool, list[str]]) -> pd.DataFrame:
    """Practices by title, their city, the last year in which they are known to run, whether they go on, what lacks."""
    frame = pd.DataFrame(rows, columns=["title", "city_names", "known_year", "ongoing", "missing"])
    frame = frame.astype({"known_year": "Int64", "ongoing": bool})
    return frame.assign(
        practice_id=frame["title"].str.lower(),
        country_names="Norway",
        when_text=None,
        start_year=frame["known_year"],
        accessed=None,
        source="https://example.org/practice",
    )


def evidence(practices: pd.DataFrame) -> pd.DataFrame:
    """What ``queries.review_evidence`` tells of practices."""
    return practices[["known_year", "ongoing", "missing"]].assign(practices=1)


def areas(counts: tuple[int, ...], of: int) -> pd.DataFrame:
    """Policy areas by their practices, of so many."""
    return pd.DataFrame({"code": AREAS, "position": range(1, 4), "practices": counts, "of": of})


def momentum(now: tuple[int, ...], of: int, before: tuple[int, ...], of_before: int) -> pd.DataFrame:
    """Policy areas by their practices of two periods."""
    counts = {"practices": now, "of": of, "practices_before": before, "of_before": of_before}
    return pd.DataFrame({"code": AREAS, **counts, "uncoded": 0})


def made_up(*, period: ReviewPeriod = PERIOD, is_network: bool = False, **changed: Any) -> Review:
    """A review of made-up answers.

    Args:
        period: the years under review.
        is_network: the scope is the whole network.
        changed: counts of the state, by name, or whole answers of ``ReviewAnswers``.
    """
    counts = {name: value for name, value in changed.items() if name in STATE and isinstance(value, int)}
    answers = {name: value for name, value in changed.items() if name not in counts}
    everything = ReviewAnswers(
        state=STATE | counts,
        members=pd.DataFrame(
            columns=["kind", "code", "cities", "with_practices", "joined", "joined_before", "joined_known"]
        ),
        cities=cities(),
        evidence=evidence(practices()),
        areas=areas((20, 12, 8), 40),
        network_areas=areas((100, 60, 40), 200),
        momentum=momentum((6, 4, 2), 12, (5, 3, 2), 10),
        themes=momentum((0, 0, 0), 12, (0, 0, 0), 10),
        as_of=AS_OF,
    )
    return review(
        everything._replace(**answers),
        period,
        lambda _facet, code: code.title(),
        practices,
        silence=5,
        is_network=is_network,
    )
