"""The table of all that is measured beside its goals, in its smallest form, so that it cannot rot."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.bench import PARTS, main
from benchmarks.measured import Row, table
from tests.helpers.documents import ROOT


def test_every_part_is_measured_and_stands_in_one_table(tmp_path: Path):
    file = tmp_path / "bench.md"
    command = [sys.executable, "-m", "benchmarks.bench", "--smallest", "--out", str(file)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert file.read_text(encoding="utf-8") == answer.stdout
    about, _, header, _, *rows = answer.stdout.splitlines()
    assert "cores" in about
    assert header == "| part | what | measured | goal | ÷ goal |  |"
    cells = [row.split(" | ") for row in rows if row.startswith("| ")]
    assert {first.removeprefix("| ") for first, *_ in cells} == PARTS.keys()
    assert {len(row) for row in cells} == {6}


def test_a_part_that_breaks_is_named_and_leaves_the_others_as_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def broken(_stage: object) -> list[Row]:
        raise RuntimeError("no browser")

    monkeypatch.setitem(PARTS, "click", broken)
    monkeypatch.setitem(PARTS, "start", lambda _stage: [Row("until the first chart", 2.5, "s", 5.0)])
    assert main(["--smallest", "--only", "click", "start"]) == 1
    told = capsys.readouterr().out
    assert "| start | until the first chart | 2.50 s | ≤ 5 | 0.50 | met |" in told
    assert "click could not be measured: RuntimeError: no browser." in told


@pytest.mark.parametrize(
    ("row", "ratio", "is_met"),
    [
        (Row("", 3, "s", 2), 1.5, False),
        (Row("", 2, "s", 2), 1.0, True),
        (Row("", 25, "×", 50, at_least=True), 2.0, False),
        (Row("", 100, "×", 50, at_least=True), 0.5, True),
        (Row("", 0, "", 0), 0.0, True),
        (Row("", 1, "", 0), math.inf, False),
        (Row("", 0, "×", 2, at_least=True), math.inf, False),
        (Row("", 1, "s"), None, None),
    ],
)
def test_a_ratio_of_one_and_less_meets_the_goal_whichever_way_it_is_meant(
    row: Row, ratio: float | None, is_met: bool | None
):
    assert (row.ratio, row.met) == (ratio, is_met)


def test_figures_are_as_exact_as_they_are_large():
    lines = table([("part", Row("a", value, "ms")) for value in (0.126, 12.34, 1234.5, 3, math.inf)]).splitlines()
    assert [line.split(" | ")[2] for line in lines[2:]] == ["0.13 ms", "12.3 ms", "1,234 ms", "3 ms", "∞ ms"]
