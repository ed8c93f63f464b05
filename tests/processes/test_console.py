"""Asking: questions run apart from the dashboard, end in time, take little room, and say plainly what went wrong."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from icc_data.console import execution as asking
from icc_data.console.answer import INTERRUPTED, MOST_ROWS, TIME_LIMIT, Answer
from icc_data.console.execution import Console, State
from icc_data.console.messages import message, rows_in_words
from icc_data.console.process import ENVIRONMENT, Process
from icc_data.console.turns import QUICK
from icc_data.console.worker import Worker
from icc_data.store.build import build
from tests.helpers.questions import PATIENCE, answered, leaks

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

ENDLESS = {
    "a join of everything with everything": "SELECT count(*) FROM range(10000000) a, range(10000000) b",
    "a recursion without end": "WITH RECURSIVE a AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM a) SELECT max(i) FROM a",
    "a series of a hundred thousand million": "SELECT sum(i) FROM generate_series(1, 100000000000) t(i)",
    "a pattern on long texts": (
        "SELECT sum(length(regexp_replace(repeat('ab', 5000) || i::VARCHAR, '(a|b|ab)*c', 'x', 'g'))) "
        "FROM range(100000000) t(i)"
    ),
    "a function that DuckDB cannot interrupt": "SELECT levenshtein(repeat('ab', 200000), repeat('ba', 200000))",
}
LARGE = {
    "one long text": "SELECT length(repeat('x', 2000000000))",
    "one long list": "SELECT len(range(500000000))",
    "a list of all rows": "SELECT len(list(i)) FROM range(1000000000) t(i)",
    "rows that are sorted": "SELECT i FROM range(1000000000) t(i) ORDER BY hash(i)",
}


def test_a_question_is_answered_with_rows_of_plain_types(console: Console):
    done = answered(console, "SELECT title, start_year, accessed FROM practice ORDER BY practice LIMIT 2")
    assert done.state is State.DONE
    assert done.result is not None
    frame = done.result.frame()
    assert list(frame.columns) == ["title", "start_year", "accessed"]
    assert str(frame["start_year"].dtype) == "Int16"
    assert isinstance(frame["accessed"][0], date)


def test_whole_numbers_stay_whole_beside_missing_ones(console: Console):
    done = answered(console, "SELECT unnest([2015, NULL]) AS year, 3::HUGEINT AS total")
    assert done.result is not None
    frame = done.result.frame()
    assert [str(value) for value in frame["year"]] == ["2015", "<NA>"]
    assert frame["total"].tolist() == [3, 3]


def test_values_that_no_table_shows_become_the_text_that_duckdb_writes(console: Console):
    done = answered(
        console, "SELECT {'a': 1} s, MAP {'k': 2} m, INTERVAL 3 DAY i, 'x'::BLOB b, ['u', 'v'] l, '101'::BIT t"
    )
    assert done.result is not None
    row = done.result.frame().iloc[0]
    assert row[["s", "m", "i", "b", "t"]].tolist() == ["{'a': 1}", "{k=2}", "3 days", "x", "101"]
    assert list(row["l"]) == ["u", "v"]


def test_days_and_times_that_python_cannot_hold_become_the_text_that_duckdb_writes(console: Console):
    done = answered(
        console,
        "SELECT DATE '294247-01-01' d, 'infinity'::DATE e, TIME '24:00:00' t, '-infinity'::TIMESTAMPTZ z, "
        "DATE '0044-03-15 (BC)' b, [DATE '10000-01-01'] l, 170141183460469231731687303715884105727 g",
    )
    assert done.result is not None
    row = done.result.frame().iloc[0]
    assert row[["d", "e", "t", "z"]].tolist() == ["294247-01-01", "infinity", "24:00:00", "-infinity"]
    assert row[["b", "l", "g"]].tolist() == [
        "0044-03-15 (BC)",
        "[10000-01-01]",
        "170141183460469231731687303715884105727",
    ]


def test_columns_of_the_same_name_are_told_apart(console: Console):
    done = answered(console, 'SELECT 1 AS a, 2 AS a, 3 AS "a (2)", 4 AS a')
    assert done.result is not None
    assert len(set(done.result.frame().columns)) == 4


def test_the_time_limit_is_five_seconds(atlas_file: Path):
    assert Console(atlas_file).time_limit == TIME_LIMIT == 5


def test_every_endless_question_is_stopped_at_the_limit_and_others_are_answered_meanwhile(
    atlas_file: Path, atlas: duckdb.DuckDBPyConnection
):
    limit = 1
    console = Console(atlas_file, most_running=len(ENDLESS), time_limit=limit)
    running = {name: console.ask(sql) for name, sql in ENDLESS.items()}
    meanwhile = 0
    begun = time.monotonic()
    while not all(execution.finished for execution in running.values()):
        assert time.monotonic() < begun + PATIENCE, "they are stopped"
        assert atlas.cursor().execute("SELECT count(*) FROM practice").fetchone() == (459,)
        meanwhile += any(execution.state is State.RUNNING for execution in running.values())
        time.sleep(0.05)
    console.close()
    assert {name: execution.state for name, execution in running.items()} == dict.fromkeys(ENDLESS, State.TIMED_OUT)
    # By this limit, not by the usual one, however long a busy machine takes to notice it.
    assert all(limit <= execution.seconds < TIME_LIMIT for execution in running.values())
    assert meanwhile


@pytest.mark.parametrize("what", LARGE)
def test_a_question_that_needs_too_much_memory_is_told_so_and_the_next_is_answered(console: Console, what: str):
    ended = answered(console, LARGE[what])
    assert ended.state in (State.FAILED, State.BROKEN)
    told = message(ended, TIME_LIMIT)
    assert "memory" in told.title
    assert not leaks(console, told)
    assert answered(console, "SELECT 1").state is State.DONE


def test_a_running_question_can_be_cancelled(console: Console):
    running = console.ask(ENDLESS["a function that DuckDB cannot interrupt"])
    while running.state is State.WAITING:
        time.sleep(0.01)
    running.cancel()
    assert running.finished
    assert running.state is State.CANCELLED
    assert message(running, TIME_LIMIT).title.startswith("You stopped the query after")


def test_cancelling_what_has_ended_changes_nothing(console: Console):
    done = answered(console, "SELECT 1")
    done.cancel()
    assert done.state is State.DONE


def test_questions_beyond_those_that_may_run_wait_for_their_turn_and_give_up_after_a_while(atlas_file: Path):
    console = Console(atlas_file, most_running=1, patience=0.5, time_limit=PATIENCE)
    first = console.ask(ENDLESS["a recursion without end"])
    while first.state is State.WAITING:
        time.sleep(0.01)
    second = console.ask("SELECT 1")
    assert second.wait(PATIENCE / 2)
    assert (first.state, second.state) == (State.RUNNING, State.BUSY)
    first.cancel()
    # The place that it leaves may take longer to come free than the third has patience.
    end = time.monotonic() + PATIENCE
    while (third := answered(console, "SELECT 1")).state is State.BUSY and time.monotonic() < end:
        pass
    assert third.state is State.DONE
    console.close()


def test_a_waiting_question_can_be_cancelled(atlas_file: Path):
    console = Console(atlas_file, most_running=1, time_limit=PATIENCE)
    first = console.ask(ENDLESS["a recursion without end"])
    while first.state is State.WAITING:
        time.sleep(0.01)
    second = console.ask("SELECT 1")
    second.cancel()
    first.cancel()
    assert second.state is State.CANCELLED
    console.close()


def test_no_more_rows_are_kept_than_a_download_holds(console: Console):
    done = answered(console, "SELECT * FROM range(1000000000)")
    assert done.result is not None
    assert (done.result.rows, done.result.more, done.result.too_large) == (MOST_ROWS, True, False)
    assert len(done.result.frame(10_000)) == 10_000
    assert rows_in_words(done, 10_000).startswith("The first 10,000 of more than 100,000 rows are shown")


def test_exactly_as_many_rows_as_a_download_holds_are_not_called_more(console: Console):
    done = answered(console, f"FROM range({MOST_ROWS})")
    assert done.result is not None
    assert (done.result.rows, done.result.more) == (MOST_ROWS, False)


def test_rows_are_kept_only_up_to_a_size(console: Console):
    done = answered(console, "SELECT repeat('x', 1000000) FROM range(30)")
    assert done.result is not None
    assert 0 < done.result.rows < 20
    assert (done.result.more, done.result.too_large) == (True, True)
    assert "as more would be over 16 MB" in rows_in_words(done, done.result.rows)


def test_a_row_larger_than_all_that_is_kept_is_told(console: Console):
    done = answered(console, "SELECT repeat('x', 20000000)")
    assert done.result is not None
    assert done.result.rows == 0
    assert rows_in_words(done, 0).startswith("The first row alone is larger than 16 MB")


def test_the_oldest_rows_are_forgotten_where_all_together_are_too_many(
    console: Console, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(asking, "MOST_KEPT", 1_000_000)
    first, second, third = (answered(console, "SELECT * FROM range(50000)") for _ in range(3))
    # Who waits for an answer is told of it before the older ones are counted.
    end = time.monotonic() + PATIENCE
    while first.state is not State.FORGOTTEN and time.monotonic() < end:
        time.sleep(0.01)
    assert [kept.state for kept in (first, second, third)] == [State.FORGOTTEN, State.DONE, State.DONE]


def test_a_database_that_was_built_anew_is_asked_from_then_on(data_folder: DataFolder):
    database = build(data_folder.path, data_folder.path.parent / "atlas.duckdb").database
    console = Console(database)
    titles = []
    for title in ("Homework club", "A new title"):
        data_folder.edit("practices", 2, title=title)
        build(data_folder.path, database, force=True)
        done = answered(console, "SELECT title FROM practice WHERE practice_id = 'homework-club'")
        assert done.result is not None
        titles.append(done.result.frame()["title"][0])
    console.close()
    assert titles == ["Homework club", "A new title"]


@pytest.mark.parametrize(("sql", "reused"), [("SELECT 1", True), ("SELECT nothing", True), ("EXPLAIN SELECT 1", False)])
def test_a_process_in_which_more_than_a_plain_select_ran_is_thrown_away(console: Console, sql: str, reused: bool):
    ended = answered(console, sql)
    assert ended.answer is not None
    assert ended.answer.last is not reused


def test_a_process_that_is_not_as_it_was_at_its_start_is_thrown_away(atlas_file: Path):
    worker = Worker(atlas_file)
    assert not worker.answer("SELECT 1")[0].last
    worker._connection.execute("PREPARE left_behind AS SELECT 1")
    assert worker.answer("SELECT 1")[0].last


def test_a_process_that_is_told_to_stop_leaves_its_question_and_answers_the_next(atlas_file: Path):
    process = Process(atlas_file)
    process.ready()

    def interrupt() -> None:
        # What has not been asked yet cannot be left.
        while not process._answering:
            time.sleep(0.01)
        process.interrupt()

    threading.Thread(target=interrupt).start()
    answer, _ = process.ask(ENDLESS["a join of everything with everything"])
    assert answer.reason == INTERRUPTED
    assert process.ask("SELECT 1")[0].outcome == "done"
    process.close()


def test_a_question_that_had_to_make_way_is_asked_again_and_answered(atlas_file: Path):
    console = Console(atlas_file, most_running=2, most_long=1, time_limit=PATIENCE)
    sql = "SELECT count(*) FROM range(16000) a, range(16000) b WHERE a.range <= b.range + {}"
    slow = [console.ask(sql.format(number), f"slow {number}") for number in range(2)]
    while any(one.state is State.WAITING or one.seconds < 2 * QUICK for one in slow):
        time.sleep(0.01)
    assert answered(console, "SELECT 1").state is State.DONE
    assert any(one.state is State.WAITING for one in slow)
    assert all(one.wait(PATIENCE) for one in slow)
    assert [one.state for one in slow] == [State.DONE, State.DONE]
    console.close()


def test_a_worker_process_can_open_no_file_and_no_connection_and_cannot_grow(tmp_path: Path):
    there, new = tmp_path / "there", tmp_path / "new"
    there.write_text("x", encoding="utf-8")
    program = """
import socket, sys
from icc_data.console.worker import limit_process
limit_process()
for deed in (lambda: open(sys.argv[1]), lambda: open(sys.argv[2], "w"), socket.socket, lambda: bytearray(2**30)):
    try:
        deed()
    except (OSError, MemoryError) as error:
        print(type(error).__name__)
"""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", program, str(there), str(new)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["OSError", "OSError", "OSError", "MemoryError"]
    assert not new.exists()


def test_a_worker_process_sees_nothing_of_the_servers_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ATLAS_SECRET", "x")
    assert set(ENVIRONMENT) <= {"PATH", "LD_LIBRARY_PATH", "SYSTEMROOT"}


@pytest.mark.parametrize("line", [b"", b"\n", b"[]", b'{"outcome": "done", "x": 1}', b"{"])
def test_what_is_no_answer_of_a_worker_is_not_taken_for_one(line: bytes):
    with pytest.raises((ValueError, TypeError)):
        Answer.from_line(line)


def test_an_answer_survives_its_way_between_processes():
    answer = Answer("failed", reason="Parser", what="syntax error\nat “é”", position=3)
    assert Answer.from_line(answer.to_line()) == answer
