"""What is made once for all the processes that run tests side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(places: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that whoever comes first fills, and nobody changes.

    Args:
        places: where tests have their temporary folders.
        name: of the folder.
        make: fills an empty one.

    Returns:
        The folder, filled; the processes of one run share it.
    """
    # xdist gives each of its processes a folder of its own within that of the run.
    base = places.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / name
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            making = places.mktemp(name)
            make(making)
            making.rename(folder)
    return folder
