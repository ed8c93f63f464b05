"""One city: what is known of it, what it does, and which cities are like it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import charts, city_charts, city_questions, queries
from icc_data.frames import records
from icc_data.i18n import enumeration, number, percent
from icc_data.i18n import translate as _
from icc_data.selection import Selection
from pages.shared import methods
from pages.shared.cards import city_facts, known, plain, practice_card, practice_count
from pages.shared.downloads import download_menu
from pages.shared.figures import figure, panel_title
from pages.shared.labels import area_groups
from pages.shared.method import Method
from pages.shared.peers import choose_unit, city_link, similar_cities
from pages.shared.places import city_map
from pages.shared.session import address, ask, enter

session = enter()
PRACTICES = 6
FEW_CITIES = 0.2
HIGH_LIFT = 1.5


def heading(city: dict[str, Any]) -> None:
    """Name, country, and where to go from here."""
    local = f" :gray[{plain(city['local_name'])}]" if city["local_name"] and city["local_name"] != city["name"] else ""
    st.markdown(f"### {plain(city['name'])}{local}  \n:gray[{plain(city['country'])}]")
    here = {"city": [city["city_id"]]}
    with st.container(horizontal=True, gap="small", key="city-actions"):
        for page, label, icon in (
            ("pages/benchmark.py", _("Beside its peers"), "leaderboard"),
            ("pages/audit.py", _("Policy audit"), "checklist"),
            ("pages/partners.py", _("Partners"), "hub"),
        ):
            st.page_link(page, label=label, icon=f":material/{icon}:", query_params=here)
        if city["profile_url"]:
            st.link_button(_("City page"), city["profile_url"], icon=":material/open_in_new:")
        with st.popover(_("Copy link"), icon=":material/link:"):
            st.code(address(), language=None, wrap_lines=True)
        name = city["city_id"]
        download_menu(
            "city",
            _("Practices of {city}").format(city=city["name"]),
            lambda: ask(queries.practice_records, only(name)),
        )


def only(city_id: str) -> Selection:
    """The practices of one city."""
    return Selection(city=(city_id,))


def facts(city: dict[str, Any]) -> None:
    """What is known, each with its year, and its sources."""
    panel_title(_("Facts"), _("In brackets: the year of the figure"))
    lines = [f":small[{fact}]" for fact in city_facts(city)]
    if city["strategy_year"]:
        lines.insert(-1, f":small[{_('Intercultural strategy')}: **{int(city['strategy_year'])}**]")
    st.markdown("  \n".join(lines))
    if city["joined_note"]:
        st.caption(_("On the joining year: {note}").format(note=plain(city["joined_note"])))
    if city["note"]:
        st.caption(plain(city["note"]))
    sources = list(city["evidence_urls"]) if known(city["evidence_urls"]) else []
    if sources:
        with st.popover(_("Sources ({count})").format(count=number(len(sources))), icon=":material/source_notes:"):
            st.markdown("\n".join(f"- <{url}>" for url in sources))


def area_bars(city_id: str, name: str) -> Any:
    """Its shares of policy areas, with the network's."""
    frame = ask(city_questions.term_profile, None, city_id, "policy_area")
    frame["label"] = [session.options.label("policy_area", code) for code in frame["code"]]
    frame["text"] = [
        f"{number(n)} · {percent(share)}" if n else ""
        for n, share in zip(frame["practices"], frame["share"], strict=True)
    ]
    return city_charts.share_bars(frame, session.look, own=name, network=_("Network"))


def portfolio(city: dict[str, Any], count: int) -> None:
    """Its practices by policy area, against the network's average."""
    panel_title(
        _("Practices by policy area"), _("Bar: share of its practices; line: share of the network’s; click to choose")
    )
    if not count:
        st.caption(_("No practice of this city has been published in the sources of this atlas."))
        return
    figure(
        f"city-areas-{city['city_id']}",
        lambda: area_bars(city["city_id"], city["name"]),
        pick={"code": "policy_area"},
        alt=_("Practices of {city} by policy area").format(city=city["name"]),
        method=Method(
            title=_("Practices of {city} by policy area").format(city=city["name"]),
            sentence=_(
                "The share of the city’s practices that carry each policy area, beside the share in the network."
            ),
            question=city_questions.term_profile,
            args=(city["city_id"], "policy_area"),
        ),
    )
    if count < 3:
        st.caption(_("Shares of so few practices say little: read the counts."))


