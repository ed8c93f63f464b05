"""Where things lie: the project, its data and its database, and the SQL beside a module."""

from __future__ import annotations

from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA_DIRECTORY = ROOT / "data"
DATABASE = ROOT / "build" / "atlas.duckdb"
STATIC = ROOT / "static"


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
