"""Commands for whoever runs the atlas for others: settings, status."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from icc_data.cli.terminal import PROBLEMS, DataOption, app, json_line, out
from icc_data.i18n import translate as _
from icc_data.paths import COPIES, DATA_DIRECTORY, DATABASE, LAKE, PUBLISHED, SNAPSHOTS
from icc_data.settings import read_settings, without_password
from icc_data.store.status import status as look

_JSON = typer.Option("--json", help=_("One JSON object a line."))
# What follows from other settings.
_FOLLOWS = {"data": DATA_DIRECTORY, "database": DATABASE, "published": PUBLISHED, "snapshots": SNAPSHOTS}
if LAKE:
    _FOLLOWS["copies"] = COPIES


@app.command()
def settings(as_json: Annotated[bool, _JSON] = False) -> None:
    """Say every setting: what it is, where that comes from, and what it does."""
    for name, value in read_settings().items():
        text = without_password(value.text) or str(_FOLLOWS.get(name, ""))
        if as_json:
            json_line({"setting": name, "value": text, "from": value.origin, "meaning": value.setting.meaning})
        else:
            out.print(f"{name} = {text}  ({value.origin})\n    {value.setting.meaning}")


@app.command()
def status(
    data: DataOption = DATA_DIRECTORY,
    database: Annotated[Path, typer.Option(help=_("DuckDB file to look at."))] = DATABASE,
    published: Annotated[Path, typer.Option(help=_("Where the published tables are found."))] = PUBLISHED,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Say how the atlas is; nothing is changed. Exit 0: as it should be; 1: it is not, and why."""
    state = look(data, database, published)
    if as_json:
        json_line(state.as_dict())
    else:
        about = (
            _("Data version {version}, as of {day}.").format(version=state.version, day=state.as_of)
            if state.version
            else ""
        )
        for line in (about, *map(_, state.reasons), _("All is as it should be.") if state.is_well else ""):
            if line:
                out.print(line)
    if not state.is_well:
        raise typer.Exit(PROBLEMS)
