"""The one palette: what every colour of a chart or map means, in light and in dark.

The four commitments carry the hue, after Okabe and Ito's colour-blind safe set ("Color Universal Design", 2008); a
policy area is a shade of its commitment; amounts are shades of one hue, indigo, that no commitment has.
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
        commitments: the hue of each commitment.
        categories: hues for things that have none of their own, such as countries.
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
    commitments: Mapping[str, str]
    categories: tuple[str, ...]

    def areas(self, group_of: Mapping[str, str]) -> dict[str, str]:
        """The colour of each policy area: from dark to light within its commitment's hue.

        Args:
            group_of: the commitment of each policy area, in the order of the list.
        """
        colours: dict[str, str] = {}
        for commitment, hue in self.commitments.items():
            members = [area for area, group in group_of.items() if group == commitment]
            for place, area in enumerate(members):
                step = place / max(len(members) - 1, 1)
                dark, light = 0.25 - 0.5 * step, step - 0.45
                colours[area] = mix(hue, self._dark_end, dark) if dark > 0 else mix(hue, "#ffffff", light)
        return colours

    def pale(self, colour: str) -> str:
        """A colour as it looks on the page for the less sure part of an amount."""
        return mix(colour, self.background, 1 - PALE)

    @property
    def _dark_end(self) -> str:
        return "#000000" if self.name == "light" else "#10151f"


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
    less="#c46a1a",
    unknown="#b4bac6",
    commitments={
        "pluralistic_identity": "#b5568f",
        "open_institutions": "#008a67",
        "trust": "#d98a00",
        "equal_access": "#0068a8",
    },
    categories=("#4c43b0", "#d98a00", "#008a67", "#b5568f", "#0068a8", "#8a6d3b"),
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
    unknown="#566074",
    commitments={
        "pluralistic_identity": "#d987b6",
        "open_institutions": "#2fb892",
        "trust": "#eda62f",
        "equal_access": "#4aa3df",
    },
    categories=("#9d96f0", "#eda62f", "#2fb892", "#d987b6", "#4aa3df", "#b5986a"),
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
