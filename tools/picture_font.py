"""Make the letters that pictures lack from the sans serif that Streamlit brings along.

Usage: ``python tools/picture_font.py [icc_data/files/pictures/fonts]``

A PNG is drawn with Liberation Sans, the one font that vl-convert brings: it has Greek and Cyrillic, but neither the
letters of Vietnamese nor Latin ones with a dot below. A line that has one would be drawn whole in whatever else the
machine has, slanted or as boxes.

The licence (SIL Open Font License 1.1) keeps the name "Source" for the original, so this has another.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from fontTools.varLib import instancer  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).parents[1]))

from icc_data.files.pictures.letters import FAMILY, FOLDER
from tools.heading_font import LETTERS, streamlits, those_of

ALL_LETTERS: Final = (*LETTERS, (0x370, 0x3FF), (0x400, 0x52F))
"""Those of headings, and Greek and Cyrillic, that may stand in one line with them; first and last of each."""
WEIGHTS: Final = {"Regular": 400, "Bold": 700}
_FEATURES: Final = ("kern", "mark", "mkmk", "ccmp", "locl")
_KEPT_NAMES: Final = (0, 5, 13, 14)
"""Of the original: copyright, version, licence and where it stands."""


def original() -> Path:
    """Where Streamlit has its sans serif; errors as those of ``heading_font.streamlits``."""
    return streamlits("SourceSans*Upright*.woff2")


def picture_font(file: Path, style: str) -> Any:
    """Those letters of a variable font, at one weight.

    Args:
        file: the font, with an axis ``wght``.
        style: a key of ``WEIGHTS``.

    Returns:
        a font of fontTools, to be saved.
    """
    font = those_of(file, ALL_LETTERS, _FEATURES)
    font = instancer.instantiateVariableFont(font, {"wght": float(WEIGHTS[style])})
    table = font["name"]
    table.names = [name for name in table.names if name.nameID in _KEPT_NAMES]
    full = f"{FAMILY} {style}"
    for number, words in {1: FAMILY, 2: style, 3: full, 4: full, 6: full.replace(" ", "")}.items():
        table.setName(words, number, 3, 1, 0x409)
    # Of two weights of one family, a program finds the right one by these.
    font["OS/2"].usWeightClass = WEIGHTS[style]
    bold = style == "Bold"
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = int(bold)
    font.flavor = None
    return font


def parser() -> argparse.ArgumentParser:
    """What may be asked of this program."""
    options = argparse.ArgumentParser(description="Make the letters that pictures lack.")
    options.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="where they are written")
    return options


def main() -> None:
    """Write the files."""
    folder = parser().parse_args().folder
    for style in WEIGHTS:
        picture_font(original(), style).save(folder / f"{style}.ttf")


if __name__ == "__main__":
    main()
