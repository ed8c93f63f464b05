"""The charts of a pack as drawings on paper."""

from __future__ import annotations

import re

from icc_data.files.pack.model import Chart
from icc_data.files.report.document import drawing

_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"')
# Pixels of a picture for each of a drawing: sharp in print, and small.
_SCALE = 2.0


def drawn_svg(chart: Chart, width: int) -> str:
    """A chart as SVG.

    Args:
        chart: what it shows.
        width: pixels of the whole drawing.
    """
    return drawing(chart.draw(), width, chart.height)


def ratio(drawn: str) -> float:
    """How high a drawing is, in widths."""
    size = _SIZE.search(drawn)
    return float(size[2]) / float(size[1]) if size else 1.0


def drawn_png(drawn: str) -> bytes:
    """A drawing as a picture, for programs that show no drawings."""
    # Loaded only for a document: everything else starts sooner without it.
    import vl_convert

    return bytes(vl_convert.svg_to_png(drawn, scale=_SCALE))
