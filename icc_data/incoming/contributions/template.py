"""The template for collecting good practices: an Excel workbook with drop-downs, and a CSV."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from icc_data.i18n import language, mark
from icc_data.i18n import translate as _
from icc_data.incoming.readers.headings import heading
from icc_data.model.columns import Column, columns_of
from icc_data.model.records import City, Practice
from icc_data.model.vocabulary import Vocabulary
from icc_data.text import fold

if TYPE_CHECKING:
    from icc_data.spreadsheet import Spreadsheet

# Drop-downs and messages reach as far as a contribution may have rows.
LAST_ROW = 10_001
# What Excel allows in a message beside a cell.
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_LISTS = "Lists"
_HEADING = {"text_wrap": True, "valign": "vcenter"}
_EXAMPLE = {"bg_color": "#F5F6F8"}


@dataclass(frozen=True)
class Field:
    """A column that a contributor can fill.

    Attributes:
        column: its name in practices.csv.
        help: what to write, in English, for the catalogue.
        examples: what two practices might have there; lists separated by “; ”.
        times: how many columns of the workbook it has, as a drop-down gives one value a cell.
        width: of one such column, in characters.
    """

    column: str
    help: str
    examples: tuple[str, str]
    times: int = 1
    width: int = 24

    @property
    def rules(self) -> Column:
        """Its column's rules in the practice record."""
        return next(column for column in columns_of(Practice) if column.name == self.column)

    @property
    def headings(self) -> tuple[str, ...]:
        """What its columns in the workbook are headed, in the language in use; a required one with a star."""
        words = heading(self.column, language())
        if self.times == 1:
            return (words + (" *" if self.rules.required else ""),)
        return tuple(f"{words} {number}" for number in range(1, self.times + 1))


# Not here is what the atlas finds out by itself: identifiers, who coded, when a page was seen and how sure it is.
FIELDS: tuple[Field, ...] = (
    Field(
        "title",
        mark("What the practice is called, in English. It should say what is done: “Neighbours teach languages”."),
        ("A kitchen of languages", "Drums on the square"),
        width=42,
    ),
    Field(
        "title_original",
        mark("The title in your own language, where that is not English."),
        ("Uma cozinha de línguas", ""),
        width=32,
    ),
    Field(
        "city_ids",
        mark("Cities of the network that carry the practice, one a cell; more than three in the last cell."),
        ("Lisbon", "Bilbao; Cascais"),
        times=3,
        width=20,
    ),
    Field(
        "countries",
        mark("The country. It may stay empty where a city is given."),
        ("Portugal", "Spain; Portugal"),
        times=2,
        width=18,
    ),
    Field(
        "when_text",
        mark("When it ran, in any words: “2019”, “2011-14”, “06/2018”, “since 2020”, “2016 to 2018, ended”."),
        ("since 2019", "06/2017 - 2018"),
        width=22,
    ),
    Field(
        "summary",
        mark("What is done, with whom and what came of it, in one to three sentences."),
        (
            "Neighbours of different origins teach each other their languages while they cook.",
            "Two cities run an open percussion school in a square that few people used to cross.",
        ),
        width=60,
    ),
    Field(
        "policy_areas",
        mark("Areas of the Intercultural Cities Index that it serves, the most important one first."),
        ("Multilingualism", "Public space; Cultural and social life"),
        times=3,
        width=26,
    ),
    Field(
        "themes",
        mark("Themes that run across the policy areas."),
        ("Arts and culture", "Youth; Arts and culture"),
        times=3,
    ),
    Field("target_groups", mark("Whom it addresses."), ("Interested citizens", "Young people; Youth workers"), times=3),
    Field("practice_types", mark("What form it takes."), ("Project", "Initiative or campaign"), times=2),
    Field("practice_areas", mark("The area of life that it belongs to."), ("Educational", "Socio-cultural"), times=2),
    Field(
        "url",
        mark("The address of the practice’s own page, beginning with https://"),
        ("https://www.example.org/kitchen", ""),
        width=34,
    ),
    Field(
        "evidence_urls",
        mark("Addresses of pages or documents that tell of it, separated by semicolons."),
        ("https://www.example.org/news/12", "https://www.example.org/a; https://www.example.org/b"),
        width=34,
    ),
)


def city_labels(cities: Iterable[City]) -> dict[str, str]:
    """What each city is called in a list to choose from: its name, with its country where two have the same.

    Returns:
        The identifier by that label, in alphabetical order.
    """
    listed = list(cities)
    bearers = Counter(fold(city.name) for city in listed)
    labels = {
        city.name if bearers[fold(city.name)] == 1 else f"{city.name}, {city.country}": city.city_id for city in listed
    }
    return dict(sorted(labels.items(), key=lambda item: fold(item[0])))


def csv_template() -> str:
    """The header that a contribution in CSV has: the columns of practices.csv that a contributor can fill."""
    return ",".join(field.column for field in FIELDS) + "\r\n"


