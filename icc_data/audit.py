"""A policy audit: where a city stands in each policy area, which areas to work on, and the list of actions.

The priority of an area is gap × importance × offer, each between 0 and 1, times 100:

- *gap*: the points missing to 100 over 100, from the team's own rating, else its own or published Index score; where
  neither is known, 1 / (1 + its practices in the area);
- *importance*: what the team sets, 0 to 5, over 5 (3 where it has set nothing);
- *offer*: the share of peers that have a practice in the area, that is, how many could lend something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data.borrow import need
from icc_data.export import Provenance
from icc_data.frames import records
from icc_data.i18n import day, number
from icc_data.i18n import translate as _
from icc_data.peer_sets import written
from icc_data.plain import plain

MOST_IMPORTANT, USUAL_IMPORTANCE = 5, 3
HIGHEST = 100
# What would end a link before its address ends.
_NO_LINK = str.maketrans({"<": "%3C", ">": "%3E", " ": "%20", "\n": "%0A"})


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


def read_judgement(params: Mapping[str, Sequence[str]], areas: Sequence[str]) -> tuple[Judgement, list[str]]:
    """Read a judgement from address parameters.

    Args:
        params: every parameter with all its values.
        areas: the policy areas that there are.

    Returns:
        The judgement, and the values that could not be used. Never raises.
    """
    ignored: list[str] = []

    def pairs(name: str, most: float) -> dict[str, float]:
        found: dict[str, float] = {}
        for text in params.get(name, ()):
            area, _colon, written = text.partition(":")
            try:
                value = float(written)
            except ValueError:
                value = -1.0
            if area in areas and 0 <= value <= most:
                found[area] = value
            else:
                ignored.append(text)
        return found

    return Judgement(pairs("rating", HIGHEST), pairs("importance", MOST_IMPORTANT)), ignored


def standing(portfolio: pd.DataFrame, scores: Mapping[str, float], judgement: Judgement, peers: int) -> pd.DataFrame:
    """Where a city stands in each policy area, and how urgent each is.

    Args:
        portfolio: the answer of ``benchmark.portfolio``.
        scores: its own or published scores by policy area (0-100), where known.
        judgement: what the team says.
        peers: how many peers there are.

    Returns:
        One row an area in the order of the portfolio: ``code, score`` (missing where not known), ``rating`` (missing
        where not set), ``importance, practices, count_median, peers_with, gap, offer, priority`` (0-100).
    """
    rows = []
    for row in records(portfolio):
        area = row["code"]
        score, rating = scores.get(area), judgement.ratings.get(area)
        importance = judgement.importance.get(area, float(USUAL_IMPORTANCE))
        gap = need(row["practices"], score if rating is None else rating)
        offer = row["peers_with"] / peers if peers else 0.0
        rows.append(
            {
                "code": area,
                "score": score,
                "rating": rating,
                "importance": importance,
                "practices": row["practices"],
                "count_median": row["count_median"],
                "peers_with": row["peers_with"],
                "gap": gap,
                "offer": offer,
                "priority": gap * importance / MOST_IMPORTANT * offer * 100,
            }
        )
    frame = pd.DataFrame(rows)
    return frame.astype({"score": "float64", "rating": "float64"})


def by_commitment(frame: pd.DataFrame, groups: Mapping[str, str]) -> pd.DataFrame:
    """The standing by commitment: ``code``, mean of the known scores or ratings, practices and mean priority.

    Args:
        frame: the answer of ``standing``.
        groups: the commitment of each policy area.

    Returns:
        ``code, areas, known`` (areas with a score or rating), ``score`` (their mean, missing where none is known),
        ``practices`` (a practice counts in each of its areas) and ``priority`` (mean).
    """
    told = frame["rating"].fillna(frame["score"])
    table = frame.assign(commitment=[groups[code] for code in frame["code"]], told=told)
    found = table.groupby("commitment", sort=False).agg(
        areas=("code", "count"),
        known=("told", "count"),
        score=("told", "mean"),
        practices=("practices", "sum"),
        priority=("priority", "mean"),
    )
    return found.reset_index(names="code")


def action_rows(picked: pd.DataFrame, labels: Mapping[str, str], reasons: Sequence[str]) -> pd.DataFrame:
    """The list of actions as rows for a workbook.

    Args:
        picked: rows of ``borrow.recommendations``.
        labels: what each policy area is called.
        reasons: why each is recommended.
    """
    return pd.DataFrame(
        [
            {
                _("Policy area"): labels[row["policy_area"]],
                _("Practice"): row["title"],
                _("City"): row["city_names"],
                _("When"): row["when_text"],
                _("What it is"): row["summary"],
                _("Why"): reason,
                _("Score of 100"): round(row["score"] * 100),
                _("Source"): _source(row),
                _("Who"): "",
                _("By when"): "",
            }
            for row, reason in zip(records(picked), reasons, strict=True)
        ]
    )


def _source(row: Mapping[str, Any]) -> str | None:
    """The practice's own page, else the first place where it was seen."""
    return next((url for url in (plain(row["url"]), *(plain(row["evidence_urls"]) or ())) if url), None)


def action_list(
    city: str, actions: pd.DataFrame, priorities: Sequence[tuple[str, float]], provenance: Provenance
) -> str:
    """The list of actions in Markdown, which word processors open.

    Args:
        city: what the city is called.
        actions: the answer of ``action_rows``.
        priorities: (policy area, priority) of the areas to work on, in order.
        provenance: where it comes from.
    """
    lines = [f"# {_('Policy audit: {city}').format(city=_plain(city))}", "", day(provenance.accessed), ""]
    lines += [f"## {_('Areas to work on')}", ""]
    lines += [f"{place}. {_plain(area)} ({number(value)})" for place, (area, value) in enumerate(priorities, start=1)]
    lines += ["", f"## {_('Practices to borrow')}", ""]
    for row in records(actions):
        lines += [f"### {_plain(str(row[_('Practice')]))}", ""]
        lines += [
            f"- **{name}:** {_plain(str(value))}" if name != _("Source") else f"- **{name}:** {_link(str(value))}"
            for name, value in row.items()
            if name != _("Practice") and value not in (None, "") and value == value
        ]
        lines += [f"- **{_('Who')}:** ____________________", f"- **{_('By when')}:** ____________________", ""]
    if actions.empty:
        lines += [_("None was picked."), ""]
    source = _("Intercultural Cities Atlas, data version {version}, as of {date}.")
    lines += ["---", "", source.format(version=provenance.version, date=day(provenance.as_of))]
    if provenance.address:
        lines += ["", _link(provenance.address)]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A text that Markdown shows as it stands, on one line."""
    flat = " ".join(text.split())
    return re.sub(r"[\\`*_{}\[\]#<>|~]|&(?=#?\w+;)", r"\\\g<0>", flat)


def _link(address: str) -> str:
    """An address as a link of Markdown, which ends where the address ends."""
    return f"<{address.translate(_NO_LINK)}>"
