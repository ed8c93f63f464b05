"""The language of titles and year texts as they were published."""

from __future__ import annotations

import pytest

from icc_data.model.text_language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mettre en œuvre des politiques publiques pour tirer profit de la diversité", "fr"),
        ("Salut l’étranger-ère!", "fr"),
        ("Plano Municipal de Oeiras para a Integração de Imigrantes", "pt"),
        ("Estrategia Antirrumores De Tenerife", "es"),
        ("Costruire spazi aperti per il dialogo e gli scambi interpersonali", "it"),
        ("Fördern von interkultureller Vermischung in öffentlichen Bibliotheken", "de"),
        ("Wrocławska Strategia Dialogu Międzykulturowego", "pl"),
        ("第3次浜松市多文化共生都市ビジョン", "ja"),
        ("depuis 2014", "fr"),
        ("Junho de 2015 a Junho de 2017", "pt"),
        ("7 al 15 de diciembre de 2011", "es"),
        ("Created in 2015", "en"),
    ],
)
def test_small_words_tell_the_language_of_a_text(text: str, code: str):
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "2016", "Baobab", "15/09/2019 – 31/01/2020", "Portugal Plural"])
def test_names_and_numbers_tell_no_language(text: str):
    assert language_of(text) == ""


def test_a_translation_in_brackets_does_not_count():
    assert language_of("Grupo de Diálogo Interreligioso (Group of Interfaith dialogue)") == "es"
