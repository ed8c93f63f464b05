"""The practices of two selections in one table, each with the selection it is in."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import two_selections_notes
from icc_data.analysis.results import results_in_words
from icc_data.i18n import translate as _
from pages.shared.address import address, set_option
from pages.shared.answers import ask
from pages.shared.comparing import SIDE_PARAM, Compared
from pages.shared.downloads import download_menu, linked
from pages.shared.figures import choice, screen_hint, takeaway
from pages.shared.pager import page_number
from pages.shared.paper import printed_table
from pages.shared.session import current

PER_PAGE = ("20", "50", "100")
EVERYTHING = "all"


def comparison_panel(compared: Compared, sorts: dict[str, str]) -> None:
    """How many practices are in either selection and in both, and the table of all of them.

    Args:
        compared: the two selections.
        sorts: the orders to choose from, with their words.
    """
    counts = two_selections_notes.sides(compared.counts)
    words = two_selections_notes.side_words(compared.names)
    takeaway(two_selections_notes.of_sides(compared.counts, compared.names))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        options = {EVERYTHING: _("All of them"), **{side: words[side] for side in counts if counts[side]}}
        side = choice(SIDE_PARAM, _("Which of them"), options, default=EVERYTHING, compact=True, width=300)
        sort: Any = choice("sort", _("Sort by"), sorts, default="newest", compact=True)
        per_page = int(choice("per", _("On a page"), {n: n for n in PER_PAGE}, default="20", compact=True))
        download_menu(
            "compared-practices",
            _("Practices of both selections"),
            lambda: linked(queries.compared_records(current().connection, compared.one, compared.other)),
            compared.as_data("compared_practices"),
            rests_on=[*compared.rests_on(), two_selections_notes.sides_in_files(compared.names)],
        )
    count = sum(counts.values()) if side == EVERYTHING else counts[side]
    offset = (page_number("compared-practices", count, per_page) - 1) * per_page
    results = ask(
        queries.compared_practices,
        compared.one,
        compared.other,
        limit=per_page,
        offset=offset,
        sort=sort,
        side=None if side == EVERYTHING else side,
    )
    _table(results, words)


def _table(results: Any, words: dict[str, str]) -> None:
    columns = {
        "in": _("In"),
        "title": _("Title"),
        "city_names": _("Cities"),
        "country_names": _("Countries"),
        "when_text": _("Year as published"),
        "policy_areas": _("Policy areas"),
    }
    labelled = results_in_words(results, current().options.label)
    labelled = labelled.assign(**{"in": labelled["side"].map(words)})
    key = f"compared-results-{hash(address())}"

    def open_chosen() -> None:
        for row in st.session_state[key]["selection"]["rows"]:
            set_option("practice", results["practice_id"].iloc[row])

    st.dataframe(
        labelled,
        hide_index=True,
        column_order=list(columns),
        column_config={**columns, "title": st.column_config.TextColumn(columns["title"], width="large")},
        height=35 * (min(len(results), 20) + 1) + 3,
        on_select=open_chosen,
        selection_mode="single-row",
        key=key,
        alt=_("Practices of both selections"),
    )
    printed_table(labelled, columns, title=_("Practices of both selections"))
    screen_hint(_("Click a heading to sort this page, the box before a row to open the practice."))
