-- The sites on which practices, cities and Index results were seen, with the number of each and of their pages.
WITH seen AS (
    SELECT 'practice' AS what, practice AS thing, unnest(evidence_urls) AS url, accessed FROM practice
    UNION ALL SELECT 'city', city, unnest(evidence_urls), NULL FROM city
    UNION ALL SELECT 'score', rowid, evidence_url, NULL FROM index_score WHERE evidence_url IS NOT NULL
    UNION ALL SELECT 'report', rowid, evidence_url, NULL FROM index_report WHERE evidence_url IS NOT NULL
),
hosted AS MATERIALIZED (SELECT *, regexp_extract(url, '^https?://([^/:?#]+)', 1, 'i') AS host FROM seen),
-- Of the hosts, which are few: addresses are other texts in every row.
sited AS (
    SELECT host, regexp_replace(lower(host), '^www\.|\.$', '', 'g') AS site FROM (SELECT DISTINCT host FROM hosted)
)
SELECT
    site,
    site = 'coe.int' OR ends_with(site, '.coe.int') AS council,
    count(DISTINCT thing) FILTER (what = 'practice') AS practices,
    count(DISTINCT thing) FILTER (what = 'city') AS cities,
    count(*) FILTER (what IN ('score', 'report')) AS index_rows,
    count(DISTINCT url) AS pages,
    max(accessed) AS last_seen
FROM hosted JOIN sited USING (host)
GROUP BY site
ORDER BY practices DESC, cities DESC, index_rows DESC, site;
