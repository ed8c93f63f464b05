"""The text of a Word document, with its form's checkboxes as signs, its table cells separated by tabs and its links."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from itertools import zip_longest
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.incoming.readers.files import page_text
from icc_data.incoming.readers.lines import NOT_TICKED, TICKED, Line, lines_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Where a link stands: its name between two characters that no XML has.
_LINKED = re.compile(r"\0([^\0]*)\0")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What tracked changes took away, and what is not shown.
_NOT_READ = {f"{_W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rPr", "pPr", "sdtPr")}
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LARGEST = 20_000_000


def is_docx(content: bytes) -> bool:
    """Whether a file's content may be a Word document, as every other packed one may."""
    return content.startswith(b"PK")


def text_of(content: bytes, name: str) -> str:
    """The text of a file, be it a Word document, plain text or HTML.

    Args:
        content: what the file holds.
        name: the file's name, for errors.

    Raises:
        AtlasError: it is neither.
    """
    return docx_text(content, name) if is_docx(content) else page_text(content, name)


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
    return _LINKED.sub("", _document(content, name)[0])


def docx_lines(content: bytes, name: str) -> tuple[Line, ...]:
    """The lines of a Word document, as ``docx_text``, with the address behind the first link in each.

    Raises:
        AtlasError: as ``docx_text``.
    """
    text, addresses = _document(content, name)
    lines = []
    for line in lines_of(text):
        links = [addresses[link] for link in _LINKED.findall(line.text) if link in addresses]
        lines.append(Line(line.number, _LINKED.sub("", line.text), links[0] if links else ""))
    return tuple(line for line in lines if line.text.strip())


def _document(content: bytes, name: str) -> tuple[str, dict[str, str]]:
    """The text of a Word document with the names of its links, and the address behind each name."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > _LARGEST:
                raise AtlasError(
                    _("{name} is too large for a practice card.").format(name=name),
                    _("Save the card alone, or as text."),
                )
            root = ElementTree.fromstring(archive.read(part))
            addresses = _addresses(archive)
    except (BadZipFile, LookupError, ElementTree.ParseError, zlib.error, EOFError, RuntimeError, ValueError):
        raise AtlasError(
            _("{name} is not a Word document.").format(name=name), _("Save the card as .docx or as text.")
        ) from None
    body = root.find(f"{_W}body")
    try:
        return "\n".join(_lines(root if body is None else body)), addresses
    except RecursionError:
        raise AtlasError(
            _("{name} is nested too deeply.").format(name=name), _("Copy its text into a new document and save that.")
        ) from None


def _addresses(archive: ZipFile) -> dict[str, str]:
    name = "word/_rels/document.xml.rels"
    if name not in archive.namelist() or archive.getinfo(name).file_size > _LARGEST:
        return {}
    relations = ElementTree.fromstring(archive.read(name)).iter(_RELATION)
    return {one.get("Id", ""): one.get("Target", "") for one in relations if one.get("TargetMode") == "External"}


def _lines(element: ElementTree.Element) -> Iterator[str]:
    for child in _kept(element):
        if child.tag == f"{_W}p":
            for line in _paragraph(child):
                yield from line.split("\n")
            yield ""
        elif child.tag == f"{_W}tr":
            cells = [_cell_lines(cell) for cell in _cells(child)]
            for beside in zip_longest(*cells):
                yield "\t".join(part or "" for part in beside)
                yield ""
        else:
            yield from _lines(child)


def _kept(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """What of an element is to be read: of two forms of the same the first, and nothing that was deleted or moved away,
    or that only asks to be filled."""
    for child in element:
        if child.tag == f"{_MC}AlternateContent":
            yield from next((list(_kept(form)) for form in child if len(form)), [])
        elif child.tag not in _NOT_READ and child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is None:
            yield child


def _cells(row: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag.startswith(f"{_W}sdt"):
            yield from _cells(child)


def _cell_lines(cell: ElementTree.Element) -> list[str]:
    lines = (line.replace("\t", " ").strip() for line in _lines(cell))
    return [line for line in lines if line]


def _paragraph(paragraph: ElementTree.Element) -> Iterator[str]:
    """A paragraph's text, and that of the text boxes which hang on it: below a heading that waits for a text, else
    above, as Word shows a box that hangs on what follows it."""
    boxes: list[str] = []
    text = "".join(_pieces(paragraph, boxes))
    below = text.rstrip().endswith(":")
    yield from () if below else boxes
    yield text
    yield from boxes if below else ()


def _pieces(element: ElementTree.Element, boxes: list[str]) -> Iterator[str]:
    for node in _kept(element):
        if node.tag == f"{_W}txbxContent":
            boxes += _lines(node)
        elif node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag in _SIGNS:
            yield _SIGNS[node.tag]
        elif node.tag == f"{_W}sym":
            yield _symbol(node.get(f"{_W}char", ""))
        elif node.tag == f"{_W}checkBox":
            yield f"{TICKED if _is_checked(node) else NOT_TICKED} "
        else:
            yield from _pieces(node, boxes)
            if node.tag == f"{_W}hyperlink" and node.get(_LINK):
                yield f"\0{node.get(_LINK)}\0"


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
