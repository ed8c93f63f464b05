"""What is killed while it writes leaves what was there, or all that is new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from icc_data.store.lake import fetch
from icc_data.store.lake_publishing import publish_to_lake
from icc_data.store.snapshots import snapshots, tables_of_snapshot
from tests.helpers.documents import ROOT
from tests.helpers.lakes import many_cities, parquet_files
from tests.unit.conftest import DataFolder

_WATCHED = """
import shutil, sys
from pathlib import Path
from icc_data.store.snapshots import take
data, target, left = map(Path, sys.argv[1:])
step, looking = 0, True
def watch(event, arguments):
    # What lies there before a step that touches the folder of snapshots is what a kill at that step leaves.
    global step, looking
    if looking and any(str(target) in str(argument) for argument in arguments):
        looking, step = False, step + 1
        if target.exists():
            shutil.copytree(target, left / str(step), symlinks=True)
        looking = True
sys.addaudithook(watch)
take(data, target)
"""


def test_killed_at_any_step_there_is_a_whole_snapshot_or_none(data_folder: DataFolder, tmp_path: Path):
    target = tmp_path / "snapshots"
    left = tmp_path / "left"
    command = [sys.executable, "-c", _WATCHED, str(data_folder.path), str(target), str(left)]
    subprocess.run(command, check=True, env={**os.environ})
    (whole,) = snapshots([target])
    kept = [snapshots([folder]) for folder in left.iterdir()]
    assert len(kept) > 10
    assert {tuple(snapshot.id for snapshot in each) for each in kept} <= {(), (whole.id,)}
    for each in kept:
        assert [tables_of_snapshot(snapshot) for snapshot in each] == [tables_of_snapshot(whole)] * len(each)


def test_a_publication_that_is_killed_leaves_the_version_before(data_folder: DataFolder, tmp_path: Path):
    (tmp_path / "lake").mkdir()
    lake = f"ducklake:{tmp_path / 'lake' / 'catalogue.ducklake'}"
    many_cities(data_folder)
    publish_to_lake(data_folder.path, lake)
    before = fetch(lake)
    data_folder.edit("cities", 0, population="1")
    data_folder.edit("practices", 0, title="A larger kitchen")
    command = [sys.executable, "-m", "icc_data", "publish", "--data", str(data_folder.path), "--to", lake]
    process = subprocess.Popen(command, cwd=ROOT)
    # The first of its files is there, and the transaction goes on.
    while len(parquet_files(lake, "cities")) < 2 and process.poll() is None:
        time.sleep(0.0005)
    os.kill(process.pid, signal.SIGSTOP)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert fetch(lake) == before
    assert publish_to_lake(data_folder.path, lake).publication.number == 2
