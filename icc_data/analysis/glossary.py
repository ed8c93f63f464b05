"""What the words of the atlas mean, for whoever reads its pages; docs/method.md has the formulas."""

from __future__ import annotations

from icc_data.i18n import mark
from icc_data.i18n import translate as _

GLOSSARY: dict[str, tuple[str, str]] = {
    "practice": (
        mark("Good practice"),
        mark("Something that a city or a network did and that the programme published as worth copying."),
    ),
    "policy_area": (
        mark("Policy area"),
        mark("One of the fields in which the Intercultural Cities Index looks at a city, such as education."),
    ),
    "commitment": (
        mark("Commitment"),
        mark("One of the four aims of the programme; each policy area serves one of them."),
    ),
    "theme": (mark("Theme"), mark("What a practice is about in everyday words, such as sport or youth.")),
    "network": (
        mark("Network"),
        mark("The international programme, or the cities of one country or region that work together within it."),
    ),
    "index": (
        mark("Intercultural Cities Index"),
        mark("The programme’s own questionnaire on a city’s policies, with results from 0 to 100."),
    ),
    "edition": (
        mark("Edition"),
        mark("The year of an Index result; results of different years are not compared, as the questions change."),
    ),
    "peers": (
        mark("Peers"),
        mark("The cities that one is compared with: those most like it, those that follow a rule, or your own choice."),
    ),
    "alike": (
        mark("How alike"),
        mark("How much two cities have in common in eight facts, such as residents, country and policy areas."),
    ),
    "median": (mark("Median"), mark("The one in the middle: half of the others have less, half have more.")),
    "percentile": (
        mark("Percentile"),
        mark("How many of 100 peers have less, those with as much counting half; 50 is the middle."),
    ),
    "active": (
        mark("Active"),
        mark("A practice is active from its start to its end; one that is said to go on, until the year of the data."),
    ),
    "bare": (
        mark("Year that may not be the start"),
        mark("Of some practices one year alone was published; it may be that of the page or of one edition."),
    ),
    "silent": (mark("Silent city"), mark("A city of which nothing newer than a few years is known.")),
    "chance": (
        mark("By chance"),
        mark("How often two things would meet if they had nothing to do with each other."),
    ),
    "need": (
        mark("Need"),
        mark("In the audit: how much is missing in a policy area, times how much it matters to you."),
    ),
}
"""Word and meaning by what the word names, in English, for the catalogue."""


def meaning(name: str) -> str:
    """What a word means, in the language of the page.

    Args:
        name: a key of ``GLOSSARY``.

    Raises:
        KeyError: there is no such word.
    """
    return _(GLOSSARY[name][1])


def entries() -> list[tuple[str, str]]:
    """Every word with its meaning, in the language of the page and in its alphabetical order."""
    return sorted(((_(word), _(words)) for word, words in GLOSSARY.values()), key=lambda entry: entry[0].casefold())
