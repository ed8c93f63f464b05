"""What people read goes through the catalogue: whole messages, put into words when they are shown."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.helpers.documents import ROOT
from tools.messages import extract_comments

TRANSLATING = {"_", "translate", "translate_plural"}
WORDING = TRANSLATING | {"number", "percent", "day", "enumeration", "labelled", "in_quotes"}
SHOWING = re.compile(
    r"st\.|.*\.(markdown|caption|button|title|header|write|metric|error|warning|info|success|download_button)$"
)
# Keywords under which texts for people are handed on.
WORDS = {
    "label",
    "title",
    "help",
    "placeholder",
    "alt",
    "caption",
    "hint",
    "subtitle",
    "display_text",
    "sentence",
    "why",
}
# Layout, not language: icons, colours, tags, addresses, code, what is filled in.
LAYOUT = re.compile(
    r":material/\w*:|:[\w-]+\[|<[^>]*>|\{[^}]*\}|https?://\S*|&\w+;|`[^`]*`|\w+:[NQOT]\b|[\w/]+\.(py|md)"
)
# What may stand between two messages, each of which is whole: no letters, no colon, semicolon or comma of a sentence.
BETWEEN = re.compile(r"[\s·\-–*#\[\]()<>/.|]*")
LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
ALLOWED = {
    "SQL": "is called so in every language",
    "APA": "a style of citing, by its name",
    "BibTeX": "a format, by its name",
    "RIS": "a format, by its name",
    "python -m icc_data add index_scores.csv": "a command",
    "city_id,year,policy_area,score,rank,cities_compared": "the columns of a file",
    ": good practices of the Intercultural Cities network": "the title of the work, by which it is cited",
    "standing": "the name of a form, which nobody sees",
    "base": "a parameter of the address",
    "sql-form": "the name of a form, which nobody sees",
    "User-Agent": "a header of the browser",
    "Accept-Language": "a header of the browser",
}


def files(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


CODE = [ROOT / "dashboard.py", *files("pages", "icc_data")]
SHOWN = [ROOT / "dashboard.py", *files("pages", "icc_data/drawing", "icc_data/files", "icc_data/analysis")]


def name(node: ast.AST) -> str:
    """What a call calls: “st.markdown”."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def place(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def is_message(node: ast.AST) -> bool:
    """Whether it is a translated message, with what is filled in."""
    while isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            return node.func.id in TRANSLATING
        if not (isinstance(node.func, ast.Attribute) and node.func.attr == "format"):
            return False
        node = node.func.value
    return False


def calls_at_import(node: ast.AST) -> Iterator[ast.Call]:
    """The calls that run when a module is loaded: those in no function."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return
    if isinstance(node, ast.Call):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from calls_at_import(child)


def test_nothing_is_put_into_words_when_a_module_is_loaded():
    # Streamlit runs the file of a page, and dashboard.py, at each visit; commands load when their language is set.
    later = (ROOT / "pages", ROOT, ROOT / "icc_data" / "cli")
    modules = [file for file in CODE if file.parent not in later]
    early = [
        place(file, call)
        for file in modules
        for call in calls_at_import(ast.parse(file.read_text(encoding="utf-8")))
        if name(call) in WORDING
    ]
    assert early == []


def test_the_words_of_a_message_stand_where_it_is_translated():
    # A message put together beforehand is in no catalogue; one of a table is marked there.
    hidden = []
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if file.name == "i18n.py" or name(node) not in TRANSLATING or not isinstance(node, ast.Call):
                continue
            texts = node.args[: 2 if name(node) == "translate_plural" else 1]
            wanted = ast.Constant if name(node) == "translate_plural" else ast.expr
            odd = [
                text for text in texts if isinstance(text, ast.JoinedStr | ast.BinOp) or not isinstance(text, wanted)
            ]
            hidden += [place(file, text) for text in odd]
    assert hidden == []


def parts(node: ast.AST) -> list[ast.AST]:
    """What a text is put together from, in its order."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*parts(node.left), *parts(node.right)]
    if isinstance(node, ast.JoinedStr):
        return [value.value if isinstance(value, ast.FormattedValue) else value for value in node.values]
    if isinstance(node, ast.AugAssign):
        return [node.target, *parts(node.value)]
    return [node]


