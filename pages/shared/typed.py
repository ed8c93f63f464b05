"""Texts that somebody types of which only the beginning is used."""

from __future__ import annotations

import streamlit as st

from icc_data.i18n import number
from icc_data.i18n import translate as _


def beginning(typed: str, most: int) -> str:
    """What is used of a text, with a note below its field where that is not all of it.

    A field with ``max_chars`` takes nothing of a longer text that is pasted, and says nothing: so no field has it.

    Args:
        typed: as typed, or as the address has it.
        most: how many characters are used.

    Returns:
        The beginning, without room around it.
    """
    text = typed.strip()
    if len(text) > most:
        words = _("{count} characters were typed, the first {most} of them are used. Shorten the text to choose them.")
        st.caption(f":material/info: {words.format(count=number(len(text)), most=number(most))}")
    return text[:most].strip()
