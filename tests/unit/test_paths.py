"""The SQL beside a module is read as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from icc_data.paths import sql_beside


def test_the_sql_beside_a_module_is_read_as_it_stands(tmp_path: Path):
    (tmp_path / "sql" / "examples").mkdir(parents=True)
    (tmp_path / "sql" / "examples" / "one.sql").write_text("SELECT 'é'\n", encoding="utf-8")
    assert sql_beside(str(tmp_path / "module.py"), "examples/one") == "SELECT 'é'\n"


def test_sql_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(OSError, match="two"):
        sql_beside(str(tmp_path / "module.py"), "two")
