"""docs/research.md: every number is computed again from the addresses that it names, by other means than the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import numpy as np
import pandas as pd
import pytest
from starlette.applications import Starlette

from icc_data.analysis.parameters import OF_PAGES
from icc_data.analysis.uncertainty import difference_interval
from icc_data.paths import DATA_DIRECTORY
from icc_data.queries.selection import SELECTION_PARAMS
from icc_data.serving.open_data.answers import OpenData
from icc_data.serving.open_data.databases import Databases
from tests.helpers.documents import ROOT
from tests.helpers.serving import serving

TEXT = (ROOT / "docs" / "research.md").read_text(encoding="utf-8")
FLOWING = " ".join(TEXT.split())
EXAMPLE = "https://atlas.example.org/"
PINNED = "version=2026-11-22"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the frozen data, which is that of the version that the document names."""
    place = tmp_path_factory.mktemp("research")
    data = OpenData(
        Databases(DATA_DIRECTORY, place / "atlas.duckdb", place / "published"), "", "", "code", everybody=True
    )
    with serving(Starlette(routes=data.routes())) as port:
        yield f"http://127.0.0.1:{port}/"


def rows(root: str, address: str) -> pd.DataFrame:
    with urlopen(f"{root}data/{address}") as answer:
        return pd.read_csv(BytesIO(answer.read()))


def said(*words: str) -> None:
    assert [text for text in words if text not in FLOWING] == []


def per_cent(share: float) -> str:
    return f"{100 * share:.1f}"


def signed(points: float) -> str:
    return f"{100 * points:.1f}".replace("-", "−")


def test_the_numbers_of_the_network_are_those_of_the_address(root: str):
    rates = rows(root, "rates.csv?per=cities").set_index("year")
    first, last = rates.loc[2016], rates.loc[2022]
    said(
        f"come to {first.value:.1f} per 100 member cities "
        f"({first.numerator:.0f} practices, {first.denominator:.0f} cities; "
        f"95% interval {first.low:.1f} to {first.high:.1f}), in 2022 to {last.value:.1f} "
        f"({last.numerator:.0f} and {last.denominator:.0f}; {last.low:.1f} to {last.high:.1f})."
    )
    assert first.low > last.high, "the intervals do not meet"


def test_the_numbers_of_the_two_countries_are_those_of_the_addresses(root: str):
    spain, italy = (rows(root, f"areas.csv?country={country}").set_index("code") for country in ("spain", "italy"))
    for name, frame, place in (("Spain", spain, "first"), ("Italy", italy, "third")):
        ranks = frame["practices"].rank(ascending=False, method="min")
        assert ranks["anti_discrimination"] == {"first": 1, "third": 3}[place], name
    for row in (spain.loc["anti_discrimination"], italy.loc["anti_discrimination"]):
        said(f"({per_cent(row.share)} %; {per_cent(row.low)} to {per_cent(row.high)})")
    # What is in both counts in both, and the interval of the page allows for it: a practice has both countries' names.
    practices = rows(root, "practices.csv?country=spain&country=italy")
    of_both = practices["countries"].str.contains("Spain") & practices["countries"].str.contains("Italy")
    both = practices.loc[of_both & practices["policy_areas"].notna(), "policy_areas"]
    shared = np.array([sum(code in areas.split("; ") for areas in both) for code in spain.index], dtype=float)
    assert len(both) == 1
    italy = italy.reindex(spain.index)
    low, high = difference_interval(
        (spain["practices"].to_numpy(), italy["practices"].to_numpy(), shared),
        (spain["of"].to_numpy(), italy["of"].to_numpy(), np.full(len(spain), float(len(both)))),
    )
    at = list(spain.index).index("anti_discrimination")
    difference = spain["share"].iloc[at] - italy["share"].iloc[at]
    said(f"difference of {per_cent(difference)} points has an interval from {signed(low[at])} to {signed(high[at])}")
    compared = rows(root, "compared_terms.csv?country=spain&compare=country%3Ditaly").set_index("code")
    told = compared.loc["anti_discrimination", ["difference", "difference_low", "difference_high"]]
    assert [float(value) for value in told] == pytest.approx([difference, low[at], high[at]]), "the page says the same"
    assert len(spain) == 17
    assert ((low <= 0) & (high >= 0)).all(), "not one is sure of its sign"


def test_the_numbers_of_how_long_are_those_of_the_addresses(root: str):
    most = rows(root, "survival.csv?lasting=none").set_index("years").loc[5]
    least = rows(root, "survival.csv?lasting=none&said=no").set_index("years").loc[5]
    silent = rows(root, "survival.csv?lasting=none")["silent"].iloc[0]
    said(
        f"Of {most.dated} practices with a start year an end is known of {most.known_ends}; {silent} are silent",
        f"{per_cent(most.share)} % still ran five years on ({per_cent(most.low)} to {per_cent(most.high)})",
        f"{per_cent(least.share)} % are known to have run five years on",
    )


def test_every_address_names_the_version_and_parameters_that_there_are():
    addresses = re.findall(rf"{EXAMPLE}[^\s\"]+\?[^\s\"]+", TEXT)
    assert len(addresses) >= 6
    for address in addresses:
        asked = parse_qs(urlsplit(address).query)
        assert asked["version"] == ["2026-11-22"]
        assert set(asked) <= SELECTION_PARAMS | OF_PAGES


def test_the_lines_of_python_run(root: str, capsys: pytest.CaptureFixture[str]):
    # The frozen data is that version, of which the server of the test keeps no snapshot.
    for code in re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL):
        exec(code.replace(EXAMPLE, root).replace(f"{PINNED}&", ""), {})
    printed = capsys.readouterr().out
    assert "47.826" in printed
    assert re.search(r"anti_discrimination .* 0\.135486 +-0\.04\d+ +0\.28\d+", printed)
    assert "0.658507" in printed
