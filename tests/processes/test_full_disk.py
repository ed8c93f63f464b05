"""A disk that is full while the atlas builds and publishes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from icc_data.store.upkeep import FULL
from tests.helpers.documents import ROOT
from tests.unit.conftest import DataFolder

# The disk: one of 4 MB of its own where the system lets a user mount it, else a limit on every file.
_FULL_DISK = """
import contextlib, resource, sys
from pathlib import Path
from icc_data.store.upkeep import keep_current
data, disk, kind = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
places = data, disk / "atlas.duckdb", disk / "served" / "data"
assert keep_current(*places) == ""
text = (data / "cities.csv").read_text("utf-8")
(data / "cities.csv").write_text(text.replace("Lisbon", "Lisbonne"), "utf-8")
if kind == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
else:
    with contextlib.suppress(OSError), (disk / "filler").open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
print(keep_current(*places))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
(disk / "filler").unlink(missing_ok=True)
print(keep_current(*places) or "as it should be")
"""
_MOUNTED = 'mount -t tmpfs -o size={size} tmpfs "$2" && exec "$0" -c "$CODE" "$1" "$2" disk'


def _may_mount() -> bool:
    unshare = shutil.which("unshare")
    tried = [unshare or "", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return unshare is not None and subprocess.run(tried, capture_output=True).returncode == 0


def test_a_full_disk_leaves_the_old_database_until_there_is_room_again(data_folder: DataFolder, tmp_path: Path):
    disk = tmp_path / "disk"
    disk.mkdir()
    command = [sys.executable, "-c", _FULL_DISK, str(data_folder.path), str(disk), "limit"]
    if _may_mount():
        inside = ["sh", "-c", _MOUNTED.format(size="24m"), sys.executable, str(data_folder.path), str(disk)]
        command = ["unshare", "--user", "--map-root-user", "--mount", *inside]
    environment = os.environ | {"CODE": _FULL_DISK}
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert told.stdout.splitlines() == [FULL, "as it should be"], told.stderr
