"""A city's own Index results and practices, beside everybody else's for the length of a visit.

They are read by the readers that ``python -m icc_data add`` uses, into the same records, and end in tables that are
nowhere but in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from icc_data.errors import AtlasError, Problem
from icc_data.i18n import enumeration, language
from icc_data.i18n import translate as _
from icc_data.incoming.contributions import upload
from icc_data.incoming.contributions.upload import (
    Progress,
    RecallingGazetteer,
    Upload,
    read_upload,
    readable,
    shown_name,
    untold,
)
from icc_data.incoming.readers.headings import heading
from icc_data.incoming.readers.result import Accepted
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.identifiers import identities
from icc_data.model.practice_faults import practice_faults
from icc_data.model.records import IndexScore, Practice, Record
from icc_data.model.vocabulary import Vocabulary

SUFFIXES = (".xlsx", ".csv", ".json")
# Scores of some hundred rows; practices of a city are no more either.
MOST_MEGABYTES = upload.MOST_MEGABYTES


@dataclass(frozen=True)
class OwnResults:
    """What a city brought along.

    Attributes:
        scores: its Index results.
        practices: its practices.
        problems: what of the files could not be used, and why.
    """

    scores: tuple[Accepted, ...] = ()
    practices: tuple[Accepted, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that can be used."""
        return not (self.scores or self.practices)


def read_own_results(
    files: Iterable[tuple[str, bytes]],
    city_id: str,
    gazetteer: Gazetteer,
    vocabulary: Vocabulary,
    progress: Progress = untold,
) -> OwnResults:
    """Read what a city brought along: tables of Index results or of practices.

    Args:
        files: names and contents.
        city_id: the city; rows about others are refused, with the reason. A practice that names no city is its own.
        gazetteer, vocabulary: of the network.
        progress: told how far it is.

    Returns:
        The usable records, later rows of the same edition and area in the place of earlier ones, and every problem.
    """
    scores: dict[tuple[object, ...], Accepted] = {}
    practices: list[Accepted] = []
    problems: list[Problem] = []
    recalling = RecallingGazetteer(gazetteer)
    for name, content in files:
        try:
            table = _read(name, content, recalling, vocabulary, progress)
        except AtlasError as error:
            # Its name stands before the reason already.
            problems.append(Problem(shown_name(name), 0, "", "", str(error).removeprefix(f"{shown_name(name)} ")))
            continue
        problems += [*table.remarks, *map(_written, table.result.problems)]
        for item in table.result.accepted:
            record = item.record
            if isinstance(record, IndexScore) and record.score is None:
                # A row of the template that was not filled says nothing.
                continue
            reasons = _refusals(record, city_id, gazetteer)
            problems += [Problem(table.file, item.line, *reason) for reason in reasons]
            if reasons:
                continue
            if isinstance(record, IndexScore):
                scores[record.year, record.policy_area] = item
            elif isinstance(record, Practice):
                practices.append(replace(item, record=_placed(record, city_id, gazetteer)))
    return OwnResults(tuple(scores.values()), tuple(practices), tuple(problems))


def _written(problem: Problem) -> Problem:
    """A problem in characters that can be sent: with half of one in it, JSON knows such, no page can be shown."""
    return replace(
        problem,
        column=readable(problem.column),
        value=readable(problem.value),
        reason=readable(problem.reason),
    )


def _read(name: str, content: bytes, gazetteer: Gazetteer, vocabulary: Vocabulary, progress: Progress) -> Upload:
    """Read a file of Index results or practices.

    Raises:
        AtlasError: it is of another kind, too large, damaged, or holds neither scores nor practices.
    """
    file = shown_name(name)
    suffix = PurePath(file).suffix.lower()
    if suffix not in SUFFIXES:
        raise AtlasError(
            _("{file} is no table of Index results or practices.").format(file=file),
            _("Save it as one of: {kinds}.").format(kinds=enumeration(SUFFIXES, "or")),
        )
    try:
        return read_upload(name, content, gazetteer, vocabulary, progress)
    except AtlasError as error:
        advice = _(
            "Scores need the columns City, Year, Policy area and Score (or city_id, year, policy_area, score), as the "
            "template has them; practices need at least a title."
        )
        raise AtlasError(error.title, advice) from None


