"""What the user has chosen, as one value: read from the address, written to it, turned into SQL conditions.

Within a facet the choices are joined by *or*, across facets by *and*. The SQL of a facet is fixed text; what the
user chose only ever travels as a bound parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from icc_data.i18n import enumeration, translate
from icc_data.model.columns import YEAR
from icc_data.queries.facets import FACETS as FACETS
from icc_data.queries.facets import Facet as Facet
from icc_data.queries.ignored import Ignored, ignored_in_words
from icc_data.queries.place_lists import meant_by
from icc_data.queries.search_box import FOUND, LONGEST, MATCHED, MOST_WORDS, SearchQuery, parse_query
from icc_data.text import fold, nearest

# Those of a city of the selection: the cities of the sets that its practices have.
AT_WORK = "city_id IN (SELECT value FROM facet_set WHERE facet = 'city' AND \"set\" IN (SELECT city_set FROM selected))"


@dataclass(frozen=True)
class Option:
    """One value that a facet can take: its identifier, its label, and other names that are understood."""

    value: str
    label: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """The values that every facet can take in this database, in the order in which they are shown."""

    by_facet: Mapping[str, tuple[Option, ...]]

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        return {(name, o.value): o.label for name, options in self.by_facet.items() for o in options}

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        return {
            # An identifier means itself, whatever else is called so; then labels, then other names.
            (facet, fold(name)): option.value
            for facet, options in self.by_facet.items()
            for names_of in (lambda o: o.names, lambda o: (o.label,), lambda o: (o.value,))
            for option in reversed(options)
            for name in names_of(option)
        }

    def values(self, facet: str) -> tuple[str, ...]:
        """The identifiers of a facet's values."""
        return tuple(option.value for option in self.by_facet.get(facet, ()))

    def label(self, facet: str, value: str) -> str:
        """What a value is called."""
        return self._labels.get((facet, value), value)

    def find(self, facet: str, text: str) -> str | None:
        """The value that a text names, whatever its case, accents and punctuation; places in other languages, too."""
        name = fold(text)
        if (facet, name) in self._names:
            return self._names[facet, name]
        meant = {self._names.get((facet, other)) for other in meant_by(facet, name)} - {None}
        return meant.pop() if len(meant) == 1 else None

    def similar(self, facet: str, text: str, limit: int = 3) -> list[str]:
        """The values whose names are nearest to a text (``text.nearest``), equals in alphabetical order."""
        ordered = sorted(self.by_facet.get(facet, ()), key=lambda option: option.label)
        return nearest(text, {o.value: (o.value, o.label, *o.names) for o in ordered}, limit)


