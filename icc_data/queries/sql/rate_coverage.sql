-- What of a selection is in the rates by year: counted, early and elsewhere add up to the dated practices.
WITH selected AS MATERIALIZED (
    SELECT start_year, known_until, last_active_year, city_set, count(*) AS practices
    FROM practice WHERE {practices} AND start_year IS NOT NULL GROUP BY ALL
),
{shared rated_places},
last AS (
    SELECT
        practices, since_year,
        CASE
            WHEN $active THEN least(CASE WHEN $said THEN last_active_year ELSE known_until END, $until, $as_of)
            ELSE start_year
        END AS year
    FROM selected LEFT JOIN placed USING (city_set)
),
of_practices AS (
    SELECT
        coalesce(sum(practices), 0)::BIGINT AS dated,
        coalesce(sum(practices) FILTER (year >= since_year), 0)::BIGINT AS counted,
        coalesce(sum(practices) FILTER (year < since_year), 0)::BIGINT AS early,
        coalesce(sum(practices) FILTER (since_year IS NULL), 0)::BIGINT AS elsewhere
    FROM last
),
of_cities AS (
    SELECT
        count(*) AS cities,
        count(*) FILTER (counts) AS known,
        min(population_year) FILTER (population IS NOT NULL) AS first_year,
        max(population_year) FILTER (population IS NOT NULL) AS last_year,
        count(*) FILTER (population IS NOT NULL AND population_year IS NULL) AS without_year
    FROM meant
)
SELECT * FROM of_practices CROSS JOIN of_cities;
