"""The lines that fetch a view: those of Python, curl and R run, and those of Stata ask for what there is."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from icc_data.files.snippets import view_snippets
from icc_data.paths import ROOT
from tests.helpers.open_data import served_views
from tests.helpers.r import run_r

QUERY = "country=spain&q=%22it%27s%22+caf%C3%A9"


def read_texts(place: str | Path) -> pd.DataFrame:
    """The cells of a table as they are written."""
    return pd.read_csv(place, dtype=str, keep_default_na=False, encoding="utf-8-sig")


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


def test_the_lines_of_r_run_and_keep_every_row_and_letter(address: str, tmp_path: Path):
    lines = view_snippets(address.partition("?")[0])["R"].code
    done = run_r(f'{lines}\nwrite.csv(rows, "rows.csv", row.names = FALSE, na = "", fileEncoding = "UTF-8")', tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    taken, there = (read_texts(place) for place in (tmp_path / "rows.csv", address.partition("?")[0]))
    pd.testing.assert_frame_equal(taken, there)


def test_the_lines_of_r_stop_where_it_would_lose_letters(address: str, tmp_path: Path):
    done = run_r(view_snippets(address)["R"].code, tmp_path, locale="C")
    assert done.returncode != 0
    assert "UTF-8" in done.stderr


def test_the_lines_of_r_in_the_documents_run(address: str, tmp_path: Path):
    (lines,) = re.findall(r"```r\n(.+?)```", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    done = run_r(lines.replace("https://atlas.example.org/", address.partition("data/")[0]), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "share" in done.stdout


def test_the_address_in_the_lines_of_stata_gives_the_table(address: str):
    (asked,) = re.findall(r'"(http[^"]+)"', view_snippets(address)["Stata"].code)
    with urllib.request.urlopen(asked) as answer:
        assert answer.read().decode("utf-8-sig").startswith("practice_id,title,")


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("practices", ""),
        ("compared_years", "country=spain&compare=rest"),
        ("compared_terms", "country=spain&compare=rest"),
        ("compared_practices", "country=spain&compare=rest"),
        ("compared_cities", "country=spain&compare=rest"),
        ("benchmark", "my_city=lisbon"),
        ("benchmark_rows", "my_city=lisbon"),
        ("peers", "my_city=lisbon"),
        ("review_gaps", ""),
        ("review_coverage", ""),
    ],
)
@pytest.mark.parametrize("code", ["en", "fr"])
def test_stata_tells_the_columns_of_a_table_apart(address: str, table: str, query: str, code: str):
    # It makes variables of headings: letters, digits and _, the first 32 of them, in lower case.
    root = address.partition("data/")[0]
    head = read_texts(f"{root}data/{table}.csv?lang={code}&{query}".rstrip("&")).columns
    variables = [re.sub(r"\W", "", name)[:32].lower() for name in head]
    assert len(set(variables)) == len(variables)
    assert all(variables)


@pytest.mark.parametrize("table", ["compared_years", "compared_terms", "compared_practices", "compared_cities"])
def test_the_columns_of_a_comparison_are_variables_of_stata_as_they_stand(address: str, table: str):
    root = address.partition("data/")[0]
    head = read_texts(f"{root}data/{table}.csv?country=spain&compare=rest").columns
    assert [name for name in head if not re.fullmatch("[a-z_][a-z0-9_]{0,31}", name)] == []
