"""The policy audit: its five steps one at a time, what stands in the address, own scores, nonsense."""

from __future__ import annotations

import io
from itertools import pairwise

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

STEPS = {
    "peers": "1. Who are we, and who are our peers?",
    "standing": "2. Where do we stand?",
    "needs": "3. What should we work on?",
    "borrow": "4. What could we borrow?",
    "actions": "5. Our action list",
}


def at(app: AppTest, step: str) -> AppTest:
    """The same audit at another step, by the line of steps."""
    return app.segmented_control(key="audit-step").set_value(step).run()


def opened(app: AppTest) -> list[str]:
    """The headings of the steps that are open."""
    return [text.value[3:] for text in app.markdown if text.value.startswith("## ") and text.value[3].isdigit()]


def fields(app: AppTest, name: str) -> dict[str, float | None]:
    """What stands in the fields of a judgement, by policy area."""
    keyed = {field.key or "": field.value for field in app.number_input}
    return {key.removeprefix(f"{name}-"): value for key, value in keyed.items() if key.startswith(f"{name}-")}


def ratings(app: AppTest) -> dict[str, float]:
    """What the fields of the second step say is rated."""
    return {area: value for area, value in fields(app, "rating").items() if value is not None}


def card(app: AppTest, area: str) -> str:
    """What the second step says of a policy area."""
    return next(element.value for element in app.markdown if element.value.startswith(f"**{area}**  "))


def typed(app: AppTest, name: str, value: float | None) -> AppTest:
    """Type into a field of the second step, named by parameter and policy area."""
    return app.number_input(key=name).set_value(value).run()


def proposed(app: AppTest) -> list[str]:
    """What can be picked: policy area and practice."""
    return [box.key.removeprefix("pick-") for box in app.checkbox if (box.key or "").startswith("pick-")]


def actions(app: AppTest) -> pd.DataFrame | None:
    """The list of actions."""
    return next((frame.value for frame in app.dataframe if "What it is" in frame.value.columns), None)


@pytest.mark.parametrize("city", ["bergen", "guro", "amman", "dortmund"])
def test_every_kind_of_city_has_five_steps(open_page: OpenPage, city: str) -> None:
    app = open_page("audit", city=[city])
    for step, title in STEPS.items():
        app = at(app, step)
        assert not app.exception
        assert opened(app) == [title]


def test_a_step_has_an_address(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], step=["needs"])
    assert opened(app) == [STEPS["needs"]]
    assert app.segmented_control(key="audit-step").value == "needs"


def test_next_leads_through_all_steps_and_back_the_same_way(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"])
    assert "audit-back" not in {button.key for button in app.button}
    titles = list(STEPS.values())
    names = ["Standing", "Needs", "Borrow", "Actions"]
    for (before, title), name in zip(pairwise(titles), names, strict=True):
        assert opened(app) == [before]
        assert app.button(key="audit-next").label == f"Next: {name}"
        app = app.button(key="audit-next").click().run()
        assert opened(app) == [title]
    assert "audit-next" not in {button.key for button in app.button}
    for title in reversed(titles[:-1]):
        app = app.button(key="audit-back").click().run()
        assert opened(app) == [title]
    assert "step" not in app.query_params


def test_a_step_that_there_is_not_is_the_first_and_this_is_said(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], step=["zz"])
    assert opened(app) == [STEPS["peers"]]
    assert "“zz” is not something that “Step” can be" in words(app)


def test_the_names_of_the_steps_say_what_is_done(open_page: OpenPage) -> None:
    first = proposed(open_page("audit", city=["bergen"], step=["borrow"], area=["education"]))[0]
    app = open_page("audit", city=["bergen"], rating=["education:40"], pick=[first])
    options = app.segmented_control(key="audit-step").options
    assert opened(app) == [STEPS["peers"]]
    assert options == ["1. Peers", "2. Standing (1 rated)", "3. Needs", "4. Borrow", "5. Actions (1 picked)"]


def test_the_first_step_says_who_the_peers_are_before_they_can_be_changed(open_page: OpenPage) -> None:
    said = words(open_page("audit", city=["bergen"], peers=["picked"], peer=["oslo", "botkyrka"]))
    assert "Bergen is set beside Oslo and Botkyrka." in said


