"""How to fetch the published tables, and views as tables, with common tools: lines that run as they are."""

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

_ADDRESS = "<address>"


def view_snippets(address: str) -> dict[str, Snippet]:
    """Lines for each tool that fetch one table.

    Args:
        address: where it is as CSV, in percent form, so that no quotation mark stands in it.
    """
    return {tool: Snippet(one.language, one.code.replace(_ADDRESS, address)) for tool, one in _VIEWS.items()}


_VIEWS = {
    "curl": Snippet(
        "bash",
        """# The second time, nothing travels where nothing has changed.
curl --fail --silent --show-error --output atlas.csv --etag-save atlas.etag "<address>"
curl --fail --silent --show-error --output atlas.csv --etag-save atlas.etag --etag-compare atlas.etag "<address>"
# Version and licence of the data.
curl --fail --silent --show-error --head "<address>" """.rstrip(),
    ),
    "Python": Snippet(
        "python",
        """import pandas as pd

# An empty cell is missing, “N/A” is a text.
rows = pd.read_csv("<address>", keep_default_na=False, na_values=[""])
print(rows.describe(include="all"))""",
    ),
    "R": Snippet(
        "r",
        """# Elsewhere than in UTF-8 (R before 4.2 on Windows) letters and whole rows would be lost.
stopifnot(l10n_info()[["UTF-8"]])
address <- "<address>"

# An empty cell is missing.
rows <- read.csv(address, fileEncoding = "UTF-8-BOM", na.strings = "")
summary(rows)""",
    ),
    "Stata": Snippet(
        "stata",
        """local address "<address>"

* Texts may run over several lines.
import delimited using "`address'", encoding("utf-8") varnames(1) bindquotes(strict) maxquotedrows(unlimited) clear
describe""",
    ),
}
