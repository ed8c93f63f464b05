"""Files of tables at addresses are named by what is in them, for programs that know ASCII alone too."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from tests.helpers.asked import asked
from tests.unit.conftest import DataFolder
from tests.unit.serving.test_open_data import app_of, open_data


def name(folder: DataFolder, address: str) -> str:
    return asked(app_of(open_data(folder)), f"/atlas/data/{address}")[1]["content-disposition"]


def test_a_file_is_named_in_the_letters_of_what_was_typed_and_in_ascii(data_folder: DataFolder):
    told = name(data_folder, "practices.csv?q=" + quote("Київ"))
    assert unquote(told).endswith("; filename*=UTF-8''icc-practices_київ_2025-02-03.csv")
    assert re.match(r'attachment; filename="icc-practices_2025-02-03_[0-9a-f]{6}\.csv"; ', told)


def test_files_about_two_cities_have_two_names(data_folder: DataFolder):
    names = [name(data_folder, f"peers.csv?my_city={city}") for city in ("cork", "lisbon")]
    assert ["cork" in names[0], "lisbon" in names[1]] == [True, True]
