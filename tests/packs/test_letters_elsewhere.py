"""Words with letters that the fonts of pictures lack, in a title and a caption of one's own: none leaves the sheet."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from icc_data.drawing import charts
from icc_data.drawing.palette import LIGHT
from icc_data.files.pictures import chart_picture
from icc_data.files.pictures.canvas import CANVASES
from tests.packs.test_pictures import BY_YEAR, FACTS

WORDS = {
    "emoji": "A school of many languages 😀 opens its doors to the neighbours, ",
    "arabic": "A school of many languages مرحبا opens its doors to the neighbours, ",
    "chinese": "多文化共生の学校は近所の人々に扉を開く多文化共生の学校は近所の人々に扉を開く ",
}


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("canvas", ["screen", "column"])
def test_no_line_reaches_the_edge_of_the_sheet(words: str, canvas: str):
    facts = replace(FACTS, title=(WORDS[words] * 3)[:200], notes=[(WORDS[words] * 3)[:200]])
    spec = charts.year_bars(BY_YEAR, LIGHT).to_dict()
    png = np.asarray(Image.open(io.BytesIO(chart_picture(spec, "png", LIGHT, facts, CANVASES[canvas]))).convert("L"))
    inked = np.flatnonzero((png < 200).any(axis=0))
    assert inked.max() < png.shape[1] - inked.min() / 2
