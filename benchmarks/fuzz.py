"""Whether readers and parsers take whatever they are given: an answer or an error in words, within a time, each time.

Usage: ``python -m benchmarks.fuzz [--cases 10000] [--only csv period] [--seed 1] [--first 0]``

Makes spoilt files, texts and addresses out of good ones: it flips, deletes, doubles and moves bytes, lines, cells and
the parts of archives. For each it expects an answer or an ``AtlasError`` within ``LIMIT`` seconds of processor time.
A case follows from seed, target and number alone: where one fails, the command that makes it again is printed, and the
case lies in ``build/fuzz``. ``docs/security.md`` keeps what it prints.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks.fuzz_cases import addressed, file_case, seeds, typed
from icc_data import queries
from icc_data.analysis.audit import read_judgement
from icc_data.analysis.parameters import unknown_params
from icc_data.analysis.peer_sets import read_peer_set
from icc_data.errors import AtlasError
from icc_data.incoming.contributions.checking import Network, check_upload, known_network
from icc_data.incoming.readers import Kind, read
from icc_data.limits import limit_memory
from icc_data.model.period import read_period
from icc_data.paths import ROOT
from icc_data.queries.ignored import ignored_in_words
from icc_data.queries.selection import filter_labels, read_selection
from icc_data.store.build import build
from icc_data.store.database import open_database
from pages.shared.markdown import escaped

DATA = ROOT / "tests" / "fixtures" / "data_2026_11_22"
KEPT = ROOT / "build" / "fuzz"
LIMIT = 5.0
"""Seconds of a processor's time that a case may take."""
# DuckDB takes addresses for far more memory than it uses.
MOST_MEMORY = 6 * 1024**3
REPORTED = 3
SUFFIXES = {"listing": ".html", "card": ".txt", "docx": ".docx", "csv": ".csv", "xlsx": ".xlsx", "json": ".json"}
TARGETS = (*SUFFIXES, "period", "selection", "address", "upload")
KINDS: dict[str, Kind] = {"listing": "listing", "card": "card", "docx": "card"}


class TooLongError(BaseException):
    """A case takes longer than it may; nothing that catches errors catches this."""


def _too_long(signum: int, frame: FrameType | None) -> None:
    raise TooLongError


@contextmanager
def within_limit() -> Iterator[None]:
    """End what takes too much of a processor's time, however busy the machine is."""
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@dataclass(frozen=True)
class Target:
    """Something that takes what comes from outside.

    Attributes:
        make: the case of a random number generator.
        take: gives the case to it; raises ``AtlasError`` where it refuses it.
    """

    make: Callable[[random.Random], Any]
    take: Callable[[Any], object]


@dataclass
class Outcome:
    """What came of the cases of a target."""

    cases: int = 0
    refused: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    failures: list[str] = field(default_factory=list)


class Wrong(Exception):  # noqa: N818 - it is no error of the program that is tried
    """An answer that contradicts itself."""


def _file_target(name: str, folder: Path, network: Network) -> Target:
    path = folder / f"case{SUFFIXES[name]}"
    make = file_case(name, DATA)

    def take(case: bytes) -> object:
        path.write_bytes(case)
        return read(path, network.gazetteer, network.vocabulary, KINDS.get(name, "table"))

    return Target(make, take)


def _upload_target(network: Network) -> Target:
    by_suffix = {suffix: file_case(name, DATA) for name, suffix in SUFFIXES.items()}

    def make(chance: random.Random) -> tuple[str, bytes]:
        suffix = chance.choice(list(by_suffix))
        content = by_suffix[suffix](chance)
        # Some come under another ending than their own.
        ending = suffix if chance.random() < 0.8 else chance.choice([*by_suffix, ".tsv", ".jsonl", ".htm", ".pdf", ""])
        return typed(["new", "practices 2026", "Ünï"], chance)[:100] + ending, content

    return Target(make, lambda case: check_upload(case[0], case[1], network))


def _selection_target(database: Path, stack: ExitStack) -> Target:
    connection = stack.enter_context(open_database(database))
    options = queries.options(connection)
    cities = options.values("city")

    def take(case: dict[str, list[str]]) -> object:
        selection, ignored = read_selection(case, options)
        if read_selection(selection.to_params(), options)[0] != selection:
            raise Wrong(f"read back from the address it is another selection: {selection}")
        queries.practice_count(connection, selection)
        peer_set, strange = read_peer_set(case, cities)
        judgement, odd = read_judgement(case, options.values("policy_area"))
        return ignored_in_words([*ignored, *strange, *odd], filter_labels()), peer_set, judgement

    return Target(lambda chance: addressed(options, chance), take)


