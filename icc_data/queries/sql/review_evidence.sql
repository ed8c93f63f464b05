-- How many practices of the selection are known until the same year and lack the same fields: what the lists of a review
-- count, without the practices themselves. Counted by whether a field is there, so that what is missing is listed once for all
-- that lack the same.
WITH alike AS (
    SELECT
        known_until, end_year, ongoing,
        if(start_year IS NULL, NULL, 0) AS start_year, (city_set <> 0)::INTEGER AS city_set, (country_set <> 0)::INTEGER AS country_set,
        if(url IS NULL, NULL, '') AS url, confidence, if(summary IS NULL, NULL, '') AS summary,
        (policy_area_set <> 0)::INTEGER AS policy_area_set, if(len(evidence_urls) > 0, [''], NULL) AS evidence_urls,
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
