"""Files from outside, of which nothing is trusted: read within limits, and kept nowhere."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from icc_data.errors import AtlasError, Problem
from icc_data.i18n import enumeration, number
from icc_data.i18n import translate as _
from icc_data.incoming.readers import ReadResult, read
from icc_data.incoming.readers.table import TABLE_SUFFIXES, Row, open_sent_table, read_rows_of
from icc_data.model.gazetteer import Gazetteer, Match
from icc_data.model.vocabulary import Vocabulary

SUFFIXES = (".xlsx", ".csv", ".tsv", ".json", ".jsonl", ".html", ".htm", ".txt", ".docx")
MOST_MEGABYTES = 5
# A page of text takes far longer to read than a table; the programme's whole listing is a tenth of this.
MOST_MEGABYTES_OF_TEXT = 2
_TEXTS = (".html", ".htm", ".txt")
# What a workbook or Word document of that size may unpack to; a filled template of 10 000 rows needs a fifth of it.
MOST_UNPACKED_MEGABYTES = 60
MEGABYTE = 1_000_000
MOST_ROWS = 10_000
Rows = Mapping[int, Mapping[str, str]]
Progress = Callable[[str, int, int], None]
"""Told now and then what is being done, with how many rows it is done, and how many there are."""
TOLD_EVERY = 250
LONGEST_NAME = 80

# All that XML and CSV cannot carry, and halves of surrogate pairs, which no encoding can.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# They turn the letters after them round: “txt.exe” would be read as “exe.txt”.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# The name under which the readers see the file; it stands in no other text.
_STEM = "upload-6e1f"


@dataclass(frozen=True)
class Upload:
    """A file that was read.

    Attributes:
        file: its name.
        result: what it held.
        rows: of a table, the cells as they stand in it, by line.
        remarks: what is wrong with the file itself.
    """

    file: str
    result: ReadResult
    rows: Rows = field(default_factory=dict)
    remarks: tuple[Problem, ...] = ()


def untold(doing: str, done: int, count: int) -> None:
    """A ``Progress`` that nobody looks at."""


class _CountedRows(tuple[Row, ...]):
    """Rows that tell, whenever they are gone through, how far it is.

    The reader of tables goes through them once, row by row, and knows nothing of who waits for it.
    """

    _tell: Progress

    @classmethod
    def of(cls, rows: tuple[Row, ...], tell: Progress) -> _CountedRows:
        counted = cls(rows)
        counted._tell = tell
        return counted

    def __iter__(self) -> Iterator[Row]:
        for place, row in enumerate(super().__iter__()):
            if place % TOLD_EVERY == 0:
                self._tell(_("Reading"), place, len(self))
            yield row


class RecallingGazetteer(Gazetteer):
    """A gazetteer for the length of one check: names that come again in a file are looked up once.

    Args:
        gazetteer: the network's own, which is shared and therefore keeps nothing of what people send.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        vars(self).update(vars(gazetteer))
        self._gazetteer = gazetteer
        self._answers: dict[tuple[str, str | None], Match | AtlasError] = {}

    def resolve(self, text: str, country_code: str | None = None) -> Match:
        """As ``Gazetteer.resolve``."""
        key = (text, country_code)
        if key not in self._answers:
            try:
                self._answers[key] = self._gazetteer.resolve(text, country_code)
            except AtlasError as error:
                self._answers[key] = error
        answer = self._answers[key]
        if isinstance(answer, AtlasError):
            raise answer
        return answer


def readable(text: str) -> str:
    """A text with “�” for what is no character."""
    return _UNREADABLE.sub("\ufffd", text)


def shown_name(name: str) -> str:
    """The name of a file without folders, control characters and turned letters, at most 80 characters long."""
    last = _TURNING.sub("\ufffd", re.split(r"[/\\]", readable(name))[-1])
    last = " ".join(last.split()).strip(" .\ufffd") or "file"
    if len(last) <= LONGEST_NAME:
        return last
    # No kind of file has an ending that long: it is a part of the name.
    suffix = PurePath(last).suffix if len(PurePath(last).suffix) < LONGEST_NAME // 2 else ""
    return f"{last[: LONGEST_NAME - len(suffix) - 1]}…{suffix}"


