"""Parts of a page that nobody operates, put there again without being worked out anew."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared.embedding import alone
from pages.shared.session import current


@st.cache_resource(max_entries=100, show_spinner=False)
def _drawn(key: str, _draw: Callable[[], None]) -> None:
    # Streamlit keeps what a cached function puts on the page, and puts it there again.
    _draw()


def draw_once(draw: Callable[[], None], *parts: object) -> None:
    """Put texts, tables and other things without a widget on the page; with the same parts as before, from memory.

    Args:
        draw: puts them there; it must depend on nothing but the data, the language, the theme and the parts.
        parts: what it depends on, and a name of its own.
    """
    session = current()
    if alone():
        # What belongs to a figure goes to where the figure stands.
        draw()
    else:
        # By name, here and wherever a rerun asks a cache: of others Streamlit reads the function’s signature each time.
        _drawn(key=session.key("drawn", session.look.name, *parts), _draw=draw)
