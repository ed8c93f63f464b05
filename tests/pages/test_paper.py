"""What stands on paper in the place of tables and controls that a printer would cut or leave empty."""

from __future__ import annotations

import html
import re

import pytest
from streamlit.testing.v1 import AppTest

from icc_data.drawing.palette import LIGHT
from pages.shared.paper import MOST_ROWS, headings
from pages.shared.style import style
from tests.pages.conftest import OpenPage
from tests.pages.test_audit import at, proposed


def printed(app: AppTest) -> list[str]:
    """What is only on paper, as HTML."""
    bodies = [element.proto.body for element in app.get("html")]
    return [body for body in bodies if 'class="print-only' in body]


def table(body: str) -> list[list[str]]:
    """The cells of a printed table, row by row, the headings first."""
    rows = re.findall(r"<tr>(.*?)</tr>", body)
    cell = r"<t[hd] class=\"[\w ]+\"[^>]*>(.*?)</t[hd]>"
    return [[html.unescape(words) for words in re.findall(cell, row)] for row in rows]


def drawn(script: str, imports: str = "") -> str:
    """What a short page prints."""
    app = AppTest.from_string(f"import pandas as pd\nfrom pages.shared.paper import *\n{imports}{script}").run()
    assert not app.exception
    [body] = printed(app)
    return body


def test_the_audit_prints_whose_peers_it_is_about(open_page: OpenPage) -> None:
    words = printed(open_page("audit", city=["bergen"], peers=["picked"], peer=["oslo", "botkyrka"]))[0]
    assert "Bergen, compared with" in words
    assert "Oslo" in words
    assert "Botkyrka" in words


def test_the_audit_prints_its_table_with_blanks_to_write_in(open_page: OpenPage) -> None:
    head, *rows = table(printed(open_page("audit", city=["bergen"], step=["standing"], rating=["education:40"]))[1])
    ratings = {row[0]: row[head.index("Our rating")] for row in rows}
    assert len(ratings) == 17
    assert {area for area, rating in ratings.items() if rating} == {"Education"}
    assert ratings["Education"] == "40"
    assert "What it means" not in head


def test_the_audit_prints_the_action_list_with_room_for_who_and_when(open_page: OpenPage) -> None:
    app = open_page("audit", city=["bergen"], step=["borrow"])
    app.query_params["pick"] = proposed(app)[:2]
    head, *rows = table(printed(at(app.run(), "actions"))[1])
    assert head[-2:] == ["Who", "By when"]
    assert [row[-2:] for row in rows] == [["", ""]] * 2


def test_the_table_of_practices_prints_the_chosen_columns_of_its_page(open_page: OpenPage) -> None:
    app = open_page("practices", view=["table"], column=["title", "start_year"])
    page, body = printed(app)
    assert "Page 1 of 23" in page
    head, *rows = table(body)
    assert head == ["Title", "Start"]
    assert len(rows) == 20
    # A year, not an amount.
    assert all(re.fullmatch(r"\d{4}|–", year) for _title, year in rows)


def test_cards_print_no_table(open_page: OpenPage) -> None:
    assert printed(open_page("practices")) == ['<p class="print-only">Page 1 of 23</p>']


def test_what_is_printed_cannot_be_read_as_html() -> None:
    body = drawn("printed_table(pd.DataFrame({'<b>': ['<script>1</script>']}))")
    assert "<script>" not in body
    assert table(body) == [["<b>"], ["<script>1</script>"]]


def test_a_long_table_says_how_many_rows_are_left_out() -> None:
    body = drawn("printed_table(pd.DataFrame({'n': range(MOST_ROWS + 5)}))")
    assert len(table(body)) == MOST_ROWS + 1
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 5} rows" in body


def test_values_in_words_are_printed_as_they_are_read() -> None:
    body = drawn(
        "frame = pd.DataFrame({'a': ['x y', '<i>'], 'b': [0.5, None], 'c': [1, 2]})\n"
        "read = [{'a': 'x y', 'b': '50%'}, {'a': '<i>', 'b': '–'}]\n"
        "printed_table(frame, {'b': 'Share', 'a': 'What'}, read=read)"
    )
    assert table(body) == [["Share", "What"], ["50%", "x y"], ["–", "<i>"]]
    assert 'class="amount" scope="row">50%' in body


@pytest.mark.parametrize(
    ("value", "words"),
    [("[['a', 'b', 'c']]", "a, b and c"), ("[2020.0]", "2020"), ("[0.25]", "0.2"), ("[True]", "yes"), ("[None]", "–")],
)
def test_a_value_is_printed_in_words(value: str, words: str) -> None:
    assert table(drawn(f"printed_table(pd.DataFrame({{'a': pd.Series({value})}}))"))[1] == [words]


