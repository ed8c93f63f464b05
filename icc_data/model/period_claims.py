"""What all that a year text claims comes to: a start, an end, whether it goes on, and how sure that is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal, NamedTuple

from icc_data.model.period_rules import CLAUSE_RULES, DATE_RULES, rewritten
from icc_data.model.period_tokens import LAST_YEAR, Token, kinds_of, readings_of

Certainty = Literal["certain", "likely", "unknown"]
Form = Literal["span", "since", "until", "founded", "date", "recurring", "ongoing", "year", "unread"]
_NOT_UNDERSTOOD = re.compile(r"[x#mdnaNzk$?QhSFKUBAbeCW…+<>lLEGIXZH@tJcV'*令元月日]|^-|-$")


class Claims(NamedTuple):
    """What a text says: the years as far as they are stated, and what kind of statement it is."""

    start: int | None
    end: int | None
    ongoing: bool | None
    certainty: Certainty
    form: Form


NOTHING = Claims(None, None, None, "unknown", "unread")


def _labelled_apart(kinds: str) -> bool:
    """Whether dates and "ongoing" belong to parts of their own, as in "Network - ongoing / Report - 2017"."""
    parts = [part for part in re.split("[;/]", kinds) if re.search("[OYRsuif]", part)]
    apart = not any("O" in part and re.search("[YRsuif]", part) for part in parts)
    return "O" in kinds and len(parts) > 1 and apart and all(re.search("[xlLE]", part) for part in parts)


def _lasting(claim: Token, duration: Token) -> int | None:
    """The year in which a stated number of months ends that begins in the month of this claim."""
    if not (duration.value and claim.value and claim.start):
        return None
    end = claim.start + (claim.value + duration.value - 2) // 12
    return end if end <= LAST_YEAR else None


def _phases(phases: list[Token], others: list[Token]) -> list[Token]:
    """What phases say of the whole: where it begins, and where it ends if nothing else does and the last is a range."""
    if not phases:
        return []
    if len(phases) == 1 and not others:
        return [phases[0]._replace(kind="Y" if phases[0].start == phases[0].end else "R", bare=True)]
    last = max(phases, key=lambda phase: phase.end or 0)
    ended = last.start != last.end and not any(t.kind in "su" for t in others)
    return [Token("i", start=min(p.start or LAST_YEAR for p in phases), end=last.end if ended else None, sure=False)]


def _own(tokens: list[Token]) -> list[Token]:
    """What a text says of the practice's own years: those of a plan only where it names no others."""
    if _labelled_apart(kinds_of(tokens)):
        return []
    phases = [t for t in tokens if t.kind == "q"]
    others = [t for t in tokens if t.kind in "YRsuif"]
    own = others + _phases(phases, others)
    planned = (t._replace(kind="R", sure=False) for t in tokens if t.kind == "G")
    return own or [t._replace(kind="Y", bare=True) if t.start == t.end else t for t in planned]


def _recurs(tokens: list[Token]) -> bool:
    """Whether a text says that something returns every year or so; an annual report is no annual practice."""
    kinds = kinds_of(tokens)
    often = any(t.kind == "v" and n.kind in "MjPNmdnC" and (n.kind != "P" or n.value) for t, n in pairwise(tokens))
    return ("w" in kinds or often) and not re.search("[lL]", kinds)


def _form(start: int | None, end: int | None, ongoing: bool | None, recurs: bool, used: list[Token]) -> Form:
    if end is not None:
        return "until" if start is None else "span"
    if ongoing:
        return "recurring" if recurs else "ongoing" if start is None else "since"
    if start is None:
        return "unread"
    if {t.kind for t in used} == {"Y"}:
        return "year" if all(t.bare for t in used) else "date"
    return "founded"


def _goes_on(kinds: str, used: set[str], ended: bool, recurs: bool) -> bool | None:
    """Whether it goes on: "ongoing" says so, "since" too, but for a text that also says that it stopped, or until when
    in words that are not read."""
    if "h" in kinds:
        return False if ended and "O" not in kinds else None
    if "O" in kinds or recurs:
        return True
    if "s" in used and not used & {"u", "f"}:
        return None if re.search("[eXZ]|s.*T", kinds) and not ended else True
    return False if ended else None


