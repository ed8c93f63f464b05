"""What the columns of the tables at addresses are called: a script asks for them by name, in whatever language."""

from __future__ import annotations

import re

import pytest

from icc_data.files.views import VIEWS
from tests.unit.serving.test_open_data import Ask, ask, needed, small

__all__ = ["ask", "small"]


@pytest.mark.parametrize("name", [name for name in VIEWS if name != "review_changes"])
def test_columns_have_the_same_names_in_every_language_and_need_no_quotes(ask: Ask, name: str):
    about = f"{needed(name)}&my_city=cork&having=any" if "my_city" in VIEWS[name].reads else needed(name)
    heads = [ask(f"{name}.csv?{about}&lang={code}")[2].decode("utf-8-sig").splitlines()[0] for code in ("en", "fr")]
    assert heads[0] == heads[1]
    assert re.fullmatch(r"[a-z_][a-z0-9_]*(,[a-z_][a-z0-9_]*)*", heads[0])
