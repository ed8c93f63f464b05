"""What README and the documents say is so: paths, rooms, names in the code, commands and their options, numbers."""

from __future__ import annotations

import argparse
import ast
import csv
import re
import shlex
import subprocess
import tomllib
from collections.abc import Callable
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
import typer

from benchmarks import (
    ageing,
    all_cities,
    bench,
    compare_versions,
    fuzz,
    gazetteer_threshold,
    grown_data,
    listing_speed,
    other_engines,
    people,
    questions,
    readers,
    rerun,
    search_quality,
    soak,
    sql_attacks,
    year_texts,
)
from icc_data.analysis.peers import FEATURES
from icc_data.cli.commands import application
from icc_data.model.records import TABLES
from tests.helpers.documents import (
    ARCHITECTURE,
    DOCUMENTS,
    MAKEFILE,
    README,
    ROOT,
    Command,
    every_command,
    make,
    recipe_commands,
    rooms_told,
    spans,
    tree,
)
from tools import (
    audit,
    base_map,
    contact_sheet,
    find_browser,
    find_nginx,
    find_postgres,
    find_r,
    heading_font,
    picture_font,
    serve,
)
from tools.pictures import PICTURES, TAKEN

LINK = re.compile(r"\]\(([^)#]+)\)")
FILE_ENDINGS = (".py", ".md", ".csv", ".sql", ".toml", ".txt", ".json", ".geojson", ".svg", ".duckdb", ".pot", ".cff")
MADE_BY_RUNNING = (
    ".venv/bin/python",
    "build/*",
    "static/data",
    "datapackage.json",
    "icc_data/locale/",
    "icc_data/locale/atlas.pot",
    "FILE.rejected.csv",
    "data/headings.csv",
    "countries-10m.json",
    ".streamlit/secrets.toml",
    "atlas.toml",
)
DOTTED = re.compile(r"[a-z_]\w*(\.\w+)+")
WORDS_OF_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

PARSERS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "benchmarks.ageing": ageing.parser,
    "benchmarks.all_cities": all_cities.parser,
    "benchmarks.bench": bench.parser,
    "benchmarks.people": people.parser,
    "benchmarks.rerun": rerun.parser,
    "benchmarks.search_quality": search_quality.parser,
    "benchmarks.sql_attacks": sql_attacks.parser,
    "benchmarks.compare_versions": compare_versions.parser,
    "benchmarks.fuzz": fuzz.parser,
    "benchmarks.soak": soak.parser,
    "benchmarks.grown_data": grown_data.parser,
    "benchmarks.questions": questions.parser,
    "benchmarks.other_engines": other_engines.parser,
    "benchmarks.gazetteer_threshold": gazetteer_threshold.parser,
    "benchmarks.year_texts": year_texts.parser,
    "benchmarks.readers": readers.parser,
    "benchmarks.listing_speed": listing_speed.parser,
    "tools/base_map.py": base_map.parser,
    "tools/serve.py": serve.parser,
    "tools/audit.py": audit.parser,
    "tools/calendar_names.py": argparse.ArgumentParser,
    "tools/contact_sheet.py": contact_sheet.parser,
    "tools/find_browser.py": find_browser.parser,
    "tools/find_nginx.py": find_nginx.parser,
    "tools/find_postgres.py": find_postgres.parser,
    "tools/find_r.py": find_r.parser,
    "tools/heading_font.py": heading_font.parser,
    "tools/picture_font.py": picture_font.parser,
    "tools/pictures.py": argparse.ArgumentParser,
    "tools/place_names.py": argparse.ArgumentParser,
}
OTHER_PROGRAMS = {"-c", "babel.messages.frontend", "mypy", "pip", "pytest", "ruff", "server.py", "streamlit", "uv"}
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def rooms() -> set[str]:
    return {file.parent.name for file in (ROOT / "icc_data").glob("*/__init__.py")}


