"""What the documents say, taken out of them: their code, the commands in it, and the trees and tables of rooms."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
DOCUMENTS = (
    README,
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / name / "README.md" for name in ("data", "benchmarks", "static")),
)
MAKEFILE = ROOT / "Makefile"

_CODE_LINE = re.compile(r"^ {4}(\S.*)$", re.MULTILINE)
# Whole scripts, which tests of their own run.
_FENCED = re.compile(r"^```\w+\n.*?^```$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"`([^`]+)`")
_TARGET_WITH_ARGS = re.compile(r'^([a-z-]+):.*## .*\((\w+=(?:"[^"]*"|[^\s)]+))', re.MULTILINE)

Command = tuple[str, ...]


def spans(document: Path) -> list[str]:
    """What stands between backticks, in one line."""
    text = _FENCED.sub("", document.read_text(encoding="utf-8"))
    return [" ".join(span.split()) for span in _CODE_SPAN.findall(text)]


def code(document: Path) -> list[str]:
    """Everything that is set as code: indented lines, and what stands between backticks."""
    text = _FENCED.sub("", document.read_text(encoding="utf-8"))
    return [*_CODE_LINE.findall(text), *spans(document)]


def commands(document: Path) -> list[Command]:
    """The commands of a document, each as its words, without remarks."""
    lines = [line for line in code(document) if line.split()[0] in ("make", "python", "bash")]
    return [tuple(shlex.split(line, comments=True)) for line in lines]


def makefile_commands() -> list[Command]:
    """The commands that the Makefile itself names: in remarks, and as what may be added to a target."""
    text = MAKEFILE.read_text(encoding="utf-8")
    spoken = [shlex.split(span) for span in _CODE_SPAN.findall(text) if span.startswith("make ")]
    added = [["make", target, *shlex.split(words)] for target, words in _TARGET_WITH_ARGS.findall(text)]
    return [tuple(words) for words in (*spoken, *added)]


def every_command(program: str) -> list[Command]:
    """Each command of the documents and the Makefile that begins with a program, once."""
    named = [command for document in DOCUMENTS for command in commands(document)] + makefile_commands()
    return list(dict.fromkeys(command for command in named if command[0] == program))


def make(*arguments: str) -> str:
    """What ``make`` says; all packages count as installed."""
    stamps = (f"{sys.prefix}/{name}" for name in (".dev-installed", ".run-installed", ".lake-installed", "pyvenv.cfg"))
    installed = [word for stamp in stamps for word in ("-o", stamp)]
    # The tests may themselves be run by make, whose own arguments are not meant.
    here = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    asked = ["make", *installed, f"VENV={sys.prefix}", *arguments]
    return subprocess.run(asked, cwd=ROOT, env=here, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


@cache
def recipe(*arguments: str) -> str:
    """What ``make`` would do, without doing it."""
    return make("--dry-run", f"PY={sys.executable}", *arguments)


def recipe_commands(*arguments: str) -> list[Command]:
    """The Python programs that ``make`` would run, without where their answers go."""
    lines = [line.split(" >")[0] for line in recipe(*arguments).replace("\\\n", " ").splitlines()]
    return [("python", *shlex.split(line)[1:]) for line in lines if line.startswith(sys.executable)]


def tree() -> list[str]:
    """The paths of README's tree, folders with a stroke at their end."""
    block = README.read_text(encoding="utf-8").split("## How it is built\n\n")[1].split("\n\n")[0]
    above: list[str] = []
    paths = []
    for line in block.splitlines():
        indent = line[4:]
        depth = (len(indent) - len(indent.lstrip())) // 2
        above = [*above[:depth], indent.split()[0]]
        paths.append("".join(above))
    return paths


def rooms_told() -> dict[str, set[str]]:
    """The rooms of docs/architecture.md, each with the rooms that it may import."""
    table = ARCHITECTURE.read_text(encoding="utf-8").split("| room | gives | may import |\n|---|---|---|\n")[1]
    rows = [line.strip("| ").split(" | ") for line in table.split("\n\n")[0].splitlines()]
    return {room.strip("`"): set(_CODE_SPAN.findall(allowed)) for room, _, allowed in rows}
