"""A policy area beside the practices that it is compared with: its panels, top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import grid_takeaways, policy_area_facts, takeaways, years
from icc_data.analysis.time_words import part_words, still_published
from icc_data.analysis.uncertainty import FEW
from icc_data.drawing import charts, policy_area_charts
from icc_data.i18n import labelled, number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.shared import explanations
from pages.shared.answers import ask, remember
from pages.shared.cards import Metric, list_options, metric_row, practice_card, side_by_side
from pages.shared.drawn import draw_once
from pages.shared.figures import choice, figure, panel_title, part_legend
from pages.shared.labels import area_colours
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.navigation import carried, link_to
from pages.shared.pairs import pairs_of_area
from pages.shared.selection_figures import active_outside, unfinished
from pages.shared.session import current

PLACES = 10
THEMES = 10
EXAMPLES = 6
NAMES = 24


@dataclass(frozen=True)
class ViewedArea:
    """The area that the page is about.

    Attributes:
        area: its code.
        comparison: the selection whatever its policy areas: what the area is compared with.
        counts: the answer of ``queries.policy_area``.
    """

    area: str
    comparison: Selection
    counts: dict[str, int]


def metrics(viewed: ViewedArea) -> None:
    """Five numbers, each with its denominator."""
    counts = viewed.counts
    first, last = still_published(current().as_of.year)
    # A filter of years leaves out the undated by itself.
    share = 1 - counts["undated"] / counts["of_any_year"]
    all_share = 1 - counts["all_undated"] / counts["all_of_any_year"]
    cards = [
        (
            _("Practices"),
            number(counts["practices"]),
            _("{share} of {all}").format(
                share=percent(counts["practices"] / counts["all_practices"], 1), all=number(counts["all_practices"])
            ),
            _("Practices that have this policy area, of all practices compared with."),
        ),
        (
            _("Cities"),
            number(counts["cities"]),
            _("of {all} with practices").format(all=number(counts["all_cities"])),
            _("Cities with a practice in this area, of the cities with any practice."),
        ),
        (
            _("Countries"),
            number(counts["countries"]),
            _("of {all} with practices").format(all=number(counts["all_countries"])),
            _("Countries with a practice in this area, of the countries with any practice."),
        ),
        (
            _("Known start year"),
            percent(share),
            _("{share} of all").format(share=percent(all_share)),
            _("Share of the area’s practices whose start year is known, and of all practices compared with."),
        ),
        (
            _("Started {start}–{end}").format(start=first, end=last),
            number(counts["recent"]),
            _("of {all} published so far").format(all=number(counts["all_recent"])),
            _(
                "Practices of this area that started in the last three years of the data, of all that did. More will "
                "follow: practices are published years after they begin."
            ),
        ),
    ]
    metric_row(Metric(*card) for card in cards)


def years_panel(viewed: ViewedArea) -> None:
    """The area through the years, beside the network."""
    area, comparison, counts = viewed.area, viewed.comparison, viewed.counts
    title = st.container()
    counting = {"started": _("started"), "active": _("active")}
    active = choice("count", _("Count practices"), counting, default="started") == "active"
    with title:
        outside = active_outside(comparison.with_values("policy_area", (area,))) if active else ""
        hint = _("Drag over years to choose them") if counts["dated"] else ""
        panel_title(_("Through the years"), outside, hint=hint)
    if not counts["dated"]:
        st.caption(_("None of these practices carries a start year, so there is nothing to draw."))
        return
    line = _("With the same share every year as in {whole}").format(whole=policy_area_facts.compared_with(comparison))
    colour = area_colours()[area]
    parts = part_words(active=active)
    part_legend(parts, colour, {line: current().look.text})

    def draw(active: bool) -> Any:
        by_year = ask(queries.policy_area_by_year, comparison, area, active=active)
        return policy_area_charts.expected_years(
            by_year,
            years.in_parts(by_year, active=active),
            current().look,
            colour=colour,
            parts=parts,
            unfinished=unfinished(comparison),
        )

    figure(
        "area-years",
        draw,
        active,
        brush="active" if active else "started",
        alt=_("Practices of the policy area by year, beside the network"),
        says=lambda: takeaways.of_years(
            ask(queries.policy_area_by_year, comparison, area, active=active), active=active
        ),
        method=explanations.policy_area_by_year(counts, comparison, area, active=active),
    )
    left_out = _("They are not in this picture.") if counts["undated"] else ""
    st.caption(f"{policy_area_facts.undated(counts)} {left_out}")


def ranking(viewed: ViewedArea, facet: Any, most: int) -> policy_area_facts.Ranking:
    """The countries, cities or themes of the area."""

    def work() -> policy_area_facts.Ranking:
        held = pairs_of_area(viewed.comparison, viewed.area, facet)
        return policy_area_facts.ranking(held, facet, current().options.label, shown=most)

    return remember(work, "area ranking", viewed.comparison, viewed.area, facet, most)


def ranking_figure(ranking: policy_area_facts.Ranking, facet: str, method: Method) -> None:
    """Them as bars; a click chooses one."""

    def draw() -> Any:
        details = {"share_words": _("Share of all its practices"), "chance_words": _("They meet")}
        return charts.ranked_bars(ranking.frame, current().look, details=details)

    def says() -> str:
        return grid_takeaways.of_bars(ranking.frame["label"].tolist(), ranking.frame["practices"].tolist())

    figure(f"area-{facet}", draw, pick={"code": facet}, alt=method.title, says=says, set_by_page=False, method=method)


def places_panel(viewed: ViewedArea, facet: str) -> None:
    """The countries or cities that do most."""
    method = explanations.policy_area_places(viewed.counts, viewed.comparison, viewed.area, facet)
    beside = _("Practices here, of all of the place, and their share")
    panel_title(method.title, beside, _("Click to choose"))
    places = ranking(viewed, facet, PLACES)
    if places.frame.empty:
        st.caption(method.why)
        return
    note = places.remainder()
    if places.has_place_without_share():
        words = _("No percentage where a place has fewer than {least} practices in all.")
        note = f"{note} {words.format(least=FEW)}"
    ranking_figure(places, facet, replace(method, signs=f"{beside}. {note}".rstrip()))
    st.caption(f"{note} {policy_area_facts.unplaced(viewed.counts)}" if facet == "city" else note)


def themes_panel(viewed: ViewedArea) -> None:
    """The themes that go with the area."""
    beside = _("Practices here, their share, and × by chance")
    panel_title(_("Themes that go with it"), beside, _("Click to choose"))
    themes = ranking(viewed, "theme", THEMES)
    if themes.frame.empty:
        st.caption(_("None of these practices has a theme."))
        return
    method = explanations.policy_area_themes(viewed.comparison, viewed.area)
    if themes.has_theme_with_lift():
        words = _("2 ×: the two meet twice as often as by chance in {whole}; not said where it could be chance.")
    else:
        words = _("Each of these meets the area about as often as chance would have it in {whole}.")
    note = f"{themes.remainder()} {words.format(whole=policy_area_facts.compared_with(viewed.comparison))}"
    ranking_figure(themes, "theme", replace(method, signs=f"{beside}. {note}"))
    st.caption(note)


def examples_panel(viewed: ViewedArea) -> None:
    """Practices to read first."""
    panel_title(_("Examples to read first"))
    st.caption(_(policy_area_facts.RULE))

    def cards() -> None:
        examples = ask(queries.example_cards, viewed.comparison, viewed.area, limit=EXAMPLES)
        for start in range(0, len(examples), 2):
            with st.container(key=f"panel-examples-{start}"):
                for row, column in side_by_side(examples[start : start + 2]):
                    with column:
                        practice_card(row, reason=policy_area_facts.reasons(row))

    chosen = (current().selection, viewed.comparison, viewed.area)
    draw_once(cards, "area examples", *chosen, list_options(), carried())
    of_area = current().selection.with_values("policy_area", [viewed.area]).to_params()
    words = translate_plural(
        "{count} practice in the list", "All {count} practices in the list", viewed.counts["practices"]
    ).format(count=number(viewed.counts["practices"]))
    link_to("pages/practices.py", label=words, icon=":material/article:", query_params=of_area)


def _gaps(comparison: Selection, area: str) -> list[policy_area_facts.Gap]:
    def work() -> list[policy_area_facts.Gap]:
        facets: Any = policy_area_facts.GAP_FACETS
        values = {facet: pairs_of_area(comparison, area, facet) for facet in facets}
        return list(policy_area_facts.gaps(values, current().options.label))

    return remember(work, "area gaps", comparison, area)


def gaps_panel(viewed: ViewedArea) -> None:
    """What is missing here."""
    panel_title(_("Gaps"), _("In brackets: all their practices"))

    def values() -> None:
        for gap in _gaps(viewed.comparison, viewed.area):
            with st.container(horizontal=True, gap="small", key=f"card-gap-{gap.facet}", vertical_alignment="center"):
                note = labelled(gap.note, "").rstrip() if gap.values else gap.note
                st.markdown(f":small[**{gap.title}** :gray[{note}]]", width="content")
                for code, name, practices in gap.values[:NAMES]:
                    params = viewed.comparison.with_values(gap.facet, [code]).to_params()
                    words = f":small[:primary[{escaped(name)}] ({number(practices)})]"
                    link_to("pages/practices.py", label=words, query_params=params)
                if len(gap.values) > NAMES:
                    st.caption(_("and {count} more").format(count=number(len(gap.values) - NAMES)), width="content")

    draw_once(values, "area gaps", viewed.comparison, viewed.area, carried())
    last_start = policy_area_facts.last_start(viewed.counts, current().as_of.year)
    st.markdown(f":small[**{_('Time')}** {last_start} {policy_area_facts.undated(viewed.counts)}]")
    st.caption(
        _(
            "A gap here is one of what the programme published, which need not be one of what cities do. "
            "Policy areas and themes were assigned by this project from titles and summaries."
        )
    )


def area_panels(viewed: ViewedArea) -> None:
    """The area, top to bottom; a panel is never torn apart by a printer."""
    metrics(viewed)
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="panel-years"):
        years_panel(viewed)
    with right, st.container(key="panel-themes"):
        themes_panel(viewed)
    left, right = st.columns(2, gap="large")
    with left, st.container(key="panel-countries"):
        places_panel(viewed, "country")
    with right, st.container(key="panel-cities"):
        places_panel(viewed, "city")
    examples_panel(viewed)
    with st.container(key="panel-gaps"):
        gaps_panel(viewed)
