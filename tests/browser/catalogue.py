"""What of a page in the pseudo-language no catalogue has put into words."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from icc_data.incoming.contributions.template import FIELDS
from icc_data.incoming.readers.headings import heading
from icc_data.paths import DATA_DIRECTORY
from tests.helpers.documents import ROOT

# Everything that a person can see: texts of the page and of its charts, of controls, and of what tells about them.
_VISIBLE = """() => {
  const texts = new Set();
  const passed = 'code, pre, style, script, textarea, [data-testid="stIconMaterial"], [lang]:not(html), .printed-table';
  // Of the two heads of a page one is for wide windows and one for telephones; the words of both count.
  const visible = (one) => one.checkVisibility() || one.closest('.st-key-navigation');
  const walker = document.createTreeWalker(document.querySelector('[data-testid="stApp"]'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const icon = getComputedStyle(parent).fontFamily.includes("Material");
    if (!icon && !parent.closest(passed) && visible(parent)) texts.add(walker.currentNode.textContent.trim());
  }
  for (const name of ['placeholder', 'title', 'alt'])
    for (const element of document.querySelectorAll(`[data-testid="stApp"] [${name}]`))
      if (element.checkVisibility()) texts.add(element.getAttribute(name).trim());
  return [...texts].filter((text) => text);
}"""
# Streamlit's own words, which no setting translates.
_OF_STREAMLIT = re.compile(
    r"Deploy|Press .*|\d+/\d+|Upload|Browse files|Drag and drop.*|Limit .*|\d+MB per file.*|Add files?|Fullscreen|"
    r"Choose an option|Choose options|Zoom (In|Out)|Link to heading|Rerun|Main menu|Show password text|Skip to .*|"
    r"\w+ icon|Page \d+|Show data|Search|Download as CSV|Close|Logo|Previous|Next|.*px|Vega visualization|"
    r"Loading.*|Streamlit #\d+"
)
SHORTEST_PART, SHORTEST_LINE = 9, 4
# Of the language, on any page: what its head and its foot say alone is more.
FEWEST = 20
_WORDS_OF_LISTS_AND_DAYS = (
    "and or January February March April May June July August September October November December English Français"
)
_PLAIN = re.compile(r"\b(?=[^\W\d_]*[aeiou])[^\W\d_]{3,}")


@cache
def _data() -> list[str]:
    """Every text of the data, the longest first: titles, names, labels, what the tables say of themselves."""
    texts = set(_WORDS_OF_LISTS_AND_DAYS.split())
    for table in ("practices", "cities", "terms", "index_scores", "index_reports"):
        with (Path(DATA_DIRECTORY) / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for cell in row.values():
                    texts |= {cell, *(cell or "").split("; ")}
    for file in (ROOT / "icc_data" / "store" / "sql").glob("*.sql"):
        texts |= {text.replace("''", "'") for text in re.findall(r" IS '((?:[^']|'')+)'", file.read_text("utf-8"))}
    texts |= {heading(field.column, "en") for field in FIELDS}
    return sorted((text for text in texts if text and len(text) > 2), key=len, reverse=True)


def _is_line_of(rest: str, piece: str) -> bool:
    """Whether the rest is a part of the piece, or a short line that begins or ends it."""
    if len(rest) > SHORTEST_PART:
        return rest in piece
    return len(rest) >= SHORTEST_LINE and (piece.startswith(f"{rest} ") or piece.endswith(f" {rest}"))


def _unsaid(texts: list[str], data: list[str]) -> list[str]:
    """The texts with words that are neither of the pseudo-language nor of the data."""
    left = []
    for text in texts:
        rest = re.sub(r"https?://\S+|[\w.]+@\S+|[\w-]+\.(?:org|int|com|eu|csv|xlsx|parquet)\b", "", text)
        # A single word in quotation marks is one that somebody wrote, of which the data may hold another form.
        rest = re.sub(r"“\w+”", "", rest)
        if _OF_STREAMLIT.fullmatch(rest.strip()):
            continue
        if _PLAIN.search(rest):
            for piece in data:
                if piece in rest:
                    rest = rest.replace(piece, " ")
                # A summary that is cut, a label on two lines: where the line breaks depends on the machine's letters.
                elif _is_line_of(rest.rstrip("… "), piece):
                    rest = ""
        if _PLAIN.search(rest):
            left.append(f"{text[:90]} ({', '.join(_PLAIN.findall(rest)[:5])})")
    return left


def untranslated(page: Page) -> list[str]:
    """The texts on a page in the pseudo-language that did not go through the catalogue and are none of the data."""
    texts = page.evaluate(_VISIBLE)
    spoken = sum("⟦" in text for text in texts)
    return [*_unsaid(texts, _data()), *([f"only {spoken} texts are in the language"] if spoken <= FEWEST else [])]
