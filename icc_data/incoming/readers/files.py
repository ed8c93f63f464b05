"""What a file holds, as bytes and as text."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from icc_data.errors import AtlasError

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)


MOST_MEGABYTES = 100
"""How large a file may be; the programme's whole listing has a hundredth of it."""


def bytes_of(path: Path) -> bytes:
    """What a file holds.

    Raises:
        AtlasError: it cannot be opened, is no file but a folder, a pipe or a device, or is too large.
    """
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise AtlasError(f"{path.name} is no file.", "Name a file: folders, pipes and devices are not read.")
        if facts.st_size > MOST_MEGABYTES * 1_000_000:
            raise AtlasError(f"{path.name} is larger than {MOST_MEGABYTES} MB.", "Send it in parts.")
        return path.read_bytes()
    except OSError as error:
        raise AtlasError(f"{path.name} cannot be opened: {error.strerror}.", "Check the name and the rights.") from None


def utf8_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises:
        AtlasError: the file cannot be opened or is not UTF-8; names the line of the first bad byte.
    """
    content = bytes_of(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise AtlasError(
            f"{path.name} is not UTF-8 text (line {line}).", "Save it again with the encoding UTF-8."
        ) from None


def page_text(content: bytes, name: str) -> str:
    """The text of a page in UTF-8, UTF-16 with its mark, the encoding that HTML declares, or Windows-1252.

    Args:
        content: what the file holds.
        name: its name, for the error.

    Raises:
        AtlasError: it is no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        declared = _DECLARED.search(content[:4096])
        encodings = ["utf-8-sig", *([declared[1].decode("ascii")] if declared else []), "cp1252"]
    for encoding in encodings if b"\0" not in content or encodings == ["utf-16"] else []:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except (UnicodeDecodeError, LookupError):
            continue
    raise AtlasError(f"{name} is not a text.", "Save the page as text or HTML in UTF-8.")
