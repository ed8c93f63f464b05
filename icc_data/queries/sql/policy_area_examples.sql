-- Practices of one policy area to read first: those of which most is known (their own page, a year read with
-- certainty, more than a title, two readers who agree), among them one of each country before a second, then those
-- that went on to the latest year, that run longest, that several cities share; then by title.
WITH selected AS (
    SELECT * FROM practice
    WHERE {practices} AND policy_area_set IN (SELECT "set" FROM facet_set WHERE facet = 'policy_area' AND value = $area)
),
sized AS (SELECT "set" AS city_set, count(*) AS cities FROM facet_set WHERE facet = 'city' GROUP BY "set"),
judged AS (
    SELECT
        practice, practice_id, title, country_names, last_active_year,
        has_page,
        coalesce(certainty = 'certain' AND start_year IS NOT NULL, false) AS sure_year,
        coalesce(confidence = 'high', false) AS well_described,
        coalesce(policy_area_coding = 'agreed', false) AS agreed,
        has_page::INTEGER + sure_year::INTEGER + well_described::INTEGER + agreed::INTEGER AS known,
        coalesce(cities, 0) AS shared_by,
        last_active_year - start_year + 1 AS years
    FROM selected LEFT JOIN sized USING (city_set)
),
placed AS (
    SELECT *, row_number() OVER (
        PARTITION BY known, country_names
        ORDER BY last_active_year DESC NULLS LAST, years DESC NULLS LAST, shared_by DESC, title, practice_id
    ) AS turn
    FROM judged
),
page AS MATERIALIZED (
    SELECT practice, has_page, sure_year, well_described, agreed, known, shared_by, years, turn FROM placed
    ORDER BY known DESC, turn, last_active_year DESC NULLS LAST, years DESC NULLS LAST, shared_by DESC, title, practice_id
    LIMIT $limit
),
{shared coded}
SELECT
    practice_id, title, title_original, city_names, country_names, when_text, described_when, when_conflict,
    start_year, end_year, ongoing, certainty, form, summary, policy_areas, themes, source_kind, url, evidence_urls, confidence,
    page.has_page, sure_year, well_described, agreed, known, shared_by, last_active_year, years
FROM practice JOIN page USING (practice) LEFT JOIN coded USING (practice)
ORDER BY known DESC, turn, last_active_year DESC NULLS LAST, years DESC NULLS LAST, shared_by DESC, title, practice_id;
