"""Questions asked once: the same question on the same data is answered from memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from icc_data.i18n import language, set_language
from icc_data.queries.selection import Selection
from pages.shared.session import current, work_in

Answer = TypeVar("Answer")


@st.cache_data(max_entries=2000, show_spinner=False)
def _answer(key: str, _ask: Callable[[], Any]) -> Any:
    return _ask()


def ask(question: Callable[..., Any], selection: Selection | None = None, *args: Any, **kwargs: Any) -> Any:
    """Ask a question of ``queries``; the same question on the same data is answered from memory.

    Args:
        question: a function of ``queries``: (connection, selection, …).
        selection: the practices meant; None for a question that has no selection.
    """
    session = current()
    before = () if selection is None else (selection,)
    return _answer(
        session.key(question.__module__, question.__name__, selection, args, sorted(kwargs.items())),
        lambda: question(session.connection, *before, *args, **kwargs),
    )


def remember(work: Callable[[], Answer], *parts: object) -> Answer:
    """What a work on the published data gives; with the same parts on the same data it is given from memory.

    Args:
        work: gives it; it must depend on nothing but the data, the language and the parts.
        parts: what it depends on, and a name of its own.
    """
    given: Answer = _answer(current().key("remembered", *parts), work)
    return given


def later(work: Callable[[], Answer]) -> Callable[[], Answer]:
    """A work for another thread, such as writing a file that is clicked, in this run's session and language."""
    session, spoken = current(), language()

    def do() -> Answer:
        work_in(replace(session, connection=session.connection.cursor()))
        set_language(spoken)
        return work()

    return do
