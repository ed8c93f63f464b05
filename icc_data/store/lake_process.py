"""Reading a lake in a process of its own, which may die of it and is started anew.

Where a PostgreSQL ends while DuckLake reads its catalogue, DuckLake 1.0 may end the whole process: a server of the
atlas must outlive that. Nor do people wait for a version to be built, where the server's own process would share its
turns between that and their pages. Where that took much memory, the process ends with its answer, so that it is free.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pyarrow import parquet

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.log import write_log
from icc_data.paths import ROOT, places_of_copy
from icc_data.settings import without_password
from icc_data.store.csv_files import write_csv
from icc_data.store.lake import Contents, Publication, fetch, history, newest
from icc_data.store.lake_connection import UNREACHABLE, UNUSABLE, LakeError
from icc_data.store.large.building import is_large
from icc_data.store.parquet import cells_of_arrow
from icc_data.store.snapshots import DESCRIPTION, Snapshot, description
from icc_data.store.upkeep import keep_current, reason_of
from icc_data.text import short_digest

# Seconds that the process may take for an answer.
_LOOK, _READ = 60.0, 1800.0
_FILE = re.compile(r"(?!.*\.\.)[\w-][\w.-]*(/[\w-][\w.-]*)*")


class LakeReader:
    """Reads a lake within this process: for commands, and for the process of its own.

    Args:
        address: the lake.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    def newest(self) -> Publication:
        """Which version the lake holds.

        Raises:
            LakeError: it cannot be reached or read, is empty, or holds what this code cannot read.
        """
        return newest(self.address)

    def take_over(self, copy: Path) -> Publication:
        """Write the newest version as a data folder, and all that is made of it, where ``places_of_copy`` says.

        Args:
            copy: the folder of the copy; is there.

        Raises:
            LakeError: as ``newest``, or what is there is not what was published, or would lie elsewhere.
            AtlasError: it cannot be built.
            OSError: it cannot be written.
        """
        places = places_of_copy(copy)
        publication, contents = fetch(self.address)
        _write(contents, places.directory)
        _settle(places.directory)
        keep_current(places.directory, places.database, places.published)
        return publication

    def history(self) -> list[Publication]:
        """Every version that is kept, the oldest first.

        Raises:
            LakeError: as ``newest``.
        """
        return history(self.address)

    def fetch_earlier(self, number: int, directory: Path) -> Publication:
        """Write the tables of an earlier version as a snapshot.

        Args:
            number: of the version.
            directory: is there, and empty.

        Raises:
            LakeError: as ``fetch``, or there is no such version.
            OSError: it cannot be written.
        """
        publication, contents = fetch(self.address, number)
        for name, table in contents.rows.items():
            parquet.write_table(table, directory / f"{name}.parquet", compression="zstd")
        counts = {name: table.num_rows for name, table in contents.rows.items()}
        (directory / DESCRIPTION).write_bytes(description(snapshot_of(publication, directory, counts)))
        return publication


def snapshot_of(publication: Publication, path: Path, rows: Mapping[str, int] | None = None) -> Snapshot:
    """A version of the lake as a snapshot.

    Args:
        publication: the version.
        path: the folder of the snapshot.
        rows: of each table; None where it has not been read from the lake.
    """
    taken, version = datetime.fromisoformat(publication.published), short_digest(publication.version)
    return Snapshot(path, publication.as_of, version, taken, dict(rows or {}), number=publication.number)


class LakeProcess(LakeReader):
    """Reads a lake in a process of its own, started when it is needed and again when it has ended."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self._process: subprocess.Popen[str] | None = None
        self._asking = threading.Lock()

    def newest(self) -> Publication:
        """As ``LakeReader.newest``."""
        return self._ask(_LOOK)[-1]

    def take_over(self, copy: Path) -> Publication:
        """As ``LakeReader.take_over``; what cannot be built is a LakeError too."""
        return self._ask(_READ, copy=str(copy))[-1]

    def history(self) -> list[Publication]:
        """As ``LakeReader.history``."""
        return self._ask(_LOOK, history=True)

    def fetch_earlier(self, number: int, directory: Path) -> Publication:
        """As ``LakeReader.fetch_earlier``."""
        return self._ask(_READ, directory=str(directory), number=number)[-1]

    def _ask(self, patience: float, **question: Any) -> list[Publication]:
        with self._asking:
            answer = self._answer(patience, {"address": self.address, **question})
        if "reason" in answer:
            raise LakeError(answer["title"], answer["advice"], answer["reason"])
        return [from_told(told) for told in answer["publications"]]

    def _answer(self, patience: float, question: dict[str, Any]) -> dict[str, Any]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "icc_data.store.lake_process"]
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
            )
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        alarm = threading.Timer(patience, process.kill)
        alarm.start()
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            answer: dict[str, Any] = json.loads(line)
            if answer.get("last"):
                process.wait()
        except (OSError, ValueError):
            process.kill()
            process.wait()
            self._process = None
            told = _("The process that reads the lake {address} ended.")
            raise LakeError(told.format(address=without_password(self.address)), "", UNREACHABLE) from None
        finally:
            alarm.cancel()
        return answer


def _write(contents: Contents, directory: Path) -> None:
    directory.mkdir()
    for name, rows in contents.rows.items():
        write_csv(cells_of_arrow(name, rows), directory / f"{name}.csv")
    for name, content in contents.files.items():
        if not _FILE.fullmatch(name):
            told = _("The lake holds a file with a name that cannot be used: {name}.")
            raise LakeError(told.format(name=name), "", UNUSABLE)
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(content)


def _settle(directory: Path) -> None:
    """Let the files be on the disk before a link leads to them."""
    for file in directory.rglob("*"):
        if file.is_file():
            with file.open("rb") as written:
                os.fsync(written.fileno())


def as_told(publication: Publication) -> dict[str, Any]:
    """A publication as plain values, for JSON."""
    return {**asdict(publication), "as_of": publication.as_of.isoformat(), "parts": dict(publication.parts)}


def from_told(told: Mapping[str, Any]) -> Publication:
    """A publication from what ``as_told`` made of it."""
    return Publication(**{**told, "as_of": date.fromisoformat(told["as_of"])})


def _asked(reader: LakeReader, question: Mapping[str, Any]) -> list[Publication]:
    if question.get("history"):
        return reader.history()
    if "number" in question:
        return [reader.fetch_earlier(question["number"], Path(question["directory"]))]
    return [reader.take_over(Path(question["copy"]))] if "copy" in question else [reader.newest()]


def _answer_one(question: Mapping[str, Any]) -> dict[str, Any]:
    try:
        publications = _asked(LakeReader(question["address"]), question)
    except LakeError as error:
        return {"title": error.title, "advice": error.advice, "reason": error.reason}
    except (AtlasError, OSError) as error:
        reason = reason_of(error, places_of_copy(Path(question["copy"])).directory) if "copy" in question else UNUSABLE
        return {"title": str(error), "advice": "", "reason": reason}
    last = "copy" in question and is_large(places_of_copy(Path(question["copy"])).directory)
    return {"publications": [as_told(one) for one in publications], "last": last}


if __name__ == "__main__":
    write_log()
    # Whoever asks has ended where there is nothing more to read.
    for line in sys.stdin:
        told = _answer_one(json.loads(line))
        print(json.dumps(told), flush=True)
        if told.get("last"):
            break
