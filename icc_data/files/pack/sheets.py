"""A pack as an Excel workbook: what it says, then a sheet of typed rows for each chart, table and list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from icc_data.drawing.palette import LIGHT
from icc_data.files.pack import measure
from icc_data.files.pack.model import Chart, Column, Entries, Fact, Facts, Lines, Pack, Table
from icc_data.files.report.document import version
from icc_data.files.workbook import CONTROL, LONGEST_CELL, MISFIT
from icc_data.formula import neutral
from icc_data.i18n import day
from icc_data.i18n import translate as _
from icc_data.spreadsheet import HEAD, WRAPPED, Spreadsheet

LONGEST_SHEET_NAME = 31
# Digits: the narrowest and the widest column; pixels of a row, and of a chart beside the rows.
NARROWEST, WIDEST = 8.0, 60.0
# Digits that a page is wide, lying, where it is printed at two thirds of its size: smaller, nobody reads it; and of
# those the narrowest that a column of texts becomes for it.
PAGE, LEAST_TEXT = 225.0, 20.0
# Columns of one kind of number that are a matrix, whose heads stand upright.
MATRIX = 6
LEAST_HEIGHT, ROW, WIDTH = 320, 26, 720
# Points: Excel has no higher row.
TALLEST = 409.0
# Digits of a column that nobody widens.
STANDARD = 9.14
# Points of a digit, and of a line.
_DIGIT, _LINE = 5.25, 15.0
_FORMS = {
    **{"text": "General", "whole": "#,##0", "held": "#,##0", "decimal": "#,##0.0"},
    **{"share": "0.0%", "points": "+0.0;-0.0;0.0", "year": "0"},
}
_AXES = {
    **{"text": "General", "whole": "#,##0", "held": "#,##0", "decimal": "#,##0"},
    **{"share": "0%", "points": "+0;-0;0", "year": "0"},
}
_KINDS = {
    **{"bars": ("bar", ""), "moves": ("bar", ""), "columns": ("column", "")},
    **{"stack": ("column", "stacked"), "lines": ("line", "")},
}
# At a bar that is none stands nothing.
_LABELS = {"share": "0%;;", "whole": "#,##0;;", "held": "#,##0;;", "decimal": "#,##0.#;;", "points": "+0;-0;0"}
# A number beside its words stands where a text would.
_TOLD = {**WRAPPED, "align": "left"}
_TITLE = {"bold": True, "font_size": 16}
_STRONG = {"bold": True, **WRAPPED}


def pack_workbook(pack: Pack) -> bytes:
    """A pack as a workbook.

    Args:
        pack: what stands in it.
    """
    writer = _Writer(pack)
    writer.write()
    return writer.book.content()


class _Writer:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.book = Spreadsheet(_text(pack.title))
        self._names: set[str] = set()

    def write(self) -> None:
        self._summary()
        for section in self.pack.sections:
            for part in section.parts:
                if isinstance(part, Chart):
                    self._chart(part)
                elif isinstance(part, Table):
                    self._rows(part)
                elif isinstance(part, Entries):
                    self._rows(part.rows())

    def _summary(self) -> None:
        """What the pack says in words, on one sheet that is read from top to bottom."""
        sheet = self._sheet(_("Summary"), (30, 24, 70))
        self.book.write(sheet, 0, 0, _text(self.pack.title), _TITLE)
        line = 1
        for heading, cells in self._told():
            values = [heading, *cells]
            for column, value in enumerate(values):
                text = _text(value) if isinstance(value, str) else value
                self.book.write(sheet, line, column, text, _STRONG if column == 0 else _TOLD)
            if len(cells) == 1 and isinstance(cells[0], str):
                sheet.merge_range(line, 1, line, 2, _text(cells[0]), self.book.look(WRAPPED))
                sheet.set_row(line, _tall([*cells, heading], [94, 30]))
            else:
                sheet.set_row(line, _tall([heading, str(cells[-1])], [30, 70]))
            line += 1
        sheet.freeze_panes(1, 0)
        self._printed(sheet, line - 1, 2, landscape=False)

    def _told(self) -> Iterator[tuple[str, Sequence[Any]]]:
        pack, facts = self.pack, self.pack.provenance
        yield _("What it is"), [pack.kind]
        if pack.place:
            yield _("Where"), [pack.place]
        yield from _beside(_("Scope"), pack.scope)
        yield _("Made"), [day(facts.accessed)]
        yield _("Data"), [version(facts)]
        if facts.own:
            yield _("Own results"), [facts.own]
        if facts.address:
            yield _("Address"), [facts.address]
        yield from _beside(_("Findings"), pack.findings)
        for fact in pack.numbers.facts:
            yield fact.label, _number(fact)
        for section in pack.sections:
            told = [section.rule] if section.rule else []
            for part in section.parts:
                if isinstance(part, Lines):
                    told += part.sentences
                elif isinstance(part, Chart | Table):
                    told += part.notes
                elif isinstance(part, Facts):
                    for fact in part.facts:
                        yield fact.label, _number(fact)
            yield from _beside(section.heading, told)
        yield from _beside(_("How it was made"), pack.method)
        yield from _beside(_("Sources"), pack.sources)

    def _sheet(self, title: str, widths: Sequence[float]) -> Worksheet:
        return self.book.sheet(self._name(title), widths)

    def _name(self, title: str) -> str:
        """A name that Excel takes and no other sheet has."""
        name = re.sub(r"[\[\]:*?/\\]", " ", _text(title)).strip("' ")[:LONGEST_SHEET_NAME] or _("Data")
        count, unique = 2, name
        while unique.casefold() in self._names:
            end = f" {count}"
            unique, count = name[: LONGEST_SHEET_NAME - len(end)] + end, count + 1
        self._names.add(unique.casefold())
        return unique

    def _rows(self, table: Table, beside: float = 0) -> tuple[Worksheet, int]:
        """Rows under a head that stays where one scrolls, and comes again on every printed page.

        ``beside`` them, so many digits of the page are something else's.
        """
        rows = list(table.rows())
        upright = _upright(table.columns)
        natural = [
            NARROWEST if column.name in upright else _width(column, rows, at) for at, column in enumerate(table.columns)
        ]
        widths = _within(natural, [column.weight for column in table.columns], PAGE - beside)
        sheet, sides = self._sheet(table.title, widths), _sides(table.columns)
        for at, column in enumerate(table.columns):
            turned = {"rotation": 90} if column.name in upright else sides[at]
            self.book.write(sheet, 0, at, _text(column.label), {**HEAD, **WRAPPED, **turned})
        lying = [("" if column.name in upright else column.label) for column in table.columns]
        longest = max((measure.width(head, 11, bold=True) for head in upright.values()), default=0.0)
        # Below an upright head is room for the arrow of the filter.
        sheet.set_row(0, max(_tall(lying, [width - 3 for width in widths], bold=True), longest and longest + ROW))
        looks = [
            {**WRAPPED, **side, "num_format": _FORMS[column.kind]}
            for side, column in zip(sides, table.columns, strict=True)
        ]
        for line, row in enumerate(rows, start=1):
            for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                plain = column.plain(value)
                self.book.write(sheet, line, at, _text(plain) if isinstance(plain, str) else plain, looks[at])
            sheet.set_row(line, _tall([value if isinstance(value, str) else "" for value in row], widths))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)
        sheet.repeat_rows(0)
        self._printed(sheet, len(rows), len(table.columns) - 1, landscape=True)
        return sheet, len(rows)

    def _chart(self, chart: Chart) -> None:
        table = chart.table()
        # As many columns of the standard width.
        drawn_columns = WIDTH // 64 + 2
        sheet, count = self._rows(table, drawn_columns * STANDARD)
        kind, subtype = _KINDS[chart.kind]
        drawn = self.book.chart(kind, subtype)
        for at, series in enumerate(chart.series, start=1):
            look: dict[str, Any] = {"fill": {"color": series.colour}, "border": {"none": True}, "gap": 40}
            if chart.kind == "lines":
                look = {"line": {"color": series.colour}, "marker": {"type": "circle"}}
            if chart.kind == "moves":
                look["overlap"] = 100
            if chart.kind in ("bars", "lines", "moves") and chart.form in _LABELS:
                look["data_labels"] = {"value": True, "num_format": _LABELS[chart.form]}
            name = str(sheet.name)
            cells = {"categories": [name, 1, 0, count, 0], "values": [name, 1, at, count, at]}
            drawn.add_series({"name": [name, 0, at], **cells, **look})
        drawn.set_title({"name": _text(chart.title), "name_font": {"size": 12, "bold": False}})
        drawn.set_legend({"position": "top"} if chart.keyed else {"none": True})
        lying = chart.kind in ("bars", "moves")
        grid = {"visible": not lying, "line": {"color": LIGHT.grid}}
        amounts = {"num_format": _AXES[chart.form], "major_gridlines": grid, "visible": not lying}
        if chart.kind != "moves":
            amounts["min"] = 0
        # Of lying bars the axes change places, and the first row stands above.
        drawn.set_x_axis(amounts if lying else {})
        drawn.set_y_axis({"reverse": True, "label_position": "low"} if lying else amounts)
        tall = max(LEAST_HEIGHT, ROW * count if lying else 0)
        drawn.set_size({"width": WIDTH, "height": tall})
        place = len(table.columns) + 1
        sheet.insert_chart(1, place, drawn, {"description": _text(chart.alt), "object_position": 3})
        # A row of the standard height has 20 pixels.
        sheet.print_area(0, 0, max(count, tall // 20 + 2), place + drawn_columns - 1)

    def _printed(self, sheet: Worksheet, last_row: int, last_column: int, *, landscape: bool) -> None:
        """How a sheet is printed: on A4, as wide as a page, with what it is at the foot."""
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, max(last_row, 1), last_column)
        # “&” begins a code of Excel's.
        foot = _text(f"{self.pack.title} · {version(self.pack.provenance)}").replace("&", "&&")[:150]
        sheet.set_footer(f"&L{foot}&R&P / &N")


def _beside(heading: str, sentences: Sequence[str]) -> Iterator[tuple[str, Sequence[Any]]]:
    for place, sentence in enumerate(sentences):
        yield heading if place == 0 else "", [sentence]


def _number(fact: Fact) -> list[Any]:
    """A fact's cells: its value as a number where it is a whole one, and its note."""
    plain = fact.value.replace(",", "")
    return [int(plain) if plain.isascii() and plain.isdecimal() else fact.value, fact.note]


