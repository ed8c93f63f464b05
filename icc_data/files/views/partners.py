"""The tables of the page Partners."""

from __future__ import annotations

import pandas as pd

from icc_data import queries
from icc_data.analysis import peers
from icc_data.files.views.model import MY_CITY, Question, View, called
from icc_data.i18n import mark
from icc_data.queries.selection import SELECTION_PARAMS, Selection


def _pairs(question: Question) -> pd.DataFrame:
    return question.rows_of(queries.shared_work, question.selection.with_values("city", ()))


def _partners(question: Question) -> pd.DataFrame:
    rows: pd.DataFrame = question.ask(queries.partners, None, question.needed_city())
    return rows


def _new_partners(question: Question) -> pd.DataFrame:
    # Loads NetworkX, which no other table needs.
    from icc_data.analysis import partners

    joined = partners.graph(question.ask(queries.shared_work, Selection()))
    return partners.proposals(joined, question.needed_city(), peers.features(question.ask(queries.city_features)))


PARTNERS_VIEWS = (
    View(
        "partners",
        "partners",
        mark("A row a city that carries a practice together with one, with those practices."),
        called(mark("Partners of a city")),
        _partners,
        parameters=(MY_CITY,),
        filters=frozenset({"city"}),
        permalinks=True,
    ),
    View(
        "new_partners",
        "partners",
        mark("A row a city that one could work with, the likeliest first, with its score and its parts."),
        called(mark("New partners of a city")),
        _new_partners,
        parameters=(MY_CITY,),
        filters=frozenset({"city"}),
        permalinks=True,
    ),
    View(
        "pairs",
        "partners",
        mark("A row two cities that carry practices together, with those practices."),
        called(mark("Who works with whom")),
        _pairs,
        filters=SELECTION_PARAMS - {"city"},
    ),
)
