"""What stands in a pack, whatever file it becomes: decided once, written by four writers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from icc_data.cells import is_known, python_value, text_of
from icc_data.files.export import Provenance
from icc_data.files.pack.measure import words
from icc_data.i18n import NOT_STATED, number, percent, signed
from icc_data.i18n import translate as _

Kind = Literal["text", "whole", "held", "decimal", "share", "points", "year"]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: of the column of the frame.
        label: its heading, with the unit where it has one.
        kind: what its values are; a ``share`` is between 0 and 1, ``points`` are a difference in percentage points, and
            of what is ``held`` none is left empty on paper, where one looks for gaps.
        weight: of its width on paper, beside other texts.
        short: its heading on paper, where the label is too long for its numbers.
        printed: whether it stands on paper; a workbook has all.
    """

    name: str
    label: str
    kind: Kind = "text"
    weight: float = 1
    short: str = ""
    printed: bool = True

    def words(self, value: Any) -> str:
        """A value as a person reads it; what is not known is a dash, and an empty text stays empty."""
        if not is_known(value):
            return NOT_STATED
        if self.kind == "text":
            return text_of(python_value(value))
        if self.kind == "share":
            return percent(float(value))
        if self.kind == "year":
            return str(int(value))
        if self.kind == "points":
            return signed(value)
        if self.kind == "held" and not value:
            return ""
        return number(float(value), 1 if self.kind == "decimal" and float(value) % 1 else 0)

    def plain(self, value: Any) -> Any:
        """A value as a spreadsheet holds it; None where it is not known."""
        if not is_known(value):
            return None
        if self.kind in ("whole", "held", "year"):
            return int(value)
        return text_of(python_value(value)) if self.kind == "text" else float(value)


