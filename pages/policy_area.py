"""One policy area: what it means, who works on it, and what is missing; without one, all of them to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import policy_area_facts as profile_words
from icc_data.drawing import charts
from icc_data.drawing import policy_area_charts as profile_charts
from icc_data.frames import rows
from icc_data.i18n import number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection, choices
from pages.shared import explanations
from pages.shared.address import go
from pages.shared.answers import ask
from pages.shared.cards import Metric, commitment_card, metric_row, practice_card, practice_count
from pages.shared.downloads import document_button, provenance
from pages.shared.figures import choice, colour_legend, figure, panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.labels import area_colours, area_groups
from pages.shared.markdown import escaped
from pages.shared.navigation import FOLLOWED
from pages.shared.session import current, enter

session = enter()
selection = session.selection
comparison = selection.with_values("policy_area", [])
label = session.options.label
as_of = session.as_of.year
PAGE = "pages/policy_area.py"
CARDS_A_ROW = 4
PLACES = 10
THEMES = 10
EXAMPLES = 6
NAMES = 24


def area_link(area: str, words: str, **options: Any) -> None:
    """A link to the view of an area; the other filters and the page's option go along."""
    here(comparison.with_values("policy_area", [area]), words, **options)


def here(linked: Selection, words: str, **options: Any) -> None:
    """A link to this page with another selection; the page's option goes along."""
    kept = {name: st.query_params.get_all(name) for name in ("count", "lang") if name in st.query_params}
    st.page_link(PAGE, label=words, query_params={**linked.to_params(), **kept, FOLLOWED: "yes"}, **options)


def definitions(vocabulary: str) -> dict[str, str]:
    """The definition of each term of a list."""
    frame = ask(queries.term_definitions, None, vocabulary)
    return dict(zip(frame["code"], frame["definition"].fillna(""), strict=True))


def within() -> str:
    """The other filters in words; empty where there are none."""
    words = [escaped(choice) for choice, _without in choices(comparison, session.options)]
    return _("Within: {choices}").format(choices=" · ".join(words)) if words else ""


def every_area() -> None:
    """All policy areas as cards, grouped by the commitment that they serve."""
    count = ask(queries.practice_count, selection)
    panel_title(
        _("Policy areas"),
        _("The fields in which the Intercultural Cities Index looks at a city. Choose one to see who works on it."),
    )
    if within():
        st.caption(within())
    groups, meanings = area_groups(), definitions("policy_area")
    practices = {row.code: int(row.practices) for row in rows(ask(queries.terms, selection, "policy_area"))}
    for commitment, meaning in definitions("commitment").items():
        areas = [area for area, group in groups.items() if group == commitment]
        with commitment_card(commitment, meaning, beside_others=False):
            for start in range(0, len(areas), CARDS_A_ROW):
                for column, area in zip(
                    st.columns(CARDS_A_ROW, gap="small"), areas[start : start + CARDS_A_ROW], strict=False
                ):
                    with column:
                        area_card(area, meanings[area], practices[area], count)
    st.caption(_("A practice can have several policy areas, so that the shares add up to more than 100 %."))


def area_card(area: str, meaning: str, practices: int, count: int) -> None:
    """An area in short, opening its view."""
    with st.container(border=True, gap="xsmall", key=f"card-{area}", height="stretch"):
        area_link(area, f"**{label('policy_area', area)}**")
        share = percent(practices / count, 1 if 0 < practices / count < 0.01 else 0)
        st.markdown(f"{practice_count(practices)} :gray[· {share}]" if practices else f":gray[{practice_count(0)}]")
        st.markdown(f":small[:gray[{escaped(meaning)}]]")


def area_line(area: str) -> None:
    """All areas, the one before, a list to choose from, and the one after."""
    areas = list(area_groups())
    place = areas.index(area)
    st.session_state["area"] = area

    def write() -> None:
        go(selection.with_values("policy_area", [st.session_state["area"]]))

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="result-line"):
        here(comparison, _("All policy areas"), icon=":material/arrow_back:")
        if place > 0:
            area_link(areas[place - 1], _("Previous"), icon=":material/chevron_left:")
        st.selectbox(
            _("Policy area"),
            areas,
            format_func=lambda code: label("policy_area", code),
            key="area",
            on_change=write,
            label_visibility="collapsed",
            width=320,
        )
        if place + 1 < len(areas):
            area_link(areas[place + 1], _("Next"), icon=":material/chevron_right:")
        if counts["practices"]:
            brief_button(area)


