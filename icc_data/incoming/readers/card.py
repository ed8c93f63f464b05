"""A practice card: a form that describes one good practice, as text, HTML or Word document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from icc_data.errors import AtlasError, Problem
from icc_data.i18n import translate as _
from icc_data.incoming.readers.card_layout import Card, cards_in, is_card, joined
from icc_data.incoming.readers.card_values import cities_in, countries_in, languages_in, source_in
from icc_data.incoming.readers.choices import read_choices
from icc_data.incoming.readers.docx import is_docx, text_of
from icc_data.incoming.readers.files import bytes_of
from icc_data.incoming.readers.form_words import card_languages_in_words, language_name, language_of_headings
from icc_data.incoming.readers.lines import Line, is_html, lines_of
from icc_data.incoming.readers.result import Accepted, ReadResult, Rejected
from icc_data.model.gazetteer import Country, Gazetteer, Match
from icc_data.model.identifiers import Identifiers, practice_id
from icc_data.model.records import Practice
from icc_data.model.vocabulary import Vocabulary

_LONG_SUMMARY = 600


def looks_like_card(text: str) -> bool:
    """Whether a text may be a practice card: it has the headings of one."""
    return is_card(_lines(text))


def _lines(text: str) -> list[Line]:
    """The lines of a text, with strokes that part cells as tabs."""
    lines = lines_of(unicodedata.normalize("NFC", text))
    return [line._replace(text=re.sub(r"\s+[|¦]\s+", "\t", line.text.strip().strip("|¦").strip())) for line in lines]


def read_card(path: Path, gazetteer: Gazetteer, vocabulary: Vocabulary) -> ReadResult:
    """Read a file of one practice card or several.

    Args:
        path: the card as plain text, HTML or Word document (.docx), with headings in one of the languages of
            ``form_words.card_languages``.
        gazetteer: the network's cities, and the names of countries.
        vocabulary: the closed lists, whose labels the card's options carry.

    Returns:
        One practice a card with the options that are certainly ticked; the notes name those that cannot be told. A
        card without a title or description, or with a city that is not known, is refused with the reason. The name of
        the programme is a letterhead, and no title unless the description begins with it.

    Raises:
        AtlasError: the file cannot be opened, is no text or is no practice card.
    """
    content = bytes_of(path)
    text = text_of(content, path.name)
    lines = _lines(text)
    if not is_card(lines):
        raise AtlasError(
            _("{file} is not a practice card.").format(file=path.name),
            _(
                "A card has the headings COUNTRY OF ORIGIN:, TARGET GROUP(s):, TYPE(s) OF BEST PRACTICE:, "
                "AREA(s): and DESCRIPTION:, each with a colon or in a cell of its own, in {languages}."
            ).format(languages=card_languages_in_words()),
        )
    ids = Identifiers()
    language = language_of_headings(text)
    accepted: list[Accepted] = []
    rejected: list[Rejected] = []
    for card in cards_in(lines, is_html(text) or is_docx(content)):
        countries, notes = countries_in(card.cells.get("countries", ""), gazetteer)
        cities, problems = cities_in(card.cells.get("cities", ""), path.name, card.line, countries, gazetteer)
        problems += _lacking(card, path.name)
        if problems:
            row = {"title": card.title, **card.cells, "description": joined(card.paragraphs)}
            rejected.append(Rejected(card.line, row, tuple(problems)))
        else:
            accepted.append(_accepted(card, countries, cities, notes, vocabulary, ids, language))
    return ReadResult("card", tuple(accepted), tuple(rejected))


def _lacking(card: Card, file: str) -> Iterator[Problem]:
    """What a card must have and this one has not."""
    if not card.title:
        lacking = _("is required: write the practice’s own title above “COUNTRY OF ORIGIN:”")
        other = _("names the programme, not the practice: write the practice’s own title above “COUNTRY OF ORIGIN:”")
        reason = other if card.letterhead else lacking
        yield Problem(file, card.line, "title", card.letterhead, reason)
    if not card.paragraphs:
        reason = _("is required: write what the practice is, in a few sentences, below “DESCRIPTION:”")
        yield Problem(file, card.line, "summary", "", reason)


def _accepted(
    card: Card,
    countries: list[Country],
    cities: list[Match],
    notes: list[str],
    vocabulary: Vocabulary,
    ids: Identifiers,
    language: str,
) -> Accepted:
    source = source_in(card.cells.get("source", ""))
    choices, unsure = read_choices(card.options, vocabulary)
    city_ids = tuple(match.city.city_id for match in cities)
    named = [country.name for country in countries] or list(dict.fromkeys(m.city.country for m in cities))
    record = Practice(
        practice_id=practice_id(card.title, city_ids[0] if city_ids else "", ids),
        title=card.title,
        title_original=None if language == "en" else card.title,
        city_ids=city_ids,
        countries=tuple(named),
        summary=re.sub(r"\s+", " ", " ".join(card.paragraphs)),
        target_groups=choices["target_group"].ticked,
        practice_types=choices["practice_type"].ticked,
        practice_areas=choices["practice_area"].ticked,
        source_kind="programme",
        evidence_urls=source.urls,
    )
    fields: dict[str, object] = {
        "title": card.title,
        "countries": named,
        "cities": [match.city.name for match in cities],
        "city_ids": list(city_ids),
        "languages": languages_in(card.cells.get("languages", "")),
        "source": source.urls[0] if source.urls else None,
        "accessed_text": source.accessed_text,
    }
    for section, ticks in choices.items():
        fields[f"{section}s"] = list(ticks.ticked)
        fields[f"{section}s_not_ticked"] = list(ticks.not_ticked)
        fields[f"{section}s_unknown"] = list(ticks.unknown)
    fields["description"] = joined(card.paragraphs)
    read_as = [_("a city read as {city}").format(city=match.read_as) for match in cities if match.read_as]
    if language != "en":
        notes = [
            *notes,
            _("the card is in {language}: its title and description need a translation").format(
                language=language_name(language)
            ),
        ]
    return Accepted(record, card.line, fields, (*_remarks(card, record), *notes, *read_as, *source.notes, *unsure))


def _remarks(card: Card, record: Practice) -> Iterator[str]:
    """What a person should mend or know before the practice is added."""
    if card.letterhead:
        yield _("the title is the programme’s own name: the card describes the programme itself, not a city’s practice")
    for text in card.unread:
        yield _("“{text}” stands under a heading that cards do not have: not read").format(text=text)
    if record.evidence_urls[1:]:
        yield _("the card names more than one source: {sources}").format(sources=", ".join(record.evidence_urls))
    if not record.city_ids:
        yield _("the card names no city: the practice has none")
    if len(record.summary or "") > _LONG_SUMMARY:
        yield _("the summary is the whole description, {count} characters: shorten it").format(
            count=len(record.summary or "")
        )
