"""The published tables: what the files hold, and what their schemas promise."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.incoming.check import Data, valid_data
from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES
from icc_data.model.vocabulary import Vocabulary
from icc_data.queries.selection import Selection
from icc_data.store.build import build
from icc_data.store.database import open_database
from icc_data.store.datapackage import package_files, table_schema
from icc_data.store.derived_tables import DERIVED
from icc_data.store.large.package import large_package_tables
from icc_data.store.package_tables import package_tables
from icc_data.store.versions import data_version
from tests.unit.conftest import DataFolder

# The frozen copy has not every table and column.
LIVING = Path(__file__).parents[3] / "data"
ALL = (*TABLES, *DERIVED)
COLUMNS = [(table, column) for table, record_type in TABLES.items() for column in columns_of(record_type)]


# A reader of our own that knows nothing but the Table Schema specification (https://datapackage.org, 2.0).


def logical(text: str, type_: str, field: dict[str, Any]) -> Any:
    """The value of a cell that is not missing; ValueError where it is not of the field's type."""
    if type_ == "list":
        return [logical(part, field["itemType"], field) for part in text.split(field["delimiter"])]
    if type_ == "year" and not re.fullmatch(r"-?\d{4,}", text):
        raise ValueError(text)
    readers = {
        "boolean": {"true": True, "false": False}.__getitem__,
        "integer": int,
        "year": int,
        "number": float,
        "date": date.fromisoformat,
        "string": str,
    }
    return readers[type_](text)


def keeps(value: Any, constraints: dict[str, Any]) -> bool:
    """Whether a value keeps to the constraints of a cell."""
    return (
        ("pattern" not in constraints or re.search(constraints["pattern"], value) is not None)
        and ("enum" not in constraints or value in constraints["enum"])
        and ("minimum" not in constraints or value >= constraints["minimum"])
        and ("maximum" not in constraints or value <= constraints["maximum"])
    )


def valid(text: str, field: dict[str, Any]) -> bool:
    """Whether a cell is valid by its field; what holds for the parts of a list stands in ``items``."""
    if text == "":
        return not field.get("constraints", {}).get("required")
    try:
        value = logical(text, field["type"], field)
    except ValueError:
        return False
    if field["type"] == "list":
        return all(keeps(part, field.get("items", {}).get("constraints", {})) for part in value)
    return keeps(value, field.get("constraints", {}))


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def rows_by_schema(files: dict[str, bytes], table: str) -> list[list[Any]]:
    """The rows of a CSV file as its schema reads them."""
    fields = json.loads(files[f"{table}.schema.json"])["fields"]
    header, *rows = cells(files[f"{table}.csv"])
    assert header == [field["name"] for field in fields]
    return [[logical(c, f["type"], f) if c else None for c, f in zip(row, fields, strict=True)] for row in rows]


@pytest.fixture(scope="module")
def real_files() -> dict[str, bytes]:
    return package_files(LIVING)


# The files


def test_every_table_is_there_as_csv_and_parquet_with_its_schema_and_all_are_described(
    real_files: dict[str, bytes],
) -> None:
    described = json.loads(real_files["datapackage.json"])["resources"]
    assert {r["path"] for r in described} == {f"{t}.{form}" for t in ALL for form in ("csv", "parquet")}
    assert {r["schema"] for r in described} == {f"{t}.schema.json" for t in ALL}
    assert {*real_files} == {r[k] for r in described for k in ("path", "schema")} | {
        "datapackage.json",
        "LICENSE.md",
        "README.md",
        "CHANGELOG.md",
    }


@pytest.mark.parametrize("table", TABLES)
def test_the_csv_files_are_those_of_the_project_byte_by_byte(real_files: dict[str, bytes], table: str) -> None:
    assert real_files[f"{table}.csv"] == (LIVING / f"{table}.csv").read_bytes()


