"""The tables of the page Policy audit: what a team says stands in the address, and in no table but that of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data import queries
from icc_data.analysis import audit, audit_answers, audit_rows
from icc_data.analysis.proposals import action_rows, identified, picked
from icc_data.cells import dicts_of
from icc_data.files.views.model import MY_CITY, Parameter, Question, View, called, refuse
from icc_data.files.views.peering import PEERS, members_of, memory_of, peer_set
from icc_data.i18n import mark
from icc_data.queries.ignored import Ignored
from icc_data.queries.selection import Selection

_JUDGED = (
    Parameter("rating", "The team’s own rating of a policy area, such as housing:60 (0 to 100).", several=True),
    Parameter("importance", "How important it says an area is, such as housing:5 (0 to 5).", several=True),
)
_AREA = Parameter("area", "A policy area to look at; those that need most where none is named.", several=True)
_PICK = Parameter("pick", "A practice picked, such as housing:identifier-of-the-practice.", several=True)
_ASKED = (MY_CITY, *PEERS, *_JUDGED)
_ONLY_CITY = frozenset({"city"})


@dataclass(frozen=True)
class _Audit:
    """What is published of a city, with what its team says.

    Attributes:
        city: whose audit.
        peers: the answer of ``peer_sets.members``.
        judged: what the team says.
        standing: the answer of ``audit.standing``.
        labels: what each policy area is called.
        editions: the answer of ``audit.editions``.
    """

    city: str
    peers: pd.DataFrame
    judged: audit.Judgement
    standing: pd.DataFrame
    labels: dict[str, str]
    editions: dict[str, int]


def _audit(question: Question) -> _Audit:
    city, areas = question.needed_city(), question.options.values("policy_area")
    judged, ignored = audit.read_judgement(question.params, areas)
    refuse(ignored, {name: [f"{area}:0–{most}" for area in areas] for name, most in audit.LIMITS.items()})
    peers = members_of(memory_of(question), peer_set(question), city)
    published = audit_answers.published(question.ask, city, tuple(peers.index), areas)
    return _Audit(
        city,
        peers,
        judged,
        audit.standing(*published, judged),
        {code: question.options.label("policy_area", code) for code in areas},
        audit.editions(question.ask(queries.index_history, None, city)),
    )


def _standing(question: Question) -> pd.DataFrame:
    told, label = _audit(question), question.options.label
    groups = question.ask(queries.terms, Selection(), "policy_area")
    meanings = dicts_of(question.ask(queries.term_definitions, None, "policy_area"))
    return audit.standing_table(
        told.standing,
        told.judged,
        labels=told.labels,
        commitments={row["code"]: label("commitment", row["group"]) for row in dicts_of(groups)},
        years=told.editions,
        definitions={term["code"]: term["definition"] or "" for term in meanings},
    )


def _needs(question: Question) -> pd.DataFrame:
    told = _audit(question)
    return audit_rows.need_rows(told.standing, told.labels, told.editions, len(told.peers))


def _proposed(question: Question, told: _Audit) -> pd.DataFrame:
    as_of = queries.as_of_year(question.connection)
    practices = question.ask(queries.borrowable, None, (told.city, *told.peers.index))
    return audit_answers.proposals(practices, told.city, told.peers, told.standing, as_of)


def _proposals(question: Question) -> pd.DataFrame:
    told = _audit(question)
    asked = question.params.get("area", [])
    refuse((Ignored("area", one) for one in asked if one not in told.labels), {"area": list(told.labels)})
    areas = asked or audit.first_areas(audit.ranked(told.standing), audit.FIRST_AREAS)
    proposed = _proposed(question, told)
    return audit_answers.with_reasons(proposed[proposed["policy_area"].isin(areas)], question.options.label)


def _actions(question: Question) -> pd.DataFrame:
    told = _audit(question)
    proposed = _proposed(question, told)
    chosen, by_none = picked(proposed, question.params.get("pick", []))
    refuse((Ignored("pick", one) for one in by_none), {"pick": _names(proposed)})
    reasons = [audit_answers.why(row, question.options.label) for row in dicts_of(chosen)]
    return identified(action_rows(chosen, told.labels, reasons), chosen)


def _names(proposed: pd.DataFrame) -> list[str]:
    pairs: Any = zip(proposed["policy_area"], proposed["practice_id"], strict=True)
    return [f"{area}:{practice}" for area, practice in pairs]


AUDIT_VIEWS = (
    View(
        "audit_standing",
        "audit",
        mark("A row a policy area: what a team says of it, its Index score, its practices and its peers’."),
        called(mark("Where a city stands")),
        _standing,
        parameters=_ASKED,
        filters=_ONLY_CITY,
    ),
    View(
        "audit_needs",
        "audit",
        mark("A row a policy area, those that need most work first, with the parts of the need."),
        called(mark("Policy areas by need")),
        _needs,
        parameters=_ASKED,
        filters=_ONLY_CITY,
    ),
    View(
        "audit_proposals",
        "audit",
        mark("A row a practice of the peers and policy area, the best to borrow first, with why."),
        called(mark("Practices to borrow")),
        _proposals,
        parameters=(*_ASKED, _AREA),
        filters=_ONLY_CITY,
        permalinks=True,
    ),
    View(
        "audit_actions",
        "audit",
        mark("A row a practice that a team has picked, with why and its source."),
        called(mark("Action list")),
        _actions,
        parameters=(*_ASKED, _PICK),
        filters=_ONLY_CITY,
        permalinks=True,
    ),
)
