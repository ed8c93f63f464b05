"""How to fetch the published tables with common tools: lines that run as they are."""

from __future__ import annotations

from dataclasses import dataclass

_BASE = "<base>"


@dataclass(frozen=True)
class Snippet:
    """Lines for one tool, and the language by which to colour them."""

    language: str
    code: str

    def at(self, base: str) -> str:
        """The lines for files at an address.

        Args:
            base: where the files are, with a slash at its end.
        """
        return self.code.replace(_BASE, base)


SNIPPETS = {
    "curl": Snippet(
        "bash",
        """curl -O <base>practices.csv
curl -O <base>cities.csv
curl -O <base>datapackage.json""",
    ),
    "Python": Snippet(
        "python",
        """import pandas as pd

practices = pd.read_parquet("<base>practices.parquet")
cities = pd.read_parquet("<base>cities.parquet")
# One row for each practice and city.
pairs = practices.explode("city_ids").merge(cities, left_on="city_ids", right_on="city_id", suffixes=("", "_of_city"))

# From CSV: an empty cell is missing, “N/A” is a text.
practices = pd.read_csv("<base>practices.csv", keep_default_na=False, na_values=[""])""",
    ),
    "DuckDB": Snippet(
        "sql",
        """INSTALL httpfs; LOAD httpfs;

SELECT country, count(*) AS practices
FROM (SELECT unnest(countries) AS country FROM '<base>practices.parquet')
GROUP BY country
ORDER BY practices DESC;""",
    ),
    "R": Snippet(
        "r",
        """practices <- read.csv("<base>practices.csv", encoding = "UTF-8", na.strings = "")

# Lists stand in one cell.
countries <- unlist(strsplit(practices$countries, "; "))
sort(table(countries), decreasing = TRUE)""",
    ),
}
