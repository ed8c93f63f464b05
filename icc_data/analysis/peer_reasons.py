"""Why two cities are alike or not, in plain words: each feature by itself, and all of them in one sentence.

What counts as alike: the same country, part of the world or network; a policy area in common; at most twice or half
the residents; at most 5 points of the share born abroad (the width of the programme's own classes) or of the Index;
at most 3 years of joining. These bounds choose words; the distance itself is graded and does not know them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _

Row = Mapping[str, Any]
Names = Callable[[str, str], str]

ALIKE_TIMES, ALIKE_POINTS, ALIKE_YEARS = 2.0, 5.0, 3
# Of two cities that do much, the policy areas in common would fill a card.
MOST_AREAS, MOST_AREAS_IN_SENTENCE = 4, 2
MOST_ALIKE, MOST_DIFFERENT = 4, 2
_ALIKE_FIRST = ("country", "region", "network", "population", "foreign", "profile", "index", "joined")
_DIFFERENT_FIRST = ("population", "foreign", "region", "country", "profile", "index", "network", "joined")


@dataclass(frozen=True)
class _Said:
    words: str
    alike: bool


def _rounded(value: float) -> str:
    """A positive number as short as it is worth: 1.2, but 11 and 5."""
    return number(value, 0 if value >= 10 or round(value, 1).is_integer() else 1)


def _population(own: Row, other: Row, names: Names) -> _Said:
    ratio = 10 ** (other["population"] - own["population"])
    if 0.95 <= ratio <= 1.05:
        words = _("about as many people")
    elif ratio > 1:
        words = _("{times} times as many people").format(times=_rounded(ratio))
    elif ratio < 0.01:
        words = _("less than 1% as many people")
    else:
        words = _("{share} as many people").format(share=percent(ratio))
    settlements = own["of_settlement"] + other["of_settlement"]
    notes = ("", _("(one figure is of the settlement alone)"), _("(of the settlements alone)"))
    return _Said(f"{words} {notes[settlements]}".rstrip(), 1 / ALIKE_TIMES <= ratio <= ALIKE_TIMES)


def _foreign(own: Row, other: Row, names: Names) -> _Said:
    gap = round(other["foreign"] - own["foreign"], 1)
    # As it is written: 1.0 is “1 point”, 1.2 “1.2 points”.
    form = 1 if abs(gap) == 1 else 2
    if own["of_nationals"] and other["of_nationals"]:
        more = translate_plural("{gap} point more foreign nationals", "{gap} points more foreign nationals", form)
        less = translate_plural("{gap} point fewer foreign nationals", "{gap} points fewer foreign nationals", form)
        same = _("as many foreign nationals")
    else:
        more = translate_plural("{gap} point more born abroad", "{gap} points more born abroad", form)
        less = translate_plural("{gap} point fewer born abroad", "{gap} points fewer born abroad", form)
        same = _("as many born abroad")
    words = (more if gap > 0 else less if gap else same).format(gap=_rounded(abs(gap)))
    note = _("(one figure is of foreign nationals)") if own["of_nationals"] != other["of_nationals"] else ""
    return _Said(f"{words} {note}".rstrip(), abs(gap) <= ALIKE_POINTS)


def _country(own: Row, other: Row, names: Names) -> _Said:
    same = own["country"] == other["country"]
    return _Said(_("the same country") if same else _("another country"), same)


def _region(own: Row, other: Row, names: Names) -> _Said:
    same = own["region"] == other["region"]
    words = _("the same part of the world ({region})") if same else _("another part of the world ({region})")
    return _Said(words.format(region=_(other["region"])), same)


def _network(own: Row, other: Row, names: Names) -> _Said:
    shared = own["network"] & other["network"]
    if not own["network"] | other["network"]:
        return _Said(_("neither in a national network"), alike=True)
    if not shared:
        return _Said(_("another network or none"), alike=False)
    listed = enumeration(names("network", code) for code in sorted(shared))
    return _Said(_("the same network ({names})").format(names=listed), alike=True)


def _joined(own: Row, other: Row, names: Names) -> _Said:
    gap = int(other["joined"] - own["joined"])
    if not gap:
        return _Said(_("joined in the same year"), alike=True)
    words = (
        translate_plural("joined {gap} year later", "joined {gap} years later", gap)
        if gap > 0
        else translate_plural("joined {gap} year earlier", "joined {gap} years earlier", -gap)
    )
    return _Said(words.format(gap=number(abs(gap))), abs(gap) <= ALIKE_YEARS)


def _index(own: Row, other: Row, names: Names) -> _Said:
    gap = round(other["index"] - own["index"], 1)
    if not gap:
        words = _("the same Index score")
    elif gap > 0:
        words = _("Index {gap} points higher").format(gap=_rounded(gap))
    else:
        words = _("Index {gap} points lower").format(gap=_rounded(-gap))
    theirs, ours = (row["index_year"] or _("edition not stated") for row in (other, own))
    edition = _("{theirs} beside {ours}").format(theirs=theirs, ours=ours) if theirs != ours else theirs
    return _Said(f"{words} ({edition})", abs(gap) <= ALIKE_POINTS)


def _profile(own: Row, other: Row, names: Names, most: int = MOST_AREAS) -> _Said | None:
    ours, theirs = own["profile"], other["profile"]
    if not ours or not theirs:
        return None
    shared = sorted(ours.keys() & theirs.keys(), key=lambda code: (-min(ours[code], theirs[code]), code))
    if not shared:
        return _Said(_("practices in other areas"), alike=False)
    labels = [names("policy_area", code) for code in shared]
    if len(labels) <= most:
        words = _("practices in the same areas: {areas}").format(areas=enumeration(labels))
    else:
        words = _("practices in the same areas: {areas} and {count} more").format(
            areas=", ".join(labels[:most]), count=number(len(labels) - most)
        )
    return _Said(words, alike=True)


WORDS: dict[str, Callable[[Row, Row, Names], _Said | None]] = {
    "population": _population,
    "foreign": _foreign,
    "country": _country,
    "region": _region,
    "network": _network,
    "joined": _joined,
    "index": _index,
    "profile": _profile,
}


def _said(own: Row, other: Row, names: Names) -> dict[str, _Said]:
    both = [name for name in WORDS if own[name] is not None and other[name] is not None]
    return {name: sentence for name in both if (sentence := WORDS[name](own, other, names))}


def editions_note(own: Row, others: Iterable[Row]) -> str:
    """Which editions the Index scores are of by which a city and its peers are compared, where they are not the same.

    Args:
        own, others: rows of ``peers.features``; of each the newest published score counts, whatever its edition.

    Returns:
        A sentence, empty where the city has no score, no peer has one, or all are of one stated edition.
    """
    theirs = {row["index_year"] for row in others if row["index"] is not None}
    if own["index"] is None or not theirs or theirs == {own["index_year"]} != {None}:
        return ""
    told = [str(year) for year in sorted(filter(None, theirs))] + [_("edition not stated")] * (None in theirs)
    return _(
        "How alike cities are in the Index is by the newest published score of each, of different editions: {ours} "
        "here; {theirs} of the peers. Other editions ask other questions."
    ).format(ours=own["index_year"] or _("edition not stated"), theirs=enumeration(told))


def reasons(own: Row, other: Row, names: Names) -> dict[str, str]:
    """Each feature of two cities in plain words, of those that both have.

    Residents of a settlement, foreign nationals and Index scores of different editions are said to be such. Of many
    policy areas in common the ones with most practices in both are named.

    Args:
        own, other: rows of ``peers.features``.
        names: what a code is called: (facet, code) to words.

    Returns:
        Words by feature, such as “the same network (RECI)” or “1.2 times as many people”.
    """
    return {name: sentence.words for name, sentence in _said(own, other, names).items()}


def reason(own: Row, other: Row, names: Names) -> str:
    """Why two cities are alike, in one sentence: first what is alike, then after “but” what differs most of all.

    Args:
        own, other: rows of ``peers.features``.
        names: what a code is called: (facet, code) to words.

    Returns:
        At most ``MOST_ALIKE`` likenesses and ``MOST_DIFFERENT`` differences, such as “the same network (RECI); 1.2
        times as many people; but 12 points fewer born abroad”; empty where nothing is known of both. ``reasons`` has
        all of them.
    """
    sentences = _said(own, other, names)
    if areas := _profile(own, other, names, MOST_AREAS_IN_SENTENCE):
        sentences["profile"] = areas
    # The one implies the other.
    if "country" in sentences and "region" in sentences:
        sentences.pop("region" if sentences["country"].alike else "country")
    alike = _words(sentences, _ALIKE_FIRST, alike=True)[:MOST_ALIKE]
    different = enumeration(_words(sentences, _DIFFERENT_FIRST, alike=False)[:MOST_DIFFERENT])
    if not alike:
        return _("nothing alike: {different}").format(different=different) if different else ""
    listed = reduce(lambda first, second: _("{first}; {second}").format(first=first, second=second), alike)
    return _("{alike}; but {different}").format(alike=listed, different=different) if different else listed


def _words(sentences: Mapping[str, _Said], order: Iterable[str], *, alike: bool) -> list[str]:
    return [sentences[name].words for name in order if name in sentences and sentences[name].alike == alike]
