"""The views as data of a small data folder, on a running server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette

from icc_data.serving.open_data.answers import OpenData
from icc_data.serving.open_data.databases import Databases
from tests.helpers.serving import serving
from tests.unit.conftest import write_small_folder


@contextmanager
def served_views(place: Path) -> Iterator[str]:
    """Serve them while they are needed.

    Args:
        place: an empty folder for data and database.

    Yields:
        The address of the server.
    """
    databases = Databases(write_small_folder(place).path, place / "atlas.duckdb", place / "published")
    data = OpenData(databases, "", "", "code", everybody=True)
    with serving(Starlette(routes=data.routes())) as port:
        yield f"http://127.0.0.1:{port}/"
