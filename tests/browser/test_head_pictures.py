"""Logo and icon of the page head: fetched from the atlas itself, once, wherever it lies and whoever shows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Response, expect

from tests.browser.dashboards import running_dashboard
from tests.browser.helpers import PATIENCE
from tests.browser.test_embedding import Site, site

LOGO, ICON = "/app/static/logo.svg", "/app/static/icon.svg"
WHOLE = "/accessibility?embed=true"


@pytest.fixture(scope="module")
def other() -> Iterator[Site]:
    """Another site, which may show the atlas below a path."""
    with site() as running:
        yield running


@pytest.fixture(scope="module")
def below(other: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An atlas that lies below a path."""
    log = tmp_path_factory.mktemp("below") / "log"
    with running_dashboard(log, STREAMLIT_SERVER_BASE_URL_PATH="atlas", ATLAS_EMBEDDING=other.address) as url:
        yield f"{url}/atlas"


@contextmanager
def fetched(browser: Browser, address: str, width: int = 1440) -> Iterator[tuple[Frame, list[Response]]]:
    """The page at an address, and every picture of a file that was fetched for it."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_default_timeout(PATIENCE)
    pictures: list[Response] = []
    page.on("response", lambda answer: pictures.append(answer) if answer.url.endswith(".svg") else None)
    page.goto(address)
    yield page.frames[-1], pictures
    page.context.close()


def icon_of(frame: Frame) -> str:
    return str(frame.evaluate("document.querySelector('link[rel~=icon]').href"))


@pytest.mark.parametrize(
    ("width", "place", "picture"), [(1440, "stSidebarLogo", LOGO), (390, "stHeaderLogo", ICON)], ids=["wide", "phone"]
)
@pytest.mark.parametrize("at", ["server", "below"])
def test_the_logo_is_drawn_and_the_icon_named_from_the_atlas_itself(
    at: str, width: int, place: str, picture: str, browser_without_maps: Browser, request: pytest.FixtureRequest
) -> None:
    atlas = request.getfixturevalue(at)
    with fetched(browser_without_maps, f"{atlas}/accessibility", width) as (frame, pictures):
        expect(frame.get_by_role("heading", level=1)).to_be_visible()
        logo = frame.get_by_test_id(place)
        expect(logo).to_have_attribute("src", f"{atlas}{picture}")
        expect(logo).to_be_visible()
        frame.wait_for_function("id => document.querySelector(`[data-testid=${id}]`)?.naturalWidth > 0", arg=place)
        assert icon_of(frame) == f"{atlas}{ICON}"
        assert {(answer.url.removeprefix(atlas), answer.status) for answer in pictures} <= {(LOGO, 200), (ICON, 200)}


@pytest.mark.parametrize("at", ["server", "below"])
@pytest.mark.parametrize("picture", [LOGO, ICON])
def test_what_is_served_there_is_the_picture(
    at: str, picture: str, browser_without_maps: Browser, request: pytest.FixtureRequest
) -> None:
    context = browser_without_maps.new_context()
    answer = context.request.get(f"{request.getfixturevalue(at)}{picture}")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.body() == Path("static", Path(picture).name).read_bytes()
    context.close()


def test_a_page_within_another_site_has_the_icon_of_the_atlas(
    browser_without_maps: Browser, other: Site, below: str
) -> None:
    other.framed = f"{below}{WHOLE}"
    with fetched(browser_without_maps, other.address) as (frame, pictures):
        expect(frame.get_by_role("heading", level=1)).to_be_visible()
        assert icon_of(frame) == f"{below}{ICON}"
        assert {urlsplit(answer.url).netloc for answer in pictures} <= {urlsplit(below).netloc}
        assert all(answer.ok for answer in pictures)
