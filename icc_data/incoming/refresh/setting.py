"""One change to many rows of the data: all of it or nothing, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.incoming.check import Data, valid_data
from icc_data.incoming.data_folder import writing
from icc_data.incoming.refresh.applying import Applied, with_old_name, write_records
from icc_data.incoming.refresh.matching import key_of
from icc_data.model.columns import LIST_SEPARATOR, Column, columns_of
from icc_data.model.identifiers import KEYS
from icc_data.model.records import TABLES, City, Record, read_record, row_of

Settable = Literal["practices", "cities"]
_PART = re.compile(r"\s*(?P<column>\w+)\s*(?P<sign>[+-]?)=(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True)
class Change:
    """A cell that changed, or would: its line, the key of its record, its column, and what it held and holds."""

    line: int
    key: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class _Part:
    """``column=value`` as typed: which column, ``+`` or ``-`` where a list is meant, and the value as a cell."""

    column: Column
    sign: str
    cell: str

    def holds_of(self, row: dict[str, str]) -> bool:
        """Whether a row is one of those meant: a list is where it has the value, any other cell where it is it."""
        if self.column.many and self.cell:
            return set(_parts(self.cell)) <= set(_parts(row[self.column.name]))
        return row[self.column.name] == self.cell

    def put_into(self, row: dict[str, str]) -> str:
        """What the cell of a row becomes."""
        if not self.sign:
            return self.cell
        own, others = _parts(row[self.column.name]), _parts(self.cell)
        kept = [part for part in own if part not in others]
        return LIST_SEPARATOR.join(kept if self.sign == "-" else dict.fromkeys([*own, *others]))


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _part(text: str, table: str, data: Data) -> _Part:
    match = _PART.fullmatch(text)
    if match is None:
        advice = _("Write it as column=value, or for a list column+=value and column-=value.")
        raise AtlasError(_("“{text}” says no column and value.").format(text=text), advice)
    columns = {column.name: column for column in columns_of(TABLES[table])}
    column = columns.get(match["column"])
    if column is None:
        title = _("“{column}” is no column of {table}.csv.").format(column=match["column"], table=table)
        raise AtlasError(title, _("Name one of: {columns}.").format(columns=", ".join(columns)))
    if match["sign"] and not column.many:
        title = _("“{column}” holds one value, so nothing can be added to it.").format(column=column.name)
        raise AtlasError(title, _("Write {column}=value.").format(column=column.name))
    return _Part(column, match["sign"], _cell(match["value"].strip(), column, data))


def _cell(text: str, column: Column, data: Data) -> str:
    """The value as its cell has it: checked, and a code where a label was given.

    Raises:
        AtlasError: the column can hold no such value.
    """
    refusal = _("“{value}” cannot stand in {column}.").format(value=text, column=column.name)
    advice = _("Expected {kind}.").format(kind=column.in_words())
    try:
        value = column.parse(text)
    except ValueError:
        raise AtlasError(refusal, advice) from None
    if column.kind.vocabulary and value:
        parts = value if column.many else (value,)
        codes = [data.vocabulary.find(column.kind.vocabulary, part) for part in parts]
        if None in codes:
            codes_text = ", ".join(data.vocabulary.codes(column.kind.vocabulary))
            raise AtlasError(refusal, _("Expected one of: {codes}.").format(codes=codes_text))
        return LIST_SEPARATOR.join(code for code in codes if code)
    if column.kind.refers and value:
        ids = {city.city_id for city in data.cities}
        if not ids.issuperset(value if column.many else (value,)):
            raise AtlasError(refusal, _("Expected a city_id of cities.csv."))
    return column.text(value)


def set_cells(
    table: Settable, where: Sequence[str], cells: Sequence[str], directory: Path, *, dry_run: bool = False
) -> tuple[Change, ...]:
    """Change cells of every row of which something is so; a city that is renamed keeps its old name as an alias.

    Args:
        table: which table.
        where: ``column=value`` each, all of which have to be so; of a list, that it has the value.
        cells: ``column=value`` each; of a list also ``column+=value`` and ``column-=value``.
        directory: the data folder; it must be valid, and is valid afterwards.
        dry_run: write nothing.

    Returns:
        Every cell that changed, or would, in the order of the file.

    Raises:
        AtlasError: there is no such column, value or row, or an identifier would change; nothing was written.
        InvalidDataError: the folder has problems, or would have; nothing was written.
    """
    try:
        if dry_run:
            return _changes(table, where, cells, valid_data(directory))[1]
        with writing(directory):
            data = valid_data(directory)
            records, changes = _changes(table, where, cells, data)
            if changes:
                every = {name: [item.record for item in items] for name, items in data.accepted.items()}
                write_records(directory, data, Applied(changed={table: records}), every | {table: records})
    except OSError as error:
        advice = _("Check the rights and the space on the disk; the data is as it was.")
        raise AtlasError(
            _("{file} cannot be written: {reason}.").format(file=error.filename or directory, reason=error.strerror),
            advice,
        ) from None
    return changes


def _changes(
    table: Settable, where: Sequence[str], cells: Sequence[str], data: Data
) -> tuple[list[Record], tuple[Change, ...]]:
    conditions, puts = ([_part(text, table, data) for text in texts] for texts in (where, cells))
    for part in puts:
        if part.column.name in KEYS[table]:
            title = _("“{column}” is the identifier, which never changes.").format(column=part.column.name)
            raise AtlasError(title, _("Other tables, links and snapshots lead to it."))
    records: list[Record] = []
    changes: list[Change] = []
    meant = 0
    for item in data.accepted[table]:
        row = row_of(item.record)
        if not all(condition.holds_of(row) for condition in conditions):
            records.append(item.record)
            continue
        meant += 1
        new = dict(row)
        for part in puts:
            new[part.column.name] = part.put_into(new)
        record, faults = read_record(TABLES[table], new, data.vocabulary)
        if record is None:
            told = "; ".join(f"{fault.column} “{fault.value}”: {fault.reason}" for fault in faults)
            raise AtlasError(f"{table}.csv:{item.line} {told}.", _("Nothing was written."))
        if isinstance(record, City) and isinstance(item.record, City):
            record = with_old_name(item.record, record)
        records.append(record)
        key = key_of(record)
        after = row_of(record)
        changes += [Change(item.line, key, name, row[name], after[name]) for name in row if row[name] != after[name]]
    if not meant:
        title = _("No row of {table}.csv is so: {conditions}.").format(table=table, conditions=", ".join(where))
        raise AtlasError(title, _("Nothing was written."))
    return records, tuple(changes)
