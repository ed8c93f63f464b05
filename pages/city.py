"""One city: what is known of it, what it does, and which cities are like it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import city_facts, city_takeaways, takeaways
from icc_data.analysis.benchmark import measures_of
from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.time_words import part_words
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import is_known
from icc_data.drawing import city_charts
from icc_data.drawing.map_measures import MEASURES
from icc_data.drawing.map_views import MapView
from icc_data.i18n import NOT_STATED, enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from icc_data.queries.selection_words import choices
from pages.parts.city_header import header
from pages.parts.city_little import done_by_similar, little_known
from pages.parts.city_similar import similar_cities
from pages.shared import explanations
from pages.shared.answers import ask, ask_rows, remember
from pages.shared.cards import Metric, city_link, list_options, metric_row, practice_card, side_by_side
from pages.shared.city_map import city_map
from pages.shared.copying import link_without_subject
from pages.shared.downloads import provenance
from pages.shared.drawn import draw_once
from pages.shared.figures import figure, page_title, panel_title, part_legend
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.navigation import about, carried, link_to
from pages.shared.pack_button import pack_button
from pages.shared.selection_figures import year_bars
from pages.shared.session import enter
from pages.shared.unit_choice import choose_unit, invite, others_chosen

if TYPE_CHECKING:
    from icc_data.files.export import Provenance
    from icc_data.files.pack import Memory, Pack

session = enter()
PRACTICES, PARTNERS = 6, 8
SPECIALITIES = 6
label = session.options.label


def only(city_id: str) -> Selection:
    """The practices of one city."""
    return Selection(city=(city_id,))


def hand_round(city_id: str) -> None:
    """A button that makes a document of the city."""
    within = session.selection.with_values("city", ())
    title = _("Profile of {city}").format(city=label("city", city_id))
    # The title names the city: of the selection the rest is left to say.
    facts = replace(provenance(title), selection=[words for words, _without in choices(within, session.options)])

    def make(memory: Memory, facts: Provenance) -> Pack:
        from icc_data.files.pack import city_pack

        return city_pack(memory, within, city_id, facts)

    pack_button(f"city-{city_id}", facts, make)


def metrics(city: dict[str, Any], count: int) -> None:
    """Its work in numbers, each with what it is a part of."""
    own = remember(
        lambda: measures_of(ask(queries.unit_measures, Selection(), "city"), city["city_id"]),
        "measures",
        city["city_id"],
    )
    network = ask(queries.network)
    of_its_own = _("of {all}").format(all=number(count))
    of_network = _("of {all} in the network").format(all=number(network["practices"]))
    newest = str(int(own["newest"])) if is_known(own["newest"]) else NOT_STATED
    metric_row(
        [
            Metric(_("Practices"), number(count), of_network),
            Metric(_("Policy areas"), number(own["areas"]), _("of {all}").format(all=number(network["areas"]))),
            Metric(
                _("Newest practice"),
                newest,
                _("of {count} dated").format(count=number(own["dated"])),
                _("The latest start year, of its practices whose start year is known."),
            ),
            Metric(_("Active in {year}").format(year=session.as_of.year), number(own["active"]), of_its_own),
            Metric(_("With other cities"), number(own["shared"]), of_its_own),
        ]
    )


def area_shares(city_id: str) -> Any:
    """Its shares of policy areas, and the network's."""
    return city_facts.share_rows(ask(queries.term_profile, None, city_id, "policy_area"), label)


def area_bars(city_id: str, name: str) -> Any:
    """Its shares of policy areas, with the network's."""
    return city_charts.share_bars(area_shares(city_id), session.look, own=name, network=_("Network"))


