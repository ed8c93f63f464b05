"""Words of practices: typed ones through time, those typical of a selection, and the practices behind each."""

from __future__ import annotations

import re

from tests.pages.conftest import OpenPage, words


def test_typed_words_are_told_with_their_periods_and_those_in_no_text_too(open_page: OpenPage):
    app = open_page("timeline", words=["Rumours, zzyzx"])
    assert not app.exception
    told = words(app)
    assert "The largest share of practices held “rumours” in 2012–2016" in told
    assert "No practice with a start year holds “zzyzx”." in told
    assert "Choose something in the filters: words are typical of it" in told


def test_a_word_in_no_text_is_no_line_and_the_others_keep_their_colours(open_page: OpenPage):
    def named(typed: str) -> dict[str, str]:
        """The colours of the legend, by word."""
        bodies = [str(html.proto.body) for html in open_page("timeline", words=[typed]).get("html")]
        return {
            word: colour
            for body in bodies
            for colour, word in re.findall(r'background:(#\w+)"></span>([^<]+)<', body)
            if word in typed
        }

    every = named("school, zzyzx, rumours")
    assert list(every) == ["school", "rumours"]
    assert every["rumours"] == named("school, food, rumours")["rumours"]


def test_words_are_told_with_the_accents_that_were_typed(open_page: OpenPage):
    app = open_page("timeline", words=["Écoles"])
    assert "No practice with a start year holds “écoles”." in words(app)


def test_words_typical_of_a_selection_say_how_many_practices_hold_them(open_page: OpenPage):
    app = open_page("timeline", policy_area=["education"], words=["school"])
    assert not app.exception
    assert "The most typical word is “schools”" in words(app)
    assert app.selectbox(key="option-word").options[0] == "schools"


def test_a_word_gives_the_practices_behind_it(open_page: OpenPage):
    app = open_page("timeline", policy_area=["education"], word=["schools"])
    assert not app.exception
    links = [link for link in app.get("page_link") if "practice=" in link.proto.query_string]
    assert links


def test_a_word_that_is_not_typical_chooses_nothing(open_page: OpenPage):
    app = open_page("timeline", policy_area=["education"], word=["'; DROP TABLE practice; --"])
    assert not app.exception
    assert app.selectbox(key="option-word").value is None


def test_words_beyond_those_that_are_drawn_are_named(open_page: OpenPage) -> None:
    said = words(open_page("timeline", words=["school, art, music, sport, youth, housing, food"]))
    assert "The first 5 words are drawn, not “housing” and “food”." in said


def test_a_text_longer_than_what_is_looked_for_is_said_with_both_lengths(open_page: OpenPage) -> None:
    said = words(open_page("timeline", words=["school, " + "a" * 300]))
    assert "308 characters were typed, the first 200 of them are used." in said
