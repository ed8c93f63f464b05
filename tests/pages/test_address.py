"""What an address asks for that no page knows: said once, with what may be meant."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from icc_data.analysis.audit import JUDGEMENT_PARAMS
from icc_data.analysis.parameters import PAGE_PARAMS, unknown_params
from icc_data.analysis.peer_sets import PEER_PARAMS
from icc_data.queries.comparison import COMPARE
from icc_data.queries.selection import SELECTION_PARAMS
from tests.pages.conftest import OpenPage, words
from tests.pages.test_pages import ALL_PAGES

ROOT = Path(__file__).parents[2]
# Their first argument is a parameter of the address.
READERS = {"choice", "option", "set_option", "get", "get_all", "pop"}


def said(*names: str) -> list[str]:
    return [item.sentence for item in unknown_params(names)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("contry", "country"),
        ("Country", "country"),
        ("policyarea", "policy_area"),
        ("splitt", "split"),
        ("ratings", "rating"),
    ],
)
def test_for_a_mistyped_parameter_the_nearest_one_is_offered(typed: str, meant: str) -> None:
    assert said(typed) == [f"The atlas knows no “{typed}” in an address, so it does not count. Did you mean “{meant}”?"]


def test_where_nothing_is_near_nothing_is_offered() -> None:
    assert said("foo") == ["The atlas knows no “foo” in an address, so it does not count."]


def test_what_is_known_is_not_said_and_neither_is_what_others_put_into_an_address() -> None:
    assert said("country", "from", "page", "peers", "rating", "lang") == []
    assert said("embed", "embed_options", "staticAppId", "utm_source", "utm_campaign", "fbclid", "mc_eid") == []


def test_a_long_name_is_cut_and_one_with_braces_is_no_template() -> None:
    assert said("x" * 500) == [f"The atlas knows no “{'x' * 60}” in an address, so it does not count."]
    assert said("{name}{0}") == ["The atlas knows no “{name}{0}” in an address, so it does not count."]


@pytest.mark.parametrize("page", ALL_PAGES)
def test_every_page_says_it_once(open_page: OpenPage, page: str) -> None:
    app = open_page(page, contry=["spain"], utm_source=["letter"])
    assert not app.exception
    assert words(app).count("The atlas knows no “contry”") == 1
    assert "utm" not in words(app)


def texts(node: ast.expr) -> Iterator[str]:
    yield from (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def parameters_of(source: Path) -> Iterator[str]:
    """The parameters of the address that the code of a file names."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(param)), *_]) if name in READERS:
                yield param
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="query_params"), attr=name),
                args=[ast.Constant(value=str(param)), *_],
            ) if name in READERS:
                yield param
            case ast.Subscript(value=ast.Attribute(attr="query_params"), slice=ast.Constant(value=str(param))):
                yield param
            case ast.Compare(left=ast.Constant(value=str(param)), comparators=[ast.Attribute(attr="query_params")]):
                yield param
            case ast.Assign(targets=[target], value=value) if "PARAM" in ast.unparse(target):
                yield from texts(value)


def test_the_parameters_of_pages_are_those_that_their_code_names() -> None:
    files = [ROOT / "dashboard.py", *(ROOT / "pages").rglob("*.py")]
    named = {param for file in files if file.name != "address.py" for param in parameters_of(file)}
    # It is named by what compares.
    assert (named | {COMPARE}) - SELECTION_PARAMS - PEER_PARAMS - JUDGEMENT_PARAMS == PAGE_PARAMS


@pytest.mark.parametrize(
    ("page", "params", "unread"),
    [
        ("timeline", {"show": ["anti_discrimination"], "panels": ["country"]}, "“show”, “panels”"),
        # There is one picture of all practices together, not one a country.
        ("timeline", {"split": ["none"], "panels": ["country"]}, "“panels”"),
        ("overview", {"edition": ["2019"]}, "“edition”"),
        ("map", {"peers": ["nearest"], "page": ["2"]}, "“peers”, “page”"),
    ],
)
def test_a_parameter_whose_control_is_not_on_the_page_as_it_stands_is_said(
    open_page: OpenPage, page: str, params: dict[str, list[str]], unread: str
) -> None:
    does_not_count = "so they do not count" if "," in unread else "so it does not count"
    sentence = f"On this page, as it stands, there is nothing that {unread} could set, {does_not_count}."
    assert words(open_page(page, **params)).count(sentence) == 1


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("timeline", {"split": ["policy_area"], "scale": ["shares"], "show": ["anti_discrimination"], "lang": ["en"]}),
        ("timeline", {"page": ["2"]}),
        ("map", {"show": ["lutsk"], "measure": ["cities"]}),
        ("practices", {"view": ["table"], "column": ["title"], "sort": ["title"], "per": ["50"]}),
        # They are taken along to a practice and back.
        ("practice", {"practice": ["1"], "view": ["table"], "column": ["title"], "per": ["50"]}),
        ("overview", {"practice": ["1"]}),
        # The answer, which has their controls, may come later.
        ("sql", {"sql": ["SELECT 1"], "view": ["chart"], "chart": ["bars"], "x": ["a"], "colour": ["b"]}),
        (
            "audit",
            {"city": ["lutsk"], "rating": ["education:50"], "area": ["education"], "pick": ["1"]},
        ),
        ("benchmark", {"city": ["lutsk"], "peers": ["region"], "k": ["5"], "having": ["any"]}),
        ("benchmark", {"country": ["norway"], "unit": ["country"], "peers": ["all"]}),
        # With the practices, its controls come back.
        ("timeline", {"country": ["norway"], "q": ["zzzzzz"], "split": ["country"]}),
        ("policy_area", {"policy_area": ["anti_discrimination"], "count": ["active"]}),
    ],
)
def test_a_parameter_that_the_page_reads_is_not_said_to_set_nothing(
    open_page: OpenPage, page: str, params: dict[str, list[str]]
) -> None:
    assert "there is nothing that" not in words(open_page(page, **params))


def test_what_somebody_set_on_another_view_of_the_page_is_not_said(open_page: OpenPage, pages_known: None) -> None:
    app = open_page("timeline", split=["policy_area"])
    app.selectbox(key="option-panels").set_value("country").run()
    app.selectbox(key="option-split").set_value("none").run()
    assert app.query_params["panels"] == "country"
    assert "there is nothing that" not in words(app)


def test_a_column_that_the_table_does_not_have_is_said(open_page: OpenPage) -> None:
    app = open_page("practices", view=["table"], column=["title", "colour"])
    assert "“colour” is not something that “Columns” can be, so it does not count." in words(app)


@pytest.mark.parametrize(
    ("param", "value", "called"),
    [
        ("from", "abc", "First year"),
        ("to", "20", "Last year"),
        ("years", "ended", "Years in which practices were"),
        ("undated", "maybe", "Include undated practices"),
        ("ongoing", "1", "Ongoing only"),
        ("bare", "1", "Leave out years that may not be the start"),
        ("said", "1", "Count practices said to go on"),
    ],
)
def test_a_filter_that_cannot_be_so_is_said_in_the_words_of_its_control(
    open_page: OpenPage, param: str, value: str, called: str
) -> None:
    app = open_page("overview", **{param: [value]})
    assert f"“{value}” is not something that “{called}” can be, so it does not count." in words(app)
