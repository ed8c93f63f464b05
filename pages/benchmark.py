"""A city, a country or a network beside its peers."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import benchmark, city_charts, city_questions
from icc_data.benchmark import FEWEST_PEERS, FEWEST_PRACTICES, MEASURES
from icc_data.frames import rows
from icc_data.i18n import NOT_STATED, number
from icc_data.i18n import translate as _
from icc_data.selection import Selection
from pages.shared.cards import known, plain, practice_count
from pages.shared.downloads import download_menu
from pages.shared.figures import choice, figure, panel_title
from pages.shared.method import Method
from pages.shared.own_results import ask_own, own_results_panel
from pages.shared.peers import choose_unit, city_link, peer_controls, peer_table
from pages.shared.session import enter

session = enter()
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
    return frame.assign(label=[session.options.label("policy_area", code) for code in frame["code"]])


def breadth(unit: str, value: str, peers: tuple[str, ...]) -> pd.DataFrame:
    """Breadth, recency and collaboration against the peers, labelled."""
    frame = benchmark.breadth(answers(unit, value)[1], value, peers)
    return frame.assign(label=[_(MEASURES[measure]) for measure in frame["measure"]])


def rank_words(row: Any) -> str:
    """A percentile rank in words, where one may be said."""
    return "" if row.percentile != row.percentile else _("{rank} of 100").format(rank=number(row.percentile))


def dots(unit: str, value: str, peers: tuple[str, ...], few: bool) -> Any:
    """The portfolio as dots on the peers' bands: shares, or counts where the numbers are small."""
    frame = portfolio(unit, value, peers)
    if few:
        frame = frame.assign(
            own=frame["practices"], q1=frame["count_q1"], median=frame["count_median"], q3=frame["count_q3"]
        )
        frame["text"] = [number(n) for n in frame["practices"]]
        return city_charts.dot_bands(frame, session.look, title=_("Practices"), form=",d", own=label(unit, value))
    frame = frame.assign(own=frame["share"], text=[rank_words(row) for row in rows(frame)])
    return city_charts.dot_bands(
        frame, session.look, title=_("Share of the practices"), form=".0%", own=label(unit, value)
    )


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
    figure(
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
            _("Numbers: percentile rank of the share among {n} peers with practices; 50 is the middle.").format(n=n)
        )


def measure_words(measure: str, value: float) -> str:
    """A measure's value: a year as a year."""
    if value != value:
        return NOT_STATED
    return str(int(value)) if measure == "newest" else number(value, 0 if value == int(value) else 1)


def breadth_panel(unit: str, value: str, peers: tuple[str, ...]) -> None:
    """Breadth, recency and collaboration."""
    panel_title(_("Breadth, recency, collaboration"), _("Beside the peers’ median; in brackets their quartiles"))
    frame = breadth(unit, value, peers)
    for row in rows(frame):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"measure-{row.measure}"):
            own = measure_words(row.measure, row.own)
            if row.median == row.median:
                low, high = measure_words(row.measure, row.q1), measure_words(row.measure, row.q3)
                words = _("median {median} ({low}–{high})").format(
                    median=measure_words(row.measure, row.median), low=low, high=high
                )
                rank = (
                    _(", percentile rank {rank} of {n} peers").format(rank=number(row.percentile), n=row.n)
                    if row.percentile == row.percentile
                    else ""
                )
                words += rank
            else:
                words = _("{n} peers with a known value: too few to compare").format(n=number(row.n))
            st.markdown(f":small[{row.label}:] **{own}** :small[:gray[{words}]]")


def results(city_id: str) -> pd.DataFrame:
    """Published Index results, with the city's own of this visit."""
    found: pd.DataFrame = ask_own(city_id, city_questions.index_results)
    return found


