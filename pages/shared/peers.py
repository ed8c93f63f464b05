"""A city and its peers on screen: choosing them, who they are and why; all of it in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import peers
from icc_data.analysis.benchmark import FEWEST_PEERS
from icc_data.analysis.peer_sets import PeerSet, left_out, members
from icc_data.frames import records, rows
from icc_data.i18n import NOT_STATED, enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries import Connection
from icc_data.queries.selection import FACETS, Selection
from pages.shared.address import bound, go
from pages.shared.answers import ask, remember
from pages.shared.downloads import download_menu
from pages.shared.figures import panel_title
from pages.shared.markdown import escaped
from pages.shared.navigation import FOLLOWED
from pages.shared.peer_choice import (
    choose_cities,
    choose_count,
    choose_practices,
    choose_rule,
    choose_weights,
    chosen_by,
    peer_set,
    write_peer_set,
)
from pages.shared.session import current

SIMILAR = 5
INVITED = 18
# Cities left out that are named; a rule such as the size class leaves out dozens.
MOST_LEFT_OUT = 5


def _features(connection: Connection) -> pd.DataFrame:
    return peers.features(queries.city_features(connection))


@st.cache_resource(max_entries=4, show_spinner=False)
def _compared(key: str, _table: Callable[[], pd.DataFrame]) -> tuple[pd.DataFrame, dict[str, dict[str, Any]]]:
    table = _table()
    return table, {row["city_id"]: row for row in records(table)}


def _known() -> tuple[pd.DataFrame, dict[str, dict[str, Any]]]:
    return _compared(current().key("features"), lambda: ask(_features))


def features() -> pd.DataFrame:
    """What all cities are compared in; see ``peers.features``. The same frame for everybody: not to be changed."""
    return _known()[0]


def feature_row(city_id: str) -> dict[str, Any]:
    """A city's row of ``features``."""
    return _known()[1][city_id]


def _members(asked: PeerSet, city_id: str) -> pd.DataFrame:
    return remember(lambda: members(asked, features(), city_id), "members", asked, city_id)


def _left_out(asked: PeerSet, city_id: str) -> list[str]:
    return remember(lambda: left_out(asked, features(), city_id), "left out", asked, city_id)


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
    measures = ask(queries.unit_measures, session.selection, facet)
    most = measures[measures["practices"] > 0].sort_values(["practices", "unit"], ascending=[False, True])
    st.markdown(words)
    if most.empty:
        return
    st.caption(_("Those with most published practices:"))
    with st.container(horizontal=True, gap="small", key="invitation"):
        for row in rows(most.head(INVITED)):
            label = f"{escaped(session.options.label(facet, row.unit))} :gray[· {number(row.practices)}]"
            st.button(label, key=f"invite-{row.unit}", on_click=_choose, args=(facet, row.unit))


def index_label(area: str) -> str:
    """What an Index score is about."""
    return _("Overall") if area == "overall" else current().options.label("policy_area", area)


def city_link(city_id: str, label: str = "", *, from_profile: bool = False) -> None:
    """A name that opens the city's profile.

    Args:
        city_id: the city.
        label: what the link says, in Markdown; the city's name where it is empty.
        from_profile: whether the link stands on a profile itself.
    """
    words = label or escaped(current().options.label("city", city_id))
    followed = {FOLLOWED: ["yes"]} if from_profile else {}
    st.page_link("pages/city.py", label=words, query_params={"city": [city_id], **followed})


def reasons(city_id: str, other: str) -> dict[str, str]:
    """Why two cities are alike or not, in words, by feature."""
    return peers.reasons(feature_row(city_id), feature_row(other), current().options.label)


def reason(city_id: str, other: str) -> str:
    """What two cities have in common and what sets them apart, in one sentence."""
    words = peers.reason(feature_row(city_id), feature_row(other), current().options.label)
    return words[:1].upper() + words[1:]


def similar_cities(city_id: str) -> None:
    """The cities most like one, each with the reason."""
    panel_title(_("Most similar cities"), _("By Gower’s distance over what is known of both; 0: alike, 1: opposite"))
    found = _members(PeerSet(k=SIMILAR), city_id)
    if found.empty:
        st.caption(peers.too_little())
        return
    for other, distance, compared in found.itertuples():
        with st.container(border=True, gap="xsmall", key=f"card-peer-{other}"):
            city_link(other, f"**{escaped(current().options.label('city', other))}**", from_profile=True)
            st.markdown(f":small[{escaped(reason(city_id, other))}]")
            thin = peers.evidence(feature_row(city_id), feature_row(other))
            st.caption(f"{in_words(distance, compared)}. {thin}" if thin else in_words(distance, compared))
    thin_peers(found)


