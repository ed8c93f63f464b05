"""What the years of the timeline are counted by, and what no year can show."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Literal

import streamlit as st

from icc_data import queries
from icc_data.analysis import coding_words, time_words
from icc_data.i18n import translate as _
from pages.shared.address import bound, go
from pages.shared.answers import ask
from pages.shared.figures import choice
from pages.shared.session import current


def any_dated(counts: dict[str, int]) -> bool:
    """Whether a start year is known of any practice; that there is nothing to draw is said where none is.

    Args:
        counts: the answer of ``queries.known_counts``.
    """
    if not counts["dated"]:
        st.caption(_("None of these practices carries a start year, so there is nothing to draw."))
        coverage(counts)
    return counts["dated"] > 0


def count_choice() -> bool:
    """Whether practices are counted in each year in which they were active, rather than in that of their start."""
    counting = {"started": _("started"), "active": _("active")}
    return choice("count", _("Count practices"), counting, default="started") == "active"


def year_fields(years: Literal["active", "started"]) -> None:
    """Two fields that choose what dragging over the bars does: the first and the last year, in whatever order."""
    session = current()
    selection, last = session.selection, session.as_of.year
    first = ask(queries.network)["first_year"]
    low, high = selection.year_from or first, selection.year_to or last
    ends = {"from": min(max(low, first), last), "to": max(min(high, last), first)}

    def write(which: str, year: int) -> None:
        low, high = sorted((ends | {which: year}).values())
        if (low, high) == (first, last):
            go(replace(current().selection, year_from=None, year_to=None, include_undated=True))
        else:
            go(current().selection.within(low, high, years))

    # Both stay side by side where the row is full.
    with st.container(horizontal=True, gap="medium", width="content"):
        for which, words in {"from": _("From year"), "to": _("To year")}.items():
            here = bound(f"timeline-{which}", ends[which], partial(write, which))
            st.number_input(words, first, last, width=100, **here)


def coverage(counts: dict[str, int], split: str = "none") -> None:
    """How many practices a timeline cannot show, why, and how sure the years of the others are.

    Args:
        counts: the answer of ``queries.known_counts``.
        split: what the years are split by.
    """
    left_out = coding_words.uncoded(counts) if split in ("commitment", "policy_area") else ""
    st.caption(" ".join(filter(None, (time_words.undated(counts), time_words.bare(counts), left_out))))
