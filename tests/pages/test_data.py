"""The Data page: its sections by address, with and without a selection, and without a folder that can be written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from icc_data.analysis.completeness import CITY_FIELDS, PRACTICE_FIELDS
from icc_data.store import datapackage
from tests.pages.conftest import OpenPage, words
from tests.unit.conftest import DataFolder

SECTIONS = ("completeness", "years", "dictionary", "sources", "files", "words")
OF_THE_WHOLE = SECTIONS[1:-1]
CHOICES = [
    ("completeness", {"columns": ["documented_by"], "city_columns": ["network"]}),
    ("years", {"texts": ["all"]}),
    *(("dictionary", {"table": [table]}) for table in ("cities", "index_scores", "index_reports", "terms")),
    *(("sources", {"cite": [form]}) for form in ("bibtex", "ris")),
    *(("files", {"tool": [tool]}) for tool in ("Python", "DuckDB", "R")),
]
NOTE = "This section is about the whole data"


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_opens_by_its_address(open_page: OpenPage, section: str) -> None:
    app = open_page("data", section=[section])
    assert not app.exception
    assert not app.error
    assert re.search(r"Version [0-9a-f]{12} · data as of \d+ \w+ \d{4}", words(app))
    assert [metric.value for metric in app.metric] == ["459", "214", "32", "71", "80"]
    assert NOTE not in words(app)


@pytest.mark.parametrize(("section", "choices"), CHOICES)
def test_a_section_has_what_its_address_chooses(
    open_page: OpenPage, section: str, choices: dict[str, list[str]]
) -> None:
    app = open_page("data", section=[section], **choices)
    assert not app.exception
    chosen = {control.key: control.value for control in app.segmented_control}
    assert {f"option-{name}": values[0] for name, values in choices.items()}.items() <= chosen.items()


def test_completeness_comes_first(open_page: OpenPage) -> None:
    assert "Practices: share for which each field is known" in words(open_page("data"))


def test_completeness_says_what_known_means_for_every_field(open_page: OpenPage) -> None:
    said = words(open_page("data"))
    for field in (*PRACTICE_FIELDS.values(), *CITY_FIELDS.values()):
        assert f"**{field.label}**: {field.meaning}" in said


def test_what_is_known_of_everything_is_named_once_and_has_no_row(open_page: OpenPage) -> None:
    said = words(open_page("data"))
    assert (
        "No row, as it is known of every one of these practices: "
        "**Summary**, **Policy area**, **Practice type**, **Practice area**, **Source**, and **Date seen**."
    ) in said.replace("** and", "**, and")
    assert "every one of these cities: **Coordinates**." in said


def test_completeness_of_one_practice_still_draws_what_is_unknown_of_it(open_page: OpenPage) -> None:
    app = open_page("data", q=["Inclusion influencers"])
    assert len(app.get("vega_lite_chart")) == 1
    always = words(app).split("known of every one")[1].split("\n")[0]
    assert "**Country**" in always
    assert "**City**" not in always


def test_completeness_follows_the_filters(open_page: OpenPage) -> None:
    app = open_page("data", country=["norway"], policy_area=["education", "interaction"])
    assert not app.exception
    assert "of 459 practices" in words(app)
    assert NOTE not in words(app)


def test_completeness_without_a_practice_says_what_to_loosen(open_page: OpenPage) -> None:
    app = open_page("data", country=["norway"], q=["zzzzzz"])
    assert not app.exception
    assert "No practice fits" in words(app)


def test_completeness_of_practices_without_a_city_says_so(open_page: OpenPage) -> None:
    app = open_page("data", q=["Inclusion influencers"])
    assert not app.exception
    assert "**1** of 459" in words(app)
    assert "None of these practices names a city." in words(app)


@pytest.mark.parametrize("section", OF_THE_WHOLE)
def test_a_section_of_the_whole_data_does_not_depend_on_the_filters_and_says_so(
    open_page: OpenPage, section: str
) -> None:
    plain, filtered = (open_page("data", section=[section], **chosen) for chosen in ({}, {"q": ["zzzzzz"]}))
    assert not filtered.exception
    assert NOTE in words(filtered)
    assert "No practice fits" not in words(filtered)
    assert [frame.value.shape for frame in plain.dataframe] == [frame.value.shape for frame in filtered.dataframe]


def test_a_garbage_address_is_ignored_with_a_note(open_page: OpenPage) -> None:
    garbage = {"columns": ["'; DROP TABLE practice; --"], "city_columns": ["☃"], "country": ["atlantis", "spain"]}
    app = open_page("data", section=["cellar"], **garbage)
    assert not app.exception
    said = words(app)
    for value, name in (("cellar", "Section"), ("☃", "Columns of cities"), ("atlantis", "Country")):
        assert f"“{value}” is not something that “{name}” can be" in said
    assert "Practices: share for which each field is known" in said


@pytest.mark.parametrize(
    ("section", "name"), [("years", "texts"), ("dictionary", "table"), ("sources", "cite"), ("files", "tool")]
)
def test_a_garbage_choice_within_a_section_is_ignored_with_a_note(open_page: OpenPage, section: str, name: str) -> None:
    app = open_page("data", section=[section], **{name: ["nonsense"]})
    assert not app.exception
    assert "“nonsense” is not something that" in words(app)


def test_choosing_a_section_writes_it_into_the_address_and_the_first_needs_none(open_page: OpenPage) -> None:
    app = open_page("data")
    app.segmented_control(key="option-section").set_value("years").run()
    assert app.query_params["section"] == "years"
    app.segmented_control(key="option-section").set_value("completeness").run()
    assert "section" not in app.query_params


def test_the_year_texts_add_up(open_page: OpenPage) -> None:
    said = words(open_page("data", section=["years"]))
    practices, texts, without = (
        int(n) for n in re.findall(r"Of \*\*(\d+)\*\* .* \*\*(\d+)\*\* .* (\d+) do not", said)[0]
    )
    assert practices == texts + without
    assert texts == sum(int(n) for n in re.findall(r"^- .*: \*\*(\d+)\*\*$", said, re.MULTILINE))


def test_the_dictionary_lists_every_column_and_every_term(open_page: OpenPage) -> None:
    app = open_page("data", section=["dictionary"])
    columns, terms = (frame.value for frame in app.dataframe)
    assert columns["column"].tolist()[:2] == ["practice_id", "title"]
    assert len(terms) == 80
    assert terms.iloc[0][["list", "label", "code"]].tolist() == ["Policy area", "Commitment", "commitment"]


def test_the_sources_name_licence_codes_and_citation(open_page: OpenPage) -> None:
    app = open_page("data", section=["sources"])
    said = words(app)
    for fact in ("CC BY 4.0", "GeoNames", "Natural Earth", "451 of 459", "not a sample"):
        assert fact in said
    assert any(code.value.startswith("The Intercultural Cities Atlas contributors. (") for code in app.code)


def test_the_agreement_of_the_readers_is_that_of_the_data(open_page: OpenPage, small_data: DataFolder) -> None:
    """Both gave 1 of 2, the first alone 1: observed 1/2, as chance would have it."""
    coded = [("1", "education; public_space"), ("2", "education")]
    rows = [{"practice_id": "kitchen-of-languages", "reader": reader, "policy_areas": areas} for reader, areas in coded]
    small_data.write("policy_area_codings", rows)
    assert "agree with a kappa of 0.00" in words(open_page("data", section=["sources"]))


def test_the_agreement_of_the_readers_is_not_said_without_their_codes(open_page: OpenPage) -> None:
    assert "kappa" not in words(open_page("data", section=["sources"]))


def test_how_far_the_readers_agree_is_told_area_by_area(open_page: OpenPage, small_data: DataFolder) -> None:
    codings = [("a", "education"), ("a", "education"), ("b", "public_space; education"), ("b", "public_space")]
    practices = {"a": "kitchen-of-languages", "b": "drums-on-the-square"}
    small_data.write(
        "policy_area_codings",
        [
            {"practice_id": practices[name], "reader": str(1 + place % 2), "policy_areas": areas}
            for place, (name, areas) in enumerate(codings)
        ],
    )
    app = open_page("data", section=["sources"])
    assert not app.exception
    said = words(app)
    # Four decisions of two areas: three alike; the first says yes in 3 of 4, the second in 2 of 4, so that
    # (3/4 - 1/2) / (1 - 1/2) = 0.5.
    assert "agree with a kappa of 0.50" in said
    assert "It rests on the codes of 2 practices that both have read." in said
    by_area = app.dataframe[1].value.set_index("label")
    assert by_area.loc["Public space", "both"] == 1


def test_texts_that_contradict_each_other_are_listed_alone(open_page: OpenPage, small_data: DataFolder) -> None:
    small_data.edit("practices", 3, when_text="2016", when_source="year field", described_when="since 1995")
    (frame,) = (frame.value for frame in open_page("data", section=["years"], texts=["conflicts"]).dataframe)
    assert frame[["text", "described", "read", "form"]].values.tolist() == [
        ["2016", "since 1995", "since 1995", "since a year"]
    ]
    assert frame["conflict"].tolist() == [True]


def test_all_of_a_year_text_stands_in_words_for_screens_without_room_for_the_table(
    open_page: OpenPage, small_data: DataFolder
) -> None:
    long = "2016, " + "after years of preparation with all parts of the city, " * 4 + "since 1995"
    small_data.edit("practices", 3, when_text=long, when_source="year field", described_when="since 1995")
    said = words(open_page("data", section=["years"], texts=["all"]))
    assert f"**{long}**" in said
    assert ":small[The description says: since 1995]" in said


def test_where_no_texts_contradict_each_other_it_is_said(open_page: OpenPage) -> None:
    app = open_page("data", section=["years"], texts=["conflicts"])
    assert "No two texts contradict each other." in words(app)


def test_the_files_are_linked_at_their_stable_addresses(open_page: OpenPage) -> None:
    app = open_page("data", section=["files"])
    said = words(app)
    for name in ("practices.csv", "index_scores.parquet", "terms.schema.json", "datapackage.json"):
        assert f"/app/static/{datapackage.PUBLISHED.name}/{name})" in said
    assert any("curl -O" in code.value for code in app.code)
    assert not app.get("download_button")


def test_where_the_files_cannot_be_written_the_page_says_so_and_has_them_as_buttons(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(datapackage, "PUBLISHED", tmp_path / "file" / "data")
    app = open_page("data", section=["files"])
    assert not app.exception
    assert "could not write the files of this version" in words(app)
    assert str(tmp_path) not in words(app)
    # Eight tables, each as CSV, Parquet and schema.
    assert len(app.get("download_button")) == 24


def test_files_of_another_version_are_not_passed_off_as_this_one(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "data"
    old.mkdir()
    (old / "datapackage.json").write_text('{"version": "2020.1.1+000000000000", "resources": []}', encoding="utf-8")
    monkeypatch.setattr(datapackage, "PUBLISHED", old)
    app = open_page("data", section=["files"])
    assert not app.exception
    assert "could not write the files of this version" in words(app)
