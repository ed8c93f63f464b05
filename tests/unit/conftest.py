"""What the unit tests share: a small data folder of our own, and a database built from the real one."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from icc_data import queries
from icc_data.incoming.check import Data, valid_data
from icc_data.model.columns import columns_of
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.records import TABLES
from icc_data.paths import DATA_DIRECTORY
from icc_data.queries.selection import Options
from icc_data.store.build import build
from icc_data.store.database import open_database
from icc_data.store.upkeep import keep_current
from tests.helpers.made_once import made_once
from tests.helpers.made_up_index import complete_atlas, complete_set
from tests.helpers.tables import DATA

ROOT = Path(__file__).parents[2]
PAGE = "https://example.org/practices"
Cells = dict[str, str]


def _term(vocabulary: str, code: str, position: int, label_en: str, label_fr: str, group: str = "") -> Cells:
    definition = f"What {label_en.lower()} means."
    return {
        "vocabulary": vocabulary,
        "code": code,
        "position": str(position),
        "label_en": label_en,
        "label_fr": label_fr,
        "definition_en": definition,
        "group": group,
    }


def _city(name: str, country_code: str, country: str, **cells: str) -> Cells:
    return {"city_id": name.lower(), "name": name, "country_code": country_code, "country": country, **cells}


def _practice(practice_id: str, title: str, cities: str, countries: str, **cells: str) -> Cells:
    seen = {"accessed": "2024-05-01", "source_kind": "programme", "evidence_urls": f"{PAGE}/{practice_id}"}
    return {"practice_id": practice_id, "title": title, "city_ids": cities, "countries": countries, **seen, **cells}


SMALL: dict[str, list[Cells]] = {
    "terms": [
        _term("commitment", "trust", 1, "Trust", "Confiance"),
        _term("commitment", "equal_access", 2, "Equal access", "Égalité d'accès"),
        _term("policy_area", "education", 1, "Education", "Éducation", "equal_access"),
        _term("policy_area", "public_space", 2, "Public space", "Espace public", "trust"),
        _term("theme", "sport", 1, "Sport", "Sport"),
        _term("theme", "arts_culture", 2, "Arts and culture", "Arts et culture"),
        _term("target_group", "young_people", 1, "Young people", "Jeunes"),
        _term("practice_type", "project", 1, "Project", "Projet"),
        _term("practice_area", "educational", 1, "Educational", "Éducatif"),
        _term("network", "international", 1, "International network", "Réseau international"),
        _term("network", "rpci", 2, "RPCI (Portugal)", "RPCI (Portugal)"),
        _term("membership_status", "member", 1, "Member", "Membre"),
    ],
    "cities": [
        _city(
            "Lisbon",
            "PT",
            "Portugal",
            local_name="Lisboa",
            latitude="38.72",
            longitude="-9.14",
            status="member",
            joined_year="2010",
            networks="international; rpci",
            population="545000",
        ),
        _city("Bilbao", "ES", "Spain", aliases="Bilbo", latitude="43.26", longitude="-2.93", networks="international"),
        _city("Cork", "IE", "Ireland", latitude="51.9", longitude="-8.47", joined_year="2015", foreign_born_pct="14.5"),
        _city("Turin", "IT", "Italy", local_name="Torino"),
    ],
    "practices": [
        _practice(
            "kitchen-of-languages",
            "A kitchen of languages",
            "lisbon",
            "Portugal",
            title_original="Uma cozinha de línguas",
            when_text="Since 2019",
            when_source="year field",
            summary="Neighbours teach each other their languages while cooking.",
            policy_areas="education",
            policy_area_coding="agreed",
            themes="arts_culture",
            target_groups="young_people",
            url=f"{PAGE}/kitchen",
        ),
        _practice(
            "drums-on-the-square",
            "Drums on the square",
            "bilbao; lisbon",
            "Spain; Portugal",
            when_text="2017-2018",
            when_source="description",
            policy_areas="public_space; education",
            themes="sport",
            accessed="2025-02-03",
        ),
        _practice("homework-club", "Homework club", "cork", "Ireland", policy_areas="education", confidence="low"),
        _practice("a-guide-for-mediators", "A guide for mediators", "", "", source_kind="report_copy"),
    ],
    "index_scores": [
        {"city_id": "lisbon", "year": "2020", "policy_area": "overall", "score": "70", "rank": "3"}
        | {"cities_compared": "90", "evidence_url": f"{PAGE}/index"},
        {"city_id": "lisbon", "year": "2017", "policy_area": "overall", "score": "64.5"},
        {"city_id": "bilbao", "year": "2020", "policy_area": "education", "score": "100"},
    ],
    "index_reports": [
        {"city_id": "lisbon", "year": "2020", "cities_compared": ">90", "evidence_url": f"{PAGE}/report"},
        {"city_id": "cork", "year": "2019"},
    ],
}


@dataclass(frozen=True)
class DataFolder:
    """A data folder that a test may spoil."""

    path: Path

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def text(self, table: str) -> str:
        return self.file(table).read_bytes().decode("utf-8")

    def put(self, table: str, text: str) -> None:
        self.file(table).write_bytes(text.encode("utf-8"))

    def rows(self, table: str) -> list[Cells]:
        return list(csv.DictReader(io.StringIO(self.text(table), newline="")))

    def write(self, table: str, rows: list[Cells]) -> None:
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, [column.name for column in columns_of(TABLES[table])], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.put(table, out.getvalue())

    def edit(self, table: str, row: int, **cells: str) -> None:
        rows = self.rows(table)
        rows[row].update(cells)
        self.write(table, rows)

    def append(self, table: str, **cells: str) -> None:
        self.write(table, [*self.rows(table), cells])

    def snapshot(self) -> dict[str, bytes]:
        """Every file below the folder's parent, as bytes; without the empty files that writers lock."""
        parent = self.path.parent
        files = (path for path in sorted(parent.rglob("*")) if path.is_file() and not path.name.endswith(".lock"))
        return {str(path.relative_to(parent)): path.read_bytes() for path in files}


