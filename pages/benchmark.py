"""A city, a country or a network beside its peers."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import benchmark, benchmark_table, city_charts, city_questions
from icc_data.benchmark import FEWEST_PEERS, FEWEST_PRACTICES, MEASURES
from icc_data.benchmark_table import edition, index_words, measure_words, score_words
from icc_data.frames import rows
from icc_data.i18n import NOT_STATED, enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.peer_sets import PEER_PARAMS
from icc_data.selection import Selection
from pages.shared.cards import plain, practice_count
from pages.shared.downloads import download_buttons
from pages.shared.figures import choice, panel_title
from pages.shared.method import Method
from pages.shared.own_results import area_results, ask_own, own_figure, own_results, own_results_panel
from pages.shared.peer_choice import beside, chosen_by
from pages.shared.peers import choose_unit, index_label, invite, others_chosen, peer_controls
from pages.shared.session import enter, params

session = enter()
NAMED = 10
UNITS = {"city": _("City"), "country": _("Country"), "network": _("Network")}


def within() -> Selection:
    """The selection without its places, which say who is compared and not what counts."""
    return session.selection.with_values("city", ()).with_values("country", ()).with_values("network", ())


def label(unit: str, value: str) -> str:
    """What a city, country or network is called."""
    return session.options.label(unit, value)


def titled(unit: str, title: str) -> str:
    """The title of a file, with how the peers were chosen where they could be."""
    return beside(title) if unit == "city" else title


def answers(unit: Any, value: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Practices by policy area, and measures, of every unit, with a city's own results of this visit."""
    questions = (city_questions.unit_areas, city_questions.unit_measures)
    areas, measures = (ask_own(value, question, within(), unit) for question in questions)
    return areas, measures


def portfolio(unit: str, value: str, peers: tuple[str, ...]) -> pd.DataFrame:
    """Practices and shares by policy area against the peers, labelled."""
    areas, measures = answers(unit, value)
    frame = benchmark.portfolio(areas, measures, value, peers, session.options.values("policy_area"))
    return frame.assign(label=[label("policy_area", code) for code in frame["code"]])


def breadth(unit: str, value: str, peers: tuple[str, ...]) -> pd.DataFrame:
    """Breadth, recency and collaboration against the peers, labelled."""
    frame = benchmark.breadth(answers(unit, value)[1], value, peers)
    return frame.assign(label=[_(MEASURES[measure]) for measure in frame["measure"]])


def index(unit: str, value: str, peers: tuple[str, ...]) -> pd.DataFrame:
    """Index scores of a city against its peers in the same edition, labelled."""
    frame = benchmark.index_comparison(results(value), value, peers if unit == "city" else ())
    words = _("Index {edition}: {area}")
    labels = [words.format(edition=edition(row.year), area=index_label(row.policy_area)) for row in rows(frame)]
    return frame.assign(label=labels)


def dots(unit: str, value: str, peers: tuple[str, ...], few: bool) -> Any:
    """The portfolio as dots on the peers' bands: shares, or counts where the numbers are small."""
    frame = portfolio(unit, value, peers)
    own = label(unit, value)
    if few:
        with_one = _("{count} of {all}")
        frame = frame.assign(
            own=frame["practices"],
            q1=frame["count_q1"],
            median=frame["count_median"],
            q3=frame["count_q3"],
            text=[with_one.format(count=number(n), all=number(len(peers))) for n in frame["peers_with"]],
        )
        return city_charts.dot_bands(frame, session.look, form=",.0f", own=own, heading=_("Peers"), ticks=1)
    text = ["" if rank != rank else number(rank) for rank in frame["percentile"]]
    frame = frame.assign(own=frame["share"], text=text)
    return city_charts.dot_bands(frame, session.look, form=".0%", own=own, heading=_("Rank"))


def spokes(unit: str, value: str, peers: tuple[str, ...], few: bool) -> Any:
    """The portfolio on spokes."""
    frame = portfolio(unit, value, peers)
    frame = (
        frame.assign(own=frame["practices"], median=frame["count_median"]) if few else frame.assign(own=frame["share"])
    )
    return city_charts.radar(frame, session.look, own=label(unit, value), peers=_("Peers’ median"))


