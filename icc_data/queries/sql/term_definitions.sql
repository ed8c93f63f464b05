-- The terms of some lists in the user's language, with the practices that carry it where practices carry such terms. They are
-- counted by the sets of terms that they have, in one pass for all lists.
WITH held AS (
    SELECT {facet} AS facet, coalesce({sets}) AS "set", count(*) AS practices FROM practice GROUP BY GROUPING SETS ({grouped})
),
counted AS MATERIALIZED (
    SELECT facet AS vocabulary, value AS code, sum(practices)::BIGINT AS practices
    FROM held JOIN facet_set USING (facet, "set") GROUP BY ALL
),
worded AS (
    SELECT *,
        CASE $language WHEN 'fr' THEN coalesce(label_fr, label_en) ELSE label_en END AS label,
        CASE $language WHEN 'fr' THEN coalesce(definition_fr, definition_en) ELSE definition_en END AS definition
    FROM term
)
SELECT
    term.vocabulary, term.code, term.label, term.definition, commitment.label AS commitment,
    CASE WHEN term.vocabulary IN (SELECT vocabulary FROM counted) THEN coalesce(practices, 0) END AS practices
FROM worded AS term
LEFT JOIN worded AS commitment ON commitment.vocabulary = 'commitment' AND commitment.code = term."group"
LEFT JOIN counted ON counted.vocabulary = term.vocabulary AND counted.code = term.code
WHERE term.vocabulary = ANY($vocabularies)
ORDER BY array_position($vocabularies, term.vocabulary), term.position;
