-- Practices that share terms and telling words with one, rare ones counting more (inverse document frequency, as in
-- Spärck Jones 1972, “A statistical interpretation of term specificity”): the shared part of what the one has. Weights
-- are whole billionths, so that practices that share the same score the same in whatever order it is added up.
WITH one AS MATERIALIZED (SELECT * FROM practice WHERE practice_id = $practice_id),
total AS MATERIALIZED (SELECT count(*) AS practices FROM practice),
telling AS MATERIALIZED (
    SELECT termid, word, (ln(total.practices / texts) * 0.5e9)::BIGINT AS weight
    FROM fts_main_practice_text.dict JOIN search_word USING (term) CROSS JOIN total
    -- A word of two letters, a number, or a word that a tenth of all practices use tells nothing.
    WHERE titles > 0 AND df BETWEEN 2 AND greatest(3, total.practices / 10)
        AND length(term) > 2 AND NOT regexp_matches(term, '[0-9]')
        AND term NOT IN (SELECT term FROM search_word WHERE place)
        AND term NOT IN (SELECT search_term(word) FROM (SELECT unnest($common_words) AS word))
),
-- A word as the one practice spells it.
spelling AS MATERIALIZED (
    SELECT termid, weight, min(word) AS word
    FROM (
        SELECT unnest(string_split(title || ' ' || summary, ' ')) AS word
        FROM practice_text WHERE practice = (SELECT practice FROM one)
    ) JOIN telling USING (word)
    GROUP BY ALL
),
holding AS MATERIALIZED (
    SELECT practice, termid, weight, word FROM fts_main_practice_text.posting JOIN spelling USING (termid) WHERE in_text
),
-- What a set of terms weighs, and what it shares with the one.
counted AS (
    SELECT
        CASE
            WHEN policy_area_set IS NOT NULL THEN 'policy_area'
            WHEN theme_set IS NOT NULL THEN 'theme'
            WHEN target_group_set IS NOT NULL THEN 'target_group'
            WHEN practice_type_set IS NOT NULL THEN 'practice_type'
            ELSE 'practice_area'
        END AS facet,
        coalesce(policy_area_set, theme_set, target_group_set, practice_type_set, practice_area_set) AS "set",
        count(*) AS practices
    FROM practice
    GROUP BY GROUPING SETS (policy_area_set, theme_set, target_group_set, practice_type_set, practice_area_set)
),
own AS (
    SELECT facet, value FROM one JOIN facet_set ON "set" = CASE facet
        WHEN 'policy_area' THEN policy_area_set
        WHEN 'theme' THEN theme_set
        WHEN 'target_group' THEN target_group_set
        WHEN 'practice_type' THEN practice_type_set
        WHEN 'practice_area' THEN practice_area_set
    END
),
term_weight AS (
    SELECT facet, value, (ln(any_value(total.practices) / sum(counted.practices)) * 1e9)::BIGINT AS weight
    FROM facet_set JOIN counted USING (facet, "set") CROSS JOIN total
    GROUP BY facet, value
),
set_weight AS MATERIALIZED (
    SELECT facet, "set", sum(weight)::BIGINT AS size,
        (sum(weight) FILTER (is_own))::BIGINT AS shared, list(value ORDER BY value) FILTER (is_own) AS common
    FROM facet_set JOIN term_weight USING (facet, value)
    LEFT JOIN (SELECT facet, value, true AS is_own FROM own) USING (facet, value)
    GROUP BY facet, "set"
),
common_words AS (SELECT practice, sum(weight)::BIGINT AS shared FROM holding GROUP BY practice),
scored AS MATERIALIZED (
    SELECT practice,
        coalesce(words.shared, 0) + coalesce(areas.shared, 0) + coalesce(themes.shared, 0)
        + coalesce(groups.shared, 0) + coalesce(types.shared, 0) + coalesce(fields.shared, 0) AS weight
    FROM practice ANTI JOIN one USING (practice)
    LEFT JOIN common_words AS words USING (practice)
    LEFT JOIN set_weight AS areas ON areas.facet = 'policy_area' AND areas."set" = policy_area_set
    LEFT JOIN set_weight AS themes ON themes.facet = 'theme' AND themes."set" = theme_set
    LEFT JOIN set_weight AS groups ON groups.facet = 'target_group' AND groups."set" = target_group_set
    LEFT JOIN set_weight AS types ON types.facet = 'practice_type' AND types."set" = practice_type_set
    LEFT JOIN set_weight AS fields ON fields.facet = 'practice_area' AND fields."set" = practice_area_set
    WHERE coalesce(words.shared, areas.shared, themes.shared, groups.shared, types.shared, fields.shared) IS NOT NULL
),
-- Of those that score the same, the ones with less beside it come first; so only they are weighed in full.
best AS MATERIALIZED (
    SELECT practice, weight FROM scored
    WHERE weight >= (SELECT min(weight) FROM (SELECT weight FROM scored ORDER BY weight DESC LIMIT $limit))
),
worded AS (
    SELECT practice, sum(weight)::BIGINT AS size
    FROM (
        SELECT DISTINCT practice, termid, telling.weight
        FROM (
            SELECT practice, unnest(string_split(title || ' ' || summary, ' ')) AS word
            FROM practice_text SEMI JOIN best USING (practice)
        ) JOIN telling USING (word)
    )
    GROUP BY practice
),
shortest AS MATERIALIZED (
    SELECT practice, weight, areas.common AS areas, themes.common AS themes, groups.common AS target_groups,
        coalesce(worded.size, 0) + coalesce(areas.size, 0) + coalesce(themes.size, 0)
        + coalesce(groups.size, 0) + coalesce(types.size, 0) + coalesce(fields.size, 0) AS size
    FROM best JOIN practice USING (practice)
    LEFT JOIN worded USING (practice)
    LEFT JOIN set_weight AS areas ON areas.facet = 'policy_area' AND areas."set" = policy_area_set
    LEFT JOIN set_weight AS themes ON themes.facet = 'theme' AND themes."set" = theme_set
    LEFT JOIN set_weight AS groups ON groups.facet = 'target_group' AND groups."set" = target_group_set
    LEFT JOIN set_weight AS types ON types.facet = 'practice_type' AND types."set" = practice_type_set
    LEFT JOIN set_weight AS fields ON fields.facet = 'practice_area' AND fields."set" = practice_area_set
    ORDER BY weight DESC, size, practice_id
    LIMIT $limit
),
whole AS (
    SELECT coalesce((SELECT sum(weight) FROM spelling), 0)
        + coalesce((SELECT sum(weight) FROM own JOIN term_weight USING (facet, value)), 0) AS size
),
shared_words AS (
    SELECT practice, list(word ORDER BY weight DESC, word) AS words
    FROM holding SEMI JOIN shortest USING (practice) GROUP BY practice
)
SELECT
    practice_id, title, city_names, country_names, when_text, described_when, when_conflict, summary, url, evidence_urls,
    (SELECT list(code ORDER BY position) FROM term JOIN facet_set ON facet = vocabulary AND value = code
        WHERE facet = 'policy_area' AND "set" = policy_area_set) AS policy_areas,
    areas, themes, target_groups,
    words[:4] AS words,
    practice IN (SELECT practice FROM practice_city
        WHERE city IN (SELECT city FROM practice_city WHERE practice = (SELECT practice FROM one))) AS same_city,
    weight / whole.size AS score
FROM shortest JOIN practice USING (practice) CROSS JOIN whole LEFT JOIN shared_words USING (practice)
ORDER BY weight DESC, shortest.size, practice_id;
