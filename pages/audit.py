"""A policy audit for a team in a room: where the city stands, what to work on, what to borrow."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import audit, audit_rows, benchmark
from icc_data.analysis.own_results import own_areas
from icc_data.drawing import audit_charts
from icc_data.i18n import enumeration, number
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.parts.audit_actions import actions_panel
from pages.parts.audit_borrow import chosen_areas, proposals, proposals_panel
from pages.parts.audit_standing import editions, standing_panel, step
from pages.shared.address import note_read, params, say_ignored
from pages.shared.figures import page_title
from pages.shared.kept_work import take_up, work_line
from pages.shared.labels import area_labels
from pages.shared.method import Method
from pages.shared.own_results import ask_own, own_editions, own_figure, own_results_panel, remember_own
from pages.shared.paper import printed_words
from pages.shared.peer_choice import chosen_by
from pages.shared.peer_panel import peer_controls
from pages.shared.session import enter
from pages.shared.unit_choice import choose_unit, invite

session = enter()
areas = session.options.values("policy_area")


def steps(rated: int, picked: int) -> None:
    """The five steps with what is done of them."""
    names = [
        _("Peers"),
        _("Standing ({count} rated)").format(count=number(rated)),
        _("Needs"),
        _("Borrow"),
        _("Actions ({count} picked)").format(count=number(picked)),
    ]
    links = [f"[{place}. {name}](#step-{place})" for place, name in enumerate(names, start=1)]
    st.markdown("  →  ".join(links))


def judgement() -> audit.Judgement:
    """What the team says, as the address has it; what cannot be used is said."""
    note_read(*audit.JUDGEMENT_PARAMS)
    judged, ignored = audit.read_judgement(params(), areas)
    say_ignored(ignored, dict.fromkeys(audit.JUDGEMENT_PARAMS, _("Our rating or importance")))
    return judged


def who(city: str, peers: tuple[str, ...]) -> None:
    """On paper: the city, and the peers that the controls of the first step choose."""
    words = _("{name}, compared with {names}. Peers: {rule}.")
    names = enumeration(session.options.label("city", peer) for peer in peers)
    printed_words(words.format(name=session.options.label("city", city), names=names, rule=chosen_by()))


def standing(city: str, peers: tuple[str, ...], judged: audit.Judgement) -> Any:
    """Where the city stands in each area; see ``audit.standing``."""

    def work() -> Any:
        questions = (queries.unit_areas, queries.unit_measures)
        of_areas, measures = (ask_own(city, question, Selection(), "city") for question in questions)
        portfolio = benchmark.portfolio(of_areas, measures, city, peers, areas)
        offers = audit.lenders(ask_own(city, queries.lendable, None, city), peers)
        scores = ask_own(city, queries.area_scores, None, city)
        return audit.standing(portfolio, offers, scores, judged)

    return remember_own(city, work, "standing", peers, judged.to_params())


def need_panel(city: str, ranked: Any, peers: int) -> None:
    """Which areas to work on."""
    step(
        3,
        _("What should we work on?"),
        _(
            "Need, out of 100: what is missing (gap) × how much it matters (importance). Areas with a rating or an "
            "Index score first, then those counted from published practices, then those not known. Beside it, how many "
            "peers have a practice to lend; “ask the network” where no peer has published one yet"
        ),
    )
    labels, years = area_labels(), editions(city)
    bars = audit_rows.need_bars(ranked, labels, years, peers, own_areas(years, own_editions(city)))
    own_figure(
        city,
        "audit-needs",
        lambda *_key: audit_charts.need_bars(bars, session.look, list(audit_rows.basis_words().values())),
        tuple(bars.itertuples(index=False, name=None)),
        alt=_("Policy areas by need"),
        method=Method(
            title=_("Policy areas by need"),
            sentence=f"{_(audit.NEED_RULE)} "
            + _("The rows below are the practices of all cities by policy area that this rests on."),
            question=queries.unit_areas,
            selection=Selection(),
            args=("city",),
        ),
    )
    unknown = audit_rows.unknown_note([labels[code] for code in ranked[ranked["need"].isna()]["code"]])
    if unknown:
        st.caption(f":material/help: {unknown}")


def view(city: str, overview: Any) -> None:
    """The audit, step by step.

    Args:
        city: whose audit.
        overview: where the list of steps stands, filled when it is known what is done.
    """
    work_line(city, take_up(city))
    peers = peer_controls(city)
    own_results_panel(city)
    if peers.empty:
        return
    names = tuple(peers.index)
    who(city, names)
    judged = judgement()
    frame = standing(city, names, judged)
    standing_panel(city, names, frame, judged)
    ranked = audit.ranked(frame)
    need_panel(city, ranked, len(names))
    step(
        4,
        _("What could we borrow?"),
        _("Practices of your peers that you do not share, by gap, similarity, recency and completeness"),
    )
    chosen = chosen_areas(ranked)
    proposed = proposals(city, peers, frame)
    proposals_panel(proposed, chosen)
    count = actions_panel(city, proposed, frame, list(names), judged)
    with overview:
        steps(len(judged.ratings), count)


page_title(
    _("Policy audit of {city}").format(city=session.options.label("city", session.city))
    if session.city
    else _("Policy audit"),
    _("For a team in a room: five steps from where you stand to a list of actions"),
)
overview = st.container()
step(1, _("Who are we, and who are our peers?"))
controls = st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls")
with controls:
    chosen_city = choose_unit("city")
if chosen_city is None:
    invite("city", _("Choose your city to begin."))
else:
    view(chosen_city, overview)
