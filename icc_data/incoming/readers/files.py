"""What a file holds, as bytes and as text."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.regular import opened

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)


# What no western European text has between two letters, but what other encodings keep letters at (“³” is the Polish
# “ł”, “‚” the “é” of old MS-DOS); and four accented letters in a row, as every Cyrillic or Greek word would be.
_NOT_WESTERN = re.compile(
    r"(?<=[^\W\d_])[€‰‹¢£¤¥¦¨©¬®¯°±²³´µ¶¸¹¼¾¿×÷¡](?=[^\W\d_])"
    r"|(?<=[^\W\d_])[‚ƒ„†‡ˆ˜]|(?<=[a-zß-öø-ÿ])[ŠŒŽŸ]|[À-ÖØ-öø-ÿ]{4}"
)
_ACCENTED_WORD = re.compile(r"\w*[^\W\d_\x00-\x7f]\w*")

# So many bytes of a file are looked at together.
_PART = 1 << 24
MOST_MEGABYTES = 100
"""How large a file may be; the programme's whole listing has a hundredth of it."""


def bytes_of(path: Path, *, own: bool = False) -> bytes:
    """What a file holds.

    Args:
        path: the file.
        own: whether it is one of the project's own, which may be as large as it has to be.

    Raises:
        AtlasError: it cannot be opened, is no file but a folder, a pipe or a device, or is too large.
    """
    with _opened(path, own=own) as file:
        return file.read()


@contextmanager
def _opened(path: Path, *, own: bool) -> Iterator[BinaryIO]:
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise AtlasError(
                _("{file} is no file.").format(file=path.name),
                _("Name a file: folders, pipes and devices are not read."),
            )
        if not own and facts.st_size > MOST_MEGABYTES * 1_000_000:
            raise AtlasError(
                _("{file} is larger than {most} MB.").format(file=path.name, most=MOST_MEGABYTES),
                _("Send it in parts."),
            )
        with opened(path) as file:
            yield file
    except OSError as error:
        raise AtlasError(
            _("{file} cannot be opened: {reason}.").format(file=path.name, reason=error.strerror),
            _("Check the name and the rights."),
        ) from None


def utf8_text(path: Path, *, own: bool = False) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Args:
        path: the file.
        own: as in ``bytes_of``.

    Raises:
        AtlasError: the file cannot be opened or is not UTF-8; names the line of the first bad byte.
    """
    content = bytes_of(path, own=own)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise AtlasError(
            _("{file} is not UTF-8 text (line {line}).").format(file=path.name, line=line),
            _("Save it again with the encoding UTF-8."),
        ) from None


def own_bytes(path: Path) -> Iterator[bytes]:
    """One of the project's own files, a part at a time.

    Raises:
        AtlasError: the file cannot be opened.
    """
    with _opened(path, own=True) as file:
        while part := file.read(_PART):
            yield part


@contextmanager
def own_text(path: Path) -> Iterator[TextIO]:
    """One of the project's own files, to be read as ``utf8_text`` gives it, a part at a time.

    Raises:
        AtlasError: the file cannot be opened or is not UTF-8; names the line of the first bad byte.
    """
    try:
        with _opened(path, own=True) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
            yield text
    except UnicodeDecodeError:
        # Says where.
        utf8_text(path, own=True)
        raise


def sent_text(path: Path) -> tuple[str, str]:
    """The text of a table that somebody sent: in UTF-8, UTF-16 with its mark, or Windows-1252.

    Returns:
        The text, and a note that names the encoding where it is not UTF-8.

    Raises:
        AtlasError: the file cannot be opened, or is in another encoding; names the line that tells so.
    """
    content = bytes_of(path)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), _("the file is in UTF-16 and was read so")
        except UnicodeDecodeError:
            raise AtlasError(
                _("{file} is damaged UTF-16 text.").format(file=path.name), _("Save it again with the encoding UTF-8.")
            ) from None
    if b"\0" not in content:
        try:
            return content.decode("utf-8-sig"), ""
        except UnicodeDecodeError as error:
            text = _western(content)
            if text is not None:
                word = _ACCENTED_WORD.search(text)
                note = _("the file is not in UTF-8; it was read as Windows-1252: check accented letters")
                example = _(
                    "the file is not in UTF-8; it was read as Windows-1252: check accented letters, as in “{word}”"
                )
                return text, example.format(word=word[0]) if word else note
            line = content.count(b"\n", 0, error.start) + 1
    else:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
    raise AtlasError(
        _("{file} is neither UTF-8 nor Windows-1252 text (line {line}).").format(file=path.name, line=line),
        _("Save it again with the encoding UTF-8 (in Excel: “CSV UTF-8”)."),
    )


def _western(content: bytes) -> str | None:
    """The text of bytes in Windows-1252; None where they would make no western European words."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return None if _NOT_WESTERN.search(text) else text


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
            text = content.decode(encoding)
            # Python has encodings that make halves of a pair of characters, and one that is there to fail.
            text.encode("utf-8")
        except (UnicodeError, LookupError):
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise AtlasError(_("{name} is not a text.").format(name=name), _("Save the page as text or HTML in UTF-8."))
