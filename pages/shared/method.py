"""How a picture came about: one sentence, the rows in it and left out, its SQL, and all of it as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from icc_data.i18n import number
from icc_data.i18n import translate as _
from icc_data.queries.comparison import AnySelection, selection_of
from icc_data.queries.selection_words import choices
from icc_data.queries.statements import statement
from pages.shared.bounded import say_first
from pages.shared.citing import figure_citation_panel
from pages.shared.downloads import AsData, Picture, address_for_programs, download_buttons, picture_buttons
from pages.shared.embedding import embedding_panel
from pages.shared.markdown import with_subject
from pages.shared.navigation import link_to
from pages.shared.paper import plain_table
from pages.shared.session import current

PREVIEW = 200


@dataclass(frozen=True)
class Method:
    """How a picture was computed.

    Attributes:
        title: what the picture shows; heads the dialog and names the files.
        sentence: how it was computed.
        question: the function of ``queries`` that gave its rows.
        selection: the practices meant; None for a question that has no selection.
        args, options: what else the question was asked with.
        worked_out: adds columns to the rows that the SQL cannot give, such as intervals; None where there are none.
        counted: how many things (practices, cities) the picture shows; None where it is not about a part of a whole.
        of: how many there are in the selection.
        unit: what is counted, in words: “practices”.
        why: why the rest is left out.
        same: where a program gets the same rows; None where it does not.
        signs: what signs and brackets in the picture mean; empty where they say it themselves.
        rests_on: what was chosen beside the filters, a sentence each.
    """

    title: str
    sentence: str
    question: Callable[..., Any]
    selection: AnySelection | None = None
    args: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    worked_out: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    counted: int | None = None
    of: int | None = None
    unit: str = ""
    why: str = ""
    same: AsData | None = None
    signs: str = ""
    rests_on: tuple[str, ...] = ()

    def asked(self) -> tuple[str, pd.DataFrame]:
        """The SQL with everything in it, and its rows with what is worked out from them."""
        sql, rows = statement(self.question, current().connection, self.selection, *self.args, **self.options)
        rows = rows if self.worked_out is None else self.worked_out(rows)
        return sql, rows if self.same is None else self.same.linked(rows)

    def chosen(self) -> list[str]:
        """What its practices are chosen by, and what was chosen beside that, in words, one line a choice.

        Not every picture follows all filters of its page: one of a city's own practices follows none.
        """
        if self.selection is None:
            return [*self.rests_on]
        of, options = selection_of(self.selection), current().options
        return [*(label for label, _without in choices(of, options)), *self.rests_on]

    def notes(self) -> list[str]:
        """What a picture has to say of itself where the page is not around it, a sentence or more each."""
        return [words for words in (self.coverage(), self.signs, self.sentence) if words]

    def coverage(self) -> str:
        """How many rows are in the picture, and how many are left out and why."""
        if self.counted is None or self.of is None:
            return ""
        words = _("{counted} of {all} {unit} are counted; {left} are left out.").format(
            counted=number(self.counted),
            all=number(self.of),
            unit=self.unit or _("practices"),
            left=number(self.of - self.counted),
        )
        return f"{words} {self.why}" if self.of > self.counted else words


def _explain(name: str, method: Method, picture: Picture | None, figure: str) -> None:
    sql, rows = method.asked()
    st.markdown(method.sentence)
    if method.coverage():
        st.caption(method.coverage())
    st.markdown(f"**{_('Download')}**")
    download_buttons(f"method-{name}", method.title, lambda: method.asked()[1], chosen=method.chosen())
    if picture is not None:
        picture_buttons(f"method-{name}", method.title, picture, method.notes(), method.chosen())
    address_for_programs(method.same)
    with st.expander(_("Cite this figure"), icon=":material/format_quote:"):
        figure_citation_panel(name, method.title, method.chosen())
    if figure:
        with st.expander(_("Show this figure on another page"), icon=":material/code:"):
            embedding_panel(figure, method.title)
    st.markdown(f"**{_('Rows')}**")
    st.dataframe(rows.head(PREVIEW), hide_index=True, height=220, alt=method.title)
    if rows.columns.is_unique:
        plain_table(rows, {str(name): str(name) for name in rows.columns}, method.title)
    say_first(len(rows), PREVIEW)
    st.markdown("**SQL**")
    st.code(sql, language="sql", height=260)
    link_to("pages/sql.py", label=_("Open in the SQL page"), icon=":material/database:", query_params={"sql": sql})


def method_button(
    name: str,
    subject: str,
    describe: Callable[[], Method],
    picture: Picture | None = None,
    *,
    figure: str = "",
) -> None:
    """A quiet button that opens how a picture was computed; nothing is asked before it is clicked.

    Args:
        name: identifies the picture on its page.
        subject: what the picture shows, in words.
        describe: tells how it was computed; asked only when the button is clicked.
        picture: draws the picture.
        figure: the name by which an address asks for it alone; empty where none can.
    """
    if st.button(
        with_subject(_("Data and method"), subject),
        key=f"method-{name}",
        type="tertiary",
        icon=":material/function:",
        help=_("How this was computed, its rows, its SQL, and files of all of it"),
    ):
        method = describe()
        st.dialog(method.title, width="large")(_explain)(name, method, picture, figure)
