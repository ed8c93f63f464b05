"""Fields that take a text of any length, and say how much of it is used."""

from __future__ import annotations

from icc_data.paths import ROOT


def test_no_field_has_a_greatest_length_as_it_would_take_nothing_of_a_longer_text_in_silence():
    places = [file.name for file in sorted((ROOT / "pages").rglob("*.py")) if "max_chars=" in file.read_text("utf-8")]
    assert places == []
