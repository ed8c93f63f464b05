"""What a page says on paper: a table that scrolls on screen stands there with every column, a control in words."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from icc_data.cells import is_known, is_list
from icc_data.i18n import NOT_STATED, enumeration, language, number
from icc_data.i18n import translate as _
from icc_data.model.text_language import language_of

MOST_ROWS = 60
# Of a table of usual letters on A4.
MOST_COLUMNS = 9
# Letters of a text that is rather a sentence than a name.
LONGEST_NAME = 30
Spoken = str | Callable[[str], str]
"""A language by its code, or what tells the code from a text."""
# Of the columns that hold texts in one language whatever the page's, or in whichever they were published in.
LANGUAGES: Mapping[str, Spoken] = {
    "title": "en",
    "last_title": "en",
    "summary": "en",
    "described_when": "en",
    "title_original": language_of,
    "when_text": language_of,
}


def printed_words(text: str) -> None:
    """Say on paper what on screen is a control.

    Args:
        text: as it is to be read, not Markdown.
    """
    st.html(f'<p class="print-only">{html.escape(text)}</p>')


def printed_table(
    frame: pd.DataFrame,
    columns: Mapping[str, str] | None = None,
    *,
    read: Sequence[Mapping[str, str]] | None = None,
    missing: str = NOT_STATED,
    title: str = "",
    languages: Mapping[str, Spoken] = LANGUAGES,
) -> None:
    """Put on paper the table that was drawn just before: on a canvas, it would be cut at the edge of the page.

    With a title it opens on screen too, as what a screen reader reads cell by cell with the headings.

    Args:
        frame: the rows; of more than ``MOST_ROWS``, the first are printed.
        columns: what the columns are called, in their order; None for all columns under their own names.
        read: the same rows in words, by column; None to have their values written as they are.
        missing: what stands for an unknown value.
        title: what the table is called, where it is to open on screen.
        languages: of columns in another language than the page's.
    """
    names = {str(name): str(name) for name in frame.columns} if columns is None else columns
    lines = read[:MOST_ROWS] if read is not None else _lines(frame[list(names)].head(MOST_ROWS), missing)
    table, note = _table(frame, names, lines, languages)
    st.html(f'<div class="print-only printed-table">{table}{note}</div>')
    if title:
        _opening(title, table, note)


def plain_table(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    title: str,
    *,
    missing: str = NOT_STATED,
    languages: Mapping[str, Spoken] = LANGUAGES,
) -> None:
    """A table that opens below a picture that was drawn just before: the same numbers, cell by cell.

    Args:
        frame: the rows; of more than ``MOST_ROWS``, the first stand in it.
        columns: what the columns are called, in their order.
        title: what the table is called.
        missing: what stands for an unknown value.
        languages: of columns in another language than the page's.
    """
    _opening(title, *_table(frame, columns, _lines(frame[list(columns)].head(MOST_ROWS), missing), languages))


def narrow_table(frame: pd.DataFrame, columns: Mapping[str, str], title: str) -> None:
    """A table whose texts wrap, for a telephone, where one that is drawn on a canvas would cut its columns.

    Args:
        frame: the rows.
        columns: what the columns are called, in their order.
        title: what the table is called.
    """
    table, _note = _table(frame, columns, _lines(frame[list(columns)], NOT_STATED), LANGUAGES)
    named = table.replace("<table", f'<table aria-label="{html.escape(title)}"', 1)
    st.html(f'<div class="read-table"><div>{named}</div></div>')


def _opening(title: str, table: str, note: str) -> None:
    # Several of a page are told apart by what is heard with the words.
    of = f'<span class="heard"> ({html.escape(title)})</span>'
    summary = html.escape(_("Read as a plain table")) + of
    named = table.replace("<table", f'<table aria-label="{html.escape(title)}"', 1)
    st.html(f'<details class="read-table"><summary>{summary}</summary><div>{named}{note}</div></details>')


def _table(
    frame: pd.DataFrame, names: Mapping[str, str], lines: Sequence[Mapping[str, str]], languages: Mapping[str, Spoken]
) -> tuple[str, str]:
    """The table in HTML, and what is said below it where not all rows are in it."""

    def spoken(name: str, words: str) -> str:
        told = languages.get(name, "")
        return told if isinstance(told, str) else told(words)

    kinds = {name: _kind(frame[name], [line[name] for line in lines]) for name in names}
    head = "".join(_cell("th", words, kinds[name], "col") for name, words in names.items())
    first, *others = names
    body = "".join(
        f"<tr>{_cell('th', line[first], kinds[first], 'row', spoken(first, line[first]))}"
        f"{''.join(_cell('td', line[name], kinds[name], lang=spoken(name, line[name])) for name in others)}</tr>"
        for line in lines
    )
    note = ""
    if len(frame) > MOST_ROWS:
        words = _("The first {shown} of {all} rows: download the table for all.")
        note = f"<p>{html.escape(words.format(shown=number(MOST_ROWS), all=number(len(frame))))}</p>"
    many = ' class="many-columns"' if len(names) > MOST_COLUMNS else ""
    return f"<table{many}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", note


def headings(config: Mapping[str, Any], order: Iterable[str]) -> dict[str, str]:
    """What the columns of a table on screen are called.

    Args:
        config: the ``column_config`` of the table.
        order: the columns meant.
    """
    return {name: config[name] if isinstance(config[name], str) else config[name]["label"] for name in order}


def _cell(tag: str, words: str, kind: str, scope: str = "", lang: str = "") -> str:
    of = f' scope="{scope}"' if scope else ""
    of += f' lang="{lang}"' if lang not in ("", language()) else ""
    return f'<{tag} class="{kind}"{of}>{html.escape(words)}</{tag}>'


def _kind(values: pd.Series[Any], texts: list[str]) -> str:
    # A column to write in needs room, an address may break anywhere, numbers stand below each other.
    if not any(texts):
        return "blank"
    if any(text.startswith(("http://", "https://")) for text in texts):
        return "address"
    if pd.api.types.is_numeric_dtype(values):
        return "amount"
    return "words sentences" if max(map(len, texts)) > LONGEST_NAME else "words"


def _lines(frame: pd.DataFrame, missing: str) -> list[dict[str, str]]:
    return [
        {str(name): _words(value, missing) for name, value in zip(frame.columns, values, strict=True)}
        for values in frame.itertuples(index=False, name=None)
    ]


def _words(value: Any, missing: str) -> str:
    if is_list(value):
        return enumeration([_words(part, missing) for part in value])
    if not is_known(value):
        return missing
    if isinstance(value, bool | np.bool_):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else number(value, 1)
    return str(value)
