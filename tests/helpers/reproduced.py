"""What the checks of pictures share: what codes are called, colours by lightness, and marks beside computed ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd
from pandas.testing import assert_frame_equal

from icc_data.drawing.palette import LIGHT, rgb
from icc_data.paths import DATA_DIRECTORY
from icc_data.text import slugify

TERMS = pd.read_csv(DATA_DIRECTORY / "terms.csv")
CITIES = pd.read_csv(DATA_DIRECTORY / "cities.csv")
FEW = 5
THIS_YEAR, UNFINISHED = 2026, 2024
PALE = 0.42

_LABELS = {(row.vocabulary, row.code): row.label_en for row in TERMS.itertuples()}
_LABELS |= {("city", row.city_id): row.name for row in CITIES.itertuples(index=False)}
_LABELS |= {("country", slugify(name)): name for name in CITIES["country"].unique()}
AREA_COLOURS = {
    row.label_en: LIGHT.commitments[row.group] for row in TERMS[TERMS["vocabulary"] == "policy_area"].itertuples()
}
COMMITMENT_COLOURS = {_LABELS["commitment", code]: colour for code, colour in LIGHT.commitments.items()}


def called(facet: str, codes: Iterable[str]) -> list[str]:
    """What codes of a facet are called."""
    return [_LABELS[facet, code] for code in codes]


def told(marks: pd.DataFrame, title: str) -> pd.Series[str]:
    """A part of what is said of marks, by its title."""
    return marks["said"].str.extract(rf"(?:^|[;:] ){re.escape(title)}: (.*?)(?:;|$)", expand=False)


def same(marks: pd.DataFrame, expected: pd.DataFrame, room: float = 1e-3) -> None:
    """Assert that marks are those that pandas expects, in whatever order they were painted.

    Args:
        marks: as they were read, with the columns of ``expected``.
        expected: a row a mark.
        room: how far numbers may be apart, as a part of what those of their column span.
    """
    assert len(expected), "A picture of nothing tells nothing."
    columns = list(expected.columns)
    frames = []
    for frame in (marks[columns], expected):
        plain = frame.reset_index(drop=True).astype(
            {name: float for name in columns if pd.api.types.is_numeric_dtype(expected[name])}
        )
        keys = [plain[name].round(3) if plain[name].dtype == float else plain[name] for name in columns]
        order = pd.concat(keys, axis=1).sort_values(columns, kind="stable").index
        frames.append(plain.loc[order].reset_index(drop=True))
    numbers = [name for name in columns if frames[1][name].dtype == float]
    # Years lie close to each other, far from 0: what is apart is measured by how far they reach.
    most = {name: float(np.ptp(frames[1][name])) or max(float(frames[1][name].abs().max()), 1e-9) for name in numbers}
    for frame in frames:
        for name, value in most.items():
            frame[name] = frame[name] / value
    assert_frame_equal(frames[0], frames[1], check_dtype=False, check_exact=False, rtol=0, atol=room)


def lightness(colour: str) -> float:
    """The lightness (0-100, CIE 1976 L*) of a colour, which is what of it a grey print keeps."""
    channels = re.findall(r"\d+", colour) if colour.startswith("rgb") else rgb(colour)
    linear = [
        (value / 12.92) if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in np.array(channels, dtype=float) / 255
    ]
    luminance = float(np.dot(linear, [0.2126, 0.7152, 0.0722]))
    return 116 * np.cbrt(luminance) - 16 if luminance > 0.008856 else 903.3 * luminance


def shaded_by(marks: pd.DataFrame, amount: pd.Series[float], *, most: float = np.inf) -> None:
    """Assert that cells are the darker the more they hold, and alike where they hold the same.

    Args:
        marks: cells.
        amount: of each cell.
        most: from where on shades are the darkest.
    """
    frame = pd.DataFrame(
        {"amount": amount.clip(upper=most).round(9).to_numpy(), "shade": [lightness(fill) for fill in marks["fill"]]}
    )
    by_amount = frame.groupby("amount")["shade"]
    assert (by_amount.max() - by_amount.min() < 0.01).all()
    assert (by_amount.mean().diff().dropna() < 0.01).all()
    assert frame["shade"].nunique() > 1 or frame["amount"].nunique() == 1
