"""The table in which a person decides what of many files becomes data: one block a record, one row a cell.

The first row of a block stands for the record; ``yes`` in its decision takes it. The rows below it are its cells, old
beside new, each of which may be mended there, or left out by a decision of its own (``no``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

from icc_data.errors import AtlasError, Problem
from icc_data.formula import neutral, restored
from icc_data.i18n import translate
from icc_data.incoming.readers.table import open_table
from icc_data.output import write_file

Standing = Literal["new", "changed", "same", "near-double", "refused", "unreadable"]
STANDINGS: tuple[Standing, ...] = ("new", "changed", "near-double", "refused", "unreadable", "same")
"""What a record is beside the data: the order in which a review shows them, the decisions first."""
YES, NO = "yes", "no"
_MEANT = {YES: ("yes", "y", "x", "oui", "o", "1", "true"), NO: ("no", "n", "non", "0", "false"), "": ("",)}
_WIDTHS = (8, 10, 12, 14, 28, 40, 18, 40, 40, 24, 7, 60)


@dataclass(frozen=True)
class ReviewRow:
    """One row of a review, every value as text.

    Attributes:
        record: which block it belongs to.
        decision: ``yes``, ``no`` or nothing yet.
        standing: what the record is beside the data; in the first row of a block.
        table: the table of the data in which it stands, or would.
        key: the identifier of the record in the data; empty where it is new.
        title: the record in words.
        column: the column of the cell; empty in the first row of a block.
        old: what the data holds.
        new: what the file holds; a person may mend it.
        file: the file it came from.
        line: the line or row there.
        note: readings that were chosen, reasons for a refusal, and what looks alike.
    """

    record: str
    decision: str = ""
    standing: str = ""
    table: str = ""
    key: str = ""
    title: str = ""
    column: str = ""
    old: str = ""
    new: str = ""
    file: str = ""
    line: str = ""
    note: str = ""


COLUMNS = tuple(attribute.name for attribute in fields(ReviewRow))


@dataclass(frozen=True)
class Block:
    """A record with its cells.

    Attributes:
        head: the row that stands for the record.
        cells: the rows of its cells.
        place: the line of the review on which it starts; 0 where it has not been written.
    """

    head: ReviewRow
    cells: tuple[ReviewRow, ...] = ()
    place: int = field(default=0, compare=False)

    def chosen(self) -> dict[str, str]:
        """The cells to take, by column: those that nobody said no to."""
        return {cell.column: cell.new for cell in self.cells if cell.decision != NO}


def counts(blocks: Iterable[Block]) -> dict[str, int]:
    """How many records of each standing there are, those without any left out."""
    standings = [block.head.standing for block in blocks]
    return {standing: standings.count(standing) for standing in STANDINGS if standing in standings}


def decided(blocks: Iterable[Block], standings: Iterable[str]) -> tuple[Block, ...]:
    """The blocks with ``yes`` for every record of some standings."""
    taken = set(standings)
    return tuple(
        replace(block, head=replace(block.head, decision=YES)) if block.head.standing in taken else block
        for block in blocks
    )


def write_review(blocks: Sequence[Block], file: Path) -> None:
    """Write a review as CSV, or as an Excel workbook where its name ends so.

    Raises:
        AtlasError: it cannot be written there, or a cell is longer than a workbook takes.
    """
    rows = [astuple(row) for block in blocks for row in (block.head, *block.cells)]
    try:
        content = _workbook(rows) if file.suffix.lower() == ".xlsx" else _csv(rows)
    except ValueError as error:
        raise AtlasError(
            translate("{file} cannot hold this: {error}.").format(file=file.name, error=error),
            translate("Name a file that ends in .csv."),
        ) from None
    write_file(file, content)


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    # With its mark, Excel reads it as UTF-8.
    return out.getvalue().encode("utf-8-sig", errors="backslashreplace")


def _workbook(rows: Iterable[tuple[str, ...]]) -> bytes:
    # Loaded only where a workbook is written.
    from icc_data.spreadsheet import HEAD, TEXT, WRAPPED, Spreadsheet

    book = Spreadsheet(translate("Review of what was read"))
    sheet = book.sheet("Review", _WIDTHS)
    head, body = HEAD, {**WRAPPED, **TEXT}
    sheet.freeze_panes(1, 2)
    book.write_row(sheet, 0, COLUMNS, head)
    for number, row in enumerate(rows, start=1):
        book.write_row(sheet, number, row, body)
    return book.content()


def read_review(file: Path) -> tuple[Block, ...]:
    """Read a review back, with what was decided and mended.

    Raises:
        AtlasError: it cannot be opened, lacks a column, or holds a decision that says neither yes nor no.
    """
    table = open_table(file)
    lacking = [name for name in COLUMNS if name not in table.header]
    if lacking:
        raise AtlasError(
            translate("{file} is no review: it has no column {columns}.").format(
                file=file.name, columns=", ".join(f"“{name}”" for name in lacking)
            ),
            translate("Give the file that “take” wrote, with its columns as they were."),
        )
    problems = [Problem(file.name, row.line, "", "", row.fault) for row in table.rows if row.fault]
    rows: list[tuple[int, ReviewRow]] = []
    for row in table.rows:
        cells = {name: restored(row.cells.get(name, "")).strip() for name in COLUMNS}
        meant = next((answer for answer, words in _MEANT.items() if cells["decision"].casefold() in words), None)
        if meant is None:
            reason = translate("expected yes, no or nothing")
            problems.append(Problem(file.name, row.line, "decision", cells["decision"], reason))
        rows.append((row.line, ReviewRow(**{**cells, "decision": meant or ""})))
    if problems:
        raise AtlasError("\n".join(map(str, problems[:10])), translate("Mend them; nothing was written."))
    return tuple(_blocks(rows))


def _blocks(rows: Iterable[tuple[int, ReviewRow]]) -> Iterator[Block]:
    for _, members in groupby(rows, key=lambda row: row[1].record):
        (place, head), *rest = members
        yield Block(head, tuple(row for _, row in rest), place)
