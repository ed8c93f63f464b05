"""The page around the dashboard says which language it is in."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from icc_data.i18n import preferred
from icc_data.serving.spoken import SCRIPT, Spoken, script
from tests.helpers.asked import asked
from tests.helpers.serving import ask

PAGE = '<!DOCTYPE html>\n<html lang="en">\n<head><title>é</title></head><body></body></html>'


async def page(request: Request) -> Response:
    headers = {"etag": "1", "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT", "accept-ranges": "bytes"}
    if "range" in request.headers:
        return HTMLResponse(PAGE[:4], 206, headers)
    if request.method == "HEAD":
        # As an answer from a file, which reads none of it.
        return Response(headers=headers | {"content-length": str(len(PAGE.encode()))}, media_type="text/html")
    return HTMLResponse(PAGE, headers=headers)


async def text(request: Request) -> Response:
    return PlainTextResponse(PAGE)


ROUTES = [Route("/city", page), Route("/text", text), Route(f"/{SCRIPT}", script)]
# As Streamlit does, which compresses its page for whoever takes it so.
APP = Spoken(GZipMiddleware(Starlette(routes=ROUTES), minimum_size=1), preferred)


@pytest.mark.parametrize(
    ("query", "browser", "language"),
    [
        ("", "", "en"),
        ("", "fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("?city=bergen&lang=fr", "en", "fr"),
        ("?lang=en", "fr", "en"),
        ("?lang=tlh", "fr", "fr"),
        ("?lang=%22%3E%3Cscript%3E", "de", "en"),
    ],
)
def test_a_page_is_in_the_language_of_the_address_else_of_the_browser(query: str, browser: str, language: str):
    status, headers, body = ask(APP, f"/city{query}", **{"Accept-Language": browser})
    assert status == 200
    assert f'<html lang="{language}">' in body.decode()
    assert int(headers["content-length"]) == len(body)


def test_a_page_loads_the_script_that_follows_a_language_chosen_later():
    assert f'<script defer src="./{SCRIPT}"></script>' in ask(APP, "/city")[2].decode()
    _status, headers, body = ask(APP, f"/{SCRIPT}", **{"Accept-Encoding": "identity"})
    assert headers["content-type"].startswith("text/javascript")
    assert b"documentElement.lang" in body


def test_a_page_kept_by_the_browser_is_not_taken_for_one_in_another_language():
    headers = ask(APP, "/city")[1]
    assert headers["etag"] is None
    assert headers["last-modified"] is None
    assert "Accept-Language" in headers["vary"]


def test_what_is_no_page_stays_as_it_is():
    assert ask(APP, "/text", **{"Accept-Language": "fr"})[2].decode() == PAGE


def test_a_page_is_given_whole_to_who_asks_for_a_part_of_it():
    status, headers, body = ask(APP, "/city", Range="bytes=0-3")
    assert (status, headers["accept-ranges"]) == (200, None)
    assert body.decode().startswith("<!DOCTYPE html>")


def test_who_asks_for_no_text_is_not_told_the_length_of_another():
    status, headers, _body = asked(APP, "/city", "HEAD")
    assert (status, "content-length" in headers) == (200, False)
