"""What makes a record itself: the key of its table, what makes two practices one, and identifiers for new ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import urlsplit

from icc_data.model.records import TABLES, Practice, Record
from icc_data.text import fold, slugify

# What makes two rows of a table the same record.
KEYS: dict[str, tuple[str, ...]] = {
    "terms": ("vocabulary", "code"),
    "cities": ("city_id",),
    "practices": ("practice_id",),
    "index_scores": ("city_id", "year", "policy_area"),
    "index_reports": ("city_id", "year", "evidence_url"),
    "policy_area_codings": ("practice_id", "reader"),
    "amendments": ("table", "id", "column"),
}


def table_of(record: Record) -> str:
    """The name of the table in which a record stands: a key of ``records.TABLES``."""
    return next(name for name, record_type in TABLES.items() if isinstance(record, record_type))


def identities(record: Record) -> list[tuple[object, ...]]:
    """What makes a record the same as another: a practice its title and any one city, else its key.

    Two records are the same where they have one of these in common.
    """
    if not isinstance(record, Practice):
        name = table_of(record)
        return [(name, *(getattr(record, column) for column in KEYS[name]))]
    titles = {fold(title) for title in (record.title, record.title_original) if title}
    return [("practices", title, city) for title in titles for city in record.city_ids or ("",)]


def page_key(url: str) -> str:
    """An address as it is compared: without scheme, “www.”, fragment and a slash at its end, host in lower case."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/") + query


def identifier(title: str, fallback: str = "") -> str:
    """A readable identifier for a title; one without Latin letters gives the fallback and a number drawn from it.

    Args:
        title: a practice's title; an empty one gives an empty identifier.
        fallback: identifiers to begin with instead, such as the practice's city.
    """
    stem = "-".join(re.findall("[a-z0-9]+", slugify(title)))
    if stem or not title.strip():
        return stem
    return f"{fallback.partition(';')[0] or 'practice'}-{sha256(title.encode(errors='replace')).hexdigest()[:8]}"


class Identifiers:
    """Identifiers that somebody has; each that is taken is one that nobody had.

    Args:
        taken: those in use.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        # The number given last by stem, so that thousands of equal stems are not counted through each time.
        self._last: dict[str, int] = {}

    def take(self, stem: str, apart: str = "") -> str:
        """The stem, or where somebody has it the stem with the first number that nobody has.

        Args:
            stem: what the identifier should be.
            apart: what tells this one apart, before there is a number; may be empty.
        """
        if apart and stem in self._taken:
            stem = f"{stem}-{apart}"
        candidate, number = stem, self._last.get(stem, 1) + 1
        while candidate in self._taken:
            candidate, number = f"{stem}-{number}", number + 1
        self._taken.add(candidate)
        self._last[stem] = max(number - 1, 1)
        return candidate


def practice_id(title: str, city_id: str, ids: Identifiers) -> str:
    """A readable identifier that no other practice of the file has; it is taken from then on.

    Args:
        title: the practice's title; one without Latin letters gives the city and a number drawn from the title.
        city_id: its first city, which tells practices of the same title apart; may be empty.
        ids: the identifiers in use.
    """
    return ids.take(identifier(title, city_id), city_id)
