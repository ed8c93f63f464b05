"""Work that a process of its own can be sent, for the tests of ``icc_data.cli.rounds``: it goes by its name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _

HELD: list[bytes] = []


@dataclass(frozen=True)
class Noting:
    """Notes each thing in a file; does what its name says first."""

    notes: Path

    def __call__(self) -> Callable[[str], None]:
        return self._work

    def _work(self, name: str) -> None:
        kind = name.partition(" ")[0]
        if kind == "refused":
            raise AtlasError("The paper is out.", "Buy some.")
        if kind == "faulty":
            raise ValueError("The ink is out.")
        if kind == "wordless":
            raise ValueError
        if kind == "spoken":
            raise ValueError(_("City"))
        if kind == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "left":
            os._exit(7)
        if kind == "hoard":
            HELD.append(b"x" * 10_000_000)
        if kind == "slow":
            time.sleep(60)
        with self.notes.open("a", encoding="utf-8") as notes:
            notes.write(f"{name}\n")


@dataclass(frozen=True)
class Unable:
    """Cannot begin; notes that it tried."""

    notes: Path

    def __call__(self) -> Callable[[str], None]:
        with self.notes.open("a", encoding="utf-8") as notes:
            notes.write("tried\n")
        raise AtlasError("The press is broken.", "Mend it.")