def index_panel(city_id: str, peers: tuple[str, ...]) -> None:
    """Index scores beside those of peers in the same edition."""
    panel_title(_("Intercultural Cities Index"), _("Only scores of the same edition are compared"))
    frame = benchmark.index_comparison(results(city_id), city_id, peers)
    if frame.empty:
        st.caption(_("No published score of this city was found, so there is nothing to compare. Add your own below."))
    for row in rows(frame):
        area = _("Overall") if row.policy_area == "overall" else session.options.label("policy_area", row.policy_area)
        year = str(int(row.year)) if known(row.year) else _("edition not stated")
        words = (
            _("rank {rank} of {of} with the peers of this edition, whose median is {median}").format(
                rank=number(row.rank), of=number(row.of), median=number(row.median)
            )
            if row.n
            else _("no peer has a published score in this edition and area")
        )
        st.markdown(f"- :small[{area}, {year}: **{number(row.score)}** — {words}]")
    listed = results(city_id)
    others = listed[listed["city_id"].isin(peers)]
    with st.expander(_("Published scores of the peers ({count})").format(count=number(len(others)))):
        if others.empty:
            st.caption(_("None was found."))
        for row in rows(others.sort_values(["name", "year"])):
            area = (
                _("Overall") if row.policy_area == "overall" else session.options.label("policy_area", row.policy_area)
            )
            year = str(int(row.year)) if known(row.year) else _("edition not stated")
            st.markdown(f"- :small[{plain(row.name)}, {year}, {area}: **{number(row.score)}**]")


def everything(unit: str, value: str, peers: tuple[str, ...]) -> pd.DataFrame:
    """All of it as one table: a row a policy area or measure."""
    areas = portfolio(unit, value, peers).rename(columns={"practices": "own_count"})
    first = areas.assign(kind="policy_area", item=areas["code"], own=areas["share"])
    second = breadth(unit, value, peers).assign(kind="measure")
    second["item"] = second["measure"]
    columns = [
        "kind",
        "item",
        "label",
        "own",
        "q1",
        "median",
        "q3",
        "percentile",
        "n",
        "own_count",
        "count_q1",
        "count_median",
        "count_q3",
        "peers_with",
    ]
    return pd.concat([first, second], ignore_index=True)[columns]


def table_panel(unit: str, value: str, peers: tuple[str, ...]) -> None:
    """All of it, sortable and to download."""
    panel_title(_("Everything in one table"), _("Click a heading to sort"))
    frame = everything(unit, value, peers)
    names = {
        "label": _("What"),
        "own": label(unit, value),
        "q1": _("First quartile"),
        "median": _("Median"),
        "q3": _("Third quartile"),
        "percentile": _("Percentile rank"),
        "n": _("Peers with a value"),
        "own_count": _("Practices"),
        "count_median": _("Peers’ median count"),
        "peers_with": _("Peers with a practice"),
    }
    st.dataframe(
        frame[list(names)].round(3),
        hide_index=True,
        column_config=dict(names),
        alt=_("Everything in one table"),
    )
    with st.container(horizontal=True):
        download_menu(
            "benchmark",
            _("Benchmark of {name}").format(name=label(unit, value)),
            lambda: everything(unit, value, peers),
        )


def view(unit: str, value: str) -> None:
    """The benchmark, top to bottom."""
    if unit == "city":
        city_link(value, f"**{plain(label(unit, value))}** · {_('profile')}")
        _asked, found = peer_controls(value)
        peers = tuple(found.index)
        with st.expander(_("Who the peers are, and why"), key="who"):
            peer_table(value, found)
    else:
        peers = tuple(other for other in session.options.values(unit) if other != value)
        peers = tuple(other for other in peers if other in set(answers(unit, value)[1]["unit"]))
        st.caption(_("Compared with all other {count} of its kind.").format(count=number(len(peers))))
    if not peers:
        return
    if not within().is_empty:
        st.caption(_("Only practices of the other filters count."))
    left, right = st.columns([5, 3], gap="large")
    with left:
        portfolio_panel(unit, value, peers)
    with right:
        breadth_panel(unit, value, peers)
        if unit == "city":
            index_panel(value, peers)
            own_results_panel(value)
    table_panel(unit, value, peers)


unit = choice("unit", _("Compare"), UNITS, default="city")
chosen = choose_unit(unit)
if chosen is None:
    st.caption(_("Choose whom to compare."))
else:
    view(unit, chosen)
