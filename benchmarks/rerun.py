"""How long a click takes: the rerun of each page, measured against an empty Streamlit page in the same minutes.

Usage: ``python -m benchmarks.rerun [--repetitions 30] [--sessions 50] [--pages overview map]``

Speaks Streamlit's websocket as the browser does, with servers of its own on free ports of this machine, and takes the
repetitions of a page and of the empty one in turns, so that a busy moment of the machine falls on both alike. What
counts are the ratios. ``benchmarks/README.md`` says what each column means.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count, product, repeat
from pathlib import Path
from threading import Barrier

from benchmarks.measured import Row, Size
from benchmarks.stage import Stage, say
from benchmarks.tabs import Run, Session, served

ROOT = Path(__file__).resolve().parent.parent
EMPTY = 'import streamlit as st\nst.write("empty")\n'
# What the dashboard does after its start: see pages/shared/server.py.
EMPTY_FROZEN = (
    "import gc\nimport streamlit as st\n"
    "@st.cache_resource\ndef settle():\n    gc.collect()\n    gc.freeze()\n"
    'settle()\nst.write("empty")\n'
)
OVERVIEW = "overview"
GOALS = {"": 0.7}
MOST_NEW, MOST_AGAIN_KB, MOST_NEW_KB = 3.0, 20.0, 100.0
"""The goals of a filter never seen before: times the empty page; kB of a rerun without and with one."""
# What a page is about that shows nothing without it.
ABOUT = {
    "city": "city=bergen",
    "benchmark": "city=bergen",
    "audit": "city=bergen",
    "practice": "practice=a-welcoming-app",
    "policy_area": "policy_area=education",
}
OTHER_GOAL = 1.2
WARM_UP = 5


def new_filters() -> Iterator[str]:
    """Address parameters of selections, each another one and none of them empty; there is no last one.

    They are spans of years, as practices started or were active in them, with and without the undated. When all spans
    have had their turn they come again, less a word that no practice holds: other selections of the same practices.
    """
    spans = product(range(1985, 2016), range(2016, 2026), ("yes", "no"), ("active", "started"))
    queries = [f"from={first}&to={last}&undated={undated}&years={years}" for first, last, undated, years in spans]
    for turn in count():
        without = f"&q=-unheardof{turn}" if turn else ""
        yield from (query + without for query in queries)


def with_filters(page: str, filters: Iterator[str]) -> Iterator[str]:
    """A page's address parameters, the next filters beside them each time."""
    about = ABOUT.get(page)
    return (f"{about}&{chosen}" if about else chosen for chosen in filters)


@dataclass
class Case:
    """Something to rerun, and what its reruns took."""

    name: str
    session: Session
    queries: Iterator[str] = field(default_factory=lambda: repeat(""))
    runs: list[Run] = field(default_factory=list)

    def rerun(self) -> None:
        """Run it once more."""
        self.runs.append(self.session.run(next(self.queries)))

    @property
    def seconds(self) -> float:
        """The median."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def kilobytes(self) -> float:
        """The median."""
        return statistics.median(run.received for run in self.runs) / 1000


def warm_up(repetitions: int) -> int:
    """How many reruns do not count before so many that do: never more than those."""
    return min(WARM_UP, repetitions)


def in_turns(cases: list[Case], repetitions: int) -> None:
    """Rerun every case, one after the other, again and again; the first few times do not count."""
    before = warm_up(repetitions)
    for repetition in range(before + repetitions):
        for case in cases:
            case.rerun()
        if repetition == before - 1:
            for case in cases:
                case.runs.clear()


def at_once(url: str, page: str, sessions: int, rounds: int = 5) -> float:
    """The median seconds of a rerun when many tabs rerun the same page in the same moment."""
    tabs = [Session(url, page) for _ in range(sessions)]
    start = Barrier(sessions)

    def rounds_of(tab: Session) -> list[float]:
        about = ABOUT.get(page, "")
        tab.run(about)
        seconds = []
        for _ in range(rounds):
            start.wait()
            seconds.append(tab.run(about).seconds)
        return seconds

    with ThreadPoolExecutor(sessions) as pool:
        taken = list(pool.map(rounds_of, tabs))
    for tab in tabs:
        tab.close()
    return statistics.median(seconds for tab in taken for seconds in tab)


def _pages(url: str) -> list[str]:
    session = Session(url)
    session.run()
    session.close()
    return session.pages


def _table(header: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    lines = [
        "  ".join(
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [header, *rows]
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _goal(page: str, ratio: float) -> str:
    goal = GOALS.get(page, OTHER_GOAL)
    return f"≤ {goal:.1f} {'met' if ratio <= goal else 'missed'}"


@dataclass
class Servers:
    """The addresses of the three servers."""

    empty: str
    frozen: str
    atlas: str


@contextmanager
def servers() -> Iterator[Servers]:
    """Serve the empty page, the same with its memory settled, and the atlas."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = {}
        for name, script in (("empty", EMPTY), ("frozen", EMPTY_FROZEN)):
            (folder / f"{name}.py").write_text(script, encoding="utf-8")
            urls[name] = stack.enter_context(served(folder / f"{name}.py", folder))
        yield Servers(atlas=stack.enter_context(served(ROOT / "dashboard.py", ROOT)), **urls)


