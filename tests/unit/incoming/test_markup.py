"""HTML is read as browsers read it, however broken, and as a tree of elements and texts."""

from __future__ import annotations

import pytest

from icc_data.incoming.readers.lines import lines_of
from icc_data.incoming.readers.markup import Element, MarkupError, tree


def shape(element: Element) -> list[object]:
    """An element's children: texts, and lists of a name and its children."""
    return [[child.name, *shape(child)] if isinstance(child, Element) else child for child in element.children]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One</p><p>Two</p>", [["p", "One"], ["p", "Two"]]),
        ("<div><p>One</div>Two", [["div", ["p", "One"]], "Two"]),
        ("One</p>Two", ["One", "Two"]),
        ("One<br>Two<br/>Three</br>", ["One", ["br"], "Two", ["br"], "Three"]),
        ("<P>Caf&eacute; &#38; b&#x61;r &amp; &nope;</P>", [["p", "Café & bar & &nope;"]]),
        ("a<!-- not read -->b", ["a", "b"]),
        ("<!doctype html><p>x", [["p", "x"]]),
        ("<p>1 < 2</p>", [["p", "1 ", "<", " 2"]]),
        ("<script>if (a < b) {}</script>x", [["script", "if (a < b) {}"], "x"]),
    ],
)
def test_a_page_is_a_tree(text: str, expected: list[object]) -> None:
    assert shape(tree(text)) == expected


def test_an_element_has_its_line_and_its_attributes() -> None:
    page = tree('\n\n<a href="x?a=1&amp;b=2" HREF="y" checked>z</a>')
    (link,) = [child for child in page.children if isinstance(child, Element)]
    assert (link.line, dict(link.attributes)) == (3, {"href": "y", "checked": ""})


@pytest.mark.parametrize(
    "tag",
    ['<a href="x" class="one two">', "<p>", '<li\n  id="7" >', '<img src="a.png" alt="">', '<div a="1" a="2">', "<br>"],
)
def test_a_plain_tag_is_read_as_one_in_capitals(tag: str) -> None:
    def told(page: str) -> list[tuple[str, int, dict[str, str]]]:
        return [(one.name, one.line, dict(one.attributes)) for one in tree(page).elements()]

    name = tag[1:].split(">")[0].split()[0]
    assert told(f"\n{tag}x</{name}>y<p>z") == told(f"\n{tag.replace(name, name.upper(), 1)}x</{name}>y<p>z")


def test_all_elements_and_texts_come_in_their_order() -> None:
    page = tree("<div>a<p>b<b>c</b></p>d</div>")
    assert [element.name for element in page.elements()] == ["", "div", "p", "b"]
    assert list(page.texts()) == ["a", "b", "c", "d"]


def test_a_declaration_without_sense_is_refused() -> None:
    with pytest.raises(MarkupError):
        tree("<![x[y]]>")


def test_a_page_that_was_read_last_is_not_read_again() -> None:
    page = "<p>One</p>"
    assert lines_of(page) is lines_of(page)
