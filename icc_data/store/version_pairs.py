"""Which two versions of the data are set beside each other: those that somebody names, else the usual ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from icc_data.store.lake_versions import tables_of_version
from icc_data.store.snapshot_tables import version_name
from icc_data.store.snapshots import Snapshot, compared_with_first, named
from icc_data.store.versions import Tables, as_of_date, read_folder

NOW = "now"
"""Names the data as it is; all else names a snapshot."""


@dataclass(frozen=True)
class Version:
    """A version of the data.

    Attributes:
        id: by which an address asks for it; ``NOW`` for the data as it is.
        date: the newest day on which one of its practices was seen.
        version: what people quote.
        number: of the version of the lake; 0 where it is none.
    """

    id: str
    date: date
    version: str
    number: int = 0


def newest(directory: Path, kept: Sequence[Snapshot]) -> tuple[Version, Tables]:
    """The data as it is, with its tables.

    Args:
        directory: the CSV files.
        kept: the snapshots.

    Raises:
        AtlasError: the data has problems.
    """
    data, tables = read_folder(directory)
    return Version(NOW, as_of_date(data), version_name(data, kept)), tables


def with_snapshots(now: Version, kept: Sequence[Snapshot]) -> list[Version]:
    """The snapshots and earlier versions of the lake, the oldest first, and the data as it is now."""
    return [*(Version(one.id, one.date, one.name, one.number) for one in kept), now]


def usual_pair(versions: Sequence[Version], looked_at: str = NOW) -> tuple[Version, Version]:
    """What is compared where nobody chose: the version that is looked at, with what there was before it.

    Whoever opens an address that names a version finds the same pair then, whatever has been published since.

    Args:
        versions: the answer of ``with_snapshots``.
        looked_at: the ``id`` of the version that is looked at.

    Returns:
        The earlier one and that version; twice the same data where there is no earlier one.
    """
    place = next((at for at, one in enumerate(versions) if one.id == looked_at), len(versions) - 1)
    after = versions[place]
    others = [one for one in versions[:place] if one.version != after.version]
    return compared_with_first(others, after.date) or versions[0], after


def meant(text: str, versions: Sequence[Version], kept: Sequence[Snapshot]) -> Version | None:
    """The version that an address names; None where there is none of that name.

    Args:
        text: a name, a data version, a date, or ``NOW``.
        versions: the answer of ``with_snapshots``.
        kept: the snapshots.
    """
    snapshot = named(text, kept)
    wanted = snapshot.id if snapshot else text
    return next((one for one in versions if one.id == wanted), None)


def tables_of(version_id: str, kept: Sequence[Snapshot]) -> Tables:
    """The tables of a version that is a snapshot.

    Raises:
        AtlasError: they cannot be read.
    """
    return next(tables_of_version(one) for one in kept if one.id == version_id)
