"""Questions asked once: the same question on the same data is answered from memory."""

from __future__ import annotations

import pickle
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from contextvars import copy_context
from dataclasses import replace
from datetime import date
from functools import cache
from inspect import Parameter, signature
from threading import Lock
from typing import Any, TypeVar

import pandas as pd

from icc_data import queries
from icc_data.cells import dicts_of
from icc_data.i18n import language, set_language
from icc_data.queries.comparison import AnySelection, selection_of
from icc_data.queries.search_box import Found, already_found
from pages.shared.session import current, work_in

Answer = TypeVar("Answer")
_FRAMES = (pd.DataFrame, pd.Series)
_CONTAINERS = (list, tuple)
_UNCHANGING = (bool, int, float, str, bytes, date, frozenset, Found)


class _Kept:
    """An answer that is given again and again, of which whoever gets it may change their own.

    Frames are given as shallow copies, which share their columns until one of them writes (pandas' copy on write),
    and containers of such as new containers: nothing has to be made anew. All else is kept as bytes.

    Args:
        answer: what was answered.
    """

    def __init__(self, answer: Any) -> None:
        self._shared = _can_be_shared(answer)
        self._answer = _flattened(answer) if self._shared else pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)

    def own(self, part: str | None = None) -> Any:
        """The answer, for one who asks.

        Args:
            part: what of it is wanted, where it is a dictionary; None for all of it.
        """
        answer: Any = self._answer if self._shared else pickle.loads(self._answer)
        if part is not None:
            answer = (answer.inside if type(answer) is _Flat else answer)[part]
        return _own(answer) if self._shared else answer


class _Flat:
    """A container of what nobody can change, which is copied in one go.

    Args:
        inside: the list, tuple or dictionary.
    """

    def __init__(self, inside: Any) -> None:
        self.inside = inside


def _flattened(answer: Any) -> Any:
    kind = type(answer)
    if kind in _CONTAINERS:
        parts = [_flattened(part) for part in answer]
        flat = not any(type(part) in (*_FRAMES, *_CONTAINERS, dict, _Flat) for part in parts)
        return _Flat(answer) if flat else kind(parts)
    if kind is dict:
        whole = {name: _flattened(value) for name, value in answer.items()}
        flat = not any(type(part) in (*_FRAMES, *_CONTAINERS, dict, _Flat) for part in whole.values())
        return _Flat(answer) if flat else whole
    return answer


def _can_be_shared(answer: Any) -> bool:
    if type(answer) in _CONTAINERS:
        return all(map(_can_be_shared, answer))
    if type(answer) is dict:
        return all(map(_can_be_shared, answer.values()))
    return answer is None or type(answer) in (*_FRAMES, *_UNCHANGING)


def _own(answer: Any) -> Any:
    if type(answer) is _Flat:
        return answer.inside.copy() if type(answer.inside) is not tuple else answer.inside
    if type(answer) in _FRAMES:
        return answer.copy(deep=False)
    if type(answer) in _CONTAINERS:
        return type(answer)(map(_own, answer))
    return {name: _own(value) for name, value in answer.items()} if type(answer) is dict else answer


class Answers:
    """Answers by what was asked: of those who ask the same at once, one is made to work and the others wait.

    Those asked for last are ready to give. All others lie as bytes, packed to a fifth: few objects for Python to look
    after, and little memory.
    Streamlit's own caches take longer to find an answer than most take to give, and turn each into bytes at once.

    Args:
        ready: how many are ready at most.
        most: how many are kept at most.
    """

    def __init__(self, ready: int = 600, most: int = 3000) -> None:
        self._most_ready, self._most = ready, most
        self._ready: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes: OrderedDict[str, bytes] = OrderedDict()
        self._at_work: dict[str, tuple[Lock, int]] = {}
        self._guard = Lock()

    def given(self, key: str, work: Callable[[], Any], part: str | None = None) -> Any:
        """The answer by that name, for one who asks; where there is none yet, of the work.

        Args:
            key: the name.
            work: gives the answer.
            part: what of it is wanted, where it is a dictionary; None for all of it.
        """
        with self._guard:
            kept = self._ready.get(key)
            if kept is not None:
                self._ready.move_to_end(key)
        if kept is None:
            with self._turn(key):
                kept = self._stored(key) or self._keep(key, _Kept(work()))
        return kept.own(part)

    @contextmanager
    def _turn(self, key: str) -> Iterator[None]:
        """Let one after the other work on an answer."""
        with self._guard:
            lock, others = self._at_work.get(key, (Lock(), 0))
            self._at_work[key] = lock, others + 1
        try:
            with lock:
                yield
        finally:
            with self._guard:
                lock, those = self._at_work.pop(key)
                if those > 1:
                    self._at_work[key] = lock, those - 1

    def _stored(self, key: str) -> _Kept | None:
        with self._guard:
            if key in self._ready:
                return self._ready[key]
            stored = self._bytes.pop(key, None)
        return None if stored is None else self._keep(key, pickle.loads(zlib.decompress(stored)))

    def _keep(self, key: str, kept: _Kept) -> _Kept:
        with self._guard:
            self._ready[key] = kept
            last = self._ready.popitem(last=False) if len(self._ready) > self._most_ready else None
        if last is not None and self._most > self._most_ready:
            stored = zlib.compress(pickle.dumps(last[1], pickle.HIGHEST_PROTOCOL), level=1)
            with self._guard:
                self._bytes[last[0]] = stored
                if len(self._ready) + len(self._bytes) > self._most:
                    self._bytes.popitem(last=False)
        return kept


