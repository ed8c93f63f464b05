"""The options of a practice card: which are ticked, which are not, and of which that cannot be told.

Text that was extracted from a form loses its layout: columns interleave, boxes turn into other signs or vanish.
So an option is found by its label wherever it stands, and only the sign right beside the label counts. Whether
signs stand before or after their labels is taken from the card itself; where it shows neither, nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from icc_data.i18n import language, mark, translate
from icc_data.incoming.readers.form_words import options, words
from icc_data.model.vocabulary import Vocabulary
from icc_data.text import fold

SECTIONS = ("target_group", "practice_type", "practice_area")
_IN_WORDS = {
    "target_group": mark("target group"),
    "practice_type": mark("practice type"),
    "practice_area": mark("practice area"),
}

# The signs of forms and what Word's symbol fonts leave behind (private use area).
_YES = set("☒⊠☑✓✔🗹🗷🗵🗸✅⮽⮾⛝⌧◉⦿🔘\uf0fe\uf0fd\uf078\uf052\uf053\uf0fc")
_NO = set("☐◻❏❑❐❒▢⬜◽⬚○◯⚪⭘❍\uf0a8\uf06f\uf0a3\uf071\uf072\uf0a1\uf06d")
_CROSS, _FILLED, _SQUARE = set("✗✘✕✖❌❎"), set("■◼⬛◾●⬤⚫\uf06c\uf06e"), "□"
# Of the signs that say yes, those that are crosses: beside a check mark they may say no.
_CROSSED, _CHECKED = set("☒⊠🗹🗷🗵⮽⮾⛝⌧") - set("🗹"), set("☑✓✔✅🗸🗹")
# What begins a point of a list as well, where no empty sign stands beside it.
_POINTS = set("●⬤⚫\uf06c")
_SIGNS = "".join(_YES | _NO | _CROSS | _FILLED) + _SQUARE + "\ufffd"
_ITEM = re.compile(
    rf"(?P<box>\[\s*[xX✓✔]?\s*\]|\(\s*[xX✓✔]?\s*\))|(?P<sign>[{_SIGNS}])|(?P<aside>\([^()]*\))|(?P<word>[^\W_]+)"
)
_JOINING = {fold(word) for word in words("joining")}
_SAID = {fold(word): said == "yes" for said in ("yes", "no") for word in words(said)}
_PARTS = re.compile(rf"[,;|\n•·▪◦{''.join(_POINTS)}]|(?:^|\s)[-–*](?=\s)")


@dataclass(frozen=True)
class Choices:
    """The options of one list.

    Attributes:
        ticked: codes with a sign that says yes.
        not_ticked: codes with a sign that says no.
        unknown: codes without a sign of their own, or with signs that contradict each other.
    """

    ticked: tuple[str, ...]
    not_ticked: tuple[str, ...]
    unknown: tuple[str, ...]


class _Item(NamedTuple):
    """A sign (``mark``), an option (``label``), words that are no option (``other``), or text in brackets."""

    kind: str
    text: str
    line: int
    value: bool | None = None
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Word:
    text: str
    line: int


# The lines of one list as the card shows them: its heading's section and its lines without the heading.
Stream = Sequence[tuple[str, str]]
# Lists and codes by the words of their options.
_Labels = dict[tuple[str, ...], tuple[tuple[str, str], ...]]


def read_choices(streams: Sequence[Stream], vocabulary: Vocabulary) -> tuple[dict[str, Choices], tuple[str, ...]]:
    """Read which options are ticked.

    Args:
        streams: the text between the headings, column by column where columns are known, each as lines of
            (section of the last heading, text).
        vocabulary: the closed lists; labels count in the languages of the cards, whatever joins their words.

    Returns:
        The choices by section, and notes on what could not be told and on options that no list has.
    """
    labels = _labels(vocabulary)
    parts = [(section, text) for stream in streams for section, text in stream]
    signs = _meaning_of_signs("".join(text for _, text in parts))
    bullets = () if any(signs[sign] for sign in _POINTS) else _POINTS
    rows = [[(section, items) for section, items in _items(stream, labels, signs)] for stream in streams if stream]
    before = _marks_before([items for row in rows for _, items in row])
    seen: dict[tuple[str, str], set[bool | None]] = {}
    notes: list[str] = []
    for (section, code), value in _assigned(rows, before):
        seen.setdefault((section, code), set()).add(value)
    for row in rows:
        for _, items in row:
            notes += _notes_on(items, before)
    marked = any(item.kind == "mark" and item.text not in bullets for row in rows for _, items in row for item in items)
    if not marked and (named := _named(parts, labels, vocabulary)):
        seen, notes = named
    choices = {section: _choices(section, seen, vocabulary) for section in SECTIONS}
    if before is None and marked:
        notes.append(translate("it cannot be told whether ticks stand before or after their options: none was taken"))
    for section, ticks in choices.items():
        if ticks.unknown:
            names = ", ".join(vocabulary.label(section, code, language()) for code in ticks.unknown)
            told = translate("{list}: no readable tick beside {names}")
            notes.append(told.format(list=translate(_IN_WORDS[section]), names=names))
    return choices, tuple(notes)


def _labels(vocabulary: Vocabulary) -> _Labels:
    """Options by the words of their labels: "Teachers / Trainers" and "Teachers and trainers" alike."""
    options_by_words: dict[tuple[str, ...], dict[tuple[str, str], None]] = {}
    for section in SECTIONS:
        for code in vocabulary.codes(section):
            names = [*vocabulary.names(section, code)]
            names += [name for named, of, name in options() if (named, of) == (section, code)]
            for name in names:
                options_by_words.setdefault(_counted(name.replace("_", " ")), {})[section, code] = None
    return {key: tuple(these) for key, these in options_by_words.items()}


def _counted(text: str) -> tuple[str, ...]:
    return tuple(word for word in fold(text).split() if word not in _JOINING)


def _named(
    parts: Stream, labels: _Labels, vocabulary: Vocabulary
) -> tuple[dict[tuple[str, str], set[bool | None]], list[str]] | None:
    """The options of a card that has no signs and names only what was chosen; None where it is no such card.

    A form whose signs were lost names all options of a list, or most of them. An option beside words that are none
    ("all but young people") is not taken.
    """
    seen: dict[tuple[str, str], set[bool | None]] = {}
    notes: list[str] = []
    for section in SECTIONS:
        text = "\n".join(text for heading, text in parts if heading == section)
        pieces = [[(piece, _only(piece, section, labels)) for piece in _PARTS.split(way)] for way in _ways(text)]
        best = max(pieces, key=lambda way: sum(bool(codes) - (codes is None) for _, codes in way))
        codes = {code for _, these in best for code in these or ()}
        if len(codes) == len(vocabulary.codes(section)):
            return None
        seen |= {(section, code): {True} for code in codes}
        notes += [
            translate("“{text}” is no option that the card’s lists have: not taken").format(text=piece.strip())
            for piece, c in best
            if c is None
        ]
        if codes:
            names = ", ".join(
                vocabulary.label(section, code, language()) for code in vocabulary.codes(section) if code in codes
            )
            told = translate("{list}: the card has no signs, what it names was taken as chosen: {names}")
            notes.append(told.format(list=translate(_IN_WORDS[section]), names=names))
    return None if 2 * len(seen) > sum(len(vocabulary.codes(section)) for section in SECTIONS) else (seen, notes)


def _ways(text: str) -> tuple[str, str]:
    """A list's text with a line as an option each, and with options that go on over lines."""
    return text, text.replace("\n", " ")


