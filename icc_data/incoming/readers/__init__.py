"""The one way in for data: a file becomes valid records, and every refused row says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from icc_data import garbage
from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.incoming.readers.files import bytes_of, page_text, sent_text
from icc_data.incoming.readers.markup import MarkupError
from icc_data.incoming.readers.opening import looks_like_table
from icc_data.incoming.readers.result import Accepted, ReadResult, Rejected
from icc_data.incoming.readers.table import TABLE_SUFFIXES, read_table
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.vocabulary import Vocabulary

__all__ = ["Accepted", "Kind", "ReadResult", "Rejected", "read"]

Kind = Literal["auto", "listing", "card", "page", "table"]


def _kind_of(path: Path, gazetteer: Gazetteer) -> str:
    if path.suffix.lower() in TABLE_SUFFIXES:
        return "table"
    content = bytes_of(path)
    from icc_data.incoming.readers.card import looks_like_card
    from icc_data.incoming.readers.docx import docx_text, is_docx
    from icc_data.incoming.readers.form_words import card_languages_in_words
    from icc_data.incoming.readers.lines import lines_of
    from icc_data.incoming.readers.listing import looks_like_listing, places_in
    from icc_data.incoming.readers.page import looks_like_page

    if is_docx(content):
        text = docx_text(content, path.name)
        # A card asks for a page where more can be read.
        if looks_like_card(text):
            return "card"
    elif path.suffix.lower() == ".docx":
        return "card"
    else:
        text = content.decode("utf-8", errors="replace") if b"\0" in content else page_text(content, path.name)
    if looks_like_page(text) and not looks_like_card(text):
        return "page"
    if looks_like_listing(text):
        return "listing"
    if looks_like_card(text):
        return "card"
    # What Excel calls “Unicode text” is a table with tabs.
    if path.suffix.lower() == ".txt" and looks_like_table(sent_text(path)[0]):
        return "table"
    advice = _("Say what it is with --kind, or save it as text, HTML, CSV, Excel (.xlsx) or JSON.")
    lines = lines_of(text)
    if places := places_in(lines, gazetteer):
        line = lines[places[0][0]]
        advice = _(
            "Line {line} reads as a line of places (“{text}”): if it is a listing, say --kind listing; "
            "its entries end in “Read More”."
        ).format(line=line.number, text=line.text.strip(" •·-"))
    raise AtlasError(
        _("{file} is neither a listing page, nor a practice card, nor a practice’s own page, nor a table.").format(
            file=path.name
        ),
        f"{advice} {_('Cards are read in {languages}.').format(languages=card_languages_in_words())}",
    )


def read(
    path: Path,
    gazetteer: Gazetteer,
    vocabulary: Vocabulary,
    kind: Kind = "auto",
    columns: Mapping[str, str] | None = None,
) -> ReadResult:
    """Read a file of published practices, cities or Index results.

    Args:
        path: a listing page, practice cards or a practice's own page (text, saved HTML or Word), or a table (CSV,
            Excel, JSON).
        gazetteer: the network's cities, to read place names with.
        vocabulary: the closed lists, to read terms with.
        kind: what the file is; ``auto`` finds out.
        columns: what headings of other databases mean (``mapping.said``).

    Returns:
        The valid records, and every refused row with its reasons.

    Raises:
        AtlasError: the file as a whole cannot be used.
    """
    # A table or a build does not wait for the readers of pages.
    from icc_data.incoming.readers.card import read_card
    from icc_data.incoming.readers.listing import read_listing
    from icc_data.incoming.readers.page import read_page

    readers: dict[str, Callable[[], ReadResult]] = {
        "listing": lambda: read_listing(path, gazetteer, vocabulary),
        "card": lambda: read_card(path, gazetteer, vocabulary),
        "page": lambda: read_page(path, gazetteer),
        "table": lambda: read_table(path, vocabulary, gazetteer, columns),
    }
    try:
        with garbage.not_looked_for():
            return readers[_kind_of(path, gazetteer) if kind == "auto" else kind]()
    except RecursionError:
        raise AtlasError(
            _("{file} is nested too deeply.").format(file=path.name), _("Copy its text into a new file and save that.")
        ) from None
    except MarkupError:
        raise AtlasError(
            _("{file} is broken HTML.").format(file=path.name), _("Save the page again, or copy its text into a file.")
        ) from None
