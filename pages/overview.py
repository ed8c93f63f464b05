"""The network at a glance."""

from __future__ import annotations

import html
from typing import Any, NamedTuple

import streamlit as st

from icc_data import queries
from icc_data.analysis import silence, time_words
from icc_data.analysis.review_state import state_sentence
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import dicts_of
from icc_data.drawing import map_measures, map_views
from icc_data.i18n import day, number, percent, translate_plural
from icc_data.i18n import translate as _
from pages.parts.overview_start import doors, tour
from pages.shared.answers import ask, remember
from pages.shared.cards import practice_card, result_link
from pages.shared.city_map import city_map
from pages.shared.figures import page_title, panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.labels import compared_areas
from pages.shared.navigation import link_to
from pages.shared.selection_figures import areas_figure, started_figure, uncoded
from pages.shared.session import enter

session = enter()
selection = session.selection
as_of = session.as_of.year
counts = ask(queries.overview, selection)
network = ask(queries.network)

SPARKLINE_YEARS = 20
NEWEST = 4
AREAS = 9


def headline() -> None:
    """The page's title and the date of the data."""
    title = _("Intercultural cities and what they do")
    source = _("Good practices published by the Council of Europe’s Intercultural Cities programme")
    dated = _("data as of {date}").format(date=day(session.as_of))
    page_title(title, f"{source} · {dated}")


def state() -> None:
    """The state of the network or the selection in one sentence, which opens the review."""
    scope = queries.review_scope(selection)
    sentence = state_sentence(ask(queries.review_state, scope, ask(queries.default_period)), silent(), last_heard())
    if selection.has_years:
        sentence += " " + _("That is whatever years are chosen.")
    with st.container(key="card-state"):
        link_to(
            "pages/review.py",
            label=f"**{sentence}** :primary[{_('Open the review')} :material/arrow_forward:]",
            query_params=scope.to_params(),
        )


def silent() -> int:
    """How many cities are silent."""
    scope = queries.review_scope(selection)
    return remember(lambda: silence.silent_count(ask(queries.review_cities, scope), as_of), "silent", scope)


def last_heard() -> int:
    """The last year of which something is known of them."""
    return as_of - silence.DEFAULT_SILENCE


class Card(NamedTuple):
    """A number with what it stands beside, and the column of its growth."""

    name: str
    value: str
    note: str
    column: str
    explained: str
    alarm: bool = False


def cards() -> list[Card]:
    """Five numbers of the selection, what there is before what is known of it."""
    of_practices = translate_plural("{count} of {all} practice", "{count} of {all} practices", counts["of_any_year"])
    dated = counts["of_any_year"] - counts["undated"]
    first, last = time_words.still_published(as_of)
    areas = ask(queries.terms, selection, "policy_area")
    few = int((areas["practices"] < FEW).sum())
    silent_cities = silent()
    return [
        Card(
            _("Cities with a practice"),
            number(counts["cities_with_practices"]),
            translate_plural(
                "of {cities} in {countries} country", "of {cities} in {countries} countries", counts["countries"]
            ).format(cities=number(counts["cities"]), countries=number(counts["countries"])),
            "cities",
            _("Cities of the selection that a practice names. Line: cities with a dated practice so far"),
        ),
        Card(
            _("Silent cities"),
            number(silent_cities),
            _("nothing known after {year}").format(year=last_heard()),
            "",
            silence.silence_definition(as_of, silence.DEFAULT_SILENCE),
            alarm=silent_cities > 0,
        ),
        Card(
            _("Practices"),
            number(counts["practices"]),
            _("{count} started in {first}–{last}").format(count=number(counts["recent"]), first=first, last=last),
            "practices",
            _("Published practices. Line: dated practices so far"),
        ),
        Card(
            _("Known start year"),
            percent(dated / counts["of_any_year"]),
            of_practices.format(count=number(dated), all=number(counts["of_any_year"])),
            "started",
            _(
                "Share of practices whose start year is known, whatever years are chosen; some may not be the start. "
                "Bars: practices started each year"
            ),
        ),
        Card(
            _("Policy areas"),
            number(counts["areas"]),
            _("{count} with fewer than {few}").format(count=number(few), few=FEW),
            "areas",
            _("Policy areas of the Index with at least one practice. Line: areas reached so far"),
        ),
    ]


