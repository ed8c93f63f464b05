"""A policy audit: where a city stands in each policy area, and which areas need work most.

The need of an area is gap × importance, each between 0 and 1, times 100:

- *gap*: the points missing to 100 over 100, from the team's own rating, else its own or published Index score; where
  neither is known, 1 / (1 + its practices in the area);
- *importance*: what the team sets, 0 to 5, over 5 (3 where it has set nothing).

What the peers can lend stands beside the need and never inside it: an area in which nobody has published a practice
may be the one that needs most. It only orders areas of equal need.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data.analysis.benchmark import FEWEST_PEERS
from icc_data.analysis.borrow import need as gap_of
from icc_data.analysis.own_results import OWN
from icc_data.analysis.peer_sets import written
from icc_data.cells import dicts_of, python_value
from icc_data.i18n import mark, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.model.ignored import Ignored

MOST_IMPORTANT, USUAL_IMPORTANCE = 5, 3
HIGHEST = 100
NEED_RULE = mark(
    "Need: gap × importance, out of 100. Gap: the points missing to 100 of the rating, else of the score, else "
    "1 / (1 + own practices). Importance: 0 to 5, over 5. What peers can lend does not change it: their number stands "
    "beside it, and orders areas of equal need."
)
NOBODY_LENDS = mark("no peer has published one yet: ask the network")


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
        ``gap`` (0-1) and ``need`` (0-100).
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
                "gap": gap,
                "need": gap * importance / MOST_IMPORTANT * 100,
            }
        )
    frame = pd.DataFrame(rows)
    return frame.astype({"score": "float64", "rating": "float64"})


def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """The areas to work on, the one that needs most first; of equal need that in which more peers can lend.

    Args:
        frame: the answer of ``standing``.

    Returns:
        The same rows in that order.
    """
    return frame.sort_values(["need", "lenders"], ascending=False, kind="stable")


def need_bars(frame: pd.DataFrame, labels: Mapping[str, str], peers: int) -> pd.DataFrame:
    """The areas as bars: ``code, label, need, text`` (beside the bar) and ``lend`` (what peers can lend, in words).

    Args:
        frame: the answer of ``ranked``.
        labels: what each policy area is called.
        peers: how many peers there are.
    """
    lending = _("{need} · {count} of {all} can lend")
    rows = [
        (
            row["code"],
            labels[row["code"]],
            row["need"],
            lending.format(need=number(row["need"]), count=number(row["lenders"]), all=number(peers))
            if row["lenders"]
            else _("{need} · ask the network").format(need=number(row["need"])),
            lend_words(row["lenders"], peers),
        )
        for row in dicts_of(frame)
    ]
    return pd.DataFrame(rows, columns=["code", "label", "need", "text", "lend"])


def lend_words(lending: int, peers: int) -> str:
    """How many peers can lend a practice; that none can is no reason to leave the area alone.

    Args:
        lending: peers with a practice in the area that the city has no part in.
        peers: how many there are.
    """
    if not lending:
        return _(NOBODY_LENDS)
    return _("{count} of {all}").format(count=number(lending), all=number(peers))


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
        ``FEWEST_PEERS`` of them) and ``need`` (the mean of its areas).
    """
    told = frame["rating"].fillna(frame["score"])
    table = frame.assign(commitment=[groups[code] for code in frame["code"]], told=told)
    found = table.groupby("commitment", sort=False).agg(
        areas=("code", "count"), known=("told", "count"), score=("told", "mean"), need=("need", "mean")
    )
    found = found.loc[[code for code in dict.fromkeys(groups.values()) if code in found.index]]
    counts = practices.pivot_table(index="commitment", columns="unit", values="practices", fill_value=0)
    counts = counts.reindex(index=found.index, columns=[unit, *peers], fill_value=0)
    median = counts[list(peers)].median(axis="columns") if len(peers) >= FEWEST_PEERS else float("nan")
    return found.assign(practices=counts[unit].astype(int), median=median).reset_index(names="code")


def need_rows(
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    editions: Mapping[str, int],
    peers: int,
    own: Collection[str] = (),
) -> pd.DataFrame:
    """The areas to work on as rows, the one that needs most first, each with the parts of its need.

    Args:
        frame: the answer of ``standing``.
        labels: what each policy area is called.
        editions: the year of the score of each policy area, where it is known.
        peers: how many peers there are.
        own: the policy areas whose score is the city's own and not published.

    Returns:
        ``area`` (what it is called), ``need, gap`` (whole numbers of 100), ``gap_basis`` (what the gap is taken from,
        in words), ``importance`` (of 5), ``lend`` (what the peers can lend, in words).
    """
    return pd.DataFrame(
        [
            {
                "area": labels[row["code"]],
                "need": round(row["need"]),
                "gap": round(row["gap"] * 100),
                "gap_basis": _gap_words(row, editions.get(row["code"]), row["code"] in own),
                "importance": row["importance"],
                "lend": lend_words(row["lenders"], peers),
            }
            for row in dicts_of(ranked(frame))
        ]
    )


def need_headings() -> dict[str, str]:
    """What each column of ``need_rows`` is called, in the language in use."""
    return {
        "area": _("Policy area"),
        "need": _("Need of 100"),
        "gap": _("Gap of 100"),
        "gap_basis": _("The gap is taken from"),
        "importance": _("Importance of 5"),
        "lend": _("Peers with a practice to lend"),
    }


def _gap_words(row: Mapping[str, Any], edition: int | None, own: bool) -> str:
    """What the gap of an area rests on."""
    rating, score = python_value(row["rating"]), python_value(row["score"])
    if rating is not None:
        return _("our rating, {rating}").format(rating=number(rating))
    if score is not None:
        year = _("edition not stated") if edition is None else str(edition)
        name = _(OWN) if own else _("Index score")
        return _("{name}, {score} ({year})").format(name=name, score=number(score), year=year)
    words = translate_plural(
        "{count} practice, no rating or score", "{count} practices, no rating or score", row["practices"]
    )
    return words.format(count=number(row["practices"]))


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
