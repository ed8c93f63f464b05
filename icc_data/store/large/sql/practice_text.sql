INSERT INTO practice_text
SELECT
    number,
    CASE
        WHEN original IS NULL OR original = title THEN title
        ELSE title || ' / ' || original
    END,
    coalesce(summary, ''), place, labels
FROM (
    SELECT
        number, place, labels,
        if(has_plain_words(practices_read.title), plainly_folded(practices_read.title), of_title.folded) AS title,
        if(has_plain_words(title_original), plainly_folded(title_original), of_original.folded) AS original,
        if(has_plain_words(summary), plainly_folded(summary), of_summary.folded) AS summary
    FROM practices_read
    LEFT JOIN words_folded AS of_title ON of_title.text = practices_read.title
    LEFT JOIN words_folded AS of_original ON of_original.text = title_original
    LEFT JOIN words_folded AS of_summary ON of_summary.text = summary
    JOIN places
        ON places.city_ids = coalesce(practices_read.city_ids, '')
        AND places.countries = coalesce(practices_read.countries, '')
    JOIN labels_of
        ON labels_of.policy_areas = coalesce(practices_read.policy_areas, '')
        AND labels_of.themes = coalesce(practices_read.themes, '')
        AND labels_of.target_groups = coalesce(practices_read.target_groups, '')
        AND labels_of.practice_types = coalesce(practices_read.practice_types, '')
        AND labels_of.practice_areas = coalesce(practices_read.practice_areas, '')
        AND labels_of.published_topics = coalesce(practices_read.published_topics, '')
)
ORDER BY number
