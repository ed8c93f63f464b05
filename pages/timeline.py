"""When practices started, how long they run, and when cities joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Literal

import streamlit as st

from icc_data import queries
from icc_data.analysis import coding_words, grid_takeaways, takeaways, time_words, years
from icc_data.analysis.rates import FIRST
from icc_data.drawing import charts
from icc_data.drawing.heatmaps import Shade, Side, heatmap
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from pages.parts.timeline_comparison import comparison_panel
from pages.parts.timeline_rates import base_choice, measure_choice, rates_panel
from pages.parts.timeline_shares import lines_panel, panels_choice, split_label
from pages.parts.timeline_survival import survival_fold
from pages.parts.timeline_words import words_fold
from pages.shared import explanations
from pages.shared.address import bound, go
from pages.shared.answers import ask, remember
from pages.shared.comparing import comparing
from pages.shared.figures import choice, colour_legend, figure, page_title, panel_title, part_legend, takeaway
from pages.shared.filter_bar import empty_selection
from pages.shared.labels import OTHER_COUNTRIES, commitment_colours, commitments_in_words, with_label
from pages.shared.pager import page_number
from pages.shared.selection_figures import active_outside, uncoded, unfinished, year_bars
from pages.shared.session import current, enter

session = enter()
selection = session.selection
as_of = session.as_of.year
LINES_PER_PAGE = 40
HEATMAP_YEARS = 25
LARGEST_COUNTRIES = 6


def coverage(counts: dict[str, int]) -> None:
    """How many practices a timeline cannot show, why, and how sure the years of the others are."""
    left_out = coding_words.uncoded(counts) if split in ("commitment", "policy_area") else ""
    st.caption(" ".join(filter(None, (time_words.undated(counts), time_words.bare(counts), left_out))))


def year_fields(years: Literal["active", "started"]) -> None:
    """Two fields that choose what dragging over the bars does: the first and the last year, in whatever order."""
    first, last = ask(queries.network)["first_year"], as_of
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


def split_choice() -> str:
    """What the years are split by: any list of the filters but that of the cities, which are too many for lines."""
    splits: dict[str, str] = {split: split_label(split) for split in queries.SPLITS}
    return choice("split", _("Split by"), splits, default="none", compact=True, width=210)


def lighter(active: bool) -> str:
    """What the paler part of the bars is."""
    if active and selection.include_said:
        return _("Paler: said to go on, not known after the start or end year.")
    return "" if active else _("Paler: a year as published, which may not be the start.")


def split_stack(split: Any, active: bool) -> years.Stack:
    """Practices by year and part."""
    by_year = ask(queries.practices_by_year, selection, split, active=active)
    if split == "country":
        by_year = years.with_others(by_year, LARGEST_COUNTRIES, OTHER_COUNTRIES)
        order: Iterable[str] = by_year["code"]
    else:
        order = commitment_colours()
    return years.stack(with_label(by_year, "code", split), list(order))


def split_colours(split: str, labels: dict[str, str]) -> dict[str, str]:
    """Colour by label, of parts given by code in the order of the stack."""
    if split == "commitment":
        colours = commitment_colours()
    else:
        countries = [code for code in labels if code not in (OTHER_COUNTRIES, years.UNKNOWN)]
        colours = {**dict(zip(countries, session.look.categories, strict=False)), OTHER_COUNTRIES: session.look.others}
    colours[years.UNKNOWN] = session.look.unknown
    return {label: colours[code] for code, label in labels.items()}


def by_year(split: Any, active: bool) -> Any:
    """Practices by year, split and stacked."""
    if split == "none":
        return year_bars(selection, active=active)
    stack = split_stack(split, active)
    return charts.year_bars(
        years.in_parts(stack.frame, active=active),
        session.look,
        colours=split_colours(split, stack.labels),
        parts=time_words.part_words(active=active),
        unfinished=unfinished(selection),
        count_title=_("Practices, once in each of their groups"),
    )


def heatmap_years() -> tuple[int, int]:
    """The years of the heatmap: those chosen, or the last ones."""
    return selection.years_to_show(ask(queries.network)["first_year"], as_of, HEATMAP_YEARS)


def area_by_year(active: bool) -> Any:
    """Policy areas against years."""
    first, last = heatmap_years()
    counted = ask(queries.practices_by_year, selection, "policy_area", active=active)
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
    first, _last = heatmap_years()
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


def spans_of(page: int) -> Any:
    """The practices of a page, the oldest first."""
    return ask(queries.spans, selection, limit=LINES_PER_PAGE, offset=(page - 1) * LINES_PER_PAGE)


def spans(page: int) -> Any:
    """One line a practice."""
    frame = spans_of(page)
    frame = years.as_far_as(with_label(frame, "commitment", "commitment"), said=selection.include_said)
    return charts.span_lines(frame, session.look, span_colours(ask(queries.known_counts, selection)), as_of=as_of)


def span_colours(counts: dict[str, int]) -> dict[str, str]:
    """The colour of each commitment by its label, and that of practices nobody coded yet where there are any."""
    return commitments_in_words() | ({_("Not stated"): session.look.unknown} if counts["uncoded"] else {})


def so_far(cities: int) -> str:
    """How many cities have joined, in words."""
    return translate_plural("{count} city so far", "{count} cities so far", cities).format(count=number(cities))


def known_joining() -> Any:
    """Cities by the joining year that is known of them."""
    return remember(lambda: years.known_joining(ask(queries.joining, selection), so_far), "known joining", selection)


def joined() -> Any:
    """Cities joining per year."""
    return charts.joining_bars(known_joining(), session.look)


def drawn_of(page: int, dated: int) -> str:
    """Which of the dated practices a page of spans has; empty where it has all."""
    first = (page - 1) * LINES_PER_PAGE + 1
    words = _("Oldest first; the picture shows {first} to {last} of {all}.")
    last = min(page * LINES_PER_PAGE, dated)
    return words.format(first=number(first), last=number(last), all=number(dated)) if dated > LINES_PER_PAGE else ""


def span_panel(counts: dict[str, int]) -> None:
    """The spans, a page at a time."""
    page = page_number("spans", counts["dated"], LINES_PER_PAGE)
    colour_legend(span_colours(counts))
    figure(
        "spans",
        spans,
        page,
        alt=_("One line a practice from its first to its last year"),
        says=grid_takeaways.of_spans(spans_of(page)),
        set_by_page=False,
        method=replace(explanations.spans(counts), signs=drawn_of(page, counts["dated"])),
    )
    st.caption(
        _(
            "Oldest first, {per_page} a page. Full colour: known to have run; paler, with a triangle: said to go on. "
            "Where nothing tells of an end, the line is the start year alone."
        ).format(per_page=LINES_PER_PAGE)
    )


def joining_panel() -> None:
    """Cities joining the network."""

    def work() -> dict[str, int]:
        everyone = ask(queries.joining, selection)["cities"].sum()
        return {"everyone": int(everyone), "with_year": int(known_joining()["cities"].sum())}

    cities = remember(work, "joining", selection)
    everyone, with_year = cities["everyone"], cities["with_year"]
    subtitle = translate_plural(
        "{known} of {all} cities has a known joining year; bars: that year, line: so far",
        "{known} of {all} cities have a known joining year; bars: that year, line: so far",
        with_year,
    ).format(known=number(with_year), all=number(everyone))
    panel_title(_("Cities joining the network"), subtitle)
    sources = _(
        "Members of national networks count from the year their network gives. "
        "Some sources disagree; the city’s card on the map tells."
    )
    if with_year:
        figure(
            "joining",
            joined,
            alt=_("Cities joining by year"),
            says=lambda: grid_takeaways.of_joining(known_joining()),
            set_by_page=False,
            method=replace(explanations.joining(with_year, everyone), signs=f"{subtitle}. {sources}"),
        )
    else:
        st.caption(_("No joining year is known for these cities."))
    st.caption(sources)


page_title(_("Timeline"), _("When practices started and ran, and when cities joined"))
compared = comparing()
if compared is not None:
    comparison_panel(compared)
elif not empty_selection():
    counts = ask(queries.known_counts, selection)
    with st.container(horizontal=True, gap="medium"):
        count = choice(
            "count", _("Count practices"), {"started": _("started"), "active": _("active")}, default="started"
        )
        active = count == "active"
        measure, split, scale, panels = measure_choice(), "none", "counts", "one"
        if measure == "count":
            split = split_choice()
            scale = choice("scale", _("Show"), {"counts": _("Counts"), "shares": _("Shares")}, default="counts")
            panels = panels_choice(split)
        base = base_choice(active=active) if measure == "base" else FIRST
        year_fields("active" if active else "started")
    rated = measure != "count" and counts["dated"] > 0

    def years_told() -> str:
        """The years with the most practices, in a sentence."""

        def work() -> str:
            return takeaways.of_years(ask(queries.practices_by_year, selection, active=active), active=active)

        return remember(work, "takeaway of years", selection, active)

    if not rated:
        takeaway(years_told())
    in_lines = years.in_lines(split, scale, panels)
    if not rated and (not in_lines or not counts["dated"]):
        panel_title(
            _("Practices active in each year") if active else _("Practices started per year"),
            ""
            if not counts["dated"]
            else " ".join(
                [
                    *([] if split == "none" else [_("A practice with several values counts once in each.")]),
                    lighter(active),
                    *([active_outside(selection)] if active else []),
                ]
            ),
            _("Drag over years to choose them.") if counts["dated"] else "",
        )
    if not counts["dated"]:
        st.caption(_("None of these practices carries a start year, so there is nothing to draw."))
        coverage(counts)
    else:
        if rated:
            rates_panel(measure, base, active=active, coverage=coverage)
        elif in_lines:
            value: Any = "share" if scale == "shares" else "practices"
            lines_panel(split, panels, active=active, value=value, coverage=coverage)
        else:
            if split == "none":
                part_legend(time_words.part_words(active=active), session.look.amount)
            else:
                colour_legend(split_colours(split, split_stack(split, active).labels))
            figure(
                "by-year",
                by_year,
                split,
                active,
                brush="active" if active else "started",
                alt=_("Practices by year"),
                says=years_told,
                said_above=True,
                method=explanations.practices_by_year(counts, split, active=active),
            )
            if scale == "shares":
                st.caption(_("Shares need groups: choose above what to split by."))
            coverage(counts)
        first, last = heatmap_years()
        panel_title(
            _("Policy areas through the years"),
            _("Practices {count} in a year, {start}–{end}").format(
                count=_("active") if active else _("started"), start=first, end=last
            ),
            _("Click a cell to choose its area and year"),
        )
        by_area = ask(queries.practices_by_year, selection, "policy_area", active=active)
        by_area = years.known_since(by_area[by_area["year"] <= last], first)
        if by_area.empty:
            none = _("None of these practices with a policy area falls into these years.")
            st.caption(f"{none} {uncoded(selection)}".rstrip())
        else:
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
        st.caption(f"{time_words.undated(counts)} {uncoded(selection)}".rstrip())
        panel_title(_("Each practice from start to end"), _("Coloured by the commitment of its first policy area"))
        span_panel(counts)
        st.caption(time_words.undated(counts))
        survival_fold()
        words_fold(active=active)
    joining_panel()
