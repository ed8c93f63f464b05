"""New records into the data folder: what is there already is skipped, what is not valid is refused, all or nothing."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from icc_data.errors import AtlasError, Problem
from icc_data.formula import neutral
from icc_data.i18n import translate as _
from icc_data.incoming.check import Data, load_data, valid_data
from icc_data.incoming.data_folder import replace_tables, scratch, writing
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.incoming.readers import Accepted, Kind, ReadResult, read
from icc_data.incoming.readers.table import delimiter
from icc_data.incoming.refresh.matching import Known
from icc_data.incoming.refresh.review import ReviewRow
from icc_data.incoming.refresh.taking import changes
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.identifiers import Identifiers, identities, table_of
from icc_data.model.records import TABLES, Practice, Record, row_of
from icc_data.output import write_file


@dataclass(frozen=True)
class Skipped:
    """A record that the data has already, and which one it is; ``differs`` where it says something else than that."""

    file: str
    line: int
    title: str
    reason: str
    differs: bool = False


@dataclass
class Addition:
    """What adding files did, or would do.

    Attributes:
        added: new records by table.
        skipped: records that are there already.
        refused: every reason of every refused row.
        empty: files that hold neither.
        notes: where and how something was read that was chosen rather than stated.
    """

    added: dict[str, list[Record]] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def _title_of(record: Record) -> str:
    return record.title if isinstance(record, Practice) else ", ".join(str(v) for v in identities(record)[0][1:])


class _There:
    """The records that are there, and those that have been added so far."""

    def __init__(self, data: Data, gazetteer: Gazetteer) -> None:
        self.known = Known(data, gazetteer)
        self.ids = Identifiers(practice.practice_id for practice in data.practices)
        self.where: dict[tuple[object, ...], str] = {}
        for name, items in data.accepted.items():
            for item in items:
                self.note(item.record, _("{file} line {line}").format(file=f"{name}.csv", line=item.line))

    def note(self, record: Record, place: str) -> None:
        for identity in identities(record):
            self.where.setdefault(identity, place)

    def place(self, record: Record) -> str | None:
        return next((self.where[identity] for identity in identities(record) if identity in self.where), None)


def _skipped(file: str, item: Accepted, there: _There) -> Skipped | None:
    """The record as one that is there already, with the columns in which it says something else; None for a new one."""
    record = item.record
    same = there.known.same(record)
    place = there.place(same or record)
    if place is None:
        return None
    reason = _("is there already: {place}").format(place=place)
    others = [one.column for one in changes(ReviewRow("", table=table_of(record)), same, record)] if same else []
    if others:
        told = _("it says something else in {columns}, which “take” puts side by side")
        reason = f"{reason}; {told.format(columns=', '.join(others))}"
    return Skipped(file, item.line, _title_of(record), reason, bool(others))


def _sort(file: str, result: ReadResult, there: _There, addition: Addition) -> None:
    addition.notes += [(file, note) for note in result.notes]
    for item in result.accepted:
        record = item.record
        if skipped := _skipped(file, item, there):
            addition.skipped.append(skipped)
            continue
        addition.notes += [(f"{file}:{item.line}", note) for note in there.known.alike(record)]
        if isinstance(record, Practice):
            record = replace(record, practice_id=there.ids.take(record.practice_id))
        there.note(record, _("{file} line {line}").format(file=file, line=item.line))
        addition.notes += [(f"{file}:{item.line}", note) for note in item.notes]
        addition.added.setdefault(table_of(record), []).append(record)
    addition.refused += result.problems
    if result.is_empty:
        addition.empty.append(file)


def _appended(text: str, records: Sequence[Record]) -> str:
    if not text:
        text = ",".join(row_of(records[0])) + "\n"
    out = io.StringIO(newline="")
    first = text.removeprefix("\ufeff").partition("\n")[0]
    header = next(csv.reader([first], delimiter=delimiter(first)))
    ending = "\r\n" if "\r\n" in text else "\n"
    writer = csv.DictWriter(out, header, lineterminator=ending, delimiter=delimiter(first))
    for row in map(row_of, records):
        lacking = {column for column, cell in row.items() if cell and column not in header}
        if lacking:
            advice = _("Add it to the header, then add the rows again.")
            raise AtlasError(_("The file has no column “{column}”.").format(column=min(lacking)), advice)
        writer.writerow({column: cell for column, cell in row.items() if column in header})
    return text + ("" if text.endswith("\n") else ending) + out.getvalue()


def _write(directory: Path, added: dict[str, list[Record]]) -> None:
    with scratch(directory) as new:
        for table in TABLES:
            if (directory / f"{table}.csv").exists():
                shutil.copy2(directory / f"{table}.csv", new)
        for table, records in added.items():
            file = new / f"{table}.csv"
            text = file.read_bytes().decode("utf-8") if file.exists() else ""
            file.write_bytes(_appended(text, records).encode("utf-8"))
        problems = load_data(new)[1]
        if problems:
            raise InvalidDataError(problems)
        replace_tables(directory, new, added)


def _keep_rejects(file: Path, result: ReadResult) -> None:
    if not result.rejected:
        return
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["file", "line", "column", "value", "reason", "row"])
    for rejected in result.rejected:
        row = json.dumps(dict(rejected.row), ensure_ascii=False)
        for problem in rejected.problems:
            writer.writerow([neutral(str(cell)) for cell in (*problem.as_dict().values(), row)])
    write_file(file.parent / f"{file.name}.rejected.csv", out.getvalue().encode("utf-8", errors="backslashreplace"))


def add(files: Sequence[Path], directory: Path, *, kind: Kind = "auto", dry_run: bool = False) -> Addition:
    """Read files and append their new records to the data folder.

    What counts as there already is as in ``refresh.matching``: by identifier, own page, or title (or original title)
    and one of the same cities. What looks like a record of the data is noted. Refused rows are kept beside their file,
    in ``FILE.rejected.csv``.

    Args:
        files: listings, cards or tables.
        directory: the data folder; it must be valid, and is valid afterwards.
        kind: what the files are.
        dry_run: change nothing.

    Raises:
        InvalidDataError: the folder has problems, or would have; nothing was written.
        AtlasError: a file cannot be used, or another command is changing the data; nothing was written.
    """
    if dry_run:
        return _sorted(files, directory, kind)[0]
    if not directory.is_dir():
        raise AtlasError(_("There is no data folder “{folder}”.").format(folder=directory), _("Name it with --data."))
    try:
        with writing(directory):
            addition, results = _sorted(files, directory, kind)
            for file, result in results:
                _keep_rejects(file, result)
            if addition.added:
                _write(directory, addition.added)
    except OSError as error:
        advice = _("Check the rights and the space on the disk; the data is as it was.")
        raise AtlasError(
            _("{file} cannot be written: {reason}.").format(file=error.filename or directory, reason=error.strerror),
            advice,
        ) from None
    return addition


def _sorted(files: Sequence[Path], directory: Path, kind: Kind) -> tuple[Addition, list[tuple[Path, ReadResult]]]:
    data = valid_data(directory)
    gazetteer = Gazetteer(data.cities)
    there = _There(data, gazetteer)
    addition = Addition()
    results = [(file, read(file, gazetteer, data.vocabulary, kind)) for file in files]
    for file, result in results:
        _sort(file.name, result, there, addition)
    return addition, results
