"""Questions that are waited for, and what their messages must not tell."""

from __future__ import annotations

from icc_data.console.execution import Console, Execution
from icc_data.console.messages import Message

PATIENCE = 60.0


def answered(console: Console, sql: str) -> Execution:
    execution = console.ask(sql)
    assert execution.wait(2 * PATIENCE)
    return execution


def leaks(console: Console, told: Message) -> list[str]:
    """What a message tells of where the server keeps its files or how its code runs."""
    words = " ".join(vars(told).values())
    return [word for word in (str(console.database.parent), "Traceback", "LINE 1", ".py", "SET ") if word in words]
