"""Files from outside, of which nothing is trusted: read within limits, and kept nowhere."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from icc_data.errors import AtlasError, Problem
from icc_data.gazetteer import Gazetteer, Match
from icc_data.i18n import enumeration, number
from icc_data.i18n import translate as _
from icc_data.readers import ReadResult, read
from icc_data.readers.table import SUFFIXES as TABLES
from icc_data.readers.table import open_table, read_rows_of
from icc_data.vocabulary import Vocabulary

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
LONGEST_NAME = 80

# All that XML and CSV cannot carry, and halves of surrogate pairs, which no encoding can.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNCOMPUTED = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^<>]*><f[^<>]*(?:/>|>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>')
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


class RecallingGazetteer(Gazetteer):
    """A gazetteer for the length of one check: names that come again in a file are looked up once.

    Args:
        known: the network's own, which is shared and therefore keeps nothing of what people send.
    """

    def __init__(self, known: Gazetteer) -> None:
        vars(self).update(vars(known))
        self._known = known
        self._said: dict[tuple[str, str | None], Match | AtlasError] = {}

    def resolve(self, text: str, country_code: str | None = None) -> Match:
        """As ``Gazetteer.resolve``."""
        key = (text, country_code)
        if key not in self._said:
            try:
                self._said[key] = self._known.resolve(text, country_code)
            except AtlasError as error:
                self._said[key] = error
        said = self._said[key]
        if isinstance(said, AtlasError):
            raise said
        return said


def readable(text: str) -> str:
    """A text with “�” for what is no character."""
    return _UNREADABLE.sub("\ufffd", text)


def shown_name(name: str) -> str:
    """The name of a file without folders and control characters, at most 80 characters long."""
    last = " ".join(re.split(r"[/\\]", readable(name))[-1].split()).strip(" .\ufffd") or "file"
    stem, suffix = PurePath(last).stem, PurePath(last).suffix
    return last if len(last) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - len(suffix) - 1]}…{suffix}"


def read_upload(name: str, raw: bytes, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Upload:
    """Read a file that somebody sent, within limits of size; it lies on the disk only while it is read.

    Args:
        name: the file's name as the user gave it; only its ending counts.
        raw: what it holds.
        gazetteer: the network's cities.
        vocabulary: the closed lists.

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
    if len(raw) > most * MEGABYTE:
        raise AtlasError(
            _("{file} is larger than {most} MB.").format(file=file, most=number(most)),
            _("Send it in parts, or without pictures."),
        )
    if not raw.strip():
        raise AtlasError(
            _("{file} is empty.").format(file=file), _("Fill the template and save it before you send it.")
        )
    remarks = tuple(_archive_remarks(file, raw)) if suffix in (".xlsx", ".docx") else ()
    with TemporaryDirectory(prefix="atlas-") as folder:
        path = Path(folder) / f"{_STEM}{suffix}"
        path.write_bytes(raw)
        result, rows = _read(path, file, gazetteer, vocabulary)
    return Upload(file, _renamed(result, file), rows, remarks)


def _read(path: Path, file: str, gazetteer: Gazetteer, vocabulary: Vocabulary) -> tuple[ReadResult, Rows]:
    otherwise = _("Copy its practices into the template and send that.")
    try:
        return _within_limits(path, gazetteer, vocabulary)
    except AtlasError as error:
        # Some advice is for those who work on the command line with the data's files.
        advice = otherwise if re.search(r"--kind|practices\.csv", error.advice) else error.advice
        raise AtlasError(
            readable(error.title.replace(path.name, file)), readable(advice.replace(path.name, file))
        ) from None
    except (RecursionError, ValueError, LookupError, ArithmeticError):
        # What a file made to do harm gets out of the parsers below the readers.
        raise AtlasError(_("{file} cannot be read.").format(file=file), otherwise) from None


def _within_limits(path: Path, gazetteer: Gazetteer, vocabulary: Vocabulary) -> tuple[ReadResult, Rows]:
    table = open_table(path) if path.suffix in TABLES else None
    if table is None:
        result = read(path, gazetteer, vocabulary)
        _refuse_too_many(path.name, len(result.accepted) + len(result.rejected))
        return result, {}
    # Counted before the cities are looked up, which takes longest.
    _refuse_too_many(path.name, len(table.rows))
    return read_rows_of(path.name, table, vocabulary, gazetteer), {row.line: row.cells for row in table.rows}


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


def _archive_remarks(file: str, raw: bytes) -> Iterator[Problem]:
    """Refuse an archive that would unpack to far more than it says, and name formulas without a value.

    Python's zipfile gives no more of a part than the archive says that it holds, so its words can be summed.
    """
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED_MEGABYTES * MEGABYTE:
                raise AtlasError(
                    _("{file} unpacks to more than {most} MB.").format(file=file, most=number(MOST_UNPACKED_MEGABYTES)),
                    _("Save only the practices, as a new workbook or as CSV."),
                )
            sheets = [part for part in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename)]
            cells = [cell.decode() for part in sheets for cell in _UNCOMPUTED.findall(archive.read(part))]
    except (BadZipFile, zlib.error, EOFError, OSError, LookupError, NotImplementedError, RuntimeError, ValueError):
        # The reader says what is wrong with it.
        return
    if cells:
        shown = ", ".join(cells[:10]) + ("…" if len(cells) > 10 else "")
        reason = _("holds a formula whose result is not in the file: open it in Excel, save it, and send it again.")
        yield Problem(file, 0, "", shown, reason)
