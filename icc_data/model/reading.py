"""When a practice ran, from both texts that say so: the published year text and what the description says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from icc_data.model.period import Period, read_period

# A lone year or date may be that of the page, of one edition or of an award.
_WEAK = ("year", "date")


@dataclass(frozen=True)
class Reading:
    """What both texts say together.

    Attributes:
        period: the years; its text is the published one.
        conflict: whether the two texts contradict each other.
    """

    period: Period
    conflict: bool


def contradict(published: Period, described: Period, as_of: int) -> bool:
    """Whether what was published and what the description says cannot both be so.

    Args:
        published: the reading of the year text.
        described: the reading of what the description says.
        as_of: the year in which both were seen.

    Returns:
        True for different starts, unless the description names a year or date within the published years; for
        different ends; and for one that goes on where the other has ended.
    """
    within = described.start_year is not None and published.active_in(described.start_year, as_of)
    of_an_event = described.form in _WEAK and published.form not in _WEAK and within
    if None not in (published.start_year, described.start_year) and published.start_year != described.start_year:
        return not of_an_event
    if None not in (published.end_year, described.end_year) and published.end_year != described.end_year:
        return True
    pairs = ((published, described), (described, published))
    return any(one.ongoing and other.end_year is not None and other.end_year < as_of for one, other in pairs)


def _joined(published: Period, described: Period) -> Period:
    """The description's years, and of the published ones what it leaves open."""
    start = described.start_year if described.start_year is not None else published.start_year
    end = described.end_year if described.end_year is not None else published.end_year
    ongoing = described.ongoing if described.ongoing is not None else published.ongoing
    if None not in (start, end) and (start or 0) > (end or 0):
        return replace(described, text=published.text)
    form = described.form
    if start is not None and end is not None:
        form = "span"
    elif start is not None and ongoing and form in ("ongoing", *_WEAK):
        form = "since"
    own = (described.start_year, described.end_year, described.ongoing) == (start, end, ongoing)
    return Period(published.text, start, end, ongoing, described.certainty if own else "likely", form)


def _decides(published: Period, conflict: bool) -> bool:
    """Whether the description decides beside what was published."""
    open_start = published.form == "founded" and not conflict
    return published.form in _WEAK or published.start_year is None or open_start


# The same texts stand on page after page.
@lru_cache(maxsize=4096)
def told_by_description(when_text: str, described_when: str, *, conflict: bool) -> bool:
    """Whether the years of a practice are read from its description and cannot be told by its year text alone.

    Args:
        when_text, described_when: as in ``read_practice``, neither empty.
        conflict: whether the two contradict each other.

    Returns:
        True where the description decides and names another start, another end, or that the practice goes on.
    """
    published, described = read_period(when_text), read_period(described_when)
    joined = _joined(published, described)
    adds = (joined.start_year, joined.end_year, joined.ongoing) != (
        published.start_year,
        published.end_year,
        published.ongoing,
    )
    return _decides(published, conflict) and adds


# The same two texts stand on page after page.
@lru_cache(maxsize=20_000)
def read_practice(when_text: str | None, described_when: str | None, as_of: int | None = None) -> Reading:
    """When a practice ran, as far as its two texts say so.

    The description decides where the published text is a lone year or date, names no start, or tells nothing but the
    same start; else the published text stays. Where the two contradict each other the reading is likely at most.

    Args:
        when_text: the year text as published.
        described_when: what the title or description says of the practice itself, in the words of the data.
        as_of: the year in which both were seen; this year where that is not known.
    """
    as_of = as_of or date.today().year
    published = read_period(when_text or "", as_of)
    if not described_when:
        return Reading(published, conflict=False)
    described = read_period(described_when, as_of)
    if described.form == "year":
        # Said of the practice itself: something took place in that year.
        described = replace(described, form="date")
    conflict = contradict(published, described, as_of)
    period = _joined(published, described) if _decides(published, conflict) else published
    if conflict and period.certainty == "certain":
        period = replace(period, certainty="likely")
    return Reading(period, conflict)
