"""The closed lists behind every facet: which codes exist, what they mean, what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from icc_data.text import fold

VOCABULARIES = (
    "policy_area",
    "theme",
    "target_group",
    "practice_type",
    "practice_area",
    "commitment",
    "network",
    "membership_status",
)


@dataclass(frozen=True)
class VocabularyTerm:
    """One term: its code, its place, its labels and definitions, the term it belongs to, and what it was called."""

    vocabulary: str
    code: str
    position: int
    label_en: str
    label_fr: str = ""
    definition_en: str = ""
    definition_fr: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """All terms, in the order of their lists.

    Args:
        terms: every term of every list, in any order.
    """

    terms: tuple[VocabularyTerm, ...] = field(default=())

    @cached_property
    def _by_list(self) -> dict[str, dict[str, VocabularyTerm]]:
        lists: dict[str, dict[str, VocabularyTerm]] = {name: {} for name in VOCABULARIES}
        for term in sorted(self.terms, key=lambda t: (t.vocabulary, t.position)):
            lists.setdefault(term.vocabulary, {})[term.code] = term
        return lists

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], str]:
        # A code means itself, whatever else is called so; then English, then French, then what was a label once.
        names = [
            *((term, alias) for term in self.terms for alias in term.aliases),
            *((term, term.label_fr) for term in self.terms),
            *((term, term.label_en) for term in self.terms),
            *((term, term.code) for term in self.terms),
        ]
        return {(term.vocabulary, fold(name)): term.code for term, name in names if name}

    def codes(self, vocabulary: str) -> tuple[str, ...]:
        """The codes of one list in its order; an unknown list has none."""
        return tuple(self._by_list.get(vocabulary, {}))

    def term(self, vocabulary: str, code: str) -> VocabularyTerm | None:
        """The term with this code, or None."""
        return self._by_list.get(vocabulary, {}).get(code)

    def find(self, vocabulary: str, text: str) -> str | None:
        """The code that a text names: its code, a label in English or French, or an earlier one, in any case."""
        return self._by_name.get((vocabulary, fold(text)))

    def label(self, vocabulary: str, code: str, language: str = "en") -> str:
        """What a code is called in a language (``en`` or ``fr``), in English where French is missing."""
        term = self.term(vocabulary, code)
        if term is None:
            return code
        return (term.label_fr if language == "fr" else "") or term.label_en

    def definition(self, vocabulary: str, code: str, language: str = "en") -> str:
        """What a code means in a language; empty where nobody has written it down."""
        term = self.term(vocabulary, code)
        if term is None:
            return ""
        return (term.definition_fr if language == "fr" else "") or term.definition_en

    def names(self, vocabulary: str, code: str) -> tuple[str, ...]:
        """All that a code is understood by: itself, its labels, and earlier ones."""
        term = self.term(vocabulary, code)
        labels = (term.label_en, term.label_fr or term.label_en, *term.aliases) if term else ()
        return (code, *labels)

    @classmethod
    def of(cls, terms: Iterable[VocabularyTerm]) -> Vocabulary:
        """A vocabulary of these terms."""
        return cls(tuple(terms))
