"""What a query gave, on the screen and as files: a table, a chart of any kind that suits, a link to cite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.citation import apa, data_citation
from icc_data.console.answer import MOST_ROWS, TIME_LIMIT
from icc_data.console.execution import Execution
from icc_data.console.messages import rows_in_words
from icc_data.console.picture import (
    KINDS,
    MOST_COLOURS,
    Kind,
    Marks,
    Picture,
    best,
    colours,
    columns_for,
    draw,
    marks,
    roles,
    suggested,
)
from icc_data.export import FORMATS, PICTURES, Format, Provenance, export, file_name
from icc_data.i18n import NOT_STATED, mark, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.pictures import chart_picture
from pages.shared.cards import plain
from pages.shared.downloads import provenance
from pages.shared.figures import choice, colour_legend
from pages.shared.labels import area_colours, commitment_colours
from pages.shared.session import address, ask, current

SCREEN_ROWS = 10_000
KIND_NAMES = {"bars": mark("Bars"), "lines": mark("Lines"), "points": mark("Points"), "heatmap": mark("Heatmap")}
AXIS_NAMES = {
    "bars": (mark("A bar for each"), mark("Length"), mark("Colour")),
    "lines": (mark("Across"), mark("Up"), mark("A line for each")),
    "points": (mark("Across"), mark("Up"), mark("Colour")),
    "heatmap": (mark("Columns"), mark("Rows"), mark("Shade")),
}


def rows_of(done: Execution) -> pd.DataFrame:
    """All rows that are kept; asked for again where others needed the room."""
    if done.result is None:
        done = console().ask(done.sql)
        done.wait(2 * console().time_limit)
    return done.result.frame() if done.result else pd.DataFrame()


def citation() -> None:
    """The link to this query and how to cite it."""
    with st.popover(_("Link and citation"), icon=":material/link:"):
        if st.session_state.get(UNADDRESSED):
            st.caption(_("The query is too long for a link; cite it by its text."))
        link = address()
        st.caption(_("Whoever opens this link sees the query and its result on the data of that day."))
        st.code(link, language=None, wrap_lines=True)
        version = ask(queries.meta)["fingerprint"][:12]
        st.code(apa(data_citation(version, session.as_of, link, date.today())), language=None, wrap_lines=True)


def files(name: str, title: str, kinds: Mapping[str, Format], write: Callable[[str, Provenance], bytes]) -> None:
    """A button for each kind of file, which is written only when one is clicked.

    A query is not of the sidebar's selection, so its files say nothing of it.
    """
    facts = replace(provenance(title), selection=[])
    icon = ":material/image:" if kinds is PICTURES else ":material/download:"
    with st.container(horizontal=True, gap="small"):
        for key, form in kinds.items():
            st.download_button(
                form.label,
                partial(write, key, facts),
                file_name(title, facts, key),
                form.mime,
                key=f"{name}-{key}",
                on_click="ignore",
                icon=icon,
                help=_(form.help),
            )


def table(frame: pd.DataFrame) -> None:
    """The rows on the screen."""
    with st.container(key="sql-rows"):
        st.dataframe(frame, hide_index=True, alt=_("Rows of the result"), placeholder=NOT_STATED)


def picture_options(frame: pd.DataFrame) -> Picture | None:
    """What to draw, as the address says; None where the columns allow no picture."""
    found, first = roles(frame), best(frame)
    if first is None:
        return None
    kinds = [kind for kind in KINDS if suggested(kind, found)]
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        names: dict[str, str] = {kind: _(KIND_NAMES[kind]) for kind in kinds}
        kind: Kind = choice("chart", _("Chart"), names, default=first.kind)  # type: ignore[assignment]
        start = first if kind == first.kind else suggested(kind, found)
        assert start is not None
        along, up, shades = columns_for(kind, found)
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


def known_colours() -> dict[str, str]:
    """The colours that commitments and policy areas have everywhere, by code and by name."""
    codes = {"commitment": commitment_colours(), "policy_area": area_colours()}
    named = {
        session.options.label(facet, code): colour for facet, found in codes.items() for code, colour in found.items()
    }
    return {**codes["policy_area"], **codes["commitment"], **named}


def left_out(drawn: Marks, picture: Picture) -> None:
    """What of the rows is not in the picture."""
    if drawn.unknown:
        words = translate_plural(
            "{count} row is not drawn: it has nothing in one of these columns.",
            "{count} rows are not drawn: they have nothing in one of these columns.",
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


def chart(frame: pd.DataFrame) -> None:
    """The rows as a picture, and that picture as a file."""
    picture = picture_options(frame)
    if picture is None:
        st.caption(_("These rows have no column of numbers beside another column, so there is nothing to draw."))
        return
    found, drawn = roles(frame), marks(frame, picture)
    if drawn.frame.empty:
        st.caption(_("None of these rows has something in each of these columns."))
        return
    hues = None
    if picture.colour and picture.kind != "heatmap":
        hues = colours(drawn.frame["colour"], session.look, known_colours())
        if hues is None:
            st.caption(
                _("“{column}” has more than {count} values, so it gives no colours.").format(
                    column=plain(picture.colour), count=number(MOST_COLOURS)
                )
            )
        else:
            colour_legend(hues)

    def drawing() -> Any:
        return draw(drawn, found, picture, session.look, hues)

    with st.container(key="wide-sql" if picture.kind == "heatmap" else "figure-sql"):
        st.altair_chart(drawing(), theme=None, width="stretch", alt=result_title())
    left_out(drawn, picture)

    def file(form: str, facts: Provenance) -> bytes:
        return chart_picture(drawing().to_dict(validate=False), form, session.look, facts)

    picture_buttons("sql", result_title(), file)


def result(done: Execution) -> None:
    """The rows as table, chart and files."""
    assert done.result is not None
    frame = done.result.frame(SCREEN_ROWS)
    st.caption(rows_in_words(done, len(frame)))
    if frame.empty and not done.result.more:
        st.caption(_("No row fits: the query is right, but nothing in the data answers it."))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        view = choice("view", _("Show as"), {"table": _("Table"), "chart": _("Chart")}, default="table")
        with st.popover(_("Download"), icon=":material/download:"):
            st.caption(_("All rows, up to {most}.").format(most=number(MOST_ROWS)))
            download_buttons("sql", result_title(), lambda: rows_of(done))
        citation()
    if view == "chart" and not frame.empty:
        chart(frame)
    else:
        table(frame)


