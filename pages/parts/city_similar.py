"""The cities most like one, on its profile."""

from __future__ import annotations

import streamlit as st

from icc_data.analysis import peers
from icc_data.analysis.city_facts import distance_words
from icc_data.analysis.peer_sets import PeerSet
from icc_data.i18n import translate as _
from pages.shared.cards import city_link
from pages.shared.figures import panel_title
from pages.shared.markdown import escaped
from pages.shared.peer_facts import feature_row, members, reason
from pages.shared.peer_panel import thin_peers
from pages.shared.session import current

SIMILAR = 5


def similar_cities(city_id: str) -> None:
    """The cities most like one, each with the reason."""
    panel_title(_("Most similar cities"), _("By Gower’s distance over what is known of both; 0: alike, 1: opposite"))
    nearest = members(PeerSet(k=SIMILAR), city_id)
    if nearest.empty:
        st.caption(peers.too_little())
        return
    for other, distance, compared in nearest.itertuples():
        with st.container(border=True, gap="xsmall", key=f"card-peer-{other}"):
            city_link(other, f"**{escaped(current().options.label('city', other))}**", from_profile=True)
            st.markdown(f":small[{escaped(reason(city_id, other))}]")
            words, thin = distance_words(distance, compared), peers.evidence(feature_row(city_id), feature_row(other))
            st.caption(f"{words}. {thin}" if thin else words)
    thin_peers(nearest)