@pytest.mark.parametrize("table", ALL)
def test_every_cell_of_the_data_is_valid_by_the_published_schema(real_files: dict[str, bytes], table: str) -> None:
    fields = json.loads(real_files[f"{table}.schema.json"])["fields"]
    _header, *rows = cells(real_files[f"{table}.csv"])
    wrong = [(f["name"], c) for row in rows for f, c in zip(fields, row, strict=True) if not valid(c, f)]
    assert wrong == []


@pytest.mark.parametrize("table", ALL)
def test_duckdb_reads_the_same_from_parquet_as_the_schema_from_csv(
    real_files: dict[str, bytes], table: str, tmp_path: Path
) -> None:
    file = tmp_path / "table.parquet"
    file.write_bytes(real_files[f"{table}.parquet"])
    rows = duckdb.execute("SELECT * FROM read_parquet(?)", [str(file)]).fetchall()
    assert [list(row) for row in rows] == rows_by_schema(real_files, table)


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of the data of today, as the files are."""
    with open_database(build(LIVING, tmp_path_factory.mktemp("living") / "atlas.duckdb").database) as connection:
        yield connection


@pytest.mark.parametrize(
    ("table", "question"),
    [
        ("practice_years", queries.practice_years),
        ("practice_terms", queries.practice_terms),
        ("practice_cities", queries.practice_cities),
    ],
)
def test_a_derived_table_has_the_rows_that_its_address_gives(
    real_files: dict[str, bytes], living: duckdb.DuckDBPyConnection, tmp_path: Path, table: str, question: Any
) -> None:
    asked = question(living, Selection())
    file = tmp_path / "table.parquet"
    file.write_bytes(real_files[f"{table}.parquet"])
    published = duckdb.execute("SELECT * FROM read_parquet(?)", [str(file)]).df()
    # All terms are assigned, so that the file need not say so.
    pd.testing.assert_frame_equal(published, asked.drop(columns="source", errors="ignore"))


def test_another_year_text_is_read_anew_in_what_is_derived(data_folder: DataFolder) -> None:
    before = rows_by_schema(package_files(data_folder.path), "practice_years")
    data_folder.edit("practices", 1, when_text="2011-2012")
    after = rows_by_schema(package_files(data_folder.path), "practice_years")
    (changed,) = [row for row in after if row not in before]
    assert changed[1:7] == ["2011-2012", *changed[2:4], 2011, 2012, changed[6]]


def test_parquet_has_lists_dates_and_whole_numbers_as_such(real_files: dict[str, bytes]) -> None:
    practices = pd.read_parquet(io.BytesIO(real_files["practices.parquet"]), dtype_backend="pyarrow")
    cities = pd.read_parquet(io.BytesIO(real_files["cities.parquet"]), dtype_backend="pyarrow")
    types = {**practices.dtypes.astype(str), **cities.dtypes.astype(str)}
    assert types["city_ids"].startswith("list<")
    assert types["accessed"] == "date32[day][pyarrow]"
    assert types["joined_year"] == "int16[pyarrow]"
    assert types["population"] == "int32[pyarrow]"
    assert types["latitude"] == "double[pyarrow]"


def test_the_same_data_gives_the_same_bytes(data_folder: DataFolder) -> None:
    assert package_files(data_folder.path) == package_files(data_folder.path)


def test_a_csv_saved_with_semicolons_is_published_as_its_schema_describes(data_folder: DataFolder) -> None:
    before = package_files(data_folder.path)
    rows = list(csv.reader(io.StringIO(data_folder.text("cities"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    data_folder.put("cities", "\ufeff" + out.getvalue())
    after = package_files(data_folder.path)
    assert rows_by_schema(after, "cities") == rows_by_schema(before, "cities")


def test_a_csv_with_columns_in_another_order_is_published_in_the_order_of_its_schema(data_folder: DataFolder) -> None:
    before = package_files(data_folder.path)
    rows = list(csv.reader(io.StringIO(data_folder.text("practices"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out).writerows(row[::-1] for row in rows)
    data_folder.put("practices", out.getvalue())
    assert rows_by_schema(package_files(data_folder.path), "practices") == rows_by_schema(before, "practices")


def test_a_list_written_without_spaces_is_published_with_the_separator_of_its_schema(data_folder: DataFolder) -> None:
    data_folder.edit("practices", 1, city_ids="bilbao;lisbon")
    assert ["bilbao", "lisbon"] in [row[3] for row in rows_by_schema(package_files(data_folder.path), "practices")]


def test_the_descriptor_says_which_line_end_a_csv_has_where_it_is_not_the_usual_one(data_folder: DataFolder) -> None:
    data_folder.put("terms", data_folder.text("terms").replace("\n", "\r\n"))
    resources = {r["name"]: r for r in json.loads(package_files(data_folder.path)["datapackage.json"])["resources"]}
    assert resources["cities"]["dialect"] == {"lineTerminator": "\n"}
    assert "dialect" not in resources["terms"]


def test_size_hash_and_rows_in_the_descriptor_are_those_of_the_files(real_files: dict[str, bytes]) -> None:
    for resource in json.loads(real_files["datapackage.json"])["resources"]:
        content = real_files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["rows"] == len(cells(real_files[resource["path"].replace("parquet", "csv")])) - 1


def test_the_version_is_that_of_the_pages_and_the_day_that_of_the_data(data_folder: DataFolder) -> None:
    descriptor = json.loads(package_files(data_folder.path)["datapackage.json"])
    assert descriptor["version"] == data_version(valid_data(data_folder.path))[:12]
    assert descriptor["created"] == "2025-02-03T00:00:00Z"


def test_a_licence_file_that_is_not_there_is_not_named(data_folder: DataFolder) -> None:
    descriptor = json.loads(package_files(data_folder.path)["datapackage.json"])
    assert [entry["path"] for entry in descriptor["licenses"]] == ["https://creativecommons.org/licenses/by/4.0/"]


# The schemas


def field_of(table: str, column: str, vocabulary: Vocabulary) -> dict[str, Any]:
    return next(field for field in table_schema(table, vocabulary)["fields"] if field["name"] == column)


@pytest.mark.parametrize(
    ("table", "column", "cell"),
    [
        ("practices", "practice_id", ""),
        ("practices", "practice_id", "Two Words"),
        ("practices", "city_ids", "lisbon; Bilbao"),
        ("practices", "policy_areas", "education; cooking"),
        ("practices", "confidence", "middling"),
        ("practices", "accessed", "22/11/2026"),
        ("practices", "url", "ftp://example.org/page"),
        ("cities", "country_code", "pt"),
        ("cities", "latitude", "90.5"),
        ("cities", "joined_year", "1849"),
        ("cities", "joined_year", "soon"),
        ("cities", "population", "0"),
        ("cities", "status", "boss"),
        ("index_scores", "score", "100.5"),
        ("index_scores", "policy_area", "Public space"),
        ("index_reports", "cities_compared", "<90"),
        ("terms", "vocabulary", "colour"),
    ],
)
def test_the_schema_refuses_what_the_data_may_not_hold(small_data: Data, table: str, column: str, cell: str) -> None:
    assert not valid(cell, field_of(table, column, small_data.vocabulary))


@given(data=st.data())
def test_the_schema_takes_whatever_the_data_may_hold(data: st.DataObject) -> None:
    table, column = data.draw(st.sampled_from(COLUMNS))
    text = data.draw(
        st.text(max_size=8)
        | st.from_regex(column.kind.pattern or "[ -~]{1,8}", fullmatch=True)
        | st.integers(1800, 2200).map(str)
        | st.decimals(-200, 200, places=2).map(str)
        | st.dates(date(1000, 1, 1)).map(str)
        | st.sampled_from(column.kind.choices or ("x",))
    ).strip()
    try:
        value = column.parse(text)
    except ValueError:
        return
    if column.kind.vocabulary or (column.required and value is None):
        return
    assert valid(column.text(value), field_of(table, column.name, Vocabulary()))


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_in_the_order_of_its_file(table: str) -> None:
    schema, columns = table_schema(table, Vocabulary()), columns_of(TABLES[table])
    assert [field["name"] for field in schema["fields"]] == [column.name for column in columns]
    described = zip(schema["fields"], columns, strict=True)
    assert [c.name for field, c in described if not field["description"].startswith(c.description)] == []
    assert schema["missingValues"] == [""]


def test_a_primary_key_has_only_required_parts_and_other_keys_may_have_empty_ones() -> None:
    schemas = {table: table_schema(table, Vocabulary()) for table in TABLES}
    assert {t: s["primaryKey"] for t, s in schemas.items() if "primaryKey" in s} == {
        "terms": ["vocabulary", "code"],
        "cities": ["city_id"],
        "practices": ["practice_id"],
        "policy_area_codings": ["practice_id", "reader"],
        "amendments": ["table", "id", "column"],
    }
    assert schemas["index_scores"]["uniqueKeys"] == [["city_id", "year", "policy_area"]]
    assert schemas["index_reports"]["uniqueKeys"] == [["city_id", "year", "evidence_url"]]


@pytest.mark.parametrize("table", ALL)
def test_keys_are_unique_and_references_lead_somewhere(real_files: dict[str, bytes], table: str) -> None:
    schema = json.loads(real_files[f"{table}.schema.json"])
    names = [field["name"] for field in schema["fields"]]
    rows = [dict(zip(names, row, strict=True)) for row in rows_by_schema(real_files, table)]
    for key in [schema["primaryKey"]] if "primaryKey" in schema else schema["uniqueKeys"]:
        values = [tuple(row[part] for part in key) for row in rows]
        full = [value for value in values if None not in value]
        assert len(full) == len(set(full))
    identifiers = {"cities": "city_id", "practices": "practice_id"}
    for reference in schema.get("foreignKeys", []):
        resource = reference["reference"]["resource"]
        assert reference["reference"] == {"resource": resource, "fields": [identifiers[resource]]}
        assert {row[reference["fields"][0]] for row in rows} <= {row[0] for row in rows_by_schema(real_files, resource)}


def test_the_parts_of_a_list_name_the_table_that_they_refer_to(small_data: Data) -> None:
    field = field_of("practices", "city_ids", small_data.vocabulary)
    assert (field["type"], field["delimiter"], field["itemType"]) == ("list", "; ", "string")
    assert field["items"]["reference"] == {"resource": "cities", "fields": ["city_id"]}


def test_the_tables_of_very_many_practices_are_made_by_columns_to_the_same_bytes():
    row_by_row, by_columns = package_tables(LIVING), large_package_tables(LIVING)
    assert by_columns.tables == row_by_row.tables
    assert (by_columns.version, by_columns.as_of) == (row_by_row.version, row_by_row.as_of)


@pytest.mark.parametrize(
    ("column", "cell"),
    [("policy_areas", "public_space;education"), ("title", " A kitchen "), ("when_text", "2017 ")],
)
def test_a_file_of_very_many_practices_that_is_not_as_described_is_written_anew(
    data_folder: DataFolder, column: str, cell: str
):
    data_folder.edit("practices", 0, **{column: cell})
    row_by_row, by_columns = package_tables(data_folder.path), large_package_tables(data_folder.path)
    written = data_folder.file("practices").read_bytes()
    for made in (row_by_row, by_columns):
        assert made.tables["practices"].csv != written
    assert by_columns.tables["practices"] == row_by_row.tables["practices"]


def test_what_is_derived_of_very_many_practices_follows_their_corrections(data_folder: DataFolder):
    amended = {"table": "practices", "id": "homework-club", "column": "policy_areas", "value": "public_space"}
    data_folder.write("amendments", [{**amended, "source": "A letter.", "date": "2025-02-01"}])
    row_by_row, by_columns = package_tables(data_folder.path), large_package_tables(data_folder.path)
    assert b"homework-club,policy_area,public_space" in by_columns.tables["practice_terms"].csv
    assert by_columns.tables == row_by_row.tables
