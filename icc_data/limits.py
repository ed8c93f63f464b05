"""What a process may take of the machine: one that works on somebody's input is ended beyond it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

try:
    import resource
except ImportError:
    # Windows has no such limits; those that the readers and DuckDB keep to by themselves remain.
    resource = None  # type: ignore[assignment]

# malloc.h of glibc: mallopt(3).
_M_ARENA_MAX = -8


def peak_memory() -> int:
    """The most memory that this process has had, in bytes; 0 where that is not known."""
    if resource is None:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * unit


def _address_space() -> int | None:
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGESIZE")
    return None


def limit_memory(more: int) -> None:
    """Bar this process from taking more memory than it has now, and from leaving its memory in a file.

    Args:
        more: bytes that it may take beyond that.
    """
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if present := _address_space():
        resource.setrlimit(resource.RLIMIT_AS, (present + more, present + more))


def limit_time(seconds: float) -> None:
    """End this process when it has worked for so long from now on.

    Args:
        seconds: of a processor's time.
    """
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def bar_files() -> None:
    """Bar this process from opening and writing files; what is open stays so."""
    if resource is None:
        return
    # The lowest free number: nothing more can be opened.
    lowest = os.dup(0)
    os.close(lowest)
    for limit, value in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, lowest)):
        resource.setrlimit(limit, (value, value))


def allow_open_files() -> None:
    """Let this process have as many files open as the system allows anybody to set.

    An open page takes four of them, one that was left three for some minutes more; of the 1024 that are usual at first
    that leaves room for some 240 pages, after which neither pages nor queries nor files of visitors can be opened.
    """
    if resource is None:
        return
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    # macOS says that there is no end and has one all the same.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def share_arenas() -> None:
    """Let all threads take their memory from two pools of the C library, where it has such (glibc's ``M_ARENA_MAX``).

    Of its own it gives each thread one, up to eight for each core, and what is freed in one is of no use to another:
    a server that has served many people would hold the more, the more threads it has had.
    """
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
