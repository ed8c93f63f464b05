"""A policy audit for a team in a room: where the city stands, what to work on, what to borrow."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import audit, benchmark, borrow
from icc_data.analysis.sources import best_address
from icc_data.drawing import charts
from icc_data.files.action_list_text import action_list
from icc_data.files.export import DOCUMENTS, file_name
from icc_data.frames import records, rows
from icc_data.i18n import enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.model.ignored import Ignored
from icc_data.queries.selection import Selection
from pages.parts.audit_standing import editions, standing_panel, step
from pages.shared.address import bound, params, say_ignored, set_option
from pages.shared.answers import ask
from pages.shared.cards import known, practice_link, years_in_words
from pages.shared.downloads import document_button, download_buttons, provenance
from pages.shared.figures import panel_title
from pages.shared.labels import area_colours
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.own_results import ask_own, own_figure, own_results_panel, remember_own
from pages.shared.paper import printed_table, printed_words
from pages.shared.peer_choice import chosen_by
from pages.shared.peer_panel import peer_controls
from pages.shared.session import enter
from pages.shared.unit_choice import choose_unit, invite

session = enter()
AREA_PARAM, PICK_PARAM = "area", "pick"
FIRST_AREAS = 3
SHOWN_PER_AREA = 6
areas = session.options.values("policy_area")


def label(area: str) -> str:
    """What a policy area is called."""
    return session.options.label("policy_area", area)


def labels() -> dict[str, str]:
    """What each policy area is called."""
    return {area: label(area) for area in areas}


def steps(rated: int, picked: int) -> None:
    """The five steps with what is done of them."""
    names = [
        _("Peers"),
        _("Standing ({count} rated)").format(count=number(rated)),
        _("Priorities"),
        _("Borrow"),
        _("Actions ({count} picked)").format(count=number(picked)),
    ]
    links = [f"[{place}. {name}](#step-{place})" for place, name in enumerate(names, start=1)]
    st.markdown("  →  ".join(links))


def judgement() -> audit.Judgement:
    """What the team says, as the address has it; what cannot be used is said."""
    judged, ignored = audit.read_judgement(params(), areas)
    say_ignored(ignored, dict.fromkeys(audit.JUDGEMENT_PARAMS, _("Our rating or importance")))
    return judged


def who(city: str, peers: pd.DataFrame) -> None:
    """On paper: the city, and the peers that the controls of the first step choose."""
    words = _("{name}, compared with {names}. Peers: {rule}.")
    names = enumeration(session.options.label("city", peer) for peer in peers.index)
    printed_words(words.format(name=session.options.label("city", city), names=names, rule=chosen_by()))


def standing(city: str, peers: tuple[str, ...], said: audit.Judgement) -> pd.DataFrame:
    """Where the city stands in each area."""

    def work() -> pd.DataFrame:
        questions = (queries.unit_areas, queries.unit_measures)
        of_areas, measures = (ask_own(city, question, Selection(), "city") for question in questions)
        portfolio = benchmark.portfolio(of_areas, measures, city, peers, areas)
        offers = audit.lenders(ask_own(city, queries.lendable, None, city), peers)
        scores = ask_own(city, queries.area_scores, None, city)
        return audit.standing(portfolio, offers, scores, said, len(peers))

    return remember_own(city, work, "standing", peers, said.to_params())


def priority_bars(values: tuple[tuple[str, float], ...]) -> Any:
    """The areas by priority."""
    frame = pd.DataFrame(
        {
            "code": [code for code, _value in values],
            "label": [label(code) for code, _value in values],
            "priority": [value for _code, value in values],
            "text": [number(value) for _code, value in values],
        }
    )
    return charts.ranked_bars(
        frame, session.look, colours=area_colours(), value="priority", value_title=_("Priority of 100"), pick=False
    )


def priorities(frame: pd.DataFrame) -> list[tuple[str, float]]:
    """The areas to work on, the most urgent first."""
    ranked = frame.sort_values("priority", ascending=False, kind="stable")
    return [(str(code), float(value)) for code, value in zip(ranked["code"], ranked["priority"], strict=True)]


def priorities_panel(city: str, ranked: list[tuple[str, float]]) -> None:
    """Which areas to work on."""
    step(
        3,
        _("What should we work on?"),
        _("Priority: gap × importance × share of peers with a practice to lend, out of 100"),
    )
    own_figure(
        city,
        "audit-priorities",
        priority_bars,
        tuple(ranked),
        alt=_("Policy areas by priority"),
        method=Method(
            title=_("Policy areas by priority"),
            sentence=f"{_(audit.PRIORITY_RULE)} "
            + _("The rows below are the practices of all cities by policy area that this rests on."),
            question=queries.unit_areas,
            selection=Selection(),
            args=("city",),
        ),
    )


def chosen_areas(ranked: list[tuple[str, float]]) -> list[str]:
    """The areas for which practices are proposed: those of the address, else the most urgent."""
    asked = params().get(AREA_PARAM, [])
    title = _("Policy areas to look at")
    say_ignored([Ignored(AREA_PARAM, area) for area in asked if area not in areas], {AREA_PARAM: title})
    urgent = [area for area, value in ranked[:FIRST_AREAS] if value > 0]
    chosen = [area for area in asked if area in areas] or urgent

    def write(chosen: list[str]) -> None:
        st.query_params[AREA_PARAM] = chosen

    st.multiselect(
        title,
        areas,
        format_func=label,
        placeholder=_("Choose policy areas"),
        select_all=False,
        **bound("audit-areas", chosen, write),
    )
    return chosen


def proposals(city: str, peers: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Practices to borrow in every area."""
    told = frame["rating"].fillna(frame["score"])
    scores = {code: float(value) for code, value in zip(frame["code"], told, strict=True) if value == value}

    def work() -> pd.DataFrame:
        practices = ask_own(city, queries.borrowable)
        return borrow.recommendations(practices, city, peers, as_of=session.as_of.year, scores=scores)

    return remember_own(city, work, "proposals", tuple(peers.itertuples()), scores)


