"""``python -m icc_data …``: thin shells on the project's own functions."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from icc_data import add as adding
from icc_data import build as building
from icc_data.check import InvalidDataError, load_data, valid_data
from icc_data.database import DATA_DIRECTORY, DATABASE
from icc_data.errors import AtlasError, Problem
from icc_data.gazetteer import Gazetteer
from icc_data.period import read_period
from icc_data.readers import Accepted, Kind
from icc_data.readers import read as read_file

PROBLEMS, UNUSABLE, SOME_REFUSED = 1, 2, 3

app = typer.Typer(
    help="The Intercultural Cities Atlas: from published practices to data, and from data to answers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

DataOption = Annotated[Path, typer.Option("--data", help="Folder with the CSV files.")]
KindOption = Annotated[Kind, typer.Option("--kind", help="What the files are.")]
FilesArgument = Annotated[list[Path], typer.Argument(help="Listing pages, practice cards or tables.")]


@contextmanager
def _errors_in_words() -> Iterator[None]:
    try:
        yield
    except InvalidDataError as error:
        _report(error.problems)
        raise typer.Exit(PROBLEMS) from None
    except AtlasError as error:
        err.print(str(error))
        raise typer.Exit(UNUSABLE) from None


def _report(problems: Iterable[Problem]) -> None:
    for problem in problems:
        err.print(str(problem))


def _json_line(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@app.command()
def check(
    data: DataOption = DATA_DIRECTORY,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Say everything that is wrong with the data. Exit 0: clean; 1: problems; 2: no such folder."""
    with _errors_in_words():
        records, problems = load_data(data)
    for problem in problems:
        if as_json:
            _json_line(problem.as_dict())
        else:
            out.print(str(problem))
    if problems:
        err.print(_count(len(problems), "problem", "problems") + ".")
        raise typer.Exit(PROBLEMS)
    if not as_json:
        counts = ", ".join(f"{len(items)} {name.replace('_', ' ')}" for name, items in records.accepted.items())
        out.print(f"No problems: {counts}.")


@app.command()
def build(
    data: DataOption = DATA_DIRECTORY,
    database: Annotated[Path, typer.Option(help="DuckDB file to write.")] = DATABASE,
    force: Annotated[bool, typer.Option("--force", help="Build even where nothing has changed.")] = False,
) -> None:
    """Build the database from the CSV files. Exit 1: the data has problems, and the old database stays."""
    with _errors_in_words(), err.status("Building the database …"):
        result = building.build(data, database, force=force)
    if result.skipped:
        out.print(f"{database} is up to date: nothing has changed (--force builds anyway).")
        return
    table = Table("Table", "Rows", box=None)
    table.columns[1].justify = "right"
    for name, rows in result.rows.items():
        table.add_row(name, str(rows))
    out.print(table)
    out.print(f"Wrote {database}.")


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


@app.command()
def read(
    files: FilesArgument,
    kind: KindOption = "auto",
    data: DataOption = DATA_DIRECTORY,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines even in a terminal.")] = False,
) -> None:
    """Read files into records, one JSON object a line; refusals go to standard error.

    Exit 0: all accepted; 3: some refused; 2: a file cannot be used.
    """
    with _errors_in_words():
        known = valid_data(data)
        gazetteer = Gazetteer(known.cities)
    status = 0
    for file in files:
        try:
            result = read_file(file, gazetteer, known.vocabulary, kind)
        except AtlasError as error:
            err.print(str(error))
            status = UNUSABLE
            continue
        if as_json or not sys.stdout.isatty():
            for item in result.accepted:
                _json_line({**item.fields, "line": item.line, "notes": item.notes})
        else:
            _show(result.accepted)
        _report(result.problems)
        if result.rejected and status == 0:
            status = SOME_REFUSED
    raise typer.Exit(status)


@app.command()
def add(
    files: FilesArgument,
    kind: KindOption = "auto",
    data: DataOption = DATA_DIRECTORY,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
) -> None:
    """Append the new records of files to the data; nothing is written unless the result is valid.

    Exit 0: all added or there already; 3: some refused; 2: a file cannot be used; 1: the data has problems.
    """
    with _errors_in_words(), err.status("Reading …"):
        addition = adding.add(files, data, kind=kind, dry_run=dry_run)
    for name, records in addition.added.items():
        for record in records:
            label = getattr(record, "title", None) or getattr(record, "name", None) or getattr(record, "city_id", "")
            out.print(f"{'would add' if dry_run else 'added'} to {name}.csv: {label}")
    for item in addition.skipped:
        out.print(f"skipped {item.file}:{item.line} “{item.title}”: {item.reason}")
    for problem in addition.refused:
        err.print(f"refused {problem}")
    added = sum(len(records) for records in addition.added.values())
    out.print(f"{added} {'would be added' if dry_run else 'added'}, {len(addition.skipped)} skipped.")
    if addition.refused:
        raise typer.Exit(SOME_REFUSED)


@app.command()
def period(texts: Annotated[list[str], typer.Argument(help="Year texts as people write them.")]) -> None:
    """Say what is read from a year text, one JSON object a line."""
    for text in texts:
        _json_line(read_period(text).as_dict())
