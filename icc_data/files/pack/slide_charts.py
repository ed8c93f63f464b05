"""How the charts of slides look, which PowerPoint draws from their rows."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from icc_data.drawing.palette import LIGHT
from icc_data.files.pack import measure
from icc_data.files.pack.model import Chart

# Of the letters of charts, the least; how much of a chart its bars have beside its key; how far apart labels are,
# in sizes of their letters.
LEAST, PLOT, LINE = 10.0, 0.9, 1.45
KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stack": XL_CHART_TYPE.COLUMN_STACKED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "moves": XL_CHART_TYPE.BAR_CLUSTERED,
}
# Nothing stands at a bar that is none.
_LABELS = {
    **{"share": "0%;;", "whole": "#,##0;;", "held": "#,##0;;", "decimal": "#,##0.#;;"},
    **{"points": "+0;-0;0", "year": "0", "text": "General"},
}
AXES = {
    **{"share": "0%", "whole": "#,##0", "held": "#,##0", "decimal": "#,##0"},
    **{"points": "+0;-0;0", "year": "0", "text": "General"},
}


def coloured(colour: str) -> RGBColor:
    """A colour as python-pptx takes it.

    Args:
        colour: ``#rrggbb``.
    """
    return RGBColor.from_string(colour.lstrip("#").upper())


def dressed(drawn: Any, chart: Chart, small: float, tall: float) -> None:
    """Give a chart its look: its colours, its key where there is more than one series, its axes.

    Args:
        drawn: the chart of python-pptx.
        chart: what it shows.
        small: size of its letters, points; less where the rows of bars are closer.
        tall: how high it is, points.
    """
    if chart.kind in ("bars", "moves"):
        small = min(small, max(LEAST, int(tall * PLOT / len(chart.frame) / LINE)))
    drawn.has_title = False
    drawn.font.size, drawn.font.name = Pt(small), measure.LETTERS
    drawn.has_legend = chart.keyed
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot, bars = drawn.plots[0], chart.kind in ("bars", "moves")
    for series, drawn_series in zip(chart.series, plot.series, strict=True):
        look = drawn_series.format
        if chart.kind == "lines":
            look.line.color.rgb = coloured(series.colour)
            drawn_series.smooth = False
        else:
            look.fill.solid()
            look.fill.fore_color.rgb = coloured(series.colour)
            drawn_series.invert_if_negative = False
    if chart.kind != "lines":
        plot.gap_width = 40
    axis = drawn.value_axis
    if chart.kind == "moves":
        plot.overlap = 100
    else:
        axis.minimum_scale = 0
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = AXES[chart.form], False
    axis.major_gridlines.format.line.color.rgb = coloured(LIGHT.grid)
    axis.has_major_gridlines = not bars
    drawn.category_axis.format.line.color.rgb = coloured(LIGHT.grid)
    if bars:
        # The first row stands above.
        drawn.category_axis.reverse_order = True
        drawn.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        axis.visible = False
    if bars or chart.kind == "lines":
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = _LABELS[chart.form], False
        # Where each row has several bars, they are thinner than a line of letters.
        labels.font.size, labels.show_value = Pt(small if len(chart.series) == 1 else LEAST), True
    if chart.form == "whole" and not bars and max(map(max, _counts(chart)), default=0) < 10:
        axis.major_unit = 1


def _counts(chart: Chart) -> list[list[float]]:
    return [[value or 0 for value in chart.values(series)] or [0] for series in chart.series]
