"""The tables of the words of practices."""

from __future__ import annotations

import pandas as pd

from icc_data import queries
from icc_data.analysis import shares, typical_words, word_shares
from icc_data.analysis.uncertainty import FEW
from icc_data.files.views.model import Choice, Parameter, Question, UnusableError, View, Wrong, called, needs
from icc_data.files.views.selections import COUNT
from icc_data.i18n import mark
from icc_data.i18n import translate as _

_WORDS = Parameter("words", "The words, parted by commas: at most five, of at most 200 characters.", needed=True)
# The first is what the page has where nobody chose.
_PERIODS = tuple(sorted(word_shares.PERIODS, key=int, reverse=True))


def _words(question: Question) -> pd.DataFrame:
    typed = question.text(_WORDS.name)
    words = word_shares.entries(typed, None) or needs(_WORDS.name, [_("as “school, rumours”")])
    if len(typed) > word_shares.LONGEST:
        told = _("At most {count} characters.").format(count=word_shares.LONGEST)
        raise UnusableError(Wrong(_WORDS.name, typed, (), told))
    if len(words) > word_shares.MOST_WORDS:
        told = _("At most {count} words, parted by commas.").format(count=word_shares.MOST_WORDS)
        raise UnusableError(Wrong(_WORDS.name, typed, (), told))
    together, active = int(question.chosen["together"]), question.chosen["count"] == "active"
    return shares.with_interval(question.rows(queries.words_by_period, words, together=together, active=active))


def _typical(question: Question) -> pd.DataFrame:
    return typical_words.with_log_odds(question.rows(queries.typical_words, fewest=FEW))


WORDS_VIEWS = (
    View(
        "words",
        "timeline",
        mark("A row a word and period, with its share of the practices of the period and the interval of that."),
        called(mark("Words through time")),
        _words,
        (
            Choice("together", _PERIODS, "How many years one period has."),
            Choice("count", ("started", "active"), COUNT),
        ),
        (_WORDS,),
    ),
    View(
        "typical_words",
        "timeline",
        mark("A row a word, with how often it stands in the summaries of the selection and of all others, and z."),
        called(mark("Words typical of these practices")),
        _typical,
    ),
)
