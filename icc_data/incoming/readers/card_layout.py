"""A practice card taken apart into its texts, before anything is read from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from icc_data.incoming.readers.choices import SECTIONS
from icc_data.incoming.readers.form_words import CARD_HEADINGS, pattern, whole
from icc_data.incoming.readers.headed import Rows, Style, inside
from icc_data.incoming.readers.lines import Line
from icc_data.text import fold

_LETTERHEAD = r"\W*(?:{words})\W*(?:\(?ICC\)?)?\W*"
_ADDRESS = re.compile(
    r"avenue de l['’]europe|f-67075\b.*|tel\.?\s*[:.+].*|(?:https?://)?www\.coe\.int/?|"
    r"(?:page )?\d{1,3}(?: ?/ ?\d+)?",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"(?:this (?:project|publication|communication) (?:has been|reflects|was)|(?:co-?)?funded by the|"
    r"(?:le présent|ce) projet (?:a été|est) (?:financé|cofinancé)).*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[-–•*·]\s")
_WRAPPED_BELOW = 120
_LONGEST_TITLE = 250
# What says that another card begins where it comes again.
_BEGINS_A_CARD = {"title", "countries", *SECTIONS}


@dataclass(frozen=True)
class Card:
    """A card taken apart into its texts, before anything is read from them.

    Attributes:
        title: the practice's title; empty where the card has none.
        letterhead: the programme's name, where it stands in the title's place and no other title does.
        line: where the card starts.
        cells: the texts of the form by their heading.
        options: the options of the form, by columns.
        paragraphs: the description.
        unread: what stands in the form under a heading that no card has.
    """

    title: str
    letterhead: str
    line: int
    cells: Mapping[str, str]
    options: tuple[tuple[tuple[str, str], ...], ...]
    paragraphs: tuple[str, ...]
    unread: tuple[str, ...] = ()


def is_card(lines: Sequence[Line]) -> bool:
    """Whether lines may be those of a practice card: they have two headings that only a card has."""
    return len(Style.of(lines, CARD_HEADINGS).names(lines) & {*SECTIONS, "countries"}) >= 2


def cards_in(lines: Sequence[Line], apart: bool) -> list[Card]:
    """The cards of a file, each taken apart.

    Args:
        lines: the lines of the file.
        apart: whether each line is a paragraph of its own, as in HTML and Word.
    """
    style = Style.of(lines, CARD_HEADINGS)
    starts = _starts(lines, style, apart)
    return [
        _take_apart(lines[start:end], style, apart)
        for start, end in zip(starts, (*starts[1:], len(lines)), strict=True)
    ]


def _starts(lines: Sequence[Line], style: Style, apart: bool) -> list[int]:
    """Where each card begins: at what the form calls itself, else with the title above headings that come again."""
    starts, names, form_name = [0], set[str](), None
    for at, line in enumerate(lines):
        if names and form_name is None and whole("form name").fullmatch(line.text):
            form_name = at
        here = {head.name for cell in line.text.split("\t") if (head := style.begins(cell))}
        again = "description" in names and here & names & _BEGINS_A_CARD
        if here and names and (form_name is not None or again):
            start = _with_letterhead(lines, form_name) if form_name is not None else at
            starts.append(start if form_name is not None or "title" in here else _above(lines, at, apart))
            names, form_name = set(), None
        names |= here
    return starts


def _with_letterhead(lines: Sequence[Line], at: int) -> int:
    while at and (_is_letterhead(lines[at - 1].text) or _ADDRESS.fullmatch(lines[at - 1].text.strip())):
        at -= 1
    return at


def _above(lines: Sequence[Line], at: int, apart: bool) -> int:
    """Where the title begins that stands above a form; the form itself where what stands there is no title."""
    start = at - 1
    while not apart and start and lines[start].number - lines[start - 1].number == 1:
        start -= 1
    title = " ".join(line.text for line in lines[start:at]).strip()
    return start if len(title) <= _LONGEST_TITLE and not re.search(r"[.!;:]$", title) else at


def _is_letterhead(text: str) -> bool:
    return bool(re.fullmatch(_LETTERHEAD.format(words=pattern("letterhead")), text, re.IGNORECASE))


@dataclass
class _Parts:
    """The lines of a card's form and of its description, as they are gathered."""

    form: list[str] = field(default_factory=list)
    description: list[Line] = field(default_factory=list)


