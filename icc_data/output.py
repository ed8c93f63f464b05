"""Writing what somebody asked for where they said: whole or not at all, and never over what is no file."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _

_SCRATCH = ".atlas-writing-"
# Longer than writing takes: what is older was left by a process that was stopped.
_LEFT_SECONDS = 3600


def sweep(folder: Path, prefix: str) -> None:
    """Remove the hidden folders that writers left which were stopped.

    Args:
        folder: where they wrote.
        prefix: of the names of such folders.
    """
    for left in folder.glob(f"{prefix}*"):
        # Another writer may have removed it meanwhile.
        with suppress(FileNotFoundError):
            if left.lstat().st_mtime < time.time() - _LEFT_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def refuse_no_file(target: Path) -> None:
    """Refuse to replace what is there already unless it is a file.

    Raises:
        AtlasError: there is a folder, a link, a pipe or a device.
    """
    if os.path.lexists(target) and not stat.S_ISREG(target.lstat().st_mode):
        raise AtlasError(
            _("“{file}” is no file: folders, links, pipes and devices are not replaced.").format(file=target),
            _("Name another file."),
        )


def write_file(target: Path, content: bytes) -> None:
    """Write a file in one step: it holds all of it, or what it held before.

    Args:
        target: the file; one that is there is replaced.
        content: what it shall hold.

    Raises:
        AtlasError: there is something else than a file, or it cannot be written.
    """
    refuse_no_file(target)
    try:
        sweep(target.parent, _SCRATCH)
        with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=target.parent) as scratch:
            fresh = Path(scratch) / target.name
            fresh.write_bytes(content)
            fresh.replace(target)
    except (OSError, ValueError) as error:
        # A name with a NUL in it is a ValueError.
        reason = getattr(error, "strerror", None) or str(error)
        raise AtlasError(
            _("{file} cannot be written: {reason}.").format(file=target, reason=reason), _("Name another file.")
        ) from None
