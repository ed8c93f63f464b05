"""Words with letters that the fonts of pictures lack, in a title and a caption of one's own: none leaves the sheet."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from icc_data.drawing import charts
from icc_data.drawing.palette import LIGHT
from icc_data.files.pictures import chart_picture
from icc_data.files.pictures.canvas import CANVASES
from icc_data.files.pictures.letters import FOLDER, OTHER, OTHER_LETTERS, boxed, lacking, with_letters
from icc_data.files.pictures.sheet import Line, wrapped, written
from tests.packs.test_pictures import BY_YEAR, FACTS, SVG

WORDS = {
    "emoji": "A school of many languages 😀 opens its doors to the neighbours, ",
    "arabic": "A school of many languages مرحبا opens its doors to the neighbours, ",
    "chinese": "多文化共生の学校は近所の人々に扉を開く多文化共生の学校は近所の人々に扉を開く ",
}


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("canvas", ["screen", "column"])
def test_no_line_reaches_the_edge_of_the_sheet(words: str, canvas: str):
    facts = replace(FACTS, title=(WORDS[words] * 3)[:200], notes=[(WORDS[words] * 3)[:200]])
    spec = charts.year_bars(BY_YEAR, LIGHT).to_dict()
    png = np.asarray(Image.open(io.BytesIO(chart_picture(spec, "png", LIGHT, facts, CANVASES[canvas]))).convert("L"))
    inked = np.flatnonzero((png < 200).any(axis=0))
    assert inked.max() < png.shape[1] - inked.min() / 2


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_every_letter_that_asks_for_the_font_of_other_letters_is_in_it(style: str):
    font = TTFont(FOLDER / f"Other-{style}.ttf")
    assert font["name"].getDebugName(1) == OTHER
    asking = {code for code in range(sys.maxunicode + 1) if code != 0x20 and OTHER_LETTERS.fullmatch(chr(code))}
    assert len(asking) > 1000
    # Of Hebrew some are in the font of a PNG too: a word is in one font.
    assert asking - font.getBestCmap().keys() == set()


@pytest.mark.parametrize("words", ["مرحبا بالعالم", "שלום", "😀", "ქართული", "Հայերեն", "✓"])
def test_words_of_other_letters_ask_for_their_font_as_one(words: str):
    run = f'<tspan font-family="{OTHER}">{words}</tspan>'
    assert with_letters(f"<svg><text>A school {words} in Łódź</text></svg>") == (
        f"<svg><text>A school {run} in Łódź</text></svg>"
    )


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("School ไทย", "School □"),
        ("हिन्दी here", "□ here"),
        ("👩\u200d👩\u200d👧 🇫🇷", "□ □"),
        ("½ → ≤ €", "½ → ≤ €"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_what_no_font_has_is_a_box(words: str, drawn: str):
    assert boxed(words) == drawn


def test_letters_that_no_font_has_are_told_once_each():
    assert lacking("ไทย and ไทย, 😀 and مرحبا") == ["ไ", "ท", "ย"]


@pytest.mark.parametrize("words", ["new line 👩\u200d👩\u200d👧 🇫🇷 ₿ ฿ ไทย", "School 😀 مرحبا שלום Łódź"])
def test_a_line_with_such_letters_is_drawn_as_far_as_its_end(words: str):
    line = Line(f"{words} END", 20, "#000000").svg(4, 30)
    ground = '<rect width="900" height="40" fill="#ffffff"/>'
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="40" font-family="Liberation Sans, sans-serif">'
    png = Image.open(io.BytesIO(written(f"{head}{ground}{line}</svg>", "png")))
    inked = np.flatnonzero((np.asarray(png.convert("L")) < 200).any(axis=0))
    # Each letter has at least a quarter of its size.
    assert inked.max() > 2 * 5 * len(boxed(words))


def test_a_title_that_is_cut_keeps_as_many_words_as_there_is_room_for():
    title = "A very long title of one's own " * 20
    spec = charts.year_bars(BY_YEAR, LIGHT).to_dict()
    svg = chart_picture(spec, "svg", LIGHT, replace(FACTS, title=title), CANVASES["column"]).decode()
    lines = [text for text in ElementTree.fromstring(svg).iter(f"{SVG}text") if text.get("font-size") == "20"]
    room = CANVASES["column"].room
    assert str(lines[-1].text).endswith("…")
    assert all(Line(f"{line.text} title of", 20, "", bold=True).width > room for line in lines[:-1])


def test_no_line_breaks_at_a_space_that_forbids_it():
    lines = wrapped(Line("la figure\u00a0: plus", 10, ""), Line("la figure", 10, "").width + 1)
    assert [line.text for line in lines] == ["la", "figure\u00a0:", "plus"]
