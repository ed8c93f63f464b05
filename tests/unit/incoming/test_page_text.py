"""A saved page or a text file becomes lines, whatever its encoding, without menus and with its links and boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from icc_data.errors import AtlasError
from icc_data.incoming.readers.files import bytes_of, page_text, utf8_text
from icc_data.incoming.readers.lines import is_html, lines_of


def texts(page: str) -> list[str]:
    return [line.text for line in lines_of(page)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_encodings_that_people_save(encoding: str) -> None:
    assert page_text("Fête à Neuchâtel".encode(encoding), "page.txt") == "Fête à Neuchâtel"


def test_the_encoding_that_a_page_declares_counts_before_a_guess() -> None:
    page = '<meta charset="iso-8859-7"><p>Λεμεσός</p>'
    assert page_text(page.encode("iso-8859-7"), "page.html") == page


def test_an_encoding_that_nobody_knows_is_passed_over() -> None:
    page = '<meta charset="klingon"><p>Café</p>'
    assert page_text(page.encode("cp1252"), "page.html") == page


@pytest.mark.parametrize("encoding", ["undefined", "raw_unicode_escape", "unicode_escape", "punycode", "rot13", "zlib"])
def test_an_encoding_that_only_python_knows_makes_no_text_that_no_file_can_hold(encoding: str) -> None:
    page = f'<meta charset="{encoding}"><p>Café \\ud800</p>'
    page_text(page.encode("cp1252"), "page.html").encode("utf-8")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_all_line_endings_are_one(newline: str) -> None:
    assert page_text(f"a{newline}b".encode(), "page.txt") == "a\nb"


def test_what_holds_zeros_is_no_text() -> None:
    with pytest.raises(AtlasError, match="picture is not a text"):
        page_text(b"\x89PNG\0\0", "picture")


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match=r"gone\.txt cannot be opened"):
        bytes_of(tmp_path / "gone.txt")


def test_a_table_of_text_is_utf_8_with_or_without_its_mark(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("\ufeffCafé".encode())
    assert utf8_text(tmp_path / "a.csv") == "Café"


def test_a_table_that_is_not_utf_8_is_named_with_the_line_of_the_first_bad_byte(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("title\nA\nCafé\n".encode("latin-1"))
    with pytest.raises(AtlasError, match=r"a\.csv is not UTF-8 text \(line 3\)"):
        utf8_text(tmp_path / "a.csv")


@pytest.mark.parametrize("text", ["<!DOCTYPE html>\n", "<P>A</P>", "x <div class='y'>"])
def test_a_saved_page_is_known_by_its_elements(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize("text", ["", "a < b", "<person@example.org>", "<pre", "5 <a6>"])
def test_a_text_with_angle_brackets_is_no_page(text: str) -> None:
    assert not is_html(text)


def test_lines_of_a_text_have_their_numbers_and_empty_ones_are_left_out() -> None:
    assert [(line.number, line.text) for line in lines_of("a\n\n \u200b\nb  c\n")] == [(1, "a"), (4, "b c")]


def test_menus_headers_and_footers_are_not_read() -> None:
    page = "<header>H</header><nav>N</nav><p>Text</p><script>S</script><footer>F</footer>"
    assert texts(page) == ["Text"]


def test_a_comment_is_not_read() -> None:
    assert texts("<p>a<!-- b -->c</p>") == ["ac"]


def test_blocks_and_breaks_begin_new_lines_and_inner_elements_do_not() -> None:
    assert texts("<div>a <b>b</b>c<br>d<p>e</p>f</div>") == ["a bc", "d", "e", "f"]


def test_elements_side_by_side_are_words_of_their_own() -> None:
    assert texts("<p><span>Portugal</span><span>Lisbon</span></p>")[0].split() == ["Portugal", "Lisbon"]


def test_a_table_row_is_a_line_with_tabs_and_its_second_lines_are_another() -> None:
    assert texts("<table><tr><th>City</th><td>Cork<br>Oslo</td><td>2019</td></tr></table>") == [
        "City\tCork\t2019",
        "\tOslo\t",
    ]


def test_boxes_are_ticked_or_not() -> None:
    boxes = "<p><input type=checkbox checked>Yes <input type='checkbox'>No <input type=text>Else</p>"
    assert texts(boxes)[0].split() == ["☒", "Yes", "☐", "No", "Else"]


def test_a_line_has_the_address_of_its_first_link() -> None:
    (line,) = lines_of("<p>Read <a href='/one'>more</a> or <a href='/two'>less</a></p>")
    assert line.href == "/one"


def test_a_link_is_of_its_own_line_only() -> None:
    assert [line.href for line in lines_of("<p><a href='/one'>more</a></p><p>less</p>")] == ["/one", ""]


def test_lines_of_a_page_are_numbered_as_in_the_file() -> None:
    assert [line.number for line in lines_of("<html>\n<p>a</p>\n\n<p>b</p></html>")] == [2, 4]
