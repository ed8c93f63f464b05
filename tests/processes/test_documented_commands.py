"""Each command of README, the documents and the Makefile runs: as it is written there, or in its smallest form."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from babel.messages.pofile import read_po

from benchmarks import tabs
from benchmarks.measured import Size
from benchmarks.rerun import new_filters
from benchmarks.stage import Stage
from icc_data.model import gazetteer
from icc_data.paths import DATA_DIRECTORY
from icc_data.queries.selection import Options, read_selection
from icc_data.store.upkeep import keep_current
from tests.helpers.commands import OK, run
from tests.helpers.documents import ROOT, Command, every_command, make, recipe, recipe_commands

LISTING = ROOT / "tests" / "fixtures" / "listing_page.html"

# What is measured, in its smallest form, and what stands in the answer.
SMALLEST = {
    "benchmarks.ageing": (
        "--runs 3 --sessions 3 --repetitions 1 --weighed 2 --rest 0.1",
        ["fresh", "aged", "after 3 people", "MB that a session leaves behind"],
    ),
    "benchmarks.all_cities": ("--cities 2", ["2 cities, pdf a4", "aim: ≤ 0.5 s a city", "MB a city"]),
    "benchmarks.people": ("--people 3 --seconds 1 --think 0.1 0.2", ["empty page", "the atlas", "runs/s", "p95", "÷"]),
    "benchmarks.rerun": ("--repetitions 1 --pages overview", ["empty page", "overview", "≤ 0.7"]),
    "benchmarks.search_quality": ("--split held_out", ["success@5", "MRR", "all"]),
    "benchmarks.sql_attacks": ("--every 100 --skip-rush", ["7 escapes: 0 got", "2 resource attacks: 0 got"]),
    "benchmarks.compare_versions": ("--repetitions 1", ["put side by side", "practices", "processor ms"]),
    "benchmarks.readers": ("--kinds card", ["wrong and certain", "card", "all"]),
    "benchmarks.listing_speed": ("--entries 20 --repetitions 1", ["txt: ", "html: ", "aim: ≥ 2,000"]),
    "benchmarks.year_texts": ("--by kind", ["wrong and certain", "until", "all"]),
    "benchmarks.grown_data": ("build/grown/60 --practices 60", ["60 practices"]),
    "benchmarks.questions": ("--sizes 400 --only practices --repetitions 1", ["practices", "floor", "2 threads"]),
    "benchmarks.other_engines": ("--practices 400", ["polars", "SQLite", "none"]),
    "benchmarks.gazetteer_threshold": ("--sample 5 --smallest 1000", ["5 typing errors", "unknown", "known"]),
}

# Those limit or fork their own process, which must not be that of the tests.
APART = {
    "benchmarks.fuzz": ("--cases 3 --seed 1", ["listing", "upload", "failures"]),
    "benchmarks.soak": ("--kills 5 --seed 1", ["build", "add", "publish", "snapshot", "report", "5 kills"]),
}


def python_commands() -> dict[str, list[Command]]:
    """The documented commands of Python, by the module or script that they run."""
    by_program: dict[str, list[Command]] = {}
    for _, *words in every_command("python"):
        program, *arguments = words[words[0] == "-m" :]
        by_program.setdefault(program, []).append(tuple(arguments))
    return by_program


@pytest.fixture
def where(tmp_path: Path, atlas_file: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str | Path]]:
    """Where each command of the atlas works: on copies and in a folder of the test's own."""
    shutil.copy(LISTING, tmp_path / "listing.html")
    (tmp_path / "inbox").mkdir()
    shutil.copy(LISTING, tmp_path / "inbox" / "listing.html")
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    monkeypatch.chdir(tmp_path)
    own: dict[str, list[str | Path]] = {
        "check": ["--data", data],
        "read": ["--data", data],
        "add": ["--data", data],
        "take": ["--data", data],
        "apply": ["--data", data],
        "set": ["--data", data],
        "build": ["--data", data, "--database", tmp_path / "build" / "atlas.duckdb"],
        "publish": ["--data", data, "--output", tmp_path / "published"],
        "snapshot": ["--data", data, "--output", tmp_path / "kept"],
        "snapshots": ["--data", data, "--output", tmp_path / "kept"],
        # The data of that quarter, whatever today's is of.
        "release": ["--data", shutil.copytree(DATA_DIRECTORY, tmp_path / "frozen" / "data")],
        "period": [],
        "settings": [],
    }

    def place(name: str) -> list[str | Path]:
        if name == "apply":
            run("take", "inbox", "--seen", "2026-11-20", "--from", "programme", "--accept-new", "--data", data)
        if name != "status":
            return own.get(name, ["--database", atlas_file])
        places = data, tmp_path / "build" / "atlas.duckdb", tmp_path / "served" / "data"
        keep_current(*places)
        return [part for pair in zip(("--data", "--database", "--published"), places, strict=True) for part in pair]

    return place


@pytest.mark.parametrize("command", python_commands()["icc_data"], ids=shlex.join)
def test_each_command_of_the_atlas_answers_as_it_is_written(
    command: Command, where: Callable[[str], list[str | Path]], tmp_path: Path
):
    result = run(*command, *where(command[0]))
    assert result.exit_code == OK
    # Of a city the commands say how many nearer ones publish nothing; anything else would be a complaint.
    assert re.sub(r"Left out: \d+ nearer cit(y|ies) without a published practice\.\n", "", result.stderr) == ""
    written = tmp_path / command[command.index("--output") + 1] if "--output" in command else None
    assert result.stdout if written is None else written.stat().st_size > 1000


