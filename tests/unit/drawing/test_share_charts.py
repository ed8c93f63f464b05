"""Lines of shares: which stand out, their bands, and the numbers below them."""

from __future__ import annotations

from typing import Any

from icc_data.drawing.palette import LIGHT
from tests.unit.drawing.test_charts import spec_of, values_of


def layers_of(name: str) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = spec_of(name, rows=3)["layer"]
    return layers


def test_lines_stand_out_or_are_grey():
    grey, *_rest = layers_of("share lines")
    assert grey["mark"] | {"color": LIGHT.unknown} == grey["mark"]
    (domain,) = {
        tuple(layer["encoding"]["color"]["scale"]["domain"])
        for layer in layers_of("share lines")
        if "field" in layer["encoding"].get("color", {})
    }
    assert domain == ("Trust",)


def test_a_share_has_a_band_where_it_is_asked_for_and_a_count_never():
    assert [layer["mark"]["type"] for layer in layers_of("share lines")].count("area") == 1
    assert "area" not in [layer["mark"]["type"] for layer in layers_of("count lines")]


def test_how_many_practices_a_year_has_stands_below_it_once_and_grey_where_few():
    texts = [layer for layer in layers_of("share lines") if layer["mark"]["type"] == "text"]
    (numbers,) = [layer for layer in texts if layer["encoding"]["text"]["field"] == "of"]
    assert numbers["encoding"]["color"]["condition"] == {"test": "datum.few", "value": LIGHT.muted}
    rows = values_of(spec_of("share lines", rows=3))
    assert sorted((row["year"], row["of"], row["few"]) for row in rows if row["once"]) == [
        (2017, 8, False),
        (2018, 2, True),
    ]


def test_panels_stand_in_the_order_of_their_places_with_the_numbers_of_each():
    spec = spec_of("share panels", rows=3)
    assert spec["facet"]["sort"] == ["Spain"]
    assert [layer["mark"]["type"] for layer in spec["spec"]["layer"]].count("text") == 1


def rectangles(layers: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Where the bands over years begin and end."""
    of_bands = [layer for layer in layers if layer["mark"]["type"] == "rect"]
    return [{step["as"]: step["calculate"] for step in band["transform"] if "as" in step} for band in of_bands]


def test_the_years_still_being_published_lie_under_a_band_that_ends_with_the_years_drawn():
    band, words = layers_of("unfinished share lines")[:2]
    assert rectangles([band]) == [{"begin": "2017.5", "end": "2018.5"}]
    assert words["encoding"]["text"] == {"datum": "still being published"}


def test_on_a_narrow_screen_the_words_of_the_band_give_way_to_what_the_height_is():
    _band, words = layers_of("unfinished share lines")[:2]
    assert words["mark"]["opacity"] == {"expr": "width < 430 ? 0 : 1"}


def test_what_the_numbers_and_the_grey_are_stands_below_a_line_each():
    assert layers_of("share lines")[0]["encoding"]["x"]["title"] == [
        "Numbers: all practices of each year",
        "Grey numbers: fewer than 5",
        "Grey lines: the other groups",
    ]


def test_in_panels_the_band_has_no_words():
    layers = spec_of("unfinished share panels", rows=3)["spec"]["layer"]
    assert rectangles(layers) == [{"begin": "2017.5", "end": "2018.5"}]
    assert [layer["mark"]["type"] for layer in layers].count("text") == 1


def test_years_that_end_before_the_last_ones_have_no_band():
    assert rectangles(layers_of("share lines before the last years")) == []
