"""The letters that pictures lack: made of Streamlit's sans serif, all there, under a name and licence of their own."""

from __future__ import annotations

import io
import unicodedata

import pytest
from fontTools import ttLib

from icc_data.files.pictures.letters import FAMILY, FOLDER
from tools import picture_font

STYLES = pytest.mark.parametrize("style", picture_font.WEIGHTS)


@STYLES
def test_it_is_what_the_tool_makes_of_the_sans_serif_that_streamlit_has(style: str) -> None:
    made = io.BytesIO()
    picture_font.picture_font(picture_font.original(), style).save(made)
    assert made.getvalue() == (FOLDER / f"{style}.ttf").read_bytes()


@STYLES
def test_it_has_the_letters_of_vietnamese_greek_and_ukrainian(style: str) -> None:
    letters = {chr(code) for code in ttLib.TTFont(FOLDER / f"{style}.ttf").getBestCmap()}
    vietnamese = {
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in "aăâeêioôơuưy"
        for tone in "\u0300\u0301\u0303\u0309\u0323"
    }
    assert vietnamese | set("đĐơƯ") | set("αβγδώΘΨ") | set("ґєіїЖщ") <= letters


@STYLES
def test_it_has_its_own_name_and_the_licence_of_the_original(style: str) -> None:
    names = {name.nameID: str(name) for name in ttLib.TTFont(FOLDER / f"{style}.ttf")["name"].names}
    assert (names[1], names[2]) == (FAMILY, style)
    assert "SIL Open Font License, Version 1.1" in names[13]
