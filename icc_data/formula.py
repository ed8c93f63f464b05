"""Texts that a spreadsheet would run as a formula, and the apostrophe that keeps it from doing so.

After OWASP, “CSV Injection” (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import re

# Also after white space, which some programs take away, and in the wide forms that others read as the plain ones.
_START = r"\s*[=+\-@＝＋－＠\t\r\n]"
_RUN = re.compile(f"'*{_START}")
_KEPT = re.compile(f"'+{_START}")


def neutral(text: str) -> str:
    """A text with an apostrophe before what a spreadsheet would run; ``restored`` takes it away again."""
    return f"'{text}" if _RUN.match(text) else text


def restored(text: str) -> str:
    """The text that ``neutral`` was given."""
    return text[1:] if _KEPT.match(text) else text
