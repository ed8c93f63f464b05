"""Tables that grow with the practices: a browser is sent their first rows, and told how many there are."""

from __future__ import annotations

import streamlit as st

from icc_data.i18n import number
from icc_data.i18n import translate as _

MOST_ROWS = 1000
"""Rows of a table that a browser is sent: of a great many nobody reads on."""


def say_first(count: int, shown: int) -> None:
    """Say of a table that was drawn just before that it has more rows, where it has.

    Args:
        count: how many rows there are.
        shown: how many of them are shown at most.
    """
    if count > shown:
        words = _("The first {shown} of {count} rows; the downloads hold all.")
        st.caption(words.format(shown=number(shown), count=number(count)))
