"""Cities joined by the practices that they carry together, and who could join whom."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import grid_takeaways, partners, takeaways
from icc_data.drawing import charts
from icc_data.drawing.map_measures import MEASURES
from icc_data.drawing.map_views import Arcs, MapView, Zoom, in_europe
from icc_data.drawing.partner_charts import partner_matrix
from icc_data.i18n import enumeration, labelled, number, translate_plural
from icc_data.i18n import translate as _
from pages.parts.partners_city import new_partners, own_partners
from pages.shared.answers import ask, remember
from pages.shared.cards import Metric, metric_row
from pages.shared.city_map import city_map
from pages.shared.downloads import AsData
from pages.shared.drawn import draw_once
from pages.shared.figures import figure, page_title, panel_title, takeaway
from pages.shared.filter_bar import empty_selection
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.session import enter
from pages.shared.unit_choice import choose_my_city, choose_unit, offer_joiners, others_chosen, pick_city

session = enter()
everywhere = session.selection.with_values("city", ())
MATRIX_CITIES = 24
MOST_CONNECTED = 12


def label(city_id: str) -> str:
    """What a city is called."""
    return session.options.label("city", city_id)


def connected() -> Any:
    """How connected each city is that shares practices, within the filters other than the city."""

    def work() -> Any:
        return partners.measures(partners.graph(ask(queries.shared_work, everywhere)))

    return remember(work, "connected", everywhere)


def is_joined(city_id: str | None) -> bool:
    """Whether a city shares practices with another."""
    return city_id is not None and bool((connected()["city_id"] == city_id).any())


def network_words() -> str:
    """How many cities share practices, and which has the most partners."""

    def work() -> str:
        return takeaways.of_partners(connected(), ask(queries.network)["cities"], label)

    return remember(work, "network words", everywhere)


def method(title: str, sentence: str) -> Method:
    """How a picture of the connections was computed."""
    return Method(
        title=title,
        sentence=sentence,
        question=queries.shared_work,
        selection=everywhere,
        same=AsData("pairs", everywhere),
    )


def overview() -> None:
    """How much the network works together."""
    panel_title(_("Cities that work together"), _("Two cities are joined where one practice names both"))
    draw_once(numbers, "partners numbers", everywhere)
    st.caption(
        _("Published practices only: cities also work together in networks and projects that no practice names.")
    )


def numbers() -> None:
    """How many cities and pairs there are, and in how many groups."""
    pairs, groups = ask(queries.shared_work, everywhere), partners.groups(connected())
    cities = ask(queries.network)["cities"]
    count = sum(len(group) for group in groups)
    of_joined = translate_plural("of the {count} city joined", "of the {count} cities joined", count)
    of_joined = of_joined.format(count=number(count))
    figures = (
        (_("Connected cities"), count, _("of {all} known").format(all=number(cities)), None),
        (
            _("Pairs of cities"),
            len(pairs),
            _("of {all} possible").format(all=number(count * (count - 1) // 2)),
            _("Each two of the cities joined make a possible pair."),
        ),
        (_("Groups"), len(groups), of_joined, _("Cities that shared practices join, directly or through others.")),
        (_("Largest group"), len(groups[0]), of_joined, None),
    )
    metric_row(Metric(name, number(value), of, explained) for name, value, of, explained in figures)


def ranking(city_id: str | None) -> Any:
    """The most connected cities, and a chosen one among or below them."""
    bars = partners.ranking_bars(connected(), MOST_CONNECTED, city_id, label)
    alone = city_id in set(bars["code"])
    colours = {
        code: session.look.ramp[3] if alone and code != city_id else session.look.amount for code in bars["code"]
    }
    return charts.ranked_bars(
        bars,
        session.look,
        colours=colours,
        value="partners",
        value_title=_("Partner cities"),
        details={"shared": _("Shared practices, a partner each"), "through": _("Ways between others through it")},
    )


def matrix(city_id: str | None) -> Any:
    """Shared practices of the most connected cities, those of a chosen one first."""
    pairs = ask(queries.shared_work, everywhere)
    own = partners.partners_of(pairs, city_id)
    cities = partners.shown_in_matrix(connected(), MATRIX_CITIES, city_id, own)
    return partner_matrix(
        partners.matrix_cells(pairs, cities, label),
        session.look,
        order=[label(city) for city in cities],
        chosen=label(city_id) if city_id in cities else None,
    )


def groups() -> None:
    """The groups that shared practices join."""
    panel_title(_("Groups"), _("Joined directly or through others, the largest first"))
    draw_once(each_group, "partners groups", everywhere)


def each_group() -> None:
    """A line for each group."""
    for place, members in enumerate(partners.groups(connected()), start=1):
        names = enumeration(escaped(label(city)) for city in members)
        count = translate_plural("{count} city", "{count} cities", len(members)).format(count=number(len(members)))
        st.markdown(f":small[{labelled(f'**{place}. {count}**', names)}]")


def zoom(city_id: str | None) -> Zoom:
    """Where the map looks: Europe, or the world where a chosen city or a partner lies elsewhere."""
    if city_id is None:
        return "europe"

    def work() -> bool:
        own = partners.partners_of(ask(queries.shared_work, everywhere), city_id)
        positions = partners.positions(ask(queries.city_practices, everywhere), [city_id, *own])
        return all(in_europe(longitude, latitude) for longitude, latitude in positions)

    return "europe" if remember(work, "partners in Europe", everywhere, city_id) else "world"


def arcs_map(city_id: str | None) -> None:
    """The pairs on the map, of a chosen city only its own."""
    words = _("Arc: practices that two cities carry together")
    if city_id is not None:
        ringed = (
            _("Ring and arcs: {city} and its partners")
            if is_joined(city_id)
            else _("Ring: {city}, which shares no practice of this selection")
        )
        words = ringed.format(city=escaped(label(city_id)))
    panel_title(_("On the map"), words, _("Click a city to choose it"))
    arcs: Arcs = "all" if city_id is None else "own"
    view = MapView(MEASURES["practices"], zoom(city_id), arcs=arcs, chosen=city_id, height=430)
    city_map(
        "partners-map",
        view,
        selection=everywhere,
        choose=choose_my_city,
        title=_("Map of cities and who carries practices together")
        if city_id is None
        else _("Map of {city} and its partners").format(city=label(city_id)),
        instead=_("The field “City” above takes the name of any city; the groups list those joined."),
    )


def most_connected(city_id: str | None) -> None:
    """The cities with the most partners."""
    panel_title(_("Most connected"), _("Number of partner cities"), _("Click to choose"))
    figure(
        "partners-ranking",
        ranking,
        city_id,
        on_pick=pick_city,
        alt=_("Most connected cities"),
        says=network_words(),
        said_above=True,
        method=method(
            _("Most connected cities"),
            _(
                "Each partner city counts once, however many practices are shared. Ways through a city: of the "
                "shortest ways from one other city to another along shared practices, the share that leads "
                "through it (betweenness centrality, Freeman 1977)."
            ),
        ),
    )


def who_with_whom(city_id: str | None) -> None:
    """The matrix."""
    panel_title(_("Who works with whom"), matrix_words(city_id if is_joined(city_id) else None))
    figure(
        "partners-matrix",
        matrix,
        city_id,
        wide=True,
        alt=_("Shared practices of pairs of cities"),
        says=lambda: grid_takeaways.of_pairs(ask(queries.shared_work, everywhere), label),
        method=method(
            _("Who works with whom"),
            _("Practices that name both cities; the picture shows the most connected, its rows all pairs."),
        ),
    )


def matrix_words(city_id: str | None) -> str:
    """Which cities the matrix shows."""
    count = number(min(MATRIX_CITIES, len(connected())))
    if city_id is None:
        return _("The {count} most connected cities; practices that both carry").format(count=count)
    return _("{city}, its partners and the most connected others, {count} cities; practices that both carry").format(
        city=escaped(label(city_id)), count=count
    )


page_title(
    _("Partners of {city}").format(city=label(session.city)) if session.city else _("Partners"),
    _("Who carries practices together, and who could join whom"),
    filtered=session.city is None,
)
# A city without a practice has likely partners all the same.
if ask(queries.practice_count, everywhere) or not empty_selection():
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        chosen = choose_unit("city")
    others_chosen("city")
    work = not ask(queries.shared_work, everywhere).empty
    takeaway(network_words())
    if chosen is not None:
        left, right = st.columns(2, gap="large")
        with left:
            own_partners(chosen)
        if work:
            with right:
                arcs_map(chosen)
        new_partners(chosen)
    if work:
        overview()
        left, right = st.columns([5, 3], gap="large")
        with left:
            if chosen is None:
                arcs_map(None)
            else:
                groups()
        with right:
            most_connected(chosen)
        who_with_whom(chosen)
        if chosen is None:
            groups()
            offer_joiners()
    else:
        st.caption(_("No practice of this selection names two cities."))
