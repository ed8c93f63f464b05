"""The five steps of a policy audit: the line that says which one is open, and the ways from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from icc_data.i18n import mark, number
from icc_data.i18n import translate as _
from pages.shared.address import bound, option
from pages.shared.kept_work import STEP_PARAM, keep_step, turn_to_step
from pages.shared.news import lead_to


@dataclass(frozen=True)
class Step:
    """A step of an audit.

    Attributes:
        name: what it is called where all are named.
        title: the question that heads it.
    """

    name: str
    title: str


STEPS = {
    "peers": Step(mark("Peers"), mark("Who are we, and who are our peers?")),
    "standing": Step(mark("Standing"), mark("Where do we stand?")),
    "needs": Step(mark("Needs"), mark("What should we work on?")),
    "borrow": Step(mark("Borrow"), mark("What could we borrow?")),
    "actions": Step(mark("Actions"), mark("Our action list")),
}
"""The steps in their order, by what the address says."""
FIRST = "peers"
_ORDER = list(STEPS)


def asked_step() -> str:
    """The step that the address asks for; something else counts as the first, and is said."""
    return option(STEP_PARAM, STEPS, FIRST, _("Step"))


def turn(step: str) -> None:
    """Open another step."""
    turn_to_step(None if step == FIRST else step)


def progress_line(city: str, step: str, rated: int, picked: int) -> None:
    """The names of the five steps, of which one is current, with what is done of them.

    Args:
        city: whose audit.
        step: the one that is open.
        rated: areas that the team has rated.
        picked: practices that it has picked.
    """
    keep_step(city, None if step == FIRST else step)
    done = {"standing": _("{step} ({count} rated)"), "actions": _("{step} ({count} picked)")}
    counts = {"standing": rated, "actions": picked}

    def words(value: str) -> str:
        name = _(STEPS[value].name)
        if counts.get(value):
            name = done[value].format(step=name, count=number(counts[value]))
        return f"{_ORDER.index(value) + 1}. {name}"

    with st.container(key="steps"):
        st.segmented_control(
            _("The five steps of the audit"),
            _ORDER,
            format_func=words,
            required=True,
            label_visibility="collapsed",
            **bound("audit-step", step, turn),
        )


def step_title(step: str, subtitle: str = "") -> None:
    """The heading of a step, with how far it is in the audit.

    Args:
        step: which one.
        subtitle: in Markdown.
    """
    place = _ORDER.index(step) + 1
    lead_to(step)
    st.markdown(f"## {place}. {_(STEPS[step].title)}")
    words = _("Step {place} of {count}").format(place=number(place), count=number(len(_ORDER)))
    st.caption(f"{words} · {subtitle}" if subtitle else words)


def ways_on(step: str) -> None:
    """The ways to the step before and to the next one.

    Args:
        step: the one that is open.
    """
    place = _ORDER.index(step)
    with st.container(horizontal=True, gap="small", key="audit-ways"):
        if place:
            st.button(
                _("Back"), key="audit-back", icon=":material/arrow_back:", on_click=turn, args=(_ORDER[place - 1],)
            )
        if place < len(_ORDER) - 1:
            following = _ORDER[place + 1]
            st.button(
                _("Next: {step}").format(step=_(STEPS[following].name)),
                key="audit-next",
                type="primary",
                icon=":material/arrow_forward:",
                icon_position="right",
                on_click=turn,
                args=(following,),
            )
