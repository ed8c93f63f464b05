"""What is sent of a chart: the columns that it names, and texts that stand there often once."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from icc_data.drawing.plain import needed
from pages.shared.figures import LONG, MOST_TEXTS, _arrow


def sent(frame: pd.DataFrame) -> pa.Table:
    return pa.ipc.open_stream(_arrow(frame)).read_all()


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
    assert list(needed(spec, frame)) == ["share"]


def test_a_column_whose_name_is_no_word_always_goes_along() -> None:
    assert list(needed({}, pd.DataFrame({"n (%)": [1], "n": [2]}))) == ["n (%)"]


def test_texts_that_stand_there_often_are_written_once_and_read_as_they_were() -> None:
    frame = pd.DataFrame({"area": ["Education", "Housing", None] * LONG, "n": range(3 * LONG)})
    table = sent(frame)
    assert pa.types.is_dictionary(table.schema.field("area").type)
    assert table["area"].to_pylist() == ["Education", "Housing", None] * LONG
    assert table["n"].to_pylist() == list(range(3 * LONG))


@pytest.mark.parametrize("texts", [["a", "b"], [str(place) for place in range(MOST_TEXTS + 1)]])
def test_texts_of_few_rows_and_those_that_hardly_come_again_stand_as_they_are(texts: list[str]) -> None:
    table = sent(pd.DataFrame({"area": texts}))
    assert not pa.types.is_dictionary(table.schema.field("area").type)
    assert table["area"].to_pylist() == texts
