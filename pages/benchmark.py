"""A city, a country or a network beside its peers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import benchmark, benchmark_table
from icc_data.analysis.benchmark import FEWEST_PEERS, FEWEST_PRACTICES
from icc_data.analysis.benchmark_table import edition, index_words, measure_words, score_words
from icc_data.analysis.peer_sets import PEER_PARAMS
from icc_data.drawing import city_charts
from icc_data.frames import rows
from icc_data.i18n import enumeration, number, translate_plural
from icc_data.i18n import translate as _
from pages.parts.benchmark_comparison import Benchmark, benchmarked, results, rule_in_words, within
from pages.parts.benchmark_table import NAMED, table_panel, titled
from pages.parts.benchmark_unit_peers import unit_controls
from pages.shared.address import params
from pages.shared.cards import practice_count
from pages.shared.figures import choice, panel_title
from pages.shared.labels import index_label
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.own_results import area_results, own_figure, own_results, own_results_panel
from pages.shared.peer_panel import peer_controls
from pages.shared.session import enter
from pages.shared.unit_choice import choose_unit, invite, others_chosen

session = enter()
UNITS = {"city": _("City"), "country": _("Country"), "network": _("Network")}
# Scores that no peer has, as a city with all its own has many, are counted rather than listed.
MOST_ALONE = 3


def dots(found: Benchmark) -> Any:
    """The portfolio as dots on the peers' bands: shares, or counts where the numbers are small."""
    frame = found.portfolio
    if found.counts_only:
        with_one = _("{count} of {all}")
        frame = frame.assign(
            own=frame["practices"],
            q1=frame["count_q1"],
            median=frame["count_median"],
            q3=frame["count_q3"],
            text=[with_one.format(count=number(n), all=number(len(found.peers))) for n in frame["peers_with"]],
        )
        return city_charts.dot_bands(frame, session.look, form=",.0f", own=found.name, heading=_("Peers"), ticks=1)
    text = ["" if rank != rank else number(rank) for rank in frame["percentile"]]
    frame = frame.assign(own=frame["share"], text=text)
    return city_charts.dot_bands(frame, session.look, form=".0%", own=found.name, heading=_("Rank"))


def spokes(found: Benchmark) -> Any:
    """The portfolio on spokes."""
    frame = found.portfolio
    few = found.counts_only
    frame = (
        frame.assign(own=frame["practices"], median=frame["count_median"]) if few else frame.assign(own=frame["share"])
    )
    form = ",.3~f" if few else ".0%"
    return city_charts.radar(frame, session.look, own=found.name, peers=_("Peers’ median"), form=form)


def cells(found: Benchmark, what: str) -> Any:
    """The place's and each of its few peers' numbers, a column each.

    Args:
        found: the comparison.
        what: ``portfolio`` or ``breadth``.
    """
    if what == "portfolio":
        frame = benchmark_table.area_cells(found.behind, found.portfolio["code"])
        labels, kind = found.portfolio.set_index("code")["label"], _("Policy area")
    else:
        frame = benchmark_table.measure_cells(found.behind)
        labels, kind = found.breadth.set_index("measure")["label"], _("Measure")
    frame = frame.assign(label=frame["item"].map(labels), place=frame["unit"].map(found.label))
    return city_charts.count_table(frame, session.look, own=found.name, what=kind, wrapped=what == "breadth")


def measure_bands(found: Benchmark) -> Any:
    """Breadth, recency and collaboration as dots on the peers' bands, each measure on its own scale."""
    listed = list(rows(found.breadth))
    words = _("{measure}: {value}")
    frame = benchmark.placed(found.breadth).assign(
        measure=found.breadth["label"],
        label=[words.format(measure=row.label, value=measure_words(row.measure, row.own)) for row in listed],
        own_text=[measure_words(row.measure, row.own) for row in listed],
        median_text=[measure_words(row.measure, row.median) for row in listed],
        band=[f"{measure_words(row.measure, row.q1)}–{measure_words(row.measure, row.q3)}" for row in listed],
        known=[number(row.n) for row in listed],
        text=["" if row.percentile != row.percentile else number(row.percentile) for row in listed],
    )
    tips = {
        "measure": _("Measure"),
        "own_text": found.name,
        "median_text": _("Peers’ median"),
        "band": _("First to third quartile"),
        "text": _("Percentile rank"),
        "known": _("Peers whose value is known"),
    }
    return city_charts.dot_bands(frame, session.look, form="", own=found.name, heading=_("Rank"), tips=tips)


