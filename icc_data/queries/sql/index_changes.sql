-- Index results and reports that only one of two versions has, or that differ in a field that both record: a row each,
-- with what both say. The edition and the policy area are the same in both, as they make the record.
WITH twice AS (SELECT tbl, field FROM recorded GROUP BY ALL HAVING count(*) = 2),
names AS (
    SELECT key AS city_id, max_by(value, side = 'after') AS name FROM cell WHERE tbl = 'cities' AND field = 'name'
    GROUP BY key
),
records AS (
    SELECT side, tbl, key,
        max(value) FILTER (field = 'city_id') AS city_id,
        max(value) FILTER (field = 'year') AS year,
        max(value) FILTER (field = 'policy_area') AS policy_area,
        max(value) FILTER (field = 'score') AS score,
        max(value) FILTER (field = 'rank') AS rank,
        max(value) FILTER (field = 'cities_compared') AS cities_compared,
        max(value) FILTER (field = 'evidence_url') AS evidence_url,
        list(field || '=' || value ORDER BY field) FILTER ((tbl, field) IN (SELECT (tbl, field) FROM twice)) AS compared
    FROM cell WHERE tbl IN ('index_scores', 'index_reports') GROUP BY ALL
)
SELECT
    CASE WHEN old.key IS NULL THEN 'added' WHEN new.key IS NULL THEN 'removed' ELSE 'changed' END AS kind,
    CASE tbl WHEN 'index_scores' THEN 'result' ELSE 'report' END AS what,
    coalesce(new.city_id, old.city_id) AS city_id, name,
    coalesce(new.year, old.year)::SMALLINT AS year, coalesce(new.policy_area, old.policy_area) AS policy_area,
    old.score::DOUBLE AS score_before, new.score::DOUBLE AS score_after,
    old.rank::SMALLINT AS rank_before, new.rank::SMALLINT AS rank_after,
    old.cities_compared AS cities_compared_before, new.cities_compared AS cities_compared_after,
    coalesce(new.evidence_url, old.evidence_url) AS evidence_url
FROM (FROM records WHERE side = 'before') AS old FULL JOIN (FROM records WHERE side = 'after') AS new USING (tbl, key)
LEFT JOIN names ON names.city_id = coalesce(new.city_id, old.city_id)
WHERE old.key IS NULL OR new.key IS NULL OR old.compared IS DISTINCT FROM new.compared
ORDER BY what DESC, kind, year DESC NULLS LAST, name, policy_area;
