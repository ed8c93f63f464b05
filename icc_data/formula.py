"""Texts that a spreadsheet would run as a formula, and the apostrophe that keeps it from doing so.

After OWASP, “CSV Injection” (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import re

# Also after white space and what takes no room, which some programs take away, and in the wide forms that others read
# as the plain ones.
_SIGN = r"[=+\-@＝＋－＠]"
# Control characters, and what Unicode calls Default_Ignorable_Code_Point.
_UNSEEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_START = rf"[\s{_UNSEEN}]*(?:{_SIGN}|[\t\r\n])"
_RUN = re.compile(f"'*{_START}")
_KEPT = re.compile(f"'+{_START}")
_HEAD = re.compile(rf"[\s{_UNSEEN}]*")
# Where programs part cells by semicolons or tabs, a cell begins within the text; a quotation mark that does not stand
# at the beginning of their cell keeps no line together for them.
_PARTED = rf'([;\t\r\n]["{_UNSEEN}]*)'
# A point of a list is no formula: those that do anything have one of these marks.
_SIGN_WITHIN = r"(?:[=+@＝＋－＠]|-(?!\s[^|!(;\t\r\n]*(?:[;\t\r\n]|\Z)))"
_RUN_WITHIN = re.compile(f"{_PARTED}(?='*{_SIGN_WITHIN})")
_KEPT_WITHIN = re.compile(f"{_PARTED}'(?='*{_SIGN_WITHIN})")
# Nearly every text, told faster: it begins with a letter or digit, and after each of these marks stands one or a space.
_HARMLESS = re.compile(r"[A-Za-z0-9][^;\t\r\n]*(?:[;\t\r\n][ A-Za-z0-9][^;\t\r\n]*)*")


def neutral(text: str) -> str:
    """A text with an apostrophe before what a spreadsheet would run; ``restored`` takes it away again."""
    if _HARMLESS.fullmatch(text):
        return text
    within = _after_its_head(_RUN_WITHIN, r"\1'", text)
    return f"'{within}" if _RUN.match(within) else within


def restored(text: str) -> str:
    """The text that ``neutral`` was given."""
    return _after_its_head(_KEPT_WITHIN, r"\1", text[1:] if _KEPT.match(text) else text)


def _after_its_head(what: re.Pattern[str], new: str, text: str) -> str:
    """A text in which something is replaced, but not among the spaces that it begins with."""
    head = _HEAD.match(text)
    end = head.end() if head else 0
    return text[:end] + what.sub(new, text[end:])
