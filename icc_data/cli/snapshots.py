"""Commands about versions of the data: snapshot, snapshots, release."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from icc_data.cli.terminal import DataOption, app, counted, err, errors_in_words, json_line, out
from icc_data.files.release import releasing
from icc_data.i18n import day, translate_plural
from icc_data.i18n import translate as _
from icc_data.paths import DATA_DIRECTORY, SNAPSHOTS
from icc_data.store import snapshots as keeping
from icc_data.store.snapshot_tables import take
from icc_data.store.snapshots import Snapshot

FolderOption = Annotated[Path, typer.Option("--output", help=_("Folder of the snapshots that are made here."))]
JsonOption = Annotated[bool, typer.Option("--json", help=_("JSON lines even in a terminal."))]


def _all(data: Path, folder: Path) -> list[Snapshot]:
    return keeping.snapshots(dict.fromkeys([*keeping.snapshot_folders(data), folder]))


@app.command()
def snapshot(
    data: DataOption = DATA_DIRECTORY,
    output: FolderOption = SNAPSHOTS,
    listed: Annotated[bool, typer.Option("--list", help=_("Only list those that there are."))] = False,
) -> None:
    """Keep a dated copy of the tables that never changes, to compare with later. Exit 1: the data has problems."""
    if listed:
        _list(_all(data, output), as_json=False)
        return
    with errors_in_words(), err.status(_("Copying the tables …")):
        result = take(data, output, _all(data, output))
    kept = result.snapshot
    if result.unchanged:
        words = _("Nothing has changed since {day}: the snapshot {id} holds this data.")
        out.print(words.format(day=day(kept.date), id=kept.id))
        return
    out.print(_("Kept the data of {day} as {id}: {rows}.").format(day=day(kept.date), id=kept.id, rows=_rows(kept)))
    out.print(_("Wrote {file}.").format(file=kept.path))


@app.command()
def snapshots(data: DataOption = DATA_DIRECTORY, output: FolderOption = SNAPSHOTS, as_json: JsonOption = False) -> None:
    """List the snapshots that there are, the oldest first: date of the data, version, rows of each table."""
    _list(_all(data, output), as_json=as_json)


def _list(kept: list[Snapshot], *, as_json: bool) -> None:
    if not kept:
        err.print(_("There is no snapshot yet: make one with “python -m icc_data snapshot”."))
    elif as_json or not sys.stdout.isatty():
        for item in kept:
            told = {"id": item.id, "date": item.date, "version": item.version, "taken": item.taken.isoformat()}
            told |= {"release": item.release} if item.release else {}
            json_line({**told, "rows": item.rows, "path": str(item.path)})
    else:
        for item in kept:
            words = _("{id} · data of {day} · taken {taken} UTC · {rows}")
            taken = f"{item.taken:%Y-%m-%d %H:%M}"
            out.print(words.format(id=item.id, day=day(item.date), taken=taken, rows=_rows(item)))
        out.print(counted(translate_plural("{count} snapshot.", "{count} snapshots.", len(kept)), len(kept)))


def _rows(kept: Snapshot) -> str:
    return ", ".join(f"{count} {table.replace('_', ' ')}" for table, count in kept.rows.items())


@app.command()
def release(
    name: Annotated[str, typer.Argument(metavar="QUARTER", help=_("The quarter, such as 2026-Q4."))],
    data: DataOption = DATA_DIRECTORY,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Say what would happen; change nothing."))] = False,
) -> None:
    """Give the data as it is the name of a quarter: all of it is written, or nothing.

    The tables are kept in data/snapshots, what differs from the last release is written into data/CHANGELOG.md, and
    numbers of the data in README.md, docs/ and CITATION.cff are counted anew.
    Exit 0: released; 2: the release is there already, or its quarter lies ahead; 1: the data has problems.
    """
    with errors_in_words(), err.status(_("Comparing, counting and copying …")):
        made = releasing.release(name, data, dry_run=dry_run)
    words = _("Would release the data of {day} as {name}.") if dry_run else _("Released the data of {day} as {name}.")
    out.print(words.format(day=day(made.date), name=made.name))
    if made.differs is not None:
        out.print(made.differs.sentence)
    words = _("Would write {file}.") if dry_run else _("Wrote {file}.")
    for file in (*made.texts, made.snapshot):
        out.print(words.format(file=file))
