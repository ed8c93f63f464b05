"""Cities joined by the practices that they carry together, and who could join whom."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import charts, city_questions, partners, peers, queries
from icc_data.frames import records, rows
from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.selection import Selection
from pages.shared.cards import plain
from pages.shared.downloads import download_menu
from pages.shared.figures import figure, panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.method import Method
from pages.shared.peers import choose_unit, city_link, features, others_chosen, reason
from pages.shared.places import city_map
from pages.shared.session import ask, enter

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
    pairs: pd.DataFrame = ask(city_questions.shared_work, everywhere)
    return pairs


def connected() -> pd.DataFrame:
    """How connected each city is, with its name."""
    frame = partners.measures(partners.graph(connections()))
    return frame.assign(label=[label(city) for city in frame["city_id"]])


def method(title: str, sentence: str) -> Method:
    """How a picture of the connections was computed."""
    return Method(title=title, sentence=sentence, question=city_questions.shared_work, selection=everywhere)


def overview() -> None:
    """How much the network works together."""
    pairs, groups = connections(), partners.components(partners.graph(connections()))
    cities = ask(queries.network)["cities"]
    joined = sum(len(group) for group in groups)
    panel_title(_("Cities that work together"), _("Two cities are joined where one practice names both"))
    with st.container(key="metrics"):
        columns = st.columns(4, gap="small")
        columns[0].metric(
            _("Cities joined"),
            number(joined),
            _("of {all} known").format(all=number(cities)),
            delta_color="off",
            delta_arrow="off",
            border=True,
        )
        columns[1].metric(_("Pairs of cities"), number(len(pairs)), border=True, height="stretch")
        columns[2].metric(
            _("Groups"),
            number(len(groups)),
            border=True,
            height="stretch",
            help=_("Cities that shared practices join, directly or through others."),
        )
        columns[3].metric(_("Largest group"), number(len(groups[0])), border=True, height="stretch")
    st.caption(
        _("Published practices only: cities also work together in networks and projects that no practice names.")
    )


def ranking() -> Any:
    """The most connected cities."""
    frame = connected().head(MOST_CONNECTED).rename(columns={"city_id": "code"})
    frame["text"] = [
        translate_plural("{count} city", "{count} cities", row.partners).format(count=number(row.partners))
        for row in rows(frame)
    ]
    details = {"shared": _("Shared practices, a partner each"), "betweenness": _("Betweenness")}
    return charts.ranked_bars(
        frame.round({"betweenness": 3}),
        session.look,
        value="partners",
        value_title=_("Partner cities"),
        details=details,
    )


def matrix() -> Any:
    """Shared practices of the most connected cities."""
    largest = connected().head(MATRIX_CITIES)["city_id"].tolist()
    pairs = connections()
    pairs = pairs[pairs["one"].isin(largest) & pairs["other"].isin(largest)]
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
    order = [label(city) for city in largest]
    return charts.heatmap(
        frame,
        session.look,
        x="to",
        y="from",
        value="practices",
        x_order=order,
        y_order=order,
        value_title=_("Shared practices"),
        text="text",
        tooltip={"titles": _("Practices")},
    )


def groups() -> None:
    """The groups that shared practices join."""
    panel_title(_("Groups"), _("Joined directly or through others, the largest first"))
    for place, members in enumerate(partners.components(partners.graph(connections())), start=1):
        names = enumeration(plain(label(city)) for city in members)
        count = translate_plural("{count} city", "{count} cities", len(members)).format(count=number(len(members)))
        st.markdown(f":small[**{place}. {count}:** {names}]")


def own_partners(city_id: str) -> None:
    """The cities that one is joined with."""
    panel_title(_("Partners of {city}").format(city=plain(label(city_id))), _("They carry a practice together"))
    frame = ask(city_questions.partners, None, city_id)
    if frame.empty:
        st.caption(_("None of its practices names another city."))
        return
    for row in records(frame):
        with st.container(border=True, gap=None, key=f"card-partner-{row['city_id']}"):
            city_link(row["city_id"], f"**{plain(row['name'])}**")
            st.caption(f"{plain(row['country'])} · {plain('; '.join(row['titles']))}")
    download_menu("own-partners", _("Partners of {city}").format(city=label(city_id)), lambda: frame)


def proposed(city_id: str) -> pd.DataFrame:
    """The likeliest new partners of a city."""
    table = features()
    found = peers.distances(peers.parts(table, city_id))
    found = found[found["compared"] >= peers.FEWEST_FEATURES]
    distance = {str(city): float(value) for city, value in found["distance"].items()}
    areas = {row["city_id"]: frozenset(row["profile"]) for row in records(table)}
    # Who is joined already does not depend on the filters.
    joined = ask(city_questions.shared_work, Selection())
    return partners.likely_partners(partners.graph(joined), city_id, distance, areas)


def new_partners(city_id: str) -> None:
    """Cities that one could work with, each with the reason."""
    panel_title(
        _("Likeliest new partners"),
        _("Not joined yet; half the score is similarity, half the overlap of policy areas"),
    )
    frame = proposed(city_id)
    if frame.empty:
        st.caption(_("Nothing is known that a proposal could rest on."))
        return
    if not any(frame["common"].map(len)):
        st.caption(":material/info: " + _("It shares no policy area with any of them, so only similarity counts."))
    for row in records(frame.head(PROPOSED)):
        with st.container(border=True, gap="xsmall", key=f"card-new-{row['city_id']}"):
            city_link(row["city_id"], f"**{plain(label(row['city_id']))}**")
            st.markdown(f":small[{plain(reason(city_id, row['city_id']))}]")
            st.caption(
                _("Score {score} of 100: {similarity} similar, {overlap} of the policy areas of both in common").format(
                    score=number(row["score"] * 100),
                    similarity=percent(row["similarity"]),
                    overlap=percent(row["area_overlap"]),
                )
            )
    download_menu("new-partners", _("New partners of {city}").format(city=label(city_id)), lambda: frame)


def network_view() -> None:
    """Everything about the whole network."""
    left, right = st.columns([5, 3], gap="large")
    with left:
        panel_title(_("On the map"), _("Arc: practices that two cities carry together; click a city to open it"))
        city_map(
            "partners-map", "practices", zoom="europe", arcs=True, height=430, page="pages/map.py", selection=everywhere
        )
    with right:
        panel_title(_("Most connected"), _("Number of partner cities; click to choose"))
        figure(
            "partners-ranking",
            ranking,
            pick={"code": "city"},
            alt=_("Most connected cities"),
            method=method(
                _("Most connected cities"), _("Each partner city counts once, however many practices are shared.")
            ),
        )
    panel_title(
        _("Who works with whom"),
        _("The {count} most connected cities; practices that both carry").format(count=MATRIX_CITIES),
    )
    figure(
        "partners-matrix",
        matrix,
        wide=True,
        alt=_("Shared practices of pairs of cities"),
        method=method(
            _("Who works with whom"),
            _("Practices that name both cities; the picture shows the most connected, the rows below all pairs."),
        ),
    )
    groups()


# A city without a practice has likely partners all the same.
if ask(queries.practice_count, everywhere) or not empty_selection():
    chosen = choose_unit("city")
    others_chosen("city")
    if chosen is not None:
        left, right = st.columns(2, gap="large")
        with left:
            own_partners(chosen)
        with right:
            new_partners(chosen)
    if connections().empty:
        st.caption(_("No practice of this selection names two cities."))
    else:
        overview()
        network_view()
