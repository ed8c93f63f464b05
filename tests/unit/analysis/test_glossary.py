"""The words of the atlas."""

from __future__ import annotations

import pytest

from icc_data.analysis.glossary import GLOSSARY, entries, meaning


def test_every_word_is_listed_once_in_alphabetical_order():
    words = [word for word, _meaning in entries()]
    assert len(words) == len(GLOSSARY) == len(set(words))
    assert words == sorted(words, key=str.casefold)


def test_a_meaning_is_found_by_what_its_word_names():
    assert meaning("median").startswith("The one in the middle")
    with pytest.raises(KeyError):
        meaning("nothing")


@pytest.mark.parametrize("term", ["Gower", "feature", "lift", "quartile", "Wilson"])
def test_no_meaning_needs_a_term_of_statistics(term: str):
    assert not [name for name, (_word, words) in GLOSSARY.items() if term.casefold() in words.casefold()]