def _only(text: str, section: str, labels: _Labels) -> tuple[str, ...] | None:
    """The options that a text consists of; none where it is empty, None where it has other words as well."""
    keys, codes, at = _counted(text), list[str](), 0
    while at < len(keys):
        for end in range(len(keys), at, -1):
            if of_list := [code for named, code in labels.get(keys[at:end], ()) if named == section]:
                codes += of_list
                at = end
                break
        else:
            return None
    return tuple(codes)


def _meaning_of_signs(text: str) -> dict[str, bool | None]:
    """What each sign says in this text.

    A bare cross beside ticks, or a crossed box beside checked ones, may mean no; a filled sign alone may be a bullet;
    an empty square may stand for any sign that was lost, unless some other sign on the card survived as a tick.
    """
    has_tick = bool(_YES & set(text)) or bool(re.search(r"[\[(]\s*[xX✓✔]\s*[\])]", text))
    has_empty = bool(_NO & set(text)) or _SQUARE in text
    meaning: dict[str, bool | None] = {}
    meaning |= dict.fromkeys(_YES, True)
    if _CHECKED & set(text):
        meaning |= dict.fromkeys(_CROSSED, None)
    meaning |= dict.fromkeys(_NO, False)
    meaning |= dict.fromkeys(_CROSS, None if has_tick else True)
    meaning |= dict.fromkeys(_FILLED, True if has_empty and not has_tick else None)
    ticked = has_tick or bool(_CROSS & set(text)) or (bool(_FILLED & set(text)) and has_empty)
    meaning[_SQUARE] = False if ticked else None
    return meaning


