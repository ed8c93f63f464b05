-- How many practices of the selection are known until the same year and lack the same fields: what the lists of a review
-- count, without the practices themselves. What is missing is listed once for all that lack the same.
WITH alike AS (
    SELECT
        known_until, end_year, ongoing, confidence, has_page, has_evidence, if(start_year IS NULL, NULL, 0) AS start_year,
        if(summary IS NULL, NULL, '') AS summary, (city_set <> 0)::UTINYINT AS city_set,
        (country_set <> 0)::UTINYINT AS country_set, (policy_area_set <> 0)::UTINYINT AS policy_area_set,
        count(*) AS practices
    FROM practice
    WHERE {practices}
    GROUP BY ALL
),
told AS (
    SELECT
        practices,
{shared until_when},
{shared missing}
    FROM alike
)
SELECT known_year, ongoing, missing, sum(practices)::BIGINT AS practices FROM told GROUP BY ALL ORDER BY ALL;
