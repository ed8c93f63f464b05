"""Search the practices: ranked results as cards or as a table."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import term_bars
from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.results import results_in_words
from icc_data.analysis.search_reading import words_to_mark
from icc_data.analysis.time_words import entry_in_words
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.ignored import Ignored
from pages.parts.practices_comparison import comparison_panel
from pages.shared.address import address, bound, note_read, replace_options, say_ignored, set_option
from pages.shared.answers import ask, remember
from pages.shared.cards import list_options, practice_card
from pages.shared.comparing import comparing
from pages.shared.downloads import AsData, download_menu, linked, provenance
from pages.shared.drawn import draw_once
from pages.shared.figures import choice, page_title, panel_title, screen_hint
from pages.shared.filter_bar import empty_selection, typed_reading
from pages.shared.labels import compared_areas
from pages.shared.navigation import carried
from pages.shared.pack_button import pack_button
from pages.shared.pager import page_number
from pages.shared.paper import printed_table
from pages.shared.selection_figures import areas_figure, started_figure
from pages.shared.session import enter

if TYPE_CHECKING:
    from icc_data.files.export import Provenance
    from icc_data.files.pack import Memory, Pack

session = enter()
selection = session.selection
SORTS = {
    "newest": _("Newest"),
    "oldest": _("Oldest"),
    "added": _("Newest added"),
    "title": _("Title"),
    "city": _("City"),
}
AREAS = 8
# Written in English by this project, whatever the language of the page.
PER_PAGE = ("20", "50", "100")
COLUMNS = {
    "title": _("Title"),
    "city_names": _("Cities"),
    "country_names": _("Countries"),
    "when_text": _("Year as published"),
    "start_year": _("Start"),
    "end_year": _("End"),
    "ongoing": _("Ongoing"),
    "policy_areas": _("Policy areas"),
    "themes": _("Themes"),
    "summary": _("Summary"),
    "added_on": _("Added on"),
    "url": _("Own page"),
    "practice_id": _("Identifier"),
}
FIRST_COLUMNS = ("title", "city_names", "country_names", "when_text", "policy_areas")


VIEWS = {"cards": _("Cards"), "table": _("Table")}


def pack(memory: Memory, facts: Provenance) -> Pack:
    """The results as a document."""
    from icc_data.files.pack import selection_pack

    return selection_pack(memory, selection, facts)


def rows(sort: Any) -> Any:
    """Everything known of the results."""
    return linked(ask(queries.practice_records, selection, sort=sort))


def controls() -> tuple[str, Any, int]:
    """How the results are shown, in which order, and how many at a time."""
    ranked = bool(selection.search.words)
    sorts = {"relevance": _("Best match"), **SORTS} if ranked else SORTS
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        view = choice("view", _("Show as"), VIEWS, default="cards", of_figures=False)
        default = "relevance" if ranked else "newest"
        sort = choice("sort", _("Sort by"), sorts, default=default, compact=True, of_figures=False)
        sizes = {size: size for size in PER_PAGE}
        per_page = choice("per", _("On a page"), sizes, default="20", compact=True, of_figures=False)
        download_menu("practices", _("Practices"), partial(rows, sort), AsData("practices", selection, {"sort": sort}))
        pack_button("practices", provenance(_("Good practices")), pack)
    return view, sort, int(per_page)


def columns() -> list[str]:
    """The columns of the table, as the address says."""
    note_read("column")
    asked = st.query_params.get_all("column")
    say_ignored((Ignored("column", name) for name in asked if name not in COLUMNS), {"column": _("Columns")})
    in_address = [name for name in asked if name in COLUMNS] or list(FIRST_COLUMNS)

    def write(chosen: list[str]) -> None:
        replace_options(["column"], {"column": chosen} if chosen and tuple(chosen) != FIRST_COLUMNS else {})

    binding = bound("table-columns", in_address, write)
    st.multiselect(_("Columns"), list(COLUMNS), format_func=COLUMNS.__getitem__, **binding)
    return in_address


def results_page(count: int, per_page: int) -> dict[str, int]:
    """Which of the results stand on the page that the address asks for: ``limit`` and ``offset``."""
    return {"limit": per_page, "offset": (page_number("results", count, per_page) - 1) * per_page}


def table(count: int, per_page: int, sort: Any) -> None:
    """The results as a table; choosing a row opens the practice."""
    results = ask(queries.search, selection, **results_page(count, per_page), sort=sort)
    chosen = columns()
    year = st.column_config.NumberColumn(format="%d")
    special: dict[str, Any] = {
        "title": st.column_config.TextColumn(COLUMNS["title"], width="large"),
        "summary": st.column_config.TextColumn(COLUMNS["summary"], width="large"),
        "url": st.column_config.LinkColumn(COLUMNS["url"], display_text=":material/open_in_new:"),
        "added_on": st.column_config.DateColumn(COLUMNS["added_on"]),
        **{name: {**year, "label": COLUMNS[name]} for name in ("start_year", "end_year")},
    }
    key = f"results-{hash(address())}"

    def open_chosen() -> None:
        for row in st.session_state[key]["selection"]["rows"]:
            set_option("practice", results["practice_id"].iloc[row])

    labelled = results_in_words(results, session.options.label)
    st.dataframe(
        labelled,
        hide_index=True,
        column_order=chosen,
        column_config=dict(COLUMNS) | special,
        height=35 * (min(len(results), 20) + 1) + 3,
        on_select=open_chosen,
        selection_mode="single-row",
        key=key,
        alt=_("Practices"),
    )
    printed_table(labelled, {name: COLUMNS[name] for name in chosen}, title=_("Practices"))
    screen_hint(_("Click a heading to sort this page, the box before a row to open the practice."))


def cards(count: int, per_page: int, sort: Any, words: set[str]) -> None:
    """The results as cards, with the typed words marked."""
    page = results_page(count, per_page)

    def each() -> None:
        oldest = date.fromisoformat(ask(queries.meta)["oldest_date"])
        for row in ask(queries.result_cards, selection, **page, sort=sort):
            practice_card(row, words, entry_in_words(row["added_on"], oldest) if sort == "added" else "")

    draw_once(each, "result cards", selection, page, sort, list_options(), carried())


def areas() -> Any:
    """The policy areas of the results, read off what the filters offer: to ask for them takes longer."""

    def work() -> Any:
        known = ask(queries.known_counts, selection.with_values("policy_area", ()))
        return term_bars.counted(
            ask(queries.facet_counts, selection)["policy_area"],
            session.options.values("policy_area"),
            known["practices"],
            known["practices"] - known["uncoded"],
        )

    return remember(work, "areas", selection)


def profile() -> None:
    """When and about what the results are."""
    counts = ask(queries.known_counts, selection)
    panel_title(_("When they started"), hint=_("Drag over years to choose them") if counts["dated"] else "")
    if counts["dated"]:
        started_figure("results-started", counts, alt=_("Practices started per year"), height=170)
    st.caption(
        translate_plural(
            "{count} of {all} practice carries no start year.",
            "{count} of {all} practices carry no start year.",
            counts["practices"],
        ).format(count=number(counts["practices"] - counts["dated"]), all=number(counts["practices"]))
    )
    panel_title(_("What they are about"), hint=_("Click to choose"))
    areas_figure("results-areas", _("Policy areas of the results"), areas(), alt=_("Policy areas"), most=AREAS)
    if compared_areas(selection):
        st.caption(compared_areas(selection))


count = ask(queries.practice_count, selection)
compared = comparing()
page_title(
    _("Good practices"),
    # Of two selections the sentence below says how many each holds.
    "" if compared is not None else f"{practice_count(count)}.",
    hint=_("Search and narrow with the filters; click a title to read more."),
    filtered=True,
)
if compared is not None:
    comparison_panel(compared, SORTS)
elif not empty_selection():
    words = words_to_mark(typed_reading(selection))
    view, sort, per_page = controls()
    if view == "table":
        table(count, per_page, sort)
    else:
        left, right = st.columns([5, 3], gap="large")
        with left:
            cards(count, per_page, sort, words)
        with right:
            profile()
