"""The lines that fetch a view: those of Python and curl run, and those of R and Stata ask for what there is."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from icc_data.files.snippets import view_snippets
from tests.helpers.open_data import served_views

QUERY = "country=spain&q=%22it%27s%22+caf%C3%A9"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a table on a running server."""
    with served_views(tmp_path_factory.mktemp("served")) as root:
        yield f"{root}data/practices.csv?{QUERY}"


def test_the_lines_of_python_run(address: str, tmp_path: Path):
    script = view_snippets(address.replace("&q=%22it%27s%22+caf%C3%A9", ""))["Python"].code
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "drums-on-the-square" in done.stdout


def test_the_lines_of_curl_run_and_the_second_time_nothing_travels(address: str, tmp_path: Path):
    script = view_snippets(address)["curl"].code
    done = subprocess.run(["bash", "-ec", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "atlas-version: " in done.stdout
    assert (tmp_path / "atlas.csv").read_text(encoding="utf-8-sig").startswith("practice_id,title,")


@pytest.mark.parametrize("tool", ["R", "Stata"])
def test_the_address_in_the_lines_of_other_tools_gives_the_table(address: str, tool: str):
    (asked,) = re.findall(r'"(http[^"]+)"', view_snippets(address)[tool].code)
    with urllib.request.urlopen(asked) as answer:
        assert answer.read().decode("utf-8-sig").startswith("practice_id,title,")
