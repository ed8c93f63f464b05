"""Reading files that are files: a pipe or a device, which may give nothing or never end, is not waited for."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

NO_FILE = "it is no file but a pipe or a device"


def file_bytes(path: Path) -> bytes:
    """What a file holds.

    Raises:
        OSError: it cannot be opened, or is no file.
    """
    with opened(path) as file:
        return file.read()


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file, to be read.

    Raises:
        OSError: it cannot be opened, or is no file.
    """
    # Not even opened: some devices do something when they are. Without waiting, as it may be another one by then.
    _refuse(path.stat())
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        _refuse(os.fstat(file.fileno()))
        yield file


def _refuse(facts: os.stat_result) -> None:
    if stat.S_ISDIR(facts.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(facts.st_mode):
        raise OSError(errno.EINVAL, NO_FILE)
