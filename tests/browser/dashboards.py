"""Dashboards that run while tests ask them."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2]
# Python reads it before anything else where it is on the path.
WATCHED = ROOT / "tests" / "helpers" / "watched"
START_PATIENCE = 120


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def address_of(port: int) -> str:
    """Where a dashboard of this machine is."""
    return f"http://127.0.0.1:{port}"


def answers(url: str) -> bool:
    """Whether a dashboard is there."""
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(START_PATIENCE * 5):
        if answers(url):
            return
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"The dashboard did not start.\n{log.read_text(encoding='utf-8', errors='replace')}", pytrace=False)


def _start(log: Path, port: int, environment: dict[str, str], script: str = "server.py") -> subprocess.Popen[bytes]:
    """A dashboard that answers; it is ended where it does not begin to."""
    options = {"port": port, "address": "127.0.0.1", "headless": "true"}
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        _wait_for(process, address_of(port), log)
    except BaseException:
        _end(process)
        raise
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def running_dashboard(
    log: Path, port: int | None = None, script: str = "server.py", **environment: str
) -> Iterator[str]:
    """A dashboard of its own while it is needed.

    Args:
        log: the file for what it writes.
        port: where it listens; None for any that is free.
        script: what Streamlit runs.
        environment: variables to give it besides those of the tests.

    Yields:
        Its address.
    """
    port = port or free_port()
    process = _start(log, port, environment, script)
    try:
        yield address_of(port)
    finally:
        _end(process)


@dataclass(frozen=True)
class Shared:
    """A dashboard that all processes of a run of the tests ask.

    Attributes:
        url: its address.
        log: what it writes.
        connections: where it writes down whatever it connects to.
    """

    url: str
    log: Path
    connections: Path


@contextmanager
def shared_dashboard(folder: Path) -> Iterator[Shared]:
    """The dashboard of a folder: whoever comes first starts it, and it ends when nobody is left.

    In each further process a dashboard would have to start and to make ready anew what its pages show. Whoever asks
    it holds a lock until they leave or are killed, and it ends by itself as soon as it gets that lock.
    """
    folder.mkdir(exist_ok=True)
    users, port_file = folder / "users", folder / "port"
    log, connections = folder / "streamlit.log", folder / "connections"
    with users.open("ab") as use:
        with FileLock(folder / "start.lock"):
            fcntl.flock(use, fcntl.LOCK_SH)
            port = int(port_file.read_text(encoding="ascii")) if port_file.exists() else None
            # Everybody else may have left before this one came.
            if port is None or not answers(address_of(port)):
                port = free_port()
                told = {"ATLAS_PSEUDO_LANGUAGE": "on", "ATLAS_USERS": str(users), **watching(connections)}
                _start(log, port, told)
                port_file.write_text(str(port), encoding="ascii")
        yield Shared(address_of(port), log, connections)


def watching(log: Path) -> dict[str, str]:
    """The environment of a process that writes down whatever it connects to, a line each."""
    return {
        "ATLAS_WATCH": str(log),
        "PYTHONPATH": os.pathsep.join([str(WATCHED), str(ROOT)]),
    }
