"""The template for collecting good practices: an Excel workbook with drop-downs, and a CSV."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from icc_data.i18n import language, mark
from icc_data.i18n import translate as _
from icc_data.incoming.readers.headings import heading
from icc_data.model.columns import Column, columns_of
from icc_data.model.records import City, Practice
from icc_data.model.vocabulary import Vocabulary
from icc_data.text import fold

# Drop-downs and messages reach as far as a contribution may have rows.
LAST_ROW = 10_001
# What Excel allows in a message beside a cell.
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_LISTS = "Lists"
_HEAD, _ON_HEAD, _EXAMPLE = "4C43B0", "FFFFFF", "F5F6F8"


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
        mark("The address of the practice's own page, beginning with https://"),
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
    known = list(cities)
    bearers = Counter(fold(city.name) for city in known)
    labels = {
        city.name if bearers[fold(city.name)] == 1 else f"{city.name}, {city.country}": city.city_id for city in known
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
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "Intercultural Cities Atlas"
    book.properties.title = _("Good practices: the template")
    table: Any = book.active
    table.title = _("Practices")
    _instructions(book.create_sheet(_("How to fill it")))
    _terms(book.create_sheet(_("Terms")), vocabulary)
    lists: Any = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    choices = {
        "city_ids": list(city_labels(cities)),
        "countries": sorted(countries, key=fold),
        **{
            field.column: [vocabulary.label(name, code, language()) for code in vocabulary.codes(name)]
            for field in FIELDS
            if (name := field.rules.kind.vocabulary)
        },
    }
    _table(table, _list_ranges(lists, choices))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _list_ranges(sheet: Any, choices: dict[str, list[str]]) -> dict[str, str]:
    """Write each list into a column of the hidden sheet, and say where it stands."""
    from openpyxl.utils import get_column_letter

    ranges = {}
    for place, (column, values) in enumerate(choices.items(), start=1):
        letter = get_column_letter(place)
        for row, value in enumerate(values, start=1):
            sheet[f"{letter}{row}"] = value
        if values:
            ranges[column] = f"{_LISTS}!${letter}$1:${letter}${len(values)}"
    return ranges


def _table(sheet: Any, ranges: dict[str, str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    place = 0
    for field in FIELDS:
        letters = []
        for words in field.headings:
            place += 1
            letter = get_column_letter(place)
            letters.append(letter)
            _head(sheet[f"{letter}1"], words)
            note = Comment(_(field.help), "Intercultural Cities Atlas", height=110, width=300)
            sheet[f"{letter}1"].comment = note
            column = sheet.column_dimensions[letter]
            column.width = field.width
            column.number_format = "@"
            column.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.add_data_validation(_guidance(field, letters, ranges.get(field.column)))
    sheet.row_dimensions[1].height = 34
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _guidance(field: Field, letters: Sequence[str], values: str | None) -> Any:
    """What Excel says beside a cell of these columns, with a drop-down where there is a list."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list" if values else None, formula1=values, allow_blank=True)
    rule.showInputMessage = True
    rule.promptTitle = heading(field.column, language())[:_LONGEST_TITLE]
    rule.prompt = _(field.help)[:_LONGEST_MESSAGE]
    if values:
        rule.showErrorMessage = True
        rule.errorStyle = "warning"
        rule.errorTitle = _("Not in the list")
        rule.error = _("Choose from the list. Only several values with semicolons between them may be written by hand.")
    for letter in letters:
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
    return rule


def _head(cell: Any, words: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.value = words
    cell.font = Font(bold=True, color=_ON_HEAD)
    cell.fill = PatternFill("solid", fgColor=_HEAD)
    cell.alignment = Alignment(wrap_text=True, vertical="center")


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


def _instructions(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    wrapped = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCD", (30, 62, 44, 44), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"] = _("How to fill the template")
    sheet["A1"].font = Font(bold=True, size=14)
    row = 2
    for number, rule in enumerate(how_to_fill(), start=1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
        sheet.cell(row, 1, f"{number}. {rule}").alignment = wrapped
        sheet.row_dimensions[row].height = 18
        row += 1
    row += 1
    for place, words in enumerate((_("Column"), _("What to write"), _("First example"), _("Second example")), start=1):
        _head(sheet.cell(row, place), words)
    for field in FIELDS:
        row += 1
        required = f" ({_('required')})" if field.rules.required else ""
        cells = (heading(field.column, language()) + required, _(field.help), *field.examples)
        for place, words in enumerate(cells, start=1):
            cell = sheet.cell(row, place, words)
            cell.alignment = wrapped
            cell.number_format = "@"
            cell.font = Font(bold=place == 1)
            if place > 2:
                cell.fill = PatternFill("solid", fgColor=_EXAMPLE)


def _terms(sheet: Any, vocabulary: Vocabulary) -> None:
    from openpyxl.styles import Alignment

    headings = (_("List"), _("English"), _("French"), _("Meaning"))
    for place, (words, width) in enumerate(zip(headings, (22, 40, 40, 90), strict=True), start=1):
        _head(sheet.cell(1, place), words)
        sheet.column_dimensions["ABCD"[place - 1]].width = width
    row = 1
    for field in FIELDS:
        name = field.rules.kind.vocabulary
        for code in vocabulary.codes(name) if name else ():
            row += 1
            labels = (vocabulary.label(name, code, "en"), vocabulary.label(name, code, "fr"))
            cells = (heading(field.column, language()), *labels, vocabulary.definition(name, code, language()))
            for place, words in enumerate(cells, start=1):
                sheet.cell(row, place, words).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
