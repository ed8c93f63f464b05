"""A table as it stands in a file, and its rows on their way to records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from icc_data.model.records import Fault


@dataclass(frozen=True)
class Row:
    """One row of a table, as it stands in its file.

    Attributes:
        line: where it starts.
        cells: its cells by heading.
        fault: what is wrong with its shape, so that no cell can be trusted.
        faults: what is wrong with single cells before they are read, by heading.
    """

    line: int
    cells: Mapping[str, str]
    fault: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """A row's cells as a record reads them.

    Attributes:
        cells: by column.
        faults: what is wrong with them already.
        asides: what refuses no row, but is told with the reasons of one that is refused.
        notes: readings that were chosen.
    """

    cells: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    asides: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table as it stands in a file, before anything is read into it.

    Attributes:
        header: its headings.
        rows: the rows under them.
        notes: how the file was read where that was chosen rather than stated.
        header_line: where the header stands.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    header_line: int = 1
