"""A process of its own that answers questions: what they do to it, the dashboard does not feel.

DuckDB keeps most of its memory below a limit and stops most questions when told to, but not all: a function that
makes one long text or list in a single step goes past both. The operating system's limits on a process hold always,
and a process can be ended at any time. It may not open another file or connection either.

It reads a question a line from its input (``{"sql": …}``) and writes an answer: a line (``Answer``), then the rows
as an Arrow stream. Any other line (``{}``) tells it to leave the question that it is at. Its first line says that it is
ready, or why it cannot be.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue

import duckdb
import pyarrow as pa

from icc_data.console.answer import BROKEN, DAMAGED, DATABASE, MEMORY, MOST_BYTES, MOST_ROWS, TIME_LIMIT, Answer
from icc_data.console.cells import as_text, gathered, inexact, showable
from icc_data.console.guard import Guard, Question, Refusal
from icc_data.console.pivots import named
from icc_data.console.trouble import DatabaseError, trouble_in
from icc_data.errors import AtlasError
from icc_data.limits import bar_files, limit_memory, limit_time, peak_memory
from icc_data.paths import sql_beside
from icc_data.store.database import connect_to_file, lock_down

SETTINGS: dict[str, int | str | bool] = {
    "threads": 1,
    "memory_limit": "256MB",
    "temp_directory": "",
    "max_temp_directory_size": "0KB",
    "python_enable_replacements": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "errors_as_json": True,
}
MOST_MEMORY = 512 * 1024**2
"""Bytes that the process may take beyond what it has when it is ready."""
MOST_GROWN = 128 * 1024**2
"""Bytes by which a process may have grown and still answer the next question."""
ROWS_AT_ONCE = 2_048
IDLE_SECONDS = 120
"""Seconds after which a process that nobody asks ends."""

Rows = bytes


def limit_process() -> None:
    """Bar the process from growing, from opening anything, and from keeping others waiting."""
    # What there is of memory stands in a file, which cannot be opened afterwards.
    limit_memory(MOST_MEMORY)
    bar_files()


class Worker:
    """Answers questions on one database.

    Args:
        database: the DuckDB file.

    Raises:
        DatabaseError: it cannot be opened.
        AtlasError: full-text search cannot be loaded.
    """

    def __init__(self, database: Path) -> None:
        try:
            self._connection = connect_to_file(database)
            lock_down(self._connection, **SETTINGS)
        except (duckdb.Error, OSError) as error:
            raise DatabaseError(trouble_in(str(error))) from None
        self._guard = Guard(self._connection)
        self._at_first = self._state()

    def answer(self, sql: str) -> tuple[Answer, Rows]:
        """Answer a question; never raises for what is wrong with it."""
        try:
            question = self._guard.read(sql)
        except (duckdb.Error, MemoryError, ValueError, RecursionError) as error:
            return _failure(error), b""
        if isinstance(question, Refusal):
            instead = self._named(sql) if question.reason == "pivot" else ""
            refused = Answer(
                "refused",
                reason=question.reason,
                what=question.what,
                position=question.position,
                instead=instead,
            )
            return refused, b""
        try:
            answer, rows = self._rows(question.statement)
        except (duckdb.Error, MemoryError, pa.ArrowException, ValueError, OverflowError, RecursionError) as error:
            answer, rows = _failure(error), b""
        return replace(answer, last=not question.only_reads or self._is_changed()), rows

    def _named(self, sql: str) -> str:
        """A PIVOT with the columns named that it would look up; empty where that cannot be told."""

        def values(asked: str) -> list[str]:
            question = self._guard.read(asked)
            if isinstance(question, Refusal):
                raise ValueError(question.reason)
            return [value for (value,) in self._connection.execute(question.statement).fetchall()]

        try:
            instead = named(sql, values)
            return instead if instead and isinstance(self._guard.read(instead), Question) else ""
        except (duckdb.Error, MemoryError, ValueError, RecursionError):
            return ""

    def interrupt(self) -> None:
        """Stop the question that is being answered, where DuckDB can; from another thread."""
        self._connection.interrupt()

    def _rows(self, statement: duckdb.Statement) -> tuple[Answer, Rows]:
        # Not by a cursor of its own: errors as JSON, with their place, are a setting that cursors do not inherit.
        result = self._connection.execute(statement)
        description = result.description
        answer, table = self._fetched(statement, as_text(description), result)
        if others := inexact(table):
            answer, table = self._fetched(statement, as_text(description, others), result)
        table = showable(table)
        out = pa.BufferOutputStream()
        with pa.ipc.new_stream(out, table.schema) as writer:
            writer.write_table(table)
        rows: Rows = out.getvalue().to_pybytes()
        return replace(answer, size=len(rows)), rows

    def _fetched(
        self, statement: duckdb.Statement, texts: str | None, result: duckdb.DuckDBPyConnection
    ) -> tuple[Answer, pa.Table]:
        # What is made a text stands around the statement that was read, not around its words.
        asked = self._connection.sql(statement).project(texts) if texts else result
        reader = asked.to_arrow_reader(ROWS_AT_ONCE)
        batches, more, too_large = gathered(reader, rows=MOST_ROWS, size=MOST_BYTES)
        return Answer("done", more=more, too_large=too_large), pa.Table.from_batches(batches, reader.schema)

    def _state(self) -> object:
        """What a question could leave behind for the next one, which may be somebody else's."""
        return self._connection.execute(sql_beside(__file__, "state")).fetchall()

    def _is_changed(self) -> bool:
        try:
            return self._state() != self._at_first
        except (duckdb.Error, MemoryError):
            return True


