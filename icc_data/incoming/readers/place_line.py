"""The line under a title in the listing: countries, cities and the year text, with nothing between them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from icc_data.i18n import translate as _
from icc_data.incoming.readers.line_words import AND, ARTICLES, PARTICLES, PREPOSITIONS, Word, initials, words_of
from icc_data.model.gazetteer import AmbiguousPlaceError, Country, Gazetteer, Match, UnknownPlaceError
from icc_data.model.period import begins_unread, is_unread, unread_words
from icc_data.model.ranks import ranks
from icc_data.model.records import City
from icc_data.model.subdivisions import subdivisions
from icc_data.text import fold

_LONGEST_COUNTRY = 6
_LONGEST_LABEL = 3
_LONGEST_HALF = 3
_BEFORE_WHEN = re.compile(r"^[\s.,;:|·/]*(?:[-–—]\s+)?")
# Between a city and what says where it lies.
_WHEREABOUTS = re.compile(r"[,(/]")
_LABELLED = re.compile(r"[^\n:：]{2,30}\s*[:：]\s*\S")
_ENDS_A_NAME = re.compile(r"[,;:/|·()+]")


@dataclass(frozen=True)
class UnreadPlace:
    """What stands where a city is expected and cannot be resolved, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class PlaceLine:
    """A place line, taken apart.

    Attributes:
        countries: the countries named, in order; those of the cities where none is named.
        cities: the cities, in order, each once.
        when_text: the rest of the line as published; empty where nothing is left.
        unread: places that cannot be resolved; a line that has any must not be used.
        choices: readings that were chosen rather than stated.
        names_country: whether the line itself begins with a country.
    """

    countries: tuple[Country, ...] = ()
    cities: tuple[Match, ...] = ()
    when_text: str = ""
    unread: tuple[UnreadPlace, ...] = ()
    choices: tuple[str, ...] = ()
    names_country: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What was chosen in reading the line, and the words of its year text that are not understood."""
        words = unread_words(self.when_text)
        told = _("not understood in the year text “{when_text}”: {words}")
        return (*self.choices, *([told.format(when_text=self.when_text, words=", ".join(words))] if words else []))


class _Place(NamedTuple):
    """Words that name a country, cities, or both (Luxembourg)."""

    text: str
    country: Country | None
    cities: tuple[City, ...]
    match: Match | None = None
    start: int = 0
    size: int = 0


@dataclass
class _Splitter:
    """One pass over a line: known places, then unknown ones, then the year text."""

    line: str
    gazetteer: Gazetteer
    words: list[Word]
    at: int = 0
    places: list[_Place] = field(default_factory=list)
    unread: list[UnreadPlace] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _known: dict[int, tuple[int, _Place | None]] = field(default_factory=dict)

    def run(self) -> str:
        """Take all places off the line; what is left is the year text."""
        while self.at < len(self.words):
            size, place = self.known(self.at)
            if label := self.label(self.at):
                self.at += label
            elif size_of_region := self.whereabouts():
                self.at += size_of_region
            elif place:
                self.places.append(place._replace(start=self.at, size=size))
                self.at += size
            elif self.joined():
                self.at += 1
            elif size := self.double_name():
                self.at += size
            elif size := self.longer_name():
                # Not the short name that was found, but a longer one that is not known: "Neumarkt an der Saale".
                self.at = self.places.pop().start
                self.at += self.take_unknown(size, whole=True)
            elif size := self.unknown_name():
                self.at += self.take_unknown(size)
            else:
                break
        end = self.words[self.at - 1].end if self.at else 0
        # A bracket that the last place closes belongs to it: "Rochester (Minnesota)".
        rest = self.line[end:]
        return _BEFORE_WHEN.sub("", rest[1:] if rest.startswith(")") else rest).strip()

    def known(self, at: int) -> tuple[int, _Place | None]:
        """The longest known name that begins at a word, and of how many words it is."""
        if at not in self._known:
            self._known[at] = self._look_up(at)
        return self._known[at]

    def _look_up(self, at: int) -> tuple[int, _Place | None]:
        longest = max(self.gazetteer.longest_name + ranks().longest, _LONGEST_COUNTRY)
        most = min(longest, len(self.words) - at)
        # No name of a place has a number in it.
        most = next((n for n in range(most) if self.words[at + n].text.isdigit()), most)
        longest_name = self.gazetteer.longest_from(self.words[at].key)
        first, last = ranks().first_words, ranks().last_words
        begins = self.words[at].key in first
        if not longest_name and not begins:
            # What is left without a rank begins with this word too, unless the rank's genitive has changed it.
            most = min(most, 1 + ranks().longest)
        # Longer texts than this have a rank within, as “Shevchenkivskyi district of Kyiv” has.
        within = next((n + 1 for n in range(1, most) if self.words[at + n].key in first), most)
        for size in range(most, 0, -1):
            ranked = begins or size > within or self.words[at + size - 1].key in last
            if size > longest_name and not ranked:
                continue
            text = self.slice(at, size)
            country, cities = self.gazetteer.country_in_english(text), self.gazetteer.named(text)
            if not country and not cities and ranked:
                cities = self.gazetteer.known_as(text)
            if country or cities:
                return size, _Place(text, country, cities)
        return 0, None

    def label(self, at: int) -> int:
        """How many words here head what follows, as in a form: “City: Bilbao”; 0 where none do."""
        if ":" not in self.line and "：" not in self.line:
            return 0
        for size in range(1, min(_LONGEST_LABEL, len(self.words) - at) + 1):
            after = self.line[self.words[at + size - 1].end :].lstrip()
            if after.startswith((":", "：")) and fold(self.slice(at, size)) in ranks().labels:
                return size
        return 0

    def whereabouts(self) -> int:
        """How many words here say where the city before them lies, and are no place of the line; 0 where none do."""
        if not self.at or not _WHEREABOUTS.search(self.gap(self.at)):
            return 0
        letters = initials(self.words, self.line, self.at)
        for size in [letters] if letters else range(min(subdivisions().longest, len(self.words) - self.at), 0, -1):
            text = self.slice(self.at, size).replace(".", "") if letters else self.slice(self.at, size)
            if _ENDS_A_NAME.search(text):
                continue
            cities = self.last_cities()
            if len(cities) == 1:
                if self.gazetteer.lies_in(cities[0], text):
                    self.notes.append(_("“{text}” taken for where {city} lies").format(text=text, city=cities[0].name))
                    return size
            elif not self.gazetteer.named(text) and any(subdivisions().have(code, text) for code in self.codes()):
                return size
        return 0

    def last_cities(self) -> tuple[City, ...]:
        """The cities that the words just read may name, within the countries of the line."""
        if not self.places or self.places[-1].start + self.places[-1].size != self.at:
            return ()
        codes = self.codes()
        return tuple(city for city in self.places[-1].cities if not codes or city.country_code in codes)

    def joined(self) -> bool:
        """Whether an "and" stands here between two places."""
        following = self.at + 1
        return (
            bool(self.places)
            and self.words[self.at].key in AND
            and following < len(self.words)
            and (self.known(following)[1] is not None or self.looks_like_name(following))
        )

    def is_unread(self, at: int) -> bool:
        """Whether a word, followed by what follows it, is no number and no word of time."""
        return begins_unread(self.line[self.words[at].start :])

    def looks_like_name(self, at: int) -> bool:
        return self.words[at].capital and self.is_unread(at)

    def double_name(self) -> int:
        """How many words here are the other half of the city's name just read (“Tel-Aviv-Yafo”); 0 where none are."""
        cities = self.last_cities()
        if (
            len(cities) != 1
            or self.gap(self.at) not in ("-", "–", "/", " / ", " - ")
            or not self.words[self.at].capital
        ):
            return 0
        first = self.places[-1].start
        for size in range(min(_LONGEST_HALF, len(self.words) - self.at), 0, -1):
            match = self.gazetteer.find(self.slice(first, self.at - first + size), cities[0].country_code)
            if match and match.city == cities[0] and not match.read_as:
                return size
        return 0

    def longer_name(self) -> int:
        """How many words the name has that goes on with small words after a city just read; 0 if it does not."""
        end = self.at
        while end < len(self.words) and self.words[end].key in PARTICLES and not self.words[end].capital:
            end += 1
        goes_on = (
            bool(self.places)
            and not self.places[-1].country
            and self.at < end < len(self.words)
            and not _ENDS_A_NAME.search(self.line[self.words[self.at - 1].end : self.words[end].start])
            and not self.known(end)[1]
            and self.looks_like_name(end)
        )
        return self.end_of_name(end) - self.places[-1].start if goes_on else 0

    def unknown_name(self) -> int:
        """How many words here are the name of a place that is not known; 0 where the year text begins."""
        if self.places and (letters := initials(self.words, self.line, self.at)):
            return letters
        first = self.words[self.at]
        has_article = (
            first.capital
            and first.key in ARTICLES
            and self.at + 1 < len(self.words)
            and self.looks_like_name(self.at + 1)
        )
        if not (has_article or self.is_unread(self.at)):
            return 0
        if not first.capital:
            alone = self.at + 1 == len(self.words) or self.words[self.at + 1].text[0].isdigit()
            return 1 if alone else 0
        end = self.end_of_name(self.at + (2 if has_article else 1))
        if of_place := self.end_of_place_named_in(end):
            return of_place - self.at
        return end - self.at if self.is_followed_by_time(end) else 0

    def end_of_place_named_in(self, end: int) -> int:
        """Where a name ends that goes on with small words and a known place (“Prefectura de Modena”); 0 if it does not.

        What the first word means is not known, so neither is whether the place is what the line speaks of.
        """
        after = end
        while after < len(self.words) and self.words[after].key in PARTICLES and not self.words[after].capital:
            after += 1
        if end < after < len(self.words) and not _ENDS_A_NAME.search(
            self.line[self.words[end].start : self.words[after].start]
        ):
            size, place = self.known(after)
            return after + size if place else 0
        return 0

    def end_of_name(self, end: int) -> int:
        while end < len(self.words) and not _ENDS_A_NAME.search(self.gap(end)) and not self.known(end)[1]:
            if self.looks_like_name(end):
                end += 1
            elif size := ranks().after([word.key for word in self.words[end : end + ranks().longest]]):
                end += size
            elif (
                self.words[end].key in PARTICLES
                and end + 1 < len(self.words)
                and self.looks_like_name(end + 1)
                and not self.known(end + 1)[1]
            ):
                end += 2
            else:
                break
        return end

    def is_followed_by_time(self, at: int) -> bool:
        """Whether what follows a name can follow a city: nothing, another place, or a time, but not prose."""
        if at == len(self.words) or self.known(at)[1] or self.words[at].capital:
            return True
        following = self.words[at]
        if following.key in PREPOSITIONS:
            return not is_unread(self.line[following.start :])
        return not self.is_unread(at)

    def take_unknown(self, size: int, whole: bool = False) -> int:
        """Read a name in another language or with a typing error, longest first, else note it as unread."""
        for length in (size,) if whole else range(size, 0, -1):
            text = self.slice(self.at, length)
            if country := self.gazetteer.country(text):
                self.places.append(_Place(text, country, ()))
                return length
            codes: list[str | None] = [p.country.code for p in self.places if p.country]
            for code in codes or [None]:
                if match := self.gazetteer.find(text, code):
                    self.places.append(_Place(text, None, (match.city,), match, self.at, length))
                    return length
        text = self.slice(self.at, size)
        self.unread.append(UnreadPlace(text, _why_unread(self.gazetteer, text, self.codes())))
        return size

    def codes(self) -> list[str]:
        return [place.country.code for place in self.places if place.country]

    def slice(self, at: int, size: int) -> str:
        return self.line[self.words[at].start : self.words[at + size - 1].end]

    def gap(self, at: int) -> str:
        return self.line[self.words[at - 1].end : self.words[at].start]