def _ends(kinds: str, used: list[Token], recurs: bool) -> tuple[list[int], bool]:
    """The years stated as ends, and whether the years alone leave nothing open.

    A year or date alone tells neither an end nor that there is none; a school year does. Nor do two dates that a word
    links which was not read.
    """
    kinds_used = {t.kind for t in used}
    starts, ends = [t.start for t in used if t.start], [t.end for t in used if t.end]
    ends = [t.end for t in used if t.end and t.kind != "Y"] or ends
    if kinds_used != {"Y"}:
        return ends, True
    lone = len({(t.start, t.end) for t in used}) == 1 and set(starts) == set(ends)
    unlinked = len(used) > 1 and re.search("[x#h!H@t]", kinds)
    return ([], False) if lone or unlinked or "O" in kinds or recurs else (ends, True)


def _combined(tokens: list[Token], recurs: bool) -> Claims:
    """Start, end, ongoing, certainty and form, from all that the rewritten tokens of a text say."""
    kinds, under_way = kinds_of(tokens), [t for t in tokens if t.kind == "O"]
    claims = _own(tokens)
    if "!" in kinds or not (claims or under_way or recurs):
        return NOTHING
    used = [t for t in claims if t.kind != "Y"]
    used = used if any(t.start for t in used) else claims
    stated, used_kinds = kinds_of(claims), set(kinds_of(used))
    starts = [t.start for t in used if t.start]
    if used_kinds <= {"Y", "R"} and starts != sorted(starts):
        return NOTHING
    sure = not _NOT_UNDERSTOOD.search(kinds) and all(t.sure for t in [*used, *under_way])
    # Several claims agree only if each says another thing, and none of them is a bare date.
    sure = sure and (len(stated) < 2 or (len(set(stated)) == len(stated) and not {"Y", "R"} & set(stated)))
    ends, closed = _ends(kinds, used, recurs)
    sure = sure and closed
    # What goes on from a later year on has no end, nor has what then returns every year.
    if ends and (any(t.kind == "s" and (t.start or 0) >= max(ends) for t in used) or (recurs and "t" in kinds)):
        ends = []
    recurs = recurs and not ends
    ongoing = _goes_on(kinds, used_kinds, bool(ends), recurs)
    sure = sure and bool(starts or ends or not recurs)
    durations = [t for t in tokens if t.kind == "D"]
    if durations and not under_way and len(used) == 1 and used_kinds < {"s", "i", "Y"}:
        lasting = _lasting(used[0], durations[0]) if len(durations) == 1 else None
        if lasting or used_kinds != {"Y"}:
            ends, ongoing, sure = ([lasting], False, False) if lasting else ([], None, False)
    start, end = min(starts, default=None), max(ends, default=None)
    if start and end and start > end:
        return NOTHING
    form = _form(start, end, ongoing, recurs, used)
    if form == "unread":
        return NOTHING
    return Claims(
        start, end, ongoing, "certain" if sure and (ongoing is not None or form == "founded") else "likely", form
    )


def _understood(tokens: list[Token]) -> tuple[int, Claims]:
    """How much of a reading is not understood or stands unlinked, and what it says."""
    own = rewritten([token for token in tokens if token.kind != "w"], DATE_RULES + CLAUSE_RULES)
    kinds = kinds_of(own)
    unlinked = max(0, len(re.findall("[YR]", kinds)) - 1) + len(re.findall("&(?=$|[YRs])|[TK]", kinds))
    # "Between" is between two dates.
    unlinked += bool(re.search("K(?!.*&)", kinds_of(tokens)))
    return len(_NOT_UNDERSTOOD.findall(kinds)) + unlinked, _combined(own, _recurs(tokens))


def _agreed(readings: list[Claims]) -> Claims:
    """What all readings of a text say alike; likely at most where they differ."""
    first, *others = readings
    if all(other == first for other in others):
        return first
    start, end, ongoing = (
        values[0] if len(set(values)) == 1 else None for values in list(zip(*readings, strict=True))[:3]
    )
    if (start, end, ongoing) == (None, None, None):
        return NOTHING
    certain = (start, end, ongoing) == first[:3] and all(r[:3] == first[:3] for r in others)
    if certain:
        return next(reading for reading in readings if reading.certainty != "certain" or reading == readings[-1])
    form = _form(start, end, ongoing, False, [Token("Y", bare=True)])
    return Claims(start, end, ongoing, "likely", form)


def claims_of(text: str) -> Claims:
    """What a year text says, in the language or languages in which most of it is understood.

    Args:
        text: any text.

    Returns:
        Its years. Where words mean different things in different languages, the language decides that knows most of
        the words and leaves least unread; where several do, only what they agree on is kept.
    """
    readings = [_understood(tokens) for tokens in readings_of(text)]
    least = min(unread for unread, _ in readings)
    return _agreed([claims for unread, claims in readings if unread == least])
