"""Whether a page is looked at on a telephone."""

from __future__ import annotations

import streamlit as st


def on_a_telephone() -> bool:
    """Whether the browser says that it is a telephone's.

    Returns:
        What its name holds, as MDN, “Browser detection using the user agent”, says to tell a telephone.
    """
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
