"""Where the parts of some pages stand, beside where they stood: ``tests/fixtures/layout.json``.

Pictures would differ from machine to machine with its letters; the places of parts do so by a little, which counts as
the same. Where a layout was changed on purpose, look at the pages and write the file anew:
``RENEW_LAYOUT=yes make test ARGS="--numprocesses 0 tests/browser/test_layout.py"``.
"""

from __future__ import annotations

import json
import os
from itertools import combinations
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.helpers import Look, go_within, put_on, wait_until_it_fits
from tests.helpers.documents import ROOT

FILE: Final = ROOT / "tests" / "fixtures" / "layout.json"
RENEWED: Final = bool(os.environ.get("RENEW_LAYOUT"))
PAGES: Final = ("/", "/timeline", "/topics", "/practices", "/city?my_city=bergen")
LOOKS: Final = {"1440": Look(), "390": Look(phone=True)}
# What is looked at, the first of each kind; of a text only where it begins.
PARTS: Final = {
    "title": "h1",
    "controls": '[data-testid="stButtonGroup"], [data-testid="stSelectbox"]',
    "metric": '[data-testid="stMetric"]',
    "chart": '[data-testid="stVegaLiteChart"]',
    "map": '[data-testid="stDeckGlJsonChart"]',
    "table": '[data-testid="stDataFrame"]',
    "card": '[class*="st-key-card-"]',
}
MOST: Final = 6
# Pixels. Left edges and widths come from columns; how far down a part stands depends on how the words above it wrap.
SIDEWAYS: Final = 12
DOWN, DOWN_SHARE = 60, 0.12
LOOKED_AT_MOST, PAUSE = 40, 250
STEADY: Final = 4

_BOXES = """({ parts, most }) => {
  const main = document.querySelector('[data-testid="stMain"]');
  const box = (one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [left, top + main.scrollTop, width, height].map(Math.round);
  };
  return Object.fromEntries(Object.entries(parts).map(([kind, selector]) =>
    [kind, [...main.querySelectorAll(selector)].filter((one) => one.checkVisibility()).slice(0, most).map(box)]));
}"""

Boxes = dict[str, list[list[int]]]


def boxes(page: Page) -> Boxes:
    """Left, top, width and height of the parts of a page, pixels."""
    found: Boxes = page.evaluate(_BOXES, {"parts": PARTS, "most": MOST})
    return found


def moved(before: list[int], now: list[int], kind: str) -> bool:
    """Whether a part stands somewhere else or is of another size."""
    sideways = abs(before[0] - now[0]) > SIDEWAYS or (kind != "title" and abs(before[2] - now[2]) > SIDEWAYS)
    return sideways or abs(before[1] - now[1]) > DOWN + DOWN_SHARE * before[1]


def differences(before: Boxes, now: Boxes) -> list[str]:
    """What is not where it was, in words."""
    words = [
        f"{kind}: {len(before[kind])}, now {len(now[kind])}" for kind in PARTS if len(before[kind]) != len(now[kind])
    ]
    for kind in PARTS:
        pairs = zip(before[kind], now[kind], strict=False)
        words += [
            f"{kind} {place}: {old}, now {new}" for place, (old, new) in enumerate(pairs, 1) if moved(old, new, kind)
        ]
    return words


def overlapping(now: Boxes) -> list[str]:
    """Parts of one kind of which one covers another."""
    return [
        f"{kind} {one} and {other}"
        for kind in PARTS
        for one, other in combinations(now[kind], 2)
        if one[0] < other[0] + other[2] - 1
        and other[0] < one[0] + one[2] - 1
        and one[1] < other[1] + other[3] - 1
        and other[1] < one[1] + one[3] - 1
    ]


def steady(page: Page, before: Boxes | None) -> Boxes:
    """The parts when they are where they were, or stand still for a while."""
    same, last = 0, boxes(page)
    for _ in range(LOOKED_AT_MOST):
        if before is not None and not differences(before, last):
            break
        page.wait_for_timeout(PAUSE)
        now = boxes(page)
        same = same + 1 if now == last else 0
        last = now
        if same == STEADY:
            break
    return last


@pytest.mark.parametrize("look", LOOKS)
def test_the_parts_of_pages_stand_where_they_stood(visit: OpenPage, look: str):
    kept: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    page = visit(PAGES[0])
    put_on(page, LOOKS[look])
    wrong = {}
    for number, address in enumerate(PAGES):
        if number:
            go_within(page, address)
        wait_until_it_fits(page, look)
        name = f"{address} at {look}"
        now = steady(page, None if RENEWED else kept.get(name))
        wrong[name] = [*overlapping(now), *([] if RENEWED else differences(kept[name], now))]
        kept[name] = now
    if RENEWED:
        lines = (f"{json.dumps(name)}: {json.dumps(kept[name])}" for name in sorted(kept))
        FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    assert {name: words for name, words in wrong.items() if words} == {}
