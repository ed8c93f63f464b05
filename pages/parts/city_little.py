"""The profile of a city with hardly a practice: what is known, what cities like it did, and how to add to it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis.city_facts import little_words
from icc_data.analysis.peer_sets import PeerSet
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.shared.answers import ask_rows
from pages.shared.cards import practice_card, side_by_side
from pages.shared.figures import panel_title
from pages.shared.markdown import escaped
from pages.shared.navigation import about, link_to
from pages.shared.peer_facts import members

PEERS, PRACTICES = 5, 4


def little_known(city: dict[str, Any], count: int) -> None:
    """Say before everything else that little is known, with its own practices where there are any.

    Args:
        city: the answer of ``queries.city``.
        count: its practices.
    """
    panel_title(_("Little is known of this city"))
    st.markdown(escaped(little_words(city["name"], count)))
    with st.container(horizontal=True, gap="small", key="card-little"):
        link_to("pages/contribute.py", label=_("Add a practice of it"), icon=":material/add_notes:")
        link_to(
            "pages/audit.py",
            label=_("Find out in an audit what it could do"),
            icon=":material/checklist:",
            query_params=about(city["city_id"]),
        )
    for row, column in side_by_side(its_practices(city)):
        with column:
            practice_card(row)


def its_practices(city: dict[str, Any]) -> list[dict[str, Any]]:
    """The city's own practices, rows of ``queries.practices``."""
    return ask_rows(queries.practices, Selection(city=(city["city_id"],)), limit=None)


def done_by_similar(city: dict[str, Any]) -> None:
    """What the most similar cities with practices have done, the newest first.

    Args:
        city: the answer of ``queries.city``.
    """
    nearest = tuple(members(PeerSet(k=PEERS), city["city_id"]).index)
    if not nearest:
        return
    panel_title(
        _("What cities like it did"), _("The newest practices of the most similar cities that have published some")
    )
    # What it did together with one of them stands above already.
    own = {row["practice_id"] for row in its_practices(city)}
    newest = ask_rows(queries.practices, Selection(city=nearest), limit=PRACTICES + len(own))
    others = [row for row in newest if row["practice_id"] not in own]
    for row, column in side_by_side(others[:PRACTICES]):
        with column:
            practice_card(row)
    link_to(
        "pages/practices.py",
        label=_("All practices of these cities"),
        icon=":material/arrow_forward:",
        query_params=Selection(city=nearest).to_params(),
    )
