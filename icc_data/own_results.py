"""A city's own Index results and practices, beside everybody else's for the length of a visit.

They are read by the readers that ``python -m icc_data add`` uses, into the same records, and end in a database that
is nowhere but in memory.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from icc_data.check import Data
from icc_data.columns import columns_of
from icc_data.contribution.upload import read_upload
from icc_data.errors import AtlasError, Problem
from icc_data.gazetteer import Gazetteer
from icc_data.i18n import translate as _
from icc_data.readers.result import Accepted
from icc_data.records import IndexScore, Practice
from icc_data.text import slugify
from icc_data.vocabulary import Vocabulary


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


def results_template(city_id: str, year: int, areas: Sequence[str]) -> str:
    """A table for a city's own Index results, to be filled: CSV with a row for each policy area and ``overall``."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in columns_of(IndexScore)], lineterminator="\r\n")
    writer.writeheader()
    for area in ("overall", *areas):
        writer.writerow({"city_id": city_id, "year": year, "policy_area": area})
    return "\ufeff" + out.getvalue()


def read_own_results(
    files: Iterable[tuple[str, bytes]], city_id: str, gazetteer: Gazetteer, vocabulary: Vocabulary
) -> OwnResults:
    """Read what a city brought along: tables of Index results or of practices, or practice cards.

    Args:
        files: names and contents.
        city_id: the city; rows about others are refused, with the reason.
        gazetteer, vocabulary: of the network.

    Returns:
        The usable records, later rows of the same edition and area in the place of earlier ones, and every problem.
    """
    scores: dict[tuple[object, ...], Accepted] = {}
    practices: list[Accepted] = []
    problems: list[Problem] = []
    for name, raw in files:
        try:
            upload = read_upload(name, raw, gazetteer, vocabulary)
        except AtlasError as error:
            problems.append(Problem(name, 0, "", "", str(error)))
            continue
        problems += [*upload.remarks, *upload.result.problems]
        for item in upload.result.accepted:
            record = item.record
            if isinstance(record, IndexScore) and record.score is None:
                # A row of the template that was not filled says nothing.
                continue
            if isinstance(record, IndexScore) and record.city_id == city_id:
                scores[record.year, record.policy_area] = item
            elif isinstance(record, Practice) and (city_id in record.city_ids or not record.city_ids):
                practices.append(replace(item, record=_of_city(record, city_id)))
            elif isinstance(record, IndexScore | Practice):
                reason = _("is about another city than the one chosen: choose that city, or take the row out")
                problems.append(Problem(upload.file, item.line, "", "", reason))
            else:
                reason = _("is neither an Index result nor a practice")
                problems.append(Problem(upload.file, item.line, "", "", reason))
    return OwnResults(tuple(scores.values()), tuple(practices), tuple(problems))


def _of_city(practice: Practice, city_id: str) -> Practice:
    return practice if practice.city_ids else replace(practice, city_ids=(city_id,))


def with_own(data: Data, own: OwnResults) -> Data:
    """The network's data with a city's own results: its scores in the place of published ones of the same edition.

    A practice whose title and city are there already is not added again.
    """
    there = {_identity(practice) for practice in data.practices}
    ids = {practice.practice_id for practice in data.practices}
    added = []
    for item in own.practices:
        practice = item.record
        if not isinstance(practice, Practice) or _identity(practice) in there:
            continue
        name = practice.practice_id
        while name in ids:
            name = f"{name}-own"
        ids.add(name)
        there.add(_identity(practice))
        added.append(replace(item, record=replace(practice, practice_id=name)))
    replaced = {_edition(item) for item in own.scores}
    kept = tuple(item for item in data.accepted["index_scores"] if _edition(item) not in replaced)
    accepted = {
        **data.accepted,
        "practices": (*data.accepted["practices"], *added),
        "index_scores": (*kept, *own.scores),
    }
    return Data(accepted, data.vocabulary)


def _identity(practice: Practice) -> tuple[str, tuple[str, ...]]:
    return slugify(practice.title, 200), practice.city_ids


def _edition(item: Accepted) -> tuple[object, ...]:
    score = item.record
    return (score.city_id, score.year, score.policy_area) if isinstance(score, IndexScore) else ()