def _failure(error: Exception) -> Answer:
    if not isinstance(error, duckdb.Error):
        return Answer("failed", reason=MEMORY if isinstance(error, MemoryError) else "Conversion", what=str(error))
    kind, _, answer_text = str(error).partition(": ")
    kind = kind.removesuffix(" Error")
    if kind in DAMAGED:
        return Answer("failed", reason=DATABASE, what="damaged", last=True)
    if kind in BROKEN:
        # Its words are about its own code.
        return Answer("failed", reason=kind, last=True)
    try:
        facts = json.loads(answer_text)
    except ValueError:
        facts = {"exception_message": answer_text}
    # What comes after an empty line is advice on settings, which nobody can change here.
    sentence = str(facts.get("exception_message", "")).split("\n\n")[0].split("\nLINE ")[0]
    position = str(facts.get("position", ""))
    return Answer("failed", reason=kind, what=sentence, position=int(position) if position.isdecimal() else None)


def _listen(worker: Worker) -> SimpleQueue[str | None]:
    """The questions as they come, None at their end; what is no question tells to stop the one being answered."""
    questions: SimpleQueue[str | None] = SimpleQueue()

    def listen() -> None:
        for line in sys.stdin.buffer:
            sql = json.loads(line).get("sql")
            if sql is None:
                worker.interrupt()
            else:
                questions.put(sql)
        questions.put(None)

    threading.Thread(target=listen, daemon=True).start()
    return questions


def _write(answer: Answer, rows: Rows = b"") -> None:
    sys.stdout.buffer.write(answer.to_line() + rows)
    sys.stdout.buffer.flush()


def main(database: Path) -> None:
    """Answer questions until there are no more."""
    try:
        worker = Worker(database)
    except AtlasError as error:
        kind = error.kind if isinstance(error, DatabaseError) else "other"
        _write(Answer("failed", reason=DATABASE, what=kind))
        return
    # What is loaded at the first question must be there before the limits.
    worker.answer("SELECT stem('asking', 'english'), 1::HUGEINT, [1], {'a': 1}, DATE '2020-01-01'")
    questions = _listen(worker)
    limit_process()
    _write(Answer("done"))
    at_first = peak_memory()
    with contextlib.suppress(Empty):
        while (sql := questions.get(timeout=IDLE_SECONDS)) is not None:
            limit_time(2 * TIME_LIMIT)
            answer, rows = worker.answer(sql)
            # What has been grown does not shrink again.
            last = answer.last or answer.reason == MEMORY or peak_memory() > at_first + MOST_GROWN
            _write(replace(answer, last=last), rows)
            if last:
                return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    # At once: the thread that listens would have to be waited for.
    os._exit(0)
