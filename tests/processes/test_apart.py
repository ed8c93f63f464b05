"""Files from outside are read in a process of their own: with the same answers, and within limits that hold."""

from __future__ import annotations

import pickle
import tempfile
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from icc_data.errors import AtlasError
from icc_data.incoming.check import Data
from icc_data.incoming.contributions import apart
from icc_data.incoming.contributions.apart import ReadingProcess, check_apart, compare_apart, read_apart
from icc_data.incoming.contributions.checking import Network, check_cells, check_upload, known_network, with_twins
from icc_data.incoming.contributions.own_results import read_own_results
from icc_data.model.gazetteer import Gazetteer

TOO_MUCH = r"bad\.\w+ takes too long or too much memory to be read\. Keep only"
GOOD = b"title,city_ids,countries,when_text\nA garden,Bilbao,Spain,2019\nA wreck,Atlantis,,\nA club,Bilbao,Spain,\n"


@pytest.fixture(scope="module")
def network() -> Network:
    return known_network()


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    """One with limits that a test reaches soon."""
    process = ReadingProcess(seconds=1, memory=100 * 1024**2)
    yield process
    process.close()


@pytest.fixture(autouse=True)
def _in_that_process(process: ReadingProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_process", process)


def one_endless_row() -> bytes:
    """A workbook of a few kilobytes whose only row has two million cells, which are read before any is given."""
    book = openpyxl.Workbook()
    book.active.append(["title"])  # type: ignore[union-attr]
    out = BytesIO()
    book.save(out)
    endless = BytesIO()
    with zipfile.ZipFile(BytesIO(out.getvalue())) as old, zipfile.ZipFile(endless, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</row>", b"<c/>" * 1_900_000 + b"</row>", 1)
            new.writestr(name, content)
    return endless.getvalue()


def test_a_file_is_judged_as_it_would_be_here(network: Network):
    assert check_apart("new.csv", GOOD, network) == check_upload("new.csv", GOOD, network)


def test_own_results_are_read_as_they_would_be_here(real_data: Data):
    files = [("own.csv", b"city_id,year,policy_area,score\nbilbao,2021,overall,66\nbilbao,2021,overall,xx\n")]
    gazetteer, vocabulary = Gazetteer(real_data.cities), real_data.vocabulary
    assert read_apart(files, "bilbao", gazetteer, vocabulary) == read_own_results(
        files, "bilbao", gazetteer, vocabulary
    )


def test_what_a_file_holds_is_compared_as_it_would_be_here(network: Network):
    (one, *_others) = (practice for practice in network.practices if practice.city_ids == ("bilbao",))
    places = Network(network.gazetteer, network.vocabulary)
    proposals = check_cells({"title": one.title, "city_ids": "bilbao"}, places).proposals
    compared = compare_apart("new.csv", proposals, network.practices)
    assert compared == with_twins(proposals, network.practices)
    assert [item.is_there for item in compared] == [True]


def test_what_is_wrong_with_a_file_is_said_as_it_would_be_here(network: Network):
    with pytest.raises(AtlasError) as there:
        check_upload("a.pdf", b"%PDF", network)
    with pytest.raises(AtlasError) as apart_from_here:
        check_apart("a.pdf", b"%PDF", network)
    assert (apart_from_here.value.title, apart_from_here.value.advice) == (there.value.title, there.value.advice)


def test_whoever_waits_is_told_how_far_it_is(network: Network):
    told: list[tuple[str, int, int]] = []
    rows = b"title,city_ids,countries\n" + b"".join(b"Garden %d,Bilbao,Spain\n" % n for n in range(600))
    check_apart("rows.csv", rows, network, lambda *how: told.append(how))
    assert [how for how in told if how[0] == "Reading"] == [("Reading", done, 600) for done in (0, 250, 500)]


def test_a_file_that_takes_all_memory_is_refused_and_the_next_one_read(network: Network):
    bomb = one_endless_row()
    assert len(bomb) < 200_000
    with pytest.raises(AtlasError, match=TOO_MUCH):
        check_apart("bad.xlsx", bomb, network)
    assert check_apart("new.csv", GOOD, network).proposals


def test_a_file_that_takes_all_time_is_refused_and_the_next_one_read(network: Network):
    unknown = b"title,city_ids\n" + b"".join(b"Garden %d,Xqzwvut%dsburgh\n" % (n, n * 7919) for n in range(9_000))
    began = time.process_time()
    with pytest.raises(AtlasError, match=TOO_MUCH):
        check_apart("bad.csv", unknown, network)
    assert time.process_time() - began < 1, "the work is not done here"
    assert check_apart("new.csv", GOOD, network).proposals


def test_a_file_whose_reading_was_ended_lies_nowhere(network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(AtlasError, match=TOO_MUCH):
        check_apart("bad.xlsx", one_endless_row(), network)
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_ended_is_started_again(network: Network, process: ReadingProcess):
    check_apart("new.csv", GOOD, network)
    process.close()
    assert check_apart("new.csv", GOOD, network).proposals


def test_whoever_waits_too_long_for_others_is_told(network: Network, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(apart, "PATIENCE", 0.05)
    for _ in range(apart.AT_ONCE):
        apart._turns.acquire()
    try:
        with pytest.raises(AtlasError, match="Many people are having files read"):
            check_apart("new.csv", GOOD, network)
    finally:
        for _ in range(apart.AT_ONCE):
            apart._turns.release()


class _Deed:
    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("deed"),))


@pytest.mark.parametrize("answer", [_Deed(), AtlasError("x"), check_upload, Path("x")])
def test_only_records_are_taken_from_the_process(answer: object):
    with pytest.raises(pickle.UnpicklingError, match="is no record"):
        apart._Records(BytesIO(pickle.dumps(("done", answer)))).load()