def _take_apart(lines: Sequence[Line], style: Style, apart: bool) -> Card:
    """A card's texts."""
    first = next((at for at, line in enumerate(lines) if _has_heading(line.text, style)), len(lines))
    rows = Rows(style, SECTIONS, ("description",))
    parts = _parted(list(rows.lines(lines[first:])), style)
    cells, options = _filled(_streams(parts.form))
    above, letterheads = _without_letterhead(lines[:first], apart)
    letterhead = letterheads[-1].text if letterheads else ""
    title = [line for line in _title_lines(above) if line.text.strip()]
    stated = re.sub(r"\s+", " ", cells.pop("title", "") or " ".join(line.text for line in title)).strip()
    paragraphs = tuple(_paragraphs(parts.description, apart))
    begins = fold(" ".join(paragraphs)).removeprefix("the ").removeprefix("le ")
    itself = bool(letterhead) and begins.startswith(fold(letterhead))
    return Card(
        stated or (letterhead if itself else ""),
        "" if stated else letterhead,
        next((line.number for line in (*title, *reversed(letterheads), *lines)), 0),
        cells,
        options,
        paragraphs,
        tuple(rows.unread),
    )


def _has_heading(text: str, style: Style) -> bool:
    return bool(inside(CARD_HEADINGS).search(text)) or any(style.begins(cell) for cell in text.split("\t"))


def _parted(lines: Sequence[Line], style: Style) -> _Parts:
    """The form and the description; headings that the form has not had yet go on with it below the description."""
    parts, names, in_text, wanted = _Parts(), set[str](), False, ""
    for line in lines:
        head = style.begins(line.text) if "\t" not in line.text else None
        names |= set() if in_text else {match.lastgroup or "" for match in inside(CARD_HEADINGS).finditer(line.text)}
        if head and head.name == "description" and (not in_text or head.mark == ":"):
            in_text, wanted = True, ""
            parts.description += [line._replace(text=head.rest)] if head.rest else []
        elif head and in_text and head.mark == ":" and head.name not in names:
            parts.form.append(line.text)
            names.add(head.name)
            # Of the lines below, options belong to their list; else at most one is the value, and the text goes on.
            in_text = head.name not in SECTIONS
            wanted = head.name if in_text and not head.rest else ""
        elif wanted or not in_text:
            parts.form.append(line.text)
            wanted = ""
        else:
            parts.description.append(line)
    return parts


def _without_letterhead(lines: Sequence[Line], apart: bool) -> tuple[list[Line], list[Line]]:
    """The lines without the blocks that only name the programme, and those blocks as one line each.

    A line that stands apart is a block of its own, as is the name of the form; else an empty line parts them.
    """
    blocks: list[list[Line]] = []
    for before, line in zip((None, *lines), lines, strict=False):
        named = any(given and whole("form name").fullmatch(given.text) for given in (before, line))
        if before is None or apart or named or line.number - before.number > 1:
            blocks.append([])
        blocks[-1].append(line)
    kept: list[Line] = []
    letterheads: list[Line] = []
    for block in blocks:
        name = re.sub(r"\s+", " ", " ".join(line.text for line in block)).strip()
        if _is_letterhead(name):
            letterheads.append(Line(block[0].number, name))
        else:
            kept += block
    return kept, letterheads


