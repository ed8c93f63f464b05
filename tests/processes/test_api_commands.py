"""What docs/api.md tells to run, run on a server of the small data; its tables are those that there are."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from icc_data.files.views import VIEWS
from icc_data.queries.selection import SELECTION_PARAMS
from icc_data.serving.open_data import answers, asked
from tests.helpers.open_data import served_views

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLE = "https://atlas.example.org/"
MOST_RUNS = 3


def lines(language: str) -> str:
    (code,) = re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    return str(code)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_views(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.mark.parametrize(("language", "command"), [("bash", ["bash", "-ec"]), ("python", [sys.executable, "-c"])])
def test_the_commands_run(root: str, tmp_path: Path, language: str, command: list[str]):
    script = lines(language).replace(EXAMPLE, root)
    for _ in range(MOST_RUNS):
        done = subprocess.run([*command, script], cwd=tmp_path, capture_output=True, text=True, check=False)
        # Once in a while a thread with which Arrow read a file is still there when Python ends, and aborts it.
        if done.returncode != -signal.SIGABRT:
            break
    assert (done.returncode, done.stderr) == (0, "")
    assert "practices" in done.stdout or "atlas-rows" in done.stdout


@pytest.mark.parametrize("language", ["r", "stata"])
def test_the_addresses_for_other_tools_give_tables(root: str, language: str):
    for address in re.findall(r'"(http[^"]+)"', lines(language)):
        with urllib.request.urlopen(address.replace(EXAMPLE, root)) as answer:
            assert int(answer.headers["Atlas-Rows"]) > 0


def test_every_table_with_its_choices_is_told_and_no_other():
    told = {}
    for row in re.findall(r"^\| (`.*)$", TEXT, re.MULTILINE):
        cells = [re.findall(r"`(\w+)`", cell) for cell in row.split(" | ")]
        told |= {name: cells[2] for name in cells[0] if name in VIEWS}
    assert told == {name: [choice.name for choice in view.choices] for name, view in VIEWS.items()}


def test_every_other_parameter_of_a_table_is_told():
    cells = re.findall(r"^\| ((?:`\w+=`(?:, )?)+) \|", TEXT, re.MULTILINE)
    told = {name for cell in cells for name in re.findall(r"`(\w+)=`", cell)}
    assert told == {one.name for view in VIEWS.values() for one in view.parameters}


def test_every_filter_is_told():
    (listed,) = re.findall(r"^Filters: (.*?)`lang=fr`", TEXT, re.MULTILINE | re.DOTALL)
    assert {*re.findall(r"`(\w+)`", listed)} == SELECTION_PARAMS


def test_the_limits_are_told_as_they_are():
    assert f"more than {answers.MOST_PRACTICES:,} practices" in TEXT
    assert f"more than {asked.LONGEST_QUERY:,} characters" in TEXT
    assert f"more than {asked.MOST_PARAMETERS} parameters" in TEXT
    together = f"more than {answers.AT_ONCE + answers.MOST_WAITING} answers asked for at once ({answers.AT_ONCE} are"
    assert together in TEXT
    assert f"more than {answers.PATIENCE:.0f} seconds" in TEXT