def _width(column: Column, rows: Sequence[Sequence[Any]], at: int) -> float:
    """How wide a column has to be, digits: for its values, and for the words of its head and the arrow beside them."""
    words = max((measure.width(column.words(row[at]), 11) for row in rows[:300]), default=0.0)
    head = max(measure.width(word, 11, bold=True) for word in [*measure.words(column.label), ""])
    return min(max(words / _DIGIT + 2, head / _DIGIT + 5, NARROWEST), WIDEST)


def _upright(columns: Sequence[Column]) -> dict[str, str]:
    """The columns of a matrix and their heads, which stand upright: lying, they would make it wider than a page."""
    held = {column.name: column.label for column in columns if column.kind == "held"}
    return held if len(held) >= MATRIX else {}


def _sides(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """Where the words of each column stand: those of numbers on the right, and a text not close to a number."""
    are_texts = [column.kind == "text" for column in columns]
    return [
        {"align": "left", "indent": int(at > 0 and not are_texts[at - 1])} if is_text else {"align": "right"}
        for at, is_text in enumerate(are_texts)
    ]


def _within(widths: Sequence[float], weights: Sequence[float], room: float) -> list[float]:
    """The widths, those narrowed first that are large for their weight, until all have room or are ``LEAST_TEXT``."""
    narrowed = list(widths)
    while sum(narrowed) > room:
        broad = [at for at, width in enumerate(narrowed) if width > LEAST_TEXT]
        if not broad:
            break
        narrowed[max(broad, key=lambda at: narrowed[at] / weights[at])] -= 1
    return narrowed


def _tall(texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> float:
    """How high a row has to be, points: not every program finds that out by itself."""
    rows = zip(texts, widths, strict=True)
    return min(_LINE * max(measure.lines(text, width * _DIGIT, 11, bold=bold) for text, width in rows), TALLEST)


def _text(text: str) -> str:
    """A text as a workbook holds it, which no program runs as a formula."""
    return neutral(CONTROL.sub(MISFIT, text))[: LONGEST_CELL // 2]
