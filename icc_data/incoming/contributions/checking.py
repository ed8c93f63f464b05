"""Practices that somebody sends in: checked, compared with those that are there, and put into one clean file."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz

from icc_data.errors import AtlasError, Problem
from icc_data.formula import neutral
from icc_data.i18n import number
from icc_data.i18n import translate as _
from icc_data.incoming.check import valid_data, valid_places
from icc_data.incoming.contributions.reasons import not_a_country, plain_reason
from icc_data.incoming.contributions.upload import (
    TOLD_EVERY,
    Progress,
    RecallingGazetteer,
    Rows,
    read_upload,
    readable,
    untold,
)
from icc_data.incoming.readers.headings import HEADINGS, column_of, gathered, heading
from icc_data.incoming.readers.result import Accepted, ReadResult
from icc_data.incoming.readers.table import Row, Table, read_rows_of
from icc_data.model.columns import columns_of
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.identifiers import identities
from icc_data.model.period import Period, read_period, unreadable
from icc_data.model.practice_faults import PracticeFault, country_faults, practice_faults
from icc_data.model.records import Practice, row_of
from icc_data.model.vocabulary import Vocabulary
from icc_data.paths import DATA_DIRECTORY
from icc_data.text import fold

LONGEST = {"title": 250, "title_original": 250, "when_text": 250, "summary": 3000}
# How alike, of 100, two titles of the same city must be to be pointed out: of the 2033 pairs of different practices
# of one city in the data, 6 are.
SIMILAR = 70.0
_COLUMNS = {column.name: column for column in columns_of(Practice)}


@dataclass(frozen=True)
class There:
    """Practices that are there, found by what others are compared with.

    Attributes:
        practices: in the order of the data files; of each no more need be known than its titles and its cities.
    """

    practices: tuple[Practice, ...] = ()

    @cached_property
    def by_identity(self) -> dict[tuple[object, ...], Practice]:
        """The practices by what makes another one the same."""
        return {identity: practice for practice in reversed(self.practices) for identity in identities(practice)}

    @cached_property
    def titles_by_city(self) -> dict[str, list[tuple[str, Practice]]]:
        """The practices of each city with their titles as compared; those of none under an empty identifier."""
        titles: defaultdict[str, list[tuple[str, Practice]]] = defaultdict(list)
        for practice in self.practices:
            for city_id in practice.city_ids or ("",):
                titles[city_id].append((fold(practice.title), practice))
        return titles


@dataclass(frozen=True)
class Network:
    """What a contribution is checked against.

    Attributes:
        gazetteer: the cities.
        vocabulary: the closed lists.
        practices: the practices that are there; none where ``with_twins`` looks for the same ones later.
    """

    gazetteer: Gazetteer
    vocabulary: Vocabulary
    practices: tuple[Practice, ...] = ()

    @cached_property
    def there(self) -> There:
        """The practices, to compare others with."""
        return There(self.practices)


def known_network(directory: Path = DATA_DIRECTORY) -> Network:
    """The network as the data folder has it, with all practices.

    Raises:
        AtlasError: the folder has problems.
    """
    data = valid_data(directory)
    return Network(Gazetteer(data.cities), data.vocabulary, data.practices)


def known_places(directory: Path = DATA_DIRECTORY) -> Network:
    """The network as the data folder has it, without its practices, which are not read.

    Raises:
        AtlasError: the tables of cities or terms have problems.
    """
    cities, vocabulary = valid_places(directory)
    return Network(Gazetteer(cities), vocabulary)


@dataclass(frozen=True)
class Twin:
    """A practice that is there and is the same as one sent in, or has a similar title in the same city."""

    practice: Practice
    same: bool


@dataclass(frozen=True)
class Proposal:
    """A valid practice that was sent in.

    Attributes:
        practice: the record.
        period: when it ran, as read from its year text.
        file: the file it came in; empty where it was written on the page.
        line: the line or row on which it starts there.
        notes: readings that were chosen rather than stated.
        twins: what is there already and is the same or similar.
    """

    practice: Practice
    period: Period
    file: str = ""
    line: int = 0
    notes: tuple[str, ...] = ()
    twins: tuple[Twin, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether the network has it already."""
        return any(twin.same for twin in self.twins)


