"""Menus that are filled when somebody opens them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st


def menu(
    label: str, icon: str, key: str, fill: Callable[[], None], width: Literal["content", "stretch"] = "content"
) -> None:
    """A button that opens a menu, whose contents are put there once it is open.

    The browser looks for a place for it as soon as it opens: until all is there, the style sheet keeps room for it.

    Args:
        label: what the button says.
        icon: its icon.
        key: of the menu, unlike all others on the page.
        fill: puts the contents there.
        width: of the button.
    """
    opened = st.popover(label, icon=icon, width=width, key=key, on_change="rerun")
    if not opened.open:
        return
    with opened, st.container(key=f"filling-{key}"):
        fill()
        st.html('<span class="filled"></span>')
