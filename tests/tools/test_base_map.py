"""The base map: borders as the Council of Europe draws them, sound geometry, nothing from other hosts."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, shape

from icc_data.paths import DATA_DIRECTORY
from tools.base_map import cut_at_antimeridian, decode_arc, unwrap

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
THEMES = ("light", "dark")
GEOJSON = ("land.geojson", "borders.geojson", "graticule.geojson")

# The coast is generalised, so a city at the sea may lie a few kilometres off it.
COAST_TOLERANCE = 0.05

ISTHMUS_OF_CRIMEA = box(33.0, 45.3, 35.4, 46.4)
AROUND_CYPRUS = box(32.0, 34.3, 34.9, 35.9)

Countries = dict[str, MultiPolygon]


def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((STATIC / name).read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def features() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("land.geojson")["features"]
    return found


@pytest.fixture(scope="module")
def countries(features: list[dict[str, Any]]) -> Countries:
    return {feature["properties"]["name"]: shape(feature["geometry"]) for feature in features}


@pytest.fixture(scope="module")
def border_features() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("borders.geojson")["features"]
    return found


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "country"),
    [
        ("Simferopol", 34.10, 44.95, "Ukraine"),
        ("Sevastopol", 33.55, 44.58, "Ukraine"),
        ("Kerch", 36.40, 45.33, "Ukraine"),
        ("Kherson", 32.65, 46.67, "Ukraine"),
        ("Donetsk", 37.80, 48.00, "Ukraine"),
        ("Krasnodar", 38.98, 45.04, "Russia"),
        ("Nicosia", 33.36, 35.17, "Cyprus"),
        ("Kyrenia", 33.32, 35.33, "Cyprus"),
        ("Famagusta", 33.92, 35.13, "Cyprus"),
        ("Akrotiri", 32.96, 34.60, "Cyprus"),
        ("Pristina", 21.17, 42.66, "Kosovo*"),
        ("Belgrade", 20.46, 44.80, "Serbia"),
        ("Hargeisa", 44.06, 9.56, "Somalia"),
        ("Mogadishu", 45.30, 2.06, "Somalia"),
        ("Laayoune", -13.15, 27.14, "Western Sahara"),
        ("Smara", -11.67, 26.74, "Western Sahara"),
        ("Tarfaya", -12.80, 27.95, "Morocco"),
        ("Tiraspol", 29.63, 46.84, "Republic of Moldova"),
        ("Tskhinvali", 43.97, 42.23, "Georgia"),
        ("Skopje", 21.43, 41.99, "North Macedonia"),
        ("Anadyr", 177.40, 64.75, "Russia"),
        ("Uelen", -170.0, 66.10, "Russia"),
    ],
)
def test_place_lies_in_its_country(
    countries: Countries, place: str, longitude: float, latitude: float, country: str
) -> None:
    point = Point(longitude, latitude)
    holders = [name for name, land in countries.items() if land.distance(point) < 0.02]
    assert holders == [country], place


def test_every_city_lies_in_its_country(features: list[dict[str, Any]]) -> None:
    land = {feature["properties"]["iso_a2"]: shape(feature["geometry"]) for feature in features}
    astray: dict[str, float] = {}
    with (DATA_DIRECTORY / "cities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not (row["latitude"] and row["longitude"]):
                continue
            point = Point(float(row["longitude"]), float(row["latitude"]))
            distance = land[row["country_code"]].distance(point)
            if distance > COAST_TOLERANCE:
                astray[row["city_id"]] = round(distance, 3)
    assert astray == {}


def test_merged_territories_are_not_drawn_apart(countries: Countries) -> None:
    apart = {"N. Cyprus", "Somaliland", "Akrotiri", "Dhekelia", "Cyprus U.N. Buffer Zone", "Baikonur"}
    assert not apart & set(countries)


def test_names_and_codes_are_unique(features: list[dict[str, Any]]) -> None:
    names = [feature["properties"]["name"] for feature in features]
    codes = [code for feature in features if (code := feature["properties"]["iso_a2"])]
    assert len(names) == len(set(names))
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert names == sorted(names)


def test_kosovo_carries_the_note(features: list[dict[str, Any]]) -> None:
    (kosovo,) = [f["properties"] for f in features if f["properties"]["name"].startswith("Kosovo")]
    assert kosovo["name"] == "Kosovo*"
    assert kosovo["note"] == (
        "* All references to Kosovo, whether the territory, institutions or population, in this text shall be "
        "understood in full compliance with United Nations Security Council Resolution 1244 and without "
        "prejudice to the status of Kosovo."
    )


def test_ukraine_and_cyprus_are_whole(countries: Countries) -> None:
    mainland = max(countries["Ukraine"].geoms, key=lambda part: part.area)
    assert mainland.contains(Point(34.10, 44.95))
    assert mainland.contains(Point(30.52, 50.45))
    assert len(countries["Cyprus"].geoms) == 1
    assert not countries["Cyprus"].geoms[0].interiors
    assert not countries["Somalia"].geoms[0].interiors


def test_no_border_crosses_crimea_or_cyprus(border_features: list[dict[str, Any]]) -> None:
    for feature in border_features:
        line = shape(feature["geometry"])
        assert not line.intersects(ISTHMUS_OF_CRIMEA), feature["properties"]
        assert not line.intersects(AROUND_CYPRUS), feature["properties"]


def test_unsettled_lines_are_marked(border_features: list[dict[str, Any]]) -> None:
    marked = {
        tuple(feature["properties"]["between"])
        for feature in border_features
        if feature["properties"]["kind"] == "undetermined"
    }
    assert ("Kosovo*", "Serbia") in marked
    assert ("Morocco", "Western Sahara") in marked
    assert ("Algeria", "Western Sahara") not in marked
    assert {feature["properties"]["kind"] for feature in border_features} == {"border", "undetermined"}


def test_borders_follow_the_outlines(countries: Countries, border_features: list[dict[str, Any]]) -> None:
    for feature in border_features:
        line = shape(feature["geometry"])
        for name in feature["properties"]["between"]:
            assert line.hausdorff_distance(line.intersection(countries[name].boundary)) < 1e-9, name


def test_geometry_is_valid(countries: Countries) -> None:
    assert [name for name, land in countries.items() if land.is_empty or not land.is_valid] == []
    assert all(polygon.exterior.is_ccw for land in countries.values() for polygon in land.geoms)


def test_neighbours_do_not_overlap(countries: Countries) -> None:
    lands = list(countries.values())
    pairs = shapely.STRtree(lands).query(lands, predicate="intersects").T
    overlap = sum(lands[a].intersection(lands[b]).area for a, b in pairs if a < b)
    assert overlap < 0.0005


def test_no_hole_where_an_exclave_was(countries: Countries) -> None:
    # Artsvashen and Barxudarlı in the Caucasus, Madha in Oman's Musandam: each must belong to somebody.
    for longitude, latitude in [(45.50, 40.62), (45.20, 40.99), (56.27, 25.27)]:
        point = Point(longitude, latitude)
        assert any(land.covers(point) for land in countries.values()), (longitude, latitude)


def test_nothing_spans_the_antimeridian(countries: Countries, border_features: list[dict[str, Any]]) -> None:
    polar = {"Antarctica"}
    for name, land in countries.items():
        west, south, east, north = land.bounds
        assert -180 <= west <= east <= 180, name
        assert -90 <= south <= north <= 90, name
        if name not in polar:
            assert max(part.bounds[2] - part.bounds[0] for part in land.geoms) < 180, name
    for feature in border_features:
        for line in feature["geometry"]["coordinates"]:
            west, _, east, _ = LineString(line).bounds
            assert east - west < 90, feature["properties"]


@pytest.mark.parametrize(
    ("name", "at_least", "at_most"),
    [
        ("land.geojson", 600_000, 1_250_000),
        ("borders.geojson", 80_000, 300_000),
        ("graticule.geojson", 500, 5_000),
        ("map-light.json", 1_000, 5_000),
        ("map-dark.json", 1_000, 5_000),
    ],
)
def test_size(name: str, at_least: int, at_most: int) -> None:
    assert at_least < (STATIC / name).stat().st_size < at_most


@pytest.mark.parametrize("theme", THEMES)
def test_style_asks_no_other_host(theme: str) -> None:
    text = (STATIC / f"map-{theme}.json").read_text(encoding="utf-8")
    assert "http" not in text
    assert "//" not in text
    assert "mapbox:" not in text
    # Either would be fetched, and neither is in this folder.
    assert not {"glyphs", "sprite"} & set(json.loads(text))


@pytest.mark.parametrize("theme", THEMES)
def test_style_uses_only_sources_that_exist(theme: str) -> None:
    style = read(f"map-{theme}.json")
    assert style["version"] == 8
    for source in style["sources"].values():
        # Relative to the page, so that it also holds where the app runs under a base path.
        assert source["data"].startswith("app/static/")
        assert (STATIC / source["data"].removeprefix("app/static/")).is_file()
    used = {layer["source"] for layer in style["layers"] if layer["type"] != "background"}
    assert used == set(style["sources"])
    assert len({layer["id"] for layer in style["layers"]}) == len(style["layers"])


def test_themes_differ_only_in_colour() -> None:
    light, dark = ((STATIC / f"map-{theme}.json").read_text(encoding="utf-8") for theme in THEMES)
    assert light != dark
    assert re.sub("#[0-9a-f]{6}|light", "", light) == re.sub("#[0-9a-f]{6}|dark", "", dark)


@pytest.mark.parametrize("name", GEOJSON)
def test_geojson_is_compact_and_rounded(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert ", " not in re.sub(r'"[^"]*"', '""', text)
    assert not re.search(r"\d\.\d{4,}", text)


def test_unwrap_runs_on_past_the_antimeridian() -> None:
    assert unwrap([(179.0, 1.0), (-179.0, 2.0), (-179.0, 2.0), (178.0, 3.0)]) == [
        (179.0, 1.0),
        (181.0, 2.0),
        (178.0, 3.0),
    ]


def test_decode_arc_adds_up_the_deltas() -> None:
    transform = {"scale": [0.5, 0.25], "translate": [10.0, 20.0]}
    assert decode_arc([[2, 4], [1, 0], [0, -4]], transform) == [(11.0, 21.0), (11.5, 21.0), (11.5, 20.0)]


def test_cut_at_antimeridian_moves_what_lies_beyond() -> None:
    parts = cut_at_antimeridian(Polygon(box(178, 0, 183, 1)))
    assert sorted(part.bounds for part in parts) == [(-180, 0, -177, 1), (178, 0, 180, 1)]