def metrics() -> None:
    """The numbers, each with how it grew."""
    growth = ask(queries.growth, selection)
    first_and_last = selection.years_to_show(ask(queries.network)["first_year"], as_of, SPARKLINE_YEARS)
    growth = growth[growth["year"].between(*first_and_last)]
    bare = time_words.bare_starts(int(growth["started"].sum()), int(growth["started_bare"].sum()))
    span = f", {int(growth['year'].min())}–{int(growth['year'].max())}" if len(growth) else ""
    with st.container(horizontal=True, gap="small", key="metrics"):
        for card in cards():
            trend = growth[card.column].tolist() if card.column and len(growth) > 1 else None
            st.metric(
                f":orange[:material/priority_high: {card.name}]" if card.alarm else card.name,
                card.value,
                card.note,
                delta_color="primary",
                delta_arrow="off",
                chart_data=trend,
                chart_type="bar" if card.column == "started" else "area",
                help=f"{card.explained}{span}. {bare if card.column == 'started' else ''}".strip()
                if card.column
                else card.explained,
                border=True,
                height="stretch",
            )
    if len(growth) > 1:
        st.html(f'<p class="heard">{html.escape(" ".join(grown(growth)))}</p>')
    st.caption(time_words.recent(counts, as_of))


def grown(growth: Any) -> list[str]:
    """What the small lines of the numbers show, in sentences for people who do not see them."""
    first, last = growth.iloc[0], growth.iloc[-1]
    words = _("{what}: {first} in {start}, {last} in {end}.")
    return [
        words.format(
            what=card.name,
            first=number(int(first[card.column])),
            start=int(first["year"]),
            last=number(int(last[card.column])),
            end=int(last["year"]),
        )
        for card in cards()
        if card.column and card.column != "started"
    ]


def missing() -> None:
    """What the data does not say, and why that matters."""
    total = counts["practices"]
    gaps = [
        (counts["bare"], _("have only a year as published, which may not be the start")),
        (counts["without_city"], _("name no city: they are on no map")),
        (counts["without_page"], _("have no known page of their own: the link leads to where they were seen")),
        (counts["uncoded"], _("have no policy area yet: nobody has coded them, so they count in none")),
        (counts["low_confidence"], _("were seen only as a title or a line: their policy areas are less certain")),
    ]
    listed = [f"- **{number(count)}** :gray[({percent(count / total)})] {words}" for count, words in gaps if count]
    if counts["undated"]:
        share = percent(counts["undated"] / counts["of_any_year"])
        words = _("carry no start year: they are on no timeline")
        listed.insert(0, f"- **{number(counts['undated'])}** :gray[({share})] {words}")
    st.markdown("\n".join(listed))
    st.caption(
        _(
            "Cities that publish more are not cities that do more, and old practices may have ended: "
            "this is what the programme chose to publish."
        )
    )


headline()
tour()
if selection.is_empty:
    doors()
if not empty_selection():
    state()
    metrics()
    left, right = st.columns(2, gap="medium")
    with left:
        panel_title(
            _("Where the practices are"), _("Circle: practices of a city."), _("Click one to open it on the map.")
        )
        zoom: map_views.Zoom = "europe" if selection.is_empty else "selection"
        city_map(
            "overview-map", map_views.MapView(map_measures.MEASURES["practices"], zoom, height=270), page="pages/map.py"
        )
    with right:
        panel_title(
            _("Practices started per year"),
            translate_plural(
                "{dated} practice with a start year", "{dated} practices with a start year", counts["dated"]
            ).format(dated=number(counts["dated"])),
            _("Drag over years to choose them") if counts["dated"] else "",
        )
        if counts["dated"]:
            started_figure("overview-started", alt=_("Bar chart of practices started per year"), height=250)
            st.caption(time_words.undated(counts))
        else:
            st.caption(_("None of these practices carries a year."))
    left, right = st.columns(2, gap="medium")
    with left:
        panel_title(
            _("Policy areas most worked on"), _("Practices, and their share of all practices"), _("Click to choose")
        )
        areas_figure(
            "overview-areas",
            _("Policy areas most worked on"),
            alt=_("Bars of practices by policy area"),
            most=AREAS,
            fewest=0,
            with_cities=True,
        )
        if notes := " ".join(filter(None, (compared_areas(selection), uncoded(selection)))):
            st.caption(notes)
        panel_title(_("What is not known"))
        missing()
    with right:
        panel_title(_("Newest practices"), _("By start year"))
        for row in dicts_of(ask(queries.practices, selection, limit=NEWEST)):
            practice_card(row)
        result_link("practices", _("All practices"), ":material/article:")
