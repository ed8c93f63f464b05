"""A text that somebody typed goes to the screen's Markdown as it stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.markdown import escaped

UNSEEN = "\u2060"
# What Streamlit's front end and GitHub's Markdown look for in a text once its marks were read: addresses, mail
# addresses, emoji, symbols, and signs put together of others.
LATER = re.compile(
    r"(https?|ftp)://|www\.[-.\w]|[-.\w+]+@[-\w]+(\.[-\w]+)+|:[a-z_+-][\w+-]*:|:material/\w+:"
    r"|(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
    re.IGNORECASE,
)


def as_read(markdown: str) -> str:
    """The text of Markdown that has no marks but backslashes."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Plain words, 2016–2019.", "Plain words, 2016–2019."),
        ("**bold** [x](y) <b> $x$ :red[r]", r"\*\*bold\*\* \[x\]\(y\) \<b\> \$x\$ \:red\[r\]"),
        ("&lt;", r"\&lt;"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("    code", " code"),
        ("https://example.org", f"http{UNSEEN}s\\://example.org"),
        ("www.example.org", f"www{UNSEEN}.example.org"),
        ("a@example.org", f"a{UNSEEN}@example.org"),
        ("a -> b", f"a -{UNSEEN}\\> b"),
        (":material/home:", f"\\:{UNSEEN}material/home\\:"),
        ("open 10:30:00", r"open 10\:30\:00"),
    ],
)
def test_each_kind_of_mark_is_kept_from_being_read(text: str, markdown: str):
    assert escaped(text) == markdown


PARTS = st.sampled_from(
    ["http://", "https://x.y", "www.", "a@b.c", "->", "--", ":smile:", ":material/x:", " ", "=", "&", "é"]
)


@given(text=st.one_of(st.text(), st.lists(PARTS, max_size=8).map("".join)))
def test_nothing_is_left_for_later_and_no_letter_is_lost(text: str):
    text = text.replace(UNSEEN, "")
    shown = as_read(escaped(text))
    assert not LATER.search(shown)
    assert shown.replace(UNSEEN, "") == re.sub(r"(?m)^[ \t]+", " ", text)
