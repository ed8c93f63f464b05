"""Where things lie: the project, its data, its database, the tables that it serves, and the SQL beside a module.

The environment variable ``ATLAS_DATA`` names another data folder to work with. Its database and its served tables
are kept apart from those of ``data/``, so that looking at one folder never replaces what was made from the other.
``ATLAS_SNAPSHOTS`` names another folder for the snapshots that are made here.
"""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
_OWN_DATA = ROOT / "data"
DATA_DIRECTORY = Path(os.environ.get("ATLAS_DATA") or _OWN_DATA).absolute()

# Another folder by a digest of its path: its name may be that of one more.
_APART = f"other-{sha256(bytes(DATA_DIRECTORY)).hexdigest()[:8]}"
_IS_OWN = _OWN_DATA.absolute() == DATA_DIRECTORY
DATABASE = ROOT / "build" / ("" if _IS_OWN else _APART) / "atlas.duckdb"
SNAPSHOTS = Path(os.environ.get("ATLAS_SNAPSHOTS") or DATABASE.parent / "snapshots").absolute()
# Streamlit serves what lies below static/.
PUBLISHED = STATIC / ("data" if _IS_OWN else _APART)


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