def is_glued(pieces: list[ast.AST]) -> bool:
    """Whether a message is no more than a piece of a sentence here."""
    if len(pieces) < 2 or not any(map(is_message, pieces)):
        return False
    fixed = [piece.value for piece in pieces if isinstance(piece, ast.Constant) and isinstance(piece.value, str)]
    return not all(BETWEEN.fullmatch(LAYOUT.sub("", text)) for text in fixed)


def test_sentences_are_not_put_together_from_messages():
    # Other languages have another order; “label: value” is ``labelled``, and a text in quotation marks ``in_quotes``.
    glued = [
        place(file, node)
        for file in CODE
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.BinOp | ast.JoinedStr | ast.AugAssign) and is_glued(parts(node))
    ]
    assert glued == []


def test_a_message_neither_begins_nor_ends_with_a_space():
    padded = [
        place(file, node)
        for file in CODE
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if name(node) in TRANSLATING | {"mark"} and isinstance(node, ast.Call)
        for text in node.args[:1]
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value != text.value.strip()
    ]
    assert padded == []


def texts_of(node: ast.AST) -> Iterator[str]:
    """The fixed texts of an expression, without those within calls."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(value.value for value in node.values if isinstance(value, ast.Constant))
    elif isinstance(node, ast.BinOp):
        yield from (*texts_of(node.left), *texts_of(node.right))
    elif isinstance(node, ast.IfExp):
        yield from (*texts_of(node.body), *texts_of(node.orelse))


def handed_on(call: ast.Call) -> Iterator[str]:
    """The fixed texts that a call shows, or hands on to be shown."""
    if SHOWING.match(name(call)) and not re.match(r"(st\.(session_state|query_params|Page)|_logger)\b", name(call)):
        yield from (text for argument in call.args[:1] for text in texts_of(argument))
    yield from (text for keyword in call.keywords if keyword.arg in WORDS for text in texts_of(keyword.value))


@pytest.mark.parametrize("folder", ["dashboard.py", "pages", "icc_data/drawing", "icc_data/files", "icc_data/analysis"])
def test_every_text_that_is_shown_goes_through_the_catalogue(folder: str):
    untold = []
    for file in (file for file in SHOWN if str(file.relative_to(ROOT)).startswith(folder)):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or name(call) in TRANSLATING or name(call) in ("mark", "Facet"):
                continue
            words = [LAYOUT.sub(" ", text).strip(" *") for text in handed_on(call)]
            untold += [f"{place(file, call)}: {text}" for text in words if LETTERS.search(text) and text not in ALLOWED]
    assert untold == []


def test_every_exception_is_one_that_is_needed():
    everything = "\n".join(file.read_text(encoding="utf-8") for file in SHOWN)
    assert [text for text in ALLOWED if text not in everything] == []


def test_what_sql_says_of_tables_and_columns_is_collected():
    sql = b"""CREATE TABLE place (name VARCHAR);
COMMENT ON TABLE place IS 'A place; one''s own.';
COMMENT ON COLUMN place."group" IS 'Its group.';
"""
    found = [(line, *texts) for line, _function, texts, _remarks in extract_comments(BytesIO(sql), (), (), {})]
    assert found == [(2, "A place; one's own."), (3, "Its group.")]


def test_every_table_and_column_that_is_described_is_collected():
    files = sorted((ROOT / "icc_data" / "store" / "sql").glob("*.sql"))
    collected = [found for file in files for found in extract_comments(BytesIO(file.read_bytes()), (), (), {})]
    written = sum(file.read_text(encoding="utf-8").count("COMMENT ON ") for file in files)
    assert len(collected) == written > 100
