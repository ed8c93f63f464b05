"""Asking: a question runs in a process of its own, can be watched and stopped, and ends by itself."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from enum import Enum
from itertools import count
from pathlib import Path
from weakref import ReferenceType, ref

import pandas as pd
import pyarrow as pa

from icc_data.console.answer import DATABASE as OF_DATABASE
from icc_data.console.answer import INTERRUPTED, LONGEST_SQL, TIME_LIMIT, Answer
from icc_data.console.process import Process, build_of
from icc_data.console.trouble import DatabaseError
from icc_data.console.turns import MOST_LONG, MOST_RUNNING, Ticket, Turns
from icc_data.paths import DATABASE

PATIENCE = 20.0
"""Seconds that a question waits for its turn."""
MOST_KEPT = 256 * 1024**2
"""Bytes of rows kept for all users together; the oldest are forgotten first."""
_KINDS = {pa.int8(): pd.Int8Dtype(), pa.int16(): pd.Int16Dtype(), pa.int32(): pd.Int32Dtype()}
_KINDS |= {pa.int64(): pd.Int64Dtype(), pa.uint8(): pd.UInt8Dtype(), pa.uint16(): pd.UInt16Dtype()}
_KINDS |= {pa.uint32(): pd.UInt32Dtype(), pa.uint64(): pd.UInt64Dtype(), pa.bool_(): pd.BooleanDtype()}


_NUMBERS = count(1)


class State(Enum):
    """Where a question stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TIMED_OUT = "timed out"
    BUSY = "busy"
    BROKEN = "broken"
    FORGOTTEN = "forgotten"


class Result:
    """The rows of an answer.

    Attributes:
        more: whether there are more rows than were kept.
        too_large: whether that is because of their size.
    """

    def __init__(self, table: pa.Table, answer: Answer) -> None:
        self._table = table
        self.more = answer.more
        self.too_large = answer.too_large

    @property
    def rows(self) -> int:
        """How many rows are kept."""
        return int(self._table.num_rows)

    @property
    def size(self) -> int:
        """Bytes that they take."""
        return int(self._table.nbytes)

    def frame(self, rows: int | None = None) -> pd.DataFrame:
        """The first rows as a frame; whole numbers stay whole where some are missing."""
        frame: pd.DataFrame = self._table.slice(0, rows).to_pandas(types_mapper=_KINDS.get, date_as_object=True)
        return frame


class Execution:
    """One question and what comes of it; may be watched and stopped from any thread.

    Attributes:
        sql: the question.
        number: that no other of this server has.
        state: where it stands.
        answer: what was said, once it ended by itself.
        result: its rows, where it is done.
    """

    def __init__(self, sql: str, session: str = "") -> None:
        self.sql = sql
        self.number = next(_NUMBERS)
        self.state = State.WAITING
        self.answer: Answer | None = None
        self.result: Result | None = None
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._process: Process | None = None
        self._start = self._end = 0.0
        self._ticket = Ticket(session or f"{id(self)}", self._make_way)

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        return self._ended.is_set()

    @property
    def ahead(self) -> int:
        """While it waits for its turn: how many questions are before it."""
        return self._ticket.ahead

    @property
    def seconds(self) -> float:
        """How long it has been running, or ran."""
        return (self._end or time.monotonic()) - self._start if self._start else 0.0

    def wait(self, seconds: float) -> bool:
        """Wait for its end, but no longer than this; says whether it ended."""
        return self._ended.wait(seconds)

    def cancel(self) -> None:
        """Stop it, where it has not ended yet."""
        self._stop(State.CANCELLED)

    def forget(self) -> None:
        """Let go of the rows."""
        with self._lock:
            if self.state is State.DONE:
                self.state, self.result = State.FORGOTTEN, None

    def _begin(self, process: Process) -> bool:
        with self._lock:
            if self.finished:
                return False
            self.state, self._process, self._start = State.RUNNING, process, time.monotonic()
            self._ticket.began = self._start
            return True

    def _make_way(self) -> None:
        with self._lock:
            if self._process:
                self._process.interrupt()

    def _wait_again(self) -> bool:
        with self._lock:
            if self.finished:
                return False
            self.state, self._process, self._start = State.WAITING, None, 0.0
            return True

    def _stop(self, state: State) -> None:
        with self._lock:
            if not self.finished:
                self._finish(state)
                if self._process:
                    self._process.interrupt()

    def _conclude(self, state: State, answer: Answer | None = None, result: Result | None = None) -> None:
        with self._lock:
            if not self.finished:
                self.answer, self.result = answer, result
                self._finish(state)

    def _finish(self, state: State) -> None:
        self.state, self._end = state, time.monotonic()
        self._ended.set()