def _unknown(case: dict[str, list[str]]) -> object:
    return [escaped(sentence) for sentence in ignored_in_words(unknown_params(case), filter_labels())]


def targets(folder: Path, stack: ExitStack) -> dict[str, Callable[[], Target]]:
    """Each target by its name, made when it is asked for.

    Args:
        folder: for files.
        stack: closes what is opened.
    """
    network = known_network(DATA)
    periods = seeds("period", DATA)[0].decode("utf-8").splitlines()

    def with_database() -> Target:
        database = folder / "atlas.duckdb"
        build(DATA, database)
        return _selection_target(database, stack)

    def of_file(name: str) -> Callable[[], Target]:
        return lambda: _file_target(name, folder, network)

    return {
        **{name: of_file(name) for name in SUFFIXES},
        "period": lambda: Target(lambda chance: typed(periods, chance), lambda case: read_period(case).as_dict()),
        "selection": with_database,
        "address": lambda: Target(lambda chance: addressed(None, chance), _unknown),
        "upload": lambda: _upload_target(network),
    }


def _keep(name: str, number: int, case: Any) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    content = case[-1] if isinstance(case, tuple) else case
    path = KEPT / f"{name}-{number}{SUFFIXES.get(name, '')}"
    path.write_bytes(content if isinstance(content, bytes) else repr(content).encode("utf-8"))
    return path


def _what_happened(target: Target, case: Any) -> str:
    """What went wrong with a case; empty where nothing did, “refused” where it was refused in words."""
    try:
        with within_limit():
            target.take(case)
    except AtlasError:
        return "refused"
    except TooLongError:
        return f"took more than {LIMIT:g} seconds"
    except Exception as error:  # noqa: BLE001 - any other exception is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {str(error)[:200]} ({Path(last.filename).name}:{last.lineno})"
    return ""


def fuzz(name: str, target: Target, numbers: Sequence[int], seed: int) -> Outcome:
    """Give a target its cases.

    Args:
        name: of the target.
        target: what is tried.
        numbers: of the cases.
        seed: of all cases.
    """
    outcome = Outcome()
    kinds: Counter[str] = Counter()
    for number in numbers:
        case = target.make(random.Random(f"{seed}/{name}/{number}"))
        began = time.process_time()
        what = _what_happened(target, case)
        took = time.process_time() - began
        outcome.cases += 1
        outcome.seconds += took
        outcome.longest = max(outcome.longest, took)
        if what == "refused":
            outcome.refused += 1
        elif what:
            kinds[what[:60]] += 1
            if kinds[what[:60]] <= REPORTED:
                again = f"python -m benchmarks.fuzz --only {name} --seed {seed} --first {number} --cases 1"
                outcome.failures.append(f"{what}\n    {again}\n    {_keep(name, number, case)}")
    outcome.failures += [f"{count} like “{what}”" for what, count in kinds.items() if count > REPORTED]
    return outcome


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--cases", type=int, default=10_000, help="for each target (default: 10000)")
    options.add_argument("--only", nargs="+", choices=TARGETS, default=list(TARGETS), help="these targets")
    options.add_argument("--seed", type=int, help="of the cases; another each time where it is not given")
    options.add_argument("--first", type=int, default=0, help="number of the first case")
    return options


def main() -> int:
    """Read the command line, try, and print what came of it."""
    arguments = parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="atlas-fuzz-") as folder, ExitStack() as stack:
        by_name = targets(Path(folder), stack)
        seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(10**6)
        numbers = range(arguments.first, arguments.first + arguments.cases)
        signal.signal(signal.SIGPROF, _too_long)
        limit_memory(MOST_MEMORY)
        print(f"seed {seed}")
        print(f"{'target':12}{'cases':>8}{'refused':>10}{'failures':>10}{'seconds':>10}{'longest':>10}", flush=True)
        failed = False
        for name in arguments.only:
            outcome = fuzz(name, by_name[name](), numbers, seed)
            failed = failed or bool(outcome.failures)
            counts = f"{outcome.cases:>8}{outcome.refused:>10}{len(outcome.failures):>10}"
            print(f"{name:12}{counts}{outcome.seconds:>10.1f}{outcome.longest:>10.2f}", flush=True)
            for failure in outcome.failures:
                print(f"  {failure}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
