"""A view is also data: tables at addresses that take the filters of the pages, within limits."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from openapi_spec_validator import validate
from starlette.applications import Starlette
from starlette.routing import Match

from icc_data.files.views import FORMS, VIEWS, Question
from icc_data.queries.selection import SELECTION_PARAMS
from icc_data.serving.open_data import answers
from icc_data.serving.open_data.answers import OpenData
from icc_data.serving.open_data.databases import Databases
from icc_data.store.snapshot_tables import take
from tests.helpers.asked import asked
from tests.unit.conftest import DataFolder, write_small_folder

Ask = Callable[..., tuple[int, dict[str, str], bytes]]


def open_data(folder: DataFolder, base: str = "/atlas", public: str = "", *, everybody: bool = True) -> OpenData:
    place = folder.path.parent
    databases = Databases(folder.path, place / "atlas.duckdb", place / "published")
    return OpenData(databases, base, public, "code", everybody=everybody)


def app_of(data: OpenData) -> Starlette:
    return Starlette(routes=data.routes())


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return write_small_folder(tmp_path_factory.mktemp("open"))


@pytest.fixture(scope="module")
def ask(small: DataFolder) -> Ask:
    app = app_of(open_data(small))
    return lambda address, method="GET", **headers: asked(app, f"/atlas/data/{address}", method, **headers)


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def errors(answer: tuple[int, dict[str, str], bytes]) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(answer[2])["errors"]
    return listed


# What comes


def test_the_filters_of_the_pages_choose_the_rows(ask: Ask):
    assert [row["practice_id"] for row in rows(ask("practices.csv?country=Espagne&sort=title")[2])] == [
        "drums-on-the-square"
    ]


def test_every_form_holds_the_same_rows(ask: Ask):
    of_csv = [row["practice_id"] for row in rows(ask("practices.csv?q=languages")[2])]
    of_json = [row["practice_id"] for row in json.loads(ask("practices.json?q=languages")[2])["rows"]]
    of_parquet = pd.read_parquet(io.BytesIO(ask("practices.parquet?q=languages")[2]))["practice_id"].tolist()
    assert of_csv == of_json == of_parquet == ["kitchen-of-languages"]


def test_a_row_of_a_practice_carries_the_address_of_its_page(ask: Ask):
    (row,) = rows(ask("practices.csv?city=cork")[2])
    assert row["permalink"] == "https://example.org/atlas/practice?practice=homework-club"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("practice_cities.csv?city=bilbao", [("drums-on-the-square", "bilbao"), ("drums-on-the-square", "lisbon")]),
        ("practice_years.csv?q=languages", [("kitchen-of-languages", "Since 2019")]),
        ("practice_terms.csv?city=cork", [("homework-club", "policy_area")]),
        ("codings.csv", []),
    ],
)
def test_whole_tables_hold_what_practices_are_linked_to(ask: Ask, address: str, expected: list[tuple[str, str]]):
    assert [tuple(row.values())[:2] for row in rows(ask(address)[2])] == expected


GIVEN = {"my_city": "cork", "compare": "rest", "words": "school"}
# These are of one place and its peers, or of two versions: each has a test of its own.
OF_OTHERS = {"benchmark", "benchmark_rows", "benchmark_scores", "review_changes"}


def needed(name: str) -> str:
    """A query with what a table cannot do without."""
    view = VIEWS[name]
    given = [f"{one}={GIVEN[one]}" for one in view.needed]
    # With a rest something is chosen; few of the small data’s cities have practices.
    given += ["country=ireland"] * ("compare" in view.needed) + ["having=any"] * ("having" in view.reads)
    return "&".join(given)


@pytest.mark.parametrize("name", [name for name in VIEWS if name not in OF_OTHERS])
def test_every_view_answers_whatever_can_be_chosen_of_it(ask: Ask, name: str):
    about = needed(name)
    for choice in VIEWS[name].choices:
        few = choice.values[:: 30 if len(choice.values) > 20 else 1]
        assert {ask(f"{name}.csv?{about}&{choice.name}={value}")[0] for value in few} == {200}
    assert {ask(f"{name}.{form}?{about}")[0] for form in FORMS} == {200}


@pytest.mark.parametrize(
    ("place", "peers"),
    [
        ("my_city=cork&having=any", ["bilbao", "lisbon"]),
        ("unit=country&country=ireland", ["italy", "portugal", "spain"]),
        ("unit=country&country=ireland&peers=picked&peer=spain", ["spain"]),
        ("unit=network&network=rpci&peers=picked&peer=international", ["international"]),
    ],
)
def test_a_benchmark_is_of_a_city_a_country_or_a_network_and_its_peers(ask: Ask, place: str, peers: list[str]):
    listed = [row["unit"] for row in rows(ask(f"benchmark_rows.csv?{place}")[2])]
    assert {*peers} <= {*listed}
    assert len(rows(ask(f"benchmark.csv?{place}")[2])) >= len(["education", "public_space"])


def test_a_row_of_a_city_carries_the_address_of_its_page(ask: Ask):
    (row,) = rows(ask("cities.csv?city=cork")[2])
    assert row["permalink"] == "https://example.org/atlas/city?my_city=cork"


def test_among_cities_below_their_countries_only_cities_carry_an_address(ask: Ask):
    listed = rows(ask("review_coverage.csv?group=country&country=ireland")[2])
    assert [(row["label"], row["permalink"]) for row in listed] == [
        ("Ireland", ""),
        ("Cork", "https://example.org/atlas/city?my_city=cork"),
    ]
    assert "permalink" not in rows(ask("review_coverage.csv?unit=country")[2])[0]


def test_the_city_that_a_page_is_about_has_no_bearing_as_a_filter_of_practices(ask: Ask):
    _status, told, body = ask("index_editions.csv?my_city=cork&city=cork&theme=sport&country=ireland")
    assert told["atlas-unused"] == "my_city, city, theme"
    assert body == ask("index_editions.csv?country=ireland")[2]


def test_the_headers_name_the_file_the_licence_and_the_version(ask: Ask):
    told = ask("practices.csv?country=spain")[1]
    assert told["content-disposition"] == 'attachment; filename="icc-practices_country-spain_2025-02-03.csv"'
    assert told["link"].startswith('<https://creativecommons.org/licenses/by/4.0/>; rel="license"')
    assert "CC BY 4.0" in told["atlas-licence"]
    assert (told["atlas-date"], told["atlas-rows"]) == ("2025-02-03", "1")
    assert json.loads(ask("practices.json")[2])["about"]["data_version"] == told["atlas-version"]


def test_what_only_sets_a_page_is_passed_over_and_named(ask: Ask):
    _status, told, body = ask("practices.csv?view=table&per=50&utm_source=letter&country=spain")
    assert told["atlas-unused"] == "view, per"
    assert len(rows(body)) == 1


def test_names_come_in_the_language_that_is_asked_for(ask: Ask):
    assert json.loads(ask("practices.json?lang=fr&country=spain")[2])["about"]["selection"] == [
        "Pays\N{NO-BREAK SPACE}: Espagne"
    ]
    assert json.loads(ask("practices.json?country=spain", accept_language="fr")[2])["about"]["selection"] == [
        "Country: Spain"
    ]


# What is refused


def test_an_unknown_parameter_is_named_with_what_is_possible(ask: Ask):
    (error,) = errors(answer := ask("years.csv?contry=spain"))
    message = "There is no parameter “contry” here. Did you mean country?"
    assert (answer[0], error["parameter"], error["message"]) == (400, "contry", message)
    own = ["count", "lang", "panels", "scale", "split", "version", "years_a_period"]
    assert sorted(error["possible"]) == sorted([*SELECTION_PARAMS, *own])


@pytest.mark.parametrize(
    ("query", "parameter", "possible"),
    [
        ("country=spian", "country", ["ireland", "italy", "portugal", "spain"]),
        ("count=many", "count", ["started", "active"]),
        ("undated=maybe", "undated", ["yes", "no"]),
        ("lang=xx", "lang", ["en", "fr"]),
        ("from=then", "from", ["a year from 1850 to 2100, “from” not after “to”"]),
    ],
)
def test_a_value_that_there_is_not_is_named_with_what_is_possible(
    ask: Ask, query: str, parameter: str, possible: list[str]
):
    answer = ask(f"years.csv?{query}")
    (error,) = errors(answer)
    assert (answer[0], error["parameter"], error["value"]) == (400, parameter, query.partition("=")[2])
    assert error["possible"] == possible


def test_all_that_is_wrong_is_said_at_once(ask: Ask):
    assert [error["parameter"] for error in errors(ask("years.csv?city=nowhere&count=x&foo=1"))] == [
        "city",
        "foo",
        "count",
    ]


@pytest.mark.parametrize(
    ("address", "parameter", "message", "possible"),
    [
        ("partners.csv", "my_city", "This table needs “my_city” in its address.", "cork"),
        ("partners.csv?my_city=Corck", "my_city", "“my_city” cannot be “Corck”. Did you mean Cork?", "cork"),
        ("benchmark.csv?unit=country", "country", "This table needs “country” in its address.", "ireland"),
        ("benchmark.csv?my_city=cork&peers=friends", "peers", "“peers” cannot be “friends”.", "nearest"),
        ("audit_needs.csv?my_city=cork&rating=education:200", "rating", None, "education:0–100"),
        ("audit_actions.csv?my_city=cork&having=any&pick=education:no", "pick", None, "education:drums-on-the-square"),
        ("review_state.csv?period=2090-2099", "period", "“period” cannot be “2090-2099”.", None),
        ("review_changes.csv?since=1999", "since", "“since” cannot be “1999”.", "now"),
        ("compared_years.csv?country=spain", "compare", "This table needs “compare” in its address.", "rest"),
        (
            "compared_years.csv?compare=rest",
            "compare",
            "Nothing is chosen in the filters, so there is nothing to compare.",
            None,
        ),
        ("compared_years.csv?country=spain&compare=country%3Dspain", "compare", "Both selections are the same.", None),
        (
            "compared_years.csv?country=spain&compare=country%3Dspian",
            "country",
            "“country” cannot be “spian”. Did you mean Spain?",
            "italy",
        ),
        ("compared_years.csv?country=spain&compare=foo%3D1", "compare", "There is no parameter “foo” here.", "country"),
        ("words.csv", "words", "This table needs “words” in its address.", "as “school, rumours”"),
        ("words.csv?words=a1,b1,c1,d1,e1,f1", "words", "At most 5 words, parted by commas.", None),
        ("partners.csv?my_city=cork&my_city=lisbon", "my_city", "“my_city” can only be said once.", "cork"),
        ("years.csv?from=2010&from=2015", "from", "“from” can only be said once.", "2010"),
        ("years.csv?count=started&count=active", "count", "“count” can only be said once.", "active"),
        ("years.csv?lang=fr&lang=en", "lang", "“lang” can only be said once.", "fr"),
    ],
)
def test_a_table_about_something_says_what_it_lacks_or_cannot_use(
    ask: Ask, address: str, parameter: str, message: str | None, possible: str | None
):
    status, told, body = ask(address)
    (error,) = json.loads(body)["errors"]
    assert (status, error["parameter"], told["cache-control"]) == (400, parameter, "no-store")
    assert message in (None, error["message"])
    assert possible is None or possible in error["possible"]


def test_what_may_be_several_things_or_is_said_twice_alike_is_answered(ask: Ask):
    assert len(rows(ask("practices.csv?country=spain&country=italy")[2])) >= 1
    assert ask("years.csv?from=2010&from=2010")[0] == 200
    assert ask("benchmark.csv?my_city=cork&weight=population:2&weight=foreign:1&having=any")[0] == 200


@pytest.mark.parametrize("address", ["practices.xlsx", "practices", "nothing.csv", "years.csv?version=1999-01-01"])
def test_a_table_form_or_version_that_there_is_not_is_not_found(ask: Ask, address: str):
    answer = ask(address)
    assert answer[0] == 404
    assert errors(answer)[0]["possible"]


def test_a_long_address_is_refused(ask: Ask):
    assert ask("practices.csv?q=" + "a" * 8000)[0] == 414
    assert ask("practices.csv?" + "&".join(["city=cork"] * 301))[0] == 400


def test_whoever_comes_when_too_many_wait_is_told_when_to_come_again(small: DataFolder):
    data = open_data(small)
    data._waiting = answers.AT_ONCE + answers.MOST_WAITING
    status, told, _body = asked(app_of(data), "/atlas/data/practices.csv")
    assert (status, told["retry-after"]) == (503, "5")


def endless(question: Question) -> pd.DataFrame:
    frame: pd.DataFrame = question.connection.execute("SELECT sum(range) AS s FROM range(1000000000000)").df()
    return frame


def test_what_takes_too_long_is_ended(ask: Ask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answers, "PATIENCE", 0.3)
    monkeypatch.setitem(VIEWS, "years", replace(VIEWS["years"], rows=endless))
    answer = ask("years.csv")
    assert answer[0] == 503
    assert "takes longer" in errors(answer)[0]["message"]


def test_more_practices_than_one_answer_may_have_are_refused(ask: Ask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answers, "MOST_PRACTICES", 3)
    assert ask("practices.csv")[0] == 403
    assert ask("practices.csv?country=spain")[0] == 200


def test_a_fault_tells_nothing_of_the_server(small: DataFolder, monkeypatch: pytest.MonkeyPatch):
    data = open_data(small)

    def broken(version: str) -> Any:
        raise RuntimeError("/srv/atlas/secret")

    monkeypatch.setattr(data._databases, "asked", broken)
    status, _told, body = asked(app_of(data), "/atlas/data/practices.csv")
    assert status == 500
    assert b"srv" not in body


# Asked again, and from elsewhere


def test_who_has_the_rows_already_gets_none(ask: Ask):
    mark = ask("practices.csv?country=spain")[1]["etag"]
    status, told, body = ask("practices.csv?country=Espagne&view=table", if_none_match=f'"x", {mark}')
    assert (status, told["etag"], body) == (304, mark, b"")


def test_other_rows_have_another_mark(ask: Ask):
    addresses = ("practices.csv", "practices.json", "practices.csv?sort=title", "practices.csv?lang=fr", "spans.csv")
    assert len({ask(address)[1]["etag"] for address in addresses}) == 5


def test_pages_of_other_sites_may_ask(ask: Ask):
    assert ask("practices.csv")[1]["access-control-allow-origin"] == "*"
    assert ask("practices.csv?foo=1")[1]["access-control-allow-origin"] == "*"
    status, told, _body = ask("practices.csv", "OPTIONS")
    assert (status, told["access-control-allow-headers"]) == (204, "If-None-Match")


def test_where_people_sign_in_other_sites_and_shared_stores_get_nothing(small: DataFolder):
    told = asked(app_of(open_data(small, everybody=False)), "/atlas/data/practices.csv")[1]
    assert "access-control-allow-origin" not in told
    assert told["cache-control"] == "private, no-cache"


# Versions


def test_an_address_with_a_version_gives_the_same_bytes_when_the_data_is_another(data_folder: DataFolder):
    take(data_folder.path, data_folder.path / "snapshots")
    app = app_of(open_data(data_folder, "", "https://atlas.example/"))
    version = asked(app, "/data/years.csv")[1]["atlas-version"]
    # A permalink says the version, too; what changed since is no table of one version.
    same = [view for view in VIEWS.values() if not (view.permalinks or view.of_versions) and view.name not in OF_OTHERS]
    queries = {view.name: needed(view.name) for view in same}
    before = {name: asked(app, f"/data/{name}.csv?{query}")[2] for name, query in queries.items()}
    data_folder.edit("practices", 1, when_text="2011-2012", accessed="2026-01-01")
    data_folder.append("practices", practice_id="late", title="Late", accessed="2026-01-01")
    assert asked(app, "/data/years.csv")[2] != before["years"]
    pinned = {name: asked(app, f"/data/{name}.csv?{query}&version={version}")[2] for name, query in queries.items()}
    assert pinned == before
    (row,) = rows(asked(app, f"/data/practices.csv?version={version}&city=cork")[2])
    assert row["permalink"] == f"https://atlas.example/practice?practice=homework-club&version=2025-02-03-{version}"


@pytest.mark.parametrize("path", ["/data", "/data/", "/data/_stcore/health", "/data/favicon.png"])
def test_the_page_of_the_data_keeps_its_address(small: DataFolder, path: str):
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    assert {route.matches(scope)[0] for route in open_data(small, "").routes()} == {Match.NONE}


def test_the_description_is_valid_openapi_and_names_every_table(ask: Ask):
    described = json.loads(ask("openapi.json")[2])
    validate(described)
    assert described["servers"] == [{"url": "https://example.org/atlas"}]
    assert {*described["paths"]} == {f"/data/{name}.{form}" for name in VIEWS for form in FORMS}
    assert {*described["components"]["parameters"]} == SELECTION_PARAMS | {"lang", "version"}
