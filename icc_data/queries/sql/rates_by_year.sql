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
axis AS (
    SELECT unnest(generate_series(
        least(
            (SELECT min(year) FROM counted),
            CASE $per WHEN 'cities' THEN greatest((SELECT min(since_year) FROM place), $since) END
        )::BIGINT,
        greatest((SELECT max(year) FROM counted), least($until, $as_of))::BIGINT
    ))::SMALLINT AS year
)
SELECT
    year,
    coalesce(practices, 0)::BIGINT AS numerator,
    CASE $per
        WHEN 'cities' THEN (SELECT count(*) FROM place WHERE since_year <= axis.year)
        ELSE (SELECT sum(population) FROM place)
    END::BIGINT AS denominator
FROM axis LEFT JOIN counted USING (year)
WHERE EXISTS (FROM place) ORDER BY year;
