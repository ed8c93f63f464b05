"""Tables to read, written in every format, and what was read from them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from icc_data.errors import Problem
from icc_data.incoming.check import Data, valid_data
from icc_data.incoming.readers.result import ReadResult
from icc_data.incoming.readers.table import read_table
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.records import Practice
from icc_data.paths import DATA_DIRECTORY

ROOT = Path(__file__).parents[2]
DATA: Data = valid_data(DATA_DIRECTORY)
GAZETTEER = Gazetteer(DATA.cities)
FORMATS = (".csv", ";csv", ".tsv", "bom.csv", ".xlsx", ".json", ".jsonl")
Rows = Sequence[dict[str, Any]]


def _csv_text(rows: Rows, delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_excel(path: Path, rows: Rows) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([value or None for value in row.values()])
    book.save(path)


def write(folder: Path, form: str, rows: Rows) -> Path:
    """A table in one of the formats."""
    path = folder / f"table{form if form.startswith('.') else '.csv'}"
    if form == ".xlsx":
        write_excel(path, rows)
        return path
    text = {
        ".csv": lambda: _csv_text(rows),
        ";csv": lambda: _csv_text(rows, ";"),
        ".tsv": lambda: _csv_text(rows, "\t"),
        "bom.csv": lambda: "\ufeff" + _csv_text(rows),
        ".json": lambda: json.dumps(rows, ensure_ascii=False),
        ".jsonl": lambda: "\n".join(json.dumps(row, ensure_ascii=False) for row in rows),
    }[form]()
    path.write_bytes(text.encode("utf-8"))
    return path


def read(path: Path) -> ReadResult:
    return read_table(path, DATA.vocabulary, GAZETTEER)


def read_text(tmp_path: Path, text: str, name: str = "table.csv") -> ReadResult:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read(tmp_path / name)


def the_practice(result: ReadResult) -> Practice:
    assert result.problems == ()
    (item,) = result.accepted
    assert isinstance(item.record, Practice)
    return item.record


def the_problem(result: ReadResult) -> Problem:
    (problem,) = result.problems
    return problem
