"""A figure as a slide holds whatever its title and its selection say, in any script, and keeps it in its box."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation

from icc_data.drawing.palette import LIGHT
from icc_data.files.pack import measure
from icc_data.files.pictures.slide import slide
from tests.helpers.exported import FACTS

TITLES = [
    "Київ і Харків",
    "ممارسات المدن بين الثقافات",
    "עיר בין-תרבותית",
    "浜松市の取り組み 구로구",
    "👩‍👩‍👧 and 🏳️‍🌈",
    "Practices that started " * 13,
    "漢" * 300,
    "W" * 300,
    "word " * 400,
]


def opened(title: str, *selection: str) -> Any:
    picture = io.BytesIO()
    Image.new("RGB", (640, 300)).save(picture, "PNG")
    facts = replace(FACTS, title=title, selection=selection)
    return Presentation(io.BytesIO(slide(picture.getvalue(), (640, 300), LIGHT, facts, ["A note."])))


def heading(deck: Any) -> Any:
    return deck.slides[0].shapes.title


@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_any_script_and_length_keeps_to_its_box(title: str):
    box = heading(opened(title))
    (run,) = box.text_frame.paragraphs[0].runs
    size = box.text_frame.paragraphs[0].font.size.pt
    assert size >= 12
    assert measure.height(run.text, box.width.pt - 14.4, size, bold=True) <= box.height.pt - 7.2


@pytest.mark.parametrize("title", TITLES)
def test_what_of_a_title_has_no_room_stands_in_the_notes(title: str):
    deck = opened(title)
    whole = " ".join(title.split())
    assert whole in (heading(deck).text_frame.text, deck.slides[0].notes_slide.notes_text_frame.text.split("\n")[0])


def test_a_short_title_has_the_largest_letters_and_is_not_repeated():
    deck = opened("Practices")
    assert heading(deck).text_frame.paragraphs[0].font.size.pt == 24
    assert deck.slides[0].notes_slide.notes_text_frame.text.startswith("A note.")


def test_a_title_of_two_hundred_letters_is_whole():
    title = "Practices that started in each year " * 5 + "and where they were."
    assert heading(opened(title)).text_frame.text == title


def test_signs_that_xml_cannot_hold_are_shown_as_what_they_are_not():
    deck = opened("a\x01b", "“rumours\x0b”\ufffe")
    described = [shape._element.nvPicPr.cNvPr.get("descr") for shape in deck.slides[0].shapes if shape.shape_type == 13]
    assert heading(deck).text_frame.text == "a\ufffdb"
    assert described == ["a\ufffdb “rumours\ufffd”\ufffd"]
