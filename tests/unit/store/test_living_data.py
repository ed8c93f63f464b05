"""What has to hold for the data as it stands today, whatever it grows to; nothing here counts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from icc_data.incoming.check import load_data
from icc_data.paths import DATA_DIRECTORY
from icc_data.store.build import build
from icc_data.store.database import open_database

LIVING = Path(__file__).parents[3] / "data"


def test_the_data_is_clean() -> None:
    assert load_data(LIVING)[1] == []


def test_a_database_can_be_built_from_it(tmp_path: Path) -> None:
    with open_database(build(LIVING, tmp_path / "atlas.duckdb").database) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM practice").fetchone() == (True,)


@pytest.mark.parametrize(("table", "key"), [("practices", "practice_id"), ("cities", "city_id")])
def test_an_identifier_once_published_stays(table: str, key: str) -> None:
    frozen, living = (
        {getattr(item.record, key) for item in load_data(folder)[0].accepted[table]}
        for folder in (DATA_DIRECTORY, LIVING)
    )
    assert DATA_DIRECTORY != LIVING
    assert frozen <= living