def layers() -> list[set[str]]:
    """The rooms of the first contract, from the top to the tools."""
    flow = next(contract for contract in CONTRACTS if contract.get("containers") == ["icc_data"])
    return [set(re.split(r" [|:] ", layer)) for layer in flow["layers"]]


def paths_named(document: Path) -> set[str]:
    """What a document names as a path: links, and code that has a stroke or the ending of a file."""
    links = {link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link}
    words = {span for span in spans(document) if "/" in span or span.endswith(FILE_ENDINGS)}
    return links | {word for word in words if not re.search(r"[\s<{=…(]|^/|^https?:|^(application|text)/", word)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_a_document_names_exists(document: Path):
    def exists(path: str) -> bool:
        # The server gives the folder static/ as app/static/.
        path = path.removeprefix("app/").rstrip("/")
        return any(list(base.glob(path)) for base in (ROOT, document.parent, ROOT / "data"))

    named = {path for path in paths_named(document) if not any(fnmatch(path, made) for made in MADE_BY_RUNNING)}
    assert [path for path in sorted(named) if not exists(path)] == []


def test_every_path_of_the_tree_exists():
    written = [path for path in tree() if path not in MADE_BY_RUNNING]
    assert len(written) > 15
    assert [path for path in written if not (ROOT / path).exists()] == []


def test_every_folder_of_the_project_stands_in_the_tree():
    above = (ROOT, ROOT / "pages", ROOT / "icc_data")
    folders = [path for folder in above for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._"]
    expected = {f"{path.relative_to(ROOT)}/" for path in folders} - {"build/"}
    assert expected <= set(tree())


def test_every_document_is_reached_from_readme():
    links = set(LINK.findall(README.read_text(encoding="utf-8")))
    assert {str(document.relative_to(ROOT)) for document in (ROOT / "docs").glob("*.md")} <= links


def test_the_rooms_of_the_tree_the_architecture_and_the_code_are_the_same():
    in_tree = {path.split("/")[1] for path in tree() if path.startswith("icc_data/") and path != "icc_data/"}
    assert in_tree - {"locale"} == set(rooms_told()) == rooms()


def test_every_room_has_a_paragraph_on_why_its_wall_is_there():
    explained = set(re.findall(r"^- .*?\*\*`(\w+)`\*\*", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE))
    assert explained == rooms()


@pytest.mark.parametrize("room", sorted(rooms()))
def test_what_a_room_may_import_is_what_the_contracts_let_it(room: str):
    order = layers()
    place = next(place for place, names in enumerate(order) if room in names)
    below = {name for names in order[place + 1 : -1] for name in names}
    barred = {
        name.removeprefix("icc_data.")
        for contract in CONTRACTS
        if contract["type"] == "forbidden" and f"icc_data.{room}" in contract["source_modules"]
        for name in contract["forbidden_modules"]
    }
    assert rooms_told()[room] == below - barred


def test_the_tools_that_the_architecture_names_are_those_of_the_contract():
    named = re.search(r"The tools at the top of `icc_data` \((.+?)\)", ARCHITECTURE.read_text(encoding="utf-8"))
    assert named is not None
    assert set(re.findall(r"`(\w+)`", named[1])) == layers()[-1]


@cache
def defined(module: Path) -> dict[str, set[str]]:
    """The names that a module defines at its top (or a package brings in), and those within each class."""
    names: dict[str, set[str]] = {}
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            names[node.name] = set()
        elif isinstance(node, ast.ClassDef):
            methods = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
            fields = {
                part.target.id
                for part in node.body
                if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
            }
            names[node.name] = methods | fields
        elif isinstance(node, ast.ImportFrom) and module.name == "__init__.py":
            names |= {alias.asname or alias.name: set() for alias in node.names}
        else:
            stored = (part for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store))
            names |= {part.id: set() for part in stored}
    return names


def stands_in_the_code(name: str) -> bool:
    """Whether a dotted name is a module, or something that one defines."""
    parts = name.split(".")
    path = ROOT if parts[0] in ("pages", "icc_data") else ROOT / "icc_data"
    while parts and (path / parts[0]).is_dir():
        path /= parts.pop(0)
    module = path / f"{parts[0]}.py" if parts else path
    module, rest = (module, parts[1:]) if module.is_file() else (path / "__init__.py", parts)
    if not rest:
        return module.is_file()
    known = defined(module)
    return rest[0] in known and (len(rest) == 1 or (len(rest) == 2 and rest[1] in known[rest[0]]))


def names_in_the_code(document: Path) -> list[str]:
    first = {*rooms(), *layers()[-1], "pages", "icc_data"}
    return [span for span in spans(document) if DOTTED.fullmatch(span) and span.split(".")[0] in first]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_name_of_the_code_that_a_document_names_stands_there(document: Path):
    assert [name for name in names_in_the_code(document) if not stands_in_the_code(name)] == []


def test_names_that_are_not_in_the_code_are_noticed():
    assert len(names_in_the_code(ARCHITECTURE)) > 50
    right = ("queries.selection.Selection.within", "queries.practices_by_year", "model.period", "i18n.LANGUAGES")
    wrong = ("queries.selection.Selection.beside", "queries.practices_by_moon", "model.periods", "cards", "model.a.b")
    assert [name for name in right if not stands_in_the_code(name)] == []
    assert [name for name in wrong if stands_in_the_code(name)] == []


def check_options(command: Command) -> None:
    """Hold a command of Python to the parser of the program that it names.

    Raises:
        typer.TyperException: a command of the atlas has no such option.
        SystemExit: another program has none.
        KeyError: there is no such program.
    """
    program, arguments = (command[2], command[3:]) if command[1] == "-m" else (command[1], command[2:])
    if program == "icc_data":
        group = typer.main.get_command(application())
        group.commands[arguments[0]].make_context(arguments[0], list(arguments[1:]))  # type: ignore[attr-defined]
    elif program not in OTHER_PROGRAMS:
        PARSERS[program]().parse_args(arguments)


@pytest.mark.parametrize("command", every_command("python"), ids=shlex.join)
def test_every_command_of_python_exists_with_its_options(command: Command):
    check_options(command)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ("python -m icc_data search words --planet Mars", Exception),
        ("python -m icc_data forget Bergen", KeyError),
        ("python -m benchmarks.rerun --repetition-s 3", SystemExit),
        ("python -m benchmarks.rerun --repetitions 0", SystemExit),
        ("python -m benchmarks.rerun --pages moon", SystemExit),
        ("python tools/no_such.py", KeyError),
    ],
)
def test_commands_that_do_not_exist_are_noticed(command: str, error: type[BaseException]):
    with pytest.raises(error):
        check_options(tuple(shlex.split(command)))


