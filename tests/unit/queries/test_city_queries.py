"""Questions about one city: every answer again, worked out from the files of data/ with pandas."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise, permutations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from icc_data import queries
from icc_data.incoming.check import Data, valid_data
from icc_data.queries.selection import Selection
from icc_data.store.making import build_in_memory
from tests.helpers import naive

Connection = duckdb.DuckDBPyConnection
CITIES = naive.busy_cities()


def test_enough_cities_are_looked_at_and_some_have_no_practice():
    assert len(CITIES) >= 20
    assert min(len(naive.of_city(city)) for city in CITIES) == 0


@pytest.mark.parametrize(("vocabulary", "column"), [("policy_area", "policy_areas"), ("theme", "themes")])
def test_a_profile_is_that_of_the_files(vocabulary: Any, column: str, atlas: Connection):
    everything = naive.practices()
    codes = naive.table("terms").query("vocabulary == @vocabulary")["code"].tolist()
    of_all = Counter(everything[column].explode().dropna())
    carried = everything.explode(column).explode("city_ids").groupby(column)["city_ids"].nunique()
    for city in CITIES:
        own = naive.of_city(city)
        mine = Counter(code for listed in own[column] for code in listed)
        found = queries.term_profile(atlas, city, vocabulary).set_index("code")
        assert list(found.index) == codes
        for code in codes:
            row = found.loc[code]
            share = mine[code] / len(own) if len(own) else np.nan
            network = of_all[code] / len(everything)
            assert (row["practices"], row["city_practices"]) == (mine[code], len(own))
            assert (row["network_practices"], row["cities"]) == (of_all[code], carried.get(code, 0))
            assert row["share"] == pytest.approx(share, nan_ok=True)
            assert row["network_share"] == pytest.approx(network)
            assert row["lift"] == pytest.approx(share / network if network else np.nan, nan_ok=True)


@cache
def _scores() -> dict[str, pd.DataFrame]:
    return {str(city): own for city, own in naive.table("index_scores").groupby("city_id")}


def scores_of(city: str) -> pd.DataFrame:
    return _scores().get(city, naive.table("index_scores").head(0))


def test_the_newest_score_of_each_area_is_that_of_the_files(atlas: Connection):
    for city in sorted(set(naive.table("index_scores")["city_id"])):
        own = scores_of(city)
        own = own[(own["score"] != "") & (own["policy_area"] != "overall")].sort_values("year")
        expected = {row["policy_area"]: float(row["score"]) for row in own.to_dict("records")}
        assert queries.area_scores(atlas, city) == expected


def test_a_score_without_an_edition_counts_only_where_no_other_is_known(small_data: Data):
    scores = {**small_data.accepted}
    item = scores["index_scores"][2]
    old = replace(item, record=replace(item.record, year=None, score=10.0))
    undated = Data({**scores, "index_scores": (old,)}, small_data.vocabulary)
    both = Data({**scores, "index_scores": (old, item)}, small_data.vocabulary)
    assert queries.area_scores(build_in_memory(undated), "bilbao") == {"education": 10.0}
    assert queries.area_scores(build_in_memory(both), "bilbao") == {"education": 100.0}


def test_the_history_of_every_city_holds_each_result_and_each_report_once(atlas: Connection):
    reports = list(naive.table("index_reports")[["city_id", "year"]].itertuples(index=False, name=None))
    for city in naive.table("cities")["city_id"]:
        found = queries.index_history(atlas, city)
        own = scores_of(city)
        results = found[~found["report_only"]]
        assert Counter(results["policy_area"]) == Counter(own["policy_area"])
        assert results["score"].sum() == pytest.approx(naive.numbers(own["score"]).sum())
        assert int(results["quoted"].sum()) == (own["quoted_in_other_report"] != "").sum()
        unseen = [year for reported, year in reports if reported == city and year not in set(own["year"])]
        editions = ["" if pd.isna(year) else str(int(year)) for year in found[found["report_only"]]["year"]]
        assert Counter(editions) == Counter(unseen)


def test_a_history_comes_in_the_order_of_its_editions(atlas: Connection):
    for city in CITIES:
        years = queries.index_history(atlas, city)["year"].astype("float64").fillna(9999).tolist()
        assert all(one <= two for one, two in pairwise(years))


def test_published_scores_are_those_of_the_file(atlas: Connection):
    raw = naive.table("index_scores")
    raw = raw[raw["score"] != ""]
    found = queries.index_results(atlas)
    years = ["" if pd.isna(year) else str(int(year)) for year in found["year"]]
    told = set(zip(found["city_id"], years, found["policy_area"], found["score"], strict=True))
    assert told == set(zip(raw["city_id"], raw["year"], raw["policy_area"], raw["score"].astype(float), strict=True))
    assert len(found) == len(raw)


def pairs() -> Counter[tuple[str, str]]:
    return Counter(pair for ids in naive.practices()["city_ids"] for pair in combinations(sorted(ids), 2))


def test_pairs_of_cities_that_work_together_are_those_of_the_files(atlas: Connection):
    found = queries.shared_work(atlas, Selection())
    assert dict(zip(zip(found["one"], found["other"], strict=True), found["practices"], strict=True)) == pairs()
    assert (found["titles"].map(len) == found["practices"]).all()
    assert found["practices"].is_monotonic_decreasing


def test_pairs_of_a_selection_share_only_practices_of_it(atlas: Connection):
    found = queries.shared_work(atlas, Selection(theme=("anti_rumours",)))
    own = naive.practices()
    own = own[["anti_rumours" in themes for themes in own["themes"]]]
    expected = Counter(pair for ids in own["city_ids"] for pair in combinations(sorted(ids), 2))
    assert dict(zip(zip(found["one"], found["other"], strict=True), found["practices"], strict=True)) == expected
    assert len(expected) > 0


def test_the_partners_of_every_city_are_those_it_shares_a_practice_with(atlas: Connection):
    practices = naive.practices()
    shared: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for title, cities in zip(practices["title"], practices["city_ids"], strict=True):
        for one, other in permutations(cities, 2):
            shared[one][other].append(title)
    for city in naive.table("cities")["city_id"]:
        found = queries.partners(atlas, city)
        assert {row["city_id"]: sorted(row["titles"]) for row in found.to_dict("records")} == {
            other: sorted(titles) for other, titles in shared[city].items()
        }
        assert (found["practices"] == found["titles"].map(len)).all()


def test_what_can_be_borrowed_is_every_practice_in_each_of_its_areas(atlas: Connection):
    found = queries.borrowable(atlas)
    raw = naive.practices()
    expected = {(row["practice_id"], area) for row in raw.to_dict("records") for area in row["policy_areas"]}
    assert set(zip(found["practice_id"], found["policy_area"], strict=True)) == expected
    assert len(found) == len(expected)
    where = raw.set_index("practice_id")["city_ids"]
    for row in found.to_dict("records"):
        cities = [] if row["city_ids"] is None or isinstance(row["city_ids"], float) else list(row["city_ids"])
        assert sorted(cities) == sorted(where[row["practice_id"]])


def test_what_some_cities_lend_is_what_one_of_them_has_a_part_in(atlas: Connection):
    every = queries.borrowable(atlas)
    for cities in (("bilbao",), ("bilbao", "oslo", "lisbon")):
        theirs = [
            isinstance(held, list | np.ndarray) and not set(held).isdisjoint(cities) for held in every["city_ids"]
        ]
        pd.testing.assert_frame_equal(queries.borrowable(atlas, cities), every[theirs].reset_index(drop=True))
    assert queries.borrowable(atlas, ("nowhere",)).empty


def test_the_completeness_of_every_description_is_that_of_the_files(atlas: Connection):
    raw = naive.practices().set_index("practice_id")
    known = pd.DataFrame(
        {
            "summary": raw["summary"] != "",
            "start": raw["start"].notna(),
            "url": raw["url"] != "",
            "high": raw["confidence"] == "high",
            "agreed": raw["policy_area_coding"] == "agreed",
        }
    ).mean(axis=1)
    found = queries.borrowable(atlas)
    assert found["completeness"].tolist() == pytest.approx(known[found["practice_id"]].tolist())
    assert 0 <= found["completeness"].min() < found["completeness"].max() == 1


def test_the_last_active_year_is_the_last_that_the_text_allows(atlas: Connection):
    raw = naive.practices().set_index("practice_id")["last_active"]
    found = queries.borrowable(atlas)
    told = found["last_active_year"].astype("float64").tolist()
    assert told == pytest.approx(raw[found["practice_id"]].tolist(), nan_ok=True)


def test_every_term_of_a_list_has_a_label_and_what_it_means(atlas: Connection):
    terms = naive.table("terms").query("vocabulary == 'policy_area'").sort_values("position", key=naive.numbers)
    found = queries.term_definitions(atlas, "policy_area")
    assert found["code"].tolist() == terms["code"].tolist()
    assert found["label"].tolist() == terms["label_en"].tolist()
    assert found["definition"].tolist() == terms["definition_en"].tolist()


def test_cities_are_counted_with_the_practices_that_name_them(atlas: Connection):
    found = queries.city_features(atlas).set_index("city_id")
    for city in naive.table("cities")["city_id"]:
        assert found.loc[city, "practices"] == len(naive.of_city(city))


def test_a_city_that_does_not_exist_has_no_history_no_partners_and_no_shares(atlas: Connection):
    assert queries.index_history(atlas, "atlantis").empty
    assert queries.partners(atlas, "atlantis").empty
    assert queries.area_scores(atlas, "atlantis") == {}
    assert queries.term_profile(atlas, "atlantis", "theme")["share"].isna().all()


# A database that is nowhere but in memory.
@pytest.fixture(scope="module")
def in_memory() -> Connection:
    return build_in_memory(valid_data(naive.DATA_DIRECTORY))


def test_a_database_in_memory_answers_like_the_one_in_a_file(in_memory: Connection, atlas: Connection):
    for question in (queries.city_features, queries.borrowable, queries.index_results):
        pd.testing.assert_frame_equal(question(in_memory), question(atlas))
    for city in CITIES[:6]:
        for ask in (queries.index_history, queries.partners):
            pd.testing.assert_frame_equal(ask(in_memory, city), ask(atlas, city))
    assert queries.as_of_year(in_memory) == queries.as_of_year(atlas)
    found = queries.search(in_memory, Selection(q="kitchen"), limit=5)
    pd.testing.assert_frame_equal(found, queries.search(atlas, Selection(q="kitchen"), limit=5))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "COPY city TO '{new}'",
        "EXPORT DATABASE '{new}'",
        "ATTACH '{new}' AS other",
        "SET threads = 2",
        "SET enable_external_access = true",
        "SET temp_directory = '{new}'",
        "RESET lock_configuration",
        "INSTALL httpfs",
        "LOAD '{file}'",
        "SELECT * FROM 'https://example.org/a.parquet'",
    ],
)
def test_a_database_in_memory_reaches_no_file_no_network_and_no_setting(
    statement: str, in_memory: Connection, tmp_path: Path
):
    file = tmp_path / "there.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(duckdb.Error):
        in_memory.execute(statement.format(file=file, new=tmp_path / "new"))
    assert [path.name for path in tmp_path.iterdir()] == ["there.csv"]


def test_a_database_in_memory_writes_nothing_to_the_disk(
    small_data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    connection = build_in_memory(small_data)
    assert connection.execute("SELECT path FROM duckdb_databases() WHERE NOT internal").fetchall() == [(None,)]
    # Rows that memory cannot hold would go to a folder beside the program.
    assert connection.execute("SELECT current_setting('temp_directory')").fetchone() == ("",)
    assert sorted(tmp_path.rglob("*")) == before


def test_two_databases_in_memory_know_nothing_of_each_other(small_data: Data, in_memory: Connection):
    small = build_in_memory(small_data)
    assert small.execute("SELECT count(*) FROM city").fetchone() == (4,)
    assert in_memory.execute("SELECT count(*) FROM city").fetchone() == (len(naive.table("cities")),)
