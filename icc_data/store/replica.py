"""A copy of the newest version of a lake on this machine: looked for by the way, and taken over in one step.

Each version has a folder of its own with its data files, the database that is built from them with all that speed needs
(the index of the search, the codes beside each practice), and the served tables. A link leads to the newest; it moves
when all of that is there, so that nobody sees half a version or two. Where the lake cannot be reached, or holds what
cannot be used, the last good copy goes on being shown, with a reason.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.incoming.data_folder import COPY
from icc_data.output import write_file
from icc_data.paths import COPIES, LAKE
from icc_data.regular import file_bytes
from icc_data.settings import without_password
from icc_data.store.lake_connection import UNREACHABLE, LakeError
from icc_data.store.lake_process import LakeProcess, LakeReader, as_told
from icc_data.store.linked_folder import LINK
from icc_data.store.upkeep import reason_of

# Seconds between two looks at the lake: a version is taken over within half a minute, its building included.
EVERY = 5.0
# So many looks in a row that reach nothing are told: a catalogue may be started anew.
_PATIENT = 2
# Seconds until a version is tried again that could not be taken over.
TRY_AGAIN = 60.0
# Seconds that somebody may go on with a version that is the newest no more.
_KEPT = 3600
# Seconds that one process waits for another one that takes over the same version.
_PATIENCE = 120.0
_VERSION = "version-"
HISTORY = "history.json"
"""Which versions of the lake there were when a copy was made, beside its data."""
_TROUBLE = "trouble.txt"

_logger = logging.getLogger(__name__)


class Replica:
    """The copies of one lake on this machine, which all of its processes share: one of them looks, for all.

    Args:
        lake: the lake.
        copies: the folder of the copies; is made.
    """

    def __init__(self, lake: LakeReader, copies: Path) -> None:
        self.lake, self._address, self._copies = lake, without_password(lake.address), copies
        self._current = copies / "current"
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()
        self._failures = 0
        self._no_sooner = 0.0

    @property
    def trouble(self) -> str:
        """Why what is shown may not be the newest, for a visitor; empty where it is."""
        try:
            return (self._copies / _TROUBLE).read_text(encoding="utf-8")
        except OSError:
            return ""

    def held(self) -> dict[str, Any] | None:
        """What the newest copy says of its version; None where there is no copy."""
        try:
            said: dict[str, Any] = json.loads(file_bytes(self._current / COPY))
        except (OSError, ValueError):
            return None
        return said

    def take_newest(self) -> bool:
        """Take over the newest version of the lake, where it is not the one that is held.

        Returns:
            Whether there was a newer one.

        Raises:
            AtlasError: it cannot be reached, read or built; the last copy stays.
        """
        newest = as_told(self.lake.newest())
        if self.held() == newest:
            if not (self._current / HISTORY).exists():
                self._list_versions(self._current, newest["number"])
            return False
        try:
            self._copies.mkdir(parents=True, exist_ok=True)
            with FileLock(self._copies / ".lock", timeout=_PATIENCE):
                # Another process of this machine may have been faster.
                if self.held() == newest:
                    return False
                self._put(newest["number"])
        except Timeout:
            raise AtlasError(_("Another process is taking over the same version, for long now.")) from None
        except OSError as error:
            raise AtlasError(
                _("{file} cannot be written: {reason}.").format(file=self._copies, reason=error.strerror),
                _("Check the rights and the space on the disk."),
            ) from error
        _logger.info("Took over version %d of %s.", newest["number"], self._address)
        return True

    def _put(self, number: int) -> None:
        fresh = Path(tempfile.mkdtemp(prefix=f"{_VERSION}{number}-", dir=self._copies))
        try:
            # Another program, such as a web server, may read the tables under another name.
            fresh.chmod(0o755)
            publication = self.lake.take_over(fresh)
            self._list_versions(fresh, publication.number)
            (fresh / COPY).write_text(json.dumps(as_told(publication), indent=2) + "\n", encoding="utf-8")
            (fresh / LINK).symlink_to(fresh.name)
            (fresh / LINK).replace(self._current)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        self._sweep(fresh)

    def _list_versions(self, copy: Path, number: int) -> None:
        # Another one may have been published since the copy began.
        versions = [as_told(one) for one in self.lake.history() if one.number <= number]
        write_file(copy / HISTORY, json.dumps(versions).encode())

    def _sweep(self, newest_copy: Path) -> None:
        """Remove the copies that nobody looks at any more, and what was left of those that were never whole."""
        for folder in self._copies.glob(f"{_VERSION}*"):
            if folder != newest_copy and folder.stat().st_mtime < time.time() - _KEPT:
                shutil.rmtree(folder, ignore_errors=True)

    def make_ready(self) -> None:
        """See that there is a copy to be shown, be it an older one.

        Raises:
            AtlasError: there is none, and none can be made; in words that name no place on the server.
        """
        if self.held() is not None:
            return
        try:
            self.take_newest()
        except AtlasError as error:
            raise AtlasError(_("There is no data to show yet."), _(self._reason(error))) from None

    def follow(self) -> None:
        """Take over each version soon after it was published, for as long as this process lives."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="replica", daemon=True)
                self._thread.start()

    def end(self) -> None:
        """Follow no longer."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._ended.is_set():
            with suppress(OSError, Timeout):
                self._copies.mkdir(parents=True, exist_ok=True)
                # The others wait for the one that looks to end.
                with FileLock(self._copies / ".looking", timeout=0):
                    while not self._ended.is_set():
                        self.look()
                        self._ended.wait(EVERY)
            self._ended.wait(EVERY)

    def look(self) -> None:
        """Take over what is new, and note whether something is in the way; nothing is raised."""
        if time.monotonic() < self._no_sooner:
            return
        try:
            self.take_newest()
        except Exception as error:  # noqa: BLE001
            self._note(error)
            return
        self._failures = 0
        if self.trouble:
            (self._copies / _TROUBLE).unlink(missing_ok=True)
            _logger.info("%s can be used again.", self._address)

    def _note(self, error: Exception) -> None:
        self._failures += 1
        reason = self._reason(error)
        out_of_reach = reason == UNREACHABLE
        if not out_of_reach:
            self._no_sooner = time.monotonic() + TRY_AGAIN
        if reason == self.trouble or (out_of_reach and self._failures < _PATIENT):
            return
        with suppress(OSError):
            write_file(self._copies / _TROUBLE, reason.encode())
        unforeseen = None if isinstance(error, AtlasError) else error
        _logger.warning("The last version goes on being shown. %s", error, exc_info=unforeseen)

    def _reason(self, error: Exception) -> str:
        return error.reason if isinstance(error, LakeError) else reason_of(error, self._current / "data")


@cache
def replica() -> Replica | None:
    """The copies of the lake that the settings name; None where they name none."""
    return Replica(LakeProcess(LAKE), COPIES) if LAKE else None


def trouble() -> str:
    """Why what is shown may not be the newest version of the lake, for a visitor; empty without a lake."""
    ours = replica()
    return ours.trouble if ours else ""
