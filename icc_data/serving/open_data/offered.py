"""Whether the server that runs gives the tables: pages name their addresses where it does."""

from __future__ import annotations

_offered = False


def offer() -> None:
    """Say that it does, from here on."""
    global _offered
    _offered = True


def is_offered() -> bool:
    """Whether it does; ``streamlit run dashboard.py`` does not."""
    return _offered
