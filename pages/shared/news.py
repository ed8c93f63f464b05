"""What changed on a page, for people who hear it."""

from __future__ import annotations

import html

import streamlit as st


def announce(words: str, *, alarm: bool = False) -> None:
    """Tell people who hear the page what has changed on it; ``serving.spoken`` reads it to them.

    Args:
        words: plain text, in whole sentences.
        alarm: whether it is a fault, which is told at once.
    """
    st.html(f'<span class="news{" alarm" if alarm else ""}">{html.escape(words)}</span>')


def lead_to(what: str) -> None:
    """Where the page that is open shows something else than before, take the keyboard to the heading that follows.

    Args:
        what: tells what is shown from what was before.
    """
    st.html(f'<span class="lead">{html.escape(what)}</span>')
