"""What commands that ask the database share: the dashboard's filters as options, and what they choose."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from icc_data import queries
from icc_data.cli.terminal import err
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.i18n import labelled
from icc_data.i18n import translate as _
from icc_data.paths import DATA_DIRECTORY, DATABASE, in_copy
from icc_data.queries.ignored import ignored_in_words
from icc_data.queries.selection import FACETS, Options, Selection, filter_labels, read_selection
from icc_data.queries.selection_words import choices
from icc_data.store import build as building
from icc_data.store.database import open_database
from icc_data.store.replica import replica

DatabaseOption = Annotated[Path, typer.Option("--database", help=_("DuckDB file; built anew where the data changed."))]


def facet_option(name: str) -> Any:
    """The option that chooses values of a facet."""
    label = FACETS[name].label
    return typer.Option(
        f"--{name.replace('_', '-')}", help=labelled(_(label), _("identifier or name; repeat it for “or”."))
    )


SELECTION: dict[str, tuple[Any, Any]] = {
    "q": (Annotated[str, typer.Option("--q", help=_("Words to search for."))], ""),
    **{name: (Annotated[list[str] | None, facet_option(name)], None) for name in FACETS},
    "year_from": (Annotated[int | None, typer.Option("--from", help=_("Active in this year or later."))], None),
    "year_to": (Annotated[int | None, typer.Option("--to", help=_("Active in this year or earlier."))], None),
    "undated": (
        Annotated[bool, typer.Option("--undated/--dated-only", help=_("Also practices without a start year."))],
        True,
    ),
    "ongoing": (Annotated[bool, typer.Option("--ongoing", help=_("Only practices that go on."))], False),
    "bare": (
        Annotated[
            bool, typer.Option("--bare/--no-bare", help=_("Also practices of which a year alone was published."))
        ],
        True,
    ),
    "said": (
        Annotated[
            bool, typer.Option("--said/--known-only", help=_("Active also where they only say that they go on."))
        ],
        True,
    ),
}
"""The dashboard's filters: option and default of each."""
SortOption = Annotated[
    queries.Sort,
    typer.Option(help=_("Order: how well they answer, start year (newest, oldest), newest added, title or city.")),
]


def open_atlas(database: Path) -> duckdb.DuckDBPyConnection:
    """The database, built first where it is the project's own and stale, or taken over from the lake."""
    ours = replica() if database == DATABASE else None
    if ours is not None:
        try:
            ours.take_newest()
        except AtlasError as error:
            if ours.held() is None:
                raise
            err.print(_("note: the last copy is asked. {error}").format(error=error))
    elif database == DATABASE:
        building.build(DATA_DIRECTORY, database)
    return open_database(in_copy(database))


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all filters of the dashboard as options.

    Typer reads options from a function's signature, so they are put into it here, once for all such commands.

    Args:
        command: takes ``filters``, the filters by name, besides its own parameters; one of these that has the name of a
            filter takes its place.
    """
    own = inspect.signature(command, eval_str=True)
    parameters = [p.replace(kind=p.KEYWORD_ONLY) for p in own.parameters.values() if p.name != "filters"]
    parameters += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=option, default=default)
        for name, (option, default) in SELECTION.items()
        if name not in own.parameters
    ]

    @wraps(command)
    def filtered(**given: Any) -> None:
        filters = {name: given.pop(name) for name in SELECTION if name not in own.parameters}
        flags = {name: "yes" if value else "no" for name, value in filters.items() if isinstance(value, bool)}
        command(filters=filters | flags, **given)

    filtered.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    filtered.__annotations__ = {p.name: p.annotation for p in parameters}
    return filtered


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
            " ".join(ignored_in_words(ignored, filter_labels())), _("Names are those of the dashboard’s filters.")
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
        advice = _("Did you mean: {names}?").format(names=near) if near else _("See “icc_data search”.")
        words = _("There is no city “{name}”.") if facet == "city" else _("There is no policy area “{name}”.")
        raise AtlasError(words.format(name=name), advice)
    return value
