"""Every answer carries the headers, closed addresses are closed, and texts travel compressed."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from icc_data.serving.headers import Guarded, inline_scripts, policy
from tests.helpers.serving import ask

TEXT = "const atlas = 1;\n" * 500


async def script(request: Request) -> PlainTextResponse:
    answer = PlainTextResponse(TEXT)
    answer.set_cookie("one", "1")
    answer.set_cookie("two", "2", secure=True)
    return answer


APP = Starlette(routes=[Route(path, script) for path in ("/a.js", "/a.parquet", "/atlas/_stcore/metrics")])


def test_every_answer_carries_the_headers():
    for path in ("/a.js", "/missing"):
        headers = ask(Guarded(APP, "default-src 'none'"), path)[1]
        assert headers["Content-Security-Policy"] == "default-src 'none'"
        assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_the_policy_names_the_scripts_within_the_page_and_who_may_embed_it():
    # printf 'x' | openssl dgst -sha256 -binary | base64
    scripts = inline_scripts("<script src='y'></script><script>x</script>")
    assert scripts == ["'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='"]
    said = policy(scripts, "https://www.example.org")
    assert "frame-ancestors https://www.example.org" in said
    assert "'unsafe-eval'" not in said
    assert f"script-src 'self' 'wasm-unsafe-eval' {scripts[0]};" in said


@pytest.mark.parametrize(("secure", "marks"), [(True, [True, True]), (False, [False, True])])
def test_cookies_keep_to_tls_where_people_come_by_it(secure: bool, marks: list[bool]):
    headers = ask(Guarded(APP, "x", secure=secure), "/a.js")[1]
    assert ["Secure" in cookie for cookie in headers.get_all("Set-Cookie")] == marks
    assert all(cookie.count("ecure") < 2 for cookie in headers.get_all("Set-Cookie"))
    assert ("Strict-Transport-Security" in headers) is secure


@pytest.mark.parametrize(("is_open", "status"), [(False, 404), (True, 200)])
def test_figures_on_the_server_are_closed_unless_opened(is_open: bool, status: int):
    assert ask(Guarded(APP, "x", metrics=is_open), "/atlas/_stcore/metrics")[0] == status


async def said_by_two(request: Request) -> PlainTextResponse:
    answer = PlainTextResponse(TEXT, headers={"vary": "Accept-Encoding, Accept-Language"})
    answer.headers.append("vary", "accept-encoding")
    return answer


def test_what_an_answer_varies_by_is_said_once():
    app = Guarded(Starlette(routes=[Route("/a.csv", said_by_two)]), "x")
    headers = ask(app, "/a.csv")[1]
    assert [part.lower() for part in headers.get_all("Vary")] == ["accept-encoding, accept-language"]
