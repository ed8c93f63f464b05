"""Texts in the Markdown of the screen."""

from __future__ import annotations

import re

# Beside Markdown's own marks, Streamlit reads “:red[…]”, “:material/…:” and “$…$”.
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>~$:])")


def escaped(text: str) -> str:
    """A text that the screen shows as it stands."""
    return _MARKS.sub(r"\\\1", text)