@pytest.mark.parametrize("command", every_command("make"), ids=shlex.join)
def test_every_target_of_make_exists_and_runs_programs_with_options_that_they_have(command: Command):
    for program in recipe_commands(*command[1:]):
        check_options(program)


@pytest.mark.parametrize("target", re.findall(r"^([a-z-]+):.*## ", MAKEFILE.read_text(encoding="utf-8"), re.MULTILINE))
def test_every_target_that_make_lists_runs_programs_with_options_that_they_have(target: str):
    for program in recipe_commands(target):
        check_options(program)


def test_make_alone_lists_every_target_that_the_documents_name():
    targets = set(re.findall(r"^  make ([a-z-]+)", make(), re.MULTILINE))
    named = {word for command in every_command("make") for word in command[1:] if re.fullmatch(r"[a-z][a-z-]*", word)}
    assert named <= targets
    assert {"run", "test", "check", "benchmark", "search-quality", "messages"} <= named


def test_every_script_of_bash_that_the_documents_name_is_one():
    scripts = [command[1] for command in every_command("bash")]
    assert scripts == [".ci/run"]
    for script in scripts:
        subprocess.run(["bash", "-n", script], cwd=ROOT, check=True)


def test_every_command_of_the_atlas_is_documented():
    documented = {command[3] for command in every_command("python") if command[2:3] == ("icc_data",)}
    assert documented == set(typer.main.get_command(application()).commands)  # type: ignore[attr-defined]


