"""Policy areas through the years."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import grid_takeaways, time_words, years
from icc_data.drawing.heatmaps import Shade, Side, heatmap
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from pages.parts.timeline_counted import any_dated, count_choice, year_fields
from pages.shared import explanations
from pages.shared.answers import ask, remember
from pages.shared.figures import figure, panel_title
from pages.shared.labels import with_label
from pages.shared.selection_figures import uncoded
from pages.shared.session import current

HEATMAP_YEARS = 25


def areas_section() -> None:
    """How many practices of each policy area there were in each year."""
    session = current()
    counts = ask(queries.known_counts, session.selection)
    with st.container(horizontal=True, gap="medium"):
        active = count_choice()
        year_fields("active" if active else "started")
    if not any_dated(counts):
        return
    first, last = heatmap_years()
    panel_title(
        _("Policy areas through the years"),
        _("Practices {count} in a year, {start}–{end}").format(
            count=_("active") if active else _("started"), start=first, end=last
        ),
        _("Click a cell to choose its area and year"),
    )
    by_area = ask(queries.practices_by_year, session.selection, "policy_area", active=active)
    by_area = years.known_since(by_area[by_area["year"] <= last], first)
    if by_area.empty:
        none = _("None of these practices with a policy area falls into these years.")
        st.caption(f"{none} {uncoded(session.selection)}".rstrip())
        return
    figure(
        "area-by-year",
        area_by_year,
        active,
        pick={"code": "policy_area", "year": "active" if active else "started"},
        alt=_("Policy area by year"),
        says=lambda: grid_takeaways.of_area_years(by_area, partial(session.options.label, "policy_area")),
        method=replace(explanations.area_by_year(counts, active=active), signs=earlier_words(active)),
    )
    if earlier_words(active):
        st.caption(earlier_words(active))
    st.caption(f"{time_words.undated(counts)} {uncoded(session.selection)}".rstrip())


def heatmap_years() -> tuple[int, int]:
    """The years of the heatmap: those chosen, or the last ones."""
    session = current()
    return session.selection.years_to_show(ask(queries.network)["first_year"], session.as_of.year, HEATMAP_YEARS)


def area_by_year(active: bool) -> Any:
    """Policy areas against years."""
    session = current()
    first, last = heatmap_years()
    counted = ask(queries.practices_by_year, session.selection, "policy_area", active=active)
    frame = years.known_since(with_label(counted[counted["year"] <= last], "code", "policy_area"), first)
    return heatmap(
        frame.assign(words=frame["practices"].map(number)),
        session.look,
        Side("year", _("Year")),
        Side("label", _("Policy area"), years.largest_first(frame, "label")),
        Shade("practices", title=_("Practices")),
        text="words",
        tooltip={"said" if active else "bare": time_words.part_words(active=active)[1]},
        years=(first, last),
        pick=["code", "year"],
    )


def earlier_words(active: bool) -> str:
    """How many of the dated practices lie before the years of the heatmap; empty where none does."""
    if active:
        return ""
    selection, (first, _last) = current().selection, heatmap_years()
    earlier = remember(
        lambda: years.practices_before(ask(queries.practices_by_year, selection, active=False), first),
        "earlier",
        selection,
        first,
    )
    words = translate_plural(
        "{count} practice started before {year} and is not in these cells.",
        "{count} practices started before {year} and are not in these cells.",
        earlier,
    )
    return words.format(count=number(earlier), year=first) if earlier else ""
