"""Where things lie: the project, its data, its database, the tables that it serves, and the SQL beside a module.

Where an operator wants them elsewhere is said in the settings: the environment variable ``ATLAS_DATA``, for one, names
another data folder to work with. Its database and its served tables are kept apart from those of ``data/``, so that
looking at one folder never replaces what was made from the other.

Where the setting ``database`` names a lake, all of them lie in this machine's copy of what was published there last: in
a folder of its own for each version, and a link to the newest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from icc_data.settings import ROOT as ROOT
from icc_data.settings import is_lake, read_settings, without_password

STATIC = ROOT / "static"
SET = {name: value.text for name, value in read_settings().items()}
LAKE = SET["database"] if is_lake(SET["database"]) else ""
"""The lake whose newest version is shown; empty where there is none."""


@dataclass(frozen=True)
class Places:
    """Where data lies that belongs together: its CSV files, the database made of them, and the tables served of it."""

    directory: Path
    database: Path
    published: Path


def places_of_copy(version: Path) -> Places:
    """Where things lie in the copy of a version of a lake.

    Args:
        version: its folder.
    """
    return Places(version / "data", version / "atlas.duckdb", version / "served" / "data")


def _digest(text: bytes) -> str:
    return sha256(text).hexdigest()[:8]


_OWN_DATA = ROOT / "data"
COPIES = Path(SET["copies"] or ROOT / "build" / f"lake-{_digest(without_password(LAKE).encode())}")
"""What this machine keeps of the lake."""
CURRENT = COPIES / "current"
"""A link to the copy of the newest version of the lake."""


def _places() -> Places:
    if LAKE:
        return places_of_copy(CURRENT)
    directory = Path(SET["data"] or _OWN_DATA).absolute()
    is_own = _OWN_DATA.absolute() == directory
    # Another folder by a digest of its path: its name may be that of one more.
    apart = f"other-{_digest(bytes(directory))}"
    database = Path(SET["database"] or ROOT / "build" / ("" if is_own else apart) / "atlas.duckdb")
    # Streamlit serves what lies below static/.
    return Places(directory, database, Path(SET["published"] or STATIC / ("data" if is_own else apart)))


_HERE = _places()
DATA_DIRECTORY, DATABASE, PUBLISHED = _HERE.directory, _HERE.database, _HERE.published
SNAPSHOTS = DATA_DIRECTORY / "snapshots" if LAKE else Path(SET["snapshots"] or DATABASE.parent / "snapshots").absolute()
OLD_VERSIONS = (COPIES if LAKE else DATABASE.parent) / "versions"
"""Where the databases of snapshots are kept that were looked at again."""


def in_copy(place: Path, copy: Path | None = None) -> Path:
    """The same place in the copy of one version of the lake, wherever the link leads a moment later.

    Args:
        place: where something is shown from; stays as it is where that is no lake.
        copy: the folder of the version; None for the newest.
    """
    if LAKE and place.is_relative_to(CURRENT):
        return (copy or CURRENT.resolve()) / place.relative_to(CURRENT)
    return place


@cache
def sql_beside(module: str, name: str) -> str:
    """The SQL that a module runs, as it stands in the folder ``sql`` beside it.

    Args:
        module: its ``__file__``.
        name: of the SQL's file, without “.sql”; may name a folder (“examples/…”).

    Raises:
        OSError: there is no such file.
    """
    return (Path(module).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")
