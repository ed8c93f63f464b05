"""Lines of R, run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tools.find_r import ADVICE, find_r

UTF_8 = "C.UTF-8"


def run_r(lines: str, folder: Path, locale: str = UTF_8) -> subprocess.CompletedProcess[str]:
    """Run lines of R without what its user has set.

    Args:
        lines: as a page gives them.
        folder: where they run.
        locale: the language and the letters of the machine.
    """
    program = find_r()
    if program is None:
        pytest.fail(ADVICE, pytrace=False)
    script = folder / "lines.R"
    script.write_text(lines, encoding="utf-8")
    return subprocess.run(
        [program, "--vanilla", script],
        cwd=folder,
        env=os.environ | {"LC_ALL": locale},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
