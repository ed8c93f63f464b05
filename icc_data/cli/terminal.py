"""What all commands share: the application, its two consoles, and errors in words with their exit codes."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from icc_data.errors import AtlasError, Problem
from icc_data.i18n import translate as _
from icc_data.incoming.invalid_data import InvalidDataError

PROBLEMS, UNUSABLE, SOME_REFUSED = 1, 2, 3
DataOption = Annotated[Path, typer.Option("--data", help=_("Folder with the CSV files."))]


class _Commands(typer.Typer):
    """Commands that say what they do in the language of the terminal: their docstrings are messages."""

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        def add(function: Any) -> Any:
            words = _(inspect.cleandoc(function.__doc__ or ""))
            return super(_Commands, self).command(name, **{"help": words, **options})(function)

        return add


app = _Commands(
    help=_("The Intercultural Cities Atlas: from published practices to data, and from data to answers."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _with_commands() -> None:
    """Without this the only command that is loaded would have to be asked for without its name."""


# An argument or a file may hold what the terminal's encoding cannot write.
for stream in (sys.stdout, sys.stderr):
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
# What a terminal takes for a command: to colour, to clear, to name its window.
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class _Plain(Console):
    """A console that shows what stands in a text and does nothing that it says."""

    def render_str(self, text: str, **options: Any) -> Text:
        """A text as it is shown, in a line or in the cell of a table."""
        return super().render_str(_COMMANDS.sub(_named, text), **options)


def _named(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"


out = _Plain(soft_wrap=True, highlight=False, markup=False)
err = _Plain(stderr=True, soft_wrap=True, highlight=False, markup=False)


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Say what went wrong on standard error and leave with the exit code that goes with it."""
    try:
        yield
    except InvalidDataError as error:
        report(error.problems)
        raise typer.Exit(PROBLEMS) from None
    except AtlasError as error:
        err.print(str(error))
        raise typer.Exit(UNUSABLE) from None


def report(problems: Iterable[Problem]) -> None:
    """Say each problem on a line of standard error."""
    for problem in problems:
        err.print(str(problem))


def json_line(value: Any) -> None:
    """Write a value as one line of JSON."""
    # JSON itself leaves some of the characters that a terminal takes for commands as they are.
    sys.stdout.write(_COMMANDS.sub(_named, json.dumps(value, ensure_ascii=False, default=str)) + "\n")


def counted(words: str, number: int) -> str:
    """A number with the form of the word that goes with it, which ``translate_plural`` gives."""
    return words.format(count=number)
