"""Questions asked once: what is given again is the same, is computed once, and belongs to whoever gets it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import Any, Protocol

import pandas as pd
import pytest

from icc_data import queries
from icc_data.queries.selection import Selection
from pages.shared.answers import Answers, asked


@pytest.fixture
def answers() -> Answers:
    return Answers(ready=3, most=5)


def frame() -> pd.DataFrame:
    return pd.DataFrame({"city": ["Bergen", "Bilbao"], "practices": [3, 4]})


class Ask(Protocol):
    def __call__(self, answer: Any) -> Any: ...


@pytest.fixture
def answered(answers: Answers) -> Ask:
    return lambda answer: answers.given("a question", lambda: answer)


@pytest.mark.parametrize("answer", [3, "text", [1, [2]], (1, "a"), {"a": [1]}, Counter("aab"), {"b": {1, 2}}])
def test_an_answer_is_given_again_as_it_was(answered: Ask, answer: Any):
    for _ in range(2):
        assert answered(answer) == answer
        assert type(answered(answer)) is type(answer)


def test_who_changes_a_frame_changes_their_own(answered: Ask):
    own = answered(frame())
    own["share"] = 0.5
    own.loc[0, "practices"] = 100
    own.index = ["a", "b"]
    pd.testing.assert_frame_equal(answered(frame()), frame())


def test_who_changes_a_container_changes_their_own(answered: Ask):
    own = answered({"rows": [1, 2], "frame": frame()})
    own["rows"].append(3)
    own["frame"]["new"] = 1
    own["more"] = 1
    again = answered(None)
    assert again.keys() == {"rows", "frame"}
    assert again["rows"] == [1, 2]
    pd.testing.assert_frame_equal(again["frame"], frame())


def test_who_changes_an_object_changes_their_own(answered: Ask):
    own = answered(Counter("aab"))
    own["a"] = 0
    assert answered(None) == {"a": 2, "b": 1}


@pytest.mark.parametrize("answer", [{"a": frame(), "b": 2}, {"a": [1]}, {"a": {1, 2}}], ids=["frame", "list", "object"])
def test_a_part_of_an_answer_is_given_alone(answers: Answers, answer: dict[str, Any]):
    for _ in range(2):
        part = answers.given("a question", lambda: answer, "a")
        assert type(part) is type(answer["a"])
        assert str(part) == str(answer["a"])


def test_who_changes_a_part_changes_their_own(answers: Answers):
    own = answers.given("a question", lambda: {"rows": frame(), "more": 1}, "rows")
    own["share"] = 0.5
    pd.testing.assert_frame_equal(answers.given("a question", dict, "rows"), frame())


def test_what_many_ask_at_once_is_computed_once(answers: Answers):
    computed, given = [], []

    come = threading.Barrier(10)

    def work() -> int:
        computed.append(1)
        # Whoever came computes as well, unless made to wait: all have come, and get a while to begin.
        time.sleep(0.2)
        return 7

    def ask() -> None:
        come.wait()
        given.append(answers.given("many", work))

    people = [threading.Thread(target=ask) for _ in range(10)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert (given, len(computed)) == ([7] * 10, 1)


def test_no_more_answers_than_agreed_are_kept(answers: Answers):
    computed = []
    for number in [*range(6), 5, 1, 0]:
        answers.given(str(number), lambda number=number: computed.append(number))
    assert computed == [*range(6), 0], "the oldest has gone, the newest and the one after the oldest have not"


def test_an_answer_that_is_no_longer_ready_is_given_as_it_was(answers: Answers):
    answers.given("first", frame)
    for number in range(3):
        answers.given(str(number), lambda: 0)
    pd.testing.assert_frame_equal(answers.given("first", pd.DataFrame), frame())


def test_work_that_fails_is_tried_again(answers: Answers):
    with pytest.raises(ZeroDivisionError):
        answers.given("failing", lambda: 1 / 0)
    assert answers.given("failing", lambda: 2) == 2


def test_where_no_more_are_kept_than_are_ready_the_one_asked_for_longest_ago_goes():
    answers, computed = Answers(ready=2, most=2), []
    for number in [0, 1, 0, 2, 0, 1]:
        answers.given(str(number), lambda number=number: computed.append(number))
    assert computed == [0, 1, 2, 1]


SPAIN = Selection(country=("spain",))


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        (("policy_area",), {}),
        ((), {"split": "policy_area"}),
        (("policy_area",), {"active": False}),
        (("policy_area",), {"active": False, "per": "all"}),
    ],
    ids=["by place", "by name", "with a default", "with all"],
)
def test_a_question_is_the_same_however_its_arguments_are_said(args: tuple[Any, ...], kwargs: dict[str, Any]):
    assert asked(queries.shares_by_year, SPAIN, args, kwargs) == asked(
        queries.shares_by_year, SPAIN, ("policy_area",), {}
    )


@pytest.mark.parametrize(
    ("selection", "args", "kwargs"),
    [
        (Selection(), ("policy_area",), {}),
        (SPAIN, ("theme",), {}),
        (SPAIN, ("policy_area",), {"active": True}),
        (SPAIN, ("policy_area",), {"per": "country"}),
    ],
    ids=["selection", "split", "active", "places"],
)
def test_a_question_about_something_else_is_another(selection: Selection, args: tuple[str], kwargs: dict[str, Any]):
    assert asked(queries.shares_by_year, selection, args, kwargs) != asked(
        queries.shares_by_year, SPAIN, ("policy_area",), {}
    )


def test_a_question_without_a_selection_is_known_by_its_arguments():
    assert asked(queries.term_definitions, None, ("theme",), {}) == asked(
        queries.term_definitions, None, (), {"vocabulary": "theme"}
    )
