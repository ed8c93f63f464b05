"""Chinese characters, Kana and Hangul in a PNG, whatever fonts the machine has."""

from __future__ import annotations

import re

from fontTools.ttLib import TTFont

from icc_data.files.pictures.letters import EASTERN, EASTERN_FOLDER, with_letters
from icc_data.paths import DATA_DIRECTORY


def test_eastern_letters_within_a_line_ask_for_the_font_that_has_them() -> None:
    svg = '<svg><text x="1">2024年4月1日 Hamamatsu 浜松市</text><text>서울</text><text>Łódź</text></svg>'
    asking = '<tspan font-family="Noto Sans CJK JP">{}</tspan>'.format
    line = f"2024{asking('年')}4{asking('月')}1{asking('日')} Hamamatsu {asking('浜松市')}"
    assert with_letters(svg) == f'<svg><text x="1">{line}</text><text>{asking("서울")}</text><text>Łódź</text></svg>'


def test_every_eastern_letter_of_the_data_is_in_the_font_that_goes_along() -> None:
    (file,) = EASTERN_FOLDER.glob("*.otf")
    known = TTFont(file)
    assert known["name"].getDebugName(1) == EASTERN
    texts = "".join(path.read_text(encoding="utf-8") for path in DATA_DIRECTORY.glob("*.csv"))
    eastern = set(re.findall("[\u2e80-\u9fff\uac00-\ud7a3\uff01-\uffef]", texts))
    assert eastern
    assert {letter for letter in eastern if ord(letter) not in known.getBestCmap()} == set()
