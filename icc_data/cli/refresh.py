"""Commands that carry over what was published since last time: take, apply."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from icc_data.cli.data import DataOption, KindOption
from icc_data.cli.terminal import SOME_REFUSED, app, counted, err, errors_in_words, out
from icc_data.incoming.refresh import applying, taking
from icc_data.incoming.refresh.matching import title_of
from icc_data.incoming.refresh.review import counts, decided, write_review
from icc_data.paths import DATA_DIRECTORY


@app.command()
def take(
    files: Annotated[list[Path], typer.Argument(help="Files, and folders that hold some.")],
    seen: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day on which they were seen.")],
    sender: Annotated[taking.Sender, typer.Option("--from", help="Who published or sent them.")],
    output: Annotated[Path, typer.Option(help="The review to write: .csv or .xlsx.")] = Path("review.csv"),
    accept_new: Annotated[bool, typer.Option("--accept-new", help="Say yes beforehand to all that is new.")] = False,
    kind: KindOption = "auto",
    data: DataOption = DATA_DIRECTORY,
) -> None:
    """Read files as they arrived into one review: what is new, changed, alike or refused, cell by cell.

    Nothing is written to the data: fill in its column “decision” (yes or no), mend cells in its column “new”, and give
    it to “apply”. Exit 0: everything was read; 3: some was refused or could not be read; the review says why.
    """
    with errors_in_words():
        listed = taking.files_in(files)
        with err.status("Reading …") as status:
            blocks = taking.take(
                listed,
                data,
                seen=seen.date(),
                sender=sender,
                kind=kind,
                told=lambda file: status.update(f"Reading {file.name} …"),
            )
        if accept_new:
            blocks = decided(blocks, ["new"])
        write_review(blocks, output)
    numbers = counts(blocks)
    for block in blocks:
        if block.head.standing in ("refused", "unreadable"):
            place = f"{block.head.file}:{block.head.line}" if block.head.line else block.head.file
            err.print(f"{block.head.standing} {place}: {block.head.note}")
    summary = ", ".join(f"{number} {standing}" for standing, number in numbers.items()) or "nothing"
    out.print(f"{counted(len(listed), 'file', 'files')}: {summary}. Wrote {output}.")
    if "refused" in numbers or "unreadable" in numbers:
        raise typer.Exit(SOME_REFUSED)


@app.command()
def apply(
    review: Annotated[Path, typer.Argument(help="The review, filled in.")],
    data: DataOption = DATA_DIRECTORY,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
) -> None:
    """Write what a review decided into the data: all of it or nothing, and nothing else.

    Exit 0: written, or nothing to write; 2: the review cannot be used; 1: the data has problems, or would have.
    """
    with errors_in_words(), err.status("Writing …"):
        applied = applying.apply_review(review, data, dry_run=dry_run)
    would = "would be " if dry_run else ""
    for verb, tables in (("added to", applied.added), ("changed in", applied.changed)):
        for name, records in tables.items():
            for record in records:
                out.print(f"{would}{verb} {name}.csv: {title_of(record)}")
    added, changed = (sum(map(len, tables.values())) for tables in (applied.added, applied.changed))
    left = f", {counted(applied.undecided, 'record', 'records')} undecided" if applied.undecided else ""
    out.print(f"{added} {would}added, {changed} {would}changed{left}.")
