"""The labels of rows: in one line where there is room, in two on a telephone, never cut."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from icc_data.drawing.palette import Look

ROW_HEIGHT = 22
# Of a telephone's width the labels take no more than they must: longer ones stand in two lines there.
SCREEN_WIDTH = "containerSize()[0]"
PHONE = 500
ON_PHONE = f"{SCREEN_WIDTH} < {PHONE}"
LONGEST_LABEL, LONGEST_LINE, NARROW_LABEL = 260, 22, 152
LABEL_LIMIT = f"{ON_PHONE} ? {NARROW_LABEL} : {LONGEST_LABEL}"
TALL_ROW, LABEL_LINE = 26, 12


def two_lines(words: str) -> list[str]:
    """A label as it stands where it has little room: long words broken where the longer of two lines is shortest."""
    spaces = [place for place, letter in enumerate(words) if letter == " "]
    if len(words) <= LONGEST_LINE or not spaces:
        return [words]
    middle = min(spaces, key=lambda place: max(place, len(words) - place - 1))
    return [words[:middle], words[middle + 1 :]]


def plain_row_axis(labels: Iterable[str], look: Look) -> dict[str, Any]:
    """The axis of rows with their labels, of which none is cut on a telephone.

    Args:
        labels: of the rows.
        look: the user's theme.
    """
    broken = {words: lines for words in dict.fromkeys(labels) if len(lines := two_lines(words)) > 1}
    axis: dict[str, Any] = {"labelColor": look.text, "labelPadding": 8}
    if broken:
        # Told of the axis, not of the rows: what is pointed at and taken away keeps its words.
        axis["labelExpr"] = f"{ON_PHONE} ? ({json.dumps(broken)}[datum.label] || datum.label) : datum.label"
        axis["labelLineHeight"] = LABEL_LINE
        # A text of several lines hangs from its first: one line above the middle of the row, one below it.
        of_two = f"{ON_PHONE} && indexof({json.dumps(list(broken))}, datum.label) >= 0"
        axis["labelBaseline"] = {"condition": {"test": of_two, "value": "bottom"}, "value": "middle"}
    return axis


def row_height(labels: Iterable[str]) -> int:
    """The pixels of a row of ``row_axis``: more where a label may take two lines."""
    return TALL_ROW if any(len(two_lines(words)) > 1 for words in labels) else ROW_HEIGHT
