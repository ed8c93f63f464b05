"""The addresses at which the atlas says how it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse

from icc_data.errors import AtlasError
from icc_data.paths import CURRENT, LAKE, in_copy
from icc_data.store.replica import trouble
from icc_data.store.status import STALE, Status, status
from icc_data.store.upkeep import keep_current

UPDATED = "The atlas was updated: it has to be started anew."
# Seconds for which an answer holds, and until a failed rebuild is tried again.
HOLDS, TRY_AGAIN = 5.0, 60.0
_WELL = 200
_UNWELL = 503


class Health:
    """How the atlas is, looked at no more often than every few seconds however many ask.

    Data that has changed is built anew on the way, so that whoever comes next need not wait for it.

    Args:
        directory: the CSV files.
        database: the DuckDB file.
        published: where the whole tables are found.
        code_changed: whether the code on the disk is no longer the code that runs.
    """

    def __init__(self, directory: Path, database: Path, published: Path, code_changed: Callable[[], bool]) -> None:
        self._places = directory, database, published
        self._code_changed = code_changed
        self._looking = threading.Lock()
        self._last: Status | None = None
        self._until = self._no_build_until = 0.0

    def health(self, request: Request) -> JSONResponse:
        """200 where all is as it should be; 503 with the reasons where it is not: for whoever has to be told."""
        state = self.look()
        return JSONResponse(state.as_dict(), _WELL if state.is_well else _UNWELL, {"cache-control": "no-store"})

    def ready(self, request: Request) -> JSONResponse:
        """200 where pages can be shown, be it of an older database; else 503: for what sends visitors to servers."""
        state = self.look()
        return JSONResponse(state.as_dict(), _WELL if state.serves else _UNWELL, {"cache-control": "no-store"})

    def look(self) -> Status:
        """How the atlas is now, or was a moment ago; while one asker looks, the others get the last answer."""
        if not self._looking.acquire(blocking=self._last is None):
            return self._last or self.look()
        try:
            if self._last is None or time.monotonic() >= self._until:
                self._last = self._now()
                self._until = time.monotonic() + HOLDS
            return self._last
        finally:
            self._looking.release()

    def _now(self) -> Status:
        copy = CURRENT.resolve()
        places = [in_copy(place, copy) for place in self._places]
        if self._code_changed():
            return replace(status(*places), serves=False, reasons=(UPDATED,))
        state = status(*places)
        if not state.is_well and time.monotonic() >= self._no_build_until:
            state = self._build(places)
        in_the_way = trouble()
        return replace(state, reasons=(*state.reasons, in_the_way)) if in_the_way else state

    def _build(self, places: list[Path]) -> Status:
        if LAKE and not places[0].exists():
            # Whoever follows the lake makes the first copy.
            return status(*places)
        try:
            reason = keep_current(*places)
        except AtlasError as error:
            reason = error.advice or error.title
        state = status(*places)
        if not state.is_well:
            self._no_build_until = time.monotonic() + TRY_AGAIN
        if reason and STALE in state.reasons:
            return replace(state, reasons=(*state.reasons, reason))
        return state
