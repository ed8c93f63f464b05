"""One city: what is known of it, what it does, and which cities are like it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import charts, city_charts, city_questions, queries
from icc_data.frames import records
from icc_data.i18n import NOT_STATED, enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.selection import Selection
from pages.shared import methods
from pages.shared.cards import known, plain, practice_card, practice_count
from pages.shared.city_header import header
from pages.shared.figures import figure, panel_title
from pages.shared.labels import area_groups
from pages.shared.method import Method
from pages.shared.peers import choose_unit, city_link, index_label, invite, others_chosen, similar_cities
from pages.shared.places import city_map
from pages.shared.session import ask, enter

session = enter()
PRACTICES, PARTNERS, TITLES = 6, 8, 2
FEW_CITIES = 0.2
HIGH_LIFT = 1.5
SPECIALITIES = 6


def only(city_id: str) -> Selection:
    """The practices of one city."""
    return Selection(city=(city_id,))


def metrics(city: dict[str, Any], count: int) -> None:
    """Its work in numbers, each with what it is a part of."""
    measures = ask(city_questions.unit_measures, Selection(), "city")
    own = records(measures[measures["unit"] == city["city_id"]])[0]
    network = ask(queries.network)
    cards = [
        (_("Practices"), number(count), _("of {all} in the network").format(all=number(network["practices"]))),
        (_("Policy areas"), number(own["areas"]), _("of {all}").format(all=number(network["areas"]))),
        (
            _("Newest practice"),
            str(int(own["newest"])) if known(own["newest"]) else NOT_STATED,
            _("start year of {count} known").format(count=number(own["dated"])),
        ),
        (
            _("Active in {year}").format(year=session.as_of.year),
            number(own["active"]),
            _("of {all}").format(all=number(count)),
        ),
        (
            _("With other cities"),
            number(own["shared"]),
            _("of {all}").format(all=number(count)),
        ),
    ]
    with st.container(key="metrics"):
        for column, (label, value, note) in zip(st.columns(len(cards), gap="small"), cards, strict=True):
            column.metric(label, value, note, delta_color="off", delta_arrow="off", border=True)


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
    undated = counts["practices"] - counts["dated"]
    if undated:
        words = _("{count} of {all} practices carry no start year, so they stand in no year.")
        st.caption(words.format(count=number(undated), all=number(counts["practices"])))


def commitments(city_id: str) -> None:
    """The four commitments with the city's practices."""
    panel_title(_("The four commitments"))
    frame = ask(queries.commitments, only(city_id))
    for row in records(frame):
        label = session.options.label("commitment", row["code"])
        words = practice_count(row["practices"])
        st.progress(row["practices"] / max(1, row["selected_practices"]), f":small[**{label}** :gray[· {words}]]")
    st.caption(_("A practice counts for each commitment that its policy areas serve."))


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


def index_words(row: dict[str, Any]) -> str:
    """One result or report in a sentence."""
    year = str(int(row["year"])) if known(row["year"]) else _("edition not stated")
    source = f" [{_('source')}](<{row['evidence_url']}>)" if known(row["evidence_url"]) else ""
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
        st.page_link(
            "pages/partners.py",
            label=_("Who it could work with"),
            icon=":material/hub:",
            query_params={"city": [city["city_id"]]},
        )
        return
    together = Selection(city=(city["city_id"], *frame["city_id"]))
    city_map(
        "city-partners",
        "practices",
        zoom="selection",
        arcs=True,
        chosen=city["city_id"],
        height=240,
        page="pages/map.py",
        selection=together,
    )
    for row in records(frame.head(PARTNERS)):
        with st.container(gap=None, key=f"card-partner-{row['city_id']}"):
            city_link(row["city_id"], f"**{plain(row['name'])}**", from_profile=True)
            st.caption(plain(titles(list(row["titles"]))))
    if len(frame) > PARTNERS:
        st.page_link(
            "pages/partners.py",
            label=_("and {count} more").format(count=number(len(frame) - PARTNERS)),
            icon=":material/arrow_forward:",
            query_params={"city": [city["city_id"]]},
        )


def titles(names: list[str]) -> str:
    """The first titles, and how many more."""
    more = len(names) - TITLES
    return "; ".join(names[:TITLES]) + ("; " + _("{count} more").format(count=number(more)) if more > 0 else "")