def portfolio(city: dict[str, Any], count: int) -> None:
    """Its practices by policy area, against the network's average."""
    coded = remember(
        lambda: int(ask(queries.term_profile, None, city["city_id"], "policy_area")["coded_practices"].max()),
        "coded",
        city["city_id"],
    )
    marks = _("Bar: share of its practices; line: share of the network’s")
    panel_title(_("Practices by policy area"), marks, _("Click to choose"))
    figure(
        f"city-areas-{city['city_id']}",
        lambda: area_bars(city["city_id"], city["name"]),
        pick={"code": "policy_area"},
        alt=_("Practices of {city} by policy area").format(city=city["name"]),
        says=lambda: city_takeaways.of_profile(city["name"], area_shares(city["city_id"])),
        method=Method(
            title=_("Practices of {city} by policy area").format(city=city["name"]),
            sentence=_(
                "The share of the city’s practices that carry each policy area, beside the share in the network."
            ),
            question=queries.term_profile,
            args=(city["city_id"], "policy_area"),
            counted=coded,
            of=count,
            why=_("They carry no term of this list."),
            signs=f"{marks}.",
        ),
    )
    if coded < count:
        words = translate_plural(
            "{count} of its practices has no policy area and is in none of the bars.",
            "{count} of its practices have no policy area and are in none of the bars.",
            count - coded,
        )
        st.caption(words.format(count=number(count - coded)))
    if count < FEW:
        st.caption(_("Shares of so few practices say little: read the counts."))


def years(city: dict[str, Any], counts: dict[str, int]) -> None:
    """Its practices over time."""
    panel_title(_("Practices active in each year"))
    if counts["dated"]:
        part_legend(part_words(active=True), session.look.amount)
        figure(
            f"city-years-{city['city_id']}",
            lambda: year_bars(only(city["city_id"]), active=True, brush=False, height=170),
            alt=_("Practices of {city} active in each year").format(city=city["name"]),
            says=lambda: takeaways.of_years(
                ask(queries.practices_by_year, only(city["city_id"]), active=True), active=True
            ),
            method=explanations.practices_by_year(counts, active=True, selection=only(city["city_id"])),
        )
    undated = city_facts.undated(counts["practices"], counts["dated"])
    if undated:
        st.caption(undated)


def commitments(city_id: str) -> None:
    """The four commitments with the city's practices."""
    panel_title(_("The four commitments"))
    for row in ask_rows(queries.commitments, only(city_id)):
        name, words = label("commitment", row["code"]), practice_count(row["practices"])
        st.progress(row["practices"] / max(1, row["of"]), f":small[**{name}** :gray[· {words}]]")
    st.caption(_("A practice counts for each commitment that its policy areas serve."))


def index_words(row: dict[str, Any]) -> str:
    """One result or report in a sentence, with its source."""
    source = f" [{_('source')}](<{row['evidence_url']}>)" if is_known(row["evidence_url"]) else ""
    return city_facts.index_words(row, label, lambda score: f"**{score}**") + source


def index(city: dict[str, Any]) -> None:
    """Index results and reports through the editions."""
    panel_title(_("Intercultural Cities Index"))
    frame = ask(queries.index_history, None, city["city_id"])
    if frame.empty:
        st.caption(_("No published result and no report was found. The programme gives all scores on request only."))
        return
    scores = city_facts.edition_rows(frame, label)
    if scores["year"].nunique() > 1:
        figure(
            f"city-index-{city['city_id']}",
            lambda: city_charts.edition_lines(scores, session.look),
            alt=_("Index scores of {city}").format(city=city["name"]),
            says=city_takeaways.of_editions(scores),
            method=Method(
                title=_("Index scores of {city}").format(city=city["name"]),
                sentence=_("Published scores by edition; editions compare different numbers of cities and questions."),
                question=queries.index_history,
                args=(city["city_id"],),
            ),
        )
    st.markdown(
        "\n".join(f"- :small[{index_words(row)}]" for row in ask_rows(queries.index_history, None, city["city_id"]))
    )


