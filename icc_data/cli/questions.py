"""Commands that ask the database: search, export, peers, borrow."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from icc_data import queries
from icc_data.analysis import borrow as lending
from icc_data.analysis import peers as peering
from icc_data.analysis.peer_sets import DEFAULT_K, MOST_K, PeerSet, left_out, members
from icc_data.analysis.search_reading import reading_in_words
from icc_data.analysis.time_words import when_in_words
from icc_data.cells import dicts_of, plain_columns, python_value
from icc_data.cli.terminal import app, counted, err, errors_in_words, json_line, out
from icc_data.errors import AtlasError
from icc_data.files import export as exporting
from icc_data.files.export import Provenance
from icc_data.model.ignored import ignored_in_words
from icc_data.output import write_file
from icc_data.paths import DATA_DIRECTORY, DATABASE
from icc_data.queries.selection import FACETS, Options, Selection, filter_labels, read_selection
from icc_data.queries.selection_words import choices
from icc_data.store import build as building
from icc_data.store.database import open_database

MOST_ROWS = 1_000_000
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


def _open(database: Path) -> duckdb.DuckDBPyConnection:
    """The database, built first where it is the project's own and stale."""
    if database == DATABASE:
        building.build(DATA_DIRECTORY, database)
    return open_database(database)


def _filters(arguments: Mapping[str, Any]) -> dict[str, Any]:
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


def _selection(connection: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> tuple[Selection, Options]:
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


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="Words, “quoted phrases”, -exclusions.")],
    limit: Annotated[int, typer.Option(min=1, max=MOST_ROWS, help="How many practices at most.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines even in a terminal.")] = False,
    country: Country = None,
    city: City = None,
    network: Network = None,
    policy_area: PolicyArea = None,
    theme: Theme = None,
    target_group: TargetGroup = None,
    practice_type: PracticeType = None,
    practice_area: PracticeArea = None,
    documented_by: DocumentedBy = None,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    undated: Undated = True,
    ongoing: Ongoing = False,
    bare: Bare = True,
    said: Said = True,
    sort: SortOption = "relevance",
    database: DatabaseOption = DATABASE,
) -> None:
    """Search the practices, the best answer first. Exit 2: an option names nothing that there is."""
    filters = _filters(locals())
    with errors_in_words():
        connection = _open(database)
        selection, _ = _selection(connection, filters)
        practices = queries.search(connection, selection, limit=limit, sort=sort)
        for sentence in reading_in_words(queries.search_reading(connection, selection)):
            err.print(sentence)
    columns = plain_columns(practices)
    for number in range(len(practices)):
        fields = {column.name: column.cells[number] for column in columns}
        if as_json or not sys.stdout.isatty():
            json_line(fields)
        else:
            place = fields["city_names"] or fields["country_names"] or "no city"
            out.print(f"{fields['title']} · {place} · {when_in_words(fields)}")
    if practices.empty:
        err.print("No practice fits.")


@app.command()
def export(
    output: Annotated[Path, typer.Option("--output", help="File to write.")],
    form: Annotated[str, typer.Option("--format", help="csv, xlsx, json or parquet; else the file's ending.")] = "",
    words: Annotated[str, typer.Option("--q", help="Words to search for.")] = "",
    country: Country = None,
    city: City = None,
    network: Network = None,
    policy_area: PolicyArea = None,
    theme: Theme = None,
    target_group: TargetGroup = None,
    practice_type: PracticeType = None,
    practice_area: PracticeArea = None,
    documented_by: DocumentedBy = None,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    undated: Undated = True,
    ongoing: Ongoing = False,
    bare: Bare = True,
    said: Said = True,
    sort: SortOption = "relevance",
    database: DatabaseOption = DATABASE,
) -> None:
    """Write the practices of a selection to a file, as the dashboard's download does. Exit 2: unusable options."""
    filters = _filters(locals())
    with errors_in_words(), err.status("Writing …"):
        connection = _open(database)
        selection, options = _selection(connection, filters)
        rows = queries.practice_records(connection, selection, sort=sort)
        facts = queries.meta(connection)
        provenance = Provenance(
            title="Practices",
            selection=[label for label, _ in choices(selection, options)],
            address="",
            as_of=date.fromisoformat(facts["as_of_date"]),
            version=facts["version"],
        )
        write_file(output, exporting.export(rows, form or output.suffix.removeprefix(".").lower(), provenance))
    out.print(f"{counted(len(rows), 'practice', 'practices')} written to {output}.")


