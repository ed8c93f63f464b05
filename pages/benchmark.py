"""A city, a country or a network beside its peers."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import benchmark, benchmark_table, city_charts, city_questions
from icc_data.benchmark import FEWEST_PEERS, FEWEST_PRACTICES, MEASURES
from icc_data.benchmark_table import measure_words
from icc_data.frames import rows
from icc_data.i18n import enumeration, number
from icc_data.i18n import translate as _
from icc_data.peer_sets import PEER_PARAMS
from icc_data.selection import Selection
from pages.shared.cards import known, plain, practice_count
from pages.shared.downloads import download_buttons
from pages.shared.figures import choice, panel_title
from pages.shared.method import Method
from pages.shared.own_results import area_results, ask_own, own_figure, own_results, own_results_panel
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
    return frame.assign(label=[index_label(area) for area in frame["policy_area"]])


def rank_words(row: Any) -> str:
    """A percentile rank, where one may be said."""
    return "" if row.percentile != row.percentile else number(row.percentile)


def dots(unit: str, value: str, peers: tuple[str, ...], few: bool) -> Any:
    """The portfolio as dots on the peers' bands: shares, or counts where the numbers are small."""
    frame = portfolio(unit, value, peers)
    own = label(unit, value)
    if few:
        bands = {"q1": frame["count_q1"], "median": frame["count_median"], "q3": frame["count_q3"]}
        text = [number(n) if n else "" for n in frame["practices"]]
        frame = frame.assign(own=frame["practices"], text=text, **bands)
        heading = _("Practices")
        return city_charts.dot_bands(
            frame, session.look, title=_("Practices"), form=",.0f", own=own, heading=heading, ticks=1
        )
    frame = frame.assign(own=frame["share"], text=[rank_words(row) for row in rows(frame)])
    heading, title = _("Rank of 100"), _("Share of the practices")
    return city_charts.dot_bands(frame, session.look, title=title, form=".0%", own=own, heading=heading)


def spokes(unit: str, value: str, peers: tuple[str, ...], few: bool) -> Any:
    """The portfolio on spokes."""
    frame = portfolio(unit, value, peers)
    frame = (
        frame.assign(own=frame["practices"], median=frame["count_median"]) if few else frame.assign(own=frame["share"])
    )
    return city_charts.radar(frame, session.look, own=label(unit, value), peers=_("Peers’ median"))


def small_numbers(unit: str, value: str, peers: tuple[str, ...]) -> bool:
    """Whether only counts can be said; says why."""
    measures = answers(unit, value)[1].set_index("unit")["practices"]
    practices = int(measures[value])
    with_practices = int((measures.loc[list(peers)] > 0).sum())
    if practices < FEWEST_PRACTICES:
        st.caption(
            ":material/info: "
            + _("{name} has {practices} here: fewer than {fewest}, so counts are shown, no shares and ranks.").format(
                name=plain(label(unit, value)), practices=practice_count(practices), fewest=FEWEST_PRACTICES
            )
        )
    if with_practices < FEWEST_PEERS:
        st.caption(
            ":material/info: "
            + _(
                "Only {count} peers have a practice: fewer than {fewest}, so counts are shown, no quartiles and ranks."
            ).format(count=number(with_practices), fewest=FEWEST_PEERS)
        )
    return benchmark.small(with_practices, practices)


def portfolio_panel(unit: str, value: str, peers: tuple[str, ...]) -> None:
    """Practices by policy area: dots on bands, or a radar."""
    panel_title(
        _("Portfolio by policy area"),
        _("Dot: {name}; line: peers’ median; band: from their first to their third quartile").format(
            name=plain(label(unit, value))
        ),
    )
    few = small_numbers(unit, value, peers)
    shape = choice("chart", _("Chart"), {"dots": _("Dots"), "radar": _("Radar")}, default="dots")
    method = Method(
        title=_("Portfolio of {name}").format(name=label(unit, value)),
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
        f"portfolio-{shape}",
        spokes if shape == "radar" else dots,
        unit,
        value,
        peers,
        few,
        alt=_("Portfolio of {name} beside its peers").format(name=label(unit, value)),
        method=method,
    )
    if not few:
        n = int(portfolio(unit, value, peers)["n"].max())
        st.caption(
            _("Rank: percentile rank of the share among the {n} peers with practices; 50 is the middle.").format(n=n)
        )