def brief_button(area: str) -> None:
    """A button that makes the printed brief, when it is clicked."""
    facts = provenance(_("Brief on {area}").format(area=label("policy_area", area)))

    def brief() -> bytes:
        from icc_data.files.report import policy_area_brief

        return policy_area_brief(current().connection, comparison, area, facts)

    holds = _("One page to print: key numbers, places, themes, examples and gaps, with their sources.")
    document_button("brief", _("Brief (PDF)"), facts, brief, holds)


def area_links(name: str, words: str, areas: Iterable[str]) -> None:
    """Areas to go to, in a line."""
    with st.container(horizontal=True, gap="small", key=f"card-{name}", vertical_alignment="center"):
        st.markdown(f":small[:gray[{words}]]", width="content")
        for area in areas:
            area_link(area, f":small[:primary[{label('policy_area', area)}]]")


def heading(area: str) -> None:
    """What the area means, the commitment that it serves, and what it is compared with."""
    groups = area_groups()
    commitment = groups[area]
    serves = _("It serves the commitment **{commitment}**: {meaning}").format(
        commitment=label("commitment", commitment), meaning=escaped(definitions("commitment")[commitment])
    )
    against = _("Compared with {whole} ({practices}).").format(
        whole=profile_words.compared_with(comparison), practices=practice_count(counts["all_practices"])
    )
    with st.container(key=f"commitment-{commitment}", border=True, gap="xsmall"):
        st.markdown(
            f"### {label('policy_area', area)}\n{escaped(definitions('policy_area')[area])}  \n:small[{serves}]"
        )
        others = [other for other, group in groups.items() if group == commitment and other != area]
        area_links("others", _("Its other areas:"), others)
        st.caption(f"{within()}. {against}" if within() else against)
    if len(selection.policy_area) > 1:
        words = _("{count} policy areas are chosen; this is the first. The others:")
        area_links("chosen", words.format(count=number(len(selection.policy_area))), selection.policy_area[1:])


def metrics() -> None:
    """Five numbers, each with its denominator."""
    share, all_share = counts["dated"] / counts["practices"], counts["all_dated"] / counts["all_practices"]
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
            _("Share of the area's practices whose start year is known, and of all practices compared with."),
        ),
        (
            _("Last 3 years"),
            number(counts["recent"]),
            _("of {all} started {start}–{end}").format(all=number(counts["all_recent"]), start=as_of - 2, end=as_of),
            _("Practices of this area that started in the last three years of the data, of all that did."),
        ),
    ]
    metric_row(Metric(*card) for card in cards)


def by_year(area: str, active: bool) -> Any:
    """The area's practices by year, and as they would be with the same share every year."""
    frame = ask(queries.policy_area_by_year, comparison, area, active=active)
    return profile_charts.expected_years(frame, session.look, colour=area_colours()[area])


def years_panel(area: str) -> None:
    """The area through the years, beside the network."""
    panel_title(_("Through the years"), _("Drag over years to choose them"))
    counting = {"started": _("started"), "active": _("active")}
    active = choice("count", _("Count practices"), counting, default="started") == "active"
    if not counts["dated"]:
        st.caption(_("None of these practices carries a start year, so there is nothing to draw."))
        return
    line = _("With the same share every year as in {whole}").format(whole=profile_words.compared_with(comparison))
    colour_legend({label("policy_area", area): area_colours()[area], line: session.look.text})
    figure(
        "area-years",
        by_year,
        area,
        active,
        brush="active" if active else "started",
        alt=_("Practices of the policy area by year, beside the network"),
        method=explanations.policy_area_by_year(counts, comparison, area, active=active),
    )
    left_out = _("They are not in this picture.") if counts["dated"] < counts["practices"] else ""
    st.caption(f"{profile_words.undated(counts)} {left_out}")


def ranked(area: str, facet: str, shown: int) -> profile_words.Ranking:
    """The countries, cities or themes of the area."""
    frame = ask(queries.policy_area_values, comparison, area, facet)
    return profile_words.ranking(frame, facet, label, counts["practices"], shown=shown)


def bars(area: str, facet: str, shown: int) -> Any:
    """Them as bars."""
    frame = ranked(area, facet, shown).frame
    return charts.ranked_bars(frame, session.look)


