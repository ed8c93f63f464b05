"""What is sent of a chart: the columns that it names, and texts that stand there often once."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest
import vl_convert

from icc_data.drawing.arrow import LONG, arrow_rows, names_in
from icc_data.drawing.heatmaps import Shade, Side, heatmap
from icc_data.drawing.palette import LIGHT
from icc_data.drawing.plain import said_once
from tests.helpers.drawn import CELLS


def sent(frame: pd.DataFrame, named: frozenset[str] | None = None) -> pa.Table:
    return pa.ipc.open_stream(arrow_rows(frame, named)).read_all()


@pytest.mark.parametrize(
    "spec",
    [
        {"encoding": {"x": {"field": "share"}}},
        {"encoding": {"description": {"value": {"expr": 'datum["share"] + 1'}}}},
        {"transform": [{"filter": "datum.share > 1"}]},
        {"encoding": {"opacity": {"condition": {"test": "datum['share'] > 1"}}}},
        {"params": [{"select": {"fields": ["share"]}}]},
    ],
)
def test_a_column_that_a_chart_names_goes_along_and_no_other(spec: dict[str, object]) -> None:
    frame = pd.DataFrame({"share": [1], "shares": [2], "hare": [3], "of": [4]})
    assert sent(frame, names_in(spec)).column_names == ["share"]


def test_a_column_whose_name_is_no_word_always_goes_along() -> None:
    assert sent(pd.DataFrame({"n (%)": [1], "n": [2]}), names_in({})).column_names == ["n (%)"]


def test_texts_that_stand_there_often_are_written_once_and_read_as_they_were() -> None:
    frame = pd.DataFrame({"area": ["Education", "Housing", None] * LONG, "n": range(3 * LONG)})
    table = sent(frame)
    assert pa.types.is_dictionary(table.schema.field("area").type)
    assert table["area"].to_pylist() == ["Education", "Housing", None] * LONG
    assert table["n"].to_pylist() == list(range(3 * LONG))


@pytest.mark.parametrize("texts", [["a", "b"], [str(place) for place in range(2 * LONG)]])
def test_texts_of_few_rows_and_those_that_do_not_come_again_stand_as_they_are(texts: list[str]) -> None:
    table = sent(pd.DataFrame({"area": texts}))
    assert not pa.types.is_dictionary(table.schema.field("area").type)
    assert table["area"].to_pylist() == texts


@pytest.mark.parametrize("distinct", [100, 128, 129, 300])
def test_texts_that_come_again_are_written_once_however_many_there_are(distinct: int) -> None:
    texts = [f"{place} times as often" for place in range(distinct)] * 2
    table = sent(pd.DataFrame({"lift": texts}))
    assert pa.types.is_dictionary(table.schema.field("lift").type)
    assert table["lift"].to_pylist() == texts


@pytest.mark.parametrize(
    ("numbers", "bits"),
    [([0, 127], 8), ([-129, 5], 16), ([1985, 2026], 16), ([40_000, 0], 32), ([2**40, 0], 64), ([], 8)],
)
def test_whole_numbers_take_no_more_bytes_than_hold_them(numbers: list[int], bits: int) -> None:
    table = sent(pd.DataFrame({"practices": pd.Series(numbers, dtype="int64")}))
    assert table.schema.field("practices").type == getattr(pa, f"int{bits}")()
    assert table["practices"].to_pylist() == numbers


def test_numbers_that_are_missing_stay_missing() -> None:
    assert sent(pd.DataFrame({"n": pd.array([3, None], dtype="Int64")}))["n"].to_pylist() == [3, None]


def test_what_views_have_in_common_is_sent_once_and_drawn_as_before() -> None:
    chart = heatmap(CELLS, LIGHT, Side("x"), Side("y"), Shade("n"), text="said", tooltip={"lift": "Lift"}).to_dict()
    short = said_once(chart)
    assert list(short["encoding"]) == ["x", "y", "tooltip"]
    assert [list(view["encoding"]) for view in short["layer"]] == [["color"], ["text", "color"]]
    assert vl_convert.vegalite_to_vega(short) == vl_convert.vegalite_to_vega(chart)


def test_a_chart_whose_views_have_nothing_in_common_stays_as_it_is() -> None:
    for chart in ({"mark": "bar"}, {"layer": [{"mark": "bar", "encoding": {"x": {"value": 1}}}, {"mark": "rule"}]}):
        assert said_once(chart) == chart