def small_numbers(found: Benchmark) -> None:
    """Say why only counts can be said, where that is so."""
    if found.practices < FEWEST_PRACTICES:
        words = _("{name} has {practices} here: fewer than {fewest}, so counts are shown, no shares and ranks.")
        told = words.format(
            name=escaped(found.name), practices=practice_count(found.practices), fewest=FEWEST_PRACTICES
        )
        st.caption(":material/info: " + told)
    if found.with_practices < FEWEST_PEERS:
        words = translate_plural(
            "Only {count} peer has a practice: fewer than {fewest}, so counts are shown, no quartiles and ranks.",
            "Only {count} peers have a practice: fewer than {fewest}, so counts are shown, no quartiles and ranks.",
            found.with_practices,
        )
        st.caption(":material/info: " + words.format(count=number(found.with_practices), fewest=FEWEST_PEERS))


def portfolio_panel(found: Benchmark) -> None:
    """Practices by policy area: dots on bands, a radar, or each of few peers."""
    name = escaped(found.name)
    what = _("Practices") if found.counts_only else _("Shares of all practices")
    shape = "cells" if found.few_peers else str(st.query_params.get("chart", "dots"))
    marks = {
        "cells": _("Practices of {name} and of each peer; the darker, the more of the row"),
        "radar": _("{what}. Two outlines: {name} and its peers’ median; the outer ring is the largest value"),
    }.get(shape, _("{what}. Dot: {name}; line: peers’ median; band: their first to third quartile"))
    panel_title(_("Portfolio by policy area"), marks.format(what=what, name=name))
    small_numbers(found)
    if not found.few_peers:
        shape = choice("chart", _("Chart"), {"dots": _("Dots"), "radar": _("Radar")}, default="dots")
    method = Method(
        title=titled(found, _("Portfolio of {name}").format(name=found.name)),
        sentence=_(
            "The share of a place’s practices that carry each policy area. Quartiles and percentile ranks are over "
            "the peers with at least one practice; a percentile rank is the share of peers below, those equal "
            "counting half."
        ),
        question=queries.unit_areas,
        selection=within(),
        args=(found.unit,),
    )
    # The names around a radar need more room than a telephone has; the dots do not.
    key = {"radar": "terms-portfolio-radar", "cells": "portfolio-cells"}.get(shape, "portfolio-dots")
    own_figure(
        found.value,
        key,
        lambda *_key: cells(found, "portfolio") if shape == "cells" else (spokes if shape == "radar" else dots)(found),
        *asked(found),
        alt=_("Portfolio of {name} beside its peers").format(name=found.name),
        method=method,
    )
    if shape == "radar":
        st.caption(_("The dots are easier to read, and show how far the peers spread."))
    elif not found.counts_only:
        n = int(found.portfolio["n"].max())
        st.caption(
            _("Rank: percentile rank of the share among the {n} peers with practices; 50 is the middle.").format(n=n)
        )


def asked(found: Benchmark) -> tuple[Any, ...]:
    """What the pictures of a comparison depend on besides data, theme and filters."""
    return found.unit, found.value, found.peers


def breadth_panel(found: Benchmark) -> None:
    """Breadth, recency and collaboration."""
    marks = (
        _("The numbers of {name} and of each peer")
        if found.few_peers
        else _("Dot: {name}; line: peers’ median; band: their quartiles; each row has its own scale")
    )
    panel_title(_("Breadth, recency, collaboration"), marks.format(name=escaped(found.name)))
    method = Method(
        title=titled(found, _("Breadth, recency and collaboration of {name}").format(name=found.name)),
        sentence=_(
            "Counts over a place’s practices. Each row is drawn on a scale of its own, from nothing (of years from "
            "the one before the earliest) to the largest value drawn. A percentile rank is the share of peers below, "
            "those equal counting half."
        ),
        question=queries.unit_measures,
        selection=within(),
        args=(found.unit,),
    )
    own_figure(
        found.value,
        "breadth-cells" if found.few_peers else "breadth-dots",
        lambda *_key: cells(found, "breadth") if found.few_peers else measure_bands(found),
        *asked(found),
        alt=_("Breadth, recency and collaboration of {name} beside its peers").format(name=found.name),
        method=method,
    )
    if found.breadth["percentile"].notna().any():
        words = _("Rank: percentile rank among the {n} peers; 50 is the middle.")
        st.caption(words.format(n=number(len(found.peers))))


