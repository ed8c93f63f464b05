-- Columns that end in _low and _high are drawn as intervals: here Wilson's of 95% around the share.
SELECT
    CASE source_kind WHEN 'programme' THEN 'Council of Europe page' ELSE 'Copy of one of its documents' END AS source,
    count(*) AS practices,
    count(*) FILTER (when_text IS NULL) AS without_year_text,
    count(*) FILTER (when_text IS NOT NULL AND start_year IS NULL) AS without_start,
    count(*) FILTER (start_year IS NULL) / practices AS share_undated,
    (share_undated + 1.92 / practices) / (1 + 3.84 / practices) AS middle,
    1.96 * sqrt(share_undated * (1 - share_undated) / practices + 0.96 / practices ** 2) / (1 + 3.84 / practices) AS reach,
    middle - reach AS share_undated_low,
    middle + reach AS share_undated_high
FROM practice
GROUP BY ALL
ORDER BY practices DESC
