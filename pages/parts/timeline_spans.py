"""Each practice from its start to its end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import grid_takeaways, time_words, years
from icc_data.drawing import charts
from icc_data.i18n import number
from icc_data.i18n import translate as _
from pages.parts.timeline_counted import any_dated
from pages.shared import explanations
from pages.shared.answers import ask
from pages.shared.figures import colour_legend, figure, panel_title
from pages.shared.labels import commitments_in_words, with_label
from pages.shared.pager import page_number
from pages.shared.session import current

LINES_PER_PAGE = 40


def spans_section() -> None:
    """The spans, a page at a time."""
    counts = ask(queries.known_counts, current().selection)
    if not any_dated(counts):
        return
    panel_title(_("Each practice from start to end"), _("Coloured by the commitment of its first policy area"))
    page = page_number("spans", counts["dated"], LINES_PER_PAGE)
    colour_legend(span_colours(counts))
    figure(
        "spans",
        spans,
        page,
        alt=_("One line a practice from its first to its last year"),
        says=grid_takeaways.of_spans(spans_of(page)),
        method=replace(explanations.spans(counts), signs=drawn_of(page, counts["dated"])),
    )
    st.caption(
        _(
            "Oldest first, {per_page} a page. Full colour: known to have run; paler, with a triangle: said to go on. "
            "Where nothing tells of an end, the line is the start year alone."
        ).format(per_page=LINES_PER_PAGE)
    )
    st.caption(time_words.undated(counts))


def spans_of(page: int) -> Any:
    """The practices of a page, the oldest first."""
    return ask(queries.spans, current().selection, limit=LINES_PER_PAGE, offset=(page - 1) * LINES_PER_PAGE)


def spans(page: int) -> Any:
    """One line a practice."""
    session = current()
    selection, frame = session.selection, spans_of(page)
    frame = years.as_far_as(with_label(frame, "commitment", "commitment"), said=selection.include_said)
    return charts.span_lines(
        frame, session.look, span_colours(ask(queries.known_counts, selection)), as_of=session.as_of.year
    )


def span_colours(counts: dict[str, int]) -> dict[str, str]:
    """The colour of each commitment by its label, and that of practices nobody coded yet where there are any."""
    return commitments_in_words() | ({_("Not stated"): current().look.unknown} if counts["uncoded"] else {})


def drawn_of(page: int, dated: int) -> str:
    """Which of the dated practices a page of spans has; empty where it has all."""
    first = (page - 1) * LINES_PER_PAGE + 1
    words = _("Oldest first; the figure is of {first} to {last} of {all}.")
    last = min(page * LINES_PER_PAGE, dated)
    return words.format(first=number(first), last=number(last), all=number(dated)) if dated > LINES_PER_PAGE else ""
