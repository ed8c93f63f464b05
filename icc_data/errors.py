"""The one way in which the project says that something is wrong."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


class AtlasError(Exception):
    """An error a user can act on.

    Args:
        title: what went wrong, as one short sentence.
        advice: what to do about it, as one sentence.
    """

    def __init__(self, title: str, advice: str = "") -> None:
        super().__init__(f"{title} {advice}".strip())
        self.title = title
        self.advice = advice


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in a file, told so that a person can find it and mend it.

    Attributes:
        file: name of the file as the user gave it.
        line: 1-based line (or spreadsheet row) on which the record starts; 0 means the whole file.
        column: name of the column or field; empty means the whole record.
        value: the text found there, as it stands.
        reason: what is wrong with it, what was expected and what to do.
        code: what it is, for a program that says it in other words; empty where nobody needs to.
    """

    file: str
    line: int
    column: str
    value: str
    reason: str
    code: str = field(default="", compare=False)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f" {self.column}" if self.column else ""
        value = f" “{self.value}”" if self.value else ""
        return f"{place}{column}{value}: {self.reason}"

    def as_dict(self) -> dict[str, str | int]:
        """The problem as a flat dictionary, for JSON and tables: all that a person is told."""
        return {name: value for name, value in asdict(self).items() if name != "code"}
