"""The pictures that pages put on the screen, each with the rows it offers and the places of the code it is from."""

from __future__ import annotations

import ast
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
import streamlit as st

from icc_data.files.export import export
from pages.parts import contribute_list
from pages.shared import city_map, figures, method, own_results
from pages.shared.downloads import provenance

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "pages"
Site = tuple[str, int]
# What puts a picture on a page, from the pages' own functions to Streamlit's.
_DRAW = {"vega_lite_chart", "altair_chart", "pydeck_chart", "plotly_chart", "pyplot", "line_chart", "bar_chart", "map"}
PUT = _DRAW | {"figure", "own_figure", "started_figure", "areas_figure", "city_map"}


@dataclass
class Pictured:
    """A picture on a page.

    Attributes:
        name: of the picture on its page; empty where it has none.
        spec: in Vega-Lite, or in Deck's JSON where it is a map.
        sites: the lines of ``pages/`` that were at work.
        download: writes the rows under “Data and method” as a file; None where there is no such button.
    """

    name: str
    spec: dict[str, Any]
    sites: frozenset[Site]
    download: Callable[[], bytes] | None = None

    @property
    def rows(self) -> pd.DataFrame:
        assert self.download is not None
        return pd.read_csv(io.BytesIO(self.download()), keep_default_na=False, na_values=[""])


def sites_in_code() -> dict[Site, str]:
    """Every place of the pages that puts a picture on the screen, with the line of code."""
    found = {}
    for file in sorted(PAGES.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            of_streamlit = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "st"
            if (called in _DRAW and of_streamlit) or (called in PUT - _DRAW and isinstance(node.func, ast.Name)):
                found[str(file.relative_to(ROOT)), node.lineno] = ast.unparse(node.func)
    return found


def _sites() -> frozenset[Site]:
    frame, sites = sys._getframe(2), []
    while frame is not None:
        if frame.f_code.co_filename.startswith(str(PAGES)):
            sites.append((str(Path(frame.f_code.co_filename).relative_to(ROOT)), frame.f_lineno))
        frame = frame.f_back  # type: ignore[assignment]
    return frozenset(sites)


def _plain(spec: Mapping[str, Any]) -> dict[str, Any]:
    """A chart whose rows are rows again, not Arrow."""
    named = spec.get("datasets", {})
    rows = {
        name: pa.ipc.open_stream(data).read_all().to_pylist() if isinstance(data, bytes) else data
        for name, data in named.items()
    }
    return {**spec, "datasets": rows}


@contextmanager
def pictures() -> Iterator[list[Pictured]]:
    """Gather what pages draw meanwhile."""
    gathered: list[Pictured] = []
    waiting: list[Pictured] = []

    def drawing(name: str, read: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
        put = getattr(st, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            waiting.append(Pictured("", read(*args, **kwargs), _sites()))
            gathered.append(waiting[-1])
            return put(*args, **kwargs)

        return wrapped

    def button(name: str, subject: str, describe: Callable[[], method.Method], *args: Any, **kwargs: Any) -> None:
        if waiting:
            one, told = waiting.pop(), describe()
            rows, facts = told.asked()[1], provenance(told.title, chosen=told.chosen())
            one.name, one.download = name, lambda: export(rows, "csv", facts)
            waiting.clear()
        method.method_button(name, subject, describe, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        readers: dict[str, Callable[..., dict[str, Any]]] = {
            "vega_lite_chart": lambda *_args, spec, **_more: _plain(spec),
            "altair_chart": lambda chart, **_more: chart.to_dict(validate=False),
            "pydeck_chart": lambda deck, **_more: json.loads(deck.to_json()),
        }
        for name, read in readers.items():
            patch.setattr(st, name, drawing(name, read))
        for module in (figures, city_map, own_results, contribute_list):
            patch.setattr(module, "method_button", button)
        yield gathered
