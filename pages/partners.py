"""Cities joined by the practices that they carry together, and who could join whom."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import partners, peers
from icc_data.drawing import charts
from icc_data.drawing.map_views import Zoom, in_europe
from icc_data.drawing.maps import MEASURES, MapView
from icc_data.drawing.partner_charts import partner_matrix
from icc_data.frames import records, rows
from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.shared.answers import ask
from pages.shared.cards import Metric, city_link, known, metric_row, practice_link, years_in_words
from pages.shared.city_map import city_map
from pages.shared.downloads import download_menu
from pages.shared.figures import figure, panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.peer_facts import feature_row, features
from pages.shared.session import enter
from pages.shared.unit_choice import choose_unit, others_chosen

session = enter()
everywhere = session.selection.with_values("city", ())
MATRIX_CITIES = 24
MOST_CONNECTED = 12
PROPOSED = 6


def label(city_id: str) -> str:
    """What a city is called."""
    return session.options.label("city", city_id)


def connections() -> pd.DataFrame:
    """Pairs of cities with their shared practices, within the filters other than the city."""
    pairs: pd.DataFrame = ask(queries.shared_work, everywhere)
    return pairs


def joined() -> Any:
    """The graph of those pairs."""
    return partners.graph(connections())


def connected() -> pd.DataFrame:
    """How connected each city is, with its name and its place; cities with as many partners share one."""
    frame = partners.measures(joined())
    place = frame["partners"].rank(method="min", ascending=False).astype(int)
    return frame.assign(label=[label(city) for city in frame["city_id"]], place=place)


def method(title: str, sentence: str) -> Method:
    """How a picture of the connections was computed."""
    return Method(title=title, sentence=sentence, question=queries.shared_work, selection=everywhere)


def overview() -> None:
    """How much the network works together."""
    pairs, groups = connections(), partners.components(joined())
    cities = ask(queries.network)["cities"]
    count = sum(len(group) for group in groups)
    panel_title(_("Cities that work together"), _("Two cities are joined where one practice names both"))
    of_joined = _("of the {count} cities joined").format(count=number(count))
    figures = (
        (_("Cities joined"), count, _("of {all} known").format(all=number(cities)), None),
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
    st.caption(
        _("Published practices only: cities also work together in networks and projects that no practice names.")
    )


def ranking(city_id: str | None) -> Any:
    """The most connected cities, and a chosen one among or below them."""
    every = connected()
    most = every.head(MOST_CONNECTED)
    frame = pd.concat([most, every[(every["city_id"] == city_id) & ~every["city_id"].isin(most["city_id"])]])
    frame = frame.rename(columns={"city_id": "code"})
    texts = [
        translate_plural("{count} city", "{count} cities", row.partners).format(count=number(row.partners))
        for row in rows(frame)
    ]
    for place in range(len(most), len(frame)):
        texts[place] = _("{count}, place {place}").format(
            count=texts[place], place=number(int(frame["place"].iloc[place]))
        )
    frame["text"], frame["through"] = texts, [percent(value, 1) for value in frame["betweenness"]]
    colours = {
        code: session.look.amount
        if city_id in (None, code) or city_id not in set(frame["code"])
        else session.look.ramp[2]
        for code in frame["code"]
    }
    return charts.ranked_bars(
        frame,
        session.look,
        colours=colours,
        value="partners",
        value_title=_("Partner cities"),
        details={"shared": _("Shared practices, a partner each"), "through": _("Ways between others through it")},
    )


def matrix(city_id: str | None) -> Any:
    """Shared practices of the most connected cities, those of a chosen one first."""
    shown = partners.shown_in_matrix(joined(), MATRIX_CITIES, city_id)
    pairs = connections()
    pairs = pairs[pairs["one"].isin(shown) & pairs["other"].isin(shown)]
    both = pd.concat([pairs, pairs.rename(columns={"one": "other", "other": "one"})], ignore_index=True)
    frame = pd.DataFrame(
        {
            "from": [label(city) for city in both["one"]],
            "to": [label(city) for city in both["other"]],
            "practices": both["practices"],
            "text": [number(n) for n in both["practices"]],
            "titles": ["; ".join(titles)[:300] for titles in both["titles"]],
        }
    )
    return partner_matrix(
        frame,
        session.look,
        order=[label(city) for city in shown],
        chosen=label(city_id) if city_id in shown else None,
    )


def groups() -> None:
    """The groups that shared practices join."""
    panel_title(_("Groups"), _("Joined directly or through others, the largest first"))
    for place, members in enumerate(partners.components(joined()), start=1):
        names = enumeration(escaped(label(city)) for city in members)
        count = translate_plural("{count} city", "{count} cities", len(members)).format(count=number(len(members)))
        st.markdown(f":small[**{place}. {count}:** {names}]")


def own_partners(city_id: str) -> None:
    """The practices that a city carries with others, each with those cities."""
    frame = partners.shared_practices(ask(queries.borrowable), city_id)
    others = ask(queries.partners, None, city_id)
    panel_title(
        _("Partners of {city}").format(city=escaped(label(city_id))), _("By the practice that they carry together")
    )
    if frame.empty:
        st.caption(_("None of its practices names another city."))
        return
    countries = dict(zip(others["city_id"], others["country"], strict=True))
    for row in records(frame):
        with st.container(border=True, gap="xsmall", key=f"card-shared-{row['practice_id']}"):
            practice_link(row["practice_id"], f"**{escaped(row['title'])}**")
            count = len(row["others"])
            words = translate_plural("with {count} other city", "with {count} other cities", count)
            source = row["url"] if known(row["url"]) else next(iter(row["evidence_urls"]), None)
            link = f" · [{_('Read it at the source')} :material/open_in_new:](<{source}>)" if source else ""
            st.caption(f"{years_in_words(row)} · {words.format(count=number(count))}{link}")
            with st.container(horizontal=True, gap="small", key=f"others-{row['practice_id']}"):
                for other in sorted(row["others"], key=label):
                    city_link(other, f":small[{escaped(label(other))} :gray[{escaped(countries[other])}]]")
    download_menu("own-partners", _("Partners of {city}").format(city=label(city_id)), lambda: others)


def proposed(city_id: str) -> pd.DataFrame:
    """The likeliest new partners of a city."""
    table = features()
    parts = peers.parts(table, city_id)
    found = peers.distances(parts)[peers.enough(parts, city_id)]
    distance = {str(city): float(value) for city, value in found["distance"].items()}
    areas = {row["city_id"]: frozenset(row["profile"]) for row in records(table)}
    # Who is joined already does not depend on the filters.
    everywhere_joined = ask(queries.shared_work, Selection())
    frame = partners.likely_partners(partners.graph(everywhere_joined), city_id, distance, areas)
    return frame.assign(compared=[int(found["compared"][city]) for city in frame["city_id"]])


def proposal(city_id: str, row: dict[str, Any]) -> None:
    """A likely partner, with the reason and what its score rests on."""
    own, other = (feature_row(city) for city in (city_id, row["city_id"]))
    words = _("Score {score} of 100: {similarity} similar (from {compared} of {all} features)")
    if row["area_overlap"] == row["area_overlap"]:
        words = _(
            "Score {score} of 100: {similarity} similar (from {compared} of {all} features), {overlap} of the policy "
            "areas of both in common"
        )
    told = words.format(
        score=number(row["score"] * 100),
        similarity=percent(row["similarity"]),
        overlap=percent(row["area_overlap"]),
        compared=number(row["compared"]),
        all=number(len(peers.FEATURES)),
    )
    with st.container(border=True, gap="xsmall", key=f"card-new-{row['city_id']}"):
        city_link(row["city_id"], f"**{escaped(label(row['city_id']))}**")
        why = peers.reason(own, other, session.options.label)
        st.markdown(f":small[{escaped(why[:1].upper() + why[1:])}]")
        st.caption(f"{told}. {peers.evidence(own, other)}".rstrip())


def new_partners(city_id: str) -> None:
    """Cities that one could work with, each with the reason."""
    frame = proposed(city_id)
    areas_known = bool(frame["area_overlap"].notna().any())
    rule = (
        _("Not joined yet; half the score is similarity, half the overlap of policy areas")
        if areas_known or frame.empty
        else _("Not joined yet; the score is similarity alone")
    )
    panel_title(_("Likeliest new partners"), rule)
    if frame.empty:
        st.caption(_("Too little is known of this city for a proposal to rest on."))
        return
    if not areas_known:
        words = _("No practice of this city is published: its policy areas are not known, so only similarity counts.")
        st.caption(f":material/info: {words}")
    elif not any(frame["common"].map(len)):
        st.caption(":material/info: " + _("It shares no policy area with any of them, so only similarity counts."))
    for row in records(frame.head(PROPOSED)):
        proposal(city_id, row)
    download_menu("new-partners", _("New partners of {city}").format(city=label(city_id)), lambda: frame)


def zoom(city_id: str | None) -> Zoom:
    """Where the map looks: Europe, or the world where a chosen city or a partner lies elsewhere."""
    if city_id is None:
        return "europe"
    placed = ask(queries.cities, everywhere).dropna(subset=["longitude", "latitude"]).set_index("city_id")
    own = [city for city in (city_id, *joined().adj.get(city_id, ())) if city in placed.index]
    away = [city for city in own if not in_europe(placed["longitude"][city], placed["latitude"][city])]
    return "world" if away else "europe"


def arcs_map(city_id: str | None) -> None:
    """The pairs on the map, those of a chosen city standing out."""
    words = _("Arc: practices that two cities carry together; click a city to open it")
    if city_id in joined():
        words = _("Ring and dark arcs: {city} and its partners; click a city to open it").format(
            city=escaped(label(str(city_id)))
        )
    panel_title(_("On the map"), words)
    view = MapView(MEASURES["practices"], zoom(city_id), arcs=True, chosen=city_id, height=430)
    city_map("partners-map", view, page="pages/map.py", selection=everywhere)


def most_connected(city_id: str | None) -> None:
    """The cities with the most partners."""
    panel_title(_("Most connected"), _("Number of partner cities; click to choose"))
    figure(
        "partners-ranking",
        ranking,
        city_id,
        pick={"code": "city"},
        alt=_("Most connected cities"),
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
    panel_title(_("Who works with whom"), matrix_words(city_id if city_id in joined() else None))
    figure(
        "partners-matrix",
        matrix,
        city_id,
        wide=True,
        alt=_("Shared practices of pairs of cities"),
        method=method(
            _("Who works with whom"),
            _("Practices that name both cities; the picture shows the most connected, the rows below all pairs."),
        ),
    )


def matrix_words(city_id: str | None) -> str:
    """Which cities the matrix shows."""
    count = number(min(MATRIX_CITIES, len(joined())))
    if city_id is None:
        return _("The {count} most connected cities; practices that both carry").format(count=count)
    return _("{city}, its partners and the most connected others, {count} cities; practices that both carry").format(
        city=escaped(label(city_id)), count=count
    )


# A city without a practice has likely partners all the same.
if ask(queries.practice_count, everywhere) or not empty_selection():
    chosen = choose_unit("city")
    others_chosen("city")
    work = not connections().empty
    if chosen is not None:
        left, right = st.columns(2, gap="large")
        with left:
            own_partners(chosen)
            if work:
                arcs_map(chosen)
        with right:
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
    else:
        st.caption(_("No practice of this selection names two cities."))
