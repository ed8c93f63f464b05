"""When practices started and ran, in words: what pages, documents and charts say of it alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from icc_data.cells import is_known
from icc_data.i18n import day, enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.model.reading import told_by_description

# Practices are published years after they begin.
STILL_PUBLISHED = 3


def still_published(as_of: int) -> tuple[int, int]:
    """The first and last of the years of which more is still to be published.

    Args:
        as_of: the year of the data.
    """
    return as_of - STILL_PUBLISHED + 1, as_of


def unfinished(as_of: int, until: int | None) -> tuple[int, int] | None:
    """The years that carry the band “still being published”; none where what is chosen ends before them.

    Args:
        as_of: the year of the data.
        until: the last year that is chosen; None where none is.

    Returns:
        The first and the last of ``still_published``, or None.
    """
    first, last = still_published(as_of)
    return None if until is not None and until < first else (first, last)


def part_words(*, active: bool) -> tuple[str, str]:
    """What the two parts of a year's bar are called: the sure one, and the other, which is drawn paler.

    Args:
        active: the bars count years of activity instead of starts.
    """
    if active:
        return _("Known to have run in the year"), _("Said to go on, not known after its start or end year")
    return _("Start year"), _("Year as published, may not be the start")


def undated(counts: Mapping[str, int]) -> str:
    """How many practices of a selection no timeline can show, whatever years are chosen, and why.

    Args:
        counts: the answer of ``queries.overview``.
    """
    words = translate_plural(
        "{undated} of {everything} practice carries no start year and is on no timeline.",
        "{undated} of {everything} practices carry no start year and are on no timeline.",
        counts["of_any_year"],
    )
    sentence = words.format(undated=number(counts["undated"]), everything=number(counts["of_any_year"]))
    if counts["of_any_year"] != counts.get("practices", counts["of_any_year"]):
        sentence = _("Whatever years are chosen, {sentence}").format(sentence=sentence)
    if counts["undated_unread"]:
        words = translate_plural(
            "{count} of them has a year text that names no start (such as “ongoing” or “until 2023”).",
            "{count} of them have a year text that names no start (such as “ongoing” or “until 2023”).",
            counts["undated_unread"],
        )
        sentence += " " + words.format(count=number(counts["undated_unread"]))
    return sentence


def bare(counts: Mapping[str, int]) -> str:
    """How many of the dated practices have a year that may not be the start; empty where none has.

    Args:
        counts: the answer of ``queries.overview``.
    """
    if not counts["bare"]:
        return ""
    words = translate_plural(
        "Of the {dated} with a start year, {count} has a year as published that may not be the start.",
        "Of the {dated} with a start year, {count} have a year as published that may not be the start.",
        counts["bare"],
    )
    return words.format(dated=number(counts["dated"]), count=number(counts["bare"]))


def active_outside(practices: int, first: int | None, last: int | None) -> str:
    """How many of the practices in a picture of the chosen years ran in other years too; empty where none did.

    Args:
        practices: what ``queries.active_outside`` gives.
        first, last: the years of the span; None where it is open.
    """
    if not practices:
        return ""
    if first is None:
        outside = _("after {last}").format(last=last)
    elif last is None:
        outside = _("before {first}").format(first=first)
    else:
        outside = _("outside of {first}–{last}").format(first=first, last=last)
    words = translate_plural(
        "{count} of these practices is also active {outside}, which is not drawn.",
        "{count} of these practices are also active {outside}, which is not drawn.",
        practices,
    )
    return words.format(count=number(practices), outside=outside)


def bare_starts(started: int, alone: int) -> str:
    """How many start years in a small picture without tints may not be the start; empty where none is.

    Args:
        started: the practices in it.
        alone: those of them of which a year alone was published.
    """
    if not alone:
        return ""
    words = translate_plural(
        "Of these {started} start years, {alone} is a year as published, which may not be the start.",
        "Of these {started} start years, {alone} are years as published, which may not be the start.",
        alone,
    )
    return words.format(started=number(started), alone=number(alone))


def mostly_bare(years: Sequence[int]) -> str:
    """The years whose starts are mostly years as published; empty where there is none.

    Args:
        years: what ``analysis.years.mostly_bare`` gives.
    """
    if not years:
        return ""
    words = _("In {years}, more than half of the starts are years as published that may not be the start.")
    return words.format(years=enumeration(_runs(years)))


def _runs(years: Sequence[int]) -> list[str]:
    """Years as spans where they follow each other: 2016, 2018–2020."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return [str(span[0]) if len(span) == 1 else f"{span[0]}–{span[-1]}" for span in spans]


def recent(counts: Mapping[str, int], as_of: int) -> str:
    """What is published so far of the practices that started in the last years.

    Args:
        counts: the answer of ``queries.overview``.
        as_of: the year of the data.
    """
    first, last = still_published(as_of)
    if not counts["recent"]:
        words = _("No practice that started in {first}–{last} is published so far; more will follow.")
        return words.format(first=first, last=last)
    words = translate_plural(
        "{count} practice that started in {first}–{last} is published so far; more will follow.",
        "{count} practices that started in {first}–{last} are published so far; more will follow.",
        counts["recent"],
    ).format(count=number(counts["recent"]), first=first, last=last)
    if counts["recent_bare"]:
        alone = translate_plural(
            "Of {count} of them only a year was published, which may not be the start.",
            "Of {count} of them only a year was published, which may not be the start.",
            counts["recent_bare"],
        )
        words += " " + alone.format(count=number(counts["recent_bare"]))
    return words


def when_in_words(row: Mapping[Any, Any], nothing: str | None = None) -> str:
    """When a practice ran, in the text that its years are read from; the other beside it where it tells otherwise.

    Args:
        row: ``when_text`` and, where they were asked for, ``described_when`` and ``when_conflict``.
        nothing: what is said where neither text tells; None for that no year was published.
    """
    published, described = row["when_text"], row.get("described_when")
    if not is_known(published):
        return str(described) if is_known(described) else _("no year published") if nothing is None else nothing
    if not is_known(described):
        return str(published)
    conflict = bool(row.get("when_conflict"))
    if told_by_description(str(published), str(described), conflict=conflict):
        return _("{described} (year as published: {published})").format(described=described, published=published)
    if conflict:
        return _("{published} (by its description: {described})").format(published=published, described=described)
    return str(published)


def entry_in_words(added_on: Any, oldest: date) -> str:
    """Since when the data has a practice, as far as its versions tell.

    Args:
        added_on: the day of the first version that holds it; missing where that is the oldest one kept.
        oldest: the day of the oldest version that is kept.
    """
    if is_known(added_on):
        return _("In the data since {day}").format(day=day(added_on))
    return _("In the data by {day}, the oldest version kept").format(day=day(oldest))


def contradiction(practice: Mapping[str, Any]) -> str:
    """What the two texts of a practice say where they contradict each other; empty where they do not.

    Args:
        practice: the answer of ``queries.practice``.
    """
    if not practice["when_conflict"]:
        return ""
    if practice["when_source"] == "year field":
        words = _("The programme’s field says “{published}”; the description says “{described}”.")
    else:
        words = _("The year as published is “{published}”; the description says “{described}”.")
    return words.format(published=practice["when_text"], described=practice["described_when"])