def _refusals(record: Record, city_id: str, gazetteer: Gazetteer) -> list[tuple[str, str, str]]:
    """What is wrong with a record besides its cells, as ``check`` has it: column, value and reason of each."""
    elsewhere = _("is about another city than the one chosen: choose that city, or take the row out")
    if isinstance(record, IndexScore):
        if record.city_id != city_id:
            return [("city_id", record.city_id, elsewhere)]
        if record.year is None:
            missing = _("is missing: write the year of the edition, as only scores of one edition are compared")
            return [("year", "", missing)]
        return []
    if not isinstance(record, Practice):
        return [("", "", _("is neither an Index result nor a practice"))]
    # A country that its cities add is added here, and one may be called by any of its names.
    strange = [fault for fault in practice_faults(record, gazetteer) if fault.code == "no_country"]
    if strange:
        return [(fault.column, fault.value, _("is not a country: write its English name")) for fault in strange]
    city = gazetteer.by_id(city_id)
    country = city.country if city else ""
    if record.city_ids and city_id not in record.city_ids:
        return [("city_ids", "; ".join(record.city_ids), elsewhere)]
    if not record.city_ids and record.countries and country not in record.countries:
        return [("countries", "; ".join(record.countries), elsewhere)]
    return []


def _placed(practice: Practice, city_id: str, gazetteer: Gazetteer) -> Practice:
    """A practice with its cities, the chosen one where it names none, and with the countries of them all."""
    cities = practice.city_ids or (city_id,)
    lie_in = [city.country for city in map(gazetteer.by_id, cities) if city]
    # The day on which somebody saw it must not move the year up to which the network's data speaks.
    return replace(
        practice, city_ids=cities, countries=tuple(dict.fromkeys([*practice.countries, *lie_in])), accessed=None
    )


def not_there(own: OwnResults, there: Iterable[Practice]) -> tuple[Practice, ...]:
    """A city's own practices but those that are there already, by title and one of their cities as in ``add``.

    Args:
        own: what the city brought along.
        there: the practices of the cities of its practices, or more.
    """
    known = {identity for practice in there for identity in identities(practice)}
    new = []
    for item in own.practices:
        practice = item.record
        if isinstance(practice, Practice) and known.isdisjoint(identities(practice)):
            known.update(identities(practice))
            new.append(practice)
    return tuple(new)


def grouped(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems that are the same but for their row and the value in it, together.

    Args:
        problems: in the order of their files.

    Returns:
        Those of each file, column and reason, in the order of the first.
    """
    alike: defaultdict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        alike[problem.file, problem.column, problem.reason].append(problem)
    return list(alike.values())


def column_words(column: str) -> str:
    """What the templates call a column; its own name where they have none."""
    of_scores = {
        "city_id": _("City"),
        "year": _("Year of the edition"),
        "policy_area": _("Policy area"),
        "score": _("Score"),
    }
    return of_scores.get(column) or heading(column, language())


def reason_words(problem: Problem) -> str:
    """Why a value cannot be used, for somebody who fills a template in.

    Args:
        problem: of a cell, a row or a file.
    """
    if problem.code or not problem.value:
        return problem.reason
    plain = {
        "score": _("is no score: write a number from 0 to 100, such as 70, 70.5, 70,5 or 70 %"),
        "year": _("is no year: write the year of the edition in four digits, such as 2021"),
    }
    return plain.get(problem.column, problem.reason)


def least_scores(own: OwnResults) -> int:
    """How many scores are above 0 and at most 1 of 100, as they are where shares were meant."""
    records = [item.record for item in own.scores]
    return sum(isinstance(item, IndexScore) and item.score is not None and 0 < item.score <= 1 for item in records)


def row_words(lines: Sequence[int]) -> str:
    """The numbers of rows in words, those that follow each other as “3–9”."""
    spans: list[list[int]] = []
    for line in sorted(set(lines)):
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
