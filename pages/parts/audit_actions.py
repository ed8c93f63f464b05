"""The fifth step of a policy audit: the practices picked, as a list of actions to take away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import audit, audit_rows
from icc_data.analysis.own_results import own_areas
from icc_data.analysis.proposals import action_headings, action_rows, identified, picked, proposal_name, title_of
from icc_data.cells import dicts_of
from icc_data.i18n import in_quotes, number, translate_plural
from icc_data.i18n import translate as _
from pages.parts.audit_borrow import why
from pages.parts.audit_data import audit_menu
from pages.parts.audit_standing import editions
from pages.parts.audit_steps import step_title
from pages.shared.address import params
from pages.shared.answers import ask
from pages.shared.downloads import document_button, provenance
from pages.shared.kept_work import PICK_PARAM, write_work
from pages.shared.labels import area_labels
from pages.shared.markdown import escaped
from pages.shared.own_results import own_editions, own_note
from pages.shared.paper import printed_table
from pages.shared.peer_choice import chosen_by, peer_set
from pages.shared.peer_facts import editions_note
from pages.shared.session import current


def actions_panel(
    city: str, proposed: pd.DataFrame, frame: pd.DataFrame, peers: list[str], judged: audit.Judgement
) -> None:
    """The list of actions, to take away.

    Args:
        city: whose audit.
        proposed: the answer of ``proposals``.
        frame: the answer of ``audit.standing``.
        peers: the cities that lend.
        judged: what the team says.
    """
    step_title("actions", _("It stands in the address of this page and in what you download; nothing is stored"))
    chosen, lent_by_none = picked(proposed, params().get(PICK_PARAM, []))
    if lent_by_none:
        practices = ask(queries.borrowable)
        others = ", ".join(in_quotes(escaped(title_of(practices, name))) for name in lent_by_none)
        words = _("{values}: picked, but lent by none of these peers, so not in the list.")
        st.caption(":material/info: " + words.format(values=others))
    count = len(chosen)
    if not count:
        st.caption(_("Pick practices in the step “Borrow”: they come here, to be downloaded with their sources."))
        return
    actions = action_rows(chosen, area_labels(), [why(row) for row in dicts_of(chosen)])
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        words = translate_plural("{count} practice picked", "{count} practices picked", count)
        st.markdown(f"**{words.format(count=number(count))}**", width="content")
        st.button(
            _("Put all back"),
            key="clear-picks",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=write_work,
            args=(city, {}),
            kwargs={"instead_of": (PICK_PARAM,)},
        )
    words_of = action_headings()
    st.dataframe(
        actions.drop(columns=["who", "by_when"]).rename(columns=words_of),
        hide_index=True,
        column_config={
            words_of["practice"]: st.column_config.TextColumn(width="medium"),
            words_of["summary"]: st.column_config.TextColumn(width="medium"),
            words_of["why"]: st.column_config.TextColumn(width="medium"),
            words_of["source"]: st.column_config.LinkColumn(display_text=_("Read it")),
        },
        alt=_("Action list"),
    )
    # On paper there is room to write who does what by when; area and score stand in the reason.
    printed_table(
        actions.drop(columns=["area", "score"]).rename(columns=words_of),
        title=_("Action list"),
        languages={words_of["practice"]: "en", words_of["summary"]: "en"},
    )
    _action_files(city, actions, frame, peers, judged)
    picks = {PICK_PARAM: [proposal_name(row["policy_area"], row["practice_id"]) for row in dicts_of(chosen)]}
    audit_menu("audit_actions", _("Action list"), lambda: identified(actions, chosen), city, judged, picks)


def _action_files(
    city: str, actions: pd.DataFrame, frame: pd.DataFrame, peers: list[str], judged: audit.Judgement
) -> None:
    """The list of actions to print, to edit and to calculate with."""
    label, labels = current().options.label, area_labels()
    name = label("city", city)
    facts = provenance(_("Action list of {city}").format(city=name), own=own_note(city))
    years = editions(city)
    needs = audit_rows.need_rows(frame, labels, years, len(peers), own_areas(years, own_editions(city)))
    names, rule = [label("city", peer) for peer in peers], chosen_by()
    note = editions_note(city, peers) if peer_set().all_weights()["index"] else ""
    rests_on = [*audit.basis(rule, names, judged, labels), *filter(None, [note])]

    def printed() -> bytes:
        from icc_data.files.report import printed_action_list

        return printed_action_list(name, actions, needs, names, rule, facts, note=note)

    def edited() -> bytes:
        from icc_data.files.report import word_action_list

        return word_action_list(name, actions, needs, rests_on, facts)

    def tabled() -> bytes:
        from icc_data.files.report import action_workbook

        return action_workbook(name, actions, needs, rests_on, facts)

    holds = _("Areas with their need, and practices with room for who does what by when.")
    with st.container(horizontal=True, gap="small"):
        document_button("actions-word", _("Action list (Word)"), facts, edited, holds, "docx")
        document_button("actions-excel", _("Action list (Excel)"), facts, tabled, holds, "xlsx")
        document_button("actions-pdf", _("Action list (PDF)"), facts, printed, holds)
