"""Citations for programs: CSL-JSON (https://docs.citationstyles.org/, 1.0.2), and COinS, which Zotero reads."""

from __future__ import annotations

import html
import json
from datetime import date
from typing import Any
from urllib.parse import urlencode

from icc_data.files.citation import Citation

_TYPES = {"page": "webpage", "data": "dataset", "figure": "figure"}


def csl_json(citation: Citation) -> str:
    """The citation as a list of one item of CSL-JSON, what is not known left out."""
    item: dict[str, Any] = {
        "id": citation.key,
        "type": _TYPES[citation.kind],
        "title": citation.title,
        "genre": citation.description,
        "author": [{"literal": citation.author}] if citation.author else [],
        "issued": _issued(citation),
        "publisher": citation.publisher,
        "version": citation.version if citation.of_data else "",
        "URL": citation.url,
        "archive_location": citation.record,
        "accessed": _date_parts(citation.accessed) if citation.accessed and citation.url else None,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _issued(citation: Citation) -> dict[str, Any] | None:
    """The date; of what goes on the year in which it began, as the format has no open end."""
    if citation.year is None:
        return None
    until = [[int(citation.until)]] if citation.until.isdigit() else []
    return {"date-parts": [[citation.year], *until]}


def _date_parts(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def coins(citation: Citation) -> str:
    """The citation as an empty element of HTML by COinS: an OpenURL (ANSI/NISO Z39.88-2004) with Dublin Core.

    Zotero and other reference managers offer to keep what such an element names.
    """
    names = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rfr_id", "info:sid/intercultural-cities-atlas"),
        ("rft.type", {"page": "webpage", "data": "dataset", "figure": "artwork"}[citation.kind]),
        ("rft.title", citation.title),
        # A body, not a person: of “rft.creator” Zotero takes the last word for a surname.
        ("rft.aucorp", citation.author),
        ("rft.date", str(citation.year or "")),
        # What a site is called, of a page; Zotero knows no publisher of one.
        ("rft.source" if citation.kind == "page" else "rft.publisher", citation.publisher),
        ("rft.description", citation.description),
        ("rft.identifier", citation.url or citation.record),
    ]
    return f'<span class="Z3988" title="{html.escape(urlencode([pair for pair in names if pair[1]]))}"></span>'
