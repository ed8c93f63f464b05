"""Which module has which command: only that which is asked for is loaded, as all together take longer than a build."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from typer import Typer

from icc_data.cli.terminal import app

MODULES = {
    "data": ("check", "publish", "read", "add", "period"),
    "building": ("build",),
    "operation": ("settings", "status"),
    "questions": ("search", "export", "peers", "borrow"),
    "refresh": ("take", "apply", "set"),
    "reports": ("report",),
    "snapshots": ("snapshot", "snapshots", "release"),
}
"""The modules of this package by name, each with its commands, in the order in which they are listed."""


def application(arguments: Sequence[str] = ()) -> Typer:
    """The application, with the command that somebody typed.

    Args:
        arguments: what was typed. Where it does not begin with a command, all are there, to be listed.
    """
    asked = [module for module, commands in MODULES.items() if arguments and arguments[0] in commands]
    for module in asked or MODULES:
        import_module(f"icc_data.cli.{module}")
    return app
