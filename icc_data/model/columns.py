"""What a cell may hold: one small type a kind of column, used to check, read and describe the data."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from icc_data.i18n import mark
from icc_data.i18n import translate as _
from icc_data.text import LIST_SEPARATOR as LIST_SEPARATOR


@dataclass(frozen=True)
class Kind:
    """How the text of a cell becomes a value.

    Attributes:
        name: the kind's name in the data dictionary.
        parse: text to value; raises ValueError where the text is not of this kind.
        words: what a valid text looks like, to complete the sentence "expected …"; the other attributes fill it in.
        vocabulary: the closed list that the value must be in.
        refers: the ``table.column`` that must hold the value.
        pattern: a regular expression that every valid text fits from end to end; empty where there is none.
        choices: the only valid texts; empty where there are others.
        low, high: the least and the largest number; None where there is none.
    """

    name: str
    parse: Callable[[str], Any]
    words: str
    vocabulary: str = ""
    refers: str = ""
    pattern: str = ""
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    @property
    def expects(self) -> str:
        """What a valid text looks like, in English."""
        return self._filled(self.words)

    def in_words(self) -> str:
        """What a valid text looks like, in the user's language."""
        return self._filled(_(self.words))

    def _filled(self, words: str) -> str:
        return words.format(
            low=self.low, high=self.high, choices=", ".join(self.choices), list=self.vocabulary, target=self.refers
        )


def fitting(name: str, pattern: str, words: str, *, refers: str = "") -> Kind:
    """Texts that fit a regular expression from end to end."""

    fits = re.compile(pattern).fullmatch

    def parse(text: str) -> str:
        if not fits(text):
            raise ValueError
        return text

    return Kind(name, parse, words, refers=refers, pattern=pattern)


# An address without anything that would have to be looked at closely, as nearly all are.
PLAIN_URL = re.compile(r"https?://[A-Za-z0-9.-]+(/[A-Za-z0-9./_~%&=?#:+,-]*)?")


def _url(text: str) -> str:
    if PLAIN_URL.fullmatch(text):
        return text
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", text):
        raise ValueError
    return text


def _date(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError
    return date.fromisoformat(text)


def whole_number(low: int, high: int) -> Kind:
    """A whole number from ``low`` to ``high``, both included."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]+", text) or not low <= int(text) <= high:
            raise ValueError
        return int(text)

    words = mark("a whole number from {low} to {high}, digits only")
    return Kind("whole number", parse, words, low=low, high=high)


def decimal(low: float, high: float) -> Kind:
    """A decimal number from ``low`` to ``high``, both included, with a point."""

    def parse(text: str) -> float:
        number = float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else math.nan
        if not low <= number <= high:
            raise ValueError
        return number

    words = mark("a number from {low} to {high} with a decimal point")
    return Kind("number", parse, words, low=low, high=high)


def one_of(*values: str) -> Kind:
    """One of a few fixed words."""

    def parse(text: str) -> str:
        if text not in values:
            raise ValueError
        return text

    return Kind("choice", parse, mark("one of: {choices}"), choices=values)


def term_of(vocabulary: str) -> Kind:
    """A code of a closed list (its label is understood too when a table comes from outside)."""
    return Kind("term", str, mark("a code of the list “{list}” in terms.csv"), vocabulary=vocabulary)


def reference(target: str) -> Kind:
    """An identifier that stands in ``table.column``."""
    return fitting("reference", _SLUG, mark("an identifier that stands in {target}"), refers=target)


_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"

TEXT = Kind("text", str, mark("text"))
SLUG = fitting("identifier", _SLUG, mark("lower-case letters, digits and single hyphens"))
CODE = fitting("code", "[a-z0-9]+(_[a-z0-9]+)*", mark("lower-case letters, digits and single underscores"))
COUNTRY_CODE = fitting("country code", "[A-Z]{2}", mark("a two-letter ISO 3166-1 code in capitals"))
URL = Kind(
    "address",
    _url,
    mark("a web address that begins with http:// or https:// and has no spaces"),
    pattern=r"[Hh][Tt][Tt][Pp][Ss]?://\S+",
)
_YEAR = r"(18[5-9]|19[0-9]|20[0-9])[0-9]|2100"
_MONTH = "(January|February|March|April|May|June|July|August|September|October|November|December)"
DESCRIBED_WHEN = fitting(
    "years described",
    f"since ({_MONTH} )?({_YEAR})|({_YEAR})-({_YEAR})|until ({_YEAR})|(({_MONTH} to )?{_MONTH} )?({_YEAR})",
    mark("“since 2014”, “2014-2016”, “until 2016”, “May 2014”, “May to July 2014” or “2014”"),
)
DATE = Kind("date", _date, mark("a date as YYYY-MM-DD"))
AT_LEAST = fitting(
    "count, may be open", ">?[1-9][0-9]*", mark("a whole number, or “>” and a whole number where only that is known")
)
YEAR = whole_number(1850, 2100)


_LIST = mark("a list separated by “{mark}”, each part {part}")


@dataclass(frozen=True)
class Column:
    """One column of a table: its name, kind, and whether it is required or a list.

    A later column need not stand in the header: folders from before it was thought of are read as ever.
    """

    name: str
    kind: Kind
    description: str
    required: bool = False
    many: bool = False
    later: bool = False

    def parse(self, text: str) -> Any:
        """The value of a cell: None (or an empty tuple) where it is empty.

        Raises:
            ValueError: the cell is not of this column's kind; the message completes "expected …".
        """
        parts = [part.strip() for part in (text.split(";") if self.many else [text]) if part.strip()]
        if not parts:
            return () if self.many else None
        try:
            values = tuple(self.kind.parse(part) for part in parts)
        except ValueError:
            raise ValueError(self.expects) from None
        return values if self.many else values[0]

    @property
    def expects(self) -> str:
        """What a valid cell looks like, in English."""
        return _LIST.format(mark=LIST_SEPARATOR, part=self.kind.expects) if self.many else self.kind.expects

    def in_words(self) -> str:
        """What a valid cell looks like, in the user's language."""
        part = self.kind.in_words()
        return _(_LIST).format(mark=LIST_SEPARATOR, part=part) if self.many else part

    def text(self, value: Any) -> str:
        """The cell for a value: what ``parse`` reads back."""
        if self.many:
            return LIST_SEPARATOR.join(str(part) for part in value)
        if isinstance(value, float):
            # Never in powers of ten, which a cell may not hold.
            return format(Decimal(repr(value)), "f").removesuffix(".0")
        return "" if value is None else str(value)


def column(kind: Kind, description: str, *, required: bool = False, many: bool = False, later: bool = False) -> Any:
    """A dataclass field that carries its column's rules."""
    rules = {"column": Column("", kind, description, required, many, later)}
    if required:
        return dataclasses.field(metadata=rules)
    return dataclasses.field(default=() if many else None, metadata=rules)


_known_columns: dict[type, tuple[Column, ...]] = {}


def columns_of(record_type: type) -> tuple[Column, ...]:
    """The columns of a record type, in the order of its file."""
    if record_type not in _known_columns:
        _known_columns[record_type] = tuple(
            dataclasses.replace(field.metadata["column"], name=field.name) for field in dataclasses.fields(record_type)
        )
    return _known_columns[record_type]
