"""Snapshots: dated copies of the tables that are never changed, to compare with and to look at again.

A snapshot is a folder named by date and data version, such as ``2026-11-22-3da87c3bbc21``: a Parquet file a table, with
the columns that the table had then, and a description in ``snapshot.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from icc_data.paths import DATA_DIRECTORY, SNAPSHOTS
from icc_data.regular import file_bytes
from icc_data.text import short_digest

DESCRIPTION = "snapshot.json"
SHIPPED = "snapshots"
"""The folder within a data folder that goes along with it."""


@dataclass(frozen=True)
class Snapshot:
    """A copy of the tables.

    Attributes:
        path: its folder.
        date: the newest day on which one of its practices was seen.
        version: what people quote of its data version.
        taken: when it was made.
        rows: of each table.
        release: the release whose data it is, such as ``2026-Q4``; empty where it is that of none.
        number: of the version of the lake that it is; 0 where it is a snapshot that somebody took. Until it is read
            from the lake there is no folder, and ``rows`` is empty.
    """

    path: Path
    date: date
    version: str
    taken: datetime
    rows: dict[str, int]
    release: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        """Its name, by which an address or a command asks for it."""
        return f"{self.date.isoformat()}-{self.version}"

    @property
    def name(self) -> str:
        """What its version is called on pages, in files and citations: the release, else the data version."""
        return self.release or self.version


def snapshot_folders(directory: Path = DATA_DIRECTORY) -> tuple[Path, ...]:
    """Where the snapshots of a data folder are: those that go along with it, and for the project's own those made here.

    Args:
        directory: the folder with the CSV files.
    """
    shipped = directory / SHIPPED
    return (shipped, SNAPSHOTS) if directory == DATA_DIRECTORY and shipped != SNAPSHOTS else (shipped,)


def read_snapshot(path: Path) -> Snapshot | None:
    """The snapshot in a folder; None where that holds no whole one.

    Args:
        path: the folder.
    """
    try:
        told: dict[str, Any] = json.loads(file_bytes(path / DESCRIPTION))
        rows = {str(table): int(count) for table, count in told["rows"].items()}
        taken = datetime.fromisoformat(told["taken"])
        release = str(told.get("release", ""))
        snapshot = Snapshot(path, date.fromisoformat(told["date"]), str(told["version"]), taken, rows, release)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    whole = all((path / f"{table}.parquet").is_file() for table in rows)
    return snapshot if whole and snapshot.id == path.name and taken.tzinfo else None


def snapshots(folders: Iterable[Path] | None = None) -> list[Snapshot]:
    """Every snapshot, the oldest first; one that stands in two folders once. What is no whole snapshot is passed over.

    Args:
        folders: where they are; None for those of the project's data.
    """
    by_id: dict[str, Snapshot] = {}
    for folder in snapshot_folders() if folders is None else folders:
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
        for path in paths:
            snapshot = None if path.name.startswith(".") else read_snapshot(path)
            if snapshot is not None:
                by_id.setdefault(snapshot.id, snapshot)
    return sorted(by_id.values(), key=lambda snapshot: (snapshot.date, snapshot.taken, snapshot.id))


def named(text: str, kept: Sequence[Snapshot]) -> Snapshot | None:
    """The snapshot that somebody asks for by its name, its release, data version or date; the newest of several.

    Args:
        text: what was asked for.
        kept: the snapshots, the oldest first.
    """
    fitting = [one for one in kept if text in (one.id, one.version, one.date.isoformat(), one.release or one.id)]
    return fitting[-1] if fitting else None


class Dated(Protocol):
    """A version of the data that knows its day."""

    @property
    def date(self) -> date:
        """The newest day on which one of its practices was seen."""


OfADay = TypeVar("OfADay", bound=Dated)


def compared_with_first(others: Sequence[OfADay], day: date) -> OfADay | None:
    """What the data is compared with where nobody chose: a version of the same day mostly differs by a trifle.

    Args:
        others: versions that differ from the data, the newest last.
        day: of the data.

    Returns:
        The newest of an earlier day, else the newest; None without any.
    """
    earlier = [other for other in others if other.date < day]
    candidates = earlier or others
    return candidates[-1] if candidates else None


def name_of(digest: str, kept: Sequence[Snapshot]) -> str:
    """What a version of the data is called, the same on pages, in the Data Package, in files and citations.

    Args:
        digest: the data's version.
        kept: the snapshots that there are.

    Returns:
        The release that holds the same records, such as ``2026-Q4``, else the first twelve digits of their version.
    """
    version = short_digest(digest)
    return next((one.release for one in reversed(kept) if one.release and one.version == version), version)


def description(snapshot: Snapshot) -> bytes:
    """What the file says that describes a snapshot.

    Args:
        snapshot: which.
    """
    told: dict[str, Any] = {"date": snapshot.date.isoformat(), "version": snapshot.version}
    told |= {"taken": snapshot.taken.isoformat(), "rows": snapshot.rows}
    told |= {"release": snapshot.release} if snapshot.release else {}
    return (json.dumps(told, indent=2) + "\n").encode()
