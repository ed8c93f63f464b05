"""Snapshots: dated copies of the tables that are never changed, to compare with and to look at again.

A snapshot is a folder named by date and data version, such as ``2026-11-22-3da87c3bbc21``: a Parquet file a table, with
the columns that the table had then, and a description in ``snapshot.json``.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pyarrow import parquet

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.incoming.check import Data
from icc_data.incoming.data_folder import COPY
from icc_data.model.records import TABLES
from icc_data.output import sweep, write_file
from icc_data.paths import DATA_DIRECTORY, SNAPSHOTS
from icc_data.regular import file_bytes
from icc_data.store.parquet import table_as_parquet, texts_of_arrow
from icc_data.store.versions import Tables, Texts, as_of_date, data_version, read_folder
from icc_data.text import short_digest

DESCRIPTION = "snapshot.json"
SHIPPED = "snapshots"
"""The folder within a data folder that goes along with it."""
_UNFINISHED = ".unfinished-"


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


def version_name(data: Data, kept: Sequence[Snapshot]) -> str:
    """What the version of some data is called, the same on pages, in the Data Package, in files and citations.

    Args:
        data: the records.
        kept: the snapshots that there are.

    Returns:
        The release that holds the same records, such as ``2026-Q4``, else the first twelve digits of their version.
    """
    return name_of(data_version(data), kept)


def name_of(digest: str, kept: Sequence[Snapshot]) -> str:
    """As ``version_name``, of the data's version."""
    version = short_digest(digest)
    return next((one.release for one in reversed(kept) if one.release and one.version == version), version)


@dataclass(frozen=True)
class Taking:
    """What taking a snapshot did: the snapshot, and whether it holds this data since before."""

    snapshot: Snapshot
    unchanged: bool


def take(
    directory: Path = DATA_DIRECTORY,
    target: Path = SNAPSHOTS,
    kept: Sequence[Snapshot] | None = None,
    release: str = "",
) -> Taking:
    """Keep a copy of the tables as they are.

    All is written to a hidden folder, which gets its name in one step: whatever stops this, there is a whole snapshot
    or none, and one that is there is never written to.

    Args:
        directory: the CSV files.
        target: the folder of snapshots; is made where it is missing.
        kept: the snapshots that there are; None for those of the data folder and of ``target``.
        release: the release that this is; a snapshot of the same data in ``target`` gets its name.

    Returns:
        The new snapshot, or the one that holds the same data.

    Raises:
        InvalidDataError: the data has problems.
        AtlasError: there is no such folder, no practice says when it was seen, or the target cannot be written.
    """
    if (target.parent.parent / COPY).exists():
        raise AtlasError(
            _("“{folder}” is a copy of what was published in a lake.").format(folder=target.parent),
            _("Take snapshots where the data is published from; they go along with it."),
        )
    data, tables = read_folder(directory)
    version = short_digest(data_version(data))
    before = snapshots([*snapshot_folders(directory), target]) if kept is None else kept
    same = [snapshot for snapshot in before if snapshot.version == version]
    if same and not (release and same[-1].release != release):
        return Taking(same[-1], unchanged=True)
    files, rows = _files(tables, data)
    snapshot_id = f"{as_of_date(data).isoformat()}-{version}"
    taken = datetime.now(UTC).replace(microsecond=0)
    snapshot = Snapshot(target / snapshot_id, as_of_date(data), version, taken, rows, release)
    files[DESCRIPTION] = description(snapshot)
    try:
        if release and (target / snapshot_id).is_dir():
            write_file(target / snapshot_id / DESCRIPTION, files[DESCRIPTION])
            # Whoever watches the folder looks again.
            os.utime(target)
        else:
            _put(target, snapshot_id, files)
    except OSError as error:
        if kept is None and (meanwhile := named(snapshot_id, snapshots([target]))):
            # Somebody else kept the same data in this moment.
            return Taking(meanwhile, unchanged=True)
        raise AtlasError(
            _("The snapshot cannot be written to “{file}”: {reason}.").format(file=target, reason=error.strerror),
            _("Name another folder with --output."),
        ) from None
    return Taking(snapshot, unchanged=False)


def description(snapshot: Snapshot) -> bytes:
    """What the file says that describes a snapshot.

    Args:
        snapshot: which.
    """
    told: dict[str, Any] = {"date": snapshot.date.isoformat(), "version": snapshot.version}
    told |= {"taken": snapshot.taken.isoformat(), "rows": snapshot.rows}
    told |= {"release": snapshot.release} if snapshot.release else {}
    return (json.dumps(told, indent=2) + "\n").encode()


def _files(tables: Tables, data: Data) -> tuple[dict[str, bytes], dict[str, int]]:
    files, rows = {}, {}
    for table, texts in tables.items():
        records = [item.record for item in data.accepted[table]]
        files[f"{table}.parquet"] = table_as_parquet(table, records, texts.columns, "zstd")
        rows[table] = len(records)
    return files, rows


def _put(target: Path, name: str, files: dict[str, bytes]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    sweep(target, _UNFINISHED)
    fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=target))
    try:
        for file, content in files.items():
            with (fresh / file).open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            (fresh / file).chmod(0o444)
        fresh.chmod(0o755)
        # Fails where somebody else has put it there meanwhile, as a folder with files is never replaced.
        fresh.rename(target / name)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def tables_of_snapshot(snapshot: Snapshot) -> dict[str, Texts]:
    """The tables of a snapshot, with the columns that they had then.

    Raises:
        AtlasError: a file of it cannot be read.
    """
    return {table: _texts(snapshot, table) for table in TABLES if table in snapshot.rows}


def _texts(snapshot: Snapshot, table: str, only: Sequence[str] | None = None) -> Texts:
    try:
        read = parquet.read_table(snapshot.path / f"{table}.parquet", columns=only)
    except (OSError, ValueError) as error:
        raise AtlasError(
            _("The snapshot {snapshot} cannot be read: {error}").format(snapshot=snapshot.id, error=error),
            _("Delete its folder, or put it back as it was."),
        ) from None
    return texts_of_arrow(table, read)


def days_of_entry(kept: Sequence[Snapshot], practice_ids: Iterable[str], as_of: date) -> dict[str, date | None]:
    """The day of the first version that holds each practice, of the snapshots up to a day and the data of that day.

    Args:
        kept: the snapshots, the oldest first; later ones than ``as_of`` do not count.
        practice_ids: the practices of the data.
        as_of: the day of the data.

    Returns:
        A day for each practice; None for those of the oldest snapshot, as they may have come at any time before, and
        for all where there is no snapshot.

    Raises:
        AtlasError: a snapshot cannot be read.
    """
    days, otherwise = known_days_of_entry(kept, as_of)
    return {practice_id: days.get(practice_id, otherwise) for practice_id in practice_ids}


def known_days_of_entry(kept: Sequence[Snapshot], as_of: date) -> tuple[dict[str, date | None], date | None]:
    """As ``days_of_entry``: the days of the practices that some snapshot holds, and that of all others."""
    earlier = [snapshot for snapshot in kept if snapshot.date <= as_of]
    days: dict[str, date | None] = {}
    for snapshot in earlier:
        for row in _texts(snapshot, "practices", ["practice_id"]).rows:
            days.setdefault(row["practice_id"], None if snapshot is earlier[0] else snapshot.date)
    return days, as_of if earlier else None


def write_tables(tables: Tables, directory: Path) -> None:
    """Write tables as the CSV files of a data folder, each with the columns that it had.

    Args:
        tables: by name.
        directory: is there, and empty.
    """
    for table, texts in tables.items():
        with (directory / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, texts.columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(texts.rows)