def test_of_a_city_without_data_this_is_said_at_every_step(open_page: OpenPage) -> None:
    nothing = "No practice with a policy area and no Index score of Dortmund is published"
    for step in STEPS:
        app = open_page("audit", city=["dortmund"], step=[step])
        assert [element.value for element in app.info if element.value.startswith(nothing)], step
    assert not open_page("audit", city=["bergen"]).info


def test_without_a_city_a_step_means_nothing(open_page: OpenPage) -> None:
    app = open_page("audit", step=["needs"])
    app.button(key="invite-bergen").click().run()
    assert opened(app) == [STEPS["peers"]]


def test_without_a_city_one_is_asked_for(open_page: OpenPage) -> None:
    app = open_page("audit")
    assert not app.exception
    assert "Choose your city to begin." in words(app)
    app.button(key="invite-bergen").click().run()
    assert app.query_params["my_city"] == "bergen"


def test_ratings_and_importance_of_the_address_stand_in_the_fields(open_page: OpenPage) -> None:
    address = {"rating": ["education:40"], "importance": ["interaction:5"]}
    app = open_page("audit", city=["bergen"], step=["standing"], **address)
    assert ratings(app) == {"education": 40}
    importance = fields(app, "importance")
    assert len(importance) == 17
    assert importance.pop("interaction") == 5
    assert set(importance.values()) == {3}


def test_each_field_is_named_by_its_policy_area_beside_what_that_means(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], step=["standing"])
    assert "Schools as places where" in card(app, "Education")
    assert app.number_input(key="rating-education").label == "Education: our rating, 0 to 100"
    assert app.number_input(key="importance-education").label == "Education: importance, 0 to 5"
    assert len({field.label for field in app.number_input}) == 34


def test_what_is_typed_stands_in_the_address_at_once(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], step=["standing"])
    typed(app, "rating-education", 40)
    typed(app, "rating-interaction", 55)
    typed(app, "importance-interaction", 5)
    assert app.query_params["rating"] == ["education:40", "interaction:55"]
    assert app.query_params["importance"] == "interaction:5"
    assert "2 of 17 areas are rated." in words(app)
    typed(app, "rating-education", None)
    assert app.query_params["rating"] == "interaction:55"


def test_what_is_typed_before_the_browser_knows_the_new_address_is_kept(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], step=["standing"])
    typed(app, "rating-education", 40)
    # The next number comes with the address of before, as from somebody who types quicker than the answer arrives.
    del app.query_params["rating"]
    typed(app, "rating-interaction", 55)
    assert app.query_params["rating"] == ["education:40", "interaction:55"]
    del app.query_params["rating"]
    app.button(key="audit-next").click().run()
    assert app.query_params["rating"] == ["education:40", "interaction:55"]
    assert app.query_params["step"] == "needs"


@pytest.mark.parametrize(
    ("name", "number", "limit", "sentence"),
    [
        ("rating", 140, 100, "Education: a rating goes from 0 to 100, so 140 became 100."),
        ("rating", -5, 0, "Education: a rating goes from 0 to 100, so −5 became 0."),
        ("importance", 40, 5, "Education: importance goes from 0 to 5, so 40 became 5."),
    ],
)
def test_a_number_beyond_its_limits_becomes_the_limit_and_this_is_said(
    open_page: OpenPage, name: str, number: int, limit: int, sentence: str
) -> None:
    app = typed(open_page("audit", city=["bergen"], step=["standing"]), f"{name}-education", number)
    assert app.number_input(key=f"{name}-education").value == limit
    assert app.query_params[name] == f"education:{limit}"
    assert [element.value.replace("\\", "") for element in app.warning] == [sentence]
    assert len(typed(app, "rating-interaction", 30).warning) == 1
    assert not typed(app, f"{name}-education", 1).warning


def test_a_rating_counts_in_its_commitment(open_page: OpenPage) -> None:
    address = {"rating": ["education:40", "neighbourhood:60"]}
    app = open_page("audit", city=["bergen"], step=["standing"], **address)
    assert "mean 50 of 100 in 2 of 4 areas" in words(app)