def why(row: dict[str, Any]) -> str:
    """The reason of a proposal."""
    return borrow.reason(row, label(row["policy_area"]), session.options.label("city", row["peer"]))


def toggle(name: str) -> None:
    """Pick a proposal, or put it back."""
    picked = params().get(PICK_PARAM, [])
    st.query_params[PICK_PARAM] = [other for other in picked if other != name] if name in picked else [*picked, name]


def proposal_card(row: dict[str, Any], name: str, picked: bool) -> None:
    """A practice to borrow, with why, and whether it is picked."""
    with st.container(border=True, gap="xsmall", key=f"card-{name}"):
        practice_link(row["practice_id"], f"**{escaped(row['title'])}**")
        st.caption(f"{escaped(row['city_names'] or _('city not stated'))} · {years_in_words(row)}")
        if known(row["summary"]):
            st.markdown(f":small[{escaped(row['summary'])}]")
        st.caption(escaped(why(row)))
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            key = f"pick-{name}"
            st.session_state[key] = picked
            st.checkbox(_("Pick for our action list"), key=key, on_change=toggle, args=(name,))
            source = best_address(row)
            if source:
                st.markdown(
                    f":small[[{_('Read it at the source')} :material/open_in_new:](<{source}>)]", width="content"
                )


def proposals_panel(found: pd.DataFrame, chosen: list[str], count: int) -> None:
    """Practices to borrow, area by area."""
    picked = params().get(PICK_PARAM, [])
    if not chosen:
        st.caption(_("No area is urgent: choose some above."))
    for area in chosen:
        here = found[found["policy_area"] == area]
        shown = translate_plural("{count} practice of the peers", "{count} practices of the peers", len(here))
        best = _("the best {shown} of {practices}") if len(here) > count else "{practices}"
        words = best.format(shown=number(count), practices=shown.format(count=number(len(here))))
        st.markdown(f"##### {label(area)}" + (f" :small[:gray[· {words}]]" if len(here) else ""))
        if here.empty:
            st.caption(_("No peer has a practice here that you do not share. Choose more or other peers."))
        best_rows = records(here.head(count))
        for column, part in zip(st.columns(2, gap="medium"), (best_rows[::2], best_rows[1::2]), strict=True):
            with column:
                for row in part:
                    name = f"{area}:{row['practice_id']}"
                    proposal_card(row, name, name in picked)


def title_of(name: str) -> str:
    """The title of a picked practice; what stands in the address where there is none of that name."""
    practices = ask(queries.borrowable)
    titles = practices[practices["practice_id"] == name.partition(":")[2]]["title"].tolist()
    return str(titles[0]) if titles else name[:60]


