"""A city, a country or a network beside its peers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import city_takeaways, comparison, takeaways
from icc_data.analysis.benchmark import FEWEST_PEERS
from icc_data.analysis.benchmark_table import edition, index_words, score_words, with_roles, with_shares
from icc_data.analysis.city_facts import LITTLE_KNOWN
from icc_data.analysis.comparison import Benchmark
from icc_data.analysis.peer_sets import PEER_PARAMS
from icc_data.cells import rows_of
from icc_data.drawing import city_charts
from icc_data.i18n import enumeration, labelled, number
from icc_data.i18n import translate as _
from pages.parts.benchmark_comparison import address_of, benchmarked, results, within
from pages.parts.benchmark_little import little_panel, nothing_to_draw, small_numbers
from pages.parts.benchmark_table import table_panel
from pages.parts.benchmark_unit_peers import unit_controls
from pages.shared.address import option, params
from pages.shared.answers import ask
from pages.shared.downloads import provenance
from pages.shared.figures import choice, page_title, panel_title, takeaway
from pages.shared.kept_work import BENCHMARK, take_up
from pages.shared.labels import index_label
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.navigation import about, link_to, take_back, turn_to
from pages.shared.own_results import area_results, own_figure, own_note, own_results, own_results_panel, remember_own
from pages.shared.pack_button import pack_button
from pages.shared.peer_panel import peer_controls
from pages.shared.session import enter
from pages.shared.unit_choice import choose_unit, invite, others_chosen

if TYPE_CHECKING:
    from icc_data.files.export import Provenance
    from icc_data.files.pack import Memory, Pack

session = enter()
UNITS = {"city": _("City"), "country": _("Country"), "network": _("Network")}
# Scores that no peer has, as a city with all its own has many, are counted rather than listed.
MOST_ALONE = 3


def dots(compared: Benchmark) -> Any:
    """The portfolio as dots on the peers' bands: shares, or counts where the numbers are small."""
    frame, own, look = comparison.portfolio_dots(compared), compared.name, session.look
    if compared.counts_only:
        return city_charts.dot_bands(frame, look, form=",.0f", own=own, heading=_("Peers"), ticks=1)
    return city_charts.dot_bands(frame, look, form=".0%", own=own, heading=_("Percentile"))


def spokes(compared: Benchmark) -> Any:
    """The portfolio on spokes."""
    form = ",.3~f" if compared.counts_only else ".0%"
    frame = comparison.portfolio_spokes(compared)
    return city_charts.radar(frame, session.look, own=compared.name, peers=_("Peers’ median"), form=form)


def area_cells(compared: Benchmark) -> Any:
    """The place's and each of its few peers' practices by policy area, a column each."""
    frame = comparison.portfolio_cells(compared)
    return city_charts.count_table(frame, session.look, own=compared.name, what=_("Policy area"), wrapped=False)


def measure_cells(compared: Benchmark) -> Any:
    """The place's and each of its few peers' measures, a column each."""
    frame = comparison.measure_cells(compared)
    return city_charts.count_table(frame, session.look, own=compared.name, what=_("Measure"), wrapped=True)


def measure_bands(compared: Benchmark) -> Any:
    """Breadth, recency and collaboration as dots on the peers' bands, each measure on its own scale."""
    tips = {
        "measure": _("Measure"),
        "own_text": compared.name,
        "median_text": _("Peers’ median"),
        "band": _("First to third quartile"),
        "text": _("Percentile rank"),
        "known": _("Peers whose value is known"),
    }
    frame = comparison.measure_dots(compared)
    return city_charts.dot_bands(frame, session.look, form="", own=compared.name, heading=_("Percentile"), tips=tips)


def portfolio_panel(compared: Benchmark) -> None:
    """Practices by policy area: dots on bands, a radar, or each of few peers."""
    if compared.unit == "city" and compared.practices <= LITTLE_KNOWN and not compared.few_peers:
        little_panel(compared)
        return
    shape = "cells" if compared.few_peers else str(st.query_params.get("chart", "dots"))
    panel_title(_("Portfolio by policy area"), portfolio_marks(compared, shape, escaped(compared.name)))
    small_numbers(compared)
    if not compared.few_peers:
        shape = choice("chart", _("Chart"), {"dots": _("Dots"), "radar": _("Radar")}, default="dots")
    method = Method(
        title=compared.title(_("Portfolio of {name}").format(name=compared.name)),
        sentence=_(
            "The share of a place’s practices that carry each policy area. Quartiles and percentile ranks are over "
            "the peers with at least one practice; a percentile rank is the share of peers below, those equal "
            "counting half."
        )
        + " "
        + _("role: which of the rows are the place (itself) and its peers (peer); share: of all of its practices."),
        question=queries.unit_areas,
        selection=within(),
        args=(compared.unit,),
        worked_out=lambda rows: with_shares(
            with_roles(rows, compared.value, compared.peers), ask(queries.unit_measures, within(), compared.unit)
        ),
        same=address_of("place_areas", compared),
        signs=f"{portfolio_marks(compared, shape, compared.name)}. {portfolio_ranks(compared, shape)}".rstrip(),
    )
    drawings = {"cells": area_cells, "radar": spokes}
    # The names around a radar need more room than a telephone has; the dots do not.
    key = {"radar": "terms-portfolio-radar", "cells": "portfolio-cells"}.get(shape, "portfolio-dots")
    own_figure(
        compared.value,
        key,
        lambda *_key: drawings.get(shape, dots)(compared),
        *asked(compared),
        alt=_("Portfolio of {name} beside its peers").format(name=compared.name),
        says=lambda: city_takeaways.of_portfolio(compared),
        one_of="portfolio-dots",
        method=method,
    )
    if shape == "radar":
        st.caption(_("The dots are easier to read, and show how far the peers spread."))
    elif ranks := portfolio_ranks(compared, shape):
        st.caption(ranks)


