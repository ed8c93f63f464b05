"""How fast a page of the listing is read: entries for each second of the processor, as text and as saved HTML.

    python -m benchmarks.listing_speed [--entries 2000] [--repetitions 5]

The entries have the titles, places, year texts and summaries of the tests' frozen data, and words that no entry read
before has, so that nothing is answered from memory. A first page, not counted, lets the reader load its words and
names. The aim: 2 000 entries a second.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from html import escape
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import NamedTuple

from benchmarks.readers import FROZEN
from icc_data.incoming.check import Data, valid_data
from icc_data.incoming.readers import read
from icc_data.model.gazetteer import Gazetteer

FORMS = ("txt", "html")


class Entry(NamedTuple):
    """What the page says of one practice; ``places`` are countries, cities and the year text."""

    title: str
    places: tuple[str, ...]
    description: str
    address: str


def entries(data: Data, count: int, page: str) -> Iterator[Entry]:
    """Entries of a page as the programme writes them.

    Args:
        data: the practices that they are made of, again and again.
        count: how many.
        page: what tells the words of this page from those of others.
    """
    names = {city.city_id: city.name for city in data.cities}
    for number, practice in enumerate(islice(cycle(data.practices), count)):
        places = (*practice.countries, *(names[city] for city in practice.city_ids), practice.when_text or "")
        yield Entry(
            f"{practice.title} {page}{number}",
            tuple(filter(None, places)),
            f"{practice.summary or practice.title} It is number {number} of {page}...",
            f"https://www.coe.int/en/web/interculturalcities/-/{practice.practice_id}-{number}",
        )


def as_txt(items: Iterator[Entry]) -> str:
    """A page as it is copied out of a browser."""
    blocks = (f"{e.title}\n\n{' '.join(e.places)}\n\n{e.description}\n\nRead More\n\n" for e in items)
    return "Good practice examples\n\n" + "".join(blocks)


def as_html(items: Iterator[Entry]) -> str:
    """A page as a browser saves it."""
    blocks = (
        f'<div class="abstract">\n  <h3 class="title"><a href="{e.address}">{escape(e.title)}</a></h3>\n'
        f'  <p class="metadata">{"".join(f"<span>{escape(place)}</span>" for place in e.places)}</p>\n'
        f'  <div class="summary">{escape(e.description)}\n  <a href="{e.address}">Read More</a></div>\n</div>\n'
        for e in items
    )
    return f"<!DOCTYPE html><html><body><h1>Good practice examples</h1>{''.join(blocks)}</body></html>"


def speed(data: Data, form: str, count: int, repetitions: int) -> float:
    """Entries for each second of the processor, the best of several pages with words of their own."""
    gazetteer = Gazetteer(data.cities)
    write = as_html if form == "html" else as_txt
    best = 0.0
    with TemporaryDirectory() as folder:
        for repetition in range(repetitions + 1):
            path = Path(folder) / f"listing.{form}"
            path.write_text(write(entries(data, count, f"{form}{repetition}x")), encoding="utf-8")
            began = process_time()
            result = read(path, gazetteer, data.vocabulary)
            taken = process_time() - began
            if repetition:
                best = max(best, (len(result.accepted) + len(result.rejected)) / taken)
    return best


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.listing_speed", description=(__doc__ or "").split("\n")[0]
    )
    options.add_argument("--entries", type=int, default=2000, help="how many a page has")
    options.add_argument("--repetitions", type=int, default=5, help="how many pages count; the best is told")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure both forms and print them."""
    options = parser().parse_args(arguments)
    data = valid_data(FROZEN)
    for form in FORMS:
        print(f"{form}: {speed(data, form, options.entries, options.repetitions):,.0f} entries a second")
    print("aim: ≥ 2,000 entries a second of the processor")


if __name__ == "__main__":
    main()
