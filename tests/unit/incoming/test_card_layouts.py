"""Cards as people really lay them out: rows of label and value, several in a file, other signs, other languages."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.errors import AtlasError
from icc_data.incoming.readers import read
from icc_data.incoming.readers.result import Accepted, ReadResult
from icc_data.model.records import Practice
from tests.helpers.tables import DATA, GAZETTEER

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ROWS = (
    ("COUNTRY OF ORIGIN:", "Portugal"),
    ("CITY:", "Lisbon"),
    ("AVAILABLE LANGUAGES:", "Portuguese, English"),
    ("SOURCE (ACCESS DATE):", "https://x.org/a (March 2021)"),
    ("TARGET GROUP(s):", "☒ Young People ☐ Counsellors"),
    ("TYPE(s) OF BEST PRACTICE:", "☒ Project ☐ Network"),
    ("AREA(s):", "☒ Political ☐ Religious"),
    ("DESCRIPTION:", "Bicycles are mended on a square."),
)


def read_text(tmp_path: Path, content: str | bytes, name: str = "card.txt") -> ReadResult:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read(path, GAZETTEER, DATA.vocabulary)


def only(result: ReadResult) -> Accepted:
    assert (result.kind, result.problems, len(result.accepted)) == ("card", (), 1)
    return result.accepted[0]


def practice(item: Accepted) -> Practice:
    assert isinstance(item.record, Practice)
    return item.record


def assert_is_the_card(item: Accepted) -> None:
    record = practice(item)
    assert (record.title, record.countries, record.city_ids) == ("A workshop", ("Portugal",), ("lisbon",))
    assert item.fields["languages"] == ["Portuguese", "English"]
    assert (item.fields["source"], item.fields["accessed_text"]) == ("https://x.org/a", "March 2021")
    assert (record.target_groups, record.practice_types, record.practice_areas) == (
        ("young_people",),
        ("project",),
        ("political",),
    )
    assert record.summary == "Bicycles are mended on a square."


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word(body: str) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
        )
    return content.getvalue()


# Label and value


@pytest.mark.parametrize("between", ["\t", " | ", " "])
def test_rows_of_label_and_value_are_read(tmp_path: Path, between: str) -> None:
    rows = "\n".join(f"{label}{between}{value}" for label, value in ROWS)
    assert_is_the_card(only(read_text(tmp_path, f"EXAMPLE OF GOOD PRACTICE\n\nA workshop\n\n{rows}\n")))


def test_a_table_of_two_columns_on_a_page_needs_no_colons(tmp_path: Path) -> None:
    rows = "".join(f"<tr><th>{label.rstrip(':')}</th><td><p>{value}</p></td></tr>" for label, value in ROWS)
    html = f"<html><body><h1>Example of good practice</h1><h2>A workshop</h2><table>{rows}</table></body></html>"
    assert_is_the_card(only(read_text(tmp_path, html, "card.html")))


def test_a_table_of_two_columns_in_word_is_read(tmp_path: Path) -> None:
    cells = [[f"<w:tc>{paragraph(text)}</w:tc>" for text in row] for row in ROWS]
    table = "<w:tbl>" + "".join(f"<w:tr>{label}{value}</w:tr>" for label, value in cells) + "</w:tbl>"
    content = word(paragraph("EXAMPLE OF GOOD PRACTICE") + paragraph("A workshop") + table)
    assert_is_the_card(only(read_text(tmp_path, content, "card.docx")))


def test_a_line_that_holds_nothing_but_the_edge_of_a_table_is_passed_over(tmp_path: Path) -> None:
    text = (FIXTURES / "card_page.txt").read_text(encoding="utf-8")
    whole, spoilt = (
        only(read_text(tmp_path, text.replace("The recipes\n", f"The recipes\n{edge}", 1))) for edge in ("", "\n|\n\n")
    )
    assert practice(spoilt).summary == practice(whole).summary


def test_a_dash_sets_headings_off_as_a_colon_does(tmp_path: Path) -> None:
    rows = "\n".join(f"{label.rstrip(':')} – {value}" for label, value in ROWS)
    assert_is_the_card(only(read_text(tmp_path, f"GOOD PRACTICE EXAMPLE\n\nA workshop\n\n{rows}\n")))


def test_a_title_may_stand_below_the_form(tmp_path: Path) -> None:
    rows = [f"{label} {value}" for label, value in ROWS]
    content = "\n".join(
        ["EXAMPLE OF GOOD PRACTICE", "", *rows[:-1], "", "TITLE OF BEST PRACTICE: A workshop", rows[-1]]
    )
    assert_is_the_card(only(read_text(tmp_path, content)))


def test_a_row_with_a_label_that_no_card_has_is_noted_and_goes_into_no_other_field(tmp_path: Path) -> None:
    rows = [f"{label}\t{value}" for label, value in (*ROWS[:4], ("CONTACT:", "Somebody"), *ROWS[4:])]
    item = only(read_text(tmp_path, "EXAMPLE OF GOOD PRACTICE\n\nA workshop\n\n" + "\n".join(rows)))
    assert_is_the_card(item)
    assert "“CONTACT: Somebody” stands under a heading that cards do not have: not read" in item.notes


# Several cards


@pytest.mark.parametrize("name", ["EXAMPLE OF GOOD PRACTICE\n\n", ""])
def test_two_cards_in_a_file_are_two_practices(tmp_path: Path, name: str) -> None:
    rows = "\n".join(f"{label} {value}" for label, value in ROWS)
    other = rows.replace("Lisbon", "Braga").replace("☒ Project ☐ Network", "☐ Project ☒ Network")
    result = read_text(tmp_path, f"{name}A workshop\n\n{rows}\n\n{name}A choir\n\n{other}\n")
    assert [practice(item).title for item in result.accepted] == ["A workshop", "A choir"]
    assert [practice(item).city_ids for item in result.accepted] == [("lisbon",), ("braga",)]
    assert [practice(item).practice_types for item in result.accepted] == [("project",), ("network",)]
    assert practice(result.accepted[0]).summary == "Bicycles are mended on a square."


# Word


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('A workshop')}</w:txbxContent>"
    forms = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    rows = "".join(paragraph(f"{label} {value}") for label, value in ROWS)
    content = word(f"{paragraph('EXAMPLE OF GOOD PRACTICE')}<w:p><w:r>{forms}</w:r></w:p>{rows}")
    assert_is_the_card(only(read_text(tmp_path, content, "card.docx")))


def test_text_that_was_moved_or_deleted_is_read_once_where_it_stands_now(tmp_path: Path) -> None:
    run = "<w:r><w:t>A workshop</w:t></w:r>"
    gone = "<w:del><w:r><w:t>gone</w:t><w:delText>gone</w:delText></w:r></w:del>"
    moved = f"<w:p><w:moveFrom>{run}</w:moveFrom>{gone}</w:p>"
    rows = "".join(paragraph(f"{label} {value}") for label, value in ROWS)
    title = f"<w:p><w:moveTo>{run}</w:moveTo></w:p>"
    content = word(f"{moved}{paragraph('EXAMPLE OF GOOD PRACTICE')}{title}{rows}{moved}")
    assert_is_the_card(only(read_text(tmp_path, content, "card.docx")))


# Signs


def card(groups: str, types: str = "", areas: str = "") -> str:
    return (
        "EXAMPLE OF GOOD PRACTICE\n\nA workshop\n\nCOUNTRY OF ORIGIN: Norway\n"
        f"TARGET GROUP(s): {groups}\nTYPE(s) OF BEST PRACTICE: {types}\nAREA(s): {areas}\nDESCRIPTION:\nPeople mend.\n"
    )


@pytest.mark.parametrize(("yes", "no"), [("●", "○"), ("⮽", "⬜"), ("◉", "○"), ("⚫", "⚪"), ("✅", "⬜")])
def test_round_and_other_signs_are_ticks(tmp_path: Path, yes: str, no: str) -> None:
    item = only(read_text(tmp_path, card(f"{yes} Young People {no} Counsellors")))
    assert practice(item).target_groups == ("young_people",)
    assert item.fields["target_groups_not_ticked"] == ["counsellors"]


@pytest.mark.parametrize(("yes", "no"), [("yes", "no"), ("Oui", "Non"), ("ja", "nein"), ("sí", "no"), ("sim", "não")])
@pytest.mark.parametrize("form", ["{}: {}", "{} ({})"])
def test_yes_and_no_beside_options_are_ticks(tmp_path: Path, yes: str, no: str, form: str) -> None:
    pairs = [("Young People", yes), ("Counsellors", no)]
    item = only(read_text(tmp_path, card("; ".join(form.format(*pair) for pair in pairs))))
    assert practice(item).target_groups == ("young_people",)
    assert item.fields["target_groups_not_ticked"] == ["counsellors"]


def test_without_signs_the_options_named_are_chosen_and_the_others_unknown(tmp_path: Path) -> None:
    item = only(read_text(tmp_path, card("Interested Citizens, Young People", "Project", "Socio / Cultural")))
    record = practice(item)
    assert record.target_groups == ("interested_citizens", "young_people")
    assert (record.practice_types, record.practice_areas) == (("project",), ("socio_cultural",))
    assert item.fields["target_groups_not_ticked"] == []
    assert "practice type: the card has no signs, what it names was taken as chosen: Project" in item.notes


def test_a_form_that_lost_its_signs_chooses_nothing(tmp_path: Path) -> None:
    areas = "Educational\nPolitical\nReligious\nSocio / Cultural\nOther"
    item = only(read_text(tmp_path, card("Young People", "Project", areas)))
    assert (practice(item).target_groups, practice(item).practice_areas) == ((), ())


@pytest.mark.parametrize("text", ["everybody but young people", "not for young people", "Young People if need be"])
def test_an_option_among_other_words_is_not_chosen(tmp_path: Path, text: str) -> None:
    item = only(read_text(tmp_path, card(text, "Project")))
    assert practice(item).target_groups == ()
    assert f"“{text}” is no option that the card’s lists have: not taken" in item.notes


# Languages

CARDS = {
    "French": """Exemple de bonne pratique

