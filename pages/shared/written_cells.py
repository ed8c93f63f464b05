"""Tables whose cells are sorted by what they hold and shown as they are written elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def with_texts(cells: pd.DataFrame, texts: Sequence[Mapping[str, str]]) -> Styler:
    """A table for ``st.dataframe`` that shows a text in each cell.

    Args:
        cells: what the rows are sorted by.
        texts: what is shown, row by row, by column.
    """
    style = cells.style
    body = [
        [{"id": f"row{row}_col{column}", "display_value": told[name]} for column, name in enumerate(cells.columns)]
        for row, told in enumerate(texts)
    ]

    def translated(*_options: Any) -> dict[str, Any]:
        return {"body": body}

    # Streamlit has a Styler write all of its HTML, of which it takes these texts: five times as long as writing them.
    vars(style).update(_compute=lambda: style, _translate=translated)
    return style
