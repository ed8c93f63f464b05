-- A life table: of practices that ran in one year after their start, and of which the next is known, how many had ended.
-- lasted: for how many years after the start year a practice is known to have run; one that ended did so in the next.
-- Of an end in the year of the data the next year is not seen, and of those that go on neither: both leave the table there.
WITH selected AS MATERIALIZED (
    SELECT
        coalesce(end_year < $as_of AND ongoing IS NOT TRUE, false) AS ended,
        greatest(0, least(
            CASE WHEN $said THEN last_active_year ELSE known_until END, $as_of
        ) - start_year)::SMALLINT AS lasted,
        {split_set} AS "set",
        count(*) AS practices
    FROM practice WHERE {practices} AND start_year IS NOT NULL GROUP BY ALL
),
split AS (
    {split}
),
lived AS (
    SELECT
        coalesce(code, 'unknown') AS code, ended, if(ended, lasted + 1, lasted) AS until, sum(practices) AS practices
    FROM selected LEFT JOIN split USING ("set") GROUP BY ALL
),
totals AS (
    SELECT
        code, max(until) AS last, sum(practices) AS dated,
        coalesce(sum(practices) FILTER (ended), 0) AS known_ends,
        coalesce(sum(practices) FILTER (until = 0), 0) AS silent
    FROM lived GROUP BY code
),
years AS (SELECT code, dated, known_ends, silent, unnest(generate_series(0, last::BIGINT)) AS years FROM totals)
SELECT
    code, years::SMALLINT AS years,
    coalesce(sum(practices) FILTER (until >= years), 0)::BIGINT AS at_risk,
    coalesce(sum(practices) FILTER (until = years AND ended), 0)::BIGINT AS ended,
    coalesce(sum(practices) FILTER (until = years AND NOT ended), 0)::BIGINT AS "left",
    any_value(dated)::BIGINT AS dated, any_value(known_ends)::BIGINT AS known_ends, any_value(silent)::BIGINT AS silent
FROM years JOIN lived USING (code)
GROUP BY code, years ORDER BY code, years;
