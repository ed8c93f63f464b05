"""Looking at a snapshot again: its tables as a data folder, and a database built from them, in the build folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.store.build import build
from icc_data.store.snapshot_tables import tables_of_snapshot, write_tables
from icc_data.store.snapshots import Snapshot

MOST_KEPT = 5
"""How many old versions stay built; the one that was looked at longest ago goes first, and is built anew when asked."""
_UNFINISHED = ".unfinished-"


@dataclass(frozen=True)
class OldVersion:
    """A snapshot that can be looked at: its data folder and its database."""

    directory: Path
    database: Path


def old_version(snapshot: Snapshot, room: Path, kept: Sequence[Snapshot] = ()) -> OldVersion:
    """Build what a snapshot needs to be looked at, where that is not there from before.

    The data folder gets its name in one step, and the database is built as ever: one process at a time, the old file
    until the new one is whole.

    Args:
        snapshot: which.
        room: the folder of what is built.
        kept: the snapshots that tell when a practice came.

    Raises:
        AtlasError: the snapshot cannot be read, or nothing can be written.
    """
    place = room / snapshot.id
    directory, database = place / "data", place / "atlas.duckdb"
    try:
        place.mkdir(parents=True, exist_ok=True)
        if not directory.exists():
            _unpack(snapshot, directory)
        build(directory, database, kept=kept)
        os.utime(place)
        _clear(room)
    except OSError as error:
        raise AtlasError(
            _("The data of {snapshot} cannot be unpacked: {reason}.").format(
                snapshot=snapshot.id, reason=error.strerror
            ),
            _("Check the rights and the space on the disk."),
        ) from None
    return OldVersion(directory, database)


def _unpack(snapshot: Snapshot, directory: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=directory.parent, ignore_cleanup_errors=True) as scratch:
        fresh = Path(scratch) / "data"
        fresh.mkdir()
        write_tables(tables_of_snapshot(snapshot), fresh)
        try:
            fresh.rename(directory)
        except OSError:
            # Somebody else was faster with the same tables.
            if not directory.exists():
                raise


def _clear(room: Path) -> None:
    places = [path for path in room.iterdir() if path.is_dir()]
    # Whoever has an old database open keeps it until it is closed.
    for place in sorted(places, key=lambda path: path.stat().st_mtime_ns)[:-MOST_KEPT]:
        shutil.rmtree(place, ignore_errors=True)
