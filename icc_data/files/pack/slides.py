"""A pack as PowerPoint slides, 16:9: charts and tables that can be edited, the method in the notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time
from itertools import islice

from icc_data.files.pack import measure
from icc_data.files.pack.deck import BOTTOM, GAP, LEFT, SMALL, TEXT, TOP, WIDTH, Deck
from icc_data.files.pack.model import Chart, Entries, Entry, Facts, Lines, Pack, Part, Section, Table
from icc_data.files.report.document import running, short, version, web_address
from icc_data.i18n import day, labelled
from icc_data.i18n import translate as _

# How much of the width a chart beside words takes; the least height at which a chart can be read, and that of a low one
# above other parts; points.
BESIDE, LEAST_CHART, LOW_CHART = 0.66, 200.0, 220.0
# How many entries go below another part on a slide.
FEW_ENTRIES = 5
LONGEST_SOURCE = 90
# Rows of a table that no end of a slide divides; points that its title takes.
SHORT_TABLE, TITLE = 9, 30.0
PADDING, MIDDLE = 3.0, 14.0


def pack_slides(pack: Pack) -> bytes:
    """A pack as a PowerPoint file.

    Args:
        pack: what stands in it.
    """
    deck = Deck(pack.title, str(running(pack.title, pack.provenance)["words"]), pack.colour)
    _title(deck, pack)
    _numbers_and_findings(deck, pack)
    for section in pack.sections:
        _section(deck, section, pack.method)
    _closing(deck, pack)
    moment = datetime.combine(pack.provenance.accessed, time(), UTC)
    out = io.BytesIO()
    deck.save(out, pack.title, moment)
    return out.getvalue()


def _title(deck: Deck, pack: Pack) -> None:
    deck.new(pack.title, first=True)
    facts = [pack.kind, pack.place, day(pack.provenance.accessed), version(pack.provenance)]
    for words in (*facts[:2], *pack.scope, *facts[2:]):
        _text(deck, words, TEXT)
    if pack.provenance.own:
        _text(deck, pack.provenance.own, TEXT, bold=True)
    address = web_address(pack.provenance.address)
    if address:
        deck.text([[(short(address, LONGEST_SOURCE), False, address)]], SMALL)


def _numbers_and_findings(deck: Deck, pack: Pack) -> None:
    deck.new(_("Findings"), notes=pack.method)
    if pack.numbers.facts:
        _facts(deck, pack.numbers)
    listed = [f"– {sentence}" for sentence in pack.findings]
    size = _size_of(deck, listed)
    for sentence in listed:
        _text(deck, sentence, size)


def _size_of(deck: Deck, sentences: Sequence[str]) -> float:
    """The largest letters in which the sentences fit on the slide; those of all texts where none does."""
    for size in (TEXT, MIDDLE, SMALL):
        tall = sum(measure.height(sentence, WIDTH - PADDING - 1, size) + GAP for sentence in sentences)
        if tall <= deck.left():
            return size
    return TEXT


def _section(deck: Deck, section: Section, method: Sequence[str]) -> None:
    notes = (*([section.rule] if section.rule else []), *method)
    if all(map(_is_short, section.parts)) and _tall(section) <= deck.left():
        deck.at += GAP
        _text(deck, section.heading, TEXT, bold=True)
        deck.goes_on_as(section.heading)
        deck.note(notes[:1] if section.rule else ())
    else:
        deck.new(section.heading, notes=notes)
    if section.rule:
        _text(deck, section.rule, SMALL, faint=True)
    parts = list(section.parts)
    while parts:
        part = parts.pop(0)
        if isinstance(part, Chart):
            words: list[str] = []
            while parts and isinstance(parts[0], Lines):
                words += parts[0].sentences
                del parts[0]
            titled = part.title if part.title != section.heading else ""
            _chart(
                deck, part, words, titled, low=bool(parts) and part.height is not None and part.height <= LEAST_CHART
            )
        else:
            _part(deck, part, section.heading)


def _is_short(part: Part) -> bool:
    """Whether a part goes below another one on a slide."""
    return isinstance(part, Lines) or (isinstance(part, Entries) and len(part.entries) <= FEW_ENTRIES)


def _tall(section: Section) -> float:
    """How high a section of short parts is, below another one on a slide, points."""
    blocks = [(section.heading, TEXT), (section.rule, SMALL)]
    for part in section.parts:
        if isinstance(part, Lines):
            blocks += [(f"– {sentence}", TEXT if part.listed else SMALL) for sentence in part.sentences]
        elif isinstance(part, Entries):
            blocks += [(part.title if part.title != section.heading else "", TEXT), (part.note, SMALL)]
            entries = [_paragraphs(entry) for entry in part.entries]
            blocks += [("\n".join("".join(run[0] for run in runs) for runs in one), SMALL) for one in entries]
    # Bold letters are a little wider.
    tall = sum(measure.height(words, WIDTH - PADDING - 1, size, bold=True) + GAP for words, size in blocks if words)
    return GAP + tall


def _part(deck: Deck, part: Part, heading: str) -> None:
    if isinstance(part, Facts):
        _facts(deck, part)
    elif isinstance(part, Lines):
        for sentence in part.sentences:
            if part.listed:
                _text(deck, f"– {sentence}", TEXT)
            else:
                _text(deck, sentence, SMALL, faint=True)
    elif isinstance(part, Table):
        _table(deck, part, heading)
    else:
        assert isinstance(part, Entries)
        _entries(deck, part, heading)


def _text(deck: Deck, words: str, size: float, *, bold: bool = False, faint: bool = False) -> None:
    if words:
        deck.text([[(words, bold, "")]], size, faint=faint)


def _chart(deck: Deck, chart: Chart, words: Sequence[str], title: str, *, low: bool) -> None:
    """A chart that can be edited, with what has to be known to read it beside it."""
    told = [*words, *chart.notes]
    if deck.left() < LEAST_CHART + (TITLE if title else 0):
        deck.go_on()
    deck.note(told)
    _text(deck, title, TEXT, bold=True)
    wide = WIDTH * BESIDE if told else WIDTH
    top = deck.at
    deck.chart(chart, wide, min(deck.left(), LOW_CHART) if low else deck.left())
    bottom = deck.at
    if told:
        deck.at = top
        room = WIDTH - wide - 2 * GAP
        for sentence in told:
            deck.text([[(sentence, False, "")]], SMALL, faint=True, left=LEFT + wide + 2 * GAP, width=room)
        deck.at = max(bottom, deck.at)


def _facts(deck: Deck, part: Facts) -> None:
    """Key numbers as a table of one row; other facts one below the other."""
    if not part.facts:
        return
    if part.boxed:
        rows = [[getattr(fact, name) for fact in part.facts] for name in ("label", "value", "note")]
        shares, sizes = [1 / len(part.facts)] * len(part.facts), (SMALL, 2 * TEXT, SMALL)
        heights = [_row_height(row, shares, size, bold=True) for row, size in zip(rows, sizes, strict=True)]
        deck.table(rows[0], rows[1:], shares, [False] * len(shares), sizes, heights)
        deck.at += 2 * GAP
        return
    rows = [[fact.label, fact.value, fact.note] for fact in part.facts]
    _rows(deck, [_("Fact"), _("Value"), _("Year or source")], rows, [0.3, 0.45, 0.25], [False] * 3)


def _table(deck: Deck, table: Table, heading: str) -> None:
    columns = table.on_paper().columns
    heads, numbers = [column.label for column in columns], [column.kind != "text" for column in columns]
    shares = measure.shares(heads, table.weights(), table.longest(), WIDTH, SMALL, 5 * PADDING)
    rows = list(table.printed())
    titled = table.title != heading
    tall = TITLE * titled + sum(_row_height(row, shares, SMALL, bold=True) for row in (heads, *rows))
    if len(rows) <= SHORT_TABLE and deck.left() < tall < BOTTOM - TOP:
        deck.go_on()
    if titled:
        _text(deck, table.title, TEXT, bold=True)
    # What short heads mean has to stand on every slide that has them.
    above = table.notes if any(column.short for column in table.columns) else ()
    below = [note for note in (*(() if above else table.notes), table.remainder()) if note]
    _rows(deck, heads, rows, shares, numbers, above, below)
    for note in below:
        _text(deck, note, SMALL, faint=True)


def _rows(
    deck: Deck,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    numbers: Sequence[bool],
    above: Sequence[str] = (),
    below: Sequence[str] = (),
) -> None:
    """A table, on as many slides as it takes, its head on each, and above it what is needed to read it.

    What is said ``below`` it has room on the slide of its last rows.
    """
    said_below = GAP / 2 + sum(measure.height(words, WIDTH - PADDING - 1, SMALL) + GAP for words in below)
    head = _row_height(heads, shares, SMALL, bold=True)
    waiting = [list(row) for row in rows]
    while waiting:
        heights = [_row_height(row, shares, SMALL) for row in waiting]
        explained = sum(measure.height(words, WIDTH - PADDING, SMALL) + GAP for words in above)
        if deck.left() < explained + head + heights[0]:
            deck.go_on()
        for words in above:
            _text(deck, words, SMALL, faint=True)
        room, fitting = deck.left() - head, 0
        while fitting < len(waiting) and room >= heights[fitting]:
            room -= heights[fitting]
            fitting += 1
        is_crowded = bool(below) and fitting == len(waiting) > 1 and room < said_below
        if is_crowded or 0 < len(waiting) - fitting < SHORT_TABLE / 2 < fitting:
            # Few rows on a slide of their own would look forgotten.
            fitting = (len(waiting) + 1) // 2
        # A row as high as a slide is not there: texts are cut where they are made.
        fitting = max(fitting, 1)
        deck.table(heads, waiting[:fitting], shares, numbers, [SMALL] * (fitting + 1), [head, *heights[:fitting]])
        waiting = waiting[fitting:]
        deck.at += GAP / 2
        if waiting:
            deck.go_on()


def _row_height(cells: Sequence[str], shares: Sequence[float], size: float, *, bold: bool = False) -> float:
    tallest = max(
        measure.height(cell, WIDTH * share - 4 * PADDING, size, bold=bold)
        for cell, share in zip(cells, shares, strict=True)
    )
    return tallest + 2 * PADDING


def _entries(deck: Deck, part: Entries, heading: str) -> None:
    if part.compact:
        runs = [[(labelled(part.title, ""), False, "")]]
        for place, entry in enumerate(part.entries):
            runs[0] += [(" · ", False, "")] * bool(place) + [(entry.title, False, entry.address)]
        deck.text(runs, SMALL, faint=True)
        return
    if part.title != heading:
        _text(deck, part.title, TEXT, bold=True)
    written = [list(_paragraphs(entry)) for entry in part.entries]
    heights = [deck.height(paragraphs, SMALL) + GAP for paragraphs in written]
    last_slide = sum(heights) - deck.left()
    # Few entries on a slide of their own would look forgotten.
    middle = (len(written) + 1) // 2 if 0 < last_slide < (BOTTOM - TOP) / 3 else None
    note = measure.height(part.note, WIDTH - PADDING - 1, SMALL) + GAP if part.note else 0.0
    for place, paragraphs in enumerate(written):
        # What is said of the rest stands below the last one.
        is_last, room = 0 < place == len(written) - 1, deck.left() + GAP
        is_parted = is_last and heights[place] <= room < heights[place] + note
        if place == middle or is_parted:
            deck.go_on()
        deck.text(paragraphs, SMALL)
    _text(deck, part.note, SMALL, faint=True)


def _paragraphs(entry: Entry) -> Sequence[list[tuple[str, bool, str]]]:
    alone = not (entry.note or entry.words or entry.source)
    first = [(entry.title, not alone, entry.address)]
    if entry.note:
        first.append((f"  {entry.note}", False, ""))
    told = [first]
    if entry.words:
        told.append([(entry.words, False, "")])
    if entry.source:
        told.append([(short(entry.source, LONGEST_SOURCE), False, entry.address)])
    return list(islice(told, 3))


def _closing(deck: Deck, pack: Pack) -> None:
    deck.new(_("How it was made"))
    size = _size_of(deck, pack.method)
    for sentence in pack.method:
        _text(deck, sentence, size)
    if deck.left() < (BOTTOM - TOP) / 3:
        deck.new(_("Sources"))
    else:
        _text(deck, _("Sources"), TEXT, bold=True)
    for sentence in pack.sources:
        _text(deck, sentence, SMALL)