def test_a_printed_table_says_which_cells_head_columns_and_rows() -> None:
    body = drawn("printed_table(pd.DataFrame({'a': ['x'], 'b': ['y']}))")
    assert re.findall(r"<(t[hd]) class=\"words\"( scope=\"\w+\")?>(\w)", body) == [
        ("th", ' scope="col"', "a"),
        ("th", ' scope="col"', "b"),
        ("th", ' scope="row"', "x"),
        ("td", "", "y"),
    ]


def test_a_column_of_sentences_and_a_table_of_many_columns_are_known_by_the_sheet_of_styles() -> None:
    body = drawn(
        "printed_table(pd.DataFrame({'name': ['Ystad'], 'told': ['It stands with three others of its size.']}))"
    )
    assert '<th class="words" scope="col">name</th><th class="words sentences" scope="col">told</th>' in body
    assert "<table>" in body
    assert '<table class="many-columns">' in drawn(
        "printed_table(pd.DataFrame([range(10)], columns=list('abcdefghij')))"
    )


def test_a_table_with_a_title_opens_on_screen_too() -> None:
    script = "from pages.shared.paper import *\nimport pandas as pd\n"
    app = AppTest.from_string(script + "printed_table(pd.DataFrame({'a': ['x']}), title='All of it')").run()
    [opened] = [e.proto.body for e in app.get("html") if "<details" in e.proto.body]
    assert '<summary>Read as a plain table<span class="heard"> (All of it)</span></summary>' in opened
    assert '<table aria-label="All of it">' in opened


def test_columns_are_called_what_they_are_called_on_screen() -> None:
    config = {"a": {"label": "First"}, "b": "Second", "c": "Third"}
    assert headings(config, ["b", "a"]) == {"b": "Second", "a": "First"}


def test_what_is_for_paper_is_hidden_on_screen() -> None:
    sheet = style(LIGHT)
    screen = sheet[: sheet.rindex("@media print")]
    assert re.search(r"\.print-only\) \{ display: none; \}", screen)


@pytest.mark.parametrize("page", ["overview", "timeline", "topics", "map", "practices"])
def test_what_can_only_be_done_on_a_screen_is_not_on_paper(open_page: OpenPage, page: str) -> None:
    app = open_page(page)
    hints = [text for text in map(str, (element.value for element in app.markdown)) if "screen-only" in text]
    assert hints
    for element in app.markdown:
        heading = re.sub(r"<small class='screen-only'>.*?</small>", "", str(element.value))
        assert not re.search(r"\b(click|drag) ", heading, re.IGNORECASE)


def test_paper_does_not_say_to_choose_a_field_of_the_coverage(open_page: OpenPage) -> None:
    app = open_page("review", step=["coverage"])
    words = "Choose a field of the grid, or a place and a policy area here."
    assert any("screen-only" in str(html.value) and words in str(html.value) for html in app.get("html"))
    assert not any(words in str(caption.value) for caption in app.caption)


def test_hints_are_hidden_on_paper_alone() -> None:
    screen, _print, paper = style(LIGHT).partition("@media print")
    assert ".screen-only { display: none; }" in paper
    assert ".screen-only { display: none" not in screen


def test_a_text_in_another_language_than_the_page_says_so_in_its_cell() -> None:
    body = drawn(
        "frame = pd.DataFrame({'title': ['School'], 'title_original': ['Le parcours des enfants']})\n"
        "frame['when_text'] = 'depuis 2014'\n"
        "set_language('fr')\n"
        "printed_table(frame)",
        "from icc_data.i18n import set_language\n",
    )
    assert re.findall(r"<t[hd] class=\"words\"[^>]*lang=\"(\w+)\">(.*?)<", body) == [("en", "School")]


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("data", {"section": ["years"]}),
        ("data", {"section": ["dictionary"]}),
        ("data", {"section": ["sources"]}),
        ("benchmark", {"city": ["bergen"]}),
        ("index", {}),
        ("practices", {"view": ["table"]}),
        ("review", {"part": ["gaps"]}),
    ],
)
def test_every_table_drawn_as_a_picture_opens_as_a_plain_one(
    open_page: OpenPage, page: str, params: dict[str, list[str]]
) -> None:
    app = open_page(page, **params)
    bodies = [element.proto.body for element in app.get("html")]
    assert 0 < len(app.dataframe) == len([body for body in bodies if body.startswith('<details class="read-table">')])