@dataclass(frozen=True)
class Fact:
    """One thing that is known: what it is called, its value in words, and its year, source or whole (may be empty)."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """Things that are known, side by side; in boxes where they are the key numbers."""

    facts: tuple[Fact, ...]
    boxed: bool = False


@dataclass(frozen=True)
class Lines:
    """Sentences; as a list where they are ``listed``, else as small print below what they are about."""

    sentences: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True)
class Table:
    """Rows with typed columns.

    Attributes:
        title: what they are; names the sheet of a workbook.
        frame: the rows.
        columns: those to show, in their order.
        notes: what has to be known to read it.
        most: of the rows on paper; a workbook has all.
    """

    title: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()
    most: int | None = None

    def rows(self, most: int | None = None) -> Iterator[list[Any]]:
        """The values row by row, the first ones where there are more than ``most``."""
        frame = self.frame if most is None else self.frame.head(most)
        yield from (list(row) for row in zip(*(frame[column.name] for column in self.columns), strict=True))

    def on_paper(self) -> Table:
        """The same rows with the columns and headings of paper."""
        columns = (column for column in self.columns if column.printed)
        return replace(self, columns=tuple(replace(one, label=one.short or one.label) for one in columns))

    def printed(self) -> Iterator[list[str]]:
        """The rows on paper, in words."""
        paper = self.on_paper()
        for row in paper.rows(self.most):
            yield [column.words(value) for column, value in zip(paper.columns, row, strict=True)]

    def weights(self) -> list[float | None]:
        """How the columns of texts share the width of paper; None for those of numbers."""
        return [column.weight if column.kind == "text" else None for column in self.on_paper().columns]

    def longest(self) -> list[str]:
        """The longest word of each column of paper, its head aside; of numbers as many noughts."""
        printed = list(self.printed())
        longest = [
            max((word for row in printed for word in words(row[place])), key=len, default="")
            for place in range(len(self.on_paper().columns))
        ]
        return [
            word if column.kind == "text" else "0" * len(word)
            for word, column in zip(longest, self.on_paper().columns, strict=True)
        ]

    def remainder(self) -> str:
        """How many rows only a workbook has; empty where paper has all."""
        return more(len(self.frame) - self.most) if self.most is not None else ""


def more(count: int) -> str:
    """How many are not listed; empty where all are."""
    return _("and {count} more").format(count=number(count)) if count > 0 else ""


@dataclass(frozen=True)
class Series:
    """A column of numbers of a chart, what it is called, and its colour (``#rrggbb``)."""

    column: str
    label: str
    colour: str


@dataclass(frozen=True)
class Chart:
    """A picture of rows: drawn for paper, and native where a program draws it from the rows itself.

    Attributes:
        title: what it shows.
        draw: gives the Altair chart.
        frame: its rows, each category once.
        category: the column of the labels, or of the years.
        series: the columns of numbers; the first one stacks at the bottom.
        kind: lying ``bars``, standing ``columns``, a ``stack`` of them, ``lines``, or ``moves``: lying bars on either
            side of none, each category in one of the series.
        form: what the numbers are.
        alt: what it shows, for people who do not see it.
        notes: what has to be known to read it.
        height: of the drawing, pixels; its own if None.
        columns: more columns of the rows, for the table behind it in a workbook.
    """

    title: str
    draw: Callable[[], Any]
    frame: pd.DataFrame
    category: Column
    series: tuple[Series, ...]
    kind: Literal["bars", "columns", "stack", "lines", "moves"]
    form: Kind
    alt: str
    notes: tuple[str, ...] = ()
    height: int | None = None
    columns: tuple[Column, ...] = ()

    @property
    def keyed(self) -> bool:
        """Whether its colours need a key; of moves one colour alone says something."""
        return len(self.series) > 1 or self.kind == "moves"

    def table(self) -> Table:
        """The rows behind it."""
        numbers = tuple(Column(one.column, one.label, self.form) for one in self.series)
        return Table(self.title, self.frame, (self.category, *numbers, *self.columns), self.notes)

    def categories(self) -> list[str]:
        """What stands at each bar."""
        return [self.category.words(value) for value in self.frame[self.category.name]]

    def values(self, series: Series) -> list[float | int | None]:
        """The numbers of a series; None where one is not known."""
        column = Column(series.column, series.label, self.form)
        return [column.plain(value) for value in self.frame[series.column]]


@dataclass(frozen=True)
class Entry:
    """Something with a name: a note beside it, what is said of it, and where to read it; all but the name may be empty.

    ``address`` opens; ``source`` is what of it is shown.
    """

    title: str
    note: str = ""
    words: str = ""
    address: str = ""
    source: str = ""


@dataclass(frozen=True)
class Entries:
    """Things to read one by one, such as practices.

    Attributes:
        title: what they are; names the sheet of a workbook.
        entries: those on paper.
        note: what is left out.
        table: all of them as typed rows, for a workbook; the entries themselves where there are none.
        compact: whether their names alone are enough on paper, in a line.
    """

    title: str
    entries: tuple[Entry, ...]
    note: str = ""
    table: Table | None = None
    compact: bool = False

    def rows(self) -> Table:
        """They as a table."""
        if self.table is not None:
            return self.table
        columns = {"title": _("Name"), "note": _("Note"), "words": _("In words"), "address": _("Address")}
        frame = pd.DataFrame([[getattr(entry, name) for name in columns] for entry in self.entries], columns=[*columns])
        used = [name for name in columns if frame[name].astype(bool).any()]
        return Table(self.title, frame, tuple(Column(name, columns[name]) for name in used))


Part = Facts | Lines | Table | Chart | Entries


@dataclass(frozen=True)
class Section:
    """A part of a pack under a heading.

    Attributes:
        heading: what it is about.
        parts: what stands in it, in its order.
        rule: how it was chosen or has to be read, beside the heading.
    """

    heading: str
    parts: tuple[Part, ...]
    rule: str = ""


@dataclass(frozen=True)
class Pack:
    """A view to hand round.

    Attributes:
        kind: what kind of document it is.
        title: what it is about.
        place: where that is, below the title; may be empty.
        scope: what is in it, in sentences.
        findings: what the numbers say, in sentences.
        numbers: the key numbers.
        sections: the rest, in its order.
        method: how it was made.
        sources: where it comes from.
        provenance: address, day, data version, and what in it is not published.
        colour: its hue, ``#rrggbb``.
    """

    kind: str
    title: str
    provenance: Provenance
    scope: tuple[str, ...]
    findings: tuple[str, ...]
    sections: tuple[Section, ...]
    method: tuple[str, ...]
    sources: tuple[str, ...]
    colour: str
    place: str = ""
    numbers: Facts = field(default_factory=lambda: Facts((), boxed=True))

    def charts(self) -> Iterator[Chart]:
        """Its charts, in their order."""
        for section in self.sections:
            yield from (part for part in section.parts if isinstance(part, Chart))


def lines(*sentences: str, listed: bool = False) -> tuple[Lines, ...]:
    """The sentences that say something, as a part; none where none does."""
    told: Sequence[str] = [sentence for sentence in sentences if sentence]
    return (Lines(tuple(told), listed),) if told else ()
