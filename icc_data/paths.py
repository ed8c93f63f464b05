"""Where things lie: the project, its data and its database."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA_DIRECTORY = ROOT / "data"
DATABASE = ROOT / "build" / "atlas.duckdb"
STATIC = ROOT / "static"
