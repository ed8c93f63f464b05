"""Commands speak the language of the terminal, and a report the one that it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from icc_data.i18n import of_environment
from tests.helpers.commands import UNUSABLE, run


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CA"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "pt_PT.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_BE@euro"}, "fr"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANGUAGE": "tlh:fr:en"}, "fr"),
    ],
)
def test_the_language_of_the_terminal_is_that_of_its_variables(variables: dict[str, str], language: str):
    assert of_environment(variables) == language


def test_a_language_that_there_is_not_is_refused(atlas_file: Path, tmp_path: Path):
    file = tmp_path / "a.pdf"
    result = run("report", "city", "Bilbao", "--lang", "tlh", "--output", file, "--database", atlas_file)
    assert result.exit_code == UNUSABLE
    assert "There is no language “tlh”. There are: en, fr." in result.stderr
