"""The tables of snapshots: written when one is taken, and read again."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pyarrow import parquet

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.incoming.check import Data
from icc_data.incoming.data_folder import COPY
from icc_data.model.records import TABLES
from icc_data.output import sweep, write_file
from icc_data.paths import DATA_DIRECTORY, SNAPSHOTS
from icc_data.store.parquet import table_as_parquet, texts_of_arrow
from icc_data.store.snapshots import DESCRIPTION, Snapshot, description, name_of, named, snapshot_folders, snapshots
from icc_data.store.versions import Tables, Texts, as_of_date, data_version, read_folder
from icc_data.text import short_digest

_UNFINISHED = ".unfinished-"


def version_name(data: Data, kept: Sequence[Snapshot]) -> str:
    """What the version of some data is called (``name_of``).

    Args:
        data: the records.
        kept: the snapshots that there are.
    """
    return name_of(data_version(data), kept)


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
        read = parquet.ParquetFile(snapshot.path / f"{table}.parquet").read(columns=only)
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
