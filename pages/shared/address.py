"""The address of a page: reading what it asks for, and writing to it what somebody chooses."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from icc_data.queries.selection import SELECTION_PARAMS, Selection

Params = dict[str, list[str]]


def params() -> Params:
    """The address parameters, every one with all its values."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def address(**options: str) -> str:
    """The whole address of this view, for somebody else.

    Args:
        options: page options to have in it instead of the present ones.
    """
    asked = {**params(), **{name: [value] for name, value in options.items()}}
    query = urlencode([(name, value) for name, values in asked.items() for value in values])
    return (st.context.url or "") + (f"?{query}" if query else "")


def go(selection: Selection, page_options: Mapping[str, list[str]] | None = None) -> None:
    """Write a selection (and, if given, the page's options) to the address; the rest of the address stays."""
    # Another selection is another list: it begins on its first page.
    kept = {name: values for name, values in params().items() if name not in {*SELECTION_PARAMS, "page"}}
    st.query_params.from_dict({**kept, **(page_options or {}), **selection.to_params()})


def set_option(name: str, value: str | None) -> None:
    """Write one page option to the address, or take it out."""
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
