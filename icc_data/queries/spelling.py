"""British and American spellings of a word, by rule: candidates only, which count where a practice has such a word.

The differences are those that style guides list: -our/-or, -ise/-ize, -yse/-yze, -re/-er, -ogue/-og, -ence/-ense, a
doubled l before an ending, and some words by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_OUR = "s|ed|ing|ings|er|ers|able|ably|ful|fully|ite|ites|hood|hoods|less|al|ally|ist|ists|ly|y|ation|ations|ism"
_ISE = "e|es|ed|er|ers|ing|ation|ations|ational|able"
_RE = "cent|theat|met|lit|fib|lust|calib|somb|spect|sab|meag|kilomet|centimet|millimet"
_LL = "ed|ing|ings|er|ers|or|ors|ous|ously"
# British and American form, and where in a pattern a word carries either. The group “root” ends where both are told
# apart, so that “organize” means words that begin with “organiz” and not “organic”.
_RULES: tuple[tuple[str, str], ...] = (
    (rf"(?P<stem>\w{{2,}})our(?P<end>{_OUR})?", "{stem}or|{end}"),
    (rf"(?P<stem>\w{{3,}}|od)or(?P<end>{_OUR})?", "{stem}our|{end}"),
    (rf"(?P<stem>\w{{3,}})is(?P<end>{_ISE})", "{stem}iz|{end}"),
    (rf"(?P<stem>\w{{3,}})iz(?P<end>{_ISE})", "{stem}is|{end}"),
    (r"(?P<stem>\w{2,})ys(?P<end>e|es|ed|er|ers|ing)", "{stem}yz|{end}"),
    (r"(?P<stem>\w{2,})yz(?P<end>e|es|ed|er|ers|ing)", "{stem}ys|{end}"),
    (rf"(?P<stem>{_RE})re(?P<end>s|d)?", "{stem}er|{end}"),
    (rf"(?P<stem>{_RE})er(?P<end>s|ed|ing)?", "{stem}re|{end}"),
    (r"(?P<stem>\w{3,}|d[ei]a)logue?(?P<end>s|d|ing)?", "{stem}log|{end}"),
    (r"(?P<stem>\w{3,}|dia)log(?P<end>s|ed|ing)?", "{stem}logue|{end}"),
    (rf"(?P<stem>\w*[aeiouy]\w*[^aeiou\W][aeiou])ll(?P<end>{_LL})", "{stem}l{end}|"),
    (rf"(?P<stem>\w*[aeiouy]\w*[^aeiou\W][aeiou])l(?P<end>{_LL})", "{stem}ll|{end}"),
    (r"program(?P<end>s)?", "programme|{end}"),
    (r"programme(?P<end>s)?", "program|{end}"),
    (r"(?P<stem>def|off|pret|lic)en[cs]e(?P<end>s|d)?", "{stem}ence|{end} {stem}ense|{end}"),
    (r"practi[cs](?P<end>e|es|ed|ing)", "practic|{end} practis|{end}"),
)
_PAIRS = (
    "ageing aging; aeroplane airplane; aluminium aluminum; artefact artifact; cosy cozy; enquiry inquiry; "
    "enrolment enrollment; enrol enroll; fulfil fulfill; fulfilment fulfillment; grey gray; instalment installment; "
    "jewellery jewelry; judgement judgment; acknowledgement acknowledgment; manoeuvre maneuver; mould mold; "
    "mum mom; maths math; paediatric pediatric; orthopaedic orthopedic; archaeology archeology; aesthetic esthetic; "
    "encyclopaedia encyclopedia; mediaeval medieval; plough plow; pyjamas pajamas; sceptic skeptic; skilful skillful; "
    "wilful willful; woollen woolen; towards toward; learnt learned"
)
_WORDS = {
    word + end: other + end
    for pair in _PAIRS.split("; ")
    for word, other in (pair.split(), pair.split()[::-1])
    for end in ("", "s")
}
# Words to which a rule would do what English does not.
_NEVER = frozenset({"flour", "scour", "autour", "autor", "promise", "premise", "franchise", "improvise", "supervise"})


@lru_cache(maxsize=2000)
def other_spellings(word: str) -> tuple[tuple[str, str], ...]:
    """How a word may be spelt on the other side of the Atlantic.

    Args:
        word: folded.

    Returns:
        Spellings, each with the letters with which a word has to begin to be meant; most of them are no words at all.
    """
    return tuple(dict.fromkeys(pair for pair in _candidates(word) if pair[0] != word))


def _candidates(word: str) -> Iterator[tuple[str, str]]:
    if word in _WORDS:
        yield _WORDS[word], _WORDS[word]
    if word in _NEVER:
        return
    for pattern, forms in _RULES:
        if fitting := re.fullmatch(pattern, word):
            parts = {name: text or "" for name, text in fitting.groupdict().items()}
            for form in forms.split(" "):
                root, end = form.format(**parts).split("|")
                yield root + end, root
