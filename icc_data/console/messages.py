"""What there is to say where a question has no rows to show, in the user's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from icc_data.console.answer import BROKEN, DATABASE, LONGEST_SQL, MEMORY, MOST_BYTES
from icc_data.console.execution import Execution, State
from icc_data.console.trouble import TROUBLES, Kind
from icc_data.i18n import mark, number, translate_plural
from icc_data.i18n import translate as _

WIDEST = 90
_SIMPLER = mark("Ask for less: fewer tables joined, an extra condition, or numbers of rows instead of the rows.")
_ASK_INSTEAD = mark(
    "A query begins with SELECT, FROM, WITH, VALUES, PIVOT, DESCRIBE, SUMMARIZE, SHOW TABLES or EXPLAIN."
)
_NAMED = mark("They have been looked up: the same query, with its columns named, can be asked.")
_REFUSALS = {
    "empty": (mark("There is no query."), mark("Write one, or choose an example.")),
    "several": (mark("These are {what} queries; one can be asked at a time."), mark("Take all but one away.")),
    "statement": (mark("“{what}” is not a question: this page only reads."), _ASK_INSTEAD),
    "pivot": (
        mark("This PIVOT would have to look up its columns first."),
        mark("Name them: PIVOT practice ON certainty IN ('certain', 'likely') USING count(*)."),
    ),
    "parameter": (
        mark("The query holds a place to fill in, “{what}”, and nothing to fill it with."),
        mark("Write the value itself."),
    ),
    "function": (
        mark("The function “{what}” cannot be used here."),
        mark("Functions that read files, look at the server, or run other SQL are barred; those that compute are not."),
    ),
    "table": (
        mark("“{what}” is not a table of the atlas."),
        mark("The tables stand at the foot of this page; SHOW TABLES lists them."),
    ),
    "file": (
        mark("“{what}” is not a table of the atlas, and files and addresses cannot be read here."),
        mark("The tables stand at the foot of this page; SHOW TABLES lists them."),
    ),
    "listing": (mark("“SHOW {what}” cannot be asked here."), mark("SHOW TABLES lists the tables of the atlas.")),
    "character": (
        mark("The query holds a character that nobody can see, {what}."),
        mark("Take it out: write the place anew by hand."),
    ),
    "other": (mark("“{what}” cannot be used here."), _ASK_INSTEAD),
    "nested": (mark("The query is nested too deeply to be read."), mark("Name its parts with WITH.")),
    "long": (mark("The query has {what} characters."), mark("{most} is the most that can be asked.")),
}

_QUOTED_OR_COMMENT = re.compile(
    r"""(?P<quoted>'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$.*?\$\2\$)|--[^\r\n]*|/\*.*?\*/""", re.DOTALL
)


@dataclass(frozen=True)
class Message:
    """What to tell.

    Attributes:
        title: what happened, as a sentence.
        advice: what to do about it.
        duckdb_words: DuckDB's own words, in English.
        excerpt: the line of the query and below it a mark at the place; empty where the place is not known.
        instead: the same question in a form that can be asked; empty where none is known.
    """

    title: str
    advice: str = ""
    duckdb_words: str = ""
    excerpt: str = ""
    instead: str = ""


def message(execution: Execution, time_limit: float) -> Message:
    """What to tell of a question that ended without rows.

    Args:
        execution: the question, ended.
        time_limit: seconds that it had.
    """
    match execution.state:
        case State.REFUSED:
            return _refusal(execution)
        case State.FAILED:
            return _failure(execution)
        case State.CANCELLED:
            return Message(_("You stopped the query after {seconds} seconds.").format(seconds=_seconds(execution)))
        case State.TIMED_OUT:
            title = _("The query was stopped: a query may take {seconds} seconds.")
            return Message(title.format(seconds=number(time_limit)), _(_SIMPLER))
        case State.BUSY:
            return Message(_("Too many queries are running at the moment."), _("Run it again in a few seconds."))
        case _state:
            return Message(_("The query broke off, most likely because it needed too much memory."), _(_SIMPLER))


def _refusal(execution: Execution) -> Message:
    answer = execution.answer
    assert answer is not None
    title, advice = _REFUSALS[answer.reason]
    what = number(int(answer.what)) if answer.what.isdecimal() else answer.what
    if answer.reason == "statement" and not what:
        title, advice = _REFUSALS["empty"]
    if answer.instead:
        advice = _NAMED
    most = number(LONGEST_SQL)
    return Message(
        _(title).format(what=what),
        _(advice).format(most=most),
        excerpt=excerpt(execution.sql, answer.position),
        instead=answer.instead,
    )


def _failure(execution: Execution) -> Message:
    answer = execution.answer
    assert answer is not None
    if answer.reason == MEMORY:
        return Message(_("The query needs more memory than one query may have."), _(_SIMPLER))
    if answer.reason == DATABASE:
        title, advice = TROUBLES[cast(Kind, answer.what)]
        return Message(_(title), _(advice))
    if answer.reason in BROKEN:
        return Message(_("DuckDB broke off with an error of its own."), _(_SIMPLER))
    if answer.position is None:
        return Message(_("The query cannot be answered as it stands."), duckdb_words=answer.what)
    line, column = place(execution.sql, answer.position)
    title = _("The query cannot be answered as it stands: see line {line}, column {column}.")
    return Message(
        title.format(line=number(line), column=number(column)),
        duckdb_words=answer.what,
        excerpt=excerpt(execution.sql, answer.position),
    )


def _seconds(execution: Execution) -> str:
    return number(execution.seconds, 1)


def place(sql: str, position: int) -> tuple[int, int]:
    """Line and column, both from 1, of the character after so many bytes of a text."""
    before = sql.encode("utf-8", "replace")[:position].decode("utf-8", "ignore")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def excerpt(sql: str, position: int | None) -> str:
    """The line at a place, and below it a mark; no more than ``WIDEST`` characters of a long line."""
    if position is None:
        return ""
    line, column = place(sql, position)
    text = sql.split("\n")[line - 1].rstrip("\r").replace("\t", " ")
    start = max(0, min(column - 1 - WIDEST // 2, len(text) - WIDEST))
    window = text[start : start + WIDEST]
    return f"{window}\n{' ' * (column - 1 - start)}^"


def one_line(sql: str) -> str:
    """A query in one line, without its comments, of which one would hide all that comes after it; only to be read.

    Args:
        sql: as it was typed.
    """
    return " ".join(_QUOTED_OR_COMMENT.sub(lambda part: part["quoted"] or " ", sql).split())


def rows_in_words(execution: Execution, on_screen: int) -> str:
    """How many rows there are, how many of them are shown, and how long it took.

    Args:
        execution: the question, done.
        on_screen: how many of its rows are on the screen.
    """
    result = execution.result
    assert result is not None
    values = {"shown": number(on_screen), "rows": number(result.rows), "size": number(MOST_BYTES // 1024**2)}
    if result.too_large and not result.rows:
        words = _("The first row alone is larger than {size} MB, so none is shown.")
    elif result.too_large:
        words = _("The first {shown} rows are shown; the download holds {rows}, as more would be over {size} MB.")
    elif result.more:
        words = _("The first {shown} of more than {rows} rows are shown; the download holds {rows}.")
    elif on_screen < result.rows:
        words = _("The first {shown} of {rows} rows are shown; the download holds all of them.")
    else:
        words = translate_plural("{rows} row.", "{rows} rows.", result.rows)
    took = number(execution.seconds, 2)
    return words.format(**values) + " " + _("It took {seconds} seconds.").format(seconds=took)
