"""What a screen reader reads of a chart: of each mark the words of its tooltip, and nothing of what only draws it.

Left to itself Vega-Lite reads every column that a mark is drawn with, helpers and edges of bars among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from icc_data.i18n import translate as _
from icc_data.i18n import translate_plural

# Marks that stand beside others and repeat or frame them.
_BESIDE = ("text", "rule")


def read_aloud(spec: dict[str, Any]) -> dict[str, Any]:
    """A Vega-Lite chart whose marks are described by their tooltips.

    Args:
        spec: the chart; its parts are changed in place.

    Returns:
        The chart.
    """
    views = list(_views(spec))
    if any("tooltip" in view.get("encoding", {}) for view in views):
        for view in views:
            _describe(view)
    return spec


def _views(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "mark" in spec:
        yield spec
    inner = spec.get("spec")
    for part in [*spec.get("layer", ()), *spec.get("hconcat", ()), *spec.get("vconcat", ()), inner]:
        if isinstance(part, dict):
            yield from _views(part)


def _describe(view: dict[str, Any]) -> None:
    mark = view["mark"] if isinstance(view["mark"], dict) else {"type": view["mark"]}
    encoding = view.get("encoding", {})
    words = _words(encoding.get("tooltip"))
    if mark["type"] in _BESIDE or "tooltip" not in encoding:
        view["mark"] = {**mark, "aria": False}
    elif words and "description" not in encoding:
        encoding["description"] = {"value": {"expr": words}}


def _words(tooltip: Any) -> str:
    """An expression that puts the parts of a tooltip into a sentence; empty where it cannot."""
    parts = tooltip if isinstance(tooltip, list) else [tooltip]
    pieces = []
    for part in parts:
        if not isinstance(part, dict) or "field" not in part or part.keys() & {"aggregate", "timeUnit", "bin"}:
            return ""
        # Vega-Lite takes a point in a name for a way into an object, unless it is written with a stroke before it.
        value = f"datum[{json.dumps(part['field'].replace(chr(92), ''))}]"
        value_text = f"format({value}, {json.dumps(part['format'])})" if isinstance(part.get("format"), str) else value
        title = part.get("title")
        said = f"{json.dumps(str(title) + ': ')} + {value_text} + '; '" if title else f"{value_text} + '; '"
        if part["field"] == "year" and len(parts) > 1:
            said = f"{value_text} + ': '"
        elif part["field"] == "practices" and title == _("Practices"):
            said = f"{value_text} + {_noun(value)} + '; '"
        pieces.append(f"(isValid({value}) && {value} !== '' ? {said} : '')")
    return " + ".join(pieces)


def _noun(value: str) -> str:
    """An expression for what is counted, as it stands behind a number."""
    one, many = (
        json.dumps(translate_plural("{count} practice", "{count} practices", count).replace("{count}", ""))
        for count in (1, 2)
    )
    nought_is_one = (
        json.dumps(translate_plural("{count} practice", "{count} practices", 0).replace("{count}", "")) == one
    )
    return f"({value} {'< 2' if nought_is_one else '=== 1'} ? {one} : {many})"
