"""Commands that carry over what was published since last time: take, apply, set."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from icc_data.cli.data import KindOption
from icc_data.cli.terminal import SOME_REFUSED, DataOption, app, err, errors_in_words, out
from icc_data.i18n import translate as _
from icc_data.i18n import translate_plural
from icc_data.incoming.readers import mapping
from icc_data.incoming.refresh import applying, setting, taking
from icc_data.incoming.refresh.matching import title_of
from icc_data.incoming.refresh.review import counts, decided, write_review
from icc_data.paths import DATA_DIRECTORY


@app.command()
def take(
    files: Annotated[list[Path], typer.Argument(help=_("Files, and folders that hold some."))],
    seen: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help=_("The day on which they were seen."))],
    sender: Annotated[taking.Sender, typer.Option("--from", help=_("Who published or sent them."))],
    output: Annotated[Path, typer.Option(help=_("The review to write: .csv or .xlsx."))] = Path("review.csv"),
    accept_new: Annotated[bool, typer.Option("--accept-new", help=_("Say yes beforehand to all that is new."))] = False,
    kind: KindOption = "auto",
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", help=_("heading=column: what a heading of another database means; is remembered.")),
    ] = None,
    data: DataOption = DATA_DIRECTORY,
) -> None:
    """Read files as they arrived into one review: what is new, changed, alike or refused, cell by cell.

    No table of the data is written: fill in its column “decision” (yes or no), mend cells in its column “new”, and give
    it to “apply”. Exit 0: everything was read; 3: some was refused or could not be read; the review says why.
    """
    with errors_in_words():
        listed = taking.files_in(files)
        said_now = mapping.said(mapped or ())
        columns = mapping.merged(mapping.remembered(data), said_now)
        with err.status(_("Reading …")) as status:

            def told(file: Path) -> None:
                status.update(_("Reading {file} …").format(file=file.name))

            blocks = taking.take(listed, data, seen=seen.date(), sender=sender, kind=kind, columns=columns, told=told)
        if accept_new:
            blocks = decided(blocks, ["new"])
        write_review(blocks, output)
        if said_now:
            mapping.remember(data, said_now)
    numbers = counts(blocks)
    for block in blocks:
        if block.head.standing in ("refused", "unreadable"):
            place = f"{block.head.file}:{block.head.line}" if block.head.line else block.head.file
            err.print(f"{block.head.standing} {place}: {block.head.note}")
    words = translate_plural("{count} file read into {output}:", "{count} files read into {output}:", len(listed))
    out.print(words.format(count=len(listed), output=output))
    for standing, number in numbers.items():
        out.print(f"  {number} {standing}")
    if "refused" in numbers or "unreadable" in numbers:
        raise typer.Exit(SOME_REFUSED)


@app.command()
def apply(
    review: Annotated[Path, typer.Argument(help=_("The review, filled in."))],
    data: DataOption = DATA_DIRECTORY,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Say what would happen; change nothing."))] = False,
) -> None:
    """Write what a review decided into the data: all of it or nothing, and nothing else.

    Exit 0: written, or nothing to write; 2: the review cannot be used; 1: the data has problems, or would have.
    """
    with errors_in_words(), err.status(_("Writing …")):
        applied = applying.apply_review(review, data, dry_run=dry_run)
    added_words = _("would add to {table}.csv: {label}") if dry_run else _("added to {table}.csv: {label}")
    changed_words = _("would change in {table}.csv: {label}") if dry_run else _("changed in {table}.csv: {label}")
    for words, tables in ((added_words, applied.added), (changed_words, applied.changed)):
        for name, records in tables.items():
            for record in records:
                out.print(words.format(table=name, label=title_of(record)))
    added, changed = (sum(map(len, tables.values())) for tables in (applied.added, applied.changed))
    words = (
        _("{added} would be added, {changed} changed; {undecided} not decided on.")
        if dry_run
        else _("{added} added, {changed} changed; {undecided} not decided on.")
    )
    out.print(words.format(added=added, changed=changed, undecided=applied.undecided))


@app.command("set")
def set_(
    table: Annotated[setting.Settable, typer.Argument(help=_("Which table."))],
    cells: Annotated[list[str], typer.Argument(help=_("column=value; of a list also column+=value, column-=value."))],
    where: Annotated[list[str], typer.Option(help=_("Only rows where column=value; of a list, where it has it."))],
    data: DataOption = DATA_DIRECTORY,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Say what would happen; change nothing."))] = False,
) -> None:
    """Change cells of every row of which something is so: all of it or nothing, and nothing else.

    A city that is renamed keeps its old name as an alias.
    Exit 0: written, or as it was already; 2: no such column, value or row; 1: the data has problems, or would have.
    """
    with errors_in_words():
        changes = setting.set_cells(table, where, cells, data, dry_run=dry_run)
    for one in changes:
        out.print(f"{table}.csv:{one.line} {one.key} {one.column}: “{one.old}” → “{one.new}”")
    count = len({one.key for one in changes})
    words = (
        translate_plural("{count} row would change.", "{count} rows would change.", count)
        if dry_run
        else translate_plural("{count} row changed.", "{count} rows changed.", count)
    )
    out.print(words.format(count=count))
