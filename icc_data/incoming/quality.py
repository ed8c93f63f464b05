"""What of valid data is worth a second look: warnings, each with its place and what to do; none keeps data out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from icc_data.errors import Problem
from icc_data.i18n import translate as _
from icc_data.i18n import translate_plural
from icc_data.incoming.check import Data
from icc_data.incoming.contributions.checking import There, twins
from icc_data.model.identifiers import page_key
from icc_data.model.period import goes_backwards, read_period, unreadable
from icc_data.model.reading import read_practice
from icc_data.model.records import City, IndexScore, Practice

SHORT_SUMMARY = 15
"""Fewer words than these say little of what was done."""
FORMER = "former"


def _practices(data: Data) -> Iterator[tuple[int, Practice]]:
    return ((item.line, cast(Practice, item.record)) for item in data.accepted.get("practices", ()))


def _cities(data: Data) -> Iterator[tuple[int, City]]:
    return ((item.line, cast(City, item.record)) for item in data.accepted.get("cities", ()))


def _year_seen(practice: Practice) -> int | None:
    return practice.accessed.year if practice.accessed else None


def contradictions(data: Data) -> Iterator[Problem]:
    """What the published year text and the description of a practice contradict each other in."""
    reason = _("the description says “{described}”: both are shown, and the years are likely only")
    for line, practice in _practices(data):
        if read_practice(practice.when_text, practice.described_when, _year_seen(practice)).conflict:
            told = reason.format(described=practice.described_when)
            yield Problem("practices.csv", line, "when_text", practice.when_text or "", told)


def shared_pages(data: Data) -> Iterator[Problem]:
    """Practices whose own page is also that of an earlier one."""
    reason = _(
        "is the own page of “{title}” on line {line} too: merge the two if they are one practice, else move the "
        "address to evidence_urls"
    )
    first: dict[str, tuple[int, Practice]] = {}
    for line, practice in _practices(data):
        if practice.url:
            at, earlier = first.setdefault(page_key(practice.url), (line, practice))
            if at != line:
                told = reason.format(title=earlier.title, line=at)
                yield Problem("practices.csv", line, "url", practice.url, told)


def _impossible_spans(data: Data) -> Iterator[Problem]:
    backwards = _("ends before it begins, so no year is read: look at the source again")
    both = _("says both that it has ended and that it goes on: look at the source again")
    for line, practice in _practices(data):
        text, seen = practice.when_text or "", _year_seen(practice)
        period = read_period(text, seen)
        if unreadable(text) and goes_backwards(text):
            yield Problem("practices.csv", line, "when_text", text, backwards)
        elif period.ongoing and period.end_year is not None and seen is not None and period.end_year < seen:
            yield Problem("practices.csv", line, "when_text", text, both)


def _unread_years(data: Data) -> Iterator[Problem]:
    reason = _("no year can be read from it: look at the source again, or say when it ran in described_when")
    for line, practice in _practices(data):
        text = practice.when_text or ""
        if unreadable(text) and not goes_backwards(text):
            yield Problem("practices.csv", line, "when_text", text, reason)


def _future_starts(data: Data) -> Iterator[Problem]:
    newest = max((practice.accessed for practice in data.practices if practice.accessed), default=None)
    reason = _("begins in {year}, after the data’s date ({date}): check the year, or the day on which it was seen")
    for line, practice in _practices(data):
        period = read_practice(practice.when_text, practice.described_when, _year_seen(practice)).period
        if newest and period.start_year and period.start_year > newest.year:
            told = reason.format(year=period.start_year, date=newest.isoformat())
            yield Problem("practices.csv", line, "when_text", period.text or practice.described_when or "", told)


def _former_in_networks(data: Data) -> Iterator[Problem]:
    reason = _("{city} is a former member and still stands in networks: take it out of those that it has left")
    for line, city in _cities(data):
        if city.status == FORMER and city.networks:
            yield Problem("cities.csv", line, "networks", "; ".join(city.networks), reason.format(city=city.name))


def _cities_without_place(data: Data) -> Iterator[Problem]:
    reason = _("is on no map: add latitude and longitude, and where they come from")
    for line, city in _cities(data):
        if city.latitude is None:
            yield Problem("cities.csv", line, "latitude", city.name, reason)


def _scores_without_report(data: Data) -> Iterator[Problem]:
    reported = {(report.city_id, report.year) for report in data.index_reports}
    reason = _("has a result of {year} and no report of that edition: add the report to index_reports.csv")
    for item in data.accepted.get("index_scores", ()):
        score = cast(IndexScore, item.record)
        if (score.city_id, score.year) not in reported:
            reported.add((score.city_id, score.year))
            told = reason.format(year=score.year or "?")
            yield Problem("index_scores.csv", item.line, "city_id", score.city_id, told)


def _short_summaries(data: Data) -> Iterator[Problem]:
    reason = _("has fewer than {count} words: say what was done, for whom and how").format(count=SHORT_SUMMARY)
    for line, practice in _practices(data):
        if len((practice.summary or "").split()) < SHORT_SUMMARY:
            yield Problem("practices.csv", line, "summary", practice.summary or "", reason)


def _without_page(data: Data) -> Iterator[Problem]:
    reason = _("no page of its own is known for “{title}”: add its address where there is one")
    for line, practice in _practices(data):
        if not practice.url:
            yield Problem("practices.csv", line, "url", "", reason.format(title=practice.title))


def _near_doubles(data: Data) -> Iterator[Problem]:
    reason = _("is much like “{title}” on line {line}, of the same city: merge the two if they are one practice")
    there = There(data.practices)
    lines = {practice.practice_id: line for line, practice in _practices(data)}
    for line, practice in _practices(data):
        for twin in twins(practice, there):
            earlier = lines[twin.practice.practice_id]
            if earlier < line:
                told = reason.format(title=twin.practice.title, line=earlier)
                yield Problem("practices.csv", line, "title", practice.title, told)


def _uncoded(data: Data) -> Iterator[Problem]:
    reason = _("nobody has coded “{title}” yet: give it its policy areas, and note both readers’ codes")
    for line, practice in _practices(data):
        if not practice.policy_areas:
            yield Problem("practices.csv", line, "policy_areas", "", reason.format(title=practice.title))


KINDS: dict[str, Callable[[Data], Iterator[Problem]]] = {
    "contradiction": contradictions,
    "impossible_span": _impossible_spans,
    "unread_year": _unread_years,
    "future_start": _future_starts,
    "former_in_network": _former_in_networks,
    "no_coordinates": _cities_without_place,
    "score_without_report": _scores_without_report,
    "short_summary": _short_summaries,
    "no_own_page": _without_page,
    "shared_page": shared_pages,
    "near_double": _near_doubles,
    "uncoded": _uncoded,
}
"""The kinds of warnings, in the order in which they are told, and what finds each."""


def kind_in_words(kind: str, count: int) -> str:
    """How many warnings of a kind there are, as a heading.

    Args:
        kind: a key of ``KINDS``.
        count: how many.
    """
    words = {
        "contradiction": translate_plural(
            "{count} year text contradicts its description", "{count} year texts contradict their descriptions", count
        ),
        "impossible_span": translate_plural("{count} impossible span", "{count} impossible spans", count),
        "unread_year": translate_plural("{count} unreadable year text", "{count} unreadable year texts", count),
        "future_start": translate_plural(
            "{count} start after the data’s date", "{count} starts after the data’s date", count
        ),
        "former_in_network": translate_plural(
            "{count} former member in networks", "{count} former members in networks", count
        ),
        "no_coordinates": translate_plural(
            "{count} city without coordinates", "{count} cities without coordinates", count
        ),
        "score_without_report": translate_plural(
            "{count} edition with results and no report", "{count} editions with results and no report", count
        ),
        "short_summary": translate_plural("{count} short summary", "{count} short summaries", count),
        "no_own_page": translate_plural(
            "{count} practice without a page of its own", "{count} practices without a page of their own", count
        ),
        "shared_page": translate_plural(
            "{count} practice on the page of another", "{count} practices on the page of another", count
        ),
        "near_double": translate_plural("{count} near-double", "{count} near-doubles", count),
        "uncoded": translate_plural("{count} practice nobody coded yet", "{count} practices nobody coded yet", count),
    }
    return words[kind].format(count=count)


def warnings(data: Data) -> dict[str, tuple[Problem, ...]]:
    """All warnings of some data by kind, kinds without any left out, each in the order of its file."""
    by_kind = {kind: tuple(find(data)) for kind, find in KINDS.items()}
    return {kind: ones for kind, ones in by_kind.items() if ones}


def notes(data: Data) -> list[Problem]:
    """The warnings that ``check`` tells unasked: what contradicts each other, and what may be one practice twice."""
    return [*contradictions(data), *shared_pages(data)]