@dataclass
class Taken:
    """What the reruns of one page took, and those of the empty pages in the same minutes."""

    page: str
    first: Run
    empty: Case
    frozen: Case
    again: Case
    new: Case

    @property
    def again_ratio(self) -> float:
        """A rerun that changes nothing, in times the empty page's."""
        return self.again.seconds / self.empty.seconds

    @property
    def new_ratio(self) -> float:
        """A rerun with filters never seen before, in times the empty page's."""
        return self.new.seconds / self.empty.seconds

    def row(self) -> list[str]:
        """The page's line of the table."""
        ratio = self.again_ratio
        return [
            self.page or OVERVIEW,
            f"{self.again.seconds * 1000:.1f}",
            f"{ratio:.2f}",
            _goal(self.page, ratio),
            f"{self.again.kilobytes:.1f}",
            f"{self.new.seconds * 1000:.1f}",
            f"{self.new_ratio:.2f}",
            f"{self.new.kilobytes:.1f}",
            f"{self.first.received / 1000:.1f}",
        ]


def take(page: str, urls: Servers, filters: Iterator[str], repetitions: int) -> Taken:
    """Rerun one page in turns with the empty ones.

    In tabs of their own, closed afterwards: Streamlit's server goes through all open tabs at every message.
    """
    again = Case(page, Session(urls.atlas, page), repeat(ABOUT.get(page, "")))
    taken = Taken(
        page,
        first=again.session.run(next(again.queries)),
        empty=Case("empty page", Session(urls.empty)),
        frozen=Case("empty page, memory settled", Session(urls.frozen)),
        again=again,
        new=Case(page, Session(urls.atlas, page), with_filters(page, filters)),
    )
    cases = [taken.empty, taken.frozen, taken.again, taken.new]
    in_turns(cases, repetitions)
    for case in cases:
        case.session.close()
    return taken


def _empty_row(cases: Sequence[Case], base: float) -> list[str]:
    """The line of an empty page over all pages that it took turns with; ``base``: the seconds that count as 1."""
    every = Case(cases[0].name, cases[0].session, runs=[run for case in cases for run in case.runs])
    ratio = f"{every.seconds / base:.2f}"
    return [every.name, f"{every.seconds * 1000:.1f}", ratio, "", f"{every.kilobytes:.1f}", "", "", "", ""]


def one_at_a_time(urls: Servers, pages: Sequence[str], repetitions: int) -> str:
    """The table of what each page's reruns took."""
    filters = new_filters()
    taken = [take(page, urls, filters, repetitions) for page in pages]
    base = statistics.median(run.seconds for item in taken for run in item.empty.runs)
    empty = [_empty_row([item.empty for item in taken], base), _empty_row([item.frozen for item in taken], base)]
    header = ["", "again ms", "÷ empty", "goal", "kB", "new filter ms", "÷ empty", "kB", "first kB"]
    return _table(header, [*empty, *(item.row() for item in taken)])


