"""A policy audit for a team in a room: where the city stands, what to work on, what to borrow."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import audit, audit_answers, audit_rows, benchmark, coding_words
from icc_data.analysis.own_results import own_areas
from icc_data.analysis.proposals import picked
from icc_data.drawing import audit_charts
from icc_data.i18n import enumeration, labelled
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.parts.audit_actions import actions_panel
from pages.parts.audit_borrow import chosen_areas, proposals, proposals_panel
from pages.parts.audit_data import audit_menu
from pages.parts.audit_standing import editions, standing_panel
from pages.parts.audit_steps import FIRST, STEPS, asked_step, progress_line, step_title, ways_on
from pages.shared.address import note_read, option_ahead, params, say_ignored
from pages.shared.answers import ask
from pages.shared.figures import page_title, takeaway
from pages.shared.kept_work import AREA_PARAM, PICK_PARAM, STEP_PARAM, take_up, work_line
from pages.shared.labels import area_labels
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.own_results import (
    ask_own,
    own_editions,
    own_figure,
    own_note,
    own_results_panel,
    remember_own,
)
from pages.shared.paper import printed_words
from pages.shared.peer_choice import chosen_by, peer_set
from pages.shared.peer_facts import members
from pages.shared.peer_panel import peer_controls
from pages.shared.session import enter
from pages.shared.unit_choice import choose_unit, invite

session = enter()
areas = session.options.values("policy_area")


def judgement() -> audit.Judgement:
    """What the team says, as the address has it; what cannot be used is said."""
    note_read(*audit.JUDGEMENT_PARAMS, AREA_PARAM, PICK_PARAM)
    judged, ignored = audit.read_judgement(params(), areas)
    say_ignored(ignored, dict.fromkeys(audit.JUDGEMENT_PARAMS, _("Our rating or importance")))
    return judged


def peers_of(city: str, step: str) -> Any:
    """The peers of a city, which the first step says and can change; see ``peer_sets.members``."""
    if step != FIRST:
        frame = members(peer_set(), city)
        if not frame.empty:
            return frame
    step_title(FIRST)
    told = st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls"):
        choose_unit("city")
    frame = peer_controls(city)
    if not frame.empty:
        names = enumeration(escaped(session.options.label("city", peer)) for peer in frame.index)
        words = _("{city} is set beside {names}.")
        told.markdown(words.format(city=escaped(session.options.label("city", city)), names=names))
    return frame


def who(city: str, peers: tuple[str, ...]) -> None:
    """On paper: the city, and the peers that the controls of the first step choose."""
    words = _("{name}, compared with {names}. Peers: {rule}.")
    names = enumeration(session.options.label("city", peer) for peer in peers)
    printed_words(words.format(name=session.options.label("city", city), names=names, rule=chosen_by()))


def standing(city: str, peers: tuple[str, ...], judged: audit.Judgement) -> Any:
    """Where the city stands in each area; see ``audit.standing``."""

    def work() -> audit_answers.Published:
        return audit_answers.published(partial(ask_own, city), city, peers, areas)

    # What the team says changes with every number typed, and none of this with it.
    portfolio, offers, scores = remember_own(city, work, "standing", peers)
    return audit.standing(portfolio, offers, scores, judged)


def published_needs(city: str, peers: tuple[str, ...], judged: audit.Judgement, of_city: Any) -> Any:
    """The needs by what is published and what the team says.

    Args:
        city, peers, judged: as in ``standing``.
        of_city: the answer of ``queries.term_profile`` for its policy areas.
    """
    needs = audit.standing(*audit_answers.published(ask, city, peers, areas), judged)
    parts = ["code", "rating", "score", "basis", "gap", "importance", "need", "lenders"]
    return of_city.merge(needs[parts], on="code", how="left")


def needs_rest_on(city: str, peers: tuple[str, ...], judged: audit.Judgement) -> tuple[str, ...]:
    """Whose needs they are, and what they rest on, a sentence each."""
    called = partial(session.options.label, "city")
    return labelled(_("City"), called(city)), *audit.basis(chosen_by(), [*map(called, peers)], judged, area_labels())


def need_panel(city: str, frame: Any, names: tuple[str, ...], judged: audit.Judgement) -> None:
    """Which areas to work on."""
    ranked, peers = audit.ranked(frame), len(names)
    step_title("needs", _("Need, out of 100: what is missing (gap) × how much it matters (importance)"))
    labels, years = area_labels(), editions(city)
    first = audit.first_areas(ranked, audit.FIRST_AREAS)
    words = _("Most in need of work: {names}.").format(names=enumeration(labels[code] for code in first))
    says = words if first else ""
    takeaway(says)
    own_ones = own_areas(years, own_editions(city))
    bars = audit_rows.need_bars(ranked, labels, years, peers, own_ones)
    own_figure(
        city,
        "audit-needs",
        lambda *_key: audit_charts.need_bars(bars, session.look, list(audit_rows.basis_words().values())),
        tuple(bars.itertuples(index=False, name=None)),
        alt=_("Policy areas by need"),
        says=says,
        said_above=True,
        method=Method(
            title=_("Policy areas by need"),
            sentence=f"{_(audit.NEED_RULE)} "
            + _("practices: the city’s own in the area; lenders: peers that have something to lend."),
            question=queries.term_profile,
            args=(city, "policy_area"),
            rests_on=needs_rest_on(city, names, judged),
            worked_out=lambda rows: published_needs(city, names, judged, rows),
        ),
    )
    needs = audit_rows.need_rows(ranked, labels, years, peers, own_ones)
    audit_menu("audit_needs", _("Policy areas by need"), lambda: needs, city, judged)
    unknown = audit_rows.unknown_note([labels[code] for code in ranked[ranked["need"].isna()]["code"]])
    if unknown:
        st.caption(f":material/help: {unknown}")
    own = benchmark.measures_of(ask_own(city, queries.unit_measures, Selection(), "city"), city)
    if left_out := coding_words.uncoded(own):
        st.caption(f":material/help: {left_out}")
    st.caption(
        _(
            "Areas with a rating or an Index score come first, then those counted from published practices, then those "
            "not known. Beside each stands how many peers have a practice to lend, or “ask the network” where no peer "
            "has published one yet."
        )
    )


def say_nothing_published(city: str, frame: Any) -> None:
    """Say before everything else where only the team's own ratings can tell of a city."""
    if audit.nothing_published(frame):
        words = _(
            "No practice with a policy area and no Index score of {city} is published: what stands here rests on your "
            "own ratings alone."
        )
        st.info(escaped(words.format(city=session.options.label("city", city))), icon=":material/info:")


