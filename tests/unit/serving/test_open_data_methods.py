"""Tables at addresses: what is told to who would do more than read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.asked import asked
from tests.unit.conftest import write_small_folder
from tests.unit.serving.test_open_data import app_of, open_data


@pytest.mark.parametrize("address", ["practices.csv", "nothing.csv", "practices", "openapi.json"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_who_would_write_is_told_in_json_what_can_be_done(tmp_path: Path, address: str, method: str):
    app = app_of(open_data(write_small_folder(tmp_path)))
    status, told, body = asked(app, f"/atlas/data/{address}", method)
    assert (status, told["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert [error["possible"] for error in json.loads(body)["errors"]] == [["GET", "HEAD", "OPTIONS"]]
