"""A policy audit for a team in a room: where the city stands, what to work on, what to borrow."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import audit, benchmark, borrow, charts, city_questions
from icc_data.export import FORMATS, file_name
from icc_data.frames import records, rows
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from icc_data.selection import Selection
from pages.shared.cards import plain, practice_card
from pages.shared.downloads import download_buttons, provenance
from pages.shared.figures import figure, panel_title
from pages.shared.labels import area_colours, area_groups
from pages.shared.method import Method
from pages.shared.own_results import ask_own, own_results_panel
from pages.shared.peers import choose_unit, city_link, peer_controls, peer_table
from pages.shared.session import ask, enter, params

session = enter()
AREA_PARAM, PICK_PARAM = "area", "pick"
FIRST_AREAS = 3
SHOWN_PER_AREA = 5
areas = session.options.values("policy_area")


def label(area: str) -> str:
    """What a policy area is called."""
    return session.options.label("policy_area", area)


def judgement() -> audit.Judgement:
    """What the team says, as the address has it; what cannot be used is said."""
    found, ignored = audit.read_judgement(params(), areas)
    for value in ignored:
        st.caption(
            ":material/info: " + _("“{value}” cannot be used, so it does not count.").format(value=plain(value[:60]))
        )
    return found


def standing(city: str, peers: tuple[str, ...], said: audit.Judgement) -> pd.DataFrame:
    """Where the city stands in each area."""
    questions = (city_questions.unit_areas, city_questions.unit_measures)
    of_areas, measures = (ask_own(city, question, Selection(), "city") for question in questions)
    portfolio = benchmark.portfolio(of_areas, measures, city, peers, areas)
    return audit.standing(portfolio, ask_own(city, city_questions.area_scores, None, city), said, len(peers))


def write_judgement(frame: pd.DataFrame, key: str) -> None:
    """Write what was edited in the table to the address."""
    said, _ignored = audit.read_judgement(params(), areas)
    ratings, importance = dict(said.ratings), dict(said.importance)
    for place, changes in st.session_state[key]["edited_rows"].items():
        area = frame["code"].iloc[int(place)]
        for column, values in (("rating", ratings), ("importance", importance)):
            if column in changes and changes[column] is None:
                values.pop(area, None)
            elif column in changes:
                values[area] = float(changes[column])
    kept = {name: values for name, values in params().items() if name not in audit.JUDGEMENT_PARAMS}
    st.query_params.from_dict({**kept, **audit.Judgement(ratings, importance).to_params()})


def standing_panel(frame: pd.DataFrame) -> None:
    """The table that the team fills in."""
    panel_title(
        _("2. Where do we stand?"),
        _("Rate yourselves from 0 (nothing) to 100 (nothing left to do), and say how important each area is (0–5)"),
    )
    definitions = {
        row["code"]: row["definition"] for row in records(ask(city_questions.definitions, None, "policy_area"))
    }
    groups = area_groups()
    shown = pd.DataFrame(
        {
            "area": [label(code) for code in frame["code"]],
            "commitment": [session.options.label("commitment", groups[code]) for code in frame["code"]],
            "rating": frame["rating"],
            "importance": frame["importance"],
            "score": frame["score"],
            "practices": frame["practices"],
            "count_median": frame["count_median"],
            "peers_with": frame["peers_with"],
            "definition": [definitions.get(code) or "" for code in frame["code"]],
        }
    )
    key = f"standing-{hash(tuple(sorted((name, tuple(values)) for name, values in params().items())))}"
    whole = st.column_config.NumberColumn
    st.data_editor(
        shown,
        hide_index=True,
        disabled=[name for name in shown if name not in ("rating", "importance")],
        column_config={
            "area": st.column_config.TextColumn(_("Policy area"), pinned=True),
            "commitment": _("Commitment"),
            "rating": whole(_("Our rating"), min_value=0, max_value=100, step=1, format="%d"),
            "importance": whole(_("Importance"), min_value=0, max_value=5, step=1, format="%d"),
            "score": whole(_("Index score"), format="%.0f", help=_("Own results, else the newest published score.")),
            "practices": whole(_("Our practices")),
            "count_median": whole(_("Peers’ median"), format="%.1f", help=_("Practices of the peers in the area.")),
            "peers_with": whole(_("Peers with a practice")),
            "definition": st.column_config.TextColumn(_("What it means"), width="large"),
        },
        key=key,
        on_change=write_judgement,
        args=(frame, key),
        height=35 * (len(shown) + 1) + 3,
    )
    st.caption(
        _("An area without a rating counts with its Index score, or without one by the number of its practices.")
    )
    columns = st.columns(4, gap="small")
    for column, row in zip(columns, records(audit.by_commitment(frame, groups)), strict=False):
        with column, st.container(border=True, key=f"commitment-{row['code']}", height="stretch"):
            st.markdown(f"**{session.options.label('commitment', row['code'])}**")
            told = _("mean {score} of 100 in {known} of {areas} areas").format(
                score=number(row["score"]), known=row["known"], areas=row["areas"]
            )
            st.markdown(f":small[{told if row['known'] else _('no score and no rating yet')}]")
            st.caption(_("Practices in its areas: {count}").format(count=number(row["practices"])))


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


def priorities_panel(ranked: list[tuple[str, float]]) -> None:
    """Which areas to work on."""
    panel_title(
        _("3. What should we work on?"),
        _("Priority: gap × importance × share of peers with a practice to offer, out of 100"),
    )
    figure(
        "audit-priorities",
        priority_bars,
        tuple(ranked),
        alt=_("Policy areas by priority"),
        method=Method(
            title=_("Policy areas by priority"),
            sentence=_(
                "Gap: the points missing to 100 of the rating, else of the score, else 1 / (1 + own practices). "
                "Importance: 0 to 5, over 5. Offer: the share of peers with a practice in the area. The rows below are "
                "the practices of all cities by policy area that this rests on."
            ),
            question=city_questions.unit_areas,
            selection=Selection(),
            args=("city",),
        ),
    )


def chosen_areas(ranked: list[tuple[str, float]]) -> list[str]:
    """The areas for which practices are proposed: those of the address, else the most urgent."""
    asked = [area for area in params().get(AREA_PARAM, []) if area in areas]
    chosen = asked or [area for area, value in ranked[:FIRST_AREAS] if value > 0]
    st.session_state["audit-areas"] = chosen

    def write() -> None:
        st.query_params[AREA_PARAM] = st.session_state["audit-areas"]

    st.multiselect(
        _("Policy areas to look at"),
        areas,
        format_func=label,
        key="audit-areas",
        on_change=write,
        placeholder=_("Choose policy areas"),
        select_all=False,
    )
    return chosen


def proposals(city: str, peers: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Practices to borrow in every area."""
    told = frame["rating"].fillna(frame["score"])
    scores = {code: float(value) for code, value in zip(frame["code"], told, strict=True) if value == value}
    practices = ask_own(city, city_questions.borrowable)
    return borrow.recommendations(practices, city, peers, as_of=session.as_of.year, scores=scores)


