"""Texts as people type them into the search."""

from __future__ import annotations

from hypothesis import strategies as st

# Texts as hostile or careless people type them, with the signs that mean something here drawn often.
signs = st.sampled_from(
    ['"', "“", "”", "«", "»", "-", "−", "'", " ", "%", "_", "$words", "{match}", "\x00", "the", "é"]
)
typed_texts = st.lists(signs | st.text(max_size=8), max_size=30).map("".join)
