"""Commands that ask the database: search, export, peers, borrow."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from icc_data import queries
from icc_data.analysis import borrow as lending
from icc_data.analysis import peers as peering
from icc_data.analysis.peer_sets import DEFAULT_K, MOST_K, PeerSet, left_out, members
from icc_data.analysis.search_reading import corrections, exclusions_in_words, reading_in_words, syntax_in_words
from icc_data.analysis.time_words import when_in_words
from icc_data.cells import dicts_of, plain_columns, python_value
from icc_data.cli.asking import (
    DatabaseOption,
    SortOption,
    facet_option,
    open_atlas,
    provenance_of,
    selection_of,
    value_of,
    with_filters,
)
from icc_data.cli.terminal import app, counted, err, errors_in_words, json_line, out
from icc_data.errors import AtlasError
from icc_data.files import export as exporting
from icc_data.i18n import translate as _
from icc_data.i18n import translate_plural
from icc_data.output import write_file
from icc_data.paths import DATABASE
from icc_data.queries.search_box import exactly
from icc_data.queries.selection import Options

MOST_ROWS = 1_000_000


@app.command()
@with_filters
def search(
    filters: dict[str, Any],
    q: Annotated[str, typer.Argument(metavar="WORDS", help=_("Words, “quoted phrases”, -exclusions."))],
    limit: Annotated[int, typer.Option(min=1, max=MOST_ROWS, help=_("How many practices at most."))] = 10,
    as_json: Annotated[bool, typer.Option("--json", help=_("JSON lines even in a terminal."))] = False,
    sort: SortOption = "relevance",
    exact: Annotated[bool, typer.Option("--exact", help=_("Words as they stand: nothing is corrected."))] = False,
    database: DatabaseOption = DATABASE,
) -> None:
    """Search the practices, the best answer first. Exit 2: an option names nothing that there is."""
    with errors_in_words():
        connection = open_atlas(database)
        selection, _options = selection_of(connection, {**filters, "q": exactly(q) if exact else q})
        practices = queries.search(connection, selection, limit=limit, sort=sort)
        reading = queries.search_reading(connection, selection)
        said = exclusions_in_words(
            queries.idle_exclusions(connection, selection), queries.broken_exclusions(connection, selection)
        )
        for sentence in filter(None, [syntax_in_words(q), *reading_in_words(reading), *said]):
            err.print(sentence)
        if corrections(reading):
            err.print(_("Add --exact to search for exactly what was typed."))
    columns = plain_columns(practices)
    for number in range(len(practices)):
        fields = {column.name: column.cells[number] for column in columns}
        if as_json or not sys.stdout.isatty():
            json_line(fields)
        else:
            place = fields["city_names"] or fields["country_names"] or _("no city")
            out.print(f"{fields['title']} · {place} · {when_in_words(fields)}")
    if practices.empty:
        err.print(_("No practice fits."))


@app.command()
@with_filters
def export(
    filters: dict[str, Any],
    output: Annotated[Path, typer.Option("--output", help=_("File to write."))],
    form: Annotated[str, typer.Option("--format", help=_("csv, xlsx, json or parquet; else the file’s ending."))] = "",
    sort: SortOption = "relevance",
    database: DatabaseOption = DATABASE,
) -> None:
    """Write the practices of a selection to a file, as the dashboard’s download does. Exit 2: unusable options."""
    with errors_in_words(), err.status(_("Writing …")):
        connection = open_atlas(database)
        selection, options = selection_of(connection, filters)
        rows = queries.practice_records(connection, selection, sort=sort)
        provenance = provenance_of(connection, "Practices", selection, options)
        write_file(output, exporting.export(rows, form or output.suffix.removeprefix(".").lower(), provenance))
    out.print(
        _("{practices} written to {file}.").format(
            practices=counted(translate_plural("{count} practice", "{count} practices", len(rows)), len(rows)),
            file=output,
        )
    )


CityArgument = Annotated[str, typer.Argument(help=_("City: identifier or name, in any of its spellings."))]
CountOption = Annotated[int, typer.Option("--k", min=1, max=MOST_K, help=_("How many peers."))]
AllCitiesOption = Annotated[
    bool, typer.Option("--all-cities", help=_("Cities without published practices are peers as well."))
]
WithoutFormerOption = Annotated[
    bool, typer.Option("--without-former", help=_("Cities that have left the programme are no peers."))
]


def _peers(connection: duckdb.DuckDBPyConnection, options: Options, city_id: str, asked: PeerSet) -> tuple[Any, Any]:
    """What all cities are compared in, and the peers of one; says who is none for want of published practices.

    Raises:
        AtlasError: too little is known of the city, or no city like it has published practices.
    """
    table = peering.features(queries.city_features(connection))
    nearest, others = members(asked, table, city_id), left_out(asked, table, city_id)
    name = options.label("city", city_id)
    if nearest.empty and others:
        raise AtlasError(_("No city like {name} has published practices.").format(name=name), _("Add “--all-cities”."))
    if nearest.empty:
        raise AtlasError(_("{name} cannot be compared.").format(name=name), peering.too_little(asked.all_weights()))
    if others:
        count = counted(translate_plural("{count} nearer city", "{count} nearer cities", len(others)), len(others))
        err.print(_("Left out: {count} without a published practice.").format(count=count))
    return table, nearest


@app.command()
def peers(
    city: CityArgument,
    k: CountOption = DEFAULT_K,
    all_cities: AllCitiesOption = False,
    without_former: WithoutFormerOption = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("JSON lines even in a terminal."))] = False,
    database: DatabaseOption = DATABASE,
) -> None:
    """Say which cities are most like one, and why.

    Exit 2: there is no such city, or no city that it can be compared with.
    """
    with errors_in_words():
        connection = open_atlas(database)
        options = queries.options(connection)
        city_id = value_of(options, "city", city)
        asked = PeerSet(k=k, with_practices=not all_cities, without_former=without_former)
        table, nearest = _peers(connection, options, city_id, asked)
    rows = {row["city_id"]: row for row in dicts_of(table)}
    for peer, distance, compared, former in nearest.itertuples():
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
    policy_area: Annotated[list[str] | None, facet_option("policy_area")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST_ROWS, help=_("How many practices at most."))] = 10,
    k: CountOption = DEFAULT_K,
    all_cities: AllCitiesOption = False,
    without_former: WithoutFormerOption = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("JSON lines even in a terminal."))] = False,
    database: DatabaseOption = DATABASE,
) -> None:
    """Say which practices of its peers a city could borrow, each with its score, the score’s parts and the reason.

    Exit 2: there is no such city or policy area, or no city that it can be compared with.
    """
    with errors_in_words():
        connection = open_atlas(database)
        selection, options = selection_of(connection, {"policy_area": policy_area})
        city_id = value_of(options, "city", city)
        asked = PeerSet(k=k, with_practices=not all_cities, without_former=without_former)
        recommended = lending.recommendations(
            queries.borrowable(connection),
            city_id,
            _peers(connection, options, city_id, asked)[1],
            as_of=queries.as_of_year(connection),
            areas=selection.policy_area,
            scores=queries.area_scores(connection, city_id),
        )
    for row in dicts_of(lending.by_practice(recommended).head(limit)):
        area, *also = (options.label("policy_area", code) for code in row["policy_areas"])
        why = lending.reason(row, area, options.label("city", row["peer"]), also)
        if as_json or not sys.stdout.isatty():
            told = {name: python_value(row[name]) for name in ("practice_id", "title", *lending.COLUMNS[1:])}
            json_line({**told, "policy_areas": row["policy_areas"], "city_names": row["city_names"], "reason": why})
        else:
            out.print(f"{row['title']} · {row['city_names']} · {why}")
    if recommended.empty:
        err.print(_("No peer has a practice there that the city does not share."))
