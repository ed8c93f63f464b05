"""The commands that are killed, what each works on, and how what it leaves is looked at: for ``benchmarks.soak``."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from icc_data.incoming.check import load_data
from icc_data.incoming.data_folder import table_bytes
from icc_data.model.records import TABLES
from icc_data.paths import ROOT
from icc_data.store.build import build
from icc_data.store.database import open_database
from icc_data.store.snapshot_tables import tables_of_snapshot
from icc_data.store.snapshots import snapshots

DATA = ROOT / "tests" / "fixtures" / "data_2026_11_22"
NEW_PRACTICE = "title,city_ids,countries\nA garden for all,Bilbao,Spain\n"
NEW_SCORE = "city_id,year,policy_area,score\nbilbao,2021,overall,66\n"
# The data is that of these cities: of all, a kill would take a minute.
CITIES = ("bilbao", "bergen")

State = Mapping[str, str]
"""What there is: for each part that changes in one step, a value that is equal where the part is the same."""


class BrokenError(Exception):
    """What is there is neither the old nor the new."""


@dataclass(frozen=True)
class Place:
    """The folders of one command: its data, what is to be added to it, and what is made of it."""

    root: Path

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.root / "data"

    @property
    def made(self) -> Path:
        """Where a database or tables are made."""
        return self.root / "made"

    @property
    def database(self) -> Path:
        """The database that is built."""
        return self.made / "atlas.duckdb"

    @property
    def tables(self) -> Path:
        """The published tables, the snapshots or the reports."""
        return self.made / "tables"

    @property
    def incoming(self) -> list[Path]:
        """Two files that add to two tables."""
        return [self.root / "new-practices.csv", self.root / "new-scores.csv"]

    def fill(self) -> None:
        """Make the folders as they are before the first run."""
        self.made.mkdir()
        for file, text in zip(self.incoming, (NEW_PRACTICE, NEW_SCORE), strict=True):
            file.write_text(text, encoding="utf-8")
        shutil.copytree(DATA, self._original)
        for path in self._original.glob("*.csv"):
            path.write_bytes(_of_a_few_cities(path.read_bytes()))
        self.restore()

    @property
    def _original(self) -> Path:
        return self.root / "original"

    def restore(self) -> None:
        """Make the data folder as it was."""
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self._original, self.data)

    def change(self, number: int) -> None:
        """Make the data different from all that it was before."""
        row = f"Garden number {number},bilbao,Spain"
        header, _, rest = (self._original / "practices.csv").read_text(encoding="utf-8").partition("\n")
        columns = header.split(",")
        cells = dict(zip(("title", "city_ids", "countries"), row.split(","), strict=True))
        cells |= {"practice_id": f"garden-{number}"}
        added = ",".join(cells.get(column, "") for column in columns)
        (self.data / "practices.csv").write_text(f"{header}\n{added}\n{rest}", encoding="utf-8")


def _digest(parts: Sequence[bytes]) -> str:
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def _database_state(place: Place) -> State:
    """The data that the database was built from, when every table of it can be counted."""
    if not place.database.exists():
        return {}
    with open_database(place.database) as connection:
        (mark,) = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone() or ("",)
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'"
            ).fetchall()
        ]
        counts = {name: connection.table(name).count("*").fetchall()[0][0] for name in tables}
    if not counts.get("practice"):
        raise BrokenError(f"the database holds {counts}")
    return {"database": str(mark)}


def _data_state(place: Place) -> State:
    """What the tables of the data folder hold, when nothing is wrong with them."""
    problems = load_data(place.data)[1]
    if problems:
        raise BrokenError(str(problems[0]))
    tables = [table_bytes(place.data, table) for table in TABLES]
    new = [b"A garden for all" in b"".join(tables), b"bilbao,2021,overall,66" in b"".join(tables)]
    if len(set(new)) > 1:
        raise BrokenError("one table is new and the other is old")
    return {"tables": _digest(tables)}


def _published_state(place: Place) -> State:
    """The published tables, when each file is as their description says."""
    if not place.tables.exists():
        if place.tables.is_symlink():
            raise BrokenError("the published tables are a link to nothing")
        return {}
    files = {path.name: path.read_bytes() for path in sorted(place.tables.iterdir())}
    for resource in json.loads(files["datapackage.json"])["resources"]:
        content = files[resource["path"]]
        if resource["bytes"] != len(content) or not resource["hash"].endswith(sha256(content).hexdigest()):
            raise BrokenError(f"{resource['path']} is not as it is described")
    return {"tables": _digest(list(files.values()))}


def _snapshots_state(place: Place) -> State:
    """Those that there are, when each is whole and there is none beside them."""
    kept = snapshots([place.tables])
    named = {path.name for path in place.tables.glob("[!.]*")}
    if named != {snapshot.id for snapshot in kept}:
        raise BrokenError(f"of {sorted(named)} some are no snapshots")
    for snapshot in kept:
        rows = {table: len(texts.rows) for table, texts in tables_of_snapshot(snapshot).items()}
        if rows != snapshot.rows:
            raise BrokenError(f"{snapshot.id} holds {rows}")
    return {"newest": kept[-1].id} if kept else {}


def _reports_state(place: Place) -> State:
    """What each report holds, when it can be unpacked, but for the times at which it was made."""
    state = {}
    for path in place.tables.glob("[!.]*"):
        with zipfile.ZipFile(path) as book:
            if damaged := book.testzip():
                raise BrokenError(f"{path.name}: {damaged} is damaged")
            state[path.name] = _digest([book.read(name) for name in book.namelist() if "docProps" not in name])
    return state


def _left_in(folder: Path, expected: set[str]) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")} - expected


@dataclass(frozen=True)
class Soaked:
    """A command that is killed.

    Attributes:
        arguments: of the command line.
        prepare: makes the run of a number have something to do.
        state: what there is.
        left: names of what should not be left after a run that was not killed.
        starts_afresh: whether there is the same before each run; else there is what the run before it made.
    """

    arguments: Callable[[Place], list[str]]
    prepare: Callable[[Place, int], None]
    state: Callable[[Place], State]
    left: Callable[[Place], set[str]]
    starts_afresh: bool = False


def _changed(place: Place, number: int) -> None:
    place.change(number)


def _restored(place: Place, number: int) -> None:
    place.restore()


def _with_no_snapshot(place: Place, number: int) -> None:
    """Change the data, and take the snapshots away: they are read at every look, and there would be ever more."""
    shutil.rmtree(place.tables, ignore_errors=True)
    place.change(number)


def _of_a_few_cities(table: bytes) -> bytes:
    """The rows of a table that name no other cities than a few."""
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8"))))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        named = row.get("city_ids", row.get("city_id", "")).split("; ")
        if set(named) <= {"", *CITIES}:
            writer.writerow(row)
    return out.getvalue().encode("utf-8")


def _with_another_database(place: Place, number: int) -> None:
    """Let the database be one of two in turns; they are built at the first time."""
    one, other = (place.root / f"{name}.duckdb" for name in ("even", "odd"))
    if not one.exists():
        for database in (one, other):
            place.change(0 if database == one else 1)
            build(place.data, database)
    shutil.copy(other if number % 2 else one, place.database)


COMMANDS = {
    "build": Soaked(
        lambda place: ["build", "--data", str(place.data), "--database", str(place.database)],
        _changed,
        _database_state,
        lambda place: _left_in(place.made, {"atlas.duckdb"}),
    ),
    "add": Soaked(
        lambda place: ["add", *map(str, place.incoming), "--data", str(place.data)],
        _restored,
        _data_state,
        lambda place: _left_in(place.data, {path.name for path in DATA.iterdir()}),
        starts_afresh=True,
    ),
    "publish": Soaked(
        lambda place: ["publish", "--data", str(place.data), "--output", str(place.tables)],
        _changed,
        _published_state,
        # The tables lie in a hidden folder to which a link leads; the one before it stays for who reads it just now.
        lambda place: {name for name in _left_in(place.made, {"tables"}) if not name.startswith(".tables")},
    ),
    "snapshot": Soaked(
        lambda place: ["snapshot", "--data", str(place.data), "--output", str(place.tables)],
        _with_no_snapshot,
        _snapshots_state,
        lambda place: {path.name for path in place.tables.glob(".*")},
        starts_afresh=True,
    ),
    "report": Soaked(
        lambda place: [
            *("report", "city", "--all-cities", "--format", "xlsx", "--output", str(place.tables)),
            *("--data", str(place.data), "--database", str(place.database)),
        ],
        _with_another_database,
        _reports_state,
        lambda place: _left_in(place.tables, {f"{city}.xlsx" for city in CITIES}),
    ),
}
