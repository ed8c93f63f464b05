"""What a reader gives back: records that can be used, rows that cannot, and the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from icc_data.errors import Problem
from icc_data.model.records import Record


@dataclass(frozen=True)
class Accepted:
    """A record, where it stood, and what a person should know about how it was read.

    Attributes:
        record: the valid record.
        line: 1-based line (or row) of the file on which it starts.
        fields: everything read, ready for JSON, including what the record's table has no column for.
        notes: readings that were chosen rather than stated, such as a corrected spelling or an unknown tick.
    """

    record: Record
    line: int
    fields: Mapping[str, object]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """A row that could not be used, as it stands in the file, and every reason why."""

    line: int
    row: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class ReadResult:
    """All that one file held.

    Attributes:
        kind: which reader read it: ``listing``, ``card``, ``page`` or ``table``.
        accepted: the valid records.
        rejected: the rows refused.
        notes: what a person should know about how the file as a whole was read, such as its encoding.
    """

    kind: str
    accepted: tuple[Accepted, ...] = field(default=())
    rejected: tuple[Rejected, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every reason of every refused row, in the order of the file."""
        return tuple(problem for rejected in self.rejected for problem in rejected.problems)

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to read, as in a table that has only a header."""
        return not self.accepted and not self.rejected

    def with_notes_on_first(self) -> ReadResult:
        """The result with the notes on the whole file beside its first record, where people look at records alone."""
        if not self.notes or not self.accepted:
            return self
        first, *others = self.accepted
        return replace(self, accepted=(replace(first, notes=(*self.notes, *first.notes)), *others), notes=())
