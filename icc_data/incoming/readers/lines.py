"""Pages as lines of text: taken out of HTML, with the addresses behind their links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

_IS_HTML = re.compile(r"<(?:!doctype html|html|body|div|article|section|table|ul|ol|h[1-6]|p|a|li)[\s>]", re.IGNORECASE)
# What begins a new line; everything else stands inside one.
_BLOCKS = {"address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "form"}
_BLOCKS |= {"fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li", "main", "ol"}
_BLOCKS |= {"p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "ul"}
_NOT_READ = {"footer", "head", "header", "nav", "noscript", "script", "select", "style", "svg", "template"}
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


def is_html(text: str) -> bool:
    """Whether a text is a saved page rather than plain text."""
    return bool(_IS_HTML.search(text))


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a page that hold something, white space tidied but tabs kept.

    Args:
        text: plain text or HTML; of HTML, menus, headers and footers are left out, a table row is one line with
            tabs between its cells, and a box or circle to tick is ☒ or ☐.

    Returns:
        The lines with their numbers in the file.
    """
    if is_html(text):
        soup = BeautifulSoup(text, "html.parser")
        lines: Iterable[Line] = _html_lines(soup, _Open())
    else:
        lines = (Line(number, line) for number, line in enumerate(text.split("\n"), start=1))
    tidied = (line._replace(text=_tidy(line.text)) for line in lines)
    return tuple(line for line in tidied if line.text.strip())


def _tidy(text: str) -> str:
    return re.sub(r"[^\S\t]+", " ", text.replace("\u200b", "").replace("\ufeff", "").replace("\u00ad", ""))


def _html_lines(tag: Tag, line: _Open) -> Iterator[Line]:
    """The lines inside an element; text without a block around it goes on with the line that is open."""
    for child in tag.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, PreformattedString):
                if child.strip() and not line.text.strip():
                    line.number = tag.sourceline or line.number
                line.text += re.sub(r"\s+", " ", str(child))
        elif isinstance(child, Tag) and child.name not in _NOT_READ:
            yield from _element_lines(child, line)
    if isinstance(tag, BeautifulSoup):
        yield from _closed(line)


def _element_lines(tag: Tag, line: _Open) -> Iterator[Line]:
    line.number = line.number if line.text.strip() else tag.sourceline or 0
    if tag.name == "tr":
        yield from _closed(line)
        yield from _row_lines(tag)
    elif tag.name in _BLOCKS:
        yield from _closed(line)
        yield from _html_lines(tag, line)
        yield from _closed(line)
    elif tag.name == "br":
        yield from _closed(line)
    elif tag.name == "input" and tag.get("type") in ("checkbox", "radio"):
        line.text += f" {TICKED if tag.has_attr('checked') else NOT_TICKED} "
    else:
        line.href = line.href or (str(tag.get("href", "")) if tag.name == "a" else "")
        # Two elements side by side are two words: <span>Portugal</span><span>Lisbon</span>.
        line.text += " " if tag.name in ("a", "span") else ""
        yield from _html_lines(tag, line)
        line.text += " " if tag.name in ("a", "span") else ""


def _row_lines(row: Tag) -> Iterator[Line]:
    """A table row as lines, the first line of each cell beside each other, then the second lines."""
    number = row.sourceline or 0
    cells = [list(lines_of_element(cell)) for cell in row.find_all(["td", "th"], recursive=False)]
    for beside in zip_longest(*cells):
        href = next((part.href for part in beside if part and part.href), "")
        yield Line(number, "\t".join(part.text.strip() if part else "" for part in beside), href)


def lines_of_element(tag: Tag) -> Iterator[Line]:
    """The lines inside one element of HTML that hold something."""
    line = _Open(tag.sourceline or 0)
    yield from (inner for inner in _html_lines(tag, line) if inner.text.strip())
    yield from _closed(line)


def _closed(line: _Open) -> Iterator[Line]:
    if line.text.strip():
        yield Line(line.number, line.text.strip(), line.href)
    line.text = line.href = ""
    line.number = 0
