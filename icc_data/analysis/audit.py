"""A policy audit: where a city stands in each policy area, and which areas need work most.

The need of an area is gap × importance, each between 0 and 1, times 100:

- *gap*: the points missing to 100 over 100, from the team's own rating, else its own or published Index score; where
  neither is known, 1 / (1 + its practices in the area), which counts what was published and measures nothing; where
  there is no practice too, the gap is not known, and neither is the need;
- *importance*: what the team sets, 0 to 5, over 5 (3 where it has set nothing).

What the peers can lend stands beside the need and never inside it: an area in which nobody has published a practice
may be the one that needs most. It only orders areas of equal need.

No need looks surer than what it rests on: areas with a rating or a score come first, those whose gap is counted after
them, those of which nothing is known last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from icc_data.analysis.benchmark import FEWEST_PEERS
from icc_data.analysis.borrow import gap as gap_of
from icc_data.analysis.peer_sets import written
from icc_data.cells import dicts_of
from icc_data.i18n import mark, number
from icc_data.i18n import translate as _
from icc_data.queries.ignored import Ignored

MOST_IMPORTANT, USUAL_IMPORTANCE = 5, 3
HIGHEST = 100
LIMITS = {"rating": HIGHEST, "importance": MOST_IMPORTANT}
"""The most that a judgement can be, by the name of its address parameter; the least is 0."""
NEED_RULE = mark(
    "Need: gap × importance, out of 100. Gap: the points missing to 100 of the rating, else of the score, else "
    "1 / (1 + own practices); with none of these it is not known. Importance: 0 to 5, over 5. Areas with a rating or "
    "score come first, then those counted from practices, then those not known. What peers can lend does not change "
    "the need: their number stands beside it, and orders areas of equal need."
)
# What a gap is taken from, the surest first.
RATED, SCORED, COUNTED, UNKNOWN = "rating", "score", "practices", "unknown"
_GROUPS = {RATED: 0, SCORED: 0, COUNTED: 1, UNKNOWN: 2}


@dataclass(frozen=True)
class Judgement:
    """What the team says of the policy areas.

    Attributes:
        ratings: self-ratings, 0-100, by policy area.
        importance: 0-5, by policy area.
    """

    ratings: Mapping[str, float]
    importance: Mapping[str, float]

    def to_params(self) -> dict[str, list[str]]:
        """As address parameters; ``read_judgement`` reads them back."""
        ratings = [f"{area}:{written(value)}" for area, value in sorted(self.ratings.items())]
        importance = [
            f"{area}:{written(value)}" for area, value in sorted(self.importance.items()) if value != USUAL_IMPORTANCE
        ]
        return {name: values for name, values in (("rating", ratings), ("importance", importance)) if values}

    def changed(self, name: str, area: str, value: float | None) -> Judgement:
        """The judgement with one value more, another or none; one beyond its limits becomes the limit.

        Args:
            name: ``rating`` or ``importance``.
            area: the policy area.
            value: what the team says now; None for nothing.
        """
        values = {"rating": dict(self.ratings), "importance": dict(self.importance)}
        values[name].pop(area, None)
        if value is not None:
            values[name][area] = clamped(value, LIMITS[name])
        return Judgement(values["rating"], values["importance"])


def clamped(value: float, most: float) -> float:
    """A number between 0 and the most that it can be, itself where it lies there."""
    return float(min(max(value, 0), most))


JUDGEMENT_PARAMS = frozenset({"rating", "importance"})
FIRST_AREAS = 3
"""Areas for which practices are proposed where nobody chose any."""


def read_judgement(params: Mapping[str, Sequence[str]], areas: Sequence[str]) -> tuple[Judgement, list[Ignored]]:
    """Read a judgement from address parameters.

    Args:
        params: every parameter with all its values.
        areas: the policy areas that there are.

    Returns:
        The judgement, and what could not be used. Never raises.
    """
    ignored: list[Ignored] = []

    def pairs(name: str, most: float) -> dict[str, float]:
        accepted: dict[str, float] = {}
        for text in params.get(name, ()):
            area, _colon, written = text.partition(":")
            try:
                value = float(written)
            except ValueError:
                value = -1.0
            if area in areas and 0 <= value <= most:
                accepted[area] = value
            else:
                ignored.append(Ignored(name, text))
        return accepted

    return Judgement(pairs("rating", HIGHEST), pairs("importance", MOST_IMPORTANT)), ignored


def lenders(lendable: pd.DataFrame, peers: Sequence[str]) -> dict[str, int]:
    """How many peers could lend something in each policy area.

    Args:
        lendable: the answer of ``queries.lendable``.
        peers: the cities meant.
    """
    return {str(code): len(units) for code, units in lendable[lendable["unit"].isin(peers)].groupby("code")["unit"]}


def standing(
    portfolio: pd.DataFrame, offers: Mapping[str, int], scores: Mapping[str, float], judgement: Judgement
) -> pd.DataFrame:
    """Where a city stands in each policy area, and how much each needs work.

    Args:
        portfolio: the answer of ``benchmark.portfolio``.
        offers: the answer of ``lenders``.
        scores: its own or published scores by policy area (0-100), where known.
        judgement: what the team says.

    Returns:
        One row an area in the order of the portfolio: ``code, score`` (missing where not known), ``rating`` (missing
        where not set), ``importance`` (0-5), ``practices, count_median, lenders`` (peers with something to lend),
        ``basis`` (what the gap is taken from), ``gap`` (0-1) and ``need`` (0-100), both missing where the gap is not
        known.
    """
    rows = []
    for row in dicts_of(portfolio):
        area = row["code"]
        score, rating = scores.get(area), judgement.ratings.get(area)
        importance = judgement.importance.get(area, float(USUAL_IMPORTANCE))
        gap = gap_of(row["practices"], score if rating is None else rating)
        rows.append(
            {
                "code": area,
                "score": score,
                "rating": rating,
                "importance": importance,
                "practices": row["practices"],
                "count_median": row["count_median"],
                "lenders": offers.get(area, 0),
                "basis": _basis(rating, score, row["practices"]),
                "gap": gap,
                "need": _need(gap, importance),
            }
        )
    frame = pd.DataFrame(rows)
    return frame.astype(dict.fromkeys(("score", "rating", "gap", "need"), "float64"))


def _need(gap: float | None, importance: float) -> float | None:
    """How much an area needs work, 0-100: nothing where it does not matter, whatever is missing."""
    if importance == 0:
        return 0.0
    return None if gap is None else gap * importance / MOST_IMPORTANT * 100


def _basis(rating: float | None, score: float | None, practices: int) -> str:
    """What the gap of an area is taken from."""
    if rating is not None:
        return RATED
    if score is not None:
        return SCORED
    return COUNTED if practices else UNKNOWN


def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """The areas to work on: with a rating or score, then counted from practices, then not known.

    Within each of these the one that needs most comes first, or where that is not known the one that matters most; of
    equal ones that in which more peers can lend.

    Args:
        frame: the answer of ``standing``.

    Returns:
        The same rows in that order.
    """
    keys = frame.assign(group=frame["basis"].map(_GROUPS), most=frame["need"].fillna(frame["importance"]))
    order = keys.sort_values(["group", "most", "lenders"], ascending=[True, False, False], kind="stable").index
    return frame.loc[order]


def first_areas(frame: pd.DataFrame, count: int) -> list[str]:
    """The areas to look at first, by code: those that need most, then those not known; never those of no need.

    Args:
        frame: the answer of ``ranked``.
        count: how many at most.
    """
    needy = frame["need"].fillna(frame["importance"]) > 0
    return [str(code) for code in frame[needy].head(count)["code"]]


def told_scores(frame: pd.DataFrame) -> dict[str, float]:
    """What is said of each area, 0-100: its rating, else its score; areas of which nothing is said are left out.

    Args:
        frame: the answer of ``standing``.
    """
    scores = frame["rating"].fillna(frame["score"])
    return {str(code): float(value) for code, value in zip(frame["code"], scores, strict=True) if value == value}


def nothing_published(frame: pd.DataFrame) -> bool:
    """Whether a city has neither a practice nor a score in any area, so that only its own ratings can tell of it.

    Args:
        frame: the answer of ``standing``.
    """
    return not frame["practices"].any() and not frame["score"].notna().any()


def editions(history: pd.DataFrame) -> dict[str, int]:
    """The edition of the newest score in each policy area.

    Args:
        history: the answer of ``queries.index_history``, the newest last.
    """
    dated = history.dropna(subset=["score", "year"])
    return {str(area): int(year) for area, year in zip(dated["policy_area"], dated["year"], strict=True)}


def standing_table(
    frame: pd.DataFrame,
    judgement: Judgement,
    *,
    labels: Mapping[str, str],
    commitments: Mapping[str, str],
    years: Mapping[str, int],
    definitions: Mapping[str, str],
) -> pd.DataFrame:
    """The table that the team fills in: the rows of ``standing`` in words.

    Args:
        frame: the answer of ``standing``.
        judgement: what the team says.
        labels: what each policy area is called.
        commitments: what the commitment of each policy area is called.
        years: the answer of ``editions``.
        definitions: what each policy area means, where that is known.

    Returns:
        The rows with ``area, commitment, rating`` and ``edition`` (missing where there is none), ``importance`` and
        ``definition``.
    """
    codes = frame["code"]
    return frame.assign(
        area=codes.map(labels),
        commitment=codes.map(commitments),
        rating=codes.map(judgement.ratings),
        importance=[judgement.importance.get(code, float(USUAL_IMPORTANCE)) for code in codes],
        edition=codes.map(years),
        definition=[definitions.get(code, "") for code in codes],
    ).astype({"rating": "float64", "edition": "float64"})


def by_commitment(
    frame: pd.DataFrame, groups: Mapping[str, str], practices: pd.DataFrame, unit: str, peers: Sequence[str]
) -> pd.DataFrame:
    """The standing by commitment, in the order in which the policy areas name them.

    Args:
        frame: the answer of ``standing``.
        groups: the commitment of each policy area.
        practices: the answer of ``queries.unit_commitments``.
        unit: the city.
        peers: the cities it is set beside.

    Returns:
        ``code, areas, known`` (areas with a score or rating), ``score`` (their mean, missing where none is known),
        ``practices`` (each once in a commitment), ``median`` (the same of the peers, missing with fewer than
        ``FEWEST_PEERS`` of them) and ``need`` (the mean of its areas, as far as it is known).
    """
    told = frame["rating"].fillna(frame["score"])
    table = frame.assign(commitment=[groups[code] for code in frame["code"]], told=told)
    commitments = table.groupby("commitment", sort=False).agg(
        areas=("code", "count"), known=("told", "count"), score=("told", "mean"), need=("need", "mean")
    )
    commitments = commitments.loc[[code for code in dict.fromkeys(groups.values()) if code in commitments.index]]
    counts = practices.pivot_table(index="commitment", columns="unit", values="practices", fill_value=0)
    counts = counts.reindex(index=commitments.index, columns=[unit, *peers], fill_value=0)
    median = counts[list(peers)].median(axis="columns") if len(peers) >= FEWEST_PEERS else float("nan")
    return commitments.assign(practices=counts[unit].astype(int), median=median).reset_index(names="code")


def basis(rule: str, peers: Sequence[str], judgement: Judgement, labels: Mapping[str, str]) -> list[str]:
    """What an audit rests on, a sentence each: the peers and how they were chosen, what the team rated and weighed.

    Args:
        rule: how the peers were chosen, in words.
        peers: what they are called.
        judgement: what the team said.
        labels: what each policy area is called.
    """

    def listed(values: Mapping[str, float]) -> str:
        return ", ".join(f"{labels[area]} {number(value)}" for area, value in values.items()) or _("none")

    return [
        _("Peers ({rule}): {names}").format(rule=rule, names=", ".join(peers)),
        _("Our ratings, of 100: {values}").format(values=listed(judgement.ratings)),
        _("Importance, of 5, where not {usual}: {values}").format(
            usual=USUAL_IMPORTANCE, values=listed(judgement.importance)
        ),
    ]