def read_upload(
    name: str, content: bytes, gazetteer: Gazetteer, vocabulary: Vocabulary, progress: Progress = untold
) -> Upload:
    """Read a file that somebody sent, within limits of size; it lies on the disk only while it is read.

    Args:
        name: the file's name as the user gave it; only its ending counts.
        content: what it holds.
        gazetteer: the network's cities.
        vocabulary: the closed lists.
        progress: told of the rows of a table.

    Raises:
        AtlasError: the file is too large, of another kind, damaged, or holds no practices.
    """
    file = shown_name(name)
    suffix = PurePath(file).suffix.lower()
    if suffix not in SUFFIXES:
        raise AtlasError(
            _("{file} is of a kind that cannot be read here.").format(file=file),
            _("Save it as one of: {kinds}.").format(kinds=enumeration(SUFFIXES, "or")),
        )
    most = MOST_MEGABYTES_OF_TEXT if suffix in _TEXTS else MOST_MEGABYTES
    if len(content) > most * MEGABYTE:
        raise AtlasError(
            _("{file} is larger than {most} MB.").format(file=file, most=number(most)),
            _("Send it in parts, or without pictures."),
        )
    if not content.strip():
        raise AtlasError(
            _("{file} is empty.").format(file=file), _("Fill the template and save it before you send it.")
        )
    if suffix in (".xlsx", ".docx"):
        _refuse_what_unpacks_too_far(file, content)
    with TemporaryDirectory(prefix="atlas-") as folder:
        path = Path(folder) / f"{_STEM}{suffix}"
        path.write_bytes(content)
        result, rows = _read(path, file, gazetteer, vocabulary, progress)
    return Upload(file, _renamed(result, file).with_notes_on_first(), rows)


def _read(
    path: Path, file: str, gazetteer: Gazetteer, vocabulary: Vocabulary, progress: Progress
) -> tuple[ReadResult, Rows]:
    otherwise = _("Copy its practices into the template and send that.")
    try:
        return _within_limits(path, gazetteer, vocabulary, progress)
    except AtlasError as error:
        # Some advice is for those who work on the command line with the data's files.
        advice = otherwise if re.search(r"--kind|practices\.csv", error.advice) else error.advice
        raise AtlasError(
            readable(error.title.replace(path.name, file)), readable(advice.replace(path.name, file))
        ) from None
    except (RecursionError, ValueError, LookupError, ArithmeticError):
        # What a file made to do harm gets out of the parsers below the readers.
        raise AtlasError(_("{file} cannot be read.").format(file=file), otherwise) from None


def _within_limits(
    path: Path, gazetteer: Gazetteer, vocabulary: Vocabulary, progress: Progress
) -> tuple[ReadResult, Rows]:
    table = open_sent_table(path) if path.suffix in TABLE_SUFFIXES else None
    if table is None:
        result = read(path, gazetteer, vocabulary)
        _refuse_too_many(path.name, len(result.accepted) + len(result.rejected))
        return result, {}
    # Counted before the cities are looked up, which takes longest.
    _refuse_too_many(path.name, len(table.rows))
    rows = {row.line: row.cells for row in table.rows}
    counted = replace(table, rows=_CountedRows.of(table.rows, progress))
    return read_rows_of(path.name, counted, vocabulary, gazetteer), rows


def _refuse_too_many(file: str, count: int) -> None:
    if count > MOST_ROWS:
        raise AtlasError(
            _("{file} has {count} rows.").format(file=file, count=number(count)),
            _("Send at most {most} in one file.").format(most=number(MOST_ROWS)),
        )


def _renamed(result: ReadResult, file: str) -> ReadResult:
    return replace(
        result,
        rejected=tuple(
            replace(row, problems=tuple(replace(problem, file=file) for problem in row.problems))
            for row in result.rejected
        ),
    )


def _refuse_what_unpacks_too_far(file: str, content: bytes) -> None:
    """Refuse an archive that would unpack to far more than it says.

    Python's zipfile gives no more of a part than the archive says that it holds, so its words can be summed.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED_MEGABYTES * MEGABYTE:
                raise AtlasError(
                    _("{file} unpacks to more than {most} MB.").format(file=file, most=number(MOST_UNPACKED_MEGABYTES)),
                    _("Save only the practices, as a new workbook or as CSV."),
                )
    except (BadZipFile, zlib.error, EOFError, OSError, LookupError, NotImplementedError, RuntimeError, ValueError):
        # The reader says what is wrong with it.
        return
