"""The cities most like one, on its profile."""

from __future__ import annotations

import streamlit as st

from icc_data.analysis import peers
from icc_data.analysis.city_facts import distance_words
from icc_data.analysis.peer_sets import PeerSet
from icc_data.i18n import translate as _
from pages.shared.answers import remember
from pages.shared.cards import city_link
from pages.shared.drawn import draw_once
from pages.shared.figures import panel_title
from pages.shared.markdown import escaped
from pages.shared.navigation import carried
from pages.shared.peer_facts import editions_note, label, members, reason, warnings
from pages.shared.session import current

SIMILAR = 5


def similar_cities(city_id: str) -> None:
    """The cities most like one, with practices or without, each with the reason."""
    panel_title(_("Most similar cities"), _(peers.DISTANCE_RULE))
    asked = PeerSet(k=SIMILAR, with_practices=False)
    nearest = members(asked, city_id)
    if nearest.empty:
        st.caption(peers.too_little())
        return
    others = list(nearest.index)
    reasons = remember(lambda: [reason(city_id, other) for other in others], "reasons", city_id, others)

    def cards() -> None:
        told = zip(nearest.itertuples(), reasons, warnings(asked, city_id, nearest), strict=True)
        for (other, distance, compared, _former), why, warning in told:
            with st.container(border=True, gap="xsmall", key=f"card-peer-{other}"):
                city_link(other, f"**{escaped(label('city', other))}**", from_profile=True)
                st.markdown(f":small[{escaped(why)}]")
                st.caption(f"{distance_words(distance, compared)}. {warning}".rstrip())

    draw_once(cards, "similar cities", current().selection, city_id, carried())
    note = editions_note(city_id, others)
    if note:
        st.caption(f":material/info: {note}")
    with st.popover(_("How alike is worked out"), icon=":material/function:", type="tertiary"):
        st.markdown(
            _(
                "Gower’s distance (Gower 1971): the mean of how different two cities are in eight features, each from "
                "0 to 1: residents, share born abroad, country, part of the world, national network, years in the "
                "programme, Index, and policy areas of the practices. What is not known of either city counts as the "
                "average of the network."
            )
        )
