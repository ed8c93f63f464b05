"""Answers to whoever asks for a view as a table: within limits, told in JSON where they cannot be given."""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

import anyio
import duckdb
import pandas as pd
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from icc_data import queries
from icc_data.errors import AtlasError
from icc_data.files.export import FORMATS, LICENCE, Provenance, export, file_name
from icc_data.files.naming import attachment
from icc_data.files.views import FOLDER, FORMS, VIEWS, Question, UnusableError, View, with_permalinks
from icc_data.i18n import set_language
from icc_data.i18n import translate as _
from icc_data.queries.selection_words import choices
from icc_data.serving.open_data.asked import (
    VERSION,
    Asked,
    Params,
    RefusedError,
    language_of,
    parameters,
    read,
    refusal,
    wrong_value,
)
from icc_data.serving.open_data.databases import Databases, NoSuchVersionError, Opened
from icc_data.serving.open_data.openapi import description

DESCRIPTION = "openapi.json"
# Answers that are worked on at once, and that may wait for it.
AT_ONCE, MOST_WAITING = 2, 20
# Seconds for the questions of one answer.
PATIENCE = 20.0
MOST_PRACTICES = 200_000
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_EXPOSED = (
    "ETag, Content-Disposition, Link, Retry-After, Atlas-Licence, Atlas-Version, Atlas-Date, Atlas-Rows, Atlas-Unused"
)
_OPEN = {"access-control-allow-origin": "*", "access-control-expose-headers": _EXPOSED}
_METHODS = ["GET", "HEAD", "OPTIONS"]
_PREFLIGHT = {
    "access-control-allow-methods": ", ".join(_METHODS),
    "access-control-allow-headers": "If-None-Match",
    "access-control-max-age": "86400",
}
_AGAIN = {"retry-after": "5"}
_TYPES = {"csv": "text/csv; charset=utf-8; header=present"}

_logger = logging.getLogger(__name__)


