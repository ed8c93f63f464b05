"""A policy audit: where a city stands in each policy area, which areas to work on, and the list of actions.

The priority of an area is gap × importance × offer, each between 0 and 1, times 100:

- *gap*: the points missing to 100 over 100, from the team's own rating, else its own or published Index score; where
  neither is known, 1 / (1 + its practices in the area);
- *importance*: what the team sets, 0 to 5, over 5 (3 where it has set nothing);
- *offer*: the share of peers that could lend something: those with a practice in the area that the city has no part in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data.analysis.benchmark import FEWEST_PEERS
from icc_data.analysis.borrow import need
from icc_data.analysis.peer_sets import written
from icc_data.analysis.sources import best_address
from icc_data.cells import dicts_of, python_value
from icc_data.i18n import mark, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.model.ignored import Ignored

MOST_IMPORTANT, USUAL_IMPORTANCE = 5, 3
HIGHEST = 100
PRIORITY_RULE = mark(
    "Gap: the points missing to 100 of the rating, else of the score, else 1 / (1 + own practices). "
    "Importance: 0 to 5, over 5. Offer: the share of peers with a practice in the area that the city has no part in."
)


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


JUDGEMENT_PARAMS = frozenset({"rating", "importance"})


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
    portfolio: pd.DataFrame, offers: Mapping[str, int], scores: Mapping[str, float], judgement: Judgement, peers: int
) -> pd.DataFrame:
    """Where a city stands in each policy area, and how urgent each is.

    Args:
        portfolio: the answer of ``benchmark.portfolio``.
        offers: the answer of ``lenders``.
        scores: its own or published scores by policy area (0-100), where known.
        judgement: what the team says.
        peers: how many peers there are.

    Returns:
        One row an area in the order of the portfolio: ``code, score`` (missing where not known), ``rating`` (missing
        where not set), ``importance, practices, count_median, lenders, gap, offer, priority`` (0-100).
    """
    rows = []
    for row in dicts_of(portfolio):
        area = row["code"]
        score, rating = scores.get(area), judgement.ratings.get(area)
        importance = judgement.importance.get(area, float(USUAL_IMPORTANCE))
        gap = need(row["practices"], score if rating is None else rating)
        lending = offers.get(area, 0)
        offer = lending / peers if peers else 0.0
        rows.append(
            {
                "code": area,
                "score": score,
                "rating": rating,
                "importance": importance,
                "practices": row["practices"],
                "count_median": row["count_median"],
                "lenders": lending,
                "gap": gap,
                "offer": offer,
                "priority": gap * importance / MOST_IMPORTANT * offer * 100,
            }
        )
    frame = pd.DataFrame(rows)
    return frame.astype({"score": "float64", "rating": "float64"})


def ranked(frame: pd.DataFrame) -> list[tuple[str, float]]:
    """The areas to work on with their priority (0-100), the most urgent first.

    Args:
        frame: the answer of ``standing``.
    """
    order = frame.sort_values("priority", ascending=False, kind="stable")
    return [(str(code), float(value)) for code, value in zip(order["code"], order["priority"], strict=True)]


def priority_bars(priorities: Sequence[tuple[str, float]], labels: Mapping[str, str]) -> pd.DataFrame:
    """The areas as bars: ``code, label, priority`` and ``text``, in the order given.

    Args:
        priorities: the answer of ``ranked``.
        labels: what each policy area is called.
    """
    rows = [(code, labels[code], value, number(value)) for code, value in priorities]
    return pd.DataFrame(rows, columns=["code", "label", "priority", "text"])


def told_scores(frame: pd.DataFrame) -> dict[str, float]:
    """What is said of each area, 0-100: its rating, else its score; areas of which nothing is said are left out.

    Args:
        frame: the answer of ``standing``.
    """
    scores = frame["rating"].fillna(frame["score"])
    return {str(code): float(value) for code, value in zip(frame["code"], scores, strict=True) if value == value}


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
        ``FEWEST_PEERS`` of them) and ``priority`` (the mean of its areas).
    """
    told = frame["rating"].fillna(frame["score"])
    table = frame.assign(commitment=[groups[code] for code in frame["code"]], told=told)
    found = table.groupby("commitment", sort=False).agg(
        areas=("code", "count"), known=("told", "count"), score=("told", "mean"), priority=("priority", "mean")
    )
    found = found.loc[[code for code in dict.fromkeys(groups.values()) if code in found.index]]
    counts = practices.pivot_table(index="commitment", columns="unit", values="practices", fill_value=0)
    counts = counts.reindex(index=found.index, columns=[unit, *peers], fill_value=0)
    median = counts[list(peers)].median(axis="columns") if len(peers) >= FEWEST_PEERS else float("nan")
    return found.assign(practices=counts[unit].astype(int), median=median).reset_index(names="code")


