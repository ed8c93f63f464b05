"""The one way in for data: a file becomes valid records, and every refused row says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from icc_data.errors import AtlasError
from icc_data.incoming.readers.files import bytes_of
from icc_data.incoming.readers.result import Accepted, ReadResult, Rejected
from icc_data.incoming.readers.table import TABLE_SUFFIXES, read_table
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.vocabulary import Vocabulary

__all__ = ["Accepted", "Kind", "ReadResult", "Rejected", "read"]

Kind = Literal["auto", "listing", "card", "table"]


def _kind_of(path: Path) -> str:
    if path.suffix.lower() in TABLE_SUFFIXES:
        return "table"
    if path.suffix.lower() == ".docx":
        return "card"
    text = bytes_of(path).decode("utf-8", errors="replace")
    from icc_data.incoming.readers.card import looks_like_card
    from icc_data.incoming.readers.listing import looks_like_listing

    if looks_like_listing(text):
        return "listing"
    if looks_like_card(text):
        return "card"
    raise AtlasError(
        f"{path.name} is neither a listing page, nor a practice card, nor a table.",
        "Say what it is with --kind, or save it as text, HTML, CSV, Excel (.xlsx) or JSON.",
    )


def read(path: Path, gazetteer: Gazetteer, vocabulary: Vocabulary, kind: Kind = "auto") -> ReadResult:
    """Read a file of published practices, cities or Index results.

    Args:
        path: a listing page (text or saved HTML), a practice card, or a table (CSV, Excel, JSON).
        gazetteer: the network's cities, to read place names with.
        vocabulary: the closed lists, to read terms with.
        kind: what the file is; ``auto`` finds out.

    Returns:
        The valid records, and every refused row with its reasons.

    Raises:
        AtlasError: the file as a whole cannot be used.
    """
    # The readers of pages bring an HTML parser along, which a table or a build does not wait for.
    from icc_data.incoming.readers.card import read_card
    from icc_data.incoming.readers.listing import read_listing

    readers: dict[str, Callable[[], ReadResult]] = {
        "listing": lambda: read_listing(path, gazetteer, vocabulary),
        "card": lambda: read_card(path, gazetteer, vocabulary),
        "table": lambda: read_table(path, vocabulary, gazetteer),
    }
    return readers[_kind_of(path) if kind == "auto" else kind]()
