"""A pack as PowerPoint slides, 16:9: charts and tables that can be edited, the method in the notes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from functools import partial
from itertools import islice, pairwise

from icc_data.files.pack import measure
from icc_data.files.pack.deck import BOTTOM, GAP, LETTERS, SMALL, TEXT, TOP, WIDTH, Deck
from icc_data.files.pack.model import Chart, Entries, Entry, Facts, Lines, Pack, Part, Section, Table, lines
from icc_data.files.report.document import running, short, version, web_address
from icc_data.i18n import day, labelled
from icc_data.i18n import translate as _

# Heights of a chart: the least at which it can be read, that with larger letters, that of a low one above other parts.
LEAST_CHART, ROOMY_CHART, LOW_CHART = 200.0, 300.0, 220.0
LONGEST_SOURCE = 90
# How high what looks forgotten on a slide of its own is, points.
LITTLE = (BOTTOM - TOP) / 3
# Rows of a table that no end of a slide divides; points that its title takes.
SHORT_TABLE, TITLE = 9, 30.0
PADDING = 3.0
# Of letters of findings, the largest that fit are taken; points.
FINDINGS = (24.0, 22.0, 20.0, 18.0, TEXT, 14.0, SMALL)
# Steps in which slides that go on are made as full as each other, points.
STEP = 10


def pack_slides(pack: Pack) -> bytes:
    """A pack as a PowerPoint file.

    Args:
        pack: what stands in it.
    """
    deck = Deck(pack.title, str(running(pack.title, pack.provenance)["words"]), pack.colour)
    _opening(deck, pack)
    for together in _grouped(deck, pack):
        deck.fitted(_writing(together, pack))
    moment = datetime.combine(pack.provenance.accessed, time(), UTC)
    out = io.BytesIO()
    deck.save(out, pack.title, moment)
    return out.getvalue()


def _writing(sections: Sequence[Section], pack: Pack) -> Callable[[Deck], None]:
    return partial(_sections, sections=sections, method=pack.method)


def _grouped(deck: Deck, pack: Pack) -> list[list[Section]]:
    """Which sections share slides: as many as take no more of them together, and none has one for itself in vain."""

    def needed(*sections: Section) -> int:
        return deck.needed(_writing(sections, pack))

    groups: list[list[Section]] = []
    for section in pack.sections:
        if groups and needed(*groups[-1], section) == needed(*groups[-1]):
            groups[-1].append(section)
        else:
            groups.append([section])
    for before, after in pairwise(groups):
        while len(before) > 1 and needed(before[-1], *after) == needed(*after) == 1:
            after.insert(0, before.pop())
    closing = [Section(_("How it was made"), lines(*pack.method)), Section(_("Sources"), lines(*pack.sources))]
    # What is short does not stand on a slide alone.
    if groups and deck.tall(_writing(groups[-1], pack), most=1) < LITTLE and needed(*groups[-1], *closing) == 1:
        closing = groups.pop() + closing
    return [*groups, closing]


def _opening(deck: Deck, pack: Pack) -> None:
    """What it is, its key numbers and what was found: on one slide where there is room."""

    def together(on: Deck) -> None:
        _title(on, pack)
        _text(on, _("Findings"), on.big, bold=True)
        on.note(pack.method)
        for sentence in pack.findings:
            _text(on, f"– {sentence}", on.big)

    if deck.needed(together) == 1:
        deck.fitted(together)
        return
    deck.fitted(partial(_title, pack=pack))
    deck.new(_("Findings"), notes=pack.method)
    listed = [f"– {sentence}" for sentence in pack.findings]
    size = _size_of(deck, listed)
    for sentence in listed:
        _text(deck, sentence, size)


def _title(deck: Deck, pack: Pack) -> None:
    deck.new(pack.title, first=True)
    facts = [pack.kind, pack.place, day(pack.provenance.accessed), version(pack.provenance)]
    for words in (*facts[:2], *pack.scope, " · ".join(facts[2:])):
        _text(deck, words, deck.big)
    if pack.provenance.own:
        _text(deck, pack.provenance.own, deck.big, bold=True)
    address = web_address(pack.provenance.address)
    if address:
        deck.text([[(short(address, LONGEST_SOURCE), False, address)]], deck.small)
    if pack.numbers.facts:
        _facts(deck, pack.numbers)


def _size_of(deck: Deck, sentences: Sequence[str]) -> float:
    """The largest letters in which the sentences fit on the slide; those of all texts where none does."""
    for size in FINDINGS:
        tall = sum(measure.height(sentence, WIDTH - PADDING - 1, size) + GAP for sentence in sentences)
        if tall <= deck.left():
            return size
    return TEXT


def _sections(deck: Deck, sections: Sequence[Section], method: Sequence[str]) -> None:
    """Sections from the top of a slide on, one below the other."""
    for place, section in enumerate(sections):
        rule = [section.rule] if section.rule else []
        if place == 0:
            deck.new(section.heading, notes=(*rule, *method))
        else:
            deck.at += GAP
            _text(deck, section.heading, deck.big, bold=True)
            deck.goes_on_as(section.heading)
            deck.note(rule)
        if section.rule:
            _text(deck, section.rule, deck.small, faint=True)
        _parts(deck, section.parts, section.heading)


def _parts(deck: Deck, every: Sequence[Part], heading: str) -> None:
    parts = list(every)
    while parts:
        part = parts.pop(0)
        if isinstance(part, Chart):
            words: list[str] = []
            while parts and isinstance(parts[0], Lines):
                words += parts[0].sentences
                del parts[0]
            titled = part.title if part.title != heading else ""
            is_low = bool(parts) and part.height is not None and part.height <= LEAST_CHART
            below = deck.tall(partial(_parts, every=tuple(parts), heading=heading))
            _chart(deck, part, words, titled, low=is_low, below=below)
        else:
            _part(deck, part, heading)


def _part(deck: Deck, part: Part, heading: str) -> None:
    if isinstance(part, Facts):
        _facts(deck, part)
    elif isinstance(part, Lines):
        for sentence in part.sentences:
            if part.listed:
                _text(deck, f"– {sentence}", deck.big)
            else:
                _text(deck, sentence, deck.small, faint=True)
    elif isinstance(part, Table):
        _table(deck, part, heading)
    else:
        assert isinstance(part, Entries)
        _entries(deck, part, heading)


def _text(deck: Deck, words: str, size: float, *, bold: bool = False, faint: bool = False) -> None:
    if words:
        deck.text([[(words, bold, "")]], size, faint=faint)


def _chart(deck: Deck, chart: Chart, words: Sequence[str], title: str, *, low: bool, below: float) -> None:
    """A chart that can be edited, above what has to be known to read it, and what else its section has where it fits.

    Args:
        deck: the slides.
        chart: what it shows.
        words: what has to be known, beside its notes.
        title: its own; empty where the heading of the slide says it.
        low: whether it is no higher than it has to be.
        below: how high what follows is, points.
    """
    told = [*words, *chart.notes]
    notes = sum(measure.height(sentence, WIDTH - PADDING - 1, deck.small) + GAP for sentence in told)
    least = LEAST_CHART if deck.small == SMALL or low else ROOMY_CHART
    if deck.left() < least + notes + (TITLE if title else 0):
        deck.go_on()
    deck.note(told)
    _text(deck, title, deck.big, bold=True)
    room = deck.left() - notes
    if room - below >= least:
        room -= below
    deck.chart(chart, WIDTH, min(room, LOW_CHART) if low else room)
    for sentence in told:
        _text(deck, sentence, deck.small, faint=True)


def _facts(deck: Deck, part: Facts) -> None:
    """Key numbers as a table of one row; other facts one below the other."""
    if not part.facts:
        return
    if part.boxed:
        rows = [[getattr(fact, name) for fact in part.facts] for name in ("label", "value", "note")]
        shares, sizes = [1 / len(part.facts)] * len(part.facts), (deck.small, 2 * deck.big, deck.small)
        heights = [_row_height(row, shares, size, bold=True) for row, size in zip(rows, sizes, strict=True)]
        deck.table(rows[0], rows[1:], shares, [False] * len(shares), sizes, heights)
        deck.at += 2 * GAP
        return
    rows = [[fact.label, fact.value, fact.note] for fact in part.facts]
    _rows(deck, [[_("Fact"), _("Value"), _("Year or source")], *rows], [0.3, 0.45, 0.25], [False] * 3, deck.small)


def _table(deck: Deck, table: Table, heading: str) -> None:
    columns = table.on_paper().columns
    heads, numbers = [column.label for column in columns], [column.kind != "text" for column in columns]
    size, shares = _letters(table, heads, deck.small)
    rows = list(table.printed())
    titled = table.title != heading
    tall = TITLE * titled + sum(_row_height(row, shares, size, bold=True) for row in (heads, *rows))
    if len(rows) <= SHORT_TABLE and deck.left() < tall < BOTTOM - TOP:
        deck.go_on()
    if titled:
        _text(deck, table.title, deck.big, bold=True)
    # What short heads mean has to stand on every slide that has them.
    above = table.notes if any(column.short for column in table.columns) else ()
    below = [note for note in (*(() if above else table.notes), table.remainder()) if note]
    _rows(deck, [heads, *rows], shares, numbers, size, above, below)
    for note in below:
        _text(deck, note, deck.small, faint=True)


def _letters(table: Table, heads: Sequence[str], most: float) -> tuple[float, list[float]]:
    """The largest letters, of ``most`` points, in which no word of a table is broken, and the shares of its columns."""
    longest = table.longest()
    for size in (*(small for small in reversed(LETTERS) if SMALL < small <= most), SMALL):
        shares = measure.shares(heads, table.weights(), longest, WIDTH, size, 5 * PADDING)
        words = [max([*measure.words(head), word], key=len) for head, word in zip(heads, longest, strict=True)]
        widths = [measure.width(word, size, bold=True) + 4 * PADDING for word in words]
        if all(wide <= WIDTH * share for wide, share in zip(widths, shares, strict=True)):
            break
    return size, shares


def _rows(
    deck: Deck,
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    numbers: Sequence[bool],
    size: float,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
) -> None:
    """A table, on as many slides as it takes, its head on each, and above it what is needed to read it.

    What is said ``below`` it has room on the slide of its last rows.
    """
    said_below = GAP / 2 + sum(measure.height(words, WIDTH - PADDING - 1, deck.small) + GAP for words in below)
    explained = sum(measure.height(words, WIDTH - PADDING, deck.small) + GAP for words in above)
    head, heights = _row_height(rows[0], shares, size, bold=True), [_row_height(row, shares, size) for row in rows[1:]]
    counts = spread(heights, deck.left() - explained - head, BOTTOM - TOP - explained - head, said_below)
    at = 1
    for place, count in enumerate(counts):
        if place:
            deck.go_on()
        if not count:
            continue
        for words in above:
            _text(deck, words, deck.small, faint=True)
        told, tall = rows[at : at + count], heights[at - 1 : at - 1 + count]
        deck.table(rows[0], told, shares, numbers, [size] * (count + 1), [head, *tall])
        deck.at += GAP / 2
        at += count


def spread(heights: Sequence[float], first: float, room: float, below: float = 0) -> list[int]:
    """How many things stand on each slide: on as few slides as can be, each as full as the others.

    Args:
        heights: of the things, points.
        first: how much room the slide has on which they begin, points; where it is too little, none stands there.
        room: how much each other one has, points.
        below: what the last one has to leave free, points.
    """
    fewest = _filled(heights, first, room, below)
    evenly = fewest
    for less in range(STEP, int(room), STEP):
        fuller = _filled(heights, min(first, room - less), room - less, below)
        if len(fuller) > len(fewest) or (fewest[0] and not fuller[0]):
            break
        evenly = fuller
    return evenly


def _filled(heights: Sequence[float], first: float, room: float, below: float) -> list[int]:
    counts, left = [0], first
    for place, tall in enumerate(heights):
        needed = tall + (below if place == len(heights) - 1 else 0)
        # What is higher than a slide stands on one of its own all the same.
        if needed > left and (counts[-1] or (len(counts) == 1 and first < room)):
            counts.append(0)
            left = room
        counts[-1] += 1
        left -= tall
    return counts


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
        deck.text(runs, deck.small, faint=True)
        return
    if part.title != heading:
        _text(deck, part.title, deck.big, bold=True)
    written = [list(_paragraphs(entry)) for entry in part.entries]
    heights = [deck.height(paragraphs, deck.small) + GAP for paragraphs in written]
    # What is said of the rest stands below the last one.
    note = measure.height(part.note, WIDTH - PADDING - 1, deck.small) + GAP if part.note else 0.0
    at = 0
    for place, count in enumerate(spread(heights, deck.left() + GAP, BOTTOM - TOP + GAP, note)):
        if place:
            deck.go_on()
        for paragraphs in written[at : at + count]:
            deck.text(paragraphs, deck.small)
        at += count
    _text(deck, part.note, deck.small, faint=True)


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
