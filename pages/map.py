"""Every city of the selection at its place."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import takeaways
from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.index_rows import city_count
from icc_data.cells import rows_of
from icc_data.drawing import map_arcs, map_measures, map_views
from icc_data.i18n import enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.parts.map_comparison import comparison_panel
from pages.shared.address import go, note_read, set_option
from pages.shared.answers import ask, remember
from pages.shared.cards import facts_in_words, practice_card
from pages.shared.city_map import CITY_PARAM, base_map_words, cities_of, city_by_name, city_map, map_key
from pages.shared.comparing import comparing
from pages.shared.figures import choice, page_title, panel_title, takeaway
from pages.shared.filter_bar import empty_selection
from pages.shared.markdown import escaped
from pages.shared.navigation import about, link_to
from pages.shared.news import lead_to
from pages.shared.session import enter

session = enter()
selection = session.selection
ZOOMS = {"europe": _("Europe"), "world": _("World"), "selection": _("Selection")}
LAYERS = {"none": _("Cities only"), "shared": _("Shared practices"), "density": _("Density")}
CARD_PRACTICES = 5
RANKED = 12
HEIGHT = 540


def controls(*, of_two: bool) -> tuple[str, Any, str]:
    """What the map shows and where it looks; of two maps none says which cities work together."""
    # The rest of a selection is nearly everywhere.
    rest = of_two and session.comparison is not None and session.comparison.with_rest
    of_part = not selection.is_empty and not rest
    layers = {name: words for name, words in LAYERS.items() if name != "shared" or not of_two}
    with st.container(horizontal=True, vertical_alignment="top", gap="medium"):
        labels = {name: _(measure.label) for name, measure in map_measures.MEASURES.items()}
        measure = choice("measure", _("Size and colour show"), labels, default="practices", compact=True)
        zoom = choice("zoom", _("Zoom to"), ZOOMS, default="selection" if of_part else "europe")
        layer = choice("layer", _("Layer"), layers, default="none")
    return measure, zoom, layer


def coverage(measure: map_measures.Measure) -> None:
    """How many cities the map shows, and for how many the measure is known."""
    st.caption("\n\n".join(remember(partial(covered, measure), "coverage", selection, measure.column)))


def covered(measure: map_measures.Measure) -> list[str]:
    """The same in sentences of Markdown."""
    cities = cities_of(selection, measure)
    placed = cities.dropna(subset=["latitude", "longitude"])
    ranked = map_measures.ranking(placed, measure)
    words = (
        _("{placed} of {cities} on the map; “{measure}” is above zero for {known} of them.")
        if measure.is_count
        else _("{placed} of {cities} on the map; “{measure}” is known for {known} of them.")
    )
    counts = {"placed": number(len(placed)), "cities": city_count(len(cities)), "known": number(len(ranked))}
    lines = [words.format(measure=_(measure.label), **counts)]
    unplaced = cities[cities["latitude"].isna()]["name"].tolist()
    if unplaced:
        lines.append(_("Without coordinates: {names}.").format(names=escaped(enumeration(unplaced))))
    without_city = ask(queries.known_counts, selection)["without_city"]
    if without_city:
        lines.append(
            translate_plural(
                "{count} practice names no city and is on no map.",
                "{count} practices name no city and are on no map.",
                without_city,
            ).format(count=number(without_city))
        )
    if measure.column == "index_score":
        lines.append(
            _(
                "Scores come from different editions: each tooltip says the year. "
                "They are published one by one, so most cities have none here."
            )
        )
    if not measure.from_zero and not ranked.empty:
        ends = [measure.words(end) for end in (ranked[measure.column].min(), ranked[measure.column].max())]
        lines.append(_("Circles grow from {least} to {most}, not from zero.").format(least=ends[0], most=ends[1]))
    return lines + base_map_words()


def city_card(city_id: str) -> None:
    """One city: what is known of it, and its practices."""
    city = ask(queries.city, None, city_id)
    if city is None:
        st.caption(":material/info: " + _("There is no city “{name}” here.").format(name=escaped(city_id[:60])))
        return
    with st.container(border=True, key="city-card"):
        lead_to(city_id)
        local = (
            f" :gray[{escaped(city['local_name'])}]"
            if city["local_name"] and city["local_name"] != city["name"]
            else ""
        )
        with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
            st.markdown(
                f"### {escaped(city['name'])}{local}  \n:small[:gray[{escaped(city['country'])}]]", width="content"
            )
            st.button(
                "",
                icon=":material/close:",
                key="close-card",
                help=_("Close"),
                type="tertiary",
                on_click=set_option,
                args=(CITY_PARAM, None),
            )
        st.markdown("  \n".join(f":small[{fact}]" for fact in facts_in_words(city)))
        with st.container(horizontal=True, vertical_alignment="center"):
            profile = about(city_id)
            link_to("pages/city.py", label=_("Profile"), icon=":material/location_city:", query_params=profile)
            if city_id not in selection.city:
                st.button(
                    _("Show only this city"),
                    key="filter-to-city",
                    icon=":material/filter_alt:",
                    on_click=go,
                    args=(selection.with_values("city", [city_id]),),
                )
            if city["profile_url"]:
                st.link_button(_("City page"), city["profile_url"], icon=":material/open_in_new:")
        here = selection.with_values("city", [city_id])
        count = ask(queries.practice_count, here)
        panel_title(_("{practices} in the selection").format(practices=practice_count(count)), _("Newest first"))
        for row in ask(queries.practices, here, limit=CARD_PRACTICES).to_dict("records"):
            practice_card(row)
        if count > CARD_PRACTICES:
            st.caption(
                _("The newest {shown} of {count}. “Show only this city” brings the rest to every page.").format(
                    shown=CARD_PRACTICES, count=number(count)
                )
            )
        if not count and selection != Selection():
            everywhere = ask(queries.practice_count, Selection(city=(city_id,)))
            st.caption(_("Without the other filters: {practices}.").format(practices=practice_count(everywhere)))


def amount(measure: map_measures.Measure, row: Any) -> str:
    """The measure of a city with its unit, and its year where it has one."""
    if measure.column == "practices":
        return practice_count(row.practices)
    if measure.column == "policy_areas":
        return translate_plural("{count} policy area", "{count} policy areas", row.policy_areas).format(
            count=number(row.policy_areas)
        )
    return measure.said(row)


def ranking(measure: map_measures.Measure) -> Any:
    """The cities of the selection by what the map shows, the first first."""
    work = partial(map_measures.ranking, cities_of(selection, measure), measure)
    return remember(work, "ranking", selection, measure.column)


def first_cities(measure: map_measures.Measure) -> None:
    """The cities that come first by what the map shows, and how many there is nothing to show of."""
    cities, ranked = cities_of(selection, measure), ranking(measure)
    panel_title(_(measure.ranking), hint=_("Click a city here or on the map for its facts and practices"))
    with st.container(gap=None, key="first-cities"):
        for row in rows_of(ranked.head(RANKED)):
            st.button(
                f"**{escaped(row.name)}** :gray[{escaped(row.country)} · {amount(measure, row)}]",
                key=f"open-{row.city_id}",
                type="tertiary",
                on_click=set_option,
                args=(CITY_PARAM, row.city_id),
            )
    city_by_name(selection)
    without = len(cities) - len(ranked)
    if without:
        words = (
            _("{known} of {cities} with any, {without} with none.")
            if measure.is_count
            else _("Known for {known} of {cities}, not for {without}.")
        )
        counts = {"known": number(len(ranked)), "cities": city_count(len(cities)), "without": number(without)}
        st.caption(words.format(**counts))


def pairs() -> None:
    """The cities that carry the most practices together."""
    shared = ask(queries.shared_practices, selection)
    strongest = map_arcs.strongest_pairs(shared, RANKED)
    panel_title(_("Strongest pairs"), _("Cities that carry the most practices together"))
    for row in rows_of(strongest):
        names = f"{escaped(row.from_name)} – {escaped(row.to_name)}"
        titles = escaped(row.titles)
        st.markdown(f"**{names}** :gray[{practice_count(row.practices)}]  \n:small[:gray[{titles}]]")
    rest = shared["practices"].iloc[len(strongest) :]
    if shared.empty:
        st.caption(_("No practice here names two cities."))
    elif len(rest):
        st.caption(
            translate_plural(
                "{count} other pair carries at most {practices}.",
                "{count} other pairs carry at most {practices} each.",
                len(rest),
            ).format(count=number(len(rest)), practices=practice_count(rest.iloc[0]))
        )
    link_to("pages/partners.py", label=_("All pairs"), icon=":material/hub:", query_params=selection.to_params())


def alone(view: map_views.MapView) -> None:
    """The map of the selection, with what is chosen on it or comes first beside it."""

    def told() -> str:
        rows = rows_of(ranking(view.measure))
        return takeaways.of_ranking([(row.name, amount(view.measure, row)) for row in rows])

    takeaway(remember(told, "takeaway of cities", selection, view.measure.column))
    left, right = st.columns([2, 1], gap="medium")
    with left:
        # The buttons of the map come up at its upper edge: beside the heading, they lie on nothing.
        panel_title(
            _("Where the cities are"),
            _("Each circle is a city: point at it for its numbers"),
        )
        city_map("map", view, instead=_("Every city opens by its name from the field “Open any” beside it."))
        map_key(view)
        coverage(view.measure)
    with right:
        if view.chosen:
            city_card(view.chosen)
        elif view.arcs == "all":
            pairs()
        else:
            first_cities(view.measure)


page_title(_("Map of cities"), filtered=True)
compared = comparing()
measure, zoom, layer = controls(of_two=compared is not None)
if compared is not None or not empty_selection():
    note_read(CITY_PARAM)
    view = map_views.MapView(
        map_measures.MEASURES[measure],
        zoom,
        arcs="all" if layer == "shared" else "none",
        density=layer == "density",
        chosen=st.query_params.get(CITY_PARAM),
        height=HEIGHT,
    )
    if compared is None:
        alone(view)
    else:
        comparison_panel(compared, view)
        if view.chosen:
            city_card(view.chosen)
