"""The link to what a page shows, to pass on."""

from __future__ import annotations

import streamlit as st

from icc_data.i18n import translate as _
from pages.shared.address import address, params

# Pages that offer the link among what can be done with their subject, and the parameters that name it.
_WITH_LINK = {"city": {"city", "my_city"}, "practice": {"practice"}}


def copy_link(name: str) -> None:
    """A button that copies the whole address of this view, and shows it for browsers that keep pages from copying.

    Args:
        name: where it stands; ``serving/spoken.js`` copies at a click on what begins with “copy-link”.
    """
    with st.popover(_("Copy link"), icon=":material/link:", key=f"copy-link-{name}"):
        st.caption(_("It is copied where the browser lets pages copy; else copy it here."))
        st.code(address(), language=None, wrap_lines=True)


def left_to_subject(page: str) -> bool:
    """Whether the address names a subject of a page, among whose buttons the link then stands, not in the head."""
    return bool(_WITH_LINK.get(page, set()) & params().keys())


def link_without_subject(page: str) -> None:
    """The link on a page whose address names a subject that there is not, so that no buttons of it hold the link."""
    if left_to_subject(page):
        copy_link("subject")
