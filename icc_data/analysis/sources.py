"""Where a practice can be read: its addresses from best to worst, each with a text that says what is behind it.

The data keeps every address as it was seen. Some are no pages but links of the portal that change the language of a
session and go on to a page; those are followed here as far as the address itself tells where they lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from icc_data.cells import python_value
from icc_data.i18n import mark
from icc_data.i18n import translate as _

COUNCIL = "coe.int"
LONGEST_WAY = 5
"""Portal links that may lead to one another."""

# By what is behind an address, from best to worst.
KINDS = {
    "own": mark("The practice’s own page"),
    "initiative": mark("Page of the initiative"),
    "article": mark("Article of the programme"),
    "newsletter": mark("Newsletter"),
    "document": mark("Copy of a document"),
    "programme": mark("Page of the programme"),
    "page": mark("Web page"),
    "listing": mark("Good-practice listing"),
    "portal": mark("Link of a portal"),
}
_SPECIFIC, _LISTING, _ENTRY = 1, 2, 3
_RANKS = {"own": 0, "portal": 4}


@dataclass(frozen=True)
class Source:
    """An address at which a practice can be read.

    Attributes:
        address: to open and to cite.
        published: as the data has it: the same, or the portal link that leads there.
        kind: what is behind it, a key of ``KINDS``.
    """

    address: str
    published: str
    kind: str

    @property
    def followed(self) -> bool:
        """Whether the address was read from a portal link."""
        return self.address != self.published

    @property
    def host(self) -> str:
        """Who has it, such as “coe.int”."""
        return _host(self.address)

    @property
    def page(self) -> int | None:
        """Which page of a listing it is; None where the address does not tell."""
        number = _parameter(self.address, "start") if self.kind == "listing" else ""
        return int(number) if re.fullmatch("[0-9]{1,4}", number) else None

    @property
    def words(self) -> str:
        """What is behind it and who has it, such as “Good-practice listing (page 22), coe.int”."""
        what = _(KINDS[self.kind])
        if self.page is not None:
            what = _("{what} (page {page})").format(what=what, page=self.page)
        return f"{what}, {self.host}"


def sources(practice: Mapping[str, Any]) -> tuple[Source, ...]:
    """Where a practice can be read, best first.

    Its own page; ordinary pages in the order of the data; numbered pages of a listing, those that were seen themselves
    before those that a portal link leads to, English ones before others; where a listing begins; portal links that
    lead nowhere known.

    Args:
        practice: ``url, evidence_urls`` and, where it is known, ``source_kind``; missing values in any form.

    Returns:
        Every address once; of portal links that lead to the same page the first.
    """
    facts = {name: python_value(practice.get(name)) for name in ("url", "evidence_urls", "source_kind")}
    best: dict[str, Source] = {}
    for published, own in _published(facts):
        address = _destination(published)
        kind = "own" if own else _kind(address, facts["source_kind"])
        # A page that was seen itself is no portal link, whatever else leads there.
        if address not in best or (best[address].followed and address == published):
            best[address] = Source(address, published, best[address].kind if address in best else kind)
    return tuple(sorted(best.values(), key=_rank))


def best_address(practice: Mapping[str, Any]) -> str | None:
    """The address at which a practice is read best; None where none is known.

    Args:
        practice: as for ``sources``.
    """
    return next((source.address for source in sources(practice)), None)


def _published(facts: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    evidence = facts["evidence_urls"]
    listed = evidence if isinstance(evidence, list) else str(evidence or "").split("; ")
    for value, own in ((facts["url"], True), *((value, False) for value in listed)):
        if address := str(value or "").strip():
            yield address, own


def _destination(address: str) -> str:
    """Where a portal link leads, as long as that is on the same host; any other address as it stands."""
    at = address
    for _step in range(LONGEST_WAY):
        if not _is_portal(at):
            return at
        at = _target(at)
        if not at.startswith(("http://", "https://")) or _host(at) != _host(address):
            break
    return address


def _target(portal: str) -> str:
    target = _parameter(portal, "redirect")
    try:
        return urljoin(portal, target) if target else ""
    except ValueError:
        return ""


def _is_portal(address: str) -> bool:
    return "/c/portal/" in _path(address)


def _kind(address: str, source_kind: str | None) -> str:
    path, council = _path(address).lower(), re.search(rf"(^|\.){re.escape(COUNCIL)}$", _host(address))
    if _is_portal(address):
        return "portal"
    if not council:
        copied = source_kind == "report_copy" or path.endswith(".pdf")
        return "initiative" if "/initiative/" in path else "document" if copied else "page"
    # The programme's site spells its listing both ways.
    if re.search(r"/good-pra(c)?tice/?$", path):
        return "listing"
    return "article" if "/-/" in path else "newsletter" if "/newsletter" in path else "programme"


def _rank(source: Source) -> tuple[int, bool, bool]:
    if source.kind == "listing":
        # The same list in each language: of these the one that most people read.
        return _ENTRY if source.page is None else _LISTING, source.followed, "/en/" not in source.address
    # The portal calls a page that shows one of many things "view": which, the address does not tell.
    entry = source.kind == "programme" and _path(source.address).endswith("/view")
    return _ENTRY if entry else _RANKS.get(source.kind, _SPECIFIC), False, False


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _parameter(address: str, name: str) -> str:
    try:
        return parse_qs(urlsplit(address).query).get(name, [""])[0]
    except ValueError:
        return ""
