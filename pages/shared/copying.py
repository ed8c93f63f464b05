"""The link to what a page shows, to pass on."""

from __future__ import annotations

import streamlit as st

from icc_data.i18n import translate as _
from pages.shared.address import address


def copy_link(name: str) -> None:
    """A button that copies the whole address of this view, and shows it for browsers that keep pages from copying.

    Args:
        name: where it stands; ``serving/spoken.js`` copies at a click on what begins with “copy-link”.
    """
    with st.popover(_("Copy link"), icon=":material/link:", key=f"copy-link-{name}"):
        st.caption(_("It is copied where the browser lets pages copy; else copy it here."))
        st.code(address(), language=None, wrap_lines=True)
