"""The peers of a city on a page: choosing them, who they are and why; all of it in the address."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import peers
from icc_data.analysis.benchmark import FEWEST_PEERS, how_many_active
from icc_data.analysis.parameters import MY_CITY_PARAM
from icc_data.analysis.peer_rows import identified, peer_columns, peer_rows
from icc_data.analysis.peer_sets import PeerSet
from icc_data.i18n import NOT_STATED, enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.shared.answers import ask, remember
from pages.shared.downloads import AsData, download_menu, linked
from pages.shared.drawn import draw_once
from pages.shared.markdown import escaped
from pages.shared.paper import plain_table
from pages.shared.peer_choice import (
    choose_cities,
    choose_count,
    choose_former,
    choose_practices,
    choose_rule,
    choose_weights,
    chosen_by,
    peer_params,
    peer_set,
    write_peer_set,
)
from pages.shared.peer_facts import editions_note, feature_row, features, label, left_out, members, warnings
from pages.shared.server import PEERS_FOLD
from pages.shared.session import current
from pages.shared.unit_choice import others_chosen

# Cities left out that are named; a rule such as the size class leaves out dozens.
MOST_LEFT_OUT = 5
_NOBODY = "gives-no-peer"


def _say_warnings(sentences: list[str]) -> None:
    """Say of how many peers there is something to bear in mind: once what is true of all of them."""
    count = len([sentence for sentence in sentences if sentence])
    if not count:
        return
    if len(set(sentences)) == 1:
        st.caption(f":material/info: {_('All peers:')} {sentences[0]}")
        return
    words = translate_plural(
        "{count} of the {all} peers is far, or little is known of it: see the list of peers.",
        "{count} of the {all} peers are far, or little is known of them: see the list of peers.",
        count,
    )
    st.caption(":material/info: " + words.format(count=number(count), all=number(len(sentences))))


def peer_controls(city_id: str, within: Selection | None = None) -> pd.DataFrame:
    """Say who the peers of a city are, with everything that changes them in one line that opens.

    Args:
        city_id: the city.
        within: the practices that count on the page; None for all.

    Returns:
        The peers: see ``peer_sets.members``.
    """
    asked = peer_set()
    others_chosen("city")
    frame = members(asked, city_id)
    words = _("Peers: {rule} ({count}). Change").format(rule=escaped(asked.in_words()), count=number(len(frame)))
    _open_without_peers((asked, city_id) if frame.empty else None)
    fold = st.expander(words, key=PEERS_FOLD, icon=":material/group:", on_change="rerun")
    if fold.open:
        with fold:
            _unfolded(asked, city_id, frame)
    if frame.empty:
        st.caption(":material/info: " + no_peers(asked, city_id))
    _offer_practices(asked, city_id, list(frame.index), within or Selection())
    _say_warnings(warnings(asked, city_id, frame))
    note = editions_note(city_id, list(frame.index)) if asked.all_weights()["index"] else ""
    if note:
        st.caption(f":material/info: {note}")
    return frame


def _open_without_peers(nobody: tuple[PeerSet, str] | None) -> None:
    """Without a peer there is nothing to see before some are chosen; whoever closes the fold then has closed it.

    Args:
        nobody: what gives no peer; None where there are some.
    """
    arrived = PEERS_FOLD not in st.session_state
    if nobody is not None and (arrived or nobody != st.session_state.get(_NOBODY)):
        st.session_state[PEERS_FOLD] = True
    st.session_state[_NOBODY] = nobody


def _unfolded(asked: PeerSet, city_id: str, frame: pd.DataFrame) -> None:
    """Everything that changes the peers, and who they are."""
    _choose(asked, city_id)
    left, right = st.columns(2, gap="small")
    with left:
        choose_weights(asked)
    with right:
        if not frame.empty:
            peer_table(asked, city_id, frame)
    _say_left_out(left_out(asked, city_id))


def _choose(asked: PeerSet, city_id: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        choose_rule(asked)
        if asked.rule == "nearest":
            choose_count(asked)
        if asked.rule != "picked":
            choose_practices(asked, features())
            choose_former(asked, features())
    if asked.rule == "picked":
        choose_cities(asked, city_id)


def _say_left_out(others: list[str]) -> None:
    """Which cities are no peers because they have no published practice with a policy area."""
    if not others:
        return
    names = [escaped(current().options.label("city", other)) for other in others[:MOST_LEFT_OUT]]
    if len(others) > MOST_LEFT_OUT:
        names.append(_("{count} more").format(count=number(len(others) - MOST_LEFT_OUT)))
    words = translate_plural(
        "Left out, as it has no published practice with a policy area: {names}.",
        "Left out, as they have no published practice with a policy area: {names}.",
        len(others),
    )
    st.caption(":material/filter_alt: " + words.format(names=enumeration(names)))


def _offer_practices(asked: PeerSet, city_id: str, chosen: list[str], within: Selection) -> None:
    """Where few peers have practices, offer the nearest that have some, if more of those have."""

    def active(cities: list[str]) -> int:
        measures = ask(queries.unit_measures, within, "city")
        return remember(lambda: how_many_active(measures, cities), "active", within, cities)

    working = active(chosen)
    if working >= FEWEST_PEERS:
        return
    other = replace(asked, rule="nearest", with_practices=True)
    better = list(members(other, city_id).index)
    if working >= active(better):
        return
    words = (
        translate_plural(
            "{count} of the {all} peers has published practices.",
            "{count} of the {all} peers have published practices.",
            working,
        )
        if within.is_empty
        else translate_plural(
            "{count} of the {all} peers has practices that fit the filters.",
            "{count} of the {all} peers have practices that fit the filters.",
            working,
        )
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="offer-practices"):
        if working < len(chosen):
            told = words.format(count=number(working), all=number(len(chosen)))
            st.markdown(f":small[:material/info: {told}]", width="content")
        st.button(
            _("Take the {count} nearest with practices").format(count=number(len(better))),
            key="compare-with-practices",
            icon=":material/filter_alt:",
            on_click=write_peer_set,
            args=(other,),
        )


def no_peers(asked: PeerSet, city_id: str) -> str:
    """Why a peer set is empty, and what to do."""
    if asked.rule == "picked" and not asked.picked:
        return _("Choose at least one city to compare with.")
    if left_out(asked, city_id):
        return _("None of these peers has published practices: let all cities count, or choose other peers.")
    if asked.rule == "nearest":
        told = peers.too_little(asked.all_weights())
        return told + " " + _("Choose its peers by a rule, such as the same country, or by hand.")
    return _("Nothing is known that this rule needs, or no other city shares it: choose other peers.")


def peer_table(asked: PeerSet, city_id: str, frame: pd.DataFrame) -> None:
    """The peers with their distance and the reason, feature by feature, to be opened."""
    count = len(frame)
    words = translate_plural("{count} peer, and why", "{count} peers, and why", count)
    with st.expander(words.format(count=number(count)), key="who"):

        def work() -> pd.DataFrame:
            others = [feature_row(other) for other in frame.index]
            return peer_rows(frame, feature_row(city_id), others, label, warnings(asked, city_id, frame))

        parts = "peer rows", city_id, asked, tuple(frame.itertuples())
        table = remember(work, *parts)
        draw_once(lambda: _peer_rows(table), *parts)
        with st.container(horizontal=True):
            title = _("Peers of {city}: {rule}").format(city=label("city", city_id), rule=chosen_by())
            same = AsData("peers", Selection(), {MY_CITY_PARAM: city_id, **peer_params()})
            download_menu("peers", title, lambda: linked(identified(table, frame)), same)


def _peer_rows(table: pd.DataFrame) -> None:
    words = peer_columns()
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            **words,
            "city": st.column_config.TextColumn(words["city"], pinned=True),
            "distance": st.column_config.NumberColumn(
                words["distance"],
                format="%.2f",
                help=_("0: alike in all, 1: the opposite; what is not known counts as the average."),
            ),
        },
        placeholder=NOT_STATED,
        alt=_("Peers"),
    )
    plain_table(table, {name: words[name] for name in table.columns}, _("Peers"))
