"""In which language a short text is, by the small words that no other language has; mostly nobody can tell."""

from __future__ import annotations

import re

# Our own choice of words that titles and year texts are joined by; a word of two languages stands with neither,
# unless letters of its own tell them apart.
_WORDS = {
    "fr": "le les des du et une aux dans pour par sur vers avec mise chargée ta salut ouvrir mettre promouvoir "
    "depuis partir pendant menée jusque septembre octobre novembre décembre conseil parcours nouveau fabuleuses "
    "traversées fonds égalité planification politique ensemble matière parcs urbains",
    "es": "el los las y convivencia estrategia municipal antirumores antirrumores antirumor antirrumor antirrrumores "
    "feria rumores libre red grupo diálogo observatorio inmigración diciembre enero",
    "it": "il gli della delle dei di e per contro città giovani premio spazi sala tavolo carta osservatorio parolario "
    "festival progetto interculturale",
    "pt": "o os da das do dos em e integração migrantes imigrantes formação género diálogo junho maio plano clube "
    "interculturalidade ecossistemas interculturais",
    "ca": "pla espai amb dels comunitària mescla't",
    "de": "der die das und von in öffentlichen für mit jung quartiersräte mitmachzirkus nachbarschaftsheim",
    "sv": "och för mångkulturellt",
    "no": "mot og offentlig organisasjon utekontaketen samarbeidsråd tros",
    "da": "brug sammen med mig",
    "pl": "strategia dialogu międzykulturowego marca kwietnia maja czerwca lipca sierpnia września października",
    "eu": "ongi etorri",
    "hr": "kroz i pokretanje omogućavanje razumevanja",
    "en": "the of and for with to from in on an by as since until ongoing current running each year month "
    "months between created started",
}
_BY_WORD: dict[str, set[str]] = {}
for _code, _words in _WORDS.items():
    for _word in _words.split():
        _BY_WORD.setdefault(_word, set()).add(_code)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# l’étranger, d'une: what stands before the apostrophe is French, Italian or Catalan.
_ELISION = re.compile(r"\b(?:[ldnsj]|qu)'(?=[^\W\d_])")
_JAPANESE = re.compile(r"[\u3040-\u30ff]")


def language_of(text: str) -> str:
    """The language of a text: that with the most words of its own in it.

    Args:
        text: a title or a year text as published.

    Returns:
        Its code, such as “fr”; empty where no word tells, or words of two languages do so equally.
    """
    if _JAPANESE.search(text):
        return "ja"
    # What stands in brackets is a translation or another name.
    plain = (text.partition("(")[0].strip() or text).lower().replace("’", "'")
    found = dict.fromkeys(_WORDS, 0.0)
    for word in _WORD.findall(_ELISION.sub(" ", plain)):
        codes = _BY_WORD.get(word, set())
        for code in codes:
            found[code] += 1 / len(codes)
    for code in ("fr", "it", "ca"):
        # An elision says which three it may be; words say which of them it is.
        found[code] += 0.1 * len(_ELISION.findall(plain)) if found[code] else 0
    best = max(found.values())
    of_best = [code for code, count in found.items() if count == best]
    return of_best[0] if best and len(of_best) == 1 else ""
