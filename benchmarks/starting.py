"""How long ``make run`` takes until the first chart is seen, where all is installed and built.

Usage: ``make bench ARGS="--only start"``

Starts ``server.py`` as ``make run`` does, waits until it answers, and opens the overview in a Chromium that runs and
has seen it before. The first start does not count: it writes what Python compiles, and fills the browser's cache.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import BrowserContext

from benchmarks.first_load import CHART, PATIENCE
from benchmarks.measured import Row
from benchmarks.stage import ATLAS, Stage, say
from benchmarks.tabs import START_PATIENCE, Server, free_port
from icc_data.paths import ROOT

GOAL = 5.0
STARTS = 3


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + START_PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.03)
    raise RuntimeError("The atlas did not start.")


@contextmanager
def started(port: int) -> Iterator[Server]:
    """The atlas as ``make run`` starts it, from when it answers.

    Args:
        port: where it listens.
    """
    url = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "ATLAS_PORT": str(port), "STREAMLIT_SERVER_HEADLESS": "true"}
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, ATLAS.name], cwd=ROOT, env=environment, stdin=nothing, stdout=nothing, stderr=nothing
    )
    try:
        _wait(process, url)
        yield Server(url, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _look(context: BrowserContext, url: str) -> None:
    page = context.new_page()
    page.goto(url, timeout=PATIENCE)
    page.wait_for_selector(CHART, timeout=PATIENCE)
    page.close()


def rows(stage: Stage, starts: int = STARTS) -> Iterator[Row]:
    """Seconds from the command to the first chart.

    Args:
        stage: how much is measured.
        starts: how many count.
    """
    # Always the same port: the browser is to know the atlas again.
    port = free_port()
    taken = []
    with stage.browser() as browser, browser.new_context(viewport=stage.viewport) as context:
        for _ in range(1 if stage.is_shared else starts + 1):
            with ExitStack() as stack:
                begin = time.perf_counter()
                atlas = started(port)
                server = stage.keep_atlas(atlas) if stage.is_shared else stack.enter_context(atlas)
                answered = time.perf_counter() - begin
                _look(context, server.url)
                taken.append((answered, time.perf_counter() - begin))
    counted = taken if stage.is_shared else taken[1:]
    answered, seen = (statistics.median(times) for times in zip(*counted, strict=True))
    say(f"  answers after {answered:.1f} s, first chart after {seen:.1f} s")
    yield Row("until it answers", answered, "s")
    yield Row("until the first chart, warm", seen, "s", GOAL)
