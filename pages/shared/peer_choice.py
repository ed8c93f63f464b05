"""Which cities one is set beside: the widgets that choose it, and the address that keeps it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from icc_data.analysis import peers
from icc_data.analysis.peer_sets import HEAVIEST, MOST_K, PEER_PARAMS, RULES, PeerSet, read_peer_set
from icc_data.analysis.unit_peers import RULES as UNIT_RULES
from icc_data.i18n import mark, number
from icc_data.i18n import translate as _
from pages.shared.address import params
from pages.shared.markdown import escaped
from pages.shared.session import current

ONLY_WITH_PRACTICES = mark("Only cities with published practices")


def _asked() -> tuple[PeerSet, list[tuple[str, str]]]:
    """What the address asks for; what it says of the peers of a country or network is not wrong, only not meant."""
    options = current().options
    asked, ignored = read_peer_set(params(), options.values("city"))
    meant = {*UNIT_RULES["country"], *options.values("country"), *options.values("network")}
    return asked, [(name, value) for name, value in ignored if name not in ("peers", "peer") or value not in meant]


def chosen_by() -> str:
    """How the peers that the address asks for are chosen, in words."""
    return _asked()[0].in_words()


def peer_set() -> PeerSet:
    """The peer set that the address asks for; what cannot be used is said."""
    asked, ignored = _asked()
    labels = {
        "peers": _("Peers"),
        "k": _("How many"),
        "peer": _("Cities"),
        "having": _(ONLY_WITH_PRACTICES),
        "weight": _("Weights"),
    }
    wrong: dict[str, list[str]] = {}
    for name, value in ignored:
        wrong.setdefault(name, []).append(f"“{escaped(value[:60])}”")
    notes = []
    for name, values in wrong.items():
        words = _("{values}: not something that “{name}” can be, so it does not count.")
        if name == "weight" and not asked.weights:
            words = _("{values}: not weights to compare by, so all features count alike.")
        notes.append(words.format(values=", ".join(values), name=labels[name]))
    if notes:
        st.caption("  \n".join(f":material/info: {note}" for note in notes))
    return asked


def write_peer_set(asked: PeerSet) -> None:
    """Write a peer set to the address; the rest of the address stays."""
    kept = {name: values for name, values in params().items() if name not in PEER_PARAMS}
    st.query_params.from_dict({**kept, **asked.to_params()})


def choose_rule(asked: PeerSet) -> None:
    """A list to choose the rule from."""
    st.session_state["peer-rule"] = asked.rule

    def write() -> None:
        write_peer_set(replace(asked, rule=st.session_state["peer-rule"]))

    st.selectbox(
        _("Peers"),
        list(RULES),
        format_func=lambda rule: _(RULES[rule]),
        key="peer-rule",
        on_change=write,
        width=260,
    )


def choose_count(asked: PeerSet) -> None:
    """A field for the number of the nearest."""
    st.session_state["peer-k"] = asked.k

    def write() -> None:
        write_peer_set(replace(asked, k=st.session_state["peer-k"]))

    st.number_input(
        _("How many"), 1, MOST_K, key="peer-k", on_change=write, width=140, help=_("At most this many peers.")
    )


def choose_practices(asked: PeerSet, table: pd.DataFrame) -> None:
    """A switch that leaves out cities without published practices.

    Args:
        asked: the peer set.
        table: the answer of ``peers.features``.
    """
    st.session_state["peer-practices"] = asked.with_practices

    def write() -> None:
        write_peer_set(replace(asked, with_practices=st.session_state["peer-practices"]))

    words = _("{count} of the {all} cities have no published practice. They are peers as well, unless this is on.")
    st.toggle(
        _(ONLY_WITH_PRACTICES),
        key="peer-practices",
        on_change=write,
        help=words.format(count=number(int((~table["profile"].map(bool)).sum())), all=number(len(table))),
    )


def choose_cities(asked: PeerSet, city_id: str) -> None:
    """A list to pick the peers of a city from by hand."""
    session = current()
    st.session_state["peer-picked"] = list(asked.picked)

    def write() -> None:
        write_peer_set(replace(asked, picked=tuple(st.session_state["peer-picked"])))

    st.multiselect(
        _("Cities"),
        [value for value in session.options.values("city") if value != city_id or value in asked.picked],
        format_func=lambda value: session.options.label("city", value),
        key="peer-picked",
        on_change=write,
        placeholder=_("Choose cities to compare with"),
        select_all=False,
    )


def choose_weights(asked: PeerSet) -> None:
    """A slider for the weight of each feature, to be opened."""
    weights = asked.all_weights()
    changed = sum(weights[name] != peers.DEFAULT_WEIGHTS[name] for name in weights)
    label = _("Weights") if not changed else _("Weights ({count} changed)").format(count=changed)
    with st.expander(label, expanded=changed > 0, key="weights"):
        st.caption(_("How much each feature counts in the distance; 0 leaves it out."))

        def write(name: str) -> None:
            changes = {**asked.weights, name: st.session_state[f"weight-{name}"]}
            write_peer_set(replace(asked, weights=changes))

        columns = st.columns(2, gap="medium")
        for place, (name, feature) in enumerate(peers.FEATURES.items()):
            st.session_state[f"weight-{name}"] = float(weights[name])
            with columns[place % 2]:
                st.slider(
                    _(feature.label), 0.0, HEAVIEST, step=0.5, key=f"weight-{name}", on_change=write, args=(name,)
                )
        st.button(
            _("Default weights"),
            key="default-weights",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=write_peer_set,
            args=(replace(asked, weights={}),),
            disabled=not changed,
        )
