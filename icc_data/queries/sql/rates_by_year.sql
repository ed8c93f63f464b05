-- Practices started in, or active during, each year, of the cities that count in it; and these cities, or their residents.
-- Practices of the same years and cities are counted together first.
WITH selected AS MATERIALIZED (
    SELECT start_year, known_until, last_active_year, city_set, count(*) AS practices
    FROM practice WHERE {practices} AND start_year IS NOT NULL GROUP BY ALL
),
{shared rated_places},
years AS (
    SELECT practices, since_year,
        {year} AS year
    FROM selected JOIN placed USING (city_set)
),
counted AS (SELECT year, sum(practices) AS practices FROM years WHERE year >= since_year GROUP BY year),
ends AS (SELECT min(year) AS first, max(year) AS last FROM counted),
axis AS (
    SELECT unnest(generate_series(
        least(first, {first})::BIGINT, greatest(last, least($until, $as_of))::BIGINT
    ))::SMALLINT AS year
    FROM ends
),
against AS (
    SELECT axis.year, {denominator}::BIGINT AS denominator FROM axis JOIN place ON since_year <= axis.year GROUP BY axis.year
)
SELECT year, coalesce(practices, 0)::BIGINT AS numerator, denominator
FROM against LEFT JOIN counted USING (year) ORDER BY year;
