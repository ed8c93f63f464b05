"""What can be wrong with the database itself: told in words of our own, as DuckDB's name files of the server."""

from __future__ import annotations

from typing import Literal

from icc_data.errors import AtlasError
from icc_data.i18n import mark

Kind = Literal["missing", "damaged", "newer", "locked", "other"]

_ANEW = mark("Make it anew from the data files: “python -m icc_data build --force”.")
TROUBLES: dict[Kind, tuple[str, str]] = {
    "missing": (
        mark("There is no database."),
        mark("It is made from the data files: “python -m icc_data build”, or open the dashboard anew."),
    ),
    "damaged": (mark("The database is damaged."), _ANEW),
    "newer": (mark("The database was made by a newer version of DuckDB than this one."), _ANEW),
    "locked": (
        mark("Another program is writing to the database."),
        mark("Run the query again when that program has ended."),
    ),
    "other": (mark("The database cannot be opened."), _ANEW),
}
# Words of DuckDB's message, and what they mean; the first that fits.
_WORDS: tuple[tuple[str, Kind], ...] = (
    ("set lock on file", "locked"),
    ("version number", "newer"),
    ("newer version", "newer"),
    ("not a valid DuckDB database", "damaged"),
    ("Corrupt database", "damaged"),
    ("read enough bytes", "damaged"),
    ("deserialize", "damaged"),
    ("Serialization Error", "damaged"),
)


class DatabaseError(AtlasError):
    """The database cannot be asked.

    Args:
        kind: what is wrong with it.
    """

    def __init__(self, kind: Kind) -> None:
        super().__init__(*TROUBLES[kind])
        self.kind = kind


def trouble_in(words: str) -> Kind:
    """What DuckDB means by a message about a database file."""
    return next((kind for part, kind in _WORDS if part in words), "other")