def test_clearing_takes_ratings_and_importance_out_of_the_address(open_page: OpenPage) -> None:
    address = {"rating": ["education:40"], "importance": ["interaction:5"]}
    app = open_page("audit", city=["bergen"], step=["standing"], **address)
    app.button(key="clear-judgement").click().run()
    assert "rating" not in app.query_params
    assert "importance" not in app.query_params
    assert app.query_params["city"] == "bergen"
    assert ratings(app) == {}
    assert set(fields(app, "importance").values()) == {3}


def test_published_scores_stand_with_their_edition(open_page: OpenPage) -> None:
    assert "Index score: 100 (2020)" in card(open_page("audit", city=["guro"], step=["standing"]), "Interaction")


def test_own_scores_come_into_the_standing(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"])
    assert "Index score: " not in words(at(app, "standing"))
    app = bring(
        at(app, "peers"), "bergen", ("own.csv", TEMPLATE + "bergen,2025,education,40\nbergen,2025,overall,61\n")
    )
    assert not app.exception
    app = at(app, "standing")
    assert "Index score: 40 (2025)" in card(app, "Education")
    assert words(app).count("Index score: ") == 1


def test_own_scores_go_along_from_the_benchmark(open_page: OpenPage) -> None:
    app = bring(open_page("benchmark", city=["bergen"]), "bergen", ("own.csv", TEMPLATE + "bergen,2025,education,40\n"))
    app.switch_page("pages/audit.py")
    app.query_params["city"] = "bergen"
    app.query_params["step"] = "standing"
    assert "Index score: 40 (2025)" in card(app.run(), "Education")


def test_the_three_most_urgent_areas_are_looked_at_first(open_page: OpenPage) -> None:
    app = open_page("audit", city=["barcelona"], step=["borrow"])
    assert len(app.multiselect(key="audit-areas").value) == 3
    assert {name.split(":")[0] for name in proposed(app)} <= set(app.multiselect(key="audit-areas").value)


def test_chosen_areas_stand_in_the_address(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], step=["borrow"])
    app.multiselect(key="audit-areas").set_value(["education"]).run()
    assert app.query_params["area"] == "education"
    assert {name.split(":")[0] for name in proposed(app)} == {"education"}


def test_a_practice_of_two_areas_is_proposed_in_both(open_page: OpenPage) -> None:
    app = open_page("audit", city=["lisbon"], step=["borrow"], area=["public_services", "welcoming"])
    assert not app.exception
    practices = [name.split(":")[1] for name in proposed(app)]
    assert len(practices) > len(set(practices))


def test_a_picked_practice_comes_into_the_list_with_its_source_and_can_be_put_back(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], step=["borrow"], area=["education"])
    first, second = proposed(app)[:2]
    app.checkbox(key=f"pick-{first}").check().run()
    del app.query_params["pick"]
    app.checkbox(key=f"pick-{second}").check().run()
    assert app.query_params["pick"] == [first, second]
    app.checkbox(key=f"pick-{first}").uncheck().run()
    assert app.query_params["pick"] == second
    listed = actions(at(app, "actions"))
    assert listed is not None
    assert len(listed) == 1
    assert listed["Source"].str.startswith("http").all()
    app.button(key="clear-picks").click().run()
    assert "pick" not in app.query_params
    assert actions(app) is None


def test_an_address_with_picks_shows_the_same_list_again(open_page: OpenPage) -> None:
    first = proposed(open_page("audit", city=["bergen"], step=["borrow"], area=["education"]))[0]
    app = open_page("audit", city=["bergen"], step=["actions"], area=["education"], pick=[first])
    listed = actions(app)
    assert listed is not None
    assert len(listed) == 1
    assert at(app, "borrow").checkbox(key=f"pick-{first}").value


def test_a_pick_that_no_peer_lends_is_said(open_page: OpenPage) -> None:
    picked = open_page("audit", city=["bergen"], step=["borrow"], area=["education"])
    first = proposed(picked)[0]
    title = next(link.proto.label for link in picked.get("page_link") if link.proto.page == "practice")
    address = {"peers": ["picked"], "peer": ["odesa"], "pick": [first]}
    app = open_page("audit", city=["bergen"], step=["actions"], **address)
    assert f"“{title.strip('*')}”: picked, but lent by none of these peers" in words(app)


