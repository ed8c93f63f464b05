"""One policy area: what it means, who works on it, and what is missing; without one, all of them to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import coding_words, policy_area_facts, takeaways
from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.definitions import definition_of
from icc_data.cells import rows_of
from icc_data.i18n import number, percent
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from icc_data.queries.selection_words import choices
from pages.parts.policy_area_panels import ViewedArea, area_panels
from pages.shared.address import bound, go
from pages.shared.answers import ask, remember
from pages.shared.cards import commitment_card
from pages.shared.downloads import provenance
from pages.shared.figures import page_title, takeaway
from pages.shared.filter_bar import empty_selection
from pages.shared.labels import area_groups
from pages.shared.markdown import escaped
from pages.shared.navigation import FOLLOWED, link_to
from pages.shared.pack_button import pack_button
from pages.shared.selection_figures import uncoded
from pages.shared.session import enter

if TYPE_CHECKING:
    from icc_data.files.export import Provenance
    from icc_data.files.pack import Memory, Pack

session = enter()
selection = session.selection
comparison = selection.with_values("policy_area", [])
label = session.options.label
PAGE = "pages/policy_area.py"
CARDS_A_ROW = 4


def area_link(area: str, words: str, **options: Any) -> None:
    """A link to the view of an area; the other filters and the page's option go along."""
    here(comparison.with_values("policy_area", [area]), words, **options)


def here(linked: Selection, words: str, **options: Any) -> None:
    """A link to this page with another selection; the page's option goes along."""
    kept = {name: st.query_params.get_all(name) for name in ("count",) if name in st.query_params}
    link_to(PAGE, label=words, query_params={**linked.to_params(), **kept, FOLLOWED: "yes"}, **options)


def definitions(vocabulary: str) -> dict[str, str]:
    """The definition of each term of a list."""
    return remember(lambda: definition_of(ask(queries.term_definitions, None, vocabulary)), "definitions", vocabulary)


def within() -> str:
    """The other filters in words; empty where there are none."""
    words = [escaped(choice) for choice, _without in choices(comparison, session.options)]
    return _("Within: {choices}").format(choices=" · ".join(words)) if words else ""


def every_area() -> None:
    """All policy areas as cards, grouped by the commitment that they serve."""
    count = ask(queries.practice_count, selection)
    if within():
        st.caption(within())
    groups, meanings = area_groups(), definitions("policy_area")
    practices = {row.code: int(row.practices) for row in rows_of(ask(queries.terms, selection, "policy_area"))}
    for commitment, meaning in definitions("commitment").items():
        areas = [area for area, group in groups.items() if group == commitment]
        with commitment_card(commitment, meaning, beside_others=False, level=2):
            for start in range(0, len(areas), CARDS_A_ROW):
                for column, area in zip(
                    st.columns(CARDS_A_ROW, gap="small"), areas[start : start + CARDS_A_ROW], strict=False
                ):
                    with column:
                        area_card(area, meanings[area], practices[area], count)
    several = _("A practice can have several policy areas, so that the shares add up to more than 100%.")
    st.caption(f"{several} {uncoded(selection)}".rstrip())


def area_card(area: str, meaning: str, practices: int, count: int) -> None:
    """An area in short, opening its view."""
    with st.container(border=True, gap="xsmall", key=f"card-{area}", height="stretch"):
        area_link(area, f"**{label('policy_area', area)}**")
        share = percent(practices / count, 1 if 0 < practices / count < 0.01 else 0)
        st.markdown(f"{practice_count(practices)} :gray[· {share}]" if practices else f":gray[{practice_count(0)}]")
        st.markdown(f":small[:gray[{escaped(meaning)}]]")


def area_line(area: str, *, with_practices: bool) -> None:
    """All areas, the one before, a list to choose from, the one after, and a document where there is one to make."""
    areas = list(area_groups())
    place = areas.index(area)
    binding = bound("area", area, lambda code: go(selection.with_values("policy_area", [code])))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="result-line"):
        here(comparison, _("All policy areas"), icon=":material/arrow_back:")
        if place > 0:
            area_link(areas[place - 1], _("Previous"), icon=":material/chevron_left:")
        st.selectbox(
            _("Policy area"),
            areas,
            format_func=lambda code: label("policy_area", code),
            label_visibility="collapsed",
            width=320,
            **binding,
        )
        if place + 1 < len(areas):
            area_link(areas[place + 1], _("Next"), icon=":material/chevron_right:")
        if with_practices:
            hand_round(area)


def hand_round(area: str) -> None:
    """A button that makes a document of the area."""

    def make(memory: Memory, facts: Provenance) -> Pack:
        from icc_data.files.pack import policy_area_pack

        return policy_area_pack(memory, comparison, area, facts)

    title = _("Brief on {area}").format(area=label("policy_area", area))
    pack_button(f"area-{area}", provenance(title), make)


def area_links(name: str, words: str, areas: Iterable[str]) -> None:
    """Areas to go to, in a line."""
    with st.container(horizontal=True, gap="small", key=f"card-{name}", vertical_alignment="center"):
        st.markdown(f":small[:gray[{words}]]", width="content")
        for area in areas:
            area_link(area, f":small[:primary[{label('policy_area', area)}]]")


def heading(area: str, counts: Mapping[str, int]) -> None:
    """What the area means, the commitment that it serves, and what it is compared with.

    Args:
        area: its code.
        counts: the answer of ``queries.policy_area``.
    """
    groups = area_groups()
    commitment = groups[area]
    serves = _("It serves the commitment **{commitment}**: {meaning}").format(
        commitment=label("commitment", commitment), meaning=escaped(definitions("commitment")[commitment])
    )
    against = _("Compared with {whole} ({practices}).").format(
        whole=policy_area_facts.compared_with(comparison), practices=practice_count(counts["all_practices"])
    )
    everything = {"uncoded": counts["all_uncoded"], "practices": counts["all_practices"]}
    against = f"{against} {coding_words.uncoded(everything)}".rstrip()
    with st.container(key=f"commitment-{commitment}", border=True, gap="xsmall"):
        st.markdown(f"{escaped(definitions('policy_area')[area])}  \n:small[{serves}]")
        others = [other for other, group in groups.items() if group == commitment and other != area]
        area_links("others", _("Its other areas:"), others)
        st.caption(f"{within()}. {against}" if within() else against)
    if len(selection.policy_area) > 1:
        words = _("{count} policy areas are chosen; this is the first. The others:")
        area_links("chosen", words.format(count=number(len(selection.policy_area))), selection.policy_area[1:])


if selection.policy_area:
    viewed_area = selection.policy_area[0]
    counts = ask(queries.policy_area, comparison, viewed_area)
    page_title(label("policy_area", viewed_area), page=_("Policy area"))
    area_line(viewed_area, with_practices=counts["practices"] > 0)
    heading(viewed_area, counts)
    if counts["practices"]:
        takeaway(takeaways.of_policy_area(counts))
        area_panels(ViewedArea(viewed_area, comparison, counts))
    elif not empty_selection():
        st.markdown(_("No practice of the selection has this policy area; the others above have some."))
else:
    page_title(
        _("Policy areas"),
        _("The fields in which the Intercultural Cities Index looks at a city. Choose one to see who works on it."),
    )
    if not empty_selection():
        every_area()
