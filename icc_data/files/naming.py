"""Names of files that say what is inside, whatever the letters, and that every system takes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from icc_data.i18n import translate as _
from icc_data.text import fold

if TYPE_CHECKING:
    from icc_data.files.export import Provenance

LONGEST = 200
"""Bytes of a name: systems take 255, and programs that download or copy a file add to it."""
# Letters of a name, of its title, and of what it says of own results.
_MOST, _OF_TITLE, _OF_OWN = 100, 40, 24
# What belongs to a letter of Hindi or Thai, which would make another word without it.
_SIGNS = frozenset({"Mn", "Mc"})
# Signs that choose a picture of a letter and are seen nowhere.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_APOSTROPHES = str.maketrans("", "", "'’")
# Typed words stand in quotation marks; of what stands there, or elsewhere, another sign may mean another choice.
_OPENING = ("“", "«", '"')
_TYPED = re.compile(r"[“«\"]\s*\w+\s*[”»\"]")
_TOLD_WITHOUT = re.compile(r"[^\W_]|[\s:–’()]|(?<=\w)[-.,’'](?=\w|\s)")


def file_name(title: str, facts: Provenance, suffix: str) -> str:
    """A file name of letters, digits, hyphens and underscores, of at most 100 letters and ``LONGEST`` bytes.

    Letters of Latin scripts are without accents and small; those of others stay, as they have no others to stand for
    them. Where the name has no room for all that was chosen, or leaves out signs that may mean another choice, it ends
    in a digest: two selections never go by one name.

    Args:
        title: what the file holds, in words.
        facts: gives the selection, the date and whether own results are in it.
        suffix: what the name ends in.
    """
    end = f"_{facts.as_of.isoformat()}{suffix}"
    digest = "_" + sha256("\n".join((title, *facts.selection)).encode("utf-8", "replace")).hexdigest()[:6]
    most = _MOST - len(end) - len(digest)
    name = "icc-" + (_slug(title, _OF_TITLE, _OF_TITLE * 2) or "data")
    # A plain table has no other place to say so.
    name += f"_{_slug(_('with own results'), _OF_OWN, _OF_OWN * 2)}" if facts.own else ""
    told = _is_told(title, _slug(title, _OF_TITLE, _OF_TITLE * 2))
    for line in facts.selection:
        room, room_in_bytes = most - len(name) - 1, LONGEST - len((name + end + digest).encode()) - 1
        choice = _slug(line, room, room_in_bytes) if min(room, room_in_bytes) > 2 else ""
        told = told and _is_told(line, choice)
        name += f"_{choice}" if choice else ""
    return name + ("" if told else digest) + end


def attachment(name: str) -> str:
    """The header ``Content-Disposition`` of a file to keep, by RFC 6266.

    Args:
        name: of the file. Programs that know ASCII alone, as ``curl --remote-header-name``, get what of it is that, and
            a digest of the rest.
    """
    if name.isascii():
        return f'attachment; filename="{name}"'
    digest = sha256(name.encode()).hexdigest()[:6]
    stem, dot, suffix = name.rpartition(".")
    words = [re.sub("[^a-z0-9]+", "-", part).strip("-") for part in stem.split("_")]
    plain = "_".join([*(word for word in words if word), digest]) + dot + suffix
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _is_told(words: str, slug: str) -> bool:
    """Whether the part of a name says these words, and could say no others."""
    words = unicodedata.normalize("NFC", words)
    plain = _TYPED.fullmatch(words) if words.startswith(_OPENING) else not _TOLD_WITHOUT.sub("", words)
    return bool(plain) and slug == _slug(words, len(words) * 4, len(words) * 16)


@lru_cache(maxsize=1000)
def _slug(text: str, most: int, most_bytes: int) -> str:
    """The words of a text with hyphens between them, cut at a word where one fits."""
    words: list[str] = []
    for word in _words(text):
        longer = "-".join([*words, word])
        if words and (len(longer) > most or len(longer.encode()) > most_bytes):
            break
        words.append(word)
    return _cut("-".join(words), most, most_bytes)


def _words(text: str) -> list[str]:
    plain = _UNSEEN.sub("", unicodedata.normalize("NFC", text.translate(_APOSTROPHES)))
    kept = ""
    for character in plain:
        if unicodedata.category(character) not in _SIGNS:
            kept += _letters(character)
        elif kept[-1:] > "\x7f":
            kept += character
    return kept.split()


@lru_cache(maxsize=10_000)
def _letters(character: str) -> str:
    """A letter as a name has it: of a Latin script by plain letters, else as it is; a space for what is none."""
    plain = fold(character)
    kept = plain if plain.isascii() else unicodedata.normalize("NFC", character.lower())
    return kept if kept.isalnum() else " "


def _cut(word: str, most: int, most_bytes: int) -> str:
    short = word[:most].encode()[:most_bytes].decode(errors="ignore")
    # A letter without the signs that follow it is another one.
    while short and word[len(short) : len(short) + 1] and unicodedata.category(word[len(short)]) in _SIGNS:
        short = short[:-1]
    return short.rstrip("-")
