"""Any rows as a file: CSV, Excel, JSON or Parquet, saying what they are and where they come from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from icc_data.cells import PlainColumn, is_number, plain_columns, text_of
from icc_data.errors import AtlasError
from icc_data.files import naming
from icc_data.files.workbook import CONTROL, MISFIT, workbook
from icc_data.formula import neutral
from icc_data.i18n import day, mark, number
from icc_data.i18n import translate as _
from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

PROGRAMME = "https://www.coe.int/interculturalcities"
LICENCE = mark(
    "Summaries, definitions, translations and codes: CC BY 4.0, The Intercultural Cities Atlas contributors. "
    "Coordinates and sizes of settlements: GeoNames, CC BY 4.0. The rest is facts, quoted with their source; "
    "rights in the pages themselves stay with their publishers."
)


@dataclass(frozen=True)
class Provenance:
    """What a file says of itself.

    Attributes:
        title: what the rows are, in words.
        selection: what was chosen, in words, one line a choice; empty means everything.
        address: where the view is; empty where that is not known.
        as_of: the date up to which the data speaks.
        version: the data's version.
        accessed: the day of the download.
        own: what in it is a city's own and not published, a sentence; empty where nothing is.
        notes: how a picture was computed, of how many, and what its signs mean, a sentence each; for pictures alone.
    """

    title: str
    selection: Sequence[str]
    address: str
    as_of: date
    version: str
    accessed: date = field(default_factory=date.today)
    own: str = ""
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Format:
    """A kind of file: what it is called, how its names end, its media type, and what it is good for."""

    label: str
    suffix: str
    mime: str
    help: str


FORMATS: dict[str, Format] = {
    "csv": Format("CSV", ".csv", "text/csv", mark("A plain table that every program opens.")),
    "xlsx": Format(
        "Excel",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        mark("A workbook with filters, and a sheet that names selection, sources and licence."),
    ),
    "json": Format("JSON", ".json", "application/json", mark("For programs: typed values, with their sources.")),
    "parquet": Format(
        "Parquet", ".parquet", "application/vnd.apache.parquet", mark("For analysis in Python, R or DuckDB.")
    ),
}


PICTURES: dict[str, Format] = {
    "svg": Format("SVG", ".svg", "image/svg+xml", mark("A drawing that stays sharp at every size.")),
    "png": Format("PNG", ".png", "image/png", mark("A picture for slides and documents.")),
    "pptx": Format(
        "PowerPoint",
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        mark("A slide with a title to edit, and the method as notes."),
    ),
}

DOCUMENTS: dict[str, Format] = {
    "pdf": Format("PDF", ".pdf", "application/pdf", ""),
    "pptx": Format(
        "PowerPoint", ".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ""
    ),
    "docx": Format("Word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""),
}


def export(frame: pd.DataFrame, form: str, provenance: Provenance) -> bytes:
    """The rows of a frame as a file.

    What is missing is an empty cell (CSV, Excel) or null (JSON, Parquet). Whole numbers and dates that pandas keeps
    in a wider type come out as whole numbers and dates. CSV and Excel join lists with “; ”, put an apostrophe before
    a text that a spreadsheet would run as a formula, and “�” in the place of control characters.

    Args:
        frame: the rows; its index is left out, and a name that two columns have is numbered.
        form: a key of ``FORMATS``.
        provenance: what the file says of itself; CSV has no place for it.

    Raises:
        AtlasError: the format is unknown, or there are more rows than a worksheet holds.
    """
    _format(form, FORMATS)
    return _WRITERS[form](plain_columns(frame), about(frame, provenance), provenance)


def file_name(title: str, provenance: Provenance, form: str) -> str:
    """A file name that says what is inside; see ``naming.file_name``.

    Args:
        title: what the rows are, in words.
        provenance: gives the selection, the date and whether own results are in it.
        form: a key of ``FORMATS``, ``PICTURES`` or ``DOCUMENTS``.

    Raises:
        AtlasError: the format is unknown.
    """
    return naming.file_name(title, provenance, _format(form, FORMATS | PICTURES | DOCUMENTS).suffix)


def about(frame: pd.DataFrame, provenance: Provenance) -> dict[str, Any]:
    """What a file says of itself: ``title, selection, rows, own_results`` (where there are any), ``address, sources,
    licence, data_version, data_date, downloaded``; dates as YYYY-MM-DD, sentences in the language in use.
    """
    named = [name for name in ("evidence_urls", "evidence_url") if name in frame.columns]
    return {
        "title": provenance.title,
        "selection": list(provenance.selection),
        "rows": len(frame),
        **({"own_results": provenance.own} if provenance.own else {}),
        "address": provenance.address,
        "sources": [
            _("Intercultural Cities programme of the Council of Europe: {address}").format(address=PROGRAMME),
            _("The pages that each row names under “{column}”").format(column=named[0])
            if named
            else _("The pages that each practice and city names as its evidence"),
            _("GeoNames: {address}").format(address="https://www.geonames.org/"),
        ],
        "licence": _(LICENCE),
        "data_version": provenance.version,
        "data_date": provenance.as_of.isoformat(),
        "downloaded": provenance.accessed.isoformat(),
    }


def _format(form: str, among: dict[str, Format]) -> Format:
    if form not in among:
        raise AtlasError(
            _("There is no format “{form}”.").format(form=form[:40]),
            _("Choose one of: {formats}.").format(formats=", ".join(among)),
        )
    return among[form]


def _csv(columns: list[PlainColumn], facts: dict[str, Any], provenance: Provenance) -> bytes:
    out = io.BytesIO()
    # By the mark at its beginning Excel knows UTF-8. Rows are written as they come: as one text, they would take four
    # times the memory of the file.
    with io.TextIOWrapper(out, "utf-8-sig", newline="") as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([_csv_cell(column.name) for column in columns])
        writer.writerows(zip(*(map(_csv_cell, column.cells) for column in columns), strict=True))
        text.flush()
        return out.getvalue()


def _csv_cell(cell: Any) -> str:
    text = text_of(cell)
    if not text or is_number(cell):
        return text
    return neutral(text if text.isprintable() else CONTROL.sub(MISFIT, text))


def _xlsx(columns: list[PlainColumn], facts: dict[str, Any], provenance: Provenance) -> bytes:
    about = (
        (_("Title"), [facts["title"]]),
        (_("Selection"), facts["selection"] or [_("Everything")]),
        (_("Rows"), [number(facts["rows"])]),
        (_("Own results"), [provenance.own] if provenance.own else []),
        (_("Address"), [facts["address"]] if facts["address"] else []),
        (_("Sources"), facts["sources"]),
        (_("Licence"), [facts["licence"]]),
        (_("Data version"), [facts["data_version"]]),
        (_("Data as of"), [day(provenance.as_of)]),
        (_("Downloaded"), [day(provenance.accessed)]),
    )
    return workbook(columns, about, facts["title"])


def _json(columns: list[PlainColumn], facts: dict[str, Any], provenance: Provenance) -> bytes:
    names = [column.name for column in columns]
    cells = zip(*(column.cells for column in columns), strict=True)
    # A row a line, for people and for diff.
    out = io.BytesIO()
    out.write(f'{{\n"about": {_json_text(facts, indent=2)},\n"columns": {_json_text(names)},\n"rows": ['.encode())
    separator = "\n"
    for row in cells:
        out.write(f"{separator}{_json_text(dict(zip(names, row, strict=True)))}".encode())
        separator = ",\n"
    out.write(b"\n]\n}\n" if separator != "\n" else b"\n\n]\n}\n")
    return out.getvalue()


def _json_text(value: Any, indent: int | None = None) -> str:
    try:
        return _encoder(indent).encode(value)
    except ValueError:
        # JSON knows no infinity.
        return _encoder(indent).encode(_finite(value))


@cache
def _encoder(indent: int | None) -> json.JSONEncoder:
    # Made once: to make one for each row takes as long as the row.
    return json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_moment, indent=indent)


def _moment(value: date) -> str:
    return value.isoformat()


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_finite(part) for part in value]
    return text_of(value) if isinstance(value, float) and not is_number(value) else value


def _parquet(columns: list[PlainColumn], facts: dict[str, Any], provenance: Provenance) -> bytes:
    # Loaded only for Parquet: everything else starts sooner without it.
    import pyarrow as pa
    import pyarrow.parquet as pq

    metadata = {key: value if isinstance(value, str) else _json_text(value) for key, value in facts.items()}
    arrays = [_array(column) for column in columns]
    schema = pa.schema([(column.name, array.type) for column, array in zip(columns, arrays, strict=True)], metadata)
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _array(column: PlainColumn) -> pa.Array:
    """A column of one Arrow type; as texts where its values have none in common."""
    import pyarrow as pa

    filled = [cell for cell in column.cells if cell is not None]
    kinds: dict[str, Any] = {"f": pa.float64(), "i": pa.int64(), "u": pa.int64(), "b": pa.bool_()}
    if not filled:
        moment = pa.timestamp("us")
        return pa.array(column.cells, moment if column.kind == "M" else kinds.get(column.kind, pa.string()))
    if column.kind == "f" and (len(filled) == len(column.cells) or column.name in _decimals()):
        # No number is missing that would have made floats of whole ones, or they are decimals that happen to be whole.
        return pa.array(column.cells, pa.float64())
    if not any(_holds_mapping(cell) for cell in filled):
        try:
            array = pa.array(column.cells)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            pass
        else:
            return array if array.type != pa.list_(pa.null()) else array.cast(pa.list_(pa.string()))
    return pa.array([None if cell is None else text_of(cell) for cell in column.cells], pa.string())


def _holds_mapping(cell: Any) -> bool:
    return isinstance(cell, dict) or (isinstance(cell, list) and any(map(_holds_mapping, cell)))


@cache
def _decimals() -> frozenset[str]:
    kinds = ((column.name, column.kind.name) for record in TABLES.values() for column in columns_of(record))
    return frozenset(name for name, kind in kinds if kind == "number")


_WRITERS: dict[str, Callable[[list[PlainColumn], dict[str, Any], Provenance], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "parquet": _parquet,
}
