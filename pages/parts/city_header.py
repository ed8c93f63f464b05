"""The head of a city's profile: facts with their sources, where it lies, and where to go from here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from icc_data import queries
from icc_data.analysis.changes import FIELDS
from icc_data.cells import is_known, list_of
from icc_data.drawing.map_measures import MEASURES
from icc_data.drawing.map_views import MapView
from icc_data.i18n import labelled, number
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.shared.amendments import amendment_in_words
from pages.shared.answers import ask
from pages.shared.cards import facts_in_words
from pages.shared.city_map import city_map
from pages.shared.copying import copy_link
from pages.shared.downloads import AsData, download_menu, linked
from pages.shared.markdown import escaped
from pages.shared.navigation import about, link_to


def header(city: dict[str, Any]) -> None:
    """Facts with their sources, where it lies, and where to go from here."""
    with st.container(border=True, key="city-card"):
        left, right = st.columns([5, 3], gap="large")
        with left:
            facts(city)
        with right:
            locator(city)
        ways(city)


def ways(city: dict[str, Any]) -> None:
    """Where to go from here, and what to take along."""
    here = about(city["city_id"])
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="city-actions"):
        for page, label, icon in (
            ("pages/benchmark.py", _("Beside its peers"), "leaderboard"),
            ("pages/audit.py", _("Policy audit"), "checklist"),
            ("pages/partners.py", _("Partners"), "hub"),
        ):
            link_to(page, label=label, icon=f":material/{icon}:", query_params=here)
        if city["profile_url"]:
            st.link_button(_("City page"), city["profile_url"], icon=":material/open_in_new:")
        copy_link("subject")
        name = city["city_id"]
        rows = ask(queries.practice_records, Selection(city=(name,)))
        download_menu(
            "city",
            _("Practices of {city}").format(city=city["name"]),
            lambda: linked(rows),
            AsData("practices", Selection(city=(name,))),
        )


def locator(city: dict[str, Any]) -> None:
    """Where the city lies among those of its country."""
    country = Selection(country=(city["country_slug"],))
    view = MapView(MEASURES["practices"], "selection", chosen=city["city_id"], height=250)
    city_map(
        "city-locator",
        view,
        page="pages/map.py",
        selection=country,
        title=_("Map of where {city} lies among the cities of its country").format(city=city["name"]),
    )


def facts(city: dict[str, Any]) -> None:
    """What is known, each with its year, and its sources."""
    lines = [f":small[{fact}]" for fact in facts_in_words(city)]
    if city["strategy_year"]:
        lines.insert(-1, ":small[" + labelled(_("Intercultural strategy"), f"**{int(city['strategy_year'])}**") + "]")
    st.markdown("  \n".join(lines))
    if city["joined_note"]:
        st.caption(_("On the joining year: {note}").format(note=escaped(city["joined_note"])))
    for one in list_of(city["amendments"]):
        name = _(FIELDS["cities"].get(one["field"], one["field"]))
        st.caption(labelled(name, amendment_in_words(one)))
    if city["note"]:
        st.caption(_("Note: {note}").format(note=escaped(city["note"])))
    sources = list(city["evidence_urls"]) if is_known(city["evidence_urls"]) else []
    if sources:
        st.caption(_("Sources of these facts together: {sources}").format(sources=" · ".join(source_links(sources))))


def source_links(urls: list[str]) -> list[str]:
    """Addresses as links called by their hosts, numbered where a host comes again."""
    hosts = [urlsplit(url).netloc.removeprefix("www.") or url for url in urls]
    names = [
        f"{host} ({number(hosts[:place].count(host) + 1)})" if hosts.count(host) > 1 else host
        for place, host in enumerate(hosts)
    ]
    return [f"[{escaped(name)}](<{url}>)" for name, url in zip(names, urls, strict=True)]