def by_year(city_id: str) -> Any:
    """Its practices by the years in which they were active."""
    frame = ask(queries.practices_by_year, only(city_id), active=True)
    return charts.year_bars(frame, session.look, brush=False, height=170)


def years(city: dict[str, Any], counts: dict[str, int]) -> None:
    """Its practices over time."""
    panel_title(_("Practices active in each year"))
    if counts["dated"]:
        figure(
            f"city-years-{city['city_id']}",
            lambda: by_year(city["city_id"]),
            alt=_("Practices of {city} active in each year").format(city=city["name"]),
            method=methods.practices_by_year(counts, active=True, selection=only(city["city_id"])),
        )
    st.caption(
        _("{count} of {all} practices carry no start year.").format(
            count=number(counts["practices"] - counts["dated"]), all=number(counts["practices"])
        )
    )


def commitments(city_id: str) -> None:
    """The four commitments with the city's practices."""
    panel_title(_("The four commitments"))
    frame = ask(queries.commitments, only(city_id))
    for row in records(frame):
        label = session.options.label("commitment", row["code"])
        words = practice_count(row["practices"])
        st.markdown(f":small[**{label}** — {words}]")
        st.progress(row["practices"] / max(1, row["selected_practices"]))


def editions(city_id: str) -> Any:
    """Its scores from edition to edition."""
    frame = scores(city_id)
    frame["label"] = [index_label(area) for area in frame["policy_area"]]
    frame["compared"] = frame["cities_compared"].fillna("–")
    return city_charts.edition_lines(frame.astype({"year": int}), session.look)


def scores(city_id: str) -> pd.DataFrame:
    """Its published scores whose edition is known."""
    history: pd.DataFrame = ask(city_questions.index_history, None, city_id)
    return history.dropna(subset=["year", "score"])


def index_label(area: str) -> str:
    """What a score is about."""
    return _("Overall") if area == "overall" else session.options.label("policy_area", area)


def index_words(row: dict[str, Any]) -> str:
    """One result or report in a sentence."""
    year = str(int(row["year"])) if known(row["year"]) else _("edition not stated")
    source = f" [{_('source')}]({row['evidence_url']})" if known(row["evidence_url"]) else ""
    if row["report_only"]:
        return _("{year}: a report exists, its score was not found.").format(year=year) + source
    parts = [f"{year}, {index_label(row['policy_area'])}:"]
    parts.append(
        _("**{score}** of 100").format(score=number(row["score"])) if known(row["score"]) else _("score not found")
    )
    if known(row["rank"]):
        parts.append(_("rank {rank} of {count}").format(rank=number(row["rank"]), count=row["cities_compared"] or "–"))
    elif known(row["cities_compared"]):
        parts.append(_("among {count} cities").format(count=row["cities_compared"]))
    if row["quoted"]:
        parts.append(_("quoted in another city’s report"))
    return parts[0] + " " + ", ".join(parts[1:]) + source


def index(city: dict[str, Any]) -> None:
    """Index results and reports through the editions."""
    panel_title(_("Intercultural Cities Index"))
    frame = ask(city_questions.index_history, None, city["city_id"])
    if frame.empty:
        st.caption(_("No published result and no report was found. The programme gives all scores on request only."))
        return
    if scores(city["city_id"])["year"].nunique() > 1:
        figure(
            f"city-index-{city['city_id']}",
            lambda: editions(city["city_id"]),
            alt=_("Index scores of {city}").format(city=city["name"]),
            method=Method(
                title=_("Index scores of {city}").format(city=city["name"]),
                sentence=_("Published scores by edition; editions compare different numbers of cities and questions."),
                question=city_questions.index_history,
                args=(city["city_id"],),
            ),
        )
    st.markdown("\n".join(f"- :small[{index_words(row)}]" for row in records(frame)))


