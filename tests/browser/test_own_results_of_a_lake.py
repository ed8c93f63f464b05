"""A machine that shows a lake: what a city brought along stays beside its versions, newer and earlier ones."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from icc_data.store.lake_publishing import publish_to_lake
from tests.browser.conftest import UNMOVED
from tests.browser.dashboards import running_dashboard
from tests.browser.helpers import Look, go_within, put_on, rerun, settled, unfold, watch
from tests.browser.test_cities import at_step
from tests.helpers.postgres import PASSWORD, PUBLISHER, READER, running_postgres, setting_up
from tests.unit.conftest import DataFolder, write_small_folder

OWN = {
    "scores.csv": "city_id,year,policy_area,score\nlisbon,2020,overall,61\nlisbon,2020,education,37\n",
    "practices.csv": "title,city_ids,when_text,policy_areas\nA house for all,lisbon,2024,education\n",
}
IN_USE = "In use: 2 scores and 1 practice."
# The score that was brought along, and the two published practices beside the one that was.
COUNTED = "Index score: 37 (2020) · 3 practices"
PATIENCE = 60.0


class Shown:
    """A lake, and a page of a machine that shows it."""

    def __init__(self, url: str, lake: str, folder: DataFolder, page: Page) -> None:
        self.url, self._lake, self._folder, self.page = url, lake, folder, page

    def publish(self, title: str) -> None:
        """Call a practice by another title, and wait until the machine shows it."""
        self._folder.edit("practices", 0, title=title)
        publish_to_lake(self._folder.path, self._lake)
        told, end = self.version(), time.monotonic() + PATIENCE
        while self.version() == told:
            assert time.monotonic() < end, "The machine does not take it over."
            time.sleep(0.2)

    def version(self) -> str:
        with urllib.request.urlopen(f"{self.url}/health", timeout=PATIENCE) as answer:
            return str(json.load(answer)["version"])

    def bring(self) -> None:
        """Bring a city's own results along."""
        panel = self.page.locator(".st-key-own-results")
        unfold(panel)
        with rerun(self.page):
            panel.locator("input[type=file]").set_input_files(
                [{"name": name, "mimeType": "text/csv", "buffer": text.encode()} for name, text in OWN.items()]
            )

    def said(self) -> str:
        return self.page.get_by_test_id("stMain").inner_text()


@pytest.fixture(params=["file", "PostgreSQL"])
def lakes(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A lake as it is named to who publishes and to who shows it, by what holds its catalogue."""
    (tmp_path / "lake").mkdir()
    if request.param == "file":
        lake = f"ducklake:{tmp_path / 'lake' / 'catalogue'}"
        yield lake, lake
        return
    with running_postgres() as postgres:
        postgres.administer(setting_up())
        publisher, reader = (
            postgres.here(f"ducklake:postgres:postgresql://{user}:{PASSWORD}@db.example.org/atlas")
            for user in (PUBLISHER, READER)
        )
        yield publisher, reader


@pytest.fixture
def shown(lakes: tuple[str, str], tmp_path: Path, browser_without_maps: Browser) -> Iterator[Shown]:
    folder = write_small_folder(tmp_path)
    published, lake = lakes
    publish_to_lake(folder.path, published, tmp_path / "lake" / "parquet")
    told = {"ATLAS_DATA": "", "ATLAS_DATABASE": lake, "ATLAS_COPIES": str(tmp_path / "copies")}
    with running_dashboard(tmp_path / "log", **told) as url:
        context = browser_without_maps.new_context(base_url=url, locale="en-GB", no_viewport=True, **UNMOVED)
        page = context.new_page()
        watch(page)
        put_on(page, Look())
        yield Shown(url, published, folder, page)
        context.close()
    written = (tmp_path / "log").read_text(encoding="utf-8")
    assert "Traceback" not in written


def test_own_results_stay_beside_the_versions_of_a_lake_on_benchmark_and_in_the_audit(shown: Shown):
    shown.page.goto("/benchmark?city=lisbon")
    settled(shown.page)
    first = shown.version()
    shown.bring()
    assert IN_USE in shown.said()
    assert "Overall: 61" in shown.said()
    go_within(shown.page, "/audit?city=lisbon&step=standing")
    assert COUNTED in shown.said()

    shown.publish("A kitchen of another name")
    at_step(shown.page, "3. Needs")
    assert "Your own results are in this picture" in shown.said(), "a newer version is beside what was brought along"
    at_step(shown.page, "2. Standing")
    assert COUNTED in shown.said()
    go_within(shown.page, "/benchmark?city=lisbon")
    assert IN_USE in shown.said()
    assert "Overall: 61" in shown.said()

    shown.page.goto(f"/benchmark?city=lisbon&version={first}")
    settled(shown.page)
    assert f"(version {first})" in shown.said()
    shown.bring()
    assert IN_USE in shown.said(), "an earlier version is read from the lake"
    assert "Overall: 61" in shown.said()
    go_within(shown.page, f"/audit?city=lisbon&step=standing&version={first}")
    assert f"(version {first})" in shown.said()
    assert COUNTED in shown.said()
