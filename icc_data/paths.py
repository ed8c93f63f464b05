"""Where things lie: the project, its data, its database, the tables that it serves, and the SQL beside a module.

Where an operator wants them elsewhere is said in the settings: the environment variable ``ATLAS_DATA``, for one, names
another data folder to work with. Its database and its served tables are kept apart from those of ``data/``, so that
looking at one folder never replaces what was made from the other.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from icc_data.settings import ROOT as ROOT
from icc_data.settings import read_settings

STATIC = ROOT / "static"
SET = {name: value.text for name, value in read_settings().items()}
_OWN_DATA = ROOT / "data"
DATA_DIRECTORY = Path(SET["data"] or _OWN_DATA).absolute()

# Another folder by a digest of its path: its name may be that of one more.
_APART = f"other-{sha256(bytes(DATA_DIRECTORY)).hexdigest()[:8]}"
_IS_OWN = _OWN_DATA.absolute() == DATA_DIRECTORY
DATABASE = Path(SET["database"] or ROOT / "build" / ("" if _IS_OWN else _APART) / "atlas.duckdb")
SNAPSHOTS = Path(SET["snapshots"] or DATABASE.parent / "snapshots").absolute()
# Streamlit serves what lies below static/.
PUBLISHED = Path(SET["published"] or STATIC / ("data" if _IS_OWN else _APART))


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
