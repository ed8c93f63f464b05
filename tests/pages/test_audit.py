"""The policy audit: its five steps, what stands in the address, own scores, nonsense."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from tests.helpers.printed import links, read
from tests.pages.conftest import OpenPage
from tests.pages.test_benchmark import TEMPLATE, bring
from tests.pages.test_city import Files, files, words
from tests.pages.test_pages import GARBAGE

__all__ = ["files"]

STEPS = (
    "1. Who are we, and who are our peers?",
    "2. Where do we stand?",
    "3. What should we work on?",
    "4. What could we borrow?",
    "5. Our action list",
)


def standing(app: AppTest) -> pd.DataFrame:
    """The table of the second step, by policy area."""
    return app.data_editor[0].value.set_index("area")


def proposed(app: AppTest) -> list[str]:
    """What can be picked: policy area and practice."""
    return [box.key.removeprefix("pick-") for box in app.checkbox if (box.key or "").startswith("pick-")]


def actions(app: AppTest) -> pd.DataFrame | None:
    """The list of actions."""
    return next((frame.value for frame in app.dataframe if "What it is" in frame.value.columns), None)


@pytest.mark.parametrize("city", ["bergen", "guro", "amman", "dortmund"])
def test_every_kind_of_city_has_five_steps(open_page: OpenPage, city: str) -> None:
    app = open_page("audit", city=[city])
    assert not app.exception
    assert [heading.value for heading in app.subheader] == list(STEPS)
    assert len(standing(app)) == 17
    assert proposed(app)


def test_without_a_city_one_is_asked_for(open_page: OpenPage) -> None:
    app = open_page("audit")
    assert not app.exception
    assert "Choose your city to begin." in words(app)
    app.button(key="invite-bergen").click().run()
    assert app.query_params["my_city"] == "bergen"


def test_ratings_and_importance_of_the_address_stand_in_the_table(open_page: OpenPage) -> None:
    table = standing(open_page("audit", city=["bergen"], rating=["education:40"], importance=["interaction:5"]))
    assert table.loc["Education", "rating"] == 40
    assert table["rating"].notna().sum() == 1
    assert table.loc["Interaction", "importance"] == 5
    assert (table["importance"] == 3).sum() == 16


def test_a_rating_counts_in_its_commitment(open_page: OpenPage) -> None:
    said = words(open_page("audit", city=["bergen"], rating=["education:40", "public_services:60"]))
    assert "mean 50 of 100 in 2 of 4 areas" in said or "mean 40 of 100 in 1 of 4 areas" in said
    assert "Standing (2 rated)" in said


def test_clearing_takes_ratings_and_importance_out_of_the_address(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], rating=["education:40"], importance=["interaction:5"])
    app.button(key="clear-judgement").click().run()
    assert "rating" not in app.query_params
    assert "importance" not in app.query_params
    assert app.query_params["city"] == "bergen"
    assert standing(app)["rating"].isna().all()


def test_published_scores_stand_with_their_edition(open_page: OpenPage) -> None:
    table = standing(open_page("audit", city=["guro"]))
    assert table.loc["Interaction", "score"] == 100
    assert table.loc["Interaction", "edition"] == 2020


def test_own_scores_come_into_the_table(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"])
    assert standing(app)["score"].isna().all()
    app = bring(app, "bergen", ("own.csv", TEMPLATE + "bergen,2025,education,40\nbergen,2025,overall,61\n"))
    assert not app.exception
    table = standing(app)
    assert table.loc["Education", "score"] == 40
    assert table.loc["Education", "edition"] == 2025
    assert table["score"].notna().sum() == 1


def test_own_scores_go_along_from_the_benchmark(open_page: OpenPage) -> None:
    app = bring(open_page("benchmark", city=["bergen"]), "bergen", ("own.csv", TEMPLATE + "bergen,2025,education,40\n"))
    app.switch_page("pages/audit.py")
    app.query_params["city"] = "bergen"
    assert standing(app.run()).loc["Education", "score"] == 40


def test_the_three_most_urgent_areas_are_looked_at_first(open_page: OpenPage) -> None:
    app = open_page("audit", city=["barcelona"])
    assert len(app.multiselect(key="audit-areas").value) == 3
    assert {name.split(":")[0] for name in proposed(app)} <= set(app.multiselect(key="audit-areas").value)


def test_chosen_areas_stand_in_the_address(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"])
    app.multiselect(key="audit-areas").set_value(["education"]).run()
    assert app.query_params["area"] == "education"
    assert {name.split(":")[0] for name in proposed(app)} == {"education"}


def test_a_practice_of_two_areas_is_proposed_in_both(open_page: OpenPage) -> None:
    app = open_page("audit", city=["lisbon"], area=["public_services", "welcoming"])
    assert not app.exception
    practices = [name.split(":")[1] for name in proposed(app)]
    assert len(practices) > len(set(practices))


def test_a_picked_practice_comes_into_the_list_with_its_source_and_can_be_put_back(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], area=["education"])
    assert actions(app) is None
    first, second = proposed(app)[:2]
    app.checkbox(key=f"pick-{first}").check().run()
    app.checkbox(key=f"pick-{second}").check().run()
    assert app.query_params["pick"] == [first, second]
    listed = actions(app)
    assert listed is not None
    assert len(listed) == 2
    assert listed["Source"].str.startswith("http").all()
    assert "Actions (2 picked)" in words(app)
    app.checkbox(key=f"pick-{first}").uncheck().run()
    assert app.query_params["pick"] == second
    app.button(key="clear-picks").click().run()
    assert "pick" not in app.query_params
    assert actions(app) is None


def test_an_address_with_picks_shows_the_same_list_again(open_page: OpenPage) -> None:
    first = proposed(open_page("audit", city=["bergen"], area=["education"]))[0]
    app = open_page("audit", city=["bergen"], area=["education"], pick=[first])
    assert app.checkbox(key=f"pick-{first}").value
    listed = actions(app)
    assert listed is not None
    assert len(listed) == 1


def test_a_pick_that_no_peer_lends_is_said(open_page: OpenPage) -> None:
    picked = open_page("audit", city=["bergen"], area=["education"])
    first = proposed(picked)[0]
    title = next(link.proto.label for link in picked.get("page_link") if link.proto.page == "practice")
    app = open_page("audit", city=["bergen"], peers=["picked"], peer=["odesa"], pick=[first])
    assert f"“{title.strip('*')}”: picked, but lent by none of these peers" in words(app)


def test_nothing_is_proposed_that_the_city_does_already(open_page: OpenPage) -> None:
    app = open_page("audit", city=["loures"], area=["welcoming", "business_labour"], k=["40"])
    titles = [str(element.proto.label) for element in app.get("page_link")]
    assert not [title for title in titles if "A welcoming app" in title]


def test_without_peers_it_says_what_to_do(open_page: OpenPage) -> None:
    app = open_page("audit", city=["dortmund"], peers=["network"])
    assert not app.exception
    assert "Nothing is known that this rule needs" in words(app)
    assert len(app.subheader) == 1


def test_what_the_areas_mean_is_said(open_page: OpenPage) -> None:
    assert "- **Education:** Schools as places where" in words(open_page("audit", city=["bergen"]))


def test_a_garbage_address_is_ignored_with_a_note(open_page: OpenPage) -> None:
    wrong = {"rating": ["x", "education:1000"], "importance": ["education:9"], "area": ["zz"], "pick": ["zz:yy"]}
    app = open_page("audit", **{**GARBAGE, **wrong, "city": ["bergen"]})
    assert not app.exception
    said = words(app)
    assert "“x”, “education:1000”, “education:9” are not something that" in said
    assert "“zz” is not something that “Policy areas to look at” can be" in said
    assert "“zz:yy”: picked, but lent by none of these peers" in said
    assert standing(app)["rating"].isna().all()


def test_the_list_to_print_holds_what_was_picked_with_its_source(open_page: OpenPage, files: Files) -> None:
    first, second = proposed(open_page("audit", city=["bergen"], area=["education"]))[:2]
    assert "actions-pdf" not in files
    app = open_page("audit", city=["bergen"], area=["education"], rating=["education:40"], pick=[first, second])
    listed = actions(app)
    assert listed is not None
    name, write = files["actions-pdf"]
    assert name.startswith("icc-action-list-of-bergen_")
    assert name.endswith(".pdf")
    pdf = write()
    text = read(pdf)[1]
    assert "Action list of Bergen" in text
    assert "2 practices picked in 1 policy area" in text
    assert "60 our rating, 40" in text
    for row in listed.to_dict("records"):
        assert row["Practice"] in text
        assert row["Why"] in text
        assert row["Source"] in links(pdf)


def test_the_list_to_print_says_how_the_peers_were_chosen(open_page: OpenPage, files: Files) -> None:
    address = {"city": ["bergen"], "area": ["education"], "peers": ["picked"], "peer": ["oslo"]}
    first = proposed(open_page("audit", **address))[0]
    open_page("audit", **address, pick=[first])
    assert "Peers: Oslo. Chosen as: Picked by hand." in read(files["actions-pdf"][1]())[1]


def test_an_own_score_stands_in_the_list_to_print_with_its_edition(open_page: OpenPage, files: Files) -> None:
    first = proposed(open_page("audit", city=["bergen"], area=["education"]))[0]
    app = open_page("audit", city=["bergen"], area=["education"], pick=[first])
    bring(app, "bergen", ("own.csv", TEMPLATE + "bergen,2025,education,40\n"))
    assert "60 the city’s own result, not published, 40 (2025)" in read(files["actions-pdf"][1]())[1]


def test_the_list_is_a_word_file_and_a_workbook_too(open_page: OpenPage, files: Files) -> None:
    first = proposed(open_page("audit", city=["bergen"], area=["education"]))[0]
    open_page("audit", city=["bergen"], area=["education"], rating=["education:40"], pick=[first])
    name, write = files["actions-word"]
    assert name.endswith(".docx")
    document = Document(io.BytesIO(write()))
    assert document.paragraphs[0].text == "Action list of Bergen"
    assert "60 (our rating, 40)" in [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert [paragraph.text for paragraph in document.paragraphs if "own results" in paragraph.text] == []
    name, write = files["actions-excel"]
    assert name.endswith(".xlsx")
    assert load_workbook(io.BytesIO(write())).sheetnames == ["Actions", "Areas to work on", "About"]


def test_documents_with_own_results_say_so_and_that_the_link_cannot_reproduce_them(
    open_page: OpenPage, files: Files
) -> None:
    first = proposed(open_page("audit", city=["bergen"], area=["education"]))[0]
    app = open_page("audit", city=["bergen"], area=["education"], pick=[first])
    bring(app, "bergen", ("own.csv", TEMPLATE + "bergen,2025,education,40\n"))
    note = "The city’s own results, not published, are in this: 1 Index score and 0 practices of Bergen. Its link opens"
    for key in ("actions-word", "actions-excel", "actions-pdf"):
        assert "_with-own-results_" in files[key][0], key
    document = Document(io.BytesIO(files["actions-word"][1]()))
    assert any(paragraph.text.startswith(note) for paragraph in document.paragraphs)
    about = load_workbook(io.BytesIO(files["actions-excel"][1]()))["About"]
    assert any(str(row[1]).startswith(note) for row in about.iter_rows(values_only=True))
    assert note in read(files["actions-pdf"][1]())[1]
