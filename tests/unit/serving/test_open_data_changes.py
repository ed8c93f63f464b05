"""What changed between two versions as a table: of the two that an address names, else of the usual ones."""

from __future__ import annotations

import json

from icc_data.store.snapshot_tables import take
from tests.helpers.asked import asked
from tests.unit.conftest import DataFolder
from tests.unit.serving.test_open_data import app_of, open_data, rows


def test_what_two_versions_differ_in_is_told_record_by_record(data_folder: DataFolder):
    kept = take(data_folder.path, data_folder.path / "snapshots").snapshot
    data_folder.append("practices", practice_id="late", title="Late", city_ids="cork", countries="Ireland")
    data_folder.edit("practices", 0, title="Another title")
    app = app_of(open_data(data_folder, ""))
    added = rows(asked(app, "/data/review_changes.csv?change=added")[2])
    assert {row["identifier"] for row in added} == {"late"}
    (changed,) = rows(asked(app, f"/data/review_changes.csv?since={kept.id}&until=now&change=changed")[2])
    assert (changed["field"], changed["after"]) == ("Title", "Another title")
    # The other way round, what was added is gone.
    removed = rows(asked(app, f"/data/review_changes.csv?since=now&until={kept.version}")[2])
    # Of kinds that the address does not name, the first that there is.
    assert {row["kind"] for row in removed} == {"changed"}
    removed = rows(asked(app, f"/data/review_changes.csv?since=now&until={kept.version}&change=removed")[2])
    assert {row["identifier"] for row in removed} == {"late"}
    assert asked(app, "/data/review_changes.csv?country=portugal&change=added")[2].count(b"\r\n") == 1


def test_what_had_changed_up_to_a_version_stays_as_it_was(data_folder: DataFolder):
    take(data_folder.path, data_folder.path / "snapshots")
    data_folder.append("practices", practice_id="late", title="Late", accessed="2026-01-01")
    kept = take(data_folder.path, data_folder.path / "snapshots").snapshot
    app = app_of(open_data(data_folder, ""))
    added = asked(app, "/data/review_changes.csv?change=added")[2]
    assert {row["identifier"] for row in rows(added)} == {"late"}
    data_folder.append("practices", practice_id="later", title="Later", accessed="2026-02-01")
    app = app_of(open_data(data_folder, ""))
    assert asked(app, f"/data/review_changes.csv?change=added&version={kept.id}")[2] == added
    assert {row["identifier"] for row in rows(asked(app, "/data/review_changes.csv?change=added")[2])} == {"later"}


def test_before_the_first_version_there_is_nothing_to_compare_it_with(data_folder: DataFolder):
    first = take(data_folder.path, data_folder.path / "snapshots").snapshot
    data_folder.append("practices", practice_id="late", title="Late", accessed="2026-01-01")
    status, _told, body = asked(app_of(open_data(data_folder, "")), f"/data/review_changes.csv?version={first.id}")
    assert status == 400
    assert "Both are the same data" in json.loads(body)["errors"][0]["message"]


def test_who_has_the_changes_gets_them_anew_with_another_snapshot(data_folder: DataFolder):
    take(data_folder.path, data_folder.path / "snapshots")
    data_folder.append("practices", practice_id="late", title="Late", accessed="2026-01-01")
    app = app_of(open_data(data_folder, ""))
    mark = asked(app, "/data/review_changes.csv")[1]["etag"]
    assert asked(app, "/data/review_changes.csv", if_none_match=mark)[0] == 304
    take(data_folder.path, data_folder.path / "snapshots")
    assert asked(app, "/data/review_changes.csv", if_none_match=mark)[0] != 304
