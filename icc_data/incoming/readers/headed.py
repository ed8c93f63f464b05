"""Lines of a form with their headings found: set off by a colon, a dash, or a cell or line of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from icc_data.incoming.readers.form_words import named_patterns
from icc_data.incoming.readers.lines import Line

_BEFORE = r"\s*(?:\d{1,2}[.)]\s*)?[*_#>\s]*"
_DASHES = "–—-"
# Text is often headed by a word on a line of its own, where what is short has a colon.
_OF_TEXTS = ("description", "purpose", "stimulus", "process", "impact")


class Headed(NamedTuple):
    """A text that begins with a heading: which one, as it is written, what sets it off (``:``, ``-`` or nothing), and
    what follows."""

    name: str
    text: str
    mark: str
    rest: str


@cache
def _begins(meanings: tuple[str, ...]) -> re.Pattern[str]:
    mark = rf"\s*[*_]*\s*(?P<mark>[:：]|(?<=\s)[{_DASHES}](?=\s|$)|[–—](?=\s|$)|$)\s*[*_]*"
    return re.compile(rf"{_BEFORE}{named_patterns(meanings)}{mark}(?P<rest>.*)", re.IGNORECASE | re.DOTALL)


@cache
def inside(meanings: tuple[str, ...]) -> re.Pattern[str]:
    """A heading with its colon, wherever it stands in a text; the group that matches is its name."""
    return re.compile(rf"(?<!\w){named_patterns(meanings)}\s*[*_]*\s*[:：]", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """How a file sets its headings off, besides by a colon.

    A dash or nothing at all sets off many a word that is no heading, so at least two headings must be set off so.

    Attributes:
        meanings: the headings that count.
        dashes: whether a dash sets headings off.
        bare: whether a line or cell of its own does.
    """

    meanings: tuple[str, ...]
    dashes: bool
    bare: bool

    @classmethod
    def of(cls, lines: Iterable[Line], meanings: tuple[str, ...]) -> Style:
        """How these lines set their headings off."""
        names: dict[str, set[str]] = {"-": set(), "": set(), ":": set()}
        for line in lines:
            for cell in line.text.split("\t"):
                if match := _begins(meanings).fullmatch(cell):
                    names[_mark(match)].add(_name(match, meanings))
        return cls(meanings, len(names["-"]) > 1, len(names[""]) > 1)

    def begins(self, text: str) -> Headed | None:
        """The heading with which a text begins."""
        match = _begins(self.meanings).fullmatch(text)
        if match is None:
            return None
        mark = _mark(match)
        name = _name(match, self.meanings)
        bare = self.bare or name in _OF_TEXTS
        if (mark == "-" and not self.dashes) or (mark == "" and not bare):
            return None
        return Headed(name, match[name], mark, match["rest"].strip())

    def names(self, lines: Iterable[Line]) -> set[str]:
        """The headings that stand in these lines, at their beginning or with a colon inside."""
        names: set[str] = set()
        for line in lines:
            names |= {match.lastgroup or "" for match in inside(self.meanings).finditer(line.text)}
            names |= {headed.name for cell in line.text.split("\t") if (headed := self.begins(cell))}
        return names


def _mark(match: re.Match[str]) -> str:
    mark = match["mark"]
    return "-" if mark and mark in _DASHES else ":" if mark else ""


def _name(match: re.Match[str], meanings: Sequence[str]) -> str:
    return next(name for name in meanings if match[name] is not None)


class Rows:
    """Goes through the lines of a form and gives them with headings that a colon sets off, label | value rows as lines.

    Tabs are left only between columns that have a heading each.

    Args:
        style: how the file sets its headings off.
        lists: the headings below which options stand, which may be cells of their own.
        texts: the headings below which running text stands, in which a bare line is no heading.
    """

    def __init__(self, style: Style, lists: Sequence[str], texts: Sequence[str]) -> None:
        self._style, self._lists, self._texts = style, lists, texts
        self._mode = self._section = ""
        self._width = 0
        self.unread: list[str] = []
        """Rows whose label is no heading of the form."""

    def lines(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines, read in their order."""
        for line in lines:
            for text in self._texts_of([cell.strip() for cell in line.text.split("\t")]):
                yield line._replace(text=text)

    def _texts_of(self, cells: Sequence[str]) -> Iterator[str]:
        heads = [self._style.begins(cell) for cell in cells]
        filled = [at for at, cell in enumerate(cells) if cell]
        if len(cells) == 1:
            head = heads[0]
            self._mode = "" if head else self._mode
            bare_in_text = self._section in self._texts and head is not None and head.mark != ":"
            yield cells[0] if head is None or bare_in_text else self._colon(head)
        elif len(filled) > 1 and all(heads[at] for at in filled):
            self._mode, self._width = "columns", len(cells)
            yield "\t".join(self._colon(head) if head else "" for head in heads)
        elif self._mode == "columns" and not (self._width == 2 and self._is_label(heads)):
            yield "\t".join(cells)
        elif self._is_label(heads):
            self._mode = "labels"
            yield from self._values(cells, heads)
        elif heads[0]:
            self._mode = "labels"
            yield f"{self._colon(heads[0])} {' '.join(cells[1:])}".strip()
        else:
            yield from self._going_on(cells)

    @staticmethod
    def _is_label(heads: Sequence[Headed | None]) -> bool:
        return heads[0] is not None and not heads[0].rest

    def _values(self, cells: Sequence[str], heads: Sequence[Headed | None]) -> Iterator[str]:
        """A row of labels and values as one line a label."""
        text = ""
        for cell, head in zip(cells, heads, strict=True):
            if head:
                if text:
                    yield text
                text = self._colon(head)
            else:
                text = f"{text} {cell}".strip()
        yield text

    def _going_on(self, cells: Sequence[str]) -> Iterator[str]:
        """A row below one with a heading: more of its text, unless it has a label of its own."""
        first, others = cells[0], " ".join(filter(None, cells[1:]))
        if self._mode != "labels" or self._section in (*self._lists, *self._texts):
            yield " ".join(filter(None, cells))
        elif first and others and not first.startswith("("):
            self.unread.append(f"{first.rstrip(':')}: {others}")
        else:
            yield others or first

    def _colon(self, head: Headed) -> str:
        self._section = head.name
        return f"{head.text}: {head.rest}".strip()
