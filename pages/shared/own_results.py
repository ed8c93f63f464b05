"""A city's own results, read into a database that is only this visit's: nothing is stored on the server."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import duckdb
import streamlit as st

from icc_data.contribution.upload import SUFFIXES
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from icc_data.own_results import OwnResults, read_own_results, results_template, with_own
from icc_data.selection import Selection
from pages.shared.cards import plain
from pages.shared.session import ask, build_own, current, known_data

_OWN = "_own_results"
MOST_PROBLEMS = 12


def _brought(city_id: str) -> tuple[OwnResults, duckdb.DuckDBPyConnection | None]:
    kept = st.session_state.get(_OWN)
    if kept is None or kept[0] != city_id:
        return OwnResults(), None
    return kept[2], kept[3]


def own_results(city_id: str) -> OwnResults:
    """What a city brought along on this visit."""
    return _brought(city_id)[0]


def ask_own(
    city_id: str, question: Callable[..., Any], selection: Selection | None = None, *args: Any, **options: Any
) -> Any:
    """Ask a question of the data with the city's own results in it, where it brought some along.

    Such an answer is kept nowhere; without own results this is ``session.ask``.
    """
    connection = _brought(city_id)[1]
    if connection is None:
        return ask(question, selection, *args, **options)
    before = () if selection is None else (selection,)
    return question(connection.cursor(), *before, *args, **options)


def _take(city_id: str, files: list[Any]) -> None:
    """Read the files once, and build the database that holds them."""
    contents = [(file.name, file.getvalue()) for file in files]
    digest = sha256(repr([(name, sha256(raw).hexdigest()) for name, raw in contents]).encode()).hexdigest()
    kept = st.session_state.get(_OWN)
    if kept is not None and kept[:2] == (city_id, digest):
        return
    data, gazetteer = known_data(current().stamp)
    own = read_own_results(contents, city_id, gazetteer, data.vocabulary)
    connection = None if own.is_empty else build_own(with_own(data, own))
    st.session_state[_OWN] = (city_id, digest, own, connection)


def own_results_panel(city_id: str) -> None:
    """Bring own Index results or practices along; they go when the page is closed.

    Args:
        city_id: the city that they are about.
    """
    session = current()
    name = plain(session.options.label("city", city_id))
    with st.expander(_("Your own results"), icon=":material/upload_file:", key="own-results"):
        st.caption(
            _(
                "Index results or practices of {city} as tables: for this visit only, nothing is stored on the server, "
                "and reloading the page forgets them."
            ).format(city=name)
        )
        areas = session.options.values("policy_area")
        st.download_button(
            _("Template for Index results (CSV)"),
            results_template(city_id, session.as_of.year, areas).encode("utf-8"),
            f"icc-index-results_{city_id}.csv",
            "text/csv",
            key="own-template",
            on_click="ignore",
            icon=":material/download:",
        )
        st.page_link(
            "pages/contribute.py",
            label=_("The template for practices is on the page Contribute"),
            icon=":material/add_notes:",
        )
        files = st.file_uploader(
            _("Filled tables"),
            type=[suffix.removeprefix(".") for suffix in SUFFIXES],
            accept_multiple_files=True,
            key=f"own-files-{city_id}",
        )
        if files:
            _take(city_id, files)
        elif st.session_state.get(_OWN):
            del st.session_state[_OWN]
        _said(own_results(city_id))


def _said(own: OwnResults) -> None:
    if not own.is_empty:
        scores = translate_plural("{count} score", "{count} scores", len(own.scores)).format(
            count=number(len(own.scores))
        )
        practices = translate_plural("{count} practice", "{count} practices", len(own.practices))
        words = _("In use on this page: {scores} and {practices}.")
        st.caption(
            ":material/check: "
            + words.format(
                scores=scores.format(count=number(len(own.scores))),
                practices=practices.format(count=number(len(own.practices))),
            )
        )
    for problem in own.problems[:MOST_PROBLEMS]:
        st.markdown(f":small[:material/error: {plain(str(problem))}]")
    if len(own.problems) > MOST_PROBLEMS:
        st.caption(_("and {count} more problems").format(count=number(len(own.problems) - MOST_PROBLEMS)))
