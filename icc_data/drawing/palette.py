"""The one palette: what every colour of a chart or map means, in light and in dark.

The four commitments carry the hue; a policy area has that of its commitment, as no seventeen colours can be told
apart; amounts are shades of one hue, indigo, that no commitment has. The colours of one chart differ by at least 10 in
CIEDE2000, to people who see no red, no green or no blue too (Viénot, Brettel and Mollon 1999; Brettel, Viénot and
Mollon 1997), and stand out from the page by a contrast of 3. The commitments differ in lightness as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RGB = tuple[int, int, int]

# How much of its colour the less sure part of an amount keeps.
PALE = 0.42


@dataclass(frozen=True)
class Look:
    """The colours of one theme; the same names in ``.streamlit/config.toml``.

    Attributes:
        name: ``light`` or ``dark``.
        background, surface: of the page, and of cards on it.
        text, muted, grid: of words, of secondary words, of lines behind marks.
        amount: the one colour of a plain amount.
        on_tint: of words on a thin tint of that colour.
        ramp: little to much of an amount.
        less: less than usual, where ``amount`` is more than usual.
        unknown: what is not known or not chosen.
        sea: of the base map, as in ``static/map-light.json`` and ``static/map-dark.json``.
        others: everything else together, where some things have colours of their own.
        commitments: the hue of each commitment.
        categories: hues for things that have none of their own, such as countries; one and the next differ most in
            lightness, so that a print in grey tells them apart.
    """

    name: str
    background: str
    surface: str
    text: str
    muted: str
    grid: str
    amount: str
    on_tint: str
    ramp: tuple[str, ...]
    less: str
    unknown: str
    others: str
    sea: str
    commitments: Mapping[str, str]
    categories: tuple[str, ...]

    def areas(self, group_of: Mapping[str, str]) -> dict[str, str]:
        """The colour of each policy area: that of its commitment.

        Args:
            group_of: the commitment of each policy area, in the order of the list.
        """
        return {area: self.commitments[group] for area, group in group_of.items()}

    def pale(self, colour: str) -> str:
        """A colour as it looks on the page for the less sure part of an amount."""
        return mix(colour, self.background, 1 - PALE)


LIGHT = Look(
    name="light",
    background="#ffffff",
    surface="#f5f6f8",
    text="#1c2333",
    muted="#5b6478",
    grid="#e3e6ec",
    amount="#4c43b0",
    on_tint="#4c43b0",
    ramp=("#eeedf8", "#cfccec", "#a8a2dc", "#7c74c8", "#564cb3", "#3a3190", "#251d66"),
    less="#ad5a0d",
    unknown="#858d9d",
    others="#404550",
    sea="#e3eaf0",
    commitments={
        "pluralistic_identity": "#a12f6f",
        "open_institutions": "#45905f",
        "trust": "#cc7a00",
        "equal_access": "#166ceb",
    },
    categories=("#4c43b0", "#cc7a00", "#a12f6f", "#45905f", "#6e5225", "#166ceb"),
)

DARK = Look(
    name="dark",
    background="#10151f",
    surface="#1a2130",
    text="#e8ebf2",
    muted="#a3adc0",
    grid="#2a3346",
    amount="#9d96f0",
    on_tint="#b3aef5",
    ramp=("#1f2138", "#322f66", "#4a4495", "#6a62c4", "#8d86e3", "#b3aef5", "#dcdafc"),
    less="#e08a3c",
    unknown="#646d84",
    others="#d5dae6",
    sea="#0d131e",
    commitments={
        "pluralistic_identity": "#d479a4",
        "open_institutions": "#37bd92",
        "trust": "#e9b54d",
        "equal_access": "#417dc6",
    },
    categories=("#9d96f0", "#e9b54d", "#d479a4", "#37bd92", "#a38d5d", "#417dc6"),
)


def look(name: str | None) -> Look:
    """The look of a theme by its name; light where the name is unknown."""
    return DARK if name == "dark" else LIGHT


def rgb(colour: str) -> RGB:
    """The three channels, 0-255, of a colour written as ``#rrggbb``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """A colour moved towards another by a share between 0 and 1."""
    share = min(max(share, 0.0), 1.0)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(rgb(colour), rgb(other), strict=True))


def ramp_colour(palette: Look, share: float) -> RGB:
    """The colour of an amount, ``share`` being its place between the least (0) and the most (1)."""
    position = min(max(share, 0.0), 1.0) * (len(palette.ramp) - 1)
    low = min(int(position), len(palette.ramp) - 2)
    return rgb(mix(palette.ramp[low], palette.ramp[low + 1], position - low))
