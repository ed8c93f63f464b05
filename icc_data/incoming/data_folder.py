"""The files of a data folder: where each table lies, one writer at a time, and several tables changed in one step."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.regular import opened

# So many bytes are read together.
_PART = 1 << 24
# How long a writer waits for another one, in seconds.
PATIENCE = 30.0

COPY = "publication.json"
"""Beside a data folder: it is a copy of what was published in a lake, and says of which version."""

_LOCK = ".lock"
_SCRATCH = ".add-"
# New tables that count already, on the way to their places.
_ARRIVING = ".arriving"


def table_file(directory: Path, table: str) -> Path:
    """Where a table lies: in its place, or, where a writer was killed while new tables took theirs, beside it."""
    arriving = directory / _ARRIVING / f"{table}.csv"
    return arriving if arriving.exists() else directory / f"{table}.csv"


def table_bytes(directory: Path, table: str) -> bytes:
    """What a table holds; nothing where there is none. It may take its place while it is looked for.

    Raises:
        AtlasError: it cannot be read.
    """
    return b"".join(table_parts(directory, table))


def table_parts(directory: Path, table: str) -> Iterator[bytes]:
    """As ``table_bytes``, a part at a time, as a table may be large."""
    for folder in (directory / _ARRIVING, directory):
        file = folder / f"{table}.csv"
        try:
            with opened(file) as content:
                while part := content.read(_PART):
                    yield part
            return
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise AtlasError(
                _("{file} cannot be read: {reason}.").format(file=file, reason=error.strerror),
                _("Check the rights of the file."),
            ) from None


def written_at(directory: Path, table: str) -> int:
    """A number that changes whenever a table is written; 0 where there is none.

    It is not its time of writing alone, which a clock that was set, or a copy that keeps times, gives twice.
    """
    for folder in (directory / _ARRIVING, directory):
        with suppress(FileNotFoundError, NotADirectoryError):
            file = (folder / f"{table}.csv").stat()
            return hash((file.st_mtime_ns, file.st_ctime_ns, file.st_size, file.st_ino))
    return 0


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Be the only one who changes a data folder; finish and sweep up first what killed writers left.

    Args:
        directory: the data folder.

    Raises:
        AtlasError: another writer is still at it, or the folder is a copy that the next version replaces.
        OSError: the folder cannot be written.
    """
    if (directory.parent / COPY).exists():
        raise AtlasError(
            _("“{folder}” is a copy of what was published in a lake.").format(folder=directory),
            _("Nothing was written. Change the data where it is published from, and publish it."),
        )
    try:
        with FileLock(directory / _LOCK, timeout=PATIENCE):
            _settle(directory)
            for left_over in directory.glob(f"{_SCRATCH}*"):
                shutil.rmtree(left_over, ignore_errors=True)
            yield
    except Timeout:
        raise AtlasError(
            _("Another command is changing the data in “{folder}”, for more than {seconds} seconds now.").format(
                folder=directory, seconds=f"{PATIENCE:g}"
            ),
            _("Nothing was written. Try again when it is done."),
        ) from None


@contextmanager
def scratch(directory: Path) -> Iterator[Path]:
    """A folder on the same disk in which new tables are made; it goes when the work is done or fails."""
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=directory, ignore_cleanup_errors=True) as name:
        yield Path(name)


def replace_tables(directory: Path, new: Path, tables: Iterable[str]) -> None:
    """Let new tables take the places of the old ones, all or none, whenever the process is killed.

    They count from the moment in which their folder gets its name, for ``table_file`` looks there first; what is
    left to be moved then, the next writer moves.

    Args:
        directory: the data folder, within ``writing``.
        new: a folder on the same disk, with the new tables.
        tables: which of its files are new.

    Raises:
        OSError: nothing has changed.
        AtlasError: they count, but could not be moved to their places.
    """
    ready = new / _ARRIVING
    ready.mkdir()
    for table in tables:
        (new / f"{table}.csv").replace(ready / f"{table}.csv")
    ready.replace(directory / _ARRIVING)
    try:
        _settle(directory)
    except OSError as error:
        raise AtlasError(
            _("The records count, but {file} cannot be written yet: {reason}.").format(
                file=error.filename or directory, reason=error.strerror
            ),
            _("Check the rights and the space on the disk; the next “add” puts the files in their places."),
        ) from None


def _settle(directory: Path) -> None:
    arriving = directory / _ARRIVING
    if not arriving.is_dir():
        return
    for file in sorted(arriving.iterdir()):
        file.replace(directory / file.name)
    arriving.rmdir()
