"""Which data it is: its date, its version, and its tables as texts, wherever they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from icc_data.errors import AtlasError
from icc_data.i18n import translate
from icc_data.incoming.check import Data, valid_data
from icc_data.incoming.data_folder import table_bytes, table_file
from icc_data.incoming.readers.table import open_table
from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES, row_of

# How often the data is read where it changes while it is read.
_READINGS = 5

Cells = dict[str, str]


@dataclass(frozen=True)
class Texts:
    """A table as texts, the same wherever it was read from.

    Attributes:
        columns: those that were recorded, in the order of the file; a column may be recorded and empty.
        rows: the cells by column, as ``records.row_of`` writes them.
    """

    columns: tuple[str, ...]
    rows: tuple[Cells, ...]


Tables = Mapping[str, Texts]
"""The tables of one version by name; one that was not kept then is missing."""


def as_of_date(data: Data) -> date:
    """The day up to which the data speaks: the newest on which a practice was seen.

    Raises:
        AtlasError: no practice says when it was seen.
    """
    return newest_day(practice.accessed for practice in data.practices)


def newest_day(seen: Iterable[date | None]) -> date:
    """As ``as_of_date``, of the days themselves."""
    days = [day for day in seen if day]
    if not days:
        raise AtlasError(
            translate("No practice says when it was seen."), translate("Fill the column “accessed” of practices.csv.")
        )
    return max(days)


def data_version(data: Data) -> str:
    """A digest of what the tables say: 64 hexadecimal digits, of which people quote the first twelve.

    The order of the rows, empty columns and how the files are written do not count, and neither does the code that
    reads them: the same records have the same version on every machine, in a copy of them as well.
    """
    return digest_of(line for table in sorted(data.accepted) for line in lines_of(data, table))


def lines_of(data: Data, table: str) -> Iterator[bytes]:
    """What counts of each record of a table for the data's version, sorted, each with a mark before it."""
    # Encoded texts stand in the same order as the texts, and take less room.
    yield from sorted(_line(table, row_of(item.record)) for item in data.accepted[table])


def _line(table: str, cells: Cells) -> bytes:
    return "\x1f".join([f"\x1e{table}", *(f"{name}={text}" for name, text in cells.items() if text)]).encode()


def digest_of(lines: Iterable[bytes | memoryview]) -> str:
    """The data's version of its lines, table by table in the order of their names; several may come in one piece."""
    digest = sha256()
    for place, line in enumerate(lines):
        # Marks stand between them.
        digest.update(line if place else line[1:])
    return digest.hexdigest()


def tables_of_folder(directory: Path, data: Data) -> dict[str, Texts]:
    """The tables of a data folder.

    Args:
        directory: the folder.
        data: the records that were read from it.

    Raises:
        AtlasError: a file cannot be read any more.
    """
    tables = {}
    for table, record_type in TABLES.items():
        file = table_file(directory, table)
        if file.exists():
            header = set(open_table(file).header)
            columns = tuple(column.name for column in columns_of(record_type) if column.name in header)
            tables[table] = Texts(columns, tuple(row_of(item.record) for item in data.accepted[table]))
    return tables


def read_folder(directory: Path) -> tuple[Data, dict[str, Texts]]:
    """The records and the tables of a data folder, of one moment.

    Raises:
        InvalidDataError: the data has problems.
        AtlasError: there is no such folder, or somebody writes to it all the time.
    """
    for _ in range(_READINGS):
        before = [table_bytes(directory, table) for table in TABLES]
        try:
            data = valid_data(directory)
            tables = tables_of_folder(directory, data)
        except AtlasError:
            if before == [table_bytes(directory, table) for table in TABLES]:
                raise
            continue
        if before == [table_bytes(directory, table) for table in TABLES]:
            return data, tables
    raise AtlasError(
        translate("The data in “{folder}” changes all the time.").format(folder=directory),
        translate("Try again when nobody writes to it."),
    )
