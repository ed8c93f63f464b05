"""What was amended, beside what was published: the same words wherever a record is shown."""

from __future__ import annotations

from typing import Any

from icc_data.i18n import day
from icc_data.i18n import translate as _
from pages.shared.markdown import escaped


def amendment_in_words(one: dict[str, Any]) -> str:
    """What was published, and what holds instead since when and after which source."""
    if one["published"] and one["value"]:
        words = _("the programme’s field says “{published}”; amended to “{value}” on {day} after {source}")
    elif one["value"]:
        words = _("the programme’s field is empty; amended to “{value}” on {day} after {source}")
    else:
        words = _("the programme’s field says “{published}”; taken away on {day} after {source}")
    texts = {name: escaped(one[name] or "") for name in ("published", "value", "source")}
    return words.format(**texts, day=day(one["amended_on"]))