class Console:
    """Asks questions of one database for everybody.

    Args:
        database: the DuckDB file.
        time_limit: seconds that a question may take.
        most_running: questions that run at a time.
        most_long: long ones among them, where somebody waits.
        patience: seconds that a question waits for its turn.
    """

    def __init__(
        self,
        database: Path = DATABASE,
        *,
        time_limit: float = TIME_LIMIT,
        most_running: int = MOST_RUNNING,
        most_long: int = MOST_LONG,
        patience: float = PATIENCE,
    ) -> None:
        self.database = database
        self.time_limit = time_limit
        self._patience = patience
        self._turns = Turns(most_running, most_long)
        self._preparing = self._closed = False
        self._idle: list[Process] = []
        self._kept: deque[ReferenceType[Execution]] = deque()
        self._lock = threading.Lock()

    def ask(self, sql: str, session: str = "") -> Execution:
        """Begin to answer a question.

        Args:
            sql: the question.
            session: who asks: one question of each runs at a time. Empty for somebody who asks nothing else.
        """
        execution = Execution(sql, session)
        if len(sql) > LONGEST_SQL:
            execution._conclude(State.REFUSED, Answer("refused", reason="long", what=str(len(sql))))
        elif not sql.strip():
            execution._conclude(State.REFUSED, Answer("refused", reason="empty"))
        elif self._turns.is_full(session):
            execution._conclude(State.BUSY)
        else:
            threading.Thread(target=self._run, args=(execution,), daemon=True).start()
        return execution

    def prepare(self) -> None:
        """Have a process ready, so that the next question need not wait for one to start."""
        with self._lock:
            if self._closed or self._preparing or any(process.usable for process in self._idle):
                return
            self._preparing = True
        threading.Thread(target=self._prepare, daemon=True).start()

    def close(self) -> None:
        """End all processes that wait for a question, and keep none from now on."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.close()

    def _prepare(self) -> None:
        try:
            with contextlib.suppress(DatabaseError, OSError):
                self._put_back(self._take())
        finally:
            self._preparing = False

    def _run(self, execution: Execution) -> None:
        while self._attempt(execution):
            pass
        self.prepare()

    def _attempt(self, execution: Execution) -> bool:
        """Ask once; says whether it had to make way for others and is to be asked again."""
        ticket, again = execution._ticket, False
        if not self._turns.begin(ticket, self._patience, lambda: execution.finished):
            execution._conclude(State.BUSY)
            return False
        try:
            process = self._take()
            if execution._begin(process):
                again = self._converse(execution, process)
            self._put_back(process)
        except DatabaseError as error:
            execution._conclude(State.FAILED, Answer("failed", reason=OF_DATABASE, what=error.kind))
        except OSError:
            # The system has no room for another process.
            execution._conclude(State.BUSY)
        finally:
            self._turns.end(ticket)
        return again

    def _converse(self, execution: Execution, process: Process) -> bool:
        alarm = threading.Timer(self.time_limit, execution._stop, (State.TIMED_OUT,))
        alarm.daemon = True
        alarm.start()
        try:
            answer, rows = process.ask(execution.sql)
        except EOFError:
            process.kill()
            if execution._ticket.made_way:
                return execution._wait_again()
            execution._conclude(State.BROKEN)
            return False
        finally:
            alarm.cancel()
        if execution._ticket.made_way and answer.reason == INTERRUPTED:
            return execution._wait_again()
        result = Result(pa.ipc.open_stream(rows).read_all(), answer) if answer.outcome == "done" else None
        execution._conclude(State(answer.outcome), answer, result)
        if result:
            self._keep(execution)
        return False

    def _keep(self, execution: Execution) -> None:
        with self._lock:
            self._kept.append(ref(execution))
            held = [(kept, kept.result.size) for one in self._kept if (kept := one()) and kept.result]
            total = sum(size for _, size in held)
            for kept, size in held[:-1]:
                if total <= MOST_KEPT:
                    break
                kept.forget()
                total -= size
            self._kept = deque(ref(kept) for kept, _ in held if kept.result)

    def _take(self) -> Process:
        """A process that waits for a question; a new one where there is none of this build.

        Raises:
            DatabaseError: the database cannot be opened.
            OSError: no process can be started.
        """
        while True:
            with self._lock:
                process = self._idle.pop() if self._idle else None
            if process is None:
                break
            if process.usable and process.build == build_of(self.database):
                return process
            process.close()
        process = Process(self.database)
        try:
            process.ready()
        except DatabaseError:
            process.close()
            raise
        return process

    def _put_back(self, process: Process) -> None:
        with self._lock:
            kept = process.usable and not self._closed
            if kept:
                self._idle.append(process)
        if not kept:
            process.close()
