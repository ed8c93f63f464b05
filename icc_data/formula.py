"""Texts that a spreadsheet would run as a formula, and the apostrophe that keeps it from doing so.

After OWASP, “CSV Injection” (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import re

# Also after white space and what takes no room, which some programs take away, and in the wide forms that others read
# as the plain ones.
_SIGN = r"[=+\-@＝＋－＠]"
_START = rf"[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*(?:{_SIGN}|[\t\r\n])"
_RUN = re.compile(f"'*{_START}")
_KEPT = re.compile(f"'+{_START}")
# Where programs part cells by semicolons, a cell begins within the text.
_RUN_WITHIN = re.compile(f";(?='*{_SIGN})")
_KEPT_WITHIN = re.compile(f";'(?='*{_SIGN})")


def neutral(text: str) -> str:
    """A text with an apostrophe before what a spreadsheet would run; ``restored`` takes it away again."""
    within = _RUN_WITHIN.sub(";'", text)
    return f"'{within}" if _RUN.match(within) else within


def restored(text: str) -> str:
    """The text that ``neutral`` was given."""
    return _KEPT_WITHIN.sub(";", text[1:] if _KEPT.match(text) else text)
