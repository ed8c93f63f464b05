"""What each reader coded is kept and checked, and how far the readers agree follows from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from icc_data import queries
from icc_data.analysis.agreement import Agreement, agreement, agreement_in_words, cohen_kappa
from icc_data.errors import AtlasError
from icc_data.incoming.add import add
from icc_data.incoming.check import load_data, valid_data
from icc_data.store.datapackage import package_files
from icc_data.store.making import build_in_memory

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

LIVING = Path(__file__).parents[3] / "data"


def coding(practice: str, reader: int, areas: str) -> dict[str, str]:
    return {"practice_id": practice, "reader": str(reader), "policy_areas": areas}


# Of four decisions (two practices, two areas) the readers agree in three.
CODINGS = [
    coding("kitchen-of-languages", 1, "education"),
    coding("kitchen-of-languages", 2, "education"),
    coding("drums-on-the-square", 1, "public_space; education"),
    coding("drums-on-the-square", 2, "public_space"),
]


def agreement_in(folder: Path) -> Agreement:
    with build_in_memory(valid_data(folder)) as connection:
        return agreement(queries.coding_agreement(connection), queries.coding_overlap(connection))


def problems_with(folder: DataFolder, rows: list[dict[str, str]]) -> list[tuple[int, str, str]]:
    folder.write("policy_area_codings", rows)
    return [(problem.line, problem.column, problem.value) for problem in load_data(folder.path)[1]]


def test_codings_by_both_readers_are_valid(data_folder: DataFolder) -> None:
    assert problems_with(data_folder, CODINGS) == []


def test_a_practice_with_one_reader_alone_is_a_problem(data_folder: DataFolder) -> None:
    assert problems_with(data_folder, CODINGS[:3]) == [(4, "practice_id", "drums-on-the-square")]


def test_a_reader_may_have_given_nothing(data_folder: DataFolder) -> None:
    assert problems_with(data_folder, [*CODINGS[:3], coding("drums-on-the-square", 2, "")]) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (coding("nowhere", 1, "education"), ("practice_id", "nowhere")),
        (coding("homework-club", 3, "education"), ("reader", "3")),
        (coding("homework-club", 1, "astronomy"), ("policy_areas", "astronomy")),
    ],
)
def test_what_is_not_known_is_a_problem(data_folder: DataFolder, row: dict[str, str], fault: tuple[str, str]) -> None:
    found = [(column, value) for line, column, value in problems_with(data_folder, [*CODINGS, row]) if line == 6]
    assert found[-1] == fault or fault in found


def test_the_same_reader_twice_is_a_problem(data_folder: DataFolder) -> None:
    assert (6, "practice_id", "drums-on-the-square, 2") in problems_with(data_folder, [*CODINGS, CODINGS[-1]])


def test_a_folder_without_codings_has_no_problems_and_none_are_published(data_folder: DataFolder) -> None:
    assert not data_folder.file("policy_area_codings").exists()
    assert load_data(data_folder.path)[1] == []
    assert not [name for name in package_files(data_folder.path) if name.startswith("policy_area_codings")]


def test_without_codings_nothing_is_said_of_agreement(data_folder: DataFolder) -> None:
    found = agreement_in(data_folder.path)
    assert (found.practices, found.in_common, found.jaccard, found.kappa) == (0, 0, None, None)
    assert found.by_area["kappa"].isna().all()


def test_codings_are_published_with_a_reference_to_the_practice(data_folder: DataFolder) -> None:
    data_folder.write("policy_area_codings", CODINGS)
    files = package_files(data_folder.path)
    assert files["policy_area_codings.csv"] == data_folder.file("policy_area_codings").read_bytes()
    assert b'"resource": "practices"' in files["policy_area_codings.schema.json"]


def test_codings_can_be_added_to_a_folder_that_has_none(data_folder: DataFolder, tmp_path: Path) -> None:
    lines = [",".join(CODINGS[0]), *(",".join(row.values()) for row in CODINGS)]
    (tmp_path / "codings.csv").write_text("\n".join(lines), encoding="utf-8")
    assert len(add([tmp_path / "codings.csv"], data_folder.path).added["policy_area_codings"]) == 4
    assert data_folder.rows("policy_area_codings") == CODINGS


def test_agreement_is_that_worked_out_by_hand(data_folder: DataFolder) -> None:
    """Both gave 2 of 4, the first alone 1, neither 1: observed 3/4, expected 3/4 * 2/4 + 1/4 * 2/4 = 1/2."""
    data_folder.write("policy_area_codings", CODINGS)
    found = agreement_in(data_folder.path)
    assert (found.practices, found.in_common, found.jaccard) == (2, 2, pytest.approx((1 + 1 / 2) / 2))
    assert found.kappa == pytest.approx((3 / 4 - 1 / 2) / (1 - 1 / 2))
    counts = found.by_area[["both", "first_only", "second_only", "neither"]].to_numpy().tolist()
    assert dict(zip(found.by_area["policy_area"], counts, strict=True)) == {
        "education": [1, 1, 0, 0],
        "public_space": [1, 0, 0, 1],
    }
    assert found.by_area["kappa"].tolist() == [0.0, 1.0]


def test_agreement_is_said_with_the_areas_of_the_lowest_and_highest_kappa(data_folder: DataFolder) -> None:
    """The numbers are those worked out by hand above."""
    data_folder.write("policy_area_codings", CODINGS)
    assert agreement_in_words(agreement_in(data_folder.path), str.upper) == (
        "Over the 2 policy areas their codes overlap by 0.75 (mean Jaccard index) and agree with a kappa of 0.50 "
        "(Cohen, pooled): lowest for EDUCATION (0.00), highest for PUBLIC_SPACE (1.00)."
    )


def test_without_codings_agreement_is_not_said(data_folder: DataFolder) -> None:
    assert agreement_in_words(agreement_in(data_folder.path), str.upper) == ""


def test_kappa_is_what_is_beyond_chance_by_hand() -> None:
    """Of 50 decisions 35 agree: 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5 would; so 0.2 of the 0.5 left."""
    assert cohen_kappa(20, 5, 10, 15) == pytest.approx(0.4)


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (7, 0, 0, 0), (0, 0, 0, 7)])
def test_kappa_is_not_defined_where_nothing_could_differ(counts: tuple[int, int, int, int]) -> None:
    assert cohen_kappa(*counts) is None


def test_readers_who_never_agree_have_the_least_kappa() -> None:
    assert cohen_kappa(0, 5, 5, 0) == pytest.approx(-1)


def _kappa_of(first: np.ndarray, second: np.ndarray) -> float:
    """Another way to the same: one less the squared differences over those expected (weighted kappa of two classes)."""
    differ = np.mean((first - second) ** 2)
    # Of each decision of one with each of the other: of noughts and ones, those of which one alone is a one.
    by_chance = first.mean() * (1 - second.mean()) + second.mean() * (1 - first.mean())
    return float(1 - differ / by_chance)


def test_agreement_of_the_data_is_that_of_another_implementation(tmp_path: Path) -> None:
    found = agreement_in(LIVING)
    rows = pd.read_csv(LIVING / "policy_area_codings.csv", dtype=str, keep_default_na=False)
    given = rows["policy_areas"].str.get_dummies("; ").groupby([rows["practice_id"], rows["reader"]]).max()
    first, second = given.xs("1", level=1), given.xs("2", level=1)
    shared, either = (first & second).sum(axis=1), (first | second).sum(axis=1)
    assert (found.practices, found.in_common) == (len(first), int((shared > 0).sum()))
    assert found.jaccard == pytest.approx((shared / either).mean())
    assert found.kappa == pytest.approx(_kappa_of(first.to_numpy().ravel(), second.to_numpy().ravel()))
    expected = {area: _kappa_of(first[area].to_numpy(), second[area].to_numpy()) for area in first}
    assert dict(zip(found.by_area["policy_area"], found.by_area["kappa"], strict=True)) == pytest.approx(expected)


def test_a_description_of_years_has_one_of_its_forms(data_folder: DataFolder) -> None:
    for text in ("since 2014", "since May 2014", "2014-2016", "until 2016", "May 2014", "May to July 2014", "2014"):
        data_folder.edit("practices", 0, described_when=text)
        assert load_data(data_folder.path)[1] == [], text


@pytest.mark.parametrize("text", ["Since 2014", "2014 - 2016", "ongoing", "since 201", "3014", "Mai 2014", "2014-"])
def test_a_description_of_years_in_another_form_is_a_problem(data_folder: DataFolder, text: str) -> None:
    data_folder.edit("practices", 0, described_when=text)
    (problem,) = load_data(data_folder.path)[1]
    assert (problem.line, problem.column, problem.value) == (2, "described_when", text)


def _without_described_when(folder: DataFolder) -> None:
    frame = pd.read_csv(folder.file("practices"), dtype=str, keep_default_na=False)
    frame.drop(columns="described_when").to_csv(folder.file("practices"), index=False)


def test_a_folder_without_the_later_column_is_read_and_published_with_it_empty(data_folder: DataFolder) -> None:
    before = load_data(data_folder.path)[0].practices
    _without_described_when(data_folder)
    data, problems = load_data(data_folder.path)
    assert (data.practices, problems) == (before, [])
    header = package_files(data_folder.path)["practices.csv"].decode().splitlines()[0]
    assert "described_when" in header.split(",")


def test_a_value_is_not_lost_where_the_file_lacks_its_column(data_folder: DataFolder, tmp_path: Path) -> None:
    _without_described_when(data_folder)
    before = data_folder.snapshot()
    new = tmp_path / "new.csv"
    new.write_text("title,city_ids,described_when\nA garden,Cork,since 2014\n", encoding="utf-8")
    with pytest.raises(AtlasError, match="described_when"):
        add([new], data_folder.path)
    after = {name: content for name, content in data_folder.snapshot().items() if name != "new.csv"}
    assert after == before