@dataclass(frozen=True)
class RefusedRow:
    """A row that could not be taken, as it stands in its file, and every reason; columns are named as the file does."""

    file: str
    line: int
    cells: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Contribution:
    """What one file held.

    Attributes:
        file: its name.
        proposals: the valid practices.
        refused: the rows that are none.
        remarks: what is wrong with the file but with none of its rows, such as a column that nobody knows.
    """

    file: str
    proposals: tuple[Proposal, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    remarks: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, the file's own first, then row by row."""
        return (*self.remarks, *(problem for row in self.refused for problem in row.problems))


def check_upload(name: str, content: bytes, network: Network, progress: Progress = untold) -> Contribution:
    """Check a file that somebody sent: a filled template, another table, a listing or a practice card.

    The file is kept nowhere: the readers get it in a folder that is gone when this returns.

    Args:
        name: the file's name as the user gave it.
        content: what it holds; nothing in it is trusted.
        network: the network.
        progress: told how far it is.

    Returns:
        The valid practices and every problem, each with the row and the column in which it stands.

    Raises:
        AtlasError: the file as a whole cannot be used.
    """
    network = replace(network, gazetteer=RecallingGazetteer(network.gazetteer))
    upload = read_upload(name, content, network.gazetteer, network.vocabulary, progress)
    contribution = _judged(upload.file, upload.result, upload.rows, network, progress)
    return replace(contribution, remarks=(*upload.remarks, *contribution.remarks))


def check_cells(cells: Mapping[str, str], network: Network) -> Contribution:
    """Check one practice that was written on the page.

    Args:
        cells: texts by column of practices.csv; lists separated by “; ”.
        network: the network.
    """
    table = Table(tuple(cells), (Row(1, cells),))
    result = read_rows_of("", table, network.vocabulary, network.gazetteer)
    return _judged("", result, {1: cells}, network)


def _judged(file: str, result: ReadResult, rows: Rows, network: Network, progress: Progress = untold) -> Contribution:
    proposals: list[Proposal] = []
    refused: list[RefusedRow] = []
    remarks: list[Problem] = []
    count = len(result.rejected) + len(result.accepted)
    for place, row in enumerate(result.rejected):
        if place % TOLD_EVERY == 0:
            progress(_("Checking"), place, count)
        if set(row.row) == {"header"}:
            reason = _("is not a column of the template: its cells were not read.")
            remarks += [replace(problem, reason=reason) for problem in row.problems]
        else:
            given = gathered(row.row)
            countries = filter(None, map(str.strip, given.get("countries", "").split(";")))
            strange = _told(country_faults(countries, network.gazetteer), network)
            faults = [Problem(file, row.line, *fault) for fault in (*_unfit_texts(given), *strange)]
            refused.append(_refusal(file, row.line, row.row, (*row.problems, *faults), network))
    for place, item in enumerate(result.accepted, start=len(result.rejected)):
        if place % TOLD_EVERY == 0:
            progress(_("Checking"), place, count)
        if not isinstance(item.record, Practice):
            raise AtlasError(
                _("{file} holds no practices but another table of the atlas.").format(file=file),
                _("This page takes practices only; each needs at least a title."),
            )
        faults = [Problem(file, item.line, *fault) for fault in _faults(item.record, network)]
        if faults:
            when = item.record.when_text or ""
            if reason := unreadable(when):
                faults.append(Problem(file, item.line, "when_text", when, reason))
            cells = rows.get(item.line) or {heading(name): text for name, text in row_of(item.record).items() if text}
            refused.append(_refusal(file, item.line, cells, faults, network))
        else:
            proposals.append(_proposal(item, item.record, file, network))
    refused.sort(key=lambda row: row.line)
    return Contribution(file, tuple(proposals), tuple(refused), tuple(remarks))


def _faults(practice: Practice, network: Network) -> list[tuple[str, str, str]]:
    """What the data as a whole would not take of a record that is valid by itself: column, value and reason."""
    return [*_unfit_texts(row_of(practice)), *_told(practice_faults(practice, network.gazetteer), network)]


def _unfit_texts(cells: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The texts that are too long or hold what is no text: column, value and reason."""
    faults = []
    for name, text in cells.items():
        most = LONGEST.get(name, 5000)
        if len(text) > most:
            reason = _("is {count} characters long; at most {most} are taken.")
            faults.append((name, text[:60] + "…", reason.format(count=number(len(text)), most=number(most))))
        elif readable(text) != text:
            faults.append((name, readable(text), _("holds characters that are no text: write it anew.")))
    return faults


def _told(faults: Iterable[PracticeFault], network: Network) -> list[tuple[str, str, str]]:
    """Column, value and reason of what somebody has to mend; a country may be called by any of its names here."""
    serious = [fault for fault in faults if fault.code != "other_name"]
    # Which country is missing shows when those that are there are countries.
    first = [fault for fault in serious if fault.code == "no_country"] or serious
    return [(fault.column, fault.value, _country_reason(fault, network)) for fault in first]


def _country_reason(fault: PracticeFault, network: Network) -> str:
    if fault.city is None:
        return not_a_country(fault.value, network.gazetteer)
    reason = _("lacks {country}, the country of {city}: add it, or leave the country empty.")
    return reason.format(country=fault.city.country, city=fault.city.name)


def _proposal(item: Accepted, practice: Practice, file: str, network: Network) -> Proposal:
    period = read_period(practice.when_text or "")
    notes = item.notes
    has_years = period.start_year or period.end_year or period.ongoing
    if practice.when_text and not has_years and not any(f"“{practice.when_text}”" in note for note in notes):
        notes = (*notes, _("no year could be read from “{text}”").format(text=practice.when_text))
    return Proposal(practice, period, file, item.line, notes, twins(practice, network.there))


def _refusal(
    file: str, line: int, cells: Mapping[str, str], problems: Iterable[Problem], network: Network
) -> RefusedRow:
    readable_cells = {readable(name): readable(cell) for name, cell in cells.items()}
    problems = [
        replace(
            problem,
            column=readable(_heading_in(cells, problem)),
            value=readable(problem.value),
            reason=readable(plain_reason(problem, cells, network.gazetteer, network.vocabulary)),
        )
        for problem in problems
    ]
    return RefusedRow(file, line, readable_cells, tuple(problems))


def _heading_in(cells: Mapping[str, str], problem: Problem) -> str:
    """What the file calls the column in which a value stands."""
    headings = [name for name in cells if column_of(name) == problem.column]
    holding = [name for name in headings if problem.value and problem.value in cells[name]]
    return next(iter([*holding, *headings]), problem.column)


def twins(practice: Practice, there: There) -> tuple[Twin, ...]:
    """The practices that are there already under the same title, or a similar one, in one of the same cities.

    The same is what ``python -m icc_data add`` skips. Similar are titles that share most of their words in any order
    (token sort ratio), or of which one holds nearly all words of the other (token set ratio); after RapidFuzz.
    """
    same = [there.by_identity[identity] for identity in identities(practice) if identity in there.by_identity]
    twins_by_id = {twin.practice_id: Twin(twin, True) for twin in same}
    title = fold(practice.title)
    for city_id in practice.city_ids or ("",):
        for other_title, other in there.titles_by_city.get(city_id, ()):
            if other.practice_id not in twins_by_id and _likeness(title, other_title) >= SIMILAR:
                twins_by_id[other.practice_id] = Twin(other, False)
    return tuple(twins_by_id.values())


def compared_with(proposals: Iterable[Proposal]) -> tuple[str, ...]:
    """The cities whose practices proposals are compared with; an empty identifier for those of none."""
    return tuple(sorted({city_id for item in proposals for city_id in item.practice.city_ids or ("",)}))


def with_twins(
    proposals: Sequence[Proposal], practices: tuple[Practice, ...], progress: Progress = untold
) -> tuple[Proposal, ...]:
    """Proposals with what is there already and is the same or similar.

    Args:
        proposals: without it.
        practices: those of the cities ``compared_with``, as in ``There``.
        progress: told how far it is.
    """
    there = There(practices)
    compared = []
    for place, item in enumerate(proposals):
        if place % TOLD_EVERY == 0:
            progress(_("Checking"), place, len(proposals))
        compared.append(replace(item, twins=twins(item.practice, there)))
    return tuple(compared)


def _likeness(title: str, other: str) -> float:
    return max(fuzz.token_sort_ratio(title, other), fuzz.token_set_ratio(title, other) - 20)


def repeated(proposals: Sequence[Proposal]) -> dict[int, int]:
    """Which proposals stand there twice: the place of each later one, and that of the first."""
    first: dict[tuple[object, ...], int] = {}
    again: dict[int, int] = {}
    for place, proposal in enumerate(proposals):
        keys = identities(proposal.practice)
        earlier = [first[key] for key in keys if key in first]
        if earlier:
            again[place] = earlier[0]
            continue
        first.update(dict.fromkeys(keys, place))
    return again


def new_ones(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals that are neither in the network already nor stand there a second time."""
    again = repeated(proposals)
    return tuple(item for place, item in enumerate(proposals) if place not in again and not item.is_there)


def checked_file(proposals: Sequence[Proposal]) -> bytes:
    """What is new, as a CSV that ``python -m icc_data add`` takes as it is; formulas are kept from running."""
    fresh = [row_of(proposal.practice) for proposal in new_ones(proposals)]
    # An identifier is made where the practice is added; where the year stood is said only where it was no year field.
    beyond = [name for name in _COLUMNS if name not in (*HEADINGS, "practice_id", "when_source")]
    further_columns = [name for name in beyond if any(row[name] for row in fresh)]
    if any(row["when_source"] not in ("", "year field") for row in fresh):
        further_columns.insert(0, "when_source")
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*HEADINGS, *further_columns], extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: neutral(text) for name, text in row.items()} for row in fresh)
    return out.getvalue().encode("utf-8-sig")