def thin_peers(found: pd.DataFrame) -> None:
    """Say where peers are called alike on little evidence."""
    half = len(peers.FEATURES) / 2
    if len(found) and found["compared"].max() <= half:
        words = _("Little is known of this city: it is compared in at most {count} of {all} features.")
        st.caption(
            ":material/info: " + words.format(count=number(found["compared"].max()), all=number(len(peers.FEATURES)))
        )


def in_words(distance: float, compared: int) -> str:
    """A distance with the number of features that it rests on."""
    return _("Distance {distance}, from {compared} of {all} features").format(
        distance=number(distance, 2), compared=number(compared), all=number(len(peers.FEATURES))
    )


def peer_controls(city_id: str, row: Any = None, within: Selection | None = None) -> pd.DataFrame:
    """Choose the peers of a city.

    Args:
        city_id: the city.
        row: a horizontal container in which rule and number are chosen; None for one of their own.
        within: the practices that count on the page; None for all.

    Returns:
        The peers: see ``peer_sets.members``.
    """
    asked = peer_set()
    with row or st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        choose_rule(asked)
        if asked.rule == "nearest":
            choose_count(asked)
        choose_practices(asked, features())
    others_chosen("city")
    if asked.rule == "picked":
        choose_cities(asked, city_id)
    found = _members(asked, city_id)
    left, right = st.columns(2, gap="small")
    with left:
        choose_weights(asked)
    with right:
        if not found.empty:
            peer_table(city_id, found)
    if found.empty:
        st.caption(":material/info: " + no_peers(asked, city_id))
    _said_left_out(_left_out(asked, city_id))
    _offer_practices(asked, city_id, found, within or Selection())
    thin_peers(found)
    return found


def _said_left_out(others: list[str]) -> None:
    """Which cities are no peers because they have no published practice."""
    if not others:
        return
    names = [escaped(current().options.label("city", other)) for other in others[:MOST_LEFT_OUT]]
    if len(others) > MOST_LEFT_OUT:
        names.append(_("{count} more").format(count=number(len(others) - MOST_LEFT_OUT)))
    words = translate_plural(
        "Left out, as it has no published practice: {names}.",
        "Left out, as they have no published practice: {names}.",
        len(others),
    )
    st.caption(":material/filter_alt: " + words.format(names=enumeration(names)))


def _offer_practices(asked: PeerSet, city_id: str, found: pd.DataFrame, within: Selection) -> None:
    """Where few peers have practices, offer the nearest that have some, if more of those have."""
    practices = ask(queries.unit_measures, within, "city").set_index("unit")["practices"]
    working = int((practices[found.index] > 0).sum())
    other = replace(asked, rule="nearest", with_practices=True)
    better = _members(other, city_id)
    if working >= FEWEST_PEERS or working >= (practices[better.index] > 0).sum():
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
        if working < len(found):
            told = words.format(count=number(working), all=number(len(found)))
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
    if _left_out(asked, city_id):
        return _("None of these peers has published practices: let all cities count, or choose other peers.")
    if asked.rule == "nearest":
        told = peers.too_little(asked.all_weights())
        return told + " " + _("Choose its peers by a rule, such as the same country, or by hand.")
    return _("Nothing is known that this rule needs, or no other city shares it: choose other peers.")


def peer_table(city_id: str, found: pd.DataFrame) -> None:
    """The peers with their distance and the reason, feature by feature, to be opened."""
    count = len(found)
    words = translate_plural("{count} peer, and why", "{count} peers, and why", count)
    with st.expander(words.format(count=number(count)), key="who"):
        frame = remember(lambda: peer_rows(city_id, found), "peer rows", city_id, tuple(found.itertuples()))
        st.dataframe(
            frame,
            hide_index=True,
            column_config={
                _("City"): st.column_config.TextColumn(pinned=True),
                _("Distance"): st.column_config.NumberColumn(
                    format="%.2f", help=_("Gower’s distance: 0 is alike, 1 the opposite in everything known of both.")
                ),
            },
            placeholder=NOT_STATED,
            alt=_("Peers"),
        )
        with st.container(horizontal=True):
            name = current().options.label("city", city_id)
            title = _("Peers of {city}: {rule}").format(city=name, rule=chosen_by())
            download_menu("peers", title, lambda: frame)


def peer_rows(city_id: str, found: pd.DataFrame) -> pd.DataFrame:
    """The peers as rows: city, distance, features compared, and what each feature says in words."""
    told = [reasons(city_id, other) for other in found.index]
    said = [name for name in peers.FEATURES if any(name in words for words in told)]
    return pd.DataFrame(
        {
            _("City"): [current().options.label("city", other) for other in found.index],
            _("Distance"): found["distance"].tolist(),
            _("Features compared"): found["compared"].tolist(),
            **{_(peers.FEATURES[name].label): [words.get(name) for words in told] for name in said},
        }
    )
