"""What was decided in a review, written into the data: all of it or nothing, and nothing else."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from icc_data.errors import AtlasError, Problem
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from icc_data.incoming.check import Data, load_data, valid_data
from icc_data.incoming.data_folder import replace_tables, scratch, table_bytes, writing
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.incoming.readers.table import Row, Table, read_rows_of
from icc_data.incoming.refresh.matching import key_of, title_of
from icc_data.incoming.refresh.review import YES, Block, read_review
from icc_data.model.columns import columns_of
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.identifiers import Identifiers, identities, table_of
from icc_data.model.records import TABLES, City, Practice, Record, Term, row_of
from icc_data.text import fold

MOST_SAID = 20


@dataclass
class Applied:
    """What applying a review did, or would do.

    Attributes:
        added: the new records by table.
        changed: the records by table whose cells changed, as they are now.
        undecided: how many records nobody decided on; they stay as they are.
    """

    added: dict[str, list[Record]] = field(default_factory=dict)
    changed: dict[str, list[Record]] = field(default_factory=dict)
    undecided: int = 0

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that are another now."""
        return tuple(name for name in TABLES if name in self.added or name in self.changed)


def apply_review(file: Path, directory: Path, *, dry_run: bool = False) -> Applied:
    """Write what a review decided.

    Args:
        file: the review, as ``take`` wrote it and somebody filled it.
        directory: the data folder; it must be valid, and is valid afterwards.
        dry_run: write nothing.

    Raises:
        AtlasError: the review cannot be read, a record that it takes cannot be read, or the data has changed since
            then where it would be changed now; nothing was written.
        InvalidDataError: the folder has problems, or would have; nothing was written.
    """
    blocks = read_review(file)
    if dry_run:
        return _applied(file.name, blocks, valid_data(directory)).applied
    try:
        with writing(directory):
            data = valid_data(directory)
            outcome = _applied(file.name, blocks, data)
            if outcome.applied.tables:
                write_records(directory, data, outcome.applied, outcome.records)
    except OSError as error:
        advice = _("Check the rights and the space on the disk; the data is as it was.")
        raise AtlasError(
            _("{file} cannot be written: {reason}.").format(file=error.filename or directory, reason=error.strerror),
            advice,
        ) from None
    return outcome.applied


class _Decided:
    """The records of the data as a review leaves them, and what is wrong with it.

    Args:
        file: the review's name.
        data: the data as it is.
    """

    def __init__(self, file: str, data: Data) -> None:
        self._file, self._data, self._gazetteer = file, data, Gazetteer(data.cities)
        self.records = {name: [item.record for item in data.accepted.get(name, ())] for name in TABLES}
        self._places = {(name, key_of(one)): at for name in TABLES for at, one in enumerate(self.records[name])}
        self._taken = {one for items in self.records.values() for record in items for one in identities(record)}
        self._ids = Identifiers(practice.practice_id for practice in data.practices)
        self.applied = Applied()
        self.problems: list[Problem] = []

    def decide(self, block: Block) -> None:
        """Do what was decided on a record."""
        if block.head.decision != YES:
            undecided = not block.head.decision and block.head.standing not in ("same", "unreadable")
            self.applied.undecided += undecided
        elif block.head.key:
            self._change(block)
        else:
            self._add(block)

    def _fault(self, block: Block, column: str, value: str, reason: str) -> None:
        self.problems.append(Problem(self._file, block.place, column, value, reason))

    def _change(self, block: Block) -> None:
        table = block.head.table
        at = self._places.get((table, block.head.key))
        if at is None:
            self._fault(block, "key", block.head.key, _("is no record of {table}.csv any more").format(table=table))
            return
        now, chosen = row_of(self.records[table][at]), block.chosen()
        for cell in block.cells:
            if cell.column not in now:
                self._fault(block, "column", cell.column, _("is no column of {table}").format(table=table))
                return
            if cell.column in chosen and now[cell.column] not in (cell.old, cell.new):
                reason = _("the data holds “{now}” now, and held “{before}”: take the files again").format(
                    now=now[cell.column], before=cell.old
                )
                self._fault(block, cell.column, cell.new, reason)
                return
        record = self._read(block, {**now, **chosen})
        before = self.records[table][at]
        if isinstance(record, City) and isinstance(before, City):
            record = with_old_name(before, record)
        elif isinstance(record, Term) and isinstance(before, Term):
            record = _with_old_labels(before, record)
        if record is not None and record != self.records[table][at]:
            self.records[table][at] = record
            self.applied.changed.setdefault(table, []).append(record)

    def _add(self, block: Block) -> None:
        if not block.cells:
            self._fault(block, "decision", YES, _("there is nothing to take: the file could not be read"))
            return
        record = self._read(block, block.chosen())
        if record is None:
            return
        if isinstance(record, Practice):
            record = replace(record, practice_id=self._ids.take(record.practice_id))
        if self._taken & set(identities(record)):
            self._fault(block, "title", title_of(record), _("stands in the data, or above in the review, already"))
            return
        self._taken |= set(identities(record))
        self.records[table_of(record)].append(record)
        self.applied.added.setdefault(table_of(record), []).append(record)

    def _read(self, block: Block, cells: Mapping[str, str]) -> Record | None:
        """The record that some cells make, read as a row of a table from outside is; None where they make none."""
        table = Table(tuple(cells), (Row(block.place, cells),))
        try:
            # As JSON: an apostrophe before a formula was taken away when the review was read.
            result = read_rows_of(f"{self._file}.json", table, self._data.vocabulary, self._gazetteer)
        except AtlasError as error:
            self._fault(block, "", block.head.title, str(error))
            return None
        self.problems += [replace(problem, file=self._file, line=block.place) for problem in result.problems]
        record = result.accepted[0].record if result.accepted and not result.rejected else None
        if record is not None and block.head.table not in ("", table_of(record)):
            self._fault(
                block, "table", block.head.table, _("the cells make a row of {table}").format(table=table_of(record))
            )
            return None
        return record


