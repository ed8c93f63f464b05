"""Every city of the selection at its place."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import maps, queries
from icc_data.frames import rows
from icc_data.i18n import enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.selection import Selection
from pages.shared.cards import city_facts, plain, practice_card, practice_count
from pages.shared.figures import choice, panel_title, size_legend
from pages.shared.filter_bar import empty_selection
from pages.shared.places import CITY_PARAM, city_map
from pages.shared.session import ask, enter, go, set_option

session = enter()
selection = session.selection
ZOOMS = {"europe": _("Europe"), "world": _("World"), "selection": _("Selection")}
LAYERS = {"none": _("Cities only"), "shared": _("Shared practices"), "density": _("Density")}
CARD_PRACTICES = 5


def controls() -> tuple[str, Any, str]:
    """What the map shows and where it looks."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        labels = {name: _(measure.label) for name, measure in maps.MEASURES.items()}
        measure = choice("measure", _("Size and colour show"), labels, default="practices", compact=True)
        zoom = choice("zoom", _("Zoom to"), ZOOMS, default="europe" if selection.is_empty else "selection")
        layer = choice("layer", _("Layer"), LAYERS, default="none")
    return measure, zoom, layer


def coverage(measure: str) -> None:
    """How many cities the map shows, and for how many the measure is known."""
    cities = ask(queries.cities, selection)
    placed = cities.dropna(subset=["latitude", "longitude"])
    known = int(placed[maps.MEASURES[measure].column].notna().sum())
    st.caption(
        _("{placed} of {cities} cities have coordinates; “{measure}” is known for {known} of them.").format(
            placed=number(len(placed)),
            cities=number(len(cities)),
            measure=_(maps.MEASURES[measure].label),
            known=number(known),
        )
    )
    unplaced = cities[cities["latitude"].isna()]["name"].tolist()
    if unplaced:
        st.caption(_("Without coordinates: {names}.").format(names=enumeration(unplaced)))
    without_city = ask(queries.overview, selection)["without_city"]
    if without_city:
        st.caption(
            translate_plural(
                "{count} practice names no city and is on no map.",
                "{count} practices name no city and are on no map.",
                without_city,
            ).format(count=number(without_city))
        )
    if maps.MEASURES[measure].column == "index_score":
        st.caption(
            _(
                "Scores come from different editions: each tooltip says the year. "
                "They are published one by one, so most cities have none here."
            )
        )
    st.caption(
        _("Base map: Natural Earth; borders as the Council of Europe draws them.")
        + " "
        + _(
            "\\* All references to Kosovo, whether the territory, institutions or population, in this text shall be "
            "understood in full compliance with United Nations Security Council Resolution 1244 and without prejudice "
            "to the status of Kosovo."
        )
    )


def city_card(city_id: str) -> None:
    """One city: what is known of it, and its practices."""
    city = ask(queries.city, None, city_id)
    if city is None:
        st.caption(":material/info: " + _("There is no city “{name}” here.").format(name=plain(city_id[:60])))
        return
    with st.container(border=True, key="city-card"):
        local = (
            f" :gray[{plain(city['local_name'])}]" if city["local_name"] and city["local_name"] != city["name"] else ""
        )
        with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
            st.markdown(
                f"#### {plain(city['name'])}{local}  \n:small[:gray[{plain(city['country'])}]]", width="content"
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
        st.markdown("  \n".join(f":small[{fact}]" for fact in city_facts(city)))
        with st.container(horizontal=True, vertical_alignment="center"):
            profile = {"city": [city_id]}
            st.page_link("pages/city.py", label=_("Profile"), icon=":material/location_city:", query_params=profile)
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


measure, zoom, layer = controls()
if not empty_selection():
    chosen = st.query_params.get(CITY_PARAM)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        city_map(
            "map", measure, zoom=zoom, arcs=layer == "shared", density=layer == "density", chosen=chosen, height=560
        )
        size_legend(maps.legend(ask(queries.cities, selection), session.look, maps.MEASURES[measure]))
        coverage(measure)
    with right:
        if chosen:
            city_card(chosen)
        else:
            panel_title(_("Most practices"), _("Click a city on the map for its facts and practices"))
            top = ask(queries.cities, selection).head(12)
            for row in rows(top[top["practices"] > 0]):
                st.button(
                    f"**{plain(row.name)}** :gray[{plain(row.country)} · {practice_count(row.practices)}]",
                    key=f"open-{row.city_id}",
                    type="tertiary",
                    on_click=set_option,
                    args=(CITY_PARAM, row.city_id),
                )
