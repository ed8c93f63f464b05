"""A term that is called otherwise now is still understood by its old labels, wherever somebody wrote them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from icc_data import queries
from icc_data.incoming.add import add
from icc_data.incoming.check import load_data, valid_data
from icc_data.incoming.refresh.applying import apply_review
from icc_data.incoming.refresh.review import COLUMNS
from icc_data.store.making import build_in_memory

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder


@pytest.fixture
def renamed(data_folder: DataFolder) -> DataFolder:
    """The theme Sport, called Games since."""
    data_folder.edit("terms", 4, label_en="Games", label_fr="Jeux", aliases="Sports and games; Activités sportives")
    return data_folder


@pytest.mark.parametrize("label", ["Sports and games", "activites sportives", "Games", "Jeux", "sport"])
def test_a_table_from_outside_may_give_any_of_its_names(renamed: DataFolder, tmp_path: Path, label: str) -> None:
    (tmp_path / "new.csv").write_text(f"title,city_ids,themes\nA garden,Cork,{label}\n", encoding="utf-8")
    add([tmp_path / "new.csv"], renamed.path)
    assert renamed.rows("practices")[-1]["themes"] == "sport"


def test_an_address_may_give_an_old_name(renamed: DataFolder) -> None:
    with build_in_memory(valid_data(renamed.path)) as connection:
        options = queries.options(connection)
    assert options.find("theme", "Sports and Games") == "sport"
    assert options.label("theme", "sport") == "Games"


def test_a_review_that_calls_a_term_otherwise_keeps_its_old_labels(data_folder: DataFolder, tmp_path: Path) -> None:
    head = {
        "record": "1",
        "decision": "yes",
        "standing": "changed",
        "table": "terms",
        "key": "policy_area / public_space",
    }
    cell = {"record": "1", "column": "label_en", "old": "Public space", "new": "Squares"}
    french = {"record": "1", "column": "label_fr", "old": "Espace public", "new": "Places"}
    rows = [",".join(f'"{row.get(name, "")}"' for name in COLUMNS) for row in (head, cell, french)]
    (tmp_path / "review.csv").write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    apply_review(tmp_path / "review.csv", data_folder.path)
    vocabulary = valid_data(data_folder.path).vocabulary
    # Its old English label says the same as its code.
    assert valid_data(data_folder.path).terms[3].aliases == ("Espace public",)
    for name in ("Public space", "Espace public", "Squares", "Places"):
        assert vocabulary.find("policy_area", name) == "public_space"


def test_a_folder_from_before_there_were_aliases_is_read_as_ever(data_folder: DataFolder) -> None:
    text = data_folder.text("terms")
    data_folder.put("terms", "\n".join(line.rpartition(",")[0] for line in text.splitlines()) + "\n")
    assert load_data(data_folder.path)[1] == []
