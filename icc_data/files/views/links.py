"""The addresses of tables, and of the page of what a row of them is about."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urljoin

import pandas as pd

from icc_data.analysis.parameters import MY_CITY_PARAM

FOLDER = "data/"
"""Below the atlas, where the tables are; ``/data`` itself is a page."""
FORMS = ("csv", "json", "parquet")
PERMALINK = "permalink"
# What a row is about, by the column that says which: the page of it, and the parameter that names it there.
_PAGES = {"practice_id": ("practice", "practice"), "city_id": ("city", MY_CITY_PARAM)}


def permalink(root: str, practice_id: str, version: str = "") -> str:
    """The address of the page of a practice.

    Args:
        root: where the atlas is, with a slash at its end.
        practice_id: which.
        version: the snapshot that the page shall show; empty for the data as it is.
    """
    return _address(root, "practice_id", practice_id, version)


def _address(root: str, column: str, value: str, version: str) -> str:
    page, parameter = _PAGES[column]
    query = {parameter: value} | ({"version": version} if version else {})
    return f"{urljoin(root, page)}?{urlencode(query)}"


def with_permalinks(frame: pd.DataFrame, root: str, version: str = "", *, unit: str = "") -> pd.DataFrame:
    """Rows of practices or cities with the address of the page of each as a last column; other rows as they are.

    Args:
        frame: rows, those of practices by ``practice_id``, those of cities by ``city_id``, or by ``unit`` where that
            is a city; the heads that cities stand below (``head``) are none.
        root, version: those of ``permalink``.
        unit: what a row is, where an address lets choose it.
    """
    columns = {"practice_id": "practice_id", "city_id": "city_id"} | ({"unit": "city_id"} if unit == "city" else {})
    column = next((name for name in columns if name in frame.columns), None)
    if column is None or not root:
        return frame
    links = pd.Series(
        [_address(root, columns[column], name, version) for name in frame[column]], frame.index, dtype=object
    )
    if "head" in frame.columns:
        links = links.where(~frame["head"].astype(bool), None)
    return frame.assign(**{PERMALINK: links})


def data_address(root: str, view: str, form: str, params: Mapping[str, list[str]]) -> str:
    """The address of a table.

    Args:
        root: where the atlas is, with a slash at its end.
        view: a key of ``VIEWS``.
        form: the ending of the file.
        params: the parameters, each with all its values.
    """
    query = urlencode([(name, value) for name, values in params.items() for value in values])
    return urljoin(root, f"{FOLDER}{view}.{form}") + (f"?{query}" if query else "")
