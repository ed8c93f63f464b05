"""Which record of the data one that was read is: by its identifier, its own page, or its title and city."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from icc_data.i18n import translate as _
from icc_data.incoming.check import Data
from icc_data.incoming.contributions.checking import There, twins
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.geonames import geonames
from icc_data.model.identifiers import identifier, identities, page_key
from icc_data.model.records import City, Practice, Record
from icc_data.text import fold


def made_identifier(practice: Practice) -> str:
    """The identifier that a practice gets from its title where nobody states one."""
    return identifier(practice.title, practice.city_ids[0] if practice.city_ids else "")


class Known:
    """The records of the data, found by what makes another one the same.

    Args:
        data: the data as it is.
        gazetteer: its cities.
    """

    def __init__(self, data: Data, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._there = There(data.practices)
        self._by_id = {practice.practice_id: practice for practice in data.practices}
        # A page that several practices share is nobody's own.
        pages: dict[str, list[Practice]] = {}
        for practice in data.practices:
            if practice.url:
                pages.setdefault(page_key(practice.url), []).append(practice)
        self._by_page = {page: ones[0] for page, ones in pages.items() if len(ones) == 1}
        self._by_identity: dict[tuple[object, ...], Record] = {}
        for items in data.accepted.values():
            for item in items:
                for identity in identities(item.record):
                    self._by_identity.setdefault(identity, item.record)
        self._cities = data.cities
        self.newest_day = max((practice.accessed for practice in data.practices if practice.accessed), default=None)
        """The newest day on which a practice of the data was seen; None where none says."""

    def same(self, record: Record) -> Record | None:
        """The record of the data that this one is, or None."""
        if isinstance(record, Practice):
            return self._same_practice(record)
        if isinstance(record, City):
            return self._same_city(record)
        return next((self._by_identity[one] for one in identities(record) if one in self._by_identity), None)

    def _same_practice(self, record: Practice) -> Practice | None:
        # An identifier that was made from the title says no more than the title does.
        if record.practice_id != made_identifier(record) and record.practice_id in self._by_id:
            return self._by_id[record.practice_id]
        if record.url and page_key(record.url) in self._by_page:
            return self._by_page[page_key(record.url)]
        for identity in identities(record):
            if identity in self._by_identity:
                return cast(Practice, self._by_identity[identity])
        return None

    def _same_city(self, record: City) -> City | None:
        for city in self._cities:
            if city.city_id == record.city_id or (record.geoname_id and city.geoname_id == record.geoname_id):
                return city
        return next((city for city in self._cities if self._has_name(city, record)), None)

    @staticmethod
    def _has_name(city: City, record: City) -> bool:
        names = {fold(name) for name in (city.name, city.local_name or "", *city.aliases)} - {""}
        return city.country_code == record.country_code and fold(record.name) in names

    def _like_city(self, record: City) -> list[City]:
        """The cities of its country that it may be: of a name that is alike, or one of GeoNames for the same place."""
        match = self._gazetteer.find(record.name, record.country_code)
        if match is not None:
            return [match.city]
        called = _places(record)
        return [one for one in self._cities if one.country_code == record.country_code and called & _places(one)]

    def alike(self, record: Record) -> Iterator[str]:
        """What of the data looks like a record that is none of it, in words for a person to decide on."""
        if isinstance(record, City):
            for city in self._like_city(record):
                yield _("a similar name in the same country: “{name}” ({id})").format(name=city.name, id=city.city_id)
        if not isinstance(record, Practice):
            return
        for twin in twins(record, self._there):
            yield _("a similar title in the same city: “{title}” ({id})").format(
                title=twin.practice.title, id=twin.practice.practice_id
            )
        namesake = self._by_id.get(record.practice_id) or self._by_id.get(made_identifier(record))
        if namesake is not None:
            yield _("the same title elsewhere: {cities} ({id})").format(
                cities=", ".join(namesake.city_ids) or _("no city"), id=namesake.practice_id
            )


def _places(city: City) -> set[int]:
    """The places of GeoNames that have a city's name in some language, in its country."""
    world = geonames()
    offers = (*world.named(city.name, city.country_code), *world.also_named(city.name, city.country_code))
    return {offer.geoname_id for offer in offers}


def key_of(record: Record) -> str:
    """The key of a record in words, as it stands in its table."""
    if isinstance(record, Practice):
        return record.practice_id
    return " / ".join(str(part) for part in identities(record)[0][1:] if part is not None)


def title_of(record: Record) -> str:
    """A record in words: its title or name, else its key."""
    return str(getattr(record, "title", None) or getattr(record, "name", None) or key_of(record))
