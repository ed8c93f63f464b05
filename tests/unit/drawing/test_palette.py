"""Colours can be told apart, texts read, and Streamlit's theme is the same as ours."""

from __future__ import annotations

import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from icc_data.drawing.index_charts import edition_colours
from icc_data.drawing.palette import DARK, LIGHT, Look, look, mix, ramp_colour, rgb
from icc_data.incoming.check import Data

ROOT = Path(__file__).parents[3]
LOOKS = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
shares = st.floats(0, 1)
# Who sees all colours, and who sees no red, no green or no blue at all. coloraide takes Viénot, Brettel and Mollon
# (1999), "Digital video colourmaps for checking the legibility of displays by dichromats", for the first two, and
# Brettel, Viénot and Mollon (1997), "Computerized simulation of color appearance for dichromats", for the third.
VISIONS = ("", "protan", "deutan", "tritan")
# CIEDE2000: about ten just noticeable differences, as marks of a few pixels lie apart from each other and their legend.
APART = 10.0


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


def seen(colour: str, vision: str) -> Color:
    return Color(colour).filter(vision) if vision else Color(colour)


def difference(one: str, other: str, vision: str) -> float:
    return seen(one, vision).delta_e(seen(other, vision), method="2000")


def charts_of(palette: Look) -> dict[str, list[str]]:
    """The colours that stand in one chart, by what it shows."""
    return {
        "commitments, none stated": [*palette.commitments.values(), palette.unknown],
        "countries, all others, none stated": [*palette.categories, palette.others, palette.unknown],
        "more and less than usual, or chance": [palette.amount, palette.less, palette.unknown],
        "cities compared, reported, scored": [palette.unknown, palette.less, palette.amount],
        "chosen and not": [palette.amount, palette.ramp[3]],
        "arcs on circles": [palette.commitments["trust"], palette.amount],
        "rated, scored": [palette.amount, palette.categories[1]],
        "bars beside a line": [palette.amount, palette.text],
        **{f"{count} editions": edition_colours(palette, count) for count in (2, 3)},
    }


@LOOKS
def test_a_policy_area_has_the_colour_of_its_commitment(palette: Look, real_data: Data):
    group_of = {term.code: term.group or "" for term in real_data.terms if term.vocabulary == "policy_area"}
    assert palette.areas(group_of) == {area: palette.commitments[group] for area, group in group_of.items()}


@LOOKS
def test_every_commitment_has_a_hue(palette: Look, real_data: Data):
    assert set(palette.commitments) == set(real_data.vocabulary.codes("commitment"))


@LOOKS
@pytest.mark.parametrize("vision", VISIONS)
def test_the_colours_of_a_chart_are_told_apart_by_everybody(palette: Look, vision: str):
    near = {
        (chart, one, other): distance
        for chart, colours in charts_of(palette).items()
        for one, other in combinations(colours, 2)
        if (distance := difference(one, other, vision)) < APART
    }
    assert near == {}


@LOOKS
def test_the_commitments_differ_in_lightness(palette: Look):
    lightness = sorted(Color(colour).convert("lab-d65")["l"] for colour in palette.commitments.values())
    assert min(after - before for before, after in pairwise(lightness)) >= 4.5


@LOOKS
def test_the_colours_of_marks_stand_out_from_the_page_and_from_cards(palette: Look):
    # WCAG 2.2, 1.4.11: graphical objects need a contrast of 3 with what lies beside them.
    for colours in charts_of(palette).values():
        for colour in colours:
            assert contrast(colour, palette.background) >= 3
            assert contrast(colour, palette.surface) >= 3


@LOOKS
def test_what_is_less_than_usual_is_written_in_a_readable_colour(palette: Look):
    assert contrast(palette.less, palette.background) >= 4.5
    assert contrast(palette.less, palette.surface) >= 4.5


def test_headings_and_the_heads_of_tables_of_a_pack_are_readable_in_every_hue():
    for hue in (*LIGHT.commitments.values(), LIGHT.amount):
        assert contrast(mix(hue, "#000000", 0.3), "#ffffff") >= 4.5


@LOOKS
@pytest.mark.parametrize("words", ["text", "muted"])
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_words_are_readable_on_their_ground(palette: Look, words: str, ground: str):
    assert contrast(getattr(palette, words), getattr(palette, ground)) >= 4.5


@LOOKS
@pytest.mark.parametrize("vision", VISIONS)
def test_the_ramp_goes_steadily_away_from_the_background(palette: Look, vision: str):
    lightness = [seen(colour, vision).convert("lab-d65")["l"] for colour in palette.ramp]
    ground = seen(palette.background, vision).convert("lab-d65")["l"]
    away = [abs(value - ground) for value in lightness]
    assert away == sorted(away)
    assert min(b - a for a, b in pairwise(away)) > 2.3


@LOOKS
def test_equal_steps_of_an_amount_are_about_equal_steps_of_grey(palette: Look):
    """A shade in grey is found again on the legend: CIE L* of the ramp lies within 7 of a straight line."""
    lightness = [Color(colour).convert("lab-d65")["l"] for colour in palette.ramp]
    step = (lightness[-1] - lightness[0]) / (len(lightness) - 1)
    straight = [lightness[0] + step * place for place in range(len(lightness))]
    assert max(abs(value - line) for value, line in zip(lightness, straight, strict=True)) < 7
    # Two neighbours differ clearly: by 4.5 the commitments do.
    assert min(abs(after - before) for before, after in pairwise(lightness)) > 8


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
