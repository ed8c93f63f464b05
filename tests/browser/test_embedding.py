"""A figure within a page of another site: it shows and can be used where the settings name that site, else not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.dashboards import running_dashboard
from tests.browser.helpers import PATIENCE, until

FIGURE = "/timeline?figure=by-year&embed=true"


class Site:
    """Another site, whose one page shows a figure in a frame."""

    def __init__(self) -> None:
        self.framed = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(f'<title>Ours</title><iframe src="{site.framed}" title="A figure"></iframe>'.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@contextmanager
def site() -> Iterator[Site]:
    running = Site()
    threading.Thread(target=running.server.serve_forever, daemon=True).start()
    yield running
    running.server.shutdown()


@contextmanager
def shown(browser: Browser, address: str) -> Iterator[tuple[Page, FrameLocator]]:
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    yield page, page.frame_locator("iframe")
    page.context.close()


def test_a_figure_shows_on_a_site_that_the_settings_name_and_its_switches_work(
    browser_without_maps: Browser, tmp_path: Path
):
    with site() as other, running_dashboard(tmp_path / "log", ATLAS_EMBEDDING=other.address) as atlas:
        other.framed = f"{atlas}{FIGURE}"
        with shown(browser_without_maps, other.address) as (_, frame):
            expect(frame.get_by_role("heading", name="Practices started per year")).to_be_visible()
            expect(frame.get_by_test_id("stVegaLiteChart")).to_have_count(1)
            expect(frame.get_by_role("link", name="Review")).to_have_count(0)
            frame.get_by_role("combobox", name="Split by").click()
            frame.get_by_role("option", name="Commitment", exact=True).click()
            expect(frame.get_by_text("Pluralistic identity").first).to_be_visible()


def test_a_site_that_the_settings_do_not_name_shows_nothing(browser_without_maps: Browser, server: str):
    with site() as other:
        other.framed = f"{server}{FIGURE}"
        with shown(browser_without_maps, other.address) as (page, frame):
            page.wait_for_load_state("networkidle")
            expect(frame.get_by_test_id("stApp")).to_have_count(0)
            until(page, lambda: page.frames[1].url.startswith("chrome-error:"), "the browser refuses the frame")


@pytest.mark.parametrize(
    ("address", "switch"),
    [(FIGURE, "Split by"), ("/review?step=coverage&figure=review-coverage&embed=true", "Order")],
)
def test_in_a_narrow_frame_the_figure_stands_above_its_switches(open_page: OpenPage, address: str, switch: str):
    page = open_page(address, width=400, height=300)
    drawn = page.get_by_test_id("stVegaLiteChart").filter(visible=True)
    expect(drawn).to_be_visible()
    until(page, lambda: drawn.bounding_box()["height"] > 200, "the figure has its height")
    below = page.get_by_role("combobox", name=switch).bounding_box()
    assert drawn.bounding_box()["y"] < 300 < below["y"]
