"""The command that builds the database, apart from all others: where nothing is new, little else is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from icc_data.cli.terminal import DataOption, app, err, errors_in_words, out
from icc_data.i18n import translate as _
from icc_data.paths import DATA_DIRECTORY, DATABASE
from icc_data.store import build as building


@app.command()
def build(
    data: DataOption = DATA_DIRECTORY,
    database: Annotated[Path, typer.Option(help=_("DuckDB file to write."))] = DATABASE,
    force: Annotated[bool, typer.Option("--force", help=_("Build even where nothing has changed."))] = False,
) -> None:
    """Build the database from the CSV files. Exit 1: the data has problems, and the old database stays."""
    with errors_in_words(), err.status(_("Building the database …")) as status:
        result = building.build(data, database, force=force, tell=status.update)
    if result.skipped:
        out.print(_("{place} is up to date: nothing has changed (--force builds anyway).").format(place=database))
        return
    table = Table(_("Table"), _("Rows"), box=None)
    table.columns[1].justify = "right"
    for name, rows in result.rows.items():
        table.add_row(name, str(rows))
    out.print(table)
    out.print(_("Wrote {file}.").format(file=database))
