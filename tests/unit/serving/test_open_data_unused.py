"""Choices of a view that have no bearing on its rows, as another choice leaves them none: named, and passed over."""

from __future__ import annotations

import pytest

from tests.helpers.asked import asked
from tests.unit.conftest import write_small_folder
from tests.unit.serving.test_open_data import Ask, app_of, open_data


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    app = app_of(open_data(write_small_folder(tmp_path_factory.mktemp("unused"))))
    return lambda address: asked(app, f"/atlas/data/{address}")


@pytest.mark.parametrize(
    ("query", "unused", "same_as"),
    [
        ("years.csv?panels=country&scale=shares", "panels, scale", "years.csv"),
        ("years.csv?split=country&panels=country&scale=shares", "panels", "years.csv?split=country&scale=shares"),
        ("years.csv?split=policy_area&scale=shares", "scale", "years.csv?split=policy_area"),
        (
            "years.csv?split=commitment&panels=country&scale=shares",
            "scale",
            "years.csv?split=commitment&panels=country",
        ),
        ("rates.csv?base=2019", "base", "rates.csv"),
        ("review_coverage.csv?unit=country&group=network", "group", "review_coverage.csv?unit=country"),
    ],
)
def test_a_choice_that_another_one_leaves_without_bearing_is_named(ask: Ask, query: str, unused: str, same_as: str):
    _status, told, body = ask(query)
    assert told["atlas-unused"] == unused
    _status, without, rest = ask(same_as)
    assert "atlas-unused" not in without
    assert body == rest


@pytest.mark.parametrize(
    "query",
    [
        "years.csv?split=commitment&panels=group",
        "years.csv?split=commitment&scale=shares",
        "years.csv?split=commitment&panels=network",
        "rates.csv?per=base&base=2019",
        "review_coverage.csv?group=network",
    ],
)
def test_a_choice_that_counts_is_not_named(ask: Ask, query: str):
    status, told, _body = ask(query)
    assert (status, told.get("atlas-unused")) == (200, None)
