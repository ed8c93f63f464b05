"""What a server keeps before and after people came and went, counted in objects; printed as JSON.

Usage: ``python -m tests.helpers.aged RUNS SESSIONS``, a process of its own: it is the server as well as the people.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from itertools import islice

from streamlit import config
from streamlit.runtime.app_session import AppSession

from benchmarks.ageing import pages_of
from benchmarks.rerun import new_filters, with_filters
from benchmarks.tabs import Session
from pages.shared.tidying import tidying
from server import app
from tests.helpers.serving import serving

# Streamlit keeps those who left for a while, in case they come back; here for a second.
KEPT = 1
MOST_ROUNDS = 10
STAYING = 2
"""So many may still be there, as the last one may come back."""


def settled() -> dict[str, int]:
    """What there is once memory has been put in order: all that is kept, and that which collections walk over."""
    tidying().tidy()
    with tidying().one_at_a_time:
        kept_out = gc.get_freeze_count()
        in_the_way = gc.get_objects()
        gc.unfreeze()
        gc.collect()
        kept = gc.get_objects()
        sessions = sum(isinstance(item, AppSession) for item in kept)
        answer = {"kept": len(kept), "walked": len(in_the_way), "kept_out": kept_out, "sessions": sessions}
        gc.freeze()
    return answer


def come_and_go(url: str, pages: list[str], runs: int, sessions: int) -> None:
    """People who look at pages, each at one with so many filters, and leave."""
    filters = new_filters()
    for number in range(sessions):
        page = pages[number % len(pages)]
        tab = Session(url, page)
        for query in islice(with_filters(page, filters), runs // sessions):
            tab.run(query)
        tab.close()


def main() -> None:
    """Serve, visit, count and print."""
    runs, sessions = map(int, sys.argv[1:])
    config.set_option("server.disconnectedSessionTTL", KEPT)
    with serving(app) as port:
        url = f"http://127.0.0.1:{port}"
        pages = pages_of(url)
        fresh = settled()
        come_and_go(url, pages, runs, sessions)
        # Whoever comes and goes lets those go who went before; that they went a busy server may learn late.
        for _ in range(MOST_ROUNDS):
            time.sleep(KEPT + 0.2)
            come_and_go(url, pages, 1, 1)
            aged = settled()
            if aged["sessions"] <= STAYING:
                break
    print(json.dumps({"fresh": fresh, "aged": aged, "rounds": tidying().rounds, "whole": tidying().whole}))


if __name__ == "__main__":
    main()
