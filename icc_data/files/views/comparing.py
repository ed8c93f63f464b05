"""The tables of two selections beside each other."""

from __future__ import annotations

import pandas as pd

from icc_data import queries
from icc_data.analysis import two_selections
from icc_data.drawing import map_measures
from icc_data.files.views.model import Choice, Parameter, Question, UnusableError, View, Wrong, called, needs, refuse
from icc_data.files.views.selections import COUNT
from icc_data.i18n import mark
from icc_data.i18n import translate as _
from icc_data.queries.comparison import COMPARE, REST, REST_FIRST, Comparison, read_comparison
from icc_data.queries.selection import SELECTION_PARAMS

_COMPARE = Parameter(
    COMPARE,
    "What the selection is compared with: “rest” (“rest_first” for the same two swapped), or a query string of its "
    "own, percent-encoded once more.",
    needed=True,
)
_LISTS = ("policy_area", "theme", "target_group", "practice_type", "practice_area")


def _comparison(question: Question) -> Comparison:
    """The selection and what it is compared with.

    Raises:
        UnusableError: nothing that can be.
    """
    comparison, ignored = read_comparison(dict(question.params), question.selection, question.options)
    if comparison is None:
        return needs(COMPARE, [REST, REST_FIRST])  # type: ignore[no-any-return]
    words = _("There is no parameter “{name}” here.")
    filters = tuple(sorted(SELECTION_PARAMS))
    unknown = [Wrong(COMPARE, one.name, filters, words.format(name=one.name[:60])) for one in ignored if not one.value]
    if unknown:
        raise UnusableError(*unknown)
    refuse(ignored, {})
    if comparison.lack:
        raise UnusableError(Wrong(COMPARE, question.text(COMPARE), (), _lack(comparison)))
    return comparison


def _lack(comparison: Comparison) -> str:
    return {
        "one": _("Nothing is chosen in the filters, so there is nothing to compare."),
        "same": _("Both selections are the same."),
    }.get(comparison.lack, _("The second selection chooses nothing, so there is nothing to compare with."))


def _years(question: Question) -> pd.DataFrame:
    compared, active = _comparison(question), question.chosen["count"] == "active"
    rows = question.rows_of(queries.compared_years, compared.one, compared.other, active=active)
    return two_selections.with_difference(rows)


def _terms(question: Question) -> pd.DataFrame:
    compared = _comparison(question)
    rows = question.rows_of(queries.compared_terms, compared.one, compared.other, question.chosen["list"])
    return two_selections.with_difference(rows)


def _practices(question: Question) -> pd.DataFrame:
    compared = _comparison(question)
    return queries.compared_records(question.connection, compared.one, compared.other)


def _cities(question: Question) -> pd.DataFrame:
    compared = _comparison(question)
    measure = map_measures.MEASURES[question.chosen["measure"]]
    if measure.column == "practices":
        return two_selections.city_shares(question.ask(queries.compared_cities, compared.one, compared.other))
    one, other = (question.ask(queries.cities, side) for side in (compared.one, compared.other))
    return map_measures.side_by_side(one, other, measure)


COMPARING_VIEWS = (
    View(
        "compared_years",
        "timeline",
        mark("A row a year, with the practices of two selections, their shares, and the difference with its interval."),
        called(mark("Years of two selections")),
        _years,
        (Choice("count", ("started", "active"), COUNT),),
        (_COMPARE,),
    ),
    View(
        "compared_terms",
        "topics",
        mark("A row a term, with its share in two selections, and the difference with its interval."),
        called(mark("Terms of two selections")),
        _terms,
        (Choice("list", _LISTS, "Which terms."),),
        (_COMPARE,),
    ),
    View(
        "compared_practices",
        "practices",
        mark("A row a practice of two selections; “side” says in which it is."),
        called(mark("Practices of both selections")),
        _practices,
        parameters=(_COMPARE,),
        permalinks=True,
    ),
    View(
        "compared_cities",
        "map",
        mark("A row a city of two selections, with a measure in both; of practices with shares and their difference."),
        called(mark("Cities of both selections")),
        _cities,
        (Choice("measure", tuple(map_measures.MEASURES), "What is measured."),),
        (_COMPARE,),
        permalinks=True,
    ),
)
