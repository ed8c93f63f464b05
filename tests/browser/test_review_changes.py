"""What changed between two versions of the data, in a browser: the two that go along with it, which never change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from icc_data.paths import ROOT
from tests.browser.conftest import UNMOVED
from tests.browser.dashboards import running_dashboard
from tests.browser.helpers import go_within, rerun, settled, watch
from tests.browser.projected import wait_until_projected

BOTH = "since=2026-11-22&until=2026-11-25"
# The network, two national networks, a country, a city, and a selection.
SCOPES = ("", "network=reci", "network=rpci", "country=germany", "city=bergen", "policy_area=education&country=italy")


@pytest.fixture(scope="module")
def page(browser_without_maps: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page on a dashboard that knows both versions, on a projector."""
    log = tmp_path_factory.mktemp("changes") / "streamlit.log"
    with (
        running_dashboard(log, ATLAS_SNAPSHOTS=str(ROOT / "data" / "snapshots")) as url,
        browser_without_maps.new_context(
            base_url=url, locale="en-GB", viewport={"width": 1920, "height": 1080}, **UNMOVED
        ) as context,
    ):
        page = context.new_page()
        watch(page)
        page.goto(f"/review?step=changes&{BOTH}")
        settled(page)
        yield page


@pytest.mark.parametrize("scope", SCOPES)
def test_what_changed_fits_a_projectors_screen_in_letters_of_20_pixels(page: Page, scope: str) -> None:
    for change in ("", "&change=changed", "&change=cities"):
        go_within(page, f"/review?{scope}&present=1&step=changes&{BOTH}{change}")
        expect(page.get_by_role("heading", name="Changed since")).to_be_visible()
        wait_until_projected(page, change)


def test_two_versions_are_chosen_and_a_change_leads_from_old_beside_new_to_its_practice(page: Page) -> None:
    go_within(page, "/review?step=changes")
    for name, version in (("From", "22 November 2026"), ("To", "25 November 2026")):
        page.get_by_role("combobox", name=name, exact=True).click()
        with rerun(page):
            page.get_by_role("option", name=re.compile(f"^{version}")).click()
    asked = parse_qs(urlsplit(page.url).query)
    assert [asked[name][0][:10] for name in ("since", "until")] == ["2026-11-22", "2026-11-25"]
    with rerun(page):
        page.get_by_text(re.compile(r"^Practices changed \(\d+\)$")).click()
    first = page.locator('[class*="st-key-card-change-"]').first
    expect(first.get_by_label("Before").or_(first.get_by_label("After")).first).to_be_visible()
    title = first.get_by_role("link").first.inner_text()
    with rerun(page):
        first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["version"][0].startswith("2026-11-25")
    # The session would go on showing that version, with a band that says so, to whichever test comes next.
    go_within(page, f"/review?step=changes&{BOTH}&version=now")