def excel_template(vocabulary: Vocabulary, cities: Iterable[City], countries: Iterable[str]) -> bytes:
    """A workbook to fill: the empty table, how to fill it with examples, and every term with its meaning.

    All cells of the table are text, so that Excel does not make a date of “2011-14”. A list has several columns with
    a drop-down each; a cell also takes what is in no list, after a warning, so that several values can be written
    with “; ” between them. What is filled in is read by ``readers.read``.

    Args:
        vocabulary: gives the terms; they stand in the drop-downs in the language in use.
        cities: the cities to choose from.
        countries: the English names of the countries to choose from.
    """
    # Loaded only for a workbook: everything else starts sooner without it.
    from icc_data.spreadsheet import Spreadsheet

    book = Spreadsheet(_("Good practices: the template"))
    choices = {
        "city_ids": list(city_labels(cities)),
        "countries": sorted(countries, key=fold),
        **{
            field.column: [vocabulary.label(name, code, language()) for code in vocabulary.codes(name)]
            for field in FIELDS
            if (name := field.rules.kind.vocabulary)
        },
    }
    _table(book, _list_ranges(choices))
    _instructions(book)
    _terms(book, vocabulary)
    _lists(book, choices)
    return book.content()


def _list_ranges(choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Where each list stands on the hidden sheet: one column each."""
    from xlsxwriter.utility import xl_range_abs

    return {
        column: f"={_LISTS}!{xl_range_abs(0, place, len(values) - 1, place)}"
        for place, (column, values) in enumerate(choices.items())
        if values
    }


def _lists(book: Spreadsheet, choices: Mapping[str, Sequence[str]]) -> None:
    sheet = book.sheet(_LISTS)
    sheet.hide()
    for line, row in enumerate(zip_longest(*choices.values())):
        book.write_row(sheet, line, row)


def _table(book: Spreadsheet, ranges: Mapping[str, str]) -> None:
    from icc_data.spreadsheet import HEAD, WRAPPED

    headed = [(field, words) for field in FIELDS for words in field.headings]
    sheet = book.sheet(_("Practices"), [field.width for field, _words in headed], WRAPPED | {"num_format": "@"})
    sheet.set_row(0, 34)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    places: defaultdict[Field, list[list[int]]] = defaultdict(list)
    for place, (field, words) in enumerate(headed):
        book.write(sheet, 0, place, words, HEAD | _HEADING)
        sheet.write_comment(0, place, _(field.help), {"height": 110, "width": 300})
        places[field].append([1, place, LAST_ROW - 1, place])
    for field, cells in places.items():
        (top, left, bottom, right), *others = cells
        guidance = {**_guidance(field, ranges.get(field.column)), "other_cells": others}
        sheet.data_validation(top, left, bottom, right, guidance)


def _guidance(field: Field, values: str | None) -> dict[str, Any]:
    """What Excel says beside the cells of a field, with a drop-down where there is a list."""
    guidance = {
        "validate": "any",
        "input_title": heading(field.column, language())[:_LONGEST_TITLE],
        "input_message": _(field.help)[:_LONGEST_MESSAGE],
    }
    if not values:
        return guidance
    return guidance | {
        "validate": "list",
        "source": values,
        "error_type": "warning",
        "error_title": _("Not in the list"),
        "error_message": _(
            "Choose from the list. Only several values with semicolons between them may be written by hand."
        ),
    }


def how_to_fill() -> tuple[str, ...]:
    """The rules of the workbook, a sentence each, in the language in use."""
    return (
        _("Write one practice in each row of the first sheet. Only the title is required; the rest may stay empty."),
        _("Choose from the list of a cell where there is one; the sheet “Terms” says what each term means."),
        _("Several values go into the numbered columns, or into one cell with semicolons between them."),
        _("Write the years as you would say them; every cell is text, so nothing turns into a date."),
        _("Leave the headings as they are. Columns may stand in any order, and those not needed may be deleted."),
        _("When it is filled, check it on the page “Contribute” of the atlas, which shows what to mend, row by row."),
    )


def _instructions(book: Spreadsheet) -> None:
    from icc_data.spreadsheet import HEAD, WRAPPED

    sheet = book.sheet(_("How to fill it"), (30, 62, 44, 44))
    book.write(sheet, 0, 0, _("How to fill the template"), {"bold": True, "font_size": 14})
    rules = how_to_fill()
    for number, rule in enumerate(rules, start=1):
        sheet.set_row(number, 18)
        sheet.merge_range(number, 0, number, 3, f"{number}. {rule}", book.look(WRAPPED))
    below = len(rules) + 2
    heads = (_("Column"), _("What to write"), _("First example"), _("Second example"))
    book.write_row(sheet, below, heads, HEAD | _HEADING)
    text = WRAPPED | {"num_format": "@"}
    for line, field in enumerate(FIELDS, start=below + 1):
        required = f" ({_('required')})" if field.rules.required else ""
        book.write(sheet, line, 0, heading(field.column, language()) + required, text | {"bold": True})
        book.write(sheet, line, 1, _(field.help), text)
        for place, example in enumerate(field.examples, start=2):
            book.write(sheet, line, place, example, text | _EXAMPLE)


def _terms(book: Spreadsheet, vocabulary: Vocabulary) -> None:
    from icc_data.spreadsheet import HEAD, WRAPPED

    sheet = book.sheet(_("Terms"), (22, 40, 40, 90))
    sheet.freeze_panes(1, 0)
    book.write_row(sheet, 0, (_("List"), _("English"), _("French"), _("Meaning")), HEAD | _HEADING)
    terms = [
        (field, name, code)
        for field in FIELDS
        if (name := field.rules.kind.vocabulary)
        for code in vocabulary.codes(name)
    ]
    for line, (field, name, code) in enumerate(terms, start=1):
        labels = (vocabulary.label(name, code, "en"), vocabulary.label(name, code, "fr"))
        meaning = vocabulary.definition(name, code, language())
        book.write_row(sheet, line, (heading(field.column, language()), *labels, meaning), WRAPPED)