CityArgument = Annotated[str, typer.Argument(help="City: identifier or name, in any of its spellings.")]
CountOption = Annotated[int, typer.Option("--k", min=1, max=MOST_K, help="How many peers.")]
AllCitiesOption = Annotated[
    bool, typer.Option("--all-cities", help="Cities without published practices are peers as well.")
]
WithoutFormerOption = Annotated[
    bool, typer.Option("--without-former", help="Cities that have left the programme are no peers.")
]


def _peers(connection: duckdb.DuckDBPyConnection, options: Options, city_id: str, asked: PeerSet) -> tuple[Any, Any]:
    """What all cities are compared in, and the peers of one; says who is none for want of published practices.

    Raises:
        AtlasError: too little is known of the city, or no city like it has published practices.
    """
    table = peering.features(queries.city_features(connection))
    found, others = members(asked, table, city_id), left_out(asked, table, city_id)
    name = options.label("city", city_id)
    if found.empty and others:
        raise AtlasError(f"No city like {name} has published practices.", "Add “--all-cities”.")
    if found.empty:
        raise AtlasError(f"{name} cannot be compared.", peering.too_little(asked.all_weights()))
    if others:
        count = counted(len(others), "nearer city", "nearer cities")
        err.print(f"Left out: {count} without a published practice.")
    return table, found


def _city(options: Options, name: str) -> str:
    city_id = options.find("city", name)
    if city_id is None:
        near = ", ".join(options.label("city", value) for value in options.similar("city", name))
        raise AtlasError(f"There is no city “{name}”.", f"Did you mean: {near}?" if near else "See “icc_data search”.")
    return city_id


@app.command()
def peers(
    city: CityArgument,
    k: CountOption = DEFAULT_K,
    all_cities: AllCitiesOption = False,
    without_former: WithoutFormerOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines even in a terminal.")] = False,
    database: DatabaseOption = DATABASE,
) -> None:
    """Say which cities are most like one, and why.

    Exit 2: there is no such city, or no city that it can be compared with.
    """
    with errors_in_words():
        connection = _open(database)
        options = queries.options(connection)
        city_id = _city(options, city)
        asked = PeerSet(k=k, with_practices=not all_cities, without_former=without_former)
        table, found = _peers(connection, options, city_id, asked)
    rows = {row["city_id"]: row for row in dicts_of(table)}
    for peer, distance, compared, former in found.itertuples():
        why = peering.reason(rows[city_id], rows[peer], options.label)
        warning = peering.warning(rows[city_id], rows[peer], distance)
        if as_json or not sys.stdout.isatty():
            told = {"city_id": peer, "name": options.label("city", peer), "distance": distance, "compared": compared}
            told |= {"features": len(peering.FEATURES), "former": former, "reason": why, "warning": warning}
            json_line({**told, "components": peering.reasons(rows[city_id], rows[peer], options.label)})
        else:
            name = peering.marked(options.label("city", peer), former=former)
            words = f"{name} · {distance:.3f} from {compared} of {len(peering.FEATURES)} features · {why}"
            out.print(f"{words}. {warning}" if warning else words)


@app.command()
def borrow(
    city: CityArgument,
    policy_area: PolicyArea = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST_ROWS, help="How many practices at most.")] = 10,
    k: CountOption = DEFAULT_K,
    all_cities: AllCitiesOption = False,
    without_former: WithoutFormerOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines even in a terminal.")] = False,
    database: DatabaseOption = DATABASE,
) -> None:
    """Say which practices of its peers a city could borrow, each with its score, the score's parts and the reason.

    Exit 2: there is no such city or policy area, or no city that it can be compared with.
    """
    with errors_in_words():
        connection = _open(database)
        selection, options = _selection(connection, {"policy_area": policy_area})
        city_id = _city(options, city)
        asked = PeerSet(k=k, with_practices=not all_cities, without_former=without_former)
        found = lending.recommendations(
            queries.borrowable(connection),
            city_id,
            _peers(connection, options, city_id, asked)[1],
            as_of=queries.as_of_year(connection),
            areas=selection.policy_area,
            scores=queries.area_scores(connection, city_id),
        )
    for row in dicts_of(lending.by_practice(found).head(limit)):
        area, *also = (options.label("policy_area", code) for code in row["policy_areas"])
        why = lending.reason(row, area, options.label("city", row["peer"]), also)
        if as_json or not sys.stdout.isatty():
            told = {name: python_value(row[name]) for name in ("practice_id", "title", *lending.COLUMNS[1:])}
            json_line({**told, "policy_areas": row["policy_areas"], "city_names": row["city_names"], "reason": why})
        else:
            out.print(f"{row['title']} · {row['city_names']} · {why}")
    if found.empty:
        err.print("No peer has a practice there that the city does not share.")
