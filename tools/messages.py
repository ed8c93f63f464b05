"""Collecting the texts to translate, for Babel: from Python as Python reads it, and what SQL says of its tables.

Babel's own reader of Python goes by tokens, and until Python 3.12 what stands in an f-string is a part of one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO

Found = tuple[int, str, tuple[str | None, ...], list[str]]
_COMMENT = re.compile(r"^COMMENT ON \w+ \S+ IS '((?:[^']|'')*)';$", re.MULTILINE)


def extract(file: BinaryIO, keywords: Collection[str], comment_tags: Any, options: Any) -> Iterator[Found]:
    """Every message of a file, as Babel asks for it (its “Writing Extraction Methods”).

    What commands say of themselves are their docstrings (``cli.terminal``).

    Args:
        file: Python.
        keywords: the names of such functions.
        comment_tags, options: not used.

    Yields:
        Line, function, its arguments (None for what is no text), and no remarks.
    """
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords:
            texts = tuple(_text(argument) for argument in node.args)
            if texts and texts[0]:
                yield node.lineno, node.func.id, texts, []
        elif isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
            yield node.lineno, "_", (ast.get_docstring(node),), []


def extract_comments(file: BinaryIO, keywords: Collection[str], comment_tags: Any, options: Any) -> Iterator[Found]:
    """What a file of SQL says of its tables and columns, which pages show; as ``extract``.

    Args:
        file: SQL.
        keywords, comment_tags, options: not used.

    Yields:
        Line, function, the comment, and no remarks.
    """
    sql = file.read().decode()
    for found in _COMMENT.finditer(sql):
        yield sql.count("\n", 0, found.start()) + 1, "_", (found[1].replace("''", "'"),), []


def _is_command(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "app.command"


def _text(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