def test_every_benchmark_and_tool_is_documented_or_used_by_make():
    scripts = [*(ROOT / "benchmarks").glob("*.py"), *(ROOT / "tools").glob("*.py")]
    programs = [file for file in scripts if 'if __name__ == "__main__"' in file.read_text(encoding="utf-8")]
    files = {f"benchmarks.{file.stem}" for file in programs if file.parent.name == "benchmarks"}
    files |= {f"tools/{file.name}" for file in programs if file.parent.name == "tools"}
    assert set(PARSERS) == files
    used = [
        command
        for target in ("test", "pictures", "base-map", "heading-font", "place-names", "calendar-names")
        for command in recipe_commands(target)
    ]
    used += [command for asked in every_command("make") for command in recipe_commands(*asked[1:])]
    named = {word for command in (*every_command("python"), *used) for word in command[1:3]}
    assert files <= named


def test_the_pictures_that_are_taken_are_those_that_documents_show():
    texts = (document.read_text(encoding="utf-8") for document in (README, ROOT / "docs" / "research.md"))
    shown = {Path(link).stem for text in texts for link in LINK.findall(text) if link.endswith(".png")}
    assert shown == {picture.name for picture in TAKEN} == {file.stem for file in PICTURES.glob("*.png")}


def test_the_description_of_the_data_has_every_table():
    text = (ROOT / "data" / "README.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)\.csv` \| <!-- data:rows_of_\1 -->", text, re.MULTILINE)) == set(TABLES)


def test_the_description_of_the_benchmarks_counts_the_queries_that_there_are():
    with (ROOT / "benchmarks" / "search_queries.csv").open(encoding="utf-8", newline="") as file:
        queries = list(csv.DictReader(file))
    french = sum(query["language"] == "fr" for query in queries)
    mistyped = sum(query["kind"] == "typo" for query in queries)
    told = (
        f"holds {len(queries)} queries as people type them, {french} of them French and {mistyped} with typing errors"
    )
    assert told in " ".join((ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8").split())


def test_the_description_of_security_counts_the_attempts_that_there_are():
    told = " ".join((ROOT / "docs" / "security.md").read_text(encoding="utf-8").split())
    tried = {name: len(sql_attacks.lines(name)) for name in ("sql_escapes", "sql_resources")}
    assert f"holds {tried['sql_escapes']} attempts to get out" in told
    assert f"`tests/fixtures/sql_resources.txt` {tried['sql_resources']} attacks" in told


def test_the_architecture_counts_the_features_that_cities_are_compared_in():
    told = f"over {WORDS_OF_NUMBERS[len(FEATURES)]} features"
    assert told in " ".join(ARCHITECTURE.read_text(encoding="utf-8").split())


def test_the_contract_on_wrangling_names_every_page():
    contract = next(contract for contract in CONTRACTS if "pandas" in contract.get("forbidden_modules", []))
    pages = {f"pages.{path.stem}" for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__"}
    assert set(contract["source_modules"]) == pages


def test_the_unit_tests_stand_in_the_rooms_of_what_they_test():
    """At the top stand those of the small tools; whole commands, documents and pages are tested elsewhere."""
    folders = {path.name for path in (ROOT / "tests" / "unit").iterdir() if list(path.glob("test_*.py"))}
    assert folders == rooms()
    tools = {path.stem for path in (ROOT / "icc_data").glob("*.py")}
    at_the_top = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "unit").glob("test_*.py")}
    # Several ways to ask for the nearest name are ways to ask ``text``.
    assert at_the_top <= tools | {"nearest"}
