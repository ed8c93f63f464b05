"""Charts and the map as pictures for a slide: SVG or PNG with title, selection, legend and source drawn in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from icc_data.cells import python_value
from icc_data.drawing.map_circles import legend
from icc_data.drawing.map_circles import points as points_of
from icc_data.drawing.map_measures import Measure
from icc_data.drawing.map_views import EUROPE, WORLD, Box, Zoom
from icc_data.drawing.palette import Look
from icc_data.drawing.row_labels import PHONE, SCREEN_WIDTH
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.files.pictures.canvas import ON_SLIDE, SCREEN, Canvas, too_high, wider
from icc_data.files.pictures.grids import narrowest, stand_heads_up, views
from icc_data.files.pictures.hatching import coloured_bars, hatched
from icc_data.files.pictures.land import Frame, base_map, frame_around, land_colour, outline
from icc_data.files.pictures.rows import FEWEST, Rows, draw_close, draw_first, rows_of
from icc_data.files.pictures.sheet import FONT, Drawing, Line, check_form, finished, on_sheet, xml
from icc_data.files.workbook import CONTROL, MISFIT
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _

MOST_NAMES = 30
# A sheet is smaller than a screen.
SHRINK = 0.8
# Of a chart: pixels, and rows of a frame.
HIGHEST = 4000
MOST_ROWS = 10_000
DASHES = ([1, 0], [6, 4], [2, 3], [10, 4, 2, 4], [12, 3], [4, 2, 1, 2])
"""How lines are told apart where colours are not."""


def chart_picture(
    spec: Mapping[str, Any], form: str, look: Look, provenance: Provenance, canvas: Canvas = SCREEN
) -> bytes:
    """A chart as a picture.

    Args:
        spec: the chart in Vega-Lite, as Altair's ``to_dict()`` gives it; data at an address is refused.
        form: ``svg``, ``png`` (twice as many pixels) or ``pptx``.
        look: the theme that the chart was made for.
        provenance: what stands above and below the chart.
        canvas: what the picture is for.

    Raises:
        AtlasError: the form is unknown, or the chart is too large or cannot be drawn.
    """
    check_form(form)
    canvas = ON_SLIDE if form == "pptx" else canvas
    drawing = _drawn(_still(spec, canvas), look, provenance)
    if too_high(on_sheet(drawing, form, canvas), canvas):
        drawing, canvas = _legible(spec, drawing, form, canvas)
    return finished(drawing, form, canvas)


def map_picture(
    cities: pd.DataFrame,
    measure: Measure,
    form: str,
    look: Look,
    provenance: Provenance,
    *,
    zoom: Zoom = "selection",
    scale: tuple[float, float] | None = None,
    canvas: Canvas = SCREEN,
) -> bytes:
    """Cities as circles on a map of equal areas, with the colours and legend of the map on the screen.

    The cities that weigh most carry their names, as far as there is room; what is not shown is counted below.

    Args:
        cities: as ``queries.cities`` gives them.
        measure: what size and colour show.
        form: ``svg`` or ``png`` (twice as many pixels).
        look: the colours.
        provenance: what stands above and below the map.
        zoom: Europe, the world, or just the cities.
        scale: the least and the most that circles stand for, as on a map beside it; None for those of these cities.

    Raises:
        AtlasError: the form is unknown.
    """
    check_form(form)
    canvas = ON_SLIDE if form == "pptx" else canvas
    placed = cities.dropna(subset=["latitude", "longitude"])
    frame = _frame(placed, zoom)
    points = points_of(placed, look, measure, None, SHRINK, scale)
    at = frame.pixels(np.array([point["position"] for point in points], dtype=float).reshape(-1, 2))
    inside = frame.holds(at)
    circles = [_circle(points[place], *at[place].tolist()) for place in np.flatnonzero(inside)]
    size = f'width="{frame.width:g}" height="{frame.height:g}"'
    key, key_height = _legend(placed, look, measure, scale)
    content = (
        f"<svg {size}>{base_map(frame, look)}{''.join(map(_Circle.svg, circles))}"
        f"{''.join(_names(circles, frame, look))}</svg>"
        f'<g transform="translate(0 {frame.height:g})">{key}</g>'
    )
    notes = [
        *_unseen(len(cities) - len(placed), int((~inside).sum())),
        _("Coordinates: GeoNames (CC BY 4.0). Coasts and borders: Natural Earth, with changes."),
    ]
    drawing = Drawing(content, frame.width, frame.height + key_height, look, provenance, notes)
    return finished(drawing, form, canvas)


# A chart without a screen


def _drawn(still: dict[str, Any], look: Look, provenance: Provenance, part: str = "") -> Drawing:
    """A chart of ``_still`` as it is drawn; ``part`` is that of ``Drawing``."""
    # Loaded only for a picture: everything else starts sooner without it.
    import vl_convert

    _check_size(float(still["height"]) if isinstance(still.get("height"), int | float) else 0, _row_count(still))
    try:
        drawn = vl_convert.vegalite_to_svg(still, allowed_base_urls=[])
    except ValueError as error:
        title, advice = _("This chart cannot be drawn as a picture."), _("Download its rows instead.")
        raise AtlasError(title, advice) from error
    width, height, inside = _content(hatched(drawn, coloured_bars(views(still)), look.background))
    _check_size(height, 0)
    return Drawing(inside, width, height, look, provenance, part=part)


def _legible(spec: Mapping[str, Any], drawing: Drawing, form: str, canvas: Canvas) -> tuple[Drawing, Canvas]:
    """A chart whose letters would be too small, with its rows closer on a wider sheet, or the first of them alone.

    Returns:
        What is drawn, and the canvas that it is drawn for.
    """
    look, provenance, fitting, rows = drawing.look, drawing.provenance, canvas, None
    for fitting in wider(on_sheet(drawing, form, canvas), canvas):
        still = _still(spec, fitting)
        rows = rows_of(still)
        rows = draw_close(still, rows) if rows else None
        drawing = _drawn(still, look, provenance)
        over = too_high(on_sheet(drawing, form, fitting), fitting)
        if not over:
            return drawing, fitting
    if rows is None or len(rows.labels) <= FEWEST:
        return drawing, fitting
    # What says so takes room as well.
    said = replace(drawing, part=_first_of(rows, len(rows.labels)))
    over = too_high(on_sheet(said, form, fitting), fitting)
    count = max(len(rows.labels) - ceil(over / rows.height), FEWEST)
    draw_first(still, rows, count)
    return _drawn(still, look, provenance, _first_of(rows, count)), fitting


def _first_of(rows: Rows, count: int) -> str:
    return _("The first {shown} of the figure’s {all} rows: more could not be read at this size.").format(
        shown=number(count), all=number(len(rows.labels))
    )


def _check_size(height: float, count: int) -> None:
    # Nobody else is served while vl-convert draws, which takes seconds for what nobody can look at as a whole.
    if height > HIGHEST or count > MOST_ROWS:
        raise AtlasError(_("This chart is too large for a picture."), _("Choose less, or download its rows instead."))


def _row_count(spec: Mapping[str, Any]) -> int:
    return max((len(values) for values in spec.get("datasets", {}).values()), default=0)


def _still(spec: Mapping[str, Any], canvas: Canvas) -> dict[str, Any]:
    """The chart with a width of its own, its legend, and a font that is there."""
    still: dict[str, Any] = _clean(spec)
    room, printed = int(canvas.room), canvas.millimetres is not None
    if printed:
        stand_heads_up(still)
    room = max(room, narrowest(still, printed=printed))
    _on_this_sheet(still, min(room, PHONE - 1) if printed else room)
    config = still.setdefault("config", {})
    # Side by side, legends of several lines leave the sheet.
    beneath = {"direction": "vertical", "anchor": "start", "margin": 4}
    config["legend"] = {**config.get("legend", {}), "layout": {"bottom": beneath}}
    config |= {"background": "transparent", "font": FONT, "aria": False}
    for part in config.values():
        if isinstance(part, dict) and "font" in part:
            part["font"] = FONT
    if not {"hconcat", "vconcat", "concat", "facet", "repeat", "spec"} & still.keys():
        still["width"] = room
        still["autosize"] = {"type": "fit-x", "contains": "padding"}
    legend: dict[str, Any] = {
        "orient": "bottom",
        "title": None,
        "symbolType": "square",
        "symbolSize": 150,
        "symbolStrokeWidth": 0,
    }
    dashed = [_dashed(view) for view in views(still)]
    if any(dashed):
        legend |= {"symbolType": "stroke", "symbolStrokeWidth": 2.5, "symbolSize": 400}
    # What is said of pale parts is said of no colour.
    plain = config.get("legend", {}).get("labelColor", "black")
    for view in views(still):
        if view.get("width") == "container":
            view["width"] = room // max(len(still.get("hconcat", ())), 1)
        # Nobody can point at it, and Vega cannot read every title that stands in it.
        view.get("encoding", {}).pop("tooltip", None)
        _show_legend(view, room, legend, plain)
    return still


def _on_this_sheet(part: Any, room: int) -> None:
    """Say in all expressions of a chart how wide it is: nobody knows where there is no screen."""
    for key, inner in part.items() if isinstance(part, dict) else enumerate(part):
        if isinstance(inner, str):
            part[key] = inner.replace(SCREEN_WIDTH, str(room))
        elif isinstance(inner, dict | list):
            _on_this_sheet(inner, room)


def _clean(part: Any) -> Any:
    """The same part of a chart, anew, without characters on which vl-convert ends the whole process."""
    if isinstance(part, str):
        return CONTROL.sub(MISFIT, python_value(part))
    if isinstance(part, Mapping):
        return {_clean(key): _clean(value) for key, value in part.items()}
    return [_clean(value) for value in part] if isinstance(part, list | tuple) else part


def _dashed(view: dict[str, Any]) -> bool:
    """Give the lines of a view a dash each: a print in grey does not tell all colours apart."""
    mark, encoding = view.get("mark"), view.get("encoding", {})
    colour = encoding.get("color", {})
    names = colour.get("scale", {}).get("domain", ())
    if not isinstance(mark, dict) or mark.get("type") != "line" or "field" not in colour or len(names) < 2:
        return False
    if "strokeDash" not in encoding:
        scale = {"domain": list(names), "range": [DASHES[place % len(DASHES)] for place in range(len(names))]}
        encoding["strokeDash"] = {"field": colour["field"], "type": "nominal", "scale": scale}
        encoding["strokeDash"]["legend"] = colour.get("legend")
    return True


def _show_legend(view: dict[str, Any], room: int, legend: Mapping[str, Any], plain: str) -> None:
    # On the screen the page writes the legend beside the chart; on a slide nobody does.
    encoding = view.get("encoding", {})
    if "fillOpacity" in encoding:
        # Vega-Lite draws no legend of this channel.
        encoding["opacity"] = encoding.pop("fillOpacity")
    for name, field in (
        *(("color", field) for field in ("label", "name", "group")),
        *(("strokeDash", field) for field in ("label", "name")),
        ("opacity", "part"),
    ):
        channel = encoding.get(name, {})
        if channel.get("field") != field or channel.get("legend", "") is not None:
            continue
        longest = max((Line(str(words), 12, "").width for words in channel["scale"]["domain"]), default=0) + 40
        # Of pale marks the legend of colours is not pale.
        solid = {"symbolFillColor": plain} if name == "opacity" else {"symbolOpacity": 1}
        channel["legend"] = {**legend, "columns": max(int(room / longest), 1), "labelLimit": room, **solid}


def _content(svg: str) -> tuple[float, float, str]:
    """Width, height and inside of a drawn chart."""
    head, inside = svg.split(">", 1)
    sizes = dict(re.findall(r'\b(width|height)="([\d.]+)"', head))
    return float(sizes["width"]), float(sizes["height"]), inside[: inside.rindex("</svg>")]


# A map without a screen


@dataclass(frozen=True)
class _Circle:
    """A city on the sheet: where and how large (pixels), how much it stands for, its paints."""

    name: str
    x: float
    y: float
    radius: float
    weight: float
    paint: str

    def svg(self) -> str:
        """The circle, with its name for who points at it."""
        place = f'cx="{self.x:.1f}" cy="{self.y:.1f}" r="{self.radius:.1f}"'
        return f"<circle {place} {self.paint}><title>{xml(self.name)}</title></circle>"

    def hides(self, box: Box) -> bool:
        """Whether it lies on a good part of a box."""
        west, north, east, south = box
        across = max(west - self.x, 0, self.x - east)
        along = max(north - self.y, 0, self.y - south)
        return bool(np.hypot(across, along) < self.radius * 0.8)


def _circle(point: Mapping[str, Any], x: float, y: float) -> _Circle:
    fill, line = ("#" + "".join(f"{channel:02x}" for channel in point[part][:3]) for part in ("fill", "line"))
    paint = f'fill="{fill}" fill-opacity="{point["fill"][3] / 255:.2f}" stroke="{line}"'
    return _Circle(point["name"], x, y, point["radius"], point["weight"], paint)


def _frame(placed: pd.DataFrame, zoom: Zoom) -> Frame:
    if zoom == "selection" and not placed.empty:
        degrees, room = placed[["longitude", "latitude"]].to_numpy(dtype=float), 0.08
    else:
        degrees, room = outline(WORLD if zoom == "world" else EUROPE), 0.03
    return frame_around(degrees, width=int(SCREEN.room), heights=(380, 560), room=room)


def _unseen(without_place: int, outside: int) -> Iterator[str]:
    if without_place:
        yield translate_plural(
            "{count} city is not shown: its coordinates are not known.",
            "{count} cities are not shown: their coordinates are not known.",
            without_place,
        ).format(count=number(without_place))
    if outside:
        yield translate_plural(
            "{count} city lies outside this picture.", "{count} cities lie outside this picture.", outside
        ).format(count=number(outside))


def _legend(placed: pd.DataFrame, look: Look, measure: Measure, scale: tuple[float, float] | None) -> tuple[str, float]:
    """A row of circles with what they stand for, and its height."""
    entries = legend(placed, look, measure, scale=scale)
    height = SHRINK * max(entry.diameter for entry in entries) + 16
    head = Line(_(measure.label), 12, look.text, bold=True)
    parts, x = [head.svg(0, height / 2 + 6)], head.width + 16
    for entry in entries:
        radius = SHRINK * entry.diameter / 2
        words = Line(entry.words, 12, look.text)
        place = f'cx="{x + radius:.1f}" cy="{height / 2 + 2:.1f}" r="{radius:.1f}"'
        parts += [f'<circle {place} fill="{entry.colour}"/>', words.svg(x + 2 * radius + 6, height / 2 + 6)]
        x += 2 * radius + words.width + 26
    return "".join(parts), height


def _names(circles: Sequence[_Circle], frame: Frame, look: Look) -> Iterator[str]:
    """The names of the cities that weigh most, each where it hides neither a circle nor another name."""
    taken: list[Box] = []
    weighed = [circle for circle in circles if circle.weight]
    for circle in sorted(weighed, key=lambda circle: -circle.weight):
        if len(taken) == MOST_NAMES:
            return
        line = Line(circle.name, 11, look.text)
        # Where there is no other way, a name may stand on a dot that says nothing.
        ways = [(box, others) for others in (circles, weighed) for box in _beside(circle, line)]
        box = next((box for box, others in ways if _is_free(box, taken, others, frame)), None)
        if box is not None:
            taken.append(box)
            edge = f'<g stroke="{land_colour(look)}" stroke-width="3" stroke-linejoin="round" stroke-opacity="0.85">'
            words = line.svg(box[0] + 1, box[3] - 3)
            # Not every program knows a stroke behind the letters: the words stand twice.
            yield f"{edge}{words}</g>{words}"


def _beside(circle: _Circle, line: Line) -> Iterator[Box]:
    """Where a name can stand, as west, north, east and south in pixels: beside, above and below."""
    away, width, height = circle.radius + 2, line.width, line.size + 2
    aslant = 0.7 * circle.radius
    for west, north in (
        (circle.x + away, circle.y - height / 2),
        (circle.x - away - width, circle.y - height / 2),
        (circle.x - width / 2, circle.y - away - height),
        (circle.x - width / 2, circle.y + away),
        (circle.x + aslant, circle.y - aslant - height),
        (circle.x + aslant, circle.y + aslant),
        (circle.x - aslant - width, circle.y - aslant - height),
        (circle.x - aslant - width, circle.y + aslant),
    ):
        yield west, north, west + width, north + height


def _is_free(box: Box, taken: Sequence[Box], circles: Sequence[_Circle], frame: Frame) -> bool:
    west, north, east, south = box
    if west < 0 or north < 0 or east > frame.width or south > frame.height:
        return False
    if any(west < other[2] and east > other[0] and north < other[3] and south > other[1] for other in taken):
        return False
    return not any(circle.hides(box) for circle in circles)
