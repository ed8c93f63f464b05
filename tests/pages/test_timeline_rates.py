"""The timeline against cities, residents and a base year: what is said, what is left out, and when nothing is drawn."""

from __future__ import annotations

from tests.pages.conftest import OpenPage, words


def test_rates_per_100_member_cities_say_their_denominator_and_what_is_left_out(open_page: OpenPage):
    app = open_page("timeline", per=["cities"])
    assert not app.exception
    told = words(app)
    assert "Practices started per year, per 100 member cities" in told
    assert "Member cities: 9 in 2008, 98 in 2026; joining year known for 98 of 146." in told
    assert "159 of the 299 practices with a start year are counted." in told
    # Nobody drops the undated.
    assert "160 of 459 practices carry no start year" in told
    assert "Practices per member city, by country" in told


def test_rates_per_million_residents_say_of_which_years_the_populations_are(open_page: OpenPage):
    told = words(open_page("timeline", per=["residents"], count=["active"]))
    assert "44,302,988 residents in every year; population known for 96 of 214 cities." in told
    assert "The populations are of 2008 to 2025, as published; of 33 no year is given." in told
    assert "Practices per member city, by size of the city" in told


def test_an_index_names_its_base_year_and_the_practices_of_it(open_page: OpenPage):
    app = open_page("timeline", per=["base"], base=["2012"])
    assert "Practices started per year, 2012 = 100" in words(app)
    assert "Practices of each year beside the 10 of 2012, which are 100" in words(app)


def test_an_index_to_few_practices_is_not_drawn_and_says_why(open_page: OpenPage):
    app = open_page("timeline", per=["base"], base=["1998"])
    assert "an index to a year with fewer than 5 practices would say nothing, and 1998 has 1" in words(app).lower()
    assert not [button for button in app.button if button.key == "method-rates"]


def test_without_a_choice_the_base_is_the_first_year_with_enough(open_page: OpenPage):
    app = open_page("timeline", per=["base"], country=["spain"])
    assert "Practices started per year, 2014 = 100" in words(app)


def test_a_selection_that_no_rate_can_count_says_so(open_page: OpenPage):
    app = open_page("timeline", per=["cities"], city=["auckland"])
    assert not app.exception
    assert "None of these practices with a start year is of a city that can be counted here." in words(app)


def test_splits_belong_to_counts_and_are_said_not_to_count_here(open_page: OpenPage):
    app = open_page("timeline", per=["cities"], split=["country"])
    assert "there is nothing that “split” could set" in words(app)
    assert not [field for field in app.selectbox if field.label == "Split by"]


def test_choosing_a_measure_writes_it_to_the_address(open_page: OpenPage):
    app = open_page("timeline")
    app.selectbox(key="option-per").select("residents").run()
    assert app.query_params["per"] == "residents"
