"""What a question is answered with, and how much of it is kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

Outcome = Literal["done", "refused", "failed"]

TIME_LIMIT = 5.0
"""Seconds that a question may take."""
MOST_ROWS = 100_000
"""Rows that are kept, for a download."""
MOST_BYTES = 16 * 1024**2
"""Size of the rows that are kept."""
MEMORY = "Out of Memory"
"""DuckDB's kind of error where a question needs too much of it."""
DATABASE = "Database"
"""Of a failure: the database itself; ``what`` is a ``trouble.Kind``."""
DAMAGED = frozenset(("IO", "Serialization"))
"""DuckDB's kinds of error where it cannot read its own file."""
BROKEN = frozenset(("FATAL", "INTERNAL"))
"""Those after which it answers nothing more."""
INTERRUPTED = "INTERRUPT"
"""Its kind of error where it was told to stop."""
LONGEST_SQL = 20_000
"""Characters of a question."""


@dataclass(frozen=True)
class Answer:
    """What came of a question; its rows follow apart.

    Attributes:
        outcome: ``done``; ``refused`` before it was asked; ``failed`` in DuckDB.
        more: whether there are more rows than were kept.
        too_large: whether that is because of their size.
        reason: of a refusal, ``guard.Reason``; of a failure, DuckDB's kind of error.
        what: of a refusal, the word at which it was seen; of a failure, DuckDB's sentence.
        position: bytes before the place in the text, where that is known.
        instead: of a refusal, the same question in a form that can be asked; empty where none is known.
        size: bytes of the Arrow stream that follows.
        last: whether the process ends after it.
    """

    outcome: Outcome
    more: bool = False
    too_large: bool = False
    reason: str = ""
    what: str = ""
    position: int | None = None
    instead: str = ""
    size: int = 0
    last: bool = False

    def to_line(self) -> bytes:
        """The answer as one line of JSON."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Answer:
        """The answer that ``to_line`` wrote.

        Raises:
            ValueError: it is something else.
        """
        try:
            return cls(**json.loads(line))
        except TypeError as error:
            raise ValueError(str(error)) from None
