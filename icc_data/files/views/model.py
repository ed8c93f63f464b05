"""What a table of a page is, what can be asked of it, and what somebody asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from icc_data import queries
from icc_data.analysis.parameters import MY_CITY_PARAM
from icc_data.i18n import translate
from icc_data.queries.change_queries import Compared
from icc_data.queries.ignored import Ignored
from icc_data.queries.selection import SELECTION_PARAMS, Options, Selection, read_city
from icc_data.queries.statements import statement

Chosen = Mapping[str, str]
Params = Mapping[str, list[str]]
PLACES = frozenset({"city", "country", "network"})
"""The filters that say which cities are meant, and not which practices."""


@dataclass(frozen=True)
class Choice:
    """What a page lets choose beside the filters: its parameter, its values (the default first), and what it is."""

    name: str
    values: tuple[str, ...]
    about: str


@dataclass(frozen=True)
class Parameter:
    """A parameter whose values are not a few that are always the same.

    Attributes:
        name: as the address of the page has it.
        about: what it is, in English, for the catalogue.
        several: whether it may stand in an address several times.
        needed: whether there is no table without it.
        unless: the choice by which a table may do without it all the same; empty where there is none.
    """

    name: str
    about: str
    several: bool = False
    needed: bool = False
    unless: str = ""


class Wrong(NamedTuple):
    """What a parameter cannot be: what it can, and a sentence where there is more to say than that."""

    name: str
    value: str
    possible: tuple[str, ...] = ()
    sentence: str = ""


class UnusableError(Exception):
    """An address that cannot be answered; ``args`` are what is wrong with it, each a ``Wrong``."""


def none_idle(chosen: Chosen) -> frozenset[str]:
    """That every choice has a bearing on the rows, whatever is chosen."""
    return frozenset()


def _no_versions(since: str, until: str) -> Compared | None:
    return None


@dataclass(frozen=True)
class Question:
    """What somebody asks of a table.

    Attributes:
        connection: where to ask.
        selection: the practices meant.
        chosen: a value for each of its choices.
        params: all values of each other parameter that the address has.
        options: the values of the facets, labelled.
        versions: opens two versions of the data, by what an address says of each, beside each other; None where both
            are the same.
    """

    connection: queries.Connection
    selection: Selection
    chosen: Chosen
    params: Params
    options: Options
    versions: Callable[[str, str], Compared | None] = field(default=_no_versions)

    def ask(self, question: Callable[..., Any], selection: Any = None, *args: Any, **options: Any) -> Any:
        """The answer of one of ``queries``, with its names in the language in use."""
        before = () if selection is None else (selection,)
        return question(self.connection, *before, *args, **options)

    def rows(self, question: Callable[..., Any], *args: Any, **options: Any) -> pd.DataFrame:
        """The rows of a question about the selection as its SQL gives them, which “Data and method” shows."""
        return self.rows_of(question, self.selection, *args, **options)

    def rows_of(self, question: Callable[..., Any], selection: Any, *args: Any, **options: Any) -> pd.DataFrame:
        """The same of another selection; None where a question has none."""
        return statement(question, self.connection, selection, *args, **options)[1]

    def text(self, name: str) -> str:
        """What the address says of a parameter last; empty where it says nothing."""
        return "".join(self.params.get(name, [])[-1:])

    def city(self) -> str | None:
        """The city that the page is about; one of the filters where none is named as that.

        Raises:
            UnusableError: there is no such city.
        """
        city, ignored = read_city(list(self.params.get(MY_CITY_PARAM, [])), self.options)
        refuse(
            (Ignored(MY_CITY_PARAM, one.value) for one in ignored),
            {MY_CITY_PARAM: self.options.values("city")},
        )
        return city or next(iter(self.selection.city), None)

    def needed_city(self) -> str:
        """The city that the page is about.

        Raises:
            UnusableError: none is named, or there is no such city.
        """
        return self.city() or needs(MY_CITY_PARAM, self.options.values("city"))


def refuse(ignored: Iterable[Ignored], possible: Mapping[str, Sequence[str]]) -> None:
    """Refuse what a page would pass over and say.

    Args:
        ignored: what of an address could not be used.
        possible: what each parameter can be.

    Raises:
        UnusableError: there is something.
    """
    # What a page says of it, that it does not count, is not so here.
    wrong = [Wrong(one.name, one.value, tuple(possible.get(one.name, ()))) for one in ignored]
    if wrong:
        raise UnusableError(*wrong)


def needs(name: str, possible: Sequence[str]) -> Any:
    """Refuse an address that does not say what a table is about.

    Raises:
        UnusableError: always.
    """
    words = translate("This table needs “{name}” in its address.").format(name=name)
    raise UnusableError(Wrong(name, "", tuple(possible), words))


@dataclass(frozen=True)
class View:
    """A table of the selection.

    Attributes:
        name: of the file in its address.
        page: the page that shows the same.
        about: what a row is, in English, for the catalogue.
        title: what the rows are, in words, by what is chosen.
        rows: gives them; raises ``UnusableError`` where a parameter cannot be what the address says.
        choices: what the page lets choose.
        parameters: what else it reads.
        filters: the filters that have a bearing on the rows; the selection that is asked of has no others.
        permalinks: whether a row is of one practice or of one city, and carries the address of its page.
        of_versions: whether the rows are of two versions of the data.
        idle: which of its choices have no bearing on the rows, by what the others are.
    """

    name: str
    page: str
    about: str
    title: Callable[[Chosen], str]
    rows: Callable[[Question], pd.DataFrame]
    choices: tuple[Choice, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    filters: frozenset[str] = SELECTION_PARAMS
    permalinks: bool = False
    of_versions: bool = False
    idle: Callable[[Chosen], frozenset[str]] = none_idle

    @property
    def defaults(self) -> dict[str, str]:
        """What each choice is where an address does not say."""
        return {choice.name: choice.values[0] for choice in self.choices}

    @property
    def reads(self) -> frozenset[str]:
        """The parameters beside the filters that have a bearing on the rows."""
        return frozenset({*self.defaults, *(one.name for one in self.parameters)})

    @property
    def needed(self) -> tuple[str, ...]:
        """The parameters without which there is no table, as long as nothing else is chosen."""
        return tuple(one.name for one in self.parameters if one.needed)


def called(label: str) -> Callable[[Chosen], str]:
    """A title that is the same whatever is chosen.

    Args:
        label: marked for translation.
    """
    return lambda chosen: translate(label)


MY_CITY = Parameter(MY_CITY_PARAM, "The city that the page is about: its identifier or name.", needed=True)
CITY_OR_NONE = Parameter(MY_CITY_PARAM, "The city that the page is about: its identifier or name.")
