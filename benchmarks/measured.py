"""What a part of ``make bench`` gives: rows of what was measured beside its goal, and the table of them."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from importlib.metadata import version
from pathlib import Path


class Size(Enum):
    """How much is measured: whether it works at all, a look within minutes, or what the goals are about."""

    SMALLEST = "smallest"
    QUICK = "quick"
    FULL = "full"


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes:
        name: what it is.
        measured: how much.
        unit: of what; “×” for times something else.
        goal: how much it may be at most; None where nobody set one.
        at_least: whether the goal is how much it has to be at least.
    """

    name: str
    measured: float
    unit: str
    goal: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """The figure beside its goal: 1 and less is met, and 2 is twice as bad as that; None without a goal."""
        if self.goal is None:
            return None
        over, under = (self.goal, self.measured) if self.at_least else (self.measured, self.goal)
        if under == 0:
            return 0.0 if over == 0 else math.inf
        return over / under

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without one."""
        return None if self.ratio is None else self.ratio <= 1


def _figure(value: float) -> str:
    if math.isinf(value):
        return "∞"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.{1 if value >= 10 else 2}f}"


def _cells(part: str, row: Row) -> list[str]:
    cells = [part, row.name, f"{_figure(row.measured)} {row.unit}".strip()]
    if row.goal is None or row.ratio is None:
        return [*cells, "", "", ""]
    goal = f"{'≥' if row.at_least else '≤'} {_figure(row.goal)}"
    return [*cells, goal, f"{row.ratio:.2f}", "met" if row.met else "missed"]


def table(rows: Iterable[tuple[str, Row]]) -> str:
    """The rows as a table in Markdown.

    Args:
        rows: each with the part that it belongs to.
    """
    header = ["part", "what", "measured", "goal", "÷ goal", ""]
    lines = [_cells(part, row) for part, row in rows]
    rule = ["---", "---", "---:", "---:", "---:", "---"]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *lines))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def machine() -> str:
    """The machine and the packages, in one sentence."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name.lower())}" for name in ("Streamlit", "DuckDB"))
    cores = f"{os.cpu_count()} cores ({_processor()})"
    return (
        f"{datetime.now(UTC):%d %B %Y}: {cores}, {memory:.0f} GB, {platform.system()}, Python "
        f"{platform.python_version()}, {packages}; {os.getloadavg()[0]:.1f} processes wanted a core when it began."
    )