def test_nothing_is_proposed_that_the_city_does_already(open_page: OpenPage) -> None:
    app = open_page("audit", city=["loures"], step=["borrow"], area=["welcoming", "business_labour"], k=["40"])
    titles = [str(element.proto.label) for element in app.get("page_link")]
    assert not [title for title in titles if "A welcoming app" in title]


def test_without_peers_it_says_what_to_do(open_page: OpenPage) -> None:
    app = open_page("audit", city=["dortmund"], peers=["network"])
    assert not app.exception
    assert "Nothing is known that this rule needs" in words(app)
    assert len(opened(app)) == 1


@pytest.mark.parametrize("step", STEPS)
def test_without_peers_every_step_asks_for_some(open_page: OpenPage, step: str) -> None:
    app = open_page("audit", city=["dortmund"], peers=["network"], step=[step])
    assert opened(app) == [STEPS["peers"]]
    assert "Nothing is known that this rule needs" in words(app)


def test_a_garbage_address_is_ignored_with_a_note(open_page: OpenPage) -> None:
    wrong = {"rating": ["x", "education:1000"], "importance": ["education:9"], "area": ["zz"], "pick": ["zz:yy"]}
    told = {
        "standing": "“x”, “education:1000”, “education:9” are not something that",
        "borrow": "“zz” is not something that “Policy areas to look at” can be",
        "actions": "“zz:yy”: picked, but lent by none of these peers",
    }
    for step, sentence in told.items():
        app = open_page("audit", **{**GARBAGE, **wrong, "city": ["bergen"], "step": [step]})
        assert sentence in words(app)
    assert ratings(open_page("audit", city=["bergen"], step=["standing"], **wrong)) == {}


def test_the_list_to_print_holds_what_was_picked_with_its_source(open_page: OpenPage, files: Files) -> None:
    first, second = proposed(open_page("audit", city=["bergen"], step=["borrow"], area=["education"]))[:2]
    assert "actions-pdf" not in files
    app = open_page(
        "audit", city=["bergen"], step=["actions"], area=["education"], rating=["education:40"], pick=[first, second]
    )
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
    first = proposed(open_page("audit", **address, step=["borrow"]))[0]
    open_page("audit", **address, step=["actions"], pick=[first])
    assert "Peers: Oslo. Chosen as: Picked by hand." in read(files["actions-pdf"][1]())[1]


def test_an_own_score_stands_in_the_list_to_print_with_its_edition(open_page: OpenPage, files: Files) -> None:
    first = proposed(open_page("audit", city=["bergen"], step=["borrow"], area=["education"]))[0]
    app = open_page("audit", city=["bergen"], area=["education"], pick=[first])
    at(bring(app, "bergen", ("own.csv", TEMPLATE + "bergen,2025,education,40\n")), "actions")
    assert "60 the city’s own result, not published, 40 (2025)" in read(files["actions-pdf"][1]())[1]


def test_the_list_is_a_word_file_and_a_workbook_too(open_page: OpenPage, files: Files) -> None:
    first = proposed(open_page("audit", city=["bergen"], step=["borrow"], area=["education"]))[0]
    open_page("audit", city=["bergen"], step=["actions"], area=["education"], rating=["education:40"], pick=[first])
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
    first = proposed(open_page("audit", city=["bergen"], step=["borrow"], area=["education"]))[0]
    app = open_page("audit", city=["bergen"], area=["education"], pick=[first])
    at(bring(app, "bergen", ("own.csv", TEMPLATE + "bergen,2025,education,40\n")), "actions")
    note = "The city’s own results, not published, are in this: 1 Index score and 0 practices of Bergen. Its link opens"
    for key in ("actions-word", "actions-excel", "actions-pdf"):
        assert "_with-own-results_" in files[key][0], key
    document = Document(io.BytesIO(files["actions-word"][1]()))
    assert any(paragraph.text.startswith(note) for paragraph in document.paragraphs)
    about = load_workbook(io.BytesIO(files["actions-excel"][1]()))["About"]
    assert any(str(row[1]).startswith(note) for row in about.iter_rows(values_only=True))
    assert note in read(files["actions-pdf"][1]())[1]
