"""The tables of the page Review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pandas as pd

from icc_data import queries
from icc_data.analysis import change_rows, changes, review_coverage, review_gaps
from icc_data.analysis.review import Review, review
from icc_data.analysis.review_momentum import with_difference
from icc_data.analysis.review_state import state_frame
from icc_data.analysis.silence import DEFAULT_SILENCE, SILENCES
from icc_data.files.views.model import (
    Choice,
    Chosen,
    Parameter,
    Question,
    UnusableError,
    View,
    Wrong,
    called,
    none_idle,
)
from icc_data.i18n import mark
from icc_data.i18n import translate as _
from icc_data.queries.review_queries import ReviewPeriod, period_of
from icc_data.queries.selection import FACETS, SELECTION_PARAMS, Selection

_UNIT = Choice("unit", ("city", "country", "network"), "What a row is.")
_SILENT = Choice(
    "silent",
    tuple(str(years) for years in sorted(SILENCES, key=lambda years: years != DEFAULT_SILENCE)),
    "From so many years without anything known on, a city is silent.",
)
_PERIOD = Parameter("period", "The years under review, such as 2020-2024; the last two with data where none are named.")
_VERSIONS = (
    Parameter("since", "The first version: the name, data version or date of a snapshot, or now."),
    Parameter("until", "The second version; the data as it is where none is named."),
    Parameter("change", f"The kind of change: {', '.join(change_rows.KINDS)}; the first that there is of these."),
)
# A review has years of its own.
_SCOPE = SELECTION_PARAMS - {"from", "to", "years", "undated", "said"}


def _scope(question: Question) -> Selection:
    return queries.review_scope(question.selection)


def _period(question: Question) -> ReviewPeriod:
    text = question.text(_PERIOD.name)
    if not text:
        return queries.default_period(question.connection)
    first, last = queries.network(question.connection)["first_year"], queries.as_of_year(question.connection)
    years = period_of(text, first, last)
    if years is None:
        raise UnusableError(Wrong(_PERIOD.name, text, (f"{first}-{last}",)))
    return years


def _reviewed(question: Question) -> Review:
    scope, period = _scope(question), _period(question)
    answers = queries.review_answers(question.connection, scope, period)
    silence = int(question.chosen["silent"])
    practices = partial(queries.review_practices, question.connection, scope)
    return review(answers, period, question.options.label, practices, silence=silence, is_network=scope.is_empty)


def _state(question: Question) -> pd.DataFrame:
    told = _reviewed(question)
    return state_frame(told.figures, told.period.words, told.period.before.words)


def _members(question: Question) -> pd.DataFrame:
    return _reviewed(question).members.drop(columns="practices_words")


def _matrix(question: Question, unit: Any) -> review_coverage.Matrix:
    return review_coverage.matrix(
        question.ask(queries.review_coverage, _scope(question), unit),
        question.ask(queries.review_units, _scope(question), unit),
        partial(question.options.label, unit),
        as_of=queries.as_of_year(question.connection),
        silence=int(question.chosen["silent"]),
    )


def _coverage(question: Question) -> pd.DataFrame:
    chosen, words = question.chosen, question.text("find").strip()
    covered = _matrix(question, chosen["unit"])
    if chosen["group"] == "none" or chosen["unit"] != "city":
        return review_coverage.arranged(covered, chosen["order"], words)
    groups = review_coverage.groups_of(question.ask(queries.review_cities, _scope(question)), chosen["group"])
    return review_coverage.arranged(covered, chosen["order"], words, _matrix(question, chosen["group"]), groups)


def _cells(question: Question) -> pd.DataFrame:
    unit, scope = question.chosen["unit"], _scope(question)
    totals = review_coverage.totals_of(question.ask, scope)
    rows = question.rows_of(queries.review_coverage, scope, unit)
    return review_coverage.with_margins(rows, _matrix(question, unit), totals)


def _gaps(question: Question) -> pd.DataFrame:
    gap = _reviewed(question).gaps[question.chosen["gap"]]
    return review_gaps.for_file(gap, review_gaps.listed(gap, question.chosen["mender"]))


def _momentum(question: Question) -> pd.DataFrame:
    period = _period(question)
    return with_difference(question.rows_of(queries.review_momentum, _scope(question), period, question.chosen["list"]))


def _changes(question: Question) -> pd.DataFrame:
    kind, scope, label = question.text("change"), question.selection, question.options.label
    if kind and kind not in change_rows.KINDS:
        raise UnusableError(Wrong("change", kind, change_rows.KINDS))
    compared = question.versions(question.text("since"), question.text("until"))
    if compared is None:
        words = _("Both are the same data: name two versions with since= and until=.")
        raise UnusableError(Wrong("since", question.text("since"), (), words))
    connection = compared.connection.cursor()
    practices = queries.changes(connection, "practices", scope)
    cities, index = queries.city_changes(connection, scope), queries.index_changes(connection, scope)
    counted = change_rows.numbers(changes.counts(practices, cities, index), index)
    kind = kind or next((name for name, count in counted.items() if count), change_rows.KINDS[0])
    if kind == "index":
        return change_rows.index_rows(index, label)
    return change_rows.table_rows([*change_rows.entries_of(kind, practices, cities, label)])


def _of_scope(
    name: str,
    about: str,
    title: str,
    rows: Callable[[Question], pd.DataFrame],
    *choices: Choice,
    parameters: tuple[Parameter, ...] = (),
    permalinks: bool = False,
    idle: Callable[[Chosen], frozenset[str]] = none_idle,
) -> View:
    return View(name, "review", about, called(title), rows, choices, parameters, _SCOPE, permalinks, idle=idle)


def _views_of_scopes() -> Iterator[View]:
    yield _of_scope(
        "review_state",
        mark("A row a figure of a scope: in the years under review and before, or as things stand."),
        mark("State of the scope"),
        _state,
        _SILENT,
        parameters=(_PERIOD,),
    )
    yield _of_scope(
        "review_members",
        mark("A row a standing or a network, with its cities and those that joined."),
        mark("Cities by status and network"),
        _members,
        _SILENT,
        parameters=(_PERIOD,),
    )
    yield _of_scope(
        "review_coverage",
        mark("A row a city, country or network, with its practices in each policy area as columns."),
        mark("Who covers what"),
        _coverage,
        _UNIT,
        Choice("order", ("practices", *(name for name in review_coverage.ORDERS if name != "practices")), "The order."),
        Choice("group", ("none", "country", "network"), "What cities stand below."),
        _SILENT,
        parameters=(Parameter("find", "What a name has to hold."),),
        permalinks=True,
        # Only cities stand below something.
        idle=lambda chosen: frozenset() if chosen["unit"] == "city" else frozenset({"group"}),
    )
    yield _of_scope(
        "review_cells",
        mark("The same long: a row a city, country or network and policy area."),
        mark("Who covers what, place by place"),
        _cells,
        _UNIT,
        _SILENT,
    )
    yield _of_scope(
        "review_gaps",
        mark("A row of a list of what is missing: a policy area, a city or a practice."),
        mark("What is missing"),
        _gaps,
        Choice("gap", ("silent", *(name for name in review_gaps.GAPS if name != "silent")), "Which list."),
        Choice("mender", (review_gaps.EVERYBODY, *review_gaps.MENDERS), "Who can mend it."),
        _SILENT,
        parameters=(_PERIOD,),
        permalinks=True,
    )
    yield _of_scope(
        "review_momentum",
        mark("A row a policy area or theme, with its share in the years under review and before, and the difference."),
        mark("What grows and what shrinks"),
        _momentum,
        Choice("list", ("policy_area", "theme"), "What grows or shrinks."),
        parameters=(_PERIOD,),
    )


_CHANGES = View(
    "review_changes",
    "review",
    mark("A row a field of a practice or city that differs between two versions of the data, or an Index result."),
    called(mark("Changed since")),
    _changes,
    parameters=_VERSIONS,
    filters=frozenset(FACETS),
    of_versions=True,
)
REVIEW_VIEWS = (*_views_of_scopes(), _CHANGES)
