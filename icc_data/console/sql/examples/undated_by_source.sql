SELECT
    CASE source_kind WHEN 'programme' THEN 'Council of Europe page' ELSE 'Copy of one of its documents' END AS source,
    count(*) AS practices,
    count(*) FILTER (when_text IS NULL) AS without_year_text,
    count(*) FILTER (when_text IS NOT NULL AND start_year IS NULL) AS without_start,
    round(count(*) FILTER (start_year IS NULL) / count(*), 3) AS share_undated
FROM practice
GROUP BY ALL
ORDER BY practices DESC
