"""Any rows as a file that opens right, and that a spreadsheet does not run."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import duckdb
import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icc_data import queries
from icc_data.errors import AtlasError
from icc_data.export import FORMATS, PROGRAMME, Provenance, export, file_name
from icc_data.formula import neutral, restored
from icc_data.selection import Selection

ADDRESS = "https://atlas.example.org/practices?country=spain"
FACTS = Provenance("Practices", ["Country: Spain"], ADDRESS, date(2026, 11, 22), "0123456789ab", date(2026, 12, 1))
ROWS = pd.DataFrame(
    {
        "title": ["Fête des langues", "=1+1", None],
        "start_year": [2019.0, np.nan, 2021.0],
        "latitude": [-37.5, np.nan, -40.0],
        "ongoing": pd.array([True, pd.NA, False], dtype="boolean"),
        "accessed": pd.to_datetime(["2026-11-22", None, "2025-01-02"]),
        "themes": [np.array(["sport", "arts"]), np.array([], dtype=object), None],
        "score": [0.5, 1e-7, 100.0],
    }
)


def csv_rows(frame: pd.DataFrame) -> list[list[str]]:
    text = export(frame, "csv", FACTS).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def book(frame: pd.DataFrame, facts: Provenance = FACTS) -> Any:
    return openpyxl.load_workbook(io.BytesIO(export(frame, "xlsx", facts)))


def sheet_rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(book(frame)["Data"].iter_rows(values_only=True))


def about(frame: pd.DataFrame, facts: Provenance = FACTS) -> str:
    rows = book(frame, facts)["About"].iter_rows(values_only=True)
    return "\n".join(f"{heading or ''}: {said}" for heading, said in rows)


def json_file(frame: pd.DataFrame) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(export(frame, "json", FACTS))
    return read


def parquet(frame: pd.DataFrame) -> pa.Table:
    return pq.read_table(io.BytesIO(export(frame, "parquet", FACTS)))


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


class TestExcel:
    def test_a_workbook_holds_the_rows_with_their_types(self) -> None:
        header, first, second, third = sheet_rows(ROWS)
        assert header == tuple(ROWS.columns)
        assert first == ("Fête des langues", 2019, -37.5, True, datetime(2026, 11, 22), "sport; arts", 0.5)
        assert second == ("'=1+1", None, None, None, None, None, 1e-7)
        assert [type(first[1]), type(first[3])] == [int, bool]
        assert third[0] is None

    def test_the_header_stays_in_sight_and_filters(self) -> None:
        sheet = book(ROWS)["Data"]
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:G4")
        assert all(cell.font.bold for cell in sheet[1])

    def test_a_column_is_as_wide_as_its_text_within_reason(self) -> None:
        sheet = book(pd.DataFrame({"id": [1], "summary": ["word " * 100]}))["Data"]
        assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (8, 60)

    def test_a_date_is_shown_as_a_date(self) -> None:
        assert book(ROWS)["Data"]["E2"].number_format == "yyyy-mm-dd"

    def test_an_address_is_text_and_no_link(self) -> None:
        sheet = book(pd.DataFrame({"url": [PROGRAMME]}))["Data"]
        assert (sheet["A2"].value, sheet["A2"].hyperlink) == (PROGRAMME, None)

    def test_a_text_that_looks_like_an_error_stays_a_text(self) -> None:
        assert book(pd.DataFrame({"title": ["#N/A"]}))["Data"]["A2"].data_type == "s"

    def test_control_characters_do_not_break_a_workbook(self) -> None:
        frame = pd.DataFrame({"title": ["a\x00b\x0bc\ufffe", "d\re"]})
        assert [row[0] for row in sheet_rows(frame)[1:]] == ["a�b�c�", "d\ne"]
        assert "1 cell held control characters" in about(frame)

    def test_a_text_longer_than_a_cell_is_cut_and_said_to_be(self) -> None:
        frame = pd.DataFrame({"title": ["x" * 40_000, "😀" * 20_000, "y" * 32_767]})
        lengths = [len(row[0].encode("utf-16-le")) // 2 for row in sheet_rows(frame)[1:]]
        assert lengths == [32_767, 32_766, 32_767]
        assert "2 cells are cut to the 32,767 characters" in about(frame)

    def test_numbers_and_days_that_excel_does_not_know_are_written_as_text(self) -> None:
        moment = pd.Timestamp("2026-11-22 10:00", tz="UTC")
        values = [10**16, 1e16, float("inf"), date(1899, 1, 1), moment]
        assert [row[0] for row in sheet_rows(pd.DataFrame({"value": pd.Series(values, dtype=object)}))[1:]] == [
            "10000000000000000",
            1e16,
            "inf",
            "1899-01-01",
            "2026-11-22 10:00:00+00:00",
        ]

    def test_more_rows_than_a_worksheet_holds_are_refused_with_a_way_out(self) -> None:
        with pytest.raises(AtlasError, match=r"1,048,575 rows.*1,048,576.*CSV or Parquet"):
            export(pd.DataFrame({"n": np.zeros(1_048_576)}), "xlsx", FACTS)

    def test_the_second_sheet_says_what_the_rows_are(self) -> None:
        said = about(ROWS)
        for words in (
            "Title: Practices",
            "Selection: Country: Spain",
            "Rows: 3",
            f"Address: {ADDRESS}",
            PROGRAMME,
            "geonames.org",
            "Licence: ",
            "CC BY 4.0",
            "Data version: 0123456789ab",
            "Data as of: 22 November 2026",
            "Downloaded: 1 December 2026",
        ):
            assert words in said

    def test_each_choice_has_its_line_and_none_means_everything(self) -> None:
        chosen = Provenance("Practices", ["Country: Spain", "From: 2015"], "", date(2026, 11, 22), "0")
        assert "Selection: Country: Spain\n: From: 2015\nRows" in about(ROWS, chosen)
        assert "Selection: Everything" in about(ROWS, Provenance("Practices", [], "", date(2026, 11, 22), "0"))

    def test_rows_that_name_their_evidence_are_pointed_to(self) -> None:
        assert "each row names under “evidence_urls”" in about(pd.DataFrame({"evidence_urls": [["a"]]}))


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


class TestFormulas:
    @pytest.mark.parametrize(
        "text",
        ["=1+1", "+351 21", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "\u00a0@x", "＝1", "＋1", "－1", "＠a"],
    )
    def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(self, text: str) -> None:
        frame = pd.DataFrame({"title": [text]})
        assert csv_rows(frame)[1][0] == f"'{text}"
        cell = book(frame)["Data"]["A2"]
        assert cell.data_type == "s"
        assert cell.value.startswith("'")

    @pytest.mark.parametrize("text", ["'quoted'", "a=b", "–5", "1-2", "'", "", "(=)"])
    def test_other_texts_stay_as_they_are(self, text: str) -> None:
        assert neutral(text) == text

    def test_negative_numbers_stay_numbers(self) -> None:
        assert csv_rows(pd.DataFrame({"x": [-5, -2]}))[1:] == [["-5"], ["-2"]]
        assert sheet_rows(pd.DataFrame({"x": [-5.5]}))[1:] == [(-5.5,)]

    def test_a_negative_number_kept_as_text_is_a_text(self) -> None:
        assert csv_rows(pd.DataFrame({"x": ["-5"]}))[1] == ["'-5"]

    def test_a_header_and_a_list_are_kept_from_running_too(self) -> None:
        frame = pd.DataFrame({"=cmd": [["@a", "b"]]})
        assert csv_rows(frame) == [["'=cmd"], ["'@a; b"]]
        assert sheet_rows(frame) == [("'=cmd",), ("'@a; b",)]

    def test_facts_about_a_file_are_kept_from_running(self) -> None:
        said = about(ROWS, Provenance("=1+1", ["@x"], "", date(2026, 11, 22), "0"))
        assert "Title: '=1+1" in said
        assert "Selection: '@x" in said

    def test_a_workbook_says_how_many_cells_carry_an_apostrophe(self) -> None:
        assert "1 cell has an apostrophe before it" in about(ROWS)

    @given(st.text(alphabet="'=+-@\t \r\nab＝"))
    def test_what_was_kept_from_running_can_be_had_back(self, text: str) -> None:
        assert restored(neutral(text)) == text


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

    @given(st.text(), st.lists(st.text()), st.sampled_from(list(FORMATS)))
    def test_any_words_make_a_name_that_every_system_takes(self, title: str, selection: list[str], form: str) -> None:
        name = file_name(title, Provenance(title, selection, "", date(2026, 11, 22), "0"), form)
        assert len(name) <= 100
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
        assert name.startswith("icc-")
        assert name.endswith(f"_2026-11-22{FORMATS[form].suffix}")


NAMES = ("text", "whole", "number", "flag", "day", "list")
TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["=1", "+1", "-1", "@a", "\t1", " =1", "'=1", '"', "a,b;c", "\n", "NA", "#N/A"]),
)
FRAMES = (
    st.integers(0, 6)
    .flatmap(
        lambda count: st.fixed_dictionaries(
            {
                "text": st.lists(st.none() | TEXTS, min_size=count, max_size=count),
                "whole": st.lists(st.none() | st.integers(-(2**53), 2**53), min_size=count, max_size=count),
                "number": st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=count, max_size=count),
                "flag": st.lists(st.booleans(), min_size=count, max_size=count),
                "day": st.lists(
                    st.none() | st.dates(date(1901, 1, 1), date(2200, 1, 1)), min_size=count, max_size=count
                ),
                "list": st.lists(st.lists(st.text(max_size=8), max_size=3), min_size=count, max_size=count),
            }
        )
    )
    .map(lambda columns: pd.DataFrame({name: pd.Series(columns[name], dtype=object) for name in NAMES}))
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def spreadsheet_text(text: str | None) -> str:
    bare = "".join("\ufffd" if (ord(c) < 32 and c not in "\t\r\n") or c in "\ufffe\uffff" else c for c in text or "")
    return neutral(bare)


@settings(max_examples=60, deadline=None)
@given(FRAMES)
def test_a_csv_file_gives_back_what_went_in(frame: pd.DataFrame) -> None:
    content = io.BytesIO(export(frame, "csv", FACTS))
    read = pd.read_csv(content, keep_default_na=False, dtype=str, encoding="utf-8-sig", skip_blank_lines=False)
    assert list(read.columns) == list(frame.columns)
    assert read["text"].tolist() == [spreadsheet_text(text) for text in frame["text"]]
    assert read["list"].tolist() == [spreadsheet_text("; ".join(parts)) for parts in frame["list"]]
    assert [int(text) if text else None for text in read["whole"]] == frame["whole"].tolist()
    assert [float(text) for text in read["number"]] == frame["number"].tolist()
    assert [text == "true" for text in read["flag"]] == frame["flag"].tolist()
    assert [date.fromisoformat(text) if text else None for text in read["day"]] == frame["day"].tolist()


@settings(max_examples=60, deadline=None)
@given(FRAMES)
def test_no_text_of_a_spreadsheet_begins_like_a_formula(frame: pd.DataFrame) -> None:
    texts = [cell for row in csv_rows(frame) for place, cell in enumerate(row) if place in (0, 5)]
    for row in sheet_rows(frame):
        texts += [cell for cell in row if isinstance(cell, str)]
    assert not [text for text in texts if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA)]


@settings(max_examples=40, deadline=None)
@given(FRAMES)
def test_a_workbook_gives_back_what_went_in(frame: pd.DataFrame) -> None:
    read = sheet_rows(frame)[1:]
    assert len(read) == len(frame)
    for row, before in zip(read, frame.itertuples(index=False), strict=True):
        text = (before.text or "").replace("\r\n", "\n").replace("\r", "\n")
        assert row[0] == (spreadsheet_text(text) or None)
        whole = before.whole
        assert row[1] == (whole if whole is None or abs(whole) < 10**15 else neutral(str(whole)))
        # Excel keeps about 15 digits.
        assert row[2] == pytest.approx(before.number, rel=1e-15)
        assert row[3] is before.flag
        assert row[4] == (before.day and datetime.combine(before.day, datetime.min.time()))


@settings(max_examples=60, deadline=None)
@given(FRAMES)
def test_json_gives_back_what_went_in(frame: pd.DataFrame) -> None:
    before = frame.to_dict("records")
    for row in before:
        row["day"] = row["day"] and row["day"].isoformat()
    assert json_file(frame)["rows"] == before


@settings(max_examples=60, deadline=None)
@given(FRAMES)
def test_parquet_gives_back_what_went_in(frame: pd.DataFrame) -> None:
    assert parquet(frame).to_pylist() == frame.to_dict("records")
