"""Which countries or networks one is set beside: the widgets that choose them, and the address that keeps it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from icc_data.analysis import peer_sets
from icc_data.analysis.peer_sets import PEER_PARAMS
from icc_data.analysis.unit_peers import RULES, UnitPeers, read_unit_peers, regions, unit_members
from icc_data.i18n import translate as _
from icc_data.queries.ignored import Ignored
from pages.shared.address import bound, note_read, params, replace_options, say_ignored
from pages.shared.session import current, known_cities


def _asked(unit: str) -> tuple[UnitPeers, list[Ignored]]:
    """What the address asks for; what it says of peers of another kind is not wrong, only not meant here."""
    note_read(*PEER_PARAMS)
    options = current().options
    asked, ignored = read_unit_peers(params(), unit, options.values(unit))
    elsewhere = {*peer_sets.RULES, *RULES["country"]}
    others = {value for facet in ("city", "country", "network") for value in options.values(facet)}
    return asked, [item for item in ignored if item.value not in (elsewhere if item.name == "peers" else others)]


def unit_rule(unit: str, value: str) -> str:
    """How the peers of a country or network are chosen, in words."""
    return _asked(unit)[0].in_words(value, _regions())


def unit_peer_params(unit: str) -> dict[str, list[str]]:
    """What the address says of the peers of a country or network, as far as it can be used."""
    return _asked(unit)[0].to_params()


def _regions() -> dict[str, str | None]:
    return regions(known_cities())


def _write(asked: UnitPeers) -> None:
    replace_options(PEER_PARAMS, asked.to_params())


def unit_controls(unit: str, value: str, row: Any) -> tuple[str, ...]:
    """Choose the peers of a country or network.

    Args:
        unit: ``country`` or ``network``.
        value: the country or network that is compared.
        row: the horizontal container in which the rule is chosen.

    Returns:
        The peers.
    """
    asked, ignored = _asked(unit)
    say_ignored(ignored, {"peers": _("Peers"), "peer": _("Picked by hand")})
    with row:
        _choose_rule(asked)
    if asked.rule == "picked":
        _choose_picked(asked, value)
    chosen = unit_members(asked, value, current().options.values(unit), _regions())
    if not chosen:
        st.caption(":material/info: " + _nobody(asked))
    return chosen


def _choose_rule(asked: UnitPeers) -> None:
    rules = RULES[asked.unit]
    binding = bound(f"peer-rule-{asked.unit}", asked.rule, lambda rule: _write(replace(asked, rule=rule)))
    st.selectbox(_("Peers"), list(rules), format_func=lambda rule: _(rules[rule]), width=260, **binding)


def _choose_picked(asked: UnitPeers, value: str) -> None:
    session = current()

    def write(values: list[str]) -> None:
        _write(replace(asked, picked=tuple(values)))

    st.multiselect(
        {"country": _("Countries"), "network": _("Networks")}[asked.unit],
        [other for other in session.options.values(asked.unit) if other != value or other in asked.picked],
        format_func=lambda other: session.options.label(asked.unit, other),
        placeholder=_("Choose whom to compare with"),
        select_all=False,
        **bound(f"peer-picked-{asked.unit}", list(asked.picked), write),
    )


def _nobody(asked: UnitPeers) -> str:
    if asked.rule == "picked":
        return _("Choose at least one to compare with.")
    return _("No other country of the network lies in the same part of the world: choose other peers.")
