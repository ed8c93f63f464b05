"""Files behind a link that moves to a new folder in one step: readers see the old files or the new ones."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _

# In a new folder: the link that will take the place of the one to the old folder.
LINK = ".link"
# Long enough for any download that began before the files were replaced.
_KEPT_SECONDS = 3600


@contextmanager
def told(target: Path) -> Iterator[None]:
    """Say in words what the system says when files are written for ``target``.

    Raises:
        AtlasError: they cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise AtlasError(
            _("The tables cannot be written to “{file}”: {reason}.").format(file=target, reason=error.strerror),
            _("Name another folder with --output."),
        ) from None


def links_to(target: Path, prefix: str, *, dangling: bool = False) -> bool:
    """Whether a path is a link to a folder whose name begins so; one that is gone counts where ``dangling``."""
    linked = target.is_symlink() and target.readlink().name.startswith(prefix)
    return linked and (dangling or target.is_dir())


def fill(fresh: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder, and the link that is to take its place in the end."""
    for name, content in files.items():
        (fresh / name).write_bytes(content)
    # Another program, such as a web server, may read them under another name.
    fresh.chmod(0o755)
    (fresh / LINK).symlink_to(fresh.name)


def clean(target: Path, prefix: str) -> None:
    """Remove folders beside ``target`` whose name begins so, are linked no more and an hour old."""
    current = target.readlink().name
    old = time.time() - _KEPT_SECONDS
    for folder in target.parent.iterdir():
        ours = folder.name.startswith(prefix) and folder.is_dir()
        if ours and folder.name != current and folder.stat().st_mtime < old:
            shutil.rmtree(folder, ignore_errors=True)
