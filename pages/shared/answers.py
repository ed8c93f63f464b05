"""Questions asked once: the same question on the same data is answered from memory."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.i18n import language, set_language
from icc_data.queries.comparison import Other, Rest
from icc_data.queries.search_box import already_found
from pages.shared.session import current, work_in

Answer = TypeVar("Answer")
_FRAMES = (pd.DataFrame, pd.Series)
_CONTAINERS = (list, tuple)
_UNCHANGING = (bool, int, float, str, bytes, date, frozenset)


class _Kept:
    """An answer that is given again and again, of which whoever gets it may change their own.

    Frames are given as shallow copies, which share their columns until one of them writes (pandas' copy on write),
    and containers of such as new containers: nothing has to be made anew. All else is kept as bytes.

    Args:
        answer: what was answered.
    """

    def __init__(self, answer: Any) -> None:
        self._shared = _can_be_shared(answer)
        self._answer = answer if self._shared else pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)

    def own(self) -> Any:
        """The answer, for one who asks."""
        return _own(self._answer) if self._shared else pickle.loads(self._answer)


def _can_be_shared(answer: Any) -> bool:
    if type(answer) in _CONTAINERS:
        return all(map(_can_be_shared, answer))
    if type(answer) is dict:
        return all(map(_can_be_shared, answer.values()))
    return answer is None or type(answer) in (*_FRAMES, *_UNCHANGING)


def _own(answer: Any) -> Any:
    if type(answer) in _FRAMES:
        return answer.copy(deep=False)
    if type(answer) in _CONTAINERS:
        return type(answer)(map(_own, answer))
    return {name: _own(value) for name, value in answer.items()} if type(answer) is dict else answer


@st.cache_data(max_entries=2000, show_spinner=False)
def _answer(key: str, _ask: Callable[[], Any]) -> Any:
    # Of those who ask the same at once, one is made to work and the others wait: Streamlit sees to it.
    return _ask()


# Those asked for last are ready to give. All others lie as bytes, which are few objects for Python to look after.
@st.cache_resource(max_entries=300, show_spinner=False)
def _given(key: str, _ask: Callable[[], Any]) -> _Kept:
    return _Kept(_answer(key, _ask))


def ask(question: Callable[..., Any], selection: Other | None = None, *args: Any, **kwargs: Any) -> Any:
    """Ask a question of ``queries``; the same question on the same data is answered from memory.

    Args:
        question: a function of ``queries``: (connection, selection, …).
        selection: the practices meant; None for a question that has no selection.
    """
    session = current()
    before = () if selection is None else (selection,)

    def work() -> Any:
        with _searched_once(selection):
            return question(session.connection, *before, *args, **kwargs)

    parts = (question.__module__, question.__name__, selection, args, sorted(kwargs.items()))
    return _given(session.key(*parts), work).own()


@contextmanager
def _searched_once(meant: Other | None) -> Iterator[None]:
    """Let all questions about what was typed share one search: to plan it takes longer than to answer most of them."""
    selection = meant.of if isinstance(meant, Rest) else meant
    if selection is None or selection.search.is_empty:
        yield
        return
    practices = remember(lambda: queries.found(current().connection, selection), "found", selection.search)
    with nullcontext() if practices is None else already_found(selection.search, practices):
        yield


def remember(work: Callable[[], Answer], *parts: object) -> Answer:
    """What a work on the published data gives; with the same parts on the same data it is given from memory.

    Args:
        work: gives it; it must depend on nothing but the data, the language and the parts.
        parts: what it depends on, and a name of its own.
    """
    given: Answer = _given(current().key("remembered", *parts), work).own()
    return given


def later(work: Callable[[], Answer]) -> Callable[[], Answer]:
    """A work for another thread, such as writing a file that is clicked, in this run's session and language."""
    session, spoken = current(), language()

    def do() -> Answer:
        work_in(replace(session, connection=session.connection.cursor()))
        set_language(spoken)
        return work()

    return do