def portfolio_marks(compared: Benchmark, shape: str, name: str) -> str:
    """What the marks of the portfolio are; the name stands as it is given."""
    what = _("Practices") if compared.counts_only else _("Shares of all practices")
    marks = {
        "cells": _("Practices of {name} and of each peer; the darker, the more of the row"),
        "radar": _("{what}. Two outlines: {name} and its peers’ median; the outer ring is the largest value"),
    }.get(shape, _("{what}. Dot: {name}; line: peers’ median; band: their first to third quartile"))
    return marks.format(what=what, name=name)


def portfolio_ranks(compared: Benchmark, shape: str) -> str:
    """What the numbers beside the dots are; empty where none stand there."""
    if shape == "radar" or compared.counts_only:
        return ""
    words = _(
        "Percentile: how many of 100 of the {n} peers with practices have a lower share, equal ones counting half; "
        "50 is the middle. Where fewer than {fewest} of them have any, how many do stands there instead. A share "
        "has no good end: where one is higher, another is lower."
    )
    return words.format(n=number(int(compared.portfolio["n"].max())), fewest=FEWEST_PEERS)


def asked(compared: Benchmark) -> tuple[Any, ...]:
    """What the pictures of a comparison depend on besides data, theme and filters."""
    return compared.unit, compared.value, compared.peers


def breadth_panel(compared: Benchmark) -> None:
    """Breadth, recency and collaboration."""
    marks = (
        _("The numbers of {name} and of each peer")
        if compared.few_peers
        else _("Dot: {name}; line: peers’ median; band: their quartiles; each row has its own scale")
    )
    ranks = ""
    if compared.breadth["percentile"].notna().any():
        words = _(
            "Percentile: how many of 100 of the {n} peers have less, equal ones counting half; 50 is the middle, and "
            "more, or later, is better."
        )
        ranks = words.format(n=number(len(compared.peers)))
    panel_title(_("Breadth, recency, collaboration"), marks.format(name=escaped(compared.name)))
    method = Method(
        title=compared.title(_("Breadth, recency and collaboration of {name}").format(name=compared.name)),
        sentence=_(
            "Counts over a place’s practices. Each row is drawn on a scale of its own, from nothing (of years from "
            "the one before the earliest) to the largest value drawn. A percentile rank is the share of peers below, "
            "those equal counting half."
        )
        + " "
        + _("role: which of the rows are the place (itself) and its peers (peer)."),
        question=queries.unit_measures,
        selection=within(),
        args=(compared.unit,),
        worked_out=lambda rows: with_roles(rows, compared.value, compared.peers),
        same=address_of("place_measures", compared),
        signs=f"{marks.format(name=compared.name)}. {ranks}".rstrip(),
    )
    own_figure(
        compared.value,
        "breadth-cells" if compared.few_peers else "breadth-dots",
        lambda *_key: (measure_cells if compared.few_peers else measure_bands)(compared),
        *asked(compared),
        alt=_("Breadth, recency and collaboration of {name} beside its peers").format(name=compared.name),
        says=lambda: city_takeaways.of_breadth(compared),
        one_of="breadth-dots",
        method=method,
    )
    if ranks:
        st.caption(ranks)


def index_panel(compared: Benchmark) -> None:
    """Index scores beside those of peers in the same edition."""
    panel_title(_("Intercultural Cities Index"), _("Only scores of the same edition are compared"))
    frame = compared.index
    if frame.empty:
        st.caption(_("No published score of this city was found, so there is nothing to compare. Add your own below."))
    listed, more = comparison.listed_scores(frame, MOST_ALONE)
    st.markdown(
        "\n".join(
            "- :small[" + labelled(row.label, f"**{score_words(row.score)}** :gray[· {index_words(row)}]") + "]"
            for row in rows_of(listed)
        )
    )
    if more:
        words = _(
            "{count} more scores are in the table below: no peer has a published score of the same edition and area."
        )
        st.caption(":material/info: " + words.format(count=number(more)))
    if comparison.without_median(frame):
        words = _(
            "With fewer than {fewest} peers of the same edition and area their scores are shown, no median or rank."
        )
        st.caption(":material/info: " + words.format(fewest=FEWEST_PEERS))
    peer_scores(compared)


