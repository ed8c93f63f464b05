"""The letters of headings: enough of them for every heading, of the weight that headings have."""

from __future__ import annotations

import csv
import io
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from fontTools import ttLib

from icc_data.paths import DATA_DIRECTORY
from tools import heading_font

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "static" / heading_font.FILE
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]


@pytest.fixture(scope="module")
def font() -> Any:
    return ttLib.TTFont(FILE)


def test_it_is_what_the_tool_makes_of_the_serif_that_streamlit_has():
    made = io.BytesIO()
    heading_font.heading_font(heading_font.original()).save(made)
    assert made.getvalue() == FILE.read_bytes()


def test_pages_take_it_for_headings_of_its_weight_and_the_whole_serif_for_other_letters():
    assert THEME["headingFont"].split(", ") == [heading_font.FAMILY, "Source Serif", "serif"]
    assert set(THEME["headingFontWeights"]) == {heading_font.WEIGHT}
    assert THEME["fontFaces"] == [
        {
            "family": heading_font.FAMILY,
            "url": f"app/static/{heading_font.FILE}",
            "weight": f"{heading_font.WEIGHT:.0f}",
            "style": "normal",
            "unicodeRange": heading_font.unicode_range(),
        }
    ]


def test_it_has_every_letter_of_the_titles_the_cities_and_both_languages(font: Any):
    with (DATA_DIRECTORY / "practices.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["title"] for row in csv.DictReader(file)]
    with (DATA_DIRECTORY / "cities.csv").open(encoding="utf-8", newline="") as file:
        texts += [row["name"] for row in csv.DictReader(file)]
    with (ROOT / "icc_data" / "locale" / "fr.po").open("rb") as file:
        texts += [
            str(text) for message in read_po(file) for text in (message.id, message.string) if "{" not in str(text)
        ]
    letters = {letter for text in texts for letter in text if unicodedata.category(letter).startswith("L")}
    assert letters - {chr(code) for code in font.getBestCmap()} - GREEK == set()


# They stand for measures in the method's formulas, never in a heading.
GREEK = {letter for letter in map(chr, range(0x370, 0x400)) if unicodedata.category(letter).startswith("L")}


def test_it_has_its_own_name_and_the_licence_of_the_original(font: Any):
    names = {name.nameID: str(name) for name in font["name"].names}
    assert "Source" not in names[1] + names[4] + names[6]
    assert "SIL Open Font License, Version 1.1" in names[13]
