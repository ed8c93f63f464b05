"""What an address asks for that no page knows: said once, with what may be meant."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from icc_data.analysis.audit import JUDGEMENT_PARAMS
from icc_data.analysis.peer_sets import PEER_PARAMS
from icc_data.queries.selection import SELECTION_PARAMS
from pages.shared.address import PAGE_PARAMS, unknown_params
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
    assert named - SELECTION_PARAMS - PEER_PARAMS - JUDGEMENT_PARAMS == PAGE_PARAMS
