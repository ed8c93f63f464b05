"""Words beside a place's name that say what it is: “City of”, “kommune”, “-gu”; and those that say what follows.

They stand in the lexicon of their language, beside its words of time: ``rank before`` and ``rank after`` a name,
``rank ending`` grown to it (“Reykjavíkurborg”), ``genitive`` an ending that a name takes before its rank (“Göteborgs
stad”), ``place label`` the head of a form (“City:”).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from icc_data.model.period_lexicon import PLACE_MEANINGS, words_of_places
from icc_data.text import fold

_BEFORE, _AFTER, _ENDING, _GENITIVE, _LABEL = PLACE_MEANINGS
# What is left of a name without its ending must still be one.
_SHORTEST_NAME = 2


class Ranks:
    """The ranks of places in every language whose words are read.

    Args:
        words: a meaning of ``PLACE_MEANINGS`` and one of its words or phrases, as the lexicons write them.
    """

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        phrases: dict[str, dict[tuple[str, ...], None]] = {meaning: {} for meaning in PLACE_MEANINGS}
        for meaning, word in words:
            phrases[meaning].setdefault(tuple(fold(word).split()))
        self._before, self._after = phrases[_BEFORE], phrases[_AFTER]
        self.first_words = frozenset(phrase[0] for phrase in self._before)
        """The words with which a rank begins that stands before a name, folded."""
        self.last_words = frozenset(phrase[-1] for phrase in self._after)
        """The words with which a rank ends that stands after a name, folded."""
        self.labels = frozenset(" ".join(label) for label in phrases[_LABEL])
        self._endings = {meaning: sorted((w[0] for w in phrases[meaning]), key=len) for meaning in (_ENDING, _GENITIVE)}
        self.longest = max(map(len, (*self._before, *self._after)), default=0)

    def names(self, text: str) -> Iterator[str]:
        """What a place may be called without its rank, the likeliest first.

        Args:
            text: a name as it is written, such as “Comune di Modena”, “Bergen kommune”, “Shevchenkivskyi district of
                Kyiv”, “Guro-gu” or “Reykjavíkurborg”.

        Yields:
            Folded names, none of them the text itself; nothing where no rank stands beside a name.
        """
        words = tuple(fold(text).split())
        for begin in range(min(self.longest, len(words) - 1), -1, -1):
            if begin and words[:begin] not in self._before:
                continue
            for end in range(min(self.longest, len(words) - begin - 1), -1, -1):
                if (end and words[-end:] not in self._after) or not begin + end:
                    continue
                name = words[begin : len(words) - end]
                yield " ".join(name)
                if end:
                    yield from self._shortened(name, _GENITIVE)
        yield from self._between(words)
        yield from self._shortened(words, _ENDING)

    def after(self, words: Sequence[str]) -> int:
        """How many of these folded words are a rank as it stands after a name; 0 where they begin otherwise."""
        return next((size for size in range(len(words), 0, -1) if tuple(words[:size]) in self._after), 0)

    def _between(self, words: tuple[str, ...]) -> Iterator[str]:
        """A quarter and its city without what parts them: “Shevchenkivskyi district of Kyiv”."""
        for at in (at for at in range(1, len(words) - 1) if words[at] in self.first_words):
            for size in range(min(self.longest, len(words) - at - 1), 0, -1):
                if words[at : at + size] in self._before:
                    yield " ".join((*words[:at], *words[at + size :]))
                    break

    def _shortened(self, name: tuple[str, ...], meaning: str) -> Iterator[str]:
        for ending in self._endings[meaning] if name else ():
            if name[-1].endswith(ending) and len(name[-1]) >= len(ending) + _SHORTEST_NAME:
                yield " ".join((*name[:-1], name[-1].removesuffix(ending)))


@lru_cache(maxsize=1)
def ranks() -> Ranks:
    """The ranks of the lexicons, read once."""
    return Ranks(words_of_places())