def partners(city: dict[str, Any]) -> None:
    """Cities that carry a practice together with it."""
    panel_title(_("Partner cities"), _("They carry a practice together"))
    frame = ask(queries.partners, None, city["city_id"])
    if frame.empty:
        st.caption(_("No published practice names it beside another city."))
        link_to(
            "pages/partners.py",
            label=_("Who it could work with"),
            icon=":material/hub:",
            query_params=about(city["city_id"]),
        )
        return
    together = Selection(city=(city["city_id"], *frame["city_id"]))
    view = MapView(MEASURES["practices"], "selection", arcs="own", chosen=city["city_id"], height=240)
    city_map(
        "city-partners",
        view,
        page="pages/map.py",
        selection=together,
        title=_("Map of {city} and its partners").format(city=city["name"]),
        instead=_("The partners are listed below it."),
    )
    for row in ask_rows(queries.partners, None, city["city_id"])[:PARTNERS]:
        with st.container(gap=None, key=f"card-partner-{row['city_id']}"):
            city_link(row["city_id"], f"**{escaped(row['name'])}**", from_profile=True)
            st.caption(escaped(city_facts.some_titles(list(row["titles"]))))
    if len(frame) > PARTNERS:
        link_to(
            "pages/partners.py",
            label=_("and {count} more").format(count=number(len(frame) - PARTNERS)),
            icon=":material/arrow_forward:",
            query_params=about(city["city_id"]),
        )


def specialities(city_id: str) -> None:
    """What it does that few others do; what rests on a single practice is not made much of."""
    panel_title(_("What it does that few others do"), city_facts.rare_rule())

    def work() -> tuple[list[Any], list[str]]:
        profiles = {name: ask(queries.term_profile, None, city_id, name) for name in ("policy_area", "theme")}
        return city_facts.specialities(profiles, ask(queries.network)["cities"], label)

    several, single = remember(work, "specialities", city_id)
    lines = [city_facts.rare_words(row, f"**{row['label']}**") for row in several[:SPECIALITIES]]
    if lines:
        st.markdown("\n".join(f"- :small[{line}]" for line in lines))
    else:
        st.caption(_("Nothing with more than one practice: its areas and themes are common in the network."))
    if single:
        listed = enumeration(single[:SPECIALITIES])
        st.caption(_("With a single practice each, which says little: {labels}.").format(labels=listed))


def gaps(city_id: str) -> None:
    """The policy areas and commitments without a practice."""
    panel_title(_("Gaps"), _("Published practices only: a city may do more than it publishes"))

    def work() -> list[str]:
        return city_facts.missing_areas(ask(queries.term_profile, None, city_id, "policy_area"), label)

    missing = remember(work, "gaps", city_id)
    if not missing:
        st.markdown(f":small[{_('It has a practice in every policy area.')}]")
        return
    for sentence in missing:
        st.markdown(f":small[{sentence}]")
    link_to(
        "pages/audit.py",
        label=_("What it could borrow from its peers"),
        icon=":material/checklist:",
        query_params={**about(city_id), "step": ["borrow"]},
    )


def practices(city: dict[str, Any], count: int) -> None:
    """Its newest practices within the other filters."""
    here = session.selection.with_values("city", (city["city_id"],))
    fitting = ask(queries.practice_count, here)
    within = _("Newest first") if fitting == count else _("{count} of {all} fit the other filters; newest first")
    panel_title(_("Practices"), within.format(count=number(fitting), all=number(count)))

    def cards() -> None:
        for row, column in side_by_side(ask(queries.practice_cards, here, limit=PRACTICES)):
            with column:
                practice_card(row)

    draw_once(cards, "city practices", session.selection, here, list_options(), carried())
    if fitting > PRACTICES:
        link_to(
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
    rich = count > city_facts.LITTLE_KNOWN
    if not rich:
        little_known(city, count)
    header(city)
    if rich:
        work(city, counts)
    else:
        done_by_similar(city)
    left, right = st.columns(2, gap="large")
    with left:
        similar_cities(city["city_id"])
    with right:
        index(city)
        partners(city)
        if rich:
            gaps(city["city_id"])
            specialities(city["city_id"])
    if rich:
        practices(city, count)


city = ask(queries.city, None, session.city) if session.city else None
if city is None:
    page_title(_("City profile"))
else:
    local = city["local_name"] or ""
    page_title(
        city["name"], escaped(city["country"]), page=_("Profile"), more="" if local == city["name"] else escaped(local)
    )
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="result-line"):
    city_id = choose_unit("city")
    if city_id is not None:
        hand_round(city_id)
others_chosen("city")
if city is None:
    link_without_subject("city")
    invite("city", _("Choose a city to see what is known of it, what it does, and which cities are like it."))
else:
    view(city)
