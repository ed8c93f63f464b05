"""The fourth step of a policy audit: practices of the peers, area by area, to pick from."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import audit, audit_answers
from icc_data.analysis.proposals import proposal_name, proposals_in
from icc_data.analysis.sources import best_address
from icc_data.cells import dicts_of, is_known
from icc_data.i18n import enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.ignored import Ignored
from pages.parts.audit_data import audit_menu
from pages.shared.address import bound, note_read, params, say_ignored
from pages.shared.cards import practice_link, read_at_source, side_by_side, years_in_words
from pages.shared.kept_work import AREA_PARAM, PICK_PARAM, latest, write_work
from pages.shared.markdown import escaped, spoken_in, with_subject
from pages.shared.navigation import link_to
from pages.shared.own_results import ask_own, remember_own
from pages.shared.session import current

SHOWN_PER_AREA = 6


def _area(code: str) -> str:
    return current().options.label("policy_area", code)


def chosen_areas(city: str, ranked: pd.DataFrame) -> list[str]:
    """The areas for which practices are proposed: those of the address, else those that need most.

    Args:
        city: whose audit.
        ranked: the answer of ``audit.ranked``.
    """
    areas = current().options.values("policy_area")
    note_read(AREA_PARAM)
    asked = params().get(AREA_PARAM, [])
    title = _("Policy areas to look at")
    say_ignored([Ignored(AREA_PARAM, area) for area in asked if area not in areas], {AREA_PARAM: title})
    chosen = [area for area in asked if area in areas] or audit.first_areas(ranked, audit.FIRST_AREAS)

    def write(chosen: list[str]) -> None:
        write_work(city, {AREA_PARAM: chosen} if chosen else {}, instead_of=(AREA_PARAM,))

    words = _("Policy areas: {names}. Change").format(names=enumeration(_area(area) for area in chosen) or _("none"))
    # Without an area there is nothing to see before some are chosen.
    with st.expander(escaped(words), expanded=not chosen, icon=":material/category:", key="areas"):
        st.multiselect(
            title,
            areas,
            format_func=_area,
            placeholder=_("Choose policy areas"),
            select_all=False,
            **bound("audit-areas", chosen, write),
        )
    return chosen


def proposals(city: str, peers: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Practices to borrow in every area."""

    def work() -> pd.DataFrame:
        practices = ask_own(city, queries.borrowable, None, (city, *peers.index))
        return audit_answers.proposals(practices, city, peers, frame, current().as_of.year)

    return remember_own(city, work, "proposals", tuple(peers.itertuples()), audit.told_scores(frame))


def why(row: dict[str, Any]) -> str:
    """The reason of a proposal."""
    return audit_answers.why(row, current().options.label)


def _pick(city: str, name: str, on: bool) -> None:
    """Pick a proposal, or put it back."""
    others = [other for other in latest().get(PICK_PARAM, []) if other != name]
    names = [*others, name] if on else others
    write_work(city, {PICK_PARAM: names} if names else {}, instead_of=(PICK_PARAM,))


def _proposal_card(city: str, row: dict[str, Any], name: str, picked: bool) -> None:
    """A practice to borrow, with why, and whether it is picked."""
    with st.container(border=True, gap="xsmall", key=f"card-{name}"):
        practice_link(row["practice_id"], f"**{spoken_in('en', escaped(row['title']))}**")
        st.caption(f"{escaped(row['city_names'] or _('city not stated'))} · {years_in_words(row)}")
        if is_known(row["summary"]):
            st.markdown(f":small[{spoken_in('en', escaped(row['summary']))}]")
        st.caption(escaped(why(row)))
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            label = with_subject(_("Pick for our action list"), row["title"], "en")
            st.checkbox(label, **bound(f"pick-{name}", picked, partial(_pick, city, name)))
            source = best_address(row)
            if source:
                st.markdown(f":small[[{read_at_source(row['title'])}](<{source}>)]", width="content")


def _nobody_lends(area: str) -> None:
    """Say that no peer has a practice to lend, and where to ask instead."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            _("No peer has published one yet: ask the network, or choose more or other peers."),
            width="content",
        )
        link_to(
            "pages/practices.py",
            label=_("Practices of the whole network in {area}").format(area=_area(area)),
            icon=":material/article:",
            query_params={"policy_area": [area]},
            width="content",
        )


def proposals_panel(city: str, proposed: pd.DataFrame, chosen: list[str], judged: audit.Judgement) -> None:
    """Practices to borrow, area by area.

    Args:
        city: whose audit.
        proposed: the answer of ``proposals``.
        chosen: the areas to look at.
        judged: what the team says.
    """
    picked = params().get(PICK_PARAM, [])
    if not chosen:
        st.caption(_("No area has a need: choose some above."))
    for area in chosen:
        here = proposals_in(proposed, area)
        every = translate_plural("{count} practice of the peers", "{count} practices of the peers", len(here))
        best = _("the best {shown} of {practices}") if len(here) > SHOWN_PER_AREA else "{practices}"
        words = best.format(shown=number(SHOWN_PER_AREA), practices=every.format(count=number(len(here))))
        st.markdown(f"### {_area(area)}" + (f" :small[:gray[· {words}]]" if len(here) else ""))
        if here.empty:
            _nobody_lends(area)
        for row, column in side_by_side(dicts_of(here.head(SHOWN_PER_AREA))):
            with column:
                name = proposal_name(area, row["practice_id"])
                _proposal_card(city, row, name, name in picked)
    if chosen:
        label = current().options.label
        audit_menu(
            "audit_proposals",
            _("Practices to borrow"),
            lambda: audit_answers.with_reasons(proposed[proposed["policy_area"].isin(chosen)], label),
            city,
            judged,
            {AREA_PARAM: [area for area in params().get(AREA_PARAM, []) if area in chosen]},
        )
