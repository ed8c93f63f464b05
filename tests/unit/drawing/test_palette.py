"""Colours can be told apart, texts read, and Streamlit's theme is the same as ours."""

from __future__ import annotations

import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.drawing.palette import DARK, LIGHT, Look, look, mix, ramp_colour, rgb
from icc_data.incoming.check import Data

ROOT = Path(__file__).parents[3]
LOOKS = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
shares = st.floats(0, 1)
Matrix = tuple[tuple[float, float, float], ...]

# Dichromat simulation in linear sRGB: Viénot, Brettel and Mollon (1999), "Digital video colourmaps for checking
# the legibility of displays by dichromats", Color Research and Application 24. Rows give red, green and blue.
VISION: dict[str, Matrix] = {
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    "all colours": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}
# A difference of 2.3 in CIELAB is just noticeable side by side (Mahy et al. 1994); areas apart from each other and
# of a few pixels, as on a map, need several times as much: 12 is five just noticeable differences.
APART = 12.0


def linear(colour: str) -> list[float]:
    channels = [channel / 255 for channel in rgb(colour)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, matrix: Matrix) -> tuple[float, float, float]:
    channels = linear(colour)
    red, green, blue = (sum(m * c for m, c in zip(row, channels, strict=True)) for row in matrix)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (max(v, 0.0) ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, matrix: Matrix) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one, matrix), lab(other, matrix), strict=True)) ** 0.5


@LOOKS
def test_every_policy_area_has_a_colour_of_its_own(palette: Look, real_data: Data):
    group_of = {term.code: term.group or "" for term in real_data.terms if term.vocabulary == "policy_area"}
    colours = palette.areas(group_of)
    assert set(colours) == set(group_of)
    assert len(set(colours.values())) == len(group_of)


@LOOKS
def test_every_commitment_has_a_hue(palette: Look, real_data: Data):
    assert set(palette.commitments) == set(real_data.vocabulary.codes("commitment"))


@LOOKS
@pytest.mark.parametrize("vision", VISION)
def test_the_hues_of_the_commitments_stay_apart(palette: Look, vision: str):
    for one, other in combinations(palette.commitments.values(), 2):
        assert difference(one, other, VISION[vision]) >= APART, (one, other)


@LOOKS
@pytest.mark.parametrize("vision", VISION)
def test_more_and_less_than_usual_stay_apart(palette: Look, vision: str):
    assert difference(palette.less, palette.amount, VISION[vision]) >= APART


@LOOKS
def test_amounts_have_a_hue_that_no_commitment_has(palette: Look):
    for hue in palette.commitments.values():
        assert difference(palette.amount, hue, VISION["all colours"]) >= APART, hue


@LOOKS
@pytest.mark.parametrize("words", ["text", "muted"])
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_words_are_readable_on_their_ground(palette: Look, words: str, ground: str):
    assert contrast(getattr(palette, words), getattr(palette, ground)) >= 4.5


@LOOKS
@pytest.mark.parametrize("vision", VISION)
def test_the_ramp_goes_steadily_away_from_the_background(palette: Look, vision: str):
    lightness = [lab(colour, VISION[vision])[0] for colour in palette.ramp]
    ground = lab(palette.background, VISION[vision])[0]
    away = [abs(value - ground) for value in lightness]
    assert away == sorted(away)
    assert min(b - a for a, b in pairwise(away)) > 2.3


@LOOKS
def test_marks_are_seen_on_the_background(palette: Look):
    # WCAG 2.2, 1.4.11: graphical objects need a contrast of 3 with what lies beside them.
    assert contrast(palette.amount, palette.background) >= 3


@LOOKS
def test_the_theme_of_the_app_has_the_same_colours(palette: Look):
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][palette.name]
    assert theme["primaryColor"] == palette.amount
    assert theme["backgroundColor"] == palette.background
    assert theme["secondaryBackgroundColor"] == palette.surface
    assert theme["textColor"] == palette.text
    assert theme["borderColor"] == palette.grid


@LOOKS
def test_links_and_the_sidebar_are_readable_too(palette: Look):
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][palette.name]
    assert contrast(theme["linkColor"], theme["backgroundColor"]) >= 4.5
    assert contrast(theme["textColor"], theme["sidebar"]["backgroundColor"]) >= 4.5


@pytest.mark.parametrize(("name", "found"), [("dark", DARK), ("light", LIGHT), (None, LIGHT), ("sepia", LIGHT)])
def test_a_look_is_found_by_name_and_light_where_unknown(name: str | None, found: Look):
    assert look(name) is found


def test_a_colour_is_three_channels():
    assert rgb("#0f80ff") == (15, 128, 255)


@given(shares)
def test_mixing_lies_between_the_two_colours(share: float):
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
    assert rgb(mix("#000000", "#c86432", share)) == tuple(round(channel * share) for channel in (200, 100, 50))


@LOOKS
@given(share=st.floats(-1, 2))
def test_the_ramp_begins_and_ends_at_its_ends(palette: Look, share: float):
    assert ramp_colour(palette, 0) == rgb(palette.ramp[0])
    assert ramp_colour(palette, 1) == rgb(palette.ramp[-1])
    colour = ramp_colour(palette, share)
    assert colour == ramp_colour(palette, min(max(share, 0), 1))
    assert all(0 <= channel <= 255 for channel in colour)