def _items(stream: Stream, labels: _Labels, signs: dict[str, bool | None]) -> Iterator[tuple[str, list[_Item]]]:
    """The items of a stream, one list a run of lines below the same heading."""
    section, items, waiting = stream[0][0], list[_Item](), list[_Word]()

    def flush() -> None:
        items.extend(_options(waiting, labels))
        waiting.clear()

    for number, (heading, text) in enumerate(stream):
        if heading != section:
            flush()
            yield section, list(items)
            items.clear()
            section = heading
        for match in _ITEM.finditer(text):
            word, said = match["word"], _SAID.get(fold(match["word"] or match["aside"] or ""))
            if word and word not in ("x", "X") and said is None:
                waiting.append(_Word(word, number))
                continue
            flush()
            if said is not None:
                items.append(_Item("mark", match[0], number, said))
            elif match["aside"]:
                items.append(_Item("aside", match["aside"].strip("() "), number))
            else:
                value = True if word else bool(match["box"].strip("[]() ")) if match["box"] else None
                value = signs.get(match["sign"]) if match["sign"] else value
                items.append(_Item("mark", match[0], number, value))
    flush()
    yield section, items


def _options(words: Sequence[_Word], labels: _Labels) -> Iterator[_Item]:
    """Words as options, the longest label first; words between them are kept as they stand."""
    counted = [word for word in words if fold(word.text) not in _JOINING]
    keys = [fold(word.text) for word in counted]
    longest = max(map(len, labels), default=1)
    at, other = 0, list[_Word]()
    while at <= len(counted):
        sizes = range(min(longest, len(counted) - at), 0, -1)
        size = next((size for size in sizes if tuple(keys[at : at + size]) in labels), 0)
        if other and (size or at == len(counted)):
            yield _Item("other", " ".join(word.text for word in other), other[0].line)
            other = []
        if size:
            text = " ".join(word.text for word in counted[at : at + size])
            yield _Item("label", text, counted[at].line, options=labels[tuple(keys[at : at + size])])
        elif at < len(counted):
            other.append(counted[at])
        at += size or 1


def _marks_before(lists: Sequence[Sequence[_Item]]) -> bool | None:
    """Whether signs stand before their options, True, after them, False, or None where the card does not show it.

    A line or list that begins with a sign and ends with an option says before; the opposite says after.
    """
    votes: set[bool] = set()
    for items in lists:
        lines = [[item for item in items if item.line == line] for line in {item.line for item in items}]
        for some in (items, *lines):
            kinds = [item.kind == "mark" for item in some if item.kind != "aside"]
            if kinds and kinds[0] != kinds[-1]:
                votes.add(kinds[0])
    return votes.pop() if len(votes) == 1 else None


def _value(items: Sequence[_Item], at: int, before: bool | None) -> bool | None:
    """What the sign right beside an option says."""
    if before is None:
        return None
    step = -1 if before else 1
    beside = at + step
    while not before and beside < len(items) and items[beside].kind == "aside":
        beside += step
    inside = 0 <= beside < len(items) and items[beside].kind == "mark"
    return items[beside].value if inside else None


def _assigned(
    rows: Sequence[Sequence[tuple[str, list[_Item]]]], before: bool | None
) -> Iterator[tuple[tuple[str, str], bool | None]]:
    """Every option found with its sign. A label that several lists have ("Other") goes to its own heading's list,
    unless columns are interleaved: then to the list of the option before it."""
    lists = [part for row in rows for part in row]
    interleaved = any(
        len(item.options) == 1 and item.options[0][0] != section for section, items in lists for item in items
    )
    present = list(dict.fromkeys(section for section, _ in lists))
    shared = [item for _, items in lists for item in items if len(item.options) > 1]
    in_order = iter(present) if interleaved and len(shared) == len(present) else None
    last = ""
    for section, items in lists:
        for at, item in enumerate(items):
            if item.kind != "label":
                continue
            owner = item.options[0][0]
            if len(item.options) > 1:
                owner = section if not interleaved else next(in_order) if in_order else last or section
            last = owner
            for option in item.options:
                if option[0] == owner:
                    yield option, _value(items, at, before)


def _notes_on(items: Sequence[_Item], before: bool | None) -> Iterator[str]:
    for at, item in enumerate(items):
        if item.kind == "other":
            told = translate("“{text}” is no option that the card’s lists have: not taken")
            if _value(items, at, before):
                told = translate("“{text}” is no option that the card’s lists have and is ticked: not taken")
            yield told.format(text=item.text)
        elif item.kind == "aside" and at and items[at - 1].kind == "label" and item.text:
            told = translate("the card adds “{text}” to “{option}”")
            yield told.format(text=item.text, option=items[at - 1].text)


def _choices(section: str, seen: dict[tuple[str, str], set[bool | None]], vocabulary: Vocabulary) -> Choices:
    codes = vocabulary.codes(section)
    ticked = tuple(code for code in codes if seen.get((section, code)) == {True})
    not_ticked = tuple(code for code in codes if seen.get((section, code)) == {False})
    return Choices(ticked, not_ticked, tuple(c for c in codes if c not in ticked and c not in not_ticked))
