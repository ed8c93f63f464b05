"""The text of a Word document, with its form's checkboxes as signs and its table cells separated by tabs."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from itertools import zip_longest
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from icc_data.errors import AtlasError
from icc_data.incoming.readers.lines import NOT_TICKED, TICKED

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST = 20_000_000


def docx_text(content: bytes, name: str) -> str:
    """The text of a Word document.

    Args:
        content: what the file holds.
        name: the file's name, for errors.

    Returns:
        One line a paragraph and one a table row.

    Raises:
        AtlasError: it is no Word document, or one too large to be a card.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > _LARGEST:
                raise AtlasError(f"{name} is too large for a practice card.", "Save the card alone, or as text.")
            root = ElementTree.fromstring(archive.read(part))
    except (BadZipFile, LookupError, ElementTree.ParseError, zlib.error, EOFError, RuntimeError, ValueError):
        raise AtlasError(f"{name} is not a Word document.", "Save the card as .docx or as text.") from None
    body = root.find(f"{_W}body")
    try:
        return "\n".join(_lines(root if body is None else body))
    except RecursionError:
        raise AtlasError(f"{name} is nested too deeply.", "Copy its text into a new document and save that.") from None


def _lines(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}p":
            yield from _paragraph(child).split("\n")
            yield ""
        elif child.tag == f"{_W}tr":
            cells = [list(filter(str.strip, _cell_lines(cell))) for cell in _cells(child)]
            yield from ("\t".join(part or "" for part in beside) for beside in zip_longest(*cells))
        else:
            yield from _lines(child)


def _cells(row: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag.startswith(f"{_W}sdt"):
            yield from _cells(child)


def _cell_lines(cell: ElementTree.Element) -> Iterator[str]:
    for paragraph in cell.iter(f"{_W}p"):
        yield from _paragraph(paragraph).split("\n")


def _paragraph(paragraph: ElementTree.Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: ElementTree.Element) -> Iterator[str]:
    for node in element.iter():
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag == f"{_W}tab":
            yield " "
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif node.tag == f"{_W}sym":
            yield _symbol(node.get(f"{_W}char", ""))
        elif node.tag == f"{_W}checkBox":
            yield f"{TICKED if _is_checked(node) else NOT_TICKED} "


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _is_checked(box: ElementTree.Element) -> bool:
    """The state of a form's checkbox: what was set, else what it is at first."""
    for name in ("checked", "default"):
        state = box.find(f"{_W}{name}")
        if state is not None:
            return state.get(f"{_W}val", "1") not in ("0", "false", "off")
    return False