def peer_scores(compared: Benchmark) -> None:
    """The published scores of the peers, whatever their edition."""

    def work() -> Any:
        return comparison.scores_in_order(results(compared.value), compared.peers)

    others = remember_own(compared.value, work, "peer scores", *asked(compared))
    with st.expander(_("Published scores of the peers ({count})").format(count=number(len(others))), key="scores"):
        if others.empty:
            st.caption(_("None was found. The programme gives all scores on request only."))
        elif others["year"].nunique(dropna=False) > 1:
            st.caption(_("Of different editions, each with its year: not to be set beside each other."))
        lines = [
            labelled(
                f"{escaped(row.name)}, {edition(row.year)}, {index_label(row.policy_area)}",
                f"**{score_words(row.score)}**",
            )
            for row in rows_of(others)
        ]
        st.markdown("\n".join(f"- :small[{line}]" for line in lines))


def compared_with(compared: Benchmark) -> None:
    """Who the peers are, how they were chosen, and how many of them have practices."""
    names = enumeration(map(escaped, compared.peers_named()))
    sentence = _("Compared with {names}. Peers: {rule}.").format(names=names, rule=escaped(compared.rule))
    notes = {
        "country": _("A practice of cities in two countries counts in both."),
        "network": _("A city may be in several networks: its practices count in each."),
    }
    if compared.unit in notes:
        of = _("{working} of the {count} have a practice here.")
        of = of.format(working=number(compared.with_practices), count=number(len(compared.peers)))
        sentence += f" {of} {notes[compared.unit]}"
    st.caption(sentence)


def ways_on(city_id: str) -> None:
    """Where to go from a city: with scores of its own in policy areas, to the audit first of all."""
    here = about(city_id)
    # The peers go along.
    audit = {**here, **{name: values for name, values in params().items() if name in PEER_PARAMS}}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        urgent = area_results(own_results(city_id))
        if urgent and st.button(
            _("See what your scores ask for in the audit"), type="primary", icon=":material/checklist:", key="to-audit"
        ):
            turn_to("pages/audit.py", query_params={**audit, "step": ["standing"]})
        link_to("pages/city.py", label=_("Profile"), icon=":material/location_city:", query_params=here)
        if not urgent:
            link_to("pages/audit.py", label=_("Policy audit"), icon=":material/checklist:", query_params=audit)


def hand_round(compared: Benchmark) -> None:
    """A button that makes a document of the comparison, the city's own results of this visit among what it says."""

    def make(_memory: Memory, facts: Provenance) -> Pack:
        from icc_data.files.pack import benchmark_pack

        return benchmark_pack(compared, session.selection, session.options, facts)

    title = _("Benchmark of {name}").format(name=compared.name)
    facts = provenance(title, own=own_note(compared.value) if compared.unit == "city" else "")
    pack_button(f"benchmark-{compared.unit}-{compared.value}", facts, make)


def view(unit: str, value: str, row: Any) -> None:
    """The benchmark, top to bottom."""
    if unit == "city":
        take_up(value, BENCHMARK)
        peers = tuple(peer_controls(value, within()).index)
    else:
        peers = unit_controls(unit, value, row)
        others_chosen(unit)
    if not peers:
        return
    compared = benchmarked(unit, value, peers)
    some = compared.practices or compared.with_practices
    if some:
        told = remember_own(value, lambda: takeaways.of_benchmark(compared), "takeaway", within(), *asked(compared))
        takeaway(told)
    compared_with(compared)
    with row:
        hand_round(compared)
    if unit == "city":
        ways_on(value)
    if not within().is_empty:
        st.caption(":material/filter_alt: " + _("Only practices that fit the other filters count."))
    left, right = st.columns([5, 3], gap="large")
    with left:
        (portfolio_panel if some else nothing_to_draw)(compared)
    with right:
        if some:
            breadth_panel(compared)
        if unit == "city":
            index_panel(compared)
            own_results_panel(value)
    if some:
        table_panel(compared)


def title() -> None:
    """What is compared, before the controls that change it."""
    asked_unit = option("unit", UNITS, "city", _("Compare"))
    place = session.city if asked_unit == "city" else next(iter(session.selection.chosen(asked_unit)), None)
    if place is None:
        page_title(_("Benchmark"), _("A city, country or network beside others"))
    else:
        name = session.options.label(asked_unit, place)
        page_title(_("{name} beside its peers").format(name=name), page=_("Benchmark"))


title()
controls = st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls")
with controls:
    # What is wrong with the address stands above the switch, not beside it.
    with st.container(width="content"):
        unit = choice("unit", _("Compare"), UNITS, default="city")
    chosen = choose_unit(unit)
if chosen is None:
    invite(unit, _("Choose whom to compare: a city, country or network, beside others like it or all others."))
else:
    view(unit, chosen, controls)
# The rules for the peers of a city are kept for each city; those of countries and networks as they were left.
take_back("benchmark", ("unit", "chart", *(() if unit == "city" else sorted(PEER_PARAMS))))
