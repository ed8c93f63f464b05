"""Lists in a cell that are parted otherwise than by semicolons: not read, but the right spelling is offered."""

from __future__ import annotations

import re
from collections.abc import Callable

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.model.columns import LIST_SEPARATOR, columns_of
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.records import Practice
from icc_data.model.vocabulary import Vocabulary

# A comma may stand within a name, so each mark is tried alone before all of them together.
_MARKS = (r",", r"/", r"\|", r"[\r\n]+", r"[,/|•·\r\n]+", r"(?:[,/|•·\r\n]|\s(?:and|et|und|y|e|i|&|\+)\s)+")
_COLUMNS = {column.name: column for column in columns_of(Practice) if column.many}


def parted_otherwise(text: str, is_one: Callable[[str], bool]) -> str:
    """What to say of a text that may be a list with other marks than semicolons.

    Args:
        text: of a cell, or what stands there between semicolons.
        is_one: whether a text is one of the things that may stand there.

    Returns:
        A sentence, with the right spelling where every part is such a thing; empty where the text is no such list.
    """
    some = False
    for mark in _MARKS:
        parts = [part.strip() for part in re.split(mark, text) if part.strip()]
        fits = [is_one(part) for part in parts] if len(parts) > 1 else []
        if fits and all(fits):
            return _("Lists are parted by “;”: write “{list}”.").format(list=LIST_SEPARATOR.join(parts))
        some = some or any(fits)
    return _("Lists are parted by “;”.") if some else ""


def list_hint(column: str, text: str, gazetteer: Gazetteer | None, vocabulary: Vocabulary) -> str:
    """``parted_otherwise`` of a refused value in a column of practices; empty in columns that hold no list."""
    col = _COLUMNS.get(column)
    if col is None:
        return ""
    if col.kind.vocabulary:
        return parted_otherwise(text, lambda part: vocabulary.find(col.kind.vocabulary, part) is not None)
    if column == "evidence_urls":
        return parted_otherwise(re.sub(r"\s+(?=https?://)", ",", text), lambda part: part.startswith("http"))
    if gazetteer is None or column not in ("city_ids", "countries"):
        return ""
    places = gazetteer
    if column == "countries":
        return parted_otherwise(text, lambda part: places.country(part) is not None)
    return parted_otherwise(text, lambda part: is_city(part, places))


def is_city(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a text names a city of the network."""
    try:
        return gazetteer.by_id(text) is not None or bool(gazetteer.resolve(text))
    except AtlasError:
        return False
