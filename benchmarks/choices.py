"""How long a click takes where a page shows more than the usual: what can be chosen on it, beside an empty page.

Usage: ``make bench ARGS="--only choices"``

The questions of a researcher are choices of a page: rates instead of counts, how long practices last, words through
time, two selections side by side. Each is rerun as ``rerun`` does it: with the same filter, and with filters never seen
before, in turns with an empty Streamlit page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from benchmarks.measured import Row, Size
from benchmarks.rerun import EMPTY, MOST_NEW, OTHER_GOAL, OVERVIEW, Case, in_turns, new_filters
from benchmarks.stage import Stage, say
from benchmarks.tabs import Session

CHOICES: tuple[tuple[str, str], ...] = (
    ("timeline", "count=active"),
    ("timeline", "per=cities"),
    ("timeline", "per=residents"),
    ("timeline", "per=base"),
    ("timeline", "split=country"),
    ("timeline", "split=policy_area&scale=shares"),
    ("timeline", "split=policy_area&scale=shares&panels=group"),
    ("timeline", "split=policy_area&scale=shares&panels=country"),
    ("timeline", "section=lasting"),
    ("timeline", "section=lasting&lasting=policy_area"),
    ("timeline", "section=words&words=school, young people"),
    ("timeline", "compare=rest"),
    ("topics", "cells=shares"),
    ("topics", "cells=lift"),
    ("topics", "with=policy_area&pairs=lift"),
    ("topics", "compare=rest"),
    ("topics", "compare=rest&list=theme"),
    ("map", "measure=index_score"),
    ("map", "compare=rest"),
    ("practices", "view=table"),
    ("practices", "compare=rest"),
    ("practices", "q=school"),
    ("review", "list=theme"),
)
"""Pages, each with what is chosen on it."""


def address(page: str, chosen: str) -> str:
    """What the rows of a choice are called."""
    return f"{page or OVERVIEW}?{chosen}"


def take(
    page: str, chosen: str, years: Iterator[str], empty: str, atlas: str, repetitions: int
) -> tuple[Case, Case, Case]:
    """Rerun one choice in turns with the empty page, in tabs of their own that are closed afterwards.

    Args:
        page: the page.
        chosen: what is chosen on it, as address parameters.
        years: filters that no choice was asked with: those of a page share most of what they show.
        empty, atlas: the addresses of the servers.
        repetitions: how many reruns count.

    Returns:
        The empty page, the choice with the same filter, and that with filters never seen before.
    """
    filters = (f"{span}&{chosen}" for span in years)
    cases = (
        Case("empty page", Session(empty)),
        Case(address(page, chosen), Session(atlas, page), repeat(next(filters))),
        Case(address(page, chosen), Session(atlas, page), filters),
    )
    in_turns([*cases], repetitions)
    for case in cases:
        case.session.close()
    return cases


def rows(stage: Stage, repetitions: int = 8) -> Iterator[Row]:
    """Each choice's reruns as times the empty page's.

    Args:
        stage: how much is measured, and where.
        repetitions: counted reruns of each choice.
    """
    smallest = stage.size is Size.SMALLEST
    repetitions = stage.repetitions(repetitions)
    years = new_filters()
    with stage.atlas() as atlas, stage.page(EMPTY) as page:
        for name, chosen in CHOICES[:1] if smallest else CHOICES:
            empty, again, new = take(name, chosen, years, page.url, atlas.url, repetitions)
            milliseconds = " · ".join(f"{1000 * case.seconds:.0f}" for case in (empty, again, new))
            say(f"  {again.name}: {milliseconds} ms (empty page, again, new filter)")
            yield Row(f"{again.name} again ÷ empty", again.seconds / empty.seconds, "×", OTHER_GOAL)
            yield Row(f"{again.name}, a new filter ÷ empty", new.seconds / empty.seconds, "×", MOST_NEW)