def actions_panel(city: str, found: pd.DataFrame, frame: pd.DataFrame, peers: list[str]) -> int:
    """The list of actions, to take away; gives their number."""
    step(
        5, _("Our action list"), _("It stands in the address of this page and in what you download; nothing is stored")
    )
    picked = params().get(PICK_PARAM, [])
    names = [f"{row.policy_area}:{row.practice_id}" for row in rows(found)]
    chosen = found[[name in picked for name in names]]
    others = ", ".join(f"“{escaped(title_of(name))}”" for name in picked if name not in names)
    if others:
        words = _("{values}: picked, but lent by none of these peers, so not in the list.")
        st.caption(":material/info: " + words.format(values=others))
    count = len(chosen)
    if not count:
        st.caption(_("Pick practices above: they come here, to be downloaded with their sources."))
        return 0
    actions = audit.action_rows(chosen, labels(), [why(row) for row in records(chosen)])
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        words = translate_plural("{count} practice picked", "{count} practices picked", count)
        st.markdown(f"**{words.format(count=number(count))}**", width="content")
        st.button(
            _("Put all back"),
            key="clear-picks",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=set_option,
            args=(PICK_PARAM, None),
        )
    st.dataframe(
        actions.drop(columns=[_("Who"), _("By when")]),
        hide_index=True,
        column_config={
            _("Practice"): st.column_config.TextColumn(width="medium"),
            _("What it is"): st.column_config.TextColumn(width="medium"),
            _("Why"): st.column_config.TextColumn(width="medium"),
            _("Source"): st.column_config.LinkColumn(display_text=_("Read it")),
        },
        alt=_("Action list"),
    )
    # On paper there is room to write who does what by when; area and score stand in the reason.
    printed_table(actions.drop(columns=[_("Policy area"), _("Score of 100")]))
    action_files(city, actions, frame, peers)
    return count


def action_files(city: str, actions: pd.DataFrame, frame: pd.DataFrame, peers: list[str]) -> None:
    """The list of actions as a workbook, as rows, as a text for a word processor, and to print."""
    name = session.options.label("city", city)
    title = _("Action list of {city}").format(city=name)
    facts = provenance(title)
    top = [(label(area), value) for area, value in priorities(frame) if value > 0][:5]
    rows_of_areas = audit.priority_rows(frame, labels(), editions(city), len(peers))
    names, rule = [session.options.label("city", peer) for peer in peers], chosen_by()
    rests_on = audit.basis(rule, names, audit.read_judgement(params(), areas)[0], labels())

    def printed() -> bytes:
        from icc_data.files.report import printed_action_list

        return printed_action_list(name, actions, rows_of_areas, names, rule, facts)

    with st.container(horizontal=True, gap="small"):
        with st.container(width="content"):
            download_buttons("actions", title, lambda: actions, formats=("xlsx", "csv"), rests_on=rests_on)
        st.download_button(
            _("Markdown (Word opens it)"),
            action_list(name, actions, top, rests_on, facts).encode("utf-8"),
            file_name(title, facts, "md"),
            DOCUMENTS["md"].mime,
            key="actions-markdown",
            on_click="ignore",
            icon=":material/description:",
            help=_("A text with room for who does what by when; word processors and wikis open it."),
        )
        holds = _("To print and write on: areas with their priority, practices with room for who does what by when.")
        document_button("actions-pdf", _("Action list (PDF)"), facts, printed, holds)


def view(city: str, row: Any, overview: Any) -> None:
    """The audit, step by step.

    Args:
        city: whose audit.
        row: where the peers are chosen.
        overview: where the list of steps stands, filled when it is known what is done.
    """
    peers = peer_controls(city, row)
    own_results_panel(city)
    if peers.empty:
        return
    who(city, peers)
    said = judgement()
    frame = standing(city, tuple(peers.index), said)
    standing_panel(city, tuple(peers.index), frame, said)
    ranked = priorities(frame)
    priorities_panel(city, ranked)
    step(
        4,
        _("What could we borrow?"),
        _("Practices of your peers that you do not share, by need, similarity, recency and completeness"),
    )
    chosen = chosen_areas(ranked)
    found = proposals(city, peers, frame)
    proposals_panel(found, chosen, SHOWN_PER_AREA)
    count = actions_panel(city, found, frame, list(peers.index))
    with overview:
        steps(len(said.ratings), count)


panel_title(_("Policy audit"), _("For a team in a room: five steps from where you stand to a list of actions"))
overview = st.container()
step(1, _("Who are we, and who are our peers?"))
controls = st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls")
with controls:
    chosen_city = choose_unit("city")
if chosen_city is None:
    invite("city", _("Choose your city to begin."))
else:
    view(chosen_city, controls, overview)
