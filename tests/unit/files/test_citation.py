"""A practice and the data as a whole can be cited, and no title breaks the format."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, unquote

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.files.citation import Citation, apa, bibtex, data_citation, figure_citation, practice_citation, ris
from icc_data.files.citation_data import coins, csl_json
from icc_data.i18n import set_language

VERSION = "0123456789ab"
PAGE = "https://www.coe.int/en/web/interculturalcities/kitchen"
RECORD = "https://atlas.example.org/practice?practice=kitchen-of-languages"
KITCHEN: dict[str, Any] = {
    "practice_id": "kitchen-of-languages",
    "title": "A kitchen of languages",
    "title_original": None,
    "city_names": "Lisbon",
    "country_names": "Portugal",
    "when_text": "Since 2019",
    "described_when": None,
    "start_year": 2019,
    "end_year": None,
    "ongoing": True,
    "url": PAGE,
    "evidence_urls": np.array(["https://example.org/seen"], dtype=object),
    "accessed": pd.Timestamp("2026-11-02"),
    "source_kind": "programme",
}


def cite(**facts: Any) -> Citation:
    return practice_citation({**KITCHEN, **facts}, VERSION, RECORD)


def tags(record: str) -> list[tuple[str, str]]:
    return [(line[:2], line[6:]) for line in record.split("\r\n")[:-1]]


class TestApa:
    def test_a_practice_is_cited_as_a_page_of_the_programme_and_where_the_atlas_has_it(self) -> None:
        assert apa(cite()) == (
            "Council of Europe. (2019–present). A kitchen of languages [Good practice; Lisbon, Portugal; Since 2019]. "
            f"Intercultural Cities programme. Retrieved November 2, 2026, from {PAGE} "
            f"[Intercultural Cities Atlas, data version 0123456789ab, {RECORD}]"
        )

    def test_a_practice_without_years_has_none_in_its_description(self) -> None:
        said = apa(cite(start_year=pd.NA, when_text=np.nan))
        assert said.startswith("Council of Europe. (n.d.). A kitchen of languages [Good practice; Lisbon, Portugal].")

    @pytest.mark.parametrize(
        ("years", "dated"),
        [
            ({"start_year": 2019, "ongoing": False}, "(2019)"),
            ({"start_year": 2019, "end_year": 2019, "ongoing": False}, "(2019)"),
            ({"start_year": 2019, "end_year": 2021, "ongoing": False}, "(2019–2021)"),
            ({"start_year": np.int16(2019), "end_year": pd.NA, "ongoing": np.True_}, "(2019–present)"),
            ({"start_year": None, "ongoing": True}, "(n.d.)"),
            ({"start_year": None, "end_year": 2021, "ongoing": False}, "(2021)"),
        ],
    )
    def test_a_practice_is_dated_by_its_first_and_last_year_or_by_the_one_that_is_known(
        self, years: dict[str, Any], dated: str
    ) -> None:
        assert apa(cite(**years)).startswith(f"Council of Europe. {dated}. A kitchen")

    @pytest.mark.parametrize(
        ("texts", "described"),
        [
            ({"when_text": "2016", "described_when": "since 1995"}, "2016, in its description: since 1995"),
            ({"when_text": None, "described_when": "since 1995"}, "since 1995"),
            ({"when_text": "2016", "described_when": "2016"}, "2016"),
            ({"when_text": "2016", "described_when": np.nan}, "2016"),
        ],
    )
    def test_the_texts_that_date_a_practice_stand_in_its_description(
        self, texts: dict[str, Any], described: str
    ) -> None:
        assert cite(**texts).description == f"Good practice; Lisbon, Portugal; {described}"

    def test_a_source_of_an_unknown_kind_names_no_author(self) -> None:
        assert apa(cite(source_kind=None)).startswith(
            "A kitchen of languages [Good practice; Lisbon, Portugal; Since 2019]. (2019–present). Retrieved "
        )

    def test_where_the_atlas_is_not_known_its_data_version_stands_alone(self) -> None:
        assert apa(practice_citation(KITCHEN, VERSION)).endswith(
            "[Intercultural Cities Atlas, data version 0123456789ab]"
        )

    def test_the_data_is_cited_as_a_data_set(self) -> None:
        citation = data_citation(VERSION, date(2026, 11, 22), "https://atlas.example.org", date(2026, 12, 1))
        assert apa(citation) == (
            "The Intercultural Cities Atlas contributors. (2026). Intercultural Cities Atlas: good practices of the "
            "Intercultural Cities network (Version 0123456789ab) [Data set]. Intercultural Cities Atlas. "
            "Retrieved December 1, 2026, from https://atlas.example.org"
        )

    def test_without_an_address_nothing_was_retrieved(self) -> None:
        assert apa(data_citation(VERSION, date(2026, 11, 22))).endswith("[Data set]. Intercultural Cities Atlas.")


class TestBibtex:
    def test_a_practice_is_an_entry(self) -> None:
        assert bibtex(cite()) == (
            "@misc{icc-kitchen-of-languages,\n"
            "  author = {{Council of Europe}},\n"
            "  title = {{A kitchen of languages}},\n"
            "  year = {2019},\n"
            "  publisher = {Intercultural Cities programme},\n"
            "  note = {Good practice; Lisbon, Portugal; Since 2019. "
            f"Intercultural Cities Atlas, data version 0123456789ab, {RECORD}}},\n"
            f"  url = {{{PAGE}}},\n"
            "  urldate = {2026-11-02}\n"
            "}\n"
        )

    def test_the_data_is_an_entry_with_its_version(self) -> None:
        entry = bibtex(data_citation(VERSION, date(2026, 11, 22)))
        assert entry.startswith("@misc{icc-atlas-2026-0123456789ab,")
        assert "  version = {0123456789ab}" in entry

    @pytest.mark.parametrize(
        ("title", "written"),
        [
            ("Schools & towns: 100% #open", r"Schools \& towns: 100\% \#open"),
            ("Open {space", r"Open \textbraceleft{}space"),
            ("its_ours~^\\$5", r"its\_ours\textasciitilde{}\textasciicircum{}\textbackslash{}\$5"),
            ('The "Door" of Łódź', 'The "Door" of Łódź'),
            ("Two\r\nlines\tand a tab", "Two lines and a tab"),
        ],
    )
    def test_what_tex_would_take_as_its_own_is_escaped(self, title: str, written: str) -> None:
        assert f"  title = {{{{{written}}}}}," in bibtex(cite(title=title))

    def test_what_has_no_year_says_none(self) -> None:
        assert "year" not in bibtex(cite(start_year=None))
        assert "PY" not in dict(tags(ris(cite(start_year=None))))


class TestRis:
    def test_a_practice_is_a_record(self) -> None:
        assert tags(ris(cite())) == [
            ("TY", "ELEC"),
            ("ID", "icc-kitchen-of-languages"),
            ("TI", "A kitchen of languages"),
            ("AU", "Council of Europe"),
            ("PY", "2019"),
            ("PB", "Intercultural Cities programme"),
            ("N1", "Good practice; Lisbon, Portugal; Since 2019"),
            ("DB", "Intercultural Cities Atlas, data version 0123456789ab"),
            ("UR", PAGE),
            ("UR", RECORD),
            ("Y2", "2026/11/02"),
            ("ER", ""),
        ]

    def test_the_data_is_a_record_of_data(self) -> None:
        record = dict(tags(ris(data_citation(VERSION, date(2026, 11, 22)))))
        assert (record["TY"], record["ET"], record["PY"]) == ("DATA", VERSION, "2026")


class TestWhatIsCited:
    def test_without_a_page_of_its_own_the_first_evidence_stands_in(self) -> None:
        assert cite(url=np.nan).url == "https://example.org/seen"
        assert cite(url=None, evidence_urls=None).url == ""

    def test_a_page_is_cited_and_not_the_portal_link_on_which_it_was_seen(self) -> None:
        portal = "https://coe.int/el/c/portal/update_language?languageId=de_DE&redirect=%2Fel%2Fweb%2Flist%3Fstart%3D22"
        assert cite(url=None, evidence_urls=[portal]).url == "https://coe.int/el/web/list?start=22"

    def test_a_title_stands_as_published_with_the_english_one_in_brackets(self) -> None:
        citation = cite(title_original="Uma cozinha de línguas")
        assert citation.title == "Uma cozinha de línguas [A kitchen of languages]"

    def test_many_cities_are_named_in_part(self) -> None:
        places = cite(city_names="Amadora; Bilbao; Cork; Lublin; Patras", country_names="Portugal; Spain").description
        assert places == "Good practice; Amadora, Bilbao, Cork and 2 other cities; Since 2019"

    def test_a_practice_without_a_city_is_placed_in_its_country(self) -> None:
        assert cite(city_names=None).description == "Good practice; Portugal; Since 2019"

    def test_a_key_does_not_change_with_the_title(self) -> None:
        assert cite(title="Anything").key == cite().key

    def test_a_title_without_latin_letters_has_a_key_too(self) -> None:
        key = cite(practice_id=None, title="Τραγούδια").key
        assert re.fullmatch("icc-[0-9a-f]{8}", key)

    def test_every_real_practice_can_be_cited(self, atlas: duckdb.DuckDBPyConnection) -> None:
        frame = atlas.execute("SELECT * FROM practice").df()
        citations = [practice_citation(row, VERSION) for row in frame.to_dict("records")]
        assert len({citation.key for citation in citations}) == len(frame)
        assert all(citation.url and citation.author and citation.accessed for citation in citations)
        assert not any("/c/portal/" in citation.url for citation in citations)
        assert sum("(n.d.)" in apa(citation) for citation in citations) == int(
            (frame["start_year"].isna() & frame["end_year"].isna()).sum()
        )
        assert all(apa(citation) and bibtex(citation) and ris(citation) for citation in citations)


TEXTS = st.none() | st.text(max_size=60) | st.text(alphabet='{}\\&%$#_~^"@\n\r\u2028 aéŁ', max_size=30)
NO_TEXTS = {"start_year", "end_year", "ongoing", "evidence_urls", "accessed"}
YEARS = st.sampled_from([None, np.nan, pd.NA, 2019, 2021.0, np.int16(2019)])
PRACTICES = st.fixed_dictionaries(
    {},
    optional={
        **{name: TEXTS for name in KITCHEN if name not in NO_TEXTS},
        "start_year": YEARS,
        "end_year": YEARS,
        "ongoing": st.sampled_from([None, pd.NA, True, np.False_]),
        "evidence_urls": st.none() | TEXTS | st.lists(TEXTS),
        "accessed": st.sampled_from([None, pd.NaT, date(2026, 1, 2), "2026-01-02", "soon"]),
    },
)


@given(PRACTICES, st.text(max_size=15))
def test_any_practice_is_one_bibtex_entry_with_balanced_braces(practice: dict[str, Any], version: str) -> None:
    entry = bibtex(practice_citation(practice, version, RECORD))
    depths = np.cumsum([(character == "{") - (character == "}") for character in entry])
    assert re.match(r"@misc\{icc-[a-z0-9-]+,\n", entry)
    assert entry.endswith("\n}\n")
    assert depths[-1] == 0
    # Only the closing brace at the very end ends the entry.
    assert not (depths[entry.index("{") : -2] == 0).any()


@given(PRACTICES, st.text(max_size=15))
def test_any_practice_is_one_ris_record(practice: dict[str, Any], version: str) -> None:
    record = ris(practice_citation(practice, version, RECORD))
    lines = record.split("\r\n")
    names = [line[:6] for line in lines[:-1]]
    assert (names[0], names[-1], lines[-1]) == ("TY  - ", "ER  - ", "")
    assert (names.count("TY  - "), names.count("ER  - ")) == (1, 1)
    assert all(re.match("[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert len(record.splitlines()) == len(names)


@given(PRACTICES)
def test_all_styles_give_a_practice_the_same_first_year(practice: dict[str, Any]) -> None:
    citation = practice_citation(practice, VERSION, RECORD)
    in_apa = re.search(r"\((n\.d\.|20\d\d)(?:–(?:20\d\d|present))?\)\.", apa(citation))
    in_bibtex = re.search(r"^  year = \{(.*)\}", bibtex(citation), re.MULTILINE)
    assert in_apa is not None
    year = in_apa.group(1).replace("n.d.", "")
    assert year == (in_bibtex.group(1) if in_bibtex else "")
    assert year == dict(tags(ris(citation))).get("PY", "")


@given(PRACTICES, st.text(max_size=15))
def test_any_practice_is_one_line_of_text(practice: dict[str, Any], version: str) -> None:
    assert len(apa(practice_citation(practice, version, RECORD)).splitlines()) == 1


class TestForPrograms:
    def figure(self) -> Citation:
        """A figure of one country's practices."""
        selection, where = ["Country: Spain"], "https://atlas.example/timeline?country=spain"
        return figure_citation("Practices by year", selection, VERSION, date(2026, 11, 22), where, date(2026, 12, 1))

    def test_a_figure_is_cited_with_its_title_its_selection_and_the_version(self) -> None:
        assert apa(self.figure()) == (
            "The Intercultural Cities Atlas contributors. (2026). Practices by year: Country: Spain "
            "(Version 0123456789ab) [Figure]. Intercultural Cities Atlas. Retrieved December 1, 2026, from "
            "https://atlas.example/timeline?country=spain"
        )
        assert ris(self.figure()).startswith("TY  - FIGURE")

    def test_what_was_chosen_in_sentences_ends_in_no_full_stop_before_what_follows(self) -> None:
        cited = figure_citation("Areas", ["Country: Spain", "5 are in both."], VERSION, date(2026, 11, 22))
        assert cited.title == "Areas: Country: Spain; 5 are in both"

    @pytest.mark.parametrize(
        "other",
        [
            {"selection": ["Country: Italy"]},
            {"url": "https://atlas.example/timeline?country=spain&count=active"},
            {"version": "9876543210ff"},
            {"title": "Practices through the years"},
        ],
    )
    def test_two_figures_stand_in_one_list_of_references_by_keys_of_their_own(self, other: dict[str, Any]) -> None:
        facts: dict[str, Any] = {
            "title": "Practices by year of all the cities that are members of the network and have published some",
            "selection": ["Country: Spain"],
            "version": VERSION,
            "as_of": date(2026, 11, 22),
            "url": "https://atlas.example/timeline?country=spain",
        }
        one = figure_citation(**facts)
        assert re.fullmatch(r"icc-practices-by-year-[a-z-]+-2026-0123456789ab-[0-9a-f]{6}", one.key)
        assert figure_citation(**{**facts, **other}).key != one.key
        assert figure_citation(**facts, accessed=date(2027, 1, 1)).key == one.key

    def test_in_french_a_space_goes_before_the_colon_of_the_title(self) -> None:
        set_language("fr")
        assert figure_citation("Domaines", ["Espagne"], VERSION, date(2026, 11, 22)).title == "Domaines\u00a0: Espagne"

    def test_csl_json_holds_one_item_of_its_type_with_dates_in_parts(self) -> None:
        (item,) = json.loads(csl_json(self.figure()))
        assert (item["type"], item["title"]) == ("figure", "Practices by year: Country: Spain")
        assert item["issued"] == {"date-parts": [[2026]]}
        assert item["accessed"] == {"date-parts": [[2026, 12, 1]]}
        assert item["author"] == [{"literal": "The Intercultural Cities Atlas contributors"}]

    def test_a_practice_of_several_years_is_dated_by_both(self) -> None:
        facts = {"practice_id": "x", "title": "X", "start_year": 2014, "end_year": 2016}
        (item,) = json.loads(csl_json(practice_citation(facts, VERSION)))
        assert item["issued"] == {"date-parts": [[2014], [2016]]}

    def test_a_practice_of_which_only_the_end_is_known_is_dated_by_it(self) -> None:
        cited = practice_citation({"practice_id": "x", "title": "X", "end_year": 2024}, VERSION)
        assert "(2024)" in apa(cited)

    def test_coins_holds_what_zotero_keeps_of_a_page(self) -> None:
        facts = {"practice_id": "x", "title": 'A "fête" & more', "start_year": 2014, "url": "https://example.org/x"}
        (title,) = re.findall(
            r'^<span class="Z3988" title="([^"]*)"></span>$', coins(practice_citation(facts, VERSION))
        )
        read = parse_qs(html.unescape(title))
        assert read["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
        assert (read["rft.title"], read["rft.date"]) == (['A "fête" & more'], ["2014"])
        assert read["rft.identifier"] == ["https://example.org/x"]

    def test_zotero_takes_the_author_for_a_body_and_the_publisher_for_the_name_of_the_site(self) -> None:
        facts = {"practice_id": "x", "title": "X", "start_year": 2014, "source_kind": "programme", "url": EVIDENCE}
        assert kept_by_zotero(coins(practice_citation(facts, VERSION))) == {
            "itemType": "webpage",
            "title": "X",
            "creators": [{"lastName": "Council of Europe", "isInstitution": True}],
            "date": "2014",
            "publicationTitle": "Intercultural Cities programme",
            "abstractNote": "Good practice",
            "url": EVIDENCE,
        }

    def test_zotero_keeps_the_data_as_a_data_set_with_its_publisher(self) -> None:
        kept = kept_by_zotero(coins(data_citation(VERSION, date(2026, 11, 22), "https://atlas.example.org/data")))
        assert (kept["itemType"], kept["publisher"]) == ("dataset", "Intercultural Cities Atlas")
        assert kept["creators"] == [{"lastName": "The Intercultural Cities Atlas contributors", "isInstitution": True}]


EVIDENCE = "https://www.coe.int/en/web/interculturalcities/-/x?a=1&b=c%20d"


def kept_by_zotero(element: str) -> dict[str, Any]:
    """What Zotero makes of an element by the rules of its reader of OpenURL (openurl.js of zotero/utilities).

    A plus, encoded or not, is read as a blank; an author who is no body is cut into first and last name.
    """
    fields = {
        "rft.title": "title",
        "rft.date": "date",
        "rft.publisher": "publisher",
        "rft.source": "publicationTitle",
        "rft.description": "abstractNote",
        "rft.type": "itemType",
    }
    kept: dict[str, Any] = {"itemType": "webpage", "creators": []}
    (title,) = re.findall(r'class="Z3988" title="([^"]*)"', element)
    for part in html.unescape(title).split("&"):
        key, _, text = part.partition("=")
        value = unquote(re.sub(r"\+|%2[bB]", " ", text))
        if key in fields:
            kept[fields[key]] = value
        elif key == "rft.identifier" and value.startswith(("http://", "https://")):
            kept["url"] = value
        elif key == "rft.aucorp":
            kept["creators"].append({"lastName": value, "isInstitution": True})
        elif key in ("rft.au", "rft.creator"):
            first, _, last = value.rpartition(" ")
            kept["creators"].append({"firstName": first, "lastName": last})
    return kept
