"""Make the base map in ``static/`` from Natural Earth, with borders as the Council of Europe draws them.

Usage: ``python tools/base_map.py countries-10m.json [static]``, where the TopoJSON file is the one
of the npm package ``world-atlas``. The same input always gives the same bytes, so a change in
``static/`` is a change in the data or in this file.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Final

import shapely.affinity  # type: ignore[import-untyped]

Coordinate = tuple[float, float]
Json = dict[str, Any]

DECIMALS: Final = 3
"""About a hundred metres: far less than is simplified away, so that rounding moves nothing one can see."""

FULL_DETAIL: Final = (-32.0, 27.0, 42.0, 71.5)
"""West, south, east, north of the part where most cities lie and where people zoom in."""

FINE: Final = 0.01
COARSE: Final = 0.065
POLAR: Final = 0.2
"""Degrees a simplified line may leave the true one by: where the cities lie, elsewhere, in Antarctica."""

POLAR_CIRCLE: Final = -60.0

SMALLEST_NEAR: Final = 0.0005
SMALLEST_FAR: Final = 0.005
"""Islands smaller than this, in square degrees, are left out unless a country has no larger one."""

MERGED_INTO: Final = {
    "N. Cyprus": "Cyprus",
    "Somaliland": "Somalia",
    "Cyprus U.N. Buffer Zone": "Cyprus",
    "Akrotiri": "Cyprus",
    "Dhekelia": "Cyprus",
    "Ashmore and Cartier Is.": "Australia",
    "Coral Sea Is.": "Australia",
    "Indian Ocean Ter.": "Australia",
    "Baikonur": "Kazakhstan",
    "Clipperton I.": "France",
    "USNB Guantanamo Bay": "Cuba",
}
"""What the source draws apart and belongs to a country: its name in the source, and the country's."""

LEFT_OUT: Final = ("Bajo Nuevo Bank", "Scarborough Reef", "Serranilla Bank", "Spratly Is.", "Vatican")
"""Reefs claimed by several countries and a state of half a square kilometre: too small for this map."""

SHARED_CODES: Final = {"Kosovo": "XK"}
"""Codes in common use for what has no number in ISO 3166."""

FULL_NAMES: Final = {
    "Antigua and Barb.": "Antigua and Barbuda",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Eq. Guinea": "Equatorial Guinea",
    "Faeroe Is.": "Faroe Islands",
    "Kosovo": "Kosovo*",
    "Macedonia": "North Macedonia",
    "Moldova": "Republic of Moldova",
    "S. Geo. and the Is.": "South Georgia and the South Sandwich Islands",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "São Tomé and Principe": "São Tomé and Príncipe",
    "Turkey": "Türkiye",
    "W. Sahara": "Western Sahara",
    "eSwatini": "Eswatini",
    "Br. ": "British ",
    "Fr. ": "French ",
    "I. ": "Island ",
    "Is.": "Islands",
    "N. ": "Northern ",
    "Rep.": "Republic",
    "S. Antarctic": "Southern and Antarctic",
    "S. Sudan": "South Sudan",
    "St-": "Saint ",
    "St. ": "Saint ",
    "Ter.": "Territory",
    "U.S. ": "United States ",
}
"""Parts of names, or whole ones, that the source shortens or calls otherwise."""

NOTES: Final = {
    "Kosovo": "* All references to Kosovo, whether the territory, institutions or population, in this text "
    "shall be understood in full compliance with United Nations Security Council Resolution 1244 and "
    "without prejudice to the status of Kosovo.",
    "W. Sahara": "Non-self-governing territory on the list of the United Nations.",
    "Siachen Glacier": "Claimed by India and by Pakistan.",
}

UNDETERMINED: Final = ({"Kosovo", "Serbia"}, {"Morocco", "W. Sahara"}, {"Siachen Glacier"})
"""Neighbours, or a territory on any side, whose line is drawn dashed: the map takes no side."""

