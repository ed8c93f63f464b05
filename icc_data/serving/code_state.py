"""Whether the code on the disk is still the code that runs.

Streamlit reads the file of a page when somebody opens it, and the modules behind it once: after an upgrade, new pages
meet old modules until the server is started anew.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from icc_data.paths import ROOT

# Seconds for which an answer holds.
HOLDS = 2.0
_PARTS = ("dashboard.py", "server.py", "requirements.txt", ".streamlit/config.toml", "icc_data", "pages")


class RunningCode:
    """The code as it was when this was made.

    Args:
        root: the folder with the project.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self._root = root
        self._looking = threading.Lock()
        self._marks, self._digest = self._look(), self._read()
        self._changed, self._until = False, 0.0

    @property
    def digest(self) -> str:
        """64 hexadecimal digits that are others for other code."""
        return self._digest

    def changed(self) -> bool:
        """Whether it reads otherwise by now. A file that was written again as it was has not changed."""
        with self._looking:
            if time.monotonic() < self._until:
                return self._changed
            marks = self._look()
            if marks != self._marks:
                # What cannot be read just now is being replaced.
                self._marks, self._changed = marks, self._read() != self._digest
            self._until = time.monotonic() + HOLDS
            return self._changed

    def _files(self) -> Iterator[tuple[str, os.stat_result]]:
        # By os.scandir: somebody waits for it at every click, and pathlib takes four times as long.
        for part in _PARTS:
            path = self._root / part
            with suppress(FileNotFoundError):
                yield from _below(str(path)) if path.is_dir() else [(str(path), path.stat())]

    def _look(self) -> frozenset[tuple[str, int, int]]:
        return frozenset((name, state.st_mtime_ns, state.st_size) for name, state in self._files())

    def _read(self) -> str:
        digest = sha256()
        for name in sorted(name for name, _state in self._files()):
            path = Path(name)
            try:
                digest.update(f"{path.relative_to(self._root)}\0".encode() + path.read_bytes())
            except OSError:
                digest.update(b"?")
        return digest.hexdigest()


def _below(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """The files that count in a folder and in those inside it, in whatever order the system gives them."""
    with os.scandir(folder) as entries:
        for entry in entries:
            # One may be taken away meanwhile.
            with suppress(FileNotFoundError):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        yield from _below(entry.path)
                elif entry.is_file() and not entry.name.endswith(".pot"):
                    yield entry.path, entry.stat()
