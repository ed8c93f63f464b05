"""What is killed while it writes leaves what was there, or all that is new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from icc_data.store.lake import fetch
from icc_data.store.lake_publishing import publish_to_lake
from icc_data.store.snapshot_tables import tables_of_snapshot
from icc_data.store.snapshots import snapshots
from tests.helpers.documents import ROOT
from tests.helpers.lakes import many_cities, parquet_files
from tests.unit.conftest import DataFolder

_WATCHED = """
import shutil, sys
from pathlib import Path
from icc_data.store.snapshot_tables import take
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


_KILLED = """
import os, signal, sys
from pathlib import Path
from icc_data.store import lake_publishing
data, lake, step, when = sys.argv[1:]
work = getattr(lake_publishing, step)
def killed(*arguments):
    if when == "after":
        work(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(lake_publishing, step, killed)
lake_publishing.publish_to_lake(Path(data), lake)
"""


# Once all its tables are written, and once nothing is left to do but to say so.
@pytest.mark.parametrize(("step", "when"), [("_write_files", "before"), ("_write_publication", "after")])
def test_a_publication_that_is_killed_leaves_the_version_before(
    data_folder: DataFolder, tmp_path: Path, step: str, when: str
):
    (tmp_path / "lake").mkdir()
    lake = f"ducklake:{tmp_path / 'lake' / 'catalogue.ducklake'}"
    many_cities(data_folder)
    publish_to_lake(data_folder.path, lake)
    before = fetch(lake)
    data_folder.edit("cities", 0, population="1")
    data_folder.edit("practices", 0, title="A larger kitchen")
    command = [sys.executable, "-c", _KILLED, str(data_folder.path), lake, step, when]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert len(parquet_files(lake, "cities")) == 2, "a file of what was not published"
    assert fetch(lake) == before
    assert publish_to_lake(data_folder.path, lake).publication.number == 2