def with_old_name(before: City, after: City) -> City:
    """A city as it is now, its old name among its aliases where it was renamed: texts written before name it so."""
    there = {fold(name) for name in (after.name, after.local_name or "", *after.aliases)}
    return after if fold(before.name) in there else replace(after, aliases=(*after.aliases, before.name))


def _with_old_labels(before: Term, after: Term) -> Term:
    """A term as it is now, its old labels among its aliases: templates already sent out and addresses name it so."""
    there = {fold(name) for name in (after.code, after.label_en, after.label_fr or "", *after.aliases)}
    old = [label for label in (before.label_en, before.label_fr) if label and fold(label) not in there]
    return replace(after, aliases=(*after.aliases, *dict.fromkeys(old)))


def _applied(file: str, blocks: Sequence[Block], data: Data) -> _Decided:
    """The data as a review leaves it.

    Raises:
        AtlasError: something that was decided cannot be done.
    """
    outcome = _Decided(file, data)
    for block in blocks:
        outcome.decide(block)
    if outcome.problems:
        listed = list(map(str, outcome.problems[:MOST_SAID]))
        if (left := len(outcome.problems) - MOST_SAID) > 0:
            more = translate_plural("… and {count} more.", "… and {count} more.", left)
            listed.append(more.format(count=number(left)))
        raise AtlasError("\n".join(listed), _("Mend the review; nothing was written."))
    return outcome


def table_text(text: str, name: str, before: Sequence[Record], after: Sequence[Record]) -> str:
    """The file of a table with what has changed in its records: cells that have not stay as they are written.

    Args:
        text: what the file holds; its first rows are the records before, in their order.
        name: which table.
        before: its records.
        after: the same records, changed or not, and new ones after them.
    """
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    header = [heading.strip() for heading in rows[0]] if rows else []
    cells = [dict(zip(header, row, strict=False)) for row in rows[1:]]
    for at, record in enumerate(after):
        now = row_of(record)
        if at < len(before):
            was = row_of(before[at])
            cells[at] |= {column: cell for column, cell in now.items() if cell != was[column]}
        else:
            cells.append({column: cell for column, cell in now.items() if cell})
    all_columns = [column.name for column in columns_of(TABLES[name])]
    columns = [
        *header,
        *(column for column in all_columns if column not in header and any(row.get(column) for row in cells)),
    ]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns or all_columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(cells)
    return out.getvalue()


def write_records(directory: Path, data: Data, applied: Applied, records: Mapping[str, Sequence[Record]]) -> None:
    """Write the tables that are another now, all or none; cells that did not change stay as they are written.

    Args:
        directory: the data folder, within ``data_folder.writing``.
        data: what it holds.
        applied: which tables are another.
        records: the records of every table as they are to be.

    Raises:
        InvalidDataError: the data would have problems; nothing was written.
    """
    with scratch(directory) as new:
        for name in TABLES:
            if (directory / f"{name}.csv").exists():
                shutil.copy2(directory / f"{name}.csv", new)
        for name in applied.tables:
            before = [item.record for item in data.accepted.get(name, ())]
            text = table_text(table_bytes(directory, name).decode("utf-8-sig"), name, before, records[name])
            (new / f"{name}.csv").write_bytes(text.encode("utf-8"))
        problems = load_data(new)[1]
        if problems:
            raise InvalidDataError(problems)
        replace_tables(directory, new, applied.tables)
