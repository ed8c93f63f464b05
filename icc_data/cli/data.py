"""Commands about data: check, publish, read, add, period."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from icc_data.cli.terminal import (
    PROBLEMS,
    SOME_REFUSED,
    UNUSABLE,
    DataOption,
    app,
    counted,
    err,
    errors_in_words,
    json_line,
    out,
    report,
)
from icc_data.errors import AtlasError
from icc_data.i18n import day, labelled, translate_plural
from icc_data.i18n import translate as _
from icc_data.incoming import add as adding
from icc_data.incoming import quality
from icc_data.incoming.check import Data, load_data, valid_data
from icc_data.incoming.readers import Accepted, Kind
from icc_data.incoming.readers import read as read_file
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.period import read_period
from icc_data.paths import DATA_DIRECTORY
from icc_data.settings import lake_address
from icc_data.store import datapackage, lake
from icc_data.store.lake_publishing import publish_to_lake
from icc_data.text import short_digest

KindOption = Annotated[Kind, typer.Option("--kind", help=_("What the files are."))]
FilesArgument = Annotated[list[Path], typer.Argument(help=_("Listing pages, pages or cards of a practice, or tables."))]


@app.command()
def check(
    data: DataOption = DATA_DIRECTORY,
    as_json: Annotated[bool, typer.Option("--json", help=_("One JSON object a line."))] = False,
    warn: Annotated[bool, typer.Option("--warn", help=_("Say also what is valid and worth a second look."))] = False,
) -> None:
    """Say everything that is wrong with the data. Exit 0: clean; 1: problems; 2: no such folder.

    Where the year text of a practice and its description contradict each other, or two practices share a page, a note
    says so. Warnings (--warn) keep nothing out and change no exit code.
    """
    with errors_in_words():
        records, problems = load_data(data)
    for problem in problems:
        if as_json:
            json_line(problem.as_dict())
        else:
            out.print(str(problem))
    if problems:
        err.print(counted(translate_plural("{count} problem.", "{count} problems.", len(problems)), len(problems)))
        raise typer.Exit(PROBLEMS)
    if as_json:
        for kind, ones in quality.warnings(records).items() if warn else ():
            for one in ones:
                json_line({"kind": kind, **one.as_dict()})
        return
    filled = [(name, len(items)) for name, items in records.accepted.items() if items]
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in filled)
    noted = _warned(records) if warn else _noted(records)
    out.print(f"{_('No problems: {counts}.').format(counts=counts)} {noted}".rstrip())


def _noted(records: Data) -> str:
    """Say what is told unasked, and give its number in words; nothing where there is nothing."""
    notes = quality.notes(records)
    for note in notes:
        out.print(labelled(_("note"), str(note)))
    return counted(translate_plural("{count} note.", "{count} notes.", len(notes)), len(notes)) if notes else ""


def _warned(records: Data) -> str:
    """Say every warning below the number of its kind, and give the number of all in words."""
    by_kind = quality.warnings(records)
    for kind, ones in by_kind.items():
        out.print(quality.kind_in_words(kind, len(ones)))
        for one in ones:
            out.print(f"  {one}")
    total = sum(map(len, by_kind.values()))
    return counted(translate_plural("{count} warning.", "{count} warnings.", total), total)


ListedOption = Annotated[bool, typer.Option("--list", help=_("Only list the versions that the lake holds."))]
# A text, as a path would lose a slash.
LakeOption = Annotated[
    str, typer.Option("--to", metavar="LAKE", help=_("Publish to a lake that several machines share: ducklake:…"))
]
StorageOption = Annotated[
    Path | None, typer.Option(help=_("Of a new lake: where its Parquet files lie, the same on every machine."))
]


@app.command()
def publish(
    data: DataOption = DATA_DIRECTORY,
    output: Annotated[
        Path, typer.Option(help=_("Where the files are found: a link to a hidden folder beside it."))
    ] = datapackage.PUBLISHED,
    force: Annotated[bool, typer.Option("--force", help=_("Write even where nothing has changed."))] = False,
    to: LakeOption = "",
    storage: StorageOption = None,
    listed: ListedOption = False,
) -> None:
    """Write the whole tables as CSV and Parquet with their schemas. Exit 1: problems, and the old files stay.

    With --to, all of the data becomes a new version of a lake instead, in one step; earlier versions stay, and every
    machine that shows the lake takes the new one over by itself.
    """
    if to or listed:
        _publish_to_lake(data, to, storage, force=force, listed=listed)
        return
    with errors_in_words(), err.status(_("Writing the tables …")):
        result = datapackage.publish(data, output, force=force)
    if result.skipped:
        out.print(_("{place} is up to date: nothing has changed (--force writes anyway).").format(place=output))
        return
    for file in result.files:
        out.print(str(file))


def _publish_to_lake(data: Path, to: str, storage: Path | None, *, force: bool, listed: bool) -> None:
    words = _("Version {number}: data {version} of {day}, published {published}.")
    with errors_in_words(), err.status(_("Writing the tables …")):
        address = lake_address(to)
        if listed:
            versions = lake.history(address)
        else:
            result = publish_to_lake(data, address, storage, force=force)
            versions = [result.publication]
    for one in versions:
        version = short_digest(one.version)
        told = words.format(number=one.number, version=version, day=day(one.as_of), published=one.published)
        out.print(told)
    if not listed and result.skipped:
        out.print(_("The lake is up to date: nothing has changed (--force publishes anyway)."))


def _show(accepted: Iterable[Accepted]) -> None:
    table = Table("Line", "Title or key", "Cities", "When", "Years")
    for item in accepted:
        fields = item.fields
        cities: Any = fields.get("cities", ())
        years = "–".join(str(fields[name]) for name in ("start_year", "end_year") if fields.get(name))
        title = str(fields.get("title") or fields.get("name") or fields.get("city_id") or "")
        when = str(fields.get("when_text") or "")
        table.add_row(str(item.line), title, ", ".join(cities), when, years + (" →" if fields.get("ongoing") else ""))
    out.print(table)


def _say_notes(place: str, notes: Iterable[str]) -> None:
    for note in notes:
        err.print(_("note: {place}: {note}").format(place=place, note=note))


@app.command()
def read(
    files: FilesArgument,
    kind: KindOption = "auto",
    data: DataOption = DATA_DIRECTORY,
    as_json: Annotated[bool, typer.Option("--json", help=_("JSON lines even in a terminal."))] = False,
) -> None:
    """Read files into records, one JSON object a line; refusals go to standard error.

    Exit 0: all accepted; 3: some refused; 2: a file cannot be used.
    """
    with errors_in_words():
        records = valid_data(data)
        gazetteer = Gazetteer(records.cities)
    status = 0
    for file in files:
        try:
            result = read_file(file, gazetteer, records.vocabulary, kind)
        except AtlasError as error:
            err.print(str(error))
            status = UNUSABLE
            continue
        if as_json or not sys.stdout.isatty():
            for item in result.accepted:
                json_line({**item.fields, "line": item.line, "notes": item.notes})
        else:
            _show(result.accepted)
            for item in result.accepted:
                _say_notes(f"{file.name}:{item.line}", item.notes)
        _say_notes(file.name, result.notes)
        report(result.problems)
        if result.is_empty:
            err.print(_("{file} holds nothing to read: no row, no entry.").format(file=file.name))
        if result.rejected and status == 0:
            status = SOME_REFUSED
    raise typer.Exit(status)


@app.command()
def add(
    files: FilesArgument,
    kind: KindOption = "auto",
    data: DataOption = DATA_DIRECTORY,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Say what would happen; change nothing."))] = False,
) -> None:
    """Append the new records of files to the data; nothing is written unless the result is valid.

    Exit 0: all added or there already; 3: some refused, or there already and saying something else; 2: a file cannot
    be used; 1: the data has problems.
    """
    with errors_in_words(), err.status(_("Reading …")):
        addition = adding.add(files, data, kind=kind, dry_run=dry_run)
    for name, added in addition.added.items():
        for record in added:
            label = getattr(record, "title", None) or getattr(record, "name", None) or getattr(record, "city_id", "")
            words = _("would add to {table}.csv: {label}") if dry_run else _("added to {table}.csv: {label}")
            out.print(words.format(table=name, label=label))
    for item in addition.skipped:
        words = _("skipped {file}:{line} “{title}”: {reason}")
        out.print(words.format(file=item.file, line=item.line, title=item.title, reason=item.reason))
    for place, note in addition.notes:
        _say_notes(place, [note])
    for problem in addition.refused:
        err.print(_("refused {problem}").format(problem=problem))
    for name in addition.empty:
        err.print(_("{file} holds nothing to add: no row, no entry.").format(file=name))
    count = sum(len(added) for added in addition.added.values())
    words = _("{count} would be added, {skipped} skipped.") if dry_run else _("{count} added, {skipped} skipped.")
    out.print(words.format(count=count, skipped=len(addition.skipped)))
    if addition.refused or any(item.differs for item in addition.skipped):
        raise typer.Exit(SOME_REFUSED)


@app.command()
def period(texts: Annotated[list[str], typer.Argument(help=_("Year texts as people write them."))]) -> None:
    """Say what is read from a year text, one JSON object a line."""
    for text in texts:
        json_line(read_period(text).as_dict())
