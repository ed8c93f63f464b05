"""The part of the world that a country lies in: sub-regions of the United Nations' standard M49.

Source: https://unstats.un.org/unsd/methodology/m49/. Two codes that the standard does not list stand with their
neighbours: TW (Eastern Asia) and XK (Southern Europe). Only groupings for comparison, no statement on any status.
"""

from __future__ import annotations

from icc_data.i18n import mark

_CODES = {
    mark("Northern Europe"): "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    mark("Western Europe"): "AT BE CH DE FR LI LU MC NL",
    mark("Southern Europe"): "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
    mark("Eastern Europe"): "BG BY CZ HU MD PL RO RU SK UA",
    mark("Western Asia"): "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    mark("Central Asia"): "KG KZ TJ TM UZ",
    mark("Eastern Asia"): "CN HK JP KP KR MN MO TW",
    mark("Southern Asia"): "AF BD BT IN IR LK MV NP PK",
    mark("South-eastern Asia"): "BN ID KH LA MM MY PH SG TH TL VN",
    mark("Northern Africa"): "DZ EG EH LY MA SD TN",
    mark("Sub-Saharan Africa"): (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW IO KE KM LR LS MG ML MR MU MW MZ NA NE NG RE RW "
        "SC SH SL SN SO SS ST SZ TD TF TG TZ UG YT ZA ZM ZW"
    ),
    mark("Northern America"): "BM CA GL PM US",
    mark("Latin America and the Caribbean"): (
        "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ MS "
        "MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
    mark("Australia and New Zealand"): "AU CC CX HM NF NZ",
    mark("Melanesia"): "FJ NC PG SB VU",
    mark("Micronesia"): "FM GU KI MH MP NR PW UM",
    mark("Polynesia"): "AS CK NU PF PN TK TO TV WF WS",
}
_REGIONS = {code: name for name, codes in _CODES.items() for code in codes.split()}


def region_of(country_code: str) -> str | None:
    """The sub-region of a country by its ISO 3166-1 alpha-2 code, in English; None where it has none, as Antarctica."""
    return _REGIONS.get(country_code)
