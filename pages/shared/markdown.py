"""Texts in the Markdown of the screen: whatever somebody typed is shown as it stands."""

from __future__ import annotations

import re
from functools import lru_cache

from icc_data.i18n import language

# Beside Markdown's own marks, Streamlit reads “:red[…]” and “$…$”; “&” begins a character by its name.
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>~$:&])")
# What is a mark only where a line begins: lists, rules, and headings by underlining.
_AT_THE_START = re.compile(r"(?m)^(\s*)([-=])")
_NUMBER_AT_THE_START = re.compile(r"(?m)^(\s*\d+)(\.)")
# Code, where a line begins with so much room.
_INDENT = re.compile(r"(?m)^[ \t]+")
# These become links, pictures and signs only after Markdown was read, so that a backslash does not keep them from it.
_LATER = re.compile(
    r"(?<=www)(?=\.)"  # an address without its scheme
    r"|(?<=http)(?=s?://)|(?<=ftp)(?=://)"
    r"|(?<=[-.\w+])(?=@[-\w])"  # a mail address
    r"|(?<=:)(?=[a-z_+-][\w+-]*(?:/\w+)?:)"  # “:smile:”, “:material/home:”
    r"|(?<=[<>~-])(?=[->=])|(?<=<)(?=-)",  # “->”, “--”, “>=” …
    re.IGNORECASE,
)
# Takes no room and joins what stands beside it (Unicode's WORD JOINER).
_UNSEEN = "\u2060"


@lru_cache(maxsize=4000)
def escaped(text: str) -> str:
    """A text that the screen shows as it stands: no mark in it is read, no address in it becomes a link.

    Args:
        text: what somebody typed, published or uploaded. Spaces at the start of a line become one.
    """
    plain = _LATER.sub(_UNSEEN, _INDENT.sub(" ", text))
    marked = _MARKS.sub(r"\\\1", plain)
    return _NUMBER_AT_THE_START.sub(r"\1\\\2", _AT_THE_START.sub(r"\1\\\2", marked))


def with_subject(words: str, subject: str, code: str = "") -> str:
    """What a link or a button says, with what it is about for people who hear it without what stands around it.

    Args:
        words: what is seen, in Markdown.
        subject: what only is heard, plain text. The style sheet takes it out of sight, by its colour.
        code: of the language of the subject; empty for that of the page.
    """
    return f'{words} :color[{spoken_in(code, escaped(subject))}]{{foreground="transparent"}}'


def spoken_in(code: str, words: str) -> str:
    """Words of another language than the page's, so that they are read aloud in theirs.

    Markdown cannot say a language. It can say a colour, which here is only a name that ``serving.spoken`` reads: the
    style sheet takes the colour of the text around.

    Args:
        code: of the language, two letters; empty where it is not known.
        words: what is seen, in Markdown.
    """
    if code in ("", language()) or not words:
        return words
    first, second = map(ord, code)
    return f':color[{words}]{{foreground="rgba(1, {first}, {second}, 0.01)"}}'
