"""The command that writes packs to hand round, one or those of all cities."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from icc_data.analysis.peer_sets import DEFAULT_K, MOST_K
from icc_data.analysis.silence import DEFAULT_SILENCE
from icc_data.cli.asking import (
    DatabaseOption,
    open_atlas,
    provenance_of,
    selection_of,
    with_filters,
)
from icc_data.cli.terminal import SOME_REFUSED, DataOption, app, err, errors_in_words, out
from icc_data.errors import AtlasError
from icc_data.i18n import LANGUAGES, set_language
from icc_data.i18n import translate as _
from icc_data.paths import DATA_DIRECTORY, DATABASE, in_copy

Scope = Literal["network", "city", "area", "benchmark", "review"]
# Those that are of whatever the filters leave, and of nothing that has a name.
NAMELESS = ("network", "review")

ScopeArgument = Annotated[
    Scope, typer.Argument(help=_("What the pack is of; network and review: of what the filters leave."))
]
NameArgument = Annotated[str, typer.Argument(help=_("Of a city, area or benchmark: the city or policy area."))]
OutputOption = Annotated[Path, typer.Option("--output", help=_("File to write; with --all-cities the folder."))]
FormOption = Annotated[str, typer.Option("--format", help=_("pdf, pptx, xlsx or docx; else the file’s ending."))]
PaperOption = Annotated[str, typer.Option("--paper", help=_("Of a PDF: a4, or 16:9 for a projector."))]
EveryCity = Annotated[bool, typer.Option("--all-cities", help=_("A file for each city, named by its identifier."))]
PeriodOption = Annotated[str, typer.Option("--period", help=_("Of a review: its years; else the last two with data."))]
SilenceOption = Annotated[
    int, typer.Option("--silent", min=1, max=50, help=_("Of a review: after so many years a city is silent."))
]
LanguageOption = Annotated[str, typer.Option("--lang", help=_("Language of the pack: en, fr …; else that of LANG."))]
CountOption = Annotated[int, typer.Option("--k", min=1, max=MOST_K, help=_("Of a benchmark: how many peers."))]


@app.command()
@with_filters
def report(
    filters: dict[str, Any],
    scope: ScopeArgument,
    output: OutputOption,
    name: NameArgument = "",
    form: FormOption = "",
    paper: PaperOption = "a4",
    all_cities: EveryCity = False,
    k: CountOption = DEFAULT_K,
    period: PeriodOption = "",
    silent: SilenceOption = DEFAULT_SILENCE,
    lang: LanguageOption = "",
    data: DataOption = DATA_DIRECTORY,
    database: DatabaseOption = DATABASE,
) -> None:
    """Write a pack to hand round: PDF, PowerPoint, Excel or Word.

    Exit 2: unusable options; 3: of all cities some could not be written, which is said at the end.
    """
    with errors_in_words():
        _check(scope, name, all_cities=all_cities)
        _speak(lang)
        # Loaded only here: charts and typesetting take longer to load than other commands take.
        from icc_data.cli.packs import CityWriter, Maker, Reviewing, write_all, written_form

        form = written_form(form or ("pdf" if all_cities else output.suffix.removeprefix(".").lower()))
        connection = open_atlas(database)
        selection, options = selection_of(connection, filters)
        provenance = provenance_of(connection, name or scope, selection, options)
        if all_cities:
            writer = CityWriter(in_copy(database), selection, provenance, form, paper, output)
            if write_all(options.values("city"), writer, output):
                raise typer.Exit(SOME_REFUSED)
            return
        reviewing = Reviewing(period, silent, in_copy(data))
        with err.status(_("Writing …")):
            Maker(connection, selection, options, provenance, form, paper, k, reviewing).write(scope, name, output)
        out.print(_("Wrote {file}.").format(file=output))


def _speak(lang: str) -> None:
    if lang and lang not in LANGUAGES:
        raise AtlasError(
            _("There is no language “{name}”.").format(name=lang),
            _("There are: {names}.").format(names=", ".join(LANGUAGES)),
        )
    if lang:
        set_language(lang)


def _check(scope: Scope, name: str, *, all_cities: bool) -> None:
    if all_cities and (scope != "city" or name):
        raise AtlasError(_("--all-cities writes the packs of all cities."), _("Say “report city --all-cities”."))
    if not all_cities and bool(name) != (scope not in NAMELESS):
        if name:
            raise AtlasError(
                _("The {scope} has no name “{name}”.").format(scope=scope, name=name),
                _("Narrow it with the filters, such as --network."),
            )
        raise AtlasError(
            _("Nothing says which area is meant.") if scope == "area" else _("Nothing says which city is meant."),
            _("Name it."),
        )