def breadth_panel(unit: str, value: str, peers: tuple[str, ...]) -> None:
    """Breadth, recency and collaboration."""
    panel_title(_("Breadth, recency, collaboration"), _("Beside the peers’ median; in brackets their quartiles"))
    lines = []
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
            words = _("{n} peers with a known value: too few to compare").format(n=number(row.n))
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
    lines = []
    for row in rows(frame):
        words = (
            _("rank {rank} of {of} with the peers of this edition, whose median is {median}").format(
                rank=number(row.rank), of=number(row.of), median=number(row.median)
            )
            if row.n
            else _("no peer has a published score in this edition and area")
        )
        lines.append(f"- :small[{row.label}, {edition(row.year)}: **{number(row.score)}** :gray[· {words}]]")
    st.markdown("\n".join(lines))
    peer_scores(city_id, peers)


def edition(year: float) -> str:
    """An edition's year, or that it is not stated."""
    return str(int(year)) if known(year) else _("edition not stated")


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
                f"**{number(row.score)}**]"
                for row in rows(others)
            )
        )


def table_panel(unit: str, value: str, peers: tuple[str, ...]) -> None:
    """All of it, sortable and to download."""
    panel_title(_("Everything in one table"), _("Click a heading to sort"))
    scores = index(unit, value, peers)
    frame = benchmark_table.table(portfolio(unit, value, peers), breadth(unit, value, peers), scores)
    names: dict[str, Any] = {
        "label": st.column_config.TextColumn(_("What"), pinned=True),
        "kind": _("Kind"),
        "own": st.column_config.NumberColumn(label(unit, value)),
        "q1": _("First quartile"),
        "median": _("Peers’ median"),
        "q3": _("Third quartile"),
        "percentile": st.column_config.NumberColumn(_("Rank of 100"), help=_("Percentile rank; 50 is the middle.")),
        "n": st.column_config.NumberColumn(_("Peers"), help=_("Peers whose value is known.")),
        "practices": _("Practices"),
        "count_median": _("Their median"),
        "peers_with": st.column_config.NumberColumn(_("Peers with one"), help=_("Peers with a practice there.")),
        "year": _("Edition"),
        "rank": st.column_config.NumberColumn(_("Place"), help=_("Place among the scores of the edition.")),
    }
    order = [name for name in names if len(scores) or name not in ("year", "rank")]
    st.dataframe(
        benchmark_table.styled(frame),
        hide_index=True,
        column_order=order,
        column_config=names,
        alt=_("Everything in one table"),
        height=35 * (len(frame) + 1) + 3,
    )
    downloads(unit, value, peers, frame)


def downloads(unit: str, value: str, peers: tuple[str, ...], frame: pd.DataFrame) -> None:
    """The table, the rows that it can be computed from again, and the scores, as files."""
    name = label(unit, value)
    with st.popover(_("Download"), icon=":material/download:"):
        st.caption(_("This table"))
        download_buttons("benchmark", _("Benchmark of {name}").format(name=name), lambda: frame)
        st.caption(
            _("The rows behind it: {name} and each peer, from which every figure can be computed").format(name=name)
        )
        areas, measures = answers(unit, value)
        behind = benchmark_table.rows_behind(areas, measures, (value, *peers))
        download_buttons("benchmark-rows", _("Rows behind the benchmark of {name}").format(name=name), lambda: behind)
        if unit == "city":
            listed = results(value)
            scores = listed[listed["city_id"].isin((value, *peers))]
            st.caption(_("Index scores of both, with their editions and sources"))
            download_buttons("benchmark-scores", _("Index scores beside {name}").format(name=name), lambda: scores)


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
        st.caption(_("Compared with {names}.").format(names=enumeration(names)))
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
        peers = tuple(peer_controls(value, row).index)
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
    unit = choice("unit", _("Compare"), UNITS, default="city")
    chosen = choose_unit(unit)
if chosen is None:
    invite(unit, _("Choose whom to compare: a city beside cities like it, a country or network beside all others."))
else:
    view(unit, chosen, controls)
