"""Every catalogue is whole: each message of the code is translated, and nothing else stands there."""

from __future__ import annotations

import csv
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from icc_data.i18n import LANGUAGES, LOCALE_DIRECTORY, read_catalogue
from tests.helpers.documents import ROOT, make

TRANSLATED = LANGUAGES[1:]
# What Markdown and Streamlit read in a text: bold, code, the address of a link, an icon, a new paragraph.
MARKS = re.compile(r"\*\*|`[^`]*`|\]\([^)]*\)|:material/\w+:|\n\n|</?[a-z]+")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The messages as the code has them now."""
    file = tmp_path_factory.mktemp("messages") / "atlas.pot"
    make("messages", f"MESSAGES={file}")
    with file.open("rb") as text:
        return read_po(text)


@pytest.fixture(scope="module", params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with (LOCALE_DIRECTORY / f"{request.param}.po").open("rb") as text:
        return read_po(text, locale=request.param, abort_invalid=True)


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def messages(catalogue: Catalog) -> dict[object, Message]:
    return {message.id: message for message in catalogue if message.id}


def named(text: str) -> set[str]:
    return {name for _before, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def test_there_is_a_language_beside_english():
    assert "fr" in TRANSLATED
    assert sorted(file.name for file in LOCALE_DIRECTORY.iterdir() if file.suffix != ".pot") == [
        f"{code}.po" for code in TRANSLATED
    ]


def test_every_message_is_translated(template: Catalog, catalogue: Catalog):
    translated = messages(catalogue)
    missing = [key for key in messages(template) if key not in translated or not all(forms(translated[key].string))]
    assert missing == []


def test_nothing_is_translated_that_nobody_says(template: Catalog, catalogue: Catalog):
    assert set(messages(catalogue)) - set(messages(template)) == set()
    assert list(catalogue.obsolete) == []


def test_no_translation_is_a_guess(catalogue: Catalog):
    assert [key for key, message in messages(catalogue).items() if message.fuzzy] == []


def test_a_translation_has_as_many_forms_as_its_language(catalogue: Catalog):
    wrong = [
        key
        for key, message in messages(catalogue).items()
        if isinstance(key, tuple) and len(forms(message.string)) != catalogue.num_plurals
    ]
    assert wrong == []


def test_a_translation_has_the_placeholders_of_its_message(catalogue: Catalog):
    wrong = []
    for key, message in messages(catalogue).items():
        wanted = [named(form) for form in forms(key)]
        for at, form in enumerate(forms(message.string)):
            # The form for one may leave the number out.
            right = named(form) == wanted[-1] or (len(wanted) > 1 and at == 0 and named(form) <= wanted[0] | wanted[1])
            if not right:
                wrong.append((form, wanted))
    assert wrong == []


def test_a_translation_is_marked_up_like_its_message(catalogue: Catalog):
    wrong = [
        (form, key)
        for key, message in messages(catalogue).items()
        for form in forms(message.string)
        if sorted(MARKS.findall(form)) not in [sorted(MARKS.findall(text)) for text in forms(key)]
    ]
    assert wrong == []


def test_a_translation_begins_and_ends_with_the_spaces_of_its_message(catalogue: Catalog):
    wrong = [
        form
        for key, message in messages(catalogue).items()
        for form in forms(message.string)
        if (form[:1].isspace(), form[-1:].isspace()) != (forms(key)[-1][:1].isspace(), forms(key)[-1][-1:].isspace())
    ]
    assert wrong == []


def straight(text: str) -> list[str]:
    """Its apostrophes as a typewriter has them; within code they are quotes."""
    return re.findall(r"\w*'\w*", re.sub(r"`[^`]*`|\bPIVOT [^.]*", "", text))


def test_apostrophes_are_typographic_in_every_language(template: Catalog, catalogue: Catalog):
    english = [text for key in messages(template) for text in forms(key)]
    translated = [text for message in messages(catalogue).values() for text in forms(message.string)]
    assert [text for text in (*english, *translated) if straight(text)] == []


def test_apostrophes_are_typographic_in_the_closed_lists():
    with (ROOT / "data" / "terms.csv").open(encoding="utf-8", newline="") as file:
        shown = [row[column] for row in csv.DictReader(file) for column in row if column.startswith(("label", "defin"))]
    assert len(shown) > 300
    assert [text for text in shown if straight(text)] == []


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path):
    (tmp_path / "fr.po").write_text("a message\n", encoding="utf-8")
    with pytest.raises(PoFileError):
        read_catalogue(tmp_path / "fr.po")


def test_the_template_has_what_stands_within_other_texts(template: Catalog):
    # pages/shared/peer_panel.py says it in an f-string.
    assert "All peers:" in messages(template)
