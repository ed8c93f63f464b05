"""Earlier versions of the lake as snapshots: each is read from there when somebody looks at it, and kept for a while.

Which there are stands in the copy of the newest version, so that they are listed without asking the lake. One that was
read stays as a folder like any snapshot's, and can be looked at again where the lake is out of reach.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from icc_data.errors import AtlasError
from icc_data.i18n import day
from icc_data.i18n import translate as _
from icc_data.paths import COPIES
from icc_data.regular import file_bytes
from icc_data.store.lake import Publication
from icc_data.store.lake_connection import LakeError
from icc_data.store.lake_process import LakeReader, from_told, snapshot_of
from icc_data.store.replica import HISTORY, replica
from icc_data.store.snapshot_tables import tables_of_snapshot
from icc_data.store.snapshots import Snapshot, read_snapshot, snapshot_folders, snapshots
from icc_data.store.versions import Texts

MOST_KEPT, MOST_BYTES = 20, 500 * 1024**2
"""How many earlier versions stay read, and how large they may be together; what was used longest ago goes first."""
TRY_AGAIN = 60.0
"""Seconds until a version is asked for again that the lake did not give: nobody waits twice for a lake that is gone."""
_UNFINISHED = ".unfinished-"


class EarlierVersions:
    """The versions of one lake that are the newest no more.

    Args:
        lake: the lake.
        room: the folder of those that were read; is made.
    """

    def __init__(self, lake: LakeReader, room: Path) -> None:
        self._lake, self.room = lake, room
        self._reading = threading.Lock()
        # Of each that could not be read, when it is asked for again, and why not.
        self._failed: dict[str, tuple[float, str]] = {}

    def listed(self, copy: Path) -> list[Snapshot]:
        """Those from before a copy was made, the oldest first; of versions with the same data the last one.

        Args:
            copy: the folder of the copy.
        """
        publications = _published(copy)
        by_id = {one.id: one for one in (snapshot_of(told, Path()) for told in publications)}
        if publications:
            newest = snapshot_of(publications[-1], Path())
            by_id = {name: one for name, one in by_id.items() if one.version != newest.version}
        return [self._with_rows(replace(one, path=self.room / one.id)) for one in by_id.values()]

    def _with_rows(self, version: Snapshot) -> Snapshot:
        own = read_snapshot(version.path)
        return replace(version, rows=own.rows) if own else version

    def read(self, version: Snapshot) -> Snapshot:
        """A version with its tables: as it was read before, else from the lake.

        Args:
            version: one of those that are listed.

        Raises:
            AtlasError: the lake cannot be reached, or has it no more; in words that name no place on the server.
        """
        with self._reading:
            kept = self._with_rows(version)
            if not kept.rows:
                self._fetch(version)
                kept = self._with_rows(version)
            os.utime(version.path)
            return kept

    def _fetch(self, version: Snapshot) -> None:
        again, reason = self._failed.get(version.id, (0.0, ""))
        if time.monotonic() < again:
            raise _not_here(version, reason)
        try:
            self.room.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=self.room, ignore_cleanup_errors=True) as scratch:
                fresh = Path(scratch) / version.id
                fresh.mkdir()
                self._lake.fetch_earlier(version.number, fresh)
                if not version.path.exists():
                    fresh.rename(version.path)
        except (LakeError, OSError) as error:
            reason = error.reason if isinstance(error, LakeError) else ""
            self._failed[version.id] = time.monotonic() + TRY_AGAIN, reason
            raise _not_here(version, reason) from error
        self._clear(version.path)

    def _clear(self, newest: Path) -> None:
        places = [path for path in self.room.iterdir() if path != newest and not path.name.startswith(".")]
        room = MOST_BYTES - _size(newest)
        for place, path in enumerate(sorted(places, key=lambda path: path.stat().st_mtime_ns, reverse=True), 2):
            room -= _size(path)
            if place > MOST_KEPT or room < 0:
                shutil.rmtree(path, ignore_errors=True)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def _not_here(version: Snapshot, reason: str) -> AtlasError:
    told = _("Version {number} of the data, of {day}, is not on this machine, and cannot be read now.")
    return AtlasError(told.format(number=version.number, day=day(version.date)), _(reason) if reason else "")


def _published(copy: Path) -> list[Publication]:
    """What the lake held when a copy was made, up to the version that the copy is of."""
    try:
        told = json.loads(file_bytes(copy / HISTORY))
        return [from_told(one) for one in told]
    except (OSError, ValueError, KeyError, TypeError):
        return []


@cache
def earlier_versions() -> EarlierVersions | None:
    """Those of the lake that the settings name; None where they name none."""
    ours = replica()
    return EarlierVersions(ours.lake, COPIES / "earlier") if ours else None


def with_earlier(kept: Sequence[Snapshot], directory: Path) -> list[Snapshot]:
    """Snapshots, and the earlier versions of the lake that are none of them; the oldest first.

    Args:
        kept: the snapshots.
        directory: the CSV files that are shown: of a lake, in the copy of it.
    """
    earlier = earlier_versions()
    if earlier is None:
        return [*kept]
    ids = {one.id for one in kept}
    others = [one for one in earlier.listed(directory.resolve().parent) if one.id not in ids]
    return sorted([*kept, *others], key=lambda one: (one.date, one.taken, one.id))


def kept_versions(directory: Path) -> list[Snapshot]:
    """Every version that some data can be compared with: snapshots, and earlier versions of the lake.

    Args:
        directory: the CSV files that are shown.
    """
    return with_earlier(snapshots(snapshot_folders(directory)), directory)


def with_tables(version: Snapshot) -> Snapshot:
    """A version whose tables can be read; one of the lake is read from there where it has to be.

    Raises:
        AtlasError: it cannot be read.
    """
    earlier = earlier_versions()
    return earlier.read(version) if earlier and version.number else version


def tables_of_version(version: Snapshot) -> dict[str, Texts]:
    """The tables of a snapshot or of an earlier version of the lake.

    Raises:
        AtlasError: it cannot be read.
    """
    return tables_of_snapshot(with_tables(version))
