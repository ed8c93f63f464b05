"""Which city, country or network a page is about: chosen from a list, from others in the address, or on invitation."""

from __future__ import annotations

from functools import partial

import streamlit as st

from icc_data import queries
from icc_data.analysis.benchmark import most_active
from icc_data.cells import rows_of
from icc_data.i18n import number
from icc_data.i18n import translate as _
from icc_data.queries.selection import FACETS
from pages.shared.address import bound, go
from pages.shared.answers import ask
from pages.shared.markdown import escaped
from pages.shared.session import current

INVITED = 18


def choose_unit(facet: str) -> str | None:
    """A list to choose a city, country or network from.

    Args:
        facet: ``city``, ``country`` or ``network``.

    Returns:
        What the address names: the first where it names several.
    """
    session = current()
    chosen = next(iter(session.selection.chosen(facet)), None)
    st.selectbox(
        _(FACETS[facet].label),
        session.options.values(facet),
        index=None,
        format_func=lambda value: session.options.label(facet, value),
        placeholder=_("Choose one"),
        width=260,
        **bound(f"choose-{facet}", chosen, partial(_choose, facet)),
    )
    return chosen


def _choose(facet: str, value: str | None) -> None:
    go(current().selection.with_values(facet, [value] if value else []))


def others_chosen(facet: str) -> None:
    """Where the address names several, offer those that a page about one does not show."""
    session = current()
    others = session.selection.chosen(facet)[1:]
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="others-chosen"):
        st.markdown(f":small[{_('Several are chosen; this is the first. Show instead:')}]", width="content")
        for value in others:
            st.button(
                escaped(session.options.label(facet, value)),
                key=f"instead-{value}",
                type="tertiary",
                on_click=_choose,
                args=(facet, value),
            )


def invite(facet: str, words: str) -> None:
    """Where nothing is chosen, offer what the selection says most about.

    Args:
        facet: ``city``, ``country`` or ``network``.
        words: what to do here.
    """
    session = current()
    most = most_active(ask(queries.unit_measures, session.selection, facet), INVITED)
    st.markdown(words)
    if most.empty:
        return
    st.caption(_("Those with most published practices:"))
    with st.container(horizontal=True, gap="small", key="invitation"):
        for row in rows_of(most):
            label = f"{escaped(session.options.label(facet, row.unit))} :gray[· {number(row.practices)}]"
            st.button(label, key=f"invite-{row.unit}", on_click=_choose, args=(facet, row.unit))