Un atelier

PAYS D'ORIGINE : Suisse
VILLE : Genève
SOURCE (DATE D'ACCÈS) : https://x.org/a (mars 2021)
GROUPE(S) CIBLE(S) : ☒ Jeunes ☐ Conseillers
TYPE(S) DE BONNE PRATIQUE : ☒ Projet ☐ Réseau
DOMAINE(S) : ☒ Socioculturel ☐ Éducatif
DESCRIPTION :
On répare.""",
    "German": """Beispiel guter Praxis

Eine Werkstatt

HERKUNFTSLAND: Schweiz
STADT: Genf
QUELLE (ZUGRIFFSDATUM): https://x.org/a (März 2021)
ZIELGRUPPE(N): ☒ Jugendliche ☐ Berater
ART DER GUTEN PRAXIS: ☒ Projekt ☐ Netzwerk
BEREICH(E): ☒ Soziokulturell ☐ Bildung
BESCHREIBUNG:
Man repariert.""",
    "Spanish": """Ejemplo de buena práctica

Un taller

PAÍS DE ORIGEN: Suiza
CIUDAD: Ginebra
FUENTE (FECHA DE ACCESO): https://x.org/a (marzo 2021)
GRUPO(S) DESTINATARIO(S): ☒ Jóvenes ☐ Orientadores
TIPO(S) DE BUENA PRÁCTICA: ☒ Proyecto ☐ Red
ÁREA(S): ☒ Sociocultural ☐ Educativa
DESCRIPCIÓN:
Se repara.""",
    "Italian": """Esempio di buona pratica

Un'officina

PAESE DI ORIGINE: Svizzera
CITTÀ: Ginevra
FONTE (DATA DI ACCESSO): https://x.org/a (marzo 2021)
GRUPPO TARGET: ☒ Giovani ☐ Consulenti
TIPO DI BUONA PRATICA: ☒ Progetto ☐ Rete
AREA: ☒ Socioculturale ☐ Educativa
DESCRIZIONE:
Si ripara.""",
    "Portuguese": """Exemplo de boa prática

Uma oficina

PAÍS DE ORIGEM: Suíça
CIDADE: Genebra
FONTE (DATA DE ACESSO): https://x.org/a (março 2021)
GRUPO(S)-ALVO: ☒ Jovens ☐ Conselheiros
TIPO(S) DE BOA PRÁTICA: ☒ Projeto ☐ Rede
ÁREA(S): ☒ Sociocultural ☐ Educativa
DESCRIÇÃO:
Repara-se.""",
}


@pytest.mark.parametrize("language", CARDS)
def test_a_card_in_another_language_is_read_and_says_what_to_translate(tmp_path: Path, language: str) -> None:
    item = only(read_text(tmp_path, CARDS[language]))
    record = practice(item)
    assert (record.countries, record.city_ids) == (("Switzerland",), ("geneva",))
    assert item.fields["source"] == "https://x.org/a"
    assert str(item.fields["accessed_text"]).endswith("2021")
    assert (record.target_groups, record.practice_types, record.practice_areas) == (
        ("young_people",),
        ("project",),
        ("socio_cultural",),
    )
    assert item.fields["target_groups_not_ticked"] == ["counsellors"]
    assert record.title_original == record.title
    assert f"the card is in {language}: its title and description need a translation" in item.notes


def test_a_refusal_names_the_languages_that_cards_are_read_in(tmp_path: Path) -> None:
    with pytest.raises(AtlasError) as error:
        read_text(tmp_path, "PÄRITOLURIIK: Eesti\nSIHTRÜHM: ☒ Noored\nKIRJELDUS:\nTöökoda.\n")
    assert "English, French, German, Spanish, Italian and Portuguese" in error.value.advice


# Nothing is invented

CITIES = [city.name for city in DATA.cities]
PIECES = [*CITIES, "Kleinstadt", "Norway", "2018", "yes", "☒", "\t", ":", "CITY", "DESCRIPTION:"]


@given(
    st.lists(
        st.sampled_from([*CITIES, "Kleinstadt", "Norway", "2018", "yes", "☒", "\t", ":", "CITY", "DESCRIPTION:"]),
        max_size=8,
    ),
    st.integers(0, 400),
)
def test_no_city_comes_from_a_card_that_does_not_stand_in_it(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], at: int
) -> None:
    content = card("☒ Young People", "☐ Project")
    content = f"{content[:at]}{' '.join(words)}{content[at:]}"
    try:
        result = read_text(tmp_path_factory.getbasetemp(), content)
    except AtlasError:
        return
    for item in result.accepted:
        cities = item.fields["cities"]
        assert isinstance(cities, list)
        assert all(name in content for name in cities)
