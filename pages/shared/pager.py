"""A list in pages: the links to them, and the one that the address asks for."""

from __future__ import annotations

import streamlit as st

from icc_data.i18n import number
from icc_data.i18n import translate as _
from icc_data.queries.ignored import Ignored
from pages.shared.address import note_read, say_ignored, set_option
from pages.shared.embedding import beside_figure
from pages.shared.paper import printed_words

PARAM = "page"


def page_number(name: str, count: int, per_page: int) -> int:
    """Draw the links to the pages of a list where it has several.

    Args:
        name: identifies the list on its page.
        count: how many entries it has.
        per_page: how many of them a page shows.

    Returns:
        The page that the address asks for, from 1; the first where there is no such page, which is said.
    """
    pages = max(1, -(-count // per_page))
    note_read(PARAM)
    text = st.query_params.get(PARAM, "1")
    page = int(text) if text.isdecimal() and len(text) <= len(str(pages)) and 1 <= int(text) <= pages else None
    if page is None:
        words = _("There is no page “{asked}”: the list has {count}. This is the first.")
        say_ignored([Ignored(PARAM, text, words.format(asked=text[:60], count=number(pages)))], {})
        page = 1
    if pages > 1:
        printed_words(_("Page {page} of {all}").format(page=number(page), all=number(pages)))
        key = f"{name}-page-{page}-{pages}"
        with beside_figure():
            st.pagination(pages, default=page, key=key, on_change=lambda: set_option(PARAM, str(st.session_state[key])))
    return page
