"""Questions of one's own, in SQL: asked in the address, answered as a table, a chart and files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import uuid4

import duckdb
import streamlit as st

from icc_data import queries
from icc_data.console import catalogue
from icc_data.console.answer import MOST_ROWS
from icc_data.console.examples import Example, examples
from icc_data.console.execution import Console, Execution, State
from icc_data.console.messages import message
from icc_data.i18n import mark, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from icc_data.queries.statements import text_of
from pages.parts.sql_result import SCREEN_ROWS, query_result
from pages.shared.address import bound, note_read, set_option
from pages.shared.answers import ask
from pages.shared.drawn import draw_once
from pages.shared.figures import page_title, panel_title
from pages.shared.markdown import escaped
from pages.shared.menus import menu
from pages.shared.navigation import take_back
from pages.shared.news import announce
from pages.shared.run_turns import step_aside
from pages.shared.session import enter

session = enter()
LONGEST_ADDRESS = 6_000
CHART_OPTIONS = ("chart", "x", "y", "colour")
EDITOR, SHOWN, EXECUTION, UNADDRESSED = "sql-editor", "sql-shown", "sql-execution", "sql-unaddressed"
ASKER = "sql-asker"
SELECTED = "selected"
SELECTED_TITLE = mark("The practices that the sidebar selects, as they are asked for")
NAMES_HEIGHT = 420
NAMES_MENU = "sql-names"


@st.cache_resource(max_entries=3, show_spinner=False, on_release=Console.close)
def _console(database: Path) -> Console:
    return Console(database)


def console() -> Console:
    """The console of this server for the data that is looked at."""
    return _console(session.database)


def asker() -> str:
    """The name of this session: one query of each runs at a time."""
    name: str = st.session_state.setdefault(ASKER, uuid4().hex)
    return name


def selected_practices(connection: duckdb.DuckDBPyConnection, selection: Selection) -> str:
    """The SQL of the practices that the sidebar selects."""
    return text_of(queries.practices, connection, selection, limit=None)


def selected() -> Example:
    """The current selection as an example."""
    return Example(SELECTED, SELECTED_TITLE, ask(selected_practices, session.selection))


def example_of(sql: str) -> Example | None:
    """The example whose query this is; that of the selection, which takes the longest to write, is tried last."""
    known = next((example for example in examples() if example.sql == sql), None)
    if known is not None:
        return known
    last = selected()
    return last if last.sql == sql else None


def readable(text: str) -> str:
    """A text from the address without control characters."""
    kept = "".join(c for c in text.replace("\r\n", "\n") if c in "\n\t" or c.isprintable() or c.isspace())
    return kept.encode("utf-8", "replace").decode("utf-8").strip()


def asked() -> str:
    """The query to show: of the address; or the last one that was not fit for it; or, to begin with, an example."""
    if "sql" in st.query_params:
        st.session_state.pop(UNADDRESSED, None)
    addressed = readable(st.query_params.get("sql", "")) or st.session_state.get(UNADDRESSED)
    return examples()[0].sql if addressed is None else addressed


def write(sql: str, kind: str = "") -> None:
    """Make this the query of the page, to be asked at once."""
    if sql != st.session_state.get(SHOWN):
        for name in CHART_OPTIONS:
            set_option(name, None)
        set_option("chart", kind or None)
    addressed = len(sql) <= LONGEST_ADDRESS
    set_option("sql", sql if sql and addressed else None)
    if sql and addressed:
        st.session_state.pop(UNADDRESSED, None)
    else:
        st.session_state[UNADDRESSED] = sql
    if previous := st.session_state.pop(EXECUTION, None):
        previous[1].cancel()
    if not sql:
        st.session_state[EXECUTION] = (session.stamp, console().ask(""))


def example_picker() -> None:
    """A list of questions; the chosen one is written into the editor and asked."""
    titles = {SELECTED: SELECTED_TITLE, **{example.name: example.title for example in examples()}}
    chosen = example_of(asked())

    def ask_example(name: str | None) -> None:
        if name is not None:
            example = next((example for example in examples() if example.name == name), None) or selected()
            write(example.sql, example.kind)

    st.selectbox(
        _("Examples"),
        list(titles),
        format_func=lambda name: _(titles[name]),
        placeholder=_("Choose a question"),
        **bound("sql-example", chosen and chosen.name, ask_example),
    )


def editor() -> None:
    """The editor and its button."""
    sql = asked()
    st.session_state[SHOWN] = sql
    # An editor for each query of the address: what is being typed stays until the address says something else. (A
    # text set through the session gets lost where two runs follow each other before the browser has drawn the first.)
    key = f"{EDITOR}-{hash(sql)}"
    with st.form("sql-form", border=False):
        with st.container(key=EDITOR):
            st.text_area(_("Query"), sql, key=key, height=230)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(
                _("Run"),
                type="primary",
                icon=":material/play_arrow:",
                on_click=lambda: write(readable(st.session_state[key])),
            )
            st.caption(_("or Ctrl + Enter in the editor (⌘ + Enter on a Mac)"))
    if len(sql) > LONGEST_ADDRESS and UNADDRESSED in st.session_state:
        st.caption(
            ":material/link_off: "
            + _("This query is longer than {count} characters, so it does not stand in the address.").format(
                count=number(LONGEST_ADDRESS)
            )
        )


def names() -> None:
    """The names of tables and columns with their types beside the editor, to be copied from."""
    menu(_("Tables and columns"), ":material/table:", NAMES_MENU, partial(draw_once, _names, "sql names"))


def _names() -> None:
    with st.container(height=NAMES_HEIGHT, border=False):
        st.caption(_("To copy names from. What each column holds stands below the result."))
        for table in ask(catalogue.tables):
            columns = "\n".join(f"    {column.name} {column.type}" for column in table.columns)
            st.code(f"{table.name}\n{columns}", language="sql")


def execution() -> Execution | None:
    """What comes of the query of the page; asked now, if it is another one or the data is new."""
    sql = asked()
    stamp, last = st.session_state.get(EXECUTION, (None, None))
    if last and (last.sql == sql and stamp == session.stamp and last.state is not State.FORGOTTEN):
        return last  # type: ignore[no-any-return]
    if last:
        last.cancel()
        del st.session_state[EXECUTION]
    if not sql:
        return None
    started = console().ask(sql, asker())
    st.session_state[EXECUTION] = (session.stamp, started)
    return started


def in_line(waiting: Execution) -> str:
    """What to say of a query that waits."""
    if not waiting.ahead:
        return _("Waiting for its turn")
    return translate_plural(
        "Busy: {count} other query is before this one", "Busy: {count} other queries are before this one", waiting.ahead
    ).format(count=number(waiting.ahead))


@st.fragment(run_every=0.5)
def running(watched: Execution) -> None:
    """How long the query has been running, and a button to stop it."""
    if watched.finished:
        st.rerun()
    limit = console().time_limit
    waiting = watched.state is State.WAITING
    words = _("Running for {seconds} of at most {limit} seconds").format(
        seconds=number(watched.seconds, 1), limit=number(limit)
    )
    with st.container(horizontal=True, vertical_alignment="center", key="sql-running"):
        st.progress(min(watched.seconds / limit, 1.0), text=in_line(watched) if waiting else words)
        st.button(_("Cancel"), key="sql-cancel", icon=":material/stop:", on_click=watched.cancel)


def notice(ended: Execution) -> None:
    """Why there are no rows."""
    reason = message(ended, console().time_limit)
    icons = {State.REFUSED: "block", State.CANCELLED: "stop_circle", State.TIMED_OUT: "timer_off"}
    announce(reason.title, alarm=True)
    with st.container(border=True, key="sql-notice", gap="small"):
        st.markdown(f":material/{icons.get(ended.state, 'error')}: **{escaped(reason.title)}**")
        if reason.duckdb_words:
            st.markdown(escaped(reason.duckdb_words).replace("\n", "  \n"))
        if reason.excerpt:
            st.code(reason.excerpt, language=None)
        if reason.advice:
            st.caption(escaped(reason.advice))
        if reason.instead:
            st.code(reason.instead, language="sql", wrap_lines=True)
            st.button(
                _("Ask this"), key="sql-instead", icon=":material/play_arrow:", on_click=write, args=(reason.instead,)
            )


def title(query: Execution) -> str:
    """What the rows are, in words: heads and names files."""
    example = example_of(query.sql)
    return _(example.title) if example else _("Result of a query")


def answer() -> None:
    """What came of the query."""
    query = execution()
    if query is None:
        return
    panel_title(_("Result"))
    # Most queries are answered before anybody could read that they are running; the first one of a server waits for a
    # process to start, and where the page asked it by itself nobody wants to stop it.
    step_aside()
    begun_with = "sql" not in st.query_params and query.sql == examples()[0].sql
    if not query.wait(3 if begun_with else 0.3):
        running(query)
    elif query.state is State.DONE:
        # Called for a file, when no session is at hand.
        again = partial(console().ask, query.sql, asker())
        query_result(query, title(query), again, linked=len(query.sql) <= LONGEST_ADDRESS)
    else:
        notice(query)


def _told(description: str) -> str:
    # The database has it in English. Of the empty text, a catalogue gives what it says of itself.
    return escaped(_(description)) if description else ""


def schema() -> None:
    """The tables: how they hang together, and what every column is."""
    tables = ask(catalogue.tables)
    panel_title(
        _("The tables"),
        _("Lines join the columns by which tables refer to each other; only these and the keys are drawn"),
    )
    with st.container(key="sql-schema"):
        st.mermaid_chart(catalogue.diagram(tables), width=860, alt=_("The tables and how they refer to each other"))
    alone = ", ".join(f"`{table.name}`" for table in catalogue.unlinked(tables))
    st.caption(
        _("PK: tells the rows of a table apart. FK: refers to another table. Every column of a table stands below.")
        + " "
        + _("Not drawn, as they refer to none: {tables}.").format(tables=alone)
    )
    for entry in tables:
        rows = translate_plural("{count} row", "{count} rows", entry.rows).format(count=number(entry.rows))
        with st.expander(f"`{entry.name}` :gray[{rows}]  \n:small[{_told(entry.description)}]"):
            columns = {
                _("Column"): [column.name for column in entry.columns],
                _("Type"): [column.type for column in entry.columns],
                _("What it holds"): [_told(column.description) for column in entry.columns],
            }
            st.table(columns, hide_index=True)


page_title(_("Ask the data in SQL"))
st.markdown(
    _(
        "For questions that the other pages do not answer. The language is [DuckDB’s]({manual}); a query only reads, "
        "so nothing can be broken. It may take {seconds} seconds; up to {shown} rows are shown and {most} downloaded. "
        "The query stands in the address: copy it to share or cite the result."
    ).format(
        manual="https://duckdb.org/docs/stable/sql/introduction",
        seconds=number(console().time_limit),
        shown=number(SCREEN_ROWS),
        most=number(MOST_ROWS),
    )
)
st.caption(_("The filters of the sidebar do not change a query; the first example writes them as SQL."))
example_picker()
names()
editor()
# The answer, which has their controls, may come later than this run ends.
note_read("sql", "view", *CHART_OPTIONS)
take_back("sql", ("sql", "view", *CHART_OPTIONS))
answer()
draw_once(schema, "sql schema")