@dataclass(frozen=True)
class Selection:
    """The practices that the user wants to see; the empty selection is all of them.

    Attributes:
        q: words that the practice must hold.
        country … documented_by: chosen values by facet; empty means any.
        year_from, year_to: a span of years (inclusive), either end open.
        years: what lies in the span: ``active`` at least one year in which the practice was active, ``started`` the
            year in which it started.
        include_undated: with a span, also show practices whose start year is unknown.
        ongoing_only: only practices that say that they go on.
        include_bare: also show practices of which a year alone was published, which may not be the start.
        include_said: count a practice that says that it goes on as active until the data's year, and not only in the
            years in which it is known to have run.
    """

    q: str = ""
    country: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    network: tuple[str, ...] = ()
    policy_area: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    target_group: tuple[str, ...] = ()
    practice_type: tuple[str, ...] = ()
    practice_area: tuple[str, ...] = ()
    documented_by: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    years: Literal["active", "started"] = "active"
    include_undated: bool = True
    ongoing_only: bool = False
    include_bare: bool = True
    include_said: bool = True

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values chosen in a facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def with_values(self, facet: str, values: Iterable[str]) -> Selection:
        """The selection with other values in one facet, in their order, each once."""
        changes: dict[str, Any] = {facet: tuple(dict.fromkeys(values))}
        return replace(self, **changes)

    def without(self, facet: str, value: str) -> Selection:
        """The selection with one value less."""
        return self.with_values(facet, (v for v in self.chosen(facet) if v != value))

    @cached_property
    def search(self) -> SearchQuery:
        """What the words of the search box ask for."""
        return parse_query(self.q)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is chosen, so that every practice is shown."""
        return self._telling == Selection()

    @property
    def _telling(self) -> Selection:
        # What years mean says nothing where none are chosen.
        return self if self.has_years else replace(self, years="active", include_said=True)

    @property
    def has_years(self) -> bool:
        """Whether a span of years is chosen."""
        return self.year_from is not None or self.year_to is not None

    def years_to_show(self, first: int, last: int, most: int) -> tuple[int, int]:
        """The first and last year that an axis shows: those chosen; where its start is open, so many up to the end.

        Args:
            first, last: years of the data, beyond which nothing is shown.
            most: how many years to show where no first one is chosen.
        """
        until = min(max(self.year_to or last, first), last)
        since = until - most + 1 if self.year_from is None else min(max(self.year_from, first), until)
        return since, until

    @property
    def span(self) -> dict[str, Any]:
        """The chosen years as parameters of a question: ``since`` and ``until``, both included, None where open."""
        return {"since": self.year_from, "until": self.year_to}

    def within(self, first: int, last: int, years: Literal["active", "started"]) -> Selection:
        """The selection of what was active or started in these years, and of nothing undated."""
        return replace(self, year_from=first, year_to=last, years=years, include_undated=False)

    def without_years(self) -> Selection:
        """The selection whatever the years: no span, and what is undated or has a year alone is in it."""
        return replace(self, year_from=None, year_to=None, years="active", include_undated=True, include_bare=True)

    def years_alone(self) -> Selection:
        """What ``without_years`` leaves out, and nothing else chosen: together they are the selection."""
        named = ("year_from", "year_to", "years", "include_undated", "include_bare", "include_said")
        return Selection(**{name: getattr(self, name) for name in named})

    @property
    def narrows_practices(self) -> bool:
        """Whether something else than country, city and network is chosen."""
        return replace(self._telling, country=(), city=(), network=()) != Selection()

    def to_params(self) -> dict[str, list[str]]:
        """The selection as address parameters, only what is chosen; ``read_selection`` reads them back."""
        params = {name: list(self.chosen(name)) for name in FACETS}
        params["q"] = [self.q] if self.q else []
        params["from"] = [str(self.year_from)] if self.year_from is not None else []
        params["to"] = [str(self.year_to)] if self.year_to is not None else []
        params["years"] = [self.years] if self.years != "active" else []
        params["undated"] = [] if self.include_undated else ["no"]
        params["ongoing"] = ["yes"] if self.ongoing_only else []
        params["bare"] = [] if self.include_bare else ["no"]
        params["said"] = [] if self.include_said else ["no"]
        return {name: values for name, values in params.items() if values}

    def conditions(self, matched: str = "") -> tuple[str, dict[str, Any]]:
        """SQL on the table ``practice`` and its bound parameters.

        Args:
            matched: SQL that gives the practices that hold the typed words; else they are searched for, or taken as
                ``search_box.already_found`` says them.
        """
        parts = [FACETS[name].condition for name in FACETS if self.chosen(name)]
        params: dict[str, Any] = {name: list(self.chosen(name)) for name in FACETS if self.chosen(name)}
        if not matched and self.search.found is not None:
            parts.append(FOUND)
            params["found"] = list(self.search.found.practices)
        elif not self.search.is_empty:
            parts.append(self.search.condition(matched or MATCHED))
            params |= self.search.params()
        until = "last_active_year" if self.include_said else "known_until"
        last = "start_year" if self.years == "started" else until
        span = [
            ("start_year <= $year_to", "year_to", self.year_to),
            (f"{last} >= $year_from", "year_from", self.year_from),
        ]
        for condition, name, year in span:
            if year is not None:
                parts.append(f"({condition} OR start_year IS NULL)")
                params[name] = year
        if not self.include_undated:
            parts.append("start_year IS NOT NULL")
        if self.ongoing_only:
            parts.append("ongoing")
        if not self.include_bare:
            parts.append("form <> 'year'")
        return " AND ".join(parts) or "true", params

    def without_facets(self) -> Selection:
        """The selection with nothing chosen in any facet; words and years stay."""
        nothing: dict[str, Any] = dict.fromkeys(FACETS, ())
        return replace(self, **nothing)

    def city_conditions(self) -> tuple[str, dict[str, Any]]:
        """SQL on the table ``city`` and its bound parameters; may ask the relation ``selected``.

        A city belongs to the selection when country, city and network fit and, where anything else is chosen,
        at least one of its practices is selected.
        """
        about_cities = [name for name, facet in FACETS.items() if facet.of_cities and self.chosen(name)]
        parts = [FACETS[name].city_condition for name in about_cities]
        if self.narrows_practices:
            parts.append(AT_WORK)
        return " AND ".join(parts) or "true", {name: list(self.chosen(name)) for name in about_cities}


@dataclass
class _Reading:
    """Address parameters on their way to a selection, with each that could not be used."""

    params: Mapping[str, list[str]]
    options: Options
    ignored: list[Ignored] = field(default_factory=list)

    def ignore(self, name: str, value: str, sentence: str = "") -> None:
        self.ignored.append(Ignored(name, value, sentence))

    def facet(self, name: str) -> tuple[str, ...]:
        codes = []
        for text in self.params.get(name, []):
            value = self.options.find(name, text)
            if value is None:
                self.ignore(name, text, self.meant(name, text))
            else:
                codes.append(value)
        return tuple(dict.fromkeys(codes))

    def meant(self, name: str, text: str) -> str:
        like = [self.options.label(name, near) for near in self.options.similar(name, text[:60])]
        if not like:
            return ""
        (sentence,) = ignored_in_words([Ignored(name, text)], filter_labels())
        return sentence + " " + translate("Did you mean {names}?").format(names=enumeration(like, "or"))

    def words(self) -> str:
        typed = " ".join(self.params.get("q", [])[-1:]).replace("\x00", "").strip()
        words = typed[:LONGEST].strip()
        query = parse_query(words)
        if words and query.is_empty:
            self.ignore("q", words)
            return ""
        if len(typed) > LONGEST:
            message = translate("The search reads the first {count} characters; what follows does not count.")
            self.ignore("q", words, message.format(count=LONGEST))
        elif MOST_WORDS in (len(query.words), len(query.phrases), len(query.excluded)):
            message = translate("The search reads the first {count} different words; more do not count.")
            self.ignore("q", words, message.format(count=MOST_WORDS))
        return words

    def year(self, name: str) -> int | None:
        for text in self.params.get(name, [])[-1:]:
            try:
                return int(YEAR.parse(text))
            except ValueError:
                self.ignore(name, text)
        return None

    def years(self) -> Literal["active", "started"]:
        for text in self.params.get("years", [])[-1:]:
            if text == "started":
                return "started"
            if text != "active":
                self.ignore("years", text)
        return "active"

    def flag(self, name: str, *, default: bool) -> bool:
        for text in self.params.get(name, [])[-1:]:
            if text in ("yes", "no"):
                return text == "yes"
            self.ignore(name, text)
        return default


def filter_labels() -> dict[str, str]:
    """What the parameters of a selection are called: what stands on their controls."""
    return {
        **{name: translate(facet.label) for name, facet in FACETS.items()},
        "q": translate("Search"),
        "from": translate("First year"),
        "to": translate("Last year"),
        "years": translate("Years in which practices were"),
        "undated": translate("Include undated practices"),
        "ongoing": translate("Ongoing only"),
        "bare": translate("Leave out years that may not be the start"),
        "said": translate("Count practices said to go on"),
    }


def read_selection(params: Mapping[str, list[str]], options: Options) -> tuple[Selection, list[Ignored]]:
    """Read a selection from address parameters.

    Args:
        params: every parameter of the address with all its values; those of no filter are passed over.
        options: the values that facets can take.

    Returns:
        The selection, and what could not be used; ``filter_labels`` says what its parameters are called. Never raises.
    """
    reading = _Reading(params, options)
    year_from, year_to = reading.year("from"), reading.year("to")
    if year_from is not None and year_to is not None and year_from > year_to:
        words = translate("The years {start} to {end} run backwards, so they do not count.")
        reading.ignore("from", f"{year_from}", words.format(start=year_from, end=year_to))
        year_from = year_to = None
    selection = Selection(
        q=reading.words(),
        year_from=year_from,
        year_to=year_to,
        years=reading.years(),
        include_undated=reading.flag("undated", default=True),
        ongoing_only=reading.flag("ongoing", default=False),
        include_bare=reading.flag("bare", default=True),
        include_said=reading.flag("said", default=True),
        **{name: reading.facet(name) for name in FACETS},
    )
    return selection, reading.ignored


def read_city(texts: list[str], options: Options) -> tuple[str | None, list[Ignored]]:
    """Read the one city that an address names as the city that pages are about, not as a filter.

    Args:
        texts: what the address says; the last counts.
        options: the values that facets can take.

    Returns:
        The city, None where there is none, and what could not be used.
    """
    reading = _Reading({"city": texts[-1:]}, options)
    return next(iter(reading.facet("city")), None), reading.ignored


SELECTION_PARAMS = frozenset({*FACETS, "q", "from", "to", "years", "undated", "ongoing", "bare", "said"})
