"""How far a long work is, counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from icc_data.i18n import number
from icc_data.i18n import translate as _
from icc_data.incoming.contributions.upload import Progress
from pages.shared.run_turns import step_aside

# Seconds after which somebody wonders; a bar that is gone at once would only flicker.
SOON = 0.5


@contextmanager
def rows_done() -> Iterator[Progress]:
    """A bar that counts the rows of a table while they are worked on, where that takes longer than a moment."""
    place, begun = st.empty(), time.monotonic()
    step_aside()

    def tell(doing: str, done: int, count: int) -> None:
        if time.monotonic() - begun > SOON:
            words = _("{doing}: {done} of {count} rows").format(doing=doing, done=number(done), count=number(count))
            place.progress(done / count, words)

    yield tell
    place.empty()
