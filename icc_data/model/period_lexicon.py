"""The words beside a year that say when something ran, in six languages, each with its kind (see ``period.py``)."""

from __future__ import annotations

import re

from babel.dates import get_day_names, get_month_names

from icc_data.text import fold

# Kind (and value: months of a unit, number of a number word), meaning, then the words as ``fold`` gives
# them in English | French | German | Spanish | Portuguese | Italian. A word counts where it stands first:
# "um" is circa, as in "um 2019". The name of a place must not be a word here: Sète is not seven ("sete").
_WORDS = """
S since: since, as of, starting from | depuis, a partir, a compter | seit, ab | | | a partire, sin, fin da
F from: from | | | desde | | dal, dall, dalla
K between: between | entre | zwischen | | | tra, fra
U until: until, till, up to, through, ending in, ending | jusqu | bis | hasta | ate | fino
T to: to, a | au | | al | ao | ad, all
& and: and | et | und | y | e | ed
r or: or | ou | oder | o
h not: not, no, no longer | pas, non | nicht, nicht mehr, kein, keine | | nao
O ongoing: ongoing, on going, permanent, permanently, present, current, currently, today, now, to date, still
  in use, still running, still active, in progress, continuing, continuous, under way, continuously, open
  ended, indefinite, underway, until further notice | en cours, permanente, a ce jour, aujourd hui, nos jours,
  actuel, actuelle, actuellement, maintenant, continu, continue | laufend, fortlaufend, andauernd, heute,
  jetzt, gegenwart, aktuell, standig, unbefristet, bis auf weiteres | en curso, actualidad, presente, hoy,
  actual, actualmente, continuo, continua, en marcha, la fecha | em curso, atualidade, hoje, atual,
  atualmente, em andamento, a decorrer, a data | in corso, oggi, attuale, attualmente, tuttora, ad oggi
B before: before, pre | avant | vor | antes | | prima
A after: after, post | apres | nach | despues | depois, apos | dopo
b begun: created, started, launched, begun, began, founded, introduced, start, launch, set up, established,
  opened, inaugurated, initiated, first edition, first held | cree, creee, lance, lancee, lancement, debute,
  commence, demarrage, fonde, fondee, ouvert, ouverte, mis en place, mise en place, premiere edition |
  gegrundet, gestartet, begonnen, beginn, eingefuhrt, eroffnet, eingerichtet, erstmals | creado, creada,
  iniciado, iniciada, inicio, lanzado, fundado, fundada, inaugurado, primera edicion | criado, criada, lancado,
  primeira edicao | creato, creata, avviato, avviata, iniziato, iniziata, nato, fondato, fondata, avvio,
  istituito, prima edizione
l evaluated: evaluation, evaluated, assessment, assessed, report, reported, review, reviewed | rapport, evalue,
  evaluee, bilan | bericht, evaluierung, evaluiert, auswertung | evaluacion, evaluado, evaluada, informe |
  avaliacao, avaliado, relatorio | valutazione, valutato, rapporto
L planned: plan, planned, action plan, strategy | plan d action, strategie | aktionsplan, geplant | plan de
  accion, estrategia | plano, plano de acao, planeado | piano, piano d azione
w recurring: annual, annually, yearly, each year, every year | annuel, annuelle, chaque annee, tous les ans |
  jahrlich, jedes jahr | anual, anualmente, cada ano, todos los anos | todos os anos | annuale, ogni anno
e ended: ended, completed, finished, closed, discontinued, end | termine, cloture | beendet, abgeschlossen |
  terminado, terminada, finalizado, concluido | | terminato, terminata, concluso, conclusa
C circa: c, ca, circa, approx, approximately, around, about, probably | vers, environ | um, etwa, ungefahr |
  hacia, aproximadamente, alrededor | cerca | verso
Q no date: n a, n d, tbd, tba, tbc, unknown, not available, not applicable, no date, undated | inconnu, sans
  date | unbekannt, ohne datum | desconocido, sin fecha | desconhecido, sem data | sconosciuto, senza data
v each: each, every | chaque, tous les, toutes les | jedes, jeden, alle | cada, todos los | | ogni, tutti gli
M part: early, mid, late, half, quarter, semester, season, spring, summer, autumn, fall, winter, beginning,
  start of, end of, middle of, q1, q2, q3, q4, h1, h2 | semestre, trimestre, printemps, ete, automne, hiver,
  debut, fin, mi | anfang, mitte, ende, halbjahr, quartal, fruhling, fruhjahr, sommer, herbst | primavera,
  verano, otono, invierno, principios, mediados, finales | verao, outono, inverno, inicio de, final de, fim
  de, meados de | estate, autunno, fine, inizio, inizi
k counted: people, participants, students, children, families, inhabitants, cities, euro, euros, eur |
  personnes, participantes, habitants, enfants, familles, villes | personen, teilnehmer, einwohner, kinder,
  familien, stadte | personas, habitantes, ninos, familias, ciudades | pessoas, criancas, cidades | persone,
  partecipanti, bambini, famiglie, citta
_ filler: in, the, of, for, during, over, school, academic, date, dates, period,
  first, second, third, still, project, programme, activity, activities, action, actions, at, duration | en,
  le, la, les, l, de, du, d, pendant, durant, scolaire, toujours, projet, menee, mene,
  activite, activites, periode | im, dem, der, die, das, von, vom, wahrend, fur, schuljahr,
  zeitraum, projekt, noch, am, zu, zum | el, los, las, del, durante, curso, escolar, proyecto, programa,
  fecha, actividad, actividades, ya | os, as, do, da, em, letivo, projeto, data, atividade, atividades | il,
  lo, gli, nel, nell, dell, della, per, scolastico, progetto, ancora, attivita
g running: running; W onwards: onwards, onward, and later, and after, ff; o on: on; $ label: phone, tel, fax
j12 year: year | an, annee | jahr | ano | | anno; P12 years: years | ans, annees | jahre, jahren | anos | |
  anni; j1 month: month | | monat | mes | | mese; P1 months: months | mois | monate, monaten | meses | | mesi;
  P120 decades: decades | | jahrzehnte, jahrzehnten | decadas | | decenni; P days: days, weeks, hours, day,
  week, hour | jour, jours, semaine, semaines | tag, tage, tagen, woche, wochen | dia, dias, semana, semanas |
  | giorno, giorni, settimana, settimane
N1: one | un, une | ein, eine, einem | uno, una | uma; N2: two | deux | zwei | dos | dois, duas | due; N3:
  three | trois | drei | tres | | tre; N4: four | quatre | vier | cuatro | quatro | quattro; N5: five | cinq |
  funf | cinco | | cinque; N6: six | | sechs | seis | | sei; N several: several, many, few | plusieurs |
  mehrere, mehreren | varios, varias | | diversi
"""


def vocabulary() -> dict[str, tuple[str, int]]:
    """Every known word or phrase, folded, with its kind and value; the first meaning given to it stays.

    Names of months and days come from CLDR.
    """
    known = {"sept": ("M", 9)}
    for language in ("en", "fr", "de", "es", "pt", "it"):
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, locale=language).items():
                known.setdefault(fold(name), ("M", month))
        for name in get_day_names("wide", locale=language).values():
            known.setdefault(fold(name), ("_", 0))
    for entry in re.split(r";|\n(?! )", _WORDS.strip()):
        kind, words = entry.split(":")
        kind, value = kind.strip()[0], int(kind.split()[0][1:] or 0)
        for word in re.split("[,|]", words):
            known.setdefault(" ".join(word.split()), (kind, value))
    return known
