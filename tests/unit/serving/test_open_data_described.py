"""The description of the tables tells of every status and every header that an address of theirs can answer with."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette

from icc_data.serving.open_data import answers
from icc_data.serving.open_data.openapi import description
from tests.helpers.asked import asked
from tests.unit.conftest import DataFolder
from tests.unit.serving.test_open_data import app_of, open_data

Answer = tuple[int, dict[str, str], bytes]
TABLE = "/atlas/data/practices.csv"
# What every answer of a server has, and what the standards of the web define for all.
OF_ALL = {"content-type", "content-length", "cache-control", "vary"}
DESCRIBED = description("https://example.org/")


@pytest.fixture
def app(data_folder: DataFolder) -> Starlette:
    return app_of(open_data(data_folder))


def rows(app: Starlette, patched: pytest.MonkeyPatch) -> Answer:
    return asked(app, f"{TABLE}?view=table")


def rows_held(app: Starlette, patched: pytest.MonkeyPatch) -> Answer:
    return asked(app, f"{TABLE}?view=table", if_none_match="*")


def no_such_value(app: Starlette, patched: pytest.MonkeyPatch) -> Answer:
    return asked(app, f"{TABLE}?country=atlantis")


def too_many_practices(app: Starlette, patched: pytest.MonkeyPatch) -> Answer:
    patched.setattr(answers, "MOST_PRACTICES", 0)
    return asked(app, TABLE)


def no_such_version(app: Starlette, patched: pytest.MonkeyPatch) -> Answer:
    return asked(app, f"{TABLE}?version=1999-01-01")


def another_method(app: Starlette, patched: pytest.MonkeyPatch) -> Answer:
    return asked(app, TABLE, "DELETE")


def too_long(app: Starlette, patched: pytest.MonkeyPatch) -> Answer:
    return asked(app, f"{TABLE}?q={'a' * 8001}")


def a_fault(app: Starlette, patched: pytest.MonkeyPatch) -> Answer:
    patched.setattr(answers, "export", lambda *_facts: 1 / 0)
    return asked(app, TABLE)


def too_many_at_once(app: Starlette, patched: pytest.MonkeyPatch) -> Answer:
    patched.setattr(answers, "AT_ONCE", 0)
    patched.setattr(answers, "MOST_WAITING", 0)
    return asked(app, TABLE)


CASES: dict[str, Callable[[Starlette, pytest.MonkeyPatch], Answer]] = {
    "200": rows,
    "304": rows_held,
    "400": no_such_value,
    "403": too_many_practices,
    "404": no_such_version,
    "405": another_method,
    "414": too_long,
    "500": a_fault,
    "503": too_many_at_once,
}


def responses() -> dict[str, dict[str, Any]]:
    told = DESCRIBED["paths"]["/data/practices.csv"]["get"]["responses"]
    shared = DESCRIBED["components"]["responses"]
    return {status: shared.get(answer.get("$ref", "").rpartition("/")[2], answer) for status, answer in told.items()}


def test_each_status_that_is_described_is_one_that_is_answered():
    assert set(responses()) == set(CASES)


@pytest.mark.parametrize("status", CASES)
def test_a_status_comes_with_the_headers_that_are_described(
    app: Starlette, status: str, monkeypatch: pytest.MonkeyPatch
):
    answered, told, _body = CASES[status](app, monkeypatch)
    assert str(answered) == status
    described = {name.lower() for name in responses()[status]["headers"]}
    sent = {name for name in told if name not in OF_ALL and not name.startswith("access-control-")}
    assert sent == described


def test_a_cache_hears_that_answers_differ_by_coding_where_nothing_changed_as_well(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
):
    assert rows_held(app, monkeypatch)[1]["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("status", [status for status in CASES if status >= "400"])
def test_an_error_is_told_as_it_is_described(app: Starlette, status: str, monkeypatch: pytest.MonkeyPatch):
    _status, told, body = CASES[status](app, monkeypatch)
    assert [told["content-type"]] == list(responses()[status]["content"])
    assert set(json.loads(body)) == set(DESCRIBED["components"]["schemas"]["Errors"]["properties"])


def test_pages_of_other_sites_may_read_every_header_that_is_described(app: Starlette):
    exposed = asked(app, TABLE)[1]["access-control-expose-headers"].split(", ")
    assert set(DESCRIBED["components"]["headers"]) - {"Allow"} == set(exposed)