def read_place_line(line: str, gazetteer: Gazetteer) -> PlaceLine:
    """Take a place line apart, by the names of places and never by counting words.

    Args:
        line: such as "Portugal Amadora Santa Maria da Feira 2019-2021".
        gazetteer: the network's cities.

    Returns:
        Countries, cities and year text. A name that is no city of the network stands in ``unread`` and never in
        the year text; words of the year text that are not understood stand in ``notes``.
    """
    text = unicodedata.normalize("NFC", line).strip()
    splitter = _Splitter(text, gazetteer, list(words_of(text)))
    return _understood(splitter, splitter.run())


def _understood(splitter: _Splitter, when_text: str) -> PlaceLine:
    """The places of a line as countries and cities, each city in a country that the line names."""
    gazetteer = splitter.gazetteer
    named = {place.country.code: place.country for place in splitter.places if place.country}
    unread, notes = list(splitter.unread), list(splitter.notes)
    cities: dict[str, Match] = {}
    countries: dict[str, Country] = {}
    before: Country | None = None
    for place in splitter.places:
        repeated = before == place.country
        before = place.country
        if place.country and place.country.code not in countries:
            countries[place.country.code] = place.country
            continue
        candidates = [city for city in place.cities if not named or city.country_code in named]
        if len(candidates) == 1:
            cities.setdefault(candidates[0].city_id, place.match or Match(candidates[0]))
        elif not place.country or repeated:
            unread.append(UnreadPlace(place.text, _why_unread(gazetteer, place.text, list(named))))
        if place.match and place.match.read_as:
            notes.append(_("“{text}” read as {city}").format(text=place.text, city=place.match.read_as))
    if not countries and cities:
        for match in cities.values():
            countries.setdefault(match.city.country_code, Country(match.city.country_code, match.city.country))
        notes.append(_("no country is named: taken from the cities"))
    first = splitter.places[0].country if splitter.places else None
    return PlaceLine(
        tuple(countries.values()), tuple(cities.values()), when_text, tuple(unread), tuple(notes), bool(first)
    )