def why(row: dict[str, Any]) -> str:
    """The reason of a proposal."""
    return borrow.reason(row, label(row["policy_area"]), session.options.label("city", row["peer"]))


def toggle(name: str) -> None:
    """Pick a proposal, or put it back."""
    picked = params().get(PICK_PARAM, [])
    st.query_params[PICK_PARAM] = [other for other in picked if other != name] if name in picked else [*picked, name]


def proposals_panel(found: pd.DataFrame, chosen: list[str]) -> None:
    """Practices to borrow, area by area."""
    picked = params().get(PICK_PARAM, [])
    for area in chosen:
        best = found[found["policy_area"] == area].head(SHOWN_PER_AREA)
        st.markdown(f"###### {label(area)}")
        if best.empty:
            st.caption(_("No peer has a practice here that you do not share. Choose more or other peers."))
        for row in records(best):
            name = f"{area}:{row['practice_id']}"
            practice_card(row | {"policy_areas": [area]}, reason=plain(why(row)))
            st.checkbox(_("Pick"), value=name in picked, key=f"pick-{name}", on_change=toggle, args=(name,))


def actions_panel(city: str, found: pd.DataFrame, ranked: list[tuple[str, float]]) -> None:
    """The list of actions, to take away."""
    panel_title(_("5. Our action list"), _("Everything stands in the address of this page; nothing is stored"))
    picked = params().get(PICK_PARAM, [])
    chosen = found[[f"{row.policy_area}:{row.practice_id}" in picked for row in rows(found)]]
    count = len(chosen)
    if not count:
        st.caption(_("Pick practices above: they come here, to be downloaded with their sources."))
        return
    st.caption(
        translate_plural("{count} practice picked", "{count} practices picked", count).format(count=number(count))
    )
    labels = {area: label(area) for area in areas}
    actions = audit.action_rows(chosen, labels, [why(row) for row in records(chosen)])
    st.dataframe(actions, hide_index=True, alt=_("Action list"))
    title = _("Action list of {city}").format(city=session.options.label("city", city))
    download_buttons("actions", title, lambda: actions, formats=("xlsx", "csv"))
    facts = provenance(title)
    top = [(label(area), value) for area, value in ranked if value > 0][:5]
    text = audit.action_list(session.options.label("city", city), actions, top, facts)
    st.download_button(
        _("Markdown (Word opens it)"),
        text.encode("utf-8"),
        file_name(title, facts, "csv").removesuffix(FORMATS["csv"].suffix) + ".md",
        "text/markdown",
        key="actions-markdown",
        on_click="ignore",
        icon=":material/description:",
    )


def view(city: str) -> None:
    """The audit, step by step."""
    city_link(city, f"**{plain(session.options.label('city', city))}** · {_('profile')}")
    _asked, peers = peer_controls(city)
    with st.expander(_("Who the peers are, and why"), key="who"):
        peer_table(city, peers)
    own_results_panel(city)
    if peers.empty:
        return
    frame = standing(city, tuple(peers.index), judgement())
    standing_panel(frame)
    ranked = priorities(frame)
    priorities_panel(ranked)
    panel_title(
        _("4. What could we borrow?"),
        _("Practices of your peers that you do not share, by need, similarity, recency and completeness"),
    )
    chosen = chosen_areas(ranked)
    found = proposals(city, peers, frame)
    proposals_panel(found, chosen)
    actions_panel(city, found, ranked)


panel_title(
    _("Policy audit"), _("Five steps for a team in a room: city and peers, standing, priorities, practices, actions")
)
panel_title(_("1. Who are we, and who are our peers?"))
chosen_city = choose_unit("city")
if chosen_city is None:
    st.caption(_("Choose your city to begin."))
else:
    view(chosen_city)
