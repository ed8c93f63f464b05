"""What a first visit begins with: three doors, and a short tour for those who ask for it."""

from __future__ import annotations

import streamlit as st

from icc_data.i18n import number
from icc_data.i18n import translate as _
from pages.shared.address import note_read, set_option
from pages.shared.drawn import draw_once
from pages.shared.navigation import carried, link_to

TOUR_PARAM = "tour"


def doors() -> None:
    """One way in for each of the three people whom the atlas serves, and the tour."""
    draw_once(_ways_in, "doors", carried())
    st.button(
        _("Take the tour"),
        key="take-tour",
        type="tertiary",
        icon=":material/explore:",
        help=_("Four short steps: filters, pages, pictures, and how to pass on what you see."),
        on_click=set_option,
        args=(TOUR_PARAM, "1"),
    )


def _ways_in() -> None:
    ways: tuple[tuple[str, str, str, str, dict[str, list[str]]], ...] = (
        (
            "timeline",
            _("I explore trends"),
            _("What started when, by policy area, with the rows behind every picture."),
            "timeline",
            {"split": ["policy_area"]},
        ),
        (
            "review",
            _("I prepare a review"),
            _("The state of the network in sentences, its gaps, and a paper to hand round."),
            "fact_check",
            {},
        ),
        (
            "city",
            _("I come from a city"),
            _("What is known of your city, and what cities like it have done."),
            "location_city",
            {},
        ),
    )
    for column, (page, title, words, icon, query) in zip(st.columns(3, gap="small"), ways, strict=True):
        with column, st.container(border=True, gap=None, key=f"card-door-{page}", height="stretch"):
            link_to(f"pages/{page}.py", label=f"**{title}**", icon=f":material/{icon}:", query_params=query)
            st.caption(words)


def _steps() -> list[tuple[str, str]]:
    return [
        (
            _("Filters narrow every page"),
            _(
                "On the left you choose countries, policy areas, years and more. Beside each choice stands how many "
                "practices it would give. What you have chosen stands above each page, to be taken away again, and "
                "goes along from page to page."
            ),
        ),
        (
            _("Four groups of pages"),
            _(
                "**Network** shows the whole, **Practices** finds single practices, **Cities** is about one city and "
                "those like it, **Data** has tables, SQL and the way to send something in."
            ),
        ),
        (
            _("Every picture can be asked"),
            _(
                "Click a bar or a circle to choose it, click it again to take it away. “Data and method” below a "
                "picture says how it was worked out, shows its rows and gives them as files."
            ),
        ),
        (
            _("What you see can be passed on"),
            _(
                "The address of the page holds everything that you have chosen: copy it, and somebody else sees the "
                "same. “Hand round” makes a document of a review, a city, a comparison or a list."
            ),
        ),
    ]


def leave_tour() -> None:
    """End the tour."""
    set_option(TOUR_PARAM, None)


def tour() -> None:
    """Show the step of the tour that the address asks for, where it asks for one."""
    note_read(TOUR_PARAM)
    if TOUR_PARAM in st.query_params:
        st.dialog(_("A short tour"), on_dismiss=leave_tour)(_show)()


def _show() -> None:
    steps = _steps()
    asked = st.query_params.get(TOUR_PARAM, "1")
    step = min(int(asked), len(steps)) if asked.isdecimal() and int(asked) else 1
    title, words = steps[step - 1]
    st.progress(step / len(steps), _("Step {step} of {all}").format(step=number(step), all=number(len(steps))))
    st.markdown(f"**{title}**\n\n{words}")
    with st.container(horizontal=True, gap="small", key="tour-ways"):
        if step > 1:
            st.button(_("Back"), key="tour-back", on_click=set_option, args=(TOUR_PARAM, str(step - 1)))
        if step < len(steps):
            st.button(_("Next"), key="tour-next", type="primary", on_click=set_option, args=(TOUR_PARAM, str(step + 1)))
        last = step == len(steps)
        if st.button(_("Done") if last else _("Skip the tour"), key="tour-end", type="primary" if last else "tertiary"):
            leave_tour()
            st.rerun()
