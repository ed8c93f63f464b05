"""Which cities one is set beside: the widgets that choose it, and the address that keeps it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from icc_data.analysis import peers
from icc_data.analysis.glossary import meaning
from icc_data.analysis.peer_sets import HEAVIEST, MOST_K, PEER_PARAMS, RULES, PeerSet, read_peer_set
from icc_data.analysis.unit_peers import RULES as UNIT_RULES
from icc_data.i18n import mark, number
from icc_data.i18n import translate as _
from icc_data.queries.ignored import Ignored, quoted
from pages.shared.address import bound, note_read, params, replace_options, say_ignored
from pages.shared.session import current

ONLY_WITH_PRACTICES = mark("Only cities with published practices")
WITHOUT_FORMER = mark("Without former members")


def _asked() -> tuple[PeerSet, list[Ignored]]:
    """What the address asks for; what it says of the peers of a country or network is not wrong, only not meant."""
    note_read(*PEER_PARAMS)
    options = current().options
    asked, ignored = read_peer_set(params(), options.values("city"))
    meant = {*UNIT_RULES["country"], *options.values("country"), *options.values("network")}
    return asked, [item for item in ignored if item.name not in ("peers", "peer") or item.value not in meant]


def peer_params() -> dict[str, list[str]]:
    """What the address says of the peers of a city, as far as it can be used."""
    return _asked()[0].to_params()


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
        "former": _(WITHOUT_FORMER),
        "weight": _("Weights"),
    }
    if not asked.weights:
        values = quoted(item.value for item in ignored if item.name == "weight")
        words = _("{values}: not weights to compare by, so all facts count alike.").format(values=values)
        ignored = [replace(item, sentence=words) if item.name == "weight" else item for item in ignored]
    say_ignored(ignored, labels)
    return asked


def write_peer_set(asked: PeerSet) -> None:
    """Write a peer set to the address; the rest of the address stays."""
    replace_options(PEER_PARAMS, asked.to_params())


def choose_rule(asked: PeerSet) -> None:
    """A list to choose the rule from."""
    st.selectbox(
        _("Peers"),
        list(RULES),
        format_func=lambda rule: _(RULES[rule]),
        width=260,
        help=meaning("peers"),
        **bound("peer-rule", asked.rule, lambda rule: write_peer_set(replace(asked, rule=rule))),
    )


def choose_count(asked: PeerSet) -> None:
    """A field for the number of the nearest."""
    binding = bound("peer-k", asked.k, lambda k: write_peer_set(replace(asked, k=k)))
    st.number_input(_("How many"), 1, MOST_K, width=140, help=_("At most this many peers."), **binding)


def choose_practices(asked: PeerSet, table: pd.DataFrame) -> None:
    """A switch that leaves out cities without published practices.

    Args:
        asked: the peer set.
        table: the answer of ``peers.features``.
    """
    words = _(
        "{count} of the {all} cities have no published practice with a policy area: with them there is nothing to "
        "compare and nothing to borrow. They are peers as well when this is off."
    )
    st.toggle(
        _(ONLY_WITH_PRACTICES),
        help=words.format(count=number(int((~table["profile"].map(bool)).sum())), all=number(len(table))),
        **bound("peer-practices", asked.with_practices, lambda on: write_peer_set(replace(asked, with_practices=on))),
    )


def choose_former(asked: PeerSet, table: pd.DataFrame) -> None:
    """A switch that leaves out cities that have left the programme.

    Args:
        asked: the peer set.
        table: the answer of ``peers.features``.
    """
    words = _("{count} of the {all} cities have left the programme. They are marked, and left out when this is on.")
    st.toggle(
        _(WITHOUT_FORMER),
        help=words.format(count=number(int(table["former"].sum())), all=number(len(table))),
        **bound("peer-former", asked.without_former, lambda on: write_peer_set(replace(asked, without_former=on))),
    )


def choose_cities(asked: PeerSet, city_id: str) -> None:
    """A list to pick the peers of a city from by hand."""
    session = current()
    st.multiselect(
        _("Cities"),
        [value for value in session.options.values("city") if value != city_id or value in asked.picked],
        format_func=lambda value: session.options.label("city", value),
        placeholder=_("Choose cities to compare with"),
        select_all=False,
        **bound("peer-picked", list(asked.picked), lambda values: write_peer_set(replace(asked, picked=tuple(values)))),
    )


def choose_weights(asked: PeerSet) -> None:
    """A slider for the weight of each feature, to be opened."""
    weights = asked.all_weights()
    changed = sum(weights[name] != peers.DEFAULT_WEIGHTS[name] for name in weights)
    label = _("Weights") if not changed else _("Weights ({count} changed)").format(count=changed)
    with st.expander(label, expanded=changed > 0, key="weights"):
        st.caption(_("How much each fact counts when cities are compared; 0 leaves it out."))

        def write(name: str, weight: float) -> None:
            write_peer_set(replace(asked, weights={**asked.weights, name: weight}))

        columns = st.columns(2, gap="medium")
        for place, (name, feature) in enumerate(peers.FEATURES.items()):
            binding = bound(f"weight-{name}", float(weights[name]), partial(write, name))
            with columns[place % 2]:
                st.slider(_(feature.label), 0.0, HEAVIEST, step=0.5, **binding)
        st.button(
            _("Default weights"),
            key="default-weights",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=write_peer_set,
            args=(replace(asked, weights={}),),
            disabled=not changed,
        )