ANSWERS = Answers()
# Each click runs in a new thread, in which the database would take its memory anew: a fifth of what questions take.
_ASKING = ThreadPoolExecutor(8, thread_name_prefix="asking")


def ask(question: Callable[..., Any], selection: AnySelection | None = None, *args: Any, **kwargs: Any) -> Any:
    """Ask a question of ``queries``; the same question on the same data is answered from memory.

    Args:
        question: a function of ``queries``: (connection, selection, …).
        selection: the practices meant; None for a question that has no selection.
    """
    return ask_part(None, question, selection, *args, **kwargs)


def ask_part(
    part: str | None,
    question: Callable[..., Any],
    selection: AnySelection | None = None,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """Ask a question that answers for several things at once for one of them: the others are left where they are.

    Args:
        part: which of its answers; None for all.
        question, selection: as in ``ask``.
    """
    session = current()
    before = () if selection is None else (selection,)

    def work() -> Any:
        with _searched_once(selection):
            here = copy_context()
            return _ASKING.submit(here.run, question, session.connection, *before, *args, **kwargs).result()

    return ANSWERS.given(session.key(*asked(question, selection, args, kwargs)), work, part)


def note_answer(answer: Any, question: Callable[..., Any], selection: AnySelection) -> None:
    """Keep what another question has told as the answer of this one, which need not be asked then.

    Args:
        answer: what it would give, to the last digit.
        question, selection: as in ``ask``.
    """
    ANSWERS.given(current().key(*asked(question, selection, (), {})), lambda: answer)


def asked(
    question: Callable[..., Any], selection: AnySelection | None, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> tuple[object, ...]:
    """What an answer is known by, the same however it is asked for: by place or by name, with or without defaults.

    Args:
        question, selection: as in ``ask``.
        args, kwargs: what is asked beside them.
    """
    named, usual = _arguments(question)
    # The connection comes first, and the selection where there is one.
    given = {**dict(zip(named[1 if selection is None else 2 :], args, strict=False)), **kwargs}
    said = sorted((name, value) for name, value in given.items() if name not in usual or value != usual[name])
    return question.__module__, question.__name__, selection, said


@cache
def _arguments(question: Callable[..., Any]) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The arguments of a question in their order, and the defaults of those that have one."""
    arguments = signature(question).parameters.values()
    usual = {one.name: one.default for one in arguments if one.default is not Parameter.empty}
    return tuple(one.name for one in arguments), usual


@contextmanager
def _searched_once(meant: AnySelection | None) -> Iterator[None]:
    """Let all questions about what was typed share one search: to plan it takes longer than to answer most of them."""
    selection = None if meant is None else selection_of(meant)
    if selection is None or selection.search.is_empty:
        yield
        return
    found = remember(lambda: queries.found(current().connection, selection), "found", selection.search)
    with nullcontext() if found is None else already_found(selection.search, found):
        yield


def remember(work: Callable[[], Answer], *parts: object) -> Answer:
    """What a work on the published data gives; with the same parts on the same data it is given from memory.

    Args:
        work: gives it; it must depend on nothing but the data, the language and the parts.
        parts: what it depends on, and a name of its own.
    """
    given: Answer = ANSWERS.given(current().key("remembered", *parts), work)
    return given


def remember_part(part: str, work: Callable[[], Mapping[Any, Answer]], *parts: object) -> Answer:
    """One of several things that a work gives together: the others are left where they are.

    Args:
        part: which of them.
        work, parts: as in ``remember``; other works need other parts.
    """
    given: Answer = ANSWERS.given(current().key("remembered", *parts), work, part)
    return given


def ask_rows(
    question: Callable[..., Any], selection: AnySelection | None = None, *args: Any, **kwargs: Any
) -> list[dict[str, Any]]:
    """Ask a question for its rows as dictionaries; the arguments of ``ask``."""
    parts = asked(question, selection, args, kwargs)
    return remember(lambda: dicts_of(ask(question, selection, *args, **kwargs)), "rows", *parts)


def later(work: Callable[[], Answer]) -> Callable[[], Answer]:
    """A work for another thread, such as writing a file that is clicked, in this run's session and language."""
    session, spoken = current(), language()

    def do() -> Answer:
        work_in(replace(session, connection=session.connection.cursor()))
        set_language(spoken)
        return work()

    return do
