"""Making a release: all of it is written, or nothing, and the snapshot that bears its name comes last."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from icc_data.errors import AtlasError
from icc_data.files.release.changelog import Differences, differences, section, with_section
from icc_data.files.release.numbers import filled, marks, numbers
from icc_data.i18n import translate as _
from icc_data.incoming.data_folder import writing
from icc_data.output import write_file
from icc_data.store import snapshot_tables
from icc_data.store import snapshots as keeping
from icc_data.store.snapshot_tables import tables_of_snapshot
from icc_data.store.snapshots import Snapshot
from icc_data.store.versions import as_of_date, data_version, read_folder
from icc_data.text import short_digest

CHANGELOG = "CHANGELOG.md"
# Where numbers of the data stand: in the folder of the data, and in the project that it lies in.
_TEXTS = ("data:*.md", "project:README.md", "project:CITATION.cff", "project:docs/*.md")
_NAME = re.compile(r"(20\d\d)-Q([1-4])")


@dataclass(frozen=True)
class Release:
    """What a release is, or would be.

    Attributes:
        name: such as ``2026-Q4``.
        date: the day of its data.
        version: the first twelve digits of its data version.
        before: the version that it is compared with; None where there is none.
        differs: what differs from that.
        texts: the files that are written, with what they hold then.
        snapshot: the folder that keeps its tables.
    """

    name: str
    date: date
    version: str
    before: Snapshot | None
    differs: Differences | None
    texts: Mapping[Path, bytes]
    snapshot: Path


def releases(directory: Path) -> list[Snapshot]:
    """The snapshots of a data folder that are releases, the oldest first."""
    kept = keeping.snapshots([directory / keeping.SHIPPED])
    return sorted((one for one in kept if one.release), key=lambda one: one.release)


def release(name: str, directory: Path, *, dry_run: bool = False, today: date | None = None) -> Release:
    """Make a release of the data as it is.

    Args:
        name: the quarter, such as ``2026-Q4``.
        directory: the data folder; texts of the project that it lies in are written, too.
        dry_run: write nothing.
        today: the day; None for that of the clock.

    Raises:
        InvalidDataError: the data has problems.
        AtlasError: there is no such quarter, it has not begun, its data is of a later one, there is a release of it or
            of a later one, or the last one holds the same data; or something cannot be written. Nothing was written.
    """
    _refuse_quarter(name, today or date.today())
    if dry_run:
        return _made(name, directory)
    try:
        with writing(directory):
            made = _made(name, directory)
            _write(made, directory)
    except OSError as error:
        advice = _("Check the rights and the space on the disk; nothing was written.")
        raise AtlasError(
            _("{file} cannot be written: {reason}.").format(file=error.filename or directory, reason=error.strerror),
            advice,
        ) from None
    return made


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _refuse_quarter(name: str, today: date) -> None:
    if not _NAME.fullmatch(name):
        raise AtlasError(
            _("“{name}” is no quarter.").format(name=name), _("Write the year and the quarter, such as 2026-Q4.")
        )
    if name > _quarter(today):
        raise AtlasError(
            _("The quarter {name} has not begun yet.").format(name=name),
            _("Today is in {quarter}.").format(quarter=_quarter(today)),
        )


def _refuse_release(name: str, version: str, as_of: date, made: list[Snapshot]) -> None:
    if any(one.release == name for one in made):
        raise AtlasError(
            _("The release {name} is there already.").format(name=name),
            _("A release never changes: take the next quarter."),
        )
    if made and made[-1].release > name:
        raise AtlasError(
            _("{release} has been released after {name}.").format(release=made[-1].release, name=name),
            _("Releases follow each other."),
        )
    same = next((one.release for one in made if one.version == version), "")
    if same:
        raise AtlasError(
            _("Nothing has changed since the release {release}.").format(release=same),
            _("There is nothing to release."),
        )
    if _quarter(as_of) > name:
        raise AtlasError(
            _("The data is of {date}, which is after {name}.").format(date=as_of.isoformat(), name=name),
            _("Release it as {quarter}.").format(quarter=_quarter(as_of)),
        )


def _made(name: str, directory: Path) -> Release:
    """A release as it is to be written."""
    data, tables = read_folder(directory)
    version, as_of = short_digest(data_version(data)), as_of_date(data)
    made = releases(directory)
    _refuse_release(name, version, as_of, made)
    others = [one for one in keeping.snapshots([directory / keeping.SHIPPED]) if one.version != version]
    before = made[-1] if made else (others[-1] if others else None)
    differs = differences(tables_of_snapshot(before), before.date, tables, data, as_of) if before else None
    rows = {table: len(texts.rows) for table, texts in tables.items()}
    told = numbers(data, name, version)
    texts = {}
    for file in texts_of(directory):
        text = file.read_text(encoding="utf-8")
        if marks(text):
            texts[file] = filled(text, told, file.name).encode("utf-8")
    changelog = directory / CHANGELOG
    text = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    texts[changelog] = with_section(text, name, section(name, as_of, version, rows, differs)).encode("utf-8")
    folder = directory / keeping.SHIPPED / f"{as_of.isoformat()}-{version}"
    return Release(name, as_of, version, before, differs, texts, folder)


def texts_of(directory: Path) -> list[Path]:
    """The texts in which numbers of the data may stand.

    Args:
        directory: the data folder.
    """
    places = {"data": directory, "project": directory.absolute().parent}
    text_files = [
        file
        for place, _colon, pattern in (text.partition(":") for text in _TEXTS)
        for file in sorted(places[place].glob(pattern))
    ]
    return [file for file in text_files if file.name != CHANGELOG]


def _write(made: Release, directory: Path) -> None:
    """Write the texts, then the snapshot that makes it a release; what fails leaves every text as it was.

    A process that is killed in between leaves texts of a release that there is not yet: the same command writes them
    again and ends it.
    """
    were = {file: file.read_bytes() if file.exists() else None for file in made.texts}
    try:
        for file, content in made.texts.items():
            write_file(file, content)
        kept = keeping.snapshots([directory / keeping.SHIPPED])
        snapshot_tables.take(directory, made.snapshot.parent, kept, made.name)
    except BaseException:
        for file, before in were.items():
            with suppress(OSError, AtlasError):
                if before is None:
                    file.unlink(missing_ok=True)
                else:
                    write_file(file, before)
        raise