def rare(city_id: str, vocabulary: Any) -> pd.DataFrame:
    """The terms that are far more common here than in the network, and that few cities work on; most common first."""
    frame: pd.DataFrame = ask(city_questions.term_profile, None, city_id, vocabulary)
    everyone = ask(queries.network)["cities"]
    few: pd.Series[bool] = (
        (frame["practices"] > 0) & (frame["lift"] >= HIGH_LIFT) & (frame["cities"] <= FEW_CITIES * everyone)
    )
    found = frame[few].sort_values(["practices", "lift"], ascending=False)
    return found.assign(label=[session.options.label(vocabulary, code) for code in found["code"]])


def specialities(city_id: str) -> None:
    """What it does that few others do; what rests on a single practice is not made much of."""
    panel_title(
        _("What it does that few others do"),
        _("At least {times} times as common as in the network, and found in at most {share} of all cities").format(
            times=number(HIGH_LIFT, 1), share=percent(FEW_CITIES)
        ),
    )
    found = pd.concat([rare(city_id, "policy_area"), rare(city_id, "theme")])
    several, single = found[found["practices"] > 1], found[found["practices"] == 1]
    words = _("{label}: {practices}, {times} times as common here as in the network; {cities}")
    lines = [
        words.format(
            label=f"**{row['label']}**",
            practices=practice_count(row["practices"]),
            times=number(row["lift"], 1),
            cities=translate_plural("{count} city has one", "{count} cities have one", row["cities"]).format(
                count=number(row["cities"])
            ),
        )
        for row in records(several.head(SPECIALITIES))
    ]
    if lines:
        st.markdown("\n".join(f"- :small[{line}]" for line in lines))
    else:
        st.caption(_("Nothing with more than one practice: its areas and themes are common in the network."))
    if len(single):
        listed = enumeration(single["label"].head(SPECIALITIES))
        st.caption(_("With a single practice each, which says little: {labels}.").format(labels=listed))


def gaps(city_id: str) -> None:
    """The policy areas and commitments without a practice."""
    panel_title(_("Gaps"), _("Published practices only: a city may do more than it publishes"))
    areas = ask(city_questions.term_profile, None, city_id, "policy_area")
    missing = areas[areas["practices"] == 0].sort_values("network_practices", ascending=False)
    if missing.empty:
        st.markdown(f":small[{_('It has a practice in every policy area.')}]")
        return
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
    st.page_link(
        "pages/audit.py",
        label=_("What it could borrow from its peers"),
        icon=":material/checklist:",
        query_params={"city": [city_id]},
    )


def practices(city: dict[str, Any], count: int) -> None:
    """Its newest practices within the other filters."""
    here = session.selection.with_values("city", (city["city_id"],))
    fitting = ask(queries.practice_count, here)
    within = _("Newest first") if fitting == count else _("{count} of {all} fit the other filters; newest first")
    panel_title(_("Practices"), within.format(count=number(fitting), all=number(count)))
    found = records(ask(queries.practices, here, limit=PRACTICES))
    for column, part in zip(st.columns(2, gap="medium"), (found[::2], found[1::2]), strict=True):
        with column:
            for row in part:
                practice_card(row)
    if fitting > PRACTICES:
        st.page_link(
            "pages/practices.py",
            label=_("All {practices}").format(practices=practice_count(fitting)),
            icon=":material/arrow_forward:",
            query_params=here.to_params(),
        )


def work(city: dict[str, Any], counts: dict[str, int]) -> None:
    """What it does: in numbers, by policy area, over time, by commitment."""
    metrics(city, counts["practices"])
    left, right = st.columns([5, 3], gap="large")
    with left:
        portfolio(city, counts["practices"])
    with right:
        years(city, counts)
        commitments(city["city_id"])


def view(city: dict[str, Any]) -> None:
    """The profile, top to bottom."""
    counts = ask(queries.overview, only(city["city_id"]))
    count = counts["practices"]
    header(city)
    if count:
        work(city, counts)
    else:
        st.markdown(_("No practice of this city has been published in the sources of this atlas."))
        st.page_link("pages/contribute.py", label=_("Send one in on the page Contribute"), icon=":material/add_notes:")
    left, right = st.columns(2, gap="large")
    with left:
        similar_cities(city["city_id"])
        if count:
            specialities(city["city_id"])
    with right:
        index(city)
        partners(city)
        if count:
            gaps(city["city_id"])
    if count:
        practices(city, count)


city_id = choose_unit("city")
others_chosen("city")
if city_id is None:
    invite("city", _("Choose a city to see what is known of it, what it does, and which cities are like it."))
else:
    view(ask(queries.city, None, city_id))
