"""Make the letters of headings in ``static/`` from the serif that Streamlit brings along.

Usage: ``python tools/heading_font.py [static]``

Streamlit's serif has every weight and size of 919 letters: 430 kB, the second largest file of a first visit. Headings
need one weight of those that European languages are written in: 25 kB. What is written otherwise (Greek, Cyrillic)
still comes from the whole file, which browsers fetch only for such a heading.

The licence (SIL Open Font License 1.1) keeps the name "Source" for the original, so this has another.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import streamlit
from fontTools import subset, ttLib  # type: ignore[import-untyped]
from fontTools.varLib import instancer  # type: ignore[import-untyped]

FILE: Final = "heading.woff2"
FAMILY: Final = "Atlas Heading"

WEIGHT: Final = 600.0
"""``headingFontWeights`` of ``.streamlit/config.toml``."""

OPTICAL_SIZE: Final = 20.0
"""Points that the letters are drawn for: between the largest heading, of 26 pixels, and the smallest, of 16."""

LETTERS: Final = ((0x20, 0x7E), (0xA0, 0x24F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20AC, 0x20AC), (0x2212, 0x2212))
"""Latin with all its accents, the marks of punctuation, the euro and the minus; first and last of each."""

_FEATURES: Final = ("kern", "liga", "mark", "mkmk", "ccmp", "locl")
_FAMILY_NAMES: Final = {
    1: FAMILY,
    3: FAMILY,
    4: FAMILY,
    6: FAMILY.replace(" ", ""),
    16: FAMILY,
    25: FAMILY.replace(" ", ""),
}
_KEPT_NAMES: Final = (0, 2, 5, 13, 14)
"""Of the original: copyright, style, version, licence and where it stands."""


def streamlits(pattern: str) -> Path:
    """Where Streamlit has a font.

    Args:
        pattern: of the file's name, with stars.

    Raises:
        FileNotFoundError: it has none such any more, or more than one.
    """
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    files = sorted(folder.glob(pattern))
    if len(files) != 1:
        raise FileNotFoundError(f"{folder}: expected one {pattern}, and there are {len(files)}.")
    return files[0]


def original() -> Path:
    """Where Streamlit has its serif; errors as those of ``streamlits``."""
    return streamlits("SourceSerif*Roman*.woff2")


def those_of(file: Path, letters: Iterable[tuple[int, int]], features: Iterable[str]) -> Any:
    """A font with some of its letters; to change its weight first would take five times as long.

    Args:
        file: the font.
        letters: first and last of each range.
        features: of its layout, those that are kept.
    """
    font = ttLib.TTFont(file, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = list(features)
    options.name_IDs = ["*"]
    kept = subset.Subsetter(options)
    kept.populate(unicodes=[code for first, last in letters for code in range(first, last + 1)])
    kept.subset(font)
    return font


def unicode_range() -> str:
    """The letters as CSS and ``.streamlit/config.toml`` write them."""
    return ", ".join(f"U+{first:04X}" + (f"-{last:04X}" if last > first else "") for first, last in LETTERS)


def heading_font(file: Path) -> Any:
    """Those letters of a variable font, at one weight and size.

    Args:
        file: the font, with axes ``wght`` and ``opsz``.

    Returns:
        a font of fontTools, to be saved.
    """
    font = those_of(file, LETTERS, _FEATURES)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHT, "opsz": OPTICAL_SIZE})
    font["name"].names = [name for name in font["name"].names if name.nameID in {*_KEPT_NAMES, *_FAMILY_NAMES}]
    for name in font["name"].names:
        if name.nameID in _FAMILY_NAMES:
            name.string = _FAMILY_NAMES[name.nameID]
    font.flavor = "woff2"
    return font


def parser() -> argparse.ArgumentParser:
    """What may be asked of this program."""
    options = argparse.ArgumentParser(description="Make the letters of headings.")
    options.add_argument("folder", nargs="?", type=Path, default=Path("static"), help="where it is written")
    return options


def main() -> None:
    """Write the file."""
    heading_font(original()).save(parser().parse_args().folder / FILE)


if __name__ == "__main__":
    main()
