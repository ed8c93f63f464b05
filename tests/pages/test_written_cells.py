"""Tables that show what is written of their cells, and are sorted by what these hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData

from pages.shared.written_cells import with_texts

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

CELLS = pd.DataFrame({"label": ["Sport", "Housing"], "own": [0.75, None], "n": [10, 9]})
TEXTS = [{"label": "Sport", "own": "75%", "n": "10"}, {"label": "Housing", "own": "–", "n": "9"}]


def message(table: Styler) -> ArrowData:
    """What Streamlit sends of a table."""
    sent = ArrowData()
    marshall_styler(sent, table, "a-table")
    sent.styler.uuid = "whichever"
    return sent


@pytest.fixture
def sent() -> ArrowData:
    return message(with_texts(CELLS, TEXTS))


def test_each_cell_is_shown_as_it_is_written(sent: ArrowData):
    assert pa.ipc.open_stream(sent.styler.display_values).read_all().to_pylist() == TEXTS


def test_the_same_is_sent_of_a_table_for_which_all_html_is_written(sent: ArrowData):
    forms = {"own": lambda value: "–" if value != value else f"{value:.0%}", "n": str}
    assert sent == message(CELLS.style.format(forms))
