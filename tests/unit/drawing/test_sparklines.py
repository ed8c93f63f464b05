"""Small pictures of how a number grew."""

import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import unquote

from icc_data.drawing import sparklines
from icc_data.drawing.palette import DARK, LIGHT

_SVG = "{http://www.w3.org/2000/svg}"


def _stroke(values: list[float]) -> list[tuple[float, float]]:
    """The places that the line of a picture joins, from left to right."""
    _shade, stroke = ElementTree.fromstring(sparklines.line(values, LIGHT)).iter(f"{_SVG}path")
    return [(float(across), float(down)) for across, down in re.findall(r"([\d.]+),([\d.]+)", stroke.attrib["d"])]


def _bars(values: list[float]) -> list[tuple[str, str]]:
    """Of each bar, where it begins below the top of the picture, and how high it is."""
    return [
        (bar.attrib["y"], bar.attrib["height"])
        for bar in ElementTree.fromstring(sparklines.bars(values, LIGHT)).iter(f"{_SVG}rect")
    ]


def test_a_line_goes_from_the_least_at_the_bottom_to_the_most_at_the_top():
    assert _stroke([10, 15, 20]) == [(0, 96), (1, 50), (2, 4)]


def test_a_line_of_values_that_are_all_the_same_is_level():
    assert len({down for _, down in _stroke([3, 3, 3])}) == 1


def test_bars_are_as_high_as_their_share_of_the_highest_and_stand_on_the_ground():
    assert _bars([1, 4]) == [("75", "25"), ("0", "100")]


def test_there_is_no_bar_for_nothing():
    assert _bars([0, 2]) == [("0", "100")]
    assert _bars([0, 0]) == []


def test_a_picture_has_the_colour_of_amounts_in_its_theme():
    for look in (LIGHT, DARK):
        for picture in (sparklines.line([1, 2], look), sparklines.bars([1, 2], look)):
            assert look.amount in picture


def test_the_address_of_a_picture_holds_the_picture_and_ends_no_text_of_a_style_sheet():
    picture = sparklines.line([1, 2], LIGHT)
    head, _, body = sparklines.as_address(picture).partition(",")
    assert (head, unquote(body)) == ("data:image/svg+xml", picture)
    assert not set(body) & set("\"'()#<>\\")
