SELECT practice_id, practices_read.when_text, when_source, practices_read.described_when,
    years.* EXCLUDE (when_text, described_when)
FROM practices_read
JOIN years
    ON years.when_text = coalesce(practices_read.when_text, '')
    AND years.described_when = coalesce(practices_read.described_when, '')
ORDER BY practice_id