def places_panel(area: str, facet: str) -> None:
    """The countries or cities that do most."""
    method = explanations.policy_area_places(counts, comparison, area, facet)
    panel_title(method.title, _("Practices here, of all of the place, and their share; click to choose"))
    found = ranked(area, facet, PLACES)
    if found.frame.empty:
        st.caption(method.why)
        return
    figure(f"area-{facet}", bars, area, facet, PLACES, pick={"code": facet}, alt=method.title, method=method)
    note = found.remainder()
    if (found.frame["all_practices"] < profile_words.FEWEST_FOR_SHARE).any():
        words = _("No percentage where a place has fewer than {least} practices in all.")
        note = f"{note} {words.format(least=profile_words.FEWEST_FOR_SHARE)}"
    st.caption(f"{note} {profile_words.unplaced(counts)}" if facet == "city" else note)


def themes_panel(area: str) -> None:
    """The themes that go with the area."""
    panel_title(_("Themes that go with it"), _("Practices here, their share, and lift; click to choose"))
    found = ranked(area, "theme", THEMES)
    if found.frame.empty:
        st.caption(_("None of these practices has a theme."))
        return
    method = explanations.policy_area_themes(comparison, area)
    figure("area-theme", bars, area, "theme", THEMES, pick={"code": "theme"}, alt=method.title, method=method)
    if (found.frame["practices"] >= profile_words.FEWEST_FOR_LIFT).any():
        words = _(
            "2 ×: the theme is twice as common here as in {whole}; not said where fewer than {least} practices have it."
        )
    else:
        words = _("No theme has as many as {least} practices here, so that none is compared with {whole}.")
    words = words.format(whole=profile_words.compared_with(comparison), least=profile_words.FEWEST_FOR_LIFT)
    st.caption(f"{found.remainder()} {words}")


def examples_panel(area: str) -> None:
    """Practices to read first."""
    panel_title(_("Examples to read first"))
    st.caption(_(profile_words.RULE))
    frame = ask(queries.policy_area_examples, comparison, area, limit=EXAMPLES)
    for start in range(0, len(frame), 2):
        pair = frame.iloc[start : start + 2].to_dict("records")
        with st.container(key=f"panel-examples-{start}"):
            for column, row in zip(st.columns(2, gap="medium"), pair, strict=False):
                with column:
                    practice_card(row, reason=profile_words.reasons(row))
    held = selection.with_values("policy_area", [area]).to_params()
    words = translate_plural(
        "{count} practice in the list", "All {count} practices in the list", counts["practices"]
    ).format(count=number(counts["practices"]))
    st.page_link("pages/practices.py", label=words, icon=":material/article:", query_params=held)


def gaps_panel(area: str) -> None:
    """What is missing here."""
    panel_title(_("Gaps"), _("In brackets: practices in other policy areas"))
    values = {facet: ask(queries.policy_area_values, comparison, area, facet) for facet in profile_words.GAP_FACETS}
    for gap in profile_words.gaps(values, label):
        with st.container(horizontal=True, gap="small", key=f"card-gap-{gap.facet}", vertical_alignment="center"):
            note = f"{gap.note}:" if gap.values else gap.note
            st.markdown(f":small[**{gap.title}** :gray[{note}]]", width="content")
            for code, name, practices in gap.values[:NAMES]:
                params = comparison.with_values(gap.facet, [code]).to_params()
                words = f":small[:primary[{escaped(name)}] ({number(practices)})]"
                st.page_link("pages/practices.py", label=words, query_params=params)
            if len(gap.values) > NAMES:
                st.caption(_("and {count} more").format(count=number(len(gap.values) - NAMES)), width="content")
    st.markdown(f":small[**{_('Time')}** {profile_words.last_start(counts, as_of)} {profile_words.undated(counts)}]")
    st.caption(
        _(
            "A gap here is one of what the programme published, which need not be one of what cities do. "
            "Policy areas and themes were assigned by this project from titles and summaries."
        )
    )


def view(area: str) -> None:
    """The area, top to bottom; a panel is never torn apart by a printer."""
    metrics()
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="panel-years"):
        years_panel(area)
    with right, st.container(key="panel-themes"):
        themes_panel(area)
    left, right = st.columns(2, gap="large")
    with left, st.container(key="panel-countries"):
        places_panel(area, "country")
    with right, st.container(key="panel-cities"):
        places_panel(area, "city")
    examples_panel(area)
    with st.container(key="panel-gaps"):
        gaps_panel(area)


if selection.policy_area:
    area = selection.policy_area[0]
    counts = ask(queries.policy_area, comparison, area)
    area_line(area)
    heading(area)
    if counts["practices"]:
        view(area)
    elif not empty_selection():
        st.markdown(_("No practice of the selection has this policy area; the others above have some."))
elif not empty_selection():
    every_area()
