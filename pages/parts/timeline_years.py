"""Practices by year: bars, groups stacked or as lines, and rates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import takeaways, time_words, years
from icc_data.analysis.rates import FIRST
from icc_data.drawing import charts
from icc_data.i18n import translate as _
from pages.parts.timeline_counted import any_dated, count_choice, coverage, year_fields
from pages.parts.timeline_lines import split_label
from pages.parts.timeline_rates import base_choice, measure_choice, rates_panel
from pages.parts.timeline_shares import lines_panel, panels_choice, period_choice
from pages.shared import explanations
from pages.shared.answers import ask, remember
from pages.shared.figures import choice, colour_legend, figure, panel_title, part_legend, takeaway
from pages.shared.labels import OTHER_COUNTRIES, commitment_colours, with_label
from pages.shared.selection_figures import active_outside, unfinished, year_bars
from pages.shared.session import current

LARGEST_COUNTRIES = 6


def years_section() -> None:
    """The practices of each year, counted, split or measured as the address says."""
    counts = ask(queries.known_counts, current().selection)
    with st.container(horizontal=True, gap="medium"):
        active = count_choice()
        measure, split, scale, panels = measure_choice(), "none", "counts", "one"
        if measure == "count":
            split = split_choice()
            scale = choice("scale", _("Show"), {"counts": _("Counts"), "shares": _("Shares")}, default="counts")
            panels = panels_choice(split)
        together = period_choice() if years.in_lines(split, scale, panels) else 1
        base = base_choice(active=active) if measure == "base" else FIRST
        year_fields("active" if active else "started")
    if not any_dated(counts):
        return
    if measure != "count":
        rates_panel(measure, base, active=active)
        return
    takeaway(years_told(active))
    if years.in_lines(split, scale, panels):
        lines_panel(split, panels, together, active=active, value="share" if scale == "shares" else "practices")
        return
    bars_panel(counts, split, active=active)
    if scale == "shares":
        st.caption(_("Shares need groups: choose above what to split by."))
    coverage(counts, split)


def bars_panel(counts: dict[str, int], split: str, *, active: bool) -> None:
    """The bars of the years.

    Args:
        counts: the answer of ``queries.known_counts``.
        split: what they are split by.
        active: years of activity instead of start years.
    """
    selection, look = current().selection, current().look
    beside = [
        *([] if split == "none" else [_("A practice with several values counts once in each.")]),
        lighter(active),
        *([active_outside(selection)] if active else []),
    ]
    title = _("Practices active in each year") if active else _("Practices started per year")
    panel_title(title, " ".join(beside), _("Drag over years to choose them."))
    if split == "none":
        part_legend(time_words.part_words(active=active), look.amount)
    else:
        colour_legend(split_colours(split, split_stack(split, active).labels))
    figure(
        "by-year",
        by_year,
        split,
        active,
        brush="active" if active else "started",
        alt=_("Practices by year"),
        says=lambda: years_told(active),
        said_above=True,
        method=explanations.practices_by_year(counts, split, active=active),
    )


def years_told(active: bool) -> str:
    """The years with the most practices, in a sentence."""
    selection = current().selection

    def work() -> str:
        return takeaways.of_years(ask(queries.practices_by_year, selection, active=active), active=active)

    return remember(work, "takeaway of years", selection, active)


def split_choice() -> str:
    """What the years are split by: any list of the filters but that of the cities, which are too many for lines."""
    splits: dict[str, str] = {split: split_label(split) for split in queries.SPLITS}
    return choice("split", _("Split by"), splits, default="none", compact=True, width=210)


def lighter(active: bool) -> str:
    """What the paler part of the bars is."""
    if active and current().selection.include_said:
        return _("Paler: said to go on, not known after the start or end year.")
    return "" if active else _("Paler: a year as published, which may not be the start.")


def split_stack(split: Any, active: bool) -> years.Stack:
    """Practices by year and part."""
    by_year = ask(queries.practices_by_year, current().selection, split, active=active)
    if split == "country":
        by_year = years.with_others(by_year, LARGEST_COUNTRIES, OTHER_COUNTRIES)
        order: Iterable[str] = by_year["code"]
    else:
        order = commitment_colours()
    return years.stack(with_label(by_year, "code", split), list(order))


def split_colours(split: str, labels: dict[str, str]) -> dict[str, str]:
    """Colour by label, of parts given by code in the order of the stack."""
    look = current().look
    if split == "commitment":
        colours = commitment_colours()
    else:
        countries = [code for code in labels if code not in (OTHER_COUNTRIES, years.UNKNOWN)]
        colours = {**dict(zip(countries, look.categories, strict=False)), OTHER_COUNTRIES: look.others}
    colours[years.UNKNOWN] = look.unknown
    return {label: colours[code] for code, label in labels.items()}


def by_year(split: Any, active: bool) -> Any:
    """Practices by year, split and stacked."""
    selection = current().selection
    if split == "none":
        return year_bars(selection, active=active)
    stack = split_stack(split, active)
    return charts.year_bars(
        years.in_parts(stack.frame, active=active),
        current().look,
        colours=split_colours(split, stack.labels),
        parts=time_words.part_words(active=active),
        unfinished=unfinished(selection),
        count_title=_("Practices, once in each of their groups"),
    )
