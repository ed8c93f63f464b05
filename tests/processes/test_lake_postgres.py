"""A lake whose catalogue is a PostgreSQL: who may write, two who publish at once, a server that ends meanwhile."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import IO, cast

import pytest

from icc_data.store.lake import fetch, history, newest
from icc_data.store.lake_connection import UNREACHABLE, LakeError, attached
from icc_data.store.lake_process import LakeProcess
from icc_data.store.lake_publishing import publish_to_lake
from icc_data.store.versions import read_folder
from tests.helpers.documents import ROOT
from tests.helpers.lakes import tables_of
from tests.helpers.postgres import PASSWORD, PUBLISHER, READER, Postgres, running_postgres, setting_up
from tests.unit.conftest import DataFolder, write_small_folder

DATABASE = "host=db.example.org dbname=atlas"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        server.administer(setting_up())
        yield server


@pytest.fixture(scope="module")
def publisher(postgres: Postgres) -> str:
    return postgres.here(f"ducklake:postgres:{DATABASE} user={PUBLISHER} password={PASSWORD}")


@pytest.fixture(scope="module")
def reader(postgres: Postgres, publisher: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A lake with one version, as the machines that show it know it."""
    folder = tmp_path_factory.mktemp("lake")
    publish_to_lake(write_small_folder(folder).path, publisher, folder / "parquet")
    return postgres.here(f"ducklake:postgres:postgresql://{READER}:{PASSWORD}@db.example.org/atlas")


def test_a_new_lake_asks_where_its_files_are_to_lie(postgres: Postgres, data_folder: DataFolder):
    postgres.administer(f"CREATE DATABASE empty OWNER {PUBLISHER}")
    address = postgres.here(f"ducklake:postgres:host=db.example.org dbname=empty user={PUBLISHER} password={PASSWORD}")
    with pytest.raises(LakeError, match="Say with --storage where its Parquet files are to lie"):
        publish_to_lake(data_folder.path, address)


def test_who_may_only_read_reads_and_writes_nothing(reader: str, data_folder: DataFolder):
    assert fetch(reader)[1].rows["practices"].num_rows == 4
    data_folder.edit("practices", 0, title="A larger kitchen")
    with pytest.raises(LakeError, match=r"This user may not write to .*: permission denied for table ducklake_"):
        publish_to_lake(data_folder.path, reader)


def test_two_who_publish_at_once_publish_one_after_the_other(reader: str, publisher: str, tmp_path: Path):
    before = len(history(reader))
    commands = []
    for name in ("one", "two"):
        folder = write_small_folder(tmp_path / name)
        folder.edit("practices", 0, title=f"Kitchen {name}")
        commands.append([sys.executable, "-m", "icc_data", "publish", "--data", str(folder.path), "--to", publisher])
    processes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for command in commands]
    assert [process.wait() for process in processes] == [0, 0]
    numbers = [one.number for one in history(reader)]
    assert numbers == [*range(1, before + 3)]
    titles = {fetch(reader, number)[1].rows["practices"].column("title")[0].as_py() for number in numbers[-2:]}
    assert titles == {"Kitchen one", "Kitchen two"}


def test_a_server_that_ends_while_it_is_read_is_told_and_read_again_when_it_is_back(postgres: Postgres, reader: str):
    before = newest(reader)

    def read_until_it_ends() -> None:
        with attached(reader) as cursor:
            postgres.stop()
            cursor.execute("FROM publication").fetchall()

    with pytest.raises(LakeError) as caught:
        read_until_it_ends()
    assert caught.value.reason == UNREACHABLE
    with pytest.raises(LakeError, match="cannot be reached") as caught:
        newest(reader)
    assert PASSWORD not in str(caught.value)
    postgres.start()
    assert newest(reader) == before


def _die_of_the_next_question(process: subprocess.Popen[str]) -> None:
    """Let a process be asked once more, and end before it answers."""
    asking = process.stdin
    assert asking is not None

    def flush() -> None:
        asking.flush()
        process.kill()

    process.send_signal(signal.SIGSTOP)
    process.stdin = cast(IO[str], SimpleNamespace(write=asking.write, flush=flush))


def test_a_process_that_reads_a_lake_may_die_of_it(reader: str, tmp_path: Path):
    apart = LakeProcess(reader)
    before = apart.newest()
    assert apart._process is not None
    apart._process.kill()
    apart._process.wait()
    assert apart.newest() == before
    _die_of_the_next_question(apart._process)
    with pytest.raises(LakeError, match=r"The process that reads the lake .* ended\.") as caught:
        apart.newest()
    assert caught.value.reason == UNREACHABLE
    assert apart.take_over(tmp_path) == before
    assert read_folder(tmp_path / "data")[1] == tables_of(fetch(reader)[1])
    assert apart._process is not None
    apart._process.kill()
    apart._process.wait()
