"""A team's work on a city: kept for the visit, whatever pages and cities are looked at in between."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from icc_data.store.snapshot_tables import take
from pages.shared import session
from tests.pages.conftest import OpenPage, words
from tests.pages.test_audit import at, card, proposed, ratings, typed
from tests.pages.test_benchmark import TEMPLATE, bring, table
from tests.unit.conftest import DataFolder

RATED = {"rating": ["education:40"], "importance": ["interaction:5"]}


def go_to(app: AppTest, page: str, **params: list[str]) -> AppTest:
    """Come to a page by a link that carries these parameters and no others."""
    app.switch_page(f"pages/{page}.py")
    for name in list(app.query_params):
        del app.query_params[name]
    for name, values in params.items():
        app.query_params[name] = values
    return app.run()


def work(app: AppTest) -> dict[str, list[str]]:
    """What the address says of the work on a city."""
    # A single value is given as a text.
    asked = {name: [values] if isinstance(values, str) else list(values) for name, values in app.query_params.items()}
    return {name: values for name, values in asked.items() if name not in ("city", "my_city", "lang", "step")}


def linked(app: AppTest, page: str) -> str:
    """Where the link to a page in the head of the page leads."""
    return next(link.proto.query_string for link in app.get("page_link") if link.proto.page == page)


def test_ratings_importance_picks_and_peers_are_there_again_after_another_page(open_page: OpenPage) -> None:
    asked = {**RATED, "k": ["7"], "weight": ["country:0"], "area": ["education"]}
    app = open_page("audit", city=["bergen"], step=["borrow"], **asked)
    app.checkbox(key=f"pick-{proposed(app)[0]}").check().run()
    chosen = work(app)
    assert chosen.keys() == {*asked, "pick"}
    app = go_to(app, "map", city=["bergen"])
    app = go_to(app, "audit", city=["bergen"])
    assert work(app) == chosen
    assert "This is your work on Bergen of before." in words(app)
    assert ratings(at(app, "standing")) == {"education": 40}


def test_what_was_typed_last_is_kept_however_soon_another_page_is_opened(open_page: OpenPage) -> None:
    app = typed(open_page("audit", city=["bergen"], step=["standing"]), "rating-education", 40)
    assert work(go_to(go_to(app, "map", city=["bergen"]), "audit", city=["bergen"])) == {"rating": ["education:40"]}


def test_the_link_to_the_audit_leads_to_the_step_at_which_the_city_was(open_page: OpenPage) -> None:
    app = go_to(open_page("audit", city=["bergen"], step=["needs"]), "index", city=["bergen"])
    assert "step=needs" in linked(app, "audit")
    assert "step" not in linked(go_to(app, "index", city=["oslo"]), "audit")


def test_work_that_waits_goes_on_waiting_at_another_step(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], **RATED)
    for name in RATED:
        del app.query_params[name]
    app.run()
    app.button(key="audit-next").click().run()
    assert work(app) == {}
    app.button(key="take-up").click().run()
    assert work(app) == RATED


def test_the_link_to_the_audit_in_the_head_of_other_pages_carries_the_work_along(open_page: OpenPage) -> None:
    app = go_to(open_page("audit", city=["bergen"], **RATED), "index", city=["bergen"])
    assert "rating=education%3A40" in linked(app, "audit")
    assert "rating" not in linked(app, "partners")
    assert "rating" not in linked(go_to(app, "index", city=["oslo"]), "audit")


def test_the_link_to_the_audit_on_the_audit_itself_loses_nothing(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], **RATED)
    app = go_to(app, "audit", city=["bergen"], followed=["yes"])
    assert work(app) == RATED


def test_a_link_with_other_peers_keeps_the_ratings(open_page: OpenPage) -> None:
    app = go_to(open_page("audit", city=["bergen"], **RATED, k=["7"]), "benchmark", city=["bergen"])
    assert work(go_to(app, "audit", city=["bergen"], k=["12"])) == {**RATED, "k": ["12"]}


def test_each_city_has_its_own_work(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], **RATED)
    app.selectbox(key="choose-city").set_value("oslo").run()
    assert work(app) == {}
    assert ratings(at(app, "standing")) == {}
    app = at(app, "peers")
    app.selectbox(key="choose-city").set_value("bergen").run()
    assert work(app) == RATED


def test_what_was_cleared_stays_cleared(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], step=["standing"], **RATED)
    app.button(key="clear-judgement").click().run()
    app = go_to(go_to(app, "map", city=["bergen"]), "audit", city=["bergen"])
    assert work(app) == {}


def test_starting_afresh_takes_everything_back_for_good(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], **RATED, k=["7"])
    app.button(key="start-afresh").click().run()
    assert work(app) == {}
    assert work(go_to(go_to(app, "map"), "audit", city=["bergen"])) == {}


def test_an_address_without_the_work_that_the_back_button_gives_offers_it(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], **RATED)
    for name in RATED:
        del app.query_params[name]
    app.run()
    assert "There is work of yours on Bergen that this address does not hold." in words(app)
    app.button(key="take-up").click().run()
    assert work(app) == RATED


def test_without_any_work_nothing_is_said_of_it(open_page: OpenPage) -> None:
    assert "work on Bergen" not in words(open_page("audit", city=["bergen"]))


def own_score(app: AppTest) -> str:
    """What the second step says of the Index score in education, first of all; leads back to the first step."""
    said = card(at(app, "standing"), "Education")
    at(app, "peers")
    return said.partition("Index score: ")[2].partition(" ")[0]


def test_own_results_are_kept_for_each_city(open_page: OpenPage) -> None:
    app = bring(open_page("audit", city=["bergen"]), "bergen", ("own.csv", TEMPLATE + "bergen,2025,education,40\n"))
    app.selectbox(key="choose-city").set_value("oslo").run()
    assert own_score(app) == ""
    app = bring(app, "oslo", ("own.csv", TEMPLATE + "oslo,2025,education,70\n"))
    assert own_score(app) == "70"
    app.selectbox(key="choose-city").set_value("bergen").run()
    assert own_score(app) == "40"
    app = go_to(go_to(app, "map"), "audit", city=["oslo"])
    assert own_score(app) == "70"
    app.button(key="forget-own").click().run()
    assert own_score(app) == ""
    app.selectbox(key="choose-city").set_value("bergen").run()
    assert own_score(app) == "40"


def own_practices(app: AppTest) -> float:
    """How many practices the city has."""
    return float(table(app).set_index("item").loc["practices", "own"])


@pytest.mark.parametrize(
    ("text", "brought"),
    [
        (TEMPLATE + "bergen,2020,overall,61\n", "1 score and"),
        ("title,policy_areas\nA parade of neighbours,education\n", "and 1 practice"),
    ],
    ids=["scores", "practices"],
)
def test_own_results_are_compared_without_reading_the_practices(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, text: str, brought: str
) -> None:
    app = open_page("benchmark", city=["bergen"])

    def read(directory: Path) -> None:
        raise AssertionError(f"all of {directory} is read")

    monkeypatch.setattr("icc_data.incoming.check.load_data", read)
    app = bring(app, "bergen", ("own.csv", text))
    assert not app.exception
    assert re.search(f"In use: .*{brought}", words(app))


def test_own_practices_go_along_to_a_version_that_does_not_know_all_of_their_cities(
    small_data: DataFolder, open_page: OpenPage
) -> None:
    kept = take(small_data.path, small_data.path / "snapshots").snapshot
    porto = {"city_id": "porto", "name": "Porto", "country": "Portugal", "country_code": "PT", "status": "member"}
    small_data.append("cities", **porto)
    rows = "title,city_ids,policy_areas\nA bridge of songs,Lisbon; Porto,education\n"
    app = bring(open_page("benchmark", city=["lisbon"]), "lisbon", ("own.csv", rows))
    assert not app.exception
    newest = own_practices(app)
    app.query_params["version"] = kept.id
    app = app.run()
    assert not app.exception
    assert own_practices(app) == newest


def test_own_practices_are_beside_an_old_version_whose_database_another_process_cleared_away(
    small_data: DataFolder, open_page: OpenPage
) -> None:
    kept = take(small_data.path, small_data.path / "snapshots").snapshot
    small_data.edit("practices", 0, when_text="Since 2018")
    app = open_page("benchmark", city=["lisbon"], version=[kept.id])
    before = own_practices(app)
    shutil.rmtree(session.DATABASE.parent / "versions" / kept.id)
    app = bring(app, "lisbon", ("own.csv", "title,policy_areas\nA bridge of songs,education\n"))
    assert not app.exception
    assert own_practices(app) == before + 1


# The rules for peers on Benchmark.

RULES = {"k": ["7"], "weight": ["country:0"], "having": ["any"], "former": ["no"]}


def test_the_rules_for_peers_are_there_again_on_benchmark_after_another_page(open_page: OpenPage) -> None:
    app = go_to(open_page("benchmark", city=["bergen"], **RULES), "index", city=["bergen"])
    assert "k=7" in linked(app, "benchmark")
    assert "weight=country%3A0" in linked(app, "benchmark")
    assert work(go_to(app, "benchmark", city=["bergen"])) == RULES


def test_each_city_has_its_own_rules_on_benchmark(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"], peers=["picked"], peer=["oslo"])
    app = go_to(go_to(app, "map", city=["oslo"]), "benchmark", city=["oslo"])
    assert work(app) == {}
    assert work(go_to(app, "benchmark", city=["bergen"])) == {"peers": ["picked"], "peer": ["oslo"]}


def test_rules_that_were_taken_back_on_benchmark_stay_taken_back(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"], former=["no"])
    app.toggle(key="peer-former").set_value(False).run()
    assert work(go_to(go_to(app, "map", city=["bergen"]), "benchmark", city=["bergen"])) == {}


def test_the_rules_of_benchmark_are_not_those_of_the_audit(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], **RATED, k=["7"])
    app = go_to(app, "benchmark", city=["bergen"], k=["12"])
    assert work(go_to(app, "audit", city=["bergen"])) == {**RATED, "k": ["7"]}


def test_the_link_to_benchmark_takes_back_to_the_countries_that_were_compared(open_page: OpenPage) -> None:
    app = open_page("benchmark", unit=["country"], country=["norway"], peers=["picked"], peer=["spain"])
    link = linked(go_to(app, "index", country=["norway"]), "benchmark")
    assert "unit=country" in link
    assert "peer=spain" in link