def place_line_if_any(line: str, gazetteer: Gazetteer) -> PlaceLine | None:
    """As ``read_place_line``, but None for a line that begins with no country or city of the network, in English or the
    city's own spelling, be it behind a word such as “City:”; faster, for trying many lines."""
    text = unicodedata.normalize("NFC", line).strip()
    longest = ranks().longest
    following = words_of(text)
    words = list(islice(following, 1 + longest))
    if words and _LABELLED.match(text) and _Splitter(text, gazetteer, words).label(0):
        return read_place_line(text, gazetteer)
    # What begins with no name and no rank can only be a name in the genitive, with its rank behind it.
    if not words or not (
        gazetteer.longest_from(words[0].key)
        or words[0].key in ranks().first_words
        or any(word.key in ranks().last_words for word in words[1:])
    ):
        return None
    words += islice(following, max(gazetteer.longest_name, _LONGEST_COUNTRY) - 1)
    splitter = _Splitter(text, gazetteer, words)
    if splitter.known(0)[1] is None:
        return None
    # The rest of a line that begins otherwise is not cut into words.
    words += following
    return _understood(splitter, splitter.run())


def _why_unread(gazetteer: Gazetteer, text: str, codes: list[str]) -> str:
    try:
        gazetteer.resolve(text, codes[0] if len(codes) == 1 else None)
    except (UnknownPlaceError, AmbiguousPlaceError) as error:
        return str(error)
    told = _("“{text}” is a city of another country than the line names. Correct the country or the city.")
    return told.format(text=text)
