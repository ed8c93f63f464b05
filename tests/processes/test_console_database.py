"""A database that cannot be asked is told as what it is, with what to do, and without a path of the server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from icc_data.console.answer import TIME_LIMIT
from icc_data.console.execution import Console, State
from icc_data.console.messages import Message, message
from icc_data.console.trouble import trouble_in

HOLD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def told(database: Path, sql: str = "SELECT count(*) FROM practice") -> Message:
    console = Console(database)
    ended = console.ask(sql)
    assert ended.wait(60)
    console.close()
    assert ended.state is State.FAILED
    words = message(ended, TIME_LIMIT)
    assert str(database.parent) not in " ".join(vars(words).values())
    assert words.advice
    return words


def checksum_of_word(word: bytes) -> int:
    """What a word of a block adds to the block's checksum, as DuckDB counts it."""
    return int.from_bytes(word, "little") * 0xBF58476D1CE4E5B9 % 2**64


def of_a_newer_version(built: bytes) -> bytes:
    """The database with a version number that does not exist yet, and the checksum that belongs to it."""
    block = bytearray(built)
    # Checksum, “DUCK”, version.
    before = bytes(block[8:16])
    block[12:14] = (9999).to_bytes(2, "little")
    checksum = int.from_bytes(block[:8], "little") ^ checksum_of_word(before) ^ checksum_of_word(bytes(block[8:16]))
    block[:8] = checksum.to_bytes(8, "little")
    return bytes(block)


BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no database": (lambda _: b"This is no database.", "The database is damaged."),
    "empty": (lambda _: b"", "The database is damaged."),
    "truncated": (lambda built: built[: len(built) // 2], "The database is damaged."),
    "a spoilt header": (lambda built: built[:4096] + b"\xff" * 512 + built[4608:], "The database is damaged."),
    "spoilt blocks": (lambda built: built[:12288] + b"\xaa" * (len(built) - 12288), "The database is damaged."),
    "a newer version": (of_a_newer_version, "The database was made by a newer version of DuckDB than this one."),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_database_is_told_as_such(atlas_file: Path, tmp_path: Path, what: str):
    spoil, title = BROKEN[what]
    database = tmp_path / "atlas.duckdb"
    database.write_bytes(spoil(atlas_file.read_bytes()))
    assert told(database).title == title


def test_a_missing_database_is_not_blamed_on_memory(tmp_path: Path):
    assert told(tmp_path / "atlas.duckdb").title == "There is no database."


def test_a_folder_in_the_place_of_the_database_is_told(tmp_path: Path):
    assert told(tmp_path).title == "The database cannot be opened."


def test_a_database_that_another_program_writes_to_is_told_as_such(atlas_file: Path, tmp_path: Path):
    database = tmp_path / "atlas.duckdb"
    shutil.copy(atlas_file, database)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        assert told(database).title == "Another program is writing to the database."
        writer.communicate()


def test_a_database_that_breaks_while_it_is_asked_is_told_as_such(atlas_file: Path, tmp_path: Path):
    database = tmp_path / "atlas.duckdb"
    shutil.copy(atlas_file, database)
    console = Console(database)
    first = console.ask("SELECT 1")
    assert first.wait(60)
    assert first.state is State.DONE
    database.unlink()
    ended = console.ask("SELECT 1")
    assert ended.wait(60)
    console.close()
    assert message(ended, TIME_LIMIT).title == "There is no database."


def test_words_of_duckdb_that_nobody_foresaw_tell_nothing():
    assert trouble_in("IO Error: something else with /a/path") == "other"
