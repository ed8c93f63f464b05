"""Rows to write into files, and the files read back."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from icc_data.files.export import Provenance, export

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
