INSERT INTO practice BY NAME
SELECT
    practices_read.number AS practice, practices_read.practice_id, title, title_original,
    practices_read.when_text, when_source, practices_read.described_when,
    years.* EXCLUDE (when_text, described_when),
    summary, policy_area_coding,
    CASE WHEN published_topics IS NULL THEN [] ELSE string_split(published_topics, '; ') END AS published_topics,
    source_kind, url,
    CASE WHEN evidence_urls IS NULL THEN [] ELSE string_split(evidence_urls, '; ') END AS evidence_urls,
    accessed::DATE AS accessed,
    CASE WHEN entered.practice_id IS NULL THEN $otherwise::DATE ELSE entered.day::DATE END AS added_on,
    confidence, city_names, country_names, url IS NOT NULL AS has_page, evidence_urls IS NOT NULL AS has_evidence, {sets}
FROM practices_read
JOIN years
    ON years.when_text = coalesce(practices_read.when_text, '')
    AND years.described_when = coalesce(practices_read.described_when, '')
JOIN places
    ON places.city_ids = coalesce(practices_read.city_ids, '')
    AND places.countries = coalesce(practices_read.countries, '')
LEFT JOIN entered ON entered.practice_id = practices_read.practice_id
{joined}
ORDER BY practices_read.number
