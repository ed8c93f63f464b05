"""A server notices that its code was replaced, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from icc_data.serving import code_state
from icc_data.serving.code_state import RunningCode


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(code_state, "HOLDS", 0.0)
    for name in ("dashboard.py", "icc_data/text.py", "icc_data/sql/one.sql", "pages/map.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["dashboard.py", "icc_data/text.py", "icc_data/sql/one.sql", "pages/map.py"])
def test_an_edit_is_noticed(project: Path, name: str):
    code = RunningCode(project)
    assert not code.changed()
    (project / name).write_text("2\n", encoding="utf-8")
    assert code.changed()


def test_a_new_file_and_a_missing_one_are_noticed(project: Path):
    code = RunningCode(project)
    (project / "pages" / "new.py").write_text("", encoding="utf-8")
    assert code.changed()
    (project / "pages" / "new.py").unlink()
    assert not code.changed()
    (project / "pages" / "map.py").unlink()
    assert code.changed()


def test_the_same_code_written_again_is_the_same(project: Path):
    code = RunningCode(project)
    (project / "pages" / "map.py").write_text("1\n", encoding="utf-8")
    os.utime(project / "pages" / "map.py", (1, 1))
    assert not code.changed()


def test_data_and_what_python_keeps_are_no_code(project: Path):
    code = RunningCode(project)
    for name in ("data/cities.csv", "pages/__pycache__/map.pyc"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text("2", encoding="utf-8")
    assert not code.changed()