ISO_3166: Final = (
    "004AF 008AL 010AQ 012DZ 016AS 020AD 024AO 028AG 031AZ 032AR 036AU 040AT 044BS 048BH 050BD 051AM 052BB "
    "056BE 060BM 064BT 068BO 070BA 072BW 076BR 084BZ 086IO 090SB 092VG 096BN 100BG 104MM 108BI 112BY 116KH "
    "120CM 124CA 132CV 136KY 140CF 144LK 148TD 152CL 156CN 158TW 170CO 174KM 178CG 180CD 184CK 188CR 191HR "
    "192CU 196CY 203CZ 204BJ 208DK 212DM 214DO 218EC 222SV 226GQ 231ET 232ER 233EE 234FO 238FK 239GS 242FJ "
    "246FI 248AX 250FR 258PF 260TF 262DJ 266GA 268GE 270GM 275PS 276DE 288GH 292GI 296KI 300GR 304GL 308GD "
    "316GU 320GT 324GN 328GY 332HT 334HM 336VA 340HN 344HK 348HU 352IS 356IN 360ID 364IR 368IQ 372IE 376IL "
    "380IT 384CI 388JM 392JP 398KZ 400JO 404KE 408KP 410KR 414KW 417KG 418LA 422LB 426LS 428LV 430LR 434LY "
    "438LI 440LT 442LU 446MO 450MG 454MW 458MY 462MV 466ML 470MT 478MR 480MU 484MX 492MC 496MN 498MD 499ME "
    "500MS 504MA 508MZ 512OM 516NA 520NR 524NP 528NL 531CW 533AW 534SX 540NC 548VU 554NZ 558NI 562NE 566NG "
    "570NU 574NF 578NO 580MP 581UM 583FM 584MH 585PW 586PK 591PA 598PG 600PY 604PE 608PH 612PN 616PL 620PT "
    "624GW 626TL 630PR 634QA 642RO 643RU 646RW 652BL 654SH 659KN 660AI 662LC 663MF 666PM 670VC 674SM 678ST "
    "682SA 686SN 688RS 690SC 694SL 702SG 703SK 704VN 705SI 706SO 710ZA 716ZW 724ES 728SS 729SD 732EH 740SR "
    "748SZ 752SE 756CH 760SY 762TJ 764TH 768TG 776TO 780TT 784AE 788TN 792TR 795TM 796TC 798TV 800UG 804UA "
    "807MK 818EG 826GB 831GG 832JE 833IM 834TZ 840US 850VI 854BF 858UY 860UZ 862VE 876WF 882WS 887YE 894ZM "
)
"""Two-letter codes of ISO 3166-1 after the three-digit ones the source carries."""

ALPHA2_BY_NUMERIC: Final = {entry[:3]: entry[3:] for entry in ISO_3166.split()}

WITHIN_CRIMEA: Final = shapely.Point(34.1, 44.95)
WORLD: Final = shapely.box(-180, -90, 180, 90)


def decode_arc(deltas: Sequence[Sequence[int]], transform: Json) -> list[Coordinate]:
    """Turn one delta-encoded arc into longitudes and latitudes, unbroken where it crosses 180°."""
    (scale_x, scale_y), (origin_x, origin_y) = transform["scale"], transform["translate"]
    column = row = 0
    points: list[Coordinate] = []
    for delta in deltas:
        column, row = column + delta[0], row + delta[1]
        longitude = round(column * scale_x + origin_x, DECIMALS)
        points.append((longitude, round(row * scale_y + origin_y, DECIMALS)))
    return unwrap(points)


def unwrap(points: Iterable[Coordinate]) -> list[Coordinate]:
    """Let longitudes run on past 180° instead of jumping to -180°, and drop repeated points."""
    unbroken: list[Coordinate] = []
    for longitude, latitude in points:
        if unbroken:
            turns = round((unbroken[-1][0] - longitude) / 360)
            longitude = round(longitude + 360 * turns, DECIMALS)
        if not unbroken or unbroken[-1] != (longitude, latitude):
            unbroken.append((longitude, latitude))
    return unbroken


def near_cities(longitude: float, latitude: float) -> bool:
    """Say whether a point lies in the part of the map drawn in full detail."""
    west, south, east, north = FULL_DETAIL
    return west <= longitude <= east and south <= latitude <= north


def tolerance_at(point: Coordinate) -> float:
    """Say how much a line may be simplified at a point."""
    if point[1] < POLAR_CIRCLE:
        return POLAR
    return FINE if near_cities(*point) else COARSE


def simplify(arc: list[Coordinate]) -> list[Coordinate]:
    """Simplify one arc. Neighbours share the arc, so no gap can open between them.

    An arc may run from Europe to the Pacific, so each stretch of it has its own tolerance.
    """
    simpler: list[Coordinate] = []
    for tolerance, stretch in groupby(arc, tolerance_at):
        points = list(stretch)
        if len(points) > 2:
            line = shapely.LineString(points)
            # A small island or state would shrink to nothing at the tolerance of a long coast.
            simpler_line = line.simplify(min(tolerance, line.length / 10), preserve_topology=True)
            points = [(x, y) for x, y in simpler_line.coords]
        simpler += points
    return arc if arc[0] == arc[-1] and len(simpler) < 4 else simpler