class OpenData:
    """The addresses of the views.

    Args:
        databases: what is asked.
        base: the path below which the atlas lies, as ``/atlas``, or nothing.
        public: the address of the atlas as people know it; empty for that of the request.
        code: changes with the code, and with it every answer's mark.
        everybody: whether the tables are for everybody, or for who has signed in.
    """

    def __init__(self, databases: Databases, base: str, public: str, code: str, *, everybody: bool) -> None:
        self._databases, self._base, self._public, self._code = databases, base, public, code
        self._headers = dict(_OPEN) if everybody else {}
        self._cached = "public, no-cache" if everybody else "private, no-cache"
        self._places: anyio.CapacityLimiter | None = None
        self._waiting = 0

    def routes(self) -> list[BaseRoute]:
        """The routes; none of them is that of the page ``/data``, nor of what its front end asks for below it."""
        folder = f"{self._base}/{FOLDER}"
        described = self._route(f"{folder}{DESCRIPTION}", self._described)
        tables = [self._route(f"{folder}{name}.{{form}}", self._table) for name in VIEWS]
        others = [self._route(f"{folder}{{name}}.{form}", self._no_table) for form in FORMS]
        without_form = [self._route(f"{folder}{name}", self._no_table) for name in VIEWS]
        return [described, *tables, *others, *without_form]

    def _route(self, path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
        """A route that also answers methods other than it serves, which would be refused in plain text elsewhere."""

        async def answered(request: Request) -> Response:
            if request.method == "OPTIONS":
                return self._preflight()
            if request.method not in _METHODS:
                told = {"message": "These addresses are only read.", "possible": _METHODS}
                return self._refusal(RefusedError(405, told, headers={"allow": ", ".join(_METHODS)}))
            return await answer(request)

        route = Route(path, answered)
        route.methods = None
        return route

    async def _described(self, request: Request) -> Response:
        return JSONResponse(description(self._root(request)), headers={**self._headers, "cache-control": self._cached})

    async def _no_table(self, request: Request) -> Response:
        asked = request.url.path.rpartition("/")[2]
        names = [f"{name}.{form}" for name in ([asked] if asked in VIEWS else VIEWS) for form in FORMS]
        return self._refusal(RefusedError(404, {"message": "There is no such table here.", "possible": names}))

    async def _table(self, request: Request) -> Response:
        try:
            if self._waiting >= AT_ONCE + MOST_WAITING:
                raise RefusedError(503, {"message": "Too many ask at once: try again later."}, headers=_AGAIN)
            self._places = self._places or anyio.CapacityLimiter(AT_ONCE)
            self._waiting += 1
            try:
                return await run_sync(partial(self._answer, request), limiter=self._places)
            finally:
                self._waiting -= 1
        except RefusedError as refused:
            return self._refusal(refused)
        except AtlasError as error:
            return self._refusal(RefusedError(503, {"message": error.title}, headers=_AGAIN))
        except Exception:
            _logger.exception("No answer to a question for a table.")
            return self._refusal(RefusedError(500, {"message": "Something went wrong; the log of the server has it."}))

    def _preflight(self) -> Response:
        return Response(status_code=204, headers={**self._headers, **_PREFLIGHT})

    def _refusal(self, refused: RefusedError) -> Response:
        headers = {**self._headers, **refused.headers, "cache-control": "no-store"}
        return JSONResponse({"errors": refused.problems}, refused.status, headers)

    def _root(self, request: Request) -> str:
        return self._public or f"{request.url.scheme}://{request.url.netloc}{self._base}/"

    def _answer(self, request: Request) -> Response:
        view, form = _named(request, self._base)
        params = parameters(request.url.query)
        # Where it is none, that is said in English.
        set_language("en")
        spoken = language_of(params)
        set_language(spoken)
        opened = self._opened(params)
        asked = read(view, params, opened.options())
        root = self._root(request)
        mark = self._mark(opened, view, form, asked, spoken, root)
        headers = {**self._headers, **_about(opened, root, asked), "etag": mark, "cache-control": self._cached}
        if _holds(request.headers.get("if-none-match", ""), mark):
            # What has a body gets it from where texts are compressed; a cache asks both for it (RFC 9110, 15.4.5).
            return Response(status_code=304, headers={**headers, "vary": "Accept-Encoding"})
        rows = self._rows(opened, view, asked, root)
        facts = Provenance(
            title=view.title(asked.chosen),
            selection=[label for label, _without in choices(asked.selection, opened.options())],
            address=f"{root}{FOLDER}{view.name}.{form}" + (f"?{request.url.query}" if request.url.query else ""),
            as_of=opened.as_of,
            version=opened.facts["version"],
        )
        named = replace(facts, selection=[*facts.selection, *_told_beside(view, asked)])
        headers["content-disposition"] = attachment(file_name(facts.title, named, form))
        headers["atlas-rows"] = str(len(rows))
        return Response(export(rows, form, facts), 200, headers, _TYPES.get(form, FORMATS[form].mime))

    def _opened(self, params: Params) -> Opened:
        version = params.get(VERSION, [""])[-1]
        try:
            return self._databases.asked(version)
        except NoSuchVersionError as error:
            raise RefusedError(404, wrong_value(VERSION, version, map(str, error.args))) from None

    def _rows(self, opened: Opened, view: View, asked: Asked, root: str) -> pd.DataFrame:
        options = opened.options()
        with _within_time(opened) as cursor:
            practices = queries.practice_count(cursor, asked.selection)
            if practices > MOST_PRACTICES:
                words = _("These are {count} practices, more than the {most} of one answer: choose fewer.")
                raise RefusedError(403, {"message": words.format(count=practices, most=MOST_PRACTICES)})
            versions = partial(self._databases.compared, looked_at=opened.snapshot)
            question = Question(cursor, asked.selection, asked.chosen, asked.params, options, versions)
            try:
                rows = view.rows(question)
            except UnusableError as error:
                raise refusal(error, options) from None
        if not view.permalinks:
            return rows
        return with_permalinks(rows, root, opened.snapshot, unit=asked.chosen.get("unit", ""))

    def _mark(self, opened: Opened, view: View, form: str, asked: Asked, spoken: str, root: str) -> str:
        """The mark of an answer by RFC 9110, 8.8.3: a weak one, as a file also tells the day and may be compressed."""
        parts = (
            self._code,
            opened.facts["fingerprint"],
            opened.snapshot,
            *(view.name, form, spoken, root),
            sorted(asked.selection.to_params().items()),
            sorted(asked.chosen.items()),
            sorted(asked.params.items()),
            self._databases.versions_mark() if view.of_versions else (),
        )
        return f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _named(request: Request, base: str) -> tuple[View, str]:
    """The view and the form that the path of a request names."""
    view = VIEWS[request.url.path.removeprefix(f"{base}/{FOLDER}").partition(".")[0]]
    form = request.path_params["form"]
    if form not in FORMS:
        names = [f"{view.name}.{one}" for one in FORMS]
        raise RefusedError(404, {"message": "There is no such form of this table.", "possible": names})
    return view, form


def _told_beside(view: View, asked: Asked) -> list[str]:
    """What was chosen beside the filters, for the name of a file: the title says little of it."""
    chosen = {name: [value] for name, value in asked.chosen.items() if value != view.defaults[name]}
    return [f"{name}: {', '.join(values)}" for name, values in sorted({**chosen, **asked.params}.items())]


def _about(opened: Opened, root: str, asked: Asked) -> dict[str, str]:
    """What the headers say of the data."""
    links = ((_CC_BY, "license"), (f"{root}{FOLDER}{DESCRIPTION}", "service-desc"))
    unused = {"atlas-unused": ", ".join(asked.passed_over)} if asked.passed_over else {}
    return {
        "link": ", ".join(f'<{address}>; rel="{kind}"' for address, kind in links),
        "atlas-licence": LICENCE,
        "atlas-version": opened.facts["version"],
        "atlas-date": opened.facts["as_of_date"],
        **unused,
    }


def _holds(header: str, mark: str) -> bool:
    """Whether somebody who has these marks already has the answer (RFC 9110, 13.1.2)."""
    held = [part.strip() for part in header.split(",")]
    return "*" in held or mark.removeprefix("W/") in [one.removeprefix("W/") for one in held]


@contextmanager
def _within_time(opened: Opened) -> Iterator[Any]:
    """A cursor whose questions end after a while."""
    cursor = opened.connection.cursor()
    alarm = threading.Timer(PATIENCE, cursor.interrupt)
    alarm.daemon = True
    alarm.start()
    try:
        yield cursor
    except duckdb.InterruptException:
        words = _("This takes longer than {count} seconds: choose fewer practices.")
        raise RefusedError(503, {"message": words.format(count=round(PATIENCE))}, headers=_AGAIN) from None
    finally:
        alarm.cancel()
        cursor.close()
