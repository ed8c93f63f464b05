"""What a command does not need is not loaded, as loading everything takes longer than building the database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import typer

from icc_data.cli.commands import MODULES, application
from icc_data.store.build import build
from tests.helpers.commands import ROOT
from tests.unit.conftest import DataFolder

HEAVY = ("numpy", "pandas", "pyarrow", "icc_data.incoming.readers", "icc_data.model.period")
# Runs a command as ``python -m icc_data`` does, and says at its end what is loaded.
RUN = """
import atexit, runpy, sys
atexit.register(lambda: print("loaded:", *sys.modules, file=sys.stderr))
runpy.run_module("icc_data", run_name="__main__", alter_sys=True)
"""


def loaded_by(*arguments: str | Path) -> set[str]:
    """The modules that a command has loaded when it ends."""
    command = [sys.executable, "-c", RUN, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stderr.partition("loaded:")[2].split())


def test_a_build_of_nothing_new_loads_nothing_that_reads_data_or_holds_tables(data_folder: DataFolder, tmp_path: Path):
    database = tmp_path / "atlas.duckdb"
    build(data_folder.path, database)
    loaded = loaded_by("build", "--data", data_folder.path, "--database", database)
    assert "icc_data.store.build" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_a_build_of_the_real_data_loads_no_pandas(tmp_path: Path):
    # Those of the project: they have versions before them, which a build reads.
    loaded = loaded_by("build", "--data", ROOT / "data", "--database", tmp_path / "atlas.duckdb")
    assert "icc_data.store.making" in loaded
    assert "pandas" not in loaded


def test_a_command_is_loaded_without_the_others(data_folder: DataFolder):
    loaded = {name for name in loaded_by("settings") if name.startswith("icc_data.cli.")}
    assert loaded & {f"icc_data.cli.{module}" for module in MODULES} == {"icc_data.cli.operation"}


def test_each_command_is_found_in_the_module_that_is_named_for_it():
    group = typer.main.get_command(application())
    of_modules = {
        (command.callback.__module__, name)
        for name, command in group.commands.items()  # type: ignore[attr-defined]
    }
    assert of_modules == {(f"icc_data.cli.{module}", name) for module, commands in MODULES.items() for name in commands}
