"""The server has room for as many open pages as the shipped configuration lets in."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What many systems give at first, and a bound that nobody may go past.
FIRST, LAST = 1024, 8192
SERVE = """
import resource, runpy
runpy.run_path("server.py", run_name="served")
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (FIRST, LAST))


def test_a_server_takes_all_the_open_files_that_it_may():
    told = subprocess.run(
        [sys.executable, "-c", SERVE], cwd=ROOT, preexec_fn=limit, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == [str(LAST), str(LAST)]
