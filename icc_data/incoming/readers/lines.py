"""Pages as lines of text: taken out of HTML, with the addresses behind their links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from icc_data.incoming.readers.markup import Element, tree

_IS_HTML = re.compile(r"<(?:!doctype html|html|body|div|article|section|table|ul|ol|h[1-6]|p|a|li)[\s>]", re.IGNORECASE)
# What begins a new line; everything else stands inside one.
_BLOCKS = {"address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "form"}
_BLOCKS |= {"fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li", "main", "ol"}
_BLOCKS |= {"p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "ul"}
_NOT_READ = {"footer", "head", "header", "nav", "noscript", "script", "select", "style", "svg", "template"}
_RUN, _SPACES = re.compile(r"\s+"), re.compile(r"[^\S\t]+")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad"))
TICKED, NOT_TICKED = "☒", "☐"


class Line(NamedTuple):
    """One line of a page: its number in the file, its text, and the address of the first link in it."""

    number: int
    text: str
    href: str = ""


@dataclass
class _Open:
    """The line being gathered out of HTML."""

    number: int = 0
    text: str = ""
    href: str = ""

    def close(self, lines: list[Line]) -> None:
        """Adds the line where it holds something; the next one is open then."""
        if text := " ".join(self.text.split()):
            lines.append(Line(self.number, text, self.href))
        self.text = self.href = ""
        self.number = 0


def is_html(text: str) -> bool:
    """Whether a text is a saved page rather than plain text."""
    return bool(_IS_HTML.search(text))


@lru_cache(maxsize=1)
def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a page that hold something, white space tidied but tabs kept.

    Args:
        text: plain text or HTML; of HTML, menus, headers and footers are left out, a table row is one line with
            tabs between its cells, and a box or circle to tick is ☒ or ☐.

    Returns:
        The lines with their numbers in the file.
    """
    if is_html(text):
        lines: Iterable[Line] = _lines_inside(tree(text))
    else:
        lines = (Line(number, line) for number, line in enumerate(text.split("\n"), start=1) if line)
    tidied = (Line(line.number, _tidy(line.text), line.href) for line in lines)
    return tuple(line for line in tidied if line.text.strip())


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text if text.isascii() else text.translate(_UNSEEN))


def _add_html_lines(element: Element, line: _Open, lines: list[Line]) -> None:
    """Adds the lines inside an element; text without a block around it goes on with the line that is open."""
    for child in element.children:
        if isinstance(child, str):
            if child.isspace():
                line.text += " "
                continue
            if not line.text.strip():
                line.number = element.line or line.number
            line.text += child
        elif child.name not in _NOT_READ:
            _add_element_lines(child, line, lines)


def _add_element_lines(element: Element, line: _Open, lines: list[Line]) -> None:
    name = element.name
    line.number = line.number if line.text.strip() else element.line
    if name == "tr":
        line.close(lines)
        lines += _row_lines(element)
    elif name in _BLOCKS:
        line.close(lines)
        _add_html_lines(element, line, lines)
        line.close(lines)
    elif name == "br":
        line.close(lines)
    elif name == "input" and element.attributes.get("type") in ("checkbox", "radio"):
        line.text += f" {TICKED if 'checked' in element.attributes else NOT_TICKED} "
    else:
        line.href = line.href or (element.attributes.get("href", "") if name == "a" else "")
        # Two elements side by side are two words: <span>Portugal</span><span>Lisbon</span>.
        line.text += " " if name in ("a", "span") else ""
        _add_html_lines(element, line, lines)
        line.text += " " if name in ("a", "span") else ""


def _row_lines(row: Element) -> Iterator[Line]:
    """A table row as lines, the first line of each cell beside each other, then the second lines."""
    inside = [child for child in row.children if isinstance(child, Element) and child.name in ("td", "th")]
    cells = [_lines_inside(cell) for cell in inside]
    for beside in zip_longest(*cells):
        href = next((part.href for part in beside if part and part.href), "")
        yield Line(row.line, "\t".join(part.text.strip() if part else "" for part in beside), href)


def _lines_inside(element: Element) -> list[Line]:
    """The lines inside one element that hold something."""
    line = _Open(element.line)
    lines: list[Line] = []
    _add_html_lines(element, line, lines)
    line.close(lines)
    return lines
