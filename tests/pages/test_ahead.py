"""What is asked before a page is put together: nothing that the page does not ask, and nothing that is known."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pages.shared import ahead, answers
from pages.shared.answers import Answers, Asked, ask_ahead
from pages.shared.session import current
from tests.pages.conftest import OpenPage

FILTERED = {"from": ["1997"], "to": ["2019"], "undated": ["no"]}


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of what was begun before a page was put together, on a server that knows no answer."""
    keys: list[str] = []

    def noted(questions: Iterable[Asked]) -> None:
        ask_ahead(questions)
        keys.extend(current().begun)

    monkeypatch.setattr(answers, "ANSWERS", Answers())
    monkeypatch.setattr(ahead, "ask_ahead", noted)
    return keys


@pytest.mark.parametrize("page", ["overview", "map", "timeline", "practices", "partners", "index", "data"])
def test_a_page_takes_every_answer_that_was_begun_before_it(open_page: OpenPage, begun: list[str], page: str) -> None:
    app = open_page(page, **FILTERED)
    assert begun
    assert not app.exception
    assert not app.session_state["_session"].begun


def test_results_of_typed_words_are_those_that_were_begun(open_page: OpenPage, begun: list[str]) -> None:
    app = open_page("practices", q=["school"])
    assert begun
    assert not app.session_state["_session"].begun


def test_nothing_is_begun_of_a_selection_that_the_page_has_shown(open_page: OpenPage, begun: list[str]) -> None:
    app = open_page("overview", **FILTERED)
    begun.clear()
    app.run()
    assert not begun


def test_nothing_is_begun_where_the_address_asks_for_another_view(open_page: OpenPage, begun: list[str]) -> None:
    open_page("practices", **FILTERED, view=["table"])
    assert not begun
