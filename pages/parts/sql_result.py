"""What a query gave, on the screen and as files: a table, a chart of any kind that suits, a link to cite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.console.answer import MOST_ROWS, TIME_LIMIT
from icc_data.console.execution import Execution
from icc_data.console.messages import one_line, rows_in_words
from icc_data.console.picture import (
    KINDS,
    MOST_COLOURS,
    Kind,
    Marks,
    Picture,
    best,
    colours,
    columns_for,
    marks,
    roles,
    skips_years,
    suggested,
)
from icc_data.console.picture_drawing import draw
from icc_data.files.citation import apa, data_citation
from icc_data.files.export import FORMATS, PICTURES, Format, Provenance, export, file_name
from icc_data.files.pictures import chart_picture
from icc_data.i18n import NOT_STATED, mark, number, translate_plural
from icc_data.i18n import translate as _
from pages.shared.address import address, bound, note_read, set_option
from pages.shared.answers import ask
from pages.shared.downloads import provenance
from pages.shared.drawn import draw_once
from pages.shared.embedding import alone, embedding_panel, figure_place
from pages.shared.figures import choice, colour_legend, spoken
from pages.shared.labels import commitment_colours, commitments_in_words
from pages.shared.markdown import escaped
from pages.shared.menus import menu
from pages.shared.news import announce
from pages.shared.paper import plain_table
from pages.shared.session import current
from pages.shared.typed import beginning

SCREEN_ROWS = 10_000
FIGURE = "sql"
# Larger tables are not kept as they were drawn: they would take much memory for one who looks at them.
DRAWN_ONCE = 500
FILES_MENU, CITATION_MENU = "sql-files", "sql-citation"
LONGEST_TITLE = 120
LONGEST_CAPTION = 400
KIND_NAMES = {"bars": mark("Bars"), "lines": mark("Lines"), "points": mark("Points"), "heatmap": mark("Heatmap")}
AXIS_NAMES = {
    "bars": (mark("A bar for each"), mark("Length"), mark("Colour")),
    "lines": (mark("Across"), mark("Up"), mark("A line for each")),
    "points": (mark("Across"), mark("Up"), mark("Colour")),
    "heatmap": (mark("Columns"), mark("Rows"), mark("Shade")),
}


def _rows(done: Execution, again: Callable[[], Execution]) -> pd.DataFrame:
    if done.result is None:
        # Others needed the room.
        done = again()
        done.wait(2 * TIME_LIMIT)
    return done.result.frame() if done.result else pd.DataFrame()


def _citation(sql: str, *, linked: bool) -> None:
    # The query that the page begins with does not stand in its address yet.
    link = address(sql=sql)
    if linked:
        st.caption(_("Whoever opens this link sees the query and its result on the data of that day."))
        st.code(link, language=None, wrap_lines=True)
    else:
        st.caption(_("The query is too long for a link; cite it by its text."))
    version = ask(queries.meta)["version"]
    cited = data_citation(version, current().as_of, link if linked else "", date.today())
    st.code(apa(cited), language=None, wrap_lines=True)


def _query_in_words(sql: str) -> str:
    return _("Query: {sql}").format(sql=one_line(sql))


def _files(
    name: str, title: str, sql: str, kinds: Mapping[str, Format], write: Callable[[str, Provenance], bytes]
) -> None:
    # A query is not of the filters' selection: its files say the query in place of them.
    query = [_query_in_words(sql)]
    facts = replace(provenance(title), selection=[] if kinds is PICTURES else query, notes=query)
    icon = ":material/image:" if kinds is PICTURES else ":material/download:"
    with st.container(horizontal=True, gap="small"):
        for key, form in kinds.items():
            st.download_button(
                form.label,
                partial(write, key, facts),
                file_name(title, replace(facts, selection=query), key),
                form.mime,
                key=f"{name}-{key}",
                on_click="ignore",
                icon=icon,
                help=_(form.help),
            )


def _table(done: Execution, rows: int) -> None:
    result = done.result
    assert result is not None
    if rows <= DRAWN_ONCE:
        draw_once(lambda: _rows_read(result.frame(rows)), "sql rows", done.number)
    else:
        _rows_read(result.frame(rows))


def _rows_read(frame: pd.DataFrame) -> None:
    with st.container(key="sql-rows"):
        st.dataframe(frame, hide_index=True, alt=_("Rows of the result"), placeholder=NOT_STATED)
    if frame.columns.is_unique:
        plain_table(frame, {str(name): str(name) for name in frame.columns}, _("Rows of the result"))


def _picture(frame: pd.DataFrame) -> Picture | None:
    by_role, first = roles(frame), best(frame)
    if first is None:
        return None
    kinds = [kind for kind in KINDS if suggested(kind, by_role)]
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        names: dict[str, str] = {kind: _(KIND_NAMES[kind]) for kind in kinds}
        kind: Kind = choice("chart", _("Chart"), names, default=first.kind)  # type: ignore[assignment]
        start = first if kind == first.kind else suggested(kind, by_role)
        assert start is not None
        along, up, shades = columns_for(kind, by_role)
        labels = [_(label) for label in AXIS_NAMES[kind]]
        x = choice("x", labels[0], {name: name for name in along}, default=start.x, compact=True)
        others = {name: name for name in up if name != x}
        if not others:
            return start
        y = choice("y", labels[1], others, default=start.y if start.y in others else next(iter(others)), compact=True)
        free = {name: name for name in shades if name not in (x, y)}
        if kind != "heatmap":
            free = {"": _("None"), **free}
        if not free:
            return start
        colour = start.colour if start.colour in free else next(iter(free))
        return Picture(kind, x, y, choice("colour", labels[2], free, default=colour, compact=True))


def _known_colours() -> dict[str, str]:
    return commitment_colours() | commitments_in_words()


def _left_out(drawn: Marks) -> None:
    if drawn.unknown:
        words = translate_plural(
            "{count} row is not drawn: it has nothing, or no finite number, in one of these columns.",
            "{count} rows are not drawn: they have nothing, or no finite number, in one of these columns.",
            drawn.unknown,
        )
        st.caption(words.format(count=number(drawn.unknown)))
    if drawn.cut:
        words = translate_plural(
            "{count} more row does not fit into the picture; the first ones are drawn.",
            "{count} more rows do not fit into the picture; the first ones are drawn.",
            drawn.cut,
        )
        st.caption(words.format(count=number(drawn.cut)))


def _hues(drawn: Marks, picture: Picture) -> dict[str, str] | None:
    if not picture.colour or picture.kind == "heatmap":
        return None
    hues = colours(drawn.frame["colour"], current().look, _known_colours())
    if hues is None:
        words = _("“{column}” has more than {count} values, so it gives no colours.")
        st.caption(words.format(column=escaped(picture.colour), count=number(MOST_COLOURS)))
    else:
        colour_legend(hues)
    return hues


def _zeros(frame: pd.DataFrame, picture: Picture) -> bool:
    if not skips_years(frame, picture):
        return False
    words = {"gap": _("Break the line"), "zero": _("Count as zero")}
    return choice("missing", _("Years without a row"), words, default="gap") == "zero"


def _own_title(title: str) -> str:
    note_read("title")
    own = st.query_params.get("title", "").strip()
    if not alone():
        st.text_input(
            _("Title"),
            placeholder=title,
            help=_("Stands above the picture, and names and heads the files."),
            **bound("option-title", own, lambda words: set_option("title", words.strip() or None)),
        )
    return beginning(own, LONGEST_TITLE) or title


def _chart(frame: pd.DataFrame, title: str, sql: str) -> None:
    picture = _picture(frame)
    if picture is None:
        st.caption(_("These rows have no column of numbers beside another column, so there is nothing to draw."))
        return
    by_role, drawn, look = roles(frame), marks(frame, picture, zeros=_zeros(frame, picture)), current().look
    if drawn.frame.empty:
        st.caption(_("No row has something in each of these columns, so there is nothing to draw."))
        return
    title = _own_title(title)
    if not alone():
        st.markdown(f"### {escaped(title)}")
    hues = _hues(drawn, picture)

    def file(form: str, facts: Provenance) -> bytes:
        # The legend on the screen is not part of the chart.
        chart = draw(drawn, by_role, picture, look, hues, legend=True)
        return chart_picture(chart.to_dict(validate=False), form, look, facts)

    with figure_place(FIGURE, title) as is_shown:
        if not is_shown:
            return
        with st.container(key="wide-sql" if picture.kind == "heatmap" else "figure-sql"):
            spec = spoken(draw(drawn, by_role, picture, look, hues))
            st.vega_lite_chart(spec=spec, theme=None, width="stretch", alt=title)
        _left_out(drawn)
        words = _query_in_words(sql)
        st.caption(escaped(words if len(words) <= LONGEST_CAPTION else f"{words[: LONGEST_CAPTION - 1]}…"))
        _files("picture-sql", title, sql, PICTURES, file)
    # The query that the page begins with does not stand in its address yet, one that is too long never does.
    if st.query_params.get("sql") and not alone():
        with st.expander(_("Show this figure on another page"), icon=":material/code:"):
            embedding_panel(FIGURE, title)


def query_result(done: Execution, title: str, again: Callable[[], Execution], *, linked: bool) -> None:
    """Show the rows of a query as a table or a chart, with files, a link and a citation.

    Args:
        done: the query, done.
        title: what the rows are, in words: heads and names files.
        again: asks the same query once more.
        linked: whether the query fits into an address.
    """
    assert done.result is not None
    rows = min(done.result.rows, SCREEN_ROWS)
    told = rows_in_words(done, rows)
    announce(told)
    st.caption(told)
    if not rows and not done.result.more:
        st.caption(_("No row fits: the query is right, but nothing in the data answers it."))

    def files() -> None:
        st.caption(_("All rows, up to {most}.").format(most=number(MOST_ROWS)))
        _files("download-sql", title, done.sql, FORMATS, lambda *asked: export(_rows(done, again), *asked))

    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        view = choice("view", _("Show as"), {"table": _("Table"), "chart": _("Chart")}, default="table")
        menu(_("Download"), ":material/download:", FILES_MENU, files)
        menu(_("Link and citation"), ":material/link:", CITATION_MENU, lambda: _citation(done.sql, linked=linked))
    if view == "chart" and rows:
        _chart(done.result.frame(rows), title, done.sql)
    else:
        _table(done, rows)