def write_small_folder(directory: Path) -> DataFolder:
    folder = DataFolder(directory / "place" / "data")
    folder.path.mkdir(parents=True)
    for table, rows in SMALL.items():
        folder.write(table, rows)
    return folder


@pytest.fixture
def data_folder(tmp_path: Path) -> DataFolder:
    """A valid data folder: 4 cities, 4 practices, 3 Index results, 2 reports."""
    return write_small_folder(tmp_path)


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database built from the small data folder, which nobody changes."""
    folder = write_small_folder(tmp_path_factory.mktemp("built-once"))
    return build(folder.path, folder.path.parent / "atlas.duckdb").database


@pytest.fixture(scope="session")
def _kept_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_small_folder(tmp_path_factory.mktemp("kept-once"))
    place = folder.path.parent
    assert keep_current(folder.path, place / "build" / "atlas.duckdb", place / "served" / "data") == ""
    return place


@pytest.fixture
def kept_folder(data_folder: DataFolder, _kept_once: Path) -> DataFolder:
    """The small data folder with its database in build/ and its tables in served/data, as they were made of it."""
    for name in ("build", "served"):
        shutil.copytree(_kept_once / name, data_folder.path.parent / name, symlinks=True)
    return data_folder


@pytest.fixture(scope="session")
def small_atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of the small data folder and three practices with words worth searching for."""
    folder = write_small_folder(tmp_path_factory.mktemp("small"))
    folder.append("practices", practice_id="fete", title="Straßenfest in Malmö", summary="A 100% open fête: it's_ours.")
    folder.append("practices", practice_id="guide", title="School guide 2019", summary="Teachers write for parents.")
    folder.append("practices", practice_id="greek", title="Evenings of songs", summary="Τραγούδια of old women.")
    database = build(folder.path, folder.path.parent / "small.duckdb").database
    with open_database(database) as connection:
        yield connection


@pytest.fixture
def small_data(data_folder: DataFolder) -> Data:
    return valid_data(data_folder.path)


@pytest.fixture
def small_gazetteer(small_data: Data) -> Gazetteer:
    return Gazetteer(small_data.cities)


@pytest.fixture(scope="session")
def real_data() -> Data:
    return DATA


@pytest.fixture(scope="session")
def atlas_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database built from the real data."""
    folder = made_once(tmp_path_factory, "atlas", lambda folder: build(DATA_DIRECTORY, folder / "atlas.duckdb"))
    return folder / "atlas.duckdb"


@pytest.fixture(scope="session")
def atlas(atlas_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_database(atlas_file)
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def atlas_options(atlas: duckdb.DuckDBPyConnection) -> Options:
    return queries.options(atlas)


@pytest.fixture(scope="session")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The project's data with a complete set of Index scores, which is made up."""
    with open_database(made_once(tmp_path_factory, "complete", complete_atlas) / "atlas.duckdb") as connection:
        yield connection


@pytest.fixture(scope="session")
def made_up() -> pd.DataFrame:
    """The made-up complete set, as its file has it."""
    return complete_set()
