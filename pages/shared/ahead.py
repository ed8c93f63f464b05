"""What each page asks of a selection, begun before the page is put together, so that the database has no idle time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from icc_data import queries
from icc_data.queries.selection import SELECTION_PARAMS, Selection
from pages.shared.answers import Asked, ask_ahead
from pages.shared.navigation import CARRIED_PARAMS
from pages.shared.session import current

# With another parameter in its address, a page asks other things.
_ALONE = {*SELECTION_PARAMS, *CARRIED_PARAMS}


def _overview(selection: Selection) -> list[Asked]:
    return [
        Asked(queries.growth, selection),
        Asked(queries.overview, selection),
        Asked(queries.terms, selection, ("policy_area",)),
        Asked(queries.cities, selection),
        Asked(queries.practices_by_year, selection, options={"active": False}),
        Asked(queries.practices, selection, options={"limit": 4}),
    ]


def _timeline(selection: Selection) -> list[Asked]:
    return [
        Asked(queries.joining, selection),
        Asked(queries.overview, selection),
        Asked(queries.practices_by_year, selection, options={"active": False}),
        Asked(queries.practices_by_year, selection, ("policy_area",), {"active": False}),
        Asked(queries.spans, selection, options={"limit": 40, "offset": 0}),
    ]


def _practices(selection: Selection) -> list[Asked]:
    sort = "relevance" if selection.search.words else "newest"
    return [
        Asked(queries.search, selection, options={"limit": 20, "offset": 0, "sort": sort}),
        Asked(queries.overview, selection),
        Asked(queries.practices_by_year, selection, options={"active": False}),
        Asked(queries.terms, selection, ("policy_area",)),
    ]


def _partners(selection: Selection) -> list[Asked]:
    return [
        Asked(queries.shared_work, selection),
        Asked(queries.shared_practices, selection),
        Asked(queries.cities, selection),
    ]


def _index(selection: Selection) -> list[Asked]:
    return [Asked(queries.cities, selection)]


def _map(selection: Selection) -> list[Asked]:
    return [Asked(queries.cities, selection), Asked(queries.overview, selection)]


def _data(selection: Selection) -> list[Asked]:
    return [
        Asked(queries.completeness, selection, ("country",), {"places": 12}),
        Asked(queries.city_completeness, selection, ("country",), {"places": 12}),
    ]


_OF_PAGE: dict[str, Callable[[Selection], list[Asked]]] = {
    "": _overview,
    "map": _map,
    "timeline": _timeline,
    "practices": _practices,
    "partners": _partners,
    "index": _index,
    "data": _data,
}


def begin(page: str) -> None:
    """Begin to ask what a page asks of the selection, and the filters beside it.

    Args:
        page: its address.
    """
    session = current()
    if page not in _OF_PAGE or session.city is not None or not _ALONE.issuperset(st.query_params):
        return
    selection = session.selection
    beside = [Asked(queries.facet_counts, selection), Asked(queries.practice_count, selection)]
    first, *others = _OF_PAGE[page](selection)
    ask_ahead([first, *beside, *others])
