"""What ``benchmarks.choices`` chooses on pages is known there: what a page passes over would measure something else."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from benchmarks.choices import CHOICES, address
from tests.pages.conftest import OpenPage, words

SELECTION = {"from": ["1990"], "to": ["2024"]}


@pytest.mark.parametrize(("page", "chosen"), CHOICES, ids=[address(*choice) for choice in CHOICES])
def test_a_page_knows_every_choice_that_is_measured_of_it(page: str, chosen: str, open_page: OpenPage):
    app = open_page(page, **SELECTION, **parse_qs(chosen))
    assert not app.exception
    assert "does not count" not in words(app)
