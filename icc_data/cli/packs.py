"""Making and writing the packs that a command asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import duckdb
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from icc_data import queries
from icc_data.analysis.peer_sets import DEFAULT_K, PeerSet
from icc_data.analysis.silence import DEFAULT_SILENCE
from icc_data.cli.asking import value_of
from icc_data.cli.rounds import Work, in_rounds
from icc_data.cli.terminal import counted, err, out
from icc_data.errors import AtlasError
from icc_data.files import pack as packs
from icc_data.files.export import Provenance
from icc_data.i18n import translate as _
from icc_data.i18n import translate_plural
from icc_data.output import write_file
from icc_data.paths import DATA_DIRECTORY
from icc_data.queries.change_queries import Compared
from icc_data.queries.review_queries import period_of
from icc_data.queries.selection import Options, Selection
from icc_data.store.comparison import open_comparison
from icc_data.store.database import open_database
from icc_data.store.lake_versions import kept_versions, tables_of_version
from icc_data.store.snapshot_tables import version_name
from icc_data.store.snapshots import compared_with_first
from icc_data.store.versions import as_of_date, read_folder


@dataclass(frozen=True)
class Reviewing:
    """What of a review is asked for.

    Attributes:
        period: the years, such as “2020-2024”; the last two with data where it is empty.
        silence: from so many years without anything known on, a city is silent.
        data: the folder that the database was built from.
    """

    period: str = ""
    silence: int = DEFAULT_SILENCE
    data: Path = DATA_DIRECTORY


@dataclass(frozen=True)
class Maker:
    """What packs are made from, and how they are written.

    Attributes:
        selection: the practices meant.
        options: the values of the facets, labelled.
        provenance: which data they show.
        form, paper: those of ``packs.write``.
        k: how many peers a benchmark has.
        reviewing: what of a review.
    """

    connection: duckdb.DuckDBPyConnection
    selection: Selection
    options: Options
    provenance: Provenance
    form: str
    paper: str
    k: int
    reviewing: Reviewing = field(default_factory=Reviewing)

    @cached_property
    def memory(self) -> packs.Memory:
        """Where to ask, for all of them."""
        return packs.Memory(self.connection)

    def write(self, scope: str, name: str, file: Path) -> None:
        """Write a pack.

        Args:
            scope: ``network``, ``city``, ``area``, ``benchmark`` or ``review``.
            name: of the city or policy area.
            file: where to.

        Raises:
            AtlasError: there is nothing of that name or to write about, the paper is unknown, or the file cannot be
                written.
        """
        makes: dict[str, Callable[[str], packs.Pack]] = {
            "network": self._network,
            "city": self._city,
            "area": self._area,
            "benchmark": self._benchmark,
            "review": self._review,
        }
        write_file(file, packs.write(makes[scope](name), self.form, self.paper))

    def _network(self, _name: str) -> packs.Pack:
        return packs.selection_pack(self.memory, self.selection, replace(self.provenance, title=_("Good practices")))

    def _city(self, name: str) -> packs.Pack:
        return packs.city_pack(self.memory, self.selection, value_of(self.options, "city", name), self.provenance)

    def _area(self, name: str) -> packs.Pack:
        area = value_of(self.options, "policy_area", name)
        return packs.policy_area_pack(self.memory, self.selection, area, self.provenance)

    def _benchmark(self, name: str) -> packs.Pack:
        city_id = value_of(self.options, "city", name)
        compared = packs.city_benchmark(self.memory, self.selection, city_id, PeerSet(k=self.k))
        return packs.benchmark_pack(compared, self.selection, self.options, self.provenance)

    def _review(self, _name: str) -> packs.Pack:
        ask, reviewing = self.memory.ask, self.reviewing
        low, high = ask(queries.network)["first_year"], self.memory.as_of_year
        period = period_of(reviewing.period, low, high) if reviewing.period else ask(queries.default_period)
        if period is None:
            raise AtlasError(
                _("The years “{period}” cannot be reviewed.").format(period=reviewing.period),
                _("Say them as {start}-{end}, from {first} on.").format(start=high - 4, end=high, first=low),
            )
        asked = packs.Asked(queries.review_scope(self.selection), period, reviewing.silence)
        compared = compared_with_last(reviewing.data, self.provenance.version)
        return packs.review_pack(self.memory, asked, compared, replace(self.provenance, title=_("Review")))


def compared_with_last(folder: Path, version: str) -> Compared | None:
    """The snapshot or version of the lake that the data is compared with where nobody chose, beside the data.

    Args:
        folder: the CSV files.
        version: of the database that is asked.

    Returns:
        None where there is none, or the database holds other data than the folder.

    Raises:
        AtlasError: it cannot be read.
    """
    data, tables = read_folder(folder)
    every = kept_versions(folder)
    older = compared_with_first([one for one in every if one.name != version], as_of_date(data))
    if version_name(data, every) != version or older is None:
        return None
    return Compared(open_comparison(tables_of_version(older), tables), older.date, as_of_date(data))


def written_form(form: str) -> str:
    """A key of ``packs.PACKS``.

    Raises:
        AtlasError: there is no such form.
    """
    if form not in packs.PACKS:
        raise AtlasError(
            _("There is no format “{form}”.").format(form=form),
            _("Choose one of: {names}.").format(names=", ".join(packs.PACKS)),
        )
    return form


@dataclass(frozen=True)
class CityWriter:
    """What a process needs to write packs of cities: all of a ``Maker`` that can be sent there.

    Attributes:
        database: the file to ask; it has to hold the data that ``provenance`` names.
        folder: where the packs are written to, named by the city's identifier.
    """

    database: Path
    selection: Selection
    provenance: Provenance
    form: str
    paper: str
    folder: Path

    def __call__(self) -> Work:
        """Open the database.

        Returns:
            Writes the pack of a city, given its identifier.

        Raises:
            AtlasError: the database cannot be read, or was built anew from other data meanwhile.
        """
        connection = open_database(self.database)
        if queries.meta(connection)["version"] != self.provenance.version:
            raise AtlasError(_("The data changed while the packs were written."), _("Run the command again."))
        options = queries.options(connection)
        maker = Maker(connection, self.selection, options, self.provenance, self.form, self.paper, DEFAULT_K)
        return lambda city_id: maker.write("city", city_id, self.folder / f"{city_id}.{self.form}")


def write_all(cities: Sequence[str], writer: Callable[[], Work], folder: Path) -> list[str]:
    """Write the pack of each city into a folder; say which could not be written, and why.

    Args:
        cities: their identifiers.
        writer: writes them, in a process of its own.
        folder: where to; it is made where there is none.

    Returns:
        Those that could not.

    Raises:
        AtlasError: there is no such folder, and none can be made.
    """
    _make_folder(folder)
    failed: dict[str, str] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress, closing(in_rounds(cities, writer)) as outcomes:
        task = progress.add_task(_("Cities"), total=len(cities))
        for outcome in outcomes:
            if outcome.reason:
                failed[outcome.name] = outcome.reason
            progress.advance(task)
    out.print(
        _("{cities} written to {folder}.").format(
            cities=counted(
                translate_plural("{count} city", "{count} cities", len(cities) - len(failed)), len(cities) - len(failed)
            ),
            folder=folder,
        )
    )
    for city_id, reason in failed.items():
        err.print(f"{city_id}: {reason}")
    if failed:
        err.print(
            _("{cities} could not be written.").format(
                cities=counted(translate_plural("{count} city", "{count} cities", len(failed)), len(failed))
            )
        )
    return list(failed)


def _make_folder(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise AtlasError(_("{folder} is no folder.").format(folder=folder), _("Name another one with --output."))
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise AtlasError(
            _("{folder} cannot be made: {reason}.").format(folder=folder, reason=error.strerror),
            _("Name another one with --output."),
        ) from None
