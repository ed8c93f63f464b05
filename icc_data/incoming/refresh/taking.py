"""Files as they arrive, whatever their kind, read into one review: what is new, changed, the same, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from icc_data.errors import AtlasError
from icc_data.i18n import in_quotes, labelled, mark
from icc_data.i18n import translate as _
from icc_data.incoming.check import valid_data
from icc_data.incoming.readers import Accepted, Kind, Rejected, read
from icc_data.incoming.readers.headings import gathered
from icc_data.incoming.readers.mapping import remembered
from icc_data.incoming.readers.table import HEADER, UnknownHeadingsError
from icc_data.incoming.refresh.matching import Known, key_of, made_identifier, title_of
from icc_data.incoming.refresh.review import Block, ReviewRow
from icc_data.model.columns import LIST_SEPARATOR, columns_of
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.identifiers import KEYS, identities, table_of
from icc_data.model.reading import read_practice
from icc_data.model.records import TABLES, Practice, Record, row_of
from icc_data.text import fold

Sender = Literal["programme", "network", "city"]
"""Who published or sent the files: the kind of source of the practices in them."""
MAILS = (".eml", ".msg", ".mbox")
MAPPING = mark(
    "Say what a heading of another database means with --map “heading=column”, or leave it out with --map “heading=”; "
    "it is remembered."
)
# How readers call the texts of an entry, a card or a page that they refuse.
_COLUMNS_OF = {
    "place": "city_ids",
    "cities": "city_ids",
    "year": "when_text",
    "description": "summary",
    "topics": "published_topics",
    "source": "evidence_urls",
}
# What grows with every place where a practice was seen.
_GATHERED = ("evidence_urls",)
# What the reading gives of itself, so that another value is no change of the practice.
_OF_THE_READING = ("accessed", "source_kind", "when_source", "confidence")


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files named, and those in the folders named and below, in the order of their names; hidden ones left out.

    Raises:
        AtlasError: there is no such file or folder, or none that holds any file.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [file for file in sorted(path.rglob("*")) if file.is_file()]
            files += [file for file in inside if not any(part.startswith(".") for part in file.relative_to(path).parts)]
        else:
            files.append(path)
    if not files:
        raise AtlasError(_("There is no file to take."), _("Name files, or a folder that holds some."))
    return tuple(dict.fromkeys(files))


def take(
    files: Sequence[Path],
    directory: Path,
    *,
    seen: date,
    sender: Sender,
    kind: Kind = "auto",
    columns: Mapping[str, str] | None = None,
    told: Callable[[Path], None] = lambda file: None,
) -> tuple[Block, ...]:
    """Read every file and put what it holds beside the data; nothing is written.

    Args:
        files: listings, cards, pages or tables; what cannot be read is named in the review and stops nothing.
        directory: the data folder.
        seen: the day on which they were published or sent; given to every practice that carries none.
        sender: who published or sent them.
        kind: what the files are; ``auto`` finds out file by file.
        columns: what headings of other databases mean (``mapping.said``); None for what is remembered in the folder.
        told: called with each file before it is read.

    Returns:
        A block a record, in the order of the files and of their lines.

    Raises:
        InvalidDataError: the data folder has problems.
        AtlasError: ``seen`` lies in the future.
    """
    if seen > date.today():
        title = _("{date} has not come yet.").format(date=f"{seen:%Y-%m-%d}")
        raise AtlasError(title, _("Give the day on which the files were seen."))
    data = valid_data(directory)
    meant = remembered(directory) if columns is None else columns
    gazetteer = Gazetteer(data.cities)
    known = Known(data, gazetteer)
    blocks: list[Block] = []
    first: dict[tuple[object, ...], str] = {}
    for file in files:
        told(file)
        try:
            if file.suffix.lower() in MAILS:
                raise AtlasError(_("It is a mail."), _("Save what is attached to it, and take that."))
            result = read(file, gazetteer, data.vocabulary, kind, meant).with_notes_on_first()
        except AtlasError as error:
            advice = _(MAPPING) if isinstance(error, UnknownHeadingsError) else ""
            blocks.append(_unreadable(len(blocks) + 1, file, f"{error} {advice}".strip()))
            continue
        if result.is_empty:
            blocks.append(_unreadable(len(blocks) + 1, file, _("It holds nothing to read: no row, no entry.")))
        for item in result.accepted:
            item = replace(item, record=_with_source(item.record, seen, sender))
            blocks.append(_beside(len(blocks) + 1, file, item, known, first))
        for rejected in result.rejected:
            blocks.append(_refused(len(blocks) + 1, file, rejected, seen, sender))
    return tuple(blocks)


def _with_source(record: Record, seen: date, sender: str) -> Record:
    """A practice with the day on which it was seen and the kind of its source, where it says neither itself."""
    if not isinstance(record, Practice):
        return record
    stated = record.source_kind if sender == "programme" else None
    return replace(record, accessed=record.accessed or seen, source_kind=stated or sender)


def _beside(number: int, file: Path, item: Accepted, known: Known, first: dict[tuple[object, ...], str]) -> Block:
    """What a record that was read is beside the data, and beside what was read before it."""
    record = item.record
    head = ReviewRow(
        str(number),
        table=table_of(record),
        title=title_of(record),
        file=file.name,
        line=str(item.line),
        note="; ".join(item.notes),
    )
    here = f"{file.name} line {item.line}"
    again = next((first[one] for one in identities(record) if one in first), "")
    for identity in identities(record):
        first.setdefault(identity, here)
    same = known.same(record)
    if same is not None:
        head = replace(head, key=key_of(same))
        cells = tuple(changes(head, same, record))
        note = "; ".join(filter(None, (_noted(head, again), _ahead(record, known.newest_day) if cells else "")))
        return Block(replace(head, standing="changed" if cells else "same", note=note), cells)
    alike = [*known.alike(record), *([_("the same stands in {place}").format(place=again)] if again else [])]
    ahead = _ahead(record, known.newest_day)
    standing = "near-double" if alike else "new"
    cells = tuple(replace(head, column=column, new=cell, note="") for column, cell in _stated(record))
    return Block(replace(head, standing=standing, note="; ".join(filter(None, (head.note, *alike, ahead)))), cells)


def _ahead(record: Record, newest: date | None) -> str:
    """A note where a practice begins in a later year than that in which anything was seen."""
    if not isinstance(record, Practice):
        return ""
    days = [day for day in (newest, record.accessed) if day]
    start = read_practice(
        record.when_text, record.described_when, record.accessed and record.accessed.year
    ).period.start_year
    if not days or start is None or start <= max(days).year:
        return ""
    return _("begins in {year}, after the data’s date ({date}): check the year").format(year=start, date=max(days))


def _stated(record: Record) -> Iterator[tuple[str, str]]:
    """What a record says, by column; an identifier that was made from the title says nothing."""
    for column, cell in row_of(record).items():
        if cell and not (column == "practice_id" and isinstance(record, Practice) and cell == made_identifier(record)):
            yield column, cell


def _noted(head: ReviewRow, again: str) -> str:
    return "; ".join(filter(None, (head.note, _("the same stands in {place}").format(place=again) if again else "")))


def changes(head: ReviewRow, old: Record, new: Record) -> Iterator[ReviewRow]:
    """The cells in which a file says something else than the data; a cell that it leaves empty says nothing."""
    cells_now, cells_read = row_of(old), row_of(new)
    keys = KEYS[head.table]
    for column, cell in cells_read.items():
        now = cells_now[column]
        if column in _GATHERED:
            parts = [*now.split(LIST_SEPARATOR), *cell.split(LIST_SEPARATOR)]
            cell = LIST_SEPARATOR.join(dict.fromkeys(filter(None, parts)))
        if (
            not cell
            or cell == now
            or column in keys
            or (now and (column in _OF_THE_READING or _says_less(column, cell)))
        ):
            continue
        # The data may carry a translation of the title that the file has.
        if column != "title" or fold(cell) != fold(cells_now.get("title_original", "")):
            yield replace(head, column=column, old=now, new=cell, note="")


def _says_less(column: str, cell: str) -> bool:
    """Whether a cell is the beginning of a text only, as a listing shows it."""
    return column == "summary" and cell.endswith(("…", "..."))


def _refused(number: int, file: Path, rejected: Rejected, seen: date, sender: str) -> Block:
    """A row that is no record, with its cells by the columns of the data, so that it can be mended and taken here."""
    reasons = "; ".join(
        labelled(" ".join(filter(None, (one.column, in_quotes(one.value) if one.value else ""))), one.reason)
        if one.column or one.value
        else one.reason
        for one in rejected.problems
    )
    title = str(rejected.row.get("title") or rejected.row.get("Title") or rejected.row.get("name") or "")
    head = ReviewRow(
        str(number), standing="refused", title=title, file=file.name, line=str(rejected.line), note=reasons
    )
    if set(rejected.row) == {HEADER}:
        return Block(
            replace(
                head, title=", ".join(problem.column for problem in rejected.problems), note=f"{reasons}. {_(MAPPING)}"
            )
        )
    by_column = {_COLUMNS_OF.get(one.column, one.column): one.reason for one in reversed(rejected.problems)}
    row, left = _by_column(rejected)
    if "title" in row and not any(row.get(column) for column in ("accessed", "source_kind")):
        row |= {"accessed": seen.isoformat(), "source_kind": sender}
    cells = (
        replace(head, standing="", column=column, new=cell, note=by_column.get(column, ""))
        for column, cell in row.items()
    )
    return Block(replace(head, note="; ".join(filter(None, [reasons, *left]))), tuple(cells))


def _by_column(rejected: Rejected) -> tuple[dict[str, str], list[str]]:
    """The cells of a refused row by the columns of the data, and what has none there, in words."""
    row: dict[str, str] = {}
    left: list[str] = []
    all_columns = {column.name for record_type in TABLES.values() for column in columns_of(record_type)}
    # A row that was read beyond its header has cells under no heading, and only its reasons say so.
    for heading, cell in gathered({text: cell for text, cell in rejected.row.items() if text}).items():
        column = _COLUMNS_OF.get(heading, heading)
        if column in all_columns and not row.get(column):
            row[column] = cell
        elif cell.strip():
            left.append(_("not carried over: {heading} “{cell}”").format(heading=heading, cell=cell))
    return ({"title": "", "city_ids": "", "when_text": "", **row} if "title" in row else row), left


def _unreadable(number: int, file: Path, reason: str) -> Block:
    return Block(ReviewRow(str(number), standing="unreadable", file=file.name, title=file.name, note=reason))