def assemble(indexes: Iterable[int], arcs: Sequence[list[Coordinate]]) -> list[Coordinate]:
    """Join the arcs of a ring; ``~i`` stands for arc ``i`` read backwards, as TopoJSON has it."""
    joined = (point for i in indexes for point in (arcs[i] if i >= 0 else reversed(arcs[~i])))
    ring = unwrap(joined)
    (first_x, _), (last_x, _) = ring[0], ring[-1]
    if abs(last_x - first_x) > 180:
        # A coast right round the pole closes only on a globe; on a flat map it closes along the edge.
        ring += [(last_x, -90.0), (first_x, -90.0), ring[0]]
    return ring


def polygonal(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    """Keep the polygons of a geometry and forget stray points and lines."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if isinstance(part, shapely.Polygon) and not part.is_empty]


def cut_at_antimeridian(polygon: shapely.Polygon) -> list[shapely.Polygon]:
    """Cut a polygon that runs past ±180° and move what lies beyond to the other side."""
    sound: shapely.Geometry = polygon if polygon.is_valid else shapely.make_valid(polygon)
    if WORLD.covers(sound):
        return polygonal(sound)
    pieces: list[shapely.Polygon] = []
    for shift in (-360.0, 0.0, 360.0):
        piece = shapely.affinity.translate(sound, xoff=shift).intersection(WORLD)
        pieces += polygonal(shapely.set_precision(piece, 10**-DECIMALS))
    return pieces


def polygons_of(geometry: Json, arcs: Sequence[list[Coordinate]]) -> list[shapely.Polygon]:
    """Build the polygons of one TopoJSON geometry, inside ±180°."""
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    polygons: list[shapely.Polygon] = []
    for part in parts:
        rings = [assemble(indexes, arcs) for indexes in part]
        # The source wraps Antarctica in a ring without area, the pole itself.
        shell, *holes = [ring for ring in rings if len(ring) > 3 and shapely.Polygon(ring).area > 0] or [[]]
        if shell:
            polygons += cut_at_antimeridian(shapely.Polygon(shell, holes))
    return polygons


def country_polygons(topology: Json) -> dict[str, list[shapely.Polygon]]:
    """Read every country of the source, under the name of the country it belongs to."""
    arcs = [simplify(decode_arc(arc, topology["transform"])) for arc in topology["arcs"]]
    polygons: dict[str, list[shapely.Polygon]] = defaultdict(list)
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name not in LEFT_OUT:
            polygons[MERGED_INTO.get(name, name)] += polygons_of(geometry, arcs)
    return dict(polygons)


def return_crimea(polygons: dict[str, list[shapely.Polygon]]) -> None:
    """Move the one polygon that is Crimea from Russia to Ukraine.

    A source that draws it otherwise must be looked at by a person, hence the error.
    """
    crimea = [polygon for polygon in polygons["Russia"] if polygon.contains(WITHIN_CRIMEA)]
    if len(crimea) != 1 or crimea[0].area > 5:
        raise ValueError("Crimea is not one separate polygon of Russia in this source")
    polygons["Russia"].remove(crimea[0])
    polygons["Ukraine"].append(crimea[0])


def restore_western_sahara(polygons: dict[str, list[shapely.Polygon]]) -> None:
    """Draw Western Sahara whole, up to the parallel it begins at, where the source stops at the berm."""
    both = shapely.unary_union(polygons["Morocco"] + polygons["W. Sahara"])
    north = max(polygon.bounds[3] for polygon in polygons["W. Sahara"])
    polygons["Morocco"] = polygonal(both.intersection(shapely.box(-180, north, 180, 90)))
    polygons["W. Sahara"] = polygonal(both.intersection(shapely.box(-180, -90, 180, north)))


def united(polygons: Sequence[shapely.Polygon]) -> shapely.MultiPolygon:
    """Unite the polygons of a country, the largest first."""
    merged = shapely.unary_union(polygons, grid_size=10**-DECIMALS)
    parts = [shapely.orient_polygons(polygon.normalize()) for polygon in polygonal(merged)]
    parts.sort(key=lambda part: (-part.area, part.bounds))
    return shapely.MultiPolygon(parts)


def segments_of(country: shapely.MultiPolygon) -> Iterable[tuple[Coordinate, Coordinate]]:
    """List the segments of a country's outline, each with its ends in the same order for both sides."""
    for polygon in country.geoms:
        for ring in (polygon.exterior, *polygon.interiors):
            for start, end in pairwise(rounded(ring.coords)):
                yield (start, end) if start <= end else (end, start)


def shared_borders(countries: dict[str, shapely.MultiPolygon]) -> dict[tuple[str, str], shapely.Geometry]:
    """Find the lines two countries share: land borders without the coast.

    Taken after the merging, so that no line is left inside a country.
    """
    owners: dict[tuple[Coordinate, Coordinate], list[str]] = defaultdict(list)
    for name in sorted(countries):
        for segment in segments_of(countries[name]):
            owners[segment].append(name)
    lines: dict[tuple[str, str], list[shapely.LineString]] = defaultdict(list)
    for segment, names in owners.items():
        if len(set(names)) == 2:
            lines[names[0], names[1]].append(shapely.LineString(segment))
    return {pair: shapely.line_merge(shapely.union_all(lines[pair])).normalize() for pair in sorted(lines)}


def is_visible(polygon: shapely.Polygon) -> bool:
    """Say whether a polygon is large enough to be seen where it lies."""
    near = near_cities(*polygon.representative_point().coords[0])
    return bool(polygon.area >= (SMALLEST_NEAR if near else SMALLEST_FAR))


def without_specks(countries: dict[str, shapely.MultiPolygon]) -> dict[str, shapely.MultiPolygon]:
    """Leave out islands too small to see, but no exclave: its neighbours would show a hole."""
    lines = shapely.union_all(list(shared_borders(countries).values()))
    shapely.prepare(lines)
    kept = {
        name: [part for part in land.geoms if is_visible(part) or lines.intersects(part)] or land.geoms[:1]
        for name, land in countries.items()
    }
    return {name: shapely.MultiPolygon(parts) for name, parts in kept.items()}


def rounded(points: Iterable[Sequence[float]]) -> list[Coordinate]:
    """Round coordinates to what the files carry."""
    return [(round(point[0], DECIMALS) + 0.0, round(point[1], DECIMALS) + 0.0) for point in points]


def polygon_coordinates(country: shapely.MultiPolygon) -> list[list[list[Coordinate]]]:
    """Write a country as GeoJSON coordinates."""
    return [[rounded(ring.coords) for ring in (polygon.exterior, *polygon.interiors)] for polygon in country.geoms]


def feature(properties: Json, kind: str, coordinates: object) -> Json:
    """Make one GeoJSON feature."""
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(features: Sequence[Json]) -> Json:
    """Make a GeoJSON feature collection."""
    return {"type": "FeatureCollection", "features": list(features)}


def full_name(name: str) -> str:
    """Give a country the name a reader expects."""
    for short, long in FULL_NAMES.items():
        name = name.replace(short, long)
    return name


def codes_of(topology: Json) -> dict[str, str | None]:
    """Give each country of the source its two-letter code, or none where there is none."""
    codes: dict[str, str | None] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        numeric = geometry.get("id")
        codes[name] = ALPHA2_BY_NUMERIC[numeric] if numeric else SHARED_CODES.get(name)
    return codes


def land(countries: dict[str, shapely.MultiPolygon], codes: dict[str, str | None]) -> Json:
    """Make the land file: one feature a country, sorted by name."""
    features = []
    for name in sorted(countries, key=full_name):
        properties = {"name": full_name(name), "iso_a2": codes[name], "note": NOTES.get(name)}
        features.append(feature(properties, "MultiPolygon", polygon_coordinates(countries[name])))
    return collection(features)


def borders(countries: dict[str, shapely.MultiPolygon]) -> Json:
    """Make the border file: one feature a pair of neighbours, marked where the line is not settled."""
    features = []
    for pair, lines in shared_borders(countries).items():
        kind = "undetermined" if any(group <= set(pair) for group in UNDETERMINED) else "border"
        properties = {"between": [full_name(name) for name in pair], "kind": kind}
        coordinates = [rounded(line.coords) for line in shapely.get_parts(lines)]
        features.append(feature(properties, "MultiLineString", coordinates))
    return collection(features)


def graticule(step: int = 15) -> Json:
    """Draw meridians and parallels, short of the poles where a flat map has no room for them."""
    meridians = [[(float(x), -90.0), (float(x), 90.0)] for x in range(-180, 180, step)]
    parallels = [[(-180.0, float(y)), (180.0, float(y))] for y in range(-75, 76, step)]
    return collection([feature({}, "MultiLineString", meridians + parallels)])


def write(path: Path, content: Json) -> None:
    """Write a file whole or not at all: the running app may be reading the old one."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def make(source: Path, target: Path) -> None:
    """Make every file of the base map."""
    topology: Json = json.loads(source.read_text(encoding="utf-8"))
    polygons = country_polygons(topology)
    return_crimea(polygons)
    restore_western_sahara(polygons)
    countries = without_specks({name: united(parts) for name, parts in polygons.items()})
    target.mkdir(parents=True, exist_ok=True)
    write(target / "land.geojson", land(countries, codes_of(topology)))
    write(target / "borders.geojson", borders(countries))
    write(target / "graticule.geojson", graticule())


def parser() -> argparse.ArgumentParser:
    """The options of the command line, named as what ``make`` takes."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("source", type=Path, help="countries-10m.json of the npm package world-atlas")
    options.add_argument("target", type=Path, nargs="?", default=Path("static"))
    return options


if __name__ == "__main__":
    make(**vars(parser().parse_args()))
