"""Commands as a shell runs them: each a process of its own, with the streams and the language of its terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.commands import SOME_REFUSED, UNUSABLE, lines_of, process
from tests.helpers.documents import ROOT


def said(*arguments: str, **environment: str) -> str:
    command = [sys.executable, "-m", "icc_data", *arguments]
    variables = {**os.environ, "LANGUAGE": "", "LC_ALL": "", **environment}
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, encoding="utf-8", check=True).stdout


def test_help_is_in_the_language_of_the_terminal():
    assert "Rechercher des pratiques" in said("--help", LANG="fr_FR.UTF-8")
    assert "Search the practices" in said("--help", LANG="en_GB.UTF-8")


def test_a_real_process_ends_with_the_code_of_refusals_and_keeps_the_streams_apart(tmp_path: Path):
    file = tmp_path / "half.csv"
    file.write_text("title,city_ids,countries\nA garden,Lisboa,Portugal\n,Lisboa,Portugal\n", encoding="utf-8")
    done = process("read", file)
    assert done.returncode == SOME_REFUSED
    assert [item["title"] for item in lines_of(done.stdout)] == ["A garden"]
    assert "half.csv:3 title" in done.stderr


def test_a_real_process_tells_an_error_without_a_traceback(tmp_path: Path):
    done = process("check", "--data", tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (UNUSABLE, "")
    assert "Traceback" not in done.stderr
