"""The benchmark's peers of countries and networks, few peers, and what own scores lead to."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.server import PEERS_FOLD
from tests.pages.conftest import OpenPage
from tests.pages.test_benchmark import TEMPLATE, bring, table
from tests.pages.test_city import words


def test_a_country_can_be_beside_the_same_part_of_the_world(open_page: OpenPage) -> None:
    app = open_page("benchmark", unit=["country"], country=["spain"])
    app.selectbox(key="peer-rule-country").set_value("region").run()
    assert not app.exception
    assert app.query_params["peers"] == "region"
    assert "Peers: Same part of the world (Southern Europe)." in words(app)
    assert "Italy" in words(app)
    assert "Norway" not in words(app)


def test_a_country_alone_in_its_part_of_the_world_is_told_what_to_do(open_page: OpenPage) -> None:
    app = open_page("benchmark", unit=["country"], country=["mexico"], peers=["region"])
    assert not app.exception
    assert "choose other peers" in words(app)


@pytest.mark.parametrize(("unit", "value", "peer"), [("country", "spain", "italy"), ("network", "reci", "rpci")])
def test_peers_can_be_picked_and_stand_in_the_address(open_page: OpenPage, unit: str, value: str, peer: str) -> None:
    app = open_page("benchmark", unit=[unit], **{unit: [value]}, peers=["picked"])
    assert "Choose at least one to compare with." in words(app)
    app.multiselect(key=f"peer-picked-{unit}").set_value([peer]).run()
    assert not app.exception
    assert app.query_params["peer"] == peer
    assert "Peers: Picked by hand. 1 of the 1 have a practice here." in words(app)
    assert table(app)["percentile"].isna().all()


def test_the_international_network_is_left_out_of_the_peers_of_a_national_one(open_page: OpenPage) -> None:
    app = open_page("benchmark", unit=["network"], network=["reci"])
    assert "Peers: All other networks, without the international one." in words(app)
    assert "of the 12 have a practice" in words(app)


def test_what_the_address_says_of_a_citys_peers_is_not_wrong_for_a_country(open_page: OpenPage) -> None:
    app = open_page("benchmark", unit=["country"], country=["spain"], peers=["size"], peer=["oslo"])
    assert not app.exception
    assert "does not count" not in words(app)
    assert "Peers: All other countries." in words(app)


def test_what_the_address_says_of_a_countrys_peers_is_not_wrong_for_a_city(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"], peers=["region"], peer=["italy"])
    assert not app.exception
    assert "does not count" not in words(app)
    assert "Peers: Most similar cities, of those with published practices." in words(app)


def test_nonsense_in_the_peers_of_a_country_is_said(open_page: OpenPage) -> None:
    app = open_page("benchmark", unit=["country"], country=["spain"], peers=["x"], peer=["atlantis"])
    assert "“x” is not something that “Peers” can be" in words(app)
    assert "“atlantis” is not something" in words(app)


def test_few_peers_are_shown_one_by_one_without_bands_to_explain(open_page: OpenPage) -> None:
    said = words(open_page("benchmark", city=["athens"], peers=["country"]))
    assert "Practices of Athens and of each peer" in said
    assert "median" not in said.replace("fewer than 5, so counts", "")


def test_a_radar_explains_itself_and_no_band(open_page: OpenPage) -> None:
    said = words(open_page("benchmark", city=["bergen"], chart=["radar"]))
    assert "Two outlines: Bergen and its peers’ median; the outer ring is the largest value" in said


def test_scores_in_policy_areas_make_the_audit_the_pages_main_action(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"])
    assert "to-audit" not in {button.key for button in app.button}
    areas = ("education", "public_space", "participation", "interaction", "multilingualism")
    rows = "".join(f"bergen,2020,{area},50\n" for area in areas)
    app = bring(app, "bergen", ("own.csv", TEMPLATE + "bergen,2020,overall,61\n" + rows))
    assert not app.exception
    assert "In use: 6 scores" in words(app)
    assert "to-audit" in {button.key for button in app.button}
    assert "5 more scores are in the table below: no peer has a published score" in words(app)
    assert words(app).count("no peer has a published score") == 1


def test_scores_of_the_whole_alone_lead_nowhere_else(open_page: OpenPage) -> None:
    app = bring(open_page("benchmark", city=["bergen"]), "bergen", ("own.csv", TEMPLATE + "bergen,2020,overall,61\n"))
    assert "to-audit" not in {button.key for button in app.button}


# The fold of what changes the peers.


def fold_of(app: AppTest) -> tuple[str, str]:
    """What Streamlit knows the fold by, and what it is called."""
    (fold,) = [fold for fold in app.expander if fold.label.startswith("Peers: ")]
    return fold.proto.id, fold.label


def sliders(app: AppTest) -> list[str]:
    return [str(slider.key) for slider in app.slider if str(slider.key).startswith("weight-")]


def test_what_changes_the_peers_is_put_on_the_page_only_where_it_is_unfolded(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"], weight=["country:0"])
    assert sliders(app)
    compared = [line.value for line in app.caption if line.value.startswith("Compared with ")]
    app.session_state[PEERS_FOLD] = False
    app.run()
    assert not sliders(app)
    assert [line.value for line in app.caption if line.value.startswith("Compared with ")] == compared
    assert app.query_params["weight"] == "country:0"


def test_without_a_peer_the_choice_is_unfolded_until_somebody_folds_it(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"])
    app.session_state[PEERS_FOLD] = False
    app.query_params["peers"] = "picked"
    app.run()
    assert "peer-picked" in {field.key for field in app.multiselect}
    app.session_state[PEERS_FOLD] = False
    app.run()
    assert "peer-picked" not in {field.key for field in app.multiselect}


def test_the_fold_is_the_same_whatever_it_is_called_so_that_the_keyboard_stays_in_it(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"])
    before, called = fold_of(app)
    app.number_input(key="peer-k").set_value(7).run()
    after, now_called = fold_of(app)
    assert called != now_called
    assert before == after


@pytest.mark.parametrize(("unit", "value"), [("city", "bergen"), ("country", "spain")])
def test_where_no_peer_has_a_practice_either_nothing_is_drawn_and_it_is_said_what_to_take_away(
    open_page: OpenPage, unit: str, value: str
) -> None:
    app = open_page("benchmark", unit=[unit], **{unit: [value]}, q=["zzzzzz"])
    assert not app.exception
    name = value.capitalize()
    assert f"Neither {name} nor any of its peers has a practice here, so there is nothing to compare." in words(app)
    assert "Clear all filters" in [button.label for button in app.button]
    assert not app.get("vega_lite_chart")
    assert "policy areas; the middle one of its peers" not in words(app)


def test_scores_stay_where_a_search_finds_nothing(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["oslo"], q=["zzzzzz"])
    assert "Intercultural Cities Index" in words(app)
    assert "Index 2020: Overall: **85**" in words(app)