def borrow_panel(city: str, proposed: Any, frame: Any, judged: audit.Judgement) -> None:
    """Practices of the peers, to pick from."""
    step_title(
        "borrow", _("Practices of your peers that you do not share, by gap, similarity, recency and completeness")
    )
    proposals_panel(city, proposed, chosen_areas(city, audit.ranked(frame)), judged)


def view(city: str, step: str) -> None:
    """A step of the audit.

    Args:
        city: whose audit.
        step: which one.
    """
    # It is known only later what is done.
    head = st.container(gap="small")
    with st.container():
        judged = judgement()
    picks = params().get(PICK_PARAM, [])
    peers = peers_of(city, step)
    if step == FIRST:
        own_results_panel(city)
    elif own := own_note(city):
        printed_words(own)
    if peers.empty:
        return
    names = tuple(peers.index)
    who(city, names)
    frame = standing(city, names, judged)
    proposed = proposals(city, peers, frame) if picks or step in ("borrow", "actions") else None
    with head:
        say_nothing_published(city, frame)
        progress_line(city, step, len(judged.ratings), 0 if proposed is None else len(picked(proposed, picks)[0]))
    if step == "standing":
        standing_panel(city, names, frame, judged)
    elif step == "needs":
        need_panel(city, frame, names, judged)
    elif step == "borrow" and proposed is not None:
        borrow_panel(city, proposed, frame, judged)
    elif step == "actions" and proposed is not None:
        actions_panel(city, proposed, frame, list(names), judged)
    ways_on(step)


page_title(
    _("Policy audit of {city}").format(city=session.options.label("city", session.city))
    if session.city
    else _("Policy audit"),
    _("For a team in a room: five steps from where you stand to a list of actions"),
    part=_(STEPS[option_ahead(STEP_PARAM, STEPS, FIRST)].name) if session.city else "",
)
if session.city is None:
    # A step is a city's.
    st.query_params.pop(STEP_PARAM, None)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls"):
        choose_unit("city")
    invite("city", _("Choose your city to begin."))
else:
    # What comes and goes has a place of its own: else what follows would move, and a field would lose what is being
    # typed into it.
    with st.container():
        work_line(session.city, take_up(session.city))
    step = asked_step()
    # One place a step: another one leaves its place empty at once, so that the page is short for a moment and the
    # step that follows begins where it can be seen.
    places = {name: st.container() if name == step else st.empty() for name in STEPS}
    with places[step]:
        view(session.city, step)