def partners(city: dict[str, Any]) -> None:
    """Cities that carry a practice together with it."""
    panel_title(_("Partner cities"), _("They carry a practice together"))
    frame = ask(city_questions.partners, None, city["city_id"])
    if frame.empty:
        st.caption(_("None of its practices names another city."))
        return
    together = Selection(city=(city["city_id"], *frame["city_id"]))
    city_map(
        "city-partners",
        "practices",
        zoom="selection",
        arcs=True,
        chosen=city["city_id"],
        height=240,
        selection=together,
    )
    for row in records(frame.head(8)):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"partner-{row['city_id']}"):
            city_link(row["city_id"], plain(row["name"]))
            st.markdown(f":small[:gray[{plain('; '.join(row['titles']))}]]", width="content")
    if len(frame) > 8:
        st.caption(_("and {count} more").format(count=number(len(frame) - 8)))


def specialities(city_id: str, count: int) -> None:
    """What it does that few others do, and what it does not do."""
    profiles = {name: ask(city_questions.term_profile, None, city_id, name) for name in ("policy_area", "theme")}
    everyone = ask(queries.network)["cities"]
    panel_title(_("What it does that few others do"))
    lines = []
    for vocabulary, frame in profiles.items():
        rare = frame[
            (frame["practices"] > 0) & (frame["lift"] >= HIGH_LIFT) & (frame["cities"] <= FEW_CITIES * everyone)
        ].sort_values("lift", ascending=False)
        for row in records(rare.head(4)):
            label = session.options.label(vocabulary, row["code"])
            words = _("{label}: {practices}, {times} times as common here as in the network; {cities} cities do it")
            lines.append(
                words.format(
                    label=f"**{label}**",
                    practices=practice_count(row["practices"]),
                    times=number(row["lift"], 1),
                    cities=number(row["cities"]),
                )
            )
    if lines:
        st.markdown("\n".join(f"- :small[{line}]" for line in lines))
    else:
        st.caption(_("Nothing stands out: its areas and themes are common in the network, or it has no practice."))
    if 0 < count < 3:
        st.caption(_("With fewer than 3 practices a single one makes a large share."))
    panel_title(_("Gaps"), _("Published practices only: a city may do more than it publishes"))
    areas = profiles["policy_area"]
    missing = areas[areas["practices"] == 0].sort_values("network_practices", ascending=False)
    if missing.empty:
        st.markdown(f":small[{_('It has a practice in every policy area.')}]")
    else:
        words = _("No practice in {count} of {all} policy areas: {areas}.").format(
            count=number(len(missing)),
            all=number(len(areas)),
            areas=enumeration(session.options.label("policy_area", code) for code in missing["code"]),
        )
        st.markdown(f":small[{words}]")
    unserved = set(area_groups().values()) - set(areas[areas["practices"] > 0]["group"])
    if unserved:
        labels = enumeration(sorted(session.options.label("commitment", code) for code in unserved))
        st.markdown(f":small[{_('Commitments without a practice: {labels}.').format(labels=labels)}]")


def practices(city: dict[str, Any], count: int) -> None:
    """Its newest practices."""
    panel_title(_("Practices"), _("Newest first"))
    rows = records(ask(queries.practices, only(city["city_id"]), limit=PRACTICES))
    for column, part in zip(st.columns(2, gap="medium"), (rows[::2], rows[1::2]), strict=True):
        with column:
            for row in part:
                practice_card(row)
    if count > PRACTICES:
        st.page_link(
            "pages/practices.py",
            label=_("All {practices}").format(practices=practice_count(count)),
            icon=":material/arrow_forward:",
            query_params=only(city["city_id"]).to_params(),
        )


def view(city: dict[str, Any]) -> None:
    """The profile, top to bottom."""
    here = only(city["city_id"])
    counts = ask(queries.overview, here)
    count = counts["practices"]
    left, right = st.columns([5, 3], gap="large")
    with left:
        heading(city)
        facts(city)
        portfolio(city, count)
    with right:
        city_map("city-locator", "practices", zoom="selection", height=230, page="pages/map.py", selection=here)
        if count:
            years(city, counts)
            commitments(city["city_id"])
        index(city)
    left, right = st.columns(2, gap="large")
    with left:
        similar_cities(city["city_id"])
        specialities(city["city_id"], count)
    with right:
        partners(city)
    if count:
        practices(city, count)


city_id = choose_unit("city")
if city_id is None:
    st.caption(_("Choose a city to see what is known of it."))
else:
    view(ask(queries.city, None, city_id))