def index_panel(found: Benchmark) -> None:
    """Index scores beside those of peers in the same edition."""
    panel_title(_("Intercultural Cities Index"), _("Only scores of the same edition are compared"))
    frame = found.index
    if frame.empty:
        st.caption(_("No published score of this city was found, so there is nothing to compare. Add your own below."))
    alone = (frame["n"] == 0) & (frame["policy_area"] != "overall")
    if alone.sum() <= MOST_ALONE:
        alone &= False
    st.markdown(
        "\n".join(
            f"- :small[{row.label}: **{score_words(row.score)}** :gray[· {index_words(row)}]]"
            for row in rows(frame[~alone])
        )
    )
    if alone.any():
        words = _(
            "{count} more scores are in the table below: no peer has a published score of the same edition and area."
        )
        st.caption(":material/info: " + words.format(count=number(int(alone.sum()))))
    if ((frame["n"] > 0) & frame["median"].isna()).any():
        words = _(
            "With fewer than {fewest} peers of the same edition and area their scores are shown, no median or rank."
        )
        st.caption(":material/info: " + words.format(fewest=FEWEST_PEERS))
    peer_scores(found)


def peer_scores(found: Benchmark) -> None:
    """The published scores of the peers, whatever their edition."""
    listed = results(found.value)
    others = listed[listed["city_id"].isin(found.peers)].sort_values(["name", "year", "policy_area"])
    with st.expander(_("Published scores of the peers ({count})").format(count=number(len(others))), key="scores"):
        if others.empty:
            st.caption(_("None was found. The programme gives all scores on request only."))
        st.markdown(
            "\n".join(
                f"- :small[{escaped(row.name)}, {edition(row.year)}, {index_label(row.policy_area)}: "
                f"**{score_words(row.score)}**]"
                for row in rows(others)
            )
        )


def compared_with(found: Benchmark) -> None:
    """Who the peers are, how they were chosen, and how many of them have practices."""
    names = [escaped(found.label(peer)) for peer in found.peers[:NAMED]]
    if len(found.peers) > NAMED:
        names.append(_("{count} more").format(count=number(len(found.peers) - NAMED)))
    words = _("Compared with {names}. Peers: {rule}.")
    told = words.format(names=enumeration(names), rule=escaped(rule_in_words(found.unit, found.value)))
    notes = {
        "country": _("A practice of cities in two countries counts in both."),
        "network": _("A city may be in several networks: its practices count in each."),
    }
    if found.unit in notes:
        of = _("{working} of the {count} have a practice here.")
        of = of.format(working=number(found.with_practices), count=number(len(found.peers)))
        told += f" {of} {notes[found.unit]}"
    st.caption(told)


def ways_on(city_id: str) -> None:
    """Where to go from a city: with scores of its own in policy areas, to the audit first of all."""
    here = {"city": [city_id]}
    # The peers go along.
    audit = {**here, **{name: values for name, values in params().items() if name in PEER_PARAMS}}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        urgent = area_results(own_results(city_id))
        if urgent and st.button(
            _("See what your scores ask for in the audit"), type="primary", icon=":material/checklist:", key="to-audit"
        ):
            st.switch_page("pages/audit.py", query_params=audit)
        st.page_link("pages/city.py", label=_("Profile"), icon=":material/location_city:", query_params=here)
        if not urgent:
            st.page_link("pages/audit.py", label=_("Policy audit"), icon=":material/checklist:", query_params=audit)


def view(unit: str, value: str, row: Any) -> None:
    """The benchmark, top to bottom."""
    if unit == "city":
        peers = tuple(peer_controls(value, row, within()).index)
    else:
        peers = unit_controls(unit, value, row)
        others_chosen(unit)
    if not peers:
        return
    found = benchmarked(unit, value, peers)
    panel_title(_("{name} beside its peers").format(name=escaped(found.name)))
    compared_with(found)
    if unit == "city":
        ways_on(value)
    if not within().is_empty:
        st.caption(":material/filter_alt: " + _("Only practices that fit the other filters count."))
    left, right = st.columns([5, 3], gap="large")
    with left:
        portfolio_panel(found)
    with right:
        breadth_panel(found)
        if unit == "city":
            index_panel(found)
            own_results_panel(value)
    table_panel(found)


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
