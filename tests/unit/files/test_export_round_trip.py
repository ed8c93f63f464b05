"""Whatever the rows hold, a file gives back what went in."""

from __future__ import annotations

import io
from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.files.export import export
from icc_data.formula import neutral
from tests.helpers.examples import examples
from tests.helpers.exported import FACTS, csv_rows, json_file, parquet, sheet_rows

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


@examples(25)
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


@examples(25)
@given(FRAMES)
def test_no_text_of_a_spreadsheet_begins_like_a_formula(frame: pd.DataFrame) -> None:
    texts = [cell for row in csv_rows(frame) for place, cell in enumerate(row) if place in (0, 5)]
    for row in sheet_rows(frame):
        texts += [cell for cell in row if isinstance(cell, str)]
    assert not [text for text in texts if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA)]


@examples(25)
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


@examples(25)
@given(FRAMES)
def test_json_gives_back_what_went_in(frame: pd.DataFrame) -> None:
    before = frame.to_dict("records")
    for row in before:
        row["day"] = row["day"] and row["day"].isoformat()
    assert json_file(frame)["rows"] == before


@examples(25)
@given(FRAMES)
def test_parquet_gives_back_what_went_in(frame: pd.DataFrame) -> None:
    assert parquet(frame).to_pylist() == frame.to_dict("records")