def _title_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of the title: those below "Example of good practice", else the last block above the form."""
    below = next((at + 1 for at, line in enumerate(lines) if whole("form name").fullmatch(line.text)), None)
    if below is not None and lines[below:]:
        return lines[below:]
    lines = lines[: None if below is None else below - 1]
    start = max(len(lines) - 1, 0)
    while start > 0 and lines[start].number - lines[start - 1].number == 1:
        start -= 1
    return lines[start:]


def _streams(rows: Sequence[str]) -> list[list[str]]:
    """The columns of a form's part where tabs keep them apart, else its lines in reading order."""
    blocks: list[list[str]] = []
    heading = inside(CARD_HEADINGS)
    for row in rows:
        headed = [bool(heading.match(cell)) for cell in row.split("\t") if cell.strip()]
        columns = len(headed) > 1 and all(headed)
        in_columns = bool(blocks) and "\t" in blocks[-1][0]
        if not blocks or columns or (in_columns and "\t" not in row and headed[:1] == [True]):
            blocks.append([])
        blocks[-1].append(row)
    return [stream for block in blocks for stream in _columns(block)]


def _columns(rows: Sequence[str]) -> list[list[str]]:
    cells = [row.split("\t") for row in rows]
    width = len(cells[0])
    if width > 1 and all(1 < len(row) <= width for row in cells):
        return [[row[at] if at < len(row) else "" for row in cells] for at in range(width)]
    return [[row.replace("\t", " ") for row in rows]]


def _by_heading(stream: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The lines of a stream without their headings, each with the heading that it stands below."""
    section = ""
    for text in stream:
        at = 0
        for match in inside(CARD_HEADINGS).finditer(text):
            yield section, text[at : match.start()]
            section, at = match.lastgroup or "", match.end()
        yield section, text[at:]


def _filled(
    streams: Sequence[Sequence[str]],
) -> tuple[dict[str, str], tuple[tuple[tuple[str, str], ...], ...]]:
    """The texts below their headings, and the options; headings stacked above one text share it."""
    cells: dict[str, str] = {}
    options: list[tuple[tuple[str, str], ...]] = []
    for stream in streams:
        texts: dict[str, str] = {}
        listed: list[tuple[str, str]] = []
        for section, text in _by_heading(stream):
            if section in SECTIONS:
                listed += [(section, text)] if text.strip() else []
            elif section and text.strip():
                texts[section] = f"{texts.get(section, '')} {text.strip()}".strip()
        stacked: list[str] = []
        for name in (match.lastgroup or "" for text in stream for match in inside(CARD_HEADINGS).finditer(text)):
            stacked = [] if name in SECTIONS else [*stacked, name]
            if name in texts:
                cells.update(dict.fromkeys(stacked, texts[name]))
                stacked = []
        options += [tuple(listed)] if listed else []
    return cells, tuple(options)


def _paragraphs(lines: Sequence[Line], apart: bool) -> Iterator[str]:
    """The description's paragraphs, lines joined that belong together, without the programme's imprint."""
    kept = [line for line in lines if line.text.strip() and not _ADDRESS.fullmatch(line.text.strip())]
    wrapped = not apart and all(len(line.text) <= _WRAPPED_BELOW for line in kept)
    paragraphs: list[str] = []
    last: Line | None = None
    for line in kept:
        text = re.sub(r"\s+", " ", line.text).strip()
        goes_on = last is not None and (
            (wrapped and line.number - last.number == 1)
            or (not re.search(r"[.!?:;”\"»)]$", last.text.strip()) and text[0].islower())
        )
        if goes_on and not _BULLET.match(text):
            paragraphs[-1] += f" {text}"
        else:
            paragraphs.append(text)
        last = line
    while paragraphs and _IMPRINT.fullmatch(paragraphs[-1]):
        paragraphs.pop()
    yield from paragraphs


def joined(paragraphs: Sequence[str]) -> str:
    """Paragraphs with an empty line between them, points of a list without."""
    text = "\n\n".join(paragraphs)
    return re.sub(rf"\n\n(?={_BULLET.pattern})", "\n", text)