def priority_rows(
    frame: pd.DataFrame, labels: Mapping[str, str], editions: Mapping[str, int], peers: int
) -> pd.DataFrame:
    """The areas to work on as rows, the most urgent first, each with the parts of its priority.

    Args:
        frame: the answer of ``standing``.
        labels: what each policy area is called.
        editions: the year of the score of each policy area, where it is known.
        peers: how many peers there are.

    Returns:
        ``area`` (what it is called), ``priority, gap`` (whole numbers of 100), ``gap_basis`` (what the gap is taken
        from, in words), ``importance`` (of 5), ``offer`` (the peers that could lend, in words).
    """
    ranked = frame.sort_values("priority", ascending=False, kind="stable")
    return pd.DataFrame(
        [
            {
                "area": labels[row["code"]],
                "priority": round(row["priority"]),
                "gap": round(row["gap"] * 100),
                "gap_basis": _gap_words(row, editions.get(row["code"])),
                "importance": row["importance"],
                "offer": _("{count} of {all}").format(count=number(row["lenders"]), all=number(peers)),
            }
            for row in dicts_of(ranked)
        ]
    )


def _gap_words(row: Mapping[str, Any], edition: int | None) -> str:
    """What the gap of an area rests on."""
    rating, score = python_value(row["rating"]), python_value(row["score"])
    if rating is not None:
        return _("our rating, {rating}").format(rating=number(rating))
    if score is not None:
        year = _("edition not stated") if edition is None else str(edition)
        return _("Index score, {score} ({year})").format(score=number(score), year=year)
    words = translate_plural(
        "{count} practice, no rating or score", "{count} practices, no rating or score", row["practices"]
    )
    return words.format(count=number(row["practices"]))


def action_rows(picked: pd.DataFrame, labels: Mapping[str, str], reasons: Sequence[str]) -> pd.DataFrame:
    """The list of actions as rows: the columns of ``action_headings``, those of who and by when empty.

    Args:
        picked: rows of ``borrow.recommendations``.
        labels: what each policy area is called.
        reasons: why each is recommended.
    """
    return pd.DataFrame(
        [
            {
                "area": labels[row["policy_area"]],
                "practice": row["title"],
                "city": row["city_names"],
                "when": row["when_text"],
                "summary": row["summary"],
                "why": reason,
                "score": round(row["score"] * 100),
                "source": best_address(row),
                "who": "",
                "by_when": "",
            }
            for row, reason in zip(dicts_of(picked), reasons, strict=True)
        ]
    )


def action_headings() -> dict[str, str]:
    """What each column of ``action_rows`` is called, in the language in use."""
    return {
        "area": _("Policy area"),
        "practice": _("Practice"),
        "city": _("City"),
        "when": _("When"),
        "summary": _("What it is"),
        "why": _("Why"),
        "score": _("Score of 100"),
        "source": _("Source"),
        "who": _("Who"),
        "by_when": _("By when"),
    }


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
