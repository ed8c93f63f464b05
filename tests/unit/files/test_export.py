"""Any rows as a file that opens right, says where it comes from, and is named for what is inside."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest

from icc_data import queries
from icc_data.errors import AtlasError
from icc_data.files.export import FORMATS, PROGRAMME, Provenance, export, file_name
from icc_data.queries.selection import Selection
from tests.helpers.exported import ADDRESS, FACTS, ROWS, about, csv_rows, json_file, parquet, sheet_rows


class TestCsv:
    def test_a_csv_file_tells_excel_that_it_is_utf_8(self) -> None:
        assert export(ROWS, "csv", FACTS).startswith(b"\xef\xbb\xbftitle,start_year,")

    def test_a_csv_row_is_written_as_people_write_it(self) -> None:
        row = ["Fête des langues", "2019", "-37.5", "true", "2026-11-22", "sport; arts", "0.5"]
        assert csv_rows(ROWS)[1] == row

    def test_what_is_missing_is_an_empty_cell(self) -> None:
        assert csv_rows(ROWS)[2] == ["'=1+1", "", "", "", "", "", "1e-07"]

    def test_a_csv_line_ends_as_the_standard_says(self) -> None:
        assert export(ROWS, "csv", FACTS).count(b"\r\n") == 4


class TestJson:
    def test_a_json_file_holds_about_columns_and_rows(self) -> None:
        read = json_file(ROWS)
        assert list(read) == ["about", "columns", "rows"]
        assert read["columns"] == list(ROWS.columns)
        assert read["rows"][0] == {
            "title": "Fête des langues",
            "start_year": 2019,
            "latitude": -37.5,
            "ongoing": True,
            "accessed": "2026-11-22",
            "themes": ["sport", "arts"],
            "score": 0.5,
        }
        assert read["rows"][1]["start_year"] is None
        assert read["rows"][1]["themes"] == []

    def test_json_says_where_it_comes_from(self) -> None:
        said = json_file(ROWS)["about"]
        assert (said["title"], said["selection"], said["rows"]) == ("Practices", ["Country: Spain"], 3)
        assert (said["address"], said["data_version"]) == (ADDRESS, "0123456789ab")
        assert (said["data_date"], said["downloaded"]) == ("2026-11-22", "2026-12-01")
        assert PROGRAMME in said["sources"][0]

    def test_letters_are_written_as_they_are(self) -> None:
        assert "Fête".encode() in export(ROWS, "json", FACTS)

    def test_json_gives_a_formula_back_as_it_was(self) -> None:
        assert json_file(ROWS)["rows"][1]["title"] == "=1+1"

    def test_an_infinite_number_is_said_in_words_that_json_knows(self) -> None:
        assert json_file(pd.DataFrame({"x": [float("inf"), 1.5]}))["rows"] == [{"x": "inf"}, {"x": 1.5}]

    def test_a_structure_stays_one(self) -> None:
        assert json_file(pd.DataFrame({"x": [{"a": [1, None]}]}))["rows"] == [{"x": {"a": [1, None]}}]


class TestParquet:
    def test_a_parquet_column_has_its_type(self) -> None:
        assert {field.name: str(field.type) for field in parquet(ROWS).schema} == {
            "title": "string",
            "start_year": "int64",
            "latitude": "double",
            "ongoing": "bool",
            "accessed": "date32[day]",
            "themes": "list<element: string>",
            "score": "double",
        }

    def test_decimals_that_happen_to_be_whole_stay_decimals(self) -> None:
        frame = pd.DataFrame({"latitude": [40.0, np.nan], "share": [1.0, 0.0], "joined_year": [2010.0, np.nan]})
        assert [str(kind) for kind in parquet(frame).schema.types] == ["double", "double", "int64"]

    def test_parquet_says_where_it_comes_from(self) -> None:
        said = parquet(ROWS).schema.metadata
        assert said[b"title"] == b"Practices"
        assert json.loads(said[b"selection"]) == ["Country: Spain"]
        assert {b"address", b"sources", b"licence", b"data_version", b"data_date", b"downloaded"} <= set(said)

    def test_values_of_several_types_become_texts(self) -> None:
        frame = pd.DataFrame({"x": [1, "two", True], "y": [{"a": 1}, {}, None], "z": [2**70, 1, 2]}, dtype=object)
        assert parquet(frame).to_pydict() == {
            "x": ["1", "two", "true"],
            "y": ['{"a": 1}', "{}", None],
            "z": [str(2**70), "1", "2"],
        }

    def test_a_column_of_empty_lists_and_one_of_nothing_can_be_read(self) -> None:
        read = parquet(pd.DataFrame({"lists": [[], None], "nothing": [None, None], "year": [np.nan, np.nan]}))
        assert [str(kind) for kind in read.schema.types] == ["list<element: string>", "string", "double"]
        assert read.num_rows == 2


class TestEveryFormat:
    def test_an_unknown_format_is_refused_with_those_there_are(self) -> None:
        with pytest.raises(AtlasError, match=r"“pdf”.*csv, xlsx, json, parquet"):
            export(ROWS, "pdf", FACTS)

    def test_an_empty_frame_keeps_its_header(self) -> None:
        empty = ROWS.head(0)
        assert csv_rows(empty) == [list(ROWS.columns)]
        assert sheet_rows(empty) == [tuple(ROWS.columns)]
        assert (json_file(empty)["columns"], json_file(empty)["rows"]) == (list(ROWS.columns), [])
        assert (parquet(empty).column_names, parquet(empty).num_rows) == (list(ROWS.columns), 0)

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_frame_without_columns_is_a_file_too(self, form: str) -> None:
        assert export(pd.DataFrame(), form, FACTS)

    def test_two_columns_of_one_name_are_told_apart(self) -> None:
        frame = pd.DataFrame([[1, 2, 3]], columns=["name", "name", "name_2"])
        assert json_file(frame)["rows"] == [{"name": 1, "name_2": 2, "name_2_2": 3}]

    # DuckDB itself calls pandas so for times with a zone, which no table of the atlas has.
    @pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.drop is deprecated")
    def test_every_kind_of_value_that_duckdb_gives_can_be_written(self) -> None:
        frame = duckdb.sql(
            """SELECT 1::HUGEINT AS h, 1.50::DECIMAL(9,2) AS d, DATE '2020-02-03' AS day,
            [DATE '2020-02-03', NULL] AS days, TIMESTAMP '2020-02-03 04:05:06' AS moment, TIME '04:05:06' AS clock,
            INTERVAL 3 DAYS AS span, 'a'::BLOB AS blob, {'a': 1, 'b': [1, NULL]} AS struct, MAP {'k': 2.5} AS map,
            uuid() AS id, true AS yes, [1, NULL] AS ints, [[1], []] AS nested, NULL AS nothing, 'x'::ENUM('x') AS word,
            TIMESTAMPTZ '2020-02-03 04:05:06+00' AS zoned"""
        ).df()
        row = json_file(frame)["rows"][0]
        assert (row["h"], row["d"], row["day"], row["moment"]) == (1, 1.5, "2020-02-03", "2020-02-03T04:05:06")
        assert (row["clock"], row["blob"], row["struct"]) == ("04:05:06", "61", {"a": 1, "b": [1, None]})
        assert (row["ints"], row["nested"], row["days"]) == ([1, None], [[1], []], ["2020-02-03", None])
        for form in FORMATS:
            assert export(frame, form, FACTS)

    def test_half_a_surrogate_pair_does_not_break_a_file(self) -> None:
        frame = pd.DataFrame({"x": pd.Series(["a\ud800"], dtype=object)})
        assert json_file(frame)["rows"] == [{"x": "a\ufffd"}]
        assert csv_rows(frame)[1] == ["a\ufffd"]
        assert parquet(frame).to_pydict() == {"x": ["a\ufffd"]}

    def test_real_practices_have_as_many_rows_in_every_format(self, atlas: duckdb.DuckDBPyConnection) -> None:
        frame = queries.practices(atlas, Selection(), limit=10_000)
        counts = {len(csv_rows(frame)) - 1, len(sheet_rows(frame)) - 1, len(json_file(frame)["rows"])}
        assert counts | {parquet(frame).num_rows} == {len(frame)}


class TestFileNames:
    def test_a_file_name_says_what_is_inside(self) -> None:
        assert file_name("Practices", FACTS, "csv") == "icc-practices_country-spain_2026-11-22.csv"

    def test_without_a_selection_the_name_is_short(self) -> None:
        facts = Provenance("Practices", [], "", date(2026, 11, 22), "0")
        assert (
            file_name("Practices started per year", facts, "xlsx") == "icc-practices-started-per-year_2026-11-22.xlsx"
        )

    def test_an_unknown_format_has_no_name(self) -> None:
        with pytest.raises(AtlasError, match="“exe”"):
            file_name("Practices", FACTS, "exe")


OWN = replace(FACTS, own="Not published.")


def test_own_results_are_named_in_what_a_file_says_of_itself() -> None:
    assert "Own results: Not published." in about(ROWS, OWN)
    assert json.loads(export(ROWS, "json", OWN))["about"]["own_results"] == "Not published."
    assert "own_results" not in json.loads(export(ROWS, "json", FACTS))["about"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_own_results_are_named_in_the_name_of_a_file_also_where_it_has_no_other_place(form: str) -> None:
    assert file_name("Practices", OWN, form).startswith("icc-practices_with-own-results_country-spain_")
    assert "own" not in file_name("Practices", FACTS, form)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_text_file_takes_little_more_memory_than_it_is_large(form: str) -> None:
    # One letter beyond the first plane makes Python keep four bytes for each letter of the text that it stands in.
    rows = pd.DataFrame({"summary": ["😀", *(f"{place} " + "a" * 20_000 for place in range(1_000))]})
    export(rows.head(1), form, FACTS)
    tracemalloc.start()
    try:
        content = export(rows, form, FACTS)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(content) > 20_000_000
    # The buffer is twice there while it grows.
    assert most < 2.5 * len(content)


def test_a_json_file_without_rows_is_one() -> None:
    assert json.loads(export(pd.DataFrame({"title": []}), "json", FACTS))["rows"] == []
