"""Texts are compared without case, accents and punctuation, and identifiers are readable."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.text import fold, short_digest, slugify

texts = st.text(max_size=40) | st.text(alphabet="aÉß _-.'’ \tøİǅﬁ½", max_size=20)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Malmö", "malmo"),
        ("MALMÖ", "malmo"),
        ("Łódź", "lodz"),
        ("Århus / Ærø", "arhus aero"),
        ("İstanbul", "istanbul"),
        ("Iğdır", "igdir"),
        ("Straße", "strasse"),
        ("L’Hospitalet", "l hospitalet"),
        ("l'hospitalet", "l hospitalet"),
        ("public_space", "public space"),
        ("  A --  kitchen… ", "a kitchen"),
        ("a _ b", "a b"),
        ("Київ", "киів"),
        ("Αθήνα", "αθηνα"),
        ("½ ﬁne", "1 2 fine"),
        ("", ""),
        ("%_'\"", ""),
    ],
)
def test_a_text_is_folded(text: str, folded: str):
    assert fold(text) == folded


@given(texts)
def test_folding_twice_changes_nothing_more(text: str):
    assert fold(fold(text)) == fold(text)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text.casefold())


# Unicode takes those of these letters apart that are folded; of the others the examples above tell.
APART = st.characters(max_codepoint=0xD7FF).filter(lambda letter: not set("øłđæœıþðħŧŋ") & set(decomposed(letter)))


@given(st.text(alphabet=APART))
def test_a_whole_text_is_folded_as_unicode_takes_it_apart(text: str):
    letters = "".join(letter for letter in decomposed(text) if not unicodedata.combining(letter)).casefold()
    assert fold(text) == " ".join(re.findall(r"[^\W_]+", letters))


@given(texts)
def test_a_folded_text_has_single_spaces_between_words_and_none_around(text: str):
    assert fold(text) == " ".join(fold(text).split())


@given(texts)
def test_case_does_not_count(text: str):
    assert fold(text.casefold()) == fold(text)


@given(texts)
def test_how_an_accent_is_encoded_does_not_count(text: str):
    forms = {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert forms == {fold(text)}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("A kitchen of languages", "a-kitchen-of-languages"),
        ("L’Hospitalet de Llobregat", "lhospitalet-de-llobregat"),
        ("Bosnia & Herzegovina", "bosnia-herzegovina"),
        ("public_space", "public-space"),
        ("", ""),
        ("…", ""),
    ],
)
def test_a_slug_is_the_folded_words_joined_by_hyphens(text: str, slug: str):
    assert slugify(text) == slug


def test_a_slug_is_cut_between_words():
    assert slugify("one two three four", length=12) == "one-two"
    assert slugify("one two three four", length=13) == "one-two-three"


def test_a_single_word_that_is_too_long_is_cut():
    assert slugify("x" * 100) == "x" * 60


@given(texts, st.integers(1, 80))
def test_a_slug_is_never_longer_than_allowed_and_never_begins_or_ends_with_a_hyphen(text: str, length: int):
    slug = slugify(text, length)
    assert len(slug) <= length
    assert slug == slug.strip("-")


@given(st.text(alphabet=st.characters(max_codepoint=0x17F, exclude_characters="µŉĸ"), max_size=40))
def test_a_slug_of_a_latin_text_is_a_valid_identifier(text: str):
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slugify(text))


def test_a_digest_is_quoted_by_its_first_twelve_digits():
    assert short_digest("3da87c3bbc21" + "f" * 52) == "3da87c3bbc21"
