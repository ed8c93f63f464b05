"""What commands that ask the database share: the dashboard's filters as options, and what they choose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from icc_data import queries
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.model.ignored import ignored_in_words
from icc_data.paths import DATA_DIRECTORY, DATABASE
from icc_data.queries.selection import FACETS, Options, Selection, filter_labels, read_selection
from icc_data.queries.selection_words import choices
from icc_data.store import build as building
from icc_data.store.database import open_database

DatabaseOption = Annotated[Path, typer.Option("--database", help="DuckDB file; built anew where the data changed.")]


def _facet(name: str) -> Any:
    label = FACETS[name].label
    return typer.Option(f"--{name.replace('_', '-')}", help=f"{label}: identifier or name; repeat it for “or”.")


Country = Annotated[list[str] | None, _facet("country")]
City = Annotated[list[str] | None, _facet("city")]
Network = Annotated[list[str] | None, _facet("network")]
PolicyArea = Annotated[list[str] | None, _facet("policy_area")]
Theme = Annotated[list[str] | None, _facet("theme")]
TargetGroup = Annotated[list[str] | None, _facet("target_group")]
PracticeType = Annotated[list[str] | None, _facet("practice_type")]
PracticeArea = Annotated[list[str] | None, _facet("practice_area")]
DocumentedBy = Annotated[list[str] | None, _facet("documented_by")]
YearFrom = Annotated[int | None, typer.Option("--from", help="Active in this year or later.")]
YearTo = Annotated[int | None, typer.Option("--to", help="Active in this year or earlier.")]
Undated = Annotated[bool, typer.Option("--undated/--dated-only", help="Also practices without a start year.")]
Ongoing = Annotated[bool, typer.Option("--ongoing", help="Only practices that go on.")]
Bare = Annotated[bool, typer.Option("--bare/--no-bare", help="Also practices of which a year alone was published.")]
Said = Annotated[bool, typer.Option("--said/--known-only", help="Active also where they only say that they go on.")]
SortOption = Annotated[
    queries.Sort,
    typer.Option(help="Order: how well they answer, start year (newest, oldest), newest added, title or city."),
]
_FLAGS = ("undated", "ongoing", "bare", "said")


def open_atlas(database: Path) -> duckdb.DuckDBPyConnection:
    """The database, built first where it is the project's own and stale."""
    if database == DATABASE:
        building.build(DATA_DIRECTORY, database)
    return open_database(database)


def filters_of(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The filters among the arguments of a command that offers them all.

    Typer reads the options of a command from its own signature: only what is done with them can stand in one place.
    """
    return {
        "q": arguments["words"],
        **{name: "yes" if arguments[name] else "no" for name in _FLAGS},
        **{name: value for name, value in arguments.items() if name in FACETS},
        "year_from": arguments["year_from"],
        "year_to": arguments["year_to"],
    }


def selection_of(connection: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> tuple[Selection, Options]:
    """The selection that options ask for.

    Raises:
        AtlasError: an option names nothing that there is.
    """
    named = {"year_from": "from", "year_to": "to"}
    params = {
        named.get(name, name): [str(value) for value in (values if isinstance(values, list) else [values])]
        for name, values in given.items()
        if values not in (None, [], "")
    }
    options = queries.options(connection)
    selection, ignored = read_selection(params, options)
    if ignored:
        raise AtlasError(
            " ".join(ignored_in_words(ignored, filter_labels())), "Names are those of the dashboard's filters."
        )
    return selection, options


def provenance_of(
    connection: duckdb.DuckDBPyConnection, title: str, selection: Selection, options: Options
) -> Provenance:
    """What a file that a command writes says of itself; it has no address."""
    facts = queries.meta(connection)
    return Provenance(
        title=title,
        selection=[label for label, _ in choices(selection, options)],
        address="",
        as_of=date.fromisoformat(facts["as_of_date"]),
        version=facts["version"],
    )


def value_of(options: Options, facet: str, name: str) -> str:
    """The value of a facet that somebody names.

    Raises:
        AtlasError: there is none of that name.
    """
    value = options.find(facet, name)
    if value is None:
        near = ", ".join(options.label(facet, other) for other in options.similar(facet, name))
        advice = f"Did you mean: {near}?" if near else "See “icc_data search”."
        raise AtlasError(f"There is no {FACETS[facet].label.lower()} “{name}”.", advice)
    return value
