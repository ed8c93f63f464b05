"""The tables of the page Index."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from icc_data import queries
from icc_data.analysis import index
from icc_data.files.views.model import CITY_OR_NONE, MY_CITY, PLACES, Choice, Question, View, called
from icc_data.i18n import mark

_COUNTRIES = PLACES - {"city"}


def _listed(what: Callable[..., Any], question: Question) -> pd.DataFrame:
    rows: pd.DataFrame = question.ask(what, index.listed_cities(question.selection, question.city()))
    return rows


def _compared(what: Callable[..., Any], question: Question) -> pd.DataFrame:
    return question.rows_of(what, index.compared_cities(question.selection))


def _distribution(question: Question) -> pd.DataFrame:
    bounds = {"sizes": index.SIZES, "shares": index.SHARES}
    by = question.chosen.get("classes", "all")
    return question.rows_of(queries.index_distribution, index.compared_cities(question.selection), by, **bounds)


def _history(question: Question) -> pd.DataFrame:
    return question.rows_of(queries.index_history, None, question.needed_city())


INDEX_VIEWS = (
    View(
        "index_register",
        "index",
        mark("A row a city and edition, with its overall result and the reports known of it."),
        called(mark("Results and reports of the Index")),
        partial(_listed, queries.index_register),
        parameters=(CITY_OR_NONE,),
        filters=PLACES,
    ),
    View(
        "index_scores",
        "index",
        mark("A row a city, edition and policy area (or overall), with score, rank and source."),
        called(mark("Index results by policy area")),
        partial(_listed, queries.index_scores),
        parameters=(CITY_OR_NONE,),
        filters=PLACES,
    ),
    View(
        "index_editions",
        "index",
        mark("A row an edition, with the cities that have a score or a report, and how many it compared."),
        called(mark("What is known of each edition of the Index")),
        partial(_compared, queries.index_editions),
        filters=_COUNTRIES,
    ),
    View(
        "index_distribution",
        "index",
        mark("A row an edition and policy area, with the average and the quartiles of the scores."),
        called(mark("Index scores by policy area and edition")),
        _distribution,
        filters=_COUNTRIES,
    ),
    View(
        "index_classes",
        "index",
        mark("The same by class of cities: a row an edition, policy area and class."),
        called(mark("Index scores by class of cities")),
        _distribution,
        (Choice("classes", ("size", "share", "class"), "Cities by residents, by share born abroad, or by both."),),
        filters=_COUNTRIES,
    ),
    View(
        "index_publishing",
        "index",
        mark("A row a score of a city, with its practices in the same policy area."),
        called(mark("Index scores and published practices")),
        partial(_compared, queries.index_publishing),
        filters=_COUNTRIES,
    ),
    View(
        "index_history",
        "index",
        mark("A row a result or report of one city, edition by edition."),
        called(mark("Index results of a city")),
        _history,
        parameters=(MY_CITY,),
        filters=frozenset({"city"}),
    ),
)
