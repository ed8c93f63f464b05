"""The second step of a policy audit: where a city stands in each policy area, rated by the team area by area."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import audit, audit_rows
from icc_data.analysis.city_facts import practice_count
from icc_data.cells import dicts_of, is_known
from icc_data.i18n import labelled, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.parts.audit_data import audit_menu
from pages.parts.audit_steps import step_title
from pages.shared.answers import ask
from pages.shared.cards import commitment_card
from pages.shared.kept_work import latest, write_work
from pages.shared.labels import area_groups, area_labels
from pages.shared.markdown import escaped
from pages.shared.own_results import ask_own, remember_own
from pages.shared.paper import printed_table
from pages.shared.session import current

# In the session's state: what was typed beyond its limits, by city, parameter and policy area.
_BEYOND = "_audit-beyond"
FIELD_WIDTH = 145


def meanings() -> dict[str, str]:
    """What each policy area means, in one line."""
    terms = dicts_of(ask(queries.term_definitions, None, "policy_area"))
    return {term["code"]: term["definition"] or "" for term in terms}


def editions(city: str) -> dict[str, int]:
    """The edition of the newest score in each policy area."""
    return audit.editions(ask_own(city, queries.index_history, None, city))


def standing_panel(city: str, peers: tuple[str, ...], frame: pd.DataFrame, judged: audit.Judgement) -> None:
    """The policy areas, commitment by commitment, for the team to rate.

    Args:
        city: whose audit.
        peers: those it is set beside.
        frame: the answer of ``audit.standing``.
        judged: what the team says.
    """
    step_title(
        "standing",
        _(
            "Rate yourselves from 0 (nothing) to 100 (nothing left to do), and say how important each area is, from 0 "
            "to 5. What is typed counts at once and stands in the address of this page."
        ),
    )
    rated = translate_plural("{count} of {all} area is rated.", "{count} of {all} areas are rated.", len(frame))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        told = rated.format(count=number(len(judged.ratings)), all=number(len(frame)))
        st.markdown(f"**{told}**", width="content")
        st.button(
            _("Clear ratings and importance"),
            key="clear-judgement",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=_clear,
            args=(city,),
            disabled=not judged.to_params(),
        )
    rows = {row["code"]: row for row in dicts_of(_table(city, frame, judged))}
    groups = area_groups()
    for term, commitment in _commitments(city, peers, frame, groups):
        with commitment_card(term["code"], term["definition"] or "", beside_others=False):
            _say_commitment(commitment)
        with st.container(key=f"ratings-{term['code']}", gap="small"):
            for code, row in rows.items():
                if groups[code] == term["code"]:
                    _area_card(city, row, len(peers))
    # On paper, the meanings would leave the numbers no room.
    printed_table(_table(city, frame, judged), _headings(frame), missing="")
    title = _("Where {city} stands").format(city=current().options.label("city", city))
    audit_menu("audit_standing", title, lambda: _table(city, frame, judged), city, judged)
    st.caption(
        _(
            "An area without a rating counts with its Index score, or without one by the number of its practices; "
            "with none of these nothing is known of it."
        )
    )


def _table(city: str, frame: pd.DataFrame, judged: audit.Judgement) -> pd.DataFrame:
    """The rows of the areas in words; see ``audit.standing_table``."""
    label = current().options.label
    return audit.standing_table(
        frame,
        judged,
        labels=area_labels(),
        commitments={code: label("commitment", group) for code, group in area_groups().items()},
        years=editions(city),
        definitions=meanings(),
    )


def _headings(frame: pd.DataFrame) -> dict[str, str]:
    """What the columns are called on paper; those of a score only where there is one."""
    scored = {"score": _("Index score"), "edition": _("Edition")} if frame["score"].notna().any() else {}
    return {
        "area": _("Policy area"),
        "rating": _("Our rating"),
        "importance": _("Importance"),
        **scored,
        "practices": _("Our practices"),
        "count_median": _("Peers’ median"),
        "lenders": _("Peers to lend"),
        "commitment": _("Commitment"),
    }


def _area_card(city: str, row: dict[str, Any], peers: int) -> None:
    """A policy area: what it means and what is known of it, with its rating and its importance beside that."""
    area = row["area"]
    with st.container(border=True, key=f"area-{row['code']}"):
        said, typed = st.columns([5, 3], gap="medium", vertical_alignment="center")
        meaning = f"  \n:small[{escaped(row['definition'])}]" if row["definition"] else ""
        said.markdown(f"**{escaped(area)}**{meaning}  \n:small[:gray[{' · '.join(_facts(row, peers))}]]")
        with typed:
            with st.container(horizontal=True, gap="small"):
                words = _("{area}: our rating, 0 to 100").format(area=area)
                _number(city, "rating", row, _("Our rating, 0–100"), words, 5.0)
                words = _("{area}: importance, 0 to 5").format(area=area)
                _number(city, "importance", row, _("Importance, 0–5"), words, 1.0)
            _say_beyond(city, row)


def _facts(row: dict[str, Any], peers: int) -> list[str]:
    """What is known of an area without the team."""
    score = []
    if is_known(row["score"]):
        year = str(int(row["edition"])) if is_known(row["edition"]) else _("edition not stated")
        score = [f"{labelled(_('Index score'), number(row['score']))} ({year})"]
    median = [labelled(_("peers’ median"), number(row["count_median"], 1))] if is_known(row["count_median"]) else []
    lend = audit_rows.lend_words(row["lenders"], peers)
    lend = labelled(_("peers to lend"), lend) if row["lenders"] else lend
    return [*score, practice_count(row["practices"]), *median, lend]


def _number(city: str, name: str, row: dict[str, Any], caption: str, label: str, step: float) -> None:
    """A field for a rating or an importance.

    It is set only where it shows something else than what counts: whoever types into the next field while the page is
    drawn anew would find the old number there.
    """
    key, value = f"{name}-{row['code']}", row[name]
    value = float(value) if is_known(value) else None
    state = st.session_state
    if key not in state or state[key] != value:
        state[key] = value
    with st.container(width=FIELD_WIDTH, gap="xxsmall"):
        st.markdown(f":small[{caption}]")
        # With limits of its own the field would keep a number beyond them to itself.
        st.number_input(
            label,
            value=None,
            step=step,
            format="%g",
            label_visibility="collapsed",
            key=key,
            on_change=_typed,
            args=(city, name, row["code"], key),
        )


def _typed(city: str, name: str, area: str, key: str) -> None:
    """Take over what was typed into a field; a number beyond its limits becomes the limit."""
    areas = current().options.values("policy_area")
    value = st.session_state[key]
    judged = audit.read_judgement(latest(), areas)[0].changed(name, area, value)
    write_work(city, judged.to_params(), instead_of=audit.JUDGEMENT_PARAMS)
    beyond = st.session_state.setdefault(_BEYOND, {})
    if value is not None and audit.clamped(value, audit.LIMITS[name]) != value:
        beyond[(city, name, area)] = value
    else:
        beyond.pop((city, name, area), None)


def _say_beyond(city: str, row: dict[str, Any]) -> None:
    """Say what became of a number that was typed beyond its limits."""
    sentences = {
        "rating": _("{area}: a rating goes from 0 to {most}, so {typed} became {limit}."),
        "importance": _("{area}: importance goes from 0 to {most}, so {typed} became {limit}."),
    }
    for name, words in sentences.items():
        typed = st.session_state.get(_BEYOND, {}).get((city, name, row["code"]))
        most = audit.LIMITS[name]
        if typed is not None and row[name] == audit.clamped(typed, most):
            told = words.format(area=row["area"], most=number(most), typed=number(typed), limit=number(row[name]))
            st.warning(escaped(told), icon=":material/info:")


def _clear(city: str) -> None:
    st.session_state.pop(_BEYOND, None)
    write_work(city, {}, instead_of=audit.JUDGEMENT_PARAMS)


def _commitments(
    city: str, peers: tuple[str, ...], frame: pd.DataFrame, groups: dict[str, str]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The four commitments, each with what the team and the Index say of its areas, its practices and the peers."""

    def work() -> pd.DataFrame:
        practices = ask_own(city, queries.unit_commitments, Selection(), "city")
        return audit.by_commitment(frame, groups, practices, city, peers)

    parts = tuple(frame[["score", "rating", "need"]].itertuples(index=False))
    table = {row["code"]: row for row in dicts_of(remember_own(city, work, "commitments", peers, parts))}
    terms = dicts_of(ask(queries.term_definitions, None, "commitment"))
    return [(term, table[term["code"]]) for term in terms if term["code"] in table]


def _say_commitment(row: dict[str, Any]) -> None:
    mean = translate_plural(
        "mean {score} of 100 in {known} of {areas} area",
        "mean {score} of 100 in {known} of {areas} areas",
        row["areas"],
    ).format(score=number(row["score"]), known=row["known"], areas=row["areas"])
    words = _("{count}; peers’ median {median}") if row["median"] == row["median"] else _("{count}")
    count = words.format(count=practice_count(row["practices"]), median=number(row["median"], 1))
    st.markdown(f":small[{mean if row['known'] else _('no score and no rating yet')} · {count}]")
