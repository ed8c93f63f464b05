"""Charts and the map as pictures: whole by themselves, true to the screen, drawn without the network."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import duckdb
import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from shapely import Polygon, box

from icc_data import queries
from icc_data.drawing import charts
from icc_data.drawing.map_measures import MEASURES
from icc_data.drawing.map_views import MapView
from icc_data.drawing.maps import city_map
from icc_data.drawing.palette import DARK, LIGHT, Look
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.files.pictures import MOST_NAMES, SHRINK, chart_picture, map_picture
from icc_data.files.pictures.canvas import CANVASES, MARGIN, SCREEN
from icc_data.files.pictures.land import Frame, Projection, _cut, frame_around
from icc_data.files.pictures.letters import FOLDER, with_letters
from icc_data.files.pictures.sheet import FONT, MOST_LINES, Line, wrapped, written
from icc_data.queries.selection import Selection
from tests.helpers.examples import examples

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
FACTS = Provenance(
    "Practices started per year", ["Country: Spain", "From: 2015"], "", date(2026, 11, 22), "0123456789ab"
)
BY_YEAR = pd.DataFrame({"year": [2017, 2019], "practices": [3, 5]})
BY_GROUP = pd.DataFrame(
    {"year": [2017, 2017, 2019], "practices": [3, 1, 5], "label": ["Trust", "Equal access", "Trust"], "rank": [0, 1, 0]}
)
RANKED = pd.DataFrame({"code": ["a", "b"], "label": ["Łódź", "Mālaga"], "practices": [9, 4], "text": ["9", "4"]})
PRACTICES = MEASURES["practices"]
SVG = "{http://www.w3.org/2000/svg}"


def chart(look: Look = LIGHT, **facts: Any) -> str:
    return chart_picture(charts.year_bars(BY_YEAR, look).to_dict(), "svg", look, replace(FACTS, **facts)).decode()


def city(name: str, latitude: float | None, longitude: float | None, practices: int = 3) -> dict[str, Any]:
    known = {"city_id": name.lower(), "name": name, "country": "Spain", "policy_areas": 1, "practices": practices}
    numbers = {"joined_year": None, "index_score": None, "index_year": None, "foreign_born_pct": None}
    return {**known, **numbers, "diversity_year": None, "latitude": latitude, "longitude": longitude}


SPAIN = pd.DataFrame(
    [
        city("Bilbao", 43.3, -2.9, 9),
        city("Málaga", 36.7, -4.4),
        city("Parla", 40.2, -3.8, 0),
        city("Nowhere", None, None),
    ]
)


def map_of(cities: pd.DataFrame, look: Look = LIGHT, **options: Any) -> str:
    return map_picture(cities, PRACTICES, "svg", look, FACTS, **options).decode()


def said(svg: str) -> str:
    """All words of a picture, a line each."""
    return "\n".join("".join(element.itertext()) for element in ElementTree.fromstring(svg).iter(f"{SVG}text"))


def circles(svg: str) -> list[dict[str, str]]:
    """The circles of the cities, which have a title, as their attributes."""
    found = ElementTree.fromstring(svg).iter(f"{SVG}circle")
    return [{**circle.attrib, "name": title} for circle in found if (title := circle.findtext(f"{SVG}title"))]


def png_size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


class TestEveryPicture:
    def test_a_picture_says_what_it_shows_and_where_that_comes_from(self) -> None:
        words = said(chart())
        assert "Practices started per year" in words
        assert "Country: Spain · From: 2015" in words
        assert "Source: Intercultural Cities Atlas" in words
        assert "Data as of 22 November 2026, version 0123456789ab" in words

    def test_a_picture_with_own_results_says_so(self) -> None:
        assert "The own results of Bergen" in chart(own="The own results of Bergen")
        assert "own results" not in chart()

    @LOOKS
    def test_a_picture_has_the_background_of_its_look_all_over(self, look: Look) -> None:
        root = ElementTree.fromstring(chart(look))
        ground = root.find(f"{SVG}rect")
        assert ground is not None
        assert (ground.get("fill"), ground.get("width")) == (look.background, root.get("width"))
        assert ground.get("height") == root.get("height")

    def test_a_png_has_two_pixels_for_each_of_the_drawing(self) -> None:
        spec = charts.year_bars(BY_YEAR, LIGHT).to_dict()
        root = ElementTree.fromstring(chart())
        width, height = png_size(chart_picture(spec, "png", LIGHT, FACTS))
        assert (width, height) == (
            2 * (SCREEN.room + 2 * MARGIN),
            pytest.approx(2 * float(root.get("height", 0)), abs=2),
        )

    def test_every_letter_of_the_network_is_drawn_as_itself(self) -> None:
        spec = charts.year_bars(BY_YEAR, LIGHT).to_dict()
        pictures = {chart_picture(spec, "png", LIGHT, replace(FACTS, title=letter)) for letter in "üěŁāß€ñșΩЖ\ue000"}
        assert len(pictures) == 11

    def test_a_line_with_letters_that_the_font_of_a_png_lacks_asks_for_one_that_has_them(self) -> None:
        other = f'<text font-family="{FONT}">Łódź Κύθηρα</text>'
        svg = f'<svg><text x="1" font-family="{FONT}">Nguyễn</text>{other}</svg>'
        assert with_letters(svg) == f'<svg><text x="1" font-family="Atlas Pictures">Nguyễn</text>{other}</svg>'

    @pytest.mark.parametrize("weight", ["normal", "bold"])
    def test_a_png_draws_such_a_line_upright_in_its_weight(self, weight: str) -> None:
        def drawn(family: str) -> bytes:
            words = f'<text x="4" y="30" font-size="24" font-weight="{weight}" font-family="{family}">Nguyễn ườ</text>'
            return written(f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">{words}</svg>', "png")

        file = FOLDER / ("Bold.ttf" if weight == "bold" else "Regular.ttf")
        glyphs, across = TTFont(file), 0
        for letter in "Nguyễn ườ":
            across += glyphs["hmtx"][glyphs.getBestCmap()[ord(letter)]][0]
        with Image.open(io.BytesIO(drawn(FONT))) as image:
            left, _top, right, _bottom = image.getchannel("A").getbbox() or (0, 0, 0, 0)
        # Two pixels a pixel of the drawing; the sides of the first and the last letter are free.
        assert right - left == pytest.approx(2 * 24 * across / glyphs["head"].unitsPerEm, abs=8)

    @pytest.mark.parametrize("title", ["a < b & c > d", "\x00control\x0b", "half \ud800", "]]>", "<script>x</script>"])
    def test_no_title_breaks_a_picture(self, title: str) -> None:
        words = said(chart(title=title, selection=[title]))
        assert title.replace("\x00", "�").replace("\x0b", "").replace("\ud800", "�") in words

    def test_a_long_title_and_a_long_selection_stay_on_the_sheet(self) -> None:
        root = ElementTree.fromstring(chart(title="Intercultural " * 12, selection=["City: Bilbao"] * 200))
        lines = [element for element in root.iter(f"{SVG}text") if element.get("font-size") in ("20", "13")]
        widths = [Line(str(line.text), float(line.get("font-size", 0)), "").width for line in lines]
        assert max(widths) <= (SCREEN.room + 2 * MARGIN) - 2 * MARGIN
        assert str(lines[-1].text).endswith("…")
        assert len(lines) <= 2 * MOST_LINES

    @given(st.text(max_size=200), st.floats(30, 900))
    def test_wrapping_keeps_every_word(self, text: str, room: float) -> None:
        lines = wrapped(Line(text, 11, ""), room)
        kept = "".join("".join(line.text.split()) for line in lines)
        assert kept == "".join(text.split())

    @pytest.mark.parametrize("canvas", CANVASES)
    def test_however_long_a_note_is_all_of_it_stands_below_the_picture(self, canvas: str) -> None:
        note = " ".join(f"word{place}" for place in range(300))
        spec = charts.year_bars(BY_YEAR, LIGHT).to_dict()
        svg = chart_picture(spec, "svg", LIGHT, replace(FACTS, notes=[note]), CANVASES[canvas]).decode()
        assert re.findall(r"word\d+", svg) == note.split()

    def test_an_unknown_form_is_refused_with_those_there_are(self) -> None:
        for draw in (
            lambda: chart_picture({}, "gif", LIGHT, FACTS),
            lambda: map_picture(SPAIN, PRACTICES, "gif", LIGHT, FACTS),
        ):
            with pytest.raises(AtlasError, match=r"“gif”.*svg, png"):
                draw()


class TestCharts:
    def test_a_chart_fills_the_sheet(self) -> None:
        assert f'width="{(SCREEN.room + 2 * MARGIN)}"' in chart()[:300]
        bars = re.findall(r'<path d="M([\d.]+)[^>]*fill="#4c43b0"', chart())
        assert max(map(float, bars)) > (SCREEN.room + 2 * MARGIN) / 2

    def test_a_chart_is_not_changed_by_being_drawn(self) -> None:
        spec = charts.year_bars(BY_YEAR, LIGHT).to_dict()
        before = repr(spec)
        chart_picture(spec, "svg", LIGHT, FACTS)
        assert repr(spec) == before

    def test_colours_that_the_page_explains_are_explained_in_the_picture(self) -> None:
        spec = charts.year_bars(BY_GROUP, LIGHT, colours={"Trust": "#d98a00", "Equal access": "#0068a8"}).to_dict()
        words = said(chart_picture(spec, "svg", LIGHT, FACTS).decode()).splitlines()
        assert [words.count("Trust"), words.count("Equal access")] == [1, 1]

    def test_a_picture_says_what_is_paler_in_it(self) -> None:
        parts = ("sure", "less sure")
        rows = BY_YEAR.assign(sure=1, unsure=1, part="sure", count=1, rank=0)
        rows = pd.concat([rows, rows.assign(part="less sure", rank=1)])
        spec = charts.year_bars(rows, LIGHT, parts=parts, unfinished=(2018, 2020)).to_dict()
        words = said(chart_picture(spec, "svg", LIGHT, FACTS).decode()).splitlines()
        assert [words.count(text) for text in (*parts, "still being published")] == [1, 1, 1]

    def test_bars_that_carry_their_names_need_no_legend(self) -> None:
        spec = charts.ranked_bars(RANKED, LIGHT, colours={"a": "#111111", "b": "#222222"}).to_dict()
        assert said(chart_picture(spec, "svg", LIGHT, FACTS).decode()).splitlines().count("Łódź") == 1

    def test_a_layered_chart_is_drawn(self) -> None:
        frame = pd.DataFrame(
            {"year": [2008, 2010], "cities": [2, 1], "cumulated": [2, 3], "names": "A", "words": "3 so far"}
        )
        spec = charts.joining_bars(frame, LIGHT).to_dict()
        assert "3 so far" in said(chart_picture(spec, "svg", LIGHT, FACTS).decode())

    def test_charts_side_by_side_are_drawn(self) -> None:
        one = {**charts.year_bars(BY_YEAR, LIGHT).to_dict(), "width": "container"}
        config, schema = one.pop("config"), one.pop("$schema")
        both = {"$schema": schema, "config": config, "hconcat": [one, {**one, "params": []}]}
        assert said(chart_picture(both, "svg", LIGHT, FACTS).decode()).splitlines().count("2017") == 2

    def test_data_at_an_address_is_refused(self) -> None:
        spec = {"data": {"url": "http://127.0.0.1:9/rows.json"}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
        with pytest.raises(AtlasError, match="cannot be drawn"):
            chart_picture(spec, "svg", LIGHT, FACTS)

    def test_a_chart_too_tall_or_of_too_many_rows_is_refused_at_once(self) -> None:
        tall = {**charts.year_bars(BY_YEAR, LIGHT).to_dict(), "height": 100_000}
        many = charts.year_bars(BY_YEAR, LIGHT).to_dict()
        many["datasets"] = {name: rows * 10_000 for name, rows in many["datasets"].items()}
        stepped = {"mark": "bar", "encoding": {"y": {"field": "a"}}, "data": {"values": [{"a": n} for n in range(300)]}}
        for spec in (tall, many, stepped):
            with pytest.raises(AtlasError, match="too large for a picture"):
                chart_picture(spec, "svg", LIGHT, FACTS)

    def test_titles_that_vega_cannot_read_do_not_matter(self) -> None:
        spec = charts.ranked_bars(RANKED, LIGHT, value_title="two\nlines \\ '\"").to_dict()
        assert "Łódź" in said(chart_picture(spec, "svg", LIGHT, FACTS).decode())

    def test_control_characters_in_the_rows_do_not_break_a_picture(self) -> None:
        spec = charts.ranked_bars(RANKED.assign(label=["a\x01b", "c"]), LIGHT).to_dict()
        assert "a�b" in said(chart_picture(spec, "svg", LIGHT, FACTS).decode())

    def test_what_is_no_chart_is_refused(self) -> None:
        with pytest.raises(AtlasError, match="cannot be drawn"):
            chart_picture({"mark": 5}, "svg", LIGHT, FACTS)


class TestCanvases:
    """What a picture is for decides its size."""

    @staticmethod
    def png(canvas: str, **facts: Any) -> bytes:
        spec = charts.year_bars(BY_YEAR, LIGHT).to_dict()
        return chart_picture(spec, "png", LIGHT, replace(FACTS, **facts), CANVASES[canvas])

    @pytest.mark.parametrize(("canvas", "size"), [("slide", (2560, 1440)), ("card", (2400, 1260))])
    @pytest.mark.parametrize("notes", [[], ["A sentence that says how it was computed. " * 9] * 6])
    def test_a_slide_and_a_card_have_their_size_however_much_is_to_be_said(
        self, canvas: str, size: tuple[int, int], notes: list[str]
    ) -> None:
        assert png_size(self.png(canvas, notes=notes)) == size

    def test_a_picture_for_a_column_is_as_wide_as_the_column_in_print(self) -> None:
        spec = charts.year_bars(BY_YEAR, LIGHT).to_dict()
        root = ElementTree.fromstring(chart_picture(spec, "svg", LIGHT, FACTS, CANVASES["column"]).decode())
        assert root.get("width") == "85mm"
        # 300 dots an inch and more.
        assert png_size(self.png("column"))[0] >= 85 / 25.4 * 300
        with Image.open(io.BytesIO(self.png("column"))) as image:
            assert image.width / image.info["dpi"][0] * 25.4 == pytest.approx(85, abs=0.5)
        smallest = min(
            float(str(element.get("font-size", 99)).removesuffix("px")) for element in root.iter(f"{SVG}text")
        )
        points = smallest * 85 / float(root.get("viewBox", "").split()[2]) / 25.4 * 72
        assert points >= 6.5

    def test_a_slide_has_an_editable_title_a_described_picture_and_the_method_as_notes(self) -> None:
        spec = charts.year_bars(BY_YEAR, DARK).to_dict()
        facts = replace(FACTS, title="Ours", notes=["So it was computed."], address="https://atlas.example/timeline")
        (page,) = Presentation(io.BytesIO(chart_picture(spec, "pptx", DARK, facts))).slides
        assert page.shapes.title.text_frame.text == "Ours"
        told = page.part.package.core_properties
        assert (told.title, told.author, told.language) == ("Ours", "Intercultural Cities Atlas", "en")
        (drawing,) = [shape for shape in page.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert drawing._element.nvPicPr.cNvPr.get("descr").startswith("Ours Country: Spain")
        assert page.notes_slide.notes_text_frame.text == "So it was computed.\nhttps://atlas.example/timeline"
        assert str(page.background.fill.fore_color.rgb) == DARK.background.lstrip("#").upper()
        assert drawing.left + drawing.width <= 12192000
        assert drawing.top + drawing.height <= 6858000


class TestMaps:
    @LOOKS
    def test_a_map_has_the_circles_of_the_screen(self, look: Look) -> None:
        on_screen = {point["name"]: point for point in city_map(SPAIN, look, MapView(PRACTICES)).layers[-1].data}
        drawn = {circle["name"]: circle for circle in circles(map_of(SPAIN, look))}
        assert set(drawn) == {"Bilbao", "Málaga", "Parla"}
        for name, circle in drawn.items():
            assert float(circle["r"]) == pytest.approx(SHRINK * on_screen[name]["radius"], abs=0.06)
            assert circle["fill"] == "#{:02x}{:02x}{:02x}".format(*on_screen[name]["fill"][:3])

    def test_a_map_explains_its_circles(self) -> None:
        words = said(map_of(SPAIN)).splitlines()
        assert "Practices" in words
        assert "none" in words
        assert "9" in words

    def test_cities_with_something_to_show_carry_their_names(self) -> None:
        words = said(map_of(SPAIN)).splitlines()
        assert words.count("Bilbao") == 2, "once as the edge behind the letters"
        assert "Parla" not in words

    def test_what_a_map_cannot_show_is_counted(self) -> None:
        world = pd.concat([SPAIN, pd.DataFrame([city("Auckland", -36.8, 174.8)])])
        assert "1 city is not shown: its coordinates are not known." in said(map_of(SPAIN))
        assert "1 city lies outside this picture." in said(map_of(world, zoom="europe"))
        assert "outside" not in said(map_of(world, zoom="world"))

    def test_a_map_names_where_coasts_and_coordinates_come_from(self) -> None:
        assert "Coordinates: GeoNames (CC BY 4.0). Coasts and borders: Natural Earth" in said(map_of(SPAIN))

    def test_no_cities_are_a_map_too(self) -> None:
        assert circles(map_of(SPAIN.head(0))) == []
        assert circles(map_of(SPAIN.tail(1))) == []

    def test_one_city_is_shown_with_the_land_around_it(self) -> None:
        (only,) = circles(map_of(SPAIN.head(1)))
        assert float(only["cx"]) == pytest.approx(((SCREEN.room + 2 * MARGIN) - 2 * MARGIN) / 2, abs=1)

    @pytest.mark.parametrize("zoom", ["europe", "world", "selection"])
    def test_the_real_network_is_drawn(self, zoom: Any, atlas: duckdb.DuckDBPyConnection) -> None:
        cities = queries.cities(atlas, Selection())
        svg = map_of(cities, zoom=zoom)
        outside = re.search(r"(\d+) cities lie outside", said(svg))
        placed = int(cities["latitude"].notna().sum())
        assert len(circles(svg)) == placed - int(outside.group(1) if outside else 0)
        names = re.findall(r'stroke-opacity="0.85"', svg)
        assert 15 <= len(names) <= MOST_NAMES
        assert len(svg) < 700_000

    def test_a_map_can_be_a_png(self) -> None:
        assert png_size(map_picture(SPAIN, PRACTICES, "png", DARK, FACTS))[0] == 2 * (SCREEN.room + 2 * MARGIN)


DEGREES = st.tuples(st.floats(-179, 179), st.floats(-70, 75))
PLACES = st.lists(DEGREES, min_size=1, max_size=12).map(lambda places: np.array(places, dtype=float))


class TestProjections:
    def test_the_centre_of_a_round_map_is_its_middle(self) -> None:
        assert Projection(10, 50)(np.array([[10.0, 50.0]])).tolist() == [[0.0, 0.0]]

    def test_equal_earth_is_as_wide_as_published(self) -> None:
        # Šavrič, Patterson and Jenny 2018: the equator is 2.05458 times as long as the meridian of the middle.
        ends = Projection()(np.array([[180.0, 0.0], [0.0, 90.0]]))
        assert ends[0, 0] / -ends[1, 1] == pytest.approx(2.05458, abs=1e-4)

    @given(DEGREES, st.sampled_from([Projection(), Projection(10, 50), Projection(-70, -33)]))
    def test_equal_areas_stay_equal(self, place: tuple[float, float], projection: Projection) -> None:
        east, north = place
        step = 0.01
        corners = np.array([[east, north], [east + step, north], [east + step, north + step], [east, north + step]])
        assume(projection.sees(corners).all())
        on_globe = np.radians(step) * (np.sin(np.radians(north + step)) - np.sin(np.radians(north)))
        assert Polygon(projection(corners)).area == pytest.approx(on_globe, rel=1e-3)

    @given(PLACES, st.floats(0, 0.2))
    def test_a_frame_holds_the_places_it_was_made_for(self, places: Any, room: float) -> None:
        frame = frame_around(places, width=900, heights=(380, 560), room=room)
        pixels = frame.pixels(places)
        assert (pixels > -1e-6).all()
        assert (pixels < [frame.width + 1e-6, frame.height + 1e-6]).all()
        assert 380 <= frame.height <= 560

    def test_a_frame_around_places_on_both_sides_of_the_antimeridian_is_centred_there(self) -> None:
        # Auckland and Honolulu: 27.3 degrees apart over the ocean, 332.7 the other way around.
        frame = frame_around(np.array([[174.8, -36.8], [-157.9, 21.3]]), width=900, heights=(380, 560))
        assert frame.projection == Projection(pytest.approx(188.45), pytest.approx(-7.75))

    @examples(60)
    @given(st.lists(st.floats(20, 400), min_size=3, max_size=30), st.floats(-50, 150), st.floats(-50, 150))
    def test_cutting_land_changes_nothing_within_the_frame(self, rays: list[float], x: float, y: float) -> None:
        frame = Frame(Projection(), 1, (0, 0), 100, 100)
        angles = np.linspace(0, 2 * np.pi, len(rays), endpoint=False)
        star = np.column_stack([x + np.cos(angles) * rays, y + np.sin(angles) * rays])
        inside = box(0, 0, 100, 100)
        whole, cut = Polygon(star).buffer(0), Polygon(_cut(star, frame, closed=True)).buffer(0)
        assert cut.intersection(inside).area == pytest.approx(whole.intersection(inside).area, abs=1e-3)
        assert cut.difference(box(-12.1, -12.1, 112.1, 112.1)).is_empty

    def test_a_line_that_leaves_the_frame_and_comes_back_is_not_closed(self) -> None:
        frame = Frame(Projection(), 1, (0, 0), 100, 100)
        line = np.array([[50.0, 50.0], [500.0, 50.0], [500.0, 80.0], [50.0, 80.0]])
        assert _cut(line, frame, closed=False).tolist() == [[50, 50], [112, 50], [112, 80], [50, 80]]
