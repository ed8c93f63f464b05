"""A dashboard of its own, started for tests in a browser."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

ROOT = Path(__file__).parents[2]
START_PATIENCE = 120
# Below those that Linux gives to whoever connects or asks for any.
PORTS = range(20_000, 32_000)
_kept: list[FileLock] = []


def free_port() -> int:
    """A port that nobody listens on, nor will before whoever is told of it has started.

    The system gives none of these ports to anybody by itself, and no other process of the tests is told of the same
    one as long as this one runs.
    """
    folder = Path(tempfile.gettempdir()) / f"atlas-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    for port in random.sample(PORTS, len(PORTS)):
        lock = FileLock(folder / str(port))
        with suppress(Timeout, OSError):
            lock.acquire(blocking=False)
            _kept.append(lock)
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("There is no free port.")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(START_PATIENCE * 5):
        if _answers(f"{url}/_stcore/health"):
            return
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"The dashboard did not start.\n{log.read_text(encoding='utf-8', errors='replace')}", pytrace=False)


@contextmanager
def running_dashboard(log: Path, port: int | None = None, **environment: str) -> Iterator[str]:
    """A dashboard of its own while it is needed.

    Args:
        log: the file for what it writes.
        port: where it listens; None for any that is free.
        environment: variables to give it besides those of the tests.

    Yields:
        Its address.
    """
    port = port or free_port()
    options = {"port": port, "address": "127.0.0.1", "headless": "true"}
    command = [sys.executable, "-m", "streamlit", "run", "server.py"]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    # In colours and frames, an exception would not be found in the log.
    command += ["--logger.enableRich=false"]
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            _wait_for(process, url, log)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def watching(log: Path) -> dict[str, str]:
    """The environment of a process that writes down whatever it connects to, a line each."""
    return {
        "ATLAS_WATCH": str(log),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests" / "helpers" / "watched"), str(ROOT)]),
    }
