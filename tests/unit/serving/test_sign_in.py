"""Tables are for who has signed in, who comes back to the page they came from and to no other site."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from icc_data.serving.base import Below
from icc_data.serving.sign_in import SigningIn
from tests.helpers.asked import waited


async def streamlit(scope: Any, receive: Any, send: Any) -> None:
    """As Streamlit does below /atlas: after signing in, everybody is sent to the first page."""
    path = Request(scope).url.path
    answer = RedirectResponse("/atlas/", 302) if path == "/atlas/oauth2callback" else Response(path)
    await answer(scope, receive, send)


def ask(app: Any, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The status, headers and content of an answer."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    pairs = [(name.encode(), text.encode()) for name, text in {"host": "example.org", **headers}.items()]
    scope = {"type": "http", "path": path, "headers": pairs, "method": "GET", "query_string": b"", "scheme": "https"}
    waited(app(scope, None, send))
    told = {name.decode(): text.decode() for name, text in sent[0]["headers"]}
    return sent[0]["status"], told, sent[1]["body"]


APP = SigningIn(streamlit, "/atlas", lambda cookies: cookies.get("user") == "signed")


@pytest.mark.parametrize(
    "path", ["data/a.csv", "/data/a.csv", "other-1/a.csv", "data/..", ".tables-1/a.csv", "./data/a.csv", "data/a\n.csv"]
)
def test_files_in_folders_are_for_who_has_signed_in(path: str):
    assert ask(APP, f"/atlas/app/static/{path}")[0] == 403
    assert ask(APP, f"/atlas/app/static/{path}", cookie="user=signed")[0] == 200


@pytest.mark.parametrize("path", ["data/years.csv", "data/openapi.json", "/data//practices.parquet", "data/x\n.csv"])
def test_views_as_data_are_for_who_has_signed_in(path: str):
    status, told, content = ask(APP, f"/atlas/{path}")
    assert (status, told["content-type"]) == (403, "application/json")
    assert b"Sign in" in content
    assert ask(APP, f"/atlas/{path}", cookie="user=signed")[0] == 200


@pytest.mark.parametrize("path", ["data", "data/", "data/_stcore/health"])
def test_the_page_of_the_data_asks_for_itself(path: str):
    assert ask(APP, f"/atlas/{path}")[0] == 200


def test_files_of_the_pages_themselves_are_for_everybody():
    assert ask(APP, "/atlas/app/static/land.geojson")[0] == 200


def came_back(referer: str) -> str:
    """Where somebody is sent who asked to sign in on a page."""
    cookie = ask(APP, "/atlas/auth/login", referer=referer)[1].get("set-cookie", "").split(";")[0]
    return ask(APP, "/atlas/oauth2callback", cookie=cookie)[1]["location"]


def test_who_signs_in_comes_back_to_the_page_with_all_that_stands_in_its_address():
    address = "/atlas/practices?q=caf%C3%A9%3B+%22x%22&country=france"
    assert came_back(f"https://example.org{address}") == address


@pytest.mark.parametrize(
    "referer",
    [
        "https://elsewhere.example/atlas/map",
        "https://example.org/other/map",
        "https://example.org//elsewhere.example",
        "https://example.org/atlas/" + "x" * 4000,
        "",
    ],
)
def test_nobody_is_sent_to_another_site_or_beside_the_atlas(referer: str):
    assert came_back(referer) == "/atlas/"


@pytest.mark.parametrize("kept", ["//elsewhere.example", "https://elsewhere.example", "/atlas/\r\na: b", "/"])
def test_a_cookie_that_somebody_made_up_leads_nowhere_else(kept: str):
    told = ask(APP, "/atlas/oauth2callback", cookie=f"atlas_return={quote(kept, safe='')}")[1]
    assert told["location"] == "/atlas/"


@pytest.mark.parametrize(
    ("asked", "passed"),
    [
        ("/atlas/map", "/atlas/map"),
        ("/atlas", "/atlas"),
        ("/health", "/atlas/health"),
        ("/atlasx", "/atlas/atlasx"),
    ],
)
def test_an_address_may_come_with_the_path_of_the_atlas_or_without(asked: str, passed: str):
    assert ask(Below(streamlit, "/atlas"), asked)[2] == passed.encode()


def test_where_the_atlas_lies_below_no_path_addresses_stay_as_they_are():
    assert ask(Below(streamlit, ""), "/health")[2] == b"/health"
