"""The databases that answers come from: the newest data, and the snapshots that an address may name."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from icc_data import queries
from icc_data.errors import AtlasError
from icc_data.files.views import UnusableError, Wrong
from icc_data.i18n import language
from icc_data.i18n import translate as _
from icc_data.incoming.data_folder import written_at
from icc_data.model.records import TABLES
from icc_data.paths import CURRENT, LAKE, OLD_VERSIONS, in_copy
from icc_data.queries.change_queries import Compared
from icc_data.queries.selection import Options
from icc_data.store.comparison import open_comparison
from icc_data.store.database import open_database
from icc_data.store.lake_versions import kept_versions, with_tables
from icc_data.store.old_versions import MOST_KEPT, old_version
from icc_data.store.snapshots import Snapshot, named, snapshot_folders
from icc_data.store.upkeep import open_current
from icc_data.store.version_pairs import NOW, Version, meant, newest, tables_of, usual_pair, with_snapshots
from icc_data.store.versions import Tables

# Seconds until a database that could not be built is tried again.
TRY_AGAIN = 60.0


class NoSuchVersionError(Exception):
    """An address names a version that is neither the newest nor a snapshot; ``args`` are those that there are."""


@dataclass(frozen=True)
class Opened:
    """A database that can be asked.

    Attributes:
        connection: to it; each answer takes a cursor of its own.
        facts: what it says of itself (``queries.meta``).
        snapshot: the name of the snapshot that it was built from; empty for the newest data.
    """

    connection: queries.Connection
    facts: dict[str, str]
    snapshot: str = ""
    _options: dict[str, Options] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The newest day on which a practice was seen."""
        return date.fromisoformat(self.facts["as_of_date"])

    def options(self) -> Options:
        """The values of the facets, labelled in the language in use."""
        if language() not in self._options:
            self._options[language()] = queries.options(self.connection.cursor())
        return self._options[language()]


class Databases:
    """The newest database and the last few old ones, opened where they are asked for and kept up to date.

    Args:
        directory: the CSV files.
        database: the DuckDB file.
        published: where the whole tables are found.
    """

    def __init__(self, directory: Path, database: Path, published: Path) -> None:
        self._directory, self._database, self._published = directory, database, published
        self._opening = threading.Lock()
        self._newest: Opened | None = None
        self._stamp: tuple[object, ...] = ()
        self._again = math.inf
        self._old: OrderedDict[str, Opened] = OrderedDict()
        self._kept: list[Snapshot] = []
        self._comparing = threading.Lock()
        self._pairs: OrderedDict[tuple[object, ...], Compared] = OrderedDict()
        self._tables: tuple[tuple[object, ...], Version, Tables] | None = None

    def asked(self, version: str) -> Opened:
        """The database of a version.

        Args:
            version: “now”, or the name, the data version or the date of a snapshot; empty for the newest data.

        Raises:
            NoSuchVersionError: there is no such version.
            AtlasError: there is no database that can be opened; in words that name no place on the server.
        """
        with self._opening:
            newest = self._current()
            snapshot = named(version, self._kept)
            own, day = newest.facts["version"], newest.facts["as_of_date"]
            if snapshot is not None and snapshot.version != own:
                return self._snapshot(snapshot)
            if snapshot is not None or version in ("", NOW, own, day, f"{day}-{own}"):
                return newest
            raise NoSuchVersionError(NOW, *(kept.id for kept in reversed(self._kept)))

    def _places(self) -> tuple[Path, Path, Path]:
        """Where the newest data lies, all of it of one version."""
        copy = CURRENT.resolve()
        return (
            in_copy(self._directory, copy),
            in_copy(self._database, copy),
            in_copy(self._published, copy),
        )

    def _files(self, directory: Path) -> tuple[object, ...]:
        folders = snapshot_folders(directory)
        kept = (folder.stat().st_mtime_ns if folder.is_dir() else 0 for folder in folders)
        return (*(written_at(directory, table) for table in TABLES), *kept)

    def _current(self) -> Opened:
        directory, database, published = self._places()
        stamp = self._files(directory)
        if self._newest is None or stamp != self._stamp or time.monotonic() >= self._again:
            connection, outdated = open_current(directory, database, published)
            self._newest = Opened(connection, queries.meta(connection))
            self._stamp, self._kept = stamp, kept_versions(directory)
            # What stood in the way need not be in the data: a full disk becomes free again.
            self._again = time.monotonic() + TRY_AGAIN if outdated else math.inf
        return self._newest

    def _snapshot(self, snapshot: Snapshot) -> Opened:
        if snapshot.id not in self._old:
            taken = [kept for kept in self._kept if not kept.number]
            room = OLD_VERSIONS if LAKE else self._database.parent / "versions"
            old = old_version(with_tables(snapshot), room, taken)
            connection = open_database(old.database)
            self._old[snapshot.id] = Opened(connection, queries.meta(connection), snapshot.id)
        self._old.move_to_end(snapshot.id)
        while len(self._old) > MOST_KEPT:
            self._old.popitem(last=False)
        return self._old[snapshot.id]

    def versions_mark(self) -> tuple[object, ...]:
        """Changes where the data does, or a snapshot comes or goes."""
        return self._stamp

    def compared(self, since: str, until: str, looked_at: str = "") -> Compared | None:
        """Two versions of the data beside each other.

        Args:
            since, until: what an address says of each, as for ``asked``; empty for the usual one.
            looked_at: the name of the snapshot that is asked; empty for the newest data.

        Returns:
            Both, the usual ones in the place of those that are not named; None where both are the same data.

        Raises:
            UnusableError: one of them is none that there is.
            AtlasError: one of them cannot be read; in words that name no place on the server.
        """
        try:
            return self._beside_each_other(since, until, looked_at or NOW)
        except AtlasError:
            raise AtlasError(_("One of these versions cannot be read."), _("Try again later.")) from None

    def _beside_each_other(self, since: str, until: str, looked_at: str) -> Compared | None:
        with self._comparing:
            stamp, kept = self._stamp, list(self._kept)
            if self._tables is None or self._tables[0] != stamp:
                self._tables = (stamp, *newest(self._places()[0], kept))
            _stamp, now, tables = self._tables
            versions = with_snapshots(now, kept)
            before, after = usual_pair(versions, looked_at)
            before = self._meant("since", since, versions) if since else before
            after = self._meant("until", until, versions) if until else after
            if before.version == after.version:
                return None
            pair = (before.id, after.id, stamp)
            if pair not in self._pairs:
                sides = (tables if one.id == NOW else tables_of(one.id, kept) for one in (before, after))
                self._pairs[pair] = Compared(open_comparison(*sides), before.date, after.date)
            self._pairs.move_to_end(pair)
            while len(self._pairs) > MOST_KEPT:
                self._pairs.popitem(last=False)
            return self._pairs[pair]

    def _meant(self, name: str, text: str, versions: list[Version]) -> Version:
        version = meant(text, versions, self._kept)
        if version is None:
            raise UnusableError(Wrong(name, text, tuple(one.id for one in reversed(versions))))
        return version