def working(unit: str, value: str, peers: tuple[str, ...]) -> tuple[int, int]:
    """How many practices there are, and how many peers have one."""
    measures = answers(unit, value)[1].set_index("unit")["practices"]
    return int(measures[value]), int((measures.loc[list(peers)] > 0).sum())


def few_numbers(unit: str, value: str, peers: tuple[str, ...]) -> bool:
    """Whether only counts can be said."""
    practices, with_practices = working(unit, value, peers)
    return benchmark.small(with_practices, practices)


def small_numbers(unit: str, value: str, peers: tuple[str, ...]) -> None:
    """Say why only counts can be said, where that is so."""
    practices, with_practices = working(unit, value, peers)
    if practices < FEWEST_PRACTICES:
        words = _("{name} has {practices} here: fewer than {fewest}, so counts are shown, no shares and ranks.")
        name = plain(label(unit, value))
        told = words.format(name=name, practices=practice_count(practices), fewest=FEWEST_PRACTICES)
        st.caption(":material/info: " + told)
    if with_practices < FEWEST_PEERS:
        words = translate_plural(
            "Only {count} peer has a practice: fewer than {fewest}, so counts are shown, no quartiles and ranks.",
            "Only {count} peers have a practice: fewer than {fewest}, so counts are shown, no quartiles and ranks.",
            with_practices,
        )
        st.caption(":material/info: " + words.format(count=number(with_practices), fewest=FEWEST_PEERS))


def portfolio_panel(unit: str, value: str, peers: tuple[str, ...]) -> None:
    """Practices by policy area: dots on bands, or a radar."""
    name, few = plain(label(unit, value)), few_numbers(unit, value, peers)
    shapes = {"dots": _("Dots"), "radar": _("Radar")}
    what = _("Practices") if few else _("Shares of all practices")
    marks = (
        _("{what}. Dot: {name}; line: peers’ median; band: their first to third quartile")
        if len(peers) >= FEWEST_PEERS
        else _("{what}. Dot: {name}; at the right the peers with a practice in the area")
    )
    panel_title(_("Portfolio by policy area"), marks.format(what=what, name=name))
    small_numbers(unit, value, peers)
    shape = choice("chart", _("Chart"), shapes, default="dots")
    method = Method(
        title=titled(unit, _("Portfolio of {name}").format(name=label(unit, value))),
        sentence=_(
            "The share of a place’s practices that carry each policy area. Quartiles and percentile ranks are over "
            "the peers with at least one practice; a percentile rank is the share of peers below, those equal "
            "counting half."
        ),
        question=city_questions.unit_areas,
        selection=within(),
        args=(unit,),
    )
    own_figure(
        value,
        # The names around a radar need more room than a telephone has; the dots do not.
        "terms-portfolio-radar" if shape == "radar" else "portfolio-dots",
        spokes if shape == "radar" else dots,
        unit,
        value,
        peers,
        few,
        alt=_("Portfolio of {name} beside its peers").format(name=label(unit, value)),
        method=method,
    )
    if shape == "radar":
        st.caption(_("The outermost ring is the largest value. The dots are easier to read, and show the band."))
    elif not few:
        n = int(portfolio(unit, value, peers)["n"].max())
        st.caption(
            _("Rank: percentile rank of the share among the {n} peers with practices; 50 is the middle.").format(n=n)
        )


def breadth_panel(unit: str, value: str, peers: tuple[str, ...]) -> None:
    """Breadth, recency and collaboration."""
    panel_title(_("Breadth, recency, collaboration"), _("Beside the peers’ median; in brackets their quartiles"))
    lines = []
    measures = answers(unit, value)[1].set_index("unit")
    for row in rows(breadth(unit, value, peers)):
        own = measure_words(row.measure, row.own)
        if row.median == row.median:
            words = _("peers {median} ({low}–{high})").format(
                median=measure_words(row.measure, row.median),
                low=measure_words(row.measure, row.q1),
                high=measure_words(row.measure, row.q3),
            )
            if row.percentile == row.percentile:
                rank = _("percentile rank {rank} among {n}").format(rank=number(row.percentile), n=number(row.n))
                words += f", {rank}"
        else:
            values = sorted(measures.loc[list(peers), row.measure].dropna())
            told = ", ".join(measure_words(row.measure, found) for found in values)
            words = _("the peers: {values}").format(values=told) if values else _("not known of any peer")
        lines.append(f"- :small[{row.label}:] **{own}** :small[:gray[· {words}]]")
    st.markdown("\n".join(lines))


