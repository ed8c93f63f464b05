"""The review meeting: the state of a scope, who covers what, what is missing, and what moves; also on a projector."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from icc_data.files.export import Provenance
from icc_data.i18n import day
from icc_data.i18n import translate as _
from icc_data.queries.comparison import in_few_words
from pages.parts.review_changes import changes_part, compared
from pages.parts.review_coverage import coverage_part
from pages.parts.review_gaps import gaps_part
from pages.parts.review_momentum import momentum_part
from pages.parts.review_scope import Reviewed, controls, reviewed, years_of_filters
from pages.parts.review_state import state_part
from pages.shared.address import note_read, option, option_ahead
from pages.shared.downloads import provenance
from pages.shared.figures import choice, page_title
from pages.shared.filter_bar import empty_selection
from pages.shared.markdown import escaped
from pages.shared.navigation import take_back
from pages.shared.news import lead_to
from pages.shared.pack_button import pack_button
from pages.shared.paper import printed_words
from pages.shared.presenting import STEP_PARAM, present_button, presenting, steps_line
from pages.shared.session import enter

if TYPE_CHECKING:
    from icc_data.files.pack import Memory, Pack

session = enter()
# Parts of a meeting keep what was chosen in the others.
note_read("period", "silent", "present", "step", "unit", "order", "group", "find", "cell", "page")
note_read("gap", "mender", "list", "since", "until", "change")
# The parts in the order of a meeting.
STEPS = {
    "state": _("State"),
    "coverage": _("Coverage"),
    "gaps": _("Gaps"),
    "momentum": _("Momentum"),
    "changes": _("Changed since"),
}
PARTS: dict[str, Callable[[Reviewed], None]] = {
    "state": state_part,
    "coverage": coverage_part,
    "gaps": gaps_part,
    "momentum": momentum_part,
    "changes": lambda about: changes_part(about.scope),
}
KEPT = ("period", "silent", "step", "unit", "order", "group", "since", "until")


def headline(about: Reviewed) -> None:
    """Scope, years and date of the data; what changed is told of no years."""
    step = option_ahead(STEP_PARAM, STEPS, "state")
    words = (
        escaped(about.words())
        if step == "changes"
        else _("{scope} · {period}, beside {before}").format(
            scope=escaped(about.words()), period=about.period.words, before=about.period.before.words
        )
    )
    words = _("{what} · data as of {date}").format(what=words, date=day(session.as_of))
    words = words[:1].upper() + words[1:]
    title = STEPS[step] if presenting() else _("Review")
    if presenting():
        lead_to(step)
    # A review has years of its own, so that those of the filters are none of its subject.
    subject = in_few_words(about.scope, session.options)
    part = "" if presenting() else STEPS[step]
    page_title(title, words, page=_("Review") if presenting() else "", part=part, about=subject)


def page() -> None:
    """The page as it is worked with."""
    about = reviewed()
    headline(about)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="review-controls"):
        controls(about)
        present_button()
        hand_round(about)
    if years_of_filters(about):
        st.caption(years_of_filters(about))
    step = choice(STEP_PARAM, _("Part"), STEPS, default="state", of_figures=False)
    printed_words(STEPS[step])
    # The state says so itself, and what changed is told of no search.
    if step not in ("coverage", "gaps", "momentum") or not about.holds_nothing() or not empty_selection():
        PARTS[step](about)
    take_back("review", KEPT)


def hand_round(about: Reviewed) -> None:
    """A button that makes a document of all parts."""

    def make(memory: Memory, facts: Provenance) -> Pack:
        from icc_data.files.pack import Asked, review_pack

        asked = Asked(about.scope, about.period, about.silence)
        return review_pack(memory, asked, compared(), facts)

    pack_button("review", provenance(_("Review of {period}").format(period=about.period.words)), make)


def slide() -> None:
    """One part on a projector."""
    about = reviewed()
    headline(about)
    step = option(STEP_PARAM, STEPS, "state", _("Part"))
    PARTS[step](about)
    steps_line(STEPS, step)


if presenting():
    slide()
else:
    page()
