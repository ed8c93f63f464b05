-- Index results and reports that only one of two versions has, or that differ in a field that both record: a row each,
-- with what both say. The edition and the policy area are the same in both, as they make the record.
WITH twice AS (SELECT tbl, field FROM recorded GROUP BY ALL HAVING count(*) = 2),
names AS (SELECT key AS city_id, coalesce("after", "before") AS name FROM cell WHERE tbl = 'cities' AND field = 'name'),
differing AS (
    SELECT DISTINCT tbl, key FROM cell SEMI JOIN twice USING (tbl, field)
    WHERE tbl IN ('index_scores', 'index_reports') AND "before" IS DISTINCT FROM "after"
),
records AS (
    SELECT tbl, key,
        bool_or("before" IS NOT NULL) AS was, bool_or("after" IS NOT NULL) AS is_now,
        max(coalesce("after", "before")) FILTER (field = 'city_id') AS city_id,
        max(coalesce("after", "before")) FILTER (field = 'year') AS year,
        max(coalesce("after", "before")) FILTER (field = 'policy_area') AS policy_area,
        max("before") FILTER (field = 'score') AS score_before, max("after") FILTER (field = 'score') AS score_after,
        max("before") FILTER (field = 'rank') AS rank_before, max("after") FILTER (field = 'rank') AS rank_after,
        max("before") FILTER (field = 'cities_compared') AS cities_compared_before,
        max("after") FILTER (field = 'cities_compared') AS cities_compared_after,
        max("before") FILTER (field = 'evidence_url') AS evidence_before,
        max("after") FILTER (field = 'evidence_url') AS evidence_after
    FROM cell WHERE tbl IN ('index_scores', 'index_reports') GROUP BY tbl, key
)
SELECT
    CASE WHEN NOT was THEN 'added' WHEN NOT is_now THEN 'removed' ELSE 'changed' END AS kind,
    CASE tbl WHEN 'index_scores' THEN 'result' ELSE 'report' END AS what,
    city_id, name, year::SMALLINT AS year, policy_area,
    score_before::DOUBLE AS score_before, score_after::DOUBLE AS score_after,
    rank_before::SMALLINT AS rank_before, rank_after::SMALLINT AS rank_after,
    cities_compared_before, cities_compared_after,
    coalesce(evidence_after, evidence_before) AS evidence_url
FROM records LEFT JOIN names USING (city_id)
WHERE (NOT was OR NOT is_now OR (tbl, key) IN (FROM differing)) AND {scope}
ORDER BY what DESC, kind, year DESC NULLS LAST, name, policy_area;
