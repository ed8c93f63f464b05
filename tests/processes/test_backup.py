"""The backup of docs/deploy.md brings the data back, by the very commands that stand there."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

from icc_data.incoming.check import load_data
from icc_data.paths import DATA_DIRECTORY
from tests.helpers.documents import ROOT, code

DEPLOYING = ROOT / "docs" / "deploy.md"


def documented(word: str, folder: Path) -> list[str]:
    """The command of the document with a word in it, for a folder of the test's own and without another user."""
    (line,) = [line for line in code(DEPLOYING) if line.startswith("sudo -u atlas") and word in line]
    own = line.replace("/srv/atlas/code", str(folder)).replace("/var/backups", str(folder.parent))
    return shlex.split(own)[3:]


def test_a_backup_brings_the_data_back(tmp_path: Path):
    folder = tmp_path / "code"
    shutil.copytree(DATA_DIRECTORY, folder / "data")
    (tmp_path / "atlas").mkdir()
    before = {path.name: path.read_bytes() for path in (folder / "data").iterdir()}
    subprocess.run(documented("--create", folder), cwd=folder, check=True)
    (folder / "data" / "practices.csv").write_text("lost", encoding="utf-8")
    for word in ("mv data", "--extract"):
        subprocess.run(documented(word, folder), cwd=folder, check=True)
    assert {path.name: path.read_bytes() for path in (folder / "data").iterdir()} == before
    assert load_data(folder / "data")[1] == []


def test_the_folder_of_the_backup_is_made_for_who_writes_it():
    # /var/backups itself is root's.
    assert "sudo install --directory --owner atlas --group atlas --mode 0750 /var/backups/atlas" in code(DEPLOYING)
