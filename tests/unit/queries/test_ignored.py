"""What an address asks for and cannot have is said, once for each of its parameters."""

from icc_data.queries.ignored import Ignored, ignored_in_words


def test_a_value_that_its_parameter_cannot_be_is_named_with_it():
    (sentence,) = ignored_in_words([Ignored("country", "Atlantis")], {"country": "Country"})
    assert sentence == "“Atlantis” is not something that “Country” can be, so it does not count."


def test_several_values_of_a_parameter_are_said_together():
    ignored = [Ignored("rating", "x"), Ignored("k", "0"), Ignored("rating", "y")]
    assert ignored_in_words(ignored, {"rating": "Our rating"}) == [
        "“x”, “y” are not something that “Our rating” can be, so they do not count.",
        "“0” is not something that “k” can be, so it does not count.",
    ]


def test_a_value_with_a_sentence_of_its_own_is_said_by_it():
    backwards = Ignored("from", "2020", "The years run backwards.")
    assert ignored_in_words([backwards, Ignored("to", "2010", "The years run backwards.")], {}) == [
        "The years run backwards."
    ]


def test_a_very_long_value_is_cut():
    (sentence,) = ignored_in_words([Ignored("city", "x" * 5000)], {})
    assert f"“{'x' * 60}”" in sentence


def test_where_all_can_be_used_nothing_is_said():
    assert ignored_in_words([], {}) == []
