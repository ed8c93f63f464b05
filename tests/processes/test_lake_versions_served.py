"""A machine that shows a lake answers for earlier versions of it, and for those that it has read without the lake."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.tabs import Session
from icc_data.store.lake import fetch
from icc_data.store.lake_publishing import publish_to_lake
from tests.browser.dashboards import running_dashboard
from tests.helpers.documents import ROOT
from tests.unit.conftest import DataFolder, write_small_folder

DAYS = ("2025-02-03", "2025-03-01", "2025-04-01")


class Served:
    """A lake with three versions, and a machine that shows it."""

    def __init__(self, url: str, catalogue: Path, environment: dict[str, str]) -> None:
        self.url, self.catalogue, self.environment = url, catalogue, environment

    def titles(self, version: str) -> set[str]:
        """Of the practices of a version, as a script fetches them."""
        with urllib.request.urlopen(f"{self.url}/data/practices.csv?version={version}", timeout=60) as answer:
            return {row["title"] for row in csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig")))}


class Tab(Session):
    """A tab whose page is read."""

    text = ""

    def _take(self, answer: ForwardMsg) -> None:
        super()._take(answer)
        self.text += str(answer)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place = tmp_path_factory.mktemp("served")
    folder: DataFolder = write_small_folder(place)
    (place / "lake").mkdir()
    catalogue = place / "lake" / "catalogue"
    for number, day in enumerate(DAYS, 1):
        folder.edit("practices", 0, title=f"Kitchen marked{number}", accessed=day)
        publish_to_lake(folder.path, f"ducklake:{catalogue}")
    told = {"ATLAS_DATA": "", "ATLAS_DATABASE": f"ducklake:{catalogue}", "ATLAS_COPIES": str(place / "copies")}
    with running_dashboard(place / "log", **told) as url:
        yield Served(url, catalogue, {**os.environ, **told})


def test_earlier_versions_are_shown_compared_and_kept_without_the_lake(served: Served, tmp_path: Path):
    tab = Tab(served.url, "practices")
    tab.run(f"version={DAYS[0]}")
    assert "Kitchen marked1" in tab.text
    assert "3 February 2025" in tab.text
    tab.close()

    version = fetch(f"ducklake:{served.catalogue}", 1)[0].version[:12]
    for asked in (DAYS[0], version, f"{DAYS[0]}-{version}"):
        assert "Kitchen marked1" in served.titles(asked), asked

    tab = Tab(served.url, "review")
    tab.run("step=changes")
    # The usual one is the newest of an earlier day.
    assert "1 March 2025" in tab.text
    assert "version 2" in tab.text
    assert "marked2" in tab.text
    tab.close()

    command = [sys.executable, "-m", "icc_data", "report", "review", "--output", str(tmp_path / "review.xlsx")]
    done = subprocess.run(command, cwd=ROOT, env=served.environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with zipfile.ZipFile(tmp_path / "review.xlsx") as workbook:
        sheets = [workbook.read(name).decode() for name in workbook.namelist() if name.endswith(".xml")]
    assert any("Since 1 March 2025: 0 practices added, 1 changed" in sheet for sheet in sheets)

    served.catalogue.rename(served.catalogue.with_suffix(".away"))
    try:
        assert "Kitchen marked2" in served.titles(DAYS[1]), "the comparison has read it"
        assert "Kitchen marked1" in served.titles(DAYS[0])
    finally:
        served.catalogue.with_suffix(".away").rename(served.catalogue)
