"""The list of actions as text: everything a city needs in it, and nothing in it that a text could break."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from icc_data.analysis.audit import Judgement, basis
from icc_data.files.action_list_text import action_list
from icc_data.files.export import Provenance

FACTS = Provenance(
    "Action list", [], "https://atlas.example/audit?city=me", date(2026, 11, 22), "abc123", date(2026, 12, 1)
)


def actions(**cells: Any) -> pd.DataFrame:
    row = {
        "area": "Education",
        "practice": "A kitchen of languages",
        "city": "Lisbon",
        "when": "Since 2019",
        "summary": "Neighbours cook.",
        "why": "Because.",
        "score": 77,
        "source": "https://example.org/kitchen",
        "who": "",
        "by_when": "",
    }
    return pd.DataFrame([row | cells])


def listed(rows: pd.DataFrame, city: str = "Bilbao") -> str:
    rests_on = basis(
        "Most similar cities", ["Lisbon", "Turin"], Judgement({"education": 40}, {}), {"education": "Education"}
    )
    return action_list(city, rows, [("Education", 62.4)], rests_on, FACTS)


def test_a_list_of_actions_says_who_the_peers_are_and_what_was_rated():
    text = listed(actions())
    assert "- Peers (Most similar cities): Lisbon, Turin" in text
    assert "- Our ratings, of 100: Education 40" in text
    assert "- Importance, of 5, where not 3: none" in text


def test_a_list_of_actions_holds_areas_practices_sources_and_where_it_comes_from():
    text = listed(actions())
    for part in (
        "# Policy audit: Bilbao",
        "1 December 2026",
        "1. Education (62)",
        "### A kitchen of languages",
        "- **City:** Lisbon",
        "- **Source:** <https://example.org/kitchen>",
        "- **Who:** ____________________",
        "data version abc123, as of 22 November 2026.",
        "<https://atlas.example/audit?city=me>",
    ):
        assert part in text.splitlines() or part in text


def test_a_list_leaves_out_what_is_not_known():
    text = listed(actions(when=np.nan, summary=None, city=""))
    assert not re.search(r"nan|None|\*\*(When|What it is|City):", text)


def test_a_list_of_nothing_says_so():
    assert "None was picked." in listed(actions().head(0))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[a link](https://evil.example)",
        "![picture](https://evil.example/x.png)",
        "*loud* _and_ `code` ~~gone~~",
        "# not a heading",
        "a | b",
        "&lt;script&gt; &#60;b&#62;",
        "first\n\n# second\r\n- third\u2028fourth",
        "back\\slash",
    ],
)
def test_hostile_text_is_text(text: str):
    lines = listed(actions(practice=text, summary=text), city=text).splitlines()
    assert len(lines) == len(listed(actions()).splitlines())
    marked = re.compile(r"(?<!\\)(?:\\\\)*[<\[`|~]|(?<!\\)&#?\w+;")
    assert not marked.search(next(line for line in lines if line.startswith("### "))[4:])
    flat = " ".join(text.split())
    assert flat in re.sub(r"\\([\\`*_{}\[\]#<>|~&])", r"\1", lines[0])


def test_an_address_cannot_leave_its_link():
    url = "https://example.org/><script>alert(1)</script>"
    line = next(line for line in listed(actions(source=url)).splitlines() if "Source" in line)
    assert line == "- **Source:** <https://example.org/%3E%3Cscript%3Ealert(1)%3C/script%3E>"
