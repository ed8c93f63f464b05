"""How long practices last: what it says of what is not known, and when it draws nothing."""

from __future__ import annotations

from tests.pages.conftest import OpenPage, words


def test_it_says_how_few_ends_are_known_and_what_is_left_without_what_is_only_said(open_page: OpenPage):
    app = open_page("timeline", section=["lasting"])
    assert not app.exception
    told = words(app)
    assert "5 years after the year of their start, 66% were still running" in told
    assert "Of 299 practices with a start year an end is known of 48; 88 go on, or end in the year of the data" in told
    assert "or later; of 163 nothing is known" in told
    assert "Counting only practices whose last year is known, 9% ran 5 years on." in told


def test_groups_with_few_known_ends_are_named_and_not_drawn(open_page: OpenPage):
    app = open_page("timeline", lasting=["country"])
    assert "Not drawn, with fewer than 10 known ends: Portugal (8)" in words(app)


def test_with_few_known_ends_nothing_is_drawn_and_it_is_said_why(open_page: OpenPage):
    app = open_page("timeline", section=["lasting"], country=["norway"])
    assert "Nothing is drawn with fewer than 10 known ends" in words(app)
    assert not [button for button in app.button if button.key == "method-survival"]


def test_what_is_told_apart_stands_in_the_address(open_page: OpenPage):
    app = open_page("timeline", section=["lasting"])
    (control,) = [one for one in app.get("button_group") if one.label == "Told apart by"]
    control.set_value("commitment").run()
    assert app.query_params["lasting"] == "commitment"
    assert "Share of practices still running, by commitment" in words(app)


def test_something_else_in_the_address_counts_as_all_and_is_said(open_page: OpenPage):
    app = open_page("timeline", lasting=["forever"])
    assert not app.exception
    assert "“forever” is not something that “Told apart by” can be" in words(app)


def test_a_picture_that_goes_about_alone_says_what_is_left_without_what_is_only_said(open_page: OpenPage):
    app = open_page("timeline", figure=["survival"], section=["lasting"])
    assert "Counting only practices whose last year is known, 9% ran 5 years on." in words(app)