def many_at_once(urls: Servers, pages: Sequence[str], sessions: int) -> str:
    """The table of what a rerun takes when so many tabs ask for one in the same moment."""
    many = {"empty page": (urls.empty, ""), "empty page, memory settled": (urls.frozen, "")}
    many |= {page or OVERVIEW: (urls.atlas, page) for page in pages}
    medians = {name: at_once(url, page, sessions) for name, (url, page) in many.items()}
    base = medians["empty page"]
    return _table(
        [f"{sessions} sessions at once", "ms", "÷ empty"],
        [[name, f"{seconds * 1000:.0f}", f"{seconds / base:.2f}"] for name, seconds in medians.items()],
    )


def measure(repetitions: int, sessions: int, wanted: Sequence[str] = ()) -> str:
    """Measure and give the tables.

    Args:
        repetitions: counted reruns of each page.
        sessions: tabs that rerun at once; 0 for no such measurement.
        wanted: the pages by name; none for all.
    """
    with servers() as urls:
        pages = [page for page in _pages(urls.atlas) if not wanted or (page or OVERVIEW) in wanted]
        tables = [one_at_a_time(urls, pages, repetitions)]
        if sessions:
            tables.append(many_at_once(urls, pages, sessions))
        return "\n\n".join(tables)


def rows(stage: Stage, repetitions: int = 8) -> Iterator[Row]:
    """Each page's reruns as times the empty page's, and the most that any page sends.

    Args:
        stage: how much is measured, and where.
        repetitions: counted reruns of each page.
    """
    smallest = stage.size is Size.SMALLEST
    repetitions = stage.repetitions(repetitions)
    filters = new_filters()
    every: list[Taken] = []
    with stage.atlas() as atlas, stage.page(EMPTY) as empty, stage.page(EMPTY_FROZEN) as frozen:
        urls = Servers(empty.url, frozen.url, atlas.url)
        for page in [""] if smallest else _pages(urls.atlas):
            taken = take(page, urls, filters, repetitions)
            every.append(taken)
            name = page or OVERVIEW
            milliseconds = [1000 * case.seconds for case in (taken.empty, taken.again, taken.new)]
            say(f"  {name}: {' · '.join(f'{one:.0f}' for one in milliseconds)} ms (empty page, again, new filter)")
            yield Row(f"{name} again ÷ empty", taken.again_ratio, "×", GOALS.get(page, OTHER_GOAL))
            yield Row(f"{name}, a new filter ÷ empty", taken.new_ratio, "×", MOST_NEW)
    for kind, goal, kilobytes in (
        ("again", MOST_AGAIN_KB, {taken.page: taken.again.kilobytes for taken in every}),
        ("with a new filter", MOST_NEW_KB, {taken.page: taken.new.kilobytes for taken in every}),
    ):
        most = max(kilobytes, key=lambda page: kilobytes[page])
        yield Row(f"most that a page sends {kind} ({most or OVERVIEW})", kilobytes[most], "kB", goal)


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if int(text) < least:
            raise argparse.ArgumentTypeError(f"{text} is less than {least}")
        return int(text)

    return number


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--repetitions", type=_at_least(1), default=30, help="reruns of each page that count")
    options.add_argument("--sessions", type=_at_least(0), default=0, help="also rerun in so many tabs at once")
    names = sorted(file.stem for file in (ROOT / "pages").glob("[!_]*.py"))
    options.add_argument("--pages", nargs="+", choices=names, default=[], metavar="PAGE", help=f"of {', '.join(names)}")
    return options


def main() -> None:
    """Read the command line, measure and print."""
    arguments = parser().parse_args()
    print(measure(arguments.repetitions, min(arguments.sessions, 200), arguments.pages))


if __name__ == "__main__":
    main()