def test_adding_on_trial_leaves_the_data_as_it_was(where: Callable[[str], list[str | Path]], tmp_path: Path):
    before = (tmp_path / "data" / "practices.csv").read_bytes()
    assert "would be added" in run("add", "listing.html", "--dry-run", *where("add")).stdout
    assert (tmp_path / "data" / "practices.csv").read_bytes() == before
    assert "would" not in run("add", "listing.html", *where("add")).stdout
    assert (tmp_path / "data" / "practices.csv").read_bytes() != before


def test_no_other_programs_are_documented_than_those_that_run_here():
    # The base map needs a file that only npm fetches: of its script the arguments are tested. A server does not end.
    by_make = {
        command[2]
        for target in ("benchmark", "benchmark-documents", "search-quality", "fuzz", "soak")
        for command in recipe_commands(target)
    }
    assert set(python_commands()) | by_make == {"icc_data", *SMALLEST, *APART, "streamlit", "tools/base_map.py"}


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Servers that stay for all benchmarks: in their smallest form it counts for nothing how fresh one is."""
    with Stage(Size.SMALLEST, 0) as stage:
        yield stage


@pytest.fixture
def _shared_servers(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def serving(script: Path, folder: Path) -> AbstractContextManager[tabs.Server]:
        # An empty page's own folder is gone when its benchmark ends.
        return stage.script(script) if folder == ROOT else stage.page(script.read_text(encoding="utf-8"))

    @contextmanager
    def served(script: Path, folder: Path) -> Iterator[str]:
        with serving(script, folder) as server:
            yield server.url

    monkeypatch.setattr(tabs, "serving", serving)
    monkeypatch.setattr(tabs, "served", served)


# Other tests have imported them, to ask for their options.
@pytest.mark.filterwarnings("ignore:.* found in sys.modules after import of package:RuntimeWarning")
@pytest.mark.usefixtures("_shared_servers")
@pytest.mark.parametrize("module", SMALLEST)
def test_each_benchmark_measures(module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    options, expected = SMALLEST[module]
    # One of them lowers it, to see what becomes of that.
    monkeypatch.setattr(gazetteer, "CORRECTION_THRESHOLD", gazetteer.CORRECTION_THRESHOLD)
    monkeypatch.setattr(sys, "argv", [module, *options.split()])
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    told = capsys.readouterr()
    assert told.err == ""
    assert [words for words in expected if words not in told.out] == []


@pytest.mark.parametrize("module", APART)
def test_what_tries_readers_and_writers_finds_nothing(module: str):
    options, expected = APART[module]
    command = [sys.executable, "-m", module, *options.split()]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (answer.returncode, answer.stderr) == (0, ""), answer.stdout
    assert [words for words in expected if words not in answer.stdout] == []


def test_make_properties_tries_a_property_with_all_its_examples():
    told = make("properties", "ARGS=--numprocesses 0 --hypothesis-show-statistics tests/unit/test_formula.py")
    assert "1 passed" in told
    assert "Stopped because settings.max_examples=50" in told


def test_new_filters_are_all_different_and_never_run_out(atlas_options: Options):
    pages, repetitions = 14, 300
    taken = list(islice(new_filters(), pages * repetitions))
    read = [read_selection(parse_qs(query), atlas_options) for query in taken]
    assert len({selection for selection, _ in read}) == pages * repetitions
    assert not any(selection.is_empty for selection, _ in read)
    assert [notes for _, notes in read if notes] == []


def test_the_base_map_says_what_it_is_made_of_and_where_it_goes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "argv", ["tools/base_map.py", "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "tools" / "base_map.py"), run_name="__main__")
    assert ended.value.code == 0
    assert "source [target]" in capsys.readouterr().out


def test_make_messages_collects_the_texts_of_the_dashboard_in_a_folder_that_there_is_not_yet(tmp_path: Path):
    template = tmp_path / "not" / "yet" / "atlas.pot"
    make("messages", f"MESSAGES={template}")
    with template.open("rb") as file:
        catalogue = read_po(file)
    assert catalogue.project == "Intercultural Cities Atlas"
    assert "Policy area" in catalogue
    assert ("{count} city", "{count} cities") in [message.id for message in catalogue]


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A folder with the lists of packages for running and for tests."""
    for name in ("requirements.txt", "requirements-lake.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def same_versions(folder: Path) -> subprocess.CompletedProcess[str]:
    """The last lines of ``make lock``: whether the list for tests holds those for running."""
    check = "!" + recipe("lock").rpartition("\n!")[2]
    return subprocess.run(["sh", "-c", check], cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_make_lock_finds_that_the_lists_agree(locked: Path):
    assert (same_versions(locked).returncode, same_versions(locked).stdout) == (0, "")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-lake.txt"])
def test_make_lock_names_a_package_whose_versions_differ(locked: Path, name: str):
    with (locked / name).open("a", encoding="utf-8") as file:
        file.write("streamlit==0.1\n")
    result = same_versions(locked)
    assert (result.returncode, result.stdout) == (1, "streamlit==0.1\n")
    assert result.stderr == "The lists differ in the versions above: make lock UPGRADE=--upgrade\n"