def results(city_id: str) -> pd.DataFrame:
    """Published Index results, with the city's own of this visit."""
    found: pd.DataFrame = ask_own(city_id, city_questions.index_results)
    return found


def index_panel(city_id: str, peers: tuple[str, ...]) -> None:
    """Index scores beside those of peers in the same edition."""
    panel_title(_("Intercultural Cities Index"), _("Only scores of the same edition are compared"))
    frame = index("city", city_id, peers)
    if frame.empty:
        st.caption(_("No published score of this city was found, so there is nothing to compare. Add your own below."))
    st.markdown(
        "\n".join(
            f"- :small[{row.label}: **{score_words(row.score)}** :gray[· {index_words(row)}]]" for row in rows(frame)
        )
    )
    if ((frame["n"] > 0) & frame["median"].isna()).any():
        words = _(
            "With fewer than {fewest} peers of the same edition and area their scores are shown, no median or rank."
        )
        st.caption(":material/info: " + words.format(fewest=FEWEST_PEERS))
    peer_scores(city_id, peers)


def peer_scores(city_id: str, peers: tuple[str, ...]) -> None:
    """The published scores of the peers, whatever their edition."""
    listed = results(city_id)
    others = listed[listed["city_id"].isin(peers)].sort_values(["name", "year", "policy_area"])
    with st.expander(_("Published scores of the peers ({count})").format(count=number(len(others))), key="scores"):
        if others.empty:
            st.caption(_("None was found. The programme gives all scores on request only."))
        st.markdown(
            "\n".join(
                f"- :small[{plain(row.name)}, {edition(row.year)}, {index_label(row.policy_area)}: "
                f"**{score_words(row.score)}**]"
                for row in rows(others)
            )
        )


def table_panel(unit: str, value: str, peers: tuple[str, ...]) -> None:
    """All of it, sortable and to download."""
    panel_title(_("Everything in one table"), _("Click a heading to sort"))
    scores = index(unit, value, peers)
    frame = benchmark_table.table(portfolio(unit, value, peers), breadth(unit, value, peers), scores)
    columns: dict[str, Any] = {
        "label": st.column_config.TextColumn(_("What"), pinned=True, width=265),
        "own": st.column_config.NumberColumn(label(unit, value), width=85),
        "q1": st.column_config.NumberColumn(_("1st quartile"), width=85),
        "median": st.column_config.NumberColumn(_("Peers’ median"), width=105),
        "q3": st.column_config.NumberColumn(_("3rd quartile"), width=85),
        "percentile": st.column_config.NumberColumn(
            _("Rank of 100"), width=95, help=_("Percentile rank; 50 is the middle.")
        ),
        "n": st.column_config.NumberColumn(_("Peers"), width=60, help=_("Peers whose value is known.")),
        "practices": st.column_config.NumberColumn(_("Practices"), width=75),
        "count_median": st.column_config.NumberColumn(
            _("Their median"), width=95, help=_("Of the peers’ numbers of practices.")
        ),
        "peers_with": st.column_config.NumberColumn(
            _("Peers with one"), width=110, help=_("Peers with a practice in the area.")
        ),
        "rank": st.column_config.NumberColumn(_("Place"), width=60, help=_("Place among the scores of the edition.")),
    }
    order = [name for name in columns if len(scores) or name != "rank"]
    st.dataframe(
        benchmark_table.styled(frame),
        hide_index=True,
        column_order=order,
        column_config=columns,
        alt=_("Everything in one table"),
        placeholder=NOT_STATED,
        height=35 * (len(frame) + 1) + 3,
    )
    downloads(unit, value, peers, frame)


