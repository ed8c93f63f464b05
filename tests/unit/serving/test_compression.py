"""Texts travel compressed; scripts that never change are compressed once for everybody."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import brotli
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from icc_data.serving.compression import Compressed, takes
from tests.helpers.asked import waited
from tests.helpers.serving import ask, serving

TEXT = "const atlas = 1;\n" * 500
FRONT_END = "/atlas/static/js/index.DormvYxC.js"
BASE_MAP = "/atlas/app/static/land.geojson"
BROTLI = {"Accept-Encoding": "gzip, br"}


class Counting:
    """An application that gives the same text at every address, and counts how often it was asked."""

    def __init__(self, **answer: object) -> None:
        self.asked = 0
        self.answer = {"content": TEXT, **answer}
        self.app = Compressed(Starlette(routes=[Route("/{path:path}", self.give)]))

    async def give(self, request: Request) -> Response:
        self.asked += 1
        if "if-none-match" in request.headers:
            return Response(status_code=304)
        return PlainTextResponse(**self.answer)  # type: ignore[arg-type]


def test_a_text_travels_compressed():
    _, headers, content = ask(Counting().app, "/a.js")
    assert headers["Content-Encoding"] == "gzip"
    assert len(content) * 10 < len(TEXT)
    assert gzip.decompress(content).decode() == TEXT


def test_what_is_no_text_or_asked_for_in_parts_travels_as_it_is():
    assert ask(Counting().app, "/a.parquet")[2].decode() == TEXT
    assert ask(Counting().app, FRONT_END, Range="bytes=0-9")[1]["Content-Encoding"] is None


def test_a_script_whose_name_changes_with_it_is_compressed_closely_and_once_for_everybody():
    counting = Counting()
    answers = [ask(counting.app, FRONT_END, **{"Accept-Encoding": "gzip, deflate, br, zstd"}) for _ in range(3)]
    for status, headers, content in answers:
        assert (status, headers["Content-Encoding"], headers["Vary"]) == (200, "br", "Accept-Encoding")
        assert int(headers["Content-Length"] or 0) == len(content)
        assert brotli.decompress(content).decode() == TEXT
    assert counting.asked == 1


@pytest.mark.parametrize(
    "path", ["/static/js/index.js", "/app/static/data/rows.DormvYxC.csv", "/static/js/a.DormvYxC.json"]
)
def test_what_may_change_under_its_name_is_asked_for_each_time(path: str):
    counting = Counting()
    for _ in range(2):
        assert gzip.decompress(ask(counting.app, path, **{"Accept-Encoding": "gzip, br"})[2]).decode() == TEXT
    assert counting.asked == 2


@pytest.fixture
def base_map() -> Iterator[Callable[..., tuple[int, http.client.HTTPMessage, bytes]]]:
    """A server of a base map that has been asked for until it was compressed closely; asks it again."""
    with serving(Counting(headers={"ETag": '"a-mark"'}).app) as port:

        def get(**headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", BASE_MAP, headers=BROTLI | headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

        first = get()
        assert (first[1]["Content-Encoding"], gzip.decompress(first[2]).decode()) == ("gzip", TEXT)
        until = time.monotonic() + 20
        while get()[1]["Content-Encoding"] != "br":
            assert time.monotonic() < until
        yield get


def test_the_base_map_is_compressed_closely_behind_whoever_asks_first_and_kept_for_an_hour(base_map: Any):
    status, headers, content = base_map()
    assert (status, headers["Cache-Control"], headers["Vary"]) == (200, "max-age=3600", "Accept-Encoding")
    assert brotli.decompress(content).decode() == TEXT


def test_a_browser_that_has_the_base_map_is_told_that_it_has_not_changed(base_map: Any):
    mark = base_map()[1]["ETag"]
    status, headers, content = base_map(**{"If-None-Match": mark})
    assert (status, headers["ETag"], headers["Cache-Control"], content) == (304, mark, "max-age=3600", b"")
    assert base_map(**{"If-None-Match": '"another"'})[0] == 200


def test_letters_are_kept_as_they_are_as_a_font_is_compressed_within():
    font = random.Random(0).randbytes(3000)
    with serving(Counting(content=font, headers={"ETag": '"a-mark"'}).app) as port:

        def get() -> tuple[http.client.HTTPMessage, bytes]:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/atlas/app/static/heading.woff2", headers=BROTLI)
            answer = connection.getresponse()
            return answer.headers, answer.read()

        until = time.monotonic() + 20
        while get()[0]["Cache-Control"] is None:
            assert time.monotonic() < until
        headers, content = get()
    assert (headers["Content-Encoding"], headers["Cache-Control"], content) == (None, "max-age=3600", font)


def test_an_answer_that_listens_for_its_reader_to_leave_ends_all_the_same():
    # As the answer of a file does, while it is sent: it would listen for ever, and keep the server from all else.
    heard: list[str] = []

    async def listening(scope: Scope, receive: Receive, send: Send) -> None:
        if not scope["headers"]:
            for _ in range(2):
                with suppress(TimeoutError):
                    heard.append((await asyncio.wait_for(receive(), 0.1))["type"])
            heard.append("sent")
        await PlainTextResponse(TEXT)(scope, receive, send)

    with serving(Compressed(listening)) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", BASE_MAP, headers=BROTLI)
        connection.getresponse().read()
        until = time.monotonic() + 20
        while "sent" not in heard:
            assert time.monotonic() < until
            time.sleep(0.01)
    assert heard == ["http.request", "sent"]


def test_a_base_map_that_is_not_there_is_not_kept():
    with serving(Counting(status_code=404).app) as port:
        for _ in range(3):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", BASE_MAP, headers=BROTLI)
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Content-Encoding"], answer.headers["Cache-Control"]) == (
                404,
                "gzip",
                None,
            )
            answer.read()


def test_whoever_reads_no_brotli_gets_gzip():
    assert ask(Counting().app, FRONT_END, **{"Accept-Encoding": "gzip"})[1]["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("accepted", "coding", "taken"),
    [
        ("gzip, br", "br", True),
        ("br;q=0, gzip", "br", False),
        ("gzip;q=0.000", "gzip", False),
        ("gzip; q=0.5", "gzip", True),
        ("GZIP", "gzip", True),
        ("brotli", "br", False),
        ("", "gzip", False),
    ],
)
def test_a_coding_that_is_named_with_no_weight_at_all_is_refused(accepted: str, coding: str, taken: bool):
    assert takes(accepted, coding) is taken


def test_whoever_refuses_gzip_by_name_gets_the_text_as_it_is():
    _, headers, content = ask(Counting().app, "/a.csv", **{"Accept-Encoding": "gzip;q=0, identity"})
    assert (headers["Content-Encoding"], headers["Vary"]) == (None, "Accept-Encoding")
    assert content.decode() == TEXT


def test_whoever_has_it_already_is_told_so():
    status, headers, content = ask(Counting().app, FRONT_END, **{"Accept-Encoding": "br", "If-None-Match": "x"})
    assert (status, headers["Content-Encoding"], content) == (304, None, b"")


@pytest.mark.parametrize("answer", [{"status_code": 404}, {"headers": {"Set-Cookie": "a=1"}}, {"content": "short"}])
def test_what_was_not_found_is_meant_for_one_or_is_short_is_not_kept(answer: dict[str, object]):
    counting = Counting(**answer)
    for _ in range(2):
        assert ask(counting.app, FRONT_END, **{"Accept-Encoding": "br"})[1]["Content-Encoding"] is None
    assert counting.asked == 2


def test_an_answer_that_broke_off_is_not_kept():
    asked: list[str] = []

    async def broken(scope: Any, _receive: Any, send: Any) -> None:
        asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": TEXT.encode(), "more_body": len(asked) == 1})

    async def go(app: Any) -> list[Any]:
        sent: list[Any] = []
        scope = {"type": "http", "method": "GET", "path": FRONT_END, "headers": [(b"accept-encoding", b"br")]}

        async def send(message: Any) -> None:
            sent.append(message)

        await app(scope, None, send)
        return sent

    app = Compressed(broken)
    for _ in range(3):
        waited(go(app))
    # The first broke off, the second was kept.
    assert len(asked) == 2
