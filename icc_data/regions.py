"""The part of the world that a country lies in: sub-regions of the United Nations' standard M49.

Source: https://unstats.un.org/unsd/methodology/m49/. Only groupings of countries for comparison, no statement on their
status.
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
    mark("Northern America"): "BM CA GL PM US",
    mark("Latin America and the Caribbean"): (
        "AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM KN KY LC MF MQ MS MX NI "
        "PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
    mark("Australia and New Zealand"): "AU NZ",
}
_REGIONS = {code: name for name, codes in _CODES.items() for code in codes.split()}


def region_of(country_code: str) -> str | None:
    """The sub-region of a country by its ISO 3166-1 alpha-2 code, in English; None where the list has none."""
    return _REGIONS.get(country_code)
