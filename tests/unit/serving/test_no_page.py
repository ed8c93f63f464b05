"""An address of no page says so, and offers the pages that there are."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from icc_data.i18n import translate
from icc_data.serving.no_page import OnlyPages
from tests.helpers.asked import asked


async def answer(request: Request) -> Response:
    """As Streamlit answers: its page at any address, but for files and addresses that end in a slash."""
    path = request.url.path
    if path.endswith(".txt"):
        return PlainTextResponse("A file.")
    if path.endswith("/") and path != "/atlas/":
        return RedirectResponse(path.rstrip("/"), 301)
    return HTMLResponse("The dashboard.")


APP = OnlyPages(
    Starlette(routes=[Route("/{path:path}", answer)]),
    "/atlas",
    ["", "map", "practice"],
    lambda: {translate("Network"): [("", translate("Overview")), ("map", translate("Map"))]},
)


@pytest.mark.parametrize("address", ["", "/", "/map", "/practice?id=kitchen&lang=fr", "/map?embed=true&figure=map"])
def test_an_address_of_a_page_gives_it(address: str):
    assert asked(APP, f"/atlas{address}")[::2] == (200, b"The dashboard.")


@pytest.mark.parametrize("address", ["/nonsense", "/map/deeper", "/Map", "/nonsense?embed=true", "/index.html"])
def test_an_address_of_no_page_is_not_found(address: str):
    status, told, body = asked(APP, f"/atlas{address}")
    assert (status, told["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>There is no such page</h1>" in body.decode()


@pytest.mark.parametrize(("address", "status"), [("/atlas/map/", 301), ("/atlas/a.txt", 200)])
def test_what_is_no_page_of_the_dashboard_passes_as_it_is(address: str, status: int):
    answered, _told, body = asked(APP, address)
    assert (answered, b"no such page" in body) == (status, False)


def test_the_pages_are_offered_wherever_the_address_lies():
    links = re.findall('<a href="([^"]*)">([^<]*)</a>', asked(APP, "/atlas/a/b")[2].decode())
    assert links == [("/atlas/", "Overview"), ("/atlas/map", "Map")]


@pytest.mark.parametrize(
    ("address", "accepted", "link"),
    [("/atlas/a?lang=fr", "en", "/atlas/map?lang=fr"), ("/atlas/a", "fr-CH, fr;q=0.9", "/atlas/map")],
)
def test_it_is_said_in_the_language_of_the_address_else_of_the_browser(address: str, accepted: str, link: str):
    _status, told, body = asked(APP, address, accept_language=accepted)
    assert '<html lang="fr">' in body.decode()
    assert f'<a href="{link}">Carte</a>' in body.decode()
    assert told["vary"] == "Accept-Language"


@pytest.mark.parametrize("address", ["/atlas/<script>", "/atlas/a?lang=%22%3E%3Cscript%3E"])
def test_nothing_of_the_address_stands_in_the_page(address: str):
    assert b"<script" not in asked(APP, address)[2]
