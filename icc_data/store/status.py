"""How the atlas is: whether its data can be opened, is up to date, and is what the published tables hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from icc_data.errors import AtlasError
from icc_data.i18n import mark
from icc_data.store.build import fingerprint
from icc_data.store.database import connect_to_file
from icc_data.store.datapackage import published as descriptor_at
from icc_data.store.upkeep import is_damaged
from icc_data.text import short_digest

MISSING = mark("There is no database.")
DAMAGED = mark("The database cannot be opened.")
STALE = mark("The database is older than the data files.")
UNREADABLE = mark("The data files cannot be read.")
TABLES = mark("The published tables are not those of the database.")


@dataclass(frozen=True)
class Status:
    """How the atlas is.

    Attributes:
        serves: whether pages can be shown.
        reasons: what is not as it should be, in words that name no place on the server.
        version: of the data that is shown; empty without a database.
        as_of: the newest day on which a practice was seen (ISO 8601); empty without a database.
    """

    serves: bool
    reasons: tuple[str, ...]
    version: str = ""
    as_of: str = ""

    @property
    def is_well(self) -> bool:
        """Whether all is as it should be."""
        return self.serves and not self.reasons

    def as_dict(self) -> dict[str, str | bool | list[str]]:
        """For JSON."""
        state = "ok" if self.is_well else "outdated" if self.serves else "failed"
        return {"status": state, "reasons": list(self.reasons), "version": self.version, "as_of": self.as_of}


def status(directory: Path, database: Path, published: Path) -> Status:
    """Look how the atlas is; nothing is built or written.

    Args:
        directory: the CSV files.
        database: the DuckDB file.
        published: where the whole tables are found.
    """
    if not database.exists():
        return Status(serves=False, reasons=(MISSING,))
    try:
        if is_damaged(database):
            return Status(serves=False, reasons=(DAMAGED,))
        with connect_to_file(database) as connection:
            facts = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    except (duckdb.Error, OSError):
        return Status(serves=False, reasons=(DAMAGED,))
    built_from = str(facts.get("fingerprint"))
    version = str(facts.get("version") or short_digest(built_from))
    return Status(
        serves=True,
        reasons=tuple(reason for reason in (_of_data(directory, built_from), _of_tables(published, version)) if reason),
        version=version,
        as_of=str(facts.get("as_of_date", "")),
    )


def _of_data(directory: Path, built_from: str) -> str:
    try:
        return "" if fingerprint(directory) == built_from else STALE
    except (AtlasError, OSError):
        return UNREADABLE


def _of_tables(published: Path, version: str) -> str:
    package = descriptor_at(published)
    return "" if package is not None and package.get("version") == version else TABLES