def downloads(unit: str, value: str, peers: tuple[str, ...], frame: pd.DataFrame) -> None:
    """The table, the rows that it can be computed from again, and the scores, as files."""
    name = label(unit, value)
    with st.popover(_("Download"), icon=":material/download:"):
        st.caption(_("This table"))
        download_buttons("benchmark", titled(unit, _("Benchmark of {name}").format(name=name)), lambda: frame)
        st.caption(
            _("The rows behind it: {name} and each peer, from which every figure can be computed").format(name=name)
        )
        areas, measures = answers(unit, value)
        behind = benchmark_table.rows_behind(areas, measures, (value, *peers))
        title = titled(unit, _("Rows behind the benchmark of {name}").format(name=name))
        download_buttons("benchmark-rows", title, lambda: behind)
        if unit == "city":
            listed = results(value)
            scores = listed[listed["city_id"].isin((value, *peers))]
            st.caption(_("Index scores of both, with their editions and sources"))
            title = titled(unit, _("Index scores beside {name}").format(name=name))
            download_buttons("benchmark-scores", title, lambda: scores)


def others_of_its_kind(unit: str, value: str) -> tuple[str, ...]:
    """All other countries or networks; says what is compared."""
    measures = answers(unit, value)[1]
    others = measures[measures["unit"] != value]
    count, working = len(others), int((others["practices"] > 0).sum())
    words = {
        "country": _(
            "Compared with the {count} other countries; {working} of them have a practice here. "
            "A practice of cities in two countries counts in both."
        ),
        "network": _(
            "Compared with the {count} other networks; {working} of them have a practice here. "
            "A city may be in several networks: its practices count in each."
        ),
    }
    st.caption(words[unit].format(count=number(count), working=number(working)))
    return tuple(others["unit"])


def heading(unit: str, value: str, peers: tuple[str, ...]) -> None:
    """Who is compared with whom, and where to go from here."""
    panel_title(_("{name} beside its peers").format(name=plain(label(unit, value))))
    if unit != "city":
        return
    names = [plain(label("city", peer)) for peer in peers[:NAMED]]
    if len(peers) > NAMED:
        names.append(_("{count} more").format(count=number(len(peers) - NAMED)))
    if names:
        words = _("Compared with {names}. Peers: {rule}.")
        st.caption(words.format(names=enumeration(names), rule=chosen_by()))
    with st.container(horizontal=True, gap="small"):
        here = {"city": [value]}
        st.page_link("pages/city.py", label=_("Profile"), icon=":material/location_city:", query_params=here)
        # The peers go along.
        asked = {name: values for name, values in params().items() if name in PEER_PARAMS}
        audit = {**here, **asked}
        st.page_link("pages/audit.py", label=_("Policy audit"), icon=":material/checklist:", query_params=audit)


def view(unit: str, value: str, row: Any) -> None:
    """The benchmark, top to bottom."""
    if unit == "city":
        peers = tuple(peer_controls(value, row, within()).index)
        if peers:
            heading(unit, value, peers)
    else:
        others_chosen(unit)
        heading(unit, value, ())
        peers = others_of_its_kind(unit, value)
    if not peers:
        return
    if not within().is_empty:
        st.caption(":material/filter_alt: " + _("Only practices that fit the other filters count."))
    left, right = st.columns([5, 3], gap="large")
    with left:
        portfolio_panel(unit, value, peers)
    with right:
        breadth_panel(unit, value, peers)
        if unit == "city":
            index_panel(value, peers)
            own_results_panel(value)
            if area_results(own_results(value)):
                here = {"city": [value]}
                words = _("See what your scores ask for in the audit")
                st.page_link("pages/audit.py", label=words, icon=":material/checklist:", query_params=here)
    table_panel(unit, value, peers)


controls = st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls")
with controls:
    # What is wrong with the address stands above the switch, not beside it.
    with st.container(width="content"):
        unit = choice("unit", _("Compare"), UNITS, default="city")
    chosen = choose_unit(unit)
if chosen is None:
    invite(unit, _("Choose whom to compare: a city beside cities like it, a country or network beside all others."))
else:
    view(unit, chosen, controls)
